//! Virtual networks and their subnetworks.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::super::id;
use super::super::item::{Item, Reference};
use super::super::logging::Retentions;
use super::super::place::Place;
use super::VERSION;
use super::flow_log::FlowLogs;
use crate::draft::Draft;
use crate::live::{Call, Sink};

pub(super) const LIST_NETWORKS: Call = Call::listing(
    "list virtual networks",
    "Microsoft.Network/virtualNetworks/read",
    &["VirtualNetwork", "VirtualSubNetwork"],
);

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Network {
    address_space: Option<Space>,
    subnets: Option<Vec<Item<Subnet>>>,
    enable_ddos_protection: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Space {
    address_prefixes: Option<Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Subnet {
    address_prefix: Option<String>,
    address_prefixes: Option<Vec<String>>,
    network_security_group: Option<Reference>,
}

/// The rule set of each subnetwork; none for one without a set.
pub(super) type GroupsOfSubnets = BTreeMap<String, Option<String>>;

/// Writes networks and subnetworks, and tells which rule sets apply in these.
pub(super) async fn collect(
    place: &Place,
    sink: &Sink<'_, '_>,
    retentions: &Retentions,
) -> Option<GroupsOfSubnets> {
    let path = place.path("providers/Microsoft.Network/virtualNetworks");
    let listed = place.list::<Item<Network>>(sink, &LIST_NETWORKS, None, &path, VERSION).await;
    let flows = if listed.items.is_empty() { None } else { FlowLogs::read(place, sink).await };
    let mut groups = GroupsOfSubnets::new();
    for item in &listed.items {
        sink.write(network(item, flows.as_ref(), retentions));
        let subnets = item.properties.iter().flat_map(|network| network.subnets.iter().flatten());
        for part in subnets {
            groups.insert(id::canonical(&part.id), part.properties.as_ref().and_then(Subnet::group));
            sink.write(subnet(item, part, flows.as_ref(), retentions));
        }
    }
    listed.is_complete.then_some(groups)
}

fn network(item: &Item<Network>, flows: Option<&FlowLogs>, retentions: &Retentions) -> Draft {
    let mut draft = item.draft("VirtualNetwork");
    let own = draft.id().to_owned();
    let properties = &mut draft.properties;
    // the platform makes no network of itself
    properties.put("isDefault", false);
    properties.put_if_known("flowLogging", flows.map(|flows| flows.logging(&[&own], retentions)));
    let Some(network) = &item.properties else { return draft };
    let ranges = network.address_space.as_ref().and_then(|space| space.address_prefixes.clone());
    properties.put_if_known("addressRanges", ranges);
    let mut ddos = crate::draft::Properties::default();
    // off unless a plan is named
    ddos.put("enabled", network.enable_ddos_protection.unwrap_or(false));
    properties.put("ddosProtection", ddos);
    draft
}

impl Subnet {
    fn group(&self) -> Option<String> {
        self.network_security_group.as_ref().and_then(Reference::id)
    }
}

fn subnet(
    network: &Item<Network>,
    item: &Item<Subnet>,
    flows: Option<&FlowLogs>,
    retentions: &Retentions,
) -> Draft {
    let mut draft = item.part("VirtualSubNetwork", &network.id, network.location.as_deref());
    // a machine gets a public address only where somebody asks for one
    draft.properties.put("publicAddressOnLaunch", false);
    let Some(subnet) = &item.properties else { return draft };
    let group = subnet.group();
    // the closest record of its connections
    let (own, above) = (draft.id().to_owned(), id::canonical(&network.id));
    let targets = [Some(own.as_str()), Some(above.as_str()), group.as_deref()];
    let targets: Vec<&str> = targets.into_iter().flatten().collect();
    let flows = flows.map(|flows| flows.logging(&targets, retentions));
    draft.properties.put_if_known("flowLogging", flows);
    let several = subnet.address_prefixes.clone().filter(|prefixes| !prefixes.is_empty());
    let ranges = several.or_else(|| subnet.address_prefix.clone().map(|prefix| vec![prefix]));
    draft.properties.put_if_known("addressRanges", ranges);
    draft.put_ids("networkSecurityGroupIds", group.into_iter().collect());
    draft
}
