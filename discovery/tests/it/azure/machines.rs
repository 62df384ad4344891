//! Machines of the estate, with their disks, interfaces and network: what the
//! server holds, and beside it what evidence must say of it.

use serde_json::{Value, json};

use super::estate::Seed;

/// How many machines there are: 24 pages of 50.
pub(crate) const MACHINES: usize = 1200;

/// How one machine differs from the others.
struct Kind {
    number: usize,
    name: String,
    group: String,
}

impl Kind {
    fn of(number: usize) -> Self {
        Self { number, name: format!("vm-{number:04}"), group: format!("Group-{}", number % 4) }
    }

    fn every(&self, n: usize, rest: usize) -> bool {
        self.number % n == rest
    }

    fn is_windows(&self) -> bool {
        self.every(3, 0)
    }

    fn is_public(&self) -> bool {
        self.every(10, 0)
    }

    /// Behind a balancer: one with a public address, one without, or one that
    /// only lets machines out.
    fn balancer(&self) -> Option<&'static str> {
        match self.number % 10 {
            1 => Some("Front"),
            2 => Some("Inner"),
            3 => Some("Outward"),
            _ => None,
        }
    }
}

/// Adds machines and all that belongs to them.
pub(crate) fn seed(seed: &mut Seed) {
    network(seed);
    keys(seed);
    for number in 0..MACHINES {
        let kind = Kind::of(number);
        machine(seed, &kind);
        interface(seed, &kind);
        disks(seed, &kind);
    }
    scale_set(seed);
    snapshots(seed);
    os_logs(seed);
}

fn machine(seed: &mut Seed, kind: &Kind) {
    let id = seed.id(&kind.group, "Microsoft.Compute/virtualMachines", &kind.name);
    let disk = |part: &str| json!({"id": seed.id(&kind.group, "Microsoft.Compute/disks", &format!("{}-{part}", kind.name))});
    let mut item = json!({
        "id": id, "name": kind.name, "type": "Microsoft.Compute/virtualMachines", "location": "westeurope",
        "properties": {
            "vmId": "1", "timeCreated": "2026-02-04T14:02:10.1234567+00:00", "somethingNew": {"a": 1},
            "hardwareProfile": {"vmSize": "Standard_New_v9"},
            "storageProfile": {
                "imageReference": {"publisher": "p", "offer": "o", "sku": "s", "version": "latest"},
                "osDisk": {"osType": if kind.is_windows() { "Windows" } else { "Linux" }, "createOption": "FromImage", "managedDisk": disk("os")},
                "dataDisks": [],
            },
            "networkProfile": {"networkInterfaces": [
                {"id": seed.id(&kind.group, "Microsoft.Network/networkInterfaces", &format!("{}-nic", kind.name))},
            ]},
        },
    });
    let mut expected = json!({
        "creationTime": "2026-02-04T14:02:10Z",
        "geoLocation": {"region": "westeurope", "country": "NL"},
        "parentId": seed.group(&kind.group),
        "labels": {},
        "blockStorageIds": [format!("{}-os", seed.low(&kind.group, "Microsoft.Compute/disks", &kind.name))],
        "networkInterfaceIds": [format!("{}-nic", seed.low(&kind.group, "Microsoft.Network/networkInterfaces", &kind.name))],
        "imageId": null,
        "identityIds": [],
        "internetAccessible": kind.is_public() || kind.balancer() == Some("Front"),
        "instanceMetadata": {"enabled": true, "tokenRequired": false},
        "encryptionInUse": null,
        "secureBoot": null,
        "bootLogging": null,
    });
    if kind.every(2, 0) {
        item["tags"] = json!({"owner": "shop", "db-password": "planted-in-a-tag"});
        expected["labels"] = json!({"owner": "shop", "db-password": "(redacted credential)"});
    }
    if kind.every(3, 1) {
        item["properties"]["storageProfile"]["dataDisks"] =
            json!([{"lun": 0, "createOption": "Attach", "managedDisk": disk("data")}]);
        let data = format!("{}-data", seed.low(&kind.group, "Microsoft.Compute/disks", &kind.name));
        expected["blockStorageIds"].as_array_mut().unwrap().push(data.into());
    }
    if kind.every(9, 4) {
        item["properties"]["storageProfile"]["imageReference"] =
            json!({"id": seed.id("Group-0", "Microsoft.Compute/images", "Golden")});
        expected["imageId"] = seed.low("Group-0", "Microsoft.Compute/images", "Golden").into();
    }
    system(kind, &mut item, &mut expected);
    security(kind, &mut item, &mut expected);
    identity(seed, kind, &mut item, &mut expected);
    let code = match kind.number % 7 {
        0 => "PowerState/deallocated",
        1 => "PowerState/starting",
        _ => "PowerState/running",
    };
    if !kind.every(7, 1) {
        expected["powerState"] = if kind.every(7, 0) { "stopped".into() } else { "running".into() };
    }
    let path = seed.path("Microsoft.Compute/virtualMachines");
    let state = json!({"id": item["id"].as_str().unwrap().to_uppercase(), "name": kind.name, "location": "westeurope",
        "properties": {"instanceView": {"statuses": [{"code": "ProvisioningState/succeeded"}, {"code": code}]}}});
    seed.estate.list(&format!("{path}?statusonly"), state);
    seed.estate.list(&path, item);
    seed.expect("VirtualMachine", &id, &kind.name, expected);
}

