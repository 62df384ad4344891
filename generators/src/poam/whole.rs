//! The plan for others: the record, and what people wrote themselves.

use std::collections::BTreeSet;

use probity_oscal::model::PlanOfActionAndMilestones;
use probity_oscal::model::assessment::ImportSsp;
use probity_oscal::model::metadata::Link;

/// Where a plan will lie, by what it names from there.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The system security plan.
    pub ssp: Option<&'a str>,
    /// The profile whose controls the assessment is about.
    pub profile: &'a str,
}

/// Joins the record with what people wrote, whose references are those of the place already. None where there is no item.
pub fn whole(
    record: Option<&PlanOfActionAndMilestones>,
    own: Option<&PlanOfActionAndMilestones>,
    place: &Place<'_>,
) -> Option<PlanOfActionAndMilestones> {
    let mut plan = match (record, own) {
        (None, None) => return None,
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (Some(record), Some(own)) => join(record.clone(), own.clone()),
    };
    if plan.poam_items.is_empty() {
        return None;
    }
    if let Some(href) = place.ssp {
        plan.import_ssp = Some(ImportSsp { href: href.to_owned(), remarks: None });
    }
    set_profile(&mut plan, place.profile);
    Some(plan)
}

/// Says whose controls the findings are about, as assessment plans do.
pub(super) fn set_profile(plan: &mut PlanOfActionAndMilestones, href: &str) {
    let links = &mut plan.metadata.links;
    links.retain(|link| link.rel.as_deref() != Some("source-profile"));
    links.push(Link { href: href.to_owned(), rel: Some("source-profile".to_owned()), ..Link::default() });
}

fn join(mut plan: PlanOfActionAndMilestones, own: PlanOfActionAndMilestones) -> PlanOfActionAndMilestones {
    add(&mut plan.metadata.roles, own.metadata.roles, |role| role.id.clone());
    add(&mut plan.metadata.locations, own.metadata.locations, |location| location.uuid.clone());
    add(&mut plan.metadata.parties, own.metadata.parties, |party| party.uuid.clone());
    add(&mut plan.observations, own.observations, |one| one.uuid.clone());
    add(&mut plan.risks, own.risks, |one| one.uuid.clone());
    add(&mut plan.findings, own.findings, |one| one.uuid.clone());
    add(&mut plan.poam_items, own.poam_items, |item| item.uuid.clone().unwrap_or_default());
    plan.system_id = plan.system_id.or(own.system_id);
    if let Some(theirs) = own.local_definitions {
        let local = plan.local_definitions.get_or_insert_default();
        add(&mut local.components, theirs.components, |one| one.uuid.clone());
        add(&mut local.inventory_items, theirs.inventory_items, |one| one.uuid.clone());
        local.assessment_assets = local.assessment_assets.take().or(theirs.assessment_assets);
    }
    if let Some(theirs) = own.back_matter {
        let back = plan.back_matter.get_or_insert_default();
        add(&mut back.resources, theirs.resources, |one| one.uuid.clone());
    }
    plan
}

/// Adds what is not there yet, by its identifier.
fn add<T>(list: &mut Vec<T>, others: Vec<T>, id: impl Fn(&T) -> String) {
    let seen: BTreeSet<String> = list.iter().map(&id).collect();
    list.extend(others.into_iter().filter(|other| !seen.contains(&id(other))));
}
