//! Writes out what OPA does and regorus does not, so that both have one outcome. The bundle holds modules as they were
//! written.
//!
//! **Operands of negated calls.** In OPA `not f(input.x)` is `y := input.x; not f(y)`: where `input.x` is undefined the body does not hold, although what
//! is negated does not hold either. The same is true of operators other than `==`, of membership and of nested calls;
//! `not input.x` and `not input.x == 1` are left as they are.
//!
//! **Iterating what is no collection.** In OPA `some x in null` has no solution; for regorus' interpreter it is an error.
//! The type of the collection is asked first.
//!
//! **A name for what is undefined.** In OPA `x := input.y` does not hold where `input.y` is undefined; the bytecode machine
//! goes on with an undefined `x`. The name is compared with itself, which does not hold then.
//!
//! **Elements that are undefined.** In OPA `s contains input.y[i]` leaves out what is undefined; regorus takes it in, or loses
//! the whole set. The element gets a name in the body, which does not hold where it is undefined.
//!
//! **Negation in `every` with a computed index.** In OPA `every k in ks { not input.y[k] == 1 }` holds where `input.y[k]` is
//! undefined; for regorus the body does not hold then. It is asked whether a comprehension of the same condition is empty.

use super::ast::{Expr, Literal, Query, Rule, RuleHead, Span, Stmt};
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
    module = RegoModule::parse(path, &with_named_elements(&module))?;
    module = RegoModule::parse(path, &with_negations_in_every(&module))?;
    RegoModule::parse(path, &with_edits(&module, defined))
}

/// The text of the module with comprehensions for negations in `every` that have a computed index.
fn with_negations_in_every(module: &RegoModule) -> String {
    let mut edits: Vec<Edit> = Vec::new();
    let mut each = |query: &Query| {
        for stmt in &query.stmts {
            if let Literal::Every { query: body, .. } = &stmt.literal {
                edits.extend(body.stmts.iter().filter_map(|stmt| emptied(module, stmt)));
            }
        }
    };
    module.ast.rules.iter().for_each(|rule| rule.visit_queries(&mut each));
    edited(&module.text, 0, module.text.len(), &edits)
}

/// `not input.y[k] == 1` as `[true | input.y[k] == 1] == []`.
fn emptied(module: &RegoModule, stmt: &Stmt) -> Option<Edit> {
    let Literal::NotExpr { expr } = &stmt.literal else { return None };
    let Span { start, end, .. } = module.quoted(stmt.span);
    let condition = module.text.get(start..end)?.strip_prefix("not")?;
    (stmt.with_mods.is_empty() && expr.has_computed_index()).then(|| Edit {
        start,
        end,
        text: format!("[true |{condition}] == []"),
    })
}

/// The text of the module with names for the elements that its partial rules add.
fn with_named_elements(module: &RegoModule) -> String {
    let edits: Vec<Edit> = module.ast.rules.iter().flat_map(|rule| named_elements(module, rule)).collect();
    edited(&module.text, 0, module.text.len(), &edits)
}

fn named_elements(module: &RegoModule, rule: &Rule) -> Vec<Edit> {
    let Rule::Spec { head, bodies, .. } = rule else { return Vec::new() };
    let elements: Vec<&Expr> = match head {
        RuleHead::Set { key, .. } => key.iter().collect(),
        RuleHead::Compr { refr: Expr::RefBrack { index, .. }, assign } => {
            std::iter::once(&**index).chain(assign.iter().map(|assign| &assign.value)).collect()
        }
        RuleHead::Compr { .. } | RuleHead::Func { .. } => Vec::new(),
    };
    let spans: Vec<Span> =
        elements.into_iter().filter(|e| is_dynamic(module, e)).map(|e| module.quoted(e.span())).collect();
    if spans.is_empty() {
        return Vec::new();
    }
    let name = |span: &Span| format!("element__{}", span.start);
    let lines: Vec<String> =
        spans.iter().map(|span| format!("{} := {}", name(span), text_of(module, *span))).collect();
    let lines = lines.join("\n");
    let bodies = bodies.iter().map(|body| {
        let span = module.quoted(body.query.span);
        let (Span { start, end, .. }, text) = (span, text_of(module, span));
        match text.strip_prefix('{').and_then(|inner| inner.strip_suffix('}')) {
            Some(inner) => Edit { start, end, text: format!("{{{inner}\n{lines}\n}}") },
            None => Edit { start, end, text: format!("{{\n{text}\n{lines}\n}}") },
        }
    });
    let heads = spans.iter().map(|span| Edit { start: span.start, end: span.end, text: name(span) });
    heads.chain(bodies).collect()
}

/// What a statement becomes: lines that stand for it, if it changes.
type Rewrite = fn(&RegoModule, &Stmt) -> Option<Vec<String>>;

fn hoisted(module: &RegoModule) -> String {
    with_edits(module, |module, stmt| match &stmt.literal {
        Literal::NotExpr { expr } => hoist(module, stmt, expr),
        Literal::SomeIn { collection, .. } => guard(module, stmt, collection),
        _ => None,
    })
}

