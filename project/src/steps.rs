//! The steps of the pipeline with their inputs found: resolve, compile,
//! collect. Each is a plain function over a file tree.

use std::collections::BTreeSet;

use jiff::Timestamp;
use probity_assessment::compile::{
    Compiled, Import, Input, LibraryModule, Mapping, Metric, compile as compile_checks, load_mappings,
    load_metrics,
};
use probity_diagnostics::document::Limits;
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Step, TreePath, document};
use probity_evidence::Ontology;
use probity_oscal::model::catalog::{Control, Group};
use probity_oscal::model::{Catalog, SystemSecurityPlan};
use probity_oscal::resolve::{ResolveOptions, Traced, resolve as resolve_profile, resolve_traced};
use probity_oscal::{OscalDocument, split};

use crate::build::TrackedTree;
use crate::codes;
use crate::config::{Assessment, LoadedConfig};
use crate::library::{self, Shelf};
use crate::register;
use crate::results;

/// Where the ontology lies.
pub fn ontology_path() -> TreePath {
    content("ontology/ontology.yaml")
}

/// A path of the bundled content.
fn content(path: &str) -> TreePath {
    TreePath::parse(&format!("content:{path}")).unwrap_or_else(|_| TreePath::root())
}

/// Where a project keeps the vocabulary of imported evidence, if it is another one than the bundled.
pub(crate) const IMPORTED_VOCABULARY: &str = "ontology/clouditor.yaml";

/// The vocabulary of evidence, with that of imported evidence beside it: the project's, else the bundled one.
///
/// # Errors
/// As [`Ontology::load`].
pub fn ontology(tree: &dyn FileTree) -> Step<Ontology> {
    let mut findings = Diagnostics::new();
    let own = findings.absorb(Ontology::load(tree, &ontology_path()));
    let brought = TreePath::parse(IMPORTED_VOCABULARY).ok().filter(|path| tree.is_file(path));
    let clouditor = brought.unwrap_or_else(|| content("ontology/clouditor.yaml"));
    let clouditor = findings.absorb(Ontology::load(tree, &clouditor));
    match (own, clouditor) {
        (Some(own), Some(clouditor)) => findings.unless_errors(own.beside(clouditor)),
        _ => Err(findings),
    }
}

/// The catalog of the controls that a profile selects; a catalog is its own.
/// Its `last-modified` is `instant`, else that of the profile, so that the
/// same profile gives the same bytes. It names its profile by `href`.
///
/// # Errors
/// The profile or something it imports cannot be read or resolved.
pub fn resolve(
    tree: &dyn FileTree,
    profile: &TreePath,
    instant: Option<Timestamp>,
    href: String,
) -> Step<Catalog> {
    resolve_profile(tree, profile, &options(tree, profile, instant, href)?)
}

/// As [`resolve`], with the reasons for what the catalog holds and lacks.
///
/// # Errors
/// As [`resolve`].
pub fn trace(
    tree: &dyn FileTree,
    profile: &TreePath,
    instant: Option<Timestamp>,
    href: String,
) -> Step<Traced> {
    resolve_traced(tree, profile, &options(tree, profile, instant, href)?)
}

fn options(
    tree: &dyn FileTree,
    profile: &TreePath,
    instant: Option<Timestamp>,
    href: String,
) -> Result<ResolveOptions, Diagnostics> {
    let last_modified = instant.map_or_else(|| last_modified(tree, profile), Ok)?;
    Ok(ResolveOptions { last_modified, source_profile: Some(href) })
}

fn last_modified(tree: &dyn FileTree, file: &TreePath) -> Result<Timestamp, Diagnostics> {
    let loaded = probity_oscal::load(tree, file)?.value;
    let text = &loaded.document.metadata().last_modified;
    Ok(text.parse().unwrap_or(Timestamp::UNIX_EPOCH))
}

