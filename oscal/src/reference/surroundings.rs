//! The documents that a document is about, and what could not be looked into.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, TreePath};

use super::codes;
use super::index::Index;
use super::kind::Kinds;
use super::library::{Document, Import, Library, Obstacle, Purpose};
use crate::resolve::source::Base;

/// Imports that follow one another at the most.
const DEPTH: usize = 32;

/// Where references lead besides the document itself.
#[derive(Default)]
pub(super) struct Surroundings {
    /// What the document as a whole is about.
    pub(super) main: Scope,
    /// Catalogs by the href that names them, where a document has several subjects.
    pub(super) by_href: BTreeMap<String, Scope>,
    /// Leveraged systems.
    pub(super) leveraged: Scope,
    /// Imports that were not read.
    pub(super) gaps: Vec<Gap>,
    /// Imports that are wrong.
    pub(super) findings: Diagnostics,
}

/// Documents in which something is looked for, and gaps in which it might be.
#[derive(Default)]
pub(super) struct Scope {
    pub(super) documents: Vec<Arc<Document>>,
    gaps: Vec<usize>,
}

/// An import that was not read.
pub(super) struct Gap {
    /// Where the checked document imports it.
    pub(super) location: Location,
    /// Where a document on the way imports it.
    through: Option<Location>,
    /// Why; none where nothing is to be said of it.
    why: Option<String>,
    /// What lets it be read.
    helps: Vec<String>,
    supplies: Kinds,
    /// What was not checked, and how often.
    unchecked: BTreeMap<&'static str, usize>,
}

/// What became of a search.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Found,
    /// It is there, but of other kinds.
    Other(Kinds),
    Missing,
    /// It may be in one of the gaps.
    Undecided(Vec<usize>),
}

/// The document that imports are followed from.
struct From<'a> {
    base: Base<'a>,
    imports: &'a [Import],
    /// The import of the checked document that led here; none in the checked document itself.
    outer: Option<&'a Location>,
}

/// Follows the imports of a document.
pub(super) fn surroundings(
    tree: &dyn FileTree,
    base: Base<'_>,
    imports: &[Import],
    library: &Library,
) -> Surroundings {
    let trail = vec![base.file.clone()];
    let mut way = Way { tree, library, trail, visited: BTreeSet::new(), found: Surroundings::default() };
    way.follow(&From { base, imports, outer: None });
    way.found
}

struct Way<'t> {
    tree: &'t dyn FileTree,
    library: &'t Library,
    /// The documents on the way to the one at hand.
    trail: Vec<TreePath>,
    visited: BTreeSet<TreePath>,
    found: Surroundings,
}

