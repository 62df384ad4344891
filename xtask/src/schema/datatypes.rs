//! The datatypes: named by the modules, given a pattern by the `definitions` of the published JSON schema.

use std::path::Path;

use serde_json::Value;

use super::files;
use super::node::Node;

/// Suffix of the definitions that are datatypes.
const SUFFIX: &str = "Datatype";

/// One `datatype` node per datatype, sorted by name.
///
/// # Errors
/// A schema that cannot be read.
pub(crate) fn read(schema: &Path) -> Result<Vec<Node>, String> {
    let schema: Value = serde_json::from_str(&files::read(schema)?).map_err(|error| error.to_string())?;
    let definitions = schema.get("definitions").and_then(Value::as_object).ok_or("no definitions")?;
    let mut nodes: Vec<Node> = definitions
        .iter()
        .filter_map(|(name, definition)| Some(datatype(&kebab(name.strip_suffix(SUFFIX)?), definition)))
        .collect();
    nodes.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(nodes)
}

fn datatype(name: &str, definition: &Value) -> Node {
    let mut parts = vec![definition];
    parts.extend(definition.get("allOf").and_then(Value::as_array).into_iter().flatten());
    let find = |key: &str| parts.iter().rev().find_map(|part| part.get(key));
    let text = |key: &str| find(key).and_then(Value::as_str).map(str::to_owned);
    let base = text("$ref").and_then(|path| {
        let name = path.rsplit('/').next()?;
        Some(kebab(name.strip_suffix(SUFFIX)?))
    });
    let json = if base.is_some() { None } else { text("type") };
    Node::new("datatype", name)
        .with("base", base)
        .with("json", json)
        .with("minimum", find("minimum").map(ToString::to_string))
        .with("pattern", text("pattern"))
}

/// `URIReference` to `uri-reference`, `DateTimeWithTimezone` to `date-time-with-timezone`.
fn kebab(name: &str) -> String {
    let name = name.replace("UUID", "Uuid").replace("URI", "Uri");
    let mut kebab = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !kebab.is_empty() {
            kebab.push('-');
        }
        kebab.push(c.to_ascii_lowercase());
    }
    kebab
}
