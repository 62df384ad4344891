//! AWS Backup: vaults, and what they hold copies of.

use std::collections::BTreeSet;

use aws_sdk_backup::Client;
use aws_sdk_backup::types::{BackupVaultListMember, EncryptionKeyType, RecoveryPointByBackupVault};
use futures_util::StreamExt as _;

use super::backups;
use super::keys::Keys;
use super::session::Place;
use super::value::{DAY, time};
use crate::draft::{Draft, Properties};
use crate::live::{Call, Service, Sink};

const LIST_VAULTS: Call = Call::listing("ListBackupVaults", "backup:ListBackupVaults", &["BackupVault"]);
const LIST_POINTS: Call = Call::detail(
    "ListRecoveryPointsByBackupVault",
    "backup:ListRecoveryPointsByBackupVault",
    &["BackupVault"],
    &["protectedIds"],
);
const DESCRIBE_KEY: Call =
    Call::detail("DescribeKey", "kms:DescribeKey", &["BackupVault"], &["atRestEncryption.keyManagement"]);

pub(super) static SERVICE: Service = Service {
    name: "backup",
    resource_types: &["BackupVault"],
    calls: &[LIST_VAULTS, LIST_POINTS, DESCRIBE_KEY],
};

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let client = &Client::new(&place.config);
    let Some(vaults) = backups::vaults(client, sink, &LIST_VAULTS).await else { return };
    let names = vaults.iter().filter_map(|vault| vault.encryption_key_arn()).map(str::to_owned).collect();
    let keys = Keys::look_up(place, sink, &DESCRIBE_KEY, names).await;
    let asked = vaults.iter().map(|vault| async move {
        let name = vault.backup_vault_name().unwrap_or_default();
        (vault, backups::points(client, sink, &LIST_POINTS, name).await)
    });
    let mut read = futures_util::stream::iter(asked).buffered(place.concurrent);
    while let Some((vault, points)) = read.next().await {
        if let Some(draft) = self::vault(place, &keys, vault, points.as_deref()) {
            sink.write(draft);
        }
    }
}

fn vault(
    place: &Place,
    keys: &Keys,
    vault: &BackupVaultListMember,
    points: Option<&[RecoveryPointByBackupVault]>,
) -> Option<Draft> {
    let arn = vault.backup_vault_arn()?;
    let mut draft = Draft::new("BackupVault", arn.to_owned(), vault.backup_vault_name().unwrap_or(arn));
    draft.put_id("parentId", Some(place.account_id()));
    if let Some(points) = points {
        let held = points.iter().filter_map(|point| point.resource_arn()).map(str::to_owned);
        draft.put_ids("protectedIds", held.collect::<BTreeSet<_>>().into_iter().collect());
    }
    let properties = &mut draft.properties;
    properties.put("geoLocation", place.location());
    properties.put_if_known("creationTime", vault.creation_date().and_then(time).map(|at| at.to_string()));
    properties.put_if_known("atRestEncryption", encryption(place, keys, vault));
    if let Some(locked) = vault.locked() {
        let least = vault.min_retention_days().filter(|days| *days > 0);
        let mut immutability = Properties::default();
        immutability.put("enabled", locked);
        immutability.put_or_null("retentionPeriod", least.filter(|_| locked).map(|days| days * DAY));
        properties.put("immutability", immutability);
        // a locked vault keeps what it holds, and is not deleted while it does
        let mut protection = Properties::default();
        protection.put("enabled", locked);
        protection.put("recoveryWindow", serde_json::Value::Null);
        properties.put("deletionProtection", protection);
    }
    Some(draft)
}

/// What vaults hold is always encrypted, by the documentation.
fn encryption(place: &Place, keys: &Keys, vault: &BackupVaultListMember) -> Option<Properties> {
    let mut encryption = match (vault.encryption_key_arn(), vault.encryption_key_type()) {
        (Some(key), _) => keys.encryption(place, key),
        (None, Some(EncryptionKeyType::AwsOwnedKmsKey)) => {
            let mut encryption = Properties::default();
            encryption.put("enabled", true);
            encryption.put("keyManagement", "provider");
            encryption.put("keyId", serde_json::Value::Null);
            encryption
        }
        _ => return None,
    };
    encryption.put("algorithm", "AES-256");
    Some(encryption)
}
