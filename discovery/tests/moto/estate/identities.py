"""IAM: users of all kinds, groups, roles, policies, rules for passwords. They belong to accounts and to no region."""

import json

from .ground import AGE, OWN, TIME

LOCAL = {"enabled": False, "enforced": False}
NO_FACTOR = {"enabled": False, "enforced": False, "phishingResistant": False, "hardwareBacked": False}
EVERYTHING = [{"Effect": "Allow", "Action": "*", "Resource": "*"}]
SOME = [{"Effect": "Allow", "Action": ["s3:GetObject", "s3:List*"], "Resource": "arn:aws:s3:::shop/*"}]


def seed(place):
    if not place.is_first():
        return
    iam = place.client("iam")
    password_policy(place, iam)
    managed = policies(place, iam)
    administrators = users(place, iam, managed)
    root(place)
    # the root user is one of them
    place.put("Account", place.account_id(), {"administratorCount": administrators + 1})
    roles(place, iam, managed)


def document(statements):
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


# --- rules for passwords --------------------------------------------------------------------------------------------------------

def password_policy(place, iam):
    # what AWS documents for accounts that set nothing
    rules = {"minimumLength": 8, "rememberedPasswords": 0, "maximumAge": None, "characterClasses": 3}
    if place.account == OWN:
        iam.update_account_password_policy(
            MinimumPasswordLength=14, PasswordReusePrevention=24, MaxPasswordAge=90, RequireLowercaseCharacters=True,
            RequireUppercaseCharacters=True, RequireNumbers=True, RequireSymbols=True,
        )
        rules = {"minimumLength": 14, "rememberedPasswords": 24, "maximumAge": 90 * 86400, "characterClasses": 4}
    place.put("PasswordPolicy", rules_id(place), {"parentId": place.account_id(), "lockoutThreshold": None, **rules})
    place.put("Account", place.account_id(), {"passwordPolicyId": rules_id(place)})


def rules_id(place):
    return iam_arn(place, "password-policy")


def iam_arn(place, resource):
    return f"arn:aws:iam::{place.account}:{resource}"


# --- policies -------------------------------------------------------------------------------------------------------------------

def policies(place, iam):
    """Policies that can be attached, with what they allow and deny."""
    kinds = {
        "everything": (EVERYTHING, [("allow", ["*"], ["*"])]),
        "some": (SOME, [("allow", ["s3:GetObject", "s3:List*"], ["arn:aws:s3:::shop/*"])]),
        "all-but": ([{"Effect": "Allow", "NotAction": ["iam:*", "organizations:*"], "Resource": "*"}], [("allow", ["*"], ["*"])]),
        "never": (
            [{"Effect": "Deny", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "NotAction": "s3:*", "Resource": "*"}],
            [("deny", ["*"], ["*"]), ("deny", None, ["*"])],
        ),
    }
    made = {}
    for name, (statements, permissions) in kinds.items():
        arn = iam.create_policy(PolicyName=name, PolicyDocument=document(statements), Description=f"for {name}")["Policy"]["Arn"]
        if name == "some":
            # a later version that is not in force
            iam.create_policy_version(PolicyArn=arn, PolicyDocument=document(EVERYTHING), SetAsDefault=False)
        made[name] = arn
        place.put("Role", arn, {
            "parentId": place.account_id(), "scope": "account", "builtIn": False, "description": f"for {name}",
            "creationTime": TIME, "maximumSession": None, "trustedPrincipals": [], "permissions": told(permissions),
        })
    return made


def told(permissions):
    all = [{"effect": effect, "actions": actions, "resources": resources} for effect, actions, resources in permissions]
    return [{name: value for name, value in one.items() if value is not None} for one in all]


# --- users ----------------------------------------------------------------------------------------------------------------------

def users(place, iam, managed):
    for group, statements in {"admins": EVERYTHING, "readers": SOME}.items():
        iam.create_group(GroupName=group)
        iam.put_group_policy(GroupName=group, PolicyName="own", PolicyDocument=document(statements))
    program = {"enabled": True, "enforced": True, "phishingResistant": False, "hardwareBacked": False}
    token = {"enabled": True, "enforced": True, "phishingResistant": False, "hardwareBacked": True}
    # whether a passkey lies in hardware cannot be seen
    passkey = {"enabled": True, "enforced": True, "phishingResistant": True}
    kinds = [
        dict(name="ann", password=True, virtual=True, factor=program),
        dict(name="bob", password=True, attached=["some"]),
        dict(name="carl", keys=["Active", "Inactive"]),
        dict(name="dora", keys=["Inactive"]),
        dict(name="eve"),
        dict(name="fred", password=True, serials=["GAHT12345678"], factor=token),
        dict(name="gina", password=True, serials=[iam_arn(place, "u2f/user/gina/key-1")], factor=passkey),
        dict(name="hal,2001", password=True, groups=["readers"]),
        dict(name="admin-inline", password=True, inline=EVERYTHING, privileged=True),
        dict(name="admin-attached", password=True, attached=["everything"], privileged=True),
        dict(name="admin-group", password=True, groups=["readers", "admins"], privileged=True),
        dict(name="not-quite", password=True, attached=["all-but", "some"]),
        dict(name="quarantined", password=True, attached=["everything", "never"]),
    ]
    for kind in kinds:
        user(place, iam, managed, **kind)
    return sum(kind.get("privileged", False) for kind in kinds)


