//! Which interfaces an address on the public internet reaches, firewalls left
//! aside.

use std::collections::{BTreeMap, BTreeSet};

use azure_mgmt_compute::package_2024_07_01::models::VirtualMachineScaleSetVmNetworkProfileConfiguration;
use serde::Deserialize;

use super::super::id;
use super::super::item::{Item, Reference};
use super::super::place::Place;
use super::VERSION;
use crate::live::{Call, Sink};

const READ_INTERFACES: &str = "Microsoft.Network/networkInterfaces/read";
const READ_BALANCERS: &str = "Microsoft.Network/loadBalancers/read";

/// Interfaces, asked about for machines.
pub(in crate::azure) const INTERFACES_OF_MACHINES: Call =
    Call::detail("list network interfaces", READ_INTERFACES, &["VirtualMachine"], &["internetAccessible"]);

/// Load balancers, asked about for machines.
pub(in crate::azure) const LOAD_BALANCERS_OF_MACHINES: Call =
    Call::detail("list load balancers", READ_BALANCERS, &["VirtualMachine"], &["internetAccessible"]);

/// Load balancers, asked about for interfaces.
pub(super) const LOAD_BALANCERS_OF_INTERFACES: Call =
    Call::detail("list load balancers", READ_BALANCERS, &["NetworkInterface"], &["internetAccessible"]);

/// An interface, as far as it is about being reached.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Interface {
    pub(super) network_security_group: Option<Reference>,
    pub(super) ip_configurations: Option<Vec<Item<Address>>>,
}

/// An address of an interface.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Address {
    #[serde(rename = "publicIPAddress")]
    pub(super) public: Option<Reference>,
    pub(super) subnet: Option<Reference>,
    load_balancer_backend_address_pools: Option<Vec<Reference>>,
    load_balancer_inbound_nat_rules: Option<Vec<Reference>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Balancer {
    #[serde(rename = "frontendIPConfigurations")]
    frontends: Option<Vec<Item<Frontend>>>,
    load_balancing_rules: Option<Vec<Reference>>,
    inbound_nat_rules: Option<Vec<Reference>>,
    inbound_nat_pools: Option<Vec<Reference>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Frontend {
    #[serde(rename = "publicIPAddress")]
    public_ip_address: Option<Reference>,
    #[serde(rename = "publicIPPrefix")]
    public_ip_prefix: Option<Reference>,
}

/// How an interface can be reached.
struct Ways {
    has_public_address: bool,
    balancers: BTreeSet<String>,
}

impl Ways {
    fn of(interface: &Interface) -> Self {
        let addresses = || interface.ip_configurations.iter().flatten().filter_map(|a| a.properties.as_ref());
        let behind = addresses().flat_map(|address| {
            let pools = address.load_balancer_backend_address_pools.iter().flatten();
            pools.chain(address.load_balancer_inbound_nat_rules.iter().flatten())
        });
        Self {
            // an address that is not handed out at this moment will be
            has_public_address: addresses().any(|address| address.public.is_some()),
            balancers: behind.filter_map(|part| part.id.as_deref().map(balancer)).collect(),
        }
    }
}

/// The load balancer that a pool or rule is a part of.
fn balancer(part: &str) -> String {
    id::above(part, 1)
}

impl Balancer {
    /// Whether it takes connections on a public address. One without rules
    /// only lets connections out.
    fn is_open(&self) -> bool {
        let rules = [&self.load_balancing_rules, &self.inbound_nat_rules, &self.inbound_nat_pools];
        let has_rules = rules.into_iter().flatten().any(|rules| !rules.is_empty());
        let mut told = self.frontends.iter().flatten().filter_map(|frontend| frontend.properties.as_ref());
        has_rules
            && told
                .any(|frontend| frontend.public_ip_address.is_some() || frontend.public_ip_prefix.is_some())
    }
}

/// The load balancers that take connections on public addresses; none where
/// they are not known.
pub(super) struct Open(Option<BTreeSet<String>>);

impl Open {
    pub(super) async fn read(place: &Place, sink: &Sink<'_, '_>, call: &Call) -> Self {
        let path = place.path("providers/Microsoft.Network/loadBalancers");
        let listed = place.list::<Item<Balancer>>(sink, call, None, &path, VERSION).await;
        let open = |items: Vec<Item<Balancer>>| {
            let open =
                items.into_iter().filter(|item| item.properties.as_ref().is_some_and(Balancer::is_open));
            open.map(|item| id::canonical(&item.id)).collect()
        };
        Self(listed.whole().map(open))
    }

    /// Whether an interface is reached.
    pub(super) fn reaches(&self, interface: &Interface) -> Option<bool> {
        self.lead_to(&Ways::of(interface))
    }

    fn lead_to(&self, ways: &Ways) -> Option<bool> {
        if ways.has_public_address {
            return Some(true);
        }
        if ways.balancers.is_empty() {
            return Some(false);
        }
        let open = self.0.as_ref()?;
        Some(ways.balancers.iter().any(|balancer| open.contains(balancer)))
    }
}

/// What machines are reached by.
pub(in crate::azure) struct Exposure {
    interfaces: BTreeMap<String, Ways>,
    open: Open,
}

impl Exposure {
    /// Reads interfaces and load balancers.
    pub(in crate::azure) async fn read(
        place: &Place,
        sink: &Sink<'_, '_>,
        interfaces: &Call,
        balancers: &Call,
    ) -> Self {
        let path = place.path("providers/Microsoft.Network/networkInterfaces");
        let listed = place.list::<Item<Interface>>(sink, interfaces, None, &path, VERSION).await;
        let ways = |item: Item<Interface>| Some((id::canonical(&item.id), Ways::of(&item.properties?)));
        Self {
            interfaces: listed.items.into_iter().filter_map(ways).collect(),
            open: Open::read(place, sink, balancers).await,
        }
    }

    /// Whether one of these interfaces is reached; none where that is not
    /// known of each.
    pub(in crate::azure) fn any(&self, interfaces: &[String]) -> Option<bool> {
        let reached = interfaces.iter().map(|id| self.open.lead_to(self.interfaces.get(id)?));
        any(reached)
    }

    /// Whether an interface is reached that a scale set describes.
    pub(in crate::azure) fn described(
        &self,
        network: &VirtualMachineScaleSetVmNetworkProfileConfiguration,
    ) -> Option<bool> {
        let interfaces = network.network_interface_configurations.iter();
        let addresses = interfaces.flat_map(|interface| {
            interface.properties.iter().flat_map(|properties| &properties.ip_configurations)
        });
        any(addresses.map(|address| {
            let address = address.properties.as_ref()?;
            let pools = address.load_balancer_backend_address_pools.iter();
            let behind = pools.chain(&address.load_balancer_inbound_nat_pools);
            self.open.lead_to(&Ways {
                has_public_address: address.public_ip_address_configuration.is_some(),
                balancers: behind.filter_map(|part| part.id.as_deref().map(balancer)).collect(),
            })
        }))
    }
}

/// Whether one of several is; none where no known one is and not all are known.
fn any(all: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let all: Vec<Option<bool>> = all.collect();
    if all.contains(&Some(true)) {
        return Some(true);
    }
    all.iter().all(Option::is_some).then_some(false)
}
