//! Metrics that differ: their Rego, what they ask for, their cases, and whether the two sides judge cases alike.

use std::collections::{BTreeMap, BTreeSet};

use probity_assessment::cases::{CaseResult, Standards, read_cases, test_metric};
use probity_assessment::compile::{LibraryModule, Metric, load_metric};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, TreePath};
use probity_evidence::Ontology;
use probity_generators::difference::{CaseFlip, CasesChange, MetricChange, Paths, Presence};
use probity_oscal::difference::{Difference, Options, Outcome, difference, lines};

use super::{FilePair, State, Task, all};
use crate::steps;

/// The file that makes a folder a metric.
const METRIC: &str = "metric.yaml";
/// The cases of a metric.
const CASES: &str = "cases.yaml";
/// Lines around a line that differs.
const CONTEXT: usize = 3;

/// The folder of a metric before, and after.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Folder {
    before: Option<TreePath>,
    after: Option<TreePath>,
}

/// Divides files that differ into those of metrics, by folder, and all others.
pub(super) fn divide<'t>(task: &Task<'t>) -> (BTreeSet<Folder>, Vec<&'t FilePair>) {
    let (mut folders, mut others) = (BTreeSet::new(), Vec::new());
    let is_metric =
        |tree: &dyn FileTree, folder: &TreePath| folder.join(METRIC).is_ok_and(|file| tree.is_file(&file));
    let of = |tree: &dyn FileTree, path: &Option<TreePath>| {
        let folder = path.as_ref().map(TreePath::parent).filter(|folder| is_metric(tree, folder));
        folder.filter(|_| path.as_ref().is_some_and(belongs))
    };
    for pair in task.files {
        let (before, after) = (of(task.before.tree, &pair.before), of(task.after.tree, &pair.after));
        // a file that is new in a folder that was there is a change of the same metric
        let elsewhere =
            |tree: &dyn FileTree, folder: &Option<TreePath>| folder.clone().filter(|f| is_metric(tree, f));
        match (&before, &after) {
            (None, None) => others.push(pair),
            (Some(_), Some(_)) => drop(folders.insert(Folder { before, after })),
            (Some(_), None) => {
                let there = elsewhere(task.after.tree, &before);
                folders.insert(Folder { before, after: there });
            }
            (None, Some(_)) => {
                let there = elsewhere(task.before.tree, &after);
                folders.insert(Folder { before: there, after });
            }
        }
    }
    // files of a folder that moved are not all known to have moved with it
    let (from, to): (BTreeSet<TreePath>, BTreeSet<TreePath>) =
        folders.iter().filter_map(|folder| folder.before.clone().zip(folder.after.clone())).unzip();
    folders.retain(|folder| match (&folder.before, &folder.after) {
        (Some(before), None) => !from.contains(before),
        (None, Some(after)) => !to.contains(after),
        _ => true,
    });
    (folders, others)
}

/// Whether a file in the folder of a metric is part of it.
fn belongs(path: &TreePath) -> bool {
    matches!(path.file_name(), METRIC | CASES) || path.extension() == Some("rego")
}

/// What cases are judged with.
struct Bench {
    ontology: Ontology,
    library: Vec<LibraryModule>,
}

impl Bench {
    fn of(state: State<'_>) -> Option<Self> {
        let ontology = steps::ontology(state.tree).ok()?.value;
        Some(Self { ontology, library: steps::rego_library(state.tree).ok()? })
    }

    fn standards(&self) -> Standards<'_> {
        Standards { ontology: &self.ontology, library: &self.library, samples: 0 }
    }
}

/// Compares metrics.
pub(super) fn compare(
    task: &Task<'_>,
    folders: &BTreeSet<Folder>,
    warnings: &mut Diagnostics,
) -> Vec<MetricChange> {
    if folders.is_empty() {
        return Vec::new();
    }
    let bench = Bench::of(task.after).or_else(|| Bench::of(task.before));
    let mut changes: Vec<MetricChange> = joined(task, folders, warnings)
        .into_iter()
        .filter_map(|(before, after)| change(task, before.as_ref(), after.as_ref(), bench.as_ref()))
        .collect();
    changes.sort_by(|a, b| a.name.cmp(&b.name));
    changes
}

/// One side of a metric.
struct Side {
    file: TreePath,
    metric: Option<Metric>,
}

impl Side {
    fn name(&self) -> String {
        let folder = self.file.parent();
        self.metric.as_ref().map_or_else(|| folder.file_name().to_owned(), |metric| metric.name.to_string())
    }
}

/// The metrics of the folders; one that is gone here and new there under the same name has moved.
fn joined(
    task: &Task<'_>,
    folders: &BTreeSet<Folder>,
    warnings: &mut Diagnostics,
) -> Vec<(Option<Side>, Option<Side>)> {
    let mut read = |tree: &dyn FileTree, folder: &Option<TreePath>| {
        let file = folder.as_ref()?.join(METRIC).ok()?;
        let metric = match load_metric(tree, &file) {
            Ok(metric) => Some(metric.value),
            Err(findings) => {
                warnings.extend(findings.into_iter().map(Diagnostic::into_warning));
                None
            }
        };
        Some(Side { file, metric })
    };
    let (mut both, mut gone) = (Vec::new(), BTreeMap::new());
    for folder in folders {
        match (read(task.before.tree, &folder.before), read(task.after.tree, &folder.after)) {
            (Some(before), None) => drop(gone.insert(before.name(), before)),
            sides => both.push(sides),
        }
    }
    for (before, after) in &mut both {
        if let (None, Some(after)) = (&before, &after) {
            *before = gone.remove(&after.name());
        }
    }
    both.extend(gone.into_values().map(|before| (Some(before), None)));
    both
}

