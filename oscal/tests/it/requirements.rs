//! The requirements of the profile resolution specification, each held by cases: `cases/resolution/*.yaml`.

use std::collections::{BTreeMap, BTreeSet};

use probity_diagnostics::document::{self, Format};
use probity_diagnostics::{Diagnostic, Diagnostics, MemoryTree, Place, TreePath};
use probity_oscal::{OscalDocument, ResolveOptions, resolve, to_json, to_xml, to_yaml, validate};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::reference::own;

/// A profile, and what becomes of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    /// What it shows.
    pub(crate) it: String,
    /// The requirements that it holds.
    pub(crate) holds: Vec<String>,
    profile: Value,
    /// More documents, by their paths.
    #[serde(default)]
    files: BTreeMap<String, Value>,
    /// The ids of controls and groups: `group[control(child) group[]]`.
    #[serde(default)]
    outline: Option<String>,
    /// Values of the catalog.
    #[serde(default)]
    at: BTreeMap<String, Value>,
    /// Paths that lead nowhere.
    #[serde(default)]
    lacks: Vec<String>,
    /// All findings: the file where it is not the profile, the code, the pointer.
    #[serde(default)]
    finds: Vec<String>,
}

pub(crate) const PHASES: [&str; 4] = ["import", "merge", "modify", "final"];

pub(crate) fn cases(phase: &str) -> Vec<Case> {
    serde_json::from_value(committed(&format!("cases/resolution/{phase}.yaml"))).unwrap()
}

pub(crate) fn elsewhere() -> BTreeMap<String, String> {
    serde_json::from_value(committed("cases/resolution/elsewhere.yaml")).unwrap()
}

fn committed(path: &str) -> Value {
    document::read(&own(), &TreePath::parse(path).unwrap(), Format::Yaml).unwrap().value
}

#[test]
fn requirements_hold_in_every_format() {
    let mut surprises = Vec::new();
    for phase in PHASES {
        for case in cases(phase) {
            for format in [Format::Yaml, Format::Json, Format::Xml] {
                let wrong = case.surprises(format).into_iter();
                surprises.extend(wrong.map(|what| format!("{phase}: {} ({format:?}): {what}", case.it)));
            }
        }
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}

impl Case {
    fn surprises(&self, format: Format) -> Vec<String> {
        let files = self.tree(format);
        let options = ResolveOptions::at("2026-11-01T00:00:00Z".parse().unwrap());
        let (catalog, findings) = match resolve(&files, &named("profile.yaml", format), &options) {
            Ok(warned) => (Some(warned.value), warned.warnings),
            Err(findings) => (None, findings),
        };
        let mut wrong = Vec::new();
        let found = shown(&findings, format);
        if format != Format::Xml && found != self.finds {
            wrong.push(format!("finds {found:?}"));
        }
        if format == Format::Xml && found.len() != self.finds.len() {
            wrong.push(format!("finds {found:?}"));
        }
        let Some(catalog) = catalog else {
            if self.outline.is_some() || !self.at.is_empty() || !self.lacks.is_empty() {
                wrong.push("is refused".to_owned());
            }
            return wrong;
        };
        let document = OscalDocument::Catalog(Box::new(catalog));
        wrong.extend(invalid(&document));
        let value = serde_json::to_value(document).unwrap();
        let value = value.get("catalog").unwrap();
        if let Some(expected) = &self.outline {
            let found = outline(value);
            if found != *expected {
                wrong.push(format!("has the outline {found}"));
            }
        }
        for (path, expected) in &self.at {
            let found = look(value, path);
            let expected = named_in(expected, format);
            if found.as_ref() != Some(&expected) {
                wrong.push(format!("has {} at {path}", found.unwrap_or_default()));
            }
        }
        wrong.extend(
            self.lacks.iter().filter(|path| look(value, path).is_some()).map(|path| format!("has {path}")),
        );
        wrong
    }

    /// The documents in one format, with names to match.
    fn tree(&self, format: Format) -> MemoryTree {
        let mut tree = MemoryTree::new();
        let mut add = |path: &str, document: Value| {
            let document = named_in(&whole(path, document), format);
            let text = match format {
                Format::Json => to_json(&document),
                Format::Yaml => to_yaml(&document),
                Format::Xml => to_xml(&document),
            };
            tree.insert(named(path, format), text.unwrap());
        };
        for shared in ["abc.yaml", "xyz.yaml"] {
            add(shared, committed(&format!("resolve/{shared}")));
        }
        add("profile.yaml", json!({ "profile": self.profile }));
        for (path, document) in &self.files {
            add(path, document.clone());
        }
        tree
    }
}

/// A document with the uuid and metadata that it needs.
fn whole(path: &str, mut document: Value) -> Value {
    let (_, content) = document.as_object_mut().unwrap().iter_mut().next().unwrap();
    let given = content.as_object_mut().unwrap();
    let number = path.bytes().map(u32::from).sum::<u32>();
    let own = json!({
        "title": path, "last-modified": "2026-01-01T00:00:00Z", "version": "1", "oscal-version": "1.2.2"
    });
    let mut metadata = given.remove("metadata").unwrap_or_else(|| json!({}));
    for (key, value) in own.as_object().unwrap() {
        metadata.as_object_mut().unwrap().entry(key.clone()).or_insert_with(|| value.clone());
    }
    let mut ordered = Map::new();
    let uuid = given.remove("uuid").unwrap_or_else(|| json!(format!("cccccccc-0000-4000-8000-{number:012}")));
    ordered.insert("uuid".to_owned(), uuid);
    ordered.insert("metadata".to_owned(), metadata);
    ordered.append(given);
    *given = ordered;
    document
}

fn extension(format: Format) -> &'static str {
    match format {
        Format::Json => ".json",
        Format::Yaml => ".yaml",
        Format::Xml => ".xml",
    }
}

