"""Keys, trails, logs, recorders and detectors."""

import json

from .ground import AGE, OWN, TIME
from .machines import here, provided


def seed(place):
    kms = place.client("kms")
    keys(place, kms)
    groups(place)
    trails(place)
    recorders(place)
    detectors(place)


# --- keys -----------------------------------------------------------------------------------------------------------------------

KINDS = [
    # specification, usage, algorithm, bits
    ("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "AES", 256),
    ("RSA_2048", "ENCRYPT_DECRYPT", "RSA", 2048),
    ("RSA_4096", "SIGN_VERIFY", "RSA", 4096),
    ("ECC_NIST_P384", "SIGN_VERIFY", "EC", 384),
    ("HMAC_256", "GENERATE_VERIFY_MAC", "HMAC", 256),
]


def key_policy(place, number):
    """Statements in place of those that come with a key, which let its account in; and whether they let everybody in."""
    everybody = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "kms:*", "Resource": "*"}
    strangers = {"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}
    kinds = {
        1: ([everybody], True),
        2: ([dict(everybody, Condition={"StringEquals": {"kms:CallerAccount": place.account}})], False),
        # moto takes a refusal of "*" for one of everything, whatever its conditions
        3: ([everybody, dict(everybody, Effect="Deny", Resource=["*"], Condition=strangers)], False),
        4: ([dict(everybody, Action="kms:Decrypt", Condition={"StringEquals": {"kms:ViaService": "s3.eu-central-1.amazonaws.com"}})], True),
        8: ([dict(everybody, Principal={"AWS": "arn:aws:iam::222222222222:root"})], False),
    }
    return kinds.get(number, (None, False))


def keys(place, kms):
    key(place, place.disk_key, "disks", KINDS[0], {"enabled": False, "interval": None})
    for number in range(15):
        kind = KINDS[number % len(KINDS)]
        statements, public = key_policy(place, number)
        more = {"Policy": json.dumps({"Version": "2012-10-17", "Statement": statements})} if statements else {}
        made = kms.create_key(Description=f"key {number}", KeySpec=kind[0], KeyUsage=kind[1], **more)["KeyMetadata"]
        arn, id = made["Arn"], made["KeyId"]
        rotation, enabled = {"enabled": False, "interval": None}, True
        if number == 5:
            kms.enable_key_rotation(KeyId=id)
            rotation = {"enabled": True}
        if number == 10:
            # moto does not tell the period
            kms.enable_key_rotation(KeyId=id, RotationPeriodInDays=180)
            rotation = {"enabled": True}
        if number == 6:
            kms.disable_key(KeyId=id)
            enabled = False
        if number == 7:
            kms.schedule_key_deletion(KeyId=id, PendingWindowInDays=7)
            enabled = False
        key(place, arn, f"key {number}", kind, rotation, enabled, public)


def key(place, arn, description, kind, rotation, enabled=True, public=False):
    age = {} if kind[0] == "SYMMETRIC_DEFAULT" else {"age": AGE}
    place.put("Key", arn, {
        **here(place), "description": description, "creationTime": TIME, "enabled": enabled, "managed": False,
        "algorithm": kind[2], "keySize": kind[3], "hardwareProtected": True, "exportable": False,
        "expirationDate": None, "remainingValidity": None, "rotation": rotation, "publicAccess": public, **age,
    })


# --- logs -----------------------------------------------------------------------------------------------------------------------

def groups(place):
    logs = place.client("logs")
    for number in range(70 if place.is_first() and place.account == OWN else 8):
        name = f"/app/{number}"
        keyed = number % 4 == 1
        logs.create_log_group(logGroupName=name, **({"kmsKeyId": place.disk_key} if keyed else {}))
        period = None
        if number % 3:
            logs.put_retention_policy(logGroupName=name, retentionInDays=[30, 365][number % 2])
            period = [30, 365][number % 2] * 86400
        encryption = {"enabled": True, "algorithm": "AES-256", "keyManagement": "customer", "keyId": place.disk_key}
        place.put("LoggingService", place.arn("logs", f"log-group:{name}"), {
            **here(place), "creationTime": TIME, "retentionPeriod": period,
            "atRestEncryption": encryption if keyed else provided(),
        })


# --- what watches the account ---------------------------------------------------------------------------------------------------

def trails(place):
    """One account has a trail over all regions; the other has one in the first region only, so that it has none."""
    if not place.is_first():
        return
    trail, bucket = place.client("cloudtrail"), f"copies-{place.account}-{place.region}"
    if place.account != OWN:
        trail.create_trail(Name="here", S3BucketName=bucket)
        trail.start_logging(Name="here")
        trail.create_trail(Name="stopped", S3BucketName=bucket, IsMultiRegionTrail=True, EnableLogFileValidation=True)
        place.put("Account", place.account_id(), {"activityLogging": {"enabled": False}})
        return
    group = place.arn("logs", f"log-group:flows-{place.region}")
    trail.create_trail(
        Name="everything", S3BucketName=bucket, IsMultiRegionTrail=True, EnableLogFileValidation=True,
        CloudWatchLogsLogGroupArn=f"{group}:*", CloudWatchLogsRoleArn=f"arn:aws:iam::{place.account}:role/trail",
    )
    trail.start_logging(Name="everything")
    trail.put_event_selectors(TrailName="everything", EventSelectors=[{
        "ReadWriteType": "All", "IncludeManagementEvents": True,
        "DataResources": [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3"]}],
    }])
    place.put("Account", place.account_id(), {"activityLogging": {
        "enabled": True, "allRegions": True, "integrityValidation": True, "dataAccess": True, "retentionPeriod": 30 * 86400,
        "loggingServiceIds": [group],
    }})


def recorders(place):
    config = place.client("config")
    everything = place.account == OWN
    group = {"allSupported": True, "includeGlobalResourceTypes": True}
    if not everything:
        group = {"allSupported": False, "includeGlobalResourceTypes": False, "resourceTypes": ["AWS::EC2::Instance"]}
    config.put_configuration_recorder(ConfigurationRecorder={
        "name": "default", "roleARN": f"arn:aws:iam::{place.account}:role/config", "recordingGroup": group,
    })
    config.put_delivery_channel(DeliveryChannel={"name": "default", "s3BucketName": f"copies-{place.account}-{place.region}"})
    config.start_configuration_recorder(ConfigurationRecorderName="default")
    place.put("Account", place.account_id(), {
        "configurationRecording": {"enabled": True, "allResourceTypes": everything}, "parentId": None,
    })


def detectors(place):
    """One region of one account has none."""
    if place.account == OWN or place.is_first():
        place.client("guardduty").create_detector(Enable=True)
    place.put("Account", place.account_id(), {"anomalyDetection": {"enabled": place.account == OWN}})
