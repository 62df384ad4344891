//! Checking the documents of a project, without building anything.

use std::collections::BTreeSet;

use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, TreePath, codes as files};
use probity_evidence::{EvidenceReader, Ontology};

use crate::build::{Found, collect};
use crate::config::{self, Assessment, LoadedConfig};
use crate::library::{self, Shelf};
use crate::ontology_path;
use crate::workspace::{EvidenceTree, Workspace};

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

/// What was checked, and what is wrong with it.
#[derive(Debug, Default)]
pub struct Checked {
    /// The number of files.
    pub files: usize,
    /// The findings, file by file.
    pub findings: Diagnostics,
}

impl Checked {
    /// Takes what was found in one file.
    pub fn file(&mut self, found: Diagnostics) {
        self.files += 1;
        self.findings.extend(found);
    }
}

/// Findings of which some may have been made before.
pub(crate) trait ExtendNew {
    /// Takes what was found, but for what was found before.
    fn extend_new(&mut self, found: Diagnostics);
}

impl ExtendNew for Diagnostics {
    fn extend_new(&mut self, found: Diagnostics) {
        for finding in found {
            if !self.iter().any(|earlier| is_same(earlier, &finding)) {
                self.push(finding);
            }
        }
    }
}

/// Whether the later of two findings says nothing new. A missing file is
/// told once, wherever it is missed.
fn is_same(earlier: &Diagnostic, later: &Diagnostic) -> bool {
    let alike = earlier.code == later.code && earlier.message == later.message;
    let placeless = later.primary.is_none() || later.code == &files::FILE_NOT_FOUND;
    earlier == later || (alike && placeless)
}

/// Checks every file that the project names, the project file first, then
/// what they say together: whether every assessment compiles, and whether its
/// manifests, attestations and accepted risks can be read.
pub fn project(workspace: &Workspace) -> Checked {
    let tree = workspace.tree.as_ref();
    let evidence = EvidenceTree::new(workspace);
    let mut checked = Checked::default();
    let Ok(file) = TreePath::parse(config::FILE_NAME) else { return checked };
    let mut findings = Diagnostics::new();
    let loaded = findings.absorb(config::load(tree, &file));
    let named = loaded.as_ref().map(|loaded| named_files(tree, &evidence, loaded, &mut findings));
    checked.file(findings);
    let mut findings = Diagnostics::new();
    let Some(ontology) = findings.absorb(Ontology::load(tree, &ontology_path())) else {
        checked.file(findings);
        return checked;
    };
    for path in named.into_iter().flatten() {
        let tree: &dyn FileTree = if path.extension() == Some("jsonl") { &evidence } else { tree };
        checked.file(self::file(tree, &path, &ontology));
    }
    if let Some(loaded) = &loaded {
        checked.findings.extend_new(manifests(tree, loaded));
        for index in 0..loaded.config.assessments.len() {
            checked.findings.extend_new(whole(tree, &evidence, loaded, index, &ontology));
        }
    }
    checked
}

/// The documents that the project's settings name, and those in its folders.
pub fn documents(workspace: &Workspace) -> BTreeSet<TreePath> {
    let tree = workspace.tree.as_ref();
    let evidence = EvidenceTree::new(workspace);
    let loaded = TreePath::parse(config::FILE_NAME).ok().and_then(|file| config::load(tree, &file).ok());
    loaded.map_or_else(BTreeSet::new, |loaded| {
        named_files(tree, &evidence, &loaded.value, &mut Diagnostics::new())
    })
}

/// What is wrong with the manifests of the sources that collect.
fn manifests(tree: &dyn FileTree, loaded: &LoadedConfig) -> Diagnostics {
    let mut findings = Diagnostics::new();
    let root = loaded.file.parent();
    for (index, source) in loaded.config.sources.iter().enumerate().filter(|(_, s)| s.collects()) {
        let collected = collect(tree, &root, source, jiff::Timestamp::UNIX_EPOCH);
        let place = loaded.place(&["source", &index.to_string(), "kubernetes"]);
        findings.extend(findings_of(collected).into_iter().map(|finding| match finding.primary {
            None => finding.at(place.clone()),
            Some(_) => finding,
        }));
    }
    findings
}

/// What is wrong with the parts of one assessment when they come together.
fn whole(
    tree: &dyn FileTree,
    evidence: &dyn FileTree,
    loaded: &LoadedConfig,
    index: usize,
    ontology: &Ontology,
) -> Diagnostics {
    let Some(assessment) = loaded.config.assessments.get(index) else { return Diagnostics::new() };
    let found = Found { loaded, dry_run: true };
    match found.job(index, assessment, tree, evidence, TreePath::root(), &|path| path.to_string()) {
        Ok(job) => job.check(ontology),
        Err(findings) => findings,
    }
}

/// The project's own documents that its settings lead to.
fn named_files(
    tree: &dyn FileTree,
    evidence: &dyn FileTree,
    loaded: &LoadedConfig,
    findings: &mut Diagnostics,
) -> BTreeSet<TreePath> {
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
        note(existing(evidence, &root, &source.evidence_path()), place);
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
