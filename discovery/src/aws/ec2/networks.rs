//! Virtual networks, their parts, and records of the connections in them.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{FlowLog, LogDestinationType, Subnet, TrafficType, Vpc};

use super::{labels, name};
use crate::aws::fault::answer;
use crate::aws::retention::{Retention, log_group};
use crate::aws::session::Place;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Sink};

pub(super) const DESCRIBE_VPCS: Call = Call::listing("DescribeVpcs", "ec2:DescribeVpcs", &["VirtualNetwork"]);
pub(super) const DESCRIBE_SUBNETS: Call =
    Call::listing("DescribeSubnets", "ec2:DescribeSubnets", &["VirtualSubNetwork"]);
pub(super) const DESCRIBE_FLOW_LOGS: Call = Call::detail(
    "DescribeFlowLogs",
    "ec2:DescribeFlowLogs",
    &["VirtualNetwork", "VirtualSubNetwork"],
    &["flowLogging"],
);
pub(super) const DESCRIBE_LOG_GROUPS: Call = Call::detail(
    "DescribeLogGroups",
    "logs:DescribeLogGroups",
    &["VirtualNetwork", "VirtualSubNetwork"],
    &["flowLogging.retentionPeriod"],
);

/// Records of connections, by the resource that they are made of.
struct Flows {
    logs: BTreeMap<String, Vec<FlowLog>>,
    retention: Retention,
}

pub(super) async fn collect(client: &Client, place: &Place, sink: &Sink<'_, '_>) {
    let (flows, lists) =
        tokio::join!(flows(client, place, sink), super::groups::access_lists(client, place, sink));
    let mut pages = client.describe_vpcs().into_paginator().page_size(1000).send();
    while let Some(page) = pages.next().await {
        let Some(page) = sink.answer(&DESCRIBE_VPCS, None, answer(page)) else { break };
        let drafts = page.vpcs().iter().filter_map(|vpc| network(place, flows.as_ref(), vpc));
        drafts.for_each(|draft| sink.write(draft));
    }
    let mut pages = client.describe_subnets().into_paginator().page_size(1000).send();
    while let Some(page) = pages.next().await {
        let Some(page) = sink.answer(&DESCRIBE_SUBNETS, None, answer(page)) else { break };
        let drafts =
            page.subnets().iter().filter_map(|subnet| part(place, flows.as_ref(), lists.as_ref(), subnet));
        drafts.for_each(|draft| sink.write(draft));
    }
}

async fn flows(client: &Client, place: &Place, sink: &Sink<'_, '_>) -> Option<Flows> {
    let mut logs: BTreeMap<String, Vec<FlowLog>> = BTreeMap::new();
    let mut pages = client.describe_flow_logs().into_paginator().page_size(1000).send();
    while let Some(page) = pages.next().await {
        let page = sink.answer(&DESCRIBE_FLOW_LOGS, None, answer(page))?;
        for log in page.flow_logs.unwrap_or_default() {
            let is_running =
                log.flow_log_status() == Some("ACTIVE") && log.deliver_logs_status() != Some("FAILED");
            if let Some(of) = log.resource_id().filter(|_| is_running) {
                logs.entry(of.to_owned()).or_default().push(log);
            }
        }
    }
    let groups: BTreeSet<String> = logs.values().flatten().filter_map(|log| group(place, log)).collect();
    let retention = Retention::look_up(place, sink, &DESCRIBE_LOG_GROUPS, groups).await;
    Some(Flows { logs, retention })
}

/// The log group that records are sent to, where they are sent to one.
fn group(place: &Place, log: &FlowLog) -> Option<String> {
    match log.log_destination_type() {
        Some(LogDestinationType::CloudWatchLogs) | None => {}
        Some(_) => return None,
    }
    let named = || log.log_group_name().map(|name| place.arn("logs", &format!("log-group:{name}")));
    log.log_destination().map(log_group).or_else(named)
}

