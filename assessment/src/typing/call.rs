//! Calls: functions of the metric, the operators library, and the builtins that metrics use.

use super::compare::Operand;
use super::infer::{Inference, Scope, number_of};
use super::notes::Problem;
use super::value::{Abstract, Kind, Measure, Range, Source, Tongue};
use crate::codes;
use crate::compile::Operator;
use crate::rego::ast::{Expr, Rule, Span};
use crate::rego::{Library, RegoModule};

/// What a builtin takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    Text,
    Number,
    /// An array, a set or an object.
    Collection,
    /// A collection or a text.
    Countable,
    Any,
}

/// What a builtin gives.
#[derive(Debug, Clone, Copy)]
enum Gives {
    Boolean,
    Text,
    Texts,
    Number,
    Count,
    /// What its first argument is.
    Same,
    /// What the elements of its first argument are.
    Element,
    Any,
}

/// The builtins that are known: name, what each argument is, what comes of them.
const BUILTINS: [(&str, &[Takes], Gives); 48] = [
    ("abs", &[Takes::Number], Gives::Same),
    ("array.concat", &[Takes::Collection, Takes::Collection], Gives::Same),
    ("array.reverse", &[Takes::Collection], Gives::Same),
    ("array.slice", &[Takes::Collection, Takes::Number, Takes::Number], Gives::Same),
    ("ceil", &[Takes::Number], Gives::Same),
    ("concat", &[Takes::Text, Takes::Collection], Gives::Text),
    ("contains", &[Takes::Text, Takes::Text], Gives::Boolean),
    ("count", &[Takes::Countable], Gives::Count),
    ("endswith", &[Takes::Text, Takes::Text], Gives::Boolean),
    ("floor", &[Takes::Number], Gives::Same),
    ("format_int", &[Takes::Number, Takes::Number], Gives::Text),
    ("glob.match", &[Takes::Text, Takes::Any, Takes::Text], Gives::Boolean),
    ("indexof", &[Takes::Text, Takes::Text], Gives::Number),
    ("intersection", &[Takes::Collection], Gives::Any),
    ("is_array", &[Takes::Any], Gives::Boolean),
    ("is_boolean", &[Takes::Any], Gives::Boolean),
    ("is_null", &[Takes::Any], Gives::Boolean),
    ("is_number", &[Takes::Any], Gives::Boolean),
    ("is_object", &[Takes::Any], Gives::Boolean),
    ("is_set", &[Takes::Any], Gives::Boolean),
    ("is_string", &[Takes::Any], Gives::Boolean),
    ("lower", &[Takes::Text], Gives::Text),
    ("max", &[Takes::Collection], Gives::Element),
    ("min", &[Takes::Collection], Gives::Element),
    ("net.cidr_contains", &[Takes::Text, Takes::Text], Gives::Boolean),
    ("net.cidr_intersects", &[Takes::Text, Takes::Text], Gives::Boolean),
    ("object.keys", &[Takes::Any], Gives::Any),
    ("regex.match", &[Takes::Text, Takes::Text], Gives::Boolean),
    ("regex.replace", &[Takes::Text, Takes::Text, Takes::Text], Gives::Text),
    ("regex.split", &[Takes::Text, Takes::Text], Gives::Texts),
    ("replace", &[Takes::Text, Takes::Text, Takes::Text], Gives::Text),
    ("round", &[Takes::Number], Gives::Same),
    ("semver.compare", &[Takes::Text, Takes::Text], Gives::Number),
    ("semver.is_valid", &[Takes::Any], Gives::Boolean),
    ("sort", &[Takes::Collection], Gives::Same),
    ("split", &[Takes::Text, Takes::Text], Gives::Texts),
    ("sprintf", &[Takes::Text, Takes::Collection], Gives::Text),
    ("startswith", &[Takes::Text, Takes::Text], Gives::Boolean),
    ("strings.any_prefix_match", &[Takes::Any, Takes::Any], Gives::Boolean),
    ("substring", &[Takes::Text, Takes::Number, Takes::Number], Gives::Text),
    ("sum", &[Takes::Collection], Gives::Element),
    ("to_number", &[Takes::Any], Gives::Number),
    ("trim", &[Takes::Text, Takes::Text], Gives::Text),
    ("trim_prefix", &[Takes::Text, Takes::Text], Gives::Text),
    ("trim_space", &[Takes::Text], Gives::Text),
    ("trim_suffix", &[Takes::Text, Takes::Text], Gives::Text),
    ("union", &[Takes::Collection], Gives::Any),
    ("upper", &[Takes::Text], Gives::Text),
];

