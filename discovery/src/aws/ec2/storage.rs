//! Disks and their snapshots.

use std::collections::BTreeSet;

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{PermissionGroup, Snapshot, SnapshotAttributeName, Volume};
use futures_util::StreamExt as _;

use super::{labels, name};
use crate::aws::fault::answer;
use crate::aws::keys::Keys;
use crate::aws::session::Place;
use crate::aws::value::time;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Sink};

pub(super) const DESCRIBE_VOLUMES: Call =
    Call::listing("DescribeVolumes", "ec2:DescribeVolumes", &["BlockStorage"]);
pub(super) const DESCRIBE_SNAPSHOTS: Call =
    Call::listing("DescribeSnapshots", "ec2:DescribeSnapshots", &["Snapshot"]);
pub(super) const DESCRIBE_PUBLIC_SNAPSHOTS: Call =
    Call::detail("DescribeSnapshots", "ec2:DescribeSnapshots", &["Snapshot"], &["publicAccess"]);
pub(super) const DESCRIBE_SNAPSHOT_ATTRIBUTE: Call = Call::detail(
    "DescribeSnapshotAttribute",
    "ec2:DescribeSnapshotAttribute",
    &["Snapshot"],
    &["publicAccess"],
);
pub(super) const DESCRIBE_KEY: Call = Call::detail(
    "DescribeKey",
    "kms:DescribeKey",
    &["BlockStorage", "Snapshot"],
    &["atRestEncryption.keyManagement"],
);

/// Bytes of the unit that sizes are given in.
const GIBIBYTE: i64 = 1 << 30;

pub(super) async fn volumes(client: &Client, place: &Place, sink: &Sink<'_, '_>) {
    let mut all = Vec::new();
    let mut pages = client.describe_volumes().into_paginator().page_size(500).send();
    while let Some(page) = pages.next().await {
        let Some(page) = sink.answer(&DESCRIBE_VOLUMES, None, answer(page)) else { break };
        all.extend(page.volumes.unwrap_or_default());
    }
    let names = all.iter().filter_map(|volume| volume.kms_key_id()).map(str::to_owned).collect();
    let keys = Keys::look_up(place, sink, &DESCRIBE_KEY, names).await;
    for volume in &all {
        if let Some(draft) = disk(place, &keys, volume) {
            sink.write(draft);
        }
    }
}

fn disk(place: &Place, keys: &Keys, volume: &Volume) -> Option<Draft> {
    let id = volume.volume_id()?;
    let arn = place.arn("ec2", &format!("volume/{id}"));
    let mut draft = Draft::new("BlockStorage", arn, name(volume.tags(), id));
    draft.put_labels(labels(volume.tags()));
    draft.put_id("parentId", Some(place.account_id()));
    if let Some(attachments) = &volume.attachments {
        let machines = attachments.iter().filter_map(|attachment| attachment.instance_id());
        let arns = machines.map(|id| place.arn("ec2", &format!("instance/{id}")));
        draft.put_ids("computeIds", arns.collect());
    }
    let encryption = encryption(place, keys, volume.encrypted(), volume.kms_key_id());
    put_encryption(&mut draft, encryption, volume.kms_key_id());
    let properties = &mut draft.properties;
    properties.put("geoLocation", place.location());
    properties.put_if_known("creationTime", volume.create_time().and_then(time).map(|then| then.to_string()));
    properties.put_if_known("capacity", volume.size().map(|size| i64::from(size) * GIBIBYTE));
    Some(draft)
}

/// Disks and snapshots are encrypted with AES-256 where they are.
fn encryption(place: &Place, keys: &Keys, encrypted: Option<bool>, key: Option<&str>) -> Option<Properties> {
    let mut encryption = match key {
        Some(key) if encrypted? => keys.encryption(place, key),
        _ => Properties::default(),
    };
    encryption.put("enabled", encrypted?);
    if encrypted? {
        encryption.put("algorithm", "AES-256");
    }
    Some(encryption)
}

fn put_encryption(draft: &mut Draft, encryption: Option<Properties>, key: Option<&str>) {
    draft.properties.put_if_known("atRestEncryption", encryption);
    if let Some(arn) = key.filter(|key| key.starts_with("arn:")) {
        draft.relate(arn);
    }
}

