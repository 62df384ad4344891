//! A bundle for `ServiceNow`'s continuous authorisation and monitoring: OSCAL 1.1.2 in JSON, results never alone but with catalog,
//! profile, system security plan and assessment plan, at most 1024 MB, and each item of the plan of action and milestones on one
//! observation and one finding.

use probity_diagnostics::{Diagnostics, Location, Pointer, Step};
use probity_oscal::Release;
use probity_oscal::model::poam::PoamItem;

use super::closure::{Closure, closure};
use super::{Export, Source, bundle, lost, refused};

/// The release that is read.
const RELEASE: Release = Release { major: 1, minor: 1, patch: 2 };
/// Bytes of a package.
const LIMIT: usize = 1024 << 20;
/// The models that a package of results has to have.
const NEEDED: [&str; 4] = ["catalog", "profile", "system-security-plan", "assessment-plan"];

pub(super) fn write(source: Source<'_>) -> Step<Export> {
    let mut found = Diagnostics::new();
    let Some(closed) = found.absorb(closure(source)) else { return Err(found) };
    found.extend(check(source, &closed)?);
    let Some(export) = found.absorb(bundle::of(source, closed, RELEASE)) else { return Err(found) };
    let bytes: usize = export.files.values().map(Vec::len).sum();
    if bytes > LIMIT {
        let message = format!("{} MB are more than the 1024 MB that ServiceNow takes", bytes >> 20);
        let help = "assess fewer sources at once";
        found.push(refused(message, Location::file(source.results), help));
    }
    found.unless_errors(export)
}

fn check(source: Source<'_>, closed: &Closure) -> Result<Diagnostics, Diagnostics> {
    let mut found = Diagnostics::new();
    for model in NEEDED {
        if closed.documents.iter().all(|document| document.model != model) {
            let message =
                format!("the results lead to no {model}, without which ServiceNow does not take them");
            let help = "build the assessment in its project, so that the results name their plan";
            found.push(refused(message, Location::file(source.results), help));
        }
    }
    let (Some(path), Some(plan)) = (source.poam, source.plan()?) else { return Ok(found) };
    let list = Pointer::root().key("plan-of-action-and-milestones").key("poam-items");
    for (at, _) in plan.poam_items.iter().enumerate().filter(|(_, item)| !is_single(item)) {
        let message =
            "the item names more than one observation or finding, which ServiceNow takes for an error";
        let help = "write an item for each of them";
        found.push(refused(message, Location::value(path, &list.index(at)), help));
    }
    let people = plan.metadata.parties.iter().enumerate().filter(|(_, party)| party.name.is_none());
    for (at, _) in people {
        let place =
            Pointer::root().key("plan-of-action-and-milestones").key("metadata").key("parties").index(at);
        let message = "the party has no name, by which ServiceNow finds its users and groups";
        found.push(lost(message, Location::value(path, &place), "give it a `name`"));
    }
    Ok(found)
}

fn is_single(item: &PoamItem) -> bool {
    item.related_observations.len() <= 1 && item.related_findings.len() <= 1
}
