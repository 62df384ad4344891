//! The review of a change: both sides are resolved, compiled and judged over the same evidence, and what comes out
//! differently is told.
//!
//! Of the head only its OSCAL documents, its Rego and its manifests count. What decides how it is judged (the gate and the
//! suppressions) is the base's, so that a change cannot wave itself through.

mod changes;
mod compare;
mod controls;
mod evidence;
mod gate;
mod lines;
mod touched;

use std::collections::BTreeMap;

use jiff::Timestamp;
use probity_diagnostics::render::Sources;
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Severity, Step};
use probity_generators::review::{
    Assessment, CheckChange, Kind, Lint, Place, Review, Revision, Rule, Status,
};

use crate::attest::Scrutiny;
use crate::config::{FailOn, LoadedConfig};
use crate::outcomes::{Outcomes, Side, outcomes};
use crate::suppress::Suppressions;
use crate::workspace::Workspace;
use compare::Pair;
pub use evidence::{Artifact, passed_over};
use touched::Touched;

/// What is reviewed, and how.
pub struct Request<'a> {
    /// The project before the change, and its settings.
    pub base: (&'a Workspace, &'a LoadedConfig),
    /// The project after it, and its settings.
    pub head: (&'a Workspace, &'a LoadedConfig),
    /// What the sides are called.
    pub names: [Revision; 2],
    /// The evidence that both are judged by.
    pub evidence: &'a dyn FileTree,
    /// Where it comes from, in words.
    pub evidence_from: String,
    /// The instant of judgement.
    pub as_of: Timestamp,
    /// Threads; as many as there are processors if none is given.
    pub threads: Option<usize>,
    /// Names of the assessments; all of them if empty.
    pub only: &'a [String],
    /// What closes the gate.
    pub rules: &'a [Rule],
    /// What a reader has to know besides, in sentences.
    pub notes: Vec<String>,
}

/// A review, with what else is to be told.
pub struct Reviewed {
    /// The review.
    pub review: Review,
    /// What is wrong in the lines that the change touches, and what these lines bring about.
    pub findings: Diagnostics,
    /// Whether an assessment of the head cannot be made.
    pub failed: bool,
    /// Whether the head is incomplete where the base was not.
    pub incomplete: bool,
}

/// Reviews a change.
///
/// # Errors
/// The ontology or a manifest of a side cannot be read, so that nothing can be judged. What is wrong with single
/// assessments stands in the review.
pub fn review(request: &Request<'_>) -> Result<Reviewed, Diagnostics> {
    let judge = |(workspace, loaded): (&Workspace, &LoadedConfig)| -> Step<BTreeMap<String, Step<Outcomes>>> {
        // whose keys count, and whether two pairs of eyes are asked for, is the base's to say
        let (base, rules) = request.base;
        let commit = workspace.commit.as_deref();
        let scrutiny = &Scrutiny::of(rules, &workspace.root, commit, base.commit.as_deref());
        outcomes(
            Side {
                tree: workspace.tree.as_ref(),
                evidence: request.evidence,
                loaded,
                as_of: request.as_of,
                threads: request.threads,
                scrutiny,
            },
            request.only,
        )
    };
    let mut findings = Diagnostics::new();
    let base = findings.absorb(judge(request.base));
    let head = findings.absorb(judge(request.head));
    let (Some(base), Some(head)) = (base, head) else { return Err(findings) };
    let touched = Touched::between(request.base.0, request.head.0);
    let mut said = Diagnostics::new();
    let mut told = Vec::new();
    let mut unchanged = 0;
    for (name, gate) in order(request) {
        let (before, after) = (base.get(&name), head.get(&name));
        said.extend(warnings(after));
        match one(&name, before, after, &touched, request.head.0) {
            Some(assessment) => told.push((assessment, gate)),
            None => unchanged += 1,
        }
    }
    let mut accepted = Suppressions::of(request.base.1, request.as_of);
    let lint = touched.findings(request.head.0, &mut accepted, said);
    let incomplete = told.iter().any(|(one, _)| is_newly_incomplete(&base, &head, &one.name));
    let failed = told.iter().any(|(one, _)| matches!(one.status, Status::Broken | Status::StillBroken));
    let gate = gate::gate(request.rules, &told);
    let assessments: Vec<Assessment> = told.into_iter().map(|(one, _)| one).collect();
    let tree = request.head.0.tree.as_ref();
    let shown = lints(&lint, tree);
    let mut findings = lint;
    findings.extend(consequences(&assessments));
    let [base, head] = request.names.clone();
    let review = Review {
        base,
        head,
        as_of: request.as_of.to_string(),
        evidence: request.evidence_from.clone(),
        gate,
        assessments,
        unchanged,
        lint: shown,
        notes: request.notes.clone(),
    };
    Ok(Reviewed { review, findings, failed, incomplete })
}

