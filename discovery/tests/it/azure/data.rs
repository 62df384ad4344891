//! Stores, vaults and databases of the estate: what the server holds, and
//! beside it what evidence must say of it.

use serde_json::{Value, json};

use super::estate::Seed;
use super::platform::{anywhere, common, limited, log, of_customer, of_provider, tls, unlogged, with};

pub(crate) fn seed(seed: &mut Seed) {
    storage(seed);
    vault(seed);
    sql(seed);
    postgresql(seed);
    cosmosdb(seed);
}

fn storage(seed: &mut Seed) {
    for number in 0..4 {
        let name = format!("store{number}");
        let (guarded, group) = (number % 2 == 0, "Group-1");
        let id = seed.id(group, "Microsoft.Storage/storageAccounts", &name);
        let mut properties = json!({"creationTime": "2026-01-02T03:04:05Z", "supportsHttpsTrafficOnly": guarded,
            "encryption": {"keySource": if guarded { "Microsoft.Keyvault" } else { "Microsoft.Storage" }},
            "primaryEndpoints": {"blob": "https://store.blob.example/"}});
        if guarded {
            properties["minimumTlsVersion"] = "TLS1_2".into();
            properties["allowBlobPublicAccess"] = false.into();
            properties["allowSharedKeyAccess"] = false.into();
            properties["networkAcls"] =
                json!({"defaultAction": "Deny", "ipRules": [{"value": "198.51.100.7"}]});
            properties["privateEndpointConnections"] =
                json!([{"properties": {"privateLinkServiceConnectionState": {"status": "Approved"}}}]);
        } else {
            properties["allowBlobPublicAccess"] = true.into();
        }
        let path = seed.path("Microsoft.Storage/storageAccounts");
        seed.estate.list(&path, json!({"id": id, "name": name, "location": "northeurope", "kind": "StorageV2",
            "sku": {"name": if guarded { "Standard_GZRS" } else { "Standard_LRS" }}, "properties": properties}));
        let blobs = format!("{id}/blobServices/default");
        let logs = if number == 0 {
            with(
                log(seed, &blobs, &["StorageRead", "StorageWrite", "StorageDelete"]),
                json!({"dataAccess": true}),
            )
        } else {
            with(unlogged(), json!({"dataAccess": false}))
        };
        seed.estate.document(&blobs, json!({"id": blobs, "name": "default", "properties": if guarded {
            json!({"isVersioningEnabled": true, "containerDeleteRetentionPolicy": {"enabled": true, "days": 7}}) } else { json!({}) }}));
        let shared = json!({
            "transportEncryption": tls(if guarded { "1.2" } else { "1.0" }, guarded),
            "atRestEncryption": if guarded { of_customer() } else { of_provider() },
            "redundancy": if guarded { json!({"scope": "region", "copies": 6}) } else { json!({"scope": "instance", "copies": 3}) },
        });
        let parts =
            storage_parts(seed, &id, guarded, &with(shared.clone(), json!({"activityLogging": logs})));
        let expected = with(
            with(common(seed, group), shared),
            json!({"creationTime": "2026-01-02T03:04:05Z",
            "internetAccessible": true, "l3Firewall": if guarded { limited(json!(["198.51.100.7/32"])) } else { anywhere() },
            "privateEndpoint": guarded, "sharedKeyAccess": !guarded, "activityLogging": logs, "storageIds": parts}),
        );
        seed.expect("ObjectStorageService", &id, &name, expected);
    }
}

