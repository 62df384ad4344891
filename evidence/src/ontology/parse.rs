use std::collections::BTreeMap;
use std::sync::Arc;

use probity_diagnostics::{Diagnostic, Diagnostics, Location, Pointer, Step, TreePath, nearest};
use serde_json::{Map, Value};

use super::{Definition, Ontology, Property, PropertyType, TypeName};
use crate::codes;

/// Names that every resource has beside its properties.
const RESERVED: [&str; 4] = ["id", "name", "type", "related"];

/// Reads an ontology out of a document.
pub(super) fn parse(document: &Value, path: &TreePath) -> Step<Ontology> {
    let mut reading = Reading { path, prefix: None, findings: Diagnostics::new() };
    let root = Pointer::root();
    let Some(members) = reading.object(document, &root) else { return Err(reading.findings) };
    reading.known_keys(members, &root, &["ontology", "version", "prefix", "resource-types", "features"]);
    if members.contains_key("prefix") {
        reading.prefix = reading.text(members, &root, "prefix").map(str::to_owned);
    }
    let uri = reading.text(members, &root, "ontology").unwrap_or_default().to_owned();
    let version = reading.text(members, &root, "version").unwrap_or_default().to_owned();
    let features = reading.section(members, "features");
    let types = reading.section(members, "resource-types");
    reading.check_property_types(&types, &types, &features);
    reading.check_property_types(&features, &types, &features);
    let types = reading.flatten(&types);
    let features = reading.flatten(&features);
    let label = Property {
        name: "*".to_owned(),
        value_type: PropertyType::String,
        description: "The text of one label.".to_owned(),
        declared_by: TypeName::from("labels"),
    };
    reading.findings.unless_errors(Ontology { uri, version, types, features, label, beside: Vec::new() })
}

/// A type as it is written, before it inherits.
struct Written {
    pointer: Pointer,
    extends: Option<TypeName>,
    is_abstract: bool,
    description: String,
    properties: BTreeMap<String, Arc<Property>>,
}

type Section = BTreeMap<TypeName, Written>;

struct Reading<'a> {
    path: &'a TreePath,
    /// What the names of all types and features begin with.
    prefix: Option<String>,
    findings: Diagnostics,
}

