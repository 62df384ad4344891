//! What is wrong with the markings of a project, without anything being shared.

use probity_diagnostics::document::Limits;
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, TreePath};
use probity_oscal::split;

use super::{Marking, Sidecar, Source, look_up, of};
use crate::codes;
use crate::package::MANIFEST;
use crate::refusal::Stop;
use crate::tlp::Label;

/// What a sidecar's name ends with.
const ENDING: &str = ".marking.yaml";

/// Looks at a file: a document with what it says itself, beside it and in its name; or a sidecar, of which the document must be there.
/// The marking comes with it, where the file is a document that has one.
pub fn lint(tree: &dyn FileTree, path: &TreePath) -> (Option<Marking>, Diagnostics) {
    let mut found = Diagnostics::new();
    if let Some(document) = path.as_str().strip_suffix(ENDING) {
        found.extend(sidecar(tree, path, document));
        return (None, found);
    }
    match look_up(tree, path) {
        Ok(marking) => {
            found.extend(in_name(path, &marking));
            (Some(marking), found)
        }
        Err(Stop::Refused(refusals)) => {
            found.extend(refusals.iter().map(|refusal| match &refusal.location {
                Some(_) => refusal.objection(),
                None => refusal.objection().at(Location::file(path)),
            }));
            (None, found)
        }
        Err(Stop::Unreadable(findings)) => {
            found.extend(findings);
            (None, found)
        }
    }
}

/// A name that says another label than the document.
fn in_name(path: &TreePath, marking: &Marking) -> Option<Diagnostic> {
    let says = |label: &Label| path.file_name().split('.').any(|part| part == label.in_file_name());
    let other = Label::ALL.into_iter().find(says).filter(|label| *label != marking.label)?;
    let message = format!("`{path}` is {}, and its name says {other}", marking.label);
    let finding = Diagnostic::error(&codes::CONTRADICTION, message).at(Location::file(path));
    Some(finding.help("name it by its colour, or leave the colour out of the name"))
}

/// A sidecar without a document, or one that says only what the document says itself.
fn sidecar(tree: &dyn FileTree, path: &TreePath, document: &str) -> Option<Diagnostic> {
    let say =
        |what: &str| Diagnostic::error(&codes::SIDECAR, format!("`{path}` {what}")).at(Location::file(path));
    let document = TreePath::parse(document).ok()?;
    if tree.stat(&document).is_err() {
        let finding = say("lies beside no document");
        return Some(finding.help("remove it, or name it like the document that it is about"));
    }
    // pages for print bear the label in a place that few programs read, and get a sidecar besides
    let is_print = matches!(document.extension(), Some("pdf" | "xlsx"));
    if is_print || is_packaged(tree, path) {
        return None;
    }
    let limit = Limits::default().bytes;
    let beside = Sidecar::read(&tree.read(path, limit).ok()?, path).ok()?;
    let own = of(&split::read(tree, &document).ok()?, &document, None).ok()?;
    let says_more = beside.originator.is_some() && beside.originator != own.originator;
    if says_more || !matches!(own.source, Source::Embedded(_)) || own.label != beside.label {
        return None;
    }
    let finding = Diagnostic::warning(
        &codes::SIDECAR,
        format!("`{path}` says what the document says itself: a colour that stands twice is changed once"),
    );
    Some(finding.at(Location::file(path)).help("remove the sidecar"))
}

/// Whether a file is one of a package, where every document has a sidecar.
fn is_packaged(tree: &dyn FileTree, path: &TreePath) -> bool {
    path.sibling(&format!("../{MANIFEST}")).is_ok_and(|manifest| tree.is_file(&manifest))
}
