//! A catalog: JSON with categories of controls, which may have controls of their own and link metrics.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use probity_diagnostics::{Diagnostic, Diagnostics, Location, Pointer, TreePath};
use probity_oscal::{OSCAL_VERSION, PROBITY_NS, uuid5};
use serde_json::{Map, Value, json};

use super::names::token;
use super::{FORM, member, text};
use crate::codes;

/// Controls inside controls that are followed.
const MAX_DEPTH: usize = 16;

/// A catalog with the metrics that its controls link.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalog {
    /// Its id as written.
    pub id: String,
    /// The name of its file here.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Where it was read.
    pub file: TreePath,
    /// How many controls it has.
    pub controls: usize,
    /// The metrics that controls link, in the order of controls.
    pub links: Vec<Link>,
    description: Option<String>,
    levels: Vec<String>,
    groups: Vec<Value>,
}

/// A link from a control to a metric.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The OSCAL id of the control.
    pub control: String,
    /// The id of the metric, which may be its name.
    pub metric: String,
    /// Its name, where the link has one.
    pub name: Option<String>,
    /// Where the link stands.
    pub at: Location,
}

impl Catalog {
    /// The OSCAL catalog.
    pub fn document(&self, last_modified: Timestamp) -> Value {
        let mut remarks = format!("Imported from the catalog `{}` in the format of Clouditor.", self.id);
        if let Some(description) = &self.description {
            remarks = format!("{description}\n\n{remarks}");
        }
        if !self.levels.is_empty() {
            remarks = format!("{remarks} Assurance levels: {}.", self.levels.join(", "));
        }
        json!({ "catalog": {
            "uuid": uuid5(&["clouditor", "catalog", &self.id]),
            "metadata": {
                "title": self.name,
                "last-modified": last_modified.to_string(),
                "version": "1.0.0",
                "oscal-version": OSCAL_VERSION,
                "remarks": remarks,
            },
            "groups": self.groups,
        }})
    }
}

/// Whether a JSON object is a catalog.
pub(super) fn is_catalog(value: &Value) -> bool {
    let has_list = |key: &str| value.get(key).is_some_and(Value::is_array);
    value.get("id").is_some()
        && (has_list("categories") || (has_list("controls") && value.get("name").is_some()))
}

/// Reads a catalog.
pub(super) fn read(
    file: &TreePath,
    value: &Value,
    at: &Pointer,
    findings: &mut Diagnostics,
) -> Option<Catalog> {
    let Some(id) = text(value, &["id"]) else {
        let finding = Diagnostic::error(FORM, "the catalog has no `id`: it is left out");
        findings.push(finding.at(Location::value(file, at)));
        return None;
    };
    let slug = token(text(value, &["shortName", "short_name"]).unwrap_or(id));
    let mut reading = Reading { file, slug: &slug, ids: BTreeMap::new(), links: Vec::new(), findings };
    let mut groups = Vec::new();
    let categories = value.get("categories").and_then(Value::as_array);
    for (index, category) in categories.into_iter().flatten().enumerate() {
        groups.extend(reading.category(category, &at.key("categories").index(index)));
    }
    groups.extend(reading.flat(value, &at.key("controls")));
    let (controls, links) = (reading.ids.len(), reading.links);
    if controls == 0 {
        let finding = Diagnostic::error(FORM, format!("the catalog `{id}` has no controls: it is left out"));
        findings.push(finding.at(Location::value(file, at)));
        return None;
    }
    let levels = member(value, &["assuranceLevels", "assurance_levels"]).and_then(Value::as_array);
    Some(Catalog {
        id: id.to_owned(),
        name: text(value, &["name"]).unwrap_or(id).to_owned(),
        file: file.clone(),
        controls,
        links,
        description: text(value, &["description"]).map(str::to_owned),
        levels: levels.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect(),
        groups,
        slug,
    })
}

struct Reading<'a> {
    file: &'a TreePath,
    slug: &'a str,
    /// Ids with the place of their control.
    ids: BTreeMap<String, Pointer>,
    links: Vec<Link>,
    findings: &'a mut Diagnostics,
}

