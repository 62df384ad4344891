// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Types of the catalog module of OSCAL 1.2.2.

use serde::{Deserialize, Serialize};

/// Assembly `catalog` of the catalog module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Catalog {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Assembly `metadata`, required.
    pub metadata: super::metadata::Metadata,
    /// Assembly `param`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<super::control::Parameter>,
    /// Assembly `control`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub controls: Vec<Control>,
    /// Assembly `group`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// Assembly `back-matter`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub back_matter: Option<super::metadata::BackMatter>,
}

/// Assembly `group` of the catalog module.
///
/// At most one of `groups`, `controls`.
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
    /// Assembly `control`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub controls: Vec<Control>,
}

/// Assembly `control` of the catalog module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Control {
    /// Flag `id` (token), required.
    pub id: String,
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
    /// Assembly `control`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub controls: Vec<Control>,
}
