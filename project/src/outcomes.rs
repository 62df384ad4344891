//! What the assessments of a project come to, in memory: for those who compare
//! states of a project, and write no documents.

use std::collections::BTreeMap;

use jiff::Timestamp;
use probity_assessment::attest::Attestations;
use probity_assessment::carry::{Given, apply, bring};
use probity_assessment::compile::Compiled;
use probity_assessment::rollup::{Rollup, roll_up};
use probity_assessment::verdict::{AssessInput, Verdicts, assess};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, MemoryTree, Step, TreePath, Warned};
use probity_evidence::Ontology;

use crate::attest::Scrutiny;
use crate::build::{Found, collect};
use crate::carry;
use crate::codes;
use crate::config::{FailOn, LoadedConfig};
use crate::job::{Job, is_incomplete};
use crate::steps::{self, Resolved};
use crate::workspace::Layers;

/// A state of a project: its documents, and the evidence that it is judged by.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// Where documents are read from.
    pub tree: &'a dyn FileTree,
    /// Where evidence sets are read from.
    pub evidence: &'a dyn FileTree,
    /// The settings.
    pub loaded: &'a LoadedConfig,
    /// The instant of judgement.
    pub as_of: Timestamp,
    /// Threads; as many as there are processors if none is given.
    pub threads: Option<usize>,
    /// How statements of people are looked at.
    pub scrutiny: &'a Scrutiny,
}

/// What one assessment comes to.
#[derive(Debug, Clone)]
pub struct Outcomes {
    /// The catalog, and the files behind it.
    pub resolved: Resolved,
    /// The checks.
    pub compiled: Compiled,
    /// What people state.
    pub attestations: Attestations,
    /// The names of the assessments that results are carried from.
    pub carried_from: Vec<String>,
    /// All verdicts.
    pub verdicts: Verdicts,
    /// The state of each control, with what other assessments carry to it.
    pub rollup: Rollup,
    /// The severity that closes its gate.
    pub gate: FailOn,
    /// Whether a source or service, or every run of a check, failed.
    pub incomplete: bool,
}

/// What the assessments of that name come to, or all of them where none is
/// named. One that cannot be made does not keep the others from it.
///
/// # Errors
/// A manifest cannot be read, or the ontology is broken.
pub fn outcomes(side: Side<'_>, only: &[String]) -> Step<BTreeMap<String, Step<Outcomes>>> {
    let mut findings = Diagnostics::new();
    let wanted = |name: &str| only.is_empty() || only.iter().any(|one| one == name);
    let all = &side.loaded.config.assessments;
    let giving: Vec<&str> = all
        .iter()
        .filter(|one| wanted(&one.name))
        .flat_map(|one| one.carry.iter().map(|carry| carry.from.as_str()))
        .collect();
    let Some(ontology) = findings.absorb(steps::ontology(side.tree)) else { return Err(findings) };
    let Some(manifests) = findings.absorb(manifests(side)) else { return Err(findings) };
    let evidence = Layers::new([&manifests as &dyn FileTree, side.evidence]);
    let side = Side { evidence: &evidence, ..side };
    let found = Found { loaded: side.loaded, dry_run: false, scrutiny: side.scrutiny };
    let href = |path: &TreePath| path.to_string();
    let mut given = BTreeMap::new();
    let mut made = BTreeMap::new();
    for (index, assessment) in all.iter().enumerate() {
        let gives = giving.contains(&assessment.name.as_str());
        if !gives && !wanted(&assessment.name) {
            continue;
        }
        let job = found.job(index, assessment, side.tree, side.evidence, TreePath::root(), &href);
        let own = job.and_then(|job| Ok((own(side, &job, &ontology)?, job)));
        if let (true, Ok((own, _))) = (gives, &own) {
            given.insert(assessment.name.as_str(), Given::of(&own.value.rollup, side.as_of));
        }
        if wanted(&assessment.name) {
            made.insert(assessment.name.clone(), own);
        }
    }
    let received = |own: Own<'_>| own.and_then(|(own, job)| receive(&job, own, &given));
    findings.unless_errors(made.into_iter().map(|(name, own)| (name, received(own))).collect())
}

/// What an assessment comes to by itself, and what it was made of.
type Own<'a> = Result<(Warned<Outcomes>, Job<'a>), Diagnostics>;

/// Resolves, compiles and judges an assessment, without what others carry to it.
fn own(side: Side<'_>, job: &Job<'_>, ontology: &Ontology) -> Step<Outcomes> {
    let mut findings = Diagnostics::new();
    let Some(resolved) = findings.absorb(job.resolve()) else { return Err(findings) };
    let Some(compiled) = findings.absorb(job.compile(&resolved, ontology)) else { return Err(findings) };
    let attestations = findings.absorb(job.read_statements(&compiled));
    let risks = findings.absorb(job.read_risks());
    let (Some(attestations), Some(risks)) = (attestations, risks) else { return Err(findings) };
    let assessed = assess(&AssessInput {
        assessment: job.name,
        compiled: &compiled,
        ontology,
        tree: job.evidence,
        sources: &job.sources,
        as_of: side.as_of,
        waivers: &risks.waivers(side.as_of),
        threads: side.threads,
        shelf: None,
        progress: &|_| {},
    });
    let incomplete = is_incomplete(&compiled, &assessed);
    findings.extend(assessed.findings);
    let verdicts = assessed.verdicts;
    let rolled = roll_up(&compiled, &verdicts, &attestations);
    findings.extend(rolled.warnings);
    let (rollup, gate) = (rolled.value, job.gate);
    let carried_from = job.giving.iter().map(|giving| giving.name.clone()).collect();
    let outcomes =
        Outcomes { resolved, compiled, attestations, carried_from, verdicts, rollup, gate, incomplete };
    findings.unless_errors(outcomes)
}

/// Puts to an assessment what others carry to it.
fn receive(job: &Job<'_>, own: Warned<Outcomes>, given: &BTreeMap<&str, Given>) -> Step<Outcomes> {
    let mut findings = own.warnings;
    let mut outcomes = own.value;
    if job.giving.is_empty() {
        return findings.unless_errors(outcomes);
    }
    let Some(maps) = findings.absorb(carry::maps(job, &outcomes.resolved)) else { return Err(findings) };
    let known = steps::control_ids(&outcomes.resolved.catalog);
    let mut brought = Vec::new();
    for (giving, maps) in job.giving.iter().zip(&maps) {
        let Some(results) = given.get(giving.name.as_str()) else {
            let message =
                format!("`{}` takes results from `{}`, which could not be made", job.name, giving.name);
            findings.push(Diagnostic::error(&codes::NOT_GIVEN, message));
            return Err(findings);
        };
        brought.extend(bring(maps, results, &known));
    }
    apply(&mut outcomes.rollup, &outcomes.compiled, &outcomes.resolved.catalog, &brought);
    findings.unless_errors(outcomes)
}

/// The evidence of sources that read manifests.
fn manifests(side: Side<'_>) -> Step<MemoryTree> {
    let mut findings = Diagnostics::new();
    let mut collected = MemoryTree::new();
    let root = side.loaded.file.parent();
    for source in side.loaded.config.sources.iter().filter(|source| source.collects()) {
        if let Some((path, bytes)) = findings.absorb(collect(side.tree, &root, source, side.as_of)) {
            collected.insert(path, bytes);
        }
    }
    findings.unless_errors(collected)
}
