"""S3: buckets in every configuration."""

import json

from .ground import OWN, TIME
from .machines import here

# how many buckets, by account and region
COUNTS = {(OWN, "eu-central-1"): 200, (OWN, "eu-west-1"): 40}
FEW = 15

DAY = 86400
UNTOLD = object()
EVERYBODY = "http://acs.amazonaws.com/groups/global/AllUsers"


def seed(place):
    s3 = place.client("s3")
    block = account_block(place)
    target = f"copies-{place.account}-{place.region}"
    make(place, s3, target)
    s3.put_bucket_versioning(Bucket=target, VersioningConfiguration={"Status": "Enabled"})
    plain(place, target, {"versioning": {"enabled": True, "protectedDeletion": False}}, block)
    for number in range(COUNTS.get((place.account, place.region), FEW)):
        bucket(place, s3, number, block)


def account_block(place):
    """All four settings in one account, none in the other."""
    all = place.account != OWN
    if place.is_first() and all:
        # the SDK would call a host that begins with the number of the account
        names = "".join(f"<{name}>true</{name}>" for name in settings(True, True))
        place.call("s3", "PUT", "/v20180820/configuration/publicAccessBlock",
                   f"<PublicAccessBlockConfiguration>{names}</PublicAccessBlockConfiguration>")
    place.put("Account", place.account_id(), {"publicAccessBlock": told(all, all)})
    return all


def settings(refuse, ignore):
    return {
        "BlockPublicAcls": refuse, "BlockPublicPolicy": refuse, "IgnorePublicAcls": ignore, "RestrictPublicBuckets": ignore,
    }


def told(refuse, ignore):
    return {"enabled": refuse and ignore, "blockNewGrants": refuse, "ignoreGrants": ignore}


def make(place, s3, name, **more):
    if place.region != "us-east-1":
        more["CreateBucketConfiguration"] = {"LocationConstraint": place.region}
    s3.create_bucket(Bucket=name, **more)


def plain(place, name, properties, block):
    """A bucket as it is when nothing else was set."""
    properties = {
        **here(place), "creationTime": TIME, "labels": {},
        # AWS would encrypt new objects of every bucket; moto does so only where it was asked to
        "atRestEncryption": {"enabled": False},
        "publicAccess": False, "publicAccessBlock": told(False, False),
        "transportEncryption": {"enforced": False, "protocol": "TLS", "protocolVersion": "1.2"},
        "versioning": {"enabled": False, "protectedDeletion": False}, "immutability": {"enabled": False},
        "resourceLogging": {"enabled": False}, "timeToLive": None, "replicaIds": [], **properties,
    }
    known = {key: value for key, value in properties.items() if value is not UNTOLD}
    place.put("ObjectStorage", f"arn:aws:s3:::{name}", known)


def bucket(place, s3, number, account_block):
    name = f"b{number}-{place.account}-{place.region}"
    arn = f"arn:aws:s3:::{name}"
    properties = {}
    locked = number % 10 == 9
    make(place, s3, name, **({"ObjectLockEnabledForBucket": True} if locked else {}))
    if locked:
        properties["immutability"] = lock(s3, name, number)
        properties["versioning"] = {"enabled": True, "protectedDeletion": False}
    elif number % 3 == 1:
        status = ["Enabled", "Suspended"][number % 2]
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": status})
        properties["versioning"] = {"enabled": status == "Enabled", "protectedDeletion": False}
    encrypt(place, s3, name, number, properties)
    expose(s3, name, arn, number, account_block, properties)
    if number % 6 == 2:
        s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": [
            {"Key": "class", "Value": "internal"}, {"Key": "db", "Value": "mysql://u:hunter2@h/"},
        ]})
        properties["labels"] = {"class": "internal", "db": "(redacted credential)"}
    if number % 8 == 3:
        logged(place, s3, name)
        properties["resourceLogging"] = {"enabled": True}
        properties["activityLogging"] = {"enabled": True, "dataAccess": True, "loggingServiceIds": []}
    if number % 7 in LIVES:
        rules, properties["timeToLive"] = LIVES[number % 7]
        s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": rules})
    if number % 12 == 7:
        properties.update(copied(place, s3, name, number))
    plain(place, name, properties, account_block)


def lock(s3, name, number):
    if number % 20 == 19:
        return {"enabled": False}
    s3.put_object_lock_configuration(Bucket=name, ObjectLockConfiguration={
        "ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 30}},
    })
    return {"enabled": True, "retentionPeriod": 30 * 86400}


