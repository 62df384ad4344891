use aws_sdk_rds::types::{ActivityStreamStatus, DbCluster, DbInstance, Endpoint, StorageEncryptionType, Tag};
use serde_json::Value;

use super::parameters::{Group, Parameters};
use crate::aws::backups::{Backups, vault_ids};
use crate::aws::keys::Keys;
use crate::aws::session::Place;
use crate::aws::value::{DAY, time};
use crate::draft::{Draft, Properties};

/// What other calls tell about databases.
pub(super) struct Read<'a> {
    pub(super) place: &'a Place,
    pub(super) keys: Keys,
    /// What AWS Backup holds; none where that could not be read.
    pub(super) kept: Option<Backups>,
    pub(super) parameters: Parameters,
}

/// The group of parameters that an instance was started with; none where its
/// present values wait for the next start.
pub(super) fn group(instance: &DbInstance) -> Option<&str> {
    let group = instance.db_parameter_groups().first()?;
    group.db_parameter_group_name().filter(|_| group.parameter_apply_status() == Some(IN_SYNC))
}

/// The state of parameters that are in force.
const IN_SYNC: &str = "in-sync";

/// The group of parameters that a cluster was started with, as above.
fn cluster_group(cluster: &DbCluster) -> Option<&str> {
    let mut members = cluster.db_cluster_members().iter();
    let waits = members.any(|member| member.db_cluster_parameter_group_status() != Some(IN_SYNC));
    cluster.db_cluster_parameter_group().filter(|_| !waits)
}

/// A database that is in no cluster.
pub(super) fn instance(read: &Read<'_>, instance: &DbInstance) -> Option<Draft> {
    let (place, arn) = (read.place, instance.db_instance_arn()?);
    let name = instance.db_instance_identifier().unwrap_or(arn);
    let mut draft = draft(place, arn, name, instance.engine()?, instance.engine_version());
    draft.put_labels(labels(instance.tag_list()));
    put_public(&mut draft, instance.publicly_accessible());
    let encryption = encryption(
        read,
        instance.storage_encrypted(),
        instance.storage_encryption_type(),
        instance.kms_key_id(),
    );
    let own = own_backup(
        place,
        instance.backup_retention_period(),
        instance.latest_restorable_time(),
        encryption.as_ref(),
    );
    put_backups(&mut draft, read, arn, own);
    put_flag(&mut draft, "deletionProtection", instance.deletion_protection());
    put_flag(&mut draft, "automaticUpdates", instance.auto_minor_version_upgrade());
    put_redundancy(&mut draft, instance.multi_az());
    let properties = &mut draft.properties;
    properties.put_if_known("atRestEncryption", encryption);
    properties.put_if_known(
        "creationTime",
        instance.instance_create_time().and_then(time).map(|at| at.to_string()),
    );
    let port = instance.endpoint().and_then(Endpoint::port);
    properties.put_if_known("ports", port.map(|port| vec![port]));
    let certificate = instance.ca_certificate_identifier().is_some();
    let parameters = read.parameters.instance(group(instance));
    properties.put_if_known("transportEncryption", transport(certificate, parameters));
    let exports = instance.enabled_cloudwatch_logs_exports.as_deref();
    let logging = audit(place, "instance", name, exports, instance.activity_stream_status());
    put_logging(&mut draft, logging);
    Some(draft)
}

