//! Amazon `CloudWatch` Logs: groups of logs.

use std::collections::BTreeSet;

use aws_sdk_cloudwatchlogs::types::LogGroup;
use jiff::Timestamp;
use serde_json::Value;

use super::fault::answer;
use super::keys::Keys;
use super::retention::log_group;
use super::session::Place;
use super::value::DAY;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Service, Sink};

const DESCRIBE_LOG_GROUPS: Call =
    Call::listing("DescribeLogGroups", "logs:DescribeLogGroups", &["LoggingService"]);
const DESCRIBE_KEY: Call =
    Call::detail("DescribeKey", "kms:DescribeKey", &["LoggingService"], &["atRestEncryption.keyManagement"]);

pub(super) static SERVICE: Service = Service {
    name: "logs",
    resource_types: &["LoggingService"],
    calls: &[DESCRIBE_LOG_GROUPS, DESCRIBE_KEY],
};

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let client = aws_sdk_cloudwatchlogs::Client::new(&place.config);
    let mut groups = Vec::new();
    let mut pages = client.describe_log_groups().into_paginator().page_size(50).send();
    while let Some(page) = pages.next().await {
        let Some(page) = sink.answer(&DESCRIBE_LOG_GROUPS, None, answer(page)) else { break };
        groups.extend(page.log_groups.unwrap_or_default());
    }
    let names: BTreeSet<String> =
        groups.iter().filter_map(|group| group.kms_key_id()).map(str::to_owned).collect();
    let keys = Keys::look_up(place, sink, &DESCRIBE_KEY, names).await;
    let drafts = groups.iter().filter_map(|group| logs(place, &keys, group));
    drafts.for_each(|draft| sink.write(draft));
}

fn logs(place: &Place, keys: &Keys, group: &LogGroup) -> Option<Draft> {
    let name = group.log_group_name()?;
    let arn = group.log_group_arn().or(group.arn()).map(log_group);
    let arn = arn.unwrap_or_else(|| place.arn("logs", &format!("log-group:{name}")));
    let mut draft = Draft::new("LoggingService", arn, name);
    draft.put_id("parentId", Some(place.account_id()));
    let mut encryption = if let Some(key) = group.kms_key_id() {
        draft.relate(key);
        keys.encryption(place, key)
    } else {
        let mut encryption = Properties::default();
        encryption.put("keyId", Value::Null);
        encryption.put("keyManagement", "provider");
        encryption
    };
    // all log data is encrypted with AES-256, by a key of the platform where no other is named
    encryption.put("enabled", true);
    encryption.put("algorithm", "AES-256");
    let properties = &mut draft.properties;
    properties.put("atRestEncryption", encryption);
    properties.put("geoLocation", place.location());
    let created = group.creation_time().and_then(|at| Timestamp::from_millisecond(at).ok());
    properties.put_if_known("creationTime", created.map(|then| then.to_string()));
    // entries are kept for ever where no time is set
    properties.put_or_null("retentionPeriod", group.retention_in_days().map(|days| i64::from(days) * DAY));
    if let Some(enabled) = group.deletion_protection_enabled() {
        let mut protection = Properties::default();
        protection.put("enabled", enabled);
        properties.put("deletionProtection", protection);
    }
    Some(draft)
}
