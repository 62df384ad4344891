//! Takes the bodies of a rule out of its module, so that they can stand in another one.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::rego::RegoModule;
use crate::rego::ast::{Expr, Literal, Query, Rule, RuleHead};
use crate::rego::edit::{Edit, edited};

/// The bodies of rule `name`, each as `{ … }`, with `edits` made; none where the rule needs its module (helper rules,
/// `else`, values other than `true`).
pub(super) fn bodies(module: &RegoModule, name: &str, edits: &[Edit]) -> Option<Vec<String>> {
    aliases(module)?;
    let bodies: Option<Vec<Vec<String>>> = module.rules(name).map(|rule| body(module, rule, edits)).collect();
    Some(bodies?.concat())
}

/// The edits that write import aliases out; none where a variable hides one.
pub(super) fn aliases(module: &RegoModule) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    for body in module.ast.rules.iter().flat_map(super::super::rego::ast::Rule::bodies) {
        if bound_names(module, &body.query).iter().any(|name| module.import(name).is_some()) {
            return None;
        }
        body.query.visit(&mut |expr| {
            if let Some(path) = expr.var().and_then(|name| module.import(name)) {
                let span = expr.span();
                edits.push(Edit { start: span.start, end: span.end, text: path_text(path) });
            }
        });
    }
    Some(edits)
}

/// The body of one definition; no text for a default that says no more than `undefined` does.
fn body(module: &RegoModule, rule: &Rule, edits: &[Edit]) -> Option<Vec<String>> {
    let (head, bodies) = match rule {
        Rule::Default { value, .. } => {
            return (value.literal() == Some(&Value::Bool(false))).then(Vec::new);
        }
        Rule::Spec { head, bodies, .. } => (head, bodies),
    };
    let is_plain = matches!(head, RuleHead::Compr { refr: Expr::Var(_), .. });
    let is_true = head.assign().is_none_or(|assign| assign.value.literal() == Some(&Value::Bool(true)));
    match bodies.as_slice() {
        [] if is_plain && is_true => Some(vec!["{ true }".to_owned()]),
        [only] if is_plain && is_true && only.assign.is_none() && !only.is_else => {
            query(module, &only.query, edits).map(|text| vec![text])
        }
        _ => None,
    }
}

fn query(module: &RegoModule, query: &Query, edits: &[Edit]) -> Option<String> {
    let mut stands_alone = true;
    let is_own = |path: Vec<String>| path.len() > module.package.len() && path.starts_with(&module.package);
    query.visit(&mut |expr| {
        let names_rule = expr.var().is_some_and(|name| module.defines(name));
        stands_alone &= !names_rule && !module.resolve(expr).is_some_and(is_own);
    });
    if !stands_alone {
        return None;
    }
    let span = module.quoted(query.span);
    let text = edited(&module.text, span.start, span.end, edits);
    let is_braced = query.stmts.first().is_some_and(|stmt| stmt.span.start > query.span.start);
    Some(if is_braced || text.starts_with("{\n") { text } else { format!("{{\n{text}\n}}") })
}

/// `data.probity["x-y"]`: a path as Rego.
fn path_text(path: &[String]) -> String {
    let Some((root, names)) = path.split_first() else { return String::new() };
    let names = names.iter().map(|name| format!("[{}]", Value::String(name.clone())));
    std::iter::once(root.clone()).chain(names).collect()
}

/// Variables that the query binds.
fn bound_names(module: &RegoModule, query: &Query) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut patterns: Vec<&Expr> = Vec::new();
    query.visit(&mut |expr| {
        if let Expr::AssignExpr(pair) = expr {
            patterns.push(&pair.lhs);
        }
    });
    query.visit_queries(&mut |inner| {
        for stmt in &inner.stmts {
            let spans = match &stmt.literal {
                Literal::SomeIn { key, value, .. } => {
                    patterns.extend(key.iter().chain([value]));
                    continue;
                }
                Literal::SomeVars { vars } => vars.clone(),
                Literal::Every { key, value, .. } => key.iter().chain([value]).copied().collect(),
                Literal::Expr { .. } | Literal::NotExpr { .. } => continue,
            };
            names.extend(
                spans.iter().filter_map(|span| module.text.get(span.start..span.end)).map(str::to_owned),
            );
        }
    });
    for pattern in patterns {
        pattern.visit(&mut |part| names.extend(part.var().map(str::to_owned)));
    }
    names
}
