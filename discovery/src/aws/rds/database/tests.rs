use aws_sdk_rds::types::{
    ActivityStreamStatus, DbCluster, DbInstance, DbParameterGroupStatus, Parameter, StorageEncryptionType,
};
use aws_smithy_types::DateTime;
use serde_json::{Value, json};

use super::{Backups, Keys, Parameters, Read, any, audit, cluster, dotted, instance, product};
use crate::aws::session::Place;
use crate::draft::Draft;

fn read(place: &Place, parameters: Parameters) -> Read<'_> {
    Read { place, keys: Keys::default(), kept: Some(Backups::default()), parameters }
}

fn property(draft: &Draft, name: &str) -> Value {
    draft.properties.to_value().get(name).cloned().unwrap_or(json!("left out"))
}

fn group(name: &str, value: &str) -> Vec<Parameter> {
    vec![Parameter::builder().parameter_name(name).parameter_value(value).build()]
}

const ARN: &str = "arn:aws:rds:eu-central-1:1:db:shop";

/// A database with all settings, whose parameters are in a state.
fn orders(place: &Place, status: &str) -> DbInstance {
    DbInstance::builder()
        .db_instance_arn(ARN)
        .db_instance_identifier("shop")
        .engine("postgres")
        .engine_version("16.3")
        .publicly_accessible(false)
        .storage_encrypted(true)
        .kms_key_id("arn:aws:kms:eu-central-1:1:key/k")
        .backup_retention_period(7)
        .latest_restorable_time(DateTime::from_secs(place.collected.as_second() - 300))
        .deletion_protection(true)
        .auto_minor_version_upgrade(true)
        .multi_az(true)
        .ca_certificate_identifier("rds-ca-rsa2048-g1")
        .db_parameter_groups(
            DbParameterGroupStatus::builder()
                .db_parameter_group_name("pg")
                .parameter_apply_status(status)
                .build(),
        )
        .build()
}

#[test]
fn a_database_with_all_settings() {
    let place = Place::sample();
    let groups = Parameters::of([("pg".to_owned(), group("rds.force_ssl", "1"))], []);
    let database = orders(&place, "in-sync");
    let draft = instance(&read(&place, groups), &database).unwrap();
    let key = json!({"enabled": true, "algorithm": "AES-256", "keyId": "arn:aws:kms:eu-central-1:1:key/k"});
    for (name, expected) in [
        ("engine", json!("postgresql")),
        ("engineVersion", json!("16.3")),
        ("internetAccessible", json!(false)),
        ("privateEndpoint", json!(true)),
        ("atRestEncryption", key.clone()),
        (
            "backups",
            json!([{"enabled": true, "interval": 86_400, "retentionPeriod": 604_800, "timeSinceSuccess": 300,
                "geoLocation": {"region": "eu-central-1", "country": "DE"}, "storageId": null, "atRestEncryption": key}]),
        ),
        ("deletionProtection", json!({"enabled": true})),
        ("automaticUpdates", json!({"enabled": true})),
        ("redundancy", json!({"scope": "zone"})),
        ("transportEncryption", json!({"enabled": true, "protocol": "TLS", "enforced": true})),
    ] {
        assert_eq!(property(&draft, name), expected, "{name}");
    }
    let groups = Parameters::of([("pg".to_owned(), group("rds.force_ssl", "1"))], []);
    let waiting = instance(&read(&place, groups), &orders(&place, "pending-reboot")).unwrap();
    assert_eq!(property(&waiting, "transportEncryption"), json!({"enabled": true, "protocol": "TLS"}));
}

#[test]
fn what_a_database_does_not_tell_is_left_out() {
    let place = Place::sample();
    let database = DbInstance::builder().db_instance_arn(ARN).engine("mysql").build();
    let draft = instance(&read(&place, Parameters::default()), &database).unwrap();
    for name in [
        "internetAccessible",
        "privateEndpoint",
        "atRestEncryption",
        "backups",
        "deletionProtection",
        "automaticUpdates",
        "redundancy",
        "transportEncryption",
        "activityLogging",
        "engineVersion",
    ] {
        assert_eq!(property(&draft, name), json!("left out"), "{name}");
    }
}

