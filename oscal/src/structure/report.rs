//! What the validator found, in words.

use probity_diagnostics::{Code, Diagnostic, Diagnostics, Location, Pointer, TreePath, nearest};
use serde_json::{Map, Value};

use super::LIMIT;
use super::scalar::{Mismatch, describe};
use crate::codes;
use crate::model::OSCAL_VERSION;
use crate::release::Release;
use crate::schema::{Choice, Datatype, Definition, JsonType, Property, ROOTS};

/// One step down into a document.
#[derive(Clone, Copy)]
pub(super) enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// The findings so far and the place the walk has reached.
pub(super) struct Report<'a> {
    file: &'a TreePath,
    steps: Vec<Step<'a>>,
    findings: Diagnostics,
    unlisted: usize,
}

impl<'a> Report<'a> {
    pub(super) fn new(file: &'a TreePath) -> Self {
        Self { file, steps: Vec::new(), findings: Diagnostics::new(), unlisted: 0 }
    }

    pub(super) fn enter(&mut self, step: Step<'a>) {
        self.steps.push(step);
    }

    pub(super) fn leave(&mut self) {
        self.steps.pop();
    }

    pub(super) fn finish(mut self) -> Diagnostics {
        if self.unlisted > 0 {
            let message = format!("{} more findings in this file are not listed", self.unlisted);
            self.findings
                .push(Diagnostic::note(&codes::MORE_FINDINGS, message).at(Location::file(self.file)));
        }
        self.findings
    }

    fn pointer(&self) -> Pointer {
        let mut pointer = Pointer::root();
        for step in &self.steps {
            match step {
                Step::Key(key) => pointer.push_key(key),
                Step::Index(index) => pointer.push_index(*index),
            }
        }
        pointer
    }

    fn add(&mut self, finding: Diagnostic) {
        if self.findings.len() < LIMIT {
            self.findings.push(finding);
        } else {
            self.unlisted += 1;
        }
    }

    /// A finding about the value at the present place.
    fn value(&self, code: &'static Code, message: String) -> Diagnostic {
        Diagnostic::error(code, message).at(Location::value(self.file, &self.pointer()))
    }

    /// A finding about the object at the present place as a whole, or about one of its keys.
    fn object(&self, code: &'static Code, message: String) -> Diagnostic {
        Diagnostic::error(code, message).at(Location::key(self.file, &self.pointer()))
    }

    fn key(&self, code: &'static Code, key: &str, message: String) -> Diagnostic {
        Diagnostic::error(code, message).at(Location::key(self.file, &self.pointer().key(key)))
    }

    pub(super) fn not_oscal(&mut self, why: &str) {
        let finding = Diagnostic::error(&codes::NOT_OSCAL, format!("not an OSCAL document: {why}"));
        self.add(finding.at(Location::file(self.file)));
    }

    pub(super) fn no_model(&mut self, members: &Map<String, Value>) {
        let first = members.keys().find(|key| *key != "$schema");
        let Some(first) = first else {
            return self.not_oscal("the root object is empty");
        };
        let message = format!("not an OSCAL document: `{first}` is no OSCAL model");
        let mut finding = self.key(&codes::NOT_OSCAL, first, message);
        if let Some(meant) = nearest(first, ROOTS.iter().map(|root| root.key)) {
            finding = finding.help(format!("did you mean `{meant}`?"));
        }
        self.add(finding);
    }

    pub(super) fn second_model(&mut self, first: &str, second: &str) {
        let message = format!("a document holds one model, this one `{first}` and `{second}`");
        self.add(self.key(&codes::NOT_OSCAL, second, message).help("write each model to a file of its own"));
    }

    pub(super) fn unknown_root(&mut self, key: &str) {
        let message = format!("`{key}` cannot stand beside the model");
        self.add(self.key(&codes::UNKNOWN_PROPERTY, key, message).label("unknown property"));
    }

    /// Reports a property that the object does not have; the index of the one that was meant, if that is clear.
    pub(super) fn unknown_property(
        &mut self,
        definition: &Definition,
        members: &Map<String, Value>,
        key: &str,
    ) -> Option<usize> {
        if self.findings.len() >= LIMIT {
            self.unlisted += 1;
            return None;
        }
        let message = format!("`{}` has no property `{key}`", definition.name);
        let mut finding = self.key(&codes::UNKNOWN_PROPERTY, key, message).label("unknown property");
        let absent = definition.properties.iter().filter(|property| !members.contains_key(property.json));
        let meant = nearest(key, absent.clone().map(|property| property.json))
            .or_else(|| absent.clone().find(|property| property.xml == key).map(|property| property.json));
        finding = match meant {
            Some(meant) => finding.help(format!("did you mean `{meant}`?")),
            None => finding.help(format!("known here: {}", names(definition.properties.iter()))),
        };
        self.add(finding);
        definition.properties.iter().position(|property| Some(property.json) == meant)
    }

    pub(super) fn missing(&mut self, definition: &Definition, property: &Property) {
        let message = format!("`{}` lacks the required property `{}`", definition.name, property.json);
        self.add(
            self.object(&codes::MISSING_PROPERTY, message).label(format!("`{}` is missing", property.json)),
        );
    }

