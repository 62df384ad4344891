//! Checking the documents of a project, without building anything.

use std::collections::BTreeSet;

use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, TreePath, codes as files};
use probity_evidence::{EvidenceReader, Ontology};

use crate::config::{self, Assessment, LoadedConfig};
use crate::library::{self, Shelf};
use crate::ontology_path;

/// Everything that is wrong with one file: a project file, an evidence set
/// (`.jsonl`) or an OSCAL document.
pub fn file(tree: &dyn FileTree, path: &TreePath, ontology: &Ontology) -> Diagnostics {
    if path.file_name() == config::FILE_NAME {
        return findings_of(config::load(tree, path));
    }
    if path.extension() == Some("jsonl") {
        return evidence(tree, path, ontology);
    }
    findings_of(probity_oscal::load(tree, path))
}

fn findings_of<T>(step: probity_diagnostics::Step<T>) -> Diagnostics {
    match step {
        Ok(warned) => warned.warnings,
        Err(errors) => errors,
    }
}

fn evidence(tree: &dyn FileTree, path: &TreePath, ontology: &Ontology) -> Diagnostics {
    match tree.open(path) {
        Ok(reader) => EvidenceReader::new(reader, path, ontology).finish().1,
        Err(error) => Diagnostic::from(error).into(),
    }
}

/// Every file that the project at the root of `tree` names, with what is
/// wrong with it; the project file first.
pub fn project(tree: &dyn FileTree) -> Vec<(TreePath, Diagnostics)> {
    let mut checked = Vec::new();
    let Ok(file) = TreePath::parse(config::FILE_NAME) else { return checked };
    let mut findings = Diagnostics::new();
    let loaded = findings.absorb(config::load(tree, &file));
    let named = loaded.map(|loaded| named_files(tree, &loaded, &mut findings)).unwrap_or_default();
    checked.push((file, findings));
    let mut ontology_findings = Diagnostics::new();
    let Some(ontology) = ontology_findings.absorb(Ontology::load(tree, &ontology_path())) else {
        checked.push((ontology_path(), ontology_findings));
        return checked;
    };
    for path in named {
        let found = self::file(tree, &path, &ontology);
        checked.push((path, found));
    }
    checked
}

/// The project's own documents that its settings lead to.
fn named_files(tree: &dyn FileTree, loaded: &LoadedConfig, findings: &mut Diagnostics) -> BTreeSet<TreePath> {
    let mut named = BTreeSet::new();
    let config = &loaded.config;
    let root = loaded.file.parent();
    let mut note = |found: Result<TreePath, Diagnostic>, place: Location| match found {
        Ok(path) => {
            if path.bundled().is_none() {
                named.insert(path);
            }
        }
        Err(finding) => findings.push(finding.at(place)),
    };
    if let Some(ssp) = &config.system.ssp {
        note(existing(tree, &root, ssp), loaded.place(&["system", "ssp"]));
    }
    for (index, source) in config.sources.iter().enumerate().filter(|(_, s)| !s.collects()) {
        let place = loaded.place(&["source", &index.to_string(), "evidence"]);
        note(existing(tree, &root, &source.evidence_path()), place);
    }
    for (index, assessment) in config.assessments.iter().enumerate() {
        let at = index.to_string();
        let place = |key: &str| loaded.place(&["assessment", &at, key]);
        let profile = library::find(tree, &root, &assessment.profile, &[Shelf::Profiles, Shelf::Catalogs]);
        note(profile, place("profile"));
        for mapping in assessment.mappings.iter().flatten() {
            note(library::find(tree, &root, mapping, &[Shelf::Mappings]), place("mappings"));
        }
        if let Some(poam) = &assessment.poam {
            note(existing(tree, &root, poam), place("poam"));
        }
        for found in attestations(tree, &root, assessment) {
            note(found, place("attestations"));
        }
    }
    for folder in ["catalogs", "profiles", "mappings", "metrics"] {
        named.extend(own_documents(tree, &root, folder));
    }
    named
}

fn attestations(
    tree: &dyn FileTree,
    root: &TreePath,
    assessment: &Assessment,
) -> Vec<Result<TreePath, Diagnostic>> {
    match library::expand(tree, root, &assessment.attestations) {
        Ok(files) => files.into_iter().map(Ok).collect(),
        Err(findings) => findings.into_iter().map(Err).collect(),
    }
}

/// The OSCAL documents of one of the project's folders.
fn own_documents(tree: &dyn FileTree, root: &TreePath, folder: &str) -> Vec<TreePath> {
    let Ok(folder) = root.join(folder) else { return Vec::new() };
    let is_oscal = |file: &TreePath| {
        matches!(file.extension(), Some("json" | "yaml" | "yml")) && file.file_name() != "cases.yaml"
    };
    tree.walk(&folder).unwrap_or_default().into_iter().filter(is_oscal).collect()
}

/// The path that a setting names, if it is there.
fn existing(tree: &dyn FileTree, root: &TreePath, name: &str) -> Result<TreePath, Diagnostic> {
    let path = root.join(name).map_err(|e| Diagnostic::error(&files::PATH_OUTSIDE, e.to_string()))?;
    tree.stat(&path).map(|_| path).map_err(Diagnostic::from)
}
