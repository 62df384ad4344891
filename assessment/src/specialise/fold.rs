//! Folds the comparison of a check into its Rego.
//!
//! `operators.compare(x, check.operator, check.target_value)` as a statement of its own becomes the one clause of the
//! library's `compare` that its operator selects. The clauses here and those of the library say the same; a test holds
//! them equal.

use std::collections::BTreeSet;

use serde_json::Value;

use super::inline;
use crate::compile::Operator;
use crate::rego::ast::{Expr, Literal, Query, Span, Stmt};
use crate::rego::edit::{Edit, edited};
use crate::rego::{Library, RegoModule};

/// What stands in for the constants of a check.
#[derive(Debug, Clone)]
pub(crate) struct Constants {
    /// The last part of the check's package.
    pub(crate) snake: String,
    /// The operator and target value; none for a metric that is Rego alone.
    pub(crate) comparison: Option<(Operator, Value)>,
}

impl Constants {
    /// The value of an expression that is constant for this check.
    fn value(&self, module: &RegoModule, expr: &Expr) -> Option<Value> {
        if let Some(literal) = expr.literal() {
            return Some(literal.clone());
        }
        let (operator, target) = self.comparison.as_ref()?;
        let path = module.resolve(expr)?;
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        match names.as_slice() {
            ["data", "probity", "checks", check, "operator"] if *check == self.snake => {
                Some(Value::String(operator.as_str().to_owned()))
            }
            ["data", "probity", "checks", check, "target_value"] if *check == self.snake => {
                Some(target.clone())
            }
            _ => None,
        }
    }
}

/// The edits that fold `constants` into `module`, and the calls that they replace.
pub(crate) fn fold(module: &RegoModule, constants: &Constants) -> (Vec<Edit>, BTreeSet<Span>) {
    let mut edits = constant_edits(module, constants);
    edits.extend(inline::aliases(module).unwrap_or_default());
    let mut folded = BTreeSet::new();
    let bodies = module.ast.rules.iter().flat_map(super::super::rego::ast::Rule::bodies);
    let mut statements = Vec::new();
    for body in bodies {
        body.query.visit_queries(&mut |query| {
            for stmt in &query.stmts {
                statements.extend(fold_statement(module, constants, query, stmt, &edits));
            }
        });
    }
    for (edit, call) in statements {
        edits.push(edit);
        folded.insert(call);
    }
    (edits, folded)
}

/// Replaces `check.operator` and `check.target_value` by what they are.
fn constant_edits(module: &RegoModule, constants: &Constants) -> Vec<Edit> {
    let mut edits = Vec::new();
    for body in module.ast.rules.iter().flat_map(super::super::rego::ast::Rule::bodies) {
        body.query.visit(&mut |expr| {
            let is_path = matches!(expr, Expr::RefDot { .. } | Expr::RefBrack { .. });
            if let Some(value) = constants.value(module, expr).filter(|_| is_path) {
                let span = expr.span();
                edits.push(Edit { start: span.start, end: span.end, text: value.to_string() });
            }
        });
    }
    edits
}

fn fold_statement(
    module: &RegoModule,
    constants: &Constants,
    query: &Query,
    stmt: &Stmt,
    edits: &[Edit],
) -> Option<(Edit, Span)> {
    let Literal::Expr { expr: Expr::Call { span, fcn, params } } = &stmt.literal else { return None };
    let path = module.resolve(fcn)?;
    if !stmt.with_mods.is_empty() || path.last()? != "compare" {
        return None;
    }
    let (library, [first, second, third]) = (RegoModule::library(&path)?, params.as_slice()) else {
        return None;
    };
    let (actual, operator, target) = match library {
        Library::Operators => (first, second, third),
        Library::Clouditor => (third, first, second),
    };
    let operator = Operator::parse(constants.value(module, operator)?.as_str()?)?;
    let target = constants.value(module, target)?;
    let place = actual.span();
    let text = edited(&module.text, place.start, place.end, edits);
    let (bind, name) = match actual.dotted() {
        Some(_) => (None, text),
        None => (Some(format!("actual__{} := {text}", place.start)), format!("actual__{}", place.start)),
    };
    let clause = match library {
        Library::Operators => clause(&name, operator, &target, place.start)?,
        Library::Clouditor => native(&name, operator, &target)?,
    };
    let lines: Vec<String> = bind.into_iter().chain(clause).collect();
    let mut text = lines.join("\n");
    if query.span.start == stmt.span.start {
        text = format!("{{\n{text}\n}}"); // a body without braces
    }
    Some((Edit { start: span.start, end: span.end, text }, *span))
}

/// The statement that `compare(operator, target, actual)` of imported metrics stands for, where it is an operator of Rego.
fn native(actual: &str, operator: Operator, target: &Value) -> Option<Vec<String>> {
    let is_plain = operator == Operator::Equal || operator.orders();
    is_plain.then(|| vec![format!("{actual} {operator} {target}")])
}

/// The statements that `compare(actual, operator, target)` stands for; none where the target has another type than the
/// operator takes.
fn clause(actual: &str, operator: Operator, target: &Value, number: usize) -> Option<Vec<String>> {
    let kind = match target {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let of_kind = |kind: &str| format!("type_name({actual}) == \"{kind}\"");
    match operator {
        Operator::Equal => Some(vec![format!("{actual} == {target}")]),
        Operator::NotEqual => Some(vec![of_kind(kind), format!("{actual} != {target}")]),
        _ if operator.orders() => {
            target.is_number().then(|| vec![of_kind("number"), format!("{actual} {operator} {target}")])
        }
        Operator::IsIn if target.is_array() => Some(vec![format!("{actual} in {target}")]),
        Operator::AllIn if target.is_array() => Some(vec![
            of_kind("array"),
            format!("count({actual}) > 0"),
            format!("every found__{number} in {actual} {{ found__{number} in {target} }}"),
        ]),
        Operator::HasAny if target.is_array() => Some(vec![
            of_kind("array"),
            format!("some found__{number} in {actual}"),
            format!("found__{number} in {target}"),
        ]),
        _ => None,
    }
}
