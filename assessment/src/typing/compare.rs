//! Comparisons: whether they can hold, whether they mean anything, and what they tell.

use probity_diagnostics::nearest;
use probity_evidence::TypeName;

use super::infer::{Inference, Scope, number_of};
use super::notes::Problem;
use super::query::is_reference;
use super::value::{Abstract, Kind, List, Measure, Object, Range, Source, Tongue};
use crate::codes;
use crate::rego::ast::{Binary, Expr, Span};

/// A value and the expression that gives it.
pub(super) type Operand<'v> = (&'v Abstract, &'v Expr);

/// How two kinds meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meeting {
    /// They are of different types.
    Apart,
    /// Of one type, and never equal.
    Different,
    /// Perhaps equal.
    Open,
    /// Always equal.
    Equal,
}

fn meeting(one: &Kind, other: &Kind) -> Meeting {
    let constants = |one: Option<bool>| match one {
        Some(true) => Meeting::Equal,
        Some(false) => Meeting::Different,
        None => Meeting::Open,
    };
    match (one, other) {
        (Kind::Any, _) | (_, Kind::Any) | (Kind::Object(_), Kind::Object(_)) => Meeting::Open,
        (Kind::Null, Kind::Null) => Meeting::Equal,
        (Kind::Boolean(a), Kind::Boolean(b)) => constants(a.zip(*b).map(|(a, b)| a == b)),
        (Kind::Number(_, a), Kind::Number(_, b)) => {
            if a.within(*b).is_empty() {
                return Meeting::Different;
            }
            constants(a.single().zip(b.single()).map(|_| true))
        }
        (Kind::Text(_, a), Kind::Text(_, b)) => constants(a.as_ref().zip(b.as_ref()).map(|(a, b)| a == b)),
        (Kind::List(a), Kind::List(b)) if a.is_set == b.is_set => {
            let is_empty = |list: &List| list.items.as_ref().is_some_and(Vec::is_empty);
            let differ = (is_empty(a) && b.filled) || (is_empty(b) && a.filled);
            if differ { Meeting::Different } else { Meeting::Open }
        }
        _ => Meeting::Apart,
    }
}

/// How all kinds of two values meet.
fn meetings(one: &Abstract, other: &Abstract) -> Vec<Meeting> {
    one.kinds.iter().flat_map(|a| other.kinds.iter().map(move |b| meeting(a, b))).collect()
}

/// The place of a kind in Rego's order of types.
fn rank(kind: &Kind) -> u8 {
    match kind {
        Kind::Null => 0,
        Kind::Boolean(_) => 1,
        Kind::Number(..) => 2,
        Kind::Text(..) => 3,
        Kind::List(List { is_set: false, .. }) => 4,
        Kind::Object(_) => 5,
        Kind::List(_) | Kind::Any => 6,
    }
}

/// Whether `a op b` can be true, and can be false.
fn ordered(a: &Kind, b: &Kind, op: &str) -> (bool, bool) {
    if matches!(a, Kind::Any) || matches!(b, Kind::Any) {
        return (true, true);
    }
    let (less, is_strict) = match op {
        "Lt" | "<" => ((a, b), true),
        "Le" | "<=" => ((a, b), false),
        "Gt" | ">" => ((b, a), true),
        _ => ((b, a), false),
    };
    match less {
        (Kind::Number(_, a), Kind::Number(_, b)) if is_strict => (a.least < b.most, a.most >= b.least),
        (Kind::Number(_, a), Kind::Number(_, b)) => (a.least <= b.most, a.most > b.least),
        (a, b) if rank(a) != rank(b) => (rank(a) < rank(b), rank(a) > rank(b)),
        (Kind::Null, _) => (!is_strict, is_strict),
        _ => (true, true),
    }
}

