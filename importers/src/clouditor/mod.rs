//! Metrics, catalogs and evidence in the format of Clouditor and its successor Confirmate.
//!
//! - a **metric** is a folder with a YAML file, `metric.rego` and `data.json`: [`Metric`];
//! - a **catalog** is JSON with categories of controls that link metrics: [`Catalog`];
//! - **evidence** is JSON as their interfaces exchange it: [`Evidence`].
//!
//! Which file is what is told by its content and its neighbours, not by the folder it lies in.

mod catalog;
mod evidence;
mod metric;
mod names;
mod unset;
mod vocabulary;
mod write;

use std::collections::BTreeMap;

use probity_diagnostics::document::{self, Format};
use probity_diagnostics::{Diagnostics, FileTree, Pointer, TreePath};
use probity_evidence::Ontology;
use serde_json::Value;

pub use catalog::{Catalog, Link};
pub use evidence::Evidence;
pub use metric::Metric;
pub use names::{kebab, snake};
pub use unset::Unset;
pub use vocabulary::vocabulary;
pub use write::{Facts, Resolved, target_texts};

use crate::codes;

/// The prefix of the vocabulary that metrics and evidence are written in.
pub const PREFIX: &str = "clouditor";
/// The URI of that vocabulary.
pub const VOCABULARY: &str = "https://w3id.org/probity/ontology/clouditor/1";

/// What a folder holds.
#[derive(Debug, Default)]
pub struct Folder {
    /// Its metrics, sorted by file.
    pub metrics: Vec<Metric>,
    /// Metrics that were found and cannot be read.
    pub left_out: usize,
    /// Its catalogs, sorted by file.
    pub catalogs: Vec<Catalog>,
    /// The resources of all its evidence files.
    pub evidence: Evidence,
    /// What could not be used, and what is doubtful.
    pub findings: Diagnostics,
}

/// Reads everything below `folder`.
///
/// # Errors
/// The folder cannot be listed.
pub fn read(
    tree: &dyn FileTree,
    folder: &TreePath,
    ontology: &Ontology,
    unset: &Unset,
) -> Result<Folder, Diagnostics> {
    let files = tree.walk(folder).map_err(probity_diagnostics::Diagnostic::from)?;
    let mut found = Folder::default();
    let mut by_folder: BTreeMap<TreePath, Vec<TreePath>> = BTreeMap::new();
    for file in files {
        by_folder.entry(file.parent()).or_default().push(file);
    }
    for files in by_folder.values() {
        if metric::is_folder_of_one(files) {
            match metric::read(tree, files, &mut found.findings) {
                Some(metric) => found.metrics.push(metric),
                None => found.left_out += 1,
            }
            continue;
        }
        for file in files {
            match file.extension() {
                Some("json") => json(tree, file, ontology, unset, &mut found),
                Some("jsonl" | "ndjson") => evidence::lines(tree, file, ontology, unset, &mut found),
                _ => {}
            }
        }
    }
    metric::settle_ids(&mut found.metrics, &mut found.findings);
    catalog::settle_names(&mut found.catalogs, &mut found.findings);
    Ok(found)
}

/// Reads a JSON file as what it is; others than catalogs and evidence are left aside.
fn json(tree: &dyn FileTree, file: &TreePath, ontology: &Ontology, unset: &Unset, found: &mut Folder) {
    let Some(value) = found.findings.absorb(document::read(tree, file, Format::Json)) else { return };
    for (at, item) in items(&value, &["catalogs", "evidences"]) {
        if catalog::is_catalog(item) {
            found.catalogs.extend(catalog::read(file, item, &at, &mut found.findings));
        } else if let Some((record, is_wrapped)) = evidence::record(item) {
            let place = evidence::Place::Value(file, if is_wrapped { at.key("evidence") } else { at });
            found.evidence.take(record, &place, ontology, unset, &mut found.findings);
        }
    }
}

/// The items of a document: those of a list, alone or under one of `keys`, else the document itself.
fn items<'v>(value: &'v Value, keys: &[&str]) -> Vec<(Pointer, &'v Value)> {
    let root = Pointer::root();
    let listed = |list: &'v [Value], at: &Pointer| {
        list.iter().enumerate().map(|(index, item)| (at.index(index), item)).collect()
    };
    match value {
        Value::Array(list) => listed(list, &root),
        Value::Object(members) => {
            let named = keys.iter().find_map(|key| Some((*key, members.get(*key)?.as_array()?)));
            match named {
                Some((key, list)) => listed(list, &root.key(key)),
                None => vec![(root, value)],
            }
        }
        _ => Vec::new(),
    }
}

/// A member by one of its names: protocol buffers are read in lower camel case and as they are declared.
fn member<'v>(value: &'v Value, names: &[&str]) -> Option<&'v Value> {
    names.iter().find_map(|name| value.get(*name)).filter(|value| !value.is_null())
}

fn text<'v>(value: &'v Value, names: &[&str]) -> Option<&'v str> {
    member(value, names)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// The code for files of another form, for the modules of this one.
const FORM: &probity_diagnostics::Code = &codes::FORM;
