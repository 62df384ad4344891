//! Security groups and network access lists.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{IpPermission, NetworkAcl, NetworkAclEntry, SecurityGroup};
use futures_util::StreamExt as _;
use serde_json::Value;

use super::{labels, name};
use crate::aws::fault::answer;
use crate::aws::session::Place;
use crate::aws::value::word;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Fault, Sink};

pub(super) const DESCRIBE_SECURITY_GROUPS: Call =
    Call::listing("DescribeSecurityGroups", "ec2:DescribeSecurityGroups", &["NetworkSecurityGroup"]);
pub(super) const DESCRIBE_NETWORK_ACLS: Call =
    Call::listing("DescribeNetworkAcls", "ec2:DescribeNetworkAcls", &["NetworkSecurityGroup"]);
pub(super) const GET_MANAGED_PREFIX_LIST_ENTRIES: Call = Call::detail(
    "GetManagedPrefixListEntries",
    "ec2:GetManagedPrefixListEntries",
    &["NetworkSecurityGroup"],
    &["rules[].networks"],
);
const WORDS: Call = Call::detail(
    "DescribeNetworkAcls",
    "ec2:DescribeNetworkAcls",
    &["NetworkSecurityGroup"],
    &["rules[].effect"],
);

/// The number of the rule that comes last in every list.
const LAST_RULE: i32 = 32_767;

/// Address ranges by the list that names them.
type Lists = BTreeMap<String, Vec<String>>;

pub(super) async fn security_groups(client: &Client, place: &Place, sink: &Sink<'_, '_>) {
    let mut all = Vec::new();
    let mut pages = client.describe_security_groups().into_paginator().page_size(1000).send();
    while let Some(page) = pages.next().await {
        let Some(page) = sink.answer(&DESCRIBE_SECURITY_GROUPS, None, answer(page)) else { break };
        all.extend(page.security_groups.unwrap_or_default());
    }
    let rules =
        all.iter().flat_map(|group| group.ip_permissions().iter().chain(group.ip_permissions_egress()));
    let named = rules
        .flat_map(aws_sdk_ec2::types::IpPermission::prefix_list_ids)
        .filter_map(|list| list.prefix_list_id());
    let lists = prefix_lists(client, place, sink, named.map(str::to_owned).collect()).await;
    for group in &all {
        if let Some(draft) = security_group(place, &lists, group) {
            sink.write(draft);
        }
    }
}

/// What the lists that rules name hold. One that cannot be read is missing.
async fn prefix_lists(client: &Client, place: &Place, sink: &Sink<'_, '_>, ids: BTreeSet<String>) -> Lists {
    let asked = ids.into_iter().map(|id| async move {
        let mut pages = client.get_managed_prefix_list_entries().prefix_list_id(&id).into_paginator().send();
        let mut ranges = Vec::new();
        while let Some(page) = pages.next().await {
            let page = answer(page);
            let entries = match page {
                Ok(page) => page.entries.unwrap_or_default(),
                Err(fault) => return (id, Err::<Vec<String>, Fault>(fault)),
            };
            ranges.extend(entries.into_iter().filter_map(|entry| entry.cidr));
        }
        (id, Ok(ranges))
    });
    let answers: Vec<_> = futures_util::stream::iter(asked).buffered(place.concurrent).collect().await;
    let read = |(id, result): (String, Result<Vec<String>, Fault>)| {
        let ranges = sink.answer(&GET_MANAGED_PREFIX_LIST_ENTRIES, Some(&id), result)?;
        Some((id, ranges))
    };
    answers.into_iter().filter_map(read).collect()
}

fn security_group(place: &Place, lists: &Lists, group: &SecurityGroup) -> Option<Draft> {
    let id = group.group_id()?;
    let arn = place.arn("ec2", &format!("security-group/{id}"));
    let mut draft = Draft::new("NetworkSecurityGroup", arn, group.group_name().unwrap_or(id));
    draft.put_labels(labels(group.tags()));
    draft.put_id("parentId", group.vpc_id().map(|vpc| place.arn("ec2", &format!("vpc/{vpc}"))));
    let properties = &mut draft.properties;
    properties.put("geoLocation", place.location());
    properties.put_if_known("description", group.description());
    // no other group may take the name of a network's own one
    properties.put_if_known("isDefault", group.group_name().map(|name| name == "default"));
    if let (Some(incoming), Some(outgoing)) = (&group.ip_permissions, &group.ip_permissions_egress) {
        let incoming = incoming.iter().map(|rule| allowance("ingress", lists, rule));
        let outgoing = outgoing.iter().map(|rule| allowance("egress", lists, rule));
        properties.put("rules", incoming.chain(outgoing).map(Value::from).collect::<Vec<_>>());
    }
    Some(draft)
}

