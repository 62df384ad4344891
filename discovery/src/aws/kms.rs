//! AWS Key Management Service: keys.

use aws_sdk_kms::Client;
use aws_sdk_kms::types::{KeyManagerType, KeyMetadata, KeySpec, KeyState, OriginType};
use futures_util::StreamExt as _;
use serde_json::Value;

use super::fault::answer;
use super::policy::Policy;
use super::session::Place;
use super::value::{DAY, time, word};
use crate::draft::{Draft, Properties};
use crate::live::{Call, Cause, Fault, Service, Sink};

const LIST_KEYS: Call = Call::listing("ListKeys", "kms:ListKeys", &["Key"]);
const DESCRIBE_KEY: Call = Call::listing("DescribeKey", "kms:DescribeKey", &["Key"]);
const GET_KEY_ROTATION_STATUS: Call =
    Call::detail("GetKeyRotationStatus", "kms:GetKeyRotationStatus", &["Key"], &["rotation"]);
const GET_KEY_POLICY: Call = Call::detail("GetKeyPolicy", "kms:GetKeyPolicy", &["Key"], &["publicAccess"]);
const WORDS: Call = Call::detail("DescribeKey", "kms:DescribeKey", &["Key"], &["algorithm", "keySize"]);

pub(super) static SERVICE: Service = Service {
    name: "kms",
    resource_types: &["Key"],
    calls: &[LIST_KEYS, DESCRIBE_KEY, GET_KEY_ROTATION_STATUS, GET_KEY_POLICY],
};

/// The name of the one policy that a key has.
const POLICY: &str = "default";

/// Kinds of key: their algorithm, and their length in bits where it has one.
const SPECS: [(&str, (&str, Option<i64>)); 17] = [
    ("SYMMETRIC_DEFAULT", ("AES", Some(256))),
    ("RSA_2048", ("RSA", Some(2048))),
    ("RSA_3072", ("RSA", Some(3072))),
    ("RSA_4096", ("RSA", Some(4096))),
    ("ECC_NIST_P256", ("EC", Some(256))),
    ("ECC_NIST_P384", ("EC", Some(384))),
    ("ECC_NIST_P521", ("EC", Some(521))),
    ("ECC_SECG_P256K1", ("EC", Some(256))),
    ("ECC_NIST_EDWARDS25519", ("Ed25519", Some(256))),
    ("HMAC_224", ("HMAC", Some(224))),
    ("HMAC_256", ("HMAC", Some(256))),
    ("HMAC_384", ("HMAC", Some(384))),
    ("HMAC_512", ("HMAC", Some(512))),
    ("SM2", ("SM2", Some(256))),
    ("ML_DSA_44", ("ML-DSA", None)),
    ("ML_DSA_65", ("ML-DSA", None)),
    ("ML_DSA_87", ("ML-DSA", None)),
];

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let client = Client::new(&place.config);
    let mut ids = Vec::new();
    let mut pages = client.list_keys().into_paginator().page_size(1000).send();
    while let Some(page) = pages.next().await {
        let Some(page) = sink.answer(&LIST_KEYS, None, answer(page)) else { break };
        ids.extend(page.keys.unwrap_or_default().into_iter().filter_map(|key| key.key_id));
    }
    let drafts = ids.iter().map(|id| read(&client, place, sink, id));
    futures_util::stream::iter(drafts)
        .buffer_unordered(place.concurrent)
        .for_each(async |draft| draft.into_iter().for_each(|draft| sink.write(draft)))
        .await;
}

async fn read(client: &Client, place: &Place, sink: &Sink<'_, '_>, id: &str) -> Option<Draft> {
    let result = answer(client.describe_key().key_id(id).send().await);
    let metadata = sink.answer(&DESCRIBE_KEY, Some(id), result)?.key_metadata?;
    let mut draft = key(place, sink, &metadata);
    if let Some(rotation) = rotation(client, sink, &metadata).await {
        draft.properties.put("rotation", rotation);
    }
    draft.properties.put_if_known("publicAccess", is_public(client, sink, id).await);
    Some(draft)
}