impl Reading<'_> {
    /// The full name of a type or feature that is written without its prefix.
    fn full(&self, name: &str) -> TypeName {
        match &self.prefix {
            Some(prefix) => TypeName::from(format!("{prefix}:{name}").as_str()),
            None => TypeName::from(name),
        }
    }

    /// The type of a property, with the full names of what it names.
    fn full_type(&self, value_type: PropertyType) -> PropertyType {
        match value_type {
            PropertyType::Feature(name) => PropertyType::Feature(self.full(name.as_str())),
            PropertyType::Reference(name) => PropertyType::Reference(self.full(name.as_str())),
            PropertyType::List(element) => PropertyType::List(Box::new(self.full_type(*element))),
            simple => simple,
        }
    }

    fn form(&mut self, at: &Pointer, message: impl Into<String>) {
        let finding = Diagnostic::error(&codes::ONTOLOGY_FORM, message);
        self.findings.push(finding.at(Location::value(self.path, at)));
    }

    fn object<'v>(&mut self, value: &'v Value, at: &Pointer) -> Option<&'v Map<String, Value>> {
        if value.as_object().is_none() {
            self.form(at, "a mapping belongs here");
        }
        value.as_object()
    }

    fn text<'v>(&mut self, members: &'v Map<String, Value>, at: &Pointer, key: &str) -> Option<&'v str> {
        let text = members.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
        if text.is_none() {
            self.form(&at.key(key), format!("`{key}` is missing or no text"));
        }
        text
    }

    fn known_keys(&mut self, members: &Map<String, Value>, at: &Pointer, known: &[&str]) {
        for key in members.keys().filter(|key| !known.contains(&key.as_str())) {
            let finding = Diagnostic::error(&codes::ONTOLOGY_FORM, format!("`{key}` is not known here"))
                .at(Location::key(self.path, &at.key(key)));
            self.findings.push(match nearest(key, known.iter().copied()) {
                Some(meant) => finding.help(format!("did you mean `{meant}`?")),
                None => finding,
            });
        }
    }

    fn section(&mut self, document: &Map<String, Value>, key: &str) -> Section {
        let at = Pointer::root().key(key);
        let Some(value) = document.get(key) else {
            self.form(&Pointer::root(), format!("`{key}` is missing"));
            return Section::new();
        };
        let Some(members) = self.object(value, &at) else { return Section::new() };
        let mut section = Section::new();
        for (name, value) in members {
            let pointer = at.key(name);
            if !name.starts_with(|c: char| c.is_ascii_uppercase()) {
                self.form(&pointer, format!("the name `{name}` does not begin with a capital"));
            }
            let name = self.full(name);
            let is_resource = key == "resource-types";
            if let Some(written) = self.definition(&name, value, pointer, is_resource) {
                section.insert(name, written);
            }
        }
        section
    }

    fn definition(
        &mut self,
        name: &TypeName,
        value: &Value,
        pointer: Pointer,
        is_resource: bool,
    ) -> Option<Written> {
        let members = self.object(value, &pointer)?;
        self.known_keys(members, &pointer, &["abstract", "extends", "description", "properties"]);
        let is_abstract = match members.get("abstract") {
            None => false,
            Some(Value::Bool(flag)) => *flag,
            Some(_) => {
                self.form(&pointer.key("abstract"), "`abstract` is neither true nor false");
                false
            }
        };
        let extends = match members.get("extends") {
            None => None,
            Some(_) => self.text(members, &pointer, "extends").map(|parent| self.full(parent)),
        };
        let description = members.get("description").and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut properties = BTreeMap::new();
        if let Some(value) = members.get("properties") {
            let at = pointer.key("properties");
            for (key, value) in self.object(value, &at).into_iter().flatten() {
                let at = at.key(key);
                if is_resource && RESERVED.contains(&key.as_str()) {
                    let message = format!("every resource has `{key}` already");
                    let finding = Diagnostic::error(&codes::PROPERTY_REDEFINED, message);
                    self.findings.push(finding.at(Location::key(self.path, &at)));
                }
                if let Some(property) = self.property(name, key, value, &at) {
                    properties.insert(key.clone(), Arc::new(property));
                }
            }
        }
        Some(Written { pointer, extends, is_abstract, description, properties })
    }

    fn property(&mut self, owner: &TypeName, name: &str, value: &Value, at: &Pointer) -> Option<Property> {
        let (notation, at, description) = if let Value::String(notation) = value {
            (notation.as_str(), at.clone(), "")
        } else {
            let members = self.object(value, at)?;
            self.known_keys(members, at, &["type", "description"]);
            let description = members.get("description").and_then(Value::as_str).unwrap_or_default();
            (self.text(members, at, "type")?, at.key("type"), description)
        };
        match PropertyType::parse(notation) {
            Ok(value_type) => Some(Property {
                name: name.to_owned(),
                value_type: self.full_type(value_type),
                description: description.to_owned(),
                declared_by: owner.clone(),
            }),
            Err(error) => {
                self.unknown_type(
                    &at,
                    error.to_string(),
                    nearest(notation, PropertyType::simple_notations()),
                );
                None
            }
        }
    }

    fn unknown_type(&mut self, at: &Pointer, message: String, meant: Option<&str>) {
        let finding = Diagnostic::error(&codes::UNKNOWN_PROPERTY_TYPE, message);
        let finding = finding.at(Location::value(self.path, at));
        self.findings.push(match meant {
            Some(meant) => finding.help(format!("did you mean `{meant}`?")),
            None => finding,
        });
    }

    /// Looks up the features and reference targets that properties name.
    fn check_property_types(&mut self, section: &Section, types: &Section, features: &Section) {
        for written in section.values() {
            for (key, property) in &written.properties {
                let (what, name, known) = match property.value_type.element() {
                    PropertyType::Feature(name) => ("feature", name, features),
                    PropertyType::Reference(name) => ("resource type", name, types),
                    _ => continue,
                };
                if !known.contains_key(name) {
                    let at = written.pointer.key("properties").key(key);
                    let meant = nearest(name.as_str(), known.keys().map(TypeName::as_str));
                    self.unknown_type(&at, format!("there is no {what} `{name}`"), meant);
                }
            }
        }
    }

    /// Gives every type the properties of its ancestors.
    fn flatten(&mut self, section: &Section) -> BTreeMap<TypeName, Definition> {
        let lineages: Vec<Vec<TypeName>> = section.keys().map(|name| self.lineage(name, section)).collect();
        let mut definitions = BTreeMap::new();
        for (lineage, (name, written)) in lineages.into_iter().zip(section) {
            let mut properties = BTreeMap::new();
            for ancestor in lineage.iter().rev().filter_map(|name| section.get(name)) {
                properties.extend(ancestor.properties.clone());
            }
            self.check_redefinitions(&lineage, written, section);
            let definition = Definition {
                lineage,
                is_abstract: written.is_abstract,
                description: written.description.clone(),
                properties,
            };
            definitions.insert(name.clone(), definition);
        }
        definitions
    }

    fn lineage(&mut self, name: &TypeName, section: &Section) -> Vec<TypeName> {
        let mut lineage = vec![name.clone()];
        let mut last = section.get(name);
        while let Some((written, parent)) = last.and_then(|w| Some((w, w.extends.as_ref()?))) {
            let at = written.pointer.key("extends");
            if parent == name {
                self.findings.push(
                    Diagnostic::error(&codes::CYCLE, format!("`{name}` is among its own ancestors"))
                        .at(Location::value(self.path, &at)),
                );
                break;
            }
            if lineage.contains(parent) {
                break; // a circle further up, reported where it is closed
            }
            let next = section.get(parent);
            if next.is_none() && lineage.len() == 1 {
                self.unknown_parent(parent, &at, section);
            }
            if next.is_some() {
                lineage.push(parent.clone());
            }
            last = next;
        }
        lineage
    }

    fn unknown_parent(&mut self, parent: &TypeName, at: &Pointer, section: &Section) {
        let finding =
            Diagnostic::error(&codes::UNKNOWN_PARENT, format!("there is no type `{parent}` to extend"))
                .at(Location::value(self.path, at));
        self.findings.push(match nearest(parent.as_str(), section.keys().map(TypeName::as_str)) {
            Some(meant) => finding.help(format!("did you mean `{meant}`?")),
            None => finding,
        });
    }

    fn check_redefinitions(&mut self, lineage: &[TypeName], written: &Written, section: &Section) {
        let ancestors = lineage.iter().skip(1).filter_map(|name| section.get(name));
        let inherited: Vec<_> = ancestors.flat_map(|ancestor| &ancestor.properties).collect();
        for (key, own) in &written.properties {
            let other = inherited.iter().find(|(name, p)| *name == key && p.value_type != own.value_type);
            if let Some((_, other)) = other {
                let message = format!(
                    "`{key}` is {} here, but {} in `{}`",
                    own.value_type, other.value_type, other.declared_by
                );
                self.findings.push(
                    Diagnostic::error(&codes::PROPERTY_REDEFINED, message)
                        .at(Location::key(self.path, &written.pointer.key("properties").key(key))),
                );
            }
        }
    }
}
