//! Durations that imported metrics take apart: `time.parse_duration_ns(x) / n` counts whatever `n` is in nanoseconds, and names,
//! comments and descriptions say what it is meant to count.

use super::notes::Problem;
use crate::codes;
use crate::rego::RegoModule;
use crate::rego::ast::{Binary, Expr, Rule, RuleHead, Span};

/// Units by their nanoseconds.
const UNITS: [(&str, f64); 5] =
    [("second", 1e9), ("minute", 6e10), ("hour", 3.6e12), ("day", 8.64e13), ("week", 6.048e14)];
/// Factors inside factors that are followed.
const MAX_DEPTH: usize = 16;
/// Lines above a division in which a comment speaks of it.
const LINES_ABOVE: usize = 2;

/// Divisions that give another unit than their surroundings say; `description` is what the metric says of itself.
pub(crate) fn units(module: &RegoModule, description: &str) -> Vec<Problem> {
    let mut problems: Vec<Problem> = Vec::new();
    for rule in &module.ast.rules {
        rule.visit(&mut |expr| {
            let (name, division) = match expr {
                Expr::AssignExpr(pair) => (pair.lhs.var(), &*pair.rhs),
                other => (None, other),
            };
            let Expr::ArithExpr(pair) = division else { return };
            let is_known = problems.iter().any(|known| known.span == pair.span);
            if !is_known && let Some(problem) = problem(module, pair, name, description) {
                problems.push(problem);
            }
        });
    }
    problems
}

fn problem(module: &RegoModule, pair: &Binary, name: Option<&str>, description: &str) -> Option<Problem> {
    if pair.op != "Div" || !takes_apart(&pair.lhs) {
        return None;
    }
    let divisor = constant(module, &pair.rhs, MAX_DEPTH)?;
    let (counted, _) = UNITS.iter().find(|(_, size)| (size - divisor).abs() < size * 1e-9)?;
    let name = name.map(str::to_owned);
    let named = name.as_deref().and_then(|name| unit(name).map(|unit| (unit, format!("`{name}`"))));
    let commented = || unit(&comments(module, pair.span)).map(|unit| (unit, "the comment".to_owned()));
    let described = || unit(description).map(|unit| (unit, "the description of the metric".to_owned()));
    let (meant, who) = named.or_else(commented).or_else(described)?;
    if meant == *counted {
        return None;
    }
    let (_, size) = UNITS.iter().find(|(unit, _)| *unit == meant)?;
    let seconds = size / 1e9;
    let problem = Problem::warning(
        &codes::UNIT_MISMATCH,
        pair.span,
        format!("this counts {counted}s, and {who} says {meant}s"),
    );
    Some(
        problem
            .label(format!("the divisor is one {counted} in nanoseconds"))
            .help(format!("divide by `{seconds} * 1000 * 1000 * 1000` for {meant}s")),
    )
}

/// Whether an expression gives nanoseconds.
fn takes_apart(expr: &Expr) -> bool {
    let mut found = false;
    expr.visit(&mut |part| {
        if let Expr::Call { fcn, .. } = part {
            let names = fcn.dotted().unwrap_or_default();
            found |= matches!(names.as_slice(), ["time", name] if name.ends_with("_ns"));
        }
    });
    found
}

/// The number that an expression of constants stands for.
fn constant(module: &RegoModule, expr: &Expr, depth: usize) -> Option<f64> {
    if depth == 0 {
        return None;
    }
    match expr {
        Expr::ArithExpr(pair) => {
            let (a, b) = (constant(module, &pair.lhs, depth - 1)?, constant(module, &pair.rhs, depth - 1)?);
            match pair.op.as_str() {
                "Mul" => Some(a * b),
                "Add" => Some(a + b),
                "Sub" => Some(a - b),
                "Div" if b != 0.0 => Some(a / b),
                _ => None,
            }
        }
        Expr::Var(_) => {
            let rule = module.rules(expr.var()?).next()?;
            let Rule::Spec { head: RuleHead::Compr { assign: Some(assign), .. }, .. } = rule else {
                return None;
            };
            constant(module, &assign.value, depth - 1)
        }
        other => other.literal()?.as_f64(),
    }
}

/// The comments beside and right above a place.
fn comments(module: &RegoModule, at: Span) -> String {
    let line = usize::try_from(at.line).unwrap_or(1);
    let first = line.saturating_sub(1 + LINES_ABOVE);
    let lines = module.text.lines().skip(first).take(line - first);
    let comments: Vec<&str> = lines.filter_map(|line| Some(line.split_once('#')?.1)).collect();
    comments.join(" ")
}

/// The one unit that words speak of; none where there are several.
fn unit(words: &str) -> Option<&'static str> {
    let mut found = None;
    for word in words.split(|c: char| !c.is_alphabetic()) {
        let word = word.to_lowercase();
        let single = word.strip_suffix('s').unwrap_or(&word);
        let Some((unit, _)) = UNITS.iter().find(|(unit, _)| *unit == single) else { continue };
        match found {
            Some(other) if other != *unit => return None,
            _ => found = Some(*unit),
        }
    }
    found
}
