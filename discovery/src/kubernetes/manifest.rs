use std::collections::BTreeMap;
use std::rc::Rc;

use probity_diagnostics::document::{self, Document, Format, Limits};
use probity_diagnostics::{Code, Diagnostic, Diagnostics, Location, Place, Pointer, TreePath};
use serde_json::Value;

use super::kind::Kind;
use super::object::{Object, Source, Stands, line_of};
use crate::codes;
use crate::input::Found;

/// What one text may cost: far more than the largest manifests that people
/// apply at once.
const LIMITS: Limits = Limits { bytes: 64 << 20, depth: 128, values: 1_000_000, aliased: 16 << 20 };

/// The objects of a manifest.
#[derive(Default)]
pub(super) struct Manifest {
    pub(super) objects: Vec<Object>,
    pub(super) unknown: BTreeMap<String, Unknown>,
    pub(super) sources: Vec<Rc<Source>>,
}

/// Objects of a kind that the collector does not know.
pub(super) struct Unknown {
    /// Where the first of them stands.
    pub(super) first: Location,
    pub(super) names: Vec<String>,
}

/// Whether a file of a folder may be a manifest, by its name.
pub(crate) fn is_manifest_name(path: &TreePath) -> bool {
    matches!(path.extension(), Some("yaml" | "yml" | "json"))
}

impl Manifest {
    /// Adds the objects of a text.
    pub(super) fn add(&mut self, found: &Found, findings: &mut Diagnostics) {
        let format = format_of(found);
        let text = match document::text(&found.bytes, &found.path) {
            Ok(text) => text,
            Err(wrong) => return findings.extend(wrong),
        };
        let documents = match document::parse_all(text.as_bytes(), &found.path, format, LIMITS) {
            Ok(documents) => documents.value,
            Err(wrong) => {
                let wrong = template(text, &found.path).unwrap_or(wrong);
                let by_line = |finding| if found.in_tree { finding } else { on_lines(finding, text, format) };
                return findings.extend(wrong.into_iter().map(by_line));
            }
        };
        let source = Rc::new(Source::new(&found.path, text, format, found.in_tree));
        let documents: Vec<Document> = documents.into_iter().filter(|d| !d.value.is_null()).collect();
        if !found.named && !documents.iter().any(|d| looks_like_object(&d.value)) {
            let message = format!("`{}` holds no Kubernetes object and is left out", found.path);
            findings.push(Diagnostic::note(&codes::SKIPPED_FILE, message).at(Location::file(&found.path)));
            return;
        }
        if documents.is_empty() {
            let message = format!("`{}` holds no document", found.path);
            findings.push(Diagnostic::error(&codes::NOT_AN_OBJECT, message).at(Location::file(&found.path)));
        }
        for document in documents {
            let inherited = Inherited::default();
            self.take(&source, document.line, &Pointer::root(), document.value, &inherited);
        }
        self.sources.push(source);
    }

    /// Takes an object, or the objects of a list.
    fn take(&mut self, source: &Rc<Source>, line: u32, at: &Pointer, value: Value, list: &Inherited) {
        let place = |pointer: &Pointer| source.place(line, pointer);
        let wrong = |pointer: &Pointer, message: &str| {
            let finding = Diagnostic::error(&codes::NOT_AN_OBJECT, message).at(place(pointer));
            source.findings.borrow_mut().push(finding);
        };
        let Value::Object(mut members) = value else {
            return wrong(at, "the document is not a mapping");
        };
        let text = |key: &str| members.get(key).and_then(Value::as_str).filter(|t| !t.is_empty());
        let kind = text("kind").or(list.kind.as_deref()).map(str::to_owned);
        let api_version = text("apiVersion").or(list.api_version.as_deref()).map(str::to_owned);
        let Some(kind) = kind else {
            return wrong(at, "the object has no `kind`");
        };
        let Some(api_version) = api_version else {
            return wrong(at, &format!("the {kind} has no `apiVersion`"));
        };
        let element_kind = kind.strip_suffix("List").map(str::to_owned);
        if let (Some(element), Some(Value::Array(_))) = (&element_kind, members.get("items")) {
            let inherited = if element.is_empty() {
                Inherited::default()
            } else {
                Inherited { kind: element_kind, api_version: Some(api_version) }
            };
            let Some(Value::Array(items)) = members.swap_remove("items") else { return };
            for (index, item) in items.into_iter().enumerate() {
                self.take(source, line, &at.key("items").index(index), item, &inherited);
            }
            return;
        }
        let metadata = members.get("metadata");
        let of_metadata = |key: &str| metadata.and_then(|m| m.get(key)).and_then(Value::as_str);
        let name = of_metadata("name").or_else(|| of_metadata("generateName")).filter(|n| !n.is_empty());
        let Some(name) = name.map(str::to_owned) else {
            return wrong(at, &format!("the {kind} has no `metadata.name`"));
        };
        let Some(known) = Kind::of(&api_version, &kind) else {
            self.note_unknown(format!("{kind} ({api_version})"), name, place(at));
            return;
        };
        let namespace = of_metadata("namespace").filter(|n| !n.is_empty()).unwrap_or("default").to_owned();
        let namespace = if known.namespaced() { namespace } else { String::new() };
        let stands = Some(Stands { source: Rc::clone(source), line, pointer: at.clone() });
        self.objects.push(Object { stands, ..Object::new(known, namespace, name, Value::Object(members)) });
    }

    fn note_unknown(&mut self, kind: String, name: String, at: Location) {
        let unknown = self.unknown.entry(kind).or_insert_with(|| Unknown { first: at, names: Vec::new() });
        unknown.names.push(name);
    }
}

/// What the elements of a typed list (`PodList`) take from it.
#[derive(Default)]
struct Inherited {
    kind: Option<String>,
    api_version: Option<String>,
}

fn looks_like_object(value: &Value) -> bool {
    value.get("apiVersion").is_some() && value.get("kind").is_some()
}

/// JSON by its name or its first character, YAML otherwise.
fn format_of(found: &Found) -> Format {
    let first = found.bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    match Format::of(&found.path) {
        Some(format) => format,
        None if first == Some(&b'{') => Format::Json,
        None => Format::Yaml,
    }
}

/// A finding with its place as a line, for a text that cannot be read again
/// where the finding is printed.
fn on_lines(mut finding: Diagnostic, text: &str, format: Format) -> Diagnostic {
    for label in finding.primary.iter_mut().chain(&mut finding.secondary) {
        let start = match &label.location.place {
            Place::Span(span) => Some(span.start),
            Place::Value(pointer) => document::locate(text, format, pointer).map(|found| found.value.start),
            Place::Key(pointer) => {
                document::locate(text, format, pointer).map(|found| found.key.unwrap_or(found.value).start)
            }
            Place::File | Place::Line(_) => None,
        };
        if let Some(start) = start {
            label.location.place = Place::Line(line_of(text, start));
        }
    }
    finding
}

/// A finding that names a template as such, instead of a syntax error in it.
fn template(text: &str, path: &TreePath) -> Option<Diagnostics> {
    let line = text.lines().position(|line| line.contains("{{") && line.contains("}}"))?;
    let code: &'static Code = &codes::TEMPLATE;
    let finding = Diagnostic::error(code, "the file is a template, not a manifest")
        .at(Location::line(path, u32::try_from(line + 1).unwrap_or(u32::MAX)))
        .help("render it first, for instance with `helm template`, and scan the output");
    Some(finding.into())
}
