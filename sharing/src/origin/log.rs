//! What became of a risk after an incident was made of it, as entries of its log.

use jiff::Timestamp;
use probity_oscal::model::PlanOfActionAndMilestones as Plan;
use probity_oscal::model::assessment::{Entry, Risk, RiskLog};
use probity_oscal::model::metadata::Property;
use probity_oscal::own::ours;
use probity_oscal::uuid5;

use crate::audience::Audience;
use crate::incident::Incident;
use crate::package::Manifest;

/// The prop, in Probity's namespace, of an entry about a package: its value is the id of the package, its class the kind of audience.
pub const SHARED_AS: &str = "shared-as";

/// The risks that an incident was made of, by their uuids.
pub fn risks(incident: &Incident) -> impl Iterator<Item = &str> {
    incident.links.iter().filter(|link| link.rel.as_str() == "risk").map(|link| link.href.as_str())
}

/// Notes in the log of a risk that it was shared in a package: the id of the package, when it was made, and for what kind of audience;
/// not for whom. Whether that is new.
pub fn shared(plan: &mut Plan, risk: &str, manifest: &Manifest) -> bool {
    let Some(risk) = plan.risks.iter_mut().find(|one| one.uuid == risk) else { return false };
    let Ok(kind) = manifest.audience.parse::<Audience>().map(|audience| audience.kind().word()) else {
        return false;
    };
    let whom = match kind {
        "person" => "a person",
        "member" => "a member",
        "members" => "all members",
        "group" => "a working group",
        _ => "everybody",
    };
    let prop = Property { class: Some(kind.to_owned()), ..ours(SHARED_AS, &manifest.id) };
    add(
        risk,
        Entry {
            uuid: uuid5(&[SHARED_AS, &manifest.id, &risk.uuid]),
            title: Some("Shared".to_owned()),
            description: Some(format!("An incident that was made of it was shared with {whom}.")),
            start: manifest.made.to_string(),
            props: vec![prop],
            ..Entry::default()
        },
    )
}

/// Closes a risk whose incident is resolved, and notes it in its log. Whether that is new: a risk that is closed, or that somebody has
/// accepted, stays as it is, and so does one whose incident is not resolved.
pub fn resolved(plan: &mut Plan, risk: &str, incident: &Incident, at: Timestamp) -> bool {
    let is_over = incident.status.as_ref().is_some_and(|status| status.as_str() == "resolved");
    let is_open =
        |one: &&mut Risk| one.uuid == risk && !matches!(one.status.as_str(), "closed" | "deviation-approved");
    let Some(risk) = plan.risks.iter_mut().find(is_open).filter(|_| is_over) else { return false };
    let is_new = add(
        risk,
        Entry {
            uuid: uuid5(&["resolved", &incident.issuer, &incident.id, &risk.uuid, &at.to_string()]),
            title: Some("Closed".to_owned()),
            description: Some("The incident that was made of it is resolved.".to_owned()),
            start: at.to_string(),
            status_change: Some("closed".to_owned()),
            ..Entry::default()
        },
    );
    if is_new {
        "closed".clone_into(&mut risk.status);
    }
    is_new
}

/// Adds an entry to the log of a risk, once.
fn add(risk: &mut Risk, entry: Entry) -> bool {
    let log = risk.risk_log.get_or_insert_with(RiskLog::default);
    let is_new = log.entries.iter().all(|one| one.uuid != entry.uuid);
    if is_new {
        log.entries.push(entry);
    }
    is_new
}
