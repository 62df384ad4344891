//! Profile resolution: from a profile and the documents it imports to one catalog.
//!
//! Follows the OSCAL profile resolution specification. Its phases are plain functions, one file each: import, merge
//! (combine, then structure), modify, finish. Names such as `req-exclude` in comments are the ids of its requirements.
//! Where the specification leaves a choice:
//!
//! - Ancestors of an included control are included, unless excluded; where they are excluded, or not kept by `use-first`,
//!   their children take their place.
//! - Under `as-is`, a group that several imports bring in becomes one again, in the order of its catalog, and a control
//!   stands below its parent, whichever import brought that in.
//! - Values set on a parameter that offers a selection take the place of the selection, as the model allows only one of
//!   both.
//! - An addition whose `by-id` names the altered control itself counts as one without `by-id`, as published profiles
//!   expect.

mod alter;
pub mod codes;
mod custom;
mod finish;
mod glob;
mod import;
mod joined;
mod merge;
mod modify;
mod prune;
mod select;
mod similar;
pub(crate) mod source;
pub mod trace;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, Step, TreePath};

use crate::model::metadata::Property;
use crate::model::{Catalog, OscalDocument, Profile};
pub(crate) use select::Site;
pub(crate) use similar::similar;
pub use source::named_file;
use source::{Opened, Opener, ProfileSource};
use trace::record::{Journal, Record};
pub use trace::{Trace, Traced};

/// What a resolution depends on besides the documents.
#[derive(Clone, Debug)]
pub struct ResolveOptions {
    /// What the catalog states as `last-modified`: `as-of`, or the time of the commit.
    pub last_modified: Timestamp,
    /// The href by which the catalog names its profile (`source-profile`), seen from where the catalog will stand; the
    /// path of the profile in its tree where none is given.
    pub source_profile: Option<String>,
}

impl ResolveOptions {
    /// Options with the given `last-modified` and nothing else.
    pub fn at(last_modified: Timestamp) -> Self {
        Self { last_modified, source_profile: None }
    }
}

/// Resolves the profile in file `path` of `tree` to a catalog. A catalog resolves to itself.
///
/// Warnings name what a profile asks for without effect: unknown controls and parameters, patterns that match nothing,
/// duplicates.
///
/// # Errors
/// The document or one of its imports cannot be read, is of another model or circular, or the profile contradicts
/// itself. All findings are reported at once.
pub fn resolve(tree: &dyn FileTree, path: &TreePath, options: &ResolveOptions) -> Step<Catalog> {
    Ok(run(tree, path, options, None)?.map(|(catalog, _)| catalog))
}

/// As [`resolve`], with the reasons for what the catalog holds and lacks.
///
/// # Errors
/// As [`resolve`]: where there is no catalog, there is no trace.
pub fn resolve_traced(tree: &dyn FileTree, path: &TreePath, options: &ResolveOptions) -> Step<Traced> {
    let outcome = run(tree, path, options, Some(Journal::default()))?;
    Ok(outcome.map(|(catalog, journal)| {
        let trace = Trace::of(&journal.unwrap_or_default(), &catalog);
        Traced { catalog, trace }
    }))
}

fn run(
    tree: &dyn FileTree,
    path: &TreePath,
    options: &ResolveOptions,
    journal: Option<Journal>,
) -> Step<(Catalog, Option<Journal>)> {
    let mut run = Run {
        tree,
        options,
        resolved: BTreeMap::new(),
        trail: vec![path.clone()],
        journal,
        findings: Diagnostics::new(),
    };
    let loaded = run.findings.absorb(source::read(tree, path)).map(|loaded| loaded.document);
    let catalog = match loaded {
        Some(OscalDocument::Catalog(catalog)) => Some(run.catalog(path, *catalog)),
        Some(OscalDocument::Profile(profile)) => run.profile(path, &profile),
        Some(other) => {
            run.findings.push(not_resolvable(&other, path).at(Location::file(path)));
            None
        }
        None => None,
    };
    match catalog {
        Some(catalog) => run.findings.unless_errors((catalog, run.journal)),
        None => Err(run.findings),
    }
}

/// What imports came to, kept for further resolutions over the same tree.
#[derive(Default)]
pub(crate) struct Resolved(BTreeMap<TreePath, Option<Arc<Catalog>>>);

impl Resolved {
    /// The catalog that an imported document is or resolves to, if it was imported and could be resolved.
    pub(crate) fn get(&self, path: &TreePath) -> Option<Arc<Catalog>> {
        self.0.get(path).cloned().flatten()
    }

    /// Resolves a profile for what is found in doing so, and says whether it resolves to a catalog.
    pub(crate) fn try_profile(
        &mut self,
        tree: &dyn FileTree,
        path: &TreePath,
        model: &Profile,
    ) -> (bool, Diagnostics) {
        self.run(tree, path, |run| run.profile(path, model).is_some())
    }

    /// The catalog that a document is or resolves to, and what was found on the way; `site` is where it is imported.
    pub(crate) fn import(
        &mut self,
        tree: &dyn FileTree,
        path: &TreePath,
        document: OscalDocument,
        site: &Site,
    ) -> (Option<Arc<Catalog>>, Diagnostics) {
        let (catalog, findings) =
            self.run(tree, &site.file, |run| run.take(path, document, site).map(Arc::new));
        if let Some(catalog) = &catalog {
            self.0.insert(path.clone(), Some(Arc::clone(catalog)));
        }
        (catalog, findings)
    }

