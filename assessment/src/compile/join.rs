//! Joins controls to metrics.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use probity_diagnostics::{Diagnostic, Diagnostics, Location, Severity, nearest};
use probity_oscal::model::catalog::{Catalog, Control, Group};
use probity_oscal::model::control::Part;

use super::check::{Check, CheckName, Target};
use super::mapping::{Entry, Mapping};
use super::metric::Metric;
use super::rules::{self, Rules};
use super::{Input, Procedure, ReviewedControl, StatementItem, bind, foreign};
use crate::codes;
use crate::rego::clouditor::asks_time;
use crate::typing::Problem;

/// A metric that was looked through.
#[derive(Debug, Clone)]
pub(super) struct CheckedMetric<'a> {
    pub(super) metric: &'a Metric,
    pub(super) default: Option<Target>,
    pub(super) types: BTreeSet<String>,
    /// None where its Rego is wrong.
    pub(super) rules: Option<Rules>,
}

/// Checks and controls, joined.
#[derive(Debug, Default)]
pub(super) struct Joined {
    pub(super) checks: Vec<Check>,
    pub(super) controls: Vec<ReviewedControl>,
    pub(super) not_evaluated: Vec<String>,
}

/// What is told of the Rego of metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rigour {
    /// Properties that do not exist.
    Paths,
    /// Everything that is wrong.
    Errors,
    /// What is doubtful, too.
    Everything,
}

impl Rigour {
    /// Whether a problem is told; those of imported metrics keep nobody from judging by them as they are.
    fn tells(self, problem: &Problem, is_imported: bool) -> bool {
        if is_imported && self != Self::Everything {
            return false;
        }
        let is_error = problem.severity == Severity::Error;
        match self {
            Self::Paths => is_error && problem.code == &codes::UNKNOWN_PROPERTY,
            Self::Errors => is_error,
            Self::Everything => true,
        }
    }
}

/// Looks through all metrics: names, types, properties, Rego.
pub(super) fn checked_metrics<'a>(
    input: &Input<'a>,
    rigour: Rigour,
    findings: &mut Diagnostics,
) -> BTreeMap<&'a str, CheckedMetric<'a>> {
    let mut checked: BTreeMap<&str, CheckedMetric<'_>> = BTreeMap::new();
    for metric in input.metrics {
        if let Some(first) = checked.get(metric.name.as_str()) {
            findings.push(
                Diagnostic::error(&codes::METRIC_TWICE, format!("there are two metrics `{}`", metric.name))
                    .at(Location::file(&metric.file))
                    .also(Location::file(&first.metric.file), "the other one"),
            );
            continue;
        }
        let types = concrete_types(input, metric, findings);
        check_property(input, metric, findings);
        let default = bind::default_target(input.ontology, metric, findings);
        let rules = rules::check(metric, default.as_ref(), input.library, input.ontology, findings);
        let problems = rules.iter().flat_map(|rules| &rules.checked.problems);
        let is_imported = rules.as_ref().is_some_and(|rules| rules.module.is_clouditor());
        let told = problems.filter(|problem| rigour.tells(problem, is_imported));
        findings.extend(told.map(|problem| rules::finding(metric, problem)));
        checked.insert(metric.name.as_str(), CheckedMetric { metric, default, types, rules });
    }
    checked
}

fn concrete_types(input: &Input<'_>, metric: &Metric, findings: &mut Diagnostics) -> BTreeSet<String> {
    let mut types = BTreeSet::new();
    for (index, name) in metric.resource_types.iter().enumerate() {
        if input.ontology.resource_type(name).is_none() {
            let finding = Diagnostic::error(
                &codes::UNKNOWN_RESOURCE_TYPE,
                format!("there is no resource type `{name}`"),
            )
            .at(metric.place("resource-type", index));
            findings.push(match input.ontology.nearest_type(name) {
                Some(meant) => finding.help(format!("did you mean `{meant}`?")),
                None => finding,
            });
        }
        let is_concrete =
            |name: &str| input.ontology.resource_type(name).is_some_and(|kind| !kind.is_abstract());
        types.extend(
            input
                .ontology
                .descendants(name)
                .map(std::string::ToString::to_string)
                .filter(|name| is_concrete(name)),
        );
    }
    types
}

