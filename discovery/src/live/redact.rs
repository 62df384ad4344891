//! Leaving secrets out of what is written down. Names stay, values go; what is
//! left is as suspect as it was, so that a recording leads to the same
//! evidence.

use serde_json::{Map, Value};

use crate::secrecy::{REDACTED, REDACTED_CREDENTIAL, has_credential_name, holds_credential, redacted};

/// Members that hold scripts or whole objects, which may hold anything.
const OPAQUE: [&str; 5] =
    ["customData", "userData", "UserData", "kubectl.kubernetes.io/last-applied-configuration", "scriptBlock"];

/// Members that hold settings of programs by name.
const SETTINGS: [&str; 5] = ["Variables", "environmentVariables", "data", "stringData", "binaryData"];

/// Members that hold labels by name: their owners show them to everybody.
const LABELS: [&str; 2] = ["labels", "matchLabels"];

/// Elements of XML that hold secrets.
const ELEMENTS: [&str; 6] =
    ["SecretAccessKey", "SessionToken", "MasterUserPassword", "AuthToken", "userData", "UserData"];

/// A body without the secrets in it.
pub(crate) fn body(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    match serde_json::from_slice::<Value>(bytes) {
        Ok(mut value) => {
            json(&mut value);
            value.to_string()
        }
        Err(_) => ELEMENTS.iter().fold(text.into_owned(), |text, name| element(&text, name)),
    }
}

/// Leaves the secrets out of a JSON value.
pub(crate) fn json(value: &mut Value) {
    match value {
        Value::Object(members) => object(members),
        Value::Array(items) => items.iter_mut().for_each(json),
        Value::String(text) if holds_credential(text) => *value = REDACTED_CREDENTIAL.into(),
        _ => {}
    }
}

fn object(members: &mut Map<String, Value>) {
    entry(members);
    for (name, value) in members.iter_mut() {
        match value {
            Value::String(text) if OPAQUE.contains(&name.as_str()) => REDACTED.clone_into(text),
            Value::Object(settings) if SETTINGS.contains(&name.as_str()) => {
                for (name, value) in settings.iter_mut() {
                    match value {
                        Value::String(text) => *text = redacted(name, text).to_owned(),
                        other => json(other),
                    }
                }
            }
            Value::Object(labels) if LABELS.contains(&name.as_str()) => {
                labels.values_mut().for_each(json);
            }
            Value::String(text) if is_secret(name, text) => REDACTED_CREDENTIAL.clone_into(text),
            other => json(other),
        }
    }
}

/// An entry of a list of settings: a name with its value.
fn entry(members: &mut Map<String, Value>) {
    let name = members.get("name").and_then(Value::as_str).map(str::to_owned);
    if let (Some(name), Some(Value::String(text))) = (name, members.get_mut("value")) {
        *text = redacted(&name, text).to_owned();
    }
}

/// Whether a text is a secret by the name of its member. Names of resources
/// and tokens that lead to the next page are not.
fn is_secret(name: &str, text: &str) -> bool {
    let leads = name.to_lowercase();
    let is_page = leads.contains("next") || leads.contains("continu") || leads == "continue";
    let is_reference = text.starts_with("arn:") || text.starts_with('/') || text.starts_with("https://");
    !is_page && !is_reference && has_credential_name(name) && !text.is_empty()
}

/// The text with what stands in elements of a name left out.
fn element(text: &str, name: &str) -> String {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(&open) {
        let Some((_, tail)) = after.split_once(&close) else { break };
        out.push_str(before);
        out.push_str(&open);
        out.push_str(REDACTED);
        out.push_str(&close);
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::body;

    #[test]
    fn json_keeps_names_and_loses_secrets() {
        let text = r#"{"Environment":{"Variables":{"DB_PASSWORD":"hunter2","MODE":"fast"}},"env":[{"name":"TOKEN","value":"t0p"}],
            "adminPassword":"pw","NextToken":"abc","userData":"IyEvYmlu","SecretArn":"arn:aws:x","url":"amqp://u:hunter2@h/"}"#;
        let out = body(text.as_bytes());
        for secret in ["hunter2", "t0p", "\"pw\"", "IyEvYmlu", "fast"] {
            assert!(!out.contains(secret), "{secret}: {out}");
        }
        for kept in ["DB_PASSWORD", "MODE", "\"abc\"", "arn:aws:x"] {
            assert!(out.contains(kept), "{kept}: {out}");
        }
        assert_eq!(body(out.as_bytes()), out);
    }

    #[test]
    fn xml_loses_secrets() {
        let out = body(b"<C><AccessKeyId>A</AccessKeyId><SecretAccessKey>hunter2</SecretAccessKey></C>");
        assert_eq!(out, "<C><AccessKeyId>A</AccessKeyId><SecretAccessKey>(redacted)</SecretAccessKey></C>");
    }
}
