//! The type checker of metrics: what every expression is in the words of the ontology, for each resource type that a
//! metric names.
//!
//! It runs the rules once per concrete resource type on values of which only types, units, ranges and a few constants
//! are known, so that guards such as `"Function" in input.type` decide what is reached. What it cannot follow is unknown,
//! and nothing is said of it.

mod call;
mod clouditor;
mod compare;
mod facts;
mod infer;
mod member;
mod nanoseconds;
mod notes;
mod query;
mod value;

use std::collections::BTreeSet;

use probity_evidence::{Ontology, PropertyType, TypeName};

pub(crate) use nanoseconds::units;
pub(crate) use notes::Problem;

use crate::codes;
use crate::rego::RegoModule;
use crate::rego::ast::{Rule, Span};
use infer::{Comparison, Inference};
use notes::{Missing, Notes};
use query::Truth;
use value::{Abstract, Kind};

/// More types than anybody would name one by one.
const MANY: usize = 20;

/// What is checked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) module: &'a RegoModule,
    pub(crate) ontology: &'a Ontology,
    /// The resource types that the metric names, as it names them.
    pub(crate) declared: &'a [String],
    /// Operator and target value with the type of the property, where the metric has them.
    pub(crate) comparison: Option<(&'a str, Option<&'a serde_json::Value>, Option<&'a PropertyType>)>,
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Checked {
    pub(crate) problems: Vec<Problem>,
    /// Paths of the resource that the rules read.
    pub(crate) read: BTreeSet<String>,
    /// Whether the rules read the target value.
    pub(crate) target_read: bool,
}

/// The outcome of a rule by resource type.
#[derive(Debug, Default)]
struct Outcomes {
    judged: BTreeSet<TypeName>,
    never_applies: BTreeSet<TypeName>,
    never_passes: BTreeSet<TypeName>,
    never_fails: BTreeSet<TypeName>,
}

/// Checks the rules of a metric.
pub(crate) fn check(subject: Subject<'_>) -> Checked {
    let comparison = comparison(&subject);
    let mut notes = Notes::default();
    let mut outcomes = Outcomes::default();
    for kind in concrete(subject.ontology, subject.declared) {
        judge(&subject, &comparison, &kind, &mut notes, &mut outcomes);
    }
    conclude(&subject, notes, &outcomes)
}

/// The concrete types that rule `applicable` can hold for, among the declared ones.
pub(crate) fn applies_to(subject: &Subject<'_>) -> BTreeSet<TypeName> {
    let comparison = comparison(subject);
    let mut types = concrete(subject.ontology, subject.declared);
    if subject.module.defines("applicable") {
        types.retain(|kind| {
            let mut notes = Notes::default();
            let mut run = Inference::new(subject.module, subject.ontology, &comparison, kind, &mut notes);
            let truth = verdict(&mut run, "applicable");
            truth.can_hold || run.is_spent()
        });
    }
    types
}

/// The concrete types among some and their descendants.
fn concrete(ontology: &Ontology, declared: &[String]) -> BTreeSet<TypeName> {
    let is_concrete =
        |name: &&TypeName| ontology.resource_type(name.as_str()).is_some_and(|kind| !kind.is_abstract());
    declared.iter().flat_map(|name| ontology.descendants(name).filter(is_concrete)).cloned().collect()
}

fn comparison(subject: &Subject<'_>) -> Comparison {
    let is_wide = concrete(subject.ontology, subject.declared).len() > MANY;
    let Some((operator, target, kind)) = subject.comparison else {
        return Comparison { is_wide, ..Comparison::default() };
    };
    let target = target.map(|value| {
        let constant = Abstract::constant(value);
        match kind {
            Some(kind) => typed(constant, kind.element()),
            None => constant,
        }
    });
    Comparison { operator: Some(operator.to_owned()), target, is_wide }
}

/// A constant in the unit of a property.
fn typed(constant: Abstract, kind: &PropertyType) -> Abstract {
    let like = Abstract::of_property(kind);
    let kinds = constant.kinds.into_iter().map(|own| match (own, like.kinds.first()) {
        (Kind::Number(_, range), Some(Kind::Number(measure, _))) => Kind::Number(*measure, range),
        (Kind::Text(_, text), Some(Kind::Text(tongue, _))) => Kind::Text(tongue.clone(), text),
        (Kind::List(mut list), _) => {
            list.each = Box::new(typed(*list.each, kind));
            list.items = list.items.map(|items| items.into_iter().map(|item| typed(item, kind)).collect());
            Kind::List(list)
        }
        (own, _) => own,
    });
    Abstract { kinds: kinds.collect(), ..Abstract::default() }
}

/// Runs the rules for one resource type.
fn judge(
    subject: &Subject<'_>,
    comparison: &Comparison,
    kind: &TypeName,
    notes: &mut Notes,
    outcomes: &mut Outcomes,
) {
    let module = subject.module;
    let before = notes.count;
    let mut run = Inference::new(module, subject.ontology, comparison, kind, notes);
    if module.defines("applicable") {
        let truth = verdict(&mut run, "applicable");
        let is_explained = run.notes.count > before;
        if !truth.can_hold && !is_explained && !run.is_spent() {
            outcomes.never_applies.insert(kind.clone());
            return;
        }
    }
    outcomes.judged.insert(kind.clone());
    let before = run.notes.count;
    let facts = run.facts.clone();
    let truth = verdict(&mut run, "compliant");
    if run.notes.count == before && !run.is_spent() {
        if !truth.can_hold {
            outcomes.never_passes.insert(kind.clone());
        } else if !truth.can_fail {
            outcomes.never_fails.insert(kind.clone());
        }
    }
    if module.defines("results") {
        run.facts = facts;
        run.positive = false;
        run.rule("results");
    }
}

/// Whether a rule that decides can be true, and can be anything else.
fn verdict(run: &mut Inference<'_>, name: &str) -> Truth {
    let rules: Vec<&Rule> = run.module.rules(name).collect();
    let specs: Vec<&Rule> = rules.iter().copied().filter(|rule| matches!(rule, Rule::Spec { .. })).collect();
    let value = run.definitions(&specs, &[]);
    let mut defaults = rules.iter().filter_map(|rule| match rule {
        Rule::Default { value, .. } => value.literal(),
        Rule::Spec { .. } => None,
    });
    let by_default = defaults.next_back() == Some(&serde_json::Value::Bool(true));
    let can_be = |value: &Abstract| {
        value.kinds.iter().any(|kind| matches!(kind, Kind::Any | Kind::Boolean(None | Some(true))))
    };
    let is_false = value.kinds.iter().any(|kind| !matches!(kind, Kind::Boolean(Some(true))));
    Truth {
        can_hold: can_be(&value) || (by_default && value.undefined),
        can_fail: is_false || (value.undefined && !by_default),
    }
}

fn conclude(subject: &Subject<'_>, notes: Notes, outcomes: &Outcomes) -> Checked {
    let mut problems: Vec<Problem> = Vec::new();
    for ((owner, path), missing) in &notes.missing {
        problems.extend(unknown_property(subject, outcomes, owner.as_ref(), path, missing));
    }
    let unreached: Vec<Span> = notes.never_held();
    for span in &unreached {
        let message = "this can never hold";
        problems.push(
            Problem::warning(&codes::NEVER_TRUE, *span, message)
                .help("what comes before it in the rule, or `applicable`, says otherwise"),
        );
    }
    if unreached.is_empty() && notes.missing.is_empty() {
        problems.extend(unreachable(subject, outcomes));
    }
    let (read, target_read) = (notes.read.clone(), notes.target_read);
    problems.extend(notes.problems());
    problems.sort_by(|a, b| (a.span, a.code.id).cmp(&(b.span, b.code.id)));
    Checked { problems, read, target_read }
}

/// Findings on outcomes that no resource, or none of a type, can have.
fn unreachable(subject: &Subject<'_>, outcomes: &Outcomes) -> Vec<Problem> {
    let mut problems = Vec::new();
    let name_of = |rule: &str| subject.module.rules(rule).map(head).min();
    if let Some(span) = name_of("applicable") {
        for declared in subject.declared {
            let types = concrete(subject.ontology, std::slice::from_ref(declared));
            if !types.is_empty() && types.iter().all(|name| outcomes.never_applies.contains(name)) {
                let message = format!("`applicable` can never hold for a {declared}");
                problems
                    .push(Problem::warning(&codes::NEVER_TRUE, span, message).help(format!(
                        "leave out the resource type {declared}, or let the rule apply to it"
                    )));
            }
        }
    }
    let Some(span) = name_of("compliant") else { return problems };
    let of = |types: &BTreeSet<TypeName>| {
        if types.len() == outcomes.judged.len() { String::new() } else { format!(" for {}", joined(types)) }
    };
    if !outcomes.never_passes.is_empty() {
        let message = format!("`compliant` can never hold{}", of(&outcomes.never_passes));
        problems.push(
            Problem::warning(&codes::NEVER_TRUE, span, message).help("every resource it applies to fails"),
        );
    }
    if !outcomes.never_fails.is_empty() {
        let message = format!("`compliant` always holds{}", of(&outcomes.never_fails));
        problems.push(
            Problem::warning(&codes::NEVER_FALSE, span, message)
                .help("a metric that can never fail measures nothing: `applicable` may ask for too much"),
        );
    }
    problems
}

/// The name in the head of a rule.
fn head(rule: &Rule) -> Span {
    match rule {
        Rule::Spec { head, .. } => head.refr().span(),
        Rule::Default { refr, .. } => refr.span(),
    }
}

/// Some names, joined; the rest counted.
fn joined(types: &BTreeSet<TypeName>) -> String {
    const SHOWN: usize = 4;
    let names: Vec<&str> = types.iter().take(SHOWN).map(TypeName::as_str).collect();
    match types.len().saturating_sub(SHOWN) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

/// The finding on a path that some or all of the metric's types lack.
fn unknown_property(
    subject: &Subject<'_>,
    outcomes: &Outcomes,
    owner: Option<&TypeName>,
    path: &str,
    missing: &Missing,
) -> Option<Problem> {
    let ontology = subject.ontology;
    let suggest = |problem: Problem, owner: &str| {
        let starts = concrete(ontology, &[owner.to_owned()]);
        let mut starts = starts.iter().map(TypeName::as_str).chain([owner]);
        problem.help(match starts.find_map(|start| ontology.nearest_property(start, path)) {
            Some(meant) if meant != path => format!("did you mean `{meant}`?"),
            _ => format!("`probity explain {owner}` lists its properties"),
        })
    };
    let none = |owner: &str| {
        Problem::error(&codes::UNKNOWN_PROPERTY, missing.span, format!("`{owner}` has no property `{path}`"))
    };
    if let Some(owner) = owner {
        return Some(suggest(none(owner.as_str()), owner.as_str()));
    }
    for declared in subject.declared {
        let mut types = concrete(ontology, std::slice::from_ref(declared));
        types.retain(|name| outcomes.judged.contains(name));
        if !types.is_empty() && types.is_subset(&missing.types) {
            return Some(suggest(none(declared), declared));
        }
    }
    let lacking: BTreeSet<TypeName> = missing.types.intersection(&outcomes.judged).cloned().collect();
    if lacking.is_empty() {
        return None;
    }
    let message = format!(
        "{} {} no property `{path}`",
        joined(&lacking),
        if lacking.len() == 1 { "has" } else { "have" }
    );
    let first = lacking.first().map_or("", TypeName::bare);
    Some(
        Problem::warning(&codes::PROPERTY_OF_SOME, missing.span, message)
            .label("nothing says that the resource is of another type")
            .help(format!(
                "leave these types out of the metric, or ask first: `not \"{first}\" in input.type`"
            )),
    )
}
