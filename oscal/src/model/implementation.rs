// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Types of the implementation module of OSCAL 1.2.2.

use serde::{Deserialize, Serialize};

/// Assembly `system-component` of the implementation module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SystemComponent {
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
    /// Assembly `status`, required.
    pub status: Status,
    /// Assembly `responsible-role`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_roles: Vec<super::metadata::ResponsibleRole>,
    /// Assembly `protocol`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub protocols: Vec<Protocol>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `status` of the implementation module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Status {
    /// Flag `state` (token), required.
    pub state: String,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `protocol` of the implementation module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Protocol {
    /// Flag `uuid` (uuid), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uuid: Option<String>,
    /// Flag `name` (string), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Field `title` (markup-line), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Assembly `port-range`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub port_ranges: Vec<PortRange>,
}

/// Assembly `port-range` of the implementation module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PortRange {
    /// Flag `start` (non-negative-integer), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<u64>,
    /// Flag `end` (non-negative-integer), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<u64>,
    /// Flag `transport` (token), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transport: Option<String>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `implementation-status` of the implementation module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ImplementationStatus {
    /// Flag `state` (token), required.
    pub state: String,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `system-user` of the implementation module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SystemUser {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Field `title` (markup-line), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Field `short-name` (string), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short_name: Option<String>,
    /// Field `description` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Field `role-id` (token), any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub role_ids: Vec<String>,
    /// Assembly `authorized-privilege`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authorized_privileges: Vec<AuthorizedPrivilege>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `authorized-privilege` of the implementation module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AuthorizedPrivilege {
    /// Field `title` (markup-line), required.
    pub title: String,
    /// Field `description` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Field `function-performed` (string), 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub functions_performed: Vec<String>,
}

/// Assembly `inventory-item` of the implementation module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct InventoryItem {
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
    /// Assembly `responsible-party`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_parties: Vec<super::metadata::ResponsibleParty>,
    /// Assembly `implemented-component`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub implemented_components: Vec<ImplementedComponent>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `implemented-component` of the implementation module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ImplementedComponent {
    /// Flag `component-uuid` (uuid), required.
    pub component_uuid: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `responsible-party`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_parties: Vec<super::metadata::ResponsibleParty>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `set-parameter` of the implementation module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SetParameter {
    /// Flag `param-id` (token), required.
    pub param_id: String,
    /// Field `value` (string), 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Field `system-id` of the implementation module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SystemId {
    /// Flag `identifier-type` (uri), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier_type: Option<String>,
    /// Value `id` (string), required.
    pub id: String,
}
