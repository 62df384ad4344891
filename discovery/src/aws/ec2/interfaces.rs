//! Network interfaces.

use std::net::Ipv6Addr;

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::NetworkInterface;

use super::{labels, name};
use crate::aws::fault::answer;
use crate::aws::session::Place;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Sink};

pub(super) const DESCRIBE_NETWORK_INTERFACES: Call =
    Call::listing("DescribeNetworkInterfaces", "ec2:DescribeNetworkInterfaces", &["NetworkInterface"]);

pub(super) async fn collect(client: &Client, place: &Place, sink: &Sink<'_, '_>) {
    let mut pages = client.describe_network_interfaces().into_paginator().page_size(1000).send();
    while let Some(page) = pages.next().await {
        let Some(page) = sink.answer(&DESCRIBE_NETWORK_INTERFACES, None, answer(page)) else { break };
        for interface in page.network_interfaces() {
            if let Some(draft) = network_interface(place, interface) {
                sink.write(draft);
            }
        }
    }
}

fn network_interface(place: &Place, interface: &NetworkInterface) -> Option<Draft> {
    let id = interface.network_interface_id()?;
    let arn = place.arn("ec2", &format!("network-interface/{id}"));
    let mut draft = Draft::new("NetworkInterface", arn, name(interface.tag_set(), id));
    draft.put_labels(labels(interface.tag_set()));
    let network = interface.vpc_id().map(|vpc| place.arn("ec2", &format!("vpc/{vpc}")));
    draft.put_id("parentId", network);
    if let Some(groups) = &interface.groups {
        let ids = groups.iter().filter_map(|group| group.group_id());
        let arns = ids.map(|id| place.arn("ec2", &format!("security-group/{id}")));
        draft.put_ids("networkSecurityGroupIds", arns.collect());
    }
    let properties = &mut draft.properties;
    properties.put("geoLocation", place.location());
    properties.put_if_known("description", interface.description());
    let addresses = addresses(interface);
    let has_v6 = addresses.iter().any(|address| address.contains(':'));
    let has_v4 = addresses.iter().any(|address| !address.contains(':'));
    properties.put_if_known("internetAccessible", is_reachable(has_v4, has_v6));
    properties.put("publicIpAddresses", addresses);
    if let Some(groups) = &interface.groups {
        // security groups drop what none of their rules lets in
        let mut firewall = Properties::default();
        firewall.put("enabled", !groups.is_empty());
        firewall.put("denyByDefault", !groups.is_empty());
        properties.put("l3Firewall", firewall);
    }
    Some(draft)
}

/// The addresses that belong to the public internet.
fn addresses(interface: &NetworkInterface) -> Vec<String> {
    let own = interface.association().and_then(|association| association.public_ip());
    let further = interface.private_ip_addresses().iter().filter_map(|ip| ip.association()?.public_ip());
    let v6 = interface.ipv6_addresses().iter().filter_map(|ip| ip.ipv6_address());
    let all = own.into_iter().chain(further).chain(v6.filter(|address| is_global(address)));
    let all: std::collections::BTreeSet<String> = all.map(str::to_owned).collect();
    all.into_iter().collect()
}

/// Whether an address of version 6 is one of the public internet.
pub(super) fn is_global(address: &str) -> bool {
    address.parse::<Ipv6Addr>().is_ok_and(|address| matches!(address.segments(), [0x2000..=0x3fff, ..]))
}

/// Whether the internet reaches an interface. Of one that has public
/// addresses of version 6 only, the gateway decides: that is not asked for.
pub(super) fn is_reachable(has_v4: bool, has_v6: bool) -> Option<bool> {
    match (has_v4, has_v6) {
        (true, _) => Some(true),
        (false, true) => None,
        (false, false) => Some(false),
    }
}