def user(
    place, iam, managed, name, password=False, keys=(), virtual=False, serials=(), factor=NO_FACTOR, attached=(), inline=None,
    groups=(), privileged=False,
):
    arn = iam.create_user(UserName=name)["User"]["Arn"]
    if password:
        iam.create_login_profile(UserName=name, Password="Hunter2-hunter2")
    for status in keys:
        key = iam.create_access_key(UserName=name)["AccessKey"]["AccessKeyId"]
        iam.update_access_key(UserName=name, AccessKeyId=key, Status=status)
    if virtual:
        serials = [iam.create_virtual_mfa_device(VirtualMFADeviceName=name)["VirtualMFADevice"]["SerialNumber"]]
    for serial in serials:
        iam.enable_mfa_device(UserName=name, SerialNumber=serial, AuthenticationCode1="123456", AuthenticationCode2="654321")
    for policy in attached:
        iam.attach_user_policy(UserName=name, PolicyArn=managed[policy])
    if inline:
        iam.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=document(inline))
    for group in groups:
        iam.add_user_to_group(UserName=name, GroupName=group)
    place.put("Identity", arn, {
        "parentId": place.account_id(), "external": False, "singleSignOn": LOCAL, "labels": {}, "creationTime": TIME,
        "rootUser": False, "privileged": privileged, "directPermissions": len(attached) + (1 if inline else 0),
        "multiFactorAuthentication": factor, "passwordPolicyId": rules_id(place), "interactive": password,
        "enabled": password or "Active" in keys, "passwordAge": AGE if password else None, "inactiveDuration": None,
        "accessKeys": [{"enabled": status == "Active", "age": AGE, "unusedDuration": None} for status in keys],
    })


def root(place):
    # moto keeps no row for it in the credential report, so that when it signed in last is not known
    place.put("Identity", iam_arn(place, "user/<root_account>"), {
        "parentId": place.account_id(), "external": False, "singleSignOn": LOCAL, "rootUser": True, "privileged": True,
        "directPermissions": 0, "multiFactorAuthentication": NO_FACTOR, "passwordPolicyId": rules_id(place),
        "interactive": True, "enabled": True, "accessKeys": [],
    })


# --- roles ----------------------------------------------------------------------------------------------------------------------

def trust(principal, **condition):
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal}
    return document([{**statement, "Condition": condition} if condition else statement])


def roles(place, iam, managed):
    organisation = {"StringEquals": {"aws:PrincipalOrgID": "o-abc123"}}
    kinds = [
        ("open", trust("*"), ["*"], 3600, [], None),
        ("open-with-external-id", trust({"AWS": "*"}, StringEquals={"sts:ExternalId": "x"}), ["*"], 3600, [], None),
        ("own-organisation", trust({"AWS": "*"}, **organisation), ["o-abc123"], 3600, ["some"], None),
        ("partner", trust({"AWS": "arn:aws:iam::222222222222:root"}), ["arn:aws:iam::222222222222:root"], 43200, ["everything"], None),
        ("machines", trust({"Service": ["ec2.amazonaws.com"]}), ["ec2.amazonaws.com"], 7200, [], SOME),
    ]
    for name, document_of_trust, principals, session, attached, inline in kinds:
        arn = iam.create_role(
            RoleName=name, AssumeRolePolicyDocument=document_of_trust, MaxSessionDuration=session,
            Tags=[{"Key": "kind", "Value": name}],
        )["Role"]["Arn"]
        permissions = []
        if inline:
            iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=document(inline))
            permissions += told([("allow", ["s3:GetObject", "s3:List*"], ["arn:aws:s3:::shop/*"])])
        for policy in attached:
            iam.attach_role_policy(RoleName=name, PolicyArn=managed[policy])
            permissions += place.estate.truth[managed[policy]]["properties"]["permissions"]
        role(place, arn, False, principals, session, permissions, {"kind": name})
    linked = iam.create_service_linked_role(AWSServiceName="autoscaling.amazonaws.com")["Role"]["Arn"]
    role(place, linked, True, ["autoscaling.amazonaws.com"], 3600, [], {})


def role(place, arn, built_in, principals, session, permissions, labels):
    place.put("Role", arn, {
        "parentId": place.account_id(), "scope": "account", "builtIn": built_in, "labels": labels, "creationTime": TIME,
        "maximumSession": session, "trustedPrincipals": principals, "permissions": permissions,
    })
