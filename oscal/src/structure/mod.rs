//! The structural validator: names, cardinalities, JSON types, choices and datatypes of a document.
//!
//! It walks a generic value along the tables of [`crate::schema`] and reports every problem with its JSON pointer.
//! Of the constraints of the Metaschema it knows one kind only: closed sets of values on the value itself.

mod report;
mod scalar;

use probity_diagnostics::{Diagnostics, TreePath};
use serde_json::{Map, Value};

use crate::schema::{Choice, Datatype, Definition, Group, Property, Root, Shape};
use report::{Report, Step};

/// Findings of one file that are listed at the most.
pub const LIMIT: usize = 1000;

/// Checks a whole document: `value` is the root with the key of its model.
///
/// Findings name `file`. Warnings alone leave a document usable.
pub fn validate(value: &Value, file: &TreePath) -> Diagnostics {
    checked(value, file, true)
}

/// Checks a whole document as [`validate`] does, but for the closed sets of values, which are constraints too.
pub(crate) fn form(value: &Value, file: &TreePath) -> Diagnostics {
    checked(value, file, false)
}

fn checked(value: &Value, file: &TreePath, values: bool) -> Diagnostics {
    let mut walk = Walk { report: Report::new(file), values };
    if let Some((root, model)) = walk.root(value) {
        walk.report.enter(Step::Key(root.key));
        walk.model(root.definition, model);
        walk.report.leave();
        walk.release(root, model);
    }
    walk.report.finish()
}

/// The walk through one document.
struct Walk<'a> {
    report: Report<'a>,
    /// Whether closed sets of values are looked at.
    values: bool,
}

/// A set of properties of one object, by index.
#[derive(Clone, Copy, Default)]
struct Seen(u64);

impl Seen {
    fn add(&mut self, index: usize) {
        self.0 |= 1 << (index & 63);
    }

    fn has(self, index: usize) -> bool {
        self.0 >> (index & 63) & 1 == 1
    }
}

impl<'a> Walk<'a> {
    /// Finds the model at the root; says why there is none.
    fn root(&mut self, value: &'a Value) -> Option<(&'static Root, &'a Value)> {
        let Value::Object(members) = value else {
            self.report.not_oscal(&format!("the root is {}, not an object", scalar::describe(value)));
            return None;
        };
        let mut models = members.iter().filter_map(|(key, model)| Some((Root::of(key)?, model)));
        let Some(found) = models.next() else {
            self.report.no_model(members);
            return None;
        };
        if let Some((second, _)) = models.next() {
            self.report.second_model(found.0.key, second.key);
        }
        for (key, value) in members {
            match (key.as_str(), Root::of(key)) {
                (_, Some(_)) => {}
                ("$schema", _) => self.schema_directive(value),
                _ => self.report.unknown_root(key),
            }
        }
        Some(found)
    }

    fn schema_directive(&mut self, value: &'a Value) {
        self.report.enter(Step::Key("$schema"));
        self.scalar(Datatype::UriReference, &[], value);
        self.report.leave();
    }

    fn release(&mut self, root: &'static Root, model: &'a Value) {
        if let Some(Value::String(release)) = model.pointer("/metadata/oscal-version") {
            for key in [root.key, "metadata", "oscal-version"] {
                self.report.enter(Step::Key(key));
            }
            self.report.release(release);
        }
    }

    /// One item of a property.
    fn item(&mut self, property: &Property, value: &'a Value) {
        match property.shape {
            Shape::Object(definition) => self.model(definition, value),
            Shape::Scalar(datatype) => {
                let values = if self.values { property.values } else { &[] };
                self.scalar(datatype, values, value);
            }
        }
    }

    fn model(&mut self, definition: &'static Definition, value: &'a Value) {
        match value {
            Value::Object(members) => self.object(definition, members),
            _ => self.report.not_an_object(definition, value),
        }
    }

    fn scalar(&mut self, datatype: Datatype, values: &[&str], value: &'a Value) {
        if let Err(mismatch) = scalar::check(datatype, value) {
            self.report.mismatch(datatype, value, mismatch);
        } else if !values.is_empty() && value.as_str().is_some_and(|text| !values.contains(&text)) {
            self.report.not_one_of(values, value);
        }
    }

    fn object(&mut self, definition: &'static Definition, members: &'a Map<String, Value>) {
        let mut seen = Seen::default();
        let mut mistaken = Seen::default();
        for (key, value) in members {
            if let Some((index, property)) = definition.property(key) {
                seen.add(index);
                self.report.enter(Step::Key(key));
                self.property(property, value);
                self.report.leave();
            } else if let Some(meant) = self.report.unknown_property(definition, members, key) {
                mistaken.add(meant);
            }
        }
        self.required(definition, seen, mistaken);
        for choice in definition.choices {
            self.choice(definition, choice, seen, mistaken);
        }
    }

    /// Required properties that stand neither under their name nor under a mistaken one.
    fn required(&mut self, definition: &'static Definition, seen: Seen, mistaken: Seen) {
        for (index, property) in definition.properties.iter().enumerate() {
            if property.range.min > 0 && !seen.has(index) && !mistaken.has(index) {
                self.report.missing(definition, property);
            }
        }
    }

    fn choice(&mut self, definition: &'static Definition, choice: &Choice, seen: Seen, mistaken: Seen) {
        let standing: Vec<usize> =
            choice.properties.iter().copied().filter(|index| seen.has(*index)).collect();
        let meant = choice.properties.iter().any(|index| mistaken.has(*index));
        if standing.len() > 1 {
            self.report.exclusive(definition, &standing);
        } else if standing.is_empty() && choice.required && !meant {
            self.report.no_choice(definition, choice);
        }
    }

    /// The value of a property: one item, or a group of items.
    fn property(&mut self, property: &'static Property, value: &'a Value) {
        match (property.group, value) {
            (Group::Single, _) | (Group::SingletonOrArray, Value::Object(_)) => {
                self.item(property, value);
            }
            (_, Value::Array(items)) => {
                self.count(property, items.len());
                for (index, item) in items.iter().enumerate() {
                    self.report.enter(Step::Index(index));
                    self.item(property, item);
                    self.report.leave();
                }
            }
            _ => self.report.not_an_array(property, value),
        }
    }

    fn count(&mut self, property: &'static Property, items: usize) {
        let at_least = property.range.min.max(1);
        let few = u32::try_from(items).is_ok_and(|items| items < at_least);
        let many = property.range.max.is_some_and(|max| u32::try_from(items).is_ok_and(|items| items > max));
        if few || many {
            self.report.item_count(property, items);
        }
    }
}
