"""EC2: networks, groups, machines, disks, snapshots, images."""

from .ground import AGE, OWN, TIME

GIB = 1 << 30
ANYWHERE = ["0.0.0.0/0"]


def seed(place):
    ec2 = place.client("ec2")
    key = place.client("kms").create_key(Description="disks")["KeyMetadata"]["Arn"]
    place.disk_key = key
    default_encryption(place, ec2)
    subnets = networks(place, ec2)
    groups = security_groups(place, ec2, subnets[0]["VpcId"])
    reservations = 520 if place.account == OWN and place.is_first() else 16
    for number in range(reservations):
        machine(place, ec2, number, subnets, groups)
    addresses(place, ec2, subnets[0], groups[1])
    disks(place, ec2, key)


def default_encryption(place, ec2):
    # on in all regions of one account, and in some of the other
    if place.account == OWN or place.is_first():
        ec2.enable_ebs_encryption_by_default()
    place.put("Account", place.account_id(), {"defaultDiskEncryption": {"enabled": place.account == OWN}})


def tags(of, **labels):
    return [{"ResourceType": of, "Tags": [{"Key": key, "Value": value} for key, value in labels.items()]}]


def here(place, parent=None):
    return {"parentId": parent or place.account_id(), "geoLocation": place.location()}


# --- networks -------------------------------------------------------------------------------------------------------------------

def networks(place, ec2):
    for vpc in ec2.describe_vpcs()["Vpcs"]:
        subnets = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc["VpcId"]]}])["Subnets"]
        network(place, ec2, vpc["VpcId"], ["172.31.0.0/16"], True, {}, {"enabled": False})
        for subnet in subnets:
            part(place, ec2, subnet["SubnetId"], vpc["VpcId"], subnet["CidrBlock"], True, {}, {"enabled": False})
    group = f"flows-{place.region}"
    logs = place.client("logs")
    logs.create_log_group(logGroupName=group)
    logs.put_retention_policy(logGroupName=group, retentionInDays=30)
    flows = {
        "enabled": True, "trafficType": "all", "retentionPeriod": 30 * 86400,
        "loggingServiceIds": [place.arn("logs", f"log-group:{group}")],
    }
    place.put("LoggingService", flows["loggingServiceIds"][0], {
        **here(place), "creationTime": TIME, "retentionPeriod": 30 * 86400, "atRestEncryption": provided(),
    })
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=tags("vpc", Name="main", stage="test"))["Vpc"]["VpcId"]
    ec2.create_flow_logs(
        ResourceIds=[vpc], ResourceType="VPC", TrafficType="ALL", LogDestinationType="cloud-watch-logs",
        LogGroupName=group, DeliverLogsPermissionArn=f"arn:aws:iam::{place.account}:role/flow",
    )
    network(place, ec2, vpc, ["10.0.0.0/16"], False, {"Name": "main", "stage": "test"}, flows)
    made = []
    for number in range(2):
        cidr = f"10.0.{16 * number}.0/20"
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock=cidr)["Subnet"]
        if number == 1:
            ec2.modify_subnet_attribute(SubnetId=subnet["SubnetId"], MapPublicIpOnLaunch={"Value": True})
        part(place, ec2, subnet["SubnetId"], vpc, cidr, number == 1, {}, flows)
        made.append(subnet)
    return made


def provided():
    return {"enabled": True, "algorithm": "AES-256", "keyManagement": "provider", "keyId": None}


