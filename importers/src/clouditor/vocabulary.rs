//! The vocabulary as its authors publish it: messages of protocol buffers, of which those with `resource_type_names` are classes.
//!
//! Evidence and metrics are of one release of it. Where a folder brings its own, that is what they are held against.

use std::collections::{BTreeMap, BTreeSet};

use probity_diagnostics::document::{self, Limits};
use probity_diagnostics::{FileTree, TreePath};
use serde_json::{Map, Value, json};

use super::evidence::camel;
use super::{PREFIX, VOCABULARY};

/// Members that every resource has beside its properties.
const OTHERS: [&str; 4] = ["id", "name", "type", "related"];
/// Messages that a vocabulary has at least; others are about something else.
const LEAST: usize = 5;

/// A message: its class and those above it, and its fields.
#[derive(Debug, Default)]
struct Message {
    lineage: Vec<String>,
    fields: Vec<Field>,
}

#[derive(Debug)]
struct Field {
    name: String,
    kind: String,
    is_list: bool,
}

/// The vocabulary in the files below a folder, as an ontology document; none where there is none.
pub fn vocabulary(tree: &dyn FileTree, folder: &TreePath) -> Option<(TreePath, Value)> {
    let files = tree.walk(folder).unwrap_or_default();
    let protos = files.into_iter().filter(|file| file.extension() == Some("proto"));
    let read = protos.filter_map(|file| {
        let bytes = tree.read(&file, Limits::default().bytes).ok()?;
        let messages = messages(document::text(&bytes, &file).ok()?);
        let classes = messages.values().filter(|message| is_resource(message)).count();
        (classes >= LEAST).then_some((classes, file, messages))
    });
    let (_, file, messages) = read.max_by_key(|(classes, ..)| *classes)?;
    Some((file, document_of(&messages)))
}

fn is_resource(message: &Message) -> bool {
    message.lineage.iter().any(|name| name == "Resource")
}

/// The messages of a file, by name. What is no field of a message is passed over.
fn messages(text: &str) -> BTreeMap<String, Message> {
    let mut messages: BTreeMap<String, Message> = BTreeMap::new();
    let mut open: Vec<Option<String>> = Vec::new();
    for line in statements(text) {
        let line = line.trim();
        if let Some(head) = line.strip_suffix('{') {
            let mut words = head.split_whitespace();
            let inside = open.last().cloned().flatten();
            open.push(match (words.next(), words.next()) {
                (Some("message"), Some(name)) if open.is_empty() => {
                    messages.entry(name.to_owned()).or_default();
                    Some(name.to_owned())
                }
                (Some("oneof"), _) => inside,
                _ => None,
            });
        } else if line == "}" {
            open.pop();
        } else if let Some(message) = open.last().cloned().flatten().and_then(|name| messages.get_mut(&name))
        {
            if let Some(class) = line.strip_prefix("option (resource_type_names)") {
                message.lineage.extend(class.split('"').nth(1).map(str::to_owned));
            } else {
                message.fields.extend(field(line));
            }
        }
    }
    messages
}

/// The statements of a file without comments: each ends with `;`, or with the brace that opens or closes a block.
fn statements(text: &str) -> Vec<String> {
    let mut bare = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    let lines = bare.lines().map(|line| match line.find("//") {
        Some(at) if !line.get(..at).is_some_and(|before| before.contains('"')) => {
            line.get(..at).unwrap_or(line)
        }
        _ => line,
    });
    let text = lines.collect::<Vec<_>>().join(" ");
    let mut found = Vec::new();
    for piece in text.split_inclusive([';', '{', '}']) {
        let piece = piece.trim();
        match piece.strip_suffix('}') {
            Some(before) => {
                found.extend((!before.trim().is_empty()).then(|| before.to_owned()));
                found.push("}".to_owned());
            }
            None => found.push(piece.trim_end_matches(';').to_owned()),
        }
    }
    found
}