/// Whether a value can be what a builtin takes.
fn suits(value: &Abstract, takes: Takes) -> bool {
    let fits = |kind: &Kind| {
        let (is_text, is_number) = (matches!(kind, Kind::Text(..)), matches!(kind, Kind::Number(..)));
        let is_collection = matches!(kind, Kind::List(_) | Kind::Object(_));
        let suits = match takes {
            Takes::Any => true,
            Takes::Text => is_text,
            Takes::Number => is_number,
            Takes::Collection => is_collection,
            Takes::Countable => is_collection || is_text,
        };
        suits || *kind == Kind::Any
    };
    value.kinds.iter().any(fits)
}

impl Inference<'_> {
    pub(super) fn call(&mut self, at: Span, fcn: &Expr, params: &[Expr], scope: &mut Scope) -> Abstract {
        let module = self.module;
        let path = module.resolve(fcn).unwrap_or_default();
        let values: Vec<Abstract> = params.iter().map(|param| self.value(param, scope)).collect();
        let operands: Vec<Operand<'_>> = values.iter().zip(params).collect();
        if let (Some(name), true) = (fcn.var(), module.defines_function(fcn)) {
            let rules: Vec<&Rule> = module.rules(name).collect();
            return self.deeper(|run| run.definitions(&rules, &values));
        }
        let last = path.last().map_or("", String::as_str);
        match RegoModule::library(&path) {
            Some(Library::Operators) => return self.library(last, &operands, at),
            Some(Library::Clouditor) => return self.clouditor(last, &operands, at),
            None => {}
        }
        let name = path.join(".");
        self.builtin(&name, &operands, at)
    }

    fn builtin(&mut self, name: &str, operands: &[Operand<'_>], at: Span) -> Abstract {
        match (name, operands) {
            ("object.get", [object, key, default]) => return self.object_get(*object, *key, default.0, at),
            ("type_name", [(value, _)]) => return type_name(value),
            _ => {}
        }
        let Some((_, takes, gives)) = BUILTINS.iter().find(|(known, ..)| *known == name) else {
            return Abstract::unknown();
        };
        let mut undefined = false;
        for ((value, expr), takes) in operands.iter().zip(*takes) {
            undefined |= value.undefined || value.may_be_null();
            if value.is_never() || value.is_null() || suits(value, *takes) {
                continue;
            }
            let wanted = match takes {
                Takes::Text => "a string",
                Takes::Number => "a number",
                Takes::Countable => "a list, an object or a string",
                Takes::Collection | Takes::Any => "a list",
            };
            let text = self.text(expr.span());
            let message = format!("`{name}` takes {wanted}, and `{text}` is {}", value.name());
            self.report(Problem::error(&codes::TYPE_MISMATCH, expr.span(), message));
        }
        if operands.iter().any(|(value, _)| value.is_never()) {
            return Abstract::never();
        }
        let mut value = self.result(name, *gives, operands.first().map(|(value, _)| *value));
        value.undefined |= undefined;
        value
    }

    fn result(&mut self, name: &str, gives: Gives, first: Option<&Abstract>) -> Abstract {
        match gives {
            Gives::Boolean => is_kind(name, first),
            Gives::Text => Abstract::text(Tongue::Plain),
            Gives::Texts => Abstract::list(Abstract::text(Tongue::Plain), false, true),
            Gives::Number => Abstract::number(Measure::Bare),
            Gives::Count => {
                let is_filled = first.is_some_and(super::query::is_filled);
                let least = if is_filled { 1.0 } else { 0.0 };
                let known = first.and_then(|list| match list.kinds.as_slice() {
                    [Kind::List(list)] => list.items.as_ref().filter(|_| !list.is_set).map(Vec::len),
                    _ => None,
                });
                let known = known.and_then(|length| u32::try_from(length).ok()).map(f64::from);
                Abstract::count(known.map_or(Range { least, most: f64::INFINITY }, Range::only))
            }
            Gives::Same => {
                let mut value = first.map_or_else(Abstract::unknown, Abstract::but_null);
                for kind in &mut value.kinds {
                    match kind {
                        Kind::Number(_, range) => *range = Range::ANY,
                        Kind::List(list) => list.items = None,
                        _ => {}
                    }
                }
                Abstract { kinds: value.kinds, undefined: value.undefined, ..Abstract::default() }
            }
            Gives::Element => {
                let each = first.and_then(|list| self.element(list)).unwrap_or_else(Abstract::unknown);
                match number_of(&each) {
                    Some((measure, _)) => Abstract::number(measure).maybe_undefined(),
                    None => Abstract { path: None, ..each.maybe_undefined() },
                }
            }
            Gives::Any => Abstract::unknown(),
        }
    }

    /// `object.get(object, key, default)`, the key a name or an array of names.
    fn object_get(
        &mut self,
        object: Operand<'_>,
        key: Operand<'_>,
        default: &Abstract,
        at: Span,
    ) -> Abstract {
        let names: Option<Vec<&str>> = match key.1 {
            Expr::Array { items, .. } => {
                items.iter().map(|item| item.literal().and_then(|value| value.as_str())).collect()
            }
            other => other.literal().and_then(|value| value.as_str()).map(|name| vec![name]),
        };
        let Some(names) = names else { return Abstract::unknown() };
        let mut value = object.0.clone();
        let mut rest = names.as_slice();
        for name in &names {
            value = self.field(&value, name, rest, at);
            rest = rest.get(1..).unwrap_or_default();
        }
        let place = value.place.clone();
        if let Some(place) = place.as_ref().filter(|place| !place.related && self.quiet == 0) {
            self.notes.read.insert(place.dotted.clone());
        }
        let undefined = default.undefined;
        Abstract { undefined, path: None, place: None, ..value.or(default.clone()) }
    }

    /// A call of the operators library.
    fn library(&mut self, name: &str, operands: &[Operand<'_>], at: Span) -> Abstract {
        match (name, operands) {
            ("filled", [list]) => self.is_filled(*list, at),
            ("compare", [actual, operator, target]) => self.operator(name, *actual, *operator, *target, at),
            ("holds", [actual, operator, target]) => {
                self.operator(name, *actual, *operator, *target, at);
                Abstract::boolean(None)
            }
            ("compare_versions", [actual, operator, target]) => {
                self.operator(name, *actual, *operator, *target, at)
            }
            _ => Abstract::boolean(None).maybe_undefined(),
        }
    }

    fn is_filled(&mut self, (list, expr): Operand<'_>, at: Span) -> Abstract {
        if list.is_never() {
            return Abstract::never();
        }
        if !list.is_null() && !suits(list, Takes::Collection) {
            let text = self.text(expr.span());
            let message = format!("`{text}` is {}, no list", list.name());
            self.report(Problem::error(&codes::TYPE_MISMATCH, at, message));
            return Abstract::never();
        }
        let is_sure = super::query::is_filled(list) && !list.may_be_null() && !list.undefined;
        Abstract { undefined: !is_sure, ..Abstract::boolean(Some(true)) }
    }

    /// `compare`, `holds` and `compare_versions`: value, operator, target.
    fn operator(
        &mut self,
        name: &str,
        actual: Operand<'_>,
        operator: Operand<'_>,
        target: Operand<'_>,
        at: Span,
    ) -> Abstract {
        let open = || Abstract::boolean(Some(true)).maybe_undefined();
        if self.is_swapped(name, actual, operator, target, at) {
            return open();
        }
        let Some(op) = operator.0.as_text().and_then(Operator::parse) else { return open() };
        if actual.0.is_never() || target.0.is_never() {
            return Abstract::never();
        }
        if name == "compare_versions" {
            return if self.versions(actual, op, target, at) { open() } else { Abstract::never() };
        }
        let before = self.notes.count;
        let sure = match op {
            Operator::Equal => {
                let equal = self.equal(actual, target, at);
                (equal.can_hold(), !equal.can_fail())
            }
            Operator::NotEqual => {
                let equal = self.equal(actual, target, at);
                (equal.can_fail() || !equal.can_hold(), !equal.can_hold())
            }
            Operator::IsIn => (self.is_in(actual, target, at), false),
            Operator::AllIn | Operator::HasAny => (self.lists(op, actual, target, at), false),
            _ => self.ordered_numbers(op, actual, target, at),
        };
        if self.notes.count > before {
            return open();
        }
        let is_sure = sure.1 && !actual.0.may_be_null() && !actual.0.undefined && !target.0.undefined;
        if !sure.0 {
            return Abstract::never();
        }
        Abstract { undefined: !is_sure, ..Abstract::boolean(Some(true)) }
    }

    /// Reports operands that stand in each other's places.
    pub(super) fn is_swapped(
        &mut self,
        name: &str,
        actual: Operand<'_>,
        operator: Operand<'_>,
        target: Operand<'_>,
        at: Span,
    ) -> bool {
        let is_named = |value: &Abstract| value.place.as_ref().is_some_and(|place| !place.dotted.is_empty());
        let is_given = |value: &Abstract| matches!(value.source, Source::Target | Source::Literal);
        let [a, o, t] = [actual, operator, target].map(|(_, expr)| self.text(expr.span()));
        let is_known = |value: &Abstract| value.as_text().is_some_and(|text| Operator::parse(text).is_some());
        let is_clouditor = self.module.is_clouditor();
        let right_order = |[a, o, t]: [&str; 3]| {
            let values = if is_clouditor { [o, t, a] } else { [a, o, t] };
            format!("write `{name}({})`", values.join(", "))
        };
        if is_given(actual.0) && is_named(target.0) {
            let message = format!("`{t}` stands where `{name}` takes the target value");
            self.report(
                Problem::error(&codes::OPERANDS_SWAPPED, at, message)
                    .label(if is_clouditor {
                        "operator, target value, value: in this order"
                    } else {
                        "value, operator, target value: in this order"
                    })
                    .help(right_order([t, o, a])),
            );
            return true;
        }
        if is_known(operator.0) || operator.0.is_unknown() || operator.0.is_never() {
            return false;
        }
        let all = Operator::ALL.map(Operator::as_str).join(" ");
        let (message, help) = if target.0.source == Source::Operator {
            (format!("`{o}` stands where `{name}` takes the operator"), right_order([a, t, o]))
        } else if actual.0.source == Source::Operator {
            (format!("`{o}` stands where `{name}` takes the operator"), right_order([o, a, t]))
        } else if operator.0.as_text().is_some() {
            (format!("`{o}` is none of the operators"), format!("the operators are {all}"))
        } else if matches!(operator.0.kinds.as_slice(), [Kind::Text(..)]) {
            return false;
        } else {
            (
                format!("`{o}` is {}, and `{name}` takes an operator here", operator.0.name()),
                format!("the operators are {all}"),
            )
        };
        self.report(Problem::error(&codes::OPERANDS_SWAPPED, at, message).help(help));
        true
    }

    /// Whether an operator that orders can hold; only numbers are ordered. And whether it must.
    fn ordered_numbers(
        &mut self,
        op: Operator,
        actual: Operand<'_>,
        target: Operand<'_>,
        at: Span,
    ) -> (bool, bool) {
        for (value, expr) in [actual, target] {
            if suits(value, Takes::Number) || value.is_null() {
                continue;
            }
            let text = self.text(expr.span());
            let is_version = |kind: &Kind| matches!(kind, Kind::Text(Tongue::Version, _));
            let is_instant = |kind: &Kind| matches!(kind, Kind::Text(Tongue::DateTime, _));
            let message =
                format!("`{text}` is {}, and `{op}` orders numbers only: it never holds", value.name());
            let (code, help) = if value.kinds.iter().any(is_version) {
                (&codes::TEXT_ORDER, Some("`operators.compare_versions` orders versions"))
            } else if value.kinds.iter().any(is_instant) {
                (&codes::TEXT_ORDER, Some("compare an age or a time left, which are durations"))
            } else {
                (&codes::TYPE_MISMATCH, None)
            };
            let problem = Problem::error(code, at, message);
            self.report(match help {
                Some(help) => problem.help(help),
                None => problem,
            });
            return (false, false);
        }
        self.same_type(actual, target, "ordered", at);
        let (Some((_, a)), Some((_, b))) = (number_of(actual.0), number_of(target.0)) else {
            return (true, false);
        };
        match op {
            Operator::AtLeast => (a.most >= b.least, a.least >= b.most),
            Operator::AtMost => (a.least <= b.most, a.most <= b.least),
            Operator::Above => (a.most > b.least, a.least > b.most),
            _ => (a.least < b.most, a.most < b.least),
        }
    }

    /// Whether `isIn` can hold: one value in a list.
    fn is_in(&mut self, actual: Operand<'_>, target: Operand<'_>, at: Span) -> bool {
        let (value, list) = (actual.0.but_null(), target.0);
        let (a, t) = (self.text(actual.1.span()), self.text(target.1.span()));
        if !list.is_null() && !suits(list, Takes::Collection) {
            let message = format!("`isIn` takes a list of targets, and `{t}` is {}", list.name());
            let problem = Problem::error(&codes::TYPE_MISMATCH, at, message);
            self.report(problem.help(format!("write `[{t}]`, or compare by `==`")));
            return false;
        }
        if matches!(value.kinds.as_slice(), [Kind::List(_)]) {
            let message = format!("`isIn` takes one value, and `{a}` is a list");
            let problem = Problem::error(&codes::TYPE_MISMATCH, at, message);
            self.report(problem.help("`allIn` asks of all of them, `hasAny` of any"));
            return false;
        }
        self.membership(actual, target, at).can_hold()
    }

    /// Whether `allIn` or `hasAny` can hold: a list against a list.
    fn lists(&mut self, op: Operator, actual: Operand<'_>, target: Operand<'_>, at: Span) -> bool {
        for (value, expr) in [actual, target] {
            if value.is_null() || suits(value, Takes::Collection) {
                continue;
            }
            let text = self.text(expr.span());
            let message = format!("`{op}` compares two lists, and `{text}` is {}", value.name());
            let problem = Problem::error(&codes::TYPE_MISMATCH, at, message);
            self.report(
                problem
                    .help(format!("`isIn` asks whether one value is in a list; `[{text}]` is a list of one")),
            );
            return false;
        }
        let each = self.quietly(|run| run.element(&actual.0.but_null()));
        match each {
            Some(each) if !each.is_never() => self.membership((&each, actual.1), target, at).can_hold(),
            _ => true,
        }
    }

    /// Whether `compare_versions` can hold.
    fn versions(&mut self, actual: Operand<'_>, op: Operator, target: Operand<'_>, at: Span) -> bool {
        if op.takes_list() {
            let message = format!("`compare_versions` does not know `{op}`: it never holds");
            let help = "go through the list with `some … in`, and compare by `==`";
            self.report(Problem::error(&codes::TYPE_MISMATCH, at, message).help(help));
            return false;
        }
        for (value, expr) in [actual, target] {
            let is_version = |kind: &Kind| match kind {
                Kind::Any | Kind::Text(Tongue::Version | Tongue::Plain, None) => true,
                Kind::Text(Tongue::Version | Tongue::Plain, Some(text)) => text
                    .split('.')
                    .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())),
                _ => false,
            };
            if value.is_null() || value.kinds.iter().any(is_version) {
                continue;
            }
            let text = self.text(expr.span());
            let is_number = value.kinds.iter().any(|kind| matches!(kind, Kind::Number(..)));
            let what = if value.as_text().is_some() { "no version".to_owned() } else { value.name() };
            let message =
                format!("`{text}` is {what}, and `compare_versions` takes dotted versions: it never holds");
            let problem = Problem::error(&codes::TYPE_MISMATCH, at, message);
            let help = match expr {
                Expr::Number(_) => format!("write \"{text}\": a version is a text"),
                _ if is_number => "`operators.compare` compares numbers".to_owned(),
                _ => "a version is numbers joined by dots, such as \"1.29\"".to_owned(),
            };
            self.report(problem.help(help));
            return false;
        }
        true
    }

    /// What a call says of its arguments where it holds.
    pub(super) fn learn_call(&mut self, fcn: &Expr, params: &[Expr], scope: &Scope) {
        let path = self.module.resolve(fcn).unwrap_or_default();
        let name = path.last().map_or("", String::as_str);
        let values: Vec<Abstract> = params
            .iter()
            .map(|param| self.quietly(|run| run.aside(|run| run.value(param, &mut scope.clone()))))
            .collect();
        if self.module.defines_function(fcn) {
            return;
        }
        values.iter().for_each(|value| self.facts.defined(value));
        if let Some(library) = RegoModule::library(&path) {
            let values = match (library, values.as_slice()) {
                (Library::Clouditor, [operator, target, actual]) => {
                    vec![actual.clone(), operator.clone(), target.clone()]
                }
                _ => values,
            };
            match (name, values.as_slice()) {
                ("filled", [list]) => self.facts.filled(list),
                ("compare" | "compare_versions", [actual, operator, target]) => {
                    if library == Library::Clouditor {
                        return; // null and empty lists may hold there
                    }
                    self.facts.present(actual);
                    let op = operator.as_text().and_then(Operator::parse);
                    let op = match op {
                        Some(Operator::Equal) => "Eq",
                        Some(Operator::NotEqual) => "Ne",
                        Some(Operator::AtLeast) => "Ge",
                        Some(Operator::AtMost) => "Le",
                        Some(Operator::Above) => "Gt",
                        Some(Operator::Below) => "Lt",
                        Some(Operator::AllIn | Operator::HasAny) => {
                            self.facts.filled(actual);
                            return;
                        }
                        _ => return,
                    };
                    if name == "compare" {
                        self.narrow(&actual.but_null(), op, target, true);
                    }
                }
                _ => {}
            }
            return;
        }
        if let (Some(kind), [value]) = (name.strip_prefix("is_"), values.as_slice()) {
            let keeps = |own: &&Kind| own.type_name().is_none_or(|name| name == kind);
            let kinds = value.kinds.iter().filter(keeps).cloned().collect();
            self.facts.narrow(value, kinds);
            self.facts.weigh(value);
        }
    }
}

/// The outcome of `is_array` and its like, where it is certain.
fn is_kind(name: &str, value: Option<&Abstract>) -> Abstract {
    let (Some(wanted), Some(value)) = (name.strip_prefix("is_"), value) else {
        return Abstract::boolean(None);
    };
    let names: Vec<Option<&str>> = value.kinds.iter().map(Kind::type_name).collect();
    let known = if names.iter().all(|name| *name == Some(wanted)) {
        Some(true)
    } else if names.iter().all(|name| name.is_some_and(|name| name != wanted)) {
        Some(false)
    } else {
        None
    };
    Abstract::boolean(known)
}

/// The names of the types that a value can have.
fn type_name(value: &Abstract) -> Abstract {
    if value.is_unknown() {
        return Abstract::text(Tongue::Plain);
    }
    let names = value.kinds.iter().filter_map(Kind::type_name).map(Abstract::constant_text);
    let mut names = names.reduce(Abstract::or).unwrap_or_else(Abstract::never);
    names.undefined = value.undefined;
    names
}
