//! Rego as Clouditor runs it, made ready for a bundle of many checks.
//!
//! There each metric runs alone, with its operator, target value and configuration at the root of the data document
//! (`data.operator`, `data.target_value`, `data.config`), in a package `cch.metrics.x`. A bundle holds many metrics, so what
//! belongs to one is looked up below the check's own name. Lines stay where they are, and the file of the metric is not touched.

use super::ast::{Expr, Literal, Query, Span, Stmt};
use super::edit::{Edit, edited};
use super::module::RegoModule;

/// Package of the metrics.
const METRICS: [&str; 3] = ["data", "cch", "metrics"];
/// What stands at the root of the data document.
const OWN_DATA: [&str; 3] = ["operator", "target_value", "config"];
/// The function that tells a comparison in `results`; it knows operator and target value of the metric.
const COMPARISON_RESULT: [&str; 3] = ["data", "cch", "comparison_result"];
/// Begin of the names of checks.
pub(crate) const NAME_PREFIX: &str = "cch-";
/// Where the instant of judgement stands, in nanoseconds.
pub(crate) const NOW: &str = "data.probity.now.ns";

/// The last part of the package of the check that a package `cch.metrics.x` is for.
pub(super) fn check_of(package: &[String]) -> Option<String> {
    let (last, before) = package.split_last()?;
    (before == METRICS).then(|| format!("{}{last}", NAME_PREFIX.replace('-', "_")))
}

/// Where the module first asks what time it is.
pub(crate) fn asks_time(module: &RegoModule) -> Option<Span> {
    let mut asked: Option<Span> = None;
    let mut each = |expr: &Expr| {
        if let Expr::Call { fcn, .. } = expr
            && is_now(expr)
        {
            asked = asked.min(Some(fcn.span())).or(Some(fcn.span()));
        }
    };
    module.ast.rules.iter().for_each(|rule| rule.visit(&mut each));
    asked
}

fn is_now(expr: &Expr) -> bool {
    matches!(expr, Expr::Call { fcn, .. } if fcn.dotted().is_some_and(|names| names == ["time", "now_ns"]))
}

/// The module as check `check` runs it.
pub(super) fn bound(module: &RegoModule, check: &str) -> String {
    let mut edits = vec![replaced(module.ast.package.refr.span(), format!("probity.metrics.{check}"))];
    let mut each = |expr: &Expr| edits.extend(bindings(module, check, expr));
    module.ast.imports.iter().for_each(|import| import.refr.visit(&mut each));
    module.ast.rules.iter().for_each(|rule| rule.visit(&mut each));
    let mut declared =
        |query: &Query| edits.extend(query.stmts.iter().filter_map(|stmt| declared(module, query, stmt)));
    module.ast.rules.iter().for_each(|rule| rule.visit_queries(&mut declared));
    edited(&module.text, 0, module.text.len(), &edits)
}

/// Declares the variables of `walk(x, [path, value])`, as regorus wants it and OPA does not mind.
fn declared(module: &RegoModule, query: &Query, stmt: &Stmt) -> Option<Edit> {
    let Literal::Expr { expr: Expr::Call { fcn, params, .. } } = &stmt.literal else { return None };
    let ([_, pattern], Some("walk")) = (params.as_slice(), fcn.var()) else { return None };
    let known = query.stmts.iter().flat_map(|stmt| match &stmt.literal {
        Literal::SomeVars { vars } => vars.as_slice(),
        _ => &[],
    });
    let known: Vec<&str> = known.filter_map(|span| module.text.get(span.start..span.end)).collect();
    let mut names: Vec<&str> = Vec::new();
    pattern.visit(&mut |part| {
        let is_new = |name: &&str| *name != "_" && !known.contains(name) && !names.contains(name);
        names.extend(part.var().filter(is_new));
    });
    let text = format!("some {}; ", names.join(", "));
    (!names.is_empty()).then_some(Edit { start: stmt.span.start, end: stmt.span.start, text })
}

fn replaced(span: Span, text: String) -> Edit {
    Edit { start: span.start, end: span.end, text }
}

/// The edits that bind one expression to its check.
fn bindings(module: &RegoModule, check: &str, expr: &Expr) -> Vec<Edit> {
    let own = |name: &str| format!("data.probity.checks.{check}.{name}");
    if is_now(expr) {
        return vec![replaced(expr.span(), NOW.to_owned())];
    }
    if let Expr::Call { span, fcn, .. } = expr
        && module.resolve(fcn).is_some_and(|path| path == COMPARISON_RESULT)
    {
        let end = span.end.saturating_sub(1);
        let comparison = format!(", {}, {}", own("operator"), own("target_value"));
        let name = format!("{}_of", COMPARISON_RESULT.join("."));
        return vec![replaced(fcn.span(), name), Edit { start: end, end, text: comparison }];
    }
    let names = expr.dotted().unwrap_or_default();
    match names.as_slice() {
        ["data", name] if OWN_DATA.contains(name) => vec![replaced(expr.span(), own(name))],
        _ if names.len() > METRICS.len() && module.package == names => {
            vec![replaced(expr.span(), format!("data.probity.metrics.{check}"))]
        }
        _ => Vec::new(),
    }
}
