//! Rules and the statements in them: what can hold, what can fail, and what a statement tells the next one.

use super::infer::{Inference, Scope};
use super::notes::Problem;
use super::value::{Abstract, Kind};
use crate::codes;
use crate::rego::ast::{Binary, Expr, Literal, Query, Rule, RuleHead, Span, Stmt};

/// Whether statements can hold, and can fail to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Truth {
    pub(super) can_hold: bool,
    pub(super) can_fail: bool,
}

impl Truth {
    const OPEN: Self = Self { can_hold: true, can_fail: true };

    fn of(value: &Abstract) -> Self {
        Self { can_hold: value.can_hold(), can_fail: value.can_fail() }
    }

    fn and(self, other: Self) -> Self {
        Self { can_hold: self.can_hold && other.can_hold, can_fail: self.can_fail || other.can_fail }
    }
}

/// What one definition gives.
struct Given {
    value: Option<Abstract>,
    can_fail: bool,
}

impl Inference<'_> {
    /// The value of rule `name`.
    pub(super) fn rule(&mut self, name: &str) -> Abstract {
        let module = self.module;
        let rules: Vec<&Rule> = module.rules(name).collect();
        if rules.iter().any(|rule| matches!(rule, Rule::Spec { head: RuleHead::Func { .. }, .. })) {
            return Abstract::unknown();
        }
        let mut value = self.deeper(|run| run.definitions(&rules, &[]));
        let is_partial = |rule: &&Rule| matches!(rule, Rule::Spec { head, .. } if head.is_partial());
        if rules.iter().any(is_partial) {
            value.undefined = false;
        }
        if value.path.is_none() {
            value.path = Some(self.rule_path(name));
        }
        self.facts.apply(value)
    }

    /// What the definitions of a rule or function give together.
    pub(super) fn definitions(&mut self, rules: &[&Rule], arguments: &[Abstract]) -> Abstract {
        let is_alone = matches!(rules, [Rule::Spec { bodies, .. }] if bodies.len() < 2);
        let mut found: Option<Abstract> = None;
        let mut can_fail = true;
        for rule in rules {
            let given = if is_alone {
                self.definition(rule, arguments)
            } else {
                self.aside(|run| run.definition(rule, arguments))
            };
            can_fail &= given.can_fail;
            found = match (found, given.value) {
                (Some(one), Some(other)) => Some(one.or(other)),
                (one, other) => one.or(other),
            };
        }
        let mut value = found.unwrap_or_else(Abstract::never);
        value.undefined = can_fail;
        value
    }

    fn definition(&mut self, rule: &Rule, arguments: &[Abstract]) -> Given {
        let mut scope = Scope::new();
        let Rule::Spec { head, bodies, .. } = rule else {
            let Rule::Default { value, .. } = rule else { return Given { value: None, can_fail: true } };
            return Given { value: Some(self.value(value, &mut scope)), can_fail: false };
        };
        if let RuleHead::Func { args, .. } = head {
            for (index, arg) in args.iter().enumerate() {
                let value = arguments.get(index).cloned().unwrap_or_else(Abstract::unknown);
                if !self.fits(arg, &value, &mut scope) {
                    return Given { value: None, can_fail: true };
                }
            }
        }
        if bodies.is_empty() {
            let value = self.head_value(head, None, &mut scope);
            let can_fail = value.undefined;
            return Given { value: (!value.is_never()).then_some(value), can_fail };
        }
        let mut found: Option<Abstract> = None;
        let mut can_fail = true;
        for body in bodies {
            let mut inner = scope.clone();
            let mut work = |run: &mut Self| {
                let truth = run.query(&body.query, &mut inner);
                let own = body.assign.as_ref().map(|assign| &assign.value);
                (truth, run.head_value(head, own, &mut inner))
            };
            let (truth, value) = if bodies.len() == 1 { work(self) } else { self.aside(&mut work) };
            can_fail &= truth.can_fail || value.undefined;
            if truth.can_hold && !value.is_never() {
                found = Some(match found {
                    Some(other) => other.or(value),
                    None => value,
                });
            }
        }
        Given { value: found, can_fail }
    }

    fn head_value(&mut self, head: &RuleHead, own: Option<&Expr>, scope: &mut Scope) -> Abstract {
        if let RuleHead::Set { key, .. } = head {
            let each = key.as_ref().map_or_else(Abstract::unknown, |key| self.value(key, scope));
            return Abstract::list(each, true, false);
        }
        let value = match own.or_else(|| head.assign().map(|assign| &assign.value)) {
            Some(expr) => self.value(expr, scope),
            None => Abstract::boolean(Some(true)),
        };
        if head.is_partial() {
            return Abstract::of(Kind::Object(super::value::Object::Map(Box::new(value))));
        }
        value
    }

    /// Binds a pattern to a value; false where they cannot be equal.
    pub(super) fn fits(&mut self, pattern: &Expr, value: &Abstract, scope: &mut Scope) -> bool {
        match pattern {
            Expr::Var(_) => {
                if let Some(name) = pattern.var().filter(|name| *name != "_") {
                    let mut value = value.clone();
                    if value.path.is_none() {
                        value.path = Some(self.fresh());
                    }
                    scope.insert(name.to_owned(), value);
                }
                true
            }
            Expr::Array { items, .. } => {
                let each = self.element(value).unwrap_or_else(Abstract::unknown).maybe_undefined();
                items.iter().all(|item| self.fits(item, &each, scope))
            }
            Expr::Object { fields, .. } => {
                fields.iter().all(|(_, _, field)| self.fits(field, &Abstract::unknown(), scope))
            }
            constant => match constant.literal() {
                Some(literal) => {
                    let literal = Abstract::constant(literal);
                    self.quietly(|run| run.equal((value, pattern), (&literal, pattern), pattern.span()))
                        .can_hold()
                }
                None => true,
            },
        }
    }

    /// Whether all statements of a query can hold together.
    pub(super) fn query(&mut self, query: &Query, scope: &mut Scope) -> Truth {
        let mut truth = Truth { can_hold: true, can_fail: false };
        let (first, then): (Vec<&Stmt>, Vec<&Stmt>) =
            query.stmts.iter().partition(|stmt| binds_or_guards(stmt));
        for stmt in first.into_iter().chain(then) {
            let before = (self.notes.count, self.notes.dead);
            let one = self.statement(stmt, scope);
            let is_explained = self.notes.count > before.0;
            if self.quiet == 0 && !self.is_spent() {
                let is_inner = self.notes.dead > before.1; // a statement inside it cannot hold: that is the place
                self.notes.statement(stmt.span, one.can_hold, is_explained || is_inner);
            }
            truth = truth.and(one);
            if !one.can_hold && !is_explained {
                break; // the rest is never reached
            }
        }
        truth
    }

    fn statement(&mut self, stmt: &Stmt, scope: &mut Scope) -> Truth {
        if !stmt.with_mods.is_empty() {
            stmt.with_mods.iter().for_each(|with| drop(self.value(&with.value, scope)));
            return Truth::OPEN; // other input: nothing that is known here holds there
        }
        match &stmt.literal {
            Literal::SomeVars { vars } => {
                for var in vars {
                    scope.remove(self.text(*var));
                }
                Truth { can_hold: true, can_fail: false }
            }
            Literal::SomeIn { key, value, collection } => {
                let list = self.value(collection, scope);
                let Some(each) = self.iterated(&list, collection) else {
                    return Truth { can_hold: false, can_fail: true };
                };
                if let Some(key) = key {
                    self.fits(key, &Abstract::unknown(), scope);
                }
                let fits = self.fits(value, &each, scope);
                self.facts.filled(&list);
                Truth { can_hold: fits, can_fail: !is_filled(&list) || list.undefined || list.may_be_null() }
            }
            Literal::Expr { expr } => {
                let value = self.value(expr, scope);
                if is_reference(expr) {
                    self.null_holds(&value, expr);
                }
                let truth = Truth::of(&value);
                self.learn(expr, true, scope);
                truth
            }
            Literal::NotExpr { expr } => {
                let value = self.aside(|run| {
                    run.positive = !run.positive;
                    let value = run.value(expr, &mut scope.clone());
                    run.positive = !run.positive;
                    value
                });
                self.learn(expr, false, scope);
                Truth { can_hold: value.can_fail(), can_fail: value.can_hold() }
            }
            Literal::Every { key, value, domain, query } => {
                let list = self.value(domain, scope);
                self.every((key.as_ref(), *value), (&list, domain), query, scope)
            }
        }
    }

    fn every(
        &mut self,
        (key, value): (Option<&Span>, Span),
        (list, domain): (&Abstract, &Expr),
        query: &Query,
        scope: &Scope,
    ) -> Truth {
        let Some(each) = self.iterated(list, domain) else {
            return Truth { can_hold: false, can_fail: true };
        };
        let is_filled = is_filled(list);
        if self.positive && !is_filled && !list.is_unknown() && !self.facts.is_weighed(list) {
            let text = self.text(domain.span());
            let message = format!("`every` holds where `{text}` is empty");
            self.report(
                Problem::warning(&codes::EVERY_OF_NONE, domain.span(), message)
                    .label("nothing says that this list has elements")
                    .help(if self.module.is_clouditor() {
                        format!("put `count({text}) > 0` before it")
                    } else {
                        format!(
                            "put `operators.filled({text})` before it; where an empty list is meant to pass, \
                             `type_name({text}) == \"array\"` says so"
                        )
                    }),
            );
        }
        let mut inner = scope.clone();
        inner.insert(self.text(value).to_owned(), each);
        if let Some(key) = key {
            inner.insert(self.text(*key).to_owned(), Abstract::unknown());
        }
        let truth = self.aside(|run| run.query(query, &mut inner));
        Truth {
            can_hold: truth.can_hold || !is_filled,
            can_fail: truth.can_fail || list.undefined || list.may_be_null(),
        }
    }

    /// The elements of what a statement goes through.
    fn iterated(&mut self, list: &Abstract, expr: &Expr) -> Option<Abstract> {
        let each = self.element(list);
        if each.is_none() && !list.is_never() && !list.is_null() {
            let message = format!("`{}` is {}, no list", self.text(expr.span()), list.name());
            self.report(Problem::error(&codes::TYPE_MISMATCH, expr.span(), message));
        }
        each
    }

    /// Warns of a value that stands for itself: null counts as true.
    fn null_holds(&mut self, value: &Abstract, expr: &Expr) {
        let Some(place) = value.place.as_ref().filter(|_| value.may_be_null() && self.positive) else {
            return;
        };
        if place.dotted.is_empty() {
            return;
        }
        let is_clouditor = self.module.is_clouditor();
        if is_clouditor && !self.comparison.is_wide {
            return; // the way to say that a metric applies: what is absent is to fail
        }
        let text = self.text(expr.span());
        let is_boolean = value.kinds.iter().any(|kind| matches!(kind, Kind::Boolean(_)));
        let help = if is_boolean {
            format!("write `{text} == true`")
        } else {
            format!("write `{text} != null`, or ask for what is in it")
        };
        let message = format!("`{text}` alone also holds where it is null");
        self.report(
            Problem::warning(&codes::HOLDS_FOR_NULL, expr.span(), message)
                .label(if is_clouditor {
                    "null counts as true, so every type that could have it fails without it"
                } else {
                    "null says: looked for, and absent"
                })
                .help(if is_clouditor {
                    "name the types that are meant: `\"…\" in input.type`".to_owned()
                } else {
                    help
                }),
        );
    }

    pub(super) fn assign(&mut self, pair: &Binary, scope: &mut Scope) -> Abstract {
        let is_new = |expr: &Expr, scope: &Scope| {
            let is_name = |name: &str| name != "input" && name != "data" && !scope.contains_key(name);
            expr.var().is_some_and(is_name) || matches!(expr, Expr::Array { .. } | Expr::Object { .. })
        };
        let declares = pair.op == "ColEq";
        let (pattern, source) = if declares || (is_new(&pair.lhs, scope) && !self.is_rule(&pair.lhs)) {
            (&pair.lhs, &pair.rhs)
        } else if is_new(&pair.rhs, scope) && !self.is_rule(&pair.rhs) {
            (&pair.rhs, &pair.lhs)
        } else {
            return self.comparison_of(&pair.lhs, "Eq", &pair.rhs, pair.span, scope);
        };
        let value = self.value(source, scope);
        self.fits(pattern, &value, scope);
        if value.is_never() {
            return Abstract::never();
        }
        Abstract { undefined: value.undefined, ..Abstract::boolean(Some(true)) }
    }

    fn is_rule(&self, expr: &Expr) -> bool {
        expr.var().is_some_and(|name| self.module.defines(name) || self.module.import(name).is_some())
    }
}