impl Way<'_> {
    fn follow(&mut self, from: &From<'_>) {
        for import in from.imports {
            if self.is_wanted(from, import) {
                self.import(from, import);
            }
        }
    }

    /// Whether an import matters: leveraged systems only to the checked document, components only to component
    /// definitions, and nothing twice.
    fn is_wanted(&self, from: &From<'_>, import: &Import) -> bool {
        match import.purpose {
            Purpose::Leveraged => from.outer.is_none(),
            Purpose::Controls if from.base.root == "component-definition" => {
                from.outer.is_none() && !self.found.by_href.contains_key(&import.href)
            }
            Purpose::Controls => !self.found.by_href.contains_key(&import.href),
            _ => true,
        }
    }

    fn import(&mut self, from: &From<'_>, import: &Import) {
        let here = Location::value(from.base.file, &import.pointer);
        match self.library.open(self.tree, from.base, import) {
            Ok(document) if self.trail.contains(&document.path) => self.circular(from, &document.path, here),
            Ok(document) => {
                self.scopes(from, import, |scope| scope.add(Arc::clone(&document)));
                if import.purpose != Purpose::Leveraged {
                    self.enter(from, &document, &here);
                }
            }
            Err(Obstacle::Model(why)) => {
                if from.outer.is_none() {
                    let finding = Diagnostic::error(&codes::WRONG_IMPORT, why.clone());
                    self.found.findings.push(finding.at(here));
                }
                self.gap(from, import, Some(why), Vec::new());
            }
            Err(Obstacle::Unread(why, helps)) => self.gap(from, import, Some(why), helps),
            Err(Obstacle::Named) => self.gap(from, import, None, Vec::new()),
        }
    }

    /// Goes on with the imports of an imported document.
    fn enter(&mut self, from: &From<'_>, document: &Arc<Document>, here: &Location) {
        if self.trail.len() >= DEPTH || !self.visited.insert(document.path.clone()) {
            return;
        }
        let base = Base { file: &document.path, root: document.root, resources: &document.resources };
        self.trail.push(document.path.clone());
        self.follow(&From { base, imports: &document.imports, outer: Some(from.outer.unwrap_or(here)) });
        self.trail.pop();
    }

    fn circular(&mut self, from: &From<'_>, path: &TreePath, here: Location) {
        let way = self.trail.iter().skip_while(|step| *step != path).map(|step| format!("`{step}`"));
        let way: Vec<String> = way.chain([format!("`{path}`")]).collect();
        let message = format!("the document imports itself: {}", way.join(" → "));
        let finding = Diagnostic::error(&codes::CIRCULAR, message);
        self.found.findings.push(match from.outer {
            Some(outer) => finding.at(outer.clone()).also(here, "leads back"),
            None => finding.at(here),
        });
    }

    fn gap(&mut self, from: &From<'_>, import: &Import, why: Option<String>, helps: Vec<String>) {
        let here = Location::value(from.base.file, &import.pointer);
        let index = self.found.gaps.len();
        self.found.gaps.push(Gap {
            location: from.outer.cloned().unwrap_or_else(|| here.clone()),
            through: from.outer.map(|_| here),
            why,
            helps,
            supplies: import.purpose.supplies(),
            unchecked: BTreeMap::new(),
        });
        self.scopes(from, import, |scope| scope.gaps.push(index));
    }

    /// Does something to each scope that an import belongs to.
    fn scopes(&mut self, from: &From<'_>, import: &Import, act: impl Fn(&mut Scope)) {
        if import.purpose == Purpose::Leveraged {
            return act(&mut self.found.leveraged);
        }
        act(&mut self.found.main);
        if matches!(from.base.root, "component-definition" | "mapping-collection")
            && import.purpose == Purpose::Controls
        {
            act(self.found.by_href.entry(import.href.clone()).or_default());
        }
    }
}

impl Scope {
    fn add(&mut self, document: Arc<Document>) {
        if !self.documents.iter().any(|known| known.path == document.path) {
            self.documents.push(document);
        }
    }

    /// Whether there is nowhere to look.
    pub(super) fn is_empty(&self) -> bool {
        self.documents.is_empty() && self.gaps.is_empty()
    }

    /// Looks for something in a document and in this scope.
    pub(super) fn look(&self, own: &Index<'_>, gaps: &[Gap], id: &str, wanted: Kinds) -> Outcome {
        let mut other = own.kinds(id);
        if other.meets(wanted) {
            return Outcome::Found;
        }
        for document in &self.documents {
            let kinds = document.index.kinds(id);
            match (kinds.meets(wanted), document.holds().meets(wanted)) {
                (true, true) => return Outcome::Found,
                (true, false) => {}
                (false, _) => other = other.or(kinds),
            }
        }
        let open = self.gaps.iter().copied();
        let open = open.filter(|index| gaps.get(*index).is_some_and(|gap| gap.supplies.meets(wanted)));
        let open: Vec<usize> = open.collect();
        match (open.is_empty(), other == Kinds::NONE) {
            (false, _) => Outcome::Undecided(open),
            (true, true) => Outcome::Missing,
            (true, false) => Outcome::Other(other),
        }
    }
}

impl Gap {
    /// Notes that something was not checked because of this gap.
    pub(super) fn note(&mut self, what: &'static str) {
        *self.unchecked.entry(what).or_default() += 1;
    }

    /// What is to be said of the gap; nothing where nothing depended on it.
    pub(super) fn finding(&self) -> Option<Diagnostic> {
        let why = self.why.as_ref().filter(|_| !self.unchecked.is_empty())?;
        let counted: Vec<String> =
            self.unchecked.iter().map(|(what, count)| format!("{what} ({count})")).collect();
        let finding =
            Diagnostic::note(&codes::NOT_READ, format!("{why}; not checked: {}", counted.join(", ")));
        let finding = self.helps.iter().cloned().fold(finding.at(self.location.clone()), Diagnostic::help);
        Some(match &self.through {
            Some(through) => finding.also(through.clone(), "imported here"),
            None => finding,
        })
    }
}
