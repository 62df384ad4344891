//! The OSCAL assessment plan: what is assessed, by which checks and procedures, with which program.
//!
//! It is made of the compiled checks alone, so it does not change with the evidence. Where the statement of a control
//! has no id that a finding could target, `objectives-and-methods` define an objective for it.

mod activity;
mod leveraged;
mod objective;
mod skeleton;
mod stub;

use std::collections::BTreeSet;

use probity_oscal::OSCAL_VERSION;
use probity_oscal::model::AssessmentPlan;
use probity_oscal::model::assessment::{
    AssessmentAssets, AssessmentPlatform, AssessmentSubject, ControlObjectiveSelection, ControlSelection,
    ImportSsp, ReviewedControls, SelectControlById, SelectObjectiveById, UsesComponent,
};
use probity_oscal::model::assessment_plan::LocalDefinitions;
use probity_oscal::model::control::IncludeAll;
use probity_oscal::model::metadata::{Link, Metadata};

use crate::compile::{Compiled, ReviewedControl};
use crate::identity::Identity;
use crate::props::{markup_line, ours};

pub(crate) use activity::described;
pub(crate) use objective::objectives;
pub use objective::{Target, target};
pub use skeleton::{SkeletonInput, skeleton};
pub use stub::{StubInput, stub_ssp};

/// What a plan is made of.
#[derive(Debug, Clone, Copy)]
pub struct PlanInput<'a> {
    /// System, assessment and program.
    pub identity: Identity<'a>,
    /// The profile as `probity.toml` or the command line names it; prop `profile`.
    pub profile: &'a str,
    /// The same profile as an href, seen from the folder of the assessment plan. A system security plan names one profile;
    /// the assessment may be about another.
    pub source_profile: &'a str,
    /// The system security plan, relative to the folder of the assessment plan.
    pub ssp: &'a str,
    /// The checks and controls.
    pub compiled: &'a Compiled,
    /// When the newest of its inputs changed (OSCAL date-time with time zone): the plan changes with its inputs, not
    /// with the clock.
    pub last_modified: &'a str,
}

/// Writes the assessment plan.
pub fn plan(input: &PlanInput<'_>) -> AssessmentPlan {
    let identity = &input.identity;
    AssessmentPlan {
        uuid: identity.uuid(&["assessment-plan"]),
        metadata: metadata(input),
        import_ssp: ImportSsp { href: input.ssp.to_owned(), remarks: None },
        local_definitions: local_definitions(input),
        reviewed_controls: reviewed_controls(&input.compiled.controls, &input.compiled.not_evaluated),
        assessment_subjects: vec![subjects(input.compiled)],
        assessment_assets: Some(assets(identity, input.compiled)),
        ..AssessmentPlan::default()
    }
}

fn metadata(input: &PlanInput<'_>) -> Metadata {
    let Identity { system, assessment, version, .. } = input.identity;
    Metadata {
        title: markup_line(&format!("Assessment plan of {system}: {assessment}")),
        last_modified: input.last_modified.to_owned(),
        version: version.to_owned(),
        oscal_version: OSCAL_VERSION.to_owned(),
        props: [ours("assessment", assessment), ours("profile", input.profile)]
            .into_iter()
            .chain(input.identity.marked())
            .collect(),
        links: vec![Link {
            href: input.source_profile.to_owned(),
            rel: Some("source-profile".to_owned()),
            ..Link::default()
        }],
        ..Metadata::default()
    }
}

fn local_definitions(input: &PlanInput<'_>) -> Option<LocalDefinitions> {
    let definitions = LocalDefinitions {
        objectives_and_methods: objectives(&input.compiled.controls),
        activities: activity::activities(&input.identity, input.compiled),
        ..LocalDefinitions::default()
    };
    (definitions != LocalDefinitions::default()).then_some(definitions)
}

/// The reviewed controls, as plan and results name them; the others are not evaluated.
pub(crate) fn reviewed_controls(controls: &[ReviewedControl], not_evaluated: &[String]) -> ReviewedControls {
    let objectives: Vec<SelectObjectiveById> = controls
        .iter()
        .map(target)
        .filter(|target| target.kind == "objective-id")
        .map(|target| SelectObjectiveById { objective_id: target.id, remarks: None })
        .collect();
    let selection = ControlObjectiveSelection { include_objectives: objectives, ..Default::default() };
    ReviewedControls {
        description: Some("The controls that at least one check or procedure is for.".to_owned()),
        control_selections: vec![all_reviewed(controls, not_evaluated)],
        control_objective_selections: Some(selection)
            .filter(|selection| !selection.include_objectives.is_empty())
            .into_iter()
            .collect(),
        ..ReviewedControls::default()
    }
}

/// The selection of all reviewed controls. OSCAL cannot select nothing, so where there is none, everything is included
/// and every control excluded again.
fn all_reviewed(controls: &[ReviewedControl], not_evaluated: &[String]) -> ControlSelection {
    if !controls.is_empty() {
        return selection_of(controls.iter());
    }
    ControlSelection {
        description: Some("No control has a check or a procedure.".to_owned()),
        include_all: Some(IncludeAll {}),
        exclude_controls: not_evaluated.iter().map(|id| select(id)).collect(),
        ..ControlSelection::default()
    }
}

/// A selection of these controls.
fn selection_of<'a>(controls: impl Iterator<Item = &'a ReviewedControl>) -> ControlSelection {
    ControlSelection {
        include_controls: controls.map(|control| select(&control.id)).collect(),
        ..ControlSelection::default()
    }
}

fn select(id: &str) -> SelectControlById {
    SelectControlById { control_id: id.to_owned(), statement_ids: Vec::new() }
}

fn subjects(compiled: &Compiled) -> AssessmentSubject {
    let types: BTreeSet<&str> =
        compiled.checks.iter().flat_map(|check| &check.metric.resource_types).map(String::as_str).collect();
    AssessmentSubject {
        r#type: "inventory-item".to_owned(),
        description: Some("Every resource of the evidence whose type a check applies to.".to_owned()),
        props: types.into_iter().map(|kind| ours("resource-type", kind)).collect(),
        include_all: Some(IncludeAll {}),
        ..AssessmentSubject::default()
    }
}

fn assets(identity: &Identity<'_>, compiled: &Compiled) -> AssessmentAssets {
    let uses = UsesComponent { component_uuid: identity.tool_uuid(), ..UsesComponent::default() };
    AssessmentAssets {
        components: std::iter::once(identity.tool_component()).chain(compiled.tools()).collect(),
        assessment_platforms: vec![AssessmentPlatform {
            uuid: identity.uuid(&["assessment-platform"]),
            title: Some(markup_line(&format!("{} {}", identity.tool, identity.version))),
            uses_components: vec![uses],
            ..AssessmentPlatform::default()
        }],
    }
}