    pub(super) fn exclusive(&mut self, definition: &Definition, standing: &[usize]) {
        let names: Vec<&str> =
            standing.iter().filter_map(|index| property_name(definition, *index)).collect();
        let message =
            format!("`{}` has {}, which exclude each other", definition.name, quoted(&names, "and"));
        let Some((first, others)) = names.split_first() else { return };
        let mut finding = self.key(&codes::CHOICE, others.first().unwrap_or(first), message);
        finding =
            finding.also(Location::key(self.file, &self.pointer().key(first)), "stands beside this one");
        self.add(finding.help("keep one of them"));
    }

    pub(super) fn no_choice(&mut self, definition: &Definition, choice: &Choice) {
        let names: Vec<&str> =
            choice.properties.iter().filter_map(|i| property_name(definition, *i)).collect();
        let message = format!("`{}` needs one of {}", definition.name, quoted(&names, "or"));
        self.add(self.object(&codes::CHOICE, message).label("none of them stands here"));
    }

    pub(super) fn not_an_object(&mut self, definition: &Definition, value: &Value) {
        let found = describe(value);
        let message = format!("expected an object of `{}`, found {found}", definition.name);
        self.add(self.value(&codes::WRONG_TYPE, message).label("expected an object"));
    }

    pub(super) fn not_an_array(&mut self, property: &Property, value: &Value) {
        let found = describe(value);
        let message = format!("expected an array of `{}` items, found {found}", property.xml);
        let finding = self.value(&codes::WRONG_TYPE, message).label("expected an array");
        self.add(finding.help("a group is an array even where it holds one item"));
    }

    pub(super) fn item_count(&mut self, property: &Property, items: usize) {
        let max = property.range.max.map_or_else(|| "more".to_owned(), |max| max.to_string());
        let expected = format!("{} or {max}", property.range.min.max(1));
        let message = format!("`{}` holds {items} items, expected {expected}", property.json);
        let finding = self.object(&codes::ITEM_COUNT, message);
        let empty = items == 0 && property.range.min == 0;
        self.add(if empty { finding.help("leave the property out where there is no item") } else { finding });
    }

    pub(super) fn mismatch(&mut self, datatype: Datatype, value: &Value, mismatch: Mismatch) {
        let (found, expected) = (describe(value), datatype.expectation());
        let text = datatype.json() == JsonType::String;
        let finding = match mismatch {
            Mismatch::Type if text => {
                let message = format!("expected text ({}), found {found}", datatype.name());
                let finding = self.value(&codes::WRONG_TYPE, message).label("expected text");
                if value.is_object() || value.is_array() {
                    finding
                } else {
                    finding.help("put the value in quotes")
                }
            }
            Mismatch::Type => {
                self.value(&codes::WRONG_TYPE, format!("expected {expected}, found {found}")).label(expected)
            }
            Mismatch::Form => {
                let message = format!("{found} is not {expected}");
                let finding =
                    self.value(&codes::BAD_VALUE, message).label(format!("datatype `{}`", datatype.name()));
                let blank = matches!(datatype, Datatype::Uri | Datatype::UriReference) && found.contains(' ');
                if blank { finding.help("write a blank as `%20`") } else { finding }
            }
        };
        self.add(finding);
    }

    pub(super) fn not_one_of(&mut self, values: &[&str], value: &Value) {
        let message = format!("{} is not one of {}", describe(value), quoted(values, "or"));
        let mut finding = self.value(&codes::BAD_VALUE, message).label("not an allowed value");
        if let Some(meant) = value.as_str().and_then(|text| nearest(text, values.iter().copied())) {
            finding = finding.help(format!("did you mean `{meant}`?"));
        }
        self.add(finding);
    }

    /// Looks at the value of `oscal-version`, at the present place.
    pub(super) fn release(&mut self, text: &str) {
        let known: Option<Release> = OSCAL_VERSION.parse().ok();
        let said: Option<Release> = text.parse().ok();
        let message = match (said, known) {
            (None, _) => format!("`{text}` names no release of OSCAL"),
            (Some(said), Some(known)) if said.major != known.major => {
                format!("the document follows OSCAL {said}, this build reads OSCAL {}", known.major)
            }
            (Some(said), Some(known)) if (said.major, said.minor) > (known.major, known.minor) => {
                format!("the document follows OSCAL {said}, this build knows {known}")
            }
            (Some(said), _) if text.starts_with(['v', 'V']) => {
                format!("`{text}` should be written `{said}`")
            }
            _ => return,
        };
        let at = Location::value(self.file, &self.pointer());
        self.add(Diagnostic::warning(&codes::OSCAL_RELEASE, message).at(at));
    }
}

fn property_name(definition: &Definition, index: usize) -> Option<&'static str> {
    definition.properties.get(index).map(|property| property.json)
}

fn names<'p>(properties: impl Iterator<Item = &'p Property>) -> String {
    let names: Vec<String> = properties.map(|property| format!("`{}`", property.json)).collect();
    names.join(", ")
}

/// `a`, `b` and `c`
fn quoted(names: &[&str], word: &str) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, first)) => format!("{} {word} {last}", first.join(", ")),
        None => String::new(),
    }
}