/// The text of the module after a rewriting of its statements; of nested statements the outermost changes.
fn with_edits(module: &RegoModule, rewrite: Rewrite) -> String {
    let mut edits: Vec<Edit> = Vec::new();
    let mut each = |query: &Query| {
        edits.extend(query.stmts.iter().filter_map(|stmt| rewritten(module, query, stmt, rewrite)));
    };
    for rule in &module.ast.rules {
        rule.visit_queries(&mut each);
    }
    edited(&module.text, 0, module.text.len(), &edits)
}

fn rewritten(module: &RegoModule, query: &Query, stmt: &Stmt, rewrite: Rewrite) -> Option<Edit> {
    if !stmt.with_mods.is_empty() {
        return None;
    }
    let lines = rewrite(module, stmt)?;
    let mut text = lines.join("\n");
    if query.span.start == stmt.span.start {
        text = format!("{{\n{text}\n}}"); // a body without braces
    }
    Some(Edit { start: module.quoted(stmt.span).start, end: end_of(module, stmt), text })
}

/// Where a statement ends: the span of `some … in …` covers its first word only.
fn end_of(module: &RegoModule, stmt: &Stmt) -> usize {
    match &stmt.literal {
        Literal::SomeIn { collection, .. } => module.quoted(collection.span()).end,
        _ => module.quoted(stmt.span).end,
    }
}

fn text_of(module: &RegoModule, span: Span) -> &str {
    module.text.get(span.start..span.end).unwrap_or_default()
}

/// `some x in xs` behind a question for the type of `xs`.
fn guard(module: &RegoModule, stmt: &Stmt, collection: &Expr) -> Option<Vec<String>> {
    let is_guarded = collection.var().is_some_and(|name| name.starts_with(COLLECTION));
    if is_guarded || !(is_reference(collection) || matches!(collection, Expr::Call { .. })) {
        return None;
    }
    let span = module.quoted(collection.span());
    let name = format!("{COLLECTION}{}", span.start);
    let text = |start: usize, end: usize| module.text.get(start..end).unwrap_or_default();
    Some(vec![
        format!("{name} := {}", text(span.start, span.end)),
        format!("type_name({name}) in [\"array\", \"object\", \"set\"]"),
        format!("{}{name}", text(stmt.span.start, span.start)),
    ])
}

/// Whether an expression is the question that [`guard`] puts before an iteration.
pub(crate) fn is_guard(expr: &Expr) -> bool {
    let Expr::Membership { value, .. } = expr else { return false };
    let Expr::Call { fcn, params, .. } = &**value else { return false };
    let of_collection = |param: &Expr| param.var().is_some_and(|name| name.starts_with(COLLECTION));
    fcn.var() == Some("type_name") && params.first().is_some_and(of_collection)
}

/// `x := input.y` with the question whether `x` is defined.
fn defined(module: &RegoModule, stmt: &Stmt) -> Option<Vec<String>> {
    let Literal::Expr { expr: Expr::AssignExpr(pair) } = &stmt.literal else { return None };
    let text = |span: Span| text_of(module, module.quoted(span));
    let name = [&*pair.lhs, &*pair.rhs].into_iter().find_map(Expr::var)?;
    if name.starts_with(COLLECTION) || !(is_dynamic(module, &pair.lhs) || is_dynamic(module, &pair.rhs)) {
        return None;
    }
    if name == "_" {
        let name = format!("defined__{}", stmt.span.start);
        let value = if pair.lhs.var().is_some() { &pair.rhs } else { &pair.lhs };
        return Some(vec![format!("{name} := {}", text(value.span())), format!("{name} == {name}")]);
    }
    Some(vec![text(stmt.span).to_owned(), format!("{name} == {name}")])
}

fn hoist(module: &RegoModule, stmt: &Stmt, expr: &Expr) -> Option<Vec<String>> {
    let operands: Vec<&Expr> =
        operands(expr).into_iter().filter(|operand| is_dynamic(module, operand)).collect();
    let span = |operand: &Expr| module.quoted(operand.span());
    let spans: Vec<Span> = match expr {
        Expr::BoolExpr(pair) if pair.op == "Eq" => {
            operands.into_iter().filter(|operand| !is_reference(operand)).map(span).collect()
        }
        _ => operands.into_iter().map(span).collect(),
    };
    if spans.is_empty() {
        return None;
    }
    let name = |span: &Span| format!("operand__{}", span.start);
    let mut lines: Vec<String> =
        spans.iter().map(|span| format!("{} := {}", name(span), text_of(module, *span))).collect();
    let inner: Vec<Edit> =
        spans.iter().map(|span| Edit { start: span.start, end: span.end, text: name(span) }).collect();
    let whole = module.quoted(stmt.span);
    lines.push(edited(&module.text, whole.start, whole.end, &inner));
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