#[test]
fn backups_are_left_out_where_vaults_could_not_be_read() {
    let place = Place::sample();
    let database =
        DbInstance::builder().db_instance_arn(ARN).engine("mysql").backup_retention_period(0).build();
    let mut read = read(&place, Parameters::default());
    let draft = instance(&read, &database).unwrap();
    assert_eq!(property(&draft, "backups"), json!([{"enabled": false}]));
    read.kept = None;
    let draft = instance(&read, &database).unwrap();
    assert_eq!(property(&draft, "backups"), json!("left out"));
}

#[test]
fn a_cluster_is_as_weak_as_its_weakest_instance() {
    let place = Place::sample();
    let read = read(&place, Parameters::default());
    let told = DbCluster::builder().db_cluster_arn("arn:c").engine("aurora-mysql").build();
    let member = |public: Option<bool>, updates: Option<bool>| {
        DbInstance::builder()
            .set_publicly_accessible(public)
            .set_auto_minor_version_upgrade(updates)
            .ca_certificate_identifier("rds-ca-rsa2048-g1")
            .build()
    };
    let left_out = json!("left out");
    for (members, public, updates) in [
        (vec![], left_out.clone(), left_out.clone()),
        (vec![member(Some(false), Some(true))], json!(false), json!({"enabled": true})),
        (
            vec![member(Some(false), Some(true)), member(Some(true), Some(false))],
            json!(true),
            json!({"enabled": false}),
        ),
        (vec![member(Some(false), Some(true)), member(None, None)], left_out.clone(), left_out.clone()),
        (vec![member(Some(true), Some(false)), member(None, None)], json!(true), json!({"enabled": false})),
    ] {
        let members: Vec<&DbInstance> = members.iter().collect();
        let draft = cluster(&read, &told, &members).unwrap();
        assert_eq!(property(&draft, "internetAccessible"), public, "{members:?}");
        assert_eq!(property(&draft, "automaticUpdates"), updates, "{members:?}");
    }
    assert_eq!(any(std::iter::empty()), None);
}

#[test]
fn storage_that_the_service_encrypts_itself() {
    let place = Place::sample();
    let database = DbInstance::builder()
        .db_instance_arn(ARN)
        .engine("mysql")
        .storage_encrypted(false)
        .storage_encryption_type(StorageEncryptionType::Sse)
        .build();
    let draft = instance(&read(&place, Parameters::default()), &database).unwrap();
    let expected =
        json!({"enabled": true, "algorithm": "AES-256", "keyId": null, "keyManagement": "provider"});
    assert_eq!(property(&draft, "atRestEncryption"), expected);
}

#[test]
fn products_and_versions() {
    for (engine, kind, name) in [
        ("aurora-postgresql", "RelationalDatabaseService", "postgresql"),
        ("aurora-mysql", "RelationalDatabaseService", "mysql"),
        ("sqlserver-ex", "RelationalDatabaseService", "sqlserver-ex"),
        ("docdb", "DocumentDatabaseService", "documentdb"),
        ("neptune", "MultiModalDatabaseService", "neptune"),
    ] {
        assert_eq!(product(engine), (kind, name.to_owned()));
    }
    for (version, expected) in [
        ("8.0.mysql_aurora.3.04.0", Some("8.0")),
        ("16.3", Some("16.3")),
        ("19.0.0.0.ru-2020-04.rur-2020-04.r1", Some("19.0.0.0")),
        ("latest", None),
    ] {
        assert_eq!(dotted(version).as_deref(), expected, "{version}");
    }
}

#[test]
fn audit_trails() {
    let place = Place::sample();
    let of = |exports: Option<&[&str]>, stream: Option<ActivityStreamStatus>| {
        let exports: Option<Vec<String>> =
            exports.map(|logs| logs.iter().map(|log| (*log).to_owned()).collect());
        audit(&place, "instance", "shop", exports.as_deref(), stream.as_ref())
    };
    let group = "arn:aws:logs:eu-central-1:1:log-group:/aws/rds/instance/shop/audit".to_owned();
    assert_eq!(of(Some(&["error", "audit"]), None), Some((true, vec![group])));
    assert_eq!(of(Some(&["error"]), Some(ActivityStreamStatus::Stopped)), Some((false, vec![])));
    assert_eq!(of(None, Some(ActivityStreamStatus::Started)), Some((true, vec![])));
    assert_eq!(of(Some(&["audit"]), Some(ActivityStreamStatus::Starting)), None);
    assert_eq!(of(Some(&["postgresql"]), None), None);
    assert_eq!(of(None, None), None);
}