/// Reports a `property` that a declared type (with its descendants) does not have.
fn check_property(input: &Input<'_>, metric: &Metric, findings: &mut Diagnostics) {
    let Some(path) = metric.property.as_deref() else { return };
    for name in metric.resource_types.iter().filter(|name| input.ontology.resource_type(name).is_some()) {
        if input.ontology.descendants(name).any(|name| input.ontology.property(name.as_str(), path).is_some())
        {
            continue;
        }
        let finding =
            Diagnostic::error(&codes::UNKNOWN_PROPERTY, format!("`{name}` has no property `{path}`"))
                .at(metric.place("property", 0));
        findings.push(match input.ontology.nearest_property(name, path) {
            Some(meant) => finding.help(format!("did you mean `{meant}`?")),
            None => finding.help(format!("`probity explain {name}` lists its properties")),
        });
    }
}

/// All controls of a catalog, in its order, children after their parents.
pub fn controls(catalog: &Catalog) -> Vec<&Control> {
    fn of_controls<'a>(list: &'a [Control], out: &mut Vec<&'a Control>) {
        for control in list {
            out.push(control);
            of_controls(&control.controls, out);
        }
    }
    fn of_groups<'a>(list: &'a [Group], out: &mut Vec<&'a Control>) {
        for group in list {
            of_groups(&group.groups, out);
            of_controls(&group.controls, out);
        }
    }
    let mut out = Vec::new();
    of_groups(&catalog.groups, &mut out);
    of_controls(&catalog.controls, &mut out);
    out
}

/// The printed label of a control; its id in capitals where it has none.
pub fn label(control: &Control) -> String {
    let labels = || control.props.iter().filter(|prop| prop.name == "label");
    let label = labels().find(|prop| prop.class.is_none()).or_else(|| labels().next());
    label.map_or_else(|| control.id.to_uppercase(), |prop| prop.value.clone())
}

/// One use of a metric by a control.
struct Use {
    control: usize,
    metric: String,
    statement: Option<String>,
    target: Option<Target>,
}

/// Joins the controls of the catalog to the metrics that mappings name for them.
pub(super) fn join(
    input: &Input<'_>,
    metrics: &BTreeMap<&str, CheckedMetric<'_>>,
    findings: &mut Diagnostics,
) -> Joined {
    let controls = controls(input.catalog);
    let index: BTreeMap<&str, usize> =
        controls.iter().enumerate().map(|(at, control)| (control.id.as_str(), at)).collect();
    let plain: BTreeMap<&str, &Metric> =
        metrics.iter().map(|(name, checked)| (*name, checked.metric)).collect();
    let mut uses: Vec<Use> = Vec::new();
    let mut procedures: BTreeMap<usize, Vec<Procedure>> = BTreeMap::new();
    for mapping in input.mappings {
        for entry in &mapping.entries {
            report_unknown(input, mapping, entry, &plain, findings);
            let Some((at, control)) =
                index.get(entry.control.as_str()).and_then(|at| Some((*at, *controls.get(*at)?)))
            else {
                continue;
            };
            bind::check_parameters(mapping, entry, control, &plain, findings);
            for named in &entry.metrics {
                let Some(metric) = plain.get(named.metric.as_str()) else { continue };
                let target = bind::target_for(input, metric, mapping, entry, control, findings);
                uses.push(Use {
                    control: at,
                    metric: named.metric.clone(),
                    statement: named.statement.clone(),
                    target,
                });
            }
            procedures.entry(at).or_default().extend(entry.procedures.iter().cloned());
        }
    }
    uses.sort_by_key(|one| one.control);
    let mut joined = assemble(&controls, metrics, &uses, &procedures, input);
    foreign::add(input, &controls, &mut joined, findings);
    joined
}

