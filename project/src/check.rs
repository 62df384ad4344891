//! Checking the documents of a project, without building anything.

use std::collections::BTreeSet;

use probity_diagnostics::render::Suppressed;
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, TreePath, codes as unread};
use probity_discovery::{SourceKind, detect};
use probity_evidence::{EvidenceReader, Ontology};
use probity_oscal::constraint::Rules;
use probity_oscal::reference::Library;
use probity_oscal::split;
use rayon::prelude::*;

use crate::attest::Scrutiny;
use crate::build::{Found, collect};
use crate::config::{self, LoadedConfig};
use crate::library::{self, Shelf};
use crate::workspace::Workspace;
use crate::{register, steps};

/// What files are held against.
#[derive(Debug, Clone, Copy)]
pub struct Standards<'a> {
    /// The words of evidence.
    pub ontology: &'a Ontology,
    /// The constraints of OSCAL documents.
    pub rules: &'a Rules,
}

/// Everything that is wrong with one file: a project file, an evidence set
/// (`.jsonl`, or by its content where the name has no ending) or an OSCAL
/// document. Documents that others import are read once for all files that are
/// checked with one library.
pub fn file(
    tree: &dyn FileTree,
    path: &TreePath,
    standards: Standards<'_>,
    library: &Library,
) -> Diagnostics {
    if path.file_name() == config::FILE_NAME {
        return findings_of(config::load(tree, path));
    }
    let is_evidence = || matches!(detect(tree, path), Ok(kind) if kind.value == SourceKind::EvidenceSet);
    let is_set = || path.extension().is_none() && !split::is_split(tree, path) && is_evidence();
    if path.extension() == Some("jsonl") || is_set() {
        return evidence(tree, path, standards.ontology);
    }
    probity_oscal::validate_file(tree, path, standards.rules, library)
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

/// A file that was checked.
#[derive(Debug)]
pub struct CheckedFile {
    /// The file.
    pub file: TreePath,
    /// What is wrong with it.
    pub findings: Diagnostics,
    /// What is wrong with it and suppressed.
    pub suppressed: Vec<Suppressed>,
}

impl CheckedFile {
    /// A file with what was found in it.
    pub fn new(file: TreePath, findings: Diagnostics) -> Self {
        Self { file, findings, suppressed: Vec::new() }
    }
}

/// Checks files beside each other; what was found stands in their order.
pub fn files(tree: &dyn FileTree, paths: &[TreePath], standards: Standards<'_>) -> Vec<CheckedFile> {
    let library = Library::new();
    let check = |path: &TreePath| CheckedFile::new(path.clone(), file(tree, path, standards, &library));
    paths.par_iter().map(check).collect()
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
    let placeless = later.primary.is_none() || later.code == &unread::FILE_NOT_FOUND;
    let place = |finding: &Diagnostic| finding.primary.as_ref().map(|label| label.location.clone());
    alike && (placeless || place(earlier) == place(later))
}

/// Checks every file that the project names, the project file first, then
/// what they say together: whether every assessment compiles, and whether its
/// manifests, attestations and accepted risks can be read.
pub fn project(workspace: &Workspace, rules: &Rules) -> Vec<CheckedFile> {
    let tree = workspace.tree.as_ref();
    let evidence = workspace.evidence();
    let file = config::path();
    let mut findings = Diagnostics::new();
    let loaded = findings.absorb(config::load(tree, &file));
    let named = loaded.as_ref().map(|loaded| named_files(tree, &evidence, loaded, &mut findings));
    let ontology = findings.absorb(steps::ontology(tree));
    let mut checked = vec![CheckedFile::new(file, findings)];
    let (Some(ontology), Some(loaded), Some(named)) = (ontology, loaded, named) else { return checked };
    let library = Library::new();
    let standards = Standards { ontology: &ontology, rules };
    checked.par_extend(named.into_par_iter().map(|path| {
        let tree: &dyn FileTree = if path.extension() == Some("jsonl") { &evidence } else { tree };
        let findings = self::file(tree, &path, standards, &library);
        CheckedFile::new(path, findings)
    }));
    let assessments: Vec<Diagnostics> = (0..loaded.config.assessments.len())
        .into_par_iter()
        .map(|index| whole(tree, &evidence, &loaded, index, &ontology))
        .collect();
    let mut together = Diagnostics::new();
    together.extend_new(manifests(tree, &loaded));
    assessments.into_iter().for_each(|found| together.extend_new(found));
    sort_in(&mut checked, together);
    checked
}

/// Puts findings to the files they are about, those about none to the first;
/// but for what was found there before.
fn sort_in(checked: &mut Vec<CheckedFile>, found: Diagnostics) {
    for finding in found {
        if checked.iter().flat_map(|file| &file.findings).any(|earlier| is_same(earlier, &finding)) {
            continue;
        }
        let about = finding.primary.as_ref().map(|label| &label.location.file);
        let index = about.map_or(Some(0), |about| checked.iter().position(|file| file.file == *about));
        match (index.and_then(|index| checked.get_mut(index)), about) {
            (Some(file), _) => file.findings.push(finding),
            (None, Some(about)) => checked.push(CheckedFile::new(about.clone(), finding.into())),
            (None, None) => {}
        }
    }
}

/// The documents that the project's settings name, and those in its folders.
pub fn documents(workspace: &Workspace) -> BTreeSet<TreePath> {
    let tree = workspace.tree.as_ref();
    let evidence = workspace.evidence();
    let loaded = config::load(tree, &config::path()).ok();
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
    let found = Found { loaded, dry_run: true, scrutiny: &Scrutiny::default() };
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
            if path.bundled().is_none() && !path.is_remote() {
                named.insert(path);
            }
        }
        Err(finding) => findings.push(finding.at(place)),
    };
    if let Some(ssp) = &config.system.ssp {
        note(library::existing(tree, &root, ssp), loaded.place(&["system", "ssp"]));
    }
    for (index, source) in config.sources.iter().enumerate().filter(|(_, s)| !s.collects() && !s.observes()) {
        let place = loaded.place(&["source", &index.to_string(), "evidence"]);
        note(library::existing(evidence, &root, &source.evidence_path()), place);
    }
    for (index, assessment) in config.assessments.iter().enumerate() {
        let at = index.to_string();
        let place = |key: &str| loaded.place(&["assessment", &at, key]);
        let profile = library::find(tree, &root, &assessment.profile, &[Shelf::Profiles, Shelf::Catalogs]);
        note(profile, place("profile"));
        for mapping in assessment.mappings.iter().flatten() {
            note(library::find(tree, &root, mapping, &[Shelf::Mappings]), place("mappings"));
        }
        for (at, carry) in assessment.carry.iter().enumerate() {
            let place =
                |key| loaded.place(&["assessment", &index.to_string(), "carry", &at.to_string(), key]);
            for mapping in &carry.mappings {
                note(library::find(tree, &root, mapping, &[Shelf::MappingCollections]), place("mappings"));
            }
        }
        if let Some(poam) = &assessment.poam {
            note(library::existing(tree, &root, poam), place("poam"));
        }
        if let Some(record) = assessment
            .poam_record
            .as_deref()
            .filter(|record| root.join(record).is_ok_and(|path| tree.stat(&path).is_ok()))
        {
            note(library::existing(tree, &root, record), place("poam-record"));
        }
        for found in each(library::expand(tree, &root, &assessment.attestations)) {
            note(found, place("attestations"));
        }
    }
    for found in each(register::paths(tree, loaded)) {
        note(found, loaded.place(&["system", "certificates"]));
    }
    for folder in ["catalogs", "profiles", "mappings", "mapping-collections", "metrics", "poam"] {
        named.extend(own_documents(tree, &root, folder));
    }
    named
}

/// The paths, or the findings, one by one.
fn each(found: Result<Vec<TreePath>, Diagnostics>) -> Vec<Result<TreePath, Diagnostic>> {
    match found {
        Ok(files) => files.into_iter().map(Ok).collect(),
        Err(findings) => findings.into_iter().map(Err).collect(),
    }
}

/// The OSCAL documents of one of the project's folders.
fn own_documents(tree: &dyn FileTree, root: &TreePath, folder: &str) -> Vec<TreePath> {
    let Ok(folder) = root.join(folder) else { return Vec::new() };
    let is_oscal = |file: &TreePath| {
        matches!(file.extension(), Some("json" | "yaml" | "yml" | "xml")) && file.file_name() != "cases.yaml"
    };
    let files = split::documents(tree.walk(&folder).unwrap_or_default()).into_iter();
    files.filter(|file| is_oscal(file) || split::is_split(tree, file)).collect()
}