def network(place, ec2, vpc, ranges, is_default, labels, flows):
    id = place.arn("ec2", f"vpc/{vpc}")
    place.put("VirtualNetwork", id, {
        **here(place), "addressRanges": ranges, "isDefault": is_default, "labels": labels, "flowLogging": flows,
    })
    by_network = [{"Name": "vpc-id", "Values": [vpc]}]
    for group in ec2.describe_security_groups(Filters=by_network)["SecurityGroups"]:
        # the group that comes with a network lets its members talk to each other, and everything out
        place.put("NetworkSecurityGroup", place.arn("ec2", f"security-group/{group['GroupId']}"), {
            **here(place, id), "isDefault": True, "labels": {}, "description": "default VPC security group",
            "rules": rules_of_default(group),
        })
    for list in ec2.describe_network_acls(Filters=by_network)["NetworkAcls"]:
        rules = [
            entry("ingress", "allow", 100), entry("ingress", "deny", 32767),
            entry("egress", "allow", 100), entry("egress", "deny", 32767),
        ]
        place.put("NetworkSecurityGroup", place.arn("ec2", f"network-acl/{list['NetworkAclId']}"), {
            **here(place, id), "isDefault": False, "labels": {}, "rules": rules,
        })


def rules_of_default(group):
    rules = [rule("egress", "any", None, None, ANYWHERE)]
    # moto leaves out the rule that lets members in
    return [rule("ingress", "any", None, None, [])] * len(group["IpPermissions"]) + rules


def part(place, ec2, subnet, vpc, cidr, public, labels, flows):
    by_subnet = [{"Name": "association.subnet-id", "Values": [subnet]}]
    lists = ec2.describe_network_acls(Filters=by_subnet)["NetworkAcls"]
    place.put("VirtualSubNetwork", place.arn("ec2", f"subnet/{subnet}"), {
        **here(place, place.arn("ec2", f"vpc/{vpc}")), "addressRanges": [cidr], "publicAddressOnLaunch": public,
        "labels": labels, "flowLogging": flows,
        "networkSecurityGroupIds": [place.arn("ec2", f"network-acl/{list['NetworkAclId']}") for list in lists],
    })


def entry(direction, effect, number):
    return dict(rule(direction, "any", None, None, ANYWHERE), effect=effect, priority=number)


def rule(direction, protocol, start, end, networks):
    return {
        "direction": direction, "effect": "allow", "protocol": protocol, "fromPort": start, "toPort": end,
        "networks": networks, "priority": None,
    }


# --- security groups ------------------------------------------------------------------------------------------------------------

def security_groups(place, ec2, vpc):
    prefixes = ec2.create_managed_prefix_list(
        PrefixListName="offices", MaxEntries=5, AddressFamily="IPv4",
        Entries=[{"Cidr": "198.51.100.0/24"}, {"Cidr": "203.0.113.0/24"}],
    )["PrefixList"]["PrefixListId"]
    kinds = [
        ("open-ssh", [permission("tcp", 22, 22, v4=ANYWHERE)], [rule("ingress", "tcp", 22, 22, ANYWHERE)]),
        ("web", [permission("tcp", 443, 443, v4=ANYWHERE, v6=["::/0"])], [rule("ingress", "tcp", 443, 443, ANYWHERE + ["::/0"])]),
        ("everything", [permission("-1", None, None, v4=ANYWHERE)], [rule("ingress", "any", None, None, ANYWHERE)]),
        ("ping", [permission("icmp", 8, -1, v4=["10.0.0.0/8"])], [rule("ingress", "icmp", None, None, ["10.0.0.0/8"])]),
        ("games", [permission("udp", 1000, 2000, v6=["2001:db8::/32"])], [rule("ingress", "udp", 1000, 2000, ["2001:db8::/32"])]),
        ("tunnel", [permission("50", -1, -1, v4=["192.0.2.0/24"])], [rule("ingress", "50", None, None, ["192.0.2.0/24"])]),
        ("offices", [permission("tcp", 3389, 3389, lists=[prefixes])], [rule("ingress", "tcp", 3389, 3389, ["198.51.100.0/24", "203.0.113.0/24"])]),
        ("closed", [], []),
    ]
    ids = []
    for name, permissions, rules in kinds:
        id = ec2.create_security_group(
            GroupName=name, Description=f"for {name}", VpcId=vpc, TagSpecifications=tags("security-group", kind=name),
        )["GroupId"]
        if permissions:
            ec2.authorize_security_group_ingress(GroupId=id, IpPermissions=permissions)
        place.put("NetworkSecurityGroup", place.arn("ec2", f"security-group/{id}"), {
            **here(place, place.arn("ec2", f"vpc/{vpc}")), "isDefault": False, "labels": {"kind": name},
            "description": f"for {name}",
            # everything may go out of a new group
            "rules": rules + [rule("egress", "any", None, None, ANYWHERE)],
        })
        ids.append(id)
    return ids


