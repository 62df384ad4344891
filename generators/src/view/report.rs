//! What a report shows, as plain data. Everything is text or numbers, so that templates need no logic.

use std::collections::BTreeMap;

use serde::Serialize;

use super::certificate::Certificate;
use super::words::{ControlState, Severity, Verdict};
use crate::series::Trend;

/// Controls by state; every state is there.
pub type StateCounts = BTreeMap<ControlState, u64>;

/// Verdicts by outcome; every outcome is there.
pub type VerdictCounts = BTreeMap<Verdict, u64>;

/// One assessment result, joined with everything that it links to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Title of the result.
    pub title: String,
    /// Description of the result.
    pub description: String,
    /// Name of the assessment in `probity.toml`.
    pub assessment: Option<String>,
    /// The profile that was assessed against.
    pub profile: Option<String>,
    /// Title of the resolved catalog.
    pub catalog: Option<String>,
    /// The instant at which evidence, attestations and waivers were judged.
    pub as_of: Option<String>,
    /// When the oldest evidence was collected.
    pub start: String,
    /// End of the assessment.
    pub end: Option<String>,
    /// Name and version of the tool that judged.
    pub tool: Option<String>,
    /// The assessment-results file.
    pub file: String,
    /// SHA-256 of that file, in hexadecimal.
    pub digest: String,
    /// Headline numbers.
    pub totals: Totals,
    /// The groups of the catalog, in its order.
    pub categories: Vec<Category>,
    /// The controls that were evaluated, in catalog order.
    pub controls: Vec<Control>,
    /// The checks, worst first.
    pub checks: Vec<Check>,
    /// Attestations, in document order.
    pub attestations: Vec<Attestation>,
    /// Results of other assessments that mappings carry here or show beside controls, in document order.
    pub carried: Vec<Carried>,
    /// Risks, accepted ones included, in document order.
    pub risks: Vec<Risk>,
    /// Controls of the catalog that nothing was evaluated for.
    pub not_evaluated: Vec<NotEvaluated>,
    /// The linked files.
    pub sources: Vec<Source>,
    /// What a reader must know about the report itself.
    pub problems: Vec<Problem>,
    /// Certificates of the project that rest on these results or that controls of them are inherited from, in the order of their files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<Certificate>,
    /// What stored results came to over time, where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trend: Option<Trend>,
}

impl Check {
    /// The resources that do not pass, as far as they were read.
    pub fn listed(&self) -> impl Iterator<Item = &Resource> {
        self.resources.iter().chain(&self.rest).filter(|resource| resource.verdict != Some(Verdict::Pass))
    }
}

impl Report {
    /// The evaluated control with this id.
    pub fn control(&self, id: &str) -> Option<&Control> {
        self.controls.iter().find(|control| control.id == id)
    }

    /// The check with this name.
    pub fn check(&self, name: &str) -> Option<&Check> {
        self.checks.iter().find(|check| check.name == name)
    }

    /// The labels of the controls that a check is behind, as far as they were evaluated.
    pub fn labels(&self, check: &Check) -> impl Iterator<Item = &String> {
        check.controls.iter().filter_map(|id| self.control(id)).map(|control| &control.label)
    }

    /// The category with this id.
    pub fn category(&self, id: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == id)
    }
}

/// Headline numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Controls that can be met or missed on their own.
    pub controls: u64,
    /// Those of them that were evaluated.
    pub evaluated: u64,
    /// Those that need attention: neither satisfied nor waived.
    pub open: u64,
    /// Evaluated controls by state.
    pub states: StateCounts,
    /// Controls that are satisfied because a mapping carries it from another catalog.
    pub carried_satisfied: u64,
    /// Controls that fail because a mapping carries it from another catalog.
    pub carried_fail: u64,
    /// Controls that need attention, by severity.
    pub severities: BTreeMap<Severity, u64>,
    /// Checks.
    pub checks: u64,
    /// Checks with at least one verdict that is neither pass nor waived.
    pub open_checks: u64,
    /// Verdicts.
    pub verdicts: VerdictCounts,
    /// All verdicts together.
    pub judged: u64,
}

