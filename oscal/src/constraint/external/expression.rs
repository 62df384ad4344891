//! Expressions of a file: what they may use.

use std::collections::BTreeSet;

use probity_diagnostics::{Diagnostic, Diagnostics, Location, TreePath};

use super::super::codes;
use super::super::rule::Metapath;
use super::element::{Attribute, Element};
use crate::metapath::Expression;

/// Reads the expression of an attribute. What is wrong with it goes to the findings.
pub(super) fn read(
    attribute: &Attribute,
    file: &TreePath,
    known: &BTreeSet<String>,
    findings: &mut Diagnostics,
) -> Option<Metapath> {
    let path = match Metapath::parse(attribute.value.clone()) {
        Ok(path) => path,
        Err(error) => {
            let at = Location::span(file, attribute.place(error.offset));
            findings.push(Diagnostic::error(&codes::EXPRESSION, error.message).at(at).label("here"));
            return None;
        }
    };
    check(&path.expression, &path.text, known, findings, |offset| {
        Location::span(file, attribute.place(offset))
    });
    Some(path)
}

/// Looks at the expressions of a message.
pub(super) fn of_message<'m>(
    expressions: impl Iterator<Item = &'m Metapath>,
    element: &Element,
    file: &TreePath,
    known: &BTreeSet<String>,
    findings: &mut Diagnostics,
) {
    for path in expressions {
        check(&path.expression, &path.text, known, findings, |_| Location::span(file, element.at.clone()));
    }
}

/// Variables that nothing sets are errors; names that OSCAL does not have are warnings.
fn check(
    expression: &Expression,
    text: &str,
    known: &BTreeSet<String>,
    findings: &mut Diagnostics,
    place: impl Fn(usize) -> Location,
) {
    let found = variables(text);
    let bound = |name: &str| found.iter().any(|variable| variable.bound && variable.name == name);
    for variable in found.iter().filter(|variable| !variable.bound && !bound(variable.name)) {
        if !known.contains(variable.name) {
            let message = format!("the variable `${}` is not set", variable.name);
            let finding = Diagnostic::error(&codes::EXPRESSION, message).at(place(variable.at));
            findings.push(
                finding.help("a `let` before the constraint, or in a context around it, sets variables"),
            );
        }
    }
    for name in expression.unknown_names() {
        let message = format!("OSCAL has no `{name}`: this part of the expression selects nothing");
        findings
            .push(Diagnostic::warning(&codes::EXPRESSION, message).at(place(text.find(name).unwrap_or(0))));
    }
}

/// A variable in an expression.
struct Variable<'a> {
    name: &'a str,
    at: usize,
    /// Whether this is where the expression itself sets it: `for $x in …`, `let $x := …`.
    bound: bool,
}

/// The variables of an expression, but for those in quotes.
fn variables(text: &str) -> Vec<Variable<'_>> {
    let mut found = Vec::new();
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (None, '\'' | '"') => quote = Some(c),
            (None, '$') => {
                let rest = text.get(at + 1..).unwrap_or_default();
                let end = rest.find(|c: char| !(c.is_alphanumeric() || "-_.".contains(c)));
                let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
                let after = after.trim_start();
                let bound = after.starts_with(":=") || after.starts_with("in ") || after.starts_with("in\n");
                found.push(Variable { name, at, bound });
            }
            _ => {}
        }
    }
    found
}
