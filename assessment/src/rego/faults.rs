//! Whether a rule can fail: builtins on values of the wrong type, definitions that disagree, keys that clash.
//!
//! The bytecode machine turns such failures into `undefined`, and gets a few forms wrong. Where a rule cannot fail and has
//! none of them, what the machine says is final; elsewhere the strict interpreter has the last word.

use std::collections::{BTreeMap, BTreeSet};

use super::ast::{Expr, Literal, Query, Rule, RuleHead, Span, Stmt};
use super::module::RegoModule;

/// What the machine's answer is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Trust {
    /// `undefined` means that the rule does not hold, and not that something failed.
    pub(crate) undefined: bool,
    /// `true` means that nothing failed on the way either.
    pub(crate) holds: bool,
}

/// What the machine's answer for rule `name` is worth, leaving out the calls in `folded`, and those of the functions
/// `texts`.
pub(crate) fn trust_of(module: &RegoModule, name: &str, folded: &BTreeSet<Span>, texts: &[&str]) -> Trust {
    let mut search = Search {
        module,
        folded,
        texts,
        trust: Trust { undefined: true, holds: true },
        seen: BTreeSet::new(),
        types: BTreeMap::new(),
    };
    search.rule(name, true);
    search.trust
}

/// Types that a guard can prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    String,
    Number,
    /// Array, set or object.
    Collection,
    Other,
}

/// Functions that never fail, whatever they are given.
const TOTAL: [&str; 8] =
    ["type_name", "is_number", "is_string", "is_boolean", "is_array", "is_set", "is_object", "is_null"];

/// Functions that never fail on arguments of these types, and the type of their result.
const TYPED: [(&str, Type, Type); 19] = [
    ("abs", Type::Number, Type::Number),
    ("ceil", Type::Number, Type::Number),
    ("contains", Type::String, Type::Other),
    ("count", Type::Collection, Type::Number),
    ("endswith", Type::String, Type::Other),
    ("floor", Type::Number, Type::Number),
    ("indexof", Type::String, Type::Number),
    ("lower", Type::String, Type::String),
    ("replace", Type::String, Type::String),
    ("round", Type::Number, Type::Number),
    ("split", Type::String, Type::Collection),
    ("startswith", Type::String, Type::Other),
    ("trim", Type::String, Type::String),
    ("trim_left", Type::String, Type::String),
    ("trim_prefix", Type::String, Type::String),
    ("trim_right", Type::String, Type::String),
    ("trim_space", Type::String, Type::String),
    ("trim_suffix", Type::String, Type::String),
    ("upper", Type::String, Type::String),
];

struct Search<'a> {
    module: &'a RegoModule,
    folded: &'a BTreeSet<Span>,
    /// Functions that write what people read, and settle nothing.
    texts: &'a [&'a str],
    trust: Trust,
    seen: BTreeSet<(String, bool)>,
    /// Types proven by earlier statements of the body, by source text.
    types: BTreeMap<String, Type>,
}