/// Two containers and a share of an account.
fn storage_parts(seed: &mut Seed, account: &str, guarded: bool, shared: &Value) -> Vec<String> {
    let base = with(
        shared.clone(),
        json!({"geoLocation": {"region": "northeurope", "country": "IE"}, "parentId": account.to_lowercase(),
        "internetAccessible": true}),
    );
    let list = format!("{account}/blobServices/default/containers");
    let mut ids = Vec::new();
    for (name, access) in [("open", "Blob"), ("shut", "None")] {
        let id = format!("{list}/{name}");
        let held = name == "shut";
        seed.estate.list(&list, json!({"id": id, "name": name, "properties": {"publicAccess": access, "hasImmutabilityPolicy": held, "hasLegalHold": false,
            "immutabilityPolicy": {"properties": {"immutabilityPeriodSinceCreationInDays": 30, "state": "Locked"}}}}));
        let protection = if guarded {
            json!({"enabled": true, "recoveryWindow": 604_800})
        } else {
            json!({"enabled": false, "recoveryWindow": null})
        };
        let expected = with(
            base.clone(),
            json!({"publicAccess": !guarded && name == "open", "deletionProtection": protection,
            "publicAccessBlock": {"enabled": guarded, "blockNewGrants": guarded, "ignoreGrants": guarded},
            "versioning": {"enabled": guarded},
            "immutability": if held { json!({"enabled": true, "retentionPeriod": 2_592_000}) } else { Value::Null }}),
        );
        seed.expect("ObjectStorage", &id, name, expected);
        ids.push(id.to_lowercase());
    }
    let list = format!("{account}/fileServices/default/shares");
    let id = format!("{list}/files");
    seed.estate.list(
        &list,
        json!({"id": id, "name": "files", "properties": {"enabledProtocols": "SMB", "shareQuota": 100}}),
    );
    let mut expected = with(base, json!({"publicAccess": false, "capacity": 107_374_182_400_i64}));
    expected.as_object_mut().unwrap().remove("activityLogging");
    seed.expect("FileStorage", &id, "files", expected);
    ids.push(id.to_lowercase());
    ids.sort();
    ids
}

fn vault(seed: &mut Seed) {
    let id = seed.id("Group-1", "Microsoft.KeyVault/vaults", "Safe");
    let path = seed.path("Microsoft.KeyVault/vaults");
    seed.estate.list(
        &path,
        json!({"id": id, "name": "Safe", "location": "northeurope", "properties": {"sku": {"name": "premium"},
        "enablePurgeProtection": true, "softDeleteRetentionInDays": 30, "publicNetworkAccess": "Disabled"}}),
    );
    let logs = with(log(seed, &id, &["AuditEvent"]), json!({"dataAccess": true}));
    let key = format!("{id}/keys/Disks");
    let times = json!({"enabled": true, "created": 1_793_440_800, "exp": 1_825_063_200});
    seed.estate.list(
        &format!("{id}/keys"),
        json!({"id": key, "name": "Disks", "properties": {"kty": "RSA-HSM", "attributes": times}}),
    );
    seed.estate.document(&key, json!({"id": key, "name": "Disks", "properties": {"kty": "RSA-HSM", "keySize": 3072, "attributes": times,
        "rotationPolicy": {"lifetimeActions": [{"action": {"type": "rotate"}, "trigger": {"timeAfterCreate": "P90D"}}]}}}));
    let secret = format!("{id}/secrets/mail");
    seed.estate.list(
        &format!("{id}/secrets"),
        json!({"id": secret, "name": "mail", "properties": {"contentType": "text/plain",
        "attributes": {"enabled": true, "created": 1_793_440_800}}}),
    );
    let expected = with(
        common(seed, "Group-1"),
        json!({"internetAccessible": false, "l3Firewall": limited(json!([])), "privateEndpoint": false,
        "hardwareProtected": true, "deletionProtection": {"enabled": true, "recoveryWindow": 2_592_000}, "activityLogging": logs,
        "credentialIds": [key.to_lowercase(), secret.to_lowercase()]}),
    );
    seed.expect("KeyVault", &id, "Safe", expected);
    // 2026-10-31T10:00:00Z, and a year after the run
    let kept = json!({"geoLocation": {"region": "northeurope", "country": "IE"}, "parentId": id.to_lowercase(), "keyVaultId": id.to_lowercase(),
        "labels": {}, "enabled": true, "creationTime": "2026-10-31T10:00:00Z", "age": 86_400});
    seed.expect("Key", &key, "Disks", with(kept.clone(), json!({"expirationDate": "2027-11-01T10:00:00Z", "remainingValidity": 31_536_000,
        "algorithm": "RSA", "hardwareProtected": true, "keySize": 3072, "exportable": false, "rotation": {"enabled": true, "interval": 7_776_000}})));
    seed.expect(
        "Secret",
        &secret,
        "mail",
        with(
            kept,
            json!({"expirationDate": null, "remainingValidity": null, "secretKind": "text/plain",
        "rotation": {"enabled": false, "interval": null}}),
        ),
    );
}

