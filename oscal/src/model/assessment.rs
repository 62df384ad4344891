// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Types of the assessment module of OSCAL 1.2.2.

use serde::{Deserialize, Serialize};

/// Assembly `import-ssp` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ImportSsp {
    /// Flag `href` (uri-reference), required.
    pub href: String,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `local-objective` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct LocalObjective {
    /// Flag `control-id` (token), required.
    pub control_id: String,
    /// Field `description` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `part`, 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<super::control::Part>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `activity` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Activity {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Field `title` (markup-line), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Field `description` (markup-multiline), required.
    pub description: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `step`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// Assembly `related-controls`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub related_controls: Option<ReviewedControls>,
    /// Assembly `responsible-role`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_roles: Vec<super::metadata::ResponsibleRole>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `step` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Step {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Field `title` (markup-line), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Field `description` (markup-multiline), required.
    pub description: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `reviewed-controls`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed_controls: Option<ReviewedControls>,
    /// Assembly `responsible-role`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_roles: Vec<super::metadata::ResponsibleRole>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `task` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Task {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Flag `type` (token), required.
    pub r#type: String,
    /// Field `title` (markup-line), required.
    pub title: String,
    /// Field `description` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `timing`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timing: Option<Timing>,
    /// Assembly `dependency`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dependencies: Vec<Dependency>,
    /// Assembly `task`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<Task>,
    /// Assembly `associated-activity`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub associated_activities: Vec<AssociatedActivity>,
    /// Assembly `subject`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<AssessmentSubject>,
    /// Assembly `responsible-role`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_roles: Vec<super::metadata::ResponsibleRole>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `timing` of the assessment module.
///
/// Exactly one of `on-date`, `within-date-range`, `at-frequency`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Timing {
    /// Assembly `on-date`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_date: Option<OnDate>,
    /// Assembly `within-date-range`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within_date_range: Option<WithinDateRange>,
    /// Assembly `at-frequency`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_frequency: Option<AtFrequency>,
}