    /// Lets a resolution use what is known, and keeps what it adds.
    fn run<T>(
        &mut self,
        tree: &dyn FileTree,
        path: &TreePath,
        act: impl FnOnce(&mut Run<'_>) -> T,
    ) -> (T, Diagnostics) {
        let options = ResolveOptions::at(Timestamp::UNIX_EPOCH);
        let resolved = std::mem::take(&mut self.0);
        let trail = vec![path.clone()];
        let findings = Diagnostics::new();
        let mut run = Run { tree, options: &options, resolved, trail, journal: None, findings };
        let outcome = act(&mut run);
        self.0 = run.resolved;
        self.0.retain(|_, catalog| catalog.is_some());
        (outcome, run.findings)
    }
}

/// One resolution under way.
struct Run<'t> {
    tree: &'t dyn FileTree,
    options: &'t ResolveOptions,
    /// Documents that were imported: what they resolved to, or none where an error has been reported.
    resolved: BTreeMap<TreePath, Option<Arc<Catalog>>>,
    /// The profiles on the way to the document at work.
    trail: Vec<TreePath>,
    /// What was noted, where a trace is asked for.
    journal: Option<Journal>,
    findings: Diagnostics,
}

impl Run<'_> {
    /// Takes a profile through all phases. None where an error stands in the way.
    fn profile(&mut self, path: &TreePath, model: &Profile) -> Option<Catalog> {
        let source = ProfileSource { file: path.clone(), model };
        let mut record = Record::on(path, model, self.journal.is_some());
        let selections = import::run(&source, self, &mut record);
        let plan = merge::plan(&source, &mut self.findings);
        let (selections, plan) = (selections?, plan?);
        let mut merged = merge::merge(&plan, selections, &mut record, &mut self.findings);
        let touched = modify::modify(&source, &mut merged, &mut record, &mut self.findings);
        let catalog =
            finish::finish(&source, merged, &touched, self.options, &mut record, &mut self.findings);
        if let Some(journal) = &mut self.journal {
            journal.add(record);
        }
        catalog
    }

    /// A catalog as it was read.
    fn catalog(&mut self, path: &TreePath, catalog: Catalog) -> Catalog {
        if let Some(journal) = &mut self.journal {
            journal.add_catalog(path, &catalog);
        }
        catalog
    }

    /// The catalog that an href in a profile names, or that the profile it names resolves to (req-circular-resolve).
    fn import(
        &mut self,
        profile: &ProfileSource<'_>,
        href: &str,
        site: &Site,
        record: &mut Record,
    ) -> Option<Arc<Catalog>> {
        let known = |path: &TreePath| self.trail.contains(path) || self.resolved.contains_key(path);
        let opener = Opener { tree: self.tree, known: &known, read: source::parse };
        match opener.open(profile.base(), href, site) {
            Ok(opened) => {
                self.findings.extend(opened.warnings);
                let (Opened::Known(path) | Opened::New(path, _)) = &opened.value;
                record.import(path);
                match opened.value {
                    Opened::Known(path) if self.trail.contains(&path) => {
                        self.findings.push(self.circular(&path, site));
                        None
                    }
                    Opened::Known(path) => self.resolved.get(&path).cloned().flatten(),
                    Opened::New(path, loaded) => {
                        let catalog = self.take(&path, loaded.document, site).map(Arc::new);
                        self.resolved.insert(path, catalog.clone());
                        catalog
                    }
                }
            }
            Err(unopened) => {
                self.findings.extend(unopened.findings);
                self.resolved.extend(unopened.broken.map(|path| (path, None)));
                None
            }
        }
    }

    /// The catalog that an imported document is, or that the profile resolves to.
    fn take(&mut self, path: &TreePath, document: OscalDocument, site: &Site) -> Option<Catalog> {
        match document {
            OscalDocument::Catalog(catalog) => Some(self.catalog(path, *catalog)),
            OscalDocument::Profile(profile) => {
                self.trail.push(path.clone());
                let catalog = self.profile(path, &profile);
                self.trail.pop();
                catalog
            }
            other => {
                self.findings.push(not_resolvable(&other, path).at(site.location()));
                None
            }
        }
    }

    /// The finding for an import of a document that is being resolved already (req-circular-error).
    fn circular(&self, path: &TreePath, site: &Site) -> Diagnostic {
        let way = self.trail.iter().skip_while(|step| *step != path).map(|step| format!("`{step}`"));
        let way: Vec<String> = way.chain([format!("`{path}`")]).collect();
        Diagnostic::error(&codes::CIRCULAR_IMPORT, format!("the profile imports itself: {}", way.join(" → ")))
            .at(site.location())
    }
}

fn not_resolvable(document: &OscalDocument, path: &TreePath) -> Diagnostic {
    let message = format!("`{path}` is a {}, neither a profile nor a catalog", document.root());
    Diagnostic::error(&codes::NOT_RESOLVABLE, message)
}

/// Whether props mark their object to be kept in every resolved catalog (req-prune-keep).
fn keeps(props: &[Property]) -> bool {
    props.iter().any(|prop| prop.name == "keep" && prop.value == "always")
}
