//! Reading assessment results and everything they link to.

use std::collections::BTreeMap;

use probity_diagnostics::{
    Diagnostic, Diagnostics, FileError, FileTree, Location, Severity as Grade, Step, TreePath,
};
use probity_oscal::model::assessment::Observation;
use probity_oscal::model::assessment_results::{AssessmentResults, Result as OscalResult};
use probity_oscal::model::catalog::Catalog;

use super::LoadOptions;
use super::carried;
use super::catalog::CatalogIndex;
use super::checks::{self, Checks, Limits};
use super::controls::{self, Parts};
use super::document;
use super::links::{self, Link};
use super::markup;
use super::plan::{self, Plan};
use super::proof;
use super::props::{owned, prop};
use super::report::{Check, Control, EvidenceSet, Problem, Report, Risk, Source, Totals, VerdictCounts};
use super::statements::{self, People};
use super::verdicts::{self, VerdictTable};
use super::words::{ControlState, Severity, Verdict};
use crate::codes;

/// What is followed where nothing is proved.
const BARE: &[&str] = &["resolved-catalog", "verdicts"];

/// As [`Report::load`], with other limits.
pub(super) fn load(tree: &dyn FileTree, results: &TreePath, options: &LoadOptions) -> Step<Report> {
    let mut found = Diagnostics::new();
    let mut document = document::results(tree, results)?;
    let mut result = document::pick(std::mem::take(&mut document.results), results, &mut found)?;
    let needed =
        document.back_matter.as_ref().filter(|_| !options.proof).map(|all| links::of_kinds(all, BARE));
    let followed = needed.as_ref().or(document.back_matter.as_ref());
    let links = links::follow(tree, results, followed, &mut found);
    let catalog = catalog(tree, &links, &mut found);
    let limits = Limits::of(&result.observations, options);
    let table = verdict_table(tree, &links, &limits, options, &mut found);
    let tool = table.tool.clone();
    if !tells_all(&table, &result) {
        document::add_subjects(tree, results, &mut result)?;
    }
    let inventory = result.local_definitions.iter().flat_map(|local| &local.inventory_items);
    let inventory = inventory.map(|item| (item.uuid.as_str(), item)).collect();
    let plan = plan::read(tree, results, &document.import_ap.href);
    let mut joined = checks::join(&result.observations, &inventory, table, &plan, &limits, options);
    let mut sets = BTreeMap::new();
    if options.proof {
        sets = proof::show_evidence(tree, &links, &mut joined.checks, &mut found);
        proof::show_rego(tree, &links, &mut joined.checks);
    }
    let mut report = assemble(&document, &result, &catalog, &plan, joined);
    report.tool = tool;
    report.file = results.to_string();
    report.digest = tree.digest(results).map_err(Diagnostic::from)?.to_string();
    report.sources = sources(&links, sets);
    report.problems = problems(&found);
    found.unless_errors(report)
}

/// Whether the verdict file tells of every check that was observed.
fn tells_all(table: &VerdictTable, result: &OscalResult) -> bool {
    let others = |o: &&Observation| !statements::is_attestation(o) && !carried::is_carried(o);
    let of_checks = result.observations.iter().filter(others);
    let mut names = of_checks.map(|observation| prop(&observation.props, "check"));
    names.all(|name| name.is_some_and(|name| table.checks.contains_key(name)))
}

pub(super) fn of_kind<'a>(links: &'a [Link], kind: &'a str) -> impl Iterator<Item = &'a Link> {
    links.iter().filter(move |link| link.kind == kind)
}

fn catalog(tree: &dyn FileTree, links: &[Link], found: &mut Diagnostics) -> CatalogIndex {
    // A changed catalog still gives titles; what was found does not depend on it.
    let path = of_kind(links, "resolved-catalog").find_map(|link| link.path.as_ref());
    let Some(path) = path.filter(|path| tree.is_file(path)) else { return CatalogIndex::default() };
    match document::read::<Catalog>(tree, path, "catalog") {
        Ok(catalog) => CatalogIndex::new(&catalog),
        Err(problems) => {
            let warnings =
                problems.into_iter().map(|problem| Diagnostic { severity: Grade::Warning, ..problem });
            found.extend(warnings);
            CatalogIndex::default()
        }
    }
}

fn verdict_table(
    tree: &dyn FileTree,
    links: &[Link],
    limits: &Limits,
    options: &LoadOptions,
    found: &mut Diagnostics,
) -> VerdictTable {
    let Some(path) = of_kind(links, "verdicts").find_map(Link::usable) else {
        return VerdictTable::default();
    };
    let table = verdicts::read(tree, path, limits.kept(), options.focus.as_deref(), found);
    table.unwrap_or_else(|error| {
        found.push(unreadable(&error));
        VerdictTable::default()
    })
}

pub(super) fn unreadable(error: &FileError) -> Diagnostic {
    Diagnostic::warning(&codes::SOURCE_MISSING, error.to_string()).at(Location::file(&error.path))
}

