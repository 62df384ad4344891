//! Writes the structural table of the validator: constant data, nothing to do at start-up.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::facts::{Facts, Holds, Object, Path, Property, pascal};
use super::node::Node;
use super::structs::{HEADER, modules};

/// The files of the structural table, by file name.
pub(crate) fn write(facts: &Facts) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for module in modules(facts) {
        files.insert(format!("{module}.rs"), module_file(facts, &module));
    }
    files.insert("datatypes.rs".to_owned(), datatypes_file(facts));
    files.insert("mod.rs".to_owned(), index_file(facts));
    files
}

fn index_file(facts: &Facts) -> String {
    let mut text = format!("{HEADER}//! The structure of OSCAL {} as constant data.\n\n", facts.version);
    for module in modules(facts) {
        let _ = writeln!(text, "mod {module};");
    }
    text.push_str("mod constraints;\nmod datatypes;\n\n");
    text.push_str("pub use constraints::DECLARATIONS;\npub use datatypes::Datatype;\n\nuse super::Root;\n\n");
    text.push_str("/// The models by their key at the root of a document.\npub static ROOTS: &[Root] = &[\n");
    for object in facts.used() {
        if let Some(root) = &object.root {
            let path = format!("{}::{}", object.module, screaming(&object.type_name));
            let _ = writeln!(text, "Root {{ key: {root:?}, definition: &{path} }},");
        }
    }
    text.push_str("];\n");
    text
}

fn module_file(facts: &Facts, module: &str) -> String {
    let title = module.replace('_', "-");
    let mut text = format!("{HEADER}//! Structure of the {title} module of OSCAL {}.\n\n", facts.version);
    let mut body = String::new();
    for object in facts.used().filter(|object| object.module == module) {
        body.push('\n');
        body.push_str(&definition(facts, object));
    }
    let names = [
        "ANY",
        "Choice",
        "Datatype",
        "Definition",
        "OPTIONAL",
        "Property",
        "REQUIRED",
        "Range",
        "Role",
        "SOME",
    ];
    let used: Vec<&str> = names.into_iter().filter(|name| uses(&body, name)).collect();
    let _ = writeln!(text, "use super::constraints;\nuse crate::schema::{{{}}};", used.join(", "));
    text + &body
}

fn uses(body: &str, name: &str) -> bool {
    body.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|word| word == name)
}

fn definition(facts: &Facts, object: &Object) -> String {
    let mut text = format!(
        "pub(super) static {}: Definition = Definition {{\nname: {:?},\nproperties: &[\n",
        screaming(&object.type_name),
        object.name
    );
    for property in &object.properties {
        let _ = writeln!(text, "{},", property_of(facts, object, property));
    }
    text.push_str("],\nchoices: &[");
    for choice in &object.choices {
        let _ =
            write!(text, "Choice {{ required: {}, properties: &{:?} }},", choice.required, choice.properties);
    }
    let _ =
        writeln!(text, "],\ndeclaration: &{},\n}};", declaration(facts, &object.place).unwrap_or_default());
    text
}

/// The constant of the constraints of the definition at `place`.
fn declaration(facts: &Facts, place: &Path) -> Option<String> {
    let declared = facts.declared.get(place)?;
    Some(format!("constraints::{}::{}", declared.module, declared.constant()))
}

