//! OSCAL assessment results out of verdicts, attestations and accepted risks.
//!
//! Props are in Probity's namespace. Per check and verdict there is one observation; the resources that do not pass are
//! its subjects, and inventory items of the result. Passing resources are counted; they lie in the verdict file, which
//! is linked with its digest. There is one finding per reviewed control with prop `state`, one open risk per failing
//! check, and one risk with status `deviation-approved` per check and waiver that covers a fail. Statements on
//! procedures are observations too; their words stand in `attestations`. What a mapping brings from another catalog is an
//! observation with prop `carried-from`; findings that it changes have prop `own-state`.
//!
//! Everything is a function of the input: uuids are derived, lists are sorted, the only instant is `as-of`. Subjects and
//! inventory items are made while the document is written, so that large results need little memory.

mod carried;
mod deadline;
mod document;
mod file;
mod finding;
mod fingerprint;
mod link;
mod observation;
mod people;
mod risk;
mod statement;
mod subject;

use std::collections::BTreeSet;
use std::io;

use jiff::Timestamp;
use probity_diagnostics::{TreePath, Warned};
use probity_oscal::OSCAL_VERSION;
use probity_oscal::model::assessment_results::{
    AssessmentResultsLocalDefinitions, ImportAp, Result as OscalResult, ResultLocalDefinitions,
};
use probity_oscal::model::metadata::{BackMatter, Base64, Metadata, Property, Resource};
use probity_oscal::model::{AssessmentResults, Catalog};

use crate::attest::Attestations;
use crate::carry::{Brought, apply};
use crate::compile::{Compiled, ReviewedControl};
use crate::identity::Identity;
use crate::plan::{objectives, reviewed_controls};
use crate::props::{markup_line, ours};
use crate::rollup::{Rollup, roll_up};
use crate::verdict::Verdicts;
use crate::waiver::AcceptedRisks;

pub use file::{FileRole, LinkedFile, bundle_files};

/// Which resources are subjects of observations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SubjectMode {
    /// Those that fail, are waived, unknown or in error.
    #[default]
    NotPassing,
    /// Passing ones too (`subjects = "all"`).
    All,
}

/// What results are made of.
#[derive(Debug, Clone, Copy)]
pub struct AssembleInput<'a> {
    /// System, assessment and program.
    pub identity: Identity<'a>,
    /// The profile as `probity.toml` or the command line names it; prop `profile`.
    pub profile: &'a str,
    /// The assessment plan.
    pub plan: PlanRef<'a>,
    /// Where the results will be written: links of attestations are rewritten to lead there.
    pub document: &'a TreePath,
    /// The checks and controls.
    pub compiled: &'a Compiled,
    /// What was found, and as of when.
    pub verdicts: &'a Verdicts,
    /// What people state.
    pub attestations: &'a Attestations,
    /// What has been accepted.
    pub waivers: &'a AcceptedRisks,
    /// Files to link with their digests.
    pub files: &'a [LinkedFile],
    /// Which resources are subjects.
    pub subjects: SubjectMode,
    /// What mappings bring from other catalogs.
    pub carrying: Option<Carrying<'a>>,
    /// Which document of the assessment it is.
    pub edition: Edition,
}

/// The assessment plan that results import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanRef<'a> {
    /// Where it is, relative to the folder of the results; never empty.
    Href(&'a str),
    /// Nobody knows of one: results of other tools by themselves. A resource of the back matter says so.
    Unknown,
}

/// What mappings bring from other catalogs.
#[derive(Debug, Clone, Copy)]
pub struct Carrying<'a> {
    /// The resolved catalog of the assessment.
    pub catalog: &'a Catalog,
    /// What is brought to its controls.
    pub brought: &'a [Brought<'a>],
}

/// Which results of an assessment a document holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Edition {
    /// All of them.
    #[default]
    Whole,
    /// Those without what is carried from other catalogs, for others to take.
    Own,
}

impl Edition {
    /// What the uuids of document and result are derived from.
    fn key(self) -> &'static str {
        match self {
            Self::Whole => "assessment-results",
            Self::Own => "own-results",
        }
    }
}

