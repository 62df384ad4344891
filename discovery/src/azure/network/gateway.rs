//! Application gateways.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::super::item::{Item, Reference};
use super::super::logging::{self, Retentions};
use super::super::place::Place;
use super::super::value::tls;
use super::balancer::{Frontend, put_frontends, redundancy};
use super::interface::Addresses;
use super::{DIAGNOSTICS, VERSION};
use crate::azure::id;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Sink};

pub(super) const LIST_GATEWAYS: Call = Call::listing(
    "list application gateways",
    "Microsoft.Network/applicationGateways/read",
    &["LoadBalancer"],
);
pub(super) const LIST_FIREWALL_POLICIES: Call = Call::detail(
    "list firewall policies of application gateways",
    "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies/read",
    &["LoadBalancer"],
    &["webApplicationFirewall"],
);

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Gateway {
    #[serde(rename = "frontendIPConfigurations")]
    frontends: Option<Vec<Item<Frontend>>>,
    frontend_ports: Option<Vec<Item<Port>>>,
    http_listeners: Option<Vec<Item<Listener>>>,
    request_routing_rules: Option<Vec<Item<Routing>>>,
    redirect_configurations: Option<Vec<Item<Redirect>>>,
    ssl_policy: Option<SslPolicy>,
    web_application_firewall_configuration: Option<Firewall>,
    firewall_policy: Option<Reference>,
}