def encrypt(place, s3, name, number, properties):
    key, kind = place.disk_key, number % 4
    if kind == 1:
        rule = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}
        told = {"enabled": True, "algorithm": "AES-256", "keyManagement": "customer", "keyId": key}
    elif kind == 2:
        rule = {"SSEAlgorithm": "aws:kms"}
        told = {"enabled": True, "algorithm": "AES-256", "keyManagement": "provider"}
    elif kind == 3:
        rule = {"SSEAlgorithm": "AES256"}
        told = {"enabled": True, "algorithm": "AES-256", "keyManagement": "provider", "keyId": None}
    else:
        return
    s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={
        "Rules": [{"ApplyServerSideEncryptionByDefault": rule}],
    })
    properties["atRestEncryption"] = told


def expose(s3, name, arn, number, account_block, properties):
    """Grants of access, and what overrules them."""
    kind = number % 9
    statements, by_list, by_policy, refuse, ignore = [], False, False, False, False
    if kind in (1, 2, 3):
        s3.put_bucket_ownership_controls(
            Bucket=name, OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced" if kind == 3 else "ObjectWriter"}]},
        )
    if kind in (1, 2):
        s3.put_bucket_acl(Bucket=name, GrantRead=f'uri="{EVERYBODY}"')
        by_list = True
    if kind in (4, 5):
        statements.append({"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"{arn}/*"})
        by_policy = True
    if kind in (5, 6):
        statements.append({
            "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [arn, f"{arn}/*"],
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        })
    if kind == 6:
        statements.append({
            "Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "s3:*", "Resource": [arn, f"{arn}/*"],
            "Condition": {"NumericLessThan": {"s3:TlsVersion": "1.3"}},
        })
    if statements:
        s3.put_bucket_policy(Bucket=name, Policy=json.dumps({"Version": "2012-10-17", "Statement": statements}))
    if kind in (2, 5, 7, 8):
        refuse, ignore = kind != 8, kind != 7
        s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=settings(refuse, ignore))
    properties["publicAccessBlock"] = told(refuse, ignore)
    properties["publicAccess"] = (by_list or by_policy) and not ignore and not account_block
    properties["transportEncryption"] = {
        "enforced": kind in (5, 6), "protocol": "TLS", "protocolVersion": "1.3" if kind == 6 else "1.2",
    }


def rule(status="Enabled", prefix="", **actions):
    return {"Status": status, "Filter": {"Prefix": prefix}, **actions}


# rules, and the shortest time after which one of them deletes objects
LIVES = {
    2: (
        [
            rule(ID="old", Expiration={"Days": 365}), rule(ID="logs", prefix="logs/", Expiration={"Days": 30}),
            rule("Disabled", ID="off", Expiration={"Days": 1}),
        ],
        30 * DAY,
    ),
    4: (
        [
            rule(ID="marks", Expiration={"ExpiredObjectDeleteMarker": True}),
            rule(
                ID="versions", NoncurrentVersionExpiration={"NoncurrentDays": 7}, AbortIncompleteMultipartUpload={"DaysAfterInitiation": 2},
                Transitions=[{"Days": 60, "StorageClass": "GLACIER"}],
            ),
        ],
        None,
    ),
    # all on one day, which is no time that each of them has
    5: ([rule(ID="end", Expiration={"Date": "2030-01-01T00:00:00Z"}), rule(ID="logs", prefix="logs/", Expiration={"Days": 90})], UNTOLD),
}


def logged(place, s3, name):
    target = f"copies-{place.account}-{place.region}"
    delivery = {"Grantee": {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/s3/LogDelivery"}}
    if not getattr(place, "delivers", False):
        place.delivers = True
        owner = s3.get_bucket_acl(Bucket=target)["Owner"]
        grants = [dict(delivery, Permission=permission) for permission in ("WRITE", "READ_ACP")]
        s3.put_bucket_acl(Bucket=target, AccessControlPolicy={"Owner": owner, "Grants": grants})
    s3.put_bucket_logging(Bucket=name, BucketLoggingStatus={"LoggingEnabled": {"TargetBucket": target, "TargetPrefix": "a/"}})


def copying(status, priority, target):
    return {
        "Status": status, "Priority": priority, "Filter": {}, "Destination": {"Bucket": f"arn:aws:s3:::{target}"},
        "DeleteMarkerReplication": {"Status": "Disabled"},
    }


def copied(place, s3, name, number):
    """Every second copy goes to the place of the first region, which is another for most."""
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    far, near = f"copies-{place.account}-eu-central-1", f"copies-{place.account}-us-east-1"
    s3.put_bucket_replication(Bucket=name, ReplicationConfiguration={
        "Role": f"arn:aws:iam::{place.account}:role/copy",
        "Rules": [copying("Enabled", 1, far), copying("Disabled", 2, near)],
    })
    out = {"replicaIds": [f"arn:aws:s3:::{far}"], "versioning": {"enabled": True, "protectedDeletion": False}}
    if place.region != "eu-central-1":
        out["redundancy"] = {"scope": "region"}
    return out
