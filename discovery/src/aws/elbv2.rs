//! Elastic Load Balancing, version 2: application, network and gateway load
//! balancers with their listeners.

mod balancer;
mod tls;

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_elasticloadbalancingv2::Client;
use aws_sdk_elasticloadbalancingv2::types::{
    Listener, LoadBalancer, LoadBalancerAttribute, LoadBalancerSchemeEnum, Rule,
};
use futures_util::StreamExt as _;

use super::fault::answer;
use super::session::Place;
use super::value::word;
use crate::live::{Call, Service, Sink};
use balancer::Read;
use tls::Tls;

const TYPE: [&str; 1] = ["LoadBalancer"];
const DESCRIBE_BALANCERS: Call =
    Call::listing("DescribeLoadBalancers", "elasticloadbalancing:DescribeLoadBalancers", &TYPE);
const READ_BALANCER: Call = Call::detail(
    "DescribeLoadBalancers",
    "elasticloadbalancing:DescribeLoadBalancers",
    &TYPE,
    &["internetAccessible"],
);
const DESCRIBE_CERTIFICATES: Call = Call::detail(
    "DescribeListenerCertificates",
    "elasticloadbalancing:DescribeListenerCertificates",
    &TYPE,
    &["certificateIds"],
);
const DESCRIBE_LISTENERS: Call = Call::detail(
    "DescribeListeners",
    "elasticloadbalancing:DescribeListeners",
    &TYPE,
    &["certificateIds", "httpEndpoints", "ports", "transportEncryption"],
);
const DESCRIBE_RULES: Call = Call::detail(
    "DescribeRules",
    "elasticloadbalancing:DescribeRules",
    &TYPE,
    &["httpEndpoints", "transportEncryption"],
);
const DESCRIBE_POLICIES: Call = Call::detail(
    "DescribeSSLPolicies",
    "elasticloadbalancing:DescribeSSLPolicies",
    &TYPE,
    &["transportEncryption.cipherSuites", "transportEncryption.protocolVersion"],
);
const DESCRIBE_ATTRIBUTES: Call = Call::detail(
    "DescribeLoadBalancerAttributes",
    "elasticloadbalancing:DescribeLoadBalancerAttributes",
    &TYPE,
    &["deletionProtection", "resourceLogging"],
);
const DESCRIBE_TAGS: Call =
    Call::detail("DescribeTags", "elasticloadbalancing:DescribeTags", &TYPE, &["labels"]);

pub(super) static SERVICE: Service = Service {
    name: "elbv2",
    resource_types: &TYPE,
    calls: &[
        DESCRIBE_BALANCERS,
        DESCRIBE_LISTENERS,
        DESCRIBE_RULES,
        DESCRIBE_CERTIFICATES,
        DESCRIBE_POLICIES,
        DESCRIBE_ATTRIBUTES,
        DESCRIBE_TAGS,
    ],
};

/// How many balancers one question about tags may name.
const BATCH: usize = 20;

/// A listener with what was asked about it.
#[derive(Debug, Clone)]
struct Heard {
    listener: Listener,
    /// The rules, where they bear on what is told of it.
    rules: Option<Vec<Rule>>,
    /// The ARNs of the certificates that it shows.
    certificates: Option<Vec<String>>,
}

/// The listeners of a balancer.
type Listeners = Vec<Heard>;

/// Whether the internet reaches a balancer, by its scheme.
const PUBLIC: [(&str, bool); 2] = [("internal", false), ("internet-facing", true)];

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let client = &Client::new(&place.config);
    let mut all = Vec::new();
    let mut pages = client.describe_load_balancers().into_paginator().send();
    while let Some(page) = pages.next().await {
        let Some(page) = sink.answer(&DESCRIBE_BALANCERS, None, answer(page)) else { break };
        all.extend(page.load_balancers.unwrap_or_default());
    }
    let tags = tags(client, place, sink, &all).await;
    let asked = all
        .iter()
        .filter_map(|balancer| balancer.load_balancer_arn())
        .map(|arn| async move { (listeners(client, sink, arn).await, attributes(client, sink, arn).await) });
    let read: Vec<_> = futures_util::stream::iter(asked).buffered(place.concurrent).collect().await;
    let policies = policies(client, sink, read.iter().filter_map(|(listeners, _)| listeners.as_ref())).await;
    let known = all.iter().filter(|balancer| balancer.load_balancer_arn().is_some());
    for (found, (listeners, attributes)) in known.zip(read) {
        let tags = found.load_balancer_arn().and_then(|arn| tags.get(arn));
        let scheme = found.scheme().map(LoadBalancerSchemeEnum::as_str);
        let about = found.load_balancer_name().unwrap_or_default();
        let public = word(sink, &READ_BALANCER, about, scheme, &PUBLIC);
        let read = Read { public, listeners, attributes, policies: &policies, tags };
        balancer::balancer(place, found, &read).into_iter().for_each(|draft| sink.write(draft));
    }
}