fn key(place: &Place, sink: &Sink<'_, '_>, metadata: &KeyMetadata) -> Draft {
    let id = metadata.key_id();
    let arn = metadata.arn().map_or_else(|| place.arn("kms", &format!("key/{id}")), str::to_owned);
    let mut draft = Draft::new("Key", arn, id);
    draft.put_id("parentId", Some(place.account_id()));
    let properties = &mut draft.properties;
    properties.put("geoLocation", place.location());
    let description = metadata.description().filter(|text| !text.is_empty());
    properties.put_or_null("description", description);
    properties.put("enabled", metadata.enabled());
    properties.put_if_known("managed", metadata.key_manager().map(|manager| *manager == KeyManagerType::Aws));
    let spec = metadata.key_spec().map(KeySpec::as_str);
    if let Some((algorithm, size)) = word(sink, &WORDS, id, spec, &SPECS) {
        properties.put("algorithm", algorithm);
        properties.put_if_known("keySize", size);
    }
    let created = metadata.creation_date().and_then(time);
    properties.put_if_known("creationTime", created.map(|then| then.to_string()));
    // only keys of one kind are ever replaced, at times that are not answered
    let is_replaced = spec == Some(KeySpec::SymmetricDefault.as_str());
    properties.put_if_known("age", created.filter(|_| !is_replaced).map(|then| place.age(then)));
    let expires = metadata.valid_to().and_then(time);
    properties.put_or_null("expirationDate", expires.map(|then| then.to_string()));
    properties.put_or_null("remainingValidity", expires.map(|then| place.remaining(then)));
    if let Some(OriginType::AwsKms | OriginType::AwsCloudhsm | OriginType::External) = metadata.origin() {
        // keys lie in validated hardware, which gives none of them away
        properties.put("hardwareProtected", true);
        properties.put("exportable", false);
    }
    draft
}

/// How the key is replaced. Only symmetric keys that the platform made are.
async fn rotation(client: &Client, sink: &Sink<'_, '_>, metadata: &KeyMetadata) -> Option<Properties> {
    let mut rotation = Properties::default();
    let spec = SPECS.iter().find(|(name, _)| *name == metadata.key_spec().map_or("", KeySpec::as_str))?.0;
    let is_replaced = spec == KeySpec::SymmetricDefault.as_str() && *metadata.origin()? == OriginType::AwsKms;
    let is_going =
        matches!(metadata.key_state()?, KeyState::PendingDeletion | KeyState::PendingReplicaDeletion);
    if !is_replaced || is_going {
        rotation.put("enabled", false);
        rotation.put("interval", Value::Null);
        return Some(rotation);
    }
    let result = answer(client.get_key_rotation_status().key_id(metadata.key_id()).send().await);
    let status = sink.answer(&GET_KEY_ROTATION_STATUS, Some(metadata.key_id()), result)?;
    rotation.put("enabled", status.key_rotation_enabled());
    if status.key_rotation_enabled() {
        let days = status.rotation_period_in_days().map(|days| i64::from(days) * DAY);
        rotation.put_if_known("interval", days);
    } else {
        rotation.put("interval", Value::Null);
    }
    Some(rotation)
}

/// Whether its policy lets anybody use it. Grants need not be asked for: they
/// are given to somebody.
async fn is_public(client: &Client, sink: &Sink<'_, '_>, id: &str) -> Option<bool> {
    let result = answer(client.get_key_policy().key_id(id).policy_name(POLICY).send().await);
    let answered = sink.answer(&GET_KEY_POLICY, Some(id), result)?;
    let policy = Policy::parse(answered.policy().unwrap_or_default());
    if policy.is_none() {
        sink.fault(&GET_KEY_POLICY, Some(id), Fault::new(Cause::Undecodable));
    }
    policy.map(|policy| policy.is_open("kms"))
}
