//! What the REST interface of eMASS (version 3.12) takes: the plan of action and milestones as the body of a request to add items.
//! Test results are not written: eMASS takes them for assessment procedures (CCIs), of which results for controls say nothing.
//!
//! eMASS knows the controls of NIST SP 800-53 and no others. What it asks of an item depends on the item's status.

use jiff::Timestamp;
use probity_diagnostics::{Diagnostics, Location, Pointer, Step, TreePath};
use probity_oscal::model::PlanOfActionAndMilestones as Plan;
use probity_oscal::model::assessment::Risk;
use probity_oscal::model::poam::PoamItem;
use probity_oscal::own::values;
use serde_json::{Value, json};

use super::defectdojo::cut;
use super::{Export, Source, lost, refused, set};
use crate::view::props::prop;
use crate::view::{Report, Severity, as_severity};

/// Characters of descriptions, comments and milestones.
const LONG: usize = 2000;
/// Characters of the list of resources.
const RESOURCES: usize = 250;
/// Characters of names of people and offices.
const SHORT: usize = 100;

pub(super) fn write(source: Source<'_>) -> Step<Export> {
    let mut found = Diagnostics::new();
    let (Some(path), Some(plan)) = (source.poam, source.plan()?) else {
        let message = "there is no plan of action and milestones, which is what eMASS takes";
        let help = "`probity build` writes one where something fails or failed";
        return Err(refused(message, Location::file(source.results), help).into());
    };
    let Some(report) = found.absorb(Report::load(source.tree, source.results)) else { return Err(found) };
    found.extend(unknown(&plan, path));
    if found.has_errors() {
        return Err(found);
    }
    let body = Body { plan: &plan, path, report: &report };
    let items: Vec<Value> =
        plan.poam_items.iter().enumerate().filter_map(|(at, item)| body.item(at, item, &mut found)).collect();
    found.unless_errors(Export::json("emass-poams.json", &Value::Array(items)))
}

/// What keeps eMASS from taking any item of the plan.
fn unknown(plan: &Plan, path: &TreePath) -> Diagnostics {
    let model = Pointer::root().key("plan-of-action-and-milestones");
    let mut found = Diagnostics::new();
    let ids = plan
        .poam_items
        .iter()
        .enumerate()
        .flat_map(|(at, item)| values(&item.props, "control-id").take(1).map(move |(_, id)| (at, id)));
    let strange: Vec<(usize, &str)> = ids.filter(|(_, id)| acronym(id).is_none()).collect();
    if let Some((at, id)) = strange.first() {
        let message = format!(
            "eMASS knows the controls of NIST SP 800-53 only; `{id}` of this item is none, and so with {} of {} items",
            strange.len(),
            plan.poam_items.len()
        );
        let place = Location::value(path, &model.key("poam-items").index(*at));
        let help =
            "assess against a profile of NIST SP 800-53, or carry the results to one by a mapping collection";
        found.push(refused(message, place, help));
    }
    if office(plan).is_none() {
        let message = "the plan names no organisation, which eMASS asks for as the point of contact";
        let place = Location::value(path, &model.key("metadata"));
        found.push(refused(
            message,
            place,
            "name one of type `organization` in the metadata of the plan's record",
        ));
    }
    found
}

/// The first organisation that the plan names.
fn office(plan: &Plan) -> Option<&str> {
    let offices = plan.metadata.parties.iter().filter(|party| party.r#type == "organization");
    offices.into_iter().find_map(|party| party.name.as_deref())
}

struct Body<'a> {
    plan: &'a Plan,
    path: &'a TreePath,
    report: &'a Report,
}