impl Flows {
    /// The records that are made of any of these resources.
    fn of(&self, place: &Place, resources: &[&str]) -> Properties {
        let logs: Vec<&FlowLog> = resources.iter().filter_map(|id| self.logs.get(*id)).flatten().collect();
        let mut flow = Properties::default();
        flow.put("enabled", !logs.is_empty());
        let traffic: BTreeSet<&str> =
            logs.iter().filter_map(|log| log.traffic_type()).map(TrafficType::as_str).collect();
        let recorded = match (traffic.contains("ALL"), traffic.contains("ACCEPT"), traffic.contains("REJECT"))
        {
            (true, _, _) | (_, true, true) => Some("all"),
            (_, true, _) => Some("accepted"),
            (_, _, true) => Some("rejected"),
            _ => None,
        };
        flow.put_if_known("trafficType", recorded);
        if !logs.is_empty() {
            let groups: Option<Vec<String>> = logs.iter().map(|log| group(place, log)).collect();
            let sent: BTreeSet<String> = logs.iter().filter_map(|log| group(place, log)).collect();
            flow.put("loggingServiceIds", sent.into_iter().collect::<Vec<_>>());
            if let Some(period) = groups.and_then(|groups| self.retention.shortest(&groups)) {
                flow.put("retentionPeriod", period);
            }
        }
        flow
    }

    fn put(&self, place: &Place, draft: &mut Draft, resources: &[&str]) {
        for log in resources.iter().filter_map(|id| self.logs.get(*id)).flatten() {
            group(place, log).into_iter().for_each(|arn| draft.relate(arn));
        }
        draft.properties.put("flowLogging", self.of(place, resources));
    }
}

fn network(place: &Place, flows: Option<&Flows>, vpc: &Vpc) -> Option<Draft> {
    let id = vpc.vpc_id()?;
    let arn = place.arn("ec2", &format!("vpc/{id}"));
    let mut draft = Draft::new("VirtualNetwork", arn, name(vpc.tags(), id));
    draft.put_labels(labels(vpc.tags()));
    draft.put_id("parentId", Some(place.account_id()));
    if let Some(flows) = flows {
        flows.put(place, &mut draft, &[id]);
    }
    let properties = &mut draft.properties;
    properties.put("geoLocation", place.location());
    properties.put_if_known("isDefault", vpc.is_default());
    let v4 = vpc.cidr_block_association_set().iter().filter_map(|range| range.cidr_block());
    let v6 = vpc.ipv6_cidr_block_association_set().iter().filter_map(|range| range.ipv6_cidr_block());
    put_ranges(properties, vpc.cidr_block().into_iter().chain(v4).chain(v6));
    Some(draft)
}

fn part(
    place: &Place,
    flows: Option<&Flows>,
    lists: Option<&BTreeMap<String, Vec<String>>>,
    subnet: &Subnet,
) -> Option<Draft> {
    let id = subnet.subnet_id()?;
    let arn = place.arn("ec2", &format!("subnet/{id}"));
    let mut draft = Draft::new("VirtualSubNetwork", arn, name(subnet.tags(), id));
    draft.put_labels(labels(subnet.tags()));
    draft.put_id("parentId", subnet.vpc_id().map(|vpc| place.arn("ec2", &format!("vpc/{vpc}"))));
    if let Some(lists) = lists {
        draft.put_ids("networkSecurityGroupIds", lists.get(id).cloned().unwrap_or_default());
    }
    if let Some((flows, network)) = flows.zip(subnet.vpc_id()) {
        flows.put(place, &mut draft, &[network, id]);
    }
    let properties = &mut draft.properties;
    properties.put("geoLocation", place.location());
    properties.put_if_known("publicAddressOnLaunch", subnet.map_public_ip_on_launch());
    let v6 = subnet.ipv6_cidr_block_association_set().iter().filter_map(|range| range.ipv6_cidr_block());
    put_ranges(properties, subnet.cidr_block().into_iter().chain(v6));
    Some(draft)
}

fn put_ranges<'a>(properties: &mut Properties, ranges: impl Iterator<Item = &'a str>) {
    let ranges: BTreeSet<&str> = ranges.collect();
    properties.put("addressRanges", ranges.into_iter().map(str::to_owned).collect::<Vec<_>>());
}
