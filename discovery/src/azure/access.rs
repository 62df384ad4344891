//! The packet filter in front of services of the platform.

use serde::Deserialize;

use super::value::cidr;
use crate::draft::Properties;

/// Everybody on the internet.
pub(super) const ANYWHERE: [&str; 2] = ["0.0.0.0/0", "::/0"];

/// The rules of a filter.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NetworkRules {
    default_action: Option<String>,
    ip_rules: Option<Vec<AddressRule>>,
}

#[derive(Debug, Default, Deserialize)]
struct AddressRule {
    value: Option<String>,
}

/// Whether a service has an address on the public internet. It has one unless
/// that is turned off; other words than these two are not about that alone.
pub(super) fn is_public(public_network_access: Option<&str>) -> Option<bool> {
    match public_network_access {
        None => Some(true),
        Some(word) if word.eq_ignore_ascii_case("enabled") => Some(true),
        Some(word) if word.eq_ignore_ascii_case("disabled") => Some(false),
        Some(_) => None,
    }
}

/// A filter that lets these networks in and nobody else.
pub(super) fn only(networks: Vec<String>) -> Properties {
    let mut filter = Properties::default();
    filter.put("enabled", true);
    filter.put("denyByDefault", true);
    filter.put("allowedNetworks", networks);
    filter
}

/// A filter that lets everybody in.
pub(super) fn open() -> Properties {
    let mut filter = Properties::default();
    filter.put("enabled", false);
    filter.put("denyByDefault", false);
    filter.put("allowedNetworks", ANYWHERE.map(str::to_owned).to_vec());
    filter
}

/// The filter that rules amount to. Without rules, everybody is let in; rules
/// do not count where there is no public address.
pub(super) fn filter(
    public_network_access: Option<&str>,
    rules: Option<&NetworkRules>,
) -> Option<Properties> {
    if !is_public(public_network_access)? {
        return Some(only(Vec::new()));
    }
    let Some(rules) = rules else { return Some(open()) };
    match rules.default_action.as_deref()? {
        "Deny" => {
            let values = rules.ip_rules.iter().flatten().filter_map(|rule| rule.value.as_deref());
            Some(only(values.map(cidr).collect()))
        }
        "Allow" => Some(open()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{NetworkRules, filter};

    fn of(access: Option<&str>, rules: Option<Value>) -> Value {
        let rules: Option<NetworkRules> = rules.map(|rules| serde_json::from_value(rules).unwrap());
        filter(access, rules.as_ref()).map_or(json!("unknown"), Value::from)
    }

    #[test]
    fn filters() {
        let open =
            json!({"enabled": false, "denyByDefault": false, "allowedNetworks": ["0.0.0.0/0", "::/0"]});
        let only =
            |networks: Value| json!({"enabled": true, "denyByDefault": true, "allowedNetworks": networks});
        let deny =
            json!({"defaultAction": "Deny", "ipRules": [{"value": "203.0.113.7"}, {"value": "10.0.0.0/8"}]});
        assert_eq!(of(None, None), open);
        assert_eq!(of(Some("Enabled"), Some(json!({"defaultAction": "Allow"}))), open);
        assert_eq!(of(Some("Enabled"), Some(deny.clone())), only(json!(["203.0.113.7/32", "10.0.0.0/8"])));
        assert_eq!(of(Some("Disabled"), Some(deny)), only(json!([])));
        assert_eq!(of(Some("SecuredByPerimeter"), None), json!("unknown"));
        assert_eq!(of(None, Some(json!({}))), json!("unknown"));
    }
}
