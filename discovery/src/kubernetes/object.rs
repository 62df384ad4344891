use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use probity_diagnostics::document::{self, Format};
use probity_diagnostics::{Code, Diagnostic, Diagnostics, Location, Place, Pointer, TreePath};
use probity_evidence::FileFindings;
use serde_json::Value;

use super::kind::Kind;
use super::node::Node;
use super::selector::Labels;

/// A text that objects stand in, with the findings on it.
pub(super) struct Source {
    path: TreePath,
    text: String,
    format: Format,
    in_tree: bool,
    pub(super) findings: RefCell<FileFindings>,
    /// Document and place of values that were reported: a value is read more
    /// than once.
    reported: RefCell<BTreeSet<(u32, Pointer)>>,
}

impl Source {
    pub(super) fn new(path: &TreePath, text: &str, format: Format, in_tree: bool) -> Self {
        Self {
            path: path.clone(),
            text: text.to_owned(),
            format,
            in_tree,
            findings: RefCell::new(FileFindings::new(path.clone())),
            reported: RefCell::default(),
        }
    }

    /// The findings on the text, in its order; the one that counts what is
    /// not shown comes last.
    pub(super) fn take_findings(&self) -> Diagnostics {
        let findings = self.findings.replace(FileFindings::new(self.path.clone())).into_diagnostics();
        let mut sorted: Vec<Diagnostic> = findings.into_iter().collect();
        sorted.sort_by_cached_key(|finding| {
            let place = finding.primary.as_ref().map(|label| label.location.clone());
            (place.as_ref().is_none_or(|p| p.place == Place::File), place)
        });
        sorted.into_iter().collect()
    }

    /// The place of a value in the document that begins on `line`.
    pub(super) fn place(&self, line: u32, pointer: &Pointer) -> Location {
        let before = usize::try_from(line.saturating_sub(1)).unwrap_or(0);
        let start: usize = self.text.split_inclusive('\n').take(before).map(str::len).sum();
        let found = self.text.get(start..).and_then(|rest| document::locate(rest, self.format, pointer));
        match found {
            Some(found) if self.in_tree => {
                Location::span(&self.path, start + found.value.start..start + found.value.end)
            }
            Some(found) => Location::line(&self.path, line_of(&self.text, start + found.value.start)),
            None => Location::line(&self.path, line),
        }
    }
}

/// The line of a byte, counted from 1.
pub(super) fn line_of(text: &str, offset: usize) -> u32 {
    let before = text.get(..offset).unwrap_or(text);
    u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX)
}

/// Where an object stands.
pub(super) struct Stands {
    pub(super) source: Rc<Source>,
    /// The line on which its document begins.
    pub(super) line: u32,
    /// Where it stands in its document.
    pub(super) pointer: Pointer,
}

/// A Kubernetes object of a known kind.
pub(super) struct Object {
    /// Where it stands; none where a cluster told it.
    pub(super) stands: Option<Stands>,
    /// Whether it holds a value that the Kubernetes interface would refuse.
    pub(super) refused: Cell<bool>,
    pub(super) value: Value,
    pub(super) kind: Kind,
    /// Empty for kinds without namespaces.
    pub(super) namespace: String,
    pub(super) name: String,
    /// The labels of its pods, once they were asked for: selectors look at them
    /// again and again.
    pub(super) labels: OnceCell<Labels>,
}

impl Object {
    /// An object with nothing known of it yet.
    pub(super) fn new(kind: Kind, namespace: String, name: String, value: Value) -> Self {
        let (refused, labels) = (Cell::default(), OnceCell::new());
        Self { stands: None, refused, value, kind, namespace, name, labels }
    }

    /// The whole object.
    pub(super) fn root(&self) -> Node<'_> {
        Node::root(self)
    }

    /// An annotation.
    pub(super) fn annotation(&self, key: &str) -> Option<&str> {
        self.root().path(&["metadata", "annotations", key]).text()
    }

    /// Where the object stands, if it does in a text.
    pub(super) fn location(&self) -> Option<Location> {
        self.stands.as_ref().map(|stands| stands.source.place(stands.line, &stands.pointer))
    }

    /// The way to the object in its document.
    pub(super) fn pointer(&self) -> Pointer {
        self.stands.as_ref().map_or_else(Pointer::root, |stands| stands.pointer.clone())
    }

    /// Reports an error at a value of the object.
    pub(super) fn report(&self, code: &'static Code, at: &Pointer, message: &str) {
        self.refused.set(true);
        let Some(Stands { source, line, .. }) = &self.stands else { return };
        if !source.reported.borrow_mut().insert((*line, at.clone())) {
            return;
        }
        let message = format!("{} `{}`: {message}", self.kind.name(), self.name);
        let finding = Diagnostic::error(code, message).at(source.place(*line, at));
        source.findings.borrow_mut().push(finding);
    }
}
