//! Coverage of a system: by what each requirement of its assessments is settled, what is still to do, by whom and until when.

mod owner;
mod task;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use probity_assessment::compile::{
    Check, CheckName, Compiled, ReviewedControl, StatementItem, controls, label, reviewed,
};
use probity_assessment::rollup::{ControlResult, Standing};
use probity_diagnostics::{Diagnostics, Step};
use probity_generators::coverage::{Assessment, Coverage, Part, Requirement, Totals, Way};
use probity_generators::view::ControlState;
use probity_oscal::model::Catalog;
use probity_oscal::model::PlanOfActionAndMilestones;
use probity_oscal::model::catalog::{Control, Group};
use probity_register::supplier_of;

use crate::library;
use crate::outcomes::{Outcomes, Side, outcomes};
use crate::steps::Parts;
use owner::Owners;

/// The coverage of the assessments of these names, or of all. Statements that run out within `ahead` are to be renewed.
///
/// # Errors
/// An assessment cannot be made, or a document that says who answers for what cannot be read.
pub fn coverage(side: Side<'_>, only: &[String], ahead: SignedDuration) -> Step<Coverage> {
    let mut findings = Diagnostics::new();
    for name in only {
        side.loaded.assessment(name)?;
    }
    let Some(made) = findings.absorb(outcomes(side, only)) else { return Err(findings) };
    let mut assessments = Vec::new();
    for (index, assessment) in side.loaded.config.assessments.iter().enumerate() {
        let Some(outcome) = made.get(&assessment.name) else { continue };
        let Some(outcome) = findings.absorb(outcome.clone()) else { continue };
        let parts = Parts::of_assessment(side.tree, side.loaded, index, assessment)?;
        let Some(owners) = findings.absorb(Owners::read(side.tree, &parts)) else { continue };
        let plan = match &assessment.poam {
            None => None,
            Some(name) => {
                let path = library::existing(side.tree, &side.loaded.file.parent(), name)?;
                findings.absorb(probity_oscal::load_as::<PlanOfActionAndMilestones>(side.tree, &path))
            }
        };
        let sight = Sight {
            outcome: &outcome,
            owners: &owners,
            plan: plan.as_ref(),
            as_of: side.as_of,
            until: side.as_of.checked_add(ahead).unwrap_or(side.as_of),
        };
        assessments.push(sight.assessment(&assessment.name, &assessment.profile));
    }
    let system = side.loaded.config.system.name.clone();
    findings.unless_errors(Coverage { system, as_of: side.as_of.to_string(), assessments })
}

/// What is looked at for one assessment.
struct Sight<'a> {
    outcome: &'a Outcomes,
    owners: &'a Owners,
    plan: Option<&'a PlanOfActionAndMilestones>,
    as_of: Timestamp,
    /// The end of the time that is looked ahead.
    until: Timestamp,
}

/// A control with all that is known of it.
struct Seen<'a> {
    control: &'a Control,
    /// What mappings and statements ask; nothing where it is not evaluated.
    asked: ReviewedControl,
    result: Option<&'a ControlResult>,
}

