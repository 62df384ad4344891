"""Lambda, load balancers, EKS, ECR and secrets: what runs, and what leads to it."""

import io
import threading
import zipfile

from .ground import AGE, TIME
from .identities import role, trust
from .machines import encryption, here

MAKING = threading.Lock()
PROVIDED = {"enabled": True, "keyManagement": "provider", "keyId": None}


def seed(place):
    ec2 = place.client("ec2")
    network = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]["VpcId"]
    within = [{"Name": "vpc-id", "Values": [network]}]
    subnets = [subnet["SubnetId"] for subnet in ec2.describe_subnets(Filters=within)["Subnets"]][:2]
    group = ec2.describe_security_groups(Filters=within)["SecurityGroups"][0]["GroupId"]
    runner = runs(place)
    functions(place, runner, subnets, group)
    balancers(place, network, subnets, group)
    clusters(place, runner, subnets)
    registries(place)
    secrets(place)


def runs(place):
    """A role of the account, which whoever comes first makes."""
    with MAKING:
        iam, name = place.client("iam"), "runs"
        arn = f"arn:aws:iam::{place.account}:role/{name}"
        if arn not in place.estate.truth:
            services = ["eks.amazonaws.com", "lambda.amazonaws.com"]
            iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust({"Service": services}))
            role(place, arn, False, services, 3600, [], {})
        return arn


# --- functions ------------------------------------------------------------------------------------------------------------------

def functions(place, runner, subnets, group):
    client = place.client("lambda")
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("main.py", "x = 1")
    kinds = [
        # name, runtime, language, version, variables, are there secrets, is there an address, own key, in a network
        ("pay", "python3.12", "python", "3.12", {"DB_PASSWORD": "hunter2", "MODE": "fast"}, True, True, True, False),
        ("notify", "nodejs22.x", "nodejs", "22", {"AMQP": "amqp://shop:hunter2@queue/"}, True, False, False, False),
        ("resize", "java21", "java", "21", {"MODE": "fast"}, False, False, False, True),
        ("report", "provided.al2023", None, None, None, False, False, False, False),
    ]
    for name, runtime, language, version, variables, secrets, address, own_key, inside in kinds:
        extra = {"Environment": {"Variables": variables}} if variables else {}
        if own_key:
            extra["KMSKeyArn"] = place.disk_key
        if inside:
            extra["VpcConfig"] = {"SubnetIds": subnets, "SecurityGroupIds": [group]}
        arn = client.create_function(
            FunctionName=name, Runtime=runtime, Role=runner, Handler="main.x", Code={"ZipFile": code.getvalue()},
            Description=f"to {name}", **extra,
        )["FunctionArn"]
        if address:
            client.create_function_url_config(FunctionName=name, AuthType="NONE")
        properties = {
            **here(place), "description": f"to {name}", "identityIds": [runner], "internetAccessible": address,
            "secretsInEnvironment": secrets,
            "atRestEncryption": key(place) if own_key else PROVIDED,
        }
        if language:
            properties.update(runtimeLanguage=language, runtimeVersion=version)
        if not inside:
            # moto makes no interfaces for those that are in a network, so that theirs are not known
            properties["networkInterfaceIds"] = []
        place.put("Function", arn, properties)


def key(place):
    return {"enabled": True, "keyId": place.disk_key, "keyManagement": "customer"}


# --- load balancers -------------------------------------------------------------------------------------------------------------

MODERN = "ELBSecurityPolicy-TLS13-1-3-2021-06"
OLD = "ELBSecurityPolicy-TLS-1-1-2017-01"
SUITES = {
    MODERN: ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"],
    OLD: sorted(
        [f"TLS_ECDHE_{sign}_WITH_AES_{rest}" for sign in ("ECDSA", "RSA") for rest in (
            "128_GCM_SHA256", "128_CBC_SHA256", "128_CBC_SHA", "256_GCM_SHA384", "256_CBC_SHA384", "256_CBC_SHA",
        )]
        + [f"TLS_RSA_WITH_AES_{rest}" for rest in (
            "128_GCM_SHA256", "128_CBC_SHA256", "128_CBC_SHA", "256_GCM_SHA384", "256_CBC_SHA256", "256_CBC_SHA",
        )]
    ),
}
PLAIN = {"enabled": False, "enforced": False}


