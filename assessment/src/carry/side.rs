//! The controls of a resource that a mapping is about.

use std::collections::BTreeMap;

use probity_oscal::model::Catalog;
use probity_oscal::model::catalog::Control;
use probity_oscal::model::control::Part;

use crate::compile::{controls, label};

/// The controls of a catalog or profile, as one side of a mapping names them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Side {
    controls: BTreeMap<String, Shape>,
    /// Control and whether it is the whole statement, by id of the part.
    statements: BTreeMap<String, (String, bool)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Shape {
    name: String,
    requirements: Vec<String>,
}

impl Side {
    /// The controls of `catalog`; of a profile, those of the catalog that it resolves to.
    pub fn of(catalog: &Catalog) -> Self {
        let mut side = Self::default();
        for control in controls(catalog) {
            let shape = Shape { name: name(control), requirements: requirements(control) };
            side.controls.insert(control.id.clone(), shape);
            for part in control.parts.iter().filter(|part| part.name == "statement") {
                side.add_statement(part, &control.id, true);
            }
        }
        side
    }

    fn add_statement(&mut self, part: &Part, control: &str, whole: bool) {
        if let Some(id) = &part.id {
            self.statements.insert(id.clone(), (control.to_owned(), whole));
        }
        part.parts.iter().for_each(|part| self.add_statement(part, control, false));
    }

    /// Ids of all controls.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.controls.keys().map(String::as_str)
    }

    /// Ids of all statements and their items.
    pub(super) fn statement_ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.statements.keys().map(String::as_str)
    }

    /// The control that a statement belongs to, and whether it is all of its statement.
    pub(super) fn statement(&self, id: &str) -> Option<(&str, bool)> {
        self.statements.get(id).map(|(control, whole)| (control.as_str(), *whole))
    }

    /// Whether there is such a control.
    pub(super) fn has(&self, control: &str) -> bool {
        self.controls.contains_key(control)
    }

    /// Printed id and title of a control.
    pub(super) fn name(&self, control: &str) -> &str {
        self.controls.get(control).map_or("", |shape| shape.name.as_str())
    }

    /// Ids of the requirements that a control is a heading of; none where it can be met or missed on its own.
    pub(super) fn requirements(&self, control: &str) -> &[String] {
        self.controls.get(control).map(|shape| shape.requirements.as_slice()).unwrap_or_default()
    }
}

fn name(control: &Control) -> String {
    let label = label(control);
    format!("{label} {}", control.title)
}

fn requirements(control: &Control) -> Vec<String> {
    let inner = control.controls.iter().filter(|inner| inner.class.as_deref() == Some("requirement"));
    let of = |inner: &Control| {
        let deeper = requirements(inner);
        if deeper.is_empty() { vec![inner.id.clone()] } else { deeper }
    };
    inner.flat_map(of).collect()
}
