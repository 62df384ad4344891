// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Types of the component module of OSCAL 1.2.2.

use serde::{Deserialize, Serialize};

/// Assembly `component-definition` of the component module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ComponentDefinition {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Assembly `metadata`, required.
    pub metadata: super::metadata::Metadata,
    /// Assembly `import-component-definition`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub import_component_definitions: Vec<ImportComponentDefinition>,
    /// Assembly `component`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<DefinedComponent>,
    /// Assembly `capability`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub capabilities: Vec<Capability>,
    /// Assembly `back-matter`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub back_matter: Option<super::metadata::BackMatter>,
}

/// Assembly `import-component-definition` of the component module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ImportComponentDefinition {
    /// Flag `href` (uri-reference), required.
    pub href: String,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `defined-component` of the component module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct DefinedComponent {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Flag `type` (string), required.
    pub r#type: String,
    /// Field `title` (markup-line), required.
    pub title: String,
    /// Field `description` (markup-multiline), required.
    pub description: String,
    /// Field `purpose` (markup-line), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `responsible-role`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_roles: Vec<super::metadata::ResponsibleRole>,
    /// Assembly `protocol`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub protocols: Vec<super::implementation::Protocol>,
    /// Assembly `control-implementation`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub control_implementations: Vec<ControlImplementation>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `capability` of the component module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Capability {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Flag `name` (string), required.
    pub name: String,
    /// Field `description` (markup-multiline), required.
    pub description: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `incorporates-component`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub incorporates_components: Vec<IncorporatesComponent>,
    /// Assembly `control-implementation`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub control_implementations: Vec<ControlImplementation>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `incorporates-component` of the component module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct IncorporatesComponent {
    /// Flag `component-uuid` (uuid), required.
    pub component_uuid: String,
    /// Field `description` (markup-multiline), required.
    pub description: String,
}

/// Assembly `control-implementation` of the component module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ControlImplementation {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Flag `source` (uri-reference), required.
    pub source: String,
    /// Field `description` (markup-multiline), required.
    pub description: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `set-parameter`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set_parameters: Vec<super::implementation::SetParameter>,
    /// Assembly `implemented-requirement`, 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub implemented_requirements: Vec<ImplementedRequirement>,
}

/// Assembly `implemented-requirement` of the component module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ImplementedRequirement {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Flag `control-id` (token), required.
    pub control_id: String,
    /// Field `description` (markup-multiline), required.
    pub description: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `set-parameter`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set_parameters: Vec<super::implementation::SetParameter>,
    /// Assembly `responsible-role`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_roles: Vec<super::metadata::ResponsibleRole>,
    /// Assembly `statement`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<Statement>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `statement` of the component module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Statement {
    /// Flag `statement-id` (token), required.
    pub statement_id: String,
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Field `description` (markup-multiline), required.
    pub description: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `responsible-role`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_roles: Vec<super::metadata::ResponsibleRole>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}
