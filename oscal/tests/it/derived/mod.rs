//! Every constraint of OSCAL fires: from its own data a document is made that breaks it, and a twin that does not.

mod breaks;
mod contexts;
mod growth;
mod page;
mod syntax;

use std::collections::BTreeMap;

use probity_diagnostics::TreePath;
use probity_diagnostics::document::{self, Format};
use probity_oscal::schema::{Check, Constraint, DECLARATIONS, Declaration};
use probity_oscal::structure;
use serde::Deserialize;

use crate::reference::own;
use breaks::{Twins, twins};

/// A constraint, where it stands, and its place in the order of the Metaschema.
struct Rule {
    declaration: &'static Declaration,
    constraint: &'static Constraint,
}

impl Rule {
    /// Definition, kind and id, or the target of one without id.
    fn name(&self) -> String {
        let Rule { declaration, constraint } = self;
        let id = constraint.id.unwrap_or(constraint.target);
        format!("{} {} {} {id}", declaration.module, declaration.path, constraint.check.kind())
    }

    /// Whether any value breaks it: an open set of values has none.
    fn can_be_broken(&self) -> bool {
        !matches!(self.constraint.check, Check::AllowedValues { open: true, .. })
    }

    fn twins(&self) -> Vec<Twins> {
        twins(self.declaration, self.constraint)
    }

    /// The twins that stand for it in the documentation.
    fn shown(&self) -> Option<Twins> {
        self.twins().into_iter().next()
    }
}

fn rules() -> Vec<Rule> {
    let each = |declaration: &&'static Declaration| {
        let declaration: &'static Declaration = declaration;
        declaration.constraints.iter().map(move |constraint| Rule { declaration, constraint })
    };
    DECLARATIONS.iter().flat_map(each).collect()
}

/// Constraints that no document breaks.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unbroken {
    constraint: String,
    because: String,
}

fn unbroken() -> BTreeMap<String, String> {
    let path = TreePath::parse("cases/unbroken.yaml").unwrap();
    let list = document::read(&own(), &path, Format::Yaml).unwrap().value;
    let list: Vec<Unbroken> = serde_json::from_value(list).unwrap();
    list.into_iter().map(|entry| (entry.constraint, entry.because)).collect()
}

fn file() -> TreePath {
    TreePath::parse("x.json").unwrap()
}

#[test]
fn constraints_that_can_be_broken_are_counted() {
    let rules = rules();
    assert_eq!(rules.len(), 340);
    assert_eq!(rules.iter().filter(|rule| rule.can_be_broken()).count(), 281);
}

#[test]
fn the_documents_of_constraints_have_the_right_form() {
    let mut wrong = Vec::new();
    for rule in rules() {
        for twins in rule.twins() {
            let findings = structure::validate(&twins.whole, &file());
            if !findings.is_empty() {
                wrong.push(format!("{}: {findings:?}\n{}", rule.name(), twins.whole));
            }
            assert_ne!(twins.whole, twins.broken, "{}", rule.name());
            assert!(twins.broken.pointer(&twins.place).is_some(), "{}: {}", rule.name(), twins.place);
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn at_most_ten_constraints_have_no_case() {
    let listed = unbroken();
    assert!(listed.len() <= 10, "{} are listed", listed.len());
    let mut none: Vec<String> =
        rules().iter().filter(|rule| rule.twins().is_empty()).map(Rule::name).collect();
    none.sort_unstable();
    assert_eq!(none, listed.keys().cloned().collect::<Vec<_>>());
    assert!(listed.values().all(|reason| !reason.is_empty()));
}
