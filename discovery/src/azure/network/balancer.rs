//! Load balancers.

use serde::Deserialize;
use serde_json::Value;

use super::super::item::{Item, Reference};
use super::super::logging::{self, Retentions};
use super::super::place::Place;
use super::interface::Addresses;
use super::{DIAGNOSTICS, VERSION};
use crate::draft::{Draft, Properties};
use crate::live::{Call, Sink};

pub(super) const LIST_BALANCERS: Call =
    Call::listing("list load balancers", "Microsoft.Network/loadBalancers/read", &["LoadBalancer"]);

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Balancer {
    #[serde(rename = "frontendIPConfigurations")]
    frontends: Option<Vec<Item<Frontend>>>,
    load_balancing_rules: Option<Vec<Item<Rule>>>,
    inbound_nat_rules: Option<Vec<Item<Rule>>>,
}

/// The side of a balancer or gateway that its users see.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Frontend {
    #[serde(rename = "publicIPAddress")]
    pub(super) public_ip_address: Option<Reference>,
    #[serde(rename = "publicIPPrefix")]
    public_ip_prefix: Option<Reference>,
    #[serde(rename = "privateIPAddress")]
    private_ip_address: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    frontend_port: Option<u16>,
}

pub(super) async fn collect(
    place: &Place,
    sink: &Sink<'_, '_>,
    retentions: &Retentions,
    addresses: &Addresses,
) {
    let path = place.path("providers/Microsoft.Network/loadBalancers");
    let listed = place.list::<Item<Balancer>>(sink, &LIST_BALANCERS, None, &path, VERSION).await;
    place
        .each(&listed.items, |item| async move {
            let mut draft = balancer(item, addresses);
            if let Some(settings) = logging::settings_of(place, sink, &DIAGNOSTICS, &item.id).await {
                logging::put(&mut draft, "resourceLogging", retentions.logging(&settings, &[], false));
            }
            sink.write(draft);
        })
        .await;
}

fn balancer(item: &Item<Balancer>, addresses: &Addresses) -> Draft {
    let mut draft = item.draft("LoadBalancer");
    let properties = &mut draft.properties;
    // packets are passed on as they are: there is nothing to filter requests,
    // and no certificate to show
    properties.put("webApplicationFirewall", Value::Null);
    properties.put("certificateIds", Vec::<String>::new());
    let Some(balancer) = &item.properties else { return draft };
    let mut ports: Vec<u16> = [&balancer.load_balancing_rules, &balancer.inbound_nat_rules]
        .into_iter()
        .flat_map(|rules| rules.iter().flatten())
        .filter_map(|rule| rule.properties.as_ref()?.frontend_port)
        .collect();
    ports.sort_unstable();
    ports.dedup();
    properties.put("ports", ports);
    if let Some(frontends) = &balancer.frontends {
        put_frontends(properties, frontends, addresses);
    }
    draft
}

/// What the side of users tells: addresses, and what protects them.
pub(super) fn put_frontends(
    properties: &mut Properties,
    frontends: &[Item<Frontend>],
    addresses: &Addresses,
) {
    let told: Vec<&Frontend> = frontends.iter().filter_map(|item| item.properties.as_ref()).collect();
    let public: Vec<&Reference> =
        told.iter().filter_map(|frontend| frontend.public_ip_address.as_ref()).collect();
    let is_public = told.iter().any(|f| f.public_ip_address.is_some() || f.public_ip_prefix.is_some());
    properties.put("internetAccessible", is_public);
    let private = told.iter().filter_map(|frontend| frontend.private_ip_address.clone());
    let ips = addresses.texts(&public).map(|ips| ips.into_iter().chain(private).collect::<Vec<_>>());
    properties.put_if_known("ips", ips);
    if let Some(is_protected) = addresses.ddos_protection(&public) {
        let mut ddos = Properties::default();
        ddos.put("enabled", is_protected);
        properties.put("ddosProtection", ddos);
    }
    let own = frontends.iter().map(|item| item.zones.as_ref().map(Vec::len));
    let own: Option<Vec<usize>> = own.collect();
    let zones = if is_public { addresses.zones(&public) } else { own.and_then(|own| own.into_iter().min()) };
    properties.put_if_known("redundancy", zones.map(redundancy));
}

/// What may fail: a zone where it is in several.
pub(super) fn redundancy(zones: usize) -> Properties {
    let mut redundancy = Properties::default();
    redundancy.put("scope", if zones > 1 { "zone" } else { "instance" });
    redundancy
}