/// Assessment results, ready to be written.
#[derive(Debug, Clone)]
pub struct Assembled<'a> {
    /// The state of each control.
    pub rollup: Rollup,
    /// The next instant at which the same input gives other results: evidence grows too old, or a statement or waiver
    /// begins or ends; none where nothing does.
    pub next_deadline: Option<Timestamp>,
    /// Everything but subjects and inventory items.
    head: AssessmentResults,
    /// The check and outcome of each observation of the head, where it is one of a check.
    rows: Vec<Option<observation::Key<'a>>>,
    verdicts: &'a Verdicts,
    listed: subject::Listed,
}

/// Rolls up and assembles.
///
/// The findings are warnings and notes: statements and waivers without effect, out of force, or contradicted.
pub fn assemble<'a>(input: &AssembleInput<'a>) -> Warned<Assembled<'a>> {
    let Warned { value: rollup, mut warnings } = roll_up(input.compiled, input.verdicts, input.attestations);
    warnings.extend(input.waivers.review(input.compiled, input.verdicts));
    let mut rollup = rollup;
    let added = input.carrying.map(|from| apply(&mut rollup, input.compiled, from.catalog, from.brought));
    let (head, rows) = head(input, &rollup, added.as_deref().unwrap_or(&input.compiled.controls));
    let next_deadline = deadline::next(input);
    let listed = subject::Listed::of(input.verdicts, input.subjects);
    let assembled = Assembled { rollup, next_deadline, head, rows, verdicts: input.verdicts, listed };
    Warned { value: assembled, warnings }
}

impl Assembled<'_> {
    /// Writes the document as JSON, indented by two spaces, with a line feed at the end.
    ///
    /// # Errors
    /// The writer's own.
    pub fn write(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        probity_oscal::write_json(self, writer)
    }

    /// The document as a whole, subjects and inventory items included; for small results.
    pub fn document(&self) -> AssessmentResults {
        let value = serde_json::to_value(self).unwrap_or_default();
        let model = value.get("assessment-results").cloned().unwrap_or_default();
        serde_json::from_value(model).unwrap_or_default()
    }
}

type Head<'a> = (AssessmentResults, Vec<Option<observation::Key<'a>>>);

fn head<'a>(input: &AssembleInput<'a>, rollup: &Rollup, reviewed: &[ReviewedControl]) -> Head<'a> {
    let statements = statement::used(input.attestations, rollup);
    let checked = observation::of_checks(input);
    let risks = risk::risks(input, &checked);
    let findings = finding::findings(input, (reviewed, rollup), &checked, &risks);
    let attested = statement::observations(input, &statements);

    let mut rows: Vec<Option<observation::Key<'a>>> = Vec::new();
    let mut observations = Vec::new();
    for entry in checked {
        rows.push(Some(entry.key));
        observations.push(entry.observation);
    }
    observations.extend(attested);
    observations.extend(carried::observations(input));
    rows.resize(observations.len(), None);

    let as_of = input.verdicts.as_of;
    let start = input.verdicts.iter().map(|verdict| verdict.subject.collected).min().unwrap_or(as_of);
    let result = OscalResult {
        uuid: result_uuid(input),
        title: title(input),
        description: format!("What the checks and statements say as of {as_of}."),
        start: start.min(as_of).to_string(),
        end: Some(as_of.to_string()),
        props: result_props(input, rollup),
        local_definitions: tools(input),
        reviewed_controls: reviewed_controls(reviewed, &rollup.not_evaluated),
        attestations: statement::words(input, &statements),
        observations,
        risks: risks.into_iter().map(|entry| entry.risk).collect(),
        findings,
        remarks: not_evaluated(rollup),
        ..OscalResult::default()
    };
    let model = AssessmentResults {
        uuid: input.identity.uuid(&[input.edition.key()]),
        metadata: metadata(input, &result, &statements),
        import_ap: ImportAp { href: plan_href(input), remarks: None },
        local_definitions: local_definitions(input, reviewed),
        results: vec![result],
        back_matter: back_matter(input, &statements),
    };
    (model, rows)
}

fn plan_href(input: &AssembleInput<'_>) -> String {
    match input.plan {
        PlanRef::Href(href) => href.to_owned(),
        PlanRef::Unknown => format!("#{}", input.identity.uuid(&["no-plan"])),
    }
}