/// A group of the catalog with the states of its controls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Category {
    /// The group's id.
    pub id: String,
    /// The printed id.
    pub label: String,
    /// The group's title.
    pub title: String,
    /// Controls that can be met or missed on their own.
    pub total: u64,
    /// Those that were evaluated.
    pub evaluated: u64,
    /// Evaluated controls by state.
    pub states: StateCounts,
}

impl Category {
    /// How many of its controls failed, are not settled, waived, satisfied and not evaluated.
    pub fn counts(&self) -> [u64; 5] {
        let count = |state: ControlState| self.states.get(&state).copied().unwrap_or_default();
        let (failed, waived) = (count(ControlState::Fail), count(ControlState::Waived));
        let satisfied = count(ControlState::Satisfied);
        let unsettled = self.evaluated - satisfied - failed - waived;
        [failed, unsettled, waived, satisfied, self.total - self.evaluated]
    }
}

/// A control that was evaluated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Control {
    /// The control's id.
    pub id: String,
    /// The printed id.
    pub label: String,
    /// The title.
    pub title: String,
    /// Id of the category.
    pub category: String,
    /// Printed id and title of the control it is a part of.
    pub parent: Option<String>,
    /// The statement, item by item.
    pub statement: Vec<Prose>,
    /// Whether the catalog holds no text beyond titles.
    pub title_only: bool,
    /// The outcome: the worst of the findings.
    pub state: ControlState,
    /// Severity of what is open.
    pub severity: Option<Severity>,
    /// The findings.
    pub findings: Vec<Finding>,
    /// Names of the checks behind them, worst first.
    pub checks: Vec<String>,
    /// Procedures that it asks people for.
    pub procedures: Vec<Procedure>,
    /// UUIDs of the observations that attest it.
    pub attestations: Vec<String>,
    /// UUIDs of its risks.
    pub risks: Vec<String>,
    /// Whether it has its state from another catalog, and not by its own checks and statements.
    pub is_carried: bool,
    /// UUIDs of what mappings carry to it from other catalogs.
    pub carried: Vec<String>,
    /// UUIDs of what other catalogs say beside it, which does not count.
    pub shown: Vec<String>,
}

/// A result of another assessment, and what a mapping makes of it here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Carried {
    /// UUID of the observation.
    pub uuid: String,
    /// The controls of the other catalog, and the assessment.
    pub title: String,
    /// The other assessment.
    pub from: String,
    /// Title of its catalog.
    pub catalog: String,
    /// Title of the mapping collection.
    pub mapping: String,
    /// What the map says of source and target, such as `equal-to`.
    pub relationship: String,
    /// Whether the other catalog is the `source` or the `target` of the map.
    pub giving_side: String,
    /// What carries; none where it is only shown.
    pub state: Option<ControlState>,
    /// Why nothing carries.
    pub reason: Option<String>,
    /// Ids of the controls it carries to.
    pub to: Vec<String>,
    /// Ids of the controls that the map is about here.
    pub controls: Vec<String>,
    /// What was found for the controls of the other catalog.
    pub given: Vec<Given>,
    /// The first of them that was evaluated.
    pub see: Option<String>,
    /// The report of the other assessment, from the folder of the results.
    pub report: Option<String>,
    /// What the map says for itself.
    pub remarks: Option<String>,
}

/// What was found for a control of another catalog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Given {
    /// The control's id.
    pub id: String,
    /// Printed id and title.
    pub name: String,
    /// The outcome; none where it was not evaluated.
    pub state: Option<ControlState>,
}

/// A procedure that a control asks people for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Procedure {
    /// The procedure's id.
    pub id: String,
    /// What is to be done, as the assessment plan says it.
    pub description: Option<String>,
}

/// An item of a control's statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Prose {
    /// Depth of nesting, from 0.
    pub depth: usize,
    /// The printed id of the item.
    pub label: Option<String>,
    /// The text, parameters filled in.
    pub text: String,
}

/// A finding on a control.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// UUID in the document.
    pub uuid: String,
    /// The title.
    pub title: String,
    /// The description.
    pub description: String,
    /// The description without its lines on checks, which the control lists with more detail.
    pub summary: String,
    /// The statement or objective it is about.
    pub target: String,
    /// The outcome.
    pub state: ControlState,
    /// OSCAL's own status with its reason, such as `not-satisfied (fail)`.
    pub status: String,
}