impl Search<'_> {
    /// Notes a place that can fail; `certain` = whatever holds has passed it.
    fn may_fail(&mut self, certain: bool) {
        self.trust.undefined = false;
        self.trust.holds &= certain;
    }

    fn rule(&mut self, name: &str, certain: bool) {
        if !self.seen.insert((name.to_owned(), certain)) {
            return;
        }
        let specs: Vec<&Rule> =
            self.module.rules(name).filter(|rule| matches!(rule, Rule::Spec { .. })).collect();
        if specs.len() > 1 && may_disagree(&specs) {
            self.may_fail(certain);
        }
        for spec in &specs {
            self.definition(spec, certain && specs.len() == 1);
        }
    }

    fn definition(&mut self, rule: &Rule, certain: bool) {
        let Rule::Spec { head, bodies, .. } = rule else { return };
        let outer = std::mem::take(&mut self.types);
        if matches!(head, RuleHead::Compr { .. }) && head.is_partial() {
            self.may_fail(certain); // two bodies may give one key two values
            head.assign().into_iter().for_each(|assign| self.collected(&assign.value));
        }
        let certain = certain && bodies.len() <= 1;
        for body in bodies {
            self.query(&body.query, certain);
            body.assign.iter().for_each(|assign| self.expr(&assign.value, certain));
        }
        if let RuleHead::Set { key: Some(key), .. } = head {
            self.collected(key);
            self.expr(key, certain);
        }
        head.assign().into_iter().for_each(|assign| self.expr(&assign.value, certain));
        self.types = outer;
    }

    fn query(&mut self, query: &Query, certain: bool) {
        query.stmts.iter().for_each(|stmt| self.statement(stmt, certain));
    }

    /// Reads a query of its own scope.
    fn nested(&mut self, query: &Query) {
        let outer = self.types.clone();
        self.query(query, false);
        self.types = outer;
    }

    fn statement(&mut self, stmt: &Stmt, certain: bool) {
        if !stmt.with_mods.is_empty() {
            self.may_fail(false);
        }
        match &stmt.literal {
            Literal::SomeVars { .. } => {}
            Literal::SomeIn { key, value, collection } => {
                key.iter().chain([value, collection]).for_each(|expr| self.expr(expr, certain));
            }
            Literal::Expr { expr } => {
                self.expr(expr, certain);
                self.learn(expr);
            }
            Literal::NotExpr { expr } => self.expr(expr, false),
            Literal::Every { domain, query, .. } => {
                if query.has_computed_index() {
                    self.may_fail(false); // regorus 0.14.1 iterates such an index instead of looking it up
                }
                self.expr(domain, certain);
                self.nested(query);
            }
        }
    }

    /// Notes an element of a collection: where it can be undefined, the machine adds it all the same.
    fn collected(&mut self, element: &Expr) {
        if element.var().is_none() && element.literal().is_none() {
            self.may_fail(false);
        }
    }

    fn text(&self, expr: &Expr) -> String {
        let span = expr.span();
        self.module.text.get(span.start..span.end).unwrap_or_default().to_owned()
    }

    /// Takes `is_string(x)`, `type_name(x) == "string"` and `x := lower(y)` as proof.
    fn learn(&mut self, expr: &Expr) {
        let proof = match expr {
            Expr::Call { fcn, params, .. } => guard(fcn.var().unwrap_or_default()).zip(params.first()),
            Expr::BoolExpr(pair) => match (&*pair.lhs, pair.rhs.literal().and_then(|v| v.as_str())) {
                (Expr::Call { fcn, params, .. }, Some(name))
                    if fcn.var() == Some("type_name") && pair.op == "Eq" =>
                {
                    guard(&format!("is_{name}")).zip(params.first())
                }
                _ => None,
            },
            Expr::AssignExpr(pair) => self.type_of(&pair.rhs).zip(Some(&*pair.lhs)),
            _ => None,
        };
        if let Some((proven, subject)) = proof {
            self.types.insert(self.text(subject), proven);
        }
    }

    fn type_of(&self, expr: &Expr) -> Option<Type> {
        match expr {
            Expr::String(_) | Expr::RawString(_) => Some(Type::String),
            Expr::Number(_) => Some(Type::Number),
            Expr::Array { .. } | Expr::Set { .. } | Expr::Object { .. } => Some(Type::Collection),
            Expr::ArrayCompr { .. } | Expr::SetCompr { .. } | Expr::ObjectCompr { .. } => {
                Some(Type::Collection)
            }
            Expr::Call { fcn, .. } => {
                let name = fcn.dotted()?.join(".");
                TYPED.iter().find(|(known, ..)| *known == name).map(|(.., result)| *result)
            }
            other => self.types.get(&self.text(other)).copied(),
        }
    }

    fn expr(&mut self, expr: &Expr, certain: bool) {
        match expr {
            Expr::Var(_) => self.reference(expr.var().unwrap_or_default(), certain),
            Expr::RefDot { refr, .. } => self.expr(refr, certain),
            Expr::RefBrack { refr, index, .. } => {
                self.expr(refr, certain);
                self.expr(index, certain);
            }
            Expr::Call { fcn, .. }
                if fcn.dotted().is_some_and(|name| self.texts.contains(&&*name.join("."))) => {}
            Expr::Call { span, fcn, params } => {
                params.iter().for_each(|param| self.expr(param, certain));
                if !self.folded.contains(span) {
                    self.call(fcn, params, certain);
                }
            }
            Expr::Array { items, .. } | Expr::Set { items, .. } => {
                items.iter().for_each(|item| self.expr(item, certain));
            }
            Expr::Object { fields, .. } => {
                for (_, key, value) in fields {
                    if key.literal().is_none() {
                        self.may_fail(certain);
                    }
                    self.expr(key, certain);
                    self.expr(value, certain);
                }
            }
            Expr::ArrayCompr { term, query, .. } | Expr::SetCompr { term, query, .. } => {
                self.collected(term);
                self.nested(query);
                self.expr(term, false);
            }
            Expr::ObjectCompr { key, value, query, .. } => {
                self.may_fail(certain);
                self.collected(key);
                self.collected(value);
                self.nested(query);
                self.expr(key, false);
                self.expr(value, false);
            }
            Expr::BoolExpr(pair) | Expr::AssignExpr(pair) => {
                self.expr(&pair.lhs, certain);
                self.expr(&pair.rhs, certain);
            }
            Expr::UnaryExpr { expr: inner, .. } => {
                if self.type_of(inner) != Some(Type::Number) {
                    self.may_fail(certain);
                }
                self.expr(inner, certain);
            }
            Expr::BinExpr(pair) | Expr::ArithExpr(pair) => {
                self.may_fail(certain);
                self.expr(&pair.lhs, certain);
                self.expr(&pair.rhs, certain);
            }
            Expr::Membership { key, value, collection, .. } => {
                key.iter().chain([value, collection]).for_each(|part| self.expr(part, certain));
            }
            Expr::String(_) | Expr::RawString(_) | Expr::Number(_) | Expr::Bool(_) | Expr::Null(_) => {}
        }
    }

    fn reference(&mut self, name: &str, certain: bool) {
        if self.module.defines(name) {
            self.rule(name, certain);
        }
    }

    fn call(&mut self, fcn: &Expr, params: &[Expr], certain: bool) {
        let path = self.module.resolve(fcn).unwrap_or_default();
        if self.module.defines_function(fcn) {
            return self.reference(fcn.var().unwrap_or_default(), certain);
        }
        let name = path.join(".");
        if RegoModule::library(&path).is_some() || TOTAL.contains(&name.as_str()) {
            return; // the library guards its arguments: its tests hold it to that
        }
        let typed = TYPED.iter().find(|(known, ..)| *known == name);
        let proven = typed
            .is_some_and(|(_, wanted, _)| params.iter().all(|param| self.type_of(param) == Some(*wanted)));
        if !proven {
            self.may_fail(certain);
        }
    }
}

