// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Types of the assessment-results module of OSCAL 1.2.2.

use serde::{Deserialize, Serialize};

/// Assembly `assessment-results` of the assessment-results module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AssessmentResults {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Assembly `metadata`, required.
    pub metadata: super::metadata::Metadata,
    /// Assembly `import-ap`, required.
    pub import_ap: ImportAp,
    /// Assembly `local-definitions`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub local_definitions: Option<AssessmentResultsLocalDefinitions>,
    /// Assembly `result`, 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<Result>,
    /// Assembly `back-matter`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub back_matter: Option<super::metadata::BackMatter>,
}

/// Assembly `local-definitions` of the assessment-results module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AssessmentResultsLocalDefinitions {
    /// Assembly `objectives-and-methods`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objectives_and_methods: Vec<super::assessment::LocalObjective>,
    /// Assembly `activity`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<super::assessment::Activity>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `result` of the assessment-results module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Result {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Field `title` (markup-line), required.
    pub title: String,
    /// Field `description` (markup-multiline), required.
    pub description: String,
    /// Field `start` (date-time-with-timezone), required.
    pub start: String,
    /// Field `end` (date-time-with-timezone), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `local-definitions`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub local_definitions: Option<ResultLocalDefinitions>,
    /// Assembly `reviewed-controls`, required.
    pub reviewed_controls: super::assessment::ReviewedControls,
    /// Assembly `attestation`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attestations: Vec<Attestation>,
    /// Assembly `assessment-log`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessment_log: Option<AssessmentLog>,
    /// Assembly `observation`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub observations: Vec<super::assessment::Observation>,
    /// Assembly `risk`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub risks: Vec<super::assessment::Risk>,
    /// Assembly `finding`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<super::assessment::Finding>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `local-definitions` of the assessment-results module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ResultLocalDefinitions {
    /// Assembly `component`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<super::implementation::SystemComponent>,
    /// Assembly `inventory-item`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inventory_items: Vec<super::implementation::InventoryItem>,
    /// Assembly `user`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub users: Vec<super::implementation::SystemUser>,
    /// Assembly `assessment-assets`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessment_assets: Option<super::assessment::AssessmentAssets>,
    /// Assembly `assessment-task`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<super::assessment::Task>,
}

/// Assembly `attestation` of the assessment-results module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Attestation {
    /// Assembly `responsible-party`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_parties: Vec<super::metadata::ResponsibleParty>,
    /// Assembly `part`, 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<super::assessment::AssessmentPart>,
}

/// Assembly `assessment-log` of the assessment-results module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AssessmentLog {
    /// Assembly `entry`, 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<Entry>,
}

/// Assembly `entry` of the assessment-results module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Entry {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Field `title` (markup-line), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Field `description` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Field `start` (date-time-with-timezone), required.
    pub start: String,
    /// Field `end` (date-time-with-timezone), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `logged-by`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub logged_by: Vec<super::assessment::LoggedBy>,
    /// Assembly `related-task`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related_tasks: Vec<super::assessment::RelatedTask>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `import-ap` of the assessment-results module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ImportAp {
    /// Flag `href` (uri-reference), required.
    pub href: String,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}
