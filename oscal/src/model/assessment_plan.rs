// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Types of the assessment-plan module of OSCAL 1.2.2.

use serde::{Deserialize, Serialize};

/// Assembly `assessment-plan` of the assessment-plan module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AssessmentPlan {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Assembly `metadata`, required.
    pub metadata: super::metadata::Metadata,
    /// Assembly `import-ssp`, required.
    pub import_ssp: super::assessment::ImportSsp,
    /// Assembly `local-definitions`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub local_definitions: Option<LocalDefinitions>,
    /// Assembly `terms-and-conditions`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms_and_conditions: Option<TermsAndConditions>,
    /// Assembly `reviewed-controls`, required.
    pub reviewed_controls: super::assessment::ReviewedControls,
    /// Assembly `assessment-subject`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assessment_subjects: Vec<super::assessment::AssessmentSubject>,
    /// Assembly `assessment-assets`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessment_assets: Option<super::assessment::AssessmentAssets>,
    /// Assembly `task`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<super::assessment::Task>,
    /// Assembly `back-matter`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub back_matter: Option<super::metadata::BackMatter>,
}

/// Assembly `local-definitions` of the assessment-plan module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct LocalDefinitions {
    /// Assembly `component`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<super::implementation::SystemComponent>,
    /// Assembly `inventory-item`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inventory_items: Vec<super::implementation::InventoryItem>,
    /// Assembly `user`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub users: Vec<super::implementation::SystemUser>,
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

/// Assembly `terms-and-conditions` of the assessment-plan module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct TermsAndConditions {
    /// Assembly `part`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<super::assessment::AssessmentPart>,
}
