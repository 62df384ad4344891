//! What an assessment is made of, found by its settings.

use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, TreePath};

use crate::archive;
use crate::attest::Scrutiny;
use crate::carry::Giving;
use crate::codes;
use crate::config::{Assessment, AuditPeriod, LoadedConfig};
use crate::job::{Job, given_results};
use crate::library::{self, Shelf};
use crate::poam;
use crate::results::Importing;
use crate::steps::Parts;

/// What the parts of an assessment are found by.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a> {
    /// The settings.
    pub(crate) loaded: &'a LoadedConfig,
    /// Whether evidence that is still to be collected may be missing.
    pub(crate) dry_run: bool,
    /// How statements of people are looked at.
    pub(crate) scrutiny: &'a Scrutiny,
}

impl<'a> Found<'a> {
    /// What an assessment is made of.
    pub(crate) fn job(
        self,
        index: usize,
        assessment: &'a Assessment,
        tree: &'a dyn FileTree,
        evidence: &'a dyn FileTree,
        folder: TreePath,
        href: &'a dyn Fn(&TreePath) -> String,
    ) -> Result<Job<'a>, Diagnostics> {
        let root = self.loaded.file.parent();
        let at = index.to_string();
        let place = |key: &str| self.loaded.place(&["assessment", &at, key]);
        let mut findings = Diagnostics::new();
        let parts =
            Parts::of_assessment(tree, self.loaded, index, assessment).map_err(|e| findings.extend(e));
        let attestations = library::expand(tree, &root, &assessment.attestations)
            .map_err(|e| findings.extend(e.into_iter().map(|finding| finding.at(place("attestations")))));
        let poam = poam::own(self.loaded, assessment)
            .map_err(|error| findings.push(Diagnostic::from(error).at(place("poam"))));
        let archive = archive::folder(self.loaded, assessment)
            .map_err(|finding| findings.push(finding.at(place("archive"))));
        let sources = self.evidence_of(assessment, &root, evidence).map_err(|e| findings.extend(e));
        let giving = self.giving(&at, assessment, &root, tree).map_err(|e| findings.extend(e));
        let imports = Importing::of_assessment(self.loaded, &at, assessment, tree, evidence)
            .map_err(|e| findings.extend(e));
        let (Ok(parts), Ok(attestations), Ok(poam), Ok(archive), Ok(sources), Ok(imports), Ok(giving)) =
            (parts, attestations, poam, archive, sources, imports, giving)
        else {
            return Err(findings);
        };
        Ok(Job {
            system: &self.loaded.config.system.name,
            name: &assessment.name,
            profile: &assessment.profile,
            tree,
            evidence,
            parts,
            sources,
            attestations,
            scrutiny: self.scrutiny,
            poam,
            marking: self.loaded.marking(assessment),
            subjects: assessment.subjects,
            gate: assessment.gate.fail_on,
            imports,
            giving,
            archive,
            period: assessment.period.as_ref().and_then(AuditPeriod::options),
            folder,
            href,
        })
    }

    /// The assessments that one takes results from; `at` is its place in the project file.
    fn giving(
        self,
        at: &str,
        assessment: &Assessment,
        root: &TreePath,
        tree: &dyn FileTree,
    ) -> Result<Vec<Giving>, Diagnostics> {
        let mut findings = Diagnostics::new();
        let mut all = Vec::new();
        for (index, carry) in assessment.carry.iter().enumerate() {
            let index = index.to_string();
            let mut take = |found: Result<TreePath, Diagnostic>, place: Location| {
                found.map_err(|finding| findings.push(finding.at(place))).ok()
            };
            let place = self.loaded.place(&["assessment", at, "carry", &index, "mappings"]);
            let named = carry.mappings.iter();
            let shelves = [Shelf::MappingCollections];
            let collections: Vec<TreePath> = named
                .filter_map(|name| take(library::find(tree, root, name, &shelves), place.clone()))
                .collect();
            let (from, other) = self.loaded.assessment(&carry.from)?;
            let place = self.loaded.place(&["assessment", &from.to_string(), "profile"]);
            let shelves = [Shelf::Profiles, Shelf::Catalogs];
            let profile = take(library::find(tree, root, &other.profile, &shelves), place);
            let (target, results) = given_results(other).map_err(Diagnostic::from)?;
            all.extend(profile.map(|profile| Giving {
                name: carry.from.clone(),
                profile,
                collections,
                confidence: carry.confidence,
                target,
                results,
                marking: self.loaded.marking(other),
            }));
        }
        if findings.is_empty() { Ok(all) } else { Err(findings) }
    }

    /// The evidence sets of an assessment.
    fn evidence_of(
        self,
        assessment: &Assessment,
        root: &TreePath,
        evidence: &dyn FileTree,
    ) -> Result<Vec<TreePath>, Diagnostics> {
        let mut findings = Diagnostics::new();
        let mut paths = Vec::new();
        for (at, source) in self.loaded.config.sources.iter().enumerate() {
            let wanted = assessment.sources.as_ref().is_none_or(|names| names.contains(&source.name));
            if !wanted {
                continue;
            }
            let place = self.loaded.place(&["source", &at.to_string(), "evidence"]);
            match root.join(&source.evidence_path()) {
                Err(error) => findings.push(Diagnostic::from(error).at(place)),
                Ok(path) => match evidence.stat(&path) {
                    Ok(_) => paths.push(path),
                    Err(_) if source.collects() && self.dry_run => paths.push(path),
                    Err(_) if source.observes() => {
                        let message = format!("nobody has looked at the source `{}` yet", source.name);
                        let place = self.loaded.place(&["source", &at.to_string(), "name"]);
                        findings.push(
                            Diagnostic::error(&codes::NOT_OBSERVED, message)
                                .at(place)
                                .help(format!("run `probity discover --source {}`", source.name)),
                        );
                    }
                    Err(error) => findings.push(Diagnostic::from(error).at(place)),
                },
            }
        }
        if paths.is_empty() && assessment.imports.is_empty() && findings.is_empty() {
            let message = format!("the assessment `{}` has no source of evidence", assessment.name);
            findings
                .push(Diagnostic::error(&codes::NO_EVIDENCE, message).at(Location::file(&self.loaded.file)));
        }
        if findings.is_empty() { Ok(paths) } else { Err(findings) }
    }
}
