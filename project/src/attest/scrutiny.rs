//! How statements are looked at before they count: evidence, a second pair of eyes, signatures.

use std::path::Path;

use probity_assessment::attest::codes::{NOT_APPROVED, NOT_SIGNED};
use probity_assessment::attest::{AttestationFile, Doubt, held_to_evidence};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location};

use super::provenance::Provenance;
use crate::codes;
use crate::config::LoadedConfig;

/// What a project asks of statements.
#[derive(Clone, Default)]
pub struct Scrutiny {
    /// Whether somebody else has to approve.
    four_eyes: bool,
    /// Whether commits have to be signed, and how that is looked up.
    signing: Signing,
    /// What is wrong with the file of allowed signers.
    pub findings: Diagnostics,
}

#[derive(Clone, Default)]
enum Signing {
    /// The project does not ask for it.
    #[default]
    NotAsked,
    /// It does, but nobody can tell, and why.
    Unknown(String),
    /// It does, and the history tells.
    Known(Box<Provenance>),
}

impl Scrutiny {
    /// What the settings ask for, of the project in `root` at revision `rev`; of the folder where there is none. Keys are those
    /// of revision `signers`, else of the one that the settings name, else of the one that is looked at: never of
    /// the folder, which is nobody's yet.
    pub fn of(loaded: &LoadedConfig, root: &Path, rev: Option<&str>, signers: Option<&str>) -> Self {
        let four_eyes = loaded.config.attest.four_eyes;
        let Some(file) = &loaded.config.signing.allowed_signers else {
            return Self { four_eyes, ..Self::default() };
        };
        let signers = signers.or(loaded.config.signing.from.as_deref());
        match Provenance::open(root, rev, signers, file) {
            Ok(provenance) => {
                let place = loaded.place(&["signing", "allowed-signers"]);
                let findings = provenance.passed_over().map(|(line, why)| {
                    let message = format!("line {line} of `{file}` allows nobody: {why}");
                    Diagnostic::warning(&codes::ALLOWED_SIGNERS, message).at(place.clone())
                });
                let findings = findings.collect();
                Self { four_eyes, signing: Signing::Known(Box::new(provenance)), findings }
            }
            Err(finding) => {
                let why = finding.message.clone();
                let finding = Diagnostic::warning(&codes::ALLOWED_SIGNERS, finding.message)
                    .at(loaded.place(&["signing", "allowed-signers"]));
                Self { four_eyes, signing: Signing::Unknown(why), findings: finding.into() }
            }
        }
    }

    /// What the outcome depends on beside files: the commits that are asked.
    pub(crate) fn fingerprint(&self) -> String {
        match &self.signing {
            Signing::NotAsked => String::new(),
            Signing::Unknown(why) => why.clone(),
            Signing::Known(provenance) => provenance.fingerprint(),
        }
    }

    /// The file with doubts on all statements that do not count.
    pub fn judge(&self, file: AttestationFile, tree: &dyn FileTree) -> AttestationFile {
        let mut file = held_to_evidence(file, tree);
        if self.four_eyes && file.approvals.is_empty() {
            let message = || "nobody but its author has approved it".to_owned();
            for statement in &mut file.statements {
                let location = statement.location.clone();
                statement.doubts.push(Doubt { code: &NOT_APPROVED, message: message(), location });
            }
        }
        let doubt = |message: String, location: &Location| Doubt {
            code: &NOT_SIGNED,
            message,
            location: location.clone(),
        };
        match &self.signing {
            Signing::NotAsked => {}
            Signing::Unknown(why) => {
                for statement in &mut file.statements {
                    statement
                        .doubts
                        .push(doubt(format!("signatures cannot be looked up: {why}"), &statement.location));
                }
            }
            Signing::Known(provenance) => {
                let found = provenance.doubts(&file);
                for (statement, why) in file.statements.iter_mut().zip(found) {
                    statement.doubts.extend(why.into_iter().map(|why| doubt(why, &statement.location)));
                }
            }
        }
        file
    }
}
