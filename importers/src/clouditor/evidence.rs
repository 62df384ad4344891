//! Evidence: what was observed of one resource, as it is sent to an evidence store.
//!
//! The resource stands in one of two shapes: an object with one member that is named by its type (`{"virtualMachine": {…}}`), or,
//! as older releases had it, the properties themselves with `type`, a list of type names, its own first.

use std::collections::BTreeMap;
use std::io::BufRead as _;

use jiff::Timestamp;
use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, Pointer, TreePath, nearest};
use probity_evidence::{Begin, Definition, EvidenceWriter, Ontology, PropertyType, Resource, TypeName};
use serde_json::{Map, Value};

use super::unset::{Unset, is_unset, shows_unset};
use super::{Folder, PREFIX, VOCABULARY, member, text};
use crate::codes;

/// Findings of one kind that are told of; the rest are counted.
const SHOWN: usize = 20;
/// Members of a resource that are no properties, or that are not taken over.
const OTHERS: [&str; 6] = ["id", "name", "type", "related", "raw", "@type"];

/// Resources with what was last observed of them.
#[derive(Debug, Default)]
pub struct Evidence {
    resources: BTreeMap<String, Resource>,
    /// Evidences that a later one replaces.
    pub superseded: usize,
    /// Values that nobody may have set, which count as not collected.
    pub unset: usize,
    told: BTreeMap<&'static str, usize>,
}

/// Where a record stands.
pub(super) enum Place<'a> {
    Value(&'a TreePath, Pointer),
    Line(&'a TreePath, u32),
}

impl Place<'_> {
    fn below(&self, keys: &[&str]) -> Location {
        match self {
            Self::Value(file, at) => {
                let at = keys.iter().fold(at.clone(), |at, key| at.key(key));
                Location::value(file, &at)
            }
            Self::Line(file, line) => Location::line(file, *line),
        }
    }
}

/// The evidence in a JSON value, and whether it stands below `evidence`; none where it is something else.
pub(super) fn record(value: &Value) -> Option<(&Value, bool)> {
    let wrapped = value.get("evidence").filter(|inner| inner.is_object());
    let inner = wrapped.unwrap_or(value);
    inner.get("resource").filter(|resource| resource.is_object()).map(|_| (inner, wrapped.is_some()))
}

/// Reads evidence that stands one per line.
pub(super) fn lines(
    tree: &dyn FileTree,
    file: &TreePath,
    ontology: &Ontology,
    unset: &Unset,
    found: &mut Folder,
) {
    let limits = Limits::default();
    let bytes = match tree.read(file, limits.bytes) {
        Ok(bytes) => bytes,
        Err(error) => return found.findings.push(error.into()),
    };
    for (number, line) in (1..).zip(bytes.lines()) {
        let Ok(line) = line else { continue };
        if line.trim().is_empty() {
            continue;
        }
        let place = Place::Line(file, number);
        match document::parse(line.as_bytes(), file, Format::Json, limits) {
            Ok(read) => {
                if let Some((record, _)) = record(&read.value) {
                    found.evidence.take(record, &place, ontology, unset, &mut found.findings);
                }
            }
            Err(errors) => {
                let said = errors.iter().next().map(|error| error.message.clone()).unwrap_or_default();
                let finding = Diagnostic::error(&codes::EVIDENCE, format!("the line is left out: {said}"));
                found.evidence.tell(finding.at(place.below(&[])), &mut found.findings);
            }
        }
    }
}

impl Evidence {
    /// How many resources there are.
    pub fn len(&self) -> usize {
        self.resources.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.resources.is_empty()
    }

    /// How many findings were counted and not told.
    pub fn untold(&self) -> usize {
        self.told.values().map(|count| count.saturating_sub(SHOWN)).sum()
    }

    /// The evidence set, written by `version` of Probity.
    pub fn write(&self, version: &str) -> Vec<u8> {
        let scopes: std::collections::BTreeSet<&str> =
            self.resources.values().map(|resource| resource.scope.as_str()).collect();
        let scope = match scopes.into_iter().collect::<Vec<_>>().as_slice() {
            [only] if !only.is_empty() => only,
            _ => "clouditor",
        };
        let mut writer = EvidenceWriter::new(Begin::new("clouditor-import", version, scope, VOCABULARY));
        for resource in self.resources.values() {
            writer.resource(resource);
        }
        let mut out = Vec::new();
        if writer.finish(&mut out).is_err() {
            out.clear(); // writing to memory does not fail
        }
        out
    }

    /// Notes a finding; of each code no more than some.
    fn tell(&mut self, finding: Diagnostic, findings: &mut Diagnostics) {
        let count = self.told.entry(finding.code.id).or_default();
        *count += 1;
        if *count <= SHOWN {
            findings.push(finding);
        }
    }

