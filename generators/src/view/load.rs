//! Reading assessment results and everything they link to.

use std::collections::{BTreeMap, BTreeSet};

use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{
    Diagnostic, Diagnostics, FileError, FileTree, Location, Pointer, Severity as Grade, Sha256Digest, Step,
    TreePath,
};
use probity_evidence::line_digest;
use probity_oscal::model::assessment_results::{AssessmentResults, Result as OscalResult};
use probity_oscal::model::catalog::Catalog;
use serde::de::DeserializeOwned;

use super::catalog::CatalogIndex;
use super::checks::{self, Checks};
use super::controls::{self, Parts};
use super::links::{self, Link};
use super::markup;
use super::plan::{self, Plan};
use super::props::owned;
use super::report::{
    Check, Control, Evidence, EvidenceSet, Problem, Rego, Report, Risk, Source, SourceState, Totals,
    VerdictCounts,
};
use super::sets::{self, SetContent};
use super::statements::{self, People};
use super::verdicts::{self, VerdictTable};
use super::words::{Severity, Verdict};
use super::{LoadOptions, excerpt};
use crate::codes;

/// Assessment results of large systems are large: each resource that does not pass stands in them.
const RESULTS: Limits = Limits { bytes: 1 << 30, depth: 128, values: 60_000_000 };
/// A Rego module of a metric is a page of text.
const REGO_BYTES: u64 = 1 << 20;

/// As [`Report::load`], with other limits.
pub(super) fn load(tree: &dyn FileTree, results: &TreePath, options: &LoadOptions) -> Step<Report> {
    let mut found = Diagnostics::new();
    let bytes = tree.read(results, RESULTS.bytes).map_err(Diagnostic::from)?;
    let document: AssessmentResults = model(&bytes, results, "assessment-results")?;
    let result = pick(&document, results, &mut found)?;
    let links = links::follow(tree, results, document.back_matter.as_ref(), &mut found);
    let catalog = catalog(tree, &links, &mut found);
    let table = verdict_table(tree, &links, options, &mut found);
    let tool = table.tool.clone();
    let inventory = result.local_definitions.iter().flat_map(|local| &local.inventory_items);
    let inventory = inventory.map(|item| (item.uuid.as_str(), item)).collect();
    let plan = plan::read(tree, results, &document.import_ap.href);
    let mut joined = checks::join(&result.observations, &inventory, table, &plan, options);
    let sets = show_evidence(tree, &links, &mut joined.checks, &mut found);
    show_rego(tree, &links, &mut joined.checks);
    let mut report = assemble(&document, result, &catalog, &plan, joined);
    report.tool = tool;
    report.file = results.to_string();
    report.digest = Sha256Digest::of(&bytes).to_string();
    report.sources = sources(&links, sets);
    report.problems = problems(&found);
    found.unless_errors(report)
}

/// The model under `key` of a document. Only its shape counts here: what else is wrong with it is for `validate`.
pub(super) fn model<T: DeserializeOwned>(bytes: &[u8], path: &TreePath, key: &str) -> Result<T, Diagnostics> {
    let format = Format::of(path).unwrap_or(Format::Json);
    let document = document::parse(bytes, path, format, RESULTS)?.value;
    let Some(model) = document.get(key) else {
        let message = format!("`{path}` is no document of the kind `{key}`");
        return Err(Diagnostic::error(&codes::WRONG_DOCUMENT, message).at(Location::file(path)).into());
    };
    T::deserialize(model).map_err(|error| {
        let problems = probity_oscal::validate(&document, path);
        if problems.has_errors() {
            return problems;
        }
        let message = format!("`{path}` does not have the shape of `{key}`: {error}");
        Diagnostic::error(&codes::WRONG_DOCUMENT, message).at(Location::file(path)).into()
    })
}

/// The result to report: the one that started last.
fn pick<'a>(
    document: &'a AssessmentResults,
    path: &TreePath,
    found: &mut Diagnostics,
) -> Result<&'a OscalResult, Diagnostics> {
    let list = Pointer::root().key("assessment-results").key("results");
    let latest = document.results.iter().max_by(|a, b| a.start.cmp(&b.start)).ok_or_else(|| {
        Diagnostic::error(&codes::NO_RESULT, format!("`{path}` holds no result"))
            .at(Location::value(path, &list))
    })?;
    if document.results.len() > 1 {
        let message = format!(
            "`{path}` holds {} results; the report shows the one that started last, \u{201c}{}\u{201d}",
            document.results.len(),
            latest.title
        );
        found.push(Diagnostic::warning(&codes::RESULTS_LEFT_OUT, message).at(Location::value(path, &list)));
    }
    Ok(latest)
}

fn of_kind<'a>(links: &'a [Link], kind: &'a str) -> impl Iterator<Item = &'a Link> {
    links.iter().filter(move |link| link.kind == kind)
}

