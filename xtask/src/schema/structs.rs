//! Writes the Rust types: one file per module, plain structs with serde.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::facts::{Facts, Holds, Object, Property};

/// First line of every generated file.
pub(crate) const HEADER: &str =
    "// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.\n";

/// The files of the model, by file name.
pub(crate) fn write(facts: &Facts) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for module in modules(facts) {
        files.insert(format!("{module}.rs"), module_file(facts, &module));
    }
    files.insert("document.rs".to_owned(), document_file(facts));
    files.insert("mod.rs".to_owned(), index_file(facts));
    files
}

/// The Rust modules in order of name.
pub(crate) fn modules(facts: &Facts) -> Vec<String> {
    let mut modules: Vec<String> = facts.used().map(|object| object.module.clone()).collect();
    modules.sort();
    modules.dedup();
    modules
}

fn index_file(facts: &Facts) -> String {
    let mut text =
        format!("{HEADER}//! The OSCAL {} models as plain structs, one file per module.\n\n", facts.version);
    for module in modules(facts) {
        let _ = writeln!(text, "pub mod {module};");
    }
    text.push_str("mod decimal;\nmod document;\nmod singleton_or_array;\n\n");
    text.push_str("pub use decimal::Decimal;\npub use document::{Model, OscalDocument};\n");
    for object in roots(facts) {
        let _ = writeln!(text, "pub use {}::{};", object.module, object.type_name);
    }
    let _ = write!(
        text,
        "\n/// Release of OSCAL that the types follow and that new documents name.\n\
         pub const OSCAL_VERSION: &str = {:?};\n\n\
         /// XML namespace of OSCAL documents.\npub const XML_NAMESPACE: &str = {:?};\n",
        facts.version, facts.namespace
    );
    text
}

fn roots(facts: &Facts) -> impl Iterator<Item = &Object> {
    facts.used().filter(|object| object.root.is_some())
}

fn module_file(facts: &Facts, module: &str) -> String {
    let title = module.replace('_', "-");
    let mut text = format!("{HEADER}//! Types of the {title} module of OSCAL {}.\n\n", facts.version);
    text.push_str("use serde::{Deserialize, Serialize};\n");
    for object in facts.used().filter(|object| object.module == module) {
        text.push('\n');
        text.push_str(&structure(facts, object));
    }
    text
}

fn structure(facts: &Facts, object: &Object) -> String {
    let what = if object.kind == "field" { "Field" } else { "Assembly" };
    let mut text =
        format!("/// {what} `{}` of the {} module.\n", object.name, object.module.replace('_', "-"));
    for choice in &object.choices {
        let names = choice.properties.iter().filter_map(|index| object.properties.get(*index));
        let names: Vec<String> = names.map(|property| format!("`{}`", property.json)).collect();
        let count = if choice.required { "Exactly" } else { "At most" };
        let _ = write!(text, "///\n/// {count} one of {}.\n", names.join(", "));
    }
    text.push_str("#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]\n");
    text.push_str("#[serde(rename_all = \"kebab-case\")]\n");
    let _ = writeln!(text, "pub struct {} {{", object.type_name);
    for property in &object.properties {
        text.push_str(&member(facts, object, property));
    }
    text.push_str("}\n");
    text
}

fn member(facts: &Facts, object: &Object, property: &Property) -> String {
    let item = match &property.holds {
        Holds::Scalar(datatype) => scalar_type(datatype).to_owned(),
        Holds::Object(index) => path_of(facts, object, *index),
    };
    let name = property.json.replace('-', "_");
    let mut text = format!("    /// {}\n", describe(property));
    let (attribute, shape) = match (property.group.as_deref(), property.min) {
        (Some("array"), _) => ("default, skip_serializing_if = \"Vec::is_empty\"", format!("Vec<{item}>")),
        (Some(_), _) => (
            "default, skip_serializing_if = \"Vec::is_empty\", with = \"super::singleton_or_array\"",
            format!("Vec<{item}>"),
        ),
        (None, 0) => ("skip_serializing_if = \"Option::is_none\"", format!("Option<{item}>")),
        (None, _) => ("", item),
    };
    if !attribute.is_empty() {
        let _ = writeln!(text, "    #[serde({attribute})]");
    }
    let raw = if name == "type" { "r#" } else { "" };
    let _ = writeln!(text, "    pub {raw}{name}: {shape},");
    text
}

fn describe(property: &Property) -> String {
    let role = match property.role.as_str() {
        "flag" => "Flag",
        "assembly" => "Assembly",
        "value" => "Value",
        _ => "Field",
    };
    let datatype = match &property.holds {
        Holds::Scalar(datatype) => format!(" ({datatype})"),
        Holds::Object(_) => String::new(),
    };
    let count = match (property.min, property.max) {
        (0, Some(1)) => "optional".to_owned(),
        (1, Some(1)) => "required".to_owned(),
        (0, None) => "any number".to_owned(),
        (min, None) => format!("{min} or more"),
        (min, Some(max)) => format!("{min} to {max}"),
    };
    let default =
        property.default.as_ref().map(|value| format!(", `{value}` where absent")).unwrap_or_default();
    let deprecated = property.deprecated.as_ref().map(|release| format!(", deprecated since {release}"));
    format!("{role} `{}`{datatype}, {count}{default}{}.", property.xml, deprecated.unwrap_or_default())
}

