//! The services of the estate beside machines: what the server holds, and
//! beside it what evidence must say of it.

use serde_json::{Value, json};

use super::estate::Seed;
use super::{SUBSCRIPTION, data};

const OWNER: &str = "8E3AF657-A8FF-443C-A75C-2FE8C4BCB635";
const READER: &str = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

/// Everybody on the internet.
pub(crate) fn anywhere() -> Value {
    json!({"enabled": false, "denyByDefault": false, "allowedNetworks": ["0.0.0.0/0", "::/0"]})
}

/// These networks and nobody else.
pub(crate) fn limited(networks: impl Into<Value>) -> Value {
    let networks: Value = networks.into();
    json!({"enabled": true, "denyByDefault": true, "allowedNetworks": networks})
}

pub(crate) fn of_provider() -> Value {
    json!({"enabled": true, "algorithm": "AES-256", "keyId": null, "keyManagement": "provider"})
}

pub(crate) fn of_customer() -> Value {
    json!({"enabled": true, "algorithm": "AES-256", "keyManagement": "customer"})
}

pub(crate) fn tls(version: &str, enforced: bool) -> Value {
    json!({"enabled": true, "enforced": enforced, "protocol": "TLS", "protocolVersion": version})
}

pub(crate) fn unlogged() -> Value {
    json!({"enabled": false, "loggingServiceIds": []})
}

/// What every resource of a group has.
pub(crate) fn common(seed: &Seed, group: &str) -> Value {
    json!({"geoLocation": {"region": "northeurope", "country": "IE"}, "parentId": seed.group(group), "labels": {}})
}

pub(crate) fn with(mut base: Value, more: Value) -> Value {
    let Value::Object(more) = more else { panic!("an object") };
    base.as_object_mut().unwrap().extend(more);
    base
}

/// Sends logs of a category to the workspace, and tells what evidence says.
pub(crate) fn log(seed: &mut Seed, resource: &str, categories: &[&str]) -> Value {
    let logs: Vec<Value> = categories.iter().map(|name| json!({"category": name, "enabled": true})).collect();
    let setting =
        json!({"id": "/s", "name": "all", "properties": {"logs": logs, "workspaceId": seed.workspace()}});
    seed.estate.list(&format!("{resource}/providers/Microsoft.Insights/diagnosticSettings"), setting);
    json!({"enabled": true, "retentionPeriod": 7_776_000, "loggingServiceIds": [seed.workspace().to_lowercase()]})
}

pub(crate) fn seed(seed: &mut Seed) {
    account(seed);
    groups(seed);
    roles(seed);
    workspace(seed);
    data::seed(seed);
    web(seed);
    clusters(seed);
    registries(seed);
    gateway(seed);
}