/// The operating system, as far as the platform looks after it.
fn system(kind: &Kind, item: &mut Value, expected: &mut Value) {
    let secret = json!("planted-in-custom-data");
    if kind.is_windows() {
        let (settings, enabled) = match kind.number % 4 {
            0 => (
                json!({"enableAutomaticUpdates": true, "patchSettings": {"patchMode": "AutomaticByOS"}}),
                true,
            ),
            1 => (
                json!({"enableAutomaticUpdates": true, "patchSettings": {"patchMode": "AutomaticByPlatform"}}),
                true,
            ),
            2 => (json!({"enableAutomaticUpdates": false, "patchSettings": {"patchMode": "Manual"}}), false),
            _ => (json!({"enableAutomaticUpdates": false}), false),
        };
        item["properties"]["osProfile"] =
            json!({"adminUsername": "a", "customData": secret, "windowsConfiguration": settings});
        expected["automaticUpdates"] = json!({"enabled": enabled});
    } else {
        let disabled = kind.every(2, 0);
        let mut settings = json!({"disablePasswordAuthentication": disabled});
        if kind.every(5, 0) {
            settings["patchSettings"] = json!({"patchMode": "AutomaticByPlatform"});
            expected["automaticUpdates"] = json!({"enabled": true});
        } else if kind.every(5, 1) {
            settings["patchSettings"] = json!({"patchMode": "ImageDefault"});
        }
        item["properties"]["osProfile"] =
            json!({"adminUsername": "a", "customData": secret, "linuxConfiguration": settings});
        expected["remoteAdministration"] = json!({"passwordSignIn": !disabled});
    }
    match kind.number % 5 {
        0 => {}
        1 => {
            item["properties"]["diagnosticsProfile"] = json!({"bootDiagnostics": {"enabled": false}});
            expected["bootLogging"] = json!({"enabled": false, "loggingServiceIds": []});
        }
        _ => {
            item["properties"]["diagnosticsProfile"] =
                json!({"bootDiagnostics": {"enabled": true, "storageUri": "https://a.blob.example/"}});
            expected["bootLogging"] = json!({"enabled": true, "loggingServiceIds": []});
        }
    }
    if kind.every(8, 3) {
        item["resources"] = json!([{"id": "/x", "name": "Antimalware", "properties": {
            "type": "IaaSAntimalware", "settings": {"AntimalwareEnabled": "true"}, "protectedSettings": {"key": "planted-in-an-extension"}}}]);
        expected["malwareProtection"] = json!({"enabled": true});
    }
}

