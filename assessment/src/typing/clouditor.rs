//! Calls of the library that imported metrics are written for. Its comparisons are those of Rego itself: values of different types
//! have an order, and nothing keeps null or an unset number out.

use super::compare::Operand;
use super::infer::{Inference, UNWRITTEN, number_of};
use super::notes::Problem;
use super::value::{Abstract, Kind, Object, Source};
use crate::codes;
use crate::compile::Operator;
use crate::rego::ast::{Expr, Scalar, Span};

impl Inference<'_> {
    /// A call of package `cch`.
    pub(super) fn clouditor(&mut self, name: &str, operands: &[Operand<'_>], at: Span) -> Abstract {
        match (name, operands) {
            ("compare", [operator, target, actual]) => {
                self.clouditor_compare(*actual, *operator, *target, at)
            }
            ("comparison_result", [property, actual]) => self.comparison_result(*property, *actual, at),
            _ => Abstract::unknown(),
        }
    }

    /// The comparison of a value with operator and target value of the metric, as an object that says how it went.
    fn comparison_result(&mut self, property: Operand<'_>, actual: Operand<'_>, at: Span) -> Abstract {
        self.notes.target_read |= self.quiet == 0;
        let unwritten = |name: &str| {
            Expr::Var(Scalar { span: UNWRITTEN, value: serde_json::Value::String(name.to_owned()) })
        };
        let operator = self.comparison.operator.as_deref().map(Abstract::constant_text);
        let operator = operator.unwrap_or_else(Abstract::unknown).from(Source::Operator);
        let target = self.comparison.target.clone().unwrap_or_else(Abstract::unknown).from(Source::Target);
        let (operator_name, target_name) = (unwritten("data.operator"), unwritten("data.target_value"));
        let success =
            self.clouditor_compare(actual, (&operator, &operator_name), (&target, &target_name), at);
        let undefined = actual.0.undefined || actual.0.is_never();
        let member = |name: &str, value: &Abstract| (Some(name.to_owned()), value.clone());
        let members = vec![
            member("property", property.0),
            member("value", actual.0),
            member("operator", &operator),
            member("target_value", &target),
            (Some("success".to_owned()), Abstract { undefined: false, ..success }),
        ];
        Abstract { undefined, ..Abstract::of(Kind::Object(Object::Fields(members))) }
    }

    fn clouditor_compare(
        &mut self,
        actual: Operand<'_>,
        operator: Operand<'_>,
        target: Operand<'_>,
        at: Span,
    ) -> Abstract {
        let open = || Abstract::boolean(None).maybe_undefined();
        let is_turned = actual.0.source == Source::Target && target.0.source != Source::Target;
        if is_turned {
            let (value, target) = (self.text(target.1.span()), self.text(actual.1.span()));
            let operator = self.text(operator.1.span());
            let message = format!(
                "`{target}` stands where `compare` takes the value, and `{value}` where it takes the target"
            );
            self.report(
                Problem::error(&codes::OPERANDS_SWAPPED, at, message)
                    .label("operator, target value, value: in this order")
                    .help(format!("write `compare({operator}, {target}, {value})`")),
            );
            return open();
        }
        if self.is_swapped("compare", actual, operator, target, at) {
            return open();
        }
        let Some(op) = operator.0.as_text().and_then(Operator::parse) else { return open() };
        if actual.0.is_never() || target.0.is_never() {
            return Abstract::never();
        }
        let before = self.notes.count;
        let outcome = match op {
            Operator::Equal => self.equal(actual, target, at),
            Operator::IsIn => self.is_in_any(actual, target, at),
            Operator::AllIn => self.all_in(actual, target, at),
            Operator::NotEqual => {
                let message = "`!=` is no operator of `compare`: it never holds";
                self.report(Problem::error(&codes::OPERANDS_SWAPPED, at, message));
                return open();
            }
            Operator::HasAny => open(),
            _ if self.is_other_type(actual, op, target, at) => return open(),
            _ => self.order(actual, target, op.as_str(), at),
        };
        if op != Operator::AllIn {
            self.unset_passes(actual, op, target, at);
        }
        if self.notes.count > before { open() } else { outcome }
    }

    /// Reports texts and numbers that are put in order: every text is more than every number.
    fn is_other_type(&mut self, actual: Operand<'_>, op: Operator, target: Operand<'_>, at: Span) -> bool {
        let is_text = |value: &Abstract| matches!(value.but_null().kinds.as_slice(), [Kind::Text(..)]);
        let is_text_first = match (is_text(actual.0), is_text(target.0)) {
            (true, false) if number_of(target.0).is_some() => true,
            (false, true) if number_of(actual.0).is_some() => false,
            _ => return false,
        };
        let is_more = matches!(op, Operator::AtLeast | Operator::Above);
        let always = if is_text_first == is_more { "always" } else { "never" };
        let (text, other) = (self.text(actual.1.span()), self.text(target.1.span()));
        let (what, against) = if is_text_first { ("a text", "a number") } else { ("a number", "a text") };
        let message = format!("`{text}` is {what}, and `{other}` is {against}: this {always} holds");
        let problem = Problem::error(&codes::TYPE_MISMATCH, at, message)
            .label("in Rego every text is more than every number");
        self.report(problem.help(if is_text_first {
            format!("turn it into a number first: `to_number({text})`")
        } else {
            "write the target value in `data.json` as a number".to_owned()
        }));
        true
    }

    /// One value in a list of targets, one target in a list of values, or any of one list in the other.
    fn is_in_any(&mut self, actual: Operand<'_>, target: Operand<'_>, at: Span) -> Abstract {
        let open = Abstract::boolean(None).maybe_undefined();
        let is_list = |value: &Abstract| {
            value.kinds.iter().any(|kind| matches!(kind, Kind::List(_) | Kind::Object(_) | Kind::Any))
        };
        if !is_list(target.0) && !is_list(&actual.0.but_null()) {
            let text = self.text(actual.1.span());
            let shown = target.0.as_text().map(|text| format!("`{text}`"));
            let message = format!(
                "`isIn` looks into a list, and neither `{text}` nor the target value{} is one: it never holds",
                shown.map(|shown| format!(" {shown}")).unwrap_or_default()
            );
            let is_bracketed = target.0.as_text().is_some_and(|text| text.starts_with('['));
            let help = if is_bracketed {
                "in `data.json` the list stands inside one text: write each element as a text of its own"
            } else {
                "make the target value in `data.json` a list"
            };
            self.report(Problem::error(&codes::TYPE_MISMATCH, at, message).help(help));
            return open;
        }
        let one = match self.quietly(|run| run.element(&actual.0.but_null())) {
            Some(each) if is_list(actual.0) => each,
            _ => actual.0.clone(),
        };
        if is_list(target.0) && !one.is_unknown() {
            let truth = self.membership((&one, actual.1), target, at);
            return Abstract { undefined: true, ..truth };
        }
        open
    }

    /// All of a list in the targets. A text that holds several values is one value.
    fn all_in(&mut self, actual: Operand<'_>, target: Operand<'_>, at: Span) -> Abstract {
        let open = Abstract::boolean(None).maybe_undefined();
        let text = self.text(actual.1.span());
        let value = actual.0.but_null();
        if matches!(value.kinds.as_slice(), [Kind::Text(..)]) {
            let message = format!(
                "`{text}` is one text, and `allIn` looks for the whole of it among the target values"
            );
            self.report(
                Problem::warning(&codes::TYPE_MISMATCH, at, message)
                    .help("a text such as `22,80` is none of `22` and `80`: split it first"),
            );
            return open;
        }
        if let [Kind::List(list)] = value.kinds.as_slice()
            && !list.filled
        {
            let message = format!("`allIn` also holds where `{text}` is empty");
            self.report(
                Problem::warning(&codes::EVERY_OF_NONE, at, message)
                    .label("a list that nobody set is empty, too")
                    .help(format!("ask for `count({text}) > 0` before it")),
            );
        }
        match self.quietly(|run| run.element(&value)) {
            Some(each) if !each.is_never() => {
                let truth = self.membership((&each, actual.1), target, at);
                Abstract { undefined: true, ..truth }
            }
            _ => open,
        }
    }

    /// Warns where the value that an unset field has in their evidence meets the target.
    fn unset_passes(&mut self, actual: Operand<'_>, op: Operator, target: Operand<'_>, at: Span) {
        let is_property = actual.0.place.as_ref().is_some_and(|place| !place.dotted.is_empty());
        if !is_property || !self.positive {
            return;
        }
        let holds = match (actual.0.but_null().kinds.as_slice(), target.0.kinds.as_slice()) {
            ([Kind::Boolean(_)], [Kind::Boolean(Some(false))]) => op == Operator::Equal,
            ([Kind::Number(..)], [Kind::Number(..)]) => {
                let Some(limit) = number_of(target.0).and_then(|(_, range)| range.single()) else { return };
                match op {
                    Operator::Equal => limit == 0.0,
                    Operator::AtMost => limit >= 0.0,
                    Operator::Below => limit > 0.0,
                    Operator::AtLeast => limit <= 0.0,
                    Operator::Above => limit < 0.0,
                    _ => false,
                }
            }
            _ => false,
        };
        if !holds {
            return;
        }
        let unset =
            if actual.0.kinds.iter().any(|kind| matches!(kind, Kind::Boolean(_))) { "false" } else { "0" };
        let text = self.text(actual.1.span());
        let message = format!("`{text}` is {unset} where nobody set it, and {unset} passes");
        self.report(
            Problem::warning(&codes::UNSET_PASSES, at, message)
                .label("evidence cannot say the difference")
                .help("ask for something that is only there once it was looked at, or for a value above 0"),
        );
    }
}