fn property_of(facts: &Facts, object: &Object, property: &Property) -> String {
    let role = pascal(&property.role);
    let range = match (property.min, property.max) {
        (0, Some(1)) => "OPTIONAL".to_owned(),
        (1, Some(1)) => "REQUIRED".to_owned(),
        (0, None) => "ANY".to_owned(),
        (1, None) => "SOME".to_owned(),
        (min, max) => format!("Range {{ min: {min}, max: {max:?} }}"),
    };
    let start = format!("Property::{}(Role::{role}, {:?}", holds(&property.holds), property.json);
    let mut text = match &property.holds {
        Holds::Scalar(datatype) => format!("{start}, Datatype::{}, {range})", pascal(datatype)),
        Holds::Object(index) => {
            let held = facts.objects.get(*index).map(|held| path_of(object, held));
            format!("{start}, &{}, {range})", held.unwrap_or_default())
        }
    };
    if property.xml != property.json {
        let _ = write!(text, ".named({:?})", property.xml);
    }
    match property.group.as_deref() {
        Some("singleton-or-array") => text.push_str(".singleton_or_array()"),
        Some(_) => text.push_str(".array()"),
        None => {}
    }
    if let Some(layout) = &property.layout {
        let _ = write!(text, ".{layout}()");
    }
    if matches!(property.holds, Holds::Scalar(_)) && !property.values.is_empty() {
        let _ = write!(text, ".one_of(&{:?})", property.values);
    }
    if matches!(property.holds, Holds::Scalar(_))
        && property.role != "value"
        && let Some(constant) = declaration(facts, &property.place)
    {
        let _ = write!(text, ".declared(&{constant})");
    }
    text
}

fn holds(holds: &Holds) -> &'static str {
    match holds {
        Holds::Scalar(_) => "scalar",
        Holds::Object(_) => "object",
    }
}

fn path_of(from: &Object, object: &Object) -> String {
    let name = screaming(&object.type_name);
    if from.module == object.module { name } else { format!("super::{}::{name}", object.module) }
}

fn screaming(type_name: &str) -> String {
    let mut name = String::new();
    for c in type_name.chars() {
        if c.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(c.to_ascii_uppercase());
    }
    name
}

fn datatypes_file(facts: &Facts) -> String {
    let arms = |arm: &dyn Fn(&Node) -> String| -> String {
        let mut arms: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for node in &facts.datatypes {
            arms.entry(arm(node)).or_default().push(format!("Self::{}", pascal(&node.name)));
        }
        let arms = arms.iter().map(|(value, variants)| format!("{} => {value},\n", variants.join(" | ")));
        arms.collect::<Vec<_>>().concat()
    };
    let variants =
        facts.datatypes.iter().map(|node| format!("/// `{}`\n{},\n", node.name, pascal(&node.name)));
    let variants = variants.collect::<Vec<_>>().concat();
    let names = arms(&|node| format!("{:?}", node.name));
    let json = arms(&|node| format!("JsonType::{}", pascal(json_type(facts, node))));
    let patterns = arms(&|node| format!("{:?}", inherited(facts, node, "pattern")));
    let minima =
        arms(&|node| format!("{:?}", inherited(facts, node, "minimum").and_then(|n| n.parse::<i64>().ok())));
    format!(
        "{HEADER}//! The datatypes of OSCAL {}, with the patterns of the published JSON schema.\n\n\
         use crate::schema::JsonType;\n\n\
         /// A datatype of flags and fields.\n#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\n\
         pub enum Datatype {{\n{variants}}}\n\n\
         impl Datatype {{\n\
         /// Name in the Metaschema.\npub const fn name(self) -> &'static str {{\nmatch self {{\n{names}}}\n}}\n\n\
         /// JSON type of a value.\npub const fn json(self) -> JsonType {{\nmatch self {{\n{json}}}\n}}\n\n\
         /// Regular expression of a value, in the dialect of JSON schema.\n\
         pub const fn pattern(self) -> Option<&'static str> {{\nmatch self {{\n{patterns}}}\n}}\n\n\
         /// Least value of a number.\npub const fn minimum(self) -> Option<i64> {{\nmatch self {{\n{minima}}}\n}}\n\
         }}\n",
        facts.version
    )
}

fn json_type<'a>(facts: &'a Facts, node: &'a Node) -> &'a str {
    inherited(facts, node, "json").unwrap_or("string")
}

/// An attribute of a datatype or of the one it is based on.
fn inherited<'a>(facts: &'a Facts, node: &'a Node, key: &str) -> Option<&'a str> {
    let base = node.get("base").and_then(|base| facts.datatypes.iter().find(|other| other.name == base));
    node.get(key).or_else(|| base.and_then(|base| inherited(facts, base, key)))
}
