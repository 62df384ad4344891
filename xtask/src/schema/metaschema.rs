//! From the Metaschema modules to tables: names, cardinalities and constraints, no prose.

use std::path::Path;

use super::node::Node;
use super::xml::{self, Element};

/// The module that imports all others.
const COMPLETE: &str = "complete";
/// JSON behaviour of a group that does not say.
const UNSAID_GROUPING: &str = "SINGLETON_OR_ARRAY";

/// What the modules say, one node per module in the order of their imports, dependencies first.
pub(crate) struct Modules {
    /// Release of the modules, such as `1.2.2`.
    pub(crate) version: String,
    /// XML namespace of the documents.
    pub(crate) namespace: String,
    /// One `module` node each.
    pub(crate) nodes: Vec<Node>,
}

/// Reads the complete module and everything it imports.
///
/// # Errors
/// Unreadable files and constructs that the table cannot express.
pub(crate) fn read(folder: &Path) -> Result<Modules, String> {
    let complete = xml::read(&file_of(folder, COMPLETE))?;
    let mut modules = Vec::new();
    for import in complete.all("import") {
        load(folder, &module_name(import), &mut modules)?;
    }
    Ok(Modules {
        version: complete.child_text("schema-version").unwrap_or_default(),
        namespace: complete.child_text("namespace").unwrap_or_default(),
        nodes: modules,
    })
}

fn file_of(folder: &Path, module: &str) -> std::path::PathBuf {
    folder.join(format!("oscal_{module}_metaschema.xml"))
}

fn module_name(import: &Element) -> String {
    let href = import.attribute("href").unwrap_or_default();
    href.trim_start_matches("oscal_").trim_end_matches("_metaschema.xml").to_owned()
}

fn load(folder: &Path, name: &str, modules: &mut Vec<Node>) -> Result<(), String> {
    if modules.iter().any(|module| module.name == name) {
        return Ok(());
    }
    let root = xml::read(&file_of(folder, name))?;
    let mut module = Node::new("module", name).with("short", root.child_text("short-name"));
    for import in root.all("import") {
        load(folder, &module_name(import), modules)?;
        module.children.push(Node::new("import", module_name(import)));
    }
    for element in root.children.iter().filter(|child| child.name.starts_with("define-")) {
        module.children.push(definition(element).map_err(|error| format!("module {name}: {error}"))?);
    }
    modules.push(module);
    Ok(())
}

/// A definition, global or in place.
fn definition(element: &Element) -> Result<Node, String> {
    let kind = element.name.trim_start_matches("define-");
    let name = element.attribute("name").ok_or("a definition without name")?;
    let value_key = element.child_text("json-value-key");
    if element.first("json-value-key-flag").is_some() || element.first("json-key").is_some() {
        return Err(format!("{name}: keyed groups are not supported"));
    }
    let node = Node::new(kind, name)
        .with("root", element.child_text("root-name"))
        .with("scope", element.attribute("scope"));
    let mut node = usage(node, element)?.with("value-key", value_key);
    for child in &element.children {
        particles(child, &mut node.children)?;
    }
    Ok(node)
}

/// What may stand at a definition in place and at a reference alike.
fn usage(node: Node, element: &Element) -> Result<Node, String> {
    let group = element.first("group-as");
    let of_group = |name: &str| group.and_then(|group| group.attribute(name));
    let json = group.map(|_| of_group("in-json").unwrap_or_else(|| UNSAID_GROUPING.to_owned()));
    let json = json.filter(|json| json != "ARRAY").map(|json| json.to_lowercase().replace('_', "-"));
    let wrapping = element.attribute("in-xml").filter(|xml| xml != "WITH_WRAPPER");
    let xml = of_group("in-xml").filter(|xml| xml != "UNGROUPED").or(wrapping).map(|xml| xml.to_lowercase());
    if json.as_deref().is_some_and(|json| json != "singleton-or-array") {
        return Err(format!("{}: JSON behaviour {json:?} is not supported", node.name));
    }
    Ok(node
        .with("n", cardinality(element))
        .with("type", element.attribute("as-type"))
        .with("use", element.child_text("use-name"))
        .with("group", of_group("name"))
        .with("json", json)
        .with("xml", xml)
        .with("default", element.attribute("default"))
        .with("deprecated", element.attribute("deprecated")))
}