impl Reading<'_> {
    fn category(&mut self, category: &Value, at: &Pointer) -> Option<Value> {
        let name = text(category, &["name"]).unwrap_or("Controls");
        let controls = self.list(category.get("controls"), &at.key("controls"), MAX_DEPTH);
        if controls.is_empty() {
            return None;
        }
        Some(self.group(name, text(category, &["description"]), controls))
    }

    fn group(&self, name: &str, description: Option<&str>, controls: Vec<Value>) -> Value {
        let mut group = Map::new();
        group.insert("id".into(), json!(self.group_id(name)));
        group.insert("class".into(), json!("category"));
        group.insert("title".into(), json!(name));
        if let Some(description) = description {
            group.insert("parts".into(), json!([{ "name": "overview", "prose": description }]));
        }
        group.insert("controls".into(), Value::Array(controls));
        Value::Object(group)
    }

    /// The name of a category as an id that no control has.
    fn group_id(&self, name: &str) -> String {
        let id = token(name);
        if self.ids.contains_key(&id) { format!("{}-{id}", self.slug) } else { id }
    }

    /// Controls that stand beside the categories and name theirs.
    fn flat(&mut self, catalog: &Value, at: &Pointer) -> Vec<Value> {
        let list = catalog.get("controls").and_then(Value::as_array);
        let list: Vec<(usize, &Value)> = list.into_iter().flatten().enumerate().collect();
        let key = |control: &Value| text(control, &["id"]).map(str::to_owned);
        let parent =
            |control: &Value| text(control, &["parentControlId", "parent_control_id"]).map(str::to_owned);
        let mut below: BTreeMap<String, Vec<(usize, &Value)>> = BTreeMap::new();
        let known: BTreeSet<String> = list.iter().filter_map(|(_, control)| key(control)).collect();
        let mut by_category: Vec<(String, Vec<Value>)> = Vec::new();
        let is_below = |control: &Value| {
            parent(control)
                .is_some_and(|parent| known.contains(&parent) && Some(&parent) != key(control).as_ref())
        };
        for (index, control) in &list {
            if let Some(parent) = parent(control).filter(|_| is_below(control)) {
                below.entry(parent).or_default().push((*index, control));
            }
        }
        for (index, control) in list.iter().filter(|(_, control)| !is_below(control)) {
            let Some(mut made) = self.control(control, &at.index(*index), MAX_DEPTH) else { continue };
            let children: Vec<Value> = key(control)
                .and_then(|id| below.remove(&id))
                .into_iter()
                .flatten()
                .filter_map(|(index, child)| self.control(child, &at.index(index), MAX_DEPTH))
                .collect();
            add_children(&mut made, children);
            let category = text(control, &["categoryName", "category_name"]).unwrap_or("Controls").to_owned();
            match by_category.iter_mut().find(|(name, _)| *name == category) {
                Some((_, controls)) => controls.push(made),
                None => by_category.push((category, vec![made])),
            }
        }
        by_category.into_iter().map(|(name, controls)| self.group(&name, None, controls)).collect()
    }

    fn list(&mut self, controls: Option<&Value>, at: &Pointer, depth: usize) -> Vec<Value> {
        let list = controls.and_then(Value::as_array).into_iter().flatten().enumerate();
        list.filter_map(|(index, control)| self.control(control, &at.index(index), depth)).collect()
    }

    fn control(&mut self, control: &Value, at: &Pointer, depth: usize) -> Option<Value> {
        let Some(label) = text(control, &["id"]) else {
            let finding = Diagnostic::error(FORM, "the control has no `id`: it is left out");
            self.findings.push(finding.at(Location::value(self.file, at)));
            return None;
        };
        let id = token(label);
        if let Some(first) = self.ids.get(&id) {
            let message = format!("there are two controls `{id}`: the second one is left out");
            self.findings.push(
                Diagnostic::error(&codes::TWICE, message)
                    .at(Location::value(self.file, &at.key("id")))
                    .also(Location::value(self.file, &first.key("id")), "the first one"),
            );
            return None;
        }
        self.ids.insert(id.clone(), at.clone());
        self.link(&id, control, at);
        let inner = if depth == 0 {
            Vec::new()
        } else {
            self.list(control.get("controls"), &at.key("controls"), depth - 1)
        };
        let title = text(control, &["name"]).unwrap_or(label);
        let mut props = vec![json!({ "name": "label", "value": one_line(label) })];
        if let Some(level) = text(control, &["assuranceLevel", "assurance_level"]) {
            props.push(json!({ "name": "assurance-level", "ns": PROBITY_NS, "value": one_line(level) }));
        }
        let class = if inner.is_empty() { "requirement" } else { "control" };
        let mut made = json!({
            "id": id,
            "class": class,
            "title": one_line(title),
            "props": props,
            "parts": [statement(&id, title, text(control, &["description"]))],
        });
        add_children(&mut made, inner);
        Some(made)
    }

    fn link(&mut self, control: &str, value: &Value, at: &Pointer) {
        let metrics = value.get("metrics").and_then(Value::as_array);
        for (index, metric) in metrics.into_iter().flatten().enumerate() {
            let name = text(metric, &["name"]);
            let Some(id) = metric.as_str().or_else(|| text(metric, &["id"])).or(name) else { continue };
            self.links.push(Link {
                control: control.to_owned(),
                metric: id.to_owned(),
                name: name.map(str::to_owned),
                at: Location::value(self.file, &at.key("metrics").index(index)),
            });
        }
    }
}

fn add_children(control: &mut Value, children: Vec<Value>) {
    if let (Value::Object(members), false) = (control, children.is_empty()) {
        members.insert("class".into(), json!("control"));
        members.insert("controls".into(), Value::Array(children));
    }
}

/// The statement of a control: its description, else its title with a mark that there is no text.
fn statement(id: &str, title: &str, description: Option<&str>) -> Value {
    let part = format!("{id}_smt");
    match description {
        Some(description) => json!({ "id": part, "name": "statement", "prose": description }),
        None => json!({
            "id": part,
            "name": "statement",
            "props": [{ "name": "text", "ns": PROBITY_NS, "value": "title-only" }],
            "prose": title,
        }),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Leaves out catalogs that would be written to the file of another one.
pub(super) fn settle_names(catalogs: &mut Vec<Catalog>, findings: &mut Diagnostics) {
    let mut taken: BTreeMap<String, TreePath> = BTreeMap::new();
    catalogs.retain(|catalog| {
        if let Some(first) = taken.get(&catalog.slug) {
            let message = format!("there are two catalogs `{}`: the second one is left out", catalog.slug);
            findings.push(
                Diagnostic::error(&codes::TWICE, message)
                    .at(Location::file(&catalog.file))
                    .also(Location::file(first), "the first one"),
            );
            return false;
        }
        taken.insert(catalog.slug.clone(), catalog.file.clone());
        true
    });
}
