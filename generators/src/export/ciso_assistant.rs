//! A library of CISO Assistant (YAML, second version of the format): the controls that were assessed as a framework, the checks as
//! reference controls that requirements point to.
//!
//! CISO Assistant takes no results of assessments: they are entered against the framework there.

use std::collections::{BTreeMap, BTreeSet};

use probity_diagnostics::{Diagnostic, Diagnostics, Location, Step};
use probity_oscal::model::Catalog;
use probity_oscal::model::catalog::{Control as OscalControl, Group};
use probity_oscal::to_yaml;
use serde_json::{Map, Value, json};

use super::closure::closure;
use super::{Export, Source, refused};
use crate::view::catalog::{CatalogIndex, ControlEntry};
use crate::view::{LoadOptions, Report};

/// Who packed the library, as its URNs say.
const PACKAGER: &str = "probity";

pub(super) fn write(source: Source<'_>) -> Step<Export> {
    let mut found = Diagnostics::new();
    let Some(closed) = found.absorb(closure(source)) else { return Err(found) };
    let options = LoadOptions { details: 0, all_details: 0, listed: 0, ..LoadOptions::default() };
    let Some(report) = found.absorb(Report::load_with(source.tree, source.results, &options)) else {
        return Err(found);
    };
    let resolved = closed.documents.iter().find(|document| document.name == "catalog.json");
    let catalog = resolved.and_then(|document| document.value.get("catalog").cloned());
    let Some(catalog) = catalog.and_then(|value| serde_json::from_value::<Catalog>(value).ok()) else {
        let message = "the results name no resolved catalog, of which a framework is made";
        let help = "build the assessment again";
        found.push(refused(message, Location::file(source.results), help));
        return Err(found);
    };
    let library = Library::of(&catalog, &report);
    let text = to_yaml(&library.value()).map_err(Diagnostic::from)?;
    // what is missing in the bundle is of no matter here
    let found: Diagnostics = found.into_iter().filter(|one| one.code != &crate::codes::EXPORT_LOSS).collect();
    found.unless_errors(Export::of("ciso-assistant.yaml", text))
}

struct Library<'a> {
    catalog: &'a Catalog,
    index: CatalogIndex,
    report: &'a Report,
    /// The last part of its URNs.
    id: String,
    /// Names of checks by control.
    checks: BTreeMap<&'a str, Vec<&'a str>>,
}

/// A text as the last part of a URN: lower case, without blanks.
fn slug(text: &str) -> String {
    let plain = text.to_lowercase();
    let parts = plain.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '_'));
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "catalog".to_owned() } else { parts.join("-") }
}

impl<'a> Library<'a> {
    fn of(catalog: &'a Catalog, report: &'a Report) -> Self {
        let mut checks: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for control in &report.controls {
            checks.insert(&control.id, control.checks.iter().map(String::as_str).collect());
        }
        let named = report.profile.as_deref().and_then(|profile| profile.rsplit('/').next());
        let named = named.map(|name| name.trim_end_matches(".yaml").trim_end_matches(".json"));
        let id = slug(named.unwrap_or(&catalog.metadata.title));
        Self { catalog, index: CatalogIndex::new(catalog), report, id, checks }
    }

    fn value(&self) -> Value {
        let metadata = &self.catalog.metadata;
        let title = self.index.title.clone().unwrap_or_default();
        let day: String = metadata.last_modified.chars().take(10).collect();
        let publisher = metadata.parties.iter().find_map(|party| party.name.clone());
        json!({
            "urn": format!("urn:{PACKAGER}:risk:library:{}", self.id),
            "locale": "en",
            "ref_id": self.id,
            "name": title,
            "description": format!("{title}, version {}.", metadata.version),
            "copyright": metadata.remarks.clone().unwrap_or_else(|| "See the publisher of the catalog.".to_owned()),
            "version": 1,
            "publication_date": day,
            "provider": publisher.unwrap_or_else(|| "not stated".to_owned()),
            "packager": PACKAGER,
            "objects": {
                "reference_controls": self.reference_controls(),
                "framework": {
                    "urn": format!("urn:{PACKAGER}:risk:framework:{}", self.id),
                    "ref_id": self.id,
                    "name": title,
                    "description": format!("{title}, version {}.", metadata.version),
                    "requirement_nodes": self.nodes(),
                },
            },
        })
    }

