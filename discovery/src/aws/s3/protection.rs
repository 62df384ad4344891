//! How a bucket guards what is stored in it.

use std::collections::BTreeMap;

use aws_sdk_s3::Client;
use aws_sdk_s3::types::{
    Bucket, BucketVersioningStatus, MfaDeleteStatus, ObjectLockEnabled, ServerSideEncryption,
    ServerSideEncryptionByDefault,
};
use futures_util::StreamExt as _;
use serde_json::Value;

use super::present;
use crate::aws::fault::answer;
use crate::aws::keys::Keys;
use crate::aws::session::Place;
use crate::aws::value::DAY;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Sink};

pub(super) const GET_BUCKET_ENCRYPTION: Call = Call::detail(
    "GetBucketEncryption",
    "s3:GetEncryptionConfiguration",
    &["ObjectStorage"],
    &["atRestEncryption"],
);
pub(super) const DESCRIBE_KEY: Call = Call::detail(
    "DescribeKey",
    "kms:DescribeKey",
    &["ObjectStorage"],
    &["atRestEncryption.keyId", "atRestEncryption.keyManagement"],
);
pub(super) const GET_BUCKET_VERSIONING: Call =
    Call::detail("GetBucketVersioning", "s3:GetBucketVersioning", &["ObjectStorage"], &["versioning"]);
pub(super) const GET_OBJECT_LOCK_CONFIGURATION: Call = Call::detail(
    "GetObjectLockConfiguration",
    "s3:GetBucketObjectLockConfiguration",
    &["ObjectStorage"],
    &["immutability"],
);
pub(super) const GET_BUCKET_LOGGING: Call = Call::detail(
    "GetBucketLogging",
    "s3:GetBucketLogging",
    &["ObjectStorage"],
    &["activityLogging", "resourceLogging"],
);
/// Days of a year, as periods of object lock count them.
const YEAR: i64 = 365;

/// How new objects are encrypted, by bucket, with what is known of the keys.
pub(super) struct Encryptions {
    settings: BTreeMap<String, Option<ServerSideEncryptionByDefault>>,
    keys: Keys,
}

impl Encryptions {
    pub(super) async fn look_up(
        client: &Client,
        place: &Place,
        sink: &Sink<'_, '_>,
        buckets: &[Bucket],
    ) -> Self {
        let asked = buckets.iter().filter_map(|bucket| bucket.name()).map(|name| async move {
            let result = client.get_bucket_encryption().bucket(name).send().await;
            let result = present(result, &["ServerSideEncryptionConfigurationNotFoundError"]);
            let found = sink.answer(&GET_BUCKET_ENCRYPTION, Some(name), result)?;
            let rules =
                found.and_then(|found| found.server_side_encryption_configuration).map(|found| found.rules);
            let rule = rules.unwrap_or_default().into_iter().next();
            Some((name.to_owned(), rule.and_then(|rule| rule.apply_server_side_encryption_by_default)))
        });
        let answers: Vec<_> = futures_util::stream::iter(asked).buffered(place.concurrent).collect().await;
        let settings: BTreeMap<_, _> = answers.into_iter().flatten().collect();
        let names = settings.values().flatten().filter_map(|setting| setting.kms_master_key_id());
        let names = names.map(str::to_owned).collect();
        let keys = Keys::look_up(place, sink, &DESCRIBE_KEY, names).await;
        Self { settings, keys }
    }

    /// Puts down how new objects of a bucket are encrypted.
    pub(super) fn put(&self, place: &Place, bucket: &str, draft: &mut Draft) {
        let Some(setting) = self.settings.get(bucket) else { return };
        let key = setting.as_ref().and_then(|setting| setting.kms_master_key_id());
        let mut encryption = key.map_or_else(Properties::default, |key| self.keys.encryption(place, key));
        if key.is_none() && setting.is_some() {
            // without a name it is the key that the platform keeps for it
            encryption.put("keyManagement", "provider");
        }
        if setting.as_ref().is_some_and(|setting| *setting.sse_algorithm() == ServerSideEncryption::Aes256) {
            encryption.put("keyId", Value::Null);
        }
        encryption.put("enabled", setting.is_some());
        if setting.is_some() {
            // all ways of encryption in the service are AES-256
            encryption.put("algorithm", "AES-256");
        }
        let encryption = Value::from(encryption);
        if let Some(key) = encryption.get("keyId").and_then(Value::as_str) {
            draft.relate(key);
        }
        draft.properties.put("atRestEncryption", encryption);
    }
}

/// Puts down versions, locks and logs.
pub(super) async fn put(client: &Client, sink: &Sink<'_, '_>, name: &str, draft: &mut Draft) {
    let properties = &mut draft.properties;
    properties.put_if_known("versioning", versioning(client, sink, name).await);
    properties.put_if_known("immutability", lock(client, sink, name).await);
    if let Some(enabled) = logging(client, sink, name).await {
        let mut logs = Properties::default();
        logs.put("enabled", enabled);
        properties.put("resourceLogging", logs);
        // without these logs a trail of the account may still record access
        if enabled {
            let mut activity = Properties::default();
            activity.put("enabled", true);
            activity.put("dataAccess", true);
            activity.put("loggingServiceIds", Vec::<String>::new());
            properties.put("activityLogging", activity);
        }
    }
}

async fn versioning(client: &Client, sink: &Sink<'_, '_>, name: &str) -> Option<Properties> {
    let result = answer(client.get_bucket_versioning().bucket(name).send().await);
    let answered = sink.answer(&GET_BUCKET_VERSIONING, Some(name), result)?;
    let mut versioning = Properties::default();
    // a bucket that never kept versions is answered without a status
    versioning.put("enabled", answered.status() == Some(&BucketVersioningStatus::Enabled));
    versioning.put("protectedDeletion", answered.mfa_delete() == Some(&MfaDeleteStatus::Enabled));
    Some(versioning)
}

/// Whether objects are locked as they are written.
async fn lock(client: &Client, sink: &Sink<'_, '_>, name: &str) -> Option<Properties> {
    let result = client.get_object_lock_configuration().bucket(name).send().await;
    let result =
        present(result, &["ObjectLockConfigurationNotFoundError", "ObjectLockConfigurationNotFound"]);
    let found = sink.answer(&GET_OBJECT_LOCK_CONFIGURATION, Some(name), result)?;
    let setting = found.and_then(|found| found.object_lock_configuration);
    let setting =
        setting.filter(|setting| setting.object_lock_enabled() == Some(&ObjectLockEnabled::Enabled));
    let retention = setting.as_ref().and_then(|setting| setting.rule()?.default_retention());
    let mut immutability = Properties::default();
    immutability.put("enabled", retention.is_some());
    let days = retention.and_then(|retention| {
        let years = retention.years().filter(|years| *years > 0).map(|years| i64::from(years) * YEAR);
        years.or(retention.days().map(i64::from))
    });
    immutability.put_if_known("retentionPeriod", days.map(|days| days * DAY));
    Some(immutability)
}

async fn logging(client: &Client, sink: &Sink<'_, '_>, name: &str) -> Option<bool> {
    let result = answer(client.get_bucket_logging().bucket(name).send().await);
    let answered = sink.answer(&GET_BUCKET_LOGGING, Some(name), result)?;
    Some(answered.logging_enabled().is_some())
}
