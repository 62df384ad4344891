//! Reads `cases.yaml`.

use std::fmt;

use jiff::Timestamp;
use probity_diagnostics::document::{self, Format};
use probity_diagnostics::{
    Diagnostic, Diagnostics, FileTree, Location, Pointer, TreePath, codes as general, nearest,
};
use probity_evidence::{LineParser, Ontology, Record, Resource};
use serde_json::{Map, Value, json};

use crate::codes;
use crate::compile::{Metric, seconds};
use crate::verdict::Outcome;

/// The file with the cases, beside `metric.yaml`.
const FILE: &str = "cases.yaml";

/// What a metric says of the resource of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaseVerdict {
    /// It holds.
    Pass,
    /// It does not hold.
    Fail,
    /// It is for other resources.
    NotApplicable,
    /// The evidence does not settle it.
    Unknown,
    /// Its Rego failed. No case may expect that.
    Error,
}

impl CaseVerdict {
    /// The verdicts that a case may expect; a metric shows each of them.
    pub const EXPECTED: [Self; 4] = [Self::Pass, Self::Fail, Self::NotApplicable, Self::Unknown];

    /// The word in `cases.yaml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::NotApplicable => "not-applicable",
            Self::Unknown => "unknown",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for CaseVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<Outcome> for CaseVerdict {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Pass => Self::Pass,
            Outcome::Fail | Outcome::Waived => Self::Fail,
            Outcome::Unknown => Self::Unknown,
            Outcome::Error => Self::Error,
        }
    }
}

/// A case of a metric.
#[derive(Debug, Clone, PartialEq)]
pub struct MetricCase {
    /// What the case is about.
    pub name: String,
    /// Where its verdict stands.
    pub place: Location,
    /// The resource.
    pub resource: Resource,
    /// Resources that it is related to.
    pub related: Vec<Resource>,
    /// The instant as of which it is judged.
    pub as_of: Timestamp,
    /// The verdict that is expected.
    pub expected: CaseVerdict,
}

/// Reads the cases of a metric. What is wrong with one of them is an error, and leaves the others.
pub fn read_cases(
    tree: &dyn FileTree,
    metric: &Metric,
    ontology: &Ontology,
) -> (Vec<MetricCase>, Diagnostics) {
    let Ok(file) = metric.file.sibling(FILE) else { return (Vec::new(), Diagnostics::new()) };
    if !tree.is_file(&file) {
        let message = format!("metric `{}` has no cases: there is no `{FILE}` beside it", metric.name);
        let finding = Diagnostic::error(&codes::CASES_LACK, message).at(Location::file(&metric.file));
        return (Vec::new(), finding.help("`probity explain PB0610` says what a case is").into());
    }
    let document = match document::read(tree, &file, Format::Yaml) {
        Ok(document) => document.value,
        Err(errors) => return (Vec::new(), errors),
    };
    let mut reading = Reading { file: &file, ontology, findings: Diagnostics::new() };
    let Some(list) = document.as_array() else {
        reading.wrong(&Pointer::root(), "the cases are no list");
        return (Vec::new(), reading.findings);
    };
    let each = list.iter().enumerate();
    let cases = each.filter_map(|(index, value)| reading.case(value, &Pointer::root().index(index)));
    let cases = cases.collect();
    (cases, reading.findings)
}

struct Reading<'a> {
    file: &'a TreePath,
    ontology: &'a Ontology,
    findings: Diagnostics,
}

