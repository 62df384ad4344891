// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Types of the profile module of OSCAL 1.2.2.

use serde::{Deserialize, Serialize};

/// Assembly `profile` of the profile module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Profile {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Assembly `metadata`, required.
    pub metadata: super::metadata::Metadata,
    /// Assembly `import`, 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub imports: Vec<Import>,
    /// Assembly `merge`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merge: Option<Merge>,
    /// Assembly `modify`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modify: Option<Modify>,
    /// Assembly `back-matter`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub back_matter: Option<super::metadata::BackMatter>,
}

/// Assembly `import` of the profile module.
///
/// Exactly one of `include-all`, `include-controls`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Import {
    /// Flag `href` (uri-reference), required.
    pub href: String,
    /// Assembly `include-all`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_all: Option<super::control::IncludeAll>,
    /// Assembly `include-controls`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include_controls: Vec<super::control::SelectControlById>,
    /// Assembly `exclude-controls`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude_controls: Vec<super::control::SelectControlById>,
}

/// Assembly `merge` of the profile module.
///
/// Exactly one of `flat`, `as-is`, `custom`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Merge {
    /// Assembly `combine`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub combine: Option<Combine>,
    /// Assembly `flat`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flat: Option<Flat>,
    /// Field `as-is` (boolean), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_is: Option<bool>,
    /// Assembly `custom`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom: Option<Custom>,
}

/// Assembly `combine` of the profile module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Combine {
    /// Flag `method` (string), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
}

/// Assembly `flat` of the profile module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Flat {}

/// Assembly `custom` of the profile module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Custom {
    /// Assembly `group`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// Assembly `insert-controls`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub insert_controls: Vec<InsertControls>,
}

/// Assembly `group` of the profile module.
///
/// At most one of `groups`, `insert-controls`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Group {
    /// Flag `id` (token), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Flag `class` (token), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Field `title` (markup-line), required.
    pub title: String,
    /// Assembly `param`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<super::control::Parameter>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `part`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<super::control::Part>,
    /// Assembly `group`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// Assembly `insert-controls`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub insert_controls: Vec<InsertControls>,
}

/// Assembly `modify` of the profile module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Modify {
    /// Assembly `set-parameter`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set_parameters: Vec<SetParameter>,
    /// Assembly `alter`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alters: Vec<Alter>,
}

/// Assembly `set-parameter` of the profile module.
///
/// At most one of `values`, `select`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SetParameter {
    /// Flag `param-id` (token), required.
    pub param_id: String,
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
    pub constraints: Vec<super::control::ParameterConstraint>,
    /// Assembly `guideline`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guidelines: Vec<super::control::ParameterGuideline>,
    /// Field `value` (string), any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// Assembly `select`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub select: Option<super::control::ParameterSelection>,
}

/// Assembly `alter` of the profile module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Alter {
    /// Flag `control-id` (token), required.
    pub control_id: String,
    /// Assembly `remove`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removes: Vec<Remove>,
    /// Assembly `add`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adds: Vec<Add>,
}

/// Assembly `remove` of the profile module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Remove {
    /// Flag `by-name` (token), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_name: Option<String>,
    /// Flag `by-class` (token), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_class: Option<String>,
    /// Flag `by-id` (token), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_id: Option<String>,
    /// Flag `by-item-name` (token), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_item_name: Option<String>,
    /// Flag `by-ns` (uri), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_ns: Option<String>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `add` of the profile module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Add {
    /// Flag `position` (token), optional, `ending` where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// Flag `by-id` (token), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_id: Option<String>,
    /// Field `title` (markup-line), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Assembly `param`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<super::control::Parameter>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `part`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<super::control::Part>,
}

/// Assembly `insert-controls` of the profile module.
///
/// Exactly one of `include-all`, `include-controls`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct InsertControls {
    /// Flag `order` (token), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// Assembly `include-all`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_all: Option<super::control::IncludeAll>,
    /// Assembly `include-controls`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include_controls: Vec<super::control::SelectControlById>,
    /// Assembly `exclude-controls`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude_controls: Vec<super::control::SelectControlById>,
}