fn change(
    task: &Task<'_>,
    before: Option<&Side>,
    after: Option<&Side>,
    bench: Option<&Bench>,
) -> Option<MetricChange> {
    let shown = after.or(before)?;
    let (old, new) =
        (before.and_then(|side| side.metric.as_ref()), after.and_then(|side| side.metric.as_ref()));
    let (asked, asks) = (old.map(target), new.map(target));
    let rego = match (old, new) {
        (Some(old), Some(new)) => lines(&old.rego, &new.rego, CONTEXT),
        _ => Vec::new(),
    };
    Some(MetricChange {
        name: shown.name(),
        title: shown.metric.as_ref().map(|metric| metric.title.clone()).unwrap_or_default(),
        paths: Paths { before: before.map(|s| s.file.to_string()), after: after.map(|s| s.file.to_string()) },
        presence: match (before, after) {
            (_, None) => Presence::Removed,
            (None, _) => Presence::Added,
            _ => Presence::Changed,
        },
        target: asked.zip(asks).filter(|(asked, asks)| asked != asks),
        difference: settings(task, before, after),
        rego,
        cases: before.zip(after).map(|(b, a)| cases(task, b, a, bench)).unwrap_or_default(),
    })
}

/// `backup.retention >= P30D`; the property alone where it compares nothing.
fn target(metric: &Metric) -> String {
    let property = metric.property.as_deref().unwrap_or("what its Rego says");
    match metric.operator {
        Some(operator) => format!("{property} {} {}", operator.as_str(), metric.target_value.join(", ")),
        None => property.to_owned(),
    }
}

/// What differs in `metric.yaml`, without the digest of the Rego, which says nothing to a reader.
fn settings(task: &Task<'_>, before: Option<&Side>, after: Option<&Side>) -> Option<Difference> {
    let read = |tree: &dyn FileTree, side: &Side| {
        let bytes = tree.read(&side.file, 1 << 20).ok()?;
        Some(probity_oscal::read(&bytes, &side.file).ok()?.value.1)
    };
    let (old, new) = (read(task.before.tree, before?)?, read(task.after.tree, after?)?);
    let mut found = difference(Some(&old), Some(&new), Options::default()).ok()?;
    for item in found.items.iter_mut().filter(|item| item.kind == "resource") {
        item.details.retain(|detail| !detail.name.contains("hash"));
    }
    found.items.retain(|item| item.kind != "resource" || !item.details.is_empty());
    (!found.items.is_empty() && found.outcome != Outcome::Same).then_some(found)
}

fn cases(task: &Task<'_>, before: &Side, after: &Side, bench: Option<&Bench>) -> CasesChange {
    let (Some(old), Some(new)) = (&before.metric, &after.metric) else {
        return unjudged("a side of the metric cannot be read");
    };
    let Some(bench) = bench else { return unjudged("the ontology cannot be read") };
    let read = |tree: &dyn FileTree, metric: &Metric| {
        let (cases, _) = read_cases(tree, metric, &bench.ontology);
        cases.into_iter().map(|case| (case.name.clone(), case)).collect::<BTreeMap<_, _>>()
    };
    let (known, current) = (read(task.before.tree, old), read(task.after.tree, new));
    let mut change = CasesChange::default();
    for name in all(known.keys(), current.keys()) {
        match (known.get(name), current.get(name)) {
            (None, _) => change.added.push(name.clone()),
            (_, None) => change.removed.push(name.clone()),
            (Some(one), Some(other)) => {
                let said = |case: &probity_assessment::cases::MetricCase| {
                    (case.expected, case.resource.clone(), case.related.clone(), case.as_of)
                };
                if said(one) != said(other) {
                    change.changed.push(name.clone());
                }
            }
        }
    }
    judge(task, (old, new), bench, &mut change);
    change
}

fn unjudged(why: &str) -> CasesChange {
    CasesChange { unjudged: Some(why.to_owned()), ..CasesChange::default() }
}

/// Has both sides' metric judge both sides' cases; a case that stands on both sides counts as it is after.
fn judge(task: &Task<'_>, (old, new): (&Metric, &Metric), bench: &Bench, change: &mut CasesChange) {
    let mut verdicts: BTreeMap<String, (String, String)> = BTreeMap::new();
    for (tree, file) in [(task.after.tree, &new.file), (task.before.tree, &old.file)] {
        let run = |metric: &Metric| {
            let metric = Metric { file: file.clone(), ..metric.clone() };
            let test = test_metric(tree, &metric, bench.standards());
            if test.cases.is_empty() && test.findings.has_errors() {
                Err(test.findings)
            } else {
                Ok(test.cases)
            }
        };
        let (before, after) = (run(old), run(new));
        if before.is_err() || after.is_err() {
            let side = if after.is_err() { "after" } else { "before" };
            change.unjudged = Some(format!("the metric {side} cannot be run on them"));
            return;
        }
        let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
        let verdict = |cases: &[CaseResult], name: &str| {
            cases
                .iter()
                .find(|result| result.case.name == name)
                .map(|result| result.found.as_str().to_owned())
        };
        for result in &before {
            let name = &result.case.name;
            if let Some(found) = verdict(&after, name) {
                verdicts.entry(name.clone()).or_insert((result.found.as_str().to_owned(), found));
            }
        }
    }
    change.judged = verdicts.len();
    let flips = verdicts.into_iter().filter(|(_, (before, after))| before != after);
    change.flips = flips.map(|(case, (before, after))| CaseFlip { case, before, after }).collect();
}
