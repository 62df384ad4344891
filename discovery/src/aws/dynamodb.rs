//! Amazon `DynamoDB`: tables. Each has its own settings, so that each stands for
//! a service.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{
    ContinuousBackupsDescription, PointInTimeRecoveryStatus, SseStatus, TableDescription,
};
use futures_util::StreamExt as _;
use serde_json::Value;

use super::backups::{Backups, vault_ids};
use super::fault::answer;
use super::keys::Keys;
use super::session::Place;
use super::value::{DAY, time, word};
use crate::draft::{Draft, Properties};
use crate::live::{Call, Service, Sink};

const TYPE: [&str; 1] = ["KeyValueDatabaseService"];
const LIST_TABLES: Call = Call::listing("ListTables", "dynamodb:ListTables", &TYPE);
const DESCRIBE_TABLE: Call = Call::listing("DescribeTable", "dynamodb:DescribeTable", &TYPE);
const READ_ENCRYPTION: Call =
    Call::detail("DescribeTable", "dynamodb:DescribeTable", &TYPE, &["atRestEncryption.keyManagement"]);
const DESCRIBE_BACKUPS: Call =
    Call::detail("DescribeContinuousBackups", "dynamodb:DescribeContinuousBackups", &TYPE, &["backups"]);
const DESCRIBE_KEY: Call =
    Call::detail("DescribeKey", "kms:DescribeKey", &TYPE, &["atRestEncryption.keyManagement"]);
const LIST_VAULTS: Call = Call::detail("ListBackupVaults", "backup:ListBackupVaults", &TYPE, &["backups"]);
const LIST_POINTS: Call = Call::detail(
    "ListRecoveryPointsByBackupVault",
    "backup:ListRecoveryPointsByBackupVault",
    &TYPE,
    &["backups"],
);

pub(super) static SERVICE: Service = Service {
    name: "dynamodb",
    resource_types: &TYPE,
    calls: &[LIST_TABLES, DESCRIBE_TABLE, DESCRIBE_BACKUPS, DESCRIBE_KEY, LIST_VAULTS, LIST_POINTS],
};

/// How long tables can be restored to a moment where no other time is told,
/// by the documentation.
const RECOVERY_DAYS: i32 = 35;

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let client = &Client::new(&place.config);
    let mut names = Vec::new();
    let mut pages = client.list_tables().into_paginator().send();
    while let Some(page) = pages.next().await {
        let Some(page) = sink.answer(&LIST_TABLES, None, answer(page)) else { break };
        names.extend(page.table_names.unwrap_or_default());
    }
    if names.is_empty() {
        return;
    }
    let kept = Backups::look_up(place, sink, &LIST_VAULTS, &LIST_POINTS).await;
    let asked = names.iter().map(|name| async move {
        let described = answer(client.describe_table().table_name(name).send().await);
        let table = sink.answer(&DESCRIBE_TABLE, Some(name), described)?.table?;
        let backups = answer(client.describe_continuous_backups().table_name(name).send().await);
        let backups = sink.answer(&DESCRIBE_BACKUPS, Some(name), backups);
        Some((table, backups.and_then(|answer| answer.continuous_backups_description)))
    });
    let read: Vec<_> = futures_util::stream::iter(asked).buffered(place.concurrent).collect().await;
    let key = |table: &TableDescription| Some(table.sse_description()?.kms_master_key_arn()?.to_owned());
    let named = read.iter().flatten().filter_map(|(table, _)| key(table)).collect();
    let keys = Keys::look_up(place, sink, &DESCRIBE_KEY, named).await;
    for (described, continuous) in read.iter().flatten() {
        let arn = described.table_arn().unwrap_or_default();
        let name = described.table_name().unwrap_or(arn);
        let own = continuous.as_ref().and_then(|continuous| recovery(place, sink, name, continuous));
        let backups = own.zip(kept.as_ref()).map(|(own, kept)| {
            let mut backups = kept.of_resource(place, arn);
            backups.push(own);
            backups
        });
        let encryption = encryption(place, sink, &keys, described);
        if let Some(draft) = table(place, described, encryption, backups) {
            sink.write(draft);
        }
    }
}