/// A cluster with its instances.
pub(super) fn cluster(read: &Read<'_>, cluster: &DbCluster, members: &[&DbInstance]) -> Option<Draft> {
    let (place, arn) = (read.place, cluster.db_cluster_arn()?);
    let name = cluster.db_cluster_identifier().unwrap_or(arn);
    let mut draft = draft(place, arn, name, cluster.engine()?, cluster.engine_version());
    draft.put_labels(labels(cluster.tag_list()));
    let public = members.iter().map(|member| member.publicly_accessible());
    put_public(&mut draft, any(public.chain(cluster.publicly_accessible().map(Some))));
    let encryption = encryption(
        read,
        cluster.storage_encrypted(),
        cluster.storage_encryption_type(),
        cluster.kms_key_id(),
    );
    let own = own_backup(
        place,
        cluster.backup_retention_period(),
        cluster.latest_restorable_time(),
        encryption.as_ref(),
    );
    put_backups(&mut draft, read, arn, own);
    put_flag(&mut draft, "deletionProtection", cluster.deletion_protection());
    let updated = members.iter().map(|member| member.auto_minor_version_upgrade().map(|on| !on));
    let updated = any(updated.chain(cluster.auto_minor_version_upgrade().map(|on| Some(!on))));
    put_flag(&mut draft, "automaticUpdates", updated.map(|one_is_not| !one_is_not));
    put_redundancy(&mut draft, cluster.multi_az());
    let properties = &mut draft.properties;
    properties.put_if_known("atRestEncryption", encryption);
    properties
        .put_if_known("creationTime", cluster.cluster_create_time().and_then(time).map(|at| at.to_string()));
    properties.put_if_known("ports", cluster.port().map(|port| vec![port]));
    let certificate = members.iter().any(|member| member.ca_certificate_identifier().is_some());
    let parameters = read.parameters.cluster(cluster_group(cluster));
    properties.put_if_known("transportEncryption", transport(certificate, parameters));
    let exports = cluster.enabled_cloudwatch_logs_exports.as_deref();
    let logging = audit(place, "cluster", name, exports, cluster.activity_stream_status());
    put_logging(&mut draft, logging);
    Some(draft)
}

/// True where one is, false where there are some and all are known not to be.
fn any(flags: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let flags: Vec<Option<bool>> = flags.collect();
    if flags.contains(&Some(true)) {
        return Some(true);
    }
    (!flags.is_empty() && flags.iter().all(Option::is_some)).then_some(false)
}

fn draft(place: &Place, arn: &str, name: &str, engine: &str, version: Option<&str>) -> Draft {
    let (kind, engine) = product(engine);
    let mut draft = Draft::new(kind, arn.to_owned(), name);
    draft.put_id("parentId", Some(place.account_id()));
    draft.properties.put("geoLocation", place.location());
    draft.properties.put("engine", engine);
    draft.properties.put_if_known("engineVersion", version.and_then(dotted));
    draft
}

/// The type of a database by its engine, and the product's name.
fn product(engine: &str) -> (&'static str, String) {
    match engine {
        "postgres" | "aurora-postgresql" => ("RelationalDatabaseService", "postgresql".to_owned()),
        "aurora" | "aurora-mysql" => ("RelationalDatabaseService", "mysql".to_owned()),
        "docdb" => ("DocumentDatabaseService", "documentdb".to_owned()),
        "neptune" => ("MultiModalDatabaseService", "neptune".to_owned()),
        other => ("RelationalDatabaseService", other.to_lowercase()),
    }
}

/// The numbers at the beginning of a version: `8.0.mysql_aurora.3.04.0` is
/// `MySQL` 8.0.
fn dotted(version: &str) -> Option<String> {
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let numbers: Vec<&str> = version.split('.').take_while(is_number).collect();
    (!numbers.is_empty()).then(|| numbers.join("."))
}

fn labels(tags: &[Tag]) -> impl Iterator<Item = (&str, &str)> {
    tags.iter().filter_map(|tag| Some((tag.key()?, tag.value()?)))
}

/// A public database has a public address; any other is reached by a private
/// one only.
fn put_public(draft: &mut Draft, public: Option<bool>) {
    draft.properties.put_if_known("internetAccessible", public);
    draft.properties.put_if_known("privateEndpoint", public.map(|public| !public));
}

fn put_flag(draft: &mut Draft, name: &str, on: Option<bool>) {
    if let Some(on) = on {
        let mut feature = Properties::default();
        feature.put("enabled", on);
        draft.properties.put(name, feature);
    }
}

