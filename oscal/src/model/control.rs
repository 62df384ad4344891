// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Types of the control module of OSCAL 1.2.2.

use serde::{Deserialize, Serialize};

/// Assembly `part` of the control module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Part {
    /// Flag `id` (token), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Flag `name` (token), required.
    pub name: String,
    /// Flag `ns` (uri), optional, `http://csrc.nist.gov/ns/oscal` where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ns: Option<String>,
    /// Flag `class` (token), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Field `title` (markup-line), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Field `prose` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prose: Option<String>,
    /// Assembly `part`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
}

/// Assembly `parameter` of the control module.
///
/// At most one of `values`, `select`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Parameter {
    /// Flag `id` (token), required.
    pub id: String,
    /// Flag `class` (token), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Flag `depends-on` (token), optional, deprecated since 1.0.1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub depends_on: Option<String>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Field `label` (markup-line), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Field `usage` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<String>,
    /// Assembly `constraint`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constraints: Vec<ParameterConstraint>,
    /// Assembly `guideline`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guidelines: Vec<ParameterGuideline>,
    /// Field `value` (string), any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// Assembly `select`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub select: Option<ParameterSelection>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `parameter-constraint` of the control module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ParameterConstraint {
    /// Field `description` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Assembly `test`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tests: Vec<Test>,
}

/// Assembly `test` of the control module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Test {
    /// Field `expression` (string), required.
    pub expression: String,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `parameter-guideline` of the control module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ParameterGuideline {
    /// Field `prose` (markup-multiline), required.
    pub prose: String,
}

/// Assembly `parameter-selection` of the control module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ParameterSelection {
    /// Flag `how-many` (token), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub how_many: Option<String>,
    /// Field `choice` (markup-line), any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choice: Vec<String>,
}

/// Assembly `include-all` of the control module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct IncludeAll {}

/// Assembly `matching` of the control module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Matching {
    /// Flag `pattern` (string), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `select-control-by-id` of the control module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SelectControlById {
    /// Flag `with-child-controls` (token), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with_child_controls: Option<String>,
    /// Field `with-id` (token), any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with_ids: Vec<String>,
    /// Assembly `matching`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub matching: Vec<Matching>,
}
