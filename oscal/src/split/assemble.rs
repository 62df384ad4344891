//! A document put together.

use std::collections::BTreeMap;

use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, Pointer, TreePath};
use serde_json::{Map, Value};

use super::{INDEX, MARK, ORDER, VERSION, lists};
use crate::codes;
use crate::natural;
use crate::schema::{Definition, Property, Root, Shape};

/// Folders inside each other that are followed at the most.
const DEEPEST: usize = 40;

/// A document that was put together.
#[derive(Clone, Debug)]
pub struct Assembled {
    /// The document, with the key of its model.
    pub value: Value,
    /// Where each file stands in it, the index first.
    pub pieces: Vec<Piece>,
}

/// A file of a split folder.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The file.
    pub file: TreePath,
    /// Where the object that it holds stands in the document.
    pub pointer: Pointer,
    /// Where that object stands in the file.
    pub inside: Pointer,
}

/// Puts the document in the split folder `folder` together.
///
/// # Errors
/// A file cannot be read or is not what its place says, belongs to no list, or holds what has files of its own. All of these
/// are told.
pub fn assemble(tree: &dyn FileTree, folder: &TreePath) -> Result<Assembled, Diagnostics> {
    let index =
        &folder.join(INDEX).map_err(|error| Diagnostic::error(&codes::NOT_WHOLE, error.to_string()))?;
    let mut open =
        Open { tree, findings: Diagnostics::new(), pieces: Vec::new(), files: BTreeMap::new(), bytes: 0 };
    let Some(mut value) = open.read(index) else { return Err(open.findings) };
    let Some((root, order)) = open.index(index, &mut value) else { return Err(open.findings) };
    open.find(index);
    let pointer = Pointer::root().key(root.key);
    open.pieces.push(Piece { file: index.clone(), pointer: Pointer::root(), inside: Pointer::root() });
    if let Some(model) = value.get_mut(root.key) {
        let holder =
            Holder { file: index, order: &order, folder: String::new(), inner: String::new(), depth: 0 };
        open.fill(model, root.definition, &holder, &pointer);
    }
    if open.findings.is_empty() {
        open.strays(); // what lies below a file that cannot be read is no stray
    }
    if open.findings.is_empty() { Ok(Assembled { value, pieces: open.pieces }) } else { Err(open.findings) }
}

struct Open<'t> {
    tree: &'t dyn FileTree,
    findings: Diagnostics,
    pieces: Vec<Piece>,
    /// The files that no list has taken yet, by folder and name without ending, counted from the split folder.
    files: BTreeMap<String, BTreeMap<String, TreePath>>,
    bytes: u64,
}

/// The file that holds the rest of an object, and where its lists lie.
struct Holder<'h> {
    file: &'h TreePath,
    order: &'h Map<String, Value>,
    folder: String,
    inner: String,
    depth: usize,
}