impl Reading<'_> {
    fn wrong(&mut self, at: &Pointer, message: impl Into<String>) {
        self.findings.push(Diagnostic::error(&codes::CASE_FORM, message).at(Location::value(self.file, at)));
    }

    fn case(&mut self, value: &Value, at: &Pointer) -> Option<MetricCase> {
        const KEYS: [&str; 5] = ["name", "resource", "related", "age", "verdict"];
        let Some(members) = value.as_object() else {
            self.wrong(at, "a case has `name`, `resource` and `verdict`");
            return None;
        };
        for key in members.keys().filter(|key| !KEYS.contains(&key.as_str())) {
            let finding = Diagnostic::error(&codes::CASE_FORM, format!("`{key}` is not known here"))
                .at(Location::key(self.file, &at.key(key)));
            self.findings.push(match nearest(key, KEYS) {
                Some(meant) => finding.help(format!("did you mean `{meant}`?")),
                None => finding.help(format!("a case has {}", KEYS.join(", "))),
            });
        }
        let name = self.text(members, "name", at);
        let resource =
            members.get("resource").map(|value| self.resource(value, "resource", &at.key("resource")));
        if resource.is_none() {
            self.wrong(at, "the case has no `resource`");
        }
        let related = self.related(members, at);
        let age = self.age(members, at);
        let expected = self.verdict(members, at);
        let mut resource = resource.flatten()?;
        resource.related.extend(related.iter().map(|other| other.id.clone()));
        Some(MetricCase {
            name: name?.to_owned(),
            place: Location::value(self.file, &at.key("verdict")),
            as_of: Timestamp::from_second(age?).unwrap_or(Timestamp::MAX),
            resource,
            related,
            expected: expected?,
        })
    }

    fn text<'v>(&mut self, members: &'v Map<String, Value>, key: &str, at: &Pointer) -> Option<&'v str> {
        let text = members.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
        match (text, members.contains_key(key)) {
            (Some(_), _) => {}
            (None, true) => self.wrong(&at.key(key), format!("`{key}` is no text")),
            (None, false) => self.wrong(at, format!("the case has no `{key}`")),
        }
        text
    }

    fn verdict(&mut self, members: &Map<String, Value>, at: &Pointer) -> Option<CaseVerdict> {
        let text = self.text(members, "verdict", at)?;
        let known = CaseVerdict::EXPECTED.into_iter().find(|verdict| verdict.as_str() == text);
        if known.is_none() {
            let all = CaseVerdict::EXPECTED.map(CaseVerdict::as_str).join(", ");
            self.wrong(&at.key("verdict"), format!("`{text}` is no verdict that a case expects: {all}"));
        }
        known
    }

    /// Seconds between the collection of the evidence and its judgement; 0 where nothing is said.
    fn age(&mut self, members: &Map<String, Value>, at: &Pointer) -> Option<i64> {
        if !members.contains_key("age") {
            return Some(0);
        }
        match seconds(self.text(members, "age", at)?) {
            Ok(age) if age >= 0 => Some(age),
            Ok(_) => {
                self.wrong(&at.key("age"), "evidence is not from the future");
                None
            }
            Err(why) => {
                self.wrong(&at.key("age"), why);
                None
            }
        }
    }

    fn related(&mut self, members: &Map<String, Value>, at: &Pointer) -> Vec<Resource> {
        let at = at.key("related");
        match members.get("related") {
            None => Vec::new(),
            Some(Value::Array(list)) => {
                let each = list.iter().enumerate();
                each.filter_map(|(index, value)| self.resource(value, "related", &at.index(index))).collect()
            }
            Some(_) => {
                self.wrong(&at, "`related` is no list of resources");
                Vec::new()
            }
        }
    }

    /// A resource as a case writes it: `type`, perhaps `id` and `name`, and its properties; held to the ontology as
    /// evidence is.
    fn resource(&mut self, value: &Value, default_id: &str, at: &Pointer) -> Option<Resource> {
        let Some(members) = value.as_object() else {
            self.wrong(at, "a resource has a `type`, and properties");
            return None;
        };
        let mut properties = members.clone();
        let mut record = json!({ "kind": "resource", "id": default_id, "collected": Timestamp::UNIX_EPOCH });
        for key in ["id", "name", "type"] {
            if let (Some(value), Some(record)) = (properties.shift_remove(key), record.as_object_mut()) {
                record.insert(key.to_owned(), value);
            }
        }
        if let Some(record) = record.as_object_mut() {
            record.insert("resource".to_owned(), Value::Object(properties));
        }
        let parser = LineParser::new(self.ontology, self.file.clone());
        match parser.parse(1, record.to_string().as_bytes()).map(|entry| entry.record) {
            Ok(Record::Resource(observed)) => Some(observed.resource),
            Ok(_) => None,
            Err(findings) => {
                let place = Location::value(self.file, at);
                self.findings.extend(findings.into_iter().map(|finding| placed(finding, &place)));
                None
            }
        }
    }
}

/// A finding on a line of evidence, at the resource of a case.
fn placed(finding: Diagnostic, place: &Location) -> Diagnostic {
    let syntax = finding.code == &general::SYNTAX;
    let code = if syntax { &codes::CASE_FORM } else { finding.code };
    Diagnostic { code, ..finding }.at(place.clone())
}