/// A check with what it found. Observations of other tools appear as checks too: without counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// The name, unique in the report.
    pub name: String,
    /// What holds where it passes.
    pub title: String,
    /// Why it matters and what is looked at.
    pub description: String,
    /// The metric it was compiled from.
    pub metric: Option<String>,
    /// Category of the metric.
    pub category: Option<String>,
    /// How bad a fail is.
    pub severity: Option<Severity>,
    /// The ontology path that is compared.
    pub property: Option<String>,
    /// How it is compared.
    pub operator: Option<String>,
    /// The target value as written, one text per list element.
    pub expected: Vec<String>,
    /// Who set the target value, in words; empty where it is the metric's own.
    pub expected_from: Vec<String>,
    /// Methods of the observations (`TEST`, `EXAMINE`, `INTERVIEW`).
    pub methods: Vec<String>,
    /// The worst verdict; none for observations without one, and where there was no subject.
    pub worst: Option<Verdict>,
    /// Whether no resource was there that it applies to.
    pub no_subject: bool,
    /// Verdicts by outcome.
    pub counts: VerdictCounts,
    /// All verdicts together.
    pub total: u64,
    /// Verdicts that are neither pass nor waived.
    pub open: u64,
    /// Ids of the controls that rest on it.
    pub controls: Vec<String>,
    /// Resources that do not pass, worst first, up to a limit.
    pub resources: Vec<Resource>,
    /// Those after them, up to another limit; their evidence lines are not read.
    #[serde(skip)]
    pub rest: Vec<Resource>,
    /// How many more there are.
    pub omitted: u64,
    /// The rule.
    pub rego: Option<Rego>,
    /// When the oldest evidence was collected.
    pub collected: Option<String>,
    /// Until when the evidence is recent enough.
    pub expires: Option<String>,
    /// What the observations add.
    pub remarks: Vec<String>,
}

/// A resource that a check was applied to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Resource {
    /// Its unique id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its type in the ontology.
    pub r#type: String,
    /// The account, cluster or folder it belongs to.
    pub scope: Option<String>,
    /// The outcome; none where the observation names none.
    pub verdict: Option<Verdict>,
    /// What was expected and found.
    pub results: Vec<Measurement>,
    /// Why the outcome is unknown or error.
    pub reason: Option<String>,
    /// Properties that were not collected.
    pub missing: Vec<String>,
    /// The evidence line.
    pub evidence: Option<Evidence>,
    /// UUID of the risk in the report that accepts the fail.
    pub waiver: Option<String>,
}

impl Resource {
    /// The comparison that decides: the first that does not hold, else the first.
    pub fn measured(&self) -> Option<&Measurement> {
        self.results.iter().find(|result| !result.success).or(self.results.first())
    }

    /// Why the outcome is unknown or error, else what the metric says about the value.
    pub fn why(&self) -> Option<&str> {
        let message = self.measured().and_then(|measured| measured.message.as_deref());
        self.reason.as_deref().or(message)
    }
}

/// One comparison of a property.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Measurement {
    /// The ontology path.
    pub property: String,
    /// How it was compared.
    pub operator: Option<String>,
    /// The target value.
    pub expected: Option<String>,
    /// The value in the evidence.
    pub found: String,
    /// Whether the comparison holds.
    pub success: bool,
    /// What the metric says about it.
    pub message: Option<String>,
}

/// A line of an evidence set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The evidence file.
    pub source: String,
    /// The line in it, from 1.
    pub line: Option<u32>,
    /// SHA-256 of its canonical form, in hexadecimal.
    pub digest: String,
    /// When it was collected.
    pub collected: Option<String>,
    /// The line, indented; empty where it is not at hand.
    pub excerpt: Vec<ExcerptLine>,
    /// Why the line is not shown.
    pub note: Option<String>,
}

/// A line of an excerpt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExcerptLine {
    /// Its number in the file; none where lines were left out, or where they are not the file's own.
    pub number: Option<u32>,
    /// The text.
    pub text: String,
    /// Whether it is what the check is about.
    pub marked: bool,
    /// Whether it stands beside such a line; printed reports leave the others out.
    pub near: bool,
}

