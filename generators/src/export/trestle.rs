//! A workspace of compliance-trestle: each document below the folder of its model, in the newest release of OSCAL that trestle reads,
//! with `trestle://` references.
//!
//! References to other files, such as evidence, stay as they are: a workspace has no place for these files, and trestle does not
//! follow the references.

use std::collections::BTreeMap;

use probity_diagnostics::document::Format;
use probity_diagnostics::{Diagnostic, Diagnostics, Step, TreePath};
use probity_oscal::release::to_release;
use probity_oscal::{Release, href, trestle};

use super::closure::{Closure, Document, closure};
use super::{Export, Source};

/// The newest release that compliance-trestle 5 reads.
const RELEASE: Release = Release { major: 1, minor: 2, patch: 1 };

pub(super) fn write(source: Source<'_>) -> Step<Export> {
    let mut found = Diagnostics::new();
    let Some(mut closed) = found.absorb(closure(source)) else { return Err(found) };
    let names = names(&closed);
    let mut files = BTreeMap::new();
    for document in &mut closed.documents {
        refer(document, &names);
        found.extend(to_release(&mut document.value, &document.path, RELEASE, Format::Json, source.loss));
        let text = probity_oscal::to_json(&document.value).map_err(Diagnostic::from)?;
        if let Some(name) = names.get(&document.path) {
            files.insert(name.clone(), text.into_bytes());
        }
    }
    files.insert(".trestle/config.ini".to_owned(), Vec::new());
    found.unless_errors(Export { files })
}

/// Where each document lies in the workspace.
fn names(closed: &Closure) -> BTreeMap<TreePath, String> {
    let shelf = |model: &str| trestle::SHELVES.iter().find(|(_, of)| *of == model).map(|(shelf, _)| *shelf);
    let place = |document: &Document| {
        let folder = document.name.rsplit('/').next()?.strip_suffix(".json")?.to_owned();
        let model = &document.model;
        Some((document.path.clone(), format!("{}/{folder}/{model}.json", shelf(model)?)))
    };
    closed.documents.iter().filter_map(place).collect()
}

fn refer(document: &mut Document, names: &BTreeMap<TreePath, String>) {
    let path = document.path.clone();
    href::rewrite(&mut document.value, &mut |_, text| {
        let target = href::local(&path, text)?;
        Some(format!("trestle://{}", names.get(&target)?))
    });
}
