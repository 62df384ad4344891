//! Leaving secrets out of what is written down. Names stay, values go; what is
//! left is as suspect as it was, so that a recording leads to the same
//! evidence.

use serde_json::{Map, Value};

use probity_diagnostics::secrecy::{
    REDACTED, REDACTED_CREDENTIAL, has_credential_name, holds_credential, is_suspect, redacted,
};

/// Members that hold scripts, keys or whole objects, which may hold anything.
const OPAQUE: [&str; 14] = [
    "UserData",
    "connectionString",
    "customData",
    "kubectl.kubernetes.io/last-applied-configuration",
    "primaryConnectionString",
    "primaryKey",
    "primaryMasterKey",
    "protectedSettings",
    "scriptBlock",
    "secondaryConnectionString",
    "secondaryKey",
    "secondaryMasterKey",
    "storageAccountKey",
    "userData",
];

/// Members that hold settings of programs by name.
const SETTINGS: [&str; 5] = ["Variables", "environmentVariables", "data", "stringData", "binaryData"];

/// Members that hold labels by name: their owners show them to everybody.
const LABELS: [&str; 3] = ["labels", "matchLabels", "selector"];

/// How tags name their keys and values.
const TAGS: [(&str, &str); 3] = [("Key", "Value"), ("key", "value"), ("TagKey", "TagValue")];

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
        Err(_) => xml(&text),
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
    let has_settings = has_settings(members);
    for (name, value) in members.iter_mut() {
        let is_settings = SETTINGS.contains(&name.as_str()) || (has_settings && name == "properties");
        match value {
            Value::String(_) | Value::Object(_) if OPAQUE.contains(&name.as_str()) => {
                *value = REDACTED.into();
            }
            Value::Object(settings) if is_settings => {
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

/// Whether the properties of a resource are settings of a program in Azure.
fn has_settings(members: &Map<String, Value>) -> bool {
    let text = |key: &str| members.get(key).and_then(Value::as_str).unwrap_or_default();
    text("type").ends_with("/sites/config") && matches!(text("name"), "appsettings" | "connectionstrings")
}

/// An entry of a list: a setting with its value, or a tag, whose value is
/// only left out where it looks like a secret.
fn entry(members: &mut Map<String, Value>) {
    let text = |name: &str| members.get(name).and_then(Value::as_str).map(str::to_owned);
    let (setting, tags) = (text("name"), TAGS.map(|(key, value)| (text(key), value)));
    if let (Some(name), Some(Value::String(text))) = (setting, members.get_mut("value")) {
        *text = redacted(&name, text).to_owned();
    }
    for (key, value) in tags {
        if let (Some(key), Some(Value::String(text))) = (key, members.get_mut(value))
            && is_suspect(&key, text)
        {
            REDACTED_CREDENTIAL.clone_into(text);
        }
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

/// Leaves the secrets out of XML: what stands in elements that hold some, in
/// values under the names of some, and what looks like one.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut key = "";
    for (index, piece) in text.split('<').enumerate() {
        if index > 0 {
            out.push('<');
        }
        let (tag, inner) = piece.split_once('>').map_or(("", piece), |(tag, inner)| (tag, inner));
        if piece.len() > inner.len() {
            out.push_str(tag);
            out.push('>');
        }
        let name = tag.split_whitespace().next().unwrap_or_default();
        out.push_str(match name {
            "key" | "Key" => {
                key = inner;
                inner
            }
            _ if inner.trim().is_empty() => inner,
            _ if ELEMENTS.contains(&name) => REDACTED,
            "value" | "Value" if has_credential_name(key) => REDACTED_CREDENTIAL,
            _ if holds_credential(inner) => REDACTED_CREDENTIAL,
            _ => inner,
        });
    }
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
    fn settings_of_programs_in_azure_keep_their_names() {
        let text = r#"{"name":"appsettings","type":"Microsoft.Web/sites/config","properties":{"DB_PASSWORD":"hunter2",
            "MODE":"fast","KEPT":"@Microsoft.KeyVault(SecretUri=https://v/secrets/s)"}}"#;
        let kept = r#"{"DB_PASSWORD":"(redacted credential)","MODE":"(redacted)","KEPT":"(redacted)"}"#;
        assert!(body(text.as_bytes()).contains(kept));
    }

    #[test]
    fn xml_loses_secrets() {
        let out = body(b"<C><AccessKeyId>A</AccessKeyId><SecretAccessKey>hunter2</SecretAccessKey></C>");
        assert_eq!(out, "<C><AccessKeyId>A</AccessKeyId><SecretAccessKey>(redacted)</SecretAccessKey></C>");
    }

    #[test]
    fn tags_lose_secrets() {
        let text = "<?xml version='1.0'?>\n<t><i><key>DbPassword</key><value>hunter2</value></i>\
            <i><Key>db</Key><Value>mysql://u:hunter2@h/</Value></i> <i><key>stage</key><value>test</value></i></t>";
        let expected = "<?xml version='1.0'?>\n<t><i><key>DbPassword</key><value>(redacted credential)</value></i>\
            <i><Key>db</Key><Value>(redacted credential)</Value></i> <i><key>stage</key><value>test</value></i></t>";
        assert_eq!(body(text.as_bytes()), expected);
        assert_eq!(body(expected.as_bytes()), expected);
        let out = body(br#"[{"Key":"db-password","Value":"hunter2"},{"TagKey":"stage","TagValue":"test"}]"#);
        assert_eq!(
            out,
            r#"[{"Key":"db-password","Value":"(redacted credential)"},{"TagKey":"stage","TagValue":"test"}]"#
        );
    }
}