impl Inference<'_> {
    pub(super) fn comparison(&mut self, pair: &Binary, scope: &mut Scope) -> Abstract {
        self.comparison_of(&pair.lhs, &pair.op, &pair.rhs, pair.span, scope)
    }

    pub(super) fn comparison_of(
        &mut self,
        lhs: &Expr,
        op: &str,
        rhs: &Expr,
        at: Span,
        scope: &mut Scope,
    ) -> Abstract {
        let left = self.value(lhs, scope);
        let right = self.value(rhs, scope);
        let (a, b) = ((&left, lhs), (&right, rhs));
        if left.is_never() || right.is_never() {
            return Abstract::never();
        }
        let mut value = match op {
            "Eq" => self.equal(a, b, at),
            "Ne" => self.unequal(a, b, at),
            _ => self.order(a, b, op, at),
        };
        value.undefined = left.undefined || right.undefined;
        value
    }

    pub(super) fn equal(&mut self, a: Operand<'_>, b: Operand<'_>, at: Span) -> Abstract {
        self.same_type(a, b, "equal", at);
        self.as_versions(a, b, at);
        let met = meetings(a.0, b.0);
        let can_be = met.iter().any(|one| matches!(one, Meeting::Open | Meeting::Equal));
        let must_be = met.iter().all(|one| *one == Meeting::Equal);
        boolean(can_be, !must_be)
    }

    fn unequal(&mut self, a: Operand<'_>, b: Operand<'_>, at: Span) -> Abstract {
        let equal = self.equal(a, b, at);
        for (one, other) in [(a, b), (b, a)] {
            self.differs_from_null(one, other, at);
        }
        boolean(equal.can_fail(), equal.can_hold())
    }

    /// Warns of `x != y` where x may be null, which differs from everything.
    fn differs_from_null(&mut self, (value, expr): Operand<'_>, (other, constant): Operand<'_>, at: Span) {
        let is_named = value.place.as_ref().is_some_and(|place| !place.dotted.is_empty());
        if !self.positive || !is_named || !value.may_be_null() || value.is_null() || other.may_be_null() {
            return;
        }
        let (text, with) = (self.text(expr.span()), self.text(constant.span()));
        let is_empty = matches!(constant, Expr::Object { fields, .. } if fields.is_empty())
            || matches!(constant, Expr::Array { items, .. } if items.is_empty());
        let help = match other.kinds.as_slice() {
            _ if is_empty => format!("`{text} != null` asks whether it is there"),
            [Kind::Boolean(Some(known))] => format!("write `{text} == {}`", !known),
            _ => format!("add `{text} != null`, or write `operators.compare({text}, \"!=\", {with})`"),
        };
        let message = format!("`{text} != {with}` also holds where `{text}` is null");
        self.report(
            Problem::warning(&codes::HOLDS_FOR_NULL, at, message)
                .label("null says: looked for, and absent")
                .help(help),
        );
    }

    pub(super) fn order(&mut self, a: Operand<'_>, b: Operand<'_>, op: &str, at: Span) -> Abstract {
        if self.same_type(a, b, "ordered", at) {
            self.has_order(a, b, at);
            let (low, high) = if matches!(op, "Lt" | "Le" | "<" | "<=") { (a, b) } else { (b, a) };
            let is_named = low.0.place.as_ref().is_some_and(|place| !place.dotted.is_empty());
            if self.positive && is_named && low.0.may_be_null() && !low.0.is_null() && !high.0.may_be_null() {
                let text = self.text(low.1.span());
                let message = format!("the comparison also holds where `{text}` is null");
                self.report(
                    Problem::warning(&codes::HOLDS_FOR_NULL, at, message)
                        .label("Rego sorts null before every number")
                        .help(if self.module.is_clouditor() {
                            "ask for the type first: `is_number(…)`"
                        } else {
                            "use `operators.compare`, which holds for numbers only"
                        }),
                );
            }
        }
        let outcomes: Vec<(bool, bool)> =
            a.0.kinds.iter().flat_map(|x| b.0.kinds.iter().map(move |y| ordered(x, y, op))).collect();
        boolean(outcomes.iter().any(|(yes, _)| *yes), outcomes.iter().any(|(_, no)| *no))
    }

    /// Reports two values that are of different types or units whatever the evidence says.
    pub(super) fn same_type(&mut self, a: Operand<'_>, b: Operand<'_>, what: &str, at: Span) -> bool {
        let (one, other) = (a.0.but_null(), b.0.but_null());
        if one.is_never() || other.is_never() || one.is_unknown() || other.is_unknown() {
            return true;
        }
        if meetings(&one, &other).iter().all(|met| *met == Meeting::Apart) {
            self.types_differ((&one, a.1), (&other, b.1), what, at);
            return false;
        }
        self.same_unit((&one, a.1), (&other, b.1), at)
    }

    fn types_differ(&mut self, a: Operand<'_>, b: Operand<'_>, what: &str, at: Span) {
        let (left, right) = (self.text(a.1.span()), self.text(b.1.span()));
        let never = match what {
            "ordered" => "values of different types have a fixed order, whatever they are",
            _ => "they are never equal",
        };
        let message = format!("`{left}` is {}, and `{right}` is {}: {never}", a.0.name(), b.0.name());
        let problem = Problem::error(&codes::TYPE_MISMATCH, at, message);
        let help =
            [(a, b), (b, a)].into_iter().find_map(|(one, other)| mend(one, other, self.text(one.1.span())));
        self.report(match help {
            Some(help) => problem.help(help),
            None => problem,
        });
    }

    fn same_unit(&mut self, a: Operand<'_>, b: Operand<'_>, at: Span) -> bool {
        if let (Some((one, _)), Some((other, _))) = (number_of(a.0), number_of(b.0))
            && !one.goes_with(other)
        {
            self.units_differ(a, b, at);
            return false;
        }
        if let ([Kind::Text(one, _)], [Kind::Text(other, _)]) = (a.0.kinds.as_slice(), b.0.kinds.as_slice())
            && !one.goes_with(other)
        {
            self.units_differ(a, b, at);
            return false;
        }
        self.bare_number(a, b);
        self.bare_number(b, a);
        true
    }

    pub(super) fn units_differ(&mut self, a: Operand<'_>, b: Operand<'_>, at: Span) {
        let (left, right) = (self.text(a.1.span()), self.text(b.1.span()));
        let message = format!("`{left}` is {}, and `{right}` is {}", a.0.name(), b.0.name());
        self.report(Problem::error(&codes::UNIT_MISMATCH, at, message).help(
            "evidence and target values count durations in seconds, sizes in bytes and shares from 0 to 100",
        ));
    }

    /// Warns of a number without unit that can hardly be meant in the unit of the property.
    fn bare_number(&mut self, (value, _): Operand<'_>, (number, written): Operand<'_>) {
        let (Some((measure, _)), Expr::Number(_)) = (number_of(value), written) else { return };
        let Some(constant) = number_of(number).and_then(|(_, range)| range.single()) else { return };
        let text = self.text(written.span());
        let said = match measure {
            Measure::Duration if constant > 0.0 && constant < 3600.0 => format!(
                "a duration counts seconds: 90 days are `90 * 86400`, and {text} is less than an hour"
            ),
            Measure::Size if constant > 0.0 && constant < 1024.0 => {
                format!("a size counts bytes: 10 GiB are `10 * 1073741824`, and {text} is less than 1 KiB")
            }
            Measure::Percentage if constant > 0.0 && constant < 1.0 => {
                format!("a percentage goes from 0 to 100: {text} is less than one in a hundred")
            }
            _ => return,
        };
        let message = format!("{text} is hardly meant as {}", value.but_null().name());
        self.report(Problem::warning(&codes::UNIT_MISMATCH, written.span(), message).help(said));
    }

    /// Warns of versions that are compared as text.
    fn as_versions(&mut self, a: Operand<'_>, b: Operand<'_>, at: Span) {
        let is_version =
            |value: &Abstract| matches!(value.but_null().kinds.as_slice(), [Kind::Text(Tongue::Version, _)]);
        let Some((one, other)) = [(a, b), (b, a)].into_iter().find(|(one, _)| is_version(one.0)) else {
            return;
        };
        if other.0.is_null() || !other.0.kinds.iter().any(|kind| matches!(kind, Kind::Text(..))) {
            return;
        }
        let (left, right) = (self.text(one.1.span()), self.text(other.1.span()));
        let message = format!("`{left}` is a version, and is compared letter by letter");
        self.report(
            Problem::warning(&codes::TEXT_ORDER, at, message)
                .label("1.2 and 1.2.0 differ as texts")
                .help(format!("`operators.compare_versions({left}, \"==\", {right})` compares versions")),
        );
    }

    /// Reports values that have no order that means something.
    fn has_order(&mut self, a: Operand<'_>, b: Operand<'_>, at: Span) {
        let (value, expr) = if a.0.source == Source::Literal { b } else { a };
        let text = self.text(expr.span());
        let kinds = value.but_null().kinds;
        let (message, help) = match kinds.as_slice() {
            [Kind::Text(Tongue::Version, _)] => (
                format!("`{text}` is a version, and is ordered letter by letter: 1.10 comes before 1.9"),
                "`operators.compare_versions` orders versions number by number".to_owned(),
            ),
            [Kind::Text(Tongue::DateTime, _)] => (
                format!("`{text}` is an instant, and is ordered letter by letter"),
                "compare an age or a time left, which are durations".to_owned(),
            ),
            [Kind::Text(..)] => (
                format!("`{text}` is a string, and is ordered letter by letter: \"10\" comes before \"9\""),
                "compare a number, or `operators.compare_versions` for a version".to_owned(),
            ),
            [Kind::Boolean(_) | Kind::List(_) | Kind::Object(_)] => {
                let message = format!("`{text}` is {}, which has no order", value.but_null().name());
                self.report(Problem::error(&codes::TYPE_MISMATCH, at, message));
                return;
            }
            _ => return,
        };
        self.report(Problem::error(&codes::TEXT_ORDER, at, message).help(help));
    }

    pub(super) fn membership(&mut self, one: Operand<'_>, many: Operand<'_>, at: Span) -> Abstract {
        let undefined = one.0.undefined || many.0.undefined;
        let kinds = many.0.but_null().kinds;
        if one.0.is_never() || many.0.is_never() {
            return Abstract::never();
        }
        let is_collection = |kind: &Kind| matches!(kind, Kind::List(_) | Kind::Object(_) | Kind::Any);
        if !kinds.is_empty() && !kinds.iter().any(is_collection) {
            let text = self.text(many.1.span());
            let message = format!("`{text}` is {}, no list to look into", many.0.name());
            self.report(Problem::error(&codes::TYPE_MISMATCH, many.1.span(), message));
            return Abstract::boolean(Some(false));
        }
        self.type_name_exists(one, many);
        let (mut can_be, mut can_fail) = (false, many.0.may_be_null());
        for kind in &kinds {
            let Kind::List(list) = kind else { return Abstract { undefined, ..Abstract::boolean(None) } };
            let items: &[Abstract] = list.items.as_deref().unwrap_or(std::slice::from_ref(&*list.each));
            let met: Vec<Vec<Meeting>> = items.iter().map(|item| meetings(one.0, item)).collect();
            can_be |= met.iter().flatten().any(|met| matches!(met, Meeting::Open | Meeting::Equal));
            let is_sure =
                |met: &Vec<Meeting>| !met.is_empty() && met.iter().all(|met| *met == Meeting::Equal);
            can_fail |= list.items.is_none() || !met.iter().any(is_sure);
            let is_other = !met.is_empty() && met.iter().flatten().all(|met| *met == Meeting::Apart);
            if is_other && !one.0.is_null() && !list.each.is_never() {
                let each = Abstract { kinds: list.each.but_null().kinds, ..Abstract::default() };
                let (left, right) = (self.text(one.1.span()), self.text(many.1.span()));
                let message = format!("`{left}` is {}, and `{right}` holds {}", one.0.name(), each.name());
                self.report(Problem::error(&codes::TYPE_MISMATCH, at, message));
            }
        }
        Abstract { undefined, ..boolean(can_be, can_fail) }
    }

    /// Reports a name that is looked for among resource types and is none.
    fn type_name_exists(&mut self, (name, written): Operand<'_>, (_, list): Operand<'_>) {
        let is_type = list.dotted().is_some_and(|names| names.last() == Some(&"type"))
            || matches!(list, Expr::RefDot { field, .. } if field.1 == "type");
        let Some(name) = name.as_text().filter(|_| is_type) else { return };
        let prefix = self.judged.prefix();
        let mut known = self.ontology.resource_types().map(|(name, _)| name);
        if known.any(|known| known.prefix() == prefix && known.bare() == name) {
            return;
        }
        let problem = Problem::error(
            &codes::UNKNOWN_RESOURCE_TYPE,
            written.span(),
            format!("there is no resource type `{name}`"),
        );
        let known = self.ontology.resource_types().map(|(name, _)| name);
        let known = known.filter(|known| known.prefix() == prefix).map(TypeName::bare);
        self.report(match nearest(name, known) {
            Some(meant) => problem.help(format!("did you mean `{meant}`?")),
            None => problem,
        });
    }

    /// Takes what a statement says of the places in it, where it holds or does not.
    pub(super) fn learn(&mut self, expr: &Expr, holds: bool, scope: &Scope) {
        match expr {
            Expr::BoolExpr(pair) => {
                let mut inner = scope.clone();
                let (a, b) = self.quietly(|run| {
                    run.aside(|run| (run.value(&pair.lhs, &mut inner), run.value(&pair.rhs, &mut inner)))
                });
                let op = match (pair.op.as_str(), holds) {
                    ("Eq", true) | ("Ne", false) => "Eq",
                    ("Ne", true) | ("Eq", false) => "Ne",
                    ("Lt", true) | ("Ge", false) => "Lt",
                    ("Le", true) | ("Gt", false) => "Le",
                    ("Gt", true) | ("Le", false) => "Gt",
                    _ => "Ge",
                };
                if holds {
                    self.facts.defined(&a);
                    self.facts.defined(&b);
                }
                self.guard(&pair.lhs, op, &b, scope);
                self.narrow(&a, op, &b, holds);
                self.narrow(&b, flipped(op), &a, holds);
            }
            Expr::Call { fcn, params, .. } if holds => self.learn_call(fcn, params, scope),
            Expr::Membership { value, collection, .. } if holds => {
                let mut inner = scope.clone();
                let (one, many) = self.quietly(|run| {
                    run.aside(|run| (run.value(value, &mut inner), run.value(collection, &mut inner)))
                });
                self.facts.present(&many);
                if let [Kind::List(List { items: Some(items), .. })] = many.kinds.as_slice() {
                    let kinds: Vec<Kind> = items.iter().flat_map(|item| item.kinds.clone()).collect();
                    let met = |kind: &Kind| {
                        one.kinds
                            .iter()
                            .any(|own| !matches!(meeting(own, kind), Meeting::Apart | Meeting::Different))
                    };
                    self.facts.narrow(&one, kinds.into_iter().filter(met).collect());
                }
            }
            _ if is_reference(expr) => {
                let value = self.quietly(|run| run.aside(|run| run.value(expr, &mut scope.clone())));
                if holds {
                    self.facts.defined(&value);
                    let but_false = value.kinds.iter().map(|kind| match kind {
                        Kind::Boolean(None) => Kind::Boolean(Some(true)),
                        other => other.clone(),
                    });
                    let kinds = but_false.filter(|kind| *kind != Kind::Boolean(Some(false))).collect();
                    self.facts.narrow(&value, kinds);
                } else if !value.undefined {
                    self.facts.narrow(&value, vec![Kind::Boolean(Some(false))]);
                }
            }
            _ => {}
        }
    }

    /// `type_name(x) == "array"` and `count(x) > 0`.
    fn guard(&mut self, call: &Expr, op: &str, other: &Abstract, scope: &Scope) {
        let Expr::Call { fcn, params, .. } = call else { return };
        let ([param], Some(name)) = (params.as_slice(), fcn.var()) else { return };
        let value = self.quietly(|run| run.aside(|run| run.value(param, &mut scope.clone())));
        match name {
            "type_name" => {
                let Some(wanted) = other.as_text() else { return };
                let kinds = value.kinds.iter().filter(|kind| match kind.type_name() {
                    Some(name) => (name == wanted) == (op == "Eq"),
                    None => true,
                });
                let kinds = kinds.cloned().collect();
                self.facts.narrow(&value, kinds);
                self.facts.weigh(&value);
            }
            "count" => {
                let Some((_, range)) = number_of(other) else { return };
                let asks_for_one = match op {
                    "Gt" => range.least >= 0.0,
                    "Ge" | "Eq" => range.least > 0.0,
                    "Ne" => range.single() == Some(0.0),
                    _ => false,
                };
                if asks_for_one {
                    self.facts.filled(&value);
                } else if !(op == "Ge" && range.single() == Some(0.0)) {
                    self.facts.weigh(&value);
                }
            }
            _ => {}
        }
    }

    /// What `value op other` says of the place of `value`.
    pub(super) fn narrow(&mut self, value: &Abstract, op: &str, other: &Abstract, holds: bool) {
        if value.path.is_none() || value.is_never() || other.is_never() {
            return;
        }
        let kinds: Vec<Kind> = match op {
            "Eq" if !other.is_unknown() && !other.undefined => {
                let met = value
                    .kinds
                    .iter()
                    .flat_map(|own| other.kinds.iter().filter_map(move |kind| same(own, kind)));
                met.collect()
            }
            "Ne" => {
                let is_empty = |kind: &Kind| matches!(kind, Kind::List(List { items: Some(items), .. }) if items.is_empty());
                if other.kinds.iter().all(is_empty) && holds {
                    let value = value.but_null();
                    self.facts.weigh(&value);
                    if !value.is_never() {
                        self.facts.filled_unless_null(&value);
                    }
                    return;
                }
                let left = value.kinds.iter().filter_map(|own| without(own, other));
                left.collect()
            }
            "Lt" | "Le" | "Gt" | "Ge" => {
                let Some((_, bound)) = number_of(other).filter(|_| !other.may_be_null()) else { return };
                let bound = match op {
                    "Lt" | "Le" => Range { least: f64::NEG_INFINITY, most: bound.most },
                    _ => Range { least: bound.least, most: f64::INFINITY },
                };
                let keeps_null = matches!(op, "Lt" | "Le") || !holds;
                let cut = value.kinds.iter().filter_map(|own| match own {
                    Kind::Number(measure, range) => Some(Kind::Number(*measure, range.within(bound))),
                    Kind::Null => keeps_null.then_some(Kind::Null),
                    other => Some(other.clone()),
                });
                cut.collect()
            }
            _ => return,
        };
        if holds || !value.undefined {
            self.facts.narrow(value, kinds);
        }
    }
}