fn table(
    place: &Place,
    table: &TableDescription,
    encryption: Properties,
    backups: Option<Vec<Value>>,
) -> Option<Draft> {
    let arn = table.table_arn()?;
    let mut draft = Draft::new("KeyValueDatabaseService", arn.to_owned(), table.table_name().unwrap_or(arn));
    draft.put_id("parentId", Some(place.account_id()));
    vault_ids(backups.as_deref().unwrap_or_default()).into_iter().for_each(|id| draft.relate(id));
    let properties = &mut draft.properties;
    properties.put("geoLocation", place.location());
    properties
        .put_if_known("creationTime", table.creation_date_time().and_then(time).map(|at| at.to_string()));
    properties.put("engine", "dynamodb");
    // requests are signed by identities, and no key opens it to all
    properties.put("sharedKeyAccess", false);
    properties.put("atRestEncryption", encryption);
    properties.put_if_known("backups", backups);
    // off where a table does not tell, by the documentation
    let mut protection = Properties::default();
    protection.put("enabled", table.deletion_protection_enabled() == Some(true));
    properties.put("deletionProtection", protection);
    // three zones of a region hold each table, by the documentation
    let mut redundancy = Properties::default();
    redundancy.put("scope", if table.replicas().is_empty() { "zone" } else { "region" });
    properties.put("redundancy", redundancy);
    Some(draft)
}

/// Who rules over the key of a table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ruler {
    /// A key that is named.
    Named,
    /// A key that the platform keeps to itself.
    Platform,
}

/// What the state of encryption with a named key means.
const STATES: [(&str, Ruler); 5] = [
    ("DISABLED", Ruler::Platform),
    ("DISABLING", Ruler::Named),
    ("ENABLED", Ruler::Named),
    ("ENABLING", Ruler::Platform),
    ("UPDATING", Ruler::Named),
];

/// Tables are always encrypted; one that tells nothing is encrypted with a key
/// that the platform keeps to itself, by the documentation.
fn encryption(place: &Place, sink: &Sink<'_, '_>, keys: &Keys, table: &TableDescription) -> Properties {
    let description = table.sse_description();
    let state = description.and_then(|told| told.status()).map(SseStatus::as_str);
    let about = table.table_name().unwrap_or_default();
    let ruler = match description {
        None => Some(Ruler::Platform),
        Some(_) => word(sink, &READ_ENCRYPTION, about, state, &STATES),
    };
    let key = description.and_then(|told| told.kms_master_key_arn());
    let mut encryption = match key.filter(|_| ruler == Some(Ruler::Named)) {
        Some(key) => keys.encryption(place, key),
        None => Properties::default(),
    };
    encryption.put("enabled", true);
    encryption.put("algorithm", "AES-256");
    if ruler == Some(Ruler::Platform) {
        encryption.put("keyManagement", "provider");
        encryption.put("keyId", Value::Null);
    }
    encryption
}

/// The backup that lets a table be restored as it was at any moment.
fn recovery(
    place: &Place,
    sink: &Sink<'_, '_>,
    table: &str,
    described: &ContinuousBackupsDescription,
) -> Option<Value> {
    let told = described.point_in_time_recovery_description()?;
    let state = told.point_in_time_recovery_status().map(PointInTimeRecoveryStatus::as_str);
    let enabled = word(sink, &DESCRIBE_BACKUPS, table, state, &[("ENABLED", true), ("DISABLED", false)])?;
    let mut backup = Properties::default();
    backup.put("enabled", enabled);
    if enabled {
        let days = told.recovery_period_in_days().unwrap_or(RECOVERY_DAYS);
        backup.put("retentionPeriod", i64::from(days) * DAY);
        let latest = told.latest_restorable_date_time().and_then(time);
        backup.put_if_known("timeSinceSuccess", latest.map(|at| place.age(at)));
        backup.put("geoLocation", place.location());
        backup.put("storageId", Value::Null);
        let mut encryption = Properties::default();
        encryption.put("enabled", true);
        backup.put("atRestEncryption", encryption);
    }
    Some(backup.into())
}
