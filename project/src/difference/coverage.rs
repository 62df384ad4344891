//! What assessments judge, before and after.

use std::collections::{BTreeMap, BTreeSet};

use probity_assessment::compile::Compiled;
use probity_diagnostics::Diagnostics;
use probity_generators::difference::{ControlMetrics, Coverage, CoverageChange};

use super::{State, Task, all};
use crate::config::{self, FILE_NAME};
use crate::results::{self, Importing};
use crate::steps::{self, Parts};

/// An assessment, compiled; else why it could not be.
type Assessment = Result<Compiled, String>;

/// Compares what the assessments of the project judge. Those that judge the same by the same are left out.
pub(super) fn compare(task: &Task<'_>) -> Vec<CoverageChange> {
    let (before, after) = (assessments(task.before), assessments(task.after));
    let names = all(before.keys(), after.keys());
    names.into_iter().filter_map(|name| change(name, before.get(name), after.get(name))).collect()
}

fn assessments(state: State<'_>) -> BTreeMap<String, Assessment> {
    let Some(file) = state.project.and_then(|folder| folder.join(FILE_NAME).ok()) else {
        return BTreeMap::new();
    };
    if !state.tree.is_file(&file) {
        return BTreeMap::new();
    }
    let Ok(loaded) = config::load(state.tree, &file) else { return BTreeMap::new() };
    let loaded = loaded.value;
    let assessments = loaded.config.assessments.iter().enumerate();
    let compiled = assessments.map(|(index, assessment)| {
        let compiled = Parts::of_assessment(state.tree, &loaded, index, assessment)
            .and_then(|parts| {
                let at = index.to_string();
                let imports = Importing::of_assessment(&loaded, &at, assessment, state.tree, state.tree)?;
                compile(state, &parts, &imports)
            })
            .map_err(|findings| findings.first_message());
        (assessment.name.clone(), compiled)
    });
    compiled.collect()
}

fn compile(state: State<'_>, parts: &Parts, imports: &[Importing]) -> Result<Compiled, Diagnostics> {
    let ontology = steps::ontology(state.tree)?.value;
    let resolved = steps::resolve_with_sources(state.tree, &parts.profile, parts.profile.to_string())?.value;
    let imports = results::read_all(imports, state.tree, state.tree, &resolved)?.value;
    Ok(steps::compile(state.tree, parts, &resolved, &ontology, &imports)?.value)
}

fn change(name: &str, before: Option<&Assessment>, after: Option<&Assessment>) -> Option<CoverageChange> {
    let compiled = |side: Option<&Assessment>| side.and_then(|side| side.as_ref().ok().map(coverage));
    let problem = |side: Option<&Assessment>, word: &str| {
        let why = side.and_then(|side| side.as_ref().err())?;
        Some(format!("{word} it cannot be compiled: {why}"))
    };
    let mut change = CoverageChange {
        assessment: name.to_owned(),
        before: compiled(before),
        after: compiled(after),
        problems: [problem(before, "before"), problem(after, "after")].into_iter().flatten().collect(),
        controls: Vec::new(),
    };
    if let (Some(Ok(before)), Some(Ok(after))) = (before, after) {
        change.controls = controls(before, after);
    }
    let differs = change.before != change.after || !change.controls.is_empty() || change.problems.len() == 1;
    differs.then_some(change)
}

fn coverage(compiled: &Compiled) -> Coverage {
    Coverage {
        controls: compiled.controls.len() + compiled.not_evaluated.len(),
        automated: compiled.controls.iter().filter(|control| !control.checks.is_empty()).count(),
        not_evaluated: compiled.not_evaluated.len(),
    }
}

/// Titles of controls, and the metrics that judge them.
fn metrics(compiled: &Compiled) -> BTreeMap<&str, (&str, BTreeSet<&str>)> {
    let of_control = compiled.controls.iter().map(|control| {
        let checks = control.checks.iter().filter_map(|name| compiled.check(name));
        let names = checks.map(|check| check.metric.name.as_str()).collect();
        (control.id.as_str(), (control.title.as_str(), names))
    });
    of_control.collect()
}

fn controls(before: &Compiled, after: &Compiled) -> Vec<ControlMetrics> {
    let (old, new) = (metrics(before), metrics(after));
    let none = BTreeSet::new();
    let mut changes = Vec::new();
    for id in all(old.keys(), new.keys()) {
        let (one, other) = (old.get(id), new.get(id));
        let names = |side: Option<&(&str, BTreeSet<&'_ str>)>| -> BTreeSet<String> {
            side.map_or(&none, |side| &side.1).iter().map(|name| (*name).to_owned()).collect()
        };
        let (had, has) = (names(one), names(other));
        if had != has {
            changes.push(ControlMetrics {
                control: (*id).to_owned(),
                title: other.or(one).map(|side| side.0.to_owned()).unwrap_or_default(),
                gained: has.difference(&had).cloned().collect(),
                lost: had.difference(&has).cloned().collect(),
                is_automated: !has.is_empty(),
            });
        }
    }
    changes
}