fn account(seed: &mut Seed) {
    let own = format!("/subscriptions/{SUBSCRIPTION}");
    let sent = log(seed, &own, &["Administrative"]);
    let path = seed.path("Microsoft.Insights/activityLogAlerts");
    let alert = |operation: &str, enabled: bool, scope: &str, groups: Value| {
        json!({"id": "/a", "name": operation, "properties": {"enabled": enabled, "scopes": [scope],
            "condition": {"allOf": [{"field": "category", "equals": "Administrative"}, {"field": "operationName", "equals": operation}]},
            "actions": {"actionGroups": groups}}})
    };
    let group = json!([{"actionGroupId": "/g"}]);
    for (operation, enabled, scope, groups) in [
        ("Microsoft.Network/networkSecurityGroups/write", true, own.as_str(), group.clone()),
        ("Microsoft.Authorization/policyAssignments/write", true, own.as_str(), group.clone()),
        ("Microsoft.KeyVault/vaults/delete", false, own.as_str(), group.clone()),
        ("Microsoft.Network/virtualNetworks/write", true, "/subscriptions/x/resourceGroups/y", group),
        ("Microsoft.Insights/diagnosticSettings/delete", true, own.as_str(), json!([])),
    ] {
        seed.estate.list(&path, alert(operation, enabled, scope, groups));
    }
    let path = seed.path("Microsoft.Security/pricings");
    for (plan, tier) in [("Arm", "Standard"), ("KeyVaults", "Standard"), ("Dns", "Free")] {
        seed.estate.list(
            &path,
            json!({"id": format!("/p/{plan}"), "name": plan, "properties": {"pricingTier": tier}}),
        );
    }
    let plan =
        json!({"id": "/p/Containers", "name": "Containers", "properties": {"pricingTier": "Standard"}});
    seed.estate.document(&format!("{path}/Containers"), plan);
    let path = seed.path("Microsoft.Security/securityContacts");
    seed.estate.list(
        &path,
        json!({"id": "/c", "name": "default", "properties": {"emails": "security@shop.example"}}),
    );
    let path = seed.path("Microsoft.PolicyInsights/policyStates/latest/summarize");
    seed.estate.document(&path, json!({"value": [{"policyAssignments": [
        {"policyAssignmentId": "/x", "policySetDefinitionId": "/providers/Microsoft.Authorization/policySetDefinitions/1f3afdf9"}]}]}));
    let logging = with(
        sent,
        json!({"allRegions": true, "dataAccess": false, "alertsEnabled": true,
        "alertedEvents": ["firewall-change", "permission-change"]}),
    );
    seed.expect("Account", &own, "Shop", json!({
        "labels": {"stage": "test"}, "defaultDiskEncryption": of_provider(), "activityLogging": logging,
        "anomalyDetection": {"enabled": true, "scope": "Arm, KeyVaults"}, "securityContactRegistered": true,
        "configurationAssessed": true, "administratorCount": 2,
    }));
}

fn groups(seed: &mut Seed) {
    let path = format!("/subscriptions/{SUBSCRIPTION}/resourcegroups");
    for number in 0..4 {
        let name = format!("Group-{number}");
        let id = format!("/subscriptions/{SUBSCRIPTION}/resourceGroups/{name}");
        seed.estate.list(&path, json!({"id": id, "name": name, "location": "northeurope", "tags": {"number": number.to_string()}}));
        let parent = format!("/subscriptions/{SUBSCRIPTION}").to_lowercase();
        seed.expect(
            "ResourceGroup",
            &id,
            &name,
            json!({"geoLocation": {"region": "northeurope", "country": "IE"},
            "parentId": parent, "labels": {"number": number.to_string()},
            "deletionProtection": {"enabled": number == 1, "recoveryWindow": null}}),
        );
    }
    let scope = format!("/subscriptions/{SUBSCRIPTION}/resourceGroups/Group-1");
    let id = format!("{scope}/providers/Microsoft.Authorization/locks/keep");
    let path = seed.path("Microsoft.Authorization/locks");
    seed.estate.list(&path, json!({"id": id, "name": "keep", "properties": {"level": "CanNotDelete"}}));
}

