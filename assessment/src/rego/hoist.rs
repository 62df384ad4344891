//! Writes out what OPA does and regorus does not, so that both have one outcome. The bundle holds modules as they were
//! written.
//!
//! **Operands of negated calls.** In OPA `not f(input.x)` is `y := input.x; not f(y)`: where `input.x` is undefined the body does not hold, although what
//! is negated does not hold either. The same is true of operators other than `==`, of membership and of nested calls;
//! `not input.x` and `not input.x == 1` are left as they are.
//!
//! **Iterating what is no collection.** In OPA `some x in null` has no solution; for regorus' interpreter it is an error.
//! The type of the collection is asked first.

use super::ast::{Expr, Literal, Query, Span, Stmt};
use super::edit::{Edit, edited};
use super::module::RegoModule;
use crate::engine::RegoError;

/// Begin of the names of collections that were asked for their type.
const COLLECTION: &str = "collection__";
/// Negations within operands of negations that are followed.
const MAX_DEPTH: usize = 8;

/// The module of file `path`, rewritten.
///
/// # Errors
/// The text is not Rego.
pub(crate) fn parse_hoisted(path: &str, text: &str) -> Result<RegoModule, RegoError> {
    let mut module = RegoModule::parse(path, text)?;
    for _ in 0..MAX_DEPTH {
        let text = hoisted(&module);
        if text == module.text {
            break;
        }
        module = RegoModule::parse(path, &text)?;
    }
    Ok(module)
}

fn hoisted(module: &RegoModule) -> String {
    let mut edits: Vec<Edit> = Vec::new();
    let mut each =
        |query: &Query| edits.extend(query.stmts.iter().filter_map(|stmt| rewritten(module, query, stmt)));
    for rule in &module.ast.rules {
        rule.visit_queries(&mut each);
    }
    edited(&module.text, 0, module.text.len(), &edits)
}

fn rewritten(module: &RegoModule, query: &Query, stmt: &Stmt) -> Option<Edit> {
    if !stmt.with_mods.is_empty() {
        return None;
    }
    let lines = match &stmt.literal {
        Literal::NotExpr { expr } => hoist(module, stmt, expr)?,
        Literal::SomeIn { collection, .. } => guard(module, stmt, collection)?,
        _ => return None,
    };
    let mut text = lines.join("\n");
    if query.span.start == stmt.span.start {
        text = format!("{{\n{text}\n}}"); // a body without braces
    }
    Some(Edit { start: stmt.span.start, end: end_of(stmt), text })
}

/// Where a statement ends: the span of `some … in …` covers its first word only.
fn end_of(stmt: &Stmt) -> usize {
    match &stmt.literal {
        Literal::SomeIn { collection, .. } => collection.span().end,
        _ => stmt.span.end,
    }
}

/// `some x in xs` behind a question for the type of `xs`.
fn guard(module: &RegoModule, stmt: &Stmt, collection: &Expr) -> Option<Vec<String>> {
    let is_guarded = collection.var().is_some_and(|name| name.starts_with(COLLECTION));
    if is_guarded || !(is_reference(collection) || matches!(collection, Expr::Call { .. })) {
        return None;
    }
    let span = collection.span();
    let name = format!("{COLLECTION}{}", span.start);
    let text = |start: usize, end: usize| module.text.get(start..end).unwrap_or_default();
    Some(vec![
        format!("{name} := {}", text(span.start, span.end)),
        format!("type_name({name}) in [\"array\", \"object\", \"set\"]"),
        format!("{}{name}", text(stmt.span.start, span.start)),
    ])
}

fn hoist(module: &RegoModule, stmt: &Stmt, expr: &Expr) -> Option<Vec<String>> {
    let operands: Vec<&Expr> =
        operands(expr).into_iter().filter(|operand| is_dynamic(module, operand)).collect();
    let spans: Vec<Span> = match expr {
        Expr::BoolExpr(pair) if pair.op == "Eq" => {
            operands.into_iter().filter(|operand| !is_reference(operand)).map(Expr::span).collect()
        }
        _ => operands.into_iter().map(Expr::span).collect(),
    };
    if spans.is_empty() {
        return None;
    }
    let name = |span: &Span| format!("operand__{}", span.start);
    let text = |span: &Span| module.text.get(span.start..span.end).unwrap_or_default();
    let mut lines: Vec<String> =
        spans.iter().map(|span| format!("{} := {}", name(span), text(span))).collect();
    let inner: Vec<Edit> =
        spans.iter().map(|span| Edit { start: span.start, end: span.end, text: name(span) }).collect();
    lines.push(edited(&module.text, stmt.span.start, stmt.span.end, &inner));
    Some(lines)
}

/// What a call or operator works on; nothing for a plain reference.
fn operands(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Call { params, .. } => params.iter().collect(),
        Expr::BoolExpr(pair) | Expr::ArithExpr(pair) | Expr::BinExpr(pair) => vec![&pair.lhs, &pair.rhs],
        Expr::Membership { key, value, collection, .. } => {
            key.iter().map(|key| &**key).chain([&**value, &**collection]).collect()
        }
        _ => Vec::new(),
    }
}

fn is_reference(expr: &Expr) -> bool {
    matches!(expr, Expr::Var(_) | Expr::RefDot { .. } | Expr::RefBrack { .. })
}

/// Whether the operand can be undefined: it is neither a literal, nor a variable of the body, nor a comprehension.
fn is_dynamic(module: &RegoModule, expr: &Expr) -> bool {
    match expr {
        Expr::Var(_) => expr.var().is_some_and(|name| module.defines(name) || module.import(name).is_some()),
        Expr::Array { items, .. } | Expr::Set { items, .. } => {
            items.iter().any(|item| is_dynamic(module, item))
        }
        Expr::Object { fields, .. } => {
            fields.iter().any(|(_, key, value)| is_dynamic(module, key) || is_dynamic(module, value))
        }
        Expr::ArrayCompr { .. } | Expr::SetCompr { .. } | Expr::ObjectCompr { .. } => false,
        other => other.literal().is_none(),
    }
}
