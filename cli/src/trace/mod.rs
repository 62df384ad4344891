//! The trace of a resolution, as it is printed: for people, for programs, and the whole story of one control.

mod explain;
mod human;
mod json;
mod words;

use std::collections::BTreeMap;

use probity_diagnostics::render::{Sources, printable};
use probity_diagnostics::{FileTree, Location, TreePath};
use probity_oscal::Trace;
use probity_oscal::resolve::trace::{ControlTrace, Document};
use probity_oscal::split::Places;

pub(crate) use explain::explain;
pub(crate) use human::human;
pub(crate) use json::json;

/// A trace with the texts that its places point into.
pub(crate) struct Shown<'t> {
    /// The trace.
    pub(crate) trace: &'t Trace,
    /// The texts.
    pub(crate) sources: Sources<'t>,
    /// Where the places of split folders lie.
    places: Places<'t>,
    /// Whether to mark what matters by ANSI colours.
    pub(crate) color: bool,
    /// How wide lines may be, in characters.
    pub(crate) width: usize,
    /// What documents are called in short.
    names: BTreeMap<&'t TreePath, String>,
}

impl<'t> Shown<'t> {
    /// Looks up the places of all controls, or of those that are named.
    pub(crate) fn new(trace: &'t Trace, only: Option<&[&ControlTrace]>, tree: &'t dyn FileTree) -> Self {
        let sources = Sources::locating(tree, probity_oscal::locate_all);
        let all: Vec<&ControlTrace> = trace.controls.iter().collect();
        let controls = only.unwrap_or(&all);
        let of_controls = controls.iter().flat_map(|control| {
            let params = control.params.iter().flat_map(|param| param.defined.iter().chain(&param.set));
            control.steps.iter().map(|step| &step.place).chain(params)
        });
        let objects = trace.parameters.iter().chain(&trace.resources).filter(|_| only.is_none());
        let of_objects = objects.flat_map(|object| object.steps.iter().map(|step| &step.place));
        let places = Places::new(tree);
        let wanted: Vec<Location> = of_controls.chain(of_objects).map(|place| places.of(place)).collect();
        sources.look_up_places(&wanted);
        let names = names(&trace.documents, &sources);
        Self { trace, sources, places, color: false, width: 100, names }
    }

    /// What a document is called in short.
    fn name(&self, file: &TreePath) -> String {
        let name = self.names.get(file).cloned().unwrap_or_else(|| self.sources.display(file));
        printable(&name).into_owned()
    }

    /// A place, with the short name of its document.
    fn place(&self, place: &Location) -> String {
        let place = &self.places.of(place);
        let name = self.name(&place.file);
        match self.sources.position(place) {
            Some(at) => format!("{name}:{}:{}", at.line, at.column),
            None => name,
        }
    }

    /// A place, in a split folder that in the small file.
    fn where_is(&self, place: &Location) -> Location {
        self.places.of(place)
    }

    /// A place, with the path of its document.
    fn full_place(&self, place: &Location) -> String {
        let place = &self.places.of(place);
        let name = printable(&self.sources.display(&place.file)).into_owned();
        match self.sources.position(place) {
            Some(at) => format!("{name}:{}:{}", at.line, at.column),
            None => name,
        }
    }

    fn document(&self, file: &TreePath) -> Option<&'t Document> {
        self.trace.documents.iter().find(|document| document.file == *file)
    }

    /// What a document is, its title, and what it imports.
    fn kind(&self, document: &Document) -> String {
        let title = words::quoted(&document.title);
        let imports: Vec<String> = document.imports.iter().map(|file| self.name(file)).collect();
        match (document.is_profile, imports.as_slice()) {
            (false, _) => format!("catalog {title}"),
            (true, []) => format!("profile {title}"),
            (true, imports) => format!("profile {title}, imports {}", imports.join(", ")),
        }
    }

    /// Whether a document imports more than one, so that imports need their numbers.
    fn has_imports(&self, file: &TreePath) -> bool {
        self.document(file).is_some_and(|document| document.imports.len() > 1)
    }

    fn bold(&self, text: &str) -> String {
        self.paint("1", text)
    }

    fn dim(&self, text: &str) -> String {
        self.paint("2", text)
    }

    fn paint(&self, color: &str, text: &str) -> String {
        if self.color { format!("\x1b[{color}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// The names of files where they are unique, else the paths.
fn names<'t>(documents: &'t [Document], sources: &Sources<'_>) -> BTreeMap<&'t TreePath, String> {
    let named = |document: &Document| {
        let name = document.file.file_name();
        let unique = documents.iter().filter(|other| other.file.file_name() == name).count() == 1;
        if unique { name.to_owned() } else { sources.display(&document.file) }
    };
    documents.iter().map(|document| (&document.file, named(document))).collect()
}