/// Whether every list that it can be has an element.
pub(super) fn is_filled(list: &Abstract) -> bool {
    list.kinds.iter().all(|kind| match kind {
        Kind::List(list) => list.filled,
        Kind::Null => true,
        Kind::Object(super::value::Object::Fields(fields)) => !fields.is_empty(),
        _ => false,
    })
}

pub(super) fn is_reference(expr: &Expr) -> bool {
    matches!(expr, Expr::Var(_) | Expr::RefDot { .. } | Expr::RefBrack { .. })
}

/// Statements that give names, or say what a value is: they are looked at before those that use it, because the order
/// of statements means nothing in Rego.
fn binds_or_guards(stmt: &Stmt) -> bool {
    let is_guard = |expr: &Expr| {
        let Expr::Call { fcn, .. } = expr else { return false };
        let name = fcn.dotted().unwrap_or_default().join(".");
        name == "type_name"
            || name == "count"
            || name.starts_with("is_")
            || name.ends_with("operators.filled")
    };
    match &stmt.literal {
        Literal::SomeVars { .. } | Literal::SomeIn { .. } | Literal::Expr { expr: Expr::AssignExpr(_) } => {
            true
        }
        Literal::Expr { expr: Expr::Membership { collection, .. } } => {
            collection.dotted().is_some_and(|names| names.last() == Some(&"type"))
        }
        Literal::Expr { expr: Expr::BoolExpr(pair) } => {
            is_guard(&pair.lhs)
                || is_guard(&pair.rhs)
                || matches!((&*pair.lhs, &*pair.rhs), (Expr::Null(_), _) | (_, Expr::Null(_)))
        }
        Literal::Expr { expr } => is_guard(expr),
        Literal::NotExpr { .. } | Literal::Every { .. } => false,
    }
}