def tls(version, policy):
    return {"enabled": True, "enforced": True, "protocol": "TLS", "protocolVersion": version, "cipherSuites": SUITES[policy]}


def balancers(place, network, subnets, group):
    client = place.client("elbv2")
    target = client.create_target_group(Name="web", Protocol="HTTP", Port=80, VpcId=network)["TargetGroups"][0]["TargetGroupArn"]
    forward = {"Type": "forward", "TargetGroupArn": target}
    redirect = {"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"}}
    certificate = place.client("acm").request_certificate(DomainName="shop.example")["CertificateArn"]
    shown = {"Certificates": [{"CertificateArn": certificate}]}

    modern = balancer(place, client, "modern", "internet-facing", subnets, group, True)
    listen(client, modern, "HTTPS", 443, [forward], SslPolicy=MODERN, **shown)
    listen(client, modern, "HTTP", 80, [redirect])
    tell(place, modern, "internet-facing", True, [80, 443], [certificate], tls("1.3", MODERN), [
        ("https", 443, tls("1.3", MODERN)), ("http", 80, {"enabled": False, "enforced": True}),
    ])

    old = balancer(place, client, "old", "internal", subnets, group, False)
    listen(client, old, "HTTPS", 443, [forward], SslPolicy=OLD, **shown)
    tell(place, old, "internal", False, [443], [certificate], tls("1.1", OLD), [("https", 443, tls("1.1", OLD))])

    leaky = balancer(place, client, "leaky", "internet-facing", subnets, group, False)
    listen(client, leaky, "HTTPS", 443, [forward], SslPolicy=MODERN, **shown)
    plain = listen(client, leaky, "HTTP", 80, [redirect])
    # one path is answered where nothing is encrypted
    condition = {"Field": "path-pattern", "Values": ["/health"]}
    client.create_rule(ListenerArn=plain, Priority=1, Conditions=[condition], Actions=[forward])
    tell(place, leaky, "internet-facing", False, [80, 443], [certificate], PLAIN, [
        ("https", 443, tls("1.3", MODERN)), ("http", 80, PLAIN),
    ])

    silent = balancer(place, client, "silent", "internal", subnets, group, False)
    tell(place, silent, "internal", False, [], [], None, [])


def balancer(place, client, name, scheme, subnets, group, guarded):
    made = client.create_load_balancer(
        Name=name, Scheme=scheme, Subnets=subnets, SecurityGroups=[group], Tags=[{"Key": "kind", "Value": name}],
    )["LoadBalancers"][0]
    switch = "true" if guarded else "false"
    client.modify_load_balancer_attributes(LoadBalancerArn=made["LoadBalancerArn"], Attributes=[
        {"Key": "deletion_protection.enabled", "Value": switch}, {"Key": "access_logs.s3.enabled", "Value": switch},
    ])
    return made


def listen(client, made, protocol, port, actions, **extra):
    listener = client.create_listener(
        LoadBalancerArn=made["LoadBalancerArn"], Protocol=protocol, Port=port, DefaultActions=actions, **extra,
    )
    return listener["Listeners"][0]["ListenerArn"]


def tell(place, made, scheme, guarded, ports, certificates, transport, endpoints):
    host = made["DNSName"]
    properties = {
        **here(place), "labels": {"kind": made["LoadBalancerName"]}, "creationTime": TIME, "url": host, "ports": ports,
        "internetAccessible": scheme == "internet-facing", "redundancy": {"scope": "zone", "copies": 2},
        "deletionProtection": {"enabled": guarded}, "resourceLogging": {"enabled": guarded}, "certificateIds": certificates,
        "httpEndpoints": [
            {"url": f"{scheme}://{host}:{port}", "transportEncryption": encrypted} for scheme, port, encrypted in endpoints
        ],
    }
    if transport:
        properties["transportEncryption"] = transport
    place.put("LoadBalancer", made["LoadBalancerArn"], properties)