fn security(kind: &Kind, item: &mut Value, expected: &mut Value) {
    let profile = match kind.number % 4 {
        0 => {
            json!({"securityType": "TrustedLaunch", "uefiSettings": {"secureBootEnabled": true, "vTpmEnabled": true}})
        }
        1 => {
            json!({"securityType": "TrustedLaunch", "uefiSettings": {"secureBootEnabled": false, "vTpmEnabled": true}})
        }
        2 => {
            json!({"securityType": "ConfidentialVM", "uefiSettings": {"secureBootEnabled": true, "vTpmEnabled": true},
            "proxyAgentSettings": {"enabled": true, "mode": "Enforce"}})
        }
        _ => return,
    };
    expected["secureBoot"] = json!({"enabled": kind.number % 4 != 1, "trustedPlatformModule": true});
    if kind.every(4, 2) {
        expected["encryptionInUse"] = json!({"enabled": true});
        expected["instanceMetadata"]["tokenRequired"] = json!(true);
    }
    item["properties"]["securityProfile"] = profile;
}

fn identity(seed: &Seed, kind: &Kind, item: &mut Value, expected: &mut Value) {
    let object = |n: usize| format!("0B9D6E37-0000-4000-8000-{n:012}");
    match kind.number % 6 {
        0 => {
            item["identity"] =
                json!({"type": "SystemAssigned", "principalId": object(kind.number), "tenantId": "t"});
            expected["identityIds"] = json!([seed.principal(&object(kind.number))]);
        }
        1 => {
            item["identity"] = json!({"type": "UserAssigned", "userAssignedIdentities": {
                "/subscriptions/x/y": {"principalId": object(9999), "clientId": "c"}}});
            expected["identityIds"] = json!([seed.principal(&object(9999))]);
        }
        _ => {}
    }
}

fn interface(seed: &mut Seed, kind: &Kind) {
    let name = format!("{}-nic", kind.name);
    let id = seed.id(&kind.group, "Microsoft.Network/networkInterfaces", &name);
    let subnet = if kind.every(2, 0) { "Guarded" } else { "Bare" };
    let mut address = json!({"subnet": {"id": format!("{}/subnets/{subnet}", seed.id("Group-0", "Microsoft.Network/virtualNetworks", "Net"))}});
    let mut expected = json!({
        "geoLocation": {"region": "westeurope", "country": "NL"},
        "parentId": seed.group(&kind.group),
        "labels": {},
        "publicIpAddresses": [],
        "internetAccessible": kind.is_public() || kind.balancer() == Some("Front"),
    });
    if kind.is_public() {
        let public = format!("{}-ip", kind.name);
        let id = seed.id(&kind.group, "Microsoft.Network/publicIPAddresses", &public);
        let text = format!("203.0.{}.{}", kind.number / 250, kind.number % 250 + 1);
        let path = seed.path("Microsoft.Network/publicIPAddresses");
        seed.estate.list(&path, json!({"id": id, "name": public, "properties": {"ipAddress": text}}));
        address["publicIPAddress"] = json!({"id": id.to_lowercase()});
        expected["publicIpAddresses"] = json!([text]);
    }
    if let Some(balancer) = kind.balancer() {
        let balancer = seed.id("Group-0", "Microsoft.Network/loadBalancers", balancer);
        address["loadBalancerBackendAddressPools"] =
            json!([{"id": format!("{balancer}/backendAddressPools/pool")}]);
    }
    let mut properties = json!({"ipConfigurations": [{"name": "one", "properties": address}]});
    let mut sets = Vec::new();
    if kind.every(4, 0) {
        properties["networkSecurityGroup"] =
            json!({"id": seed.id("Group-0", "Microsoft.Network/networkSecurityGroups", "Own")});
        sets.push(seed.low("Group-0", "Microsoft.Network/networkSecurityGroups", "Own"));
    }
    if subnet == "Guarded" {
        sets.push(seed.low("Group-0", "Microsoft.Network/networkSecurityGroups", "Subnet"));
    }
    expected["l3Firewall"] =
        if sets.is_empty() { Value::Null } else { json!({"enabled": true, "denyByDefault": true}) };
    expected["networkSecurityGroupIds"] = json!(sets);
    let path = seed.path("Microsoft.Network/networkInterfaces");
    seed.estate
        .list(&path, json!({"id": id, "name": name, "location": "westeurope", "properties": properties}));
    seed.expect("NetworkInterface", &id, &name, expected);
}

