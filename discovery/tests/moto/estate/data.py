"""RDS, DynamoDB and Backup: databases, clusters, tables, snapshots, vaults."""

from .ground import AGE, TIME
from .machines import encryption, here

DAY, GIB = 86400, 1 << 30
ADMINISTRATOR = {"MasterUsername": "shop", "MasterUserPassword": "Hunter2-hunter2"}


def seed(place):
    rds = place.client("rds")
    groups(rds)
    databases(place, rds)
    cluster(place, rds)
    snapshots(place, rds)
    tables(place)
    vaults(place)


def groups(rds):
    # moto does not know the parameters of its default groups, so that each database has one of its own
    for name, family, parameter, value in [
        ("strict", "postgres16", "rds.force_ssl", "1"),
        ("lax", "mysql8.4", "require_secure_transport", "OFF"),
        ("silent", "mariadb11.4", None, None),
    ]:
        rds.create_db_parameter_group(DBParameterGroupName=name, DBParameterGroupFamily=family, Description=name)
        if parameter:
            change = {"ParameterName": parameter, "ParameterValue": value, "ApplyMethod": "immediate"}
            rds.modify_db_parameter_group(DBParameterGroupName=name, Parameters=[change])
    rds.create_db_cluster_parameter_group(
        DBClusterParameterGroupName="strict", DBParameterGroupFamily="aurora-postgresql15", Description="strict",
    )
    rds.modify_db_cluster_parameter_group(DBClusterParameterGroupName="strict", Parameters=[
        {"ParameterName": "rds.force_ssl", "ParameterValue": "1", "ApplyMethod": "immediate"},
        {"ParameterName": "ssl_min_protocol_version", "ParameterValue": "TLSv1.2", "ApplyMethod": "immediate"},
    ])


def backups(place, days, kept):
    if days == 0:
        return [{"enabled": False}]
    return [{
        "enabled": True, "interval": DAY, "retentionPeriod": days * DAY, "timeSinceSuccess": AGE,
        "geoLocation": place.location(), "storageId": None, "atRestEncryption": kept,
    }]


def databases(place, rds):
    kinds = [
        # name, engine, product, version, encrypted, public, days, two zones, protected, updated, exports, group, TLS enforced
        ("orders", "postgres", "postgresql", "16.3", True, False, 7, True, True, True, ["postgresql"], "strict", True),
        ("legacy", "mysql", "mysql", "5.7.44", False, True, 0, False, False, False, ["error"], "lax", False),
        ("ledger", "mariadb", "mariadb", "11.4.2", True, False, 35, False, True, False, ["audit", "error"], "silent", None),
    ]
    for name, engine, product, version, encrypted, public, days, zones, protected, updated, exports, group, enforced in kinds:
        extra = {"StorageEncrypted": True, "KmsKeyId": place.disk_key} if encrypted else {}
        rds.create_db_instance(
            DBInstanceIdentifier=name, Engine=engine, EngineVersion=version, DBInstanceClass="db.t3.micro", AllocatedStorage=20,
            PubliclyAccessible=public, BackupRetentionPeriod=days, MultiAZ=zones, DeletionProtection=protected,
            AutoMinorVersionUpgrade=updated, EnableCloudwatchLogsExports=exports, DBParameterGroupName=group,
            Tags=[{"Key": "stage", "Value": "test"}], **extra, **ADMINISTRATOR,
        )
        properties = {
            **here(place), "labels": {"stage": "test"}, "engine": product, "engineVersion": version, "creationTime": TIME,
            "internetAccessible": public, "privateEndpoint": not public, "ports": [5432 if engine == "postgres" else 3306],
            "atRestEncryption": encryption(encrypted, place.disk_key), "redundancy": {"scope": "zone" if zones else "none"},
            "backups": backups(place, days, encryption(encrypted, place.disk_key)), "deletionProtection": {"enabled": protected},
            "automaticUpdates": {"enabled": updated}, "transportEncryption": {"enabled": True, "protocol": "TLS"},
        }
        if enforced is not None:
            properties["transportEncryption"]["enforced"] = enforced
        if engine != "postgres":
            # what the log of PostgreSQL holds cannot be seen
            logs = [place.arn("logs", f"log-group:/aws/rds/instance/{name}/audit")] if "audit" in exports else []
            properties["activityLogging"] = {"enabled": bool(logs), "loggingServiceIds": logs}
        place.put("RelationalDatabaseService", place.arn("rds", f"db:{name}"), properties)


def cluster(place, rds):
    rds.create_db_cluster(
        DBClusterIdentifier="catalog", Engine="aurora-postgresql", EngineVersion="15.4", StorageEncrypted=True,
        KmsKeyId=place.disk_key, BackupRetentionPeriod=14, DeletionProtection=True, DBClusterParameterGroupName="strict",
        EnableCloudwatchLogsExports=["postgresql"], **ADMINISTRATOR,
    )
    for number in range(2):
        rds.create_db_instance(
            DBInstanceIdentifier=f"catalog-{number}", Engine="aurora-postgresql", DBInstanceClass="db.t3.medium",
            DBClusterIdentifier="catalog", PubliclyAccessible=number == 1, AutoMinorVersionUpgrade=True,
        )
    rds.create_db_cluster(
        DBClusterIdentifier="archive", Engine="aurora-postgresql", EngineVersion="15.4", StorageEncrypted=False,
        BackupRetentionPeriod=1, DeletionProtection=False, DBClusterParameterGroupName="strict", **ADMINISTRATOR,
    )
    tls = {"enforced": True, "protocolVersion": "1.2"}
    # the one is public by its second instance; the other has none, so that none shows a certificate
    tell(place, "catalog", True, encryption(True, place.disk_key), 14, True, {"enabled": True, "protocol": "TLS", **tls}, True)
    tell(place, "archive", False, encryption(False, None), 1, False, tls, None)


