//! The value of every expression, as far as it is known before a metric has run.

use std::collections::BTreeMap;

use probity_evidence::{Ontology, TypeName};

use super::facts::Facts;
use super::notes::{Notes, Problem};
use super::value::{Abstract, Kind, List, Measure, Object, Path, Place, Range, Source, Tongue};
use crate::codes;
use crate::rego::RegoModule;
use crate::rego::ast::{Expr, Span};

/// Expressions that are looked at for one resource type.
const MAX_STEPS: usize = 60_000;
/// Rules inside rules that are followed.
const MAX_DEPTH: usize = 24;

/// The span of what stands nowhere in the text: the target value where a function takes it by itself.
pub(super) const UNWRITTEN: Span = Span { line: 0, start: usize::MAX, end: usize::MAX };

/// Values of the variables of a body.
pub(super) type Scope = BTreeMap<String, Abstract>;

/// What the metric compares with.
#[derive(Debug, Clone, Default)]
pub(super) struct Comparison {
    /// The operator.
    pub(super) operator: Option<String>,
    /// The target value, in the type of the property.
    pub(super) target: Option<Abstract>,
    /// Whether the metric is for so many types that hardly all of them are meant.
    pub(super) is_wide: bool,
}

/// One run over the rules, for one resource type.
pub(super) struct Inference<'a> {
    pub(super) module: &'a RegoModule,
    pub(super) ontology: &'a Ontology,
    pub(super) comparison: &'a Comparison,
    /// The type of the resource that is judged.
    pub(super) judged: &'a TypeName,
    pub(super) notes: &'a mut Notes,
    pub(super) facts: Facts,
    /// Whether what holds here helps a rule to hold.
    pub(super) positive: bool,
    /// Above 0: nothing is noted.
    pub(super) quiet: usize,
    next_base: u32,
    rule_bases: BTreeMap<String, u32>,
    steps: usize,
    depth: usize,
}

