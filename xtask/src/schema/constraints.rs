//! Writes the constraints: one file per module, constant data, each definition once.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::declared::Declared;
use super::facts::{Facts, pascal, range};
use super::node::Node;
use super::structs::HEADER;

/// The files of the constraints, by file name inside `schema/table`.
///
/// # Errors
/// A line that says something a constraint cannot hold.
pub(crate) fn write(facts: &Facts) -> Result<BTreeMap<String, String>, String> {
    let mut files = BTreeMap::new();
    for module in modules(facts) {
        files.insert(format!("constraints/{module}.rs"), module_file(facts, &module)?);
    }
    files.insert("constraints/mod.rs".to_owned(), index_file(facts));
    Ok(files)
}

/// Whether a constant is written for it: a definition without constraints that nothing uses says nothing.
pub(crate) fn is_written(facts: &Facts, declared: &Declared) -> bool {
    !declared.constraints.is_empty() || facts.uses(declared)
}

fn written(facts: &Facts) -> impl Iterator<Item = &Declared> {
    facts.declared.values().filter(|declared| is_written(facts, declared))
}

fn modules(facts: &Facts) -> Vec<String> {
    let mut modules: Vec<String> = written(facts).map(|declared| declared.module.clone()).collect();
    modules.sort();
    modules.dedup();
    modules
}

fn index_file(facts: &Facts) -> String {
    let mut text = format!("{HEADER}//! The constraints of OSCAL {} as constant data.\n\n", facts.version);
    for module in modules(facts) {
        let _ = writeln!(text, "pub(super) mod {module};");
    }
    text.push_str("\nuse crate::schema::Declaration;\n\n");
    text.push_str(
        "/// The definitions of the Metaschema with their constraints, in the order of its modules.\n",
    );
    text.push_str("pub static DECLARATIONS: &[&Declaration] = &[\n");
    for declared in written(facts) {
        let _ = writeln!(text, "&{}::{},", declared.module, declared.constant());
    }
    text.push_str("];\n");
    text
}

fn module_file(facts: &Facts, module: &str) -> Result<String, String> {
    let title = module.replace('_', "-");
    let mut body = String::new();
    for declared in written(facts).filter(|declared| declared.module == module) {
        body.push_str(&declaration(declared)?);
    }
    let mut names = vec!["Declaration", "Role"];
    for name in ["Check", "Constraint", "Key", "Level", "Range"] {
        if body.contains(&format!("{name} {{")) || body.contains(&format!("{name}::")) {
            names.push(name);
        }
    }
    names.sort_unstable();
    Ok(format!(
        "{HEADER}//! Constraints of the {title} module of OSCAL {}.\n\nuse crate::schema::{{{}}};\n{body}",
        facts.version,
        names.join(", ")
    ))
}

fn declaration(declared: &Declared) -> Result<String, String> {
    let mut text = format!(
        "\npub(in crate::schema::table) static {}: Declaration = Declaration {{\n\
         module: {:?},\nrole: Role::{},\npath: {:?},\nconstraints: &[",
        declared.constant(),
        declared.short,
        pascal(&declared.kind),
        declared.path
    );
    for node in &declared.constraints {
        text.push_str(&constraint(node).map_err(|error| format!("{}: {error}", declared.path))?);
    }
    text.push_str("],\n};\n");
    Ok(text)
}

fn constraint(node: &Node) -> Result<String, String> {
    let level = node.get("level").unwrap_or("error");
    Ok(format!(
        "Constraint {{\nid: {:?},\nlevel: Level::{},\ntarget: {:?},\nmessage: {:?},\ncheck: {},\n}},\n",
        node.get("id"),
        pascal(level),
        node.name,
        node.get("message"),
        check(node)?
    ))
}

fn check(node: &Node) -> Result<String, String> {
    let of = |key: &str| node.get(key).ok_or_else(|| format!("`{}` lacks `{key}`", node.kind));
    let name = pascal(&node.kind);
    Ok(match node.kind.as_str() {
        "allowed-values" => {
            let values: Vec<&str> = node.of("value").map(|value| value.name.as_str()).collect();
            let deprecated: Vec<(&str, &str)> = node
                .of("value")
                .filter_map(|value| Some((value.name.as_str(), value.get("deprecated")?)))
                .collect();
            let open = node.get("other") == Some("yes");
            format!("Check::{name} {{ open: {open}, values: &{values:?}, deprecated: &{deprecated:?} }}")
        }
        "matches" => {
            format!(
                "Check::{name} {{ regex: {:?}, datatype: {:?} }}",
                node.get("regex"),
                node.get("datatype")
            )
        }
        "expect" => format!("Check::{name} {{ test: {:?} }}", of("test")?),
        "index" | "index-has-key" => {
            format!("Check::{name} {{ name: {:?}, keys: &[{}] }}", of("index")?, keys(node))
        }
        "is-unique" => format!("Check::{name} {{ keys: &[{}] }}", keys(node)),
        _ => {
            let (min, max) = range(Some(of("n")?))?;
            format!("Check::{name} {{ range: Range {{ min: {min}, max: {max:?} }} }}")
        }
    })
}

fn keys(node: &Node) -> String {
    let key = |key: &Node| format!("Key {{ target: {:?}, pattern: {:?} }}", key.name, key.get("pattern"));
    node.of("key").map(key).collect::<Vec<_>>().join(", ")
}
