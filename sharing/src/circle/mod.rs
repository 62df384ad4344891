//! Who shares with whom: the files of a project's `sharing/` folder that say so.
//!
//! - `policy.yaml`: who we are, and how the community reads the colours ([`Policy`]);
//! - `members.yaml`: the register, an OSCAL component definition ([`Register`]);
//! - `nda/*.yaml`: agreements on confidentiality and who has signed them until when ([`Agreement`]);
//! - `groups/*.yaml`: working groups ([`Group`]);
//! - `governance.yaml`: how the community is run ([`Governance`]).

mod agreement;
mod application;
mod edit;
mod governance;
mod group;
mod policy;
mod register;
mod store;

use jiff::civil::Date;
use probity_diagnostics::document::{self, Format};
use probity_diagnostics::{
    Code, Diagnostic, Diagnostics, FileTree, Location, Step, TreePath, codes as files,
};
use serde::de::DeserializeOwned;

pub use agreement::{Agreement, Signature};
pub use application::{Verdict, is_carried, judge};
pub use edit::{Applicant, Becomes, with_applicant, with_change};
pub use governance::Governance;
pub use group::Group;
pub use policy::{Embargo, Policy, Proof, Site};
pub use register::{Category, Change, Member, Person, Register, Standing};
pub use store::Store;

use crate::codes;
use crate::refusal::Refusal;
use crate::rules;
use crate::typed::typed;

/// The folder of a project that holds what is shared and with whom.
pub const FOLDER: &str = "sharing";

/// A community, as the files of a project describe it.
#[derive(Debug, Clone)]
pub struct Circle {
    /// Who we are.
    pub policy: Policy,
    /// Who belongs to it.
    pub register: Register,
    /// What members have signed.
    pub agreements: Vec<Agreement>,
    /// Working groups.
    pub groups: Vec<Group>,
}

impl Circle {
    /// Reads the files below `folder`.
    ///
    /// # Errors
    /// One of them cannot be read or is malformed; all findings at once.
    pub fn load(tree: &dyn FileTree, folder: &TreePath) -> Step<Self> {
        let mut found = Diagnostics::new();
        let policy = found.absorb(at(folder, "policy.yaml").and_then(|path| Policy::load(tree, &path)));
        let register = found.absorb(at(folder, "members.yaml").and_then(|path| Register::load(tree, &path)));
        let mut agreements = Vec::new();
        for path in yaml_below(tree, &at(folder, "nda")?)? {
            agreements.extend(found.absorb(Agreement::load(tree, &path)));
        }
        let mut groups = Vec::new();
        for path in yaml_below(tree, &at(folder, "groups")?)? {
            groups.extend(found.absorb(Group::load(tree, &path)));
        }
        match (policy, register) {
            (Some(policy), Some(register)) => {
                if register.member(&policy.member).is_none() {
                    let message = format!("`{}`, who we are by the policy, is no member", policy.member);
                    found.push(Diagnostic::error(&codes::POLICY, message));
                }
                found.unless_errors(Self { policy, register, agreements, groups })
            }
            _ => Err(found),
        }
    }

    /// Whether a member may receive anything on a day: it is active, and an agreement that it has signed is in force.
    ///
    /// # Errors
    /// It may not, or is none.
    pub fn admits(&self, name: &str, day: Date) -> Result<&Member, Refusal> {
        let refuse = |message: String, remedy: &str| {
            Refusal::new(rules::ADMITTED, &codes::NOT_ADMITTED, message, remedy).to(format!("member:{name}"))
        };
        let Some(member) = self.register.member(name) else {
            return Err(refuse(
                format!("nobody in the register is called `{name}`"),
                "name a member of the register",
            ));
        };
        match member.standing(day) {
            Some(Standing::Active) => {}
            Some(other) => {
                return Err(refuse(
                    format!("`{name}` is {} on {day}", other.word()),
                    "share with active members",
                ));
            }
            None => {
                return Err(refuse(
                    format!("`{name}` is no member yet on {day}"),
                    "share with active members",
                ));
            }
        }
        let signed: Vec<Date> = self.agreements.iter().flat_map(|one| one.terms(name, day)).collect();
        match signed.iter().max() {
            Some(until) if *until >= day => Ok(member),
            Some(until) => Err(refuse(
                format!("the agreement of `{name}` on confidentiality expired on {until}"),
                "have it signed again",
            )),
            None => Err(refuse(
                format!("`{name}` has signed no agreement on confidentiality"),
                "have it sign: `probity share nda sign`, in a commit of its own",
            )),
        }
    }
}

/// A file below a folder.
fn at(folder: &TreePath, name: &str) -> Result<TreePath, Diagnostics> {
    folder
        .join(&format!("./{name}"))
        .map_err(|error| Diagnostic::error(&files::PATH_OUTSIDE, error.to_string()).into())
}

/// The YAML files of a folder, sorted; none where there is no folder.
fn yaml_below(tree: &dyn FileTree, folder: &TreePath) -> Result<Vec<TreePath>, Diagnostics> {
    if !tree.is_folder(folder) {
        return Ok(Vec::new());
    }
    let listed = tree.list(folder).map_err(Diagnostic::from)?;
    let paths = listed.into_iter().map(|entry| entry.path).filter(|path| path.extension() == Some("yaml"));
    let mut paths: Vec<TreePath> = paths.collect();
    paths.sort();
    Ok(paths)
}

/// Reads a file of ours into its type.
fn record<T: DeserializeOwned>(tree: &dyn FileTree, path: &TreePath, code: &'static Code) -> Step<T> {
    let read = document::read(tree, path, Format::Yaml)?;
    let mut found = read.warnings;
    match typed(read.value, code, path) {
        Ok(value) => found.unless_errors(value),
        Err(errors) => {
            found.extend(errors);
            Err(found)
        }
    }
}

/// A finding about a file.
fn malformed(code: &'static Code, path: &TreePath, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(code, message).at(Location::file(path))
}