/// What stands for the plan that nobody knows of.
fn no_plan(input: &AssembleInput<'_>) -> Option<Resource> {
    (input.plan == PlanRef::Unknown).then(|| Resource {
        uuid: input.identity.uuid(&["no-plan"]),
        title: Some("No assessment plan".to_owned()),
        description: Some(
            "These are results of another tool. No assessment plan is known that they were made by."
                .to_owned(),
        ),
        props: vec![ours("kind", "no-plan")],
        // OSCAL wants a resource to be somewhere: this one is a text, `No assessment plan is known.`
        base64: Some(Base64 {
            filename: Some("no-plan.txt".to_owned()),
            media_type: Some("text/plain".to_owned()),
            value: "Tm8gYXNzZXNzbWVudCBwbGFuIGlzIGtub3duLgo=".to_owned(),
        }),
        ..Resource::default()
    })
}

fn result_uuid(input: &AssembleInput<'_>) -> String {
    let as_of = input.verdicts.as_of.to_string();
    match input.edition {
        Edition::Whole => input.identity.uuid(&["result", &as_of]),
        Edition::Own => input.identity.uuid(&["own-result", &as_of]),
    }
}

/// Objectives for controls that the plan does not know, because results are carried to them.
fn local_definitions(
    input: &AssembleInput<'_>,
    reviewed: &[ReviewedControl],
) -> Option<AssessmentResultsLocalDefinitions> {
    let planned: BTreeSet<&str> = input.compiled.controls.iter().map(|control| control.id.as_str()).collect();
    let added = reviewed.iter().filter(|control| !planned.contains(control.id.as_str()));
    let objectives_and_methods = objectives(added);
    (!objectives_and_methods.is_empty()).then_some(AssessmentResultsLocalDefinitions {
        objectives_and_methods,
        ..AssessmentResultsLocalDefinitions::default()
    })
}

/// The tools of which results are imported: no plan has to know them.
fn tools(input: &AssembleInput<'_>) -> Option<ResultLocalDefinitions> {
    let components = input.compiled.tools();
    (!components.is_empty()).then_some(ResultLocalDefinitions { components, ..Default::default() })
}

fn title(input: &AssembleInput<'_>) -> String {
    let Identity { system, assessment, .. } = input.identity;
    let alone = match input.edition {
        Edition::Whole => "",
        Edition::Own => ", without what other catalogs carry",
    };
    markup_line(&format!("Assessment results of {system}: {assessment}{alone}"))
}

fn result_props(input: &AssembleInput<'_>, rollup: &Rollup) -> Vec<Property> {
    vec![
        ours("as-of", &input.verdicts.as_of.to_string()),
        ours("assessment", input.identity.assessment),
        ours("profile", input.profile),
        ours("not-evaluated-count", &rollup.not_evaluated.len().to_string()),
    ]
}

fn not_evaluated(rollup: &Rollup) -> Option<String> {
    let ids = &rollup.not_evaluated;
    let count =
        if ids.len() == 1 { "1 control is".to_owned() } else { format!("{} controls are", ids.len()) };
    (!ids.is_empty()).then(|| {
        format!(
            "{count} not evaluated: no metric measures them and no procedure is asked for. {}.",
            ids.join(", ")
        )
    })
}

fn metadata(input: &AssembleInput<'_>, result: &OscalResult, used: &[statement::Used<'_>]) -> Metadata {
    let as_of = input.verdicts.as_of.to_string();
    let people = people::people(input, result, used);
    Metadata {
        title: title(input),
        last_modified: as_of.clone(),
        version: as_of,
        oscal_version: OSCAL_VERSION.to_owned(),
        props: input.identity.marked().into_iter().collect(),
        roles: people.roles,
        parties: people.parties,
        ..Metadata::default()
    }
}

fn back_matter(input: &AssembleInput<'_>, used: &[statement::Used<'_>]) -> Option<BackMatter> {
    let mut resources: Vec<Resource> = no_plan(input).into_iter().chain(file::resources(input)).collect();
    resources.extend(link::resources(input, used));
    (!resources.is_empty()).then_some(BackMatter { resources })
}