fn report_unknown(
    input: &Input<'_>,
    mapping: &Mapping,
    entry: &Entry,
    metrics: &BTreeMap<&str, &Metric>,
    findings: &mut Diagnostics,
) {
    report_unknown_control(input, mapping, entry, findings);
    for named in entry.metrics.iter().filter(|named| !metrics.contains_key(named.metric.as_str())) {
        let finding =
            Diagnostic::error(&codes::UNKNOWN_METRIC, format!("there is no metric `{}`", named.metric))
                .at(Location::value(&mapping.file, &named.at));
        findings.push(match nearest(&named.metric, metrics.keys().copied()) {
            Some(meant) => finding.help(format!("did you mean `{meant}`?")),
            None => finding.help("`probity metric list` lists all metrics"),
        });
    }
}

/// Reports an entry for a control that none of the catalogs has.
pub(super) fn report_unknown_control(
    input: &Input<'_>,
    mapping: &Mapping,
    entry: &Entry,
    findings: &mut Diagnostics,
) {
    if !input.known_controls.is_empty() && !input.known_controls.contains(&entry.control) {
        let message = format!("`{}` has no control `{}`", mapping.source, entry.control);
        let place = Location::value(&mapping.file, &entry.at.key("control-id"));
        let finding = Diagnostic::error(&codes::UNKNOWN_CONTROL, message).at(place);
        findings.push(match nearest(&entry.control, input.known_controls.iter().map(String::as_str)) {
            Some(meant) => finding.help(format!("did you mean `{meant}`?")),
            None => finding.help("`probity catalog show` lists its controls"),
        });
    }
}

fn assemble(
    controls: &[&Control],
    metrics: &BTreeMap<&str, CheckedMetric<'_>>,
    uses: &[Use],
    procedures: &BTreeMap<usize, Vec<Procedure>>,
    input: &Input<'_>,
) -> Joined {
    let mut joined = Joined::default();
    let mut names: BTreeMap<(&str, usize), CheckName> = BTreeMap::new();
    for (name, checked) in metrics {
        let own: Vec<(usize, &Use)> =
            uses.iter().enumerate().filter(|(_, one)| one.metric == *name).collect();
        let targets: Vec<Option<Target>> = own.iter().map(|(_, one)| one.target.clone()).collect();
        let value = |target: &Option<Target>| target.as_ref().map(|target| target.value.clone());
        for (number, target) in bind::numbered(checked.default.as_ref(), &targets).into_iter().enumerate() {
            let check_name = CheckName::new(match number {
                0 => (*name).to_owned(),
                more => format!("{name}--{}", more + 1),
            });
            let mine = own.iter().filter(|(_, one)| value(&one.target) == value(&target));
            let mut of_controls: Vec<usize> = Vec::new();
            for (at, one) in mine {
                names.insert((*name, *at), check_name.clone());
                of_controls.push(one.control);
            }
            of_controls.dedup();
            let ids = of_controls.iter().filter_map(|at| controls.get(*at)).map(|control| control.id.clone());
            joined.checks.push(check(checked, check_name, target, ids.collect(), input));
        }
    }
    joined.checks.sort_by(|a, b| a.name.cmp(&b.name));
    for (at, control) in controls.iter().enumerate() {
        let mut reviewed = reviewed(control);
        for (number, one) in uses.iter().enumerate().filter(|(_, one)| one.control == at) {
            let Some(name) = names.get(&(one.metric.as_str(), number)) else { continue };
            reviewed.checks.insert(name.clone());
            add_item(&mut reviewed, one.statement.as_deref(), name);
            let severity = metrics.get(one.metric.as_str()).map(|checked| checked.metric.severity);
            reviewed.severity = reviewed.severity.min(severity).or(severity);
        }
        reviewed.procedures = procedures.get(&at).cloned().unwrap_or_default();
        if !reviewed.checks.is_empty() || !reviewed.procedures.is_empty() {
            joined.controls.push(reviewed);
        } else if control.controls.is_empty() {
            joined.not_evaluated.push(control.id.clone());
        }
    }
    joined
}

