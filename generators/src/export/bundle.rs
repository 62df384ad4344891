//! Closed bundles: results with all documents that they belong to, in one release of OSCAL, every reference inside, and a manifest
//! with digests.
//!
//! What was assessed, evidence and verdicts among it, lies below `files/` with the bytes that it had, so that digests in the
//! documents hold; a document that such a file refers to stands a second time where the file looks for it. Documents are JSON.

use std::collections::BTreeMap;

use probity_diagnostics::document::Format;
use probity_diagnostics::{Diagnostic, Diagnostics, Location, MemoryTree, Sha256Digest, Step, TreePath};
use probity_oscal::constraint::Rules;
use probity_oscal::reference::Library;
use probity_oscal::release::{Release, to_release};
use probity_oscal::{href, split, validate_file};
use serde_json::{Value, json};

use super::closure::{Closure, Document, closure};
use super::{Export, Source, indented, set};
use crate::codes;
use crate::view::props::prop;
use probity_oscal::model::metadata::Property;

/// Bytes of one file of a bundle.
const FILE: u64 = 1 << 30;

pub(super) fn write(source: Source<'_>, release: Release) -> Step<Export> {
    let mut found = Diagnostics::new();
    let Some(closed) = found.absorb(closure(source)) else { return Err(found) };
    let Some(export) = found.absorb(of(source, closed, release)) else { return Err(found) };
    found.unless_errors(export)
}

/// The files of a bundle.
///
/// # Errors
/// The release cannot express a document, a document is not valid, or a file cannot be read.
pub(super) fn of(source: Source<'_>, mut closed: Closure, release: Release) -> Step<Export> {
    let mut found = Diagnostics::new();
    let names = names(&closed);
    for document in &mut closed.documents {
        relocate(document, &names);
        found.extend(to_release(&mut document.value, &document.path, release, Format::Json, source.loss));
    }
    if found.has_errors() {
        return Err(found);
    }
    for copy in &mut closed.copies {
        relocate(copy, &names);
        // what a release cannot express was told of the document itself
        let _ = to_release(&mut copy.value, &copy.path, release, Format::Json, source.loss);
    }
    closed.documents.append(&mut closed.copies);
    let mut files = BTreeMap::new();
    for document in &closed.documents {
        let text = probity_oscal::to_json(&document.value).map_err(Diagnostic::from)?;
        files.insert(document.name.clone(), text.into_bytes());
    }
    found.extend(invalid(&files, &closed));
    for (path, name) in &closed.files {
        let bytes = if split::is_split(source.tree, path) {
            split::read(source.tree, path)?
        } else {
            source.tree.read(path, FILE).map_err(Diagnostic::from)?
        };
        files.insert(name.clone(), bytes);
    }
    let manifest = manifest(&closed, &files, release);
    files.insert("manifest.json".to_owned(), indented(&manifest));
    found.unless_errors(Export { files })
}

/// Where everything lies in the bundle, by where it was.
pub(super) fn names(closed: &Closure) -> BTreeMap<TreePath, String> {
    let documents = closed.documents.iter().map(|document| (document.path.clone(), document.name.clone()));
    let files = closed.files.iter().map(|(path, name)| (path.clone(), name.clone()));
    // what is a document of the bundle is not a file of it as well
    files.chain(documents).collect()
}

/// Points the references of a document to where things lie in the bundle.
fn relocate(document: &mut Document, names: &BTreeMap<TreePath, String>) {
    let place = TreePath::parse(&document.name).unwrap_or_else(|_| TreePath::root()).parent();
    let path = document.path.clone();
    href::rewrite(&mut document.value, &mut |_, text| {
        let target = href::local(&path, text)?;
        let inside = TreePath::parse(names.get(&target)?).ok()?;
        Some(place.relative(&inside))
    });
    forget_digests(&mut document.value, names);
}

/// Takes digests away from links that lead to documents of the bundle: they are written anew.
fn forget_digests(value: &mut Value, names: &BTreeMap<TreePath, String>) {
    let anew: Vec<&String> = names.values().filter(|name| !name.starts_with("files/")).collect();
    let Some((_, model)) = value.as_object_mut().into_iter().flatten().find(|(key, _)| *key != "$schema")
    else {
        return;
    };
    let Some(resources) = model.pointer_mut("/back-matter/resources").and_then(Value::as_array_mut) else {
        return;
    };
    let rlinks = resources.iter_mut().filter_map(|resource| resource.get_mut("rlinks")?.as_array_mut());
    for rlink in rlinks.flatten().filter_map(Value::as_object_mut) {
        let leads =
            rlink.get("href").and_then(Value::as_str).map(|text| text.trim_start_matches("../").to_owned());
        if leads.is_some_and(|leads| anew.iter().any(|name| **name == leads)) {
            rlink.remove("hashes");
        }
    }
}

/// What our validator says of the documents: form, constraints and references.
fn invalid(files: &BTreeMap<String, Vec<u8>>, closed: &Closure) -> Diagnostics {
    let mut tree = MemoryTree::new();
    for (name, bytes) in files {
        if let Ok(path) = TreePath::parse(name) {
            tree.insert(path, bytes.clone());
        }
    }
    let (rules, library) = (Rules::oscal(), Library::new());
    let mut found = Diagnostics::new();
    for document in &closed.documents {
        let Ok(path) = TreePath::parse(&document.name) else { continue };
        for finding in validate_file(&tree, &path, &rules, &library) {
            if finding.severity != probity_diagnostics::Severity::Error {
                continue;
            }
            let message = format!("the document is not valid: {}", finding.message);
            let place = finding.primary.map_or_else(
                || Location::file(&document.path),
                |label| Location { file: document.path.clone(), place: label.location.place },
            );
            let told = Diagnostic::error(&codes::EXPORT_REFUSED, message).at(place);
            found.push(finding.helps.into_iter().fold(told, Diagnostic::help));
        }
    }
    found
}

/// What lies in the bundle, with digests.
fn manifest(closed: &Closure, files: &BTreeMap<String, Vec<u8>>, release: Release) -> Value {
    let entry = |name: &str| {
        let bytes = files.get(name).map(Vec::as_slice).unwrap_or_default();
        json!({ "path": name, "bytes": bytes.len(), "sha256": Sha256Digest::of(bytes).to_string() })
    };
    let mut documents: Vec<&Document> = closed.documents.iter().collect();
    documents.sort_by(|a, b| a.name.cmp(&b.name));
    let documents: Vec<Value> = documents
        .into_iter()
        .map(|document| {
            let model = document.value.get(&document.model);
            let text = |pointer| model.and_then(|model| model.pointer(pointer)).cloned().unwrap_or_default();
            let mut told = entry(&document.name);
            set(&mut told, "model", json!(document.model));
            set(&mut told, "uuid", text("/uuid"));
            set(&mut told, "title", text("/metadata/title"));
            told
        })
        .collect();
    let others: Vec<Value> = closed.files.values().map(|name| entry(name)).collect();
    json!({
        "format": "https://w3id.org/probity/bundle/1",
        "oscal-version": release.to_string(),
        "as-of": as_of(closed),
        "documents": documents,
        "files": others,
    })
}

/// The instant that the results were judged as of.
fn as_of(closed: &Closure) -> Option<String> {
    let results = closed.documents.first()?.value.pointer("/assessment-results/results/0/props")?;
    let props: Vec<Property> = serde_json::from_value(results.clone()).ok()?;
    prop(&props, "as-of").map(str::to_owned)
}
