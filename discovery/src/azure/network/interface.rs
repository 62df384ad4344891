//! Network interfaces and public addresses.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::super::id;
use super::super::item::{Item, Reference};
use super::super::place::Place;
use super::VERSION;
use super::exposure::{Interface, LOAD_BALANCERS_OF_INTERFACES, Open};
use super::virtual_network::GroupsOfSubnets;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Sink};

pub(super) const LIST_INTERFACES: Call = Call::listing(
    "list network interfaces",
    "Microsoft.Network/networkInterfaces/read",
    &["NetworkInterface"],
);
pub(super) const LIST_ADDRESSES: Call = Call::detail(
    "list public addresses",
    "Microsoft.Network/publicIPAddresses/read",
    &["LoadBalancer", "NetworkInterface"],
    &["ddosProtection", "ips", "publicIpAddresses", "redundancy"],
);
/// A public address.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PublicAddress {
    ip_address: Option<String>,
    ddos_settings: Option<DdosSettings>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DdosSettings {
    protection_mode: Option<String>,
}

/// The public addresses of a subscription, by id.
pub(super) struct Addresses {
    all: BTreeMap<String, Item<PublicAddress>>,
}

impl Addresses {
    pub(super) async fn read(place: &Place, sink: &Sink<'_, '_>, call: &Call) -> Self {
        let path = place.path("providers/Microsoft.Network/publicIPAddresses");
        let listed = place.list::<Item<PublicAddress>>(sink, call, None, &path, VERSION).await;
        Self { all: listed.items.into_iter().map(|item| (id::canonical(&item.id), item)).collect() }
    }

    fn get(&self, reference: &Reference) -> Option<&Item<PublicAddress>> {
        self.all.get(&reference.id()?)
    }

    /// The addresses that these stand for; none where one is not known. One
    /// that is not handed out at this moment is none.
    pub(super) fn texts(&self, references: &[&Reference]) -> Option<Vec<String>> {
        let known: Option<Vec<&Item<PublicAddress>>> =
            references.iter().map(|reference| self.get(reference)).collect();
        let address = |item: &Item<PublicAddress>| item.properties.as_ref()?.ip_address.clone();
        Some(known?.into_iter().filter_map(address).collect())
    }

    /// Whether all of these are protected against floods; none where the
    /// network decides, which addresses do not name.
    pub(super) fn ddos_protection(&self, references: &[&Reference]) -> Option<bool> {
        let modes: Option<Vec<bool>> = references
            .iter()
            .map(|reference| {
                let settings = self.get(reference)?.properties.as_ref()?.ddos_settings.as_ref()?;
                match settings.protection_mode.as_deref()? {
                    "Enabled" => Some(true),
                    "Disabled" => Some(false),
                    _ => None,
                }
            })
            .collect();
        modes.filter(|modes| !modes.is_empty()).map(|modes| modes.iter().all(|&mode| mode))
    }

    /// The zones that all of these are in; none where that is not told.
    pub(super) fn zones(&self, references: &[&Reference]) -> Option<usize> {
        let zones = references.iter().map(|reference| self.get(reference)?.zones.as_ref().map(Vec::len));
        zones.collect::<Option<Vec<usize>>>()?.into_iter().min()
    }
}

pub(super) async fn collect(
    place: &Place,
    sink: &Sink<'_, '_>,
    groups: Option<&GroupsOfSubnets>,
    addresses: &Addresses,
) {
    let path = place.path("providers/Microsoft.Network/networkInterfaces");
    let listed = place.list::<Item<Interface>>(sink, &LIST_INTERFACES, None, &path, VERSION).await;
    if listed.items.is_empty() {
        return;
    }
    let open = Open::read(place, sink, &LOAD_BALANCERS_OF_INTERFACES).await;
    for item in &listed.items {
        sink.write(interface(item, groups, addresses, &open));
    }
}

fn interface(
    item: &Item<Interface>,
    groups: Option<&GroupsOfSubnets>,
    addresses: &Addresses,
    open: &Open,
) -> Draft {
    let mut draft = item.draft("NetworkInterface");
    let Some(interface) = &item.properties else { return draft };
    draft.properties.put_if_known("internetAccessible", open.reaches(interface));
    let parts: Vec<_> =
        interface.ip_configurations.iter().flatten().filter_map(|part| part.properties.as_ref()).collect();
    let public: Vec<&Reference> = parts.iter().filter_map(|part| part.public.as_ref()).collect();
    draft.properties.put_if_known("publicIpAddresses", addresses.texts(&public));
    let subnets = parts.iter().filter_map(|part| part.subnet.as_ref()?.id());
    if let Some(ids) = applying(interface, subnets, groups) {
        draft.properties.put("l3Firewall", filter(&ids));
        draft.put_ids("networkSecurityGroupIds", ids);
    }
    draft
}

/// The rule sets that apply to an interface: its own, and that of its
/// subnetwork.
fn applying(
    interface: &Interface,
    subnets: impl Iterator<Item = String>,
    groups: Option<&GroupsOfSubnets>,
) -> Option<Vec<String>> {
    let own = interface.network_security_group.as_ref().and_then(Reference::id);
    let around: Option<Vec<Option<String>>> = subnets.map(|subnet| groups?.get(&subnet).cloned()).collect();
    let mut ids: Vec<String> = own.into_iter().chain(around?.into_iter().flatten()).collect();
    ids.sort();
    ids.dedup();
    Some(ids)
}

/// The packet filter that rule sets are: the last rule of each drops what no
/// other names. Without a set there is no filter.
fn filter(groups: &[String]) -> serde_json::Value {
    if groups.is_empty() {
        return serde_json::Value::Null;
    }
    let mut filter = Properties::default();
    filter.put("enabled", true);
    filter.put("denyByDefault", true);
    filter.into()
}