fn roles(seed: &mut Seed) {
    let definition = |id: &str| {
        format!("/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{id}")
    };
    let path = seed.path("Microsoft.Authorization/roleDefinitions");
    for (id, name, kind, actions, not) in [
        (OWNER, "Owner", "BuiltInRole", json!(["*"]), json!([])),
        (READER, "Reader", "BuiltInRole", json!(["*/read"]), json!([])),
        (
            "c0ffee00-0000-4000-8000-000000000001",
            "Operator",
            "CustomRole",
            json!(["Microsoft.Compute/*"]),
            json!(["Microsoft.Compute/*/delete"]),
        ),
        ("c0ffee00-0000-4000-8000-000000000002", "Unused", "BuiltInRole", json!(["*/read"]), json!([])),
    ] {
        seed.estate.list(&path, json!({"id": definition(id), "name": id, "properties": {"roleName": name, "type": kind, "description": name,
            "assignableScopes": ["/"], "permissions": [{"actions": actions, "notActions": not, "dataActions": [], "notDataActions": []}]}}));
        if name == "Unused" {
            continue;
        }
        let mut permissions = vec![json!({"effect": "allow", "actions": actions, "resources": ["*"]})];
        if name == "Operator" {
            permissions.push(json!({"effect": "deny", "actions": not, "resources": ["*"]}));
        }
        seed.expect(
            "Role",
            &definition(id),
            name,
            json!({"builtIn": kind == "BuiltInRole", "description": name,
            "permissions": permissions, "scope": "account"}),
        );
    }
    let subscription = format!("/subscriptions/{SUBSCRIPTION}");
    let path = seed.path("Microsoft.Authorization/roleAssignments");
    for (name, role, role_name, who, kind, scope, reach) in [
        ("a1", OWNER, "Owner", "U1", "User", subscription.as_str(), "account"),
        (
            "a2",
            OWNER,
            "Owner",
            "U2",
            "ServicePrincipal",
            "/providers/Microsoft.Management/managementGroups/top",
            "account",
        ),
        (
            "a3",
            OWNER,
            "Owner",
            "U3",
            "User",
            "/subscriptions/1B2C3D4E-0000-4000-8000-00000000000A/resourceGroups/Group-0",
            "resource-group",
        ),
        ("a4", READER, "Reader", "G1", "Group", subscription.as_str(), "account"),
    ] {
        let id = format!(
            "{}/providers/Microsoft.Authorization/roleAssignments/{name}",
            if scope.contains("managementGroups") { "" } else { scope }
        );
        seed.estate.list(&path, json!({"id": id, "name": name, "properties": {"roleDefinitionId": definition(role), "principalId": who,
            "principalType": kind, "scope": scope, "createdOn": "2026-01-02T03:04:05Z"}}));
        let mut expected = json!({"labels": {}, "temporary": name == "a1", "enabled": true, "creationTime": "2026-01-02T03:04:05Z",
            "roleId": definition(role).to_lowercase(), "roleName": role_name, "privileged": role == OWNER, "scope": reach, "subjects": [who]});
        expected["parentId"] = match name {
            "a2" => Value::Null,
            "a3" => seed.group("Group-0").into(),
            _ => subscription.to_lowercase().into(),
        };
        if kind != "Group" {
            expected["identityIds"] = json!([seed.principal(who)]);
        }
        seed.expect("RoleAssignment", &id, name, expected);
    }
    let id = format!("{subscription}/providers/Microsoft.Authorization/roleAssignments/A1");
    let path = seed.path("Microsoft.Authorization/roleAssignmentScheduleInstances");
    seed.estate.list(&path, json!({"id": "/i", "name": "i", "properties": {"originRoleAssignmentId": id, "assignmentType": "Activated"}}));
}

fn workspace(seed: &mut Seed) {
    let path = seed.path("Microsoft.OperationalInsights/workspaces");
    let id = seed.workspace();
    seed.estate.list(&path, json!({"id": id, "name": "Logs", "location": "northeurope", "properties": {"retentionInDays": 90,
        "createdDate": "2026-01-02T03:04:05Z", "publicNetworkAccessForIngestion": "Disabled", "publicNetworkAccessForQuery": "Enabled"}}));
    let expected = with(
        common(seed, "Group-0"),
        json!({"creationTime": "2026-01-02T03:04:05Z", "retentionPeriod": 7_776_000,
        "internetAccessible": true, "atRestEncryption": {"enabled": true, "algorithm": "AES-256"}, "activityLogging": unlogged()}),
    );
    seed.expect("LoggingService", &id, "Logs", expected);
}