/// The Rego module of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rego {
    /// The file.
    pub file: String,
    /// Line of the first `compliant` rule, from 1.
    pub line: Option<u32>,
    /// The text.
    pub lines: Vec<ExcerptLine>,
}

/// An attested procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attestation {
    /// UUID of the observation or position of the statement.
    pub uuid: String,
    /// The title.
    pub title: String,
    /// What is attested.
    pub text: String,
    /// What it says of the controls: `met`, `not-met` or `not-applicable`.
    pub outcome: Option<String>,
    /// The procedure that it answers.
    pub procedure: Option<String>,
    /// Ids of the controls.
    pub controls: Vec<String>,
    /// Methods of the observation.
    pub methods: Vec<String>,
    /// Who attested.
    pub by: Vec<String>,
    /// When.
    pub on: Option<String>,
    /// Until when it is valid.
    pub valid_until: Option<String>,
    /// Whether that is over at `as_of`.
    pub expired: bool,
    /// Who approved it.
    pub approved_by: Vec<String>,
    /// Why it does not count.
    pub doubts: Vec<String>,
}

impl Attestation {
    /// The state of a statement and its name; `good` is the name where it counts.
    pub(crate) fn standing(&self, good: &'static str) -> (&'static str, &'static str) {
        match (self.expired, self.doubts.is_empty()) {
            (true, _) => ("expired", "Expired"),
            (false, false) => ("unknown", "Does not count"),
            (false, true) => ("satisfied", good),
        }
    }
}

/// A risk, open or accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Risk {
    /// UUID in the document.
    pub uuid: String,
    /// The title.
    pub title: String,
    /// The description.
    pub description: String,
    /// The statement.
    pub statement: String,
    /// OSCAL's status, such as `open`.
    pub status: String,
    /// Whether it is accepted (`deviation-approved`): a waiver.
    pub accepted: bool,
    /// The check that it is about.
    pub check: Option<String>,
    /// UUID of the waiver in the system's own plan of action and milestones.
    pub waiver: Option<String>,
    /// Severity.
    pub severity: Option<Severity>,
    /// Until when it is accepted, or has to be mended.
    pub deadline: Option<String>,
    /// Who accepted it.
    pub by: Vec<String>,
}

impl Risk {
    /// The name of its status for people.
    pub fn status_name(&self) -> &str {
        match self.status.as_str() {
            _ if self.accepted => "Accepted",
            "open" => "Open",
            "investigating" => "Investigating",
            "remediating" => "Remediating",
            "deviation-requested" => "Deviation requested",
            "deviation-approved" => "Deviation approved",
            "closed" => "Closed",
            other => other,
        }
    }
}

/// A control of the catalog that nothing was evaluated for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotEvaluated {
    /// The control's id.
    pub id: String,
    /// The printed id.
    pub label: String,
    /// The title.
    pub title: String,
    /// Id of the category.
    pub category: String,
    /// UUIDs of what other catalogs say beside it.
    pub shown: Vec<String>,
}

/// How a linked file compares with what was assessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceState {
    /// The digest is the recorded one.
    Verified,
    /// No digest is recorded.
    Unchecked,
    /// The digest differs.
    Changed,
    /// The file cannot be read.
    Missing,
}

/// A linked file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Prop `kind` of the back-matter resource.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Path or href of the file.
    pub file: String,
    /// The recorded SHA-256, in hexadecimal.
    pub digest: Option<String>,
    /// How the file compares with it.
    pub state: SourceState,
    /// What an evidence set says about itself.
    pub set: Option<EvidenceSet>,
}

/// What an evidence set says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct EvidenceSet {
    /// Name and version of the collector.
    pub collector: String,
    /// What it looked at.
    pub scope: String,
    /// Resources in it; none where the file is not at hand.
    pub resources: Option<u64>,
    /// Whether it has an end, and every service was read completely.
    pub complete: bool,
    /// Services that were not read completely, with their state.
    pub incomplete: Vec<String>,
    /// What could not be read, and why.
    pub problems: Vec<String>,
}

/// Something about the report itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The code of the finding.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
}