fn disks(seed: &mut Seed, kind: &Kind) {
    let parts = if kind.every(3, 1) { vec!["os", "data"] } else { vec!["os"] };
    for part in parts {
        let name = format!("{}-{part}", kind.name);
        let id = seed.id(&kind.group, "Microsoft.Compute/disks", &name);
        let machine = seed.id(&kind.group, "Microsoft.Compute/virtualMachines", &kind.name);
        let (encryption, at_rest) = encryption(seed, kind.number);
        let item = json!({"id": id, "name": name, "location": "germanywestcentral", "managedBy": machine,
            "sku": {"name": "Premium_LRS"},
            "properties": {"creationData": {"createOption": "FromImage"}, "diskSizeGB": 64, "diskSizeBytes": 68_719_476_736_i64,
                "timeCreated": "2026-02-04T14:02:10Z", "encryption": encryption}});
        let expected = json!({
            "creationTime": "2026-02-04T14:02:10Z",
            "geoLocation": {"region": "germanywestcentral", "country": "DE"},
            "parentId": seed.group(&kind.group), "labels": {}, "capacity": 68_719_476_736_i64,
            "computeIds": [machine.to_lowercase()], "atRestEncryption": at_rest,
        });
        let path = seed.path("Microsoft.Compute/disks");
        seed.estate.list(&path, item);
        seed.expect("BlockStorage", &id, &name, expected);
    }
}

/// The encryption of a disk, and what evidence says of it.
fn encryption(seed: &Seed, number: usize) -> (Value, Value) {
    let platform =
        json!({"enabled": true, "algorithm": "AES-256", "keyId": null, "keyManagement": "provider"});
    if number.is_multiple_of(2) {
        return (json!({"type": "EncryptionAtRestWithPlatformKey"}), platform);
    }
    let set = seed.id("Group-0", "Microsoft.Compute/diskEncryptionSets", "Set");
    let key = format!("{}/keys/disks", seed.low("Group-1", "Microsoft.KeyVault/vaults", "Safe"));
    let own = json!({"enabled": true, "algorithm": "AES-256", "keyId": key, "keyManagement": "customer"});
    (json!({"type": "EncryptionAtRestWithCustomerKey", "diskEncryptionSetId": set.to_uppercase()}), own)
}

fn keys(seed: &mut Seed) {
    let id = seed.id("Group-0", "Microsoft.Compute/diskEncryptionSets", "Set");
    let vault = seed.id("Group-1", "Microsoft.KeyVault/vaults", "Safe");
    let path = seed.path("Microsoft.Compute/diskEncryptionSets");
    seed.estate.list(&path, json!({"id": id, "name": "Set", "location": "westeurope", "properties": {
        "encryptionType": "EncryptionAtRestWithCustomerKey",
        "activeKey": {"sourceVault": {"id": vault}, "keyUrl": "https://safe.vault.azure.net/keys/Disks/0123"}}}));
    let id = seed.id("Group-0", "Microsoft.Compute/images", "Golden");
    let path = seed.path("Microsoft.Compute/images");
    seed.estate.list(
        &path,
        json!({"id": id, "name": "Golden", "location": "westeurope", "properties": {
        "storageProfile": {"osDisk": {"osType": "Linux", "osState": "Generalized"}}}}),
    );
    seed.expect("VMImage", &id, "Golden", json!({
        "geoLocation": {"region": "westeurope", "country": "NL"}, "parentId": seed.group("Group-0"), "labels": {},
        "publicAccess": false,
        "atRestEncryption": {"enabled": true, "algorithm": "AES-256", "keyId": null, "keyManagement": "provider"},
    }));
}