/// All metrics: the bundled ones and those of the project's `metrics/`
/// folder.
///
/// # Errors
/// A metric cannot be read, or two have the same name.
pub fn metrics(tree: &dyn FileTree) -> Step<Vec<Metric>> {
    let mut findings = Diagnostics::new();
    let mut metrics = findings.absorb(load_metrics(tree, &content("metrics"))).unwrap_or_default();
    if let Ok(own) = TreePath::parse("metrics")
        && tree.is_folder(&own)
    {
        for metric in findings.absorb(load_metrics(tree, &own)).unwrap_or_default() {
            match metrics.iter().find(|other| other.name == metric.name) {
                Some(other) => findings.push(
                    Diagnostic::error(
                        &codes::DUPLICATE_NAME,
                        format!("two metrics are called `{}`", metric.name),
                    )
                    .at(probity_diagnostics::Location::file(&metric.file))
                    .also(probity_diagnostics::Location::file(&other.file), "the other one"),
                ),
                None => metrics.push(metric),
            }
        }
    }
    findings.unless_errors(metrics)
}

/// The Rego modules that metrics may import.
///
/// # Errors
/// A module cannot be read as text.
pub fn rego_library(tree: &dyn FileTree) -> Result<Vec<LibraryModule>, Diagnostics> {
    let mut modules = Vec::new();
    for path in tree.walk(&content("lib")).map_err(Diagnostic::from)? {
        if path.extension() == Some("rego") {
            let bytes = tree.read(&path, Limits::default().bytes).map_err(Diagnostic::from)?;
            let text = document::text(&bytes, &path)?.into();
            modules.push(LibraryModule { path, text });
        }
    }
    Ok(modules)
}

/// What an assessment is made of, by its settings or its defaults.
#[derive(Debug, Clone)]
pub struct Parts {
    /// The profile or catalog.
    pub profile: TreePath,
    /// The mapping files.
    pub mappings: Vec<TreePath>,
    /// The certificates and reports that controls may be inherited from.
    pub certificates: Vec<TreePath>,
    /// The system security plan.
    pub ssp: Option<TreePath>,
}

impl Parts {
    /// The parts of an assessment of a project.
    ///
    /// # Errors
    /// A name is unknown or a file is missing; all of them are reported.
    pub fn of_assessment(
        tree: &dyn FileTree,
        loaded: &LoadedConfig,
        index: usize,
        assessment: &Assessment,
    ) -> Result<Self, Diagnostics> {
        let root = loaded.file.parent();
        let at = index.to_string();
        let mut findings = Diagnostics::new();
        let mut take = |found: Result<TreePath, Diagnostic>, keys: &[&str]| {
            found.map_err(|finding| findings.push(finding.at(loaded.place(keys)))).ok()
        };
        let shelves = [Shelf::Profiles, Shelf::Catalogs];
        let profile =
            take(library::find(tree, &root, &assessment.profile, &shelves), &["assessment", &at, "profile"]);
        let ssp = loaded
            .config
            .system
            .ssp
            .as_ref()
            .and_then(|ssp| take(library::existing(tree, &root, ssp), &["system", "ssp"]));
        let mappings = if let Some(named) = &assessment.mappings {
            named
                .iter()
                .filter_map(|name| {
                    let found = library::find(tree, &root, name, &[Shelf::Mappings]);
                    take(found, &["assessment", &at, "mappings"])
                })
                .collect()
        } else {
            let of_rules = results::mappings(tree, loaded);
            let all = library::documents(tree, Shelf::Mappings).into_values();
            all.filter(|file| !of_rules.contains(file)).collect()
        };
        let certificates = register::paths(tree, loaded).map_err(|e| findings.extend(e)).unwrap_or_default();
        match profile {
            Some(profile) if findings.is_empty() => Ok(Self { profile, mappings, certificates, ssp }),
            _ => Err(findings),
        }
    }

    /// The parts of an assessment against a profile without a project.
    ///
    /// # Errors
    /// The name is unknown.
    pub fn of_profile(tree: &dyn FileTree, profile: &str) -> Result<Self, Diagnostics> {
        let shelves = [Shelf::Profiles, Shelf::Catalogs];
        let profile = library::find(tree, &TreePath::root(), profile, &shelves)?;
        let mappings = library::documents(tree, Shelf::Mappings).into_values().collect();
        Ok(Self { profile, mappings, certificates: Vec::new(), ssp: None })
    }
}

/// The resolved catalog of an assessment, and the files behind it.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// The catalog.
    pub catalog: Catalog,
    /// The profile and everything that it imports.
    pub sources: BTreeSet<TreePath>,
    /// Ids of all controls of the catalogs that the profile draws on.
    pub known_controls: BTreeSet<String>,
}

