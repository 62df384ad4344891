//! The documents that results belong to, and the files that these refer to: all that a bundle has to hold so that nothing in it
//! leads outside.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use probity_diagnostics::document::Format;
use probity_diagnostics::{Diagnostics, FileTree, Location, Pointer, Step, TreePath};
use probity_oscal::{href, split};
use serde_json::Value;

use super::{Source, lost};
use crate::view::props::prop;
use probity_oscal::model::metadata::Resource;

/// A document of a bundle.
#[derive(Debug, Clone)]
pub(super) struct Document {
    /// The key of its model.
    pub(super) model: String,
    /// The file it was read from.
    pub(super) path: TreePath,
    /// Its path in the bundle.
    pub(super) name: String,
    /// What it holds, with its own references.
    pub(super) value: Value,
}

/// All that a bundle holds.
#[derive(Debug, Default)]
pub(super) struct Closure {
    /// The documents, in the order in which they were reached.
    pub(super) documents: Vec<Document>,
    /// Other files, by where they were read from, with their paths in the bundle.
    pub(super) files: BTreeMap<TreePath, String>,
    /// Documents of the bundle that stand a second time where one of the other files looks for them.
    pub(super) copies: Vec<Document>,
    /// What is wrong or missing.
    pub(super) found: Diagnostics,
}

/// Follows the references of the results and of the plan.
///
/// # Errors
/// A document cannot be read.
pub(super) fn closure(source: Source<'_>) -> Step<Closure> {
    let mut closure = Closure::default();
    let mut open: VecDeque<TreePath> = VecDeque::from([split::document(source.results)]);
    open.extend(source.poam.cloned());
    let mut seen: BTreeSet<TreePath> = open.iter().cloned().collect();
    let mut others: Vec<(TreePath, Pointer, TreePath)> = Vec::new();
    while let Some(path) = open.pop_front() {
        let mut document = read(source.tree, &path, &mut closure.found)?;
        for reference in references(&mut document.value, &path) {
            let Reference { target, pointer, is_document } = reference;
            if !is_document {
                others.push((path.clone(), pointer, target));
            } else if seen.insert(target.clone()) {
                open.push_back(target);
            }
        }
        closure.documents.push(document);
    }
    name(&mut closure.documents);
    for (from, pointer, target) in others {
        if is_there(source.tree, &target) {
            let inside = beside(&target);
            closure.files.insert(target, inside);
        } else {
            let message = format!("`{target}` is not there, so this reference leads out of the bundle");
            let help = "put the file back, or take the reference out of the document";
            closure.found.push(lost(message, Location::value(&from, &pointer), help));
        }
    }
    closure.follow_files(source.tree);
    let found = std::mem::take(&mut closure.found);
    found.unless_errors(closure)
}

impl Closure {
    /// Follows the references of OSCAL documents among the other files, such as attestations. They keep their bytes, so what they
    /// refer to lies where they look for it.
    fn follow_files(&mut self, tree: &dyn FileTree) {
        let mut open: Vec<TreePath> = self.files.keys().cloned().collect();
        while let Some(path) = open.pop() {
            // results of other tools and evidence are no documents of OSCAL
            let is_document = Format::of(&path).is_some();
            let read = is_document.then(|| read(tree, &path, &mut Diagnostics::new()).ok()).flatten();
            let Some(mut document) = read else { continue };
            for Reference { target, .. } in references(&mut document.value, &path) {
                let inside = beside(&target);
                if let Some(own) = self.documents.iter().find(|document| document.path == target) {
                    if self.copies.iter().all(|copy| copy.name != inside) {
                        self.copies.push(Document { name: inside, ..own.clone() });
                    }
                } else if !self.files.contains_key(&target) && is_there(tree, &target) {
                    self.files.insert(target.clone(), inside);
                    open.push(target);
                }
            }
        }
    }
}

/// Where a file lies in the bundle that is no document of it.
fn beside(path: &TreePath) -> String {
    format!("files/{}", path.as_str().replace(':', "/"))
}