fn snapshots(seed: &mut Seed) {
    for number in 0..3 {
        let name = format!("snap-{number}");
        let id = seed.id("Group-2", "Microsoft.Compute/snapshots", &name);
        let source = seed.id("Group-0", "Microsoft.Compute/disks", "vm-0000-os");
        let (encryption, at_rest) = encryption(seed, number);
        let path = seed.path("Microsoft.Compute/snapshots");
        seed.estate.list(
            &path,
            json!({"id": id, "name": name, "location": "westeurope", "properties": {
            "creationData": {"createOption": "Copy", "sourceResourceId": source}, "diskSizeGB": 32,
            "timeCreated": "2026-10-31T10:00:00Z", "encryption": encryption}}),
        );
        seed.expect("Snapshot", &id, &name, json!({
            "creationTime": "2026-10-31T10:00:00Z", "age": 86_400,
            "geoLocation": {"region": "westeurope", "country": "NL"}, "parentId": seed.group("Group-2"), "labels": {},
            "capacity": 34_359_738_368_i64, "publicAccess": false, "sourceId": source.to_lowercase(),
            "atRestEncryption": at_rest,
        }));
    }
}

/// A scale set whose machines are asked for one set at a time, and one whose
/// machines stand in the list of all.
fn scale_set(seed: &mut Seed) {
    let path = seed.path("Microsoft.Compute/virtualMachineScaleSets");
    for (name, mode) in [("Uniform", "Uniform"), ("Flexible", "Flexible")] {
        let id = seed.id("Group-3", "Microsoft.Compute/virtualMachineScaleSets", name);
        seed.estate.list(&path, json!({"id": id, "name": name, "location": "westeurope", "properties": {"orchestrationMode": mode}}));
    }
    let set = seed.id("Group-3", "Microsoft.Compute/virtualMachineScaleSets", "Uniform");
    for number in 0..2 {
        let (id, name) = (format!("{set}/virtualMachines/{number}"), format!("uniform_{number}"));
        let mut address = json!({});
        if number == 1 {
            address["publicIPAddressConfiguration"] = json!({"name": "public"});
        }
        let item = json!({"id": id, "name": name, "location": "westeurope", "instanceId": number.to_string(), "properties": {
            "timeCreated": "2026-02-04T14:02:10Z",
            "storageProfile": {"osDisk": {"osType": "Linux", "createOption": "FromImage",
                "managedDisk": {"id": seed.id("Group-3", "Microsoft.Compute/disks", &format!("u{number}"))}}},
            "networkProfile": {"networkInterfaces": [{"id": format!("{id}/networkInterfaces/nic")}]},
            "networkProfileConfiguration": {"networkInterfaceConfigurations": [{"name": "nic", "properties": {
                "ipConfigurations": [{"name": "ip", "properties": address}]}}]},
            "instanceView": {"statuses": [{"code": "PowerState/running"}]},
        }});
        seed.estate.list(&format!("{set}/virtualMachines"), item);
        seed.expect("VirtualMachine", &id, &name, json!({
            "creationTime": "2026-02-04T14:02:10Z", "geoLocation": {"region": "westeurope", "country": "NL"},
            "parentId": seed.group("Group-3"), "labels": {}, "imageId": null, "identityIds": [],
            "blockStorageIds": [seed.low("Group-3", "Microsoft.Compute/disks", &format!("u{number}"))],
            "networkInterfaceIds": [format!("{id}/networkInterfaces/nic").to_lowercase()],
            "internetAccessible": number == 1, "powerState": "running",
            "instanceMetadata": {"enabled": true, "tokenRequired": false},
            "encryptionInUse": null, "secureBoot": null, "bootLogging": null,
        }));
    }
}