pub(super) fn add_item(reviewed: &mut ReviewedControl, statement: Option<&str>, name: &CheckName) {
    let Some(id) = statement.filter(|id| reviewed.statement.as_deref() != Some(id)) else { return };
    match reviewed.items.iter_mut().find(|(known, _)| known == id) {
        Some((_, checks)) => {
            checks.insert(name.clone());
        }
        None => reviewed.items.push((id.to_owned(), BTreeSet::from([name.clone()]))),
    }
}

/// A control without checks and procedures.
pub fn reviewed(control: &Control) -> ReviewedControl {
    let statement = control.parts.iter().find(|part| part.name == "statement");
    let mut leaves = Vec::new();
    if let Some(statement) = statement {
        let within: Vec<String> = statement.id.iter().cloned().collect();
        statement.parts.iter().for_each(|part| add_leaves(part, &within, &mut leaves));
    }
    ReviewedControl {
        id: control.id.clone(),
        title: control.title.clone(),
        statement: statement.and_then(|part| part.id.clone()),
        items: Vec::new(),
        leaves,
        checks: BTreeSet::new(),
        procedures: Vec::new(),
        severity: None,
    }
}

/// The items of a part of a statement that have no items themselves.
fn add_leaves(part: &Part, within: &[String], leaves: &mut Vec<StatementItem>) {
    let before = leaves.len();
    let inside: Vec<String> = within.iter().cloned().chain(part.id.clone()).collect();
    part.parts.iter().for_each(|part| add_leaves(part, &inside, leaves));
    if let (Some(id), true) = (&part.id, leaves.len() == before && part.name == "item") {
        leaves.push(StatementItem { id: id.clone(), within: within.to_vec() });
    }
}

fn check(
    checked: &CheckedMetric<'_>,
    name: CheckName,
    target: Option<Target>,
    controls: Vec<String>,
    input: &Input<'_>,
) -> Check {
    let reads = checked
        .rules
        .as_ref()
        .map(|rules| rules.reads.per_type(input.ontology, &checked.types, rules.module.is_clouditor()));
    Check {
        name,
        metric: Arc::new(checked.metric.clone()),
        target,
        types: checked.types.clone(),
        controls,
        rego_line: checked.rules.as_ref().map_or(1, |rules| rules.line),
        asks_time: checked.rules.as_ref().is_some_and(|rules| asks_time(&rules.module).is_some()),
        has_results: checked.rules.as_ref().is_some_and(|rules| rules.module.defines("results")),
        reads: reads.unwrap_or_default(),
        foreign: None,
    }
}

/// A check for each metric by itself.
pub(super) fn alone(metrics: &BTreeMap<&str, CheckedMetric<'_>>, input: &Input<'_>) -> Joined {
    let check_of = |checked: &CheckedMetric<'_>| {
        let name = CheckName::new(checked.metric.name.as_str());
        check(checked, name, checked.default.clone(), Vec::new(), input)
    };
    Joined { checks: metrics.values().map(check_of).collect(), ..Joined::default() }
}

/// Warns of controls that nothing covers: one finding, with their number and the first of them.
pub(super) fn report_coverage(joined: &Joined, findings: &mut Diagnostics) {
    const SHOWN: usize = 8;
    let open = &joined.not_evaluated;
    if open.is_empty() {
        return;
    }
    let all = open.len() + joined.controls.len();
    let first: Vec<&str> = open.iter().take(SHOWN).map(String::as_str).collect();
    let more = if open.len() > SHOWN { format!(" and {} more", open.len() - SHOWN) } else { String::new() };
    let message = format!("{} of {all} controls have neither metric nor procedure", open.len());
    findings.push(
        Diagnostic::warning(&codes::NOT_COVERED, message)
            .help(format!("they are not evaluated: {}{more}", first.join(", "))),
    );
}
