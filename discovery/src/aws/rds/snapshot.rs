use aws_sdk_rds::Client;
use aws_sdk_rds::types::{DbClusterSnapshot, DbSnapshot, Tag};
use aws_smithy_types::DateTime;
use futures_util::StreamExt as _;

use crate::aws::fault::answer;
use crate::aws::keys::Keys;
use crate::aws::session::Place;
use crate::aws::value::time;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Sink};

const TYPE: [&str; 1] = ["Snapshot"];
pub(super) const DESCRIBE_SNAPSHOTS: Call =
    Call::listing("DescribeDBSnapshots", "rds:DescribeDBSnapshots", &TYPE);
pub(super) const DESCRIBE_CLUSTER_SNAPSHOTS: Call =
    Call::listing("DescribeDBClusterSnapshots", "rds:DescribeDBClusterSnapshots", &TYPE);
pub(super) const DESCRIBE_ATTRIBUTES: Call = Call::detail(
    "DescribeDBSnapshotAttributes",
    "rds:DescribeDBSnapshotAttributes",
    &TYPE,
    &["publicAccess"],
);
pub(super) const DESCRIBE_CLUSTER_ATTRIBUTES: Call = Call::detail(
    "DescribeDBClusterSnapshotAttributes",
    "rds:DescribeDBClusterSnapshotAttributes",
    &TYPE,
    &["publicAccess"],
);
pub(super) const DESCRIBE_KEY: Call =
    Call::detail("DescribeKey", "kms:DescribeKey", &TYPE, &["atRestEncryption.keyManagement"]);

/// Bytes of the unit that sizes are given in.
const GIBIBYTE: i64 = 1 << 30;

/// A snapshot of a database or of a cluster.
#[derive(Debug, Default, Clone)]
pub(super) struct Taken {
    arn: String,
    name: String,
    of_cluster: bool,
    manual: bool,
    source: Option<String>,
    at: Option<DateTime>,
    encrypted: Option<bool>,
    key: Option<String>,
    gibibytes: Option<i32>,
    tags: Vec<Tag>,
}

pub(super) async fn collect(client: &Client, place: &Place, sink: &Sink<'_, '_>) {
    let mut all = Vec::new();
    let mut pages = client.describe_db_snapshots().into_paginator().send();
    while let Some(page) = pages.next().await {
        let Some(page) = sink.answer(&DESCRIBE_SNAPSHOTS, None, answer(page)) else { break };
        all.extend(page.db_snapshots().iter().filter_map(|found| of_instance(place, found)));
    }
    let mut pages = client.describe_db_cluster_snapshots().into_paginator().send();
    while let Some(page) = pages.next().await {
        let Some(page) = sink.answer(&DESCRIBE_CLUSTER_SNAPSHOTS, None, answer(page)) else { break };
        all.extend(page.db_cluster_snapshots().iter().filter_map(|found| of_cluster(place, found)));
    }
    let encrypted = all.iter().filter(|taken| taken.encrypted == Some(true));
    let names = encrypted.filter_map(|taken| taken.key.clone()).collect();
    let keys = Keys::look_up(place, sink, &DESCRIBE_KEY, names).await;
    let asked = all.iter().map(|taken| async move { (taken, is_public(client, sink, taken).await) });
    let mut read = futures_util::stream::iter(asked).buffered(place.concurrent);
    while let Some((taken, public)) = read.next().await {
        sink.write(snapshot(place, &keys, taken, public));
    }
}

fn of_instance(place: &Place, found: &DbSnapshot) -> Option<Taken> {
    let source = found.db_instance_identifier();
    Some(Taken {
        arn: found.db_snapshot_arn()?.to_owned(),
        name: found.db_snapshot_identifier()?.to_owned(),
        of_cluster: false,
        manual: found.snapshot_type() == Some("manual"),
        source: source.map(|name| place.arn("rds", &format!("db:{name}"))),
        at: found.snapshot_create_time().copied(),
        encrypted: found.encrypted(),
        key: found.kms_key_id().map(str::to_owned),
        gibibytes: found.allocated_storage(),
        tags: found.tag_list().to_vec(),
    })
}

fn of_cluster(place: &Place, found: &DbClusterSnapshot) -> Option<Taken> {
    let source = found.db_cluster_identifier();
    Some(Taken {
        arn: found.db_cluster_snapshot_arn()?.to_owned(),
        name: found.db_cluster_snapshot_identifier()?.to_owned(),
        of_cluster: true,
        manual: found.snapshot_type() == Some("manual"),
        source: source.map(|name| place.arn("rds", &format!("cluster:{name}"))),
        at: found.snapshot_create_time().copied(),
        encrypted: found.storage_encrypted(),
        key: found.kms_key_id().map(str::to_owned),
        gibibytes: found.allocated_storage().filter(|size| *size > 0),
        tags: found.tag_list().to_vec(),
    })
}

/// Whether any account may restore it. Only unencrypted ones that somebody
/// took can be given to all, by the documentation; only those are asked for.
async fn is_public(client: &Client, sink: &Sink<'_, '_>, taken: &Taken) -> Option<bool> {
    if !taken.manual || taken.encrypted == Some(true) {
        return Some(false);
    }
    let name = taken.name.as_str();
    let is_all = |attribute: Option<&str>, values: &[String]| {
        attribute == Some("restore") && values.iter().any(|value| value == "all")
    };
    if taken.of_cluster {
        let request = client.describe_db_cluster_snapshot_attributes().db_cluster_snapshot_identifier(name);
        let told = sink.answer(&DESCRIBE_CLUSTER_ATTRIBUTES, Some(name), answer(request.send().await))?;
        let mut attributes =
            told.db_cluster_snapshot_attributes_result()?.db_cluster_snapshot_attributes().iter();
        return Some(attributes.any(|told| is_all(told.attribute_name(), told.attribute_values())));
    }
    let request = client.describe_db_snapshot_attributes().db_snapshot_identifier(name);
    let told = sink.answer(&DESCRIBE_ATTRIBUTES, Some(name), answer(request.send().await))?;
    let mut attributes = told.db_snapshot_attributes_result()?.db_snapshot_attributes().iter();
    Some(attributes.any(|told| is_all(told.attribute_name(), told.attribute_values())))
}

fn snapshot(place: &Place, keys: &Keys, taken: &Taken, public: Option<bool>) -> Draft {
    let mut draft = Draft::new("Snapshot", taken.arn.clone(), &taken.name);
    draft.put_id("parentId", Some(place.account_id()));
    draft.put_labels(taken.tags.iter().filter_map(|tag| Some((tag.key()?, tag.value()?))));
    if let Some(source) = &taken.source {
        draft.put_id("sourceId", Some(source.clone()));
    }
    let properties = &mut draft.properties;
    properties.put("geoLocation", place.location());
    let at = taken.at.as_ref().and_then(time);
    properties.put_if_known("creationTime", at.map(|at| at.to_string()));
    properties.put_if_known("age", at.map(|at| place.age(at)));
    properties.put_if_known("capacity", taken.gibibytes.map(|size| i64::from(size) * GIBIBYTE));
    properties.put_if_known("publicAccess", public);
    if let Some(encrypted) = taken.encrypted {
        let mut encryption = match &taken.key {
            Some(key) if encrypted => keys.encryption(place, key),
            _ => Properties::default(),
        };
        encryption.put("enabled", encrypted);
        if encrypted {
            encryption.put("algorithm", "AES-256");
        }
        properties.put("atRestEncryption", encryption);
    }
    draft
}