/// The names of the assessments, those of the head first, each with the gate of the base.
fn order(request: &Request<'_>) -> Vec<(String, FailOn)> {
    let wanted = |name: &str| request.only.is_empty() || request.only.iter().any(|one| one == name);
    let (base, head) = (&request.base.1.config.assessments, &request.head.1.config.assessments);
    let is_new = |name: &str| !head.iter().any(|one| one.name == name);
    let all = head.iter().chain(base.iter().filter(|one| is_new(&one.name)));
    all.filter(|one| wanted(&one.name))
        .map(|one| {
            let gate = base.iter().find(|base| base.name == one.name).unwrap_or(one).gate.fail_on;
            (one.name.clone(), gate)
        })
        .collect()
}

/// What became of one assessment.
fn one(
    name: &str,
    before: Option<&Step<Outcomes>>,
    after: Option<&Step<Outcomes>>,
    touched: &Touched,
    head: &Workspace,
) -> Option<Assessment> {
    let status = match (before, after) {
        (None | Some(Ok(_)), Some(Err(_))) => Status::Broken,
        (None, _) => Status::Added,
        (_, None) => Status::Removed,
        (Some(Err(_)), Some(Ok(_))) => Status::Mended,
        (Some(Err(_)), Some(Err(_))) => Status::StillBroken,
        (Some(Ok(_)), Some(Ok(_))) => Status::Kept,
    };
    // nothing is said to be lost where nobody knows what there is
    let pair = match after {
        Some(Err(_)) => Pair { base: None, head: None },
        _ => Pair { base: made(before), head: made(after) },
    };
    let mut assessment = compare::assessment(name, status, pair)?;
    if let Some(Err(errors)) = after {
        let errors = errors.iter().filter(|finding| finding.severity == Severity::Error);
        assessment.problems = errors.map(|finding| finding.message.clone()).collect();
    }
    if let Some(side) = made(after) {
        for change in &mut assessment.checks {
            let check = side.compiled.checks.iter().find(|check| check.name.as_str() == change.name);
            change.places = check.map(|check| touched.causes(change, check, head, side)).unwrap_or_default();
        }
    }
    Some(assessment)
}

fn made(side: Option<&Step<Outcomes>>) -> Option<&Outcomes> {
    side?.as_ref().ok().map(|made| &made.value)
}

/// What was found on the way to the outcomes of a side.
fn warnings(side: Option<&Step<Outcomes>>) -> Diagnostics {
    match side {
        Some(Ok(made)) => made.warnings.clone(),
        Some(Err(errors)) => errors.clone(),
        None => Diagnostics::new(),
    }
}

type All = BTreeMap<String, Step<Outcomes>>;

/// Whether an assessment is incomplete in the head, and was not in the base.
fn is_newly_incomplete(base: &All, head: &All, name: &str) -> bool {
    let is = |side: &All| made(side.get(name)).is_some_and(|outcomes| outcomes.incomplete);
    is(head) && !is(base)
}

/// Findings as data, with their lines.
fn lints(findings: &Diagnostics, tree: &dyn FileTree) -> Vec<Lint> {
    let sources = Sources::locating(tree, probity_oscal::locate_all);
    sources.look_up(findings.iter());
    let lint = |finding: &Diagnostic| {
        let location = &finding.primary.as_ref()?.location;
        Some(Lint {
            code: finding.rule_id().to_owned(),
            severity: finding.severity.to_string(),
            message: finding.message.clone(),
            help: finding.helps.clone(),
            place: Place {
                file: location.file.to_string(),
                line: sources.region(location).map(|region| touched::number(region.start.line)),
            },
        })
    };
    findings.iter().filter_map(lint).collect()
}

/// A finding for each line by which something comes out worse.
fn consequences(assessments: &[Assessment]) -> Diagnostics {
    let changes = assessments.iter().flat_map(|one| one.checks.iter().map(move |change| (one, change)));
    changes.flat_map(|(assessment, change)| consequence(assessment, change)).collect()
}

fn consequence(assessment: &Assessment, change: &CheckChange) -> Vec<Diagnostic> {
    let bad = |kind: Kind| kind <= Kind::NewFail;
    let resources: Vec<String> = change
        .tally()
        .into_iter()
        .filter(|(kind, _)| bad(*kind))
        .map(|(kind, count)| format!("{count} {}", kind.name()))
        .collect();
    let controls: Vec<&str> = assessment
        .findings
        .iter()
        .filter(|flip| bad(flip.kind) && flip.checks.contains(&change.name))
        .map(|flip| flip.control.as_str())
        .collect();
    if resources.is_empty() && controls.is_empty() {
        return Vec::new();
    }
    let of = if resources.is_empty() { "no resource flips".to_owned() } else { resources.join(", ") };
    let message = format!("`{}` in `{}`: {of}", change.name, assessment.name);
    let help = match controls.as_slice() {
        [] => "no control comes out worse by it".to_owned(),
        some if some.len() > 10 => format!("{} controls come out worse by it", some.len()),
        some => format!("controls that come out worse by it: {}", some.join(", ")),
    };
    let at = |place: &Place| touched::consequence(place, message.clone(), help.clone());
    change.places.iter().filter_map(at).collect()
}
