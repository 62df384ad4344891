//! Folds the comparison of a check into its Rego.
//!
//! `operators.compare(x, check.operator, check.target_value)` as a statement of its own becomes the one clause of the
//! library's `compare` that its operator selects; `compare_versions` and `filled` likewise. The clauses here and those of
//! the library say the same; tests hold them equal. Types are told apart by the order of Rego's values, which costs the
//! machine less than a call of `type_name`: null, booleans, numbers, strings, arrays, sets, objects.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::Value;

use super::inline;
use super::slots::Slots;
use crate::compile::Operator;
use crate::engine::{Form, version_key};
use crate::rego::ast::{Expr, Literal, Query, Rule, Span, Stmt};
use crate::rego::edit::{Edit, edited};
use crate::rego::{Library, RegoModule, hoist};

/// What stands in for the constants of a check.
#[derive(Debug, Clone)]
pub(crate) struct Constants {
    /// The last part of the check's package.
    pub(crate) snake: String,
    /// The operator and target value; none for a metric that is Rego alone.
    pub(crate) comparison: Option<(Operator, Value)>,
}

impl Constants {
    /// The value of an expression that is constant for this check.
    fn value(&self, module: &RegoModule, expr: &Expr) -> Option<Value> {
        if let Some(literal) = expr.literal() {
            return Some(literal.clone());
        }
        let (operator, target) = self.comparison.as_ref()?;
        let path = module.resolve(expr)?;
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        match names.as_slice() {
            ["data", "probity", "checks", check, "operator"] if *check == self.snake => {
                Some(Value::String(operator.as_str().to_owned()))
            }
            ["data", "probity", "checks", check, "target_value"] if *check == self.snake => {
                Some(target.clone())
            }
            _ => None,
        }
    }
}

/// The edits that fold `constants` into `module` and put what it reads into `slots`, and the calls that they replace.
pub(crate) fn fold(
    module: &RegoModule,
    constants: &Constants,
    slots: Option<&mut Slots>,
) -> (Vec<Edit>, BTreeSet<Span>) {
    let mut edits = constant_edits(module, constants);
    edits.extend(inline::aliases(module).unwrap_or_default());
    let slots = slots.map(RefCell::new);
    edits.extend(slots.iter().flat_map(|slots| slots.borrow_mut().edits(module)));
    let mut folded = BTreeSet::new();
    let mut statements = Vec::new();
    for body in module.ast.rules.iter().flat_map(Rule::bodies) {
        body.query.visit_queries(&mut |query| {
            for stmt in &query.stmts {
                let slots = slots.as_ref();
                let statement = Statement { module, constants, edits: &edits, slots, query, stmt };
                statements.extend(statement.folded());
            }
        });
    }
    for (edit, call) in statements {
        edits.push(edit);
        folded.extend(call);
    }
    (edits, folded)
}

/// Replaces `check.operator` and `check.target_value` by what they are.
fn constant_edits(module: &RegoModule, constants: &Constants) -> Vec<Edit> {
    let mut edits = Vec::new();
    for body in module.ast.rules.iter().flat_map(Rule::bodies) {
        body.query.visit(&mut |expr| {
            let is_path = matches!(expr, Expr::RefDot { .. } | Expr::RefBrack { .. });
            if let Some(value) = constants.value(module, expr).filter(|_| is_path) {
                let span = expr.span();
                edits.push(Edit { start: span.start, end: span.end, text: value.to_string() });
            }
        });
    }
    edits
}

/// A statement that may be folded.
struct Statement<'a> {
    module: &'a RegoModule,
    constants: &'a Constants,
    /// What is replaced in its operands.
    edits: &'a [Edit],
    slots: Option<&'a RefCell<&'a mut Slots>>,
    query: &'a Query,
    stmt: &'a Stmt,
}