fn named(path: &str, format: Format) -> TreePath {
    TreePath::parse(&path.replace(".yaml", extension(format))).unwrap()
}

/// A value with the names of files in it changed to those of a format.
fn named_in(value: &Value, format: Format) -> Value {
    match value {
        Value::String(text) => json!(text.replace(".yaml", extension(format))),
        Value::Array(items) => items.iter().map(|item| named_in(item, format)).collect(),
        Value::Object(members) => {
            members.iter().map(|(key, value)| (key.clone(), named_in(value, format))).collect()
        }
        other => other.clone(),
    }
}

fn shown(findings: &Diagnostics, format: Format) -> Vec<String> {
    findings.iter().map(|finding| place(finding, format)).collect()
}

fn place(finding: &Diagnostic, format: Format) -> String {
    let Some(label) = &finding.primary else { return finding.code.id.to_owned() };
    let pointer = match &label.location.place {
        Place::Value(pointer) | Place::Key(pointer) => pointer.as_str().to_owned(),
        _ => String::new(),
    };
    let file = label.location.file.to_string().replace(extension(format), ".yaml");
    let file = if file == "profile.yaml" { String::new() } else { format!("{file} ") };
    format!("{file}{} {pointer}", finding.code.id)
}

/// Whether the catalog does not read again as it was written, in any format (req-output-xml, req-output-json,
/// req-output-yaml).
fn invalid(document: &OscalDocument) -> Vec<String> {
    let texts = [("x.json", to_json(document)), ("x.yaml", to_yaml(document)), ("x.xml", to_xml(document))];
    let value = serde_json::to_value(document).unwrap();
    let mut wrong = Vec::new();
    for (path, text) in texts {
        let path = TreePath::parse(path).unwrap();
        match probity_oscal::read(text.unwrap().as_bytes(), &path) {
            Ok(read) => {
                if read.value.1 != value {
                    wrong.push(format!("is another catalog as {path}"));
                }
                let findings = validate(&read.value.1, &path);
                wrong.extend(findings.iter().map(|finding| format!("{path}: {}", finding.message)));
            }
            Err(findings) => {
                wrong.extend(findings.iter().map(|finding| format!("{path}: {}", finding.message)));
            }
        }
    }
    wrong
}

fn outline(value: &Value) -> String {
    let list = |key: &str, open: &str, close: &str| -> Vec<String> {
        let items = value.get(key).and_then(Value::as_array).into_iter().flatten();
        items
            .map(|item| {
                let id = item.get("id").and_then(Value::as_str).unwrap_or("_");
                let inside = outline(item);
                let bare = inside.is_empty() && open == "(";
                if bare { id.to_owned() } else { format!("{id}{open}{inside}{close}") }
            })
            .collect()
    };
    let mut all = list("controls", "(", ")");
    all.extend(list("groups", "[", "]"));
    all.join(" ")
}

/// What a path leads to: items of lists are named by their id, uuid or name; `*key` is the value of that key in each item
/// of a list, `*` the keys of an object.
fn look(value: &Value, path: &str) -> Option<Value> {
    let Some((_, rest)) = path.split_once('/') else { return Some(value.clone()) };
    let (step, _) = rest.split_once('/').unwrap_or((rest, ""));
    let rest = rest.get(step.len()..).unwrap();
    match (value, step.strip_prefix('*')) {
        (Value::Object(members), Some("")) => Some(members.keys().cloned().collect()),
        (Value::Array(items), Some(key)) => items.iter().map(|item| item.get(key).cloned()).collect(),
        (Value::Array(items), None) => {
            let is_named =
                |item: &&Value| ["id", "uuid", "name"].iter().any(|key| item.get(key) == Some(&json!(step)));
            look(items.iter().find(is_named)?, rest)
        }
        (other, _) => look(other.get(step)?, rest),
    }
}

/// The ids and levels of all requirements of the specification.
pub(crate) fn requirements(specification: &str) -> Vec<(String, String)> {
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!("{name}=\""))?;
        rest.split_once('"').map(|(value, _)| value.to_owned())
    };
    let tags = specification.split("<req").skip(1).filter(|rest| rest.starts_with(char::is_whitespace));
    let tags = tags.filter_map(|rest| rest.split('>').next());
    tags.map(|tag| (attribute(tag, "id").unwrap(), attribute(tag, "level").unwrap())).collect()
}

#[test]
fn every_requirement_is_held() {
    let Some(tree) = crate::reference::reference() else { return };
    let path = TreePath::parse("profile-resolution/profile-resolution-specml.xml").unwrap();
    let text = String::from_utf8(crate::reference::bytes(&tree, &path)).unwrap();
    let required: BTreeSet<String> = requirements(&text).into_iter().map(|(id, _)| id).collect();
    let cases = PHASES.iter().flat_map(|phase| cases(phase)).flat_map(|case| case.holds);
    let held: BTreeSet<String> = cases.chain(elsewhere().into_keys()).collect();
    let odd: Vec<_> = required.symmetric_difference(&held).collect();
    assert!(odd.is_empty(), "{odd:?}");
}
