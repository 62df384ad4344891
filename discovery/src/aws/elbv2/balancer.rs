use std::collections::BTreeMap;

use aws_sdk_elasticloadbalancingv2::types::{
    Action, ActionTypeEnum, Listener, LoadBalancer, LoadBalancerAttribute, ProtocolEnum,
};
use serde_json::Value;

use super::tls::Tls;
use super::{Heard, Listeners};
use crate::aws::session::Place;
use crate::aws::value::time;
use crate::draft::{Draft, Properties};

/// What was read of a balancer besides its own description.
pub(super) struct Read<'a> {
    /// Whether the internet reaches it.
    pub(super) public: Option<bool>,
    pub(super) listeners: Option<Listeners>,
    pub(super) attributes: Option<Vec<LoadBalancerAttribute>>,
    pub(super) policies: &'a BTreeMap<String, Tls>,
    pub(super) tags: Option<&'a Vec<(String, String)>>,
}

/// Whether it takes a look at all rules of a listener to know if it sends plain
/// requests elsewhere, or asks everybody to sign in.
pub(super) fn needs_rules(listener: &Listener) -> bool {
    may_redirect(listener) || listener.default_actions().iter().any(|action| sign_in(action).is_some())
}

fn may_redirect(listener: &Listener) -> bool {
    listener.protocol() == Some(&ProtocolEnum::Http) && listener.default_actions().iter().any(redirects)
}

/// How a listener is encrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Encryption {
    /// It is, in this way.
    Tls(Tls),
    /// It is not, but sends everybody where it is.
    Redirected,
    /// It is not.
    Plain,
    /// It passes on what may be encrypted or not, or its rules are not known.
    Unknown,
}

/// A load balancer.
pub(super) fn balancer(place: &Place, balancer: &LoadBalancer, read: &Read<'_>) -> Option<Draft> {
    let arn = balancer.load_balancer_arn()?;
    let mut draft = Draft::new("LoadBalancer", arn.to_owned(), balancer.load_balancer_name().unwrap_or(arn));
    draft.put_id("parentId", Some(place.account_id()));
    if let Some(tags) = read.tags {
        draft.put_labels(tags.iter().map(|(key, value)| (key.as_str(), value)));
    }
    let properties = &mut draft.properties;
    properties.put("geoLocation", place.location());
    properties.put_if_known("creationTime", balancer.created_time().and_then(time).map(|at| at.to_string()));
    properties.put_if_known("internetAccessible", read.public);
    properties.put_if_known("url", balancer.dns_name());
    if let Some(zones) = balancer.availability_zones.as_ref().filter(|zones| !zones.is_empty()) {
        let mut redundancy = Properties::default();
        redundancy.put("scope", if zones.len() > 1 { "zone" } else { "none" });
        redundancy.put("copies", zones.len());
        properties.put("redundancy", redundancy);
    }
    if let Some(attributes) = &read.attributes {
        put_attributes(properties, attributes);
    }
    if let Some(listeners) = &read.listeners {
        put_listeners(&mut draft, balancer.dns_name(), listeners, read.policies);
    }
    Some(draft)
}

fn put_attributes(properties: &mut Properties, attributes: &[LoadBalancerAttribute]) {
    let flag = |key: &str| {
        let mut found = attributes.iter().filter(|attribute| attribute.key() == Some(key));
        found.find_map(|attribute| attribute.value()?.parse::<bool>().ok())
    };
    for (property, key) in
        [("deletionProtection", "deletion_protection.enabled"), ("resourceLogging", "access_logs.s3.enabled")]
    {
        if let Some(enabled) = flag(key) {
            let mut feature = Properties::default();
            feature.put("enabled", enabled);
            properties.put(property, feature);
        }
    }
}

fn put_listeners(
    draft: &mut Draft,
    host: Option<&str>,
    listeners: &Listeners,
    policies: &BTreeMap<String, Tls>,
) {
    let mut ports: Vec<i32> = listeners.iter().filter_map(|heard| heard.listener.port()).collect();
    ports.sort_unstable();
    ports.dedup();
    draft.properties.put("ports", ports);
    let certificates = listeners.iter().map(|heard| heard.certificates.clone());
    if let Some(certificates) = certificates.collect::<Option<Vec<_>>>() {
        let mut certificates = certificates.concat();
        certificates.sort();
        certificates.dedup();
        draft.put_ids("certificateIds", certificates);
    }
    let told: Vec<(&Heard, Encryption)> =
        listeners.iter().map(|heard| (heard, encryption(heard, policies))).collect();
    let web = told.iter().filter(|(heard, _)| {
        matches!(heard.listener.protocol(), Some(ProtocolEnum::Http | ProtocolEnum::Https))
    });
    let endpoints: Vec<Value> =
        web.map(|(heard, encryption)| endpoint(heard, encryption, host).into()).collect();
    draft.properties.put("httpEndpoints", endpoints);
    draft.properties.put_if_known("transportEncryption", joint(told.into_iter().map(|(_, told)| told)));
}