def tell(place, name, public, kept, days, protected, transport, tells_log):
    properties = {
        **here(place), "labels": {}, "engine": "postgresql", "engineVersion": "15.4", "creationTime": TIME,
        "internetAccessible": public, "privateEndpoint": not public, "ports": [5432], "atRestEncryption": kept,
        "redundancy": {"scope": "none"}, "backups": backups(place, days, kept), "deletionProtection": {"enabled": protected},
        "automaticUpdates": {"enabled": True}, "transportEncryption": transport,
    }
    if not tells_log:
        # nothing leaves it
        properties["activityLogging"] = {"enabled": False, "loggingServiceIds": []}
    place.put("RelationalDatabaseService", place.arn("rds", f"cluster:{name}"), properties)


# --- snapshots ------------------------------------------------------------------------------------------------------------------

def snapshots(place, rds):
    shared = {"open": ["all"], "partner": ["222222222222"], "own": []}
    for name, accounts in shared.items():
        rds.create_db_snapshot(DBSnapshotIdentifier=name, DBInstanceIdentifier="legacy")
        if accounts:
            rds.modify_db_snapshot_attribute(DBSnapshotIdentifier=name, AttributeName="restore", ValuesToAdd=accounts)
    rds.create_db_cluster_snapshot(DBClusterSnapshotIdentifier="own", DBClusterIdentifier="catalog")
    rds.create_db_cluster_snapshot(DBClusterSnapshotIdentifier="open", DBClusterIdentifier="archive")
    rds.modify_db_cluster_snapshot_attribute(
        DBClusterSnapshotIdentifier="open", AttributeName="restore", ValuesToAdd=["all"],
    )
    # moto takes one of every database when it is made, whose names hold the time
    for found in rds.describe_db_snapshots()["DBSnapshots"]:
        name, of = found["DBSnapshotIdentifier"], found["DBInstanceIdentifier"]
        size = 1 if of.startswith("catalog") else 20
        kept = encryption(of != "legacy", place.disk_key)
        snapshot(place, f"snapshot:{name}", f"db:{of}", "all" in shared.get(name, []), size, kept)
    for found in rds.describe_db_cluster_snapshots()["DBClusterSnapshots"]:
        name, of = found["DBClusterSnapshotIdentifier"], found["DBClusterIdentifier"]
        kept = encryption(of == "catalog", place.disk_key)
        snapshot(place, f"cluster-snapshot:{name}", f"cluster:{of}", name == "open", 1, kept)


def snapshot(place, name, source, public, size, kept):
    place.put("Snapshot", place.arn("rds", name), {
        **here(place), "labels": {}, "sourceId": place.arn("rds", source), "creationTime": TIME, "age": AGE,
        "capacity": size * GIB, "publicAccess": public, "atRestEncryption": kept,
    })


# --- tables ---------------------------------------------------------------------------------------------------------------------

def tables(place):
    dynamodb = place.client("dynamodb")
    for name, with_key, protected, recoverable in [("carts", True, True, True), ("events", False, False, False)]:
        extra = {"SSESpecification": {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": place.disk_key}} if with_key else {}
        dynamodb.create_table(
            TableName=name, BillingMode="PAY_PER_REQUEST", DeletionProtectionEnabled=protected,
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}], **extra,
        )
        if recoverable:
            dynamodb.update_continuous_backups(
                TableName=name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True, "RecoveryPeriodInDays": 20},
            )
        recovery = {
            "enabled": True, "retentionPeriod": 20 * DAY, "timeSinceSuccess": AGE, "geoLocation": place.location(),
            "storageId": None, "atRestEncryption": {"enabled": True},
        }
        own = {"enabled": True, "algorithm": "AES-256", "keyManagement": "provider", "keyId": None}
        place.put("KeyValueDatabaseService", place.arn("dynamodb", f"table/{name}"), {
            **here(place), "creationTime": TIME, "engine": "dynamodb", "sharedKeyAccess": False,
            "redundancy": {"scope": "zone"}, "deletionProtection": {"enabled": protected},
            "atRestEncryption": encryption(True, place.disk_key) if with_key else own,
            "backups": [recovery if recoverable else {"enabled": False}],
        })


# --- vaults ---------------------------------------------------------------------------------------------------------------------

def vaults(place):
    backup = place.client("backup")
    for name, days in [("locked", 30), ("open", None)]:
        backup.create_backup_vault(BackupVaultName=name, EncryptionKeyArn=place.disk_key)
        if days:
            backup.put_backup_vault_lock_configuration(BackupVaultName=name, MinRetentionDays=days)
        place.put("BackupVault", place.arn("backup", f"backup-vault:{name}"), {
            **here(place), "creationTime": TIME, "atRestEncryption": encryption(True, place.disk_key), "protectedIds": [],
            "immutability": {"enabled": days is not None, "retentionPeriod": days and days * DAY},
            "deletionProtection": {"enabled": days is not None, "recoveryWindow": None},
        })