impl Sight<'_> {
    fn assessment(&self, name: &str, profile: &str) -> Assessment {
        let catalog = &self.outcome.resolved.catalog;
        let categories = categories(catalog);
        let outside = if catalog.groups.is_empty() { "All controls" } else { "Controls outside any group" };
        let (mut requirements, mut to_do) = (Vec::new(), Vec::new());
        for seen in self.controls() {
            let category = categories.get(seen.control.id.as_str()).map_or(outside, String::as_str);
            let rows = self.rows(&seen, category);
            to_do.extend(self.tasks(&seen, &rows));
            requirements.extend(rows);
        }
        to_do.sort_by(|a, b| (a.due.is_none(), &a.due, a.kind).cmp(&(b.due.is_none(), &b.due, b.kind)));
        let totals = Totals::of(&requirements);
        Assessment { name: name.to_owned(), profile: profile.to_owned(), totals, requirements, to_do }
    }

    /// The controls that are to be met, in catalog order.
    fn controls(&self) -> Vec<Seen<'_>> {
        let Outcomes { compiled, rollup, .. } = self.outcome;
        let results: BTreeMap<&str, &ControlResult> =
            rollup.controls.iter().map(|result| (result.id.as_str(), result)).collect();
        let asked: BTreeMap<&str, &ReviewedControl> =
            compiled.controls.iter().map(|control| (control.id.as_str(), control)).collect();
        let left: BTreeSet<&str> = rollup.not_evaluated.iter().map(String::as_str).collect();
        let all = controls(&self.outcome.resolved.catalog);
        let seen = all.into_iter().filter_map(|control| {
            let result = results.get(control.id.as_str()).copied();
            let is_meant = result.is_some() || left.contains(control.id.as_str());
            let asked = asked.get(control.id.as_str()).map(|asked| (*asked).clone());
            is_meant.then(|| Seen { control, asked: asked.unwrap_or_else(|| reviewed(control)), result })
        });
        seen.collect()
    }

    /// A row for the control, or one for each item of its statement.
    fn rows(&self, seen: &Seen<'_>, category: &str) -> Vec<Requirement> {
        let items: Vec<Option<&StatementItem>> = match seen.asked.leaves.as_slice() {
            [] => vec![None],
            leaves => leaves.iter().map(Some).collect(),
        };
        let state = seen.result.and_then(|result| ControlState::parse(result.state.as_str()));
        let row = |item: Option<&StatementItem>| Requirement {
            control: seen.control.id.clone(),
            label: label(seen.control),
            title: seen.control.title.clone(),
            category: category.to_owned(),
            item: item.map(|item| item.id.clone()),
            state,
            parts: self.parts(seen, item),
            owners: self.owners.of(&seen.control.id, item),
        };
        items.into_iter().map(row).collect()
    }

    /// How a control or an item of its statement is covered.
    fn parts(&self, seen: &Seen<'_>, item: Option<&StatementItem>) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut open = Vec::new();
        let checks = checks(&seen.asked, &self.outcome.compiled, item);
        for (way, checks) in [(Way::Automated, checks.own), (Way::Imported, checks.foreign)] {
            if !checks.is_empty() {
                parts.push(Part { way, by: checks });
            }
        }
        let leaves: Vec<StatementItem> = item.into_iter().cloned().collect();
        let (mut attested, mut inherited) = (Vec::new(), Vec::new());
        for procedure in &seen.asked.procedures {
            let found =
                self.outcome.attestations.standing(&seen.control.id, &procedure.id, &leaves, self.as_of);
            match found.standing {
                Standing::Met | Standing::NotMet | Standing::NotApplicable => {
                    match supplier_of(&procedure.id) {
                        Some(certificate) => inherited.push(certificate.to_owned()),
                        None => attested.push(procedure.id.clone()),
                    }
                }
                Standing::Unattested => open.push(format!("{}: nobody has stated it", procedure.id)),
                Standing::Expired => open.push(format!("{}: the statement has expired", procedure.id)),
                Standing::Unverified => open.push(format!("{}: the statement does not count", procedure.id)),
            }
        }
        if !attested.is_empty() {
            parts.push(Part { way: Way::Attested, by: attested });
        }
        let carried = seen
            .result
            .filter(|result| !result.carried.by.is_empty() && result.carried.own != Some(result.state));
        if carried.is_some() {
            parts.push(Part { way: Way::Carried, by: self.outcome.carried_from.clone() });
        }
        if parts.is_empty() && open.is_empty() {
            open.push("neither metric nor procedure".to_owned());
        }
        if !open.is_empty() {
            parts.push(Part { way: Way::Open, by: open });
        }
        parts
    }
}

/// Names of checks, by who runs them.
struct Checks {
    /// Those of metrics.
    own: Vec<String>,
    /// Rules of other tools.
    foreign: Vec<String>,
}

/// The checks that measure a control or an item of its statement: those that a mapping names for it, and those that it names for
/// the control as a whole.
fn checks(asked: &ReviewedControl, compiled: &Compiled, item: Option<&StatementItem>) -> Checks {
    let measures = |name: &&CheckName| {
        let named = asked.items.iter().filter(|(_, checks)| checks.contains(*name));
        let mut ids = named.map(|(id, _)| id).peekable();
        match item {
            Some(item) if ids.peek().is_some() => ids.any(|id| item.ids().any(|own| own == id)),
            _ => true,
        }
    };
    let known = asked.checks.iter().filter(measures).filter_map(|name| compiled.check(name));
    let (foreign, own): (Vec<_>, Vec<_>) = known.partition(|check| check.foreign.is_some());
    let names = |checks: Vec<&Check>| checks.into_iter().map(|check| check.name.to_string()).collect();
    Checks { own: names(own), foreign: names(foreign) }
}

/// Label and title of the outermost group that each control lies in.
fn categories(catalog: &Catalog) -> BTreeMap<&str, String> {
    fn below<'a>(list: &'a [Control], name: &str, found: &mut BTreeMap<&'a str, String>) {
        for control in list {
            found.insert(&control.id, name.to_owned());
            below(&control.controls, name, found);
        }
    }
    fn inside<'a>(group: &'a Group, name: &str, found: &mut BTreeMap<&'a str, String>) {
        below(&group.controls, name, found);
        group.groups.iter().for_each(|group| inside(group, name, found));
    }
    let mut found = BTreeMap::new();
    for group in &catalog.groups {
        let label = group.props.iter().find(|prop| prop.name == "label").map(|prop| prop.value.clone());
        let label = label.or_else(|| group.id.as_ref().map(|id| id.to_uppercase())).unwrap_or_default();
        inside(group, format!("{label} {}", group.title).trim(), &mut found);
    }
    found
}
