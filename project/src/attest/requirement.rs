//! The requirement that somebody speaks of: looked up in the catalogs of the project's assessments.

use std::collections::BTreeSet;

use probity_assessment::compile::{Compiled, Procedure, controls, label};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Step, nearest};
use probity_oscal::model::Catalog;
use probity_oscal::model::control::Part;

use crate::codes;
use crate::config::LoadedConfig;
use crate::steps::{self, Parts};

/// A control, or items of its statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// The control.
    pub control: String,
    /// Its printed label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// The item of its statement that is named; none where the whole control is.
    pub item: Option<String>,
    /// The statement, or that item, where it has an id.
    pub target: Option<String>,
    /// What the assessments ask that review it.
    pub assessments: Vec<Asked>,
}

/// What an assessment asks of a control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The name of the assessment.
    pub assessment: String,
    /// Its place in the project file.
    pub index: usize,
    /// The procedures that somebody has to follow.
    pub procedures: Vec<Procedure>,
    /// How many checks measure it.
    pub checks: usize,
}

/// Looks a control or an item of a statement up, by id or printed label, in the assessment of that name, or in all.
///
/// # Errors
/// An assessment cannot be read, or none knows the control.
pub fn requirement(
    tree: &dyn FileTree,
    loaded: &LoadedConfig,
    only: Option<&str>,
    subject: &str,
) -> Step<Requirement> {
    let mut findings = Diagnostics::new();
    if let Some(name) = only {
        loaded.assessment(name)?;
    }
    let mut found: Option<Requirement> = None;
    let mut known = BTreeSet::new();
    let Some(ontology) = findings.absorb(steps::ontology(tree)) else { return Err(findings) };
    for (index, assessment) in loaded.config.assessments.iter().enumerate() {
        if only.is_some_and(|only| only != assessment.name) {
            continue;
        }
        let parts = Parts::of_assessment(tree, loaded, index, assessment)?;
        let name = parts.profile.to_string();
        let resolved = steps::resolve_with_sources(tree, &parts.profile, name)?.value;
        let Some(requirement) = look_up(&resolved.catalog, subject, &mut known) else { continue };
        let compiled = steps::compile(tree, &parts, &resolved, &ontology, &[])?.value;
        let asked = asked(&compiled, &requirement.control, &assessment.name, index);
        found.get_or_insert(requirement).assessments.push(asked);
    }
    match found {
        Some(requirement) => findings.unless_errors(requirement),
        None => Err(unknown(subject, &known).into()),
    }
}

fn unknown(subject: &str, known: &BTreeSet<String>) -> Diagnostic {
    let message = format!("no assessment of the project has a control or statement `{subject}`");
    let finding = Diagnostic::error(&codes::UNKNOWN_REQUIREMENT, message);
    match nearest(&subject.to_lowercase(), known.iter().map(String::as_str)) {
        Some(meant) => finding.help(format!("did you mean `{meant}`?")),
        None => finding.help("`probity coverage` lists the controls"),
    }
}

fn asked(compiled: &Compiled, control: &str, name: &str, index: usize) -> Asked {
    let reviewed = compiled.controls.iter().find(|reviewed| reviewed.id == control);
    Asked {
        assessment: name.to_owned(),
        index,
        procedures: reviewed.map(|reviewed| reviewed.procedures.clone()).unwrap_or_default(),
        checks: reviewed.map_or(0, |reviewed| reviewed.checks.len()),
    }
}

/// The control or item that `subject` names; ids and labels are noted in `known`.
fn look_up(catalog: &Catalog, subject: &str, known: &mut BTreeSet<String>) -> Option<Requirement> {
    let mut found = None;
    for control in controls(catalog) {
        let label = label(control);
        let is_control =
            [control.id.as_str(), label.as_str()].iter().any(|name| name.eq_ignore_ascii_case(subject));
        known.extend([control.id.clone(), label.to_lowercase()]);
        let statement = control.parts.iter().find(|part| part.name == "statement");
        let whole = statement.and_then(|part| part.id.as_deref());
        let mut items = Vec::new();
        statement.into_iter().for_each(|part| ids(part, &mut items));
        known.extend(items.iter().map(|id| (*id).to_owned()));
        let item = items.into_iter().find(|id| id.eq_ignore_ascii_case(subject));
        if found.is_none() && (is_control || item.is_some()) {
            let item = item.filter(|item| Some(*item) != whole);
            found = Some(Requirement {
                control: control.id.clone(),
                label,
                title: control.title.clone(),
                item: item.map(str::to_owned),
                target: item.or(whole).map(str::to_owned),
                assessments: Vec::new(),
            });
        }
    }
    found
}

fn ids<'a>(part: &'a Part, found: &mut Vec<&'a str>) {
    found.extend(part.id.as_deref());
    part.parts.iter().for_each(|part| ids(part, found));
}