/// Assembly `on-date` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct OnDate {
    /// Flag `date` (date-time-with-timezone), required.
    pub date: String,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `within-date-range` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct WithinDateRange {
    /// Flag `start` (date-time-with-timezone), required.
    pub start: String,
    /// Flag `end` (date-time-with-timezone), required.
    pub end: String,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `at-frequency` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AtFrequency {
    /// Flag `period` (positive-integer), required.
    pub period: u64,
    /// Flag `unit` (string), required.
    pub unit: String,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `dependency` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Dependency {
    /// Flag `task-uuid` (uuid), required.
    pub task_uuid: String,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `associated-activity` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AssociatedActivity {
    /// Flag `activity-uuid` (uuid), required.
    pub activity_uuid: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `responsible-role`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_roles: Vec<super::metadata::ResponsibleRole>,
    /// Assembly `subject`, 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<AssessmentSubject>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `reviewed-controls` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ReviewedControls {
    /// Field `description` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `control-selection`, 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub control_selections: Vec<ControlSelection>,
    /// Assembly `control-objective-selection`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub control_objective_selections: Vec<ControlObjectiveSelection>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `control-selection` of the assessment module.
///
/// Exactly one of `include-all`, `include-controls`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ControlSelection {
    /// Field `description` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `include-all`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_all: Option<super::control::IncludeAll>,
    /// Assembly `include-control`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include_controls: Vec<SelectControlById>,
    /// Assembly `exclude-control`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude_controls: Vec<SelectControlById>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `control-objective-selection` of the assessment module.
///
/// Exactly one of `include-all`, `include-objectives`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ControlObjectiveSelection {
    /// Field `description` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `include-all`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_all: Option<super::control::IncludeAll>,
    /// Assembly `include-objective`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include_objectives: Vec<SelectObjectiveById>,
    /// Assembly `exclude-objective`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude_objectives: Vec<SelectObjectiveById>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `select-control-by-id` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SelectControlById {
    /// Flag `control-id` (token), required.
    pub control_id: String,
    /// Field `statement-id` (token), any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statement_ids: Vec<String>,
}

/// Assembly `select-objective-by-id` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SelectObjectiveById {
    /// Flag `objective-id` (token), required.
    pub objective_id: String,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `assessment-subject` of the assessment module.
///
/// Exactly one of `include-all`, `include-subjects`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AssessmentSubject {
    /// Flag `type` (token), required.
    pub r#type: String,
    /// Field `description` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `include-all`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_all: Option<super::control::IncludeAll>,
    /// Assembly `include-subject`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include_subjects: Vec<SelectSubjectById>,
    /// Assembly `exclude-subject`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude_subjects: Vec<SelectSubjectById>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `select-subject-by-id` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SelectSubjectById {
    /// Flag `subject-uuid` (uuid), required.
    pub subject_uuid: String,
    /// Flag `type` (token), required.
    pub r#type: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `subject-reference` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SubjectReference {
    /// Flag `subject-uuid` (uuid), required.
    pub subject_uuid: String,
    /// Flag `type` (token), required.
    pub r#type: String,
    /// Field `title` (markup-line), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `assessment-assets` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AssessmentAssets {
    /// Assembly `component`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<super::implementation::SystemComponent>,
    /// Assembly `assessment-platform`, 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assessment_platforms: Vec<AssessmentPlatform>,
}

/// Assembly `assessment-platform` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AssessmentPlatform {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Field `title` (markup-line), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `uses-component`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uses_components: Vec<UsesComponent>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `uses-component` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct UsesComponent {
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

/// Assembly `finding-target` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FindingTarget {
    /// Flag `type` (string), required.
    pub r#type: String,
    /// Flag `target-id` (token), required.
    pub target_id: String,
    /// Field `title` (markup-line), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Field `description` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `status`, required.
    pub status: Status,
    /// Assembly `implementation-status`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub implementation_status: Option<super::implementation::ImplementationStatus>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `status` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Status {
    /// Flag `state` (token), required.
    pub state: String,
    /// Flag `reason` (token), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `finding` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Finding {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
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
    /// Assembly `target`, required.
    pub target: FindingTarget,
    /// Field `implementation-statement-uuid` (uuid), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub implementation_statement_uuid: Option<String>,
    /// Assembly `related-observation`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related_observations: Vec<RelatedObservation>,
    /// Assembly `associated-risk`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related_risks: Vec<AssociatedRisk>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `related-observation` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct RelatedObservation {
    /// Flag `observation-uuid` (uuid), required.
    pub observation_uuid: String,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `associated-risk` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AssociatedRisk {
    /// Flag `risk-uuid` (uuid), required.
    pub risk_uuid: String,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `observation` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Observation {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Field `title` (markup-line), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Field `description` (markup-multiline), required.
    pub description: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Field `method` (string), 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<String>,
    /// Field `type` (token), any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<String>,
    /// Assembly `origin`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<Origin>,
    /// Assembly `subject`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<SubjectReference>,
    /// Assembly `relevant-evidence`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relevant_evidence: Vec<RelevantEvidence>,
    /// Field `collected` (date-time-with-timezone), required.
    pub collected: String,
    /// Field `expires` (date-time-with-timezone), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `relevant-evidence` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct RelevantEvidence {
    /// Flag `href` (uri-reference), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// Field `description` (markup-multiline), required.
    pub description: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `origin` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Origin {
    /// Assembly `actor`, 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actors: Vec<OriginActor>,
    /// Assembly `related-task`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related_tasks: Vec<RelatedTask>,
}

/// Assembly `origin-actor` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct OriginActor {
    /// Flag `type` (token), required.
    pub r#type: String,
    /// Flag `actor-uuid` (uuid), required.
    pub actor_uuid: String,
    /// Flag `role-id` (token), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_id: Option<String>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
}

/// Assembly `related-task` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct RelatedTask {
    /// Flag `task-uuid` (uuid), required.
    pub task_uuid: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `responsible-party`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_parties: Vec<super::metadata::ResponsibleParty>,
    /// Assembly `subject`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<AssessmentSubject>,
    /// Assembly `identified-subject`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identified_subject: Option<IdentifiedSubject>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `identified-subject` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct IdentifiedSubject {
    /// Flag `subject-placeholder-uuid` (uuid), required.
    pub subject_placeholder_uuid: String,
    /// Assembly `subject`, 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<AssessmentSubject>,
}

/// Field `threat-id` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ThreatId {
    /// Flag `system` (uri), required.
    pub system: String,
    /// Flag `href` (uri-reference), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// Value `id` (uri), required.
    pub id: String,
}

/// Assembly `risk` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Risk {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Field `title` (markup-line), required.
    pub title: String,
    /// Field `description` (markup-multiline), required.
    pub description: String,
    /// Field `statement` (markup-multiline), required.
    pub statement: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Field `status` (token), required.
    pub status: String,
    /// Assembly `origin`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<Origin>,
    /// Field `threat-id`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub threat_ids: Vec<ThreatId>,
    /// Assembly `characterization`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub characterizations: Vec<Characterization>,
    /// Assembly `mitigating-factor`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mitigating_factors: Vec<MitigatingFactor>,
    /// Field `deadline` (date-time-with-timezone), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<String>,
    /// Assembly `response`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remediations: Vec<Response>,
    /// Assembly `risk-log`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risk_log: Option<RiskLog>,
    /// Assembly `related-observation`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related_observations: Vec<RelatedObservation>,
}

/// Assembly `mitigating-factor` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct MitigatingFactor {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Flag `implementation-uuid` (uuid), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub implementation_uuid: Option<String>,
    /// Field `description` (markup-multiline), required.
    pub description: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `subject`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<SubjectReference>,
}

/// Assembly `risk-log` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct RiskLog {
    /// Assembly `entry`, 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<Entry>,
}

/// Assembly `entry` of the assessment module.
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
    pub logged_by: Vec<LoggedBy>,
    /// Field `status-change` (token), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_change: Option<String>,
    /// Assembly `related-response`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related_responses: Vec<RelatedResponse>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `related-response` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct RelatedResponse {
    /// Flag `response-uuid` (uuid), required.
    pub response_uuid: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `related-task`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related_tasks: Vec<RelatedTask>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `logged-by` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct LoggedBy {
    /// Flag `party-uuid` (uuid), required.
    pub party_uuid: String,
    /// Flag `role-id` (token), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_id: Option<String>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `characterization` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Characterization {
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Assembly `origin`, required.
    pub origin: Origin,
    /// Assembly `facet`, 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facets: Vec<Facet>,
}

/// Assembly `facet` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Facet {
    /// Flag `name` (token), required.
    pub name: String,
    /// Flag `system` (uri), required.
    pub system: String,
    /// Flag `value` (string), required.
    pub value: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `response` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Response {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Flag `lifecycle` (token), required.
    pub lifecycle: String,
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
    /// Assembly `required-asset`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required_assets: Vec<RequiredAsset>,
    /// Assembly `task`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<Task>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `required-asset` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct RequiredAsset {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Assembly `subject`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<SubjectReference>,
    /// Field `title` (markup-line), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Field `description` (markup-multiline), required.
    pub description: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `assessment-part` of the assessment module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AssessmentPart {
    /// Flag `uuid` (uuid), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uuid: Option<String>,
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
    pub parts: Vec<AssessmentPart>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
}