    /// Takes the resource of one evidence.
    pub(super) fn take(
        &mut self,
        record: &Value,
        place: &Place<'_>,
        ontology: &Ontology,
        unset: &Unset,
        findings: &mut Diagnostics,
    ) {
        match self.resource(record, place, ontology, unset, findings) {
            Ok(resource) => {
                let known = self.resources.get(&resource.id);
                self.superseded += usize::from(known.is_some());
                if known.is_none_or(|known| known.collected <= resource.collected) {
                    self.resources.insert(resource.id.clone(), resource);
                }
            }
            Err(finding) => self.tell(*finding, findings),
        }
    }

    fn resource(
        &mut self,
        record: &Value,
        place: &Place<'_>,
        ontology: &Ontology,
        unset: &Unset,
        findings: &mut Diagnostics,
    ) -> Result<Resource, Box<Diagnostic>> {
        let wrong =
            |message: String, at: Location| Box::new(Diagnostic::error(&codes::EVIDENCE, message).at(at));
        let collected = match text(record, &["timestamp"]).map(str::parse::<Timestamp>) {
            Some(Ok(instant)) => instant,
            Some(Err(_)) => {
                let message =
                    "the `timestamp` is no instant in RFC 3339: the evidence is left out".to_owned();
                return Err(wrong(message, place.below(&["timestamp"])));
            }
            None => {
                let message = "the evidence has no `timestamp`: it is left out".to_owned();
                return Err(wrong(message, place.below(&[])));
            }
        };
        let outer = record.get("resource").unwrap_or(&Value::Null);
        let Some((kind, inner)) = shape(outer, ontology) else {
            let named = named(outer).unwrap_or_else(|| "nothing".to_owned());
            let mut finding = wrong(
                format!("no type of resource is called `{named}`: the evidence is left out"),
                place.below(&["resource"]),
            );
            if let Some(meant) = nearest(&named, kinds(ontology).map(TypeName::bare)) {
                finding.helps.push(format!("did you mean `{meant}`?"));
            }
            return Err(finding);
        };
        let id = text(inner, &["id"]).or_else(|| text(record, &["resourceId", "resource_id"]));
        let Some(id) = id else {
            return Err(wrong(
                "the resource has no `id`: it is left out".to_owned(),
                place.below(&["resource"]),
            ));
        };
        let definition = ontology.resource_type(kind.as_str());
        let shows = shows_unset(inner);
        let mut reading = Reading { ontology, unset, shows, dropped: 0, wrong: Vec::new() };
        let properties = match (definition, inner.as_object()) {
            (Some(definition), Some(members)) => reading.members(definition, members, "", true),
            _ => Map::new(),
        };
        self.unset += reading.dropped;
        for message in reading.wrong {
            let finding = Diagnostic::warning(&codes::VALUE, message).at(place.below(&["resource"]));
            self.tell(finding.help("it counts as not collected"), findings);
        }
        let related =
            member(record, &["experimentalRelatedResourceIds", "experimental_related_resource_ids"]);
        let scopes =
            ["targetOfEvaluationId", "certificationTargetId", "cloudServiceId", "target_of_evaluation_id"];
        Ok(Resource {
            id: id.to_owned(),
            name: text(inner, &["name"]).unwrap_or(id).to_owned(),
            resource_type: kind,
            properties,
            collected,
            scope: text(record, &scopes).unwrap_or_default().to_owned(),
            related: related
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .filter(|id| !id.is_empty())
                .map(str::to_owned)
                .collect(),
        })
    }
}

/// The type of a resource, and the object with its properties.
fn shape<'v>(resource: &'v Value, ontology: &Ontology) -> Option<(TypeName, &'v Value)> {
    if let Some(own) = own_type(resource) {
        return Some((concrete(own, ontology)?, resource));
    }
    let members = resource.as_object()?;
    match members.iter().collect::<Vec<_>>().as_slice() {
        [(key, inner)] if inner.is_object() => Some((concrete(key, ontology)?, inner)),
        _ => None,
    }
}

/// The type that a plain resource names: the first of its list, or the end of its type URL.
fn own_type(resource: &Value) -> Option<&str> {
    let listed = resource.get("type").and_then(|list| list.as_array()?.first()?.as_str());
    let url = || {
        resource.get("@type").and_then(Value::as_str).map(|url| url.rsplit(['.', '/']).next().unwrap_or(url))
    };
    listed.or_else(url)
}

/// What a resource calls its type, for messages.
fn named(resource: &Value) -> Option<String> {
    let key = || resource.as_object().and_then(|members| members.keys().next()).map(String::as_str);
    own_type(resource).or_else(key).map(str::to_owned)
}

/// The concrete types of the vocabulary.
fn kinds(ontology: &Ontology) -> impl Iterator<Item = &TypeName> {
    let types = ontology.resource_types();
    types.filter(|(name, kind)| name.prefix() == Some(PREFIX) && !kind.is_abstract()).map(|(name, _)| name)
}