fn sql(seed: &mut Seed) {
    let path = seed.path("Microsoft.Sql/servers");
    for (name, guarded, group) in [("shop-sql", true, "Group-1"), ("old-sql", false, "Group-2")] {
        let id = seed.id(group, "Microsoft.Sql/servers", name);
        seed.estate.list(&path, json!({"id": id, "name": name, "location": "northeurope", "properties": {"version": "12.0",
            "administratorLogin": "root", "administratorLoginPassword": "planted-in-a-password",
            "minimalTlsVersion": if guarded { "1.2" } else { "1.0" }, "publicNetworkAccess": "Enabled", "privateEndpointConnections": []}}));
        let ranges = if guarded { [("198.51.100.0", "198.51.100.255")] } else { [("0.0.0.0", "0.0.0.0")] };
        for (from, to) in ranges {
            seed.estate.list(
                &format!("{id}/firewallRules"),
                json!({"id": "/r", "name": "r", "properties": {"startIpAddress": from, "endIpAddress": to}}),
            );
        }
        seed.estate.document(&format!("{id}/auditingSettings/default"), json!({"properties": if guarded {
            json!({"state": "Enabled", "retentionDays": 120, "storageEndpoint": "https://a.blob.example/", "auditActionsAndGroups": ["BATCH_COMPLETED_GROUP"]}) }
            else { json!({"state": "Disabled", "retentionDays": 0, "auditActionsAndGroups": []}) }}));
        let state = if guarded { "Enabled" } else { "Disabled" };
        seed.estate.document(
            &format!("{id}/advancedThreatProtectionSettings/Default"),
            json!({"properties": {"state": state}}),
        );
        let key = if guarded { "AzureKeyVault" } else { "ServiceManaged" };
        seed.estate.document(
            &format!("{id}/encryptionProtector/current"),
            json!({"properties": {"serverKeyType": key}}),
        );
        let (list, database) = (format!("{id}/databases"), format!("{id}/databases/main"));
        seed.estate.list(&list, json!({"id": format!("{list}/master"), "name": "master", "location": "northeurope", "properties": {}}));
        seed.estate.list(&list, json!({"id": database, "name": "main", "location": "northeurope", "properties": {
            "creationDate": "2026-01-02T03:04:05Z", "maxSizeBytes": 1_073_741_824, "zoneRedundant": guarded}}));
        seed.estate.document(
            &format!("{database}/transparentDataEncryption/current"),
            json!({"properties": {"state": state}}),
        );
        seed.estate.document(
            &format!("{database}/backupShortTermRetentionPolicies/default"),
            json!({"properties": {"retentionDays": 7, "diffBackupIntervalInHours": 24}}),
        );
        let networks = if guarded { json!(["198.51.100.0/24"]) } else { json!(["AzureCloud"]) };
        let expected = with(
            common(seed, group),
            json!({"engine": "sqlserver", "engineVersion": "12.0", "automaticUpdates": {"enabled": true},
            "internetAccessible": true, "privateEndpoint": false, "l3Firewall": limited(networks),
            "transportEncryption": tls(if guarded { "1.2" } else { "1.0" }, true), "anomalyDetection": {"enabled": guarded},
            "activityLogging": if guarded { json!({"enabled": true, "retentionPeriod": 10_368_000, "dataAccess": true}) } else { json!({"enabled": false}) },
            "deletionProtection": {"enabled": group == "Group-1"}, "storageIds": [database.to_lowercase()]}),
        );
        seed.expect("RelationalDatabaseService", &id, name, expected);
        seed.expect(
            "DatabaseStorage",
            &database,
            "main",
            json!({"geoLocation": {"region": "northeurope", "country": "IE"}, "labels": {},
            "parentId": id.to_lowercase(), "creationTime": "2026-01-02T03:04:05Z", "capacity": 1_073_741_824,
            "redundancy": {"scope": if guarded { "zone" } else { "instance" }},
            "atRestEncryption": if guarded { of_customer() } else { json!({"enabled": false}) },
            "backups": [{"enabled": true, "retentionPeriod": 604_800, "interval": 86_400}]}),
        );
    }
}

