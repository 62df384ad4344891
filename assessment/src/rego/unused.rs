//! Variables that `some` and `every` declare and nothing uses, which OPA refuses.

use super::ast::{Literal, Query, Rule, RuleHead, Span};
use super::module::RegoModule;

/// Declared variables that are never used, in the order of the text.
///
/// OPA takes `some x in list` for a use of `x`.
pub(crate) fn unused(module: &RegoModule) -> Vec<Span> {
    let mut found = Vec::new();
    for rule in &module.ast.rules {
        rule.visit_queries(&mut |query| {
            for stmt in &query.stmts {
                match &stmt.literal {
                    Literal::SomeVars { vars } => {
                        found.extend(vars.iter().copied().filter(|var| !in_rule(rule, name(module, *var))));
                    }
                    Literal::Every { key, value, query, .. } => {
                        let declared = key.iter().chain([value]).copied();
                        found.extend(declared.filter(|var| !in_query(query, name(module, *var))));
                    }
                    Literal::SomeIn { .. } | Literal::Expr { .. } | Literal::NotExpr { .. } => {}
                }
            }
        });
    }
    found.retain(|span| name(module, *span) != "_");
    found.sort_unstable();
    found.dedup();
    found
}

fn name(module: &RegoModule, span: Span) -> &str {
    module.text.get(span.start..span.end).unwrap_or_default()
}

fn in_query(query: &Query, name: &str) -> bool {
    let mut is_used = false;
    query.visit(&mut |expr| is_used |= expr.var() == Some(name));
    is_used
}

fn in_rule(rule: &Rule, name: &str) -> bool {
    let mut is_used = false;
    rule.visit(&mut |expr| is_used |= expr.var() == Some(name));
    if let Rule::Spec { head: RuleHead::Compr { refr, .. }, .. } = rule {
        refr.visit(&mut |expr| is_used |= expr.var() == Some(name));
    }
    is_used
}