impl Statement<'_> {
    /// What stands for the statement, and the call of the library that it was.
    fn folded(&self) -> Option<(Edit, Option<Span>)> {
        let Literal::Expr { expr } = &self.stmt.literal else { return None };
        if !self.stmt.with_mods.is_empty() {
            return None;
        }
        if hoist::is_guard(expr) {
            // the machine finds nothing in what is no collection
            return Some((self.edit(self.stmt.span, &[]), None));
        }
        let Expr::Call { span, fcn, params } = expr else { return None };
        let path = self.module.resolve(fcn)?;
        let library = RegoModule::library(&path)?;
        let lines = match (library, path.last()?.as_str(), params.as_slice()) {
            (Library::Clouditor, "compare", [operator, target, actual]) => {
                let (operator, target) = self.comparison(operator, target)?;
                self.with_name(actual, |name, _| native(name, operator, &target))?
            }
            (Library::Operators, "compare", [actual, operator, target]) => {
                let (operator, target) = self.comparison(operator, target)?;
                self.with_name(actual, |name, number| clause(name, operator, &target, number))?
            }
            (Library::Operators, "compare_versions", [actual, operator, target]) => {
                let (operator, target) = self.comparison(operator, target)?;
                let target = version_key(target.as_str()?)?;
                if let Some(key) = self.version_key(actual) {
                    let line = comparable(operator).then(|| format!("{key} {operator} {target}"))?;
                    return Some((self.edit(*span, &[line]), Some(*span)));
                }
                self.with_name(actual, |name, number| versions(name, operator, &target, number))?
            }
            (Library::Operators, "filled", [list]) if self.is_input(list) => {
                let list = self.text(list);
                vec![format!("{list} > []"), format!("{list} < {{}}")]
            }
            _ => return None,
        };
        Some((self.edit(*span, &lines), Some(*span)))
    }

    /// The operator and target value of a comparison that has constant ones.
    fn comparison(&self, operator: &Expr, target: &Expr) -> Option<(Operator, Value)> {
        let value = |expr| self.constants.value(self.module, expr);
        Some((Operator::parse(value(operator)?.as_str()?)?, value(target)?))
    }

    /// Whether the expression is a property of the resource, which is JSON: it is no set.
    fn is_input(&self, expr: &Expr) -> bool {
        self.module.resolve(expr).is_some_and(|path| path.first().is_some_and(|root| root == "input"))
    }

    /// Where the version key of a property is handed over.
    fn version_key(&self, expr: &Expr) -> Option<String> {
        let slots = self.slots?;
        let path = self.module.resolve(expr)?;
        let (_, path) = path.split_first().filter(|(root, path)| *root == "input" && !path.is_empty())?;
        Some(format!("input[{}]", slots.borrow_mut().number(path, Form::VersionKey)))
    }

    fn text(&self, expr: &Expr) -> String {
        let span = self.module.quoted(expr.span());
        edited(&self.module.text, span.start, span.end, self.edits)
    }

    /// The lines of a comparison; what is compared gets a name first where it is more than a path.
    fn with_name(
        &self,
        actual: &Expr,
        lines: impl FnOnce(&str, usize) -> Option<Vec<String>>,
    ) -> Option<Vec<String>> {
        let (number, text) = (actual.span().start, self.text(actual));
        if actual.dotted().is_some() {
            return lines(&text, number);
        }
        let name = format!("actual__{number}");
        let lines = lines(&name, number)?;
        Some(std::iter::once(format!("{name} := {text}")).chain(lines).collect())
    }

    fn edit(&self, span: Span, lines: &[String]) -> Edit {
        let mut text = lines.join("\n");
        if self.query.span.start == self.stmt.span.start {
            text = format!("{{\n{text}\n}}"); // a body without braces
        }
        Edit { start: span.start, end: span.end, text }
    }
}

/// The statement that `compare(operator, target, actual)` of imported metrics stands for, where it is an operator of Rego.
fn native(actual: &str, operator: Operator, target: &Value) -> Option<Vec<String>> {
    let is_plain = operator == Operator::Equal || operator.orders();
    is_plain.then(|| vec![format!("{actual} {operator} {target}")])
}

/// The statements that `compare(actual, operator, target)` stands for; none where the target has another type than the
/// operator takes.
fn clause(actual: &str, operator: Operator, target: &Value, number: usize) -> Option<Vec<String>> {
    let kind = match target {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let of_kind = |kind: &str| format!("type_name({actual}) == \"{kind}\"");
    let compared = format!("{actual} {operator} {target}");
    match operator {
        Operator::Equal => Some(vec![compared]),
        Operator::NotEqual => Some(vec![of_kind(kind), compared]),
        Operator::AtLeast | Operator::Above if target.is_number() => {
            Some(vec![compared, format!("{actual} < \"\"")])
        }
        Operator::AtMost | Operator::Below if target.is_number() => {
            Some(vec![compared, format!("{actual} > true")])
        }
        Operator::IsIn if target.is_array() => Some(vec![format!("{actual} in {target}")]),
        Operator::AllIn if target.is_array() => Some(vec![
            of_kind("array"),
            format!("count({actual}) > 0"),
            format!("every found__{number} in {actual} {{ found__{number} in {target} }}"),
        ]),
        Operator::HasAny if target.is_array() => Some(vec![
            of_kind("array"),
            format!("some found__{number} in {actual}"),
            format!("found__{number} in {target}"),
        ]),
        _ => None,
    }
}

/// The statements that `compare_versions(actual, operator, target)` stands for, given the key of the target.
fn versions(actual: &str, operator: Operator, target: &Value, number: usize) -> Option<Vec<String>> {
    comparable(operator).then(|| {
        vec![
            format!("type_name({actual}) == \"string\""),
            format!("regex.match(`^[0-9]+(\\.[0-9]+)*$`, {actual})"),
            format!(
                "key__{number} := [[count(digits__{number}), digits__{number}] | some part__{number} in \
                 split(regex.replace({actual}, `(\\.0+)+$`, \"\"), \".\"); digits__{number} := \
                 trim_left(part__{number}, \"0\")]"
            ),
            format!("key__{number} {operator} {target}"),
        ]
    })
}

/// Whether versions can be compared so.
fn comparable(operator: Operator) -> bool {
    matches!(operator, Operator::Equal | Operator::NotEqual) || operator.orders()
}
