//! What AWS Backup keeps of other services' resources.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_backup::Client;
use aws_sdk_backup::types::{
    BackupVaultListMember, Lifecycle, RecoveryPointByBackupVault, RecoveryPointStatus,
};
use futures_util::StreamExt as _;
use serde_json::Value;

use super::fault::answer;
use super::session::Place;
use super::value::{DAY, location, time};
use crate::draft::Properties;
use crate::live::{Call, Sink};

/// Copies by the ARN of the resource that they were made of, and by vault.
#[derive(Debug, Default)]
pub(super) struct Backups(BTreeMap<String, BTreeMap<String, Vec<RecoveryPointByBackupVault>>>);

/// All vaults of a place; none where they could not be listed.
pub(super) async fn vaults(
    client: &Client,
    sink: &Sink<'_, '_>,
    call: &Call,
) -> Option<Vec<BackupVaultListMember>> {
    let mut vaults = Vec::new();
    let mut pages = client.list_backup_vaults().into_paginator().send();
    while let Some(page) = pages.next().await {
        let page = sink.answer(call, None, answer(page))?;
        vaults.extend(page.backup_vault_list.unwrap_or_default());
    }
    Some(vaults)
}

/// The copies in a vault; none where they could not be listed.
pub(super) async fn points(
    client: &Client,
    sink: &Sink<'_, '_>,
    call: &Call,
    vault: &str,
) -> Option<Vec<RecoveryPointByBackupVault>> {
    let mut points = Vec::new();
    let request = client.list_recovery_points_by_backup_vault().backup_vault_name(vault);
    let mut pages = request.into_paginator().send();
    while let Some(page) = pages.next().await {
        let page = sink.answer(call, Some(vault), answer(page))?;
        points.extend(page.recovery_points.unwrap_or_default());
    }
    Some(points)
}

impl Backups {
    /// All copies in the vaults of a place; none where one could not be read.
    pub(super) async fn look_up(
        place: &Place,
        sink: &Sink<'_, '_>,
        list_vaults: &Call,
        list_points: &Call,
    ) -> Option<Self> {
        let client = &Client::new(&place.config);
        let vaults = vaults(client, sink, list_vaults).await?;
        let names = vaults.iter().filter_map(BackupVaultListMember::backup_vault_name);
        let asked = names.map(|name| points(client, sink, list_points, name));
        let read: Vec<_> = futures_util::stream::iter(asked).buffered(place.concurrent).collect().await;
        let points = read.into_iter().collect::<Option<Vec<_>>>()?;
        Some(Self::of(points.into_iter().flatten()))
    }

    fn of(points: impl IntoIterator<Item = RecoveryPointByBackupVault>) -> Self {
        let mut backups = Self::default();
        for point in points {
            if let (Some(resource), Some(vault)) = (&point.resource_arn, &point.backup_vault_arn) {
                let vaults = backups.0.entry(resource.clone()).or_default();
                vaults.entry(vault.clone()).or_default().push(point);
            }
        }
        backups
    }

    /// The copies of a resource as backups of the ontology: one for each
    /// vault.
    pub(super) fn of_resource(&self, place: &Place, arn: &str) -> Vec<Value> {
        let vaults = self.0.get(arn).into_iter().flatten();
        vaults.map(|(vault, points)| backup(place, vault, points).into()).collect()
    }
}

/// The vaults that backups name.
pub(super) fn vault_ids(backups: &[Value]) -> BTreeSet<String> {
    let ids = backups.iter().filter_map(|backup| backup.get("storageId")?.as_str());
    ids.map(str::to_owned).collect()
}

fn backup(place: &Place, vault: &str, points: &[RecoveryPointByBackupVault]) -> Properties {
    let done = |point: &&RecoveryPointByBackupVault| {
        matches!(point.status(), Some(RecoveryPointStatus::Available | RecoveryPointStatus::Completed))
    };
    let mut made: Vec<_> = points
        .iter()
        .filter(done)
        .filter_map(|point| Some((point.creation_date().and_then(time)?, point)))
        .collect();
    made.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let mut backup = Properties::default();
    backup.put("enabled", !made.is_empty());
    backup.put("storageId", vault);
    backup.put_if_known("geoLocation", vault.split(':').nth(3).map(location));
    let newest = made.first().copied();
    backup.put_or_null("timeSinceSuccess", newest.map(|(at, _)| place.age(at)));
    if let (Some((last, newest)), earlier) = (newest, made.get(1)) {
        backup.put_if_known("interval", earlier.map(|(before, _)| last.as_second() - before.as_second()));
        let days = newest.lifecycle().and_then(Lifecycle::delete_after_days);
        backup.put_or_null("retentionPeriod", days.filter(|days| *days > 0).map(|days| days * DAY));
        let mut encryption = Properties::default();
        encryption.put("enabled", newest.is_encrypted());
        backup.put("atRestEncryption", encryption);
    }
    let restored = points.iter().filter_map(|point| point.last_restore_time().and_then(time)).max();
    backup.put_or_null("timeSinceRestoreTest", restored.map(|at| place.age(at)));
    backup
}

#[cfg(test)]
mod tests;