impl Resolved {
    /// Whether the document in `file` means the profile, or a catalog behind it, by `source`.
    pub(crate) fn is_meant_by(&self, file: &TreePath, source: &str) -> bool {
        file.sibling(source).is_ok_and(|source| self.sources.contains(&source))
    }
}

/// Resolves the profile of an assessment and keeps what is behind it. The
/// catalog names its profile by `href`.
///
/// # Errors
/// As [`resolve`].
pub fn resolve_with_sources(tree: &dyn FileTree, profile: &TreePath, href: String) -> Step<Resolved> {
    let tracked = TrackedTree::new(tree);
    let resolved = resolve(&tracked, profile, None, href)?;
    // of a document in pieces it is the document that others refer to
    let whole = |file: TreePath| split::folder_of(tree, &file).unwrap_or(file);
    let sources: BTreeSet<TreePath> = tracked.files().into_iter().map(whole).collect();
    let mut known_controls = BTreeSet::new();
    for source in &sources {
        if let Ok(loaded) = probity_oscal::load(tree, source)
            && let OscalDocument::Catalog(catalog) = loaded.value.document
        {
            known_controls.extend(control_ids(&catalog).into_iter().map(str::to_owned));
        }
    }
    Ok(resolved.map(|catalog| Resolved { catalog, sources, known_controls }))
}

/// Ids of all controls of a catalog.
pub(crate) fn control_ids(catalog: &Catalog) -> BTreeSet<&str> {
    fn controls<'a>(list: &'a [Control], ids: &mut BTreeSet<&'a str>) {
        for control in list {
            ids.insert(&control.id);
            controls(&control.controls, ids);
        }
    }
    fn groups<'a>(list: &'a [Group], ids: &mut BTreeSet<&'a str>) {
        for group in list {
            groups(&group.groups, ids);
            controls(&group.controls, ids);
        }
    }
    let mut ids = BTreeSet::new();
    groups(&catalog.groups, &mut ids);
    controls(&catalog.controls, &mut ids);
    ids
}

/// The mappings of an assessment: those that speak of the profile or of a
/// catalog behind it. Mappings that the settings name and that speak of
/// another catalog are passed over like all others.
fn mappings(tree: &dyn FileTree, parts: &Parts, resolved: &Resolved) -> Step<Vec<Mapping>> {
    let mut findings = Diagnostics::new();
    let mut kept = Vec::new();
    for file in parts.mappings.iter().chain(&parts.certificates) {
        let loaded = findings.absorb(load_mappings(tree, file)).unwrap_or_default();
        kept.extend(loaded.into_iter().filter(|mapping| resolved.is_meant_by(file, &mapping.source)));
    }
    findings.unless_errors(kept)
}

/// Compiles the checks of an assessment.
///
/// # Errors
/// Metrics, mappings or the system security plan cannot be read, or do not
/// fit together; all findings of the compiler.
pub fn compile(
    tree: &dyn FileTree,
    parts: &Parts,
    resolved: &Resolved,
    ontology: &Ontology,
    imports: &[Import],
) -> Step<Compiled> {
    let mut findings = Diagnostics::new();
    let metrics = findings.absorb(metrics(tree));
    let mappings = findings.absorb(mappings(tree, parts, resolved));
    let library = rego_library(tree).map_err(|errors| findings.extend(errors)).ok();
    let (Some(metrics), Some(mappings), Some(library)) = (metrics, mappings, library) else {
        return Err(findings);
    };
    // a broken plan keeps no mistake of the metrics and mappings from being found
    let plan = match &parts.ssp {
        Some(path) => findings.absorb(system_security_plan(tree, path)).map(|plan| (plan, path)),
        None => None,
    };
    let input = Input {
        catalog: &resolved.catalog,
        known_controls: resolved.known_controls.clone(),
        mappings: &mappings,
        metrics: &metrics,
        ontology,
        library: &library,
        plan: plan.as_ref().map(|(plan, path)| (plan, *path)),
        imports,
    };
    let compiled = findings.absorb(compile_checks(&input));
    match compiled {
        Some(compiled) => findings.unless_errors(compiled),
        None => Err(findings),
    }
}

/// Reads a system security plan.
///
/// # Errors
/// The file cannot be read, or is another OSCAL model.
pub fn system_security_plan(tree: &dyn FileTree, path: &TreePath) -> Step<SystemSecurityPlan> {
    probity_oscal::load_as(tree, path)
}
