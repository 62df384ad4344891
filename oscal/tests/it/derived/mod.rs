//! Every constraint of OSCAL fires: from its own data a document is made that breaks it, and a twin that does not.

mod breaks;
mod contexts;
mod growth;
mod page;
mod syntax;

use std::collections::BTreeMap;

use probity_diagnostics::document::{self, Format};
use probity_diagnostics::{Diagnostic, Place, Severity, TreePath};
use probity_oscal::constraint::{self, DEFECTS, Defect, Remedy, Rules};
use probity_oscal::schema::{Check, Constraint, DECLARATIONS, Declaration};
use probity_oscal::structure;
use serde::Deserialize;
use serde_json::Value;

use crate::reference::own;
use breaks::{Twins, twins};

/// Places of a definition that are looked at where one would do.
const PLACES: usize = 3;

/// A constraint, and the definition that it stands at.
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

    /// What is wrong with it as published.
    fn defect(&self) -> Option<&'static Defect> {
        let Rule { declaration, constraint } = self;
        let definition = format!("{}/{}", declaration.module, declaration.path);
        DEFECTS.iter().find(|defect| {
            defect.definition == definition
                && defect.kind == constraint.check.kind()
                && defect.id == constraint::rule_id(declaration, constraint)
        })
    }

    /// A constraint kept and broken, at each place of its definition.
    fn twins(&self) -> impl Iterator<Item = Twins> {
        twins(self.declaration, self.constraint)
    }

    /// The first twins that show it: the constraint finds the mistake of the broken one, and nothing in the other. Of
    /// an open set, which finds nothing, the first.
    fn case(&self, rules: &RuleSets) -> Option<Twins> {
        let rules = rules.of(self);
        self.twins().find(|twins| !self.can_be_broken() || fires(self, twins, rules))
    }
}

/// The constraints as they are checked, and as they were published.
struct RuleSets {
    checked: Rules,
    published: Rules,
}

impl RuleSets {
    fn new() -> Self {
        Self { checked: Rules::oscal(), published: Rules::with_upstream_defects() }
    }

    /// The set that a constraint is in.
    fn of(&self, rule: &Rule) -> &Rules {
        match rule.defect().map(|defect| &defect.remedy) {
            Some(Remedy::Leave) => &self.published,
            _ => &self.checked,
        }
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
        for twins in rule.twins().take(PLACES) {
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
        rules().iter().filter(|rule| rule.twins().next().is_none()).map(Rule::name).collect();
    none.sort_unstable();
    assert_eq!(none, listed.keys().cloned().collect::<Vec<_>>());
    assert!(listed.values().all(|reason| !reason.is_empty()));
}

/// The findings of one constraint: of its kind and with its id. Where closed sets of values are joined, a finding bears
/// the id of one of them and names the others.
fn findings(rule: &Rule, document: &Value, rules: &Rules) -> Vec<Diagnostic> {
    let id = constraint::rule_id(rule.declaration, rule.constraint);
    let code = match rule.constraint.check {
        Check::AllowedValues { .. } => "PB0140",
        Check::Matches { .. } => "PB0141",
        Check::Expect { .. } => "PB0142",
        Check::Index { .. } => "PB0143",
        Check::IndexHasKey { .. } => "PB0144",
        Check::IsUnique { .. } => "PB0145",
        Check::HasCardinality { .. } => "PB0146",
    };
    let joined = |finding: &Diagnostic| finding.helps.iter().any(|help| help.contains(&format!("`{id}`")));
    let of_rule = |finding: &Diagnostic| {
        finding.code.id == code && (finding.rule_id() == id || code == "PB0140" && joined(finding))
    };
    constraint::check(document, &file(), rules).into_iter().filter(of_rule).collect()
}

/// Whether a constraint finds the mistake of its broken document where it is, and nothing in the other.
fn fires(rule: &Rule, twins: &Twins, rules: &Rules) -> bool {
    let at = |finding: &Diagnostic| match finding.primary.as_ref().map(|label| &label.location.place) {
        Some(Place::Value(pointer) | Place::Key(pointer)) => pointer.as_str() == twins.place,
        _ => false,
    };
    findings(rule, &twins.broken, rules).iter().any(at) && findings(rule, &twins.whole, rules).is_empty()
}

#[test]
fn every_constraint_that_can_be_broken_fires() {
    let (sets, listed) = (RuleSets::new(), unbroken());
    let silent: Vec<String> = rules()
        .iter()
        .filter(|rule| !listed.contains_key(&rule.name()) && rule.case(&sets).is_none())
        .map(Rule::name)
        .collect();
    assert!(silent.is_empty(), "{} are silent\n{}", silent.len(), silent.join("\n"));
}

#[test]
fn a_value_outside_an_open_set_is_a_note_at_most() {
    let oscal = Rules::oscal();
    for rule in rules().iter().filter(|rule| !rule.can_be_broken()) {
        let id = constraint::rule_id(rule.declaration, rule.constraint);
        for twins in rule.twins().take(PLACES) {
            for finding in &constraint::check(&twins.broken, &file(), &oscal) {
                let own = finding.rule_id() == id;
                assert!(!own || finding.severity == Severity::Note, "{}: {}", rule.name(), finding.message);
            }
        }
    }
}