/// `1`, `0..*`, `1..*`, …; nothing for the usual `0..1`.
fn cardinality(element: &Element) -> Option<String> {
    if element.attribute("required").as_deref() == Some("yes") {
        return Some("1".to_owned());
    }
    let min = element.attribute("min-occurs").unwrap_or_else(|| "0".to_owned());
    let max = element.attribute("max-occurs").unwrap_or_else(|| "1".to_owned()).replace("unbounded", "*");
    match (min.as_str(), max.as_str()) {
        ("0", "1") => None,
        ("1", "1") => Some("1".to_owned()),
        _ => Some(format!("{min}..{max}")),
    }
}

fn particles(element: &Element, into: &mut Vec<Node>) -> Result<(), String> {
    match element.name.as_str() {
        "define-flag" | "define-field" | "define-assembly" => into.push(definition(element)?),
        "flag" | "field" | "assembly" => into.push(reference(element)?),
        "model" => {
            for child in &element.children {
                particles(child, into)?;
            }
        }
        "choice" => {
            let mut choice = Node::new("choice", "");
            for child in &element.children {
                particles(child, &mut choice.children)?;
            }
            into.push(choice);
        }
        "constraint" => {
            for child in &element.children {
                into.push(constraint(child)?);
            }
        }
        "any" | "choice-group" => return Err(format!("`{}` is not supported", element.name)),
        _ => {}
    }
    Ok(())
}

fn reference(element: &Element) -> Result<Node, String> {
    let name = element.attribute("ref").ok_or("a reference without name")?;
    usage(Node::new(&element.name, format!("@{name}")), element)
}

/// What a constraint may say, besides its id, level and target, and what of it is prose.
const SAID: [&str; 9] =
    ["allow-other", "datatype", "id", "level", "max-occurs", "min-occurs", "name", "regex", "target"];
const PROSE: [&str; 3] = ["formal-name", "description", "remarks"];

/// Refuses what the table has no word for, so that nothing of a constraint is lost.
fn nothing_else(element: &Element) -> Result<(), String> {
    let said = |name: &&str| *name == "test" || SAID.contains(name);
    if let Some(name) = element.attribute_names().find(|name| !said(name)) {
        return Err(format!("`{}` with `{name}` is not supported", element.name));
    }
    let known = |name: &str| PROSE.contains(&name) || ["enum", "key-field", "message"].contains(&name);
    match element.children.iter().find(|child| !known(&child.name)) {
        Some(child) => Err(format!("`{}` in `{}` is not supported", child.name, element.name)),
        None => Ok(()),
    }
}

fn constraint(element: &Element) -> Result<Node, String> {
    nothing_else(element)?;
    let target = element.attribute("target").unwrap_or_else(|| ".".to_owned());
    let mut node = Node::new(&element.name, target)
        .with("id", element.attribute("id"))
        .with("level", element.attribute("level").map(|level| level.to_lowercase()));
    node = match element.name.as_str() {
        "allowed-values" => node.with("other", element.attribute("allow-other")),
        "matches" => {
            node.with("datatype", element.attribute("datatype")).with("regex", element.attribute("regex"))
        }
        "expect" => node.with("test", element.attribute("test")),
        "index" | "index-has-key" => node.with("index", element.attribute("name")),
        "is-unique" => node,
        "has-cardinality" => node.with("n", Some(occurrence(element))),
        other => return Err(format!("constraint `{other}` is not supported")),
    };
    node = node.with("message", element.child_text("message"));
    for value in element.all("enum") {
        let name = value.attribute("value").unwrap_or_default();
        node.children.push(Node::new("value", name).with("deprecated", value.attribute("deprecated")));
    }
    for key in element.all("key-field") {
        let target = key.attribute("target").unwrap_or_default();
        node.children.push(Node::new("key", target).with("pattern", key.attribute("pattern")));
    }
    Ok(node)
}

/// The range of a cardinality constraint, which has no upper bound by default.
fn occurrence(element: &Element) -> String {
    let min = element.attribute("min-occurs").unwrap_or_else(|| "0".to_owned());
    let max = element.attribute("max-occurs").unwrap_or_else(|| "*".to_owned());
    format!("{min}..{max}")
}