fn web(seed: &mut Seed) {
    let path = seed.path("Microsoft.Web/sites");
    for (name, kind, https) in
        [("shop", "app,linux", true), ("score", "functionapp,linux", true), ("leaky", "functionapp", false)]
    {
        let id = seed.id("Group-0", "Microsoft.Web/sites", name);
        let host = format!("{name}.azurewebsites.example");
        seed.estate.list(&path, json!({"id": id, "name": name, "kind": kind, "location": "North Europe",
            "identity": {"type": "SystemAssigned", "principalId": "ABC"},
            "properties": {"httpsOnly": https, "defaultHostName": host, "clientCertEnabled": false, "publicNetworkAccess": null}}));
        let configuration = json!({"id": format!("{id}/config/web"), "name": "web", "type": "Microsoft.Web/sites/config", "properties": {
            "minTlsVersion": "1.2", "linuxFxVersion": if kind.contains("linux") { "PYTHON|3.12" } else { "" },
            "connectionStrings": [{"name": "db", "connectionString": "Server=s;Password=hunter2;"}]}});
        seed.estate.document(&format!("{id}/config/web"), configuration);
        let settings = if name == "leaky" {
            json!({"MODE": "fast", "STORE": "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=planted-in-a-setting;"})
        } else {
            json!({"MODE": "fast", "DB_PASSWORD": "@Microsoft.KeyVault(SecretUri=https://safe.vault.azure.net/secrets/db)"})
        };
        seed.estate.document(
            &format!("{id}/config/appsettings/list"),
            json!({"id": format!("{id}/config/appsettings"), "name": "appsettings",
            "type": "Microsoft.Web/sites/config", "properties": settings}),
        );
        let encryption = tls("1.2", https);
        let interface = json!({"internetAccessible": true, "transportEncryption": encryption,
            "httpEndpoints": [{"url": format!("https://{host}"), "transportEncryption": encryption}]});
        let common = common(seed, "Group-0");
        if name == "shop" {
            seed.expect("GenericNetworkService", &id, name, with(common, interface));
            continue;
        }
        let place = common["geoLocation"].clone();
        seed.expect(
            "FunctionService",
            &format!("{id}/config/web"),
            name,
            with(interface, json!({"geoLocation": place, "parentId": id.to_lowercase()})),
        );
        let mut expected = with(
            common,
            json!({"identityIds": [seed.principal("ABC")], "internetAccessible": true,
            "atRestEncryption": {"enabled": true}, "secretsInEnvironment": name == "leaky", "resourceLogging": unlogged()}),
        );
        if name == "score" {
            expected = with(expected, json!({"runtimeLanguage": "python", "runtimeVersion": "3.12"}));
        }
        seed.expect("Function", &id, name, expected);
    }
}

fn clusters(seed: &mut Seed) {
    let path = seed.path("Microsoft.ContainerService/managedClusters");
    for (name, guarded) in [("prod", true), ("play", false)] {
        let id = seed.id("Group-0", "Microsoft.ContainerService/managedClusters", name);
        let mut properties =
            json!({"currentKubernetesVersion": "1.30.4", "fqdn": "api.example", "enableRBAC": true});
        if guarded {
            properties["disableLocalAccounts"] = true.into();
            properties["apiServerAccessProfile"] = json!({"authorizedIPRanges": ["198.51.100.0/24"]});
            properties["autoUpgradeProfile"] = json!({"upgradeChannel": "stable"});
            properties["securityProfile"] = json!({"azureKeyVaultKms": {"enabled": true}, "defender": {"securityMonitoring": {"enabled": true},
                "logAnalyticsWorkspaceResourceId": seed.workspace()}});
        }
        seed.estate.list(
            &path,
            json!({"id": id, "name": name, "location": "northeurope", "properties": properties}),
        );
        let audit = if guarded { log(seed, &id, &["kube-audit-admin"]) } else { unlogged() };
        let workspaces = if guarded { json!([seed.workspace().to_lowercase()]) } else { json!([]) };
        let expected = with(
            common(seed, "Group-0"),
            json!({"version": "1.30.4", "managementUrl": "https://api.example", "internetAccessible": true,
            "allowedNetworks": if guarded { json!(["198.51.100.0/24"]) } else { json!(["0.0.0.0/0", "::/0"]) },
            "accessControl": {"model": "RBAC", "localAccounts": !guarded},
            "atRestEncryption": if guarded { json!({"enabled": true, "keyManagement": "customer"}) } else { json!({"enabled": true, "keyManagement": "provider", "keyId": null}) },
            "automaticUpdates": {"enabled": guarded}, "anomalyDetection": {"enabled": guarded, "loggingServiceIds": workspaces},
            "activityLogging": audit, "resourceLogging": unlogged()}),
        );
        seed.expect("ContainerOrchestration", &id, name, expected);
    }
}