/// A field: `repeated Backup backups = 9 [...]`.
fn field(line: &str) -> Option<Field> {
    let (declared, _) = line.split_once('=')?;
    let declared = declared.trim();
    if declared.starts_with("map<") {
        let name = declared.rsplit('>').next()?.trim();
        return Some(Field { name: camel(name), kind: "map".to_owned(), is_list: false });
    }
    let words: Vec<&str> = declared.split_whitespace().collect();
    let (is_list, kind, name) = match words.as_slice() {
        ["repeated", kind, name] => (true, kind, name),
        ["optional", kind, name] | [kind, name] => (false, kind, name),
        _ => return None,
    };
    if *kind == "option" || *kind == "reserved" {
        return None;
    }
    Some(Field { name: camel(name), kind: (*kind).to_owned(), is_list })
}

/// The ontology document of the messages.
fn document_of(messages: &BTreeMap<String, Message>) -> Value {
    let mut types: BTreeMap<&str, Value> = BTreeMap::new();
    for (name, message) in messages.iter().filter(|(_, message)| is_resource(message)) {
        for (above, next) in
            message.lineage.iter().skip(1).zip(message.lineage.iter().skip(2).map(Some).chain([None]))
        {
            types.entry(above).or_insert_with(|| definition(next.map(String::as_str), true, Map::new()));
        }
        let parent = message.lineage.get(1).map(String::as_str);
        types.insert(name, definition(parent, false, properties(message, messages, true)));
    }
    let known: BTreeSet<&str> = types.keys().copied().collect();
    let features: Map<String, Value> = messages
        .iter()
        .filter(|(name, _)| *name != "Resource" || !known.contains("Resource"))
        .map(|(name, message)| (name.clone(), definition(None, false, properties(message, messages, false))))
        .collect();
    let types: Map<String, Value> = types.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    json!({
        "ontology": VOCABULARY,
        "version": "1.0.0",
        "prefix": PREFIX,
        "resource-types": types,
        "features": features,
    })
}

fn definition(parent: Option<&str>, is_abstract: bool, properties: Map<String, Value>) -> Value {
    let mut members = Map::new();
    if is_abstract {
        members.insert("abstract".into(), json!(true));
    }
    if let Some(parent) = parent {
        members.insert("extends".into(), json!(parent));
    }
    if !properties.is_empty() {
        members.insert("properties".into(), Value::Object(properties));
    }
    Value::Object(members)
}

fn properties(
    message: &Message,
    messages: &BTreeMap<String, Message>,
    is_resource: bool,
) -> Map<String, Value> {
    let fields = message.fields.iter().filter(|field| !is_resource || !OTHERS.contains(&field.name.as_str()));
    fields.filter_map(|field| Some((field.name.clone(), json!(notation(field, messages)?)))).collect()
}

/// The type of a field in the notation of ontologies; none where it is of a message that is not there.
fn notation(field: &Field, messages: &BTreeMap<String, Message>) -> Option<String> {
    let simple = match field.kind.as_str() {
        "string" => match referred(&field.name, messages) {
            Some(target) => format!("reference({target})"),
            None => "string".to_owned(),
        },
        "bool" => "boolean".to_owned(),
        "float" | "double" => "number".to_owned(),
        "int32" | "uint32" | "int64" | "uint64" | "sint32" | "sint64" => "integer".to_owned(),
        "google.protobuf.Timestamp" => "date-time".to_owned(),
        "google.protobuf.Duration" => "string".to_owned(),
        "map" => "labels".to_owned(),
        message if message != "Resource" && messages.contains_key(message) => message.to_owned(),
        _ => return None,
    };
    Some(if field.is_list { format!("{simple}[]") } else { simple })
}

/// The type of resource whose id stands in a field, by its name: `blockStorageIds`.
fn referred(name: &str, messages: &BTreeMap<String, Message>) -> Option<String> {
    let stem = name.strip_suffix("Ids").or_else(|| name.strip_suffix("Id"))?;
    let is_named = |known: &&String| known.to_lowercase() == stem.to_lowercase();
    let named =
        messages.iter().filter(|(_, message)| is_resource(message)).map(|(name, _)| name).find(is_named);
    Some(named.map_or_else(|| "Resource".to_owned(), Clone::clone))
}