/// A rule of a security group. Members of other groups that it lets in have
/// no address ranges of their own.
fn allowance(direction: &str, lists: &Lists, rule: &IpPermission) -> Properties {
    let mut out = Properties::default();
    out.put("direction", direction);
    out.put("effect", "allow");
    put_protocol(&mut out, rule.ip_protocol(), rule.from_port().zip(rule.to_port()));
    let v4 = rule.ip_ranges().iter().filter_map(|range| range.cidr_ip());
    let v6 = rule.ipv6_ranges().iter().filter_map(|range| range.cidr_ipv6());
    let own = v4.chain(v6).map(str::to_owned);
    let named = rule.prefix_list_ids().iter().map(|list| lists.get(list.prefix_list_id()?));
    let named: Option<Vec<&Vec<String>>> = named.collect();
    let all = named.map(|named| own.chain(named.into_iter().flatten().cloned()).collect::<Vec<_>>());
    out.put_if_known("networks", all);
    out.put("priority", Value::Null);
    out
}

/// The protocol in the words of the ontology, and the ports where it has any.
fn put_protocol(rule: &mut Properties, protocol: Option<&str>, ports: Option<(i32, i32)>) {
    let Some(protocol) = protocol else { return };
    let (protocol, has_ports) = match protocol {
        "-1" => ("any", false),
        "tcp" | "6" => ("tcp", true),
        "udp" | "17" => ("udp", true),
        "icmp" | "1" | "icmpv6" | "58" => ("icmp", false),
        other => (other, false),
    };
    let ports = ports.filter(|(from, to)| has_ports && *from >= 0 && *to >= 0);
    rule.put("protocol", protocol);
    rule.put_or_null("fromPort", ports.map(|(from, _)| from));
    rule.put_or_null("toPort", ports.map(|(_, to)| to));
}

/// Reads the access lists of networks; yields those that apply to each
/// subnetwork, where all of them could be read.
pub(super) async fn access_lists(
    client: &Client,
    place: &Place,
    sink: &Sink<'_, '_>,
) -> Option<BTreeMap<String, Vec<String>>> {
    let mut of_subnets: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut pages = client.describe_network_acls().into_paginator().page_size(1000).send();
    while let Some(page) = pages.next().await {
        let page = sink.answer(&DESCRIBE_NETWORK_ACLS, None, answer(page))?;
        for list in page.network_acls() {
            let Some(draft) = access_list(place, sink, list) else { continue };
            for subnet in list.associations().iter().filter_map(|association| association.subnet_id()) {
                of_subnets.entry(subnet.to_owned()).or_default().push(draft.id().to_owned());
            }
            sink.write(draft);
        }
    }
    Some(of_subnets)
}

fn access_list(place: &Place, sink: &Sink<'_, '_>, list: &NetworkAcl) -> Option<Draft> {
    let id = list.network_acl_id()?;
    let arn = place.arn("ec2", &format!("network-acl/{id}"));
    let mut draft = Draft::new("NetworkSecurityGroup", arn, name(list.tags(), id));
    draft.put_labels(labels(list.tags()));
    draft.put_id("parentId", list.vpc_id().map(|vpc| place.arn("ec2", &format!("vpc/{vpc}"))));
    let properties = &mut draft.properties;
    properties.put("geoLocation", place.location());
    // lists are tied to subnets: none is chosen for a machine that names no set
    properties.put("isDefault", false);
    if let Some(entries) = &list.entries {
        let mut entries: Vec<&NetworkAclEntry> = entries.iter().collect();
        entries.sort_by_key(|entry| (entry.egress(), entry.rule_number()));
        let rules = entries.into_iter().map(|entry| Value::from(entry_rule(sink, id, entry)));
        properties.put("rules", rules.collect::<Vec<_>>());
    }
    Some(draft)
}

fn entry_rule(sink: &Sink<'_, '_>, id: &str, entry: &NetworkAclEntry) -> Properties {
    let mut out = Properties::default();
    let direction = entry.egress().map(|egress| if egress { "egress" } else { "ingress" });
    out.put_if_known("direction", direction);
    let action = entry.rule_action().map(aws_sdk_ec2::types::RuleAction::as_str);
    out.put_if_known("effect", word(sink, &WORDS, id, action, &[("allow", "allow"), ("deny", "deny")]));
    let ports = entry.port_range().and_then(|range| range.from().zip(range.to()));
    put_protocol(&mut out, entry.protocol(), ports);
    let networks = entry.cidr_block().into_iter().chain(entry.ipv6_cidr_block());
    out.put("networks", networks.map(str::to_owned).collect::<Vec<_>>());
    out.put_if_known("priority", entry.rule_number().filter(|number| *number <= LAST_RULE));
    out
}