def permission(protocol, start, end, v4=(), v6=(), lists=()):
    permission = {
        "IpProtocol": protocol,
        "IpRanges": [{"CidrIp": cidr} for cidr in v4],
        "Ipv6Ranges": [{"CidrIpv6": cidr} for cidr in v6],
        "PrefixListIds": [{"PrefixListId": id} for id in lists],
    }
    if start is not None:
        permission.update(FromPort=start, ToPort=end)
    return permission


# --- machines -------------------------------------------------------------------------------------------------------------------

def machine(place, ec2, number, subnets, groups):
    """A reservation of two machines, of a kind that its number decides."""
    required, endpoint, hops = number % 2 == 0, number % 7 != 0, 1 + number % 3
    # the third kind asks for nothing, so that the setting of the region decides
    encryption = [{"Encrypted": False}, {"Encrypted": True, "KmsKeyId": place.disk_key}][number % 2]
    subnet = subnets[0]["SubnetId"]
    group = groups[number % len(groups)]
    reservation = ec2.run_instances(
        ImageId="ami-12c6146b", MinCount=2, MaxCount=2, SubnetId=subnet, SecurityGroupIds=[group],
        MetadataOptions={
            "HttpTokens": "required" if required else "optional", "HttpPutResponseHopLimit": hops,
            "HttpEndpoint": "enabled" if endpoint else "disabled",
        },
        BlockDeviceMappings=[{"DeviceName": "/dev/sda1", "Ebs": {"VolumeSize": 8 + number % 3, **encryption}}],
        TagSpecifications=tags("instance", Name=f"m{number}", login="postgres://u:hunter2@db/", DbPassword="hunter2") if number % 5 == 0 else [],
        UserData="#!/bin/sh\nexport DB_PASSWORD=hunter2\n",
    )
    for instance in reservation["Instances"]:
        id = instance["InstanceId"]
        if number % 11 == 0:
            ec2.stop_instances(InstanceIds=[id])
        interface(place, instance["NetworkInterfaces"][0], subnets[0], group, [])
        labels = {"Name": f"m{number}", "login": "(redacted credential)", "DbPassword": "(redacted credential)"}
        properties = {
            **here(place), "powerState": "stopped" if number % 11 == 0 else "running", "internetAccessible": False,
            "instanceMetadata": {"enabled": endpoint, "tokenRequired": required, "hopLimit": hops},
            "secureBoot": {"trustedPlatformModule": False},
            "imageId": f"arn:aws:ec2:{place.region}::image/ami-12c6146b",
            "identityIds": [],
            "labels": labels if number % 5 == 0 else {},
            "networkInterfaceIds": [place.arn("ec2", f"network-interface/{instance['NetworkInterfaces'][0]['NetworkInterfaceId']}")],
        }
        place.put("VirtualMachine", place.arn("ec2", f"instance/{id}"), properties)
        place.machines = getattr(place, "machines", {})
        place.machines[id] = (8 + number % 3, number % 2 == 1)


def interface(place, interface, subnet, group, addresses):
    place.put("NetworkInterface", place.arn("ec2", f"network-interface/{interface['NetworkInterfaceId']}"), {
        **here(place, place.arn("ec2", f"vpc/{subnet['VpcId']}")), "labels": {}, "publicIpAddresses": addresses,
        "description": "Primary network interface",
        "internetAccessible": bool(addresses), "l3Firewall": {"enabled": True, "denyByDefault": True},
        "networkSecurityGroupIds": [place.arn("ec2", f"security-group/{group}")],
    })


