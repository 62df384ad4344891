//! The resolved catalog, as far as a report needs it.

use std::collections::BTreeMap;

use probity_oscal::model::catalog::{Catalog, Control, Group};
use probity_oscal::model::control::{Parameter, Part};
use probity_oscal::model::metadata::Property;

use super::markup;
use super::props;
use super::report::Prose;

/// A catalog, flattened in its order.
#[derive(Debug, Default)]
pub(crate) struct CatalogIndex {
    /// The catalog's title.
    pub(crate) title: Option<String>,
    /// Its outermost groups.
    pub(crate) groups: Vec<GroupEntry>,
    /// Its controls.
    pub(crate) controls: Vec<ControlEntry>,
    positions: BTreeMap<String, usize>,
    parts: BTreeMap<String, usize>,
}

/// An outermost group.
#[derive(Debug)]
pub(crate) struct GroupEntry {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) title: String,
}

/// A control.
#[derive(Debug)]
pub(crate) struct ControlEntry {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) title: String,
    /// Id of the outermost group.
    pub(crate) group: String,
    /// Printed id and title of the control that holds it.
    pub(crate) parent: Option<String>,
    /// Whether it can be met or missed on its own.
    pub(crate) counts: bool,
    pub(crate) statement: Vec<Prose>,
    pub(crate) title_only: bool,
}

/// Id of the group that stands for controls outside any group.
pub(crate) const UNGROUPED: &str = "ungrouped";

impl CatalogIndex {
    /// Flattens `catalog`.
    pub(crate) fn new(catalog: &Catalog) -> Self {
        let mut index = Self { title: Some(markup::line(&catalog.metadata.title)), ..Self::default() };
        let mut params = BTreeMap::new();
        collect_params(&mut params, &catalog.params);
        for group in &catalog.groups {
            index.add_group(group, &mut params);
        }
        for control in &catalog.controls {
            index.add_control(control, UNGROUPED, None, &mut params);
        }
        index
    }

    /// The control with this id.
    pub(crate) fn control(&self, id: &str) -> Option<&ControlEntry> {
        self.positions.get(id).and_then(|at| self.controls.get(*at))
    }

    /// Position of the control in the catalog; unknown ones come last.
    pub(crate) fn position(&self, id: &str) -> usize {
        self.positions.get(id).copied().unwrap_or(usize::MAX)
    }

    /// The control that the part (statement, objective) with this id belongs to.
    pub(crate) fn control_of_part(&self, part: &str) -> Option<&str> {
        self.parts.get(part).and_then(|at| self.controls.get(*at)).map(|control| control.id.as_str())
    }

    fn add_group(&mut self, group: &Group, params: &mut BTreeMap<String, String>) {
        let id = group.id.clone().unwrap_or_else(|| group.title.clone());
        let label = label(&group.props).unwrap_or_else(|| id.to_uppercase());
        self.groups.push(GroupEntry { id: id.clone(), label, title: markup::line(&group.title) });
        self.add_members(group, &id, params);
    }

    fn add_members(&mut self, group: &Group, outermost: &str, params: &mut BTreeMap<String, String>) {
        collect_params(params, &group.params);
        for control in &group.controls {
            self.add_control(control, outermost, None, params);
        }
        for inner in &group.groups {
            self.add_members(inner, outermost, params);
        }
    }

    fn add_control(
        &mut self,
        control: &Control,
        group: &str,
        parent: Option<&str>,
        params: &mut BTreeMap<String, String>,
    ) {
        collect_params(params, &control.params);
        let label = label(&control.props).unwrap_or_else(|| control.id.to_uppercase());
        let at = self.controls.len();
        self.positions.insert(control.id.clone(), at);
        self.add_parts(&control.parts, at);
        let own_name = format!("{label} {}", markup::line(&control.title));
        self.controls.push(ControlEntry {
            id: control.id.clone(),
            label,
            title: markup::line(&control.title),
            group: group.to_owned(),
            parent: parent.map(str::to_owned),
            counts: counts_on_its_own(control),
            statement: statement(control, params),
            title_only: is_title_only(control),
        });
        for inner in &control.controls {
            self.add_control(inner, group, Some(&own_name), params);
        }
    }

    fn add_parts(&mut self, parts: &[Part], control: usize) {
        for part in parts {
            if let Some(id) = &part.id {
                self.parts.insert(id.clone(), control);
            }
            self.add_parts(&part.parts, control);
        }
    }
}

/// Whether a control can be met or missed on its own: it is not withdrawn, and not only a heading of requirements.
fn counts_on_its_own(control: &Control) -> bool {
    let heading = control.controls.iter().any(|inner| inner.class.as_deref() == Some("requirement"));
    let withdrawn =
        props::prop(&control.props, "status").is_some_and(|s| s.eq_ignore_ascii_case("withdrawn"));
    !heading && !withdrawn
}

fn label(props: &[Property]) -> Option<String> {
    let plain = props.iter().find(|prop| prop.name == "label" && prop.class.is_none());
    plain.or_else(|| props.iter().find(|prop| prop.name == "label")).map(|prop| prop.value.clone())
}

fn is_title_only(control: &Control) -> bool {
    control.parts.iter().any(|part| props::prop(&part.props, "text") == Some("title-only"))
}

fn statement(control: &Control, params: &BTreeMap<String, String>) -> Vec<Prose> {
    let mut lines = Vec::new();
    for part in control.parts.iter().filter(|part| part.name == "statement") {
        add_prose(part, 0, params, &mut lines);
    }
    lines
}

fn add_prose(part: &Part, depth: usize, params: &BTreeMap<String, String>, lines: &mut Vec<Prose>) {
    let text = part.prose.as_deref().map(|prose| insert_params(prose, params)).unwrap_or_default();
    let label = label(&part.props);
    if !text.is_empty() || label.is_some() {
        lines.push(Prose { depth, label, text });
    }
    for inner in &part.parts {
        add_prose(inner, depth + 1, params, lines);
    }
}

fn collect_params(into: &mut BTreeMap<String, String>, params: &[Parameter]) {
    for param in params {
        let text = if param.values.is_empty() {
            let choice = param.select.as_ref().map(|select| select.choice.join(" or "));
            let named = param.label.clone().or(choice).unwrap_or_else(|| param.id.clone());
            format!("[{named}]")
        } else {
            param.values.join(", ")
        };
        let text = insert_params(&text, into);
        into.insert(param.id.clone(), text);
    }
}

/// Fills in `{{ insert: param, id }}` (OSCAL markup). Unknown parameters stay as they are.
fn insert_params(prose: &str, params: &BTreeMap<String, String>) -> String {
    let mut text = String::new();
    let mut rest = prose;
    while let Some((before, after)) = rest.split_once("{{") {
        text.push_str(before);
        let Some((inside, tail)) = after.split_once("}}") else {
            text.push_str("{{");
            rest = after;
            break;
        };
        match inside.split_once("param,").and_then(|(_, id)| params.get(id.trim())) {
            Some(value) => text.push_str(value),
            None => text.extend(["{{", inside, "}}"]),
        }
        rest = tail;
    }
    text.push_str(rest);
    text
}
