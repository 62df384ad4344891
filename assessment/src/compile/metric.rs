//! A metric: one measurable rule on evidence.
//!
//! On disk it is a folder with `metric.yaml` (an OSCAL component definition that holds one component of type `rule`),
//! `check.rego` and `cases.yaml`.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use probity_diagnostics::{Location, Pointer, TreePath};
use probity_evidence::Severity;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// The kebab-case name of a metric, unique in a project: `automatic-updates-enabled`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MetricName(String);

impl MetricName {
    /// Parses a name: lower-case letters, digits and single hyphens, a letter first.
    ///
    /// # Errors
    /// Gives the text back where it is no such name.
    pub fn parse(text: &str) -> Result<Self, String> {
        let starts_well = text.starts_with(|c: char| c.is_ascii_lowercase());
        let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let hyphens_single = !text.contains("--") && !text.ends_with('-');
        if starts_well && hyphens_single && text.chars().all(letters) {
            Ok(Self(text.to_owned()))
        } else {
            Err(text.to_owned())
        }
    }

    /// A name made of the letters and digits of texts; `rule` stands before it where no letter comes first.
    pub(crate) fn of_words<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let words = texts.into_iter().flat_map(|text| text.split(|c: char| !c.is_ascii_alphanumeric()));
        let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_ascii_lowercase).collect();
        let name = words.join("-");
        Self(if name.starts_with(|c: char| c.is_ascii_lowercase()) { name } else { format!("rule-{name}") })
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part of the metric's Rego package: hyphens become underscores.
    pub fn snake(&self) -> String {
        self.0.replace('-', "_")
    }
}

impl fmt::Display for MetricName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A metric as read from its folder.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// Unique name, also the `Rule_Id`.
    pub name: MetricName,
    /// UUID of the component of type `rule`.
    pub uuid: Uuid,
    /// What holds where the metric passes.
    pub title: String,
    /// Why it matters and what is looked at.
    pub description: String,
    /// Kebab-case category, such as `endpoint-security`.
    pub category: String,
    /// Types of the ontology it applies to, descendants included, as written.
    pub resource_types: Vec<String>,
    /// The ontology path it compares or reports, such as `automaticUpdates.enabled`.
    pub property: Option<String>,
    /// The operator, where the metric compares `property` with a target value.
    pub operator: Option<Operator>,
    /// The target value as written in the props, one text per list element.
    pub target_value: Vec<String>,
    /// What the target value is in JSON, where that is fixed whatever the property is: see [`TargetClass`].
    pub target_class: Option<TargetClass>,
    /// How bad a fail is.
    pub severity: Severity,
    /// Age of evidence in seconds beyond which the metric says nothing about a resource.
    pub max_age: Option<i64>,
    /// `metric.yaml`.
    pub file: TreePath,
    /// Where its props stand in `metric.yaml`: pointers to their values by name, in file order.
    pub places: BTreeMap<String, Vec<Pointer>>,
    /// `check.rego`.
    pub rego_file: TreePath,
    /// Text of `check.rego`; empty for a rule of another tool.
    pub rego: Arc<str>,
}

impl Metric {
    /// The place of the prop `name`, the one numbered `index` of several; the file where there is none.
    pub(crate) fn place(&self, name: &str, index: usize) -> Location {
        match self.places.get(name).and_then(|places| places.get(index)) {
            Some(pointer) => Location::value(&self.file, pointer),
            None => Location::file(&self.file),
        }
    }
}

/// What a target value is in JSON: the class of props `target-value`. Imported metrics say so, because their Rego has to see the
/// value that it was written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetClass {
    /// `boolean`: `true` or `false`.
    Boolean,
    /// `number`.
    Number,
    /// `string`.
    String,
    /// `booleans`: a list.
    Booleans,
    /// `numbers`: a list.
    Numbers,
    /// `strings`: a list.
    Strings,
    /// `json`: anything, as JSON text.
    Json,
}

impl TargetClass {
    const NAMES: [(&str, Self); 7] = [
        ("boolean", Self::Boolean),
        ("number", Self::Number),
        ("string", Self::String),
        ("booleans", Self::Booleans),
        ("numbers", Self::Numbers),
        ("strings", Self::Strings),
        ("json", Self::Json),
    ];

    /// Parses the class of a prop `target-value`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(name, _)| *name == text).map(|(_, class)| class)
    }

    /// The value that texts of this class stand for.
    ///
    /// # Errors
    /// Why they stand for none.
    pub fn value(self, texts: &[String]) -> Result<Value, String> {
        let one = |text: &String| match self {
            Self::Boolean | Self::Booleans => {
                text.parse().map(Value::Bool).map_err(|_| format!("`{text}` is not `true` or `false`"))
            }
            Self::Number | Self::Numbers => match serde_json::from_str(text) {
                Ok(Value::Number(number)) => Ok(Value::Number(number)),
                _ => Err(format!("`{text}` is not a number")),
            },
            Self::String | Self::Strings => Ok(Value::from(text.as_str())),
            Self::Json => serde_json::from_str(text).map_err(|_| format!("`{text}` is not JSON")),
        };
        match (self, texts) {
            (Self::Booleans | Self::Numbers | Self::Strings, texts) => {
                texts.iter().map(one).collect::<Result<Vec<Value>, String>>().map(Value::Array)
            }
            (_, [only]) => one(only),
            (_, texts) => Err(format!("one value belongs here, and there are {}", texts.len())),
        }
    }
}

/// Operators of the library module `probity.operators`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Operator {
    /// Equal.
    #[serde(rename = "==")]
    Equal,
    /// Not equal.
    #[serde(rename = "!=")]
    NotEqual,
    /// Greater or equal.
    #[serde(rename = ">=")]
    AtLeast,
    /// Less or equal.
    #[serde(rename = "<=")]
    AtMost,
    /// Less.
    #[serde(rename = "<")]
    Below,
    /// Greater.
    #[serde(rename = ">")]
    Above,
    /// The value is one of the target list.
    #[serde(rename = "isIn")]
    IsIn,
    /// The value is a list that is not empty, every element of it in the target list.
    #[serde(rename = "allIn")]
    AllIn,
    /// The value is a list with at least one element of the target list.
    #[serde(rename = "hasAny")]
    HasAny,
}

impl Operator {
    /// All operators, for messages.
    pub const ALL: [Self; 9] = [
        Self::Equal,
        Self::NotEqual,
        Self::AtLeast,
        Self::AtMost,
        Self::Below,
        Self::Above,
        Self::IsIn,
        Self::AllIn,
        Self::HasAny,
    ];

    /// Parses the value of prop `operator`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|op| op.as_str() == text)
    }

    /// As written in prop `operator` and in Rego.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::AtLeast => ">=",
            Self::AtMost => "<=",
            Self::Below => "<",
            Self::Above => ">",
            Self::IsIn => "isIn",
            Self::AllIn => "allIn",
            Self::HasAny => "hasAny",
        }
    }

    /// Whether the target value is a list.
    pub fn takes_list(self) -> bool {
        matches!(self, Self::IsIn | Self::AllIn | Self::HasAny)
    }

    /// Whether it orders two values.
    pub fn orders(self) -> bool {
        matches!(self, Self::AtLeast | Self::AtMost | Self::Below | Self::Above)
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