fn put_redundancy(draft: &mut Draft, zones: Option<bool>) {
    if let Some(zones) = zones {
        let mut redundancy = Properties::default();
        redundancy.put("scope", if zones { "zone" } else { "none" });
        draft.properties.put("redundancy", redundancy);
    }
}

fn encryption(
    read: &Read<'_>,
    encrypted: Option<bool>,
    kind: Option<&StorageEncryptionType>,
    key: Option<&str>,
) -> Option<Properties> {
    let by_platform = kind == Some(&StorageEncryptionType::Sse);
    let encrypted = by_platform || encrypted?;
    let mut encryption = match key {
        Some(key) if encrypted && !by_platform => read.keys.encryption(read.place, key),
        _ => Properties::default(),
    };
    encryption.put("enabled", encrypted);
    if encrypted {
        encryption.put("algorithm", "AES-256");
    }
    if by_platform {
        encryption.put("keyManagement", "provider");
        encryption.put("keyId", Value::Null);
    }
    Some(encryption)
}

/// The backup that the service makes itself every day: 0 days stand for none.
fn own_backup(
    place: &Place,
    days: Option<i32>,
    latest: Option<&aws_smithy_types::DateTime>,
    encryption: Option<&Properties>,
) -> Option<Properties> {
    let days = days?;
    let mut backup = Properties::default();
    backup.put("enabled", days > 0);
    if days > 0 {
        backup.put("interval", DAY);
        backup.put("retentionPeriod", i64::from(days) * DAY);
        backup.put_if_known("timeSinceSuccess", latest.and_then(time).map(|at| place.age(at)));
        backup.put("geoLocation", place.location());
        backup.put("storageId", Value::Null);
        // copies are encrypted as the database is
        backup.put_if_known("atRestEncryption", encryption.map(Properties::to_value));
    }
    Some(backup)
}

fn put_backups(draft: &mut Draft, read: &Read<'_>, arn: &str, own: Option<Properties>) {
    let Some((own, kept)) = own.zip(read.kept.as_ref()) else { return };
    let mut backups = kept.of_resource(read.place, arn);
    vault_ids(&backups).into_iter().for_each(|id| draft.relate(id));
    backups.insert(0, own.into());
    draft.properties.put("backups", backups);
}

/// A database that shows a certificate offers TLS.
fn transport(certificate: bool, parameters: Option<&Group>) -> Option<Properties> {
    let mut encryption = Properties::default();
    if certificate {
        encryption.put("enabled", true);
        encryption.put("protocol", "TLS");
    }
    if let Some(group) = parameters {
        group.put(&mut encryption);
    }
    (certificate || parameters.is_some()).then_some(encryption)
}

/// The audit trail of a database: a log of that name that leaves it, or an
/// activity stream. What the log of `PostgreSQL` holds cannot be seen here.
fn audit(
    place: &Place,
    kind: &str,
    name: &str,
    exports: Option<&[String]>,
    stream: Option<&ActivityStreamStatus>,
) -> Option<(bool, Vec<String>)> {
    match stream {
        Some(ActivityStreamStatus::Started) => return Some((true, Vec::new())),
        None | Some(ActivityStreamStatus::Stopped) => {}
        // on its way, or in a state that is not known
        Some(_) => return None,
    }
    let exports = exports?;
    if exports.iter().any(|log| log == "audit") {
        return Some((true, vec![place.arn("logs", &format!("log-group:/aws/rds/{kind}/{name}/audit"))]));
    }
    (!exports.iter().any(|log| log == "postgresql")).then_some((false, Vec::new()))
}

fn put_logging(draft: &mut Draft, audit: Option<(bool, Vec<String>)>) {
    if let Some((enabled, groups)) = audit {
        let mut logging = Properties::default();
        logging.put("enabled", enabled);
        if !groups.is_empty() || !enabled {
            logging.put("loggingServiceIds", groups.clone());
        }
        draft.properties.put("activityLogging", logging);
        groups.into_iter().for_each(|group| draft.relate(group));
    }
}

#[cfg(test)]
mod tests;