fn catalog(tree: &dyn FileTree, links: &[Link], found: &mut Diagnostics) -> CatalogIndex {
    // A changed catalog still gives titles; what was found does not depend on it.
    let path = of_kind(links, "resolved-catalog").find_map(|link| link.path.as_ref());
    let Some(path) = path.filter(|path| tree.is_file(path)) else { return CatalogIndex::default() };
    let bytes = tree.read(path, RESULTS.bytes).map_err(|error| Diagnostics::from(Diagnostic::from(error)));
    match bytes.and_then(|bytes| model::<Catalog>(&bytes, path, "catalog")) {
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
    options: &LoadOptions,
    found: &mut Diagnostics,
) -> VerdictTable {
    let Some(path) = of_kind(links, "verdicts").find_map(Link::usable) else {
        return VerdictTable::default();
    };
    let table = verdicts::read(tree, path, options.details, options.focus.as_deref(), found);
    table.unwrap_or_else(|error| {
        found.push(unreadable(&error));
        VerdictTable::default()
    })
}

fn unreadable(error: &FileError) -> Diagnostic {
    Diagnostic::warning(&codes::SOURCE_MISSING, error.to_string()).at(Location::file(&error.path))
}

/// Puts the evidence lines into the resources, and says what the sets say about themselves, by position of the link.
fn show_evidence(
    tree: &dyn FileTree,
    links: &[Link],
    checks: &mut [Check],
    found: &mut Diagnostics,
) -> BTreeMap<String, EvidenceSet> {
    let mut described = BTreeMap::new();
    for link in of_kind(links, "evidence") {
        let Some(path) = link.path.as_ref().filter(|_| link.state != SourceState::Missing) else { continue };
        let mut wanted = BTreeSet::new();
        each_evidence(checks, |_, evidence, _| {
            if names(link, &evidence.source) {
                wanted.extend(evidence.line);
            }
        });
        match sets::read(tree, path, &wanted) {
            Ok(content) => {
                fill_in(checks, link, &content, found);
                described.insert(link.href.clone(), content.set);
            }
            Err(error) => found.push(unreadable(&error)),
        }
    }
    each_evidence(checks, |_, evidence, _| {
        if evidence.excerpt.is_empty() && evidence.note.is_none() {
            evidence.note = Some("The evidence line is not at hand.".to_owned());
        }
    });
    described
}

/// Whether `source`, as a verdict writes it, means the file of `link`.
fn names(link: &Link, source: &str) -> bool {
    let file = link.file();
    let below = |inner: &str, outer: &str| {
        outer.strip_suffix(inner).is_some_and(|front| front.is_empty() || front.ends_with('/'))
    };
    link.href == source || link.title == source || below(source, &file) || below(&file, source)
}

fn each_evidence(checks: &mut [Check], mut visit: impl FnMut(&str, &mut Evidence, &[String])) {
    for check in checks {
        for resource in &mut check.resources {
            if let Some(evidence) = &mut resource.evidence {
                let measured = resource.results.iter().map(|result| result.property.clone());
                let mut properties: Vec<String> = measured.chain(resource.missing.iter().cloned()).collect();
                properties.extend(check.property.clone());
                properties.retain(|path| !path.is_empty());
                visit(&resource.id, evidence, &properties);
            }
        }
    }
}

fn fill_in(checks: &mut [Check], link: &Link, content: &SetContent, found: &mut Diagnostics) {
    let mut reported = BTreeSet::new();
    each_evidence(checks, |resource, evidence, properties| {
        let Some(number) = evidence.line.filter(|_| names(link, &evidence.source)) else { return };
        let record = content.lines.get(&number);
        if let Some(record) = record.filter(|record| line_digest(record).to_string() == evidence.digest) {
            evidence.excerpt = excerpt::evidence(record, properties);
            return;
        }
        evidence.note = Some("This line of the file is no longer the evidence that was judged.".to_owned());
        if reported.insert(number) {
            let message = format!("line {number} of `{}` is not the evidence of `{resource}`", link.file());
            found.push(Diagnostic::warning(&codes::EVIDENCE_LINE, message));
        }
    });
}

fn show_rego(tree: &dyn FileTree, links: &[Link], checks: &mut [Check]) {
    for link in of_kind(links, "rego") {
        let (Some(path), Some(name)) = (link.usable(), &link.check) else { continue };
        let Some(check) = checks.iter_mut().find(|check| check.name == *name) else { continue };
        let text = tree.read(path, REGO_BYTES).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        check.rego = text.map(|text| {
            let (module, first) = excerpt::rego(&text);
            Rego { file: path.to_string(), line: first, lines: module }
        });
    }
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
    let Checks { mut checks, by_observation } = joined;
    let parts = Parts {
        result,
        catalog,
        checks: &checks,
        plan,
        by_observation: &by_observation,
        attestations: &attestations,
    };
    let controls = controls::evaluated(&parts);
    for check in &mut checks {
        let rests = controls.iter().filter(|control| control.checks.contains(&check.name));
        check.controls = rests.map(|control| control.id.clone()).collect();
    }
    let risks: Vec<Risk> = result.risks.iter().map(|risk| statements::risk(risk, &people)).collect();
    link_waivers(&mut checks, &risks);
    let not_evaluated = controls::not_evaluated(catalog, &controls);
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
        not_evaluated,
        sources: Vec::new(),
        problems: Vec::new(),
    }
}

/// Points each waived resource to the risk of the results that accepts it: verdicts name the waiver itself.
fn link_waivers(checks: &mut [Check], risks: &[Risk]) {
    for check in checks {
        let of_check = |risk: &&Risk| risk.accepted && risk.check.as_ref() == Some(&check.name);
        let of_check: Vec<&Risk> = risks.iter().filter(of_check).collect();
        for resource in &mut check.resources {
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
    let mut verdicts: VerdictCounts = Verdict::ALL.into_iter().map(|verdict| (verdict, 0)).collect();
    for (verdict, count) in checks.iter().flat_map(|check| &check.counts) {
        *verdicts.entry(*verdict).or_default() += count;
    }
    Totals {
        controls: number(controls.len() + not_evaluated),
        evaluated: number(controls.len()),
        open: number(open.len()),
        states: controls::count_states(controls),
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
