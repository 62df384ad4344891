use serde_json::Value;

use probity_diagnostics::Pointer;

use super::object::Object;
use crate::codes;

/// A value of an object and the way to it. Values that the Kubernetes
/// interface would refuse are reported where they are read.
#[derive(Clone)]
pub(super) struct Node<'a> {
    object: &'a Object,
    value: Option<&'a Value>,
    at: Pointer,
}

impl<'a> Node<'a> {
    pub(super) fn root(object: &'a Object) -> Self {
        Self { object, value: Some(&object.value), at: object.pointer() }
    }

    /// Whether there is a value; `null` is none.
    pub(super) fn exists(&self) -> bool {
        self.value.is_some()
    }

    /// The member `key`; of something that is no object it is missing.
    pub(super) fn get(&self, key: &str) -> Self {
        let members = match self.value {
            Some(Value::Object(members)) => Some(members),
            Some(_) => {
                self.refuse("a mapping");
                None
            }
            None => None,
        };
        let value = members.and_then(|m| m.get(key)).filter(|v| !v.is_null());
        Self { object: self.object, value, at: self.at.key(key) }
    }

    /// The member at the end of a path of keys.
    pub(super) fn path(&self, keys: &[&str]) -> Self {
        keys.iter().fold(self.clone(), |node, key| node.get(key))
    }

    /// The elements of a list; none where it is missing.
    pub(super) fn items(&self) -> Vec<Self> {
        match self.value {
            Some(Value::Array(items)) => items
                .iter()
                .enumerate()
                .map(|(index, item)| Self {
                    object: self.object,
                    value: Some(item).filter(|v| !v.is_null()),
                    at: self.at.index(index),
                })
                .collect(),
            Some(_) => {
                self.refuse("a list");
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// The members of a mapping; none where it is missing.
    pub(super) fn members(&self) -> Vec<(&'a str, Self)> {
        match self.value {
            Some(Value::Object(members)) => members.keys().map(|key| (key.as_str(), self.get(key))).collect(),
            Some(_) => {
                self.refuse("a mapping");
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// The names of the members of a mapping, sorted.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.members().into_iter().map(|(key, _)| key.to_owned()).collect();
        names.sort();
        names
    }

    /// A text.
    pub(super) fn text(&self) -> Option<&'a str> {
        match self.value {
            Some(Value::String(text)) => Some(text),
            Some(_) => self.wrong("a text"),
            None => None,
        }
    }

    /// A text that is not empty.
    pub(super) fn filled(&self) -> Option<&'a str> {
        self.text().filter(|text| !text.is_empty())
    }

    /// A list of texts; empty where it is missing.
    pub(super) fn texts(&self) -> Vec<String> {
        self.items().iter().filter_map(Self::text).map(str::to_owned).collect()
    }

    /// `true` or `false`.
    pub(super) fn flag(&self) -> Option<bool> {
        match self.value {
            Some(Value::Bool(flag)) => Some(*flag),
            Some(_) => self.wrong("true or false"),
            None => None,
        }
    }

    /// A whole number.
    pub(super) fn whole(&self) -> Option<i64> {
        match self.value.map(Value::as_i64) {
            Some(None) => self.wrong("a whole number"),
            Some(number) => number,
            None => None,
        }
    }

    /// A text or number, for fields that take both.
    pub(super) fn text_or_number(&self) -> Option<String> {
        match self.value {
            Some(Value::String(text)) => Some(text.clone()),
            Some(Value::Number(number)) => Some(number.to_string()),
            Some(_) => self.wrong("a text or number"),
            None => None,
        }
    }

    /// Reports that the value is not what it should be.
    pub(super) fn refuse(&self, wanted: &str) {
        self.object.report(&codes::FIELD, &self.at, &format!("`{}` is not {wanted}", self.name()));
    }

    /// Reports that the value is not what it should be, and yields none.
    fn wrong<T>(&self, wanted: &str) -> Option<T> {
        self.refuse(wanted);
        None
    }

    /// The path of the value as people write it: `spec.containers[0].image`.
    fn name(&self) -> String {
        let depth = self.object.pointer().tokens().count();
        let mut name = String::new();
        for token in self.at.tokens().skip(depth) {
            if token.bytes().all(|b| b.is_ascii_digit()) {
                name.push('[');
                name.push_str(&token);
                name.push(']');
            } else {
                if !name.is_empty() {
                    name.push('.');
                }
                name.push_str(&token);
            }
        }
        if name.is_empty() { "the object".to_owned() } else { name }
    }
}