def addresses(place, ec2, subnet, group):
    """A machine that the internet reaches."""
    instance = ec2.run_instances(
        ImageId="ami-12c6146b", MinCount=1, MaxCount=1, SubnetId=subnet["SubnetId"], SecurityGroupIds=[group],
    )["Instances"][0]
    address = ec2.allocate_address(Domain="vpc")
    ec2.associate_address(AllocationId=address["AllocationId"], InstanceId=instance["InstanceId"])
    interface(place, instance["NetworkInterfaces"][0], subnet, group, [address["PublicIp"]])
    # nothing was said about the service inside it: then it answers without a token
    place.put("VirtualMachine", place.arn("ec2", f"instance/{instance['InstanceId']}"), {
        **here(place), "powerState": "running", "internetAccessible": True,
        "instanceMetadata": {"enabled": True, "tokenRequired": False, "hopLimit": 1},
        "secureBoot": {"trustedPlatformModule": False},
        "imageId": f"arn:aws:ec2:{place.region}::image/ami-12c6146b", "identityIds": [], "labels": {},
        "networkInterfaceIds": [
            place.arn("ec2", f"network-interface/{instance['NetworkInterfaces'][0]['NetworkInterfaceId']}"),
        ],
    })


# --- disks ----------------------------------------------------------------------------------------------------------------------

def disks(place, ec2, key):
    of_machines = ec2.describe_volumes()["Volumes"]
    for volume in of_machines:
        machine = volume["Attachments"][0]["InstanceId"]
        arn = place.arn("ec2", f"volume/{volume['VolumeId']}")
        size, encrypted = place.machines.get(machine, (8, False))
        place.put("BlockStorage", arn, disk(place, size, encrypted, key, [place.arn("ec2", f"instance/{machine}")]))
        place.put("VirtualMachine", place.arn("ec2", f"instance/{machine}"), {"blockStorageIds": [arn]})
    for number in range(12):
        encrypted = number % 3 != 0
        extra = {"Encrypted": True, "KmsKeyId": key} if encrypted else {}
        volume = ec2.create_volume(AvailabilityZone=f"{place.region}a", Size=number + 1, **extra)["VolumeId"]
        arn = place.arn("ec2", f"volume/{volume}")
        place.put("BlockStorage", arn, disk(place, number + 1, encrypted, key, []))
        snapshot = ec2.create_snapshot(VolumeId=volume, Description=f"of {number}")["SnapshotId"]
        public = number % 4 == 0
        if public:
            ec2.modify_snapshot_attribute(
                SnapshotId=snapshot, Attribute="createVolumePermission", OperationType="add", GroupNames=["all"],
            )
        elif number % 4 == 1:
            ec2.modify_snapshot_attribute(
                SnapshotId=snapshot, Attribute="createVolumePermission", OperationType="add", UserIds=["222222222222"],
            )
        place.put("Snapshot", f"arn:aws:ec2:{place.region}::snapshot/{snapshot}", {
            **here(place), "labels": {}, "description": f"of {number}", "sourceId": arn, "publicAccess": public,
            "creationTime": TIME, "age": AGE, "capacity": (number + 1) * GIB,
            # moto does not name the keys of snapshots
            "atRestEncryption": {"enabled": True, "algorithm": "AES-256"} if encrypted else {"enabled": False},
        })


def disk(place, size, encrypted, key, machines):
    return {
        **here(place), "labels": {}, "creationTime": TIME, "capacity": size * GIB, "computeIds": machines,
        "atRestEncryption": encryption(encrypted, key),
    }


def encryption(encrypted, key):
    if not encrypted:
        return {"enabled": False}
    return {"enabled": True, "algorithm": "AES-256", "keyId": key, "keyManagement": "customer"}