async fn tags(
    client: &Client,
    place: &Place,
    sink: &Sink<'_, '_>,
    balancers: &[LoadBalancer],
) -> BTreeMap<String, Vec<(String, String)>> {
    let arns: Vec<&str> = balancers.iter().filter_map(LoadBalancer::load_balancer_arn).collect();
    let asked = arns.chunks(BATCH).map(|batch| {
        let arns = batch.iter().map(|arn| (*arn).to_owned()).collect();
        let request = client.describe_tags().set_resource_arns(Some(arns));
        async move { sink.answer(&DESCRIBE_TAGS, None, answer(request.send().await)) }
    });
    let answers: Vec<_> = futures_util::stream::iter(asked).buffered(place.concurrent).collect().await;
    let told = answers.into_iter().flatten().flat_map(|answer| answer.tag_descriptions.unwrap_or_default());
    let pairs = told.filter_map(|told| {
        let tags = told.tags().iter();
        let tags = tags.map(|tag| {
            (tag.key().unwrap_or_default().to_owned(), tag.value().unwrap_or_default().to_owned())
        });
        Some((told.resource_arn()?.to_owned(), tags.collect()))
    });
    pairs.collect()
}

async fn listeners(client: &Client, sink: &Sink<'_, '_>, arn: &str) -> Option<Listeners> {
    let mut all = Vec::new();
    let mut pages = client.describe_listeners().load_balancer_arn(arn).into_paginator().send();
    while let Some(page) = pages.next().await {
        let page = sink.answer(&DESCRIBE_LISTENERS, Some(arn), answer(page))?;
        for listener in page.listeners.unwrap_or_default() {
            let rules =
                if balancer::needs_rules(&listener) { rules(client, sink, &listener).await } else { None };
            let certificates = certificates(client, sink, &listener).await;
            all.push(Heard { listener, rules, certificates });
        }
    }
    Some(all)
}

async fn rules(client: &Client, sink: &Sink<'_, '_>, listener: &Listener) -> Option<Vec<Rule>> {
    let arn = listener.listener_arn()?;
    let mut all = Vec::new();
    let mut pages = client.describe_rules().listener_arn(arn).into_paginator().send();
    while let Some(page) = pages.next().await {
        all.extend(sink.answer(&DESCRIBE_RULES, Some(arn), answer(page))?.rules.unwrap_or_default());
    }
    Some(all)
}

/// All certificates of a listener: its description names one of them.
async fn certificates(client: &Client, sink: &Sink<'_, '_>, listener: &Listener) -> Option<Vec<String>> {
    if listener.certificates().is_empty() {
        return Some(Vec::new());
    }
    let arn = listener.listener_arn()?;
    let mut all = Vec::new();
    let mut pages = client.describe_listener_certificates().listener_arn(arn).into_paginator().send();
    while let Some(page) = pages.next().await {
        let page = sink.answer(&DESCRIBE_CERTIFICATES, Some(arn), answer(page))?;
        let arns = page.certificates().iter().filter_map(|certificate| certificate.certificate_arn());
        all.extend(arns.map(str::to_owned));
    }
    Some(all)
}

async fn attributes(client: &Client, sink: &Sink<'_, '_>, arn: &str) -> Option<Vec<LoadBalancerAttribute>> {
    let told = answer(client.describe_load_balancer_attributes().load_balancer_arn(arn).send().await);
    sink.answer(&DESCRIBE_ATTRIBUTES, Some(arn), told)?.attributes
}

/// The policies that listeners name: which versions and ciphers they accept.
async fn policies(
    client: &Client,
    sink: &Sink<'_, '_>,
    listeners: impl Iterator<Item = &Listeners>,
) -> BTreeMap<String, Tls> {
    let named: BTreeSet<String> =
        listeners.flatten().filter_map(|heard| heard.listener.ssl_policy()).map(str::to_owned).collect();
    let mut policies = BTreeMap::new();
    if named.is_empty() {
        return policies;
    }
    let mut marker = None;
    loop {
        let request = client.describe_ssl_policies().set_names(Some(named.iter().cloned().collect()));
        let told = answer(request.set_marker(marker).send().await);
        let Some(told) = sink.answer(&DESCRIBE_POLICIES, None, told) else { break };
        policies.extend(
            told.ssl_policies()
                .iter()
                .filter_map(|policy| Some((policy.name()?.to_owned(), Tls::of(policy)))),
        );
        marker = told.next_marker.filter(|marker| !marker.is_empty());
        if marker.is_none() {
            break;
        }
    }
    policies
}
