//! Networks: rule sets, virtual networks with their subnetworks, interfaces,
//! load balancers and application gateways.

mod balancer;
mod exposure;
mod flow_log;
mod gateway;
mod interface;
mod rules;
mod virtual_network;

pub(super) use exposure::{Exposure, INTERFACES_OF_MACHINES, LOAD_BALANCERS_OF_MACHINES};

use super::logging::{self, Retentions};
use super::place::Place;
use crate::live::{Call, Service, Sink};

/// The version of the interface.
const VERSION: &str = "2023-11-01";

const WORKSPACES: Call = logging::workspaces(
    &["LoadBalancer", "VirtualNetwork", "VirtualSubNetwork"],
    &["flowLogging.retentionPeriod", "resourceLogging.retentionPeriod"],
);
const DIAGNOSTICS: Call = logging::settings(&["LoadBalancer"], &["resourceLogging"]);

pub(super) static SERVICE: Service = Service {
    name: "network",
    resource_types: &[
        "LoadBalancer",
        "NetworkInterface",
        "NetworkSecurityGroup",
        "VirtualNetwork",
        "VirtualSubNetwork",
    ],
    calls: &[
        rules::LIST_GROUPS,
        virtual_network::LIST_NETWORKS,
        flow_log::LIST_WATCHERS,
        flow_log::LIST_FLOW_LOGS,
        interface::LIST_INTERFACES,
        interface::LIST_ADDRESSES,
        exposure::LOAD_BALANCERS_OF_INTERFACES,
        balancer::LIST_BALANCERS,
        gateway::LIST_GATEWAYS,
        gateway::LIST_FIREWALL_POLICIES,
        WORKSPACES,
        DIAGNOSTICS,
    ],
};

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    rules::collect(place, sink).await;
    let retentions = Retentions::read(place, sink, &WORKSPACES).await;
    let groups = virtual_network::collect(place, sink, &retentions).await;
    let addresses = interface::Addresses::read(place, sink, &interface::LIST_ADDRESSES).await;
    interface::collect(place, sink, groups.as_ref(), &addresses).await;
    balancer::collect(place, sink, &retentions, &addresses).await;
    gateway::collect(place, sink, &retentions, &addresses).await;
}
