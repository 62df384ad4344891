//! Machines.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{Instance, InstanceMetadataOptionsResponse};

use super::interfaces::{is_global, is_reachable};
use super::{labels, name};
use crate::aws::fault::answer;
use crate::aws::session::Place;
use crate::aws::value::word;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Sink};

pub(super) const DESCRIBE_INSTANCES: Call =
    Call::listing("DescribeInstances", "ec2:DescribeInstances", &["VirtualMachine"]);

/// A part of an answer that is in no known words.
const WORDS: Call = Call::detail(
    "DescribeInstances",
    "ec2:DescribeInstances",
    &["VirtualMachine"],
    &["encryptionInUse", "instanceMetadata", "powerState"],
);

/// How many reservations a page may hold.
const PAGE: i32 = 500;

pub(super) async fn collect(client: &Client, place: &Place, sink: &Sink<'_, '_>) {
    let mut pages = client.describe_instances().into_paginator().page_size(PAGE).send();
    while let Some(page) = pages.next().await {
        let Some(page) = sink.answer(&DESCRIBE_INSTANCES, None, answer(page)) else { break };
        let instances = page.reservations().iter().flat_map(aws_sdk_ec2::types::Reservation::instances);
        for instance in instances {
            if let Some(draft) = machine(place, sink, instance) {
                sink.write(draft);
            }
        }
    }
}

/// A machine. One that was terminated still appears for an hour, but is not
/// there any more.
fn machine(place: &Place, sink: &Sink<'_, '_>, instance: &Instance) -> Option<Draft> {
    let id = instance.instance_id()?;
    let state =
        instance.state().and_then(|state| state.name()).map(aws_sdk_ec2::types::InstanceStateName::as_str);
    if matches!(state, Some("terminated" | "shutting-down")) {
        return None;
    }
    let arn = place.arn("ec2", &format!("instance/{id}"));
    let mut draft = Draft::new("VirtualMachine", arn, name(instance.tags(), id));
    draft.put_labels(labels(instance.tags()));
    draft.put_id("parentId", Some(place.account_id()));
    let states =
        [("pending", "running"), ("running", "running"), ("stopping", "stopped"), ("stopped", "stopped")];
    let properties = &mut draft.properties;
    properties.put("geoLocation", place.location());
    properties.put_if_known("powerState", word(sink, &WORDS, id, state, &states));
    properties.put_if_known("internetAccessible", reachable(instance));
    properties.put_if_known("instanceMetadata", metadata(sink, id, instance.metadata_options()));
    properties.put_if_known("encryptionInUse", memory_encryption(sink, id, instance));
    let mut boot = Properties::default();
    // the answer names the version only of a module that is there
    boot.put("trustedPlatformModule", instance.tpm_support().is_some());
    properties.put("secureBoot", boot);
    connections(place, instance, &mut draft);
    Some(draft)
}

/// What the machine is made of and connected to.
fn connections(place: &Place, instance: &Instance, draft: &mut Draft) {
    let here = |kind: &str, id: &str| place.arn("ec2", &format!("{kind}/{id}"));
    if let Some(interfaces) = &instance.network_interfaces {
        let ids = interfaces.iter().filter_map(|interface| interface.network_interface_id());
        draft.put_ids("networkInterfaceIds", ids.map(|id| here("network-interface", id)).collect());
    }
    if let Some(disks) = &instance.block_device_mappings {
        let ids = disks.iter().filter_map(|disk| disk.ebs()?.volume_id());
        draft.put_ids("blockStorageIds", ids.map(|id| here("volume", id)).collect());
    }
    if let Some(image) = instance.image_id() {
        draft.put_id("imageId", Some(super::images::arn(place, image)));
    }
    // a machine without a profile is answered without one
    let profile = instance.iam_instance_profile().map(|profile| profile.arn().map(str::to_owned));
    match profile {
        Some(Some(arn)) => draft.put_ids("identityIds", vec![arn]),
        Some(None) => {}
        None => draft.put_ids("identityIds", Vec::new()),
    }
}

fn reachable(instance: &Instance) -> Option<bool> {
    let interfaces = instance.network_interfaces.as_ref()?;
    let public = |interface: &aws_sdk_ec2::types::InstanceNetworkInterface| {
        interface.association().and_then(|association| association.public_ip()).is_some()
    };
    let is_public = instance.public_ip_address().is_some() || interfaces.iter().any(public);
    let addresses = interfaces.iter().flat_map(aws_sdk_ec2::types::InstanceNetworkInterface::ipv6_addresses);
    is_reachable(is_public, addresses.filter_map(|address| address.ipv6_address()).any(is_global))
}

fn metadata(
    sink: &Sink<'_, '_>,
    id: &str,
    options: Option<&InstanceMetadataOptionsResponse>,
) -> Option<Properties> {
    let options = options?;
    let endpoint = options.http_endpoint().map(aws_sdk_ec2::types::InstanceMetadataEndpointState::as_str);
    let tokens = options.http_tokens().map(aws_sdk_ec2::types::HttpTokensState::as_str);
    let mut metadata = Properties::default();
    let enabled = word(sink, &WORDS, id, endpoint, &[("enabled", true), ("disabled", false)]);
    metadata.put_if_known("enabled", enabled);
    let required = word(sink, &WORDS, id, tokens, &[("required", true), ("optional", false)]);
    metadata.put_if_known("tokenRequired", required);
    metadata.put_if_known("hopLimit", options.http_put_response_hop_limit());
    Some(metadata)
}

/// Whether memory is encrypted, where the machine is of a kind that can be
/// asked to.
fn memory_encryption(sink: &Sink<'_, '_>, id: &str, instance: &Instance) -> Option<Properties> {
    let asked = instance.cpu_options()?.amd_sev_snp()?.as_str();
    let enabled = word(sink, &WORDS, id, Some(asked), &[("enabled", true), ("disabled", false)])?;
    let mut encryption = Properties::default();
    encryption.put("enabled", enabled);
    Some(encryption)
}