/// The concrete type that a name in any case stands for.
fn concrete(name: &str, ontology: &Ontology) -> Option<TypeName> {
    let plain = |name: &str| name.replace('_', "").to_lowercase();
    let wanted = plain(name);
    kinds(ontology).find(|known| plain(known.bare()) == wanted).cloned()
}

struct Reading<'a> {
    ontology: &'a Ontology,
    unset: &'a Unset,
    /// Whether the resource shows that unset values were written.
    shows: bool,
    dropped: usize,
    wrong: Vec<String>,
}

impl Reading<'_> {
    fn members(
        &mut self,
        definition: &Definition,
        members: &Map<String, Value>,
        at: &str,
        is_resource: bool,
    ) -> Map<String, Value> {
        let mut taken = Map::new();
        for (key, value) in members {
            if is_resource && OTHERS.contains(&key.as_str()) {
                continue;
            }
            let path = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
            let name = camel(key);
            let Some(property) = definition.property(key).or_else(|| definition.property(&name)) else {
                if !is_unset(value) {
                    let owner = definition.lineage().first().map_or("the type", |name| name.bare());
                    let meant = definition.nearest_property(key);
                    let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
                    self.wrong.push(format!("`{owner}` has no property `{key}` (at `{path}`){meant}"));
                }
                continue;
            };
            if is_unset(value) && !self.unset.keeps(&property.name) && (self.shows || value.is_null()) {
                self.dropped += 1;
                continue;
            }
            if let Some(value) = self.value(&property.value_type, value, &path) {
                taken.insert(property.name.clone(), value);
            }
        }
        taken
    }

    /// A value as evidence has it; none where it is of another type, which is noted.
    fn value(&mut self, kind: &PropertyType, value: &Value, path: &str) -> Option<Value> {
        match (kind, value) {
            (PropertyType::Reference(_), Value::String(text)) if text.is_empty() => return None,
            (PropertyType::Feature(name), Value::Object(members)) => {
                let feature = self.ontology.feature(name.as_str())?;
                return Some(Value::Object(self.members(feature, members, path, false)));
            }
            (PropertyType::List(element), Value::Array(items)) => {
                let of = |(at, item): (usize, &Value)| self.value(element, item, &format!("{path}[{at}]"));
                return Some(Value::Array(items.iter().enumerate().filter_map(of).collect()));
            }
            _ => {}
        }
        let seconds = value.get("seconds").and_then(Value::as_i64);
        if let Some(written) = seconds.and_then(|seconds| written(kind, seconds)) {
            return Some(written);
        }
        if !fits(kind, value) {
            self.wrong.push(format!("`{path}` holds {}, and is {}", found(value), wanted(kind)));
            return None;
        }
        Some(value.clone())
    }
}

/// Whether a value that is neither a list nor a feature is of a type.
fn fits(kind: &PropertyType, value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(_) => *kind == PropertyType::Boolean,
        Value::Number(number) => match kind {
            PropertyType::Number => true,
            PropertyType::Integer => number.as_f64().is_some_and(|number| number.fract() == 0.0),
            _ => false,
        },
        Value::String(text) => match kind {
            PropertyType::String | PropertyType::Reference(_) => true,
            PropertyType::DateTime => text.parse::<Timestamp>().is_ok(),
            _ => false,
        },
        Value::Object(labels) => *kind == PropertyType::Labels && labels.values().all(Value::is_string),
        Value::Array(_) => false,
    }
}

/// A number of seconds as their wire format writes a duration or an instant.
fn written(kind: &PropertyType, seconds: i64) -> Option<Value> {
    match kind {
        PropertyType::DateTime => {
            Timestamp::from_second(seconds).ok().map(|instant| Value::from(instant.to_string()))
        }
        PropertyType::String => Some(Value::from(format!("{seconds}s"))),
        _ => None,
    }
}

fn wanted(kind: &PropertyType) -> String {
    match kind {
        PropertyType::Boolean => "true or false".to_owned(),
        PropertyType::Integer => "a whole number".to_owned(),
        PropertyType::Number => "a number".to_owned(),
        PropertyType::DateTime => "an instant in RFC 3339".to_owned(),
        PropertyType::Labels => "an object of texts".to_owned(),
        PropertyType::List(_) => "a list".to_owned(),
        PropertyType::Feature(name) => format!("an object, {}", name.bare()),
        _ => "a text".to_owned(),
    }
}

fn found(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// `at_rest_encryption` as `atRestEncryption`.
pub(super) fn camel(name: &str) -> String {
    let mut out = String::new();
    let mut raise = false;
    for character in name.chars() {
        match character {
            '_' => raise = true,
            c if raise => {
                out.extend(c.to_uppercase());
                raise = false;
            }
            c => out.push(c),
        }
    }
    out
}
