//! Network security groups.

use serde::Deserialize;

use super::super::item::{Item, Reference};
use super::super::place::Place;
use super::super::value::cidr;
use super::VERSION;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Sink};

pub(super) const LIST_GROUPS: Call = Call::listing(
    "list network security groups",
    "Microsoft.Network/networkSecurityGroups/read",
    &["NetworkSecurityGroup"],
);

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Group {
    security_rules: Option<Vec<Item<Rule>>>,
    default_security_rules: Option<Vec<Item<Rule>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    access: Option<String>,
    direction: Option<String>,
    protocol: Option<String>,
    priority: Option<i64>,
    #[serde(flatten)]
    sides: Sides,
}

/// The two ends of the traffic that a rule is about.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sides {
    source_address_prefix: Option<String>,
    source_address_prefixes: Option<Vec<String>>,
    source_application_security_groups: Option<Vec<Reference>>,
    destination_address_prefix: Option<String>,
    destination_address_prefixes: Option<Vec<String>>,
    destination_application_security_groups: Option<Vec<Reference>>,
    destination_port_range: Option<String>,
    destination_port_ranges: Option<Vec<String>>,
}

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let path = place.path("providers/Microsoft.Network/networkSecurityGroups");
    for item in place.list::<Item<Group>>(sink, &LIST_GROUPS, None, &path, VERSION).await.items {
        sink.write(group(&item));
    }
}

fn group(item: &Item<Group>) -> Draft {
    let mut draft = item.draft("NetworkSecurityGroup");
    // groups apply where somebody names them
    draft.properties.put("isDefault", false);
    let Some(group) = &item.properties else { return draft };
    // the rules of the platform stand in every answer; without them the list
    // is not all there is
    let Some(platform) = &group.default_security_rules else { return draft };
    let own = group.security_rules.iter().flatten();
    let rules = own.chain(platform).filter_map(|item| item.properties.as_ref()).flat_map(Rule::spelled);
    draft.properties.put("rules", rules.map(serde_json::Value::from).collect::<Vec<_>>());
    draft
}

impl Rule {
    /// The rule in the words of the ontology: one for each range of ports.
    fn spelled(&self) -> Vec<Properties> {
        let is_inbound = self.direction.as_deref() == Some("Inbound");
        let networks = self.sides.networks(is_inbound);
        let ranges = self.sides.ports();
        let one = |ports: &Option<(u16, u16)>| {
            let mut rule = Properties::default();
            rule.put("direction", if is_inbound { "ingress" } else { "egress" });
            let effect = self.access.as_deref().map(str::to_lowercase);
            rule.put_if_known("effect", effect);
            rule.put_if_known("protocol", self.protocol.as_deref().map(protocol));
            rule.put_or_null("fromPort", ports.map(|(from, _)| from));
            rule.put_or_null("toPort", ports.map(|(_, to)| to));
            rule.put("networks", networks.clone());
            rule.put_or_null("priority", self.priority);
            rule
        };
        ranges.iter().map(one).collect()
    }
}

fn protocol(name: &str) -> String {
    if name == "*" { "any".to_owned() } else { name.to_lowercase() }
}

impl Sides {
    /// The addresses on the other side.
    fn networks(&self, is_inbound: bool) -> Vec<String> {
        let (one, several, groups) = if is_inbound {
            (
                &self.source_address_prefix,
                &self.source_address_prefixes,
                &self.source_application_security_groups,
            )
        } else {
            (
                &self.destination_address_prefix,
                &self.destination_address_prefixes,
                &self.destination_application_security_groups,
            )
        };
        let written = one.iter().chain(several.iter().flatten()).filter(|text| !text.is_empty());
        let mut networks: Vec<String> = written.flat_map(|text| prefix(text)).collect();
        networks.extend(groups.iter().flatten().filter_map(Reference::id));
        networks.dedup();
        networks
    }

    /// The ranges of ports on the near side of traffic; none for all ports. A
    /// rule always says which.
    fn ports(&self) -> Vec<Option<(u16, u16)>> {
        let one = self.destination_port_range.iter();
        let written = one.chain(self.destination_port_ranges.iter().flatten());
        let ranges: Vec<_> = written.filter(|text| !text.is_empty()).map(|text| ports(text)).collect();
        if ranges.is_empty() { vec![None] } else { ranges }
    }
}

/// The networks that a rule names: ranges, or tags of the platform, which stay
/// as they are where they do not stand for ranges that never change.
fn prefix(text: &str) -> Vec<String> {
    match text {
        "*" | "Internet" | "INTERNET" | "0.0.0.0/0" => vec!["0.0.0.0/0".to_owned(), "::/0".to_owned()],
        "AzureLoadBalancer" => vec!["168.63.129.16/32".to_owned()],
        _ if text.starts_with(|c: char| c.is_ascii_digit()) || text.contains(':') => vec![cidr(text)],
        tag => vec![tag.to_owned()],
    }
}

/// A range of ports; none for all. What is no range is taken for all ports, so
/// that no open port is missed.
fn ports(text: &str) -> Option<(u16, u16)> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    Some((from.trim().parse().ok()?, to.trim().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Rule;

    fn spelled(rule: Value) -> Vec<Value> {
        let rule: Rule = serde_json::from_value(rule).unwrap();
        rule.spelled().into_iter().map(Value::from).collect()
    }

    #[test]
    fn a_rule_for_several_ports_is_several_rules() {
        let rules = spelled(json!({
            "access": "Allow", "direction": "Inbound", "protocol": "Tcp", "priority": 100,
            "sourceAddressPrefix": "Internet", "destinationPortRanges": ["22", "8000-8080"],
        }));
        let ports: Vec<_> = rules.iter().map(|rule| (&rule["fromPort"], &rule["toPort"])).collect();
        assert_eq!(ports, [(&json!(22), &json!(22)), (&json!(8000), &json!(8080))]);
        assert_eq!(rules[0]["networks"], json!(["0.0.0.0/0", "::/0"]));
        assert_eq!((&rules[0]["effect"], &rules[0]["protocol"]), (&json!("allow"), &json!("tcp")));
    }

    #[test]
    fn the_far_side_of_traffic_that_leaves_is_its_destination() {
        let rules = spelled(json!({
            "access": "Deny", "direction": "Outbound", "protocol": "*", "priority": 65500,
            "sourceAddressPrefix": "10.0.0.4", "destinationAddressPrefix": "*", "destinationPortRange": "*",
        }));
        assert_eq!(
            rules,
            [json!({
                "direction": "egress", "effect": "deny", "protocol": "any", "fromPort": null, "toPort": null,
                "networks": ["0.0.0.0/0", "::/0"], "priority": 65500,
            })]
        );
    }

    #[test]
    fn tags_and_groups_stay_as_they_are() {
        let rules = spelled(json!({
            "direction": "Inbound", "sourceAddressPrefixes": ["VirtualNetwork", "10.1.0.9", "AzureLoadBalancer"],
            "sourceApplicationSecurityGroups": [{"id": "/Subscriptions/s/Asg"}], "destinationPortRange": "443",
        }));
        let networks = json!(["VirtualNetwork", "10.1.0.9/32", "168.63.129.16/32", "/subscriptions/s/asg"]);
        assert_eq!(rules[0]["networks"], networks);
        assert_eq!(rules[0].get("effect"), None);
    }
}