# --- clusters -------------------------------------------------------------------------------------------------------------------

def clusters(place, runner, subnets):
    client = place.client("eks")
    kinds = [
        # name, version, public, ranges, kinds of log, own key
        ("shop", "1.33", True, ["203.0.113.0/24"], ["audit", "api"], True),
        ("batch", "1.32", False, None, [], False),
        ("museum", "1.24", True, ["0.0.0.0/0"], ["scheduler"], False),
    ]
    for name, version, public, ranges, logs, own_key in kinds:
        settings = {"subnetIds": subnets, "endpointPublicAccess": public, "endpointPrivateAccess": not public}
        if ranges:
            settings["publicAccessCidrs"] = ranges
        extra = {"encryptionConfig": [{"resources": ["secrets"], "provider": {"keyArn": place.disk_key}}]} if own_key else {}
        made = client.create_cluster(
            name=name, version=version, roleArn=runner, resourcesVpcConfig=settings, tags={"kind": name},
            logging={"clusterLogging": [{"types": logs or ["audit"], "enabled": bool(logs)}]}, **extra,
        )["cluster"]
        group = place.arn("logs", f"log-group:/aws/eks/{name}/cluster")
        properties = {
            **here(place), "labels": {"kind": name}, "creationTime": TIME, "version": version, "managementUrl": made["endpoint"],
            "internetAccessible": public, "accessControl": {"model": "RBAC"},
            "activityLogging": logging("audit" in logs, group),
            "resourceLogging": logging("api" in logs or "scheduler" in logs, group),
            # all objects are encrypted since 1.28, by the documentation
            "atRestEncryption": key(place) if own_key else PROVIDED if version != "1.24" else {"enabled": False},
        }
        if ranges:
            properties["allowedNetworks"] = ranges
        place.put("ContainerOrchestration", made["arn"], properties)


def logging(on, group):
    return {"enabled": on, "loggingServiceIds": [group] if on else []}


# --- registries and secrets -----------------------------------------------------------------------------------------------------

def registries(place):
    client = place.client("ecr")
    client.put_registry_scanning_configuration(scanType="BASIC", rules=[
        {"scanFrequency": "SCAN_ON_PUSH", "repositoryFilters": [{"filter": "shop*", "filterType": "WILDCARD"}]},
    ])
    for name, fixed, with_key in [("shop/web", True, True), ("tools", False, False)]:
        extra = {"encryptionConfiguration": {"encryptionType": "KMS", "kmsKey": place.disk_key}} if with_key else {}
        arn = client.create_repository(
            repositoryName=name, imageTagMutability="IMMUTABLE" if fixed else "MUTABLE", **extra,
        )["repository"]["repositoryArn"]
        scanned = name.startswith("shop")
        own = {**PROVIDED, "algorithm": "AES-256"}
        place.put("ContainerRegistry", arn, {
            **here(place), "creationTime": TIME, "publicAccess": False, "immutability": {"enabled": fixed},
            "atRestEncryption": encryption(True, place.disk_key) if with_key else own,
            "vulnerabilityScanning": {"enabled": scanned, "onChange": scanned, "interval": None},
        })


def secrets(place):
    client = place.client("secretsmanager")
    for name in ("db", "api-key", "thrown-away"):
        made = client.create_secret(Name=name, SecretString="hunter2", Tags=[{"Key": "kind", "Value": name}])["ARN"]
        if name == "thrown-away":
            # it cannot be used, and is not listed any more
            client.delete_secret(SecretId=name, RecoveryWindowInDays=7)
            continue
        place.put("Secret", made, {
            **here(place), "labels": {"kind": name}, "creationTime": TIME, "age": AGE, "enabled": True, "managed": False,
            "expirationDate": None, "remainingValidity": None, "rotation": {"enabled": False},
        })
