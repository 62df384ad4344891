//! The OSCAL documents of metrics and of the links that catalogs have to them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use probity_diagnostics::Sha256Digest;
use probity_oscal::{OSCAL_VERSION, PROBITY_NS, TRESTLE_NS, uuid5};
use serde_json::{Value, json};

use super::{Catalog, Link, Metric, kebab};

/// What is known of a metric beside its files.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The name that it gets.
    pub name: &'a str,
    /// The resource types that it applies to.
    pub types: &'a [String],
    /// The property that it compares.
    pub property: Option<&'a str>,
    /// How bad a fail is.
    pub severity: &'a str,
    /// When it is imported.
    pub last_modified: Timestamp,
}

/// What a target value is in JSON, as the class of its props, and its texts.
pub fn target_texts(value: &Value) -> (&'static str, Vec<String>) {
    let as_json = || ("json", vec![value.to_string()]);
    match value {
        Value::Bool(_) => ("boolean", vec![value.to_string()]),
        Value::Number(_) => ("number", vec![value.to_string()]),
        Value::String(text) if is_plain(text) => ("string", vec![text.clone()]),
        Value::Array(items) if !items.is_empty() => {
            let texts = |fits: fn(&Value) -> bool| items.iter().all(fits);
            let plain = || items.iter().all(|item| item.as_str().is_some_and(is_plain));
            let written = || items.iter().map(Value::to_string).collect();
            if texts(Value::is_boolean) {
                ("booleans", written())
            } else if texts(Value::is_number) {
                ("numbers", written())
            } else if plain() {
                ("strings", items.iter().filter_map(Value::as_str).map(str::to_owned).collect())
            } else {
                as_json()
            }
        }
        _ => as_json(),
    }
}

/// Whether a text can be the value of a prop as it is.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && !text.contains(char::is_control)
}

impl Metric {
    /// The component definition of the metric, its Rego beside it in `check.rego`.
    pub fn document(&self, facts: &Facts<'_>) -> Value {
        let mut component = json!({
            "uuid": self.uuid,
            "type": "rule",
            "title": self.title,
            "description": self.description,
            "props": self.props(facts),
        });
        if let (Some(comments), Some(members)) = (&self.comments, component.as_object_mut()) {
            members.insert("remarks".into(), json!(comments));
        }
        json!({ "component-definition": {
            "uuid": uuid5(&["clouditor", "metric-definition", facts.name]),
            "metadata": {
                "title": self.title,
                "last-modified": facts.last_modified.to_string(),
                "version": self.version,
                "oscal-version": OSCAL_VERSION,
            },
            "components": [component],
            "back-matter": { "resources": [{
                "uuid": uuid5(&["clouditor", "metric-rego", facts.name]),
                "title": "check.rego",
                "rlinks": [{
                    "href": "check.rego",
                    "media-type": "text/plain",
                    "hashes": [{
                        "algorithm": "SHA-256",
                        "value": Sha256Digest::of(self.rego.as_bytes()).to_string(),
                    }],
                }],
            }]},
        }})
    }

    fn props(&self, facts: &Facts<'_>) -> Vec<Value> {
        let ours = |name: &str, value: &str| json!({ "name": name, "ns": PROBITY_NS, "value": value });
        let mut props = vec![
            json!({ "name": "Rule_Id", "ns": TRESTLE_NS, "value": facts.name }),
            json!({ "name": "Rule_Description", "ns": TRESTLE_NS, "value": self.title }),
            ours("category", &kebab(&self.category)),
        ];
        props.extend(facts.types.iter().map(|name| ours("resource-type", name)));
        props.extend(facts.property.map(|path| ours("property", path)));
        if let (Some(operator), Some(target)) = (&self.operator, &self.target) {
            props.push(ours("operator", operator));
            let (class, texts) = target_texts(target);
            props.extend(texts.iter().map(
                |text| json!({ "name": "target-value", "ns": PROBITY_NS, "value": text, "class": class }),
            ));
        }
        props.push(ours("severity", facts.severity));
        props.push(ours("clouditor-name", &self.name));
        if self.uuid != self.id {
            props.push(ours(
                "clouditor-id",
                self.id.split_whitespace().collect::<Vec<_>>().join("-").as_str(),
            ));
        }
        props
    }
}

/// A link of a catalog with the metric that it means: its name here and its title.
pub type Resolved<'a> = (&'a Link, &'a str, &'a str);

impl Catalog {
    /// The mapping of its controls to metrics; `source` leads from the mapping to the catalog.
    pub fn mapping(&self, links: &[Resolved<'_>], source: &str, last_modified: Timestamp) -> Value {
        let mut by_control: BTreeMap<&str, Vec<Resolved<'_>>> = BTreeMap::new();
        let mut order: Vec<&str> = Vec::new();
        for link in links {
            let of_control = by_control.entry(&link.0.control).or_default();
            if of_control.is_empty() {
                order.push(&link.0.control);
            }
            if !of_control.iter().any(|(_, name, _)| *name == link.1) {
                of_control.push(*link);
            }
        }
        let key = |parts: &[&str]| {
            let all: Vec<&str> =
                ["clouditor", "mapping", self.id.as_str()].into_iter().chain(parts.iter().copied()).collect();
            uuid5(&all)
        };
        let requirements: Vec<Value> = order
            .iter()
            .map(|control| {
                let props: Vec<Value> = by_control
                    .get(control)
                    .into_iter()
                    .flatten()
                    .map(|(_, name, title)| {
                        json!({
                            "name": "Rule_Id",
                            "ns": TRESTLE_NS,
                            "value": name,
                            "remarks": format!("The catalog links the metric `{title}` to this control."),
                        })
                    })
                    .collect();
                json!({
                    "uuid": key(&["requirement", control]),
                    "control-id": control,
                    "description": "Judged by the metrics that the catalog links to it.",
                    "props": props,
                })
            })
            .collect();
        let said = format!("Which controls of {} the catalog links to which metrics.", self.name);
        json!({ "component-definition": {
            "uuid": key(&["definition"]),
            "metadata": {
                "title": format!("Mapping of {} to metrics", self.name),
                "last-modified": last_modified.to_string(),
                "version": "1.0.0",
                "oscal-version": OSCAL_VERSION,
            },
            "components": [{
                "uuid": key(&["component"]),
                "type": "policy",
                "title": format!("Metrics of {}", self.name),
                "description": said,
                "control-implementations": [{
                    "uuid": key(&["implementation"]),
                    "source": source,
                    "description": said,
                    "implemented-requirements": requirements,
                }],
            }],
        }})
    }
}