pub(super) async fn snapshots(client: &Client, place: &Place, sink: &Sink<'_, '_>) {
    let mut all = Vec::new();
    let mut pages = client.describe_snapshots().owner_ids("self").into_paginator().page_size(1000).send();
    while let Some(page) = pages.next().await {
        let Some(page) = sink.answer(&DESCRIBE_SNAPSHOTS, None, answer(page)) else { break };
        all.extend(page.snapshots.unwrap_or_default());
    }
    if all.is_empty() {
        return;
    }
    let public = public_snapshots(client, place, sink).await;
    let names = all.iter().filter_map(|snapshot| snapshot.kms_key_id()).map(str::to_owned).collect();
    let keys = Keys::look_up(place, sink, &DESCRIBE_KEY, names).await;
    for snapshot in &all {
        if let Some(draft) = disk_snapshot(place, &keys, public.as_ref(), snapshot) {
            sink.write(draft);
        }
    }
}

/// The snapshots that anybody may restore, and those of which it is not
/// known.
#[derive(Debug, Default)]
struct Public {
    known: BTreeSet<String>,
    unknown: BTreeSet<String>,
}

/// Asks which of the own snapshots anybody may restore. Only those that the
/// platform names are asked for their grants.
async fn public_snapshots(client: &Client, place: &Place, sink: &Sink<'_, '_>) -> Option<Public> {
    let request = client.describe_snapshots().owner_ids("self").restorable_by_user_ids("all");
    let mut pages = request.into_paginator().page_size(1000).send();
    let mut named = Vec::new();
    while let Some(page) = pages.next().await {
        let page = sink.answer(&DESCRIBE_PUBLIC_SNAPSHOTS, None, answer(page))?;
        named.extend(
            page.snapshots.unwrap_or_default().into_iter().filter_map(|snapshot| snapshot.snapshot_id),
        );
    }
    let asked = named.into_iter().map(|id| {
        let request = client
            .describe_snapshot_attribute()
            .snapshot_id(&id)
            .attribute(SnapshotAttributeName::CreateVolumePermission);
        async move { (id, answer(request.send().await)) }
    });
    let answers: Vec<_> = futures_util::stream::iter(asked).buffered(place.concurrent).collect().await;
    let mut public = Public::default();
    for (id, result) in answers {
        match sink.answer(&DESCRIBE_SNAPSHOT_ATTRIBUTE, Some(&id), result) {
            Some(grants) => {
                let is_for_all = grants
                    .create_volume_permissions()
                    .iter()
                    .any(|grant| grant.group() == Some(&PermissionGroup::All));
                public.known.extend(is_for_all.then_some(id));
            }
            None => drop(public.unknown.insert(id)),
        }
    }
    Some(public)
}

fn disk_snapshot(place: &Place, keys: &Keys, public: Option<&Public>, snapshot: &Snapshot) -> Option<Draft> {
    let id = snapshot.snapshot_id()?;
    let arn = format!("arn:{}:ec2:{}::snapshot/{id}", place.partition, place.region);
    let mut draft = Draft::new("Snapshot", arn, name(snapshot.tags(), id));
    draft.put_labels(labels(snapshot.tags()));
    draft.put_id("parentId", Some(place.account_id()));
    // copies name a volume that never was
    let source = snapshot.volume_id().filter(|volume| *volume != "vol-ffffffff");
    draft.put_id("sourceId", source.map(|volume| place.arn("ec2", &format!("volume/{volume}"))));
    let encryption = encryption(place, keys, snapshot.encrypted(), snapshot.kms_key_id());
    put_encryption(&mut draft, encryption, snapshot.kms_key_id());
    let properties = &mut draft.properties;
    properties.put("geoLocation", place.location());
    properties.put_if_known("description", snapshot.description());
    let is_public =
        public.filter(|public| !public.unknown.contains(id)).map(|public| public.known.contains(id));
    properties.put_if_known("publicAccess", is_public);
    let taken = snapshot.start_time().and_then(time);
    properties.put_if_known("creationTime", taken.map(|then| then.to_string()));
    properties.put_if_known("age", taken.map(|then| place.age(then)));
    properties.put_if_known("capacity", snapshot.volume_size().map(|size| i64::from(size) * GIBIBYTE));
    Some(draft)
}