fn postgresql(seed: &mut Seed) {
    let id = seed.id("Group-0", "Microsoft.DBforPostgreSQL/flexibleServers", "pg");
    let path = seed.path("Microsoft.DBforPostgreSQL/flexibleServers");
    seed.estate.list(&path, json!({"id": id, "name": "pg", "location": "North Europe", "properties": {"version": "16", "minorVersion": "4",
        "network": {"publicNetworkAccess": "Disabled"}, "backup": {"backupRetentionDays": 14}, "highAvailability": {"mode": "ZoneRedundant"},
        "dataEncryption": {"type": "SystemManaged"}}}));
    seed.estate.lists.insert(format!("{id}/firewallRules").to_lowercase(), Vec::new());
    for (name, value) in
        [("require_secure_transport", "on"), ("ssl_min_protocol_version", "TLSv1.2"), ("work_mem", "4")]
    {
        seed.estate.list(
            &format!("{id}/configurations"),
            json!({"id": format!("/c/{name}"), "name": name, "properties": {"value": value}}),
        );
    }
    let expected = with(
        common(seed, "Group-0"),
        json!({"engine": "postgresql", "engineVersion": "16.4", "automaticUpdates": {"enabled": true},
        "internetAccessible": false, "l3Firewall": limited(json!([])), "transportEncryption": tls("1.2", true), "atRestEncryption": of_provider(),
        "backups": [{"enabled": true, "interval": 86_400, "retentionPeriod": 1_209_600}], "redundancy": {"scope": "zone"},
        "deletionProtection": {"enabled": false}, "activityLogging": unlogged()}),
    );
    seed.expect("RelationalDatabaseService", &id, "pg", expected);
}

fn cosmosdb(seed: &mut Seed) {
    let path = seed.path("Microsoft.DocumentDB/databaseAccounts");
    for (name, guarded) in [("twin", true), ("legacy", false)] {
        let id = seed.id("Group-1", "Microsoft.DocumentDB/databaseAccounts", name);
        let mut properties = json!({"publicNetworkAccess": "Enabled", "minimalTlsVersion": "Tls12", "primaryMasterKey": "planted-in-a-key",
            "backupPolicy": {"type": "Continuous", "continuousModeProperties": {"tier": "Continuous7Days"}},
            "locations": [{"locationName": "North Europe", "isZoneRedundant": guarded}], "disableLocalAuth": guarded});
        if guarded {
            properties["ipRules"] = json!([{"ipAddressOrRange": "198.51.100.7"}]);
            properties["keyVaultKeyUri"] = "https://safe.vault.azure.net/keys/k".into();
            properties["backupPolicy"] = json!({"type": "Periodic", "periodicModeProperties": {"backupIntervalInMinutes": 240, "backupRetentionIntervalInHours": 8}});
        }
        seed.estate.list(&path, json!({"id": id, "name": name, "location": "North Europe", "kind": if guarded { "GlobalDocumentDB" } else { "MongoDB" }, "properties": properties}));
        let expected = with(
            common(seed, "Group-1"),
            json!({"engine": if guarded { "cosmosdb" } else { "mongodb" }, "automaticUpdates": {"enabled": true},
            "internetAccessible": true, "l3Firewall": if guarded { limited(json!(["198.51.100.7/32"])) } else { anywhere() }, "privateEndpoint": false,
            "sharedKeyAccess": !guarded, "atRestEncryption": if guarded { of_customer() } else { of_provider() }, "transportEncryption": tls("1.2", true),
            "backups": if guarded { json!([{"enabled": true, "interval": 14_400, "retentionPeriod": 28_800}]) } else { json!([{"enabled": true, "interval": 0, "retentionPeriod": 604_800}]) },
            "redundancy": {"scope": if guarded { "zone" } else { "instance" }}, "deletionProtection": {"enabled": true},
            "activityLogging": with(unlogged(), json!({"dataAccess": false}))}),
        );
        seed.expect("DocumentDatabaseService", &id, name, expected);
    }
}
