//! Amazon EKS: clusters, as their control planes are set up.

use aws_sdk_eks::Client;
use aws_sdk_eks::types::{Cluster, ComputeConfigResponse, LogType};
use futures_util::StreamExt as _;
use serde_json::Value;

use super::fault::answer;
use super::keys::Keys;
use super::session::Place;
use super::value::time;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Service, Sink};

const TYPE: [&str; 1] = ["ContainerOrchestration"];
const LIST_CLUSTERS: Call = Call::listing("ListClusters", "eks:ListClusters", &TYPE);
const DESCRIBE_CLUSTER: Call = Call::listing("DescribeCluster", "eks:DescribeCluster", &TYPE);
const DESCRIBE_KEY: Call =
    Call::detail("DescribeKey", "kms:DescribeKey", &TYPE, &["atRestEncryption.keyManagement"]);

pub(super) static SERVICE: Service =
    Service { name: "eks", resource_types: &TYPE, calls: &[LIST_CLUSTERS, DESCRIBE_CLUSTER, DESCRIBE_KEY] };

/// The first minor version of Kubernetes 1 whose objects are all encrypted,
/// whatever a cluster asks for, by the documentation.
const ENCRYPTED_SINCE: u32 = 28;

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let client = &Client::new(&place.config);
    let mut names = Vec::new();
    let mut pages = client.list_clusters().into_paginator().send();
    while let Some(page) = pages.next().await {
        let Some(page) = sink.answer(&LIST_CLUSTERS, None, answer(page)) else { break };
        names.extend(page.clusters.unwrap_or_default());
    }
    let asked = names.iter().map(|name| async move {
        let described = answer(client.describe_cluster().name(name).send().await);
        sink.answer(&DESCRIBE_CLUSTER, Some(name), described)?.cluster
    });
    let clusters: Vec<_> = futures_util::stream::iter(asked).buffered(place.concurrent).collect().await;
    let named = clusters.iter().flatten().filter_map(secrets_key).map(str::to_owned).collect();
    let keys = Keys::look_up(place, sink, &DESCRIBE_KEY, named).await;
    for draft in clusters.iter().flatten().filter_map(|described| cluster(place, &keys, described)) {
        sink.write(draft);
    }
}

fn cluster(place: &Place, keys: &Keys, cluster: &Cluster) -> Option<Draft> {
    let (arn, name) = (cluster.arn()?, cluster.name()?);
    let mut draft = Draft::new("ContainerOrchestration", arn.to_owned(), name);
    draft.put_id("parentId", Some(place.account_id()));
    draft.put_labels(cluster.tags().into_iter().flatten());
    let properties = &mut draft.properties;
    properties.put("geoLocation", place.location());
    properties.put_if_known("creationTime", cluster.created_at().and_then(time).map(|at| at.to_string()));
    properties.put_if_known("version", cluster.version());
    properties.put_if_known("managementUrl", cluster.endpoint());
    if let Some(network) = cluster.resources_vpc_config() {
        properties.put("internetAccessible", network.endpoint_public_access());
        let ranges = network.public_access_cidrs.clone().filter(|_| network.endpoint_public_access());
        properties.put_if_known("allowedNetworks", ranges);
    }
    let mut access = Properties::default();
    access.put("model", "RBAC");
    properties.put("accessControl", access);
    properties.put_if_known("atRestEncryption", encryption(place, keys, cluster));
    let group = place.arn("logs", &format!("log-group:/aws/eks/{name}/cluster"));
    let components = [LogType::Api, LogType::ControllerManager, LogType::Scheduler];
    properties.put_if_known("activityLogging", logging(cluster, &[LogType::Audit], &group));
    properties.put_if_known("resourceLogging", logging(cluster, &components, &group));
    if let Some(protected) = cluster.deletion_protection() {
        let mut protection = Properties::default();
        protection.put("enabled", protected);
        properties.put("deletionProtection", protection);
    }
    if let Some(automatic) = cluster.compute_config().and_then(ComputeConfigResponse::enabled) {
        let mut updates = Properties::default();
        updates.put("enabled", automatic);
        properties.put("automaticUpdates", updates);
    }
    draft.relate(group);
    Some(draft)
}

/// The key of its owner that its objects are encrypted with.
fn secrets_key(cluster: &Cluster) -> Option<&str> {
    cluster.encryption_config().first()?.provider()?.key_arn()
}

fn encryption(place: &Place, keys: &Keys, cluster: &Cluster) -> Option<Properties> {
    if let Some(key) = secrets_key(cluster) {
        return Some(keys.encryption(place, key));
    }
    let minor: u32 = cluster.version()?.strip_prefix("1.")?.parse().ok()?;
    let mut encryption = Properties::default();
    encryption.put("enabled", minor >= ENCRYPTED_SINCE);
    if minor >= ENCRYPTED_SINCE {
        encryption.put("keyManagement", "provider");
        encryption.put("keyId", Value::Null);
    }
    Some(encryption)
}

/// Whether one of several kinds of log is sent to the cluster's log group.
fn logging(cluster: &Cluster, kinds: &[LogType], group: &str) -> Option<Properties> {
    let setups = cluster.logging()?.cluster_logging.as_ref()?;
    let on = setups
        .iter()
        .any(|setup| setup.enabled() == Some(true) && setup.types().iter().any(|kind| kinds.contains(kind)));
    let mut logging = Properties::default();
    logging.put("enabled", on);
    let groups: Vec<&str> = on.then_some(group).into_iter().collect();
    logging.put("loggingServiceIds", groups);
    Some(logging)
}