fn assemble(
    document: &AssessmentResults,
    result: &OscalResult,
    catalog: &CatalogIndex,
    plan: &Plan,
    joined: Checks,
) -> Report {
    let people = People::of(&document.metadata);
    let as_of = owned(&result.props, "as-of");
    let attestations = statements::attestations(result, &people, as_of.as_deref());
    let resources = document.back_matter.as_ref().map(|back| back.resources.as_slice());
    let carried = carried::carried(&result.observations, resources.unwrap_or_default());
    let Checks { mut checks, by_observation } = joined;
    let parts = Parts {
        result,
        catalog,
        checks: &checks,
        plan,
        by_observation: &by_observation,
        attestations: &attestations,
        carried: &carried,
    };
    let controls = controls::evaluated(&parts);
    let not_evaluated = controls::not_evaluated(&parts, &controls);
    for check in &mut checks {
        let rests = controls.iter().filter(|control| control.checks.contains(&check.name));
        check.controls = rests.map(|control| control.id.clone()).collect();
    }
    let risks: Vec<Risk> = result.risks.iter().map(|risk| statements::risk(risk, &people)).collect();
    link_waivers(&mut checks, &risks);
    Report {
        title: markup::line(&result.title),
        description: result.description.clone(),
        assessment: owned(&result.props, "assessment"),
        profile: owned(&result.props, "profile"),
        catalog: catalog.title.clone(),
        as_of,
        start: result.start.clone(),
        end: result.end.clone(),
        tool: None,
        file: String::new(),
        digest: String::new(),
        totals: totals(&controls, &checks, not_evaluated.len()),
        categories: controls::categories(catalog, &controls, &not_evaluated),
        risks,
        controls,
        checks,
        attestations,
        carried,
        not_evaluated,
        sources: Vec::new(),
        problems: Vec::new(),
        certificates: Vec::new(),
        trend: None,
    }
}

/// Points each waived resource to the risk of the results that accepts it: verdicts name the waiver itself.
fn link_waivers(checks: &mut [Check], risks: &[Risk]) {
    for check in checks {
        let of_check = |risk: &&Risk| risk.accepted && risk.check.as_ref() == Some(&check.name);
        let of_check: Vec<&Risk> = risks.iter().filter(of_check).collect();
        for resource in check.resources.iter_mut().chain(&mut check.rest) {
            let waiver = resource.waiver.take();
            let risk =
                of_check.iter().find(|risk| risk.waiver == waiver || waiver.as_ref() == Some(&risk.uuid));
            resource.waiver = risk.filter(|_| waiver.is_some()).map(|risk| risk.uuid.clone());
        }
    }
}

fn totals(controls: &[Control], checks: &[Check], not_evaluated: usize) -> Totals {
    let open: Vec<&Control> = controls.iter().filter(|control| control.state.is_open()).collect();
    let with = |severity| open.iter().filter(|control| control.severity == Some(severity)).count();
    let carried = |state| number(controls.iter().filter(|c| c.is_carried && c.state == state).count());
    let mut verdicts: VerdictCounts = Verdict::ALL.into_iter().map(|verdict| (verdict, 0)).collect();
    for (verdict, count) in checks.iter().flat_map(|check| &check.counts) {
        *verdicts.entry(*verdict).or_default() += count;
    }
    Totals {
        controls: number(controls.len() + not_evaluated),
        evaluated: number(controls.len()),
        open: number(open.len()),
        states: controls::count_states(controls),
        carried_satisfied: carried(ControlState::Satisfied),
        carried_fail: carried(ControlState::Fail),
        severities: Severity::ALL.into_iter().map(|severity| (severity, number(with(severity)))).collect(),
        checks: number(checks.len()),
        open_checks: number(checks.iter().filter(|check| check.open > 0).count()),
        judged: verdicts.values().sum(),
        verdicts,
    }
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn sources(links: &[Link], mut sets: BTreeMap<String, EvidenceSet>) -> Vec<Source> {
    let source = |link: &Link| Source {
        kind: link.kind.clone(),
        title: link.title.clone(),
        file: link.file(),
        digest: link.digest.clone(),
        state: link.state,
        set: merged(sets.remove(&link.href), link.set.as_ref()),
    };
    links.iter().map(source).collect()
}

/// What a set says, with what the assessment noted of it: that counts where the two differ.
fn merged(read: Option<EvidenceSet>, noted: Option<&EvidenceSet>) -> Option<EvidenceSet> {
    let complete = noted.map(|noted| noted.complete);
    let set = read.or_else(|| noted.cloned())?;
    Some(EvidenceSet { complete: complete.unwrap_or(set.complete), ..set })
}

fn problems(found: &Diagnostics) -> Vec<Problem> {
    let problem = |d: &Diagnostic| Problem { code: d.code.id, message: d.message.clone() };
    found.iter().filter(|d| d.severity != Grade::Note).map(problem).collect()
}
