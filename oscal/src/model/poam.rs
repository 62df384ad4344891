// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Types of the poam module of OSCAL 1.2.2.

use serde::{Deserialize, Serialize};

/// Assembly `plan-of-action-and-milestones` of the poam module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PlanOfActionAndMilestones {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Assembly `metadata`, required.
    pub metadata: super::metadata::Metadata,
    /// Assembly `import-ssp`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import_ssp: Option<super::assessment::ImportSsp>,
    /// Field `system-id`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system_id: Option<super::implementation::SystemId>,
    /// Assembly `local-definitions`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub local_definitions: Option<LocalDefinitions>,
    /// Assembly `observation`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub observations: Vec<super::assessment::Observation>,
    /// Assembly `risk`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub risks: Vec<super::assessment::Risk>,
    /// Assembly `finding`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<super::assessment::Finding>,
    /// Assembly `poam-item`, 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub poam_items: Vec<PoamItem>,
    /// Assembly `back-matter`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub back_matter: Option<super::metadata::BackMatter>,
}

/// Assembly `local-definitions` of the poam module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct LocalDefinitions {
    /// Assembly `component`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<super::implementation::SystemComponent>,
    /// Assembly `inventory-item`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inventory_items: Vec<super::implementation::InventoryItem>,
    /// Assembly `assessment-assets`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessment_assets: Option<super::assessment::AssessmentAssets>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `poam-item` of the poam module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PoamItem {
    /// Flag `uuid` (uuid), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uuid: Option<String>,
    /// Field `title` (markup-line), required.
    pub title: String,
    /// Field `description` (markup-multiline), required.
    pub description: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `origin`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<Origin>,
    /// Assembly `related-finding`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related_findings: Vec<RelatedFinding>,
    /// Assembly `related-observation`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related_observations: Vec<super::assessment::RelatedObservation>,
    /// Assembly `associated-risk`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related_risks: Vec<super::assessment::AssociatedRisk>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `origin` of the poam module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Origin {
    /// Assembly `actor`, 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actors: Vec<super::assessment::OriginActor>,
}

/// Assembly `related-finding` of the poam module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct RelatedFinding {
    /// Flag `finding-uuid` (uuid), required.
    pub finding_uuid: String,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}
