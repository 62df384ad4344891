// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Types of the ssp module of OSCAL 1.2.2.

use serde::{Deserialize, Serialize};

/// Assembly `system-security-plan` of the ssp module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SystemSecurityPlan {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Assembly `metadata`, required.
    pub metadata: super::metadata::Metadata,
    /// Assembly `import-profile`, required.
    pub import_profile: ImportProfile,
    /// Assembly `system-characteristics`, required.
    pub system_characteristics: SystemCharacteristics,
    /// Assembly `system-implementation`, required.
    pub system_implementation: SystemImplementation,
    /// Assembly `control-implementation`, required.
    pub control_implementation: ControlImplementation,
    /// Assembly `back-matter`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub back_matter: Option<super::metadata::BackMatter>,
}

/// Assembly `import-profile` of the ssp module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ImportProfile {
    /// Flag `href` (uri-reference), required.
    pub href: String,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `system-characteristics` of the ssp module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SystemCharacteristics {
    /// Field `system-id`, 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub system_ids: Vec<super::implementation::SystemId>,
    /// Field `system-name` (string), required.
    pub system_name: String,
    /// Field `system-name-short` (string), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system_name_short: Option<String>,
    /// Field `description` (markup-multiline), required.
    pub description: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Field `date-authorized` (date), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_authorized: Option<String>,
    /// Field `security-sensitivity-level` (string), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security_sensitivity_level: Option<String>,
    /// Assembly `system-information`, required.
    pub system_information: SystemInformation,
    /// Assembly `security-impact-level`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security_impact_level: Option<SecurityImpactLevel>,
    /// Assembly `status`, required.
    pub status: Status,
    /// Assembly `authorization-boundary`, required.
    pub authorization_boundary: AuthorizationBoundary,
    /// Assembly `network-architecture`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_architecture: Option<NetworkArchitecture>,
    /// Assembly `data-flow`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_flow: Option<DataFlow>,
    /// Assembly `responsible-party`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_parties: Vec<super::metadata::ResponsibleParty>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `system-information` of the ssp module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SystemInformation {
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `information-type`, 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub information_types: Vec<InformationType>,
}

/// Assembly `information-type` of the ssp module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct InformationType {
    /// Flag `uuid` (uuid), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uuid: Option<String>,
    /// Field `title` (markup-line), required.
    pub title: String,
    /// Field `description` (markup-multiline), required.
    pub description: String,
    /// Assembly `categorization`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categorizations: Vec<Categorization>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `confidentiality-impact`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidentiality_impact: Option<Impact>,
    /// Assembly `integrity-impact`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub integrity_impact: Option<Impact>,
    /// Assembly `availability-impact`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub availability_impact: Option<Impact>,
}

/// Assembly `categorization` of the ssp module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Categorization {
    /// Flag `system` (uri), required.
    pub system: String,
    /// Field `information-type-id` (string), any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub information_type_ids: Vec<String>,
}

/// Assembly `impact` of the ssp module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Impact {
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Field `base` (string), required.
    pub base: String,
    /// Field `selected` (string), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selected: Option<String>,
    /// Field `adjustment-justification` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adjustment_justification: Option<String>,
}

/// Assembly `security-impact-level` of the ssp module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SecurityImpactLevel {
    /// Field `security-objective-confidentiality` (string), required.
    pub security_objective_confidentiality: String,
    /// Field `security-objective-integrity` (string), required.
    pub security_objective_integrity: String,
    /// Field `security-objective-availability` (string), required.
    pub security_objective_availability: String,
}

/// Assembly `status` of the ssp module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Status {
    /// Flag `state` (string), required.
    pub state: String,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `authorization-boundary` of the ssp module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AuthorizationBoundary {
    /// Field `description` (markup-multiline), required.
    pub description: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `diagram`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diagrams: Vec<Diagram>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `diagram` of the ssp module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Diagram {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Field `description` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Field `caption` (markup-line), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `network-architecture` of the ssp module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct NetworkArchitecture {
    /// Field `description` (markup-multiline), required.
    pub description: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `diagram`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diagrams: Vec<Diagram>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `data-flow` of the ssp module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct DataFlow {
    /// Field `description` (markup-multiline), required.
    pub description: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `diagram`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diagrams: Vec<Diagram>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `system-implementation` of the ssp module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SystemImplementation {
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `leveraged-authorization`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leveraged_authorizations: Vec<LeveragedAuthorization>,
    /// Assembly `user`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub users: Vec<super::implementation::SystemUser>,
    /// Assembly `component`, 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<super::implementation::SystemComponent>,
    /// Assembly `inventory-item`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inventory_items: Vec<super::implementation::InventoryItem>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `leveraged-authorization` of the ssp module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct LeveragedAuthorization {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Field `title` (markup-line), required.
    pub title: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Field `party-uuid` (uuid), required.
    pub party_uuid: String,
    /// Field `date-authorized` (date), required.
    pub date_authorized: String,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `control-implementation` of the ssp module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ControlImplementation {
    /// Field `description` (markup-multiline), required.
    pub description: String,
    /// Assembly `set-parameter`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set_parameters: Vec<super::implementation::SetParameter>,
    /// Assembly `implemented-requirement`, 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub implemented_requirements: Vec<ImplementedRequirement>,
}

/// Assembly `implemented-requirement` of the ssp module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ImplementedRequirement {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Flag `control-id` (token), required.
    pub control_id: String,
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
    /// Assembly `by-component`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_components: Vec<ByComponent>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `statement` of the ssp module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Statement {
    /// Flag `statement-id` (token), required.
    pub statement_id: String,
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `responsible-role`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_roles: Vec<super::metadata::ResponsibleRole>,
    /// Assembly `by-component`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_components: Vec<ByComponent>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `by-component` of the ssp module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ByComponent {
    /// Flag `component-uuid` (uuid), required.
    pub component_uuid: String,
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
    /// Assembly `set-parameter`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set_parameters: Vec<super::implementation::SetParameter>,
    /// Assembly `implementation-status`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub implementation_status: Option<super::implementation::ImplementationStatus>,
    /// Assembly `export`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub export: Option<Export>,
    /// Assembly `inherited`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inherited: Vec<Inherited>,
    /// Assembly `satisfied`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub satisfied: Vec<Satisfied>,
    /// Assembly `responsible-role`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_roles: Vec<super::metadata::ResponsibleRole>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `export` of the ssp module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Export {
    /// Field `description` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `provided`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provided: Vec<Provided>,
    /// Assembly `responsibility`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsibilities: Vec<Responsibility>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `provided` of the ssp module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Provided {
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

/// Assembly `responsibility` of the ssp module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Responsibility {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Flag `provided-uuid` (uuid), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provided_uuid: Option<String>,
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

/// Assembly `inherited` of the ssp module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Inherited {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Flag `provided-uuid` (uuid), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provided_uuid: Option<String>,
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
}

/// Assembly `satisfied` of the ssp module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Satisfied {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Flag `responsibility-uuid` (uuid), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub responsibility_uuid: Option<String>,
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