fn registries(seed: &mut Seed) {
    let id = seed.id("Group-0", "Microsoft.ContainerRegistry/registries", "images");
    let path = seed.path("Microsoft.ContainerRegistry/registries");
    seed.estate.list(&path, json!({"id": id, "name": "images", "location": "northeurope", "properties": {"anonymousPullEnabled": true,
        "publicNetworkAccess": "Enabled", "encryption": {"status": "disabled"}, "zoneRedundancy": "Enabled", "creationDate": "2026-01-02T03:04:05Z"}}));
    let expected = with(
        common(seed, "Group-0"),
        json!({"creationTime": "2026-01-02T03:04:05Z", "publicAccess": true, "internetAccessible": true,
        "privateEndpoint": false, "atRestEncryption": of_provider(), "redundancy": {"scope": "zone"},
        "vulnerabilityScanning": {"enabled": true, "onChange": true, "interval": 86_400}, "activityLogging": unlogged()}),
    );
    seed.expect("ContainerRegistry", &id, "images", expected);
}

/// A gateway that sends those who come unencrypted to its encrypted side.
fn gateway(seed: &mut Seed) {
    let id = seed.id("Group-0", "Microsoft.Network/applicationGateways", "portal");
    let part = |rest: &str| json!({"id": format!("{id}/{rest}")});
    let policy =
        seed.id("Group-0", "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies", "waf");
    let path = seed.path("Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies");
    seed.estate.list(&path, json!({"id": policy, "name": "waf", "properties": {"policySettings": {"state": "Enabled", "mode": "Prevention"}}}));
    let public = seed.id("Group-0", "Microsoft.Network/publicIPAddresses", "front-ip");
    let path = seed.path("Microsoft.Network/applicationGateways");
    seed.estate.list(&path, json!({"id": id, "name": "portal", "location": "northeurope", "zones": ["1", "2"], "properties": {
        "frontendIPConfigurations": [{"properties": {"publicIPAddress": {"id": public}}}],
        "frontendPorts": [{"properties": {"port": 443}}, {"properties": {"port": 80}}],
        "httpListeners": [
            {"id": format!("{id}/httpListeners/tls"), "name": "tls", "properties": {"protocol": "Https", "hostName": "shop.example"}},
            {"id": format!("{id}/httpListeners/bare"), "name": "bare", "properties": {"protocol": "Http"}},
        ],
        "requestRoutingRules": [
            {"properties": {"httpListener": part("httpListeners/tls")}},
            {"properties": {"httpListener": part("httpListeners/bare"), "redirectConfiguration": part("redirectConfigurations/up")}},
        ],
        "redirectConfigurations": [{"id": format!("{id}/redirectConfigurations/up"), "properties": {"targetListener": part("httpListeners/tls")}}],
        "sslPolicy": {"policyType": "Predefined", "policyName": "AppGwSslPolicy20220101"},
        "firewallPolicy": {"id": policy}}}));
    let logs = log(seed, &id, &["ApplicationGatewayAccessLog"]);
    let expected = with(
        common(seed, "Group-0"),
        json!({"internetAccessible": true, "ips": ["203.0.113.200"], "ports": [443, 80],
        "ddosProtection": {"enabled": true}, "redundancy": {"scope": "zone"}, "webApplicationFirewall": {"enabled": true, "blocking": true},
        "transportEncryption": tls("1.2", true), "resourceLogging": logs,
        "httpEndpoints": [
            {"url": "https://shop.example", "transportEncryption": tls("1.2", true)},
            {"transportEncryption": {"enabled": false, "enforced": true}},
        ]}),
    );
    seed.expect("LoadBalancer", &id, "portal", expected);
}