/// A rule that collects the logs of two machines.
fn os_logs(seed: &mut Seed) {
    let rule = seed.id("Group-0", "Microsoft.Insights/dataCollectionRules", "Syslog");
    let path = seed.path("Microsoft.Insights/dataCollectionRules");
    seed.estate.list(
        &path,
        json!({"id": rule, "name": "Syslog", "properties": {
        "dataSources": {"syslog": [{"name": "all"}]},
        "destinations": {"logAnalytics": [{"workspaceResourceId": seed.workspace()}]}}}),
    );
    for number in [3, 5] {
        let kind = Kind::of(number);
        let machine = seed.id(&kind.group, "Microsoft.Compute/virtualMachines", &kind.name);
        let id = format!("{machine}/providers/Microsoft.Insights/dataCollectionRuleAssociations/one");
        seed.estate.list(&format!("{rule}/associations"), json!({"id": id, "name": "one", "properties": {}}));
        let logging = json!({"enabled": true, "retentionPeriod": 7_776_000, "loggingServiceIds": [seed.workspace().to_lowercase()]});
        seed.amend("VirtualMachine", &machine, "osLogging", logging);
    }
}

/// The network that all machines are in.
fn network(seed: &mut Seed) {
    let place = json!({"region": "westeurope", "country": "NL"});
    let net = seed.id("Group-0", "Microsoft.Network/virtualNetworks", "Net");
    let sets = |seed: &Seed, name: &str| seed.id("Group-0", "Microsoft.Network/networkSecurityGroups", name);
    let subnets = json!([
        {"id": format!("{net}/subnets/Guarded"), "name": "Guarded", "properties": {"addressPrefix": "10.0.0.0/24", "networkSecurityGroup": {"id": sets(seed, "Subnet")}}},
        {"id": format!("{net}/subnets/Bare"), "name": "Bare", "properties": {"addressPrefixes": ["10.0.1.0/24"]}},
    ]);
    let path = seed.path("Microsoft.Network/virtualNetworks");
    seed.estate.list(&path, json!({"id": net, "name": "Net", "location": "westeurope", "tags": {"part": "net"}, "properties": {
        "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": subnets, "enableDdosProtection": true}}));
    let watcher = seed.id("NetworkWatcherRG", "Microsoft.Network/networkWatchers", "Watcher");
    let path = seed.path("Microsoft.Network/networkWatchers");
    seed.estate.list(&path, json!({"id": watcher, "name": "Watcher", "properties": {}}));
    seed.estate.list(&format!("{watcher}/flowLogs"), json!({"id": format!("{watcher}/flowLogs/f"), "name": "f", "properties": {
        "targetResourceId": sets(seed, "Subnet"), "enabled": true, "retentionPolicy": {"days": 30, "enabled": true}}}));
    let flows =
        json!({"enabled": true, "retentionPeriod": 2_592_000, "loggingServiceIds": [], "trafficType": "all"});
    seed.expect("VirtualNetwork", &net, "Net", json!({"geoLocation": place, "parentId": seed.group("Group-0"),
        "labels": {"part": "net"}, "isDefault": false, "flowLogging": null, "addressRanges": ["10.0.0.0/16"], "ddosProtection": {"enabled": true}}));
    seed.expect("VirtualSubNetwork", &format!("{net}/subnets/Guarded"), "Guarded", json!({"geoLocation": place, "parentId": net.to_lowercase(),
        "publicAddressOnLaunch": false, "flowLogging": flows, "addressRanges": ["10.0.0.0/24"], "networkSecurityGroupIds": [sets(seed, "Subnet").to_lowercase()]}));
    seed.expect("VirtualSubNetwork", &format!("{net}/subnets/Bare"), "Bare", json!({"geoLocation": place, "parentId": net.to_lowercase(),
        "publicAddressOnLaunch": false, "flowLogging": null, "addressRanges": ["10.0.1.0/24"], "networkSecurityGroupIds": []}));
    let platform = json!([{"name": "DenyAllInBound", "properties": {"access": "Deny", "direction": "Inbound", "protocol": "*", "priority": 65500,
        "sourceAddressPrefix": "*", "destinationAddressPrefix": "*", "destinationPortRange": "*"}}]);
    let deny = json!({"direction": "ingress", "effect": "deny", "protocol": "any", "fromPort": null, "toPort": null, "networks": ["0.0.0.0/0", "::/0"], "priority": 65500});
    let own = json!([{"name": "ssh", "properties": {"access": "Allow", "direction": "Inbound", "protocol": "Tcp", "priority": 100,
        "sourceAddressPrefixes": ["198.51.100.0/24", "VirtualNetwork"], "destinationPortRanges": ["22", "8000-8010"]}}]);
    let spelled = |from: u16, to: u16| {
        json!({"direction": "ingress", "effect": "allow", "protocol": "tcp", "fromPort": from, "toPort": to,
        "networks": ["198.51.100.0/24", "VirtualNetwork"], "priority": 100})
    };
    let path = seed.path("Microsoft.Network/networkSecurityGroups");
    for (name, rules, expected) in [
        ("Own", own, json!([spelled(22, 22), spelled(8000, 8010), deny])),
        ("Subnet", json!([]), json!([deny])),
    ] {
        let id = sets(seed, name);
        seed.estate.list(&path, json!({"id": id, "name": name, "location": "westeurope", "properties": {"securityRules": rules, "defaultSecurityRules": platform}}));
        seed.expect("NetworkSecurityGroup", &id, name, json!({"geoLocation": place, "parentId": seed.group("Group-0"), "labels": {}, "isDefault": false, "rules": expected}));
    }
    balancers(seed);
}

