use aws_sdk_backup::types::{Lifecycle, RecoveryPointByBackupVault, RecoveryPointStatus};
use aws_smithy_types::DateTime;
use serde_json::{Value, json};

use super::{Backups, vault_ids};
use crate::aws::session::Place;

const DAY: i64 = 86_400;
const RESOURCE: &str = "arn:aws:rds:eu-central-1:1:db:shop";
const NEAR: &str = "arn:aws:backup:eu-central-1:1:backup-vault:near";
const FAR: &str = "arn:aws:backup:eu-west-1:1:backup-vault:far";

/// A copy of so many days ago.
fn point(place: &Place, vault: &str, days: i64, status: RecoveryPointStatus) -> RecoveryPointByBackupVault {
    RecoveryPointByBackupVault::builder()
        .resource_arn(RESOURCE)
        .backup_vault_arn(vault)
        .status(status)
        .creation_date(DateTime::from_secs(place.collected.as_second() - days * DAY))
        .lifecycle(Lifecycle::builder().delete_after_days(35).build())
        .is_encrypted(true)
        .build()
}

#[test]
fn copies_by_vault() {
    use RecoveryPointStatus::{Completed, Expired};
    let place = Place::sample();
    let backups = Backups::of([
        point(&place, NEAR, 9, Completed),
        point(&place, NEAR, 2, Completed),
        point(&place, NEAR, 1, Expired),
        point(&place, FAR, 5, Completed),
    ]);
    let told = backups.of_resource(&place, RESOURCE);
    let expected = json!([
        {"enabled": true, "storageId": NEAR, "geoLocation": {"region": "eu-central-1", "country": "DE"},
            "timeSinceSuccess": 2 * DAY, "interval": 7 * DAY, "retentionPeriod": 35 * DAY,
            "atRestEncryption": {"enabled": true}, "timeSinceRestoreTest": null},
        {"enabled": true, "storageId": FAR, "geoLocation": {"region": "eu-west-1", "country": "IE"},
            "timeSinceSuccess": 5 * DAY, "retentionPeriod": 35 * DAY,
            "atRestEncryption": {"enabled": true}, "timeSinceRestoreTest": null},
    ]);
    assert_eq!(Value::from(told.clone()), expected);
    assert_eq!(vault_ids(&told).into_iter().collect::<Vec<_>>(), [NEAR, FAR]);
    assert_eq!(backups.of_resource(&place, "arn:other"), Vec::<Value>::new());
}

#[test]
fn copies_that_never_succeeded() {
    let place = Place::sample();
    let backups = Backups::of([point(&place, NEAR, 1, RecoveryPointStatus::Expired)]);
    let told = backups.of_resource(&place, RESOURCE);
    assert_eq!(told[0]["enabled"], json!(false));
    assert_eq!(told[0]["timeSinceSuccess"], Value::Null);
    assert_eq!(told[0].get("retentionPeriod"), None);
}