fn scalar_type(datatype: &str) -> &'static str {
    match datatype {
        "boolean" => "bool",
        "integer" => "i64",
        "non-negative-integer" | "positive-integer" => "u64",
        "decimal" => "super::Decimal",
        _ => "String",
    }
}

fn path_of(facts: &Facts, from: &Object, index: usize) -> String {
    facts.objects.get(index).map_or_else(String::new, |object| {
        if object.module == from.module {
            object.type_name.clone()
        } else {
            format!("super::{}::{}", object.module, object.type_name)
        }
    })
}

fn document_file(facts: &Facts) -> String {
    let mut text = format!("{HEADER}//! The root of a document: one of the OSCAL models.\n\n");
    text.push_str("use serde::{Deserialize, Serialize};\nuse serde_json::Value;\n\n");
    text.push_str("use super::metadata::{BackMatter, Metadata};\n");
    text.push_str("\n/// A document: its model under its one key.\n");
    text.push_str(
        "#[derive(Clone, Debug, PartialEq, Eq, Serialize)]\n#[serde(rename_all = \"kebab-case\")]\n",
    );
    text.push_str("pub enum OscalDocument {\n");
    for object in roots(facts) {
        let root = object.root.as_deref().unwrap_or_default();
        let _ = write!(
            text,
            "/// A `{root}` document.\n{}(Box<super::{}>),\n",
            object.type_name, object.type_name
        );
    }
    text.push_str("}\n");
    text.push_str(
        "\n/// A model that may stand at the root of a document.\npub trait Model: Sized {\n\
         /// Its key at the root.\nconst ROOT: &'static str;\n\n\
         /// The model out of a document.\n///\n/// # Errors\n/// The document, where it holds another model.\n\
         fn of(document: OscalDocument) -> Result<Self, OscalDocument>;\n}\n",
    );
    text.push_str(&document_methods(facts));
    for object in roots(facts) {
        text.push_str(&conversions(object));
    }
    text
}

/// The way from a model to the document that holds it, and back.
fn conversions(object: &Object) -> String {
    let name = &object.type_name;
    let root = object.root.as_deref().unwrap_or_default();
    format!(
        "\nimpl From<super::{name}> for OscalDocument {{\n\
         fn from(model: super::{name}) -> Self {{\nSelf::{name}(Box::new(model))\n}}\n}}\n\n\
         impl Model for super::{name} {{\nconst ROOT: &'static str = {root:?};\n\n\
         fn of(document: OscalDocument) -> Result<Self, OscalDocument> {{\nmatch document {{\n\
         OscalDocument::{name}(model) => Ok(*model),\nother => Err(other),\n}}\n}}\n}}\n"
    )
}

fn document_methods(facts: &Facts) -> String {
    let arms =
        |arm: &dyn Fn(&Object) -> String| -> String { roots(facts).map(arm).collect::<Vec<_>>().concat() };
    let name = |object: &Object| object.type_name.clone();
    let root = |object: &Object| object.root.clone().unwrap_or_default();
    let access = |field: &str| arms(&|object| format!("Self::{}(model) => {field},\n", name(object)));
    let list = arms(&|object| format!("{:?},", root(object)));
    let read = arms(&|object| {
        format!("{:?} => super::{}::deserialize(model).map(Self::from),\n", root(object), name(object))
    });
    let names = arms(&|object| format!("Self::{}(_) => {:?},\n", name(object), root(object)));
    format!(
        "\nimpl OscalDocument {{\n\
         /// The keys that may stand at the root.\npub const ROOTS: &'static [&'static str] = &[{list}];\n\n\
         /// Reads the model that stands under `root`; none where `root` is no OSCAL root.\n///\n\
         /// # Errors\n/// A value that does not have the shape of the model.\n\
         pub fn from_value(root: &str, model: &Value) -> Option<Result<Self, serde_json::Error>> {{\n\
         Some(match root {{\n{read}_ => return None,\n}})\n}}\n\n\
         /// The key at the root.\npub fn root(&self) -> &'static str {{\nmatch self {{\n{names}}}\n}}\n\n\
         /// The uuid of the document.\npub fn uuid(&self) -> &str {{\nmatch self {{\n{}}}\n}}\n\n\
         /// The metadata of the document.\npub fn metadata(&self) -> &Metadata {{\nmatch self {{\n{}}}\n}}\n\n\
         /// The back matter of the document.\npub fn back_matter(&self) -> Option<&BackMatter> {{\nmatch self {{\n{}}}\n}}\n\
         }}\n",
        access("&model.uuid"),
        access("&model.metadata"),
        access("model.back_matter.as_ref()"),
    )
}