fn balancers(seed: &mut Seed) {
    let place = json!({"region": "westeurope", "country": "NL"});
    let public = seed.id("Group-0", "Microsoft.Network/publicIPAddresses", "front-ip");
    let path = seed.path("Microsoft.Network/publicIPAddresses");
    seed.estate.list(
        &path,
        json!({"id": public, "name": "front-ip", "zones": ["1", "2", "3"], "properties": {
        "ipAddress": "203.0.113.200", "ddosSettings": {"protectionMode": "Enabled"}}}),
    );
    let path = seed.path("Microsoft.Network/loadBalancers");
    for (name, frontend, ips) in [
        ("Front", json!({"properties": {"publicIPAddress": {"id": public}}}), json!(["203.0.113.200"])),
        (
            "Inner",
            json!({"zones": ["1"], "properties": {"privateIPAddress": "10.0.0.9"}}),
            json!(["10.0.0.9"]),
        ),
        ("Outward", json!({"properties": {"publicIPAddress": {"id": public}}}), json!(["203.0.113.200"])),
    ] {
        // the last one has no rules: it only lets machines out
        let rule = |name: &str, port: u16| json!({"id": format!("/{name}"), "name": name, "properties": {"frontendPort": port}});
        let (rules, ports) = match name {
            "Outward" => (json!([]), json!([])),
            _ => (json!([rule("r", 443), rule("s", 80)]), json!([80, 443])),
        };
        let id = seed.id("Group-0", "Microsoft.Network/loadBalancers", name);
        seed.estate.list(
            &path,
            json!({"id": id, "name": name, "location": "westeurope", "properties": {
            "frontendIPConfigurations": [frontend],
            "loadBalancingRules": rules}}),
        );
        let is_public = name != "Inner";
        let mut expected = json!({"geoLocation": place, "parentId": seed.group("Group-0"), "labels": {}, "ips": ips, "ports": ports,
            "internetAccessible": is_public, "webApplicationFirewall": null, "certificateIds": [],
            "redundancy": {"scope": if is_public { "zone" } else { "instance" }},
            "resourceLogging": {"enabled": false, "loggingServiceIds": []}});
        if is_public {
            expected["ddosProtection"] = json!({"enabled": true});
        }
        seed.expect("LoadBalancer", &id, name, expected);
    }
}