/// The type that a guard proves.
fn guard(name: &str) -> Option<Type> {
    match name {
        "is_string" => Some(Type::String),
        "is_number" => Some(Type::Number),
        "is_array" | "is_set" | "is_object" => Some(Type::Collection),
        _ => None,
    }
}

/// Whether definitions of one complete rule or function can give different values.
fn may_disagree(specs: &[&Rule]) -> bool {
    let values: Vec<Option<serde_json::Value>> =
        specs.iter().flat_map(|spec| constant_values(spec)).collect();
    match values.first() {
        Some(Some(first)) => values.iter().any(|value| value.as_ref() != Some(first)),
        _ => true,
    }
}

/// The values of a definition: none where one is not constant; partial rules only ever add.
fn constant_values(rule: &Rule) -> Vec<Option<serde_json::Value>> {
    let Rule::Spec { head, bodies, .. } = rule else { return Vec::new() };
    if matches!(head, RuleHead::Set { .. }) {
        return vec![Some(serde_json::Value::Null)];
    }
    let constant = |assign: &super::ast::RuleAssign| assign.value.literal().cloned();
    let own = head.assign().map_or(Some(serde_json::Value::Bool(true)), constant);
    let branches = bodies.iter().filter_map(|body| body.assign.as_ref()).map(constant);
    std::iter::once(own).chain(branches).collect()
}