/// What is left of a kind that equals another.
fn same(own: &Kind, other: &Kind) -> Option<Kind> {
    match (own, other) {
        (Kind::Any, kind) | (kind, Kind::Any) => Some(kind.clone()),
        (Kind::Boolean(a), Kind::Boolean(b)) if a.zip(*b).is_none_or(|(a, b)| a == b) => {
            Some(Kind::Boolean(a.or(*b)))
        }
        (Kind::Number(measure, a), Kind::Number(_, b)) => {
            let range = a.within(*b);
            (!range.is_empty()).then_some(Kind::Number(*measure, range))
        }
        (Kind::Text(tongue, a), Kind::Text(_, b)) if meeting(own, other) != Meeting::Different => {
            Some(Kind::Text(tongue.clone(), a.clone().or_else(|| b.clone())))
        }
        _ if meeting(own, other) == Meeting::Apart || meeting(own, other) == Meeting::Different => None,
        (Kind::List(_), Kind::List(list)) => Some(Kind::List(list.clone())),
        _ => Some(own.clone()),
    }
}

/// What is left of a kind that differs from a constant.
fn without(own: &Kind, other: &Abstract) -> Option<Kind> {
    match (own, other.kinds.as_slice()) {
        (Kind::Null, [Kind::Null]) => None,
        (Kind::Boolean(None), [Kind::Boolean(Some(known))]) => Some(Kind::Boolean(Some(!known))),
        (Kind::Boolean(Some(own)), [Kind::Boolean(Some(known))]) if own == known => None,
        (Kind::Text(_, Some(own)), [Kind::Text(_, Some(known))]) if own == known => None,
        _ => Some(own.clone()),
    }
}