fn is_there(tree: &dyn FileTree, path: &TreePath) -> bool {
    tree.is_file(path) || split::is_split(tree, path)
}

fn read(tree: &dyn FileTree, path: &TreePath, found: &mut Diagnostics) -> Result<Document, Diagnostics> {
    let bytes = split::read(tree, path)?;
    let read = probity_oscal::read(&bytes, path)?;
    found.extend(read.warnings);
    let (_, value) = read.value;
    let model = value.as_object().into_iter().flatten().map(|(key, _)| key).find(|key| *key != "$schema");
    Ok(Document { model: model.cloned().unwrap_or_default(), path: path.clone(), name: String::new(), value })
}

/// A reference to a file.
struct Reference {
    target: TreePath,
    pointer: Pointer,
    /// Whether it is one to a document that belongs to the bundle as such.
    is_document: bool,
}

/// The references of a document to files; those to remote locations are left alone.
fn references(value: &mut Value, path: &TreePath) -> Vec<Reference> {
    let known = documents(value);
    let mut all = Vec::new();
    href::rewrite(value, &mut |pointer, text| {
        let target = href::local(path, text)?;
        let is_document = imports(pointer) || known.contains(pointer.as_str());
        all.push(Reference { target, pointer: pointer.clone(), is_document });
        None
    });
    all
}

/// Whether the property at `pointer` imports a document.
fn imports(pointer: &Pointer) -> bool {
    let tokens: Vec<String> = pointer.tokens().collect();
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    matches!(
        tokens.as_slice(),
        [_, "import-ap" | "import-ssp" | "import-profile", "href"] | ["profile", "imports", _, "href"]
    )
}

/// Places of references that name a document as such without importing it: the profile that a plan is about, and the resolved
/// catalog of results.
fn documents(value: &Value) -> BTreeSet<String> {
    let Some((key, model)) = value.as_object().into_iter().flatten().find(|(key, _)| *key != "$schema")
    else {
        return BTreeSet::new();
    };
    let list = |pointer: &str| model.pointer(pointer).and_then(Value::as_array).cloned().unwrap_or_default();
    let links = list("/metadata/links").into_iter().enumerate();
    let profiles = links
        .filter(|(_, link)| link.get("rel").and_then(Value::as_str) == Some("source-profile"))
        .map(|(at, _)| format!("/{key}/metadata/links/{at}/href"));
    let resources = list("/back-matter/resources").into_iter().enumerate();
    let catalogs = resources
        .filter(|(_, resource)| {
            let resource: Option<Resource> = serde_json::from_value(resource.clone()).ok();
            resource.is_some_and(|resource| prop(&resource.props, "kind") == Some("resolved-catalog"))
        })
        .map(|(at, _)| format!("/{key}/back-matter/resources/{at}/rlinks/0/href"));
    profiles.chain(catalogs).collect()
}

/// Gives every document its path in the bundle: the first of a model by the model, further ones below a folder by their own name.
fn name(documents: &mut [Document]) {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    // the catalog that the findings are about is the first one, whatever the profile imports
    let is_resolved = |document: &Document| {
        document.model == "catalog"
            && document.value.pointer("/catalog/metadata/links").and_then(Value::as_array).is_some_and(
                |links| {
                    links.iter().any(|link| link.get("rel").and_then(Value::as_str) == Some("source-profile"))
                },
            )
    };
    let resolved = documents.iter().position(is_resolved);
    for (at, document) in documents.iter_mut().enumerate() {
        let first = format!("{}.json", document.model);
        let waits = document.model == "catalog" && resolved.is_some_and(|resolved| resolved != at);
        if !waits && taken.insert(first.clone()) {
            document.name = first;
            continue;
        }
        let stem = document.path.file_name().split('.').next().unwrap_or_default().to_owned();
        let numbered = (2..).map(|number| format!("{}s/{stem}-{number}.json", document.model));
        let mut names = std::iter::once(format!("{}s/{stem}.json", document.model)).chain(numbered);
        document.name = names.find(|name| taken.insert(name.clone())).unwrap_or_default();
    }
}