#[derive(Debug, Default, Deserialize)]
struct Port {
    port: Option<u16>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listener {
    protocol: Option<String>,
    host_name: Option<String>,
    host_names: Option<Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Routing {
    http_listener: Option<Reference>,
    redirect_configuration: Option<Reference>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Redirect {
    target_listener: Option<Reference>,
    target_url: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SslPolicy {
    policy_name: Option<String>,
    min_protocol_version: Option<String>,
    cipher_suites: Option<Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Firewall {
    enabled: Option<bool>,
    firewall_mode: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct FirewallPolicy {
    policy_settings: Option<PolicySettings>,
}

#[derive(Debug, Default, Deserialize)]
struct PolicySettings {
    state: Option<String>,
    mode: Option<String>,
}

/// The lowest versions of TLS in policies that come with the platform.
const POLICIES: [(&str, &str); 5] = [
    ("AppGwSslPolicy20150501", "1.0"),
    ("AppGwSslPolicy20170401", "1.1"),
    ("AppGwSslPolicy20170401S", "1.2"),
    ("AppGwSslPolicy20220101", "1.2"),
    ("AppGwSslPolicy20220101S", "1.2"),
];

/// Firewall policies, by id.
type Policies = BTreeMap<String, PolicySettings>;

pub(super) async fn collect(
    place: &Place,
    sink: &Sink<'_, '_>,
    retentions: &Retentions,
    addresses: &Addresses,
) {
    let path = place.path("providers/Microsoft.Network/applicationGateways");
    let listed = place.list::<Item<Gateway>>(sink, &LIST_GATEWAYS, None, &path, VERSION).await;
    if listed.items.is_empty() {
        return;
    }
    let path = place.path("providers/Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies");
    let policies =
        place.list::<Item<FirewallPolicy>>(sink, &LIST_FIREWALL_POLICIES, None, &path, VERSION).await;
    let settings =
        |item: Item<FirewallPolicy>| Some((id::canonical(&item.id), item.properties?.policy_settings?));
    let policies: Policies = policies.items.into_iter().filter_map(settings).collect();
    place
        .each(&listed.items, |item| {
            let policies = &policies;
            async move {
                let mut draft = gateway(item, addresses, policies);
                if let Some(settings) = logging::settings_of(place, sink, &DIAGNOSTICS, &item.id).await {
                    let logging = retentions.logging(&settings, &[], false);
                    logging::put(&mut draft, "resourceLogging", logging);
                }
                sink.write(draft);
            }
        })
        .await;
}

fn gateway(item: &Item<Gateway>, addresses: &Addresses, policies: &Policies) -> Draft {
    let mut draft = item.draft("LoadBalancer");
    let Some(gateway) = &item.properties else { return draft };
    let properties = &mut draft.properties;
    if let Some(frontends) = &gateway.frontends {
        put_frontends(properties, frontends, addresses);
    }
    properties.put_if_known("redundancy", item.zones.as_ref().map(|zones| redundancy(zones.len())));
    let ports = gateway
        .frontend_ports
        .as_ref()
        .map(|ports| ports.iter().filter_map(|port| port.properties.as_ref()?.port).collect::<Vec<u16>>());
    properties.put_if_known("ports", ports);
    properties.put_if_known("webApplicationFirewall", gateway.firewall(policies));
    if let Some(listeners) = &gateway.http_listeners {
        let encryption = gateway.encryption(listeners);
        let endpoints = listeners.iter().flat_map(|listener| gateway.endpoints(listener));
        properties.put("httpEndpoints", endpoints.map(Value::from).collect::<Vec<_>>());
        properties.put("transportEncryption", encryption);
    }
    draft
}

impl Listener {
    fn is_encrypted(&self) -> bool {
        self.protocol.as_deref() == Some("Https")
    }
}

impl Gateway {
    /// The filter on requests: by a policy, or in the gateway itself.
    fn firewall(&self, policies: &Policies) -> Option<Value> {
        let (enabled, mode) = match (&self.firewall_policy, &self.web_application_firewall_configuration) {
            (Some(policy), _) => {
                let settings = policies.get(&policy.id()?)?;
                (settings.state.as_deref()? == "Enabled", settings.mode.as_deref()?)
            }
            (None, Some(firewall)) => (firewall.enabled?, firewall.firewall_mode.as_deref()?),
            (None, None) => return Some(Value::Null),
        };
        let mut firewall = Properties::default();
        firewall.put("enabled", enabled);
        firewall.put("blocking", enabled && mode == "Prevention");
        Some(firewall.into())
    }

    /// The encryption of all listeners together.
    fn encryption(&self, listeners: &[Item<Listener>]) -> Properties {
        let told = || listeners.iter().filter_map(|item| Some((item.id.as_str(), item.properties.as_ref()?)));
        let is_encrypted = told().any(|(_, listener)| listener.is_encrypted());
        let mut encryption = self.protocol(is_encrypted);
        let is_enforced = told().all(|(id, listener)| listener.is_encrypted() || self.is_sent_away(id));
        encryption.put("enforced", is_encrypted && is_enforced);
        encryption
    }

    fn protocol(&self, is_encrypted: bool) -> Properties {
        let mut encryption = Properties::default();
        encryption.put("enabled", is_encrypted);
        if is_encrypted {
            encryption.put("protocol", "TLS");
            // without a policy, the time of making decides which one is in effect
            let policy = self.ssl_policy.as_ref();
            let named = policy.and_then(|policy| policy.policy_name.as_deref());
            let named = named.and_then(|name| POLICIES.iter().find(|(known, _)| *known == name));
            let own = policy.and_then(|policy| tls(policy.min_protocol_version.as_deref()?));
            encryption.put_if_known("protocolVersion", own.or(named.map(|(_, version)| *version)));
            encryption.put_if_known("cipherSuites", policy.and_then(|policy| policy.cipher_suites.clone()));
        }
        encryption
    }

    /// Whether a listener only leads to an encrypted one.
    fn is_sent_away(&self, listener: &str) -> bool {
        let listener = id::canonical(listener);
        let rules = self.request_routing_rules.iter().flatten().filter_map(|rule| rule.properties.as_ref());
        let mut rules = rules.filter(|rule| is(rule.http_listener.as_ref(), &listener)).peekable();
        rules.peek().is_some()
            && rules.all(|rule| {
                let redirects = self.redirect_configurations.iter().flatten();
                let named = rule.redirect_configuration.as_ref();
                let mut named = redirects.filter(|redirect| is(named, &id::canonical(&redirect.id)));
                named.next().and_then(|item| item.properties.as_ref()).is_some_and(|to| self.is_safe(to))
            })
    }

    fn is_safe(&self, redirect: &Redirect) -> bool {
        let listeners = self.http_listeners.iter().flatten();
        let mut targets =
            listeners.filter(|item| is(redirect.target_listener.as_ref(), &id::canonical(&item.id)));
        let by_listener =
            targets.next().and_then(|item| item.properties.as_ref()).is_some_and(Listener::is_encrypted);
        by_listener || redirect.target_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }

    /// The interfaces of a listener, one for each host name.
    fn endpoints(&self, item: &Item<Listener>) -> Vec<Properties> {
        let Some(listener) = &item.properties else { return Vec::new() };
        let is_encrypted = listener.is_encrypted();
        let hosts = listener.host_names.iter().flatten().chain(&listener.host_name);
        let mut urls: Vec<Option<String>> = hosts
            .filter(|host| !host.is_empty())
            .map(|host| Some(format!("{}://{host}", if is_encrypted { "https" } else { "http" })))
            .collect();
        if urls.is_empty() {
            urls.push(None);
        }
        let endpoint = |url: Option<String>| {
            let mut encryption = self.protocol(is_encrypted);
            encryption.put("enforced", is_encrypted || self.is_sent_away(&item.id));
            let mut endpoint = Properties::default();
            endpoint.put_if_known("url", url);
            endpoint.put("transportEncryption", encryption);
            endpoint
        };
        urls.into_iter().map(endpoint).collect()
    }
}

/// Whether a reference is one to a resource.
fn is(reference: Option<&Reference>, id: &str) -> bool {
    reference.and_then(Reference::id).as_deref() == Some(id)
}