/// One step of a reference.
enum Step<'e> {
    Field(&'e str),
    Index(&'e Expr),
}

impl<'a> Inference<'a> {
    pub(super) fn new(
        module: &'a RegoModule,
        ontology: &'a Ontology,
        comparison: &'a Comparison,
        judged: &'a TypeName,
        notes: &'a mut Notes,
    ) -> Self {
        Self {
            module,
            ontology,
            comparison,
            judged,
            notes,
            facts: Facts::default(),
            positive: true,
            quiet: 0,
            next_base: 1,
            rule_bases: BTreeMap::new(),
            steps: 0,
            depth: 0,
        }
    }

    /// Whether the run has cost too much to go on; what follows is unknown.
    pub(super) fn is_spent(&self) -> bool {
        self.steps >= MAX_STEPS
    }

    pub(super) fn report(&mut self, problem: Problem) {
        if self.quiet == 0 && !self.is_spent() {
            self.notes.push(problem);
        }
    }

    /// The source of an expression.
    pub(super) fn text(&self, span: Span) -> &'a str {
        if span == UNWRITTEN {
            return "data.target_value";
        }
        let text = &self.module.text;
        let is_quoted =
            |at: Option<usize>| at.and_then(|at| text.get(at..=at)).is_some_and(|c| c == "\"" || c == "`");
        if is_quoted(span.start.checked_sub(1)) && is_quoted(Some(span.end)) {
            return text.get(span.start - 1..=span.end).unwrap_or_default(); // the parser leaves out the quotation marks
        }
        text.get(span.start..span.end).unwrap_or_default()
    }

    /// A path of its own, for a variable.
    pub(super) fn fresh(&mut self) -> Path {
        let base = self.next_base;
        self.next_base += 1;
        Path { base, steps: Vec::new() }
    }

    /// Runs `work` one level deeper; unknown where that is too deep.
    pub(super) fn deeper(&mut self, work: impl FnOnce(&mut Self) -> Abstract) -> Abstract {
        if self.depth >= MAX_DEPTH || self.is_spent() {
            return Abstract::unknown();
        }
        self.depth += 1;
        let value = work(self);
        self.depth -= 1;
        value
    }

    /// Runs `work` without noting anything.
    pub(super) fn quietly<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        self.quiet += 1;
        let value = work(self);
        self.quiet -= 1;
        value
    }

    /// Runs `work`, and forgets what it learned.
    pub(super) fn aside<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let facts = self.facts.clone();
        let value = work(self);
        self.facts = facts;
        value
    }

    /// The value of an expression.
    pub(super) fn value(&mut self, expr: &Expr, scope: &mut Scope) -> Abstract {
        self.steps += 1;
        if self.is_spent() {
            return Abstract::unknown();
        }
        match expr {
            Expr::String(s) | Expr::RawString(s) | Expr::Number(s) | Expr::Bool(s) | Expr::Null(s) => {
                Abstract::constant(&s.value).from(Source::Literal)
            }
            Expr::Var(_) | Expr::RefDot { .. } | Expr::RefBrack { .. } => self.reference(expr, scope),
            Expr::Array { items, .. } => self.items(items, false, scope),
            Expr::Set { items, .. } => self.items(items, true, scope),
            Expr::Object { fields, .. } => self.object(fields, scope),
            Expr::ArrayCompr { term, query, .. } => self.comprehension(&[term], query, false, scope),
            Expr::SetCompr { term, query, .. } => self.comprehension(&[term], query, true, scope),
            Expr::ObjectCompr { key, value, query, .. } => {
                let list = self.comprehension(&[key, value], query, false, scope);
                let each = self.element(&list).unwrap_or_else(Abstract::unknown);
                Abstract::of(Kind::Object(Object::Map(Box::new(each))))
            }
            Expr::Call { span, fcn, params } => self.call(*span, fcn, params, scope),
            Expr::UnaryExpr { expr, .. } => self.negated(expr, scope),
            Expr::ArithExpr(pair) => self.arithmetic(pair, scope),
            Expr::BinExpr(pair) => {
                let left = self.value(&pair.lhs, scope);
                let right = self.value(&pair.rhs, scope);
                let each = [&left, &right].into_iter().filter_map(|list| self.element(list));
                let each = each.reduce(Abstract::or).unwrap_or_else(Abstract::unknown);
                Abstract::list(each, true, false)
            }
            Expr::BoolExpr(pair) => self.comparison(pair, scope),
            Expr::AssignExpr(pair) => self.assign(pair, scope),
            Expr::Membership { value, collection, .. } => {
                let one = self.value(value, scope);
                let many = self.value(collection, scope);
                self.membership((&one, value), (&many, collection), expr.span())
            }
        }
    }

    fn items(&mut self, items: &[Expr], is_set: bool, scope: &mut Scope) -> Abstract {
        let items: Vec<Abstract> = items.iter().map(|item| self.value(item, scope)).collect();
        let is_literal = items.iter().all(|item| item.source == Source::Literal);
        let list = Abstract::list_of(items, is_set);
        if is_literal { list.from(Source::Literal) } else { list }
    }

    fn object(&mut self, fields: &[(Span, Expr, Expr)], scope: &mut Scope) -> Abstract {
        let mut members = Vec::new();
        for (_, key, value) in fields {
            let key = self.value(key, scope).as_text().map(str::to_owned);
            members.push((key, self.value(value, scope)));
        }
        Abstract::of(Kind::Object(Object::Fields(members))).from(Source::Literal)
    }

    fn comprehension(
        &mut self,
        terms: &[&Expr],
        query: &crate::rego::ast::Query,
        is_set: bool,
        scope: &Scope,
    ) -> Abstract {
        let mut inner = scope.clone();
        self.aside(|run| {
            let positive = std::mem::replace(&mut run.positive, false);
            run.query(query, &mut inner);
            run.positive = positive;
            let each = terms.iter().map(|term| run.value(term, &mut inner)).next_back();
            let mut each = each.unwrap_or_else(Abstract::unknown);
            each.undefined = false;
            Abstract::list(each, is_set, false)
        })
    }

    /// The elements of a list, or the values of an object; none where it is neither.
    pub(super) fn element(&mut self, collection: &Abstract) -> Option<Abstract> {
        let mut found: Option<Abstract> = None;
        for kind in &collection.kinds {
            let each = match kind {
                Kind::List(List { each, .. }) | Kind::Object(Object::Map(each)) => (**each).clone(),
                Kind::Object(Object::Labels) => Abstract::text(Tongue::Plain),
                Kind::Object(Object::Fields(fields)) => {
                    let values = fields.iter().map(|(_, value)| value.clone());
                    values.reduce(Abstract::or).unwrap_or_else(Abstract::never)
                }
                Kind::Object(_) | Kind::Any => Abstract::unknown(),
                _ => continue,
            };
            found = Some(match found {
                Some(other) => other.or(each),
                None => each,
            });
        }
        let mut each = found?;
        each.undefined = false;
        each.path = Some(self.fresh());
        if !collection.kinds.iter().any(|kind| matches!(kind, Kind::Object(_))) {
            each.place.clone_from(&collection.place);
        }
        Some(each)
    }

    fn negated(&mut self, expr: &Expr, scope: &mut Scope) -> Abstract {
        let mut value = self.value(expr, scope);
        for kind in &mut value.kinds {
            if let Kind::Number(_, range) = kind {
                *range = Range { least: -range.most, most: -range.least };
            }
        }
        value.path = None;
        value
    }

    /// `a.b[c]`, step by step.
    fn reference(&mut self, expr: &Expr, scope: &mut Scope) -> Abstract {
        let mut steps = Vec::new();
        let mut root = expr;
        loop {
            match root {
                Expr::RefDot { refr, field, .. } => {
                    steps.push(Step::Field(&field.1));
                    root = refr;
                }
                Expr::RefBrack { refr, index, .. } => {
                    match index.literal().and_then(|value| value.as_str()) {
                        Some(name) => steps.push(Step::Field(name)),
                        None => steps.push(Step::Index(index)),
                    }
                    root = refr;
                }
                _ => break,
            }
        }
        steps.reverse();
        let mut value = match root.var() {
            Some(name) => self.variable(name, scope),
            None => self.value(root, scope),
        };
        self.note_read(&value);
        let names: Vec<&str> = steps
            .iter()
            .filter_map(|step| match step {
                Step::Field(name) => Some(*name),
                Step::Index(_) => None,
            })
            .collect();
        let mut rest = names.as_slice();
        for step in &steps {
            match step {
                Step::Field(name) => {
                    value = self.field(&value, name, rest, expr.span());
                    rest = rest.get(1..).unwrap_or_default();
                }
                Step::Index(index) => value = self.indexed(&value, index, scope),
            }
            self.note_read(&value);
        }
        value
    }

    fn note_read(&mut self, value: &Abstract) {
        if self.quiet == 0
            && let Some(place) = value.place.as_ref().filter(|place| !place.related)
        {
            self.notes.read.insert(place.dotted.clone());
        }
    }

    fn variable(&mut self, name: &str, scope: &Scope) -> Abstract {
        if let Some(value) = scope.get(name) {
            return self.facts.apply(value.clone());
        }
        if name == "input" {
            return self.own();
        }
        if name == "data" {
            return Abstract::of(Kind::Object(Object::Data(vec!["data".to_owned()])));
        }
        match self.module.import(name).map(<[String]>::to_vec).as_deref() {
            Some([first, rest @ ..]) => {
                let root = if first == "input" {
                    self.own()
                } else {
                    Abstract::of(Kind::Object(Object::Data(vec![first.clone()])))
                };
                rest.iter().fold(root, |value, name| self.quietly_field(&value, name))
            }
            None if self.module.defines(name) => self.rule(name),
            Some([]) | None => Abstract::unknown(),
        }
    }

    /// The member that an import names; a missing one is told where the alias is used.
    fn quietly_field(&mut self, value: &Abstract, name: &str) -> Abstract {
        let span = self.module.ast.imports.iter().map(|import| import.refr.span());
        let span = span.filter(|span| self.text(*span).ends_with(name)).min();
        let span = span.unwrap_or_else(|| self.module.ast.package.refr.span());
        self.field(value, name, &[name], span)
    }

    fn own(&self) -> Abstract {
        Abstract {
            kinds: vec![Kind::Object(Object::Own)],
            path: Some(Path { base: 0, steps: Vec::new() }),
            place: Some(Place { owner: self.judged.clone(), dotted: String::new(), related: false }),
            ..Abstract::default()
        }
    }

    /// A value of rule `name`, with a place for guards to speak of.
    pub(super) fn rule_path(&mut self, name: &str) -> Path {
        let fresh = self.next_base;
        let base = *self.rule_bases.entry(name.to_owned()).or_insert(fresh);
        self.next_base = self.next_base.max(base + 1);
        Path { base, steps: Vec::new() }
    }

    fn arithmetic(&mut self, pair: &crate::rego::ast::Binary, scope: &mut Scope) -> Abstract {
        let left = self.value(&pair.lhs, scope);
        let right = self.value(&pair.rhs, scope);
        let undefined = left.undefined || right.undefined;
        for (value, expr) in [(&left, &pair.lhs), (&right, &pair.rhs)] {
            let is_number = |kind: &Kind| matches!(kind, Kind::Number(..) | Kind::Any | Kind::Null);
            let is_difference =
                pair.op == "Sub" && matches!(value.kinds.as_slice(), [Kind::List(list)] if list.is_set);
            if !value.is_never() && !value.kinds.iter().any(is_number) && !is_difference {
                let message = format!("`{}` is {}, no number", self.text(expr.span()), value.name());
                self.report(Problem::error(&codes::TYPE_MISMATCH, expr.span(), message));
            }
        }
        if matches!(left.kinds.as_slice(), [Kind::List(_)]) {
            return left;
        }
        let (Some((one, a)), Some((other, b))) = (number_of(&left), number_of(&right)) else {
            return Abstract { undefined, ..Abstract::number(Measure::Bare) };
        };
        let measure = match pair.op.as_str() {
            "Add" | "Sub" | "Mod" if one.goes_with(other) => {
                if one == Measure::Bare {
                    other
                } else {
                    one
                }
            }
            "Add" | "Sub" | "Mod" => {
                self.units_differ((&left, &pair.lhs), (&right, &pair.rhs), pair.span);
                Measure::Bare
            }
            "Mul" if one == Measure::Bare => other,
            "Mul" if other == Measure::Bare => one,
            "Div" if one == other && one != Measure::Bare => Measure::Plain,
            "Div" if other == Measure::Bare => match one {
                Measure::Duration | Measure::Size | Measure::Percentage => Measure::Plain,
                kept => kept,
            },
            _ => Measure::Bare,
        };
        let range = match (pair.op.as_str(), a.single(), b.single()) {
            ("Add", Some(a), Some(b)) => Range::only(a + b),
            ("Sub", Some(a), Some(b)) => Range::only(a - b),
            ("Mul", Some(a), Some(b)) => Range::only(a * b),
            _ => Range::ANY,
        };
        let source = match (left.source, right.source) {
            (one, other) if one == other => one,
            (Source::Target, Source::Literal) | (Source::Literal, Source::Target) => Source::Target,
            _ => Source::Other,
        };
        Abstract { undefined, source, ..Abstract::of(Kind::Number(measure, range)) }
    }
}

/// The measure and range of a value that is a number, null left aside.
pub(super) fn number_of(value: &Abstract) -> Option<(Measure, Range)> {
    match value.but_null().kinds.as_slice() {
        [Kind::Number(measure, range)] => Some((*measure, *range)),
        _ => None,
    }
}