fn flipped(op: &str) -> &str {
    match op {
        "Lt" => "Gt",
        "Le" => "Ge",
        "Gt" => "Lt",
        "Ge" => "Le",
        other => other,
    }
}

fn boolean(can_be: bool, can_fail: bool) -> Abstract {
    Abstract::boolean(match (can_be, can_fail) {
        (true, false) => Some(true),
        (false, _) => Some(false),
        (true, true) => None,
    })
}

/// How a constant of the wrong type is written in the type of the other value.
fn mend((value, _): Operand<'_>, (constant, written): Operand<'_>, text: &str) -> Option<String> {
    match (value.kinds.as_slice(), constant.kinds.as_slice()) {
        ([Kind::Boolean(_)], [Kind::Text(_, Some(word))]) if word == "true" || word == "false" => {
            Some(format!("write `{word}` without quotation marks"))
        }
        ([Kind::Boolean(_)], [Kind::Number(..)]) if matches!(written, Expr::Number(_)) => {
            Some(format!("`{text}` is `true` or `false`"))
        }
        ([Kind::Number(..)], [Kind::Text(_, Some(word))]) if word.parse::<f64>().is_ok() => {
            Some(format!("write {word} without quotation marks"))
        }
        ([Kind::Text(Tongue::Version, _)], [Kind::Number(..)]) => Some(
            "a version is a text: `operators.compare_versions` compares with one such as \"1.2\"".to_owned(),
        ),
        ([Kind::Text(Tongue::DateTime, _)], [Kind::Number(..)]) => {
            Some("compare an age or a time left, which are durations".to_owned())
        }
        ([Kind::List(List { is_set: false, .. })], [Kind::Number(..)]) => {
            Some(format!("`count({text})` is how many there are"))
        }
        ([Kind::List(list)], [Kind::Text(..)])
            if list.each.kinds.iter().any(|kind| matches!(kind, Kind::Text(..))) =>
        {
            Some(format!("write `… in {text}`"))
        }
        ([Kind::Object(Object::Feature(_))], [Kind::Boolean(_)]) => {
            Some(format!("ask for a property of it, such as `{text}.enabled`"))
        }
        _ => None,
    }
}
