//! Rules that need their own value, which Rego forbids.

use std::collections::{BTreeMap, BTreeSet};

use super::ast::{Expr, Literal, Query, Rule, RuleHead, Span};
use super::module::RegoModule;

/// The rules that each rule uses, and where it does.
type Uses<'a> = BTreeMap<&'a str, BTreeMap<&'a str, Span>>;

/// A rule that uses itself, directly or through others, and where it does so; the first of the file.
pub(crate) fn recursive(module: &RegoModule) -> Option<(&str, Span)> {
    let mut uses = Uses::new();
    for rule in &module.ast.rules {
        uses.entry(rule.name()?).or_default().extend(used(module, rule));
    }
    let mut found: Vec<(&str, Span)> =
        uses.keys().filter_map(|name| Some((*name, leads_back(&uses, name)?))).collect();
    found.sort_by_key(|(_, span)| span.start);
    found.into_iter().next()
}

/// The place in rule `name` from which a chain of uses leads back to it.
fn leads_back(uses: &Uses<'_>, name: &str) -> Option<Span> {
    let starts = uses.get(name)?;
    starts.iter().find(|(start, _)| reaches(uses, start, name)).map(|(_, span)| *span)
}

fn reaches(uses: &Uses<'_>, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(name) = open.pop() {
        if name == to {
            return true;
        }
        let next = uses.get(name).into_iter().flat_map(|next| next.keys().copied());
        open.extend(next.filter(|next| seen.insert(next)));
    }
    false
}

/// The rules that a definition uses. A name that the definition binds hides the rule.
fn used<'a>(module: &'a RegoModule, rule: &'a Rule) -> Vec<(&'a str, Span)> {
    let mut found: Vec<(&str, Span)> = Vec::new();
    let mut bound: BTreeSet<&str> = BTreeSet::new();
    if let Rule::Spec { head: RuleHead::Func { args, .. }, .. } = rule {
        args.iter().for_each(|arg| arg.visit(&mut |expr| bound.extend(expr.var())));
    }
    rule.visit(&mut |expr| match expr {
        Expr::AssignExpr(pair) if pair.op == "ColEq" => {
            pair.lhs.visit(&mut |expr| bound.extend(expr.var()));
        }
        other => found.extend(other.var().map(|name| (name, other.span()))),
    });
    rule.visit_queries(&mut |query| bound.extend(declared(module, query)));
    found.retain(|(name, _)| module.defines(name) && !bound.contains(name));
    found
}

/// The names that `some` and `every` declare.
fn declared<'a>(module: &'a RegoModule, query: &'a Query) -> Vec<&'a str> {
    let text = |span: &Span| module.text.get(span.start..span.end);
    let mut names = Vec::new();
    for stmt in &query.stmts {
        match &stmt.literal {
            Literal::SomeVars { vars } => names.extend(vars.iter().filter_map(text)),
            Literal::SomeIn { key, value, .. } => {
                key.iter().chain([value]).for_each(|expr| expr.visit(&mut |expr| names.extend(expr.var())));
            }
            Literal::Every { key, value, .. } => {
                names.extend(key.iter().chain([value]).filter_map(text));
            }
            Literal::Expr { .. } | Literal::NotExpr { .. } => {}
        }
    }
    names
}