impl Body<'_> {
    fn at(&self, item: usize) -> Location {
        let list = Pointer::root().key("plan-of-action-and-milestones").key("poam-items");
        Location::value(self.path, &list.index(item))
    }

    fn item(&self, at: usize, item: &PoamItem, found: &mut Diagnostics) -> Option<Value> {
        let risk = item.related_risks.first()?;
        let risk = self.plan.risks.iter().find(|one| one.uuid == risk.risk_uuid)?;
        let mut out = json!({
            "externalUid": item.uuid,
            "status": status(&risk.status),
            "vulnerabilityDescription": cut(&format!("{}\n\n{}", risk.title, risk.description), LONG),
            "sourceIdentifyingVulnerability": cut(&self.origin(), LONG),
            "resources": cut(&self.resources(item), RESOURCES),
        });
        let control = values(&item.props, "control-id").next().map(|(_, id)| id);
        if let Some(acronym) = control.and_then(acronym) {
            set(&mut out, "controlAcronym", json!(acronym));
        }
        if let Some(office) = office(self.plan) {
            set(&mut out, "pocOrganization", json!(cut(office, SHORT)));
        }
        let severity = prop(&risk.props, "severity").and_then(as_severity);
        if let Some(severity) = severity {
            set(&mut out, "severity", json!(rated(severity)));
        }
        self.by_status(at, risk, &mut out, found);
        Some(out)
    }

    /// What depends on the status of the item.
    fn by_status(&self, at: usize, risk: &Risk, out: &mut Value, found: &mut Diagnostics) {
        let log = risk.risk_log.as_ref().map(|log| log.entries.as_slice()).unwrap_or_default();
        let comments = log.last().and_then(|entry| entry.description.clone());
        match status(&risk.status) {
            "Risk Accepted" => set(out, "comments", json!(cut(&comments.unwrap_or_default(), LONG))),
            word => {
                let milestones = milestones(risk);
                if milestones.is_empty() {
                    found.push(lost(
                        format!("eMASS does not take an item that is {} without a milestone", word.to_lowercase()),
                        self.at(at),
                        "add a `remediation` with a task of type `milestone` to the risk in the plan's record",
                    ));
                }
                set(out, "milestones", Value::Array(milestones));
                match risk.deadline.as_deref().and_then(seconds) {
                    Some(deadline) => set(out, "scheduledCompletionDate", json!(deadline)),
                    None => found.push(lost(
                        format!(
                            "eMASS does not take an item that is {} without a day of completion",
                            word.to_lowercase()
                        ),
                        self.at(at),
                        "set the `deadline` of the risk in the plan's record",
                    )),
                }
                if word == "Completed" {
                    let closed =
                        log.iter().rev().find(|entry| entry.status_change.as_deref() == Some("closed"));
                    set(out, "completionDate", json!(closed.and_then(|entry| seconds(&entry.start))));
                    set(out, "comments", json!(cut(&comments.unwrap_or_default(), LONG)));
                }
            }
        }
    }

    fn origin(&self) -> String {
        let as_of = self.report.as_of.as_deref().unwrap_or(&self.report.start);
        format!("{}, as of {as_of}", self.report.title)
    }

    /// The names of what fails.
    fn resources(&self, item: &PoamItem) -> String {
        let observed = item.related_observations.first();
        let observation = observed
            .and_then(|one| self.plan.observations.iter().find(|seen| seen.uuid == one.observation_uuid));
        let subjects = observation.iter().flat_map(|observation| &observation.subjects);
        let names: Vec<&str> = subjects.filter_map(|subject| subject.title.as_deref()).collect();
        if names.is_empty() { "none listed".to_owned() } else { names.join(", ") }
    }
}

fn status(risk: &str) -> &'static str {
    match risk {
        "closed" => "Completed",
        "deviation-approved" => "Risk Accepted",
        _ => "Ongoing",
    }
}

fn rated(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "Very High",
        Severity::High => "High",
        Severity::Moderate => "Moderate",
        Severity::Low => "Low",
    }
}

/// The steps of remediations, with their days where they have one.
fn milestones(risk: &Risk) -> Vec<Value> {
    let tasks = risk.remediations.iter().flat_map(|response| &response.tasks);
    let due = |task: &probity_oscal::model::assessment::Task| {
        let timing = task.timing.as_ref()?;
        let date = timing.on_date.as_ref().map(|on| on.date.clone());
        seconds(&date.or_else(|| timing.within_date_range.as_ref().map(|range| range.end.clone()))?)
    };
    let milestones = tasks.filter(|task| task.r#type == "milestone").filter_map(|task| {
        let due = due(task).or_else(|| seconds(risk.deadline.as_deref()?))?;
        Some(json!({ "description": cut(&task.title, LONG), "scheduledCompletionDate": due }))
    });
    milestones.collect()
}

/// Seconds since 1970.
fn seconds(text: &str) -> Option<i64> {
    Some(text.parse::<Timestamp>().ok()?.as_second())
}

/// The acronym of a control of NIST SP 800-53: `ac-6.1` is `AC-6(1)`.
pub(super) fn acronym(id: &str) -> Option<String> {
    let (family, number) = id.split_once('-')?;
    let is_family = family.len() == 2 && family.chars().all(|c| c.is_ascii_alphabetic());
    let (control, enhancement) = match number.split_once('.') {
        Some((control, enhancement)) => (control, Some(enhancement)),
        None => (number, None),
    };
    let is_number =
        |text: &str| !text.is_empty() && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    if !is_family || !is_number(control) || !enhancement.is_none_or(is_number) {
        return None;
    }
    let family = family.to_uppercase();
    Some(enhancement.map_or_else(|| format!("{family}-{control}"), |e| format!("{family}-{control}({e})")))
}

#[cfg(test)]
mod tests {
    use super::acronym;

    #[test]
    fn controls_of_800_53_have_acronyms() {
        let all = ["ac-2", "ac-6.1", "sa-24", "iam-09.1", "ops-06", "ac-06", "a.5.1", "pm-02.1"];
        let acronyms: Vec<Option<String>> = all.iter().map(|id| acronym(id)).collect();
        let expected = [Some("AC-2"), Some("AC-6(1)"), Some("SA-24"), None, None, None, None, None];
        assert_eq!(acronyms, expected.map(|text| text.map(str::to_owned)));
    }
}
