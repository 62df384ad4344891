//! OSCAL assessment results out of verdicts, attestations and accepted risks.
//!
//! Props are in Probity's namespace. Per check and verdict there is one observation; the resources that do not pass are
//! its subjects, and inventory items of the result. Passing resources are counted; they lie in the verdict file, which
//! is linked with its digest. There is one finding per reviewed control with prop `state`, one open risk per failing
//! check, and one risk with status `deviation-approved` per check and waiver that covers a fail. Statements on
//! procedures are observations too; their words stand in `attestations`.
//!
//! Everything is a function of the input: uuids are derived, lists are sorted, the only instant is `as-of`. Subjects and
//! inventory items are made while the document is written, so that large results need little memory.

mod deadline;
mod document;
mod file;
mod finding;
mod link;
mod observation;
mod people;
mod risk;
mod statement;
mod subject;

use std::io;

use jiff::Timestamp;
use probity_diagnostics::{TreePath, Warned};
use probity_oscal::OSCAL_VERSION;
use probity_oscal::model::AssessmentResults;
use probity_oscal::model::assessment_results::{ImportAp, Result as OscalResult};
use probity_oscal::model::metadata::{BackMatter, Metadata, Property};

use crate::attest::Attestations;
use crate::compile::Compiled;
use crate::identity::Identity;
use crate::plan::reviewed_controls;
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
    /// The assessment plan, relative to the folder of the results; never empty.
    pub plan: &'a str,
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
    let (head, rows) = head(input, &rollup);
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

fn head<'a>(input: &AssembleInput<'a>, rollup: &Rollup) -> Head<'a> {
    let statements = statement::used(input.attestations, rollup);
    let checked = observation::of_checks(input);
    let risks = risk::risks(input, &checked);
    let findings = finding::findings(input, rollup, &checked, &risks);
    let attested = statement::observations(input, &statements);

    let mut rows: Vec<Option<observation::Key<'a>>> = Vec::new();
    let mut observations = Vec::new();
    for entry in checked {
        rows.push(Some(entry.key));
        observations.push(entry.observation);
    }
    rows.extend(attested.iter().map(|_| None));
    observations.extend(attested);

    let as_of = input.verdicts.as_of;
    let start = input.verdicts.iter().map(|verdict| verdict.subject.collected).min().unwrap_or(as_of);
    let result = OscalResult {
        uuid: input.identity.uuid(&["result", &as_of.to_string()]),
        title: title(input),
        description: format!("What the checks and statements say as of {as_of}."),
        start: start.min(as_of).to_string(),
        end: Some(as_of.to_string()),
        props: result_props(input, rollup),
        reviewed_controls: reviewed_controls(input.compiled),
        attestations: statement::words(input, &statements),
        observations,
        risks: risks.into_iter().map(|entry| entry.risk).collect(),
        findings,
        remarks: not_evaluated(rollup),
        ..OscalResult::default()
    };
    let model = AssessmentResults {
        uuid: input.identity.uuid(&["assessment-results"]),
        metadata: metadata(input, &result, &statements),
        import_ap: ImportAp { href: input.plan.to_owned(), remarks: None },
        local_definitions: None,
        results: vec![result],
        back_matter: back_matter(input, &statements),
    };
    (model, rows)
}

fn title(input: &AssembleInput<'_>) -> String {
    let Identity { system, assessment, .. } = input.identity;
    markup_line(&format!("Assessment results of {system}: {assessment}"))
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
        roles: people.roles,
        parties: people.parties,
        ..Metadata::default()
    }
}

fn back_matter(input: &AssembleInput<'_>, used: &[statement::Used<'_>]) -> Option<BackMatter> {
    let mut resources = file::resources(input);
    resources.extend(link::resources(input, used));
    (!resources.is_empty()).then_some(BackMatter { resources })
}
