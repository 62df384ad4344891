//! A document taken apart.

use std::collections::BTreeMap;

use probity_diagnostics::document::Comments;
use probity_diagnostics::{Diagnostic, Pointer};
use serde_json::{Map, Value, json};

use super::part::write_part;
use super::{INDEX, MARK, ORDER, VERSION, lists, name};
use crate::codes;
use crate::natural;
use crate::schema::{Definition, Root, Shape};

/// The files of a split folder, by their path in it, for a document with the key of its model. `comments` of YAML stand in
/// the files in which what they stand beside does.
///
/// # Errors
/// The value is no document of OSCAL, or has a key at its root that a split folder has a use for.
pub fn split(document: &Value, comments: &Comments) -> Result<BTreeMap<String, Vec<u8>>, Diagnostic> {
    let refuse = |message: String| Diagnostic::error(&codes::NOT_SPLIT, message);
    let members =
        document.as_object().ok_or_else(|| refuse("the file holds no OSCAL document".to_owned()))?;
    let mut models = members.iter().filter_map(|(key, model)| Some((Root::of(key)?, model)));
    let (Some((root, model)), None) = (models.next(), models.next()) else {
        return Err(refuse("the file does not hold one OSCAL document".to_owned()));
    };
    if let Some(key) = [MARK, ORDER].into_iter().find(|key| members.contains_key(*key)) {
        return Err(refuse(format!("the document has a key `{key}` at its root")));
    }
    let mut apart = Apart { files: BTreeMap::new(), comments, pieces: Vec::new() };
    let mut order = Map::new();
    let pointer = Pointer::root().key(root.key);
    let model = apart.rest(model, root.definition, "", &pointer, &mut order, "");
    let mut index = Map::new();
    index.insert(MARK.to_owned(), json!(VERSION));
    if !order.is_empty() {
        index.insert(ORDER.to_owned(), Value::Object(order));
    }
    let others = members.iter().filter(|(key, _)| key.as_str() != root.key);
    index.extend(others.map(|(key, value)| (key.clone(), value.clone())));
    index.insert(root.key.to_owned(), model);
    apart.pieces.push(Piece {
        pointer: Pointer::root(),
        prefix: String::new(),
        file: INDEX.to_owned(),
        value: Value::Object(index),
    });
    Ok(apart.written())
}

/// A file that is to be written.
struct Piece {
    /// Where what it holds stands in the document.
    pointer: Pointer,
    /// What stands before it in the file.
    prefix: String,
    file: String,
    value: Value,
}

struct Apart<'c> {
    files: BTreeMap<String, Vec<u8>>,
    comments: &'c Comments,
    pieces: Vec<Piece>,
}

impl Apart<'_> {
    /// An object without the lists whose items become files below `folder`. `inner` leads from the object that the file holds to
    /// this one.
    fn rest(
        &mut self,
        value: &Value,
        definition: &'static Definition,
        folder: &str,
        pointer: &Pointer,
        order: &mut Map<String, Value>,
        inner: &str,
    ) -> Value {
        let Value::Object(members) = value else { return value.clone() };
        let mut rest = Map::new();
        for (key, member) in members {
            let property = definition.property(key).map(|(_, property)| property);
            let held = property.and_then(|property| match property.shape {
                Shape::Object(held) => Some((property, held)),
                Shape::Scalar(_) => None,
            });
            let Some((property, held)) = held else {
                rest.insert(key.clone(), member.clone());
                continue;
            };
            let (below, pointer) = (joined(folder, key), pointer.key(key));
            match lists::items(definition, property).and_then(|_| lists::of(member)) {
                Some(items) => {
                    let names = name::names(items);
                    for ((index, item), name) in items.iter().enumerate().zip(&names) {
                        self.item(item, held, property.xml, &joined(&below, name), &pointer.index(index));
                    }
                    if !names.is_sorted_by(|a, b| natural::compare(a, b).is_lt()) {
                        order.insert(joined(inner, key), json!(names));
                    }
                }
                None if member.is_object() => {
                    let inner = joined(inner, key);
                    let member = self.rest(member, held, &below, &pointer, order, &inner);
                    rest.insert(key.clone(), member);
                }
                None => {
                    rest.insert(key.clone(), member.clone());
                }
            }
        }
        Value::Object(rest)
    }

    fn item(
        &mut self,
        item: &Value,
        definition: &'static Definition,
        key: &str,
        path: &str,
        pointer: &Pointer,
    ) {
        let mut order = Map::new();
        let rest = self.rest(item, definition, path, pointer, &mut order, "");
        let mut file = Map::new();
        if !order.is_empty() {
            file.insert(ORDER.to_owned(), Value::Object(order));
        }
        file.insert(key.to_owned(), rest);
        self.pieces.push(Piece {
            pointer: pointer.clone(),
            prefix: format!("/{key}"),
            file: format!("{path}.yaml"),
            value: Value::Object(file),
        });
    }

    /// The texts of the files, with the comments of each.
    fn written(mut self) -> BTreeMap<String, Vec<u8>> {
        let mut comments = self.sorted_comments();
        for piece in std::mem::take(&mut self.pieces) {
            let mut text = Vec::new();
            let comments = comments.remove(&piece.file).unwrap_or_default();
            if write_part(&piece.value, &comments, &mut text).is_ok() {
                self.files.insert(piece.file, text);
            }
        }
        self.files
    }

    /// The comments by file: each belongs to the innermost piece that its pointer leads into.
    fn sorted_comments(&self) -> BTreeMap<String, Comments> {
        let places: BTreeMap<&str, &Piece> =
            self.pieces.iter().map(|piece| (piece.pointer.as_str(), piece)).collect();
        let mut sorted: BTreeMap<String, Comments> = BTreeMap::new();
        let of_index = sorted.entry(INDEX.to_owned()).or_default();
        of_index.head.clone_from(&self.comments.head);
        of_index.foot.clone_from(&self.comments.foot);
        for (pointer, lines) in &self.comments.before {
            if let Some((piece, inside)) = place(&places, pointer) {
                let comments = sorted.entry(piece.file.clone()).or_default();
                if inside.as_str() == piece.prefix && !piece.prefix.is_empty() {
                    let lines = lines.iter().filter(|line| !line.is_empty());
                    comments.head.extend(lines.cloned());
                } else {
                    comments.before.insert(inside, lines.clone());
                }
            }
        }
        for (pointer, text) in &self.comments.beside {
            if let Some((piece, inside)) = place(&places, pointer) {
                sorted.entry(piece.file.clone()).or_default().beside.insert(inside, text.clone());
            }
        }
        sorted
    }
}

/// The piece that a pointer of the document leads into, and the pointer in its file.
fn place<'p>(places: &BTreeMap<&str, &'p Piece>, pointer: &Pointer) -> Option<(&'p Piece, Pointer)> {
    let text = pointer.as_str();
    let ends = std::iter::once(text.len()).chain(text.rmatch_indices('/').map(|(at, _)| at));
    for end in ends {
        let (head, tail) = (text.get(..end)?, text.get(end..)?);
        if let Some(piece) = places.get(head) {
            return Some((piece, Pointer::from_text(format!("{}{tail}", piece.prefix))));
        }
    }
    None
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
