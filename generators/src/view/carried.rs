//! Results of other assessments that mappings carry here, or show beside a control.

use probity_oscal::PROBITY_NS;
use probity_oscal::model::assessment::Observation;
use probity_oscal::model::metadata::{Link, Property, Resource};

use super::markup;
use super::props::{owned, prop, values};
use super::report::{Carried, Given};
use super::words::ControlState;

/// Whether an observation tells of a result of another assessment.
pub(super) fn is_carried(observation: &Observation) -> bool {
    prop(&observation.props, "carried-from").is_some()
}

/// What the observations tell of other assessments, in document order.
pub(super) fn carried(observations: &[Observation], resources: &[Resource]) -> Vec<Carried> {
    observations.iter().filter_map(|observation| one(observation, resources)).collect()
}

fn one(observation: &Observation, resources: &[Resource]) -> Option<Carried> {
    let props = &observation.props;
    let carries = props.iter().find(|prop| is_ours(prop, "carries"))?;
    let all = |name| values(props, name).into_iter().map(str::to_owned).collect();
    let given: Vec<Given> = props.iter().filter(|prop| is_ours(prop, "given-control")).map(given).collect();
    Some(Carried {
        uuid: observation.uuid.clone(),
        title: observation.title.as_deref().map(markup::line).unwrap_or_default(),
        from: owned(props, "carried-from")?,
        catalog: owned(props, "carried-from-catalog").unwrap_or_default(),
        mapping: owned(props, "mapping").unwrap_or_default(),
        relationship: owned(props, "relationship").unwrap_or_default(),
        giving_side: owned(props, "giving-side").unwrap_or_default(),
        state: ControlState::parse(&carries.value),
        reason: carries.remarks.clone(),
        to: all("carried-to"),
        controls: all("control-id"),
        see: given.iter().find(|given| given.state.is_some()).map(|given| given.id.clone()),
        given,
        report: report(&observation.links, resources),
        remarks: observation.remarks.clone(),
    })
}

fn is_ours(prop: &Property, name: &str) -> bool {
    prop.name == name && prop.ns.as_deref() == Some(PROBITY_NS)
}

fn given(prop: &Property) -> Given {
    Given {
        id: prop.value.clone(),
        name: prop.remarks.as_deref().map_or_else(|| prop.value.to_uppercase(), markup::line),
        state: prop.class.as_deref().and_then(ControlState::parse),
    }
}

/// The report beside the results that are linked, from the folder of the document.
fn report(links: &[Link], resources: &[Resource]) -> Option<String> {
    let link = links.iter().find(|link| link.rel.as_deref() == Some("carried-from"))?;
    let uuid = link.href.strip_prefix('#')?;
    let resource = resources.iter().find(|resource| resource.uuid == uuid)?;
    let (folder, _) = resource.rlinks.first()?.href.rsplit_once('/')?;
    let leads_up = folder.split('/').all(|part| !part.is_empty() && !part.contains(':'));
    leads_up.then(|| format!("{folder}/report.html"))
}