impl Open<'_> {
    fn refuse(&mut self, at: Location, message: impl Into<String>) {
        self.findings.push(Diagnostic::error(&codes::NOT_WHOLE, message).at(at));
    }

    /// The value in a file.
    fn read(&mut self, file: &TreePath) -> Option<Value> {
        let limits = Limits::default();
        let left = limits.bytes.saturating_sub(self.bytes);
        let bytes = match self.tree.read(file, left) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.findings.push(error.into());
                return None;
            }
        };
        self.bytes += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let format = Format::of(file).unwrap_or(Format::Yaml);
        self.findings.absorb(document::parse(&bytes, file, format, limits))
    }

    /// The model of the index and the order of its lists; both keys that make it an index are taken out.
    fn index(&mut self, file: &TreePath, value: &mut Value) -> Option<(&'static Root, Map<String, Value>)> {
        let Some(members) = value.as_object_mut() else {
            self.refuse(Location::file(file), format!("a file `{INDEX}` begins with `{MARK}: {VERSION}`"));
            return None;
        };
        match members.shift_remove(MARK).as_ref().map(Value::as_u64) {
            Some(Some(VERSION)) => {}
            Some(_) => {
                let at = Location::value(file, &Pointer::root().key(MARK));
                self.refuse(at, format!("this release knows version {VERSION} of split folders only"));
                return None;
            }
            None => {
                self.refuse(
                    Location::file(file),
                    format!("a file `{INDEX}` begins with `{MARK}: {VERSION}`"),
                );
                return None;
            }
        }
        let order = self.order(file, members);
        let mut roots = members.keys().filter_map(|key| Root::of(key));
        if let (Some(root), None) = (roots.next(), roots.next()) {
            return Some((root, order));
        }
        self.refuse(Location::file(file), "the index does not hold one OSCAL document");
        None
    }

    fn order(&mut self, file: &TreePath, members: &mut Map<String, Value>) -> Map<String, Value> {
        match members.shift_remove(ORDER) {
            None => Map::new(),
            Some(Value::Object(order)) if order.values().all(is_names) => order,
            Some(_) => {
                let at = Location::value(file, &Pointer::root().key(ORDER));
                self.refuse(at, "`order` holds lists of the names of files without their endings, by list");
                Map::new()
            }
        }
    }

    /// Finds the files of the folder.
    fn find(&mut self, index: &TreePath) {
        let root = index.parent();
        let mut open = vec![(root.clone(), 0)];
        while let Some((folder, depth)) = open.pop() {
            let entries = match self.tree.list(&folder) {
                Ok(entries) => entries,
                Err(error) => {
                    self.findings.push(error.into());
                    continue;
                }
            };
            for entry in entries.into_iter().filter(|entry| !entry.path.is_hidden()) {
                if entry.kind == probity_diagnostics::FileKind::Folder {
                    if depth < DEEPEST {
                        open.push((entry.path, depth + 1));
                    } else {
                        self.refuse(
                            Location::file(&entry.path),
                            "the folder lies too deep in a split folder",
                        );
                    }
                } else if entry.path != *index {
                    self.take(&root, &entry.path);
                }
            }
        }
    }

    fn take(&mut self, root: &TreePath, file: &TreePath) {
        let Some((name, "yaml" | "yml" | "json")) = file.file_name().rsplit_once('.') else { return };
        let (name, folder) = (name.to_owned(), root.relative(&file.parent()));
        let earlier = self.files.entry(folder).or_default().insert(name.clone(), file.clone());
        if let Some(earlier) = earlier {
            self.refuse(Location::file(file), format!("`{earlier}` has the name `{name}` already"));
        }
    }

    /// Puts the items of the lists into an object and into the objects in it.
    fn fill(
        &mut self,
        value: &mut Value,
        definition: &'static Definition,
        holder: &Holder<'_>,
        pointer: &Pointer,
    ) {
        let Some(members) = value.as_object_mut() else { return };
        for property in definition.properties {
            let Shape::Object(held) = property.shape else { continue };
            let (folder, inner) =
                (joined(&holder.folder, property.json), joined(&holder.inner, property.json));
            let pointer = pointer.key(property.json);
            if let Some(member) = members.get_mut(property.json) {
                if member.is_object() {
                    let holder = Holder { folder, inner, ..*holder };
                    self.fill(member, held, &holder, &pointer);
                } else if let Some(first) = self.listed(definition, property, &folder) {
                    let message = format!("`{}` stands here and in files of its own", property.json);
                    let help = format!("move the items to files like `{first}`, or those into this list");
                    let at = Location::key(holder.file, &self.inside(&pointer));
                    self.findings.push(Diagnostic::error(&codes::NOT_WHOLE, message).at(at).help(help));
                    self.files.remove(&folder);
                }
            } else if self.listed(definition, property, &folder).is_some() {
                let files = self.files.remove(&folder).unwrap_or_default();
                let listed =
                    holder.order.get(&inner).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                let files = ordered(files, listed);
                let items = self.items(files, property, held, &folder, &pointer, holder.depth);
                members.insert(property.json.to_owned(), Value::Array(items));
            }
        }
    }

    /// The first file of a list whose items have files.
    fn listed(&self, definition: &Definition, property: &Property, folder: &str) -> Option<&TreePath> {
        lists::items(definition, property)?;
        self.files.get(folder)?.values().next()
    }

    fn items(
        &mut self,
        files: Vec<(String, TreePath)>,
        property: &'static Property,
        definition: &'static Definition,
        folder: &str,
        pointer: &Pointer,
        depth: usize,
    ) -> Vec<Value> {
        let mut items = Vec::with_capacity(files.len());
        for (name, file) in files {
            let Some(Value::Object(mut members)) = self.read_part(&file, property.xml) else { continue };
            let order = self.order(&file, &mut members);
            let Some(mut item) = members.shift_remove(property.xml) else { continue };
            let pointer = pointer.index(items.len());
            let inside = Pointer::root().key(property.xml);
            self.pieces.push(Piece { file: file.clone(), pointer: pointer.clone(), inside });
            let holder = Holder {
                file: &file,
                order: &order,
                folder: joined(folder, &name),
                inner: String::new(),
                depth: depth + 1,
            };
            self.fill(&mut item, definition, &holder, &pointer);
            items.push(item);
        }
        items
    }

    /// The value in a file that is to hold an object under `key`, and nothing else but an order.
    fn read_part(&mut self, file: &TreePath, key: &str) -> Option<Value> {
        let value = self.read(file)?;
        let members = value.as_object();
        let stranger =
            members.and_then(|members| members.keys().find(|name| ![key, ORDER].contains(&name.as_str())));
        if let Some(stranger) = stranger {
            let at = Location::key(file, &Pointer::root().key(stranger));
            self.refuse(at, format!("a file of this folder holds `{key}`, not `{stranger}`"));
            return None;
        }
        if !members.is_some_and(|members| members.get(key).is_some_and(Value::is_object)) {
            self.refuse(Location::file(file), format!("a file of this folder holds an object `{key}`"));
            return None;
        }
        Some(value)
    }

    /// The pointer in the file that holds what a pointer of the document names.
    fn inside(&self, pointer: &Pointer) -> Pointer {
        super::places::find(&self.pieces, pointer).map_or_else(|| pointer.clone(), |(_, inside)| inside)
    }

    /// Refuses files that belong to no list: they would be lost without a word.
    fn strays(&mut self) {
        for file in std::mem::take(&mut self.files).into_values().flat_map(BTreeMap::into_values) {
            let folder = file.parent();
            let finding = Diagnostic::error(&codes::NOT_WHOLE, "the file belongs to nothing of the document");
            let help = format!("`{folder}` is the folder of no list, or the file that it belongs to is gone");
            self.findings.push(finding.at(Location::file(&file)).help(help));
        }
    }
}

fn is_names(value: &Value) -> bool {
    value.as_array().is_some_and(|names| names.iter().all(Value::is_string))
}

/// Files in their order: as listed, and each that is not listed behind the one whose name comes before its own.
fn ordered(files: BTreeMap<String, TreePath>, listed: &[Value]) -> Vec<(String, TreePath)> {
    let mut rest = files;
    let mut ordered: Vec<(String, TreePath)> =
        listed.iter().filter_map(Value::as_str).filter_map(|name| rest.remove_entry(name)).collect();
    let mut rest: Vec<(String, TreePath)> = rest.into_iter().collect();
    rest.sort_by(|(a, _), (b, _)| natural::compare(a, b));
    if ordered.is_empty() {
        return rest;
    }
    for (name, file) in rest {
        let before =
            ordered.iter().enumerate().filter(|(_, (other, _))| natural::compare(other, &name).is_lt());
        let nearest = before.max_by(|(_, (a, _)), (_, (b, _))| natural::compare(a, b));
        let at = nearest.map_or(0, |(at, _)| at + 1);
        ordered.insert(at, (name, file));
    }
    ordered
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