    fn reference_controls(&self) -> Vec<Value> {
        let used: BTreeSet<&str> = self.checks.values().flatten().copied().collect();
        let checks = self.report.checks.iter().filter(|check| used.contains(check.name.as_str()));
        let control = |check: &crate::view::Check| {
            json!({
                "urn": self.urn_of_check(&check.name),
                "ref_id": check.name,
                "name": check.title,
                "category": "technical",
                "description": check.description,
            })
        };
        checks.map(control).collect()
    }

    fn urn_of_check(&self, check: &str) -> String {
        format!("urn:{PACKAGER}:risk:function:{}:{}", self.id, slug(check))
    }

    fn nodes(&self) -> Vec<Value> {
        let mut nodes = Vec::new();
        for group in &self.catalog.groups {
            self.group(group, None, 1, &mut nodes);
        }
        for control in &self.catalog.controls {
            self.control(control, None, 1, &mut nodes);
        }
        nodes
    }

    fn urn(&self, id: &str) -> String {
        format!("urn:{PACKAGER}:risk:req_node:{}:{}", self.id, slug(id))
    }

    fn group(&self, group: &Group, parent: Option<&str>, depth: usize, nodes: &mut Vec<Value>) {
        let id = group.id.clone().unwrap_or_else(|| group.title.clone());
        let urn = self.urn(&id);
        let outer = self.index.groups.iter().find(|entry| entry.id == id);
        let label = outer.map_or_else(|| id.to_uppercase(), |entry| entry.label.clone());
        let name = crate::view::markup::line(&group.title);
        nodes.push(Value::Object(node(&urn, parent, depth, &label, &name)));
        for control in &group.controls {
            self.control(control, Some(&urn), depth + 1, nodes);
        }
        for inner in &group.groups {
            self.group(inner, Some(&urn), depth + 1, nodes);
        }
    }

    fn control(&self, control: &OscalControl, parent: Option<&str>, depth: usize, nodes: &mut Vec<Value>) {
        let Some(entry) = self.index.control(&control.id) else { return };
        let urn = self.urn(&control.id);
        let mut node = node(&urn, parent, depth, &entry.label, &entry.title);
        node.insert("assessable".to_owned(), json!(entry.counts));
        node.extend(description(entry).map(|text| ("description".to_owned(), json!(text))));
        let checks = self.checks.get(control.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        if !checks.is_empty() {
            let urns: Vec<String> = checks.iter().map(|check| self.urn_of_check(check)).collect();
            node.insert("reference_controls".to_owned(), json!(urns));
        }
        nodes.push(Value::Object(node));
        for inner in &control.controls {
            self.control(inner, Some(&urn), depth + 1, nodes);
        }
    }
}

/// A node of a framework that is a heading.
fn node(urn: &str, parent: Option<&str>, depth: usize, label: &str, name: &str) -> Map<String, Value> {
    let mut node = Map::new();
    node.insert("urn".to_owned(), json!(urn));
    node.insert("assessable".to_owned(), json!(false));
    node.insert("depth".to_owned(), json!(depth));
    node.extend(parent.map(|parent| ("parent_urn".to_owned(), json!(parent))));
    node.insert("ref_id".to_owned(), json!(label));
    node.insert("name".to_owned(), json!(name));
    node
}

/// The statement, item by item; none where the catalog holds no text beyond titles.
fn description(entry: &ControlEntry) -> Option<String> {
    let lines = entry.statement.iter().map(|item| match &item.label {
        Some(label) => format!("{}{label} {}", "  ".repeat(item.depth), item.text),
        None => format!("{}{}", "  ".repeat(item.depth), item.text),
    });
    let lines: Vec<String> = lines.collect();
    (!entry.title_only && !lines.is_empty()).then(|| lines.join("\n"))
}