fn encryption(heard: &Heard, policies: &BTreeMap<String, Tls>) -> Encryption {
    let listener = &heard.listener;
    match listener.protocol() {
        Some(ProtocolEnum::Https | ProtocolEnum::Tls) => {
            let tls = listener.ssl_policy().and_then(|name| policies.get(name)).cloned();
            Encryption::Tls(tls.unwrap_or(Tls { minor: None, suites: None }))
        }
        Some(ProtocolEnum::Http) if !may_redirect(listener) => Encryption::Plain,
        Some(ProtocolEnum::Http) => match &heard.rules {
            Some(rules) if rules.iter().all(|rule| rule.actions().iter().any(redirects)) => {
                Encryption::Redirected
            }
            Some(_) => Encryption::Plain,
            None => Encryption::Unknown,
        },
        _ => Encryption::Unknown,
    }
}

/// Whether an action sends requests to where they are encrypted.
fn redirects(action: &Action) -> bool {
    action.redirect_config().is_some_and(|redirect| redirect.protocol() == Some("HTTPS"))
}

fn endpoint(heard: &Heard, encryption: &Encryption, host: Option<&str>) -> Properties {
    let listener = &heard.listener;
    let mut endpoint = Properties::default();
    let scheme = if matches!(encryption, Encryption::Tls(_)) { "https" } else { "http" };
    let port = listener.port().map_or_else(String::new, |port| format!(":{port}"));
    endpoint.put_if_known("url", host.map(|host| format!("{scheme}://{host}{port}")));
    let ways = authentication(heard);
    // whether the programs behind it ask for a sign-in is not known here
    endpoint.put_if_known("authentication", (!ways.is_empty()).then_some(ways));
    endpoint.put_if_known("transportEncryption", joint([encryption.clone()]));
    endpoint
}

/// The ways to sign in that the balancer itself asks everybody for.
fn authentication(heard: &Heard) -> Vec<&'static str> {
    let mutual = heard.listener.mutual_authentication().and_then(|mutual| mutual.mode());
    let rules = heard.rules.iter().flatten();
    let asked = rules.map(|rule| rule.actions().iter().find_map(sign_in));
    let all = asked.collect::<Option<Vec<&str>>>().unwrap_or_default();
    let by_certificate = (mutual == Some("verify")).then_some("certificate");
    let mut ways: Vec<&str> = by_certificate.into_iter().chain(all).collect();
    ways.sort_unstable();
    ways.dedup();
    ways
}

/// The way to sign in that an action asks for.
fn sign_in(action: &Action) -> Option<&'static str> {
    match action.r#type()? {
        ActionTypeEnum::AuthenticateCognito | ActionTypeEnum::AuthenticateOidc => Some("single-sign-on"),
        ActionTypeEnum::JwtValidation => Some("token"),
        _ => None,
    }
}

/// What holds of all listeners: the weakest counts. Not known where one is
/// not, or there is none.
fn joint(all: impl IntoIterator<Item = Encryption>) -> Option<Properties> {
    let all: Vec<Encryption> = all.into_iter().collect();
    let mut properties = Properties::default();
    if all.contains(&Encryption::Plain) {
        properties.put("enabled", false);
        properties.put("enforced", false);
        return Some(properties);
    }
    if all.is_empty() || all.contains(&Encryption::Unknown) {
        return None;
    }
    let accepted = all.into_iter().filter_map(|one| match one {
        Encryption::Tls(tls) => Some(tls),
        _ => None,
    });
    let tls = accepted.reduce(Tls::or);
    properties.put("enabled", tls.is_some());
    properties.put("enforced", true);
    if let Some(tls) = tls {
        properties.put("protocol", "TLS");
        properties.put_if_known("protocolVersion", tls.minor.map(|minor| format!("1.{minor}")));
        let suites: Option<Vec<String>> = tls.suites.map(|suites| suites.into_iter().collect());
        properties.put_if_known("cipherSuites", suites);
    }
    Some(properties)
}

#[cfg(test)]
mod tests;
