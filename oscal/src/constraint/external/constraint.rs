//! One constraint of a file.

use std::borrow::Cow;

use probity_diagnostics::nearest;

use super::super::allowed_values::AllowedValues;
use super::super::datatype::TextType;
use super::super::expect::Expect;
use super::super::index::Index;
use super::super::index_has_key::IndexHasKey;
use super::super::key::KeyPart;
use super::super::matches::Matches;
use super::super::message::Message;
use super::super::rule::{Check, Pattern, Rule};
use super::super::unique::IsUnique;
use super::element::Element;
use super::expression;
use super::read::{Reader, here};
use crate::schema::{Level, Range};

/// The seven kinds.
pub(super) const KINDS: [&str; 7] =
    ["allowed-values", "matches", "expect", "index", "index-has-key", "is-unique", "has-cardinality"];

/// Elements of every constraint that say something about it.
const ABOUT: [&str; 5] = ["formal-name", "description", "prop", "message", "remarks"];

impl Reader<'_> {
    /// Reads a constraint; problems are noted, and then there is none.
    pub(super) fn constraint(&mut self, element: &Element) -> Option<Rule> {
        self.only(element, &attributes(&element.name), &children(&element.name));
        let target = match element.attribute("target") {
            Some(attribute) => self.expression(attribute)?,
            None => here()?,
        };
        let check = self.check(element)?;
        Some(Rule {
            id: Cow::Owned(self.id(element)),
            level: self.level(element)?,
            target,
            message: self.message(element),
            help_url: help_url(element),
            check,
            origin: self.origin(element),
        })
    }

    /// The id; one without is called by its file, its kind and its target.
    fn id(&self, element: &Element) -> String {
        let file = self.file.file_name();
        let unnamed = || format!("{file}#{}({})", element.name, element.value("target").unwrap_or("."));
        element.value("id").map_or_else(unnamed, str::to_owned)
    }

    fn level(&mut self, element: &Element) -> Option<Level> {
        let levels = [
            ("DEBUG", Level::Debug),
            ("INFORMATIONAL", Level::Informational),
            ("WARNING", Level::Warning),
            ("ERROR", Level::Error),
            ("CRITICAL", Level::Critical),
        ];
        let Some(level) = element.attribute("level") else { return Some(Level::Error) };
        self.one_of(level, &levels)
    }

    fn message(&mut self, element: &Element) -> Option<Message> {
        let said = element.children.iter().find(|child| child.name == "message")?;
        match Message::parse(&said.text) {
            Ok(message) => {
                let (file, known) = (self.file, &self.known);
                expression::of_message(message.expressions(), said, file, known, &mut self.findings);
                Some(message)
            }
            Err(error) => {
                self.bad_expression(said.at.clone(), format!("in the message: {}", error.message));
                None
            }
        }
    }

    fn check(&mut self, element: &Element) -> Option<Check> {
        Some(match element.name.as_str() {
            "allowed-values" => Check::AllowedValues(self.allowed_values(element)?),
            "matches" => Check::Matches(self.matches(element)?),
            "expect" => {
                let test = self.needed(element, "test")?;
                Check::Expect(Expect { test: self.expression(test)? })
            }
            "index" => Check::Index(Index { name: self.name(element)?, parts: self.keys(element)? }),
            "index-has-key" => {
                Check::IndexHasKey(IndexHasKey { name: self.name(element)?, parts: self.keys(element)? })
            }
            "is-unique" => Check::IsUnique(IsUnique { parts: self.keys(element)? }),
            _ => Check::HasCardinality(self.cardinality(element)?),
        })
    }

    fn name(&mut self, element: &Element) -> Option<Cow<'static, str>> {
        self.needed(element, "name").map(|name| Cow::Owned(name.value.clone()))
    }

    fn allowed_values(&mut self, element: &Element) -> Option<AllowedValues> {
        let yes_no = [("yes", true), ("no", false)];
        let open = element.attribute("allow-other").map_or(Some(false), |word| self.one_of(word, &yes_no));
        let extensible = [("none", true), ("model", false), ("external", false)];
        let alone = element.attribute("extensible").or_else(|| element.attribute("extension"));
        let alone = alone.map_or(Some(false), |word| self.one_of(word, &extensible));
        let mut values = Vec::new();
        let mut deprecated = Vec::new();
        for value in element.children.iter().filter(|child| child.name == "enum") {
            self.only_attributes(value, &["value", "deprecated"]);
            let Some(text) = self.needed(value, "value").map(|attribute| attribute.value.clone()) else {
                continue;
            };
            if let Some(since) = value.value("deprecated") {
                deprecated.push((Cow::Owned(text.clone()), Cow::Owned(since.to_owned())));
            }
            values.push(Cow::Owned(text));
        }
        if values.is_empty() {
            self.problem(element.at.clone(), "`allowed-values` without a value".to_owned());
        }
        Some(AllowedValues { open: open?, alone: alone?, values, deprecated })
    }

    fn matches(&mut self, element: &Element) -> Option<Matches> {
        let regex = match element.attribute("regex") {
            Some(attribute) => Some(self.pattern(attribute)?),
            None => None,
        };
        let datatype = match element.attribute("datatype") {
            Some(attribute) => {
                let found = TextType::of(&attribute.value);
                if found.is_none() {
                    let near = nearest(&attribute.value, TextType::names());
                    self.unknown(attribute.at.clone(), "datatype", &attribute.value, near);
                }
                Some(found?)
            }
            None => None,
        };
        if regex.is_none() && datatype.is_none() {
            self.problem(element.at.clone(), "`matches` needs `regex` or `datatype`".to_owned());
            return None;
        }
        Some(Matches { regex, datatype })
    }

    fn pattern(&mut self, attribute: &super::element::Attribute) -> Option<Pattern> {
        let pattern = Pattern::new(attribute.value.clone());
        match pattern.compile() {
            Ok(_) => Some(pattern),
            Err(why) => {
                self.bad_expression(attribute.at.clone(), why);
                None
            }
        }
    }

    fn keys(&mut self, element: &Element) -> Option<Vec<KeyPart>> {
        let mut parts = Vec::new();
        let fields: Vec<&Element> =
            element.children.iter().filter(|child| child.name == "key-field").collect();
        for field in &fields {
            self.only(field, &["target", "pattern"], &["remarks"]);
            let path = match field.attribute("target") {
                Some(attribute) => self.expression(attribute)?,
                None => here()?,
            };
            let pattern = match field.attribute("pattern") {
                Some(attribute) => Some(self.pattern(attribute)?),
                None => None,
            };
            parts.push(KeyPart { path, pattern });
        }
        if parts.is_empty() {
            self.problem(element.at.clone(), format!("`{}` needs a `key-field`", element.name));
            return None;
        }
        Some(parts)
    }

    fn cardinality(&mut self, element: &Element) -> Option<Range> {
        let min = match element.attribute("min-occurs") {
            Some(attribute) => self.number(attribute)?,
            None => 0,
        };
        let max = match element.attribute("max-occurs").filter(|max| max.value != "unbounded") {
            Some(attribute) => Some(self.number(attribute)?),
            None => None,
        };
        if max.is_some_and(|max| max < min) {
            self.problem(element.at.clone(), format!("no number is at least {min} and less"));
        }
        Some(Range { min, max })
    }

    fn number(&mut self, attribute: &super::element::Attribute) -> Option<u32> {
        let number = attribute.value.parse().ok();
        if number.is_none() {
            self.problem(attribute.at.clone(), format!("`{}` is no whole number", attribute.value));
        }
        number
    }
}

/// Where a programme says more about the constraint.
fn help_url(element: &Element) -> Option<String> {
    let props = element.children.iter().filter(|child| child.name == "prop");
    let mut urls = props.filter(|prop| prop.value("name") == Some("help-url"));
    urls.next().and_then(|prop| prop.value("value")).map(str::to_owned)
}

/// The attributes that a kind of constraint has.
fn attributes(kind: &str) -> Vec<&'static str> {
    let own: &[&str] = match kind {
        "allowed-values" => &["allow-other", "extensible", "extension"],
        "matches" => &["regex", "datatype"],
        "expect" => &["test"],
        "index" | "index-has-key" => &["name"],
        "has-cardinality" => &["min-occurs", "max-occurs"],
        _ => &[],
    };
    [&["id", "level", "target"], own].concat()
}

/// The elements that a kind of constraint has.
fn children(kind: &str) -> Vec<&'static str> {
    let own: &[&str] = match kind {
        "allowed-values" => &["enum"],
        "index" | "index-has-key" | "is-unique" => &["key-field"],
        _ => &[],
    };
    [&ABOUT, own].concat()
}
