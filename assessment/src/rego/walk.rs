//! Walks a module's rules and follows where values come from, to find what they read.
//!
//! The walk is static and errs on the safe side: what it cannot follow counts as read negatively, so that a missing
//! property gives `unknown` and never `pass`.

use std::collections::BTreeMap;

use super::ast::{Expr, Literal, Query, Rule, RuleHead, Span, Stmt};
use super::module::RegoModule;
use super::reads::{Found, Root, Step};

/// Functions whose result changes when an element is missing, without being undefined.
const COUNTING: [&str; 10] =
    ["count", "sum", "product", "max", "min", "sort", "all", "any", "concat", "walk"];
/// Uses inside uses that are followed; Rego has no recursion, so real rules stay far below.
const MAX_DEPTH: usize = 24;

/// The reads of rule `name` of `module`, which decides a verdict where it is `true`.
pub(crate) fn reads_of(module: &RegoModule, name: &str) -> Found {
    let mut walker = Walker { module, found: Found::default(), known: BTreeMap::new(), depth: 0 };
    for rule in module.rules(name) {
        let negative = match rule {
            Rule::Default { value, .. } => value.literal() != Some(&serde_json::Value::Bool(false)),
            Rule::Spec { head, .. } => constant_but_true(head),
        };
        if negative {
            walker.rule(name, true, false);
            return walker.found;
        }
    }
    for rule in module.rules(name) {
        walker.definition(rule, &[], false);
    }
    walker.found
}

/// Whether a definition gives a constant that is not `true`.
fn constant_but_true(head: &RuleHead) -> bool {
    let value = head.assign().and_then(|assign| assign.value.literal());
    value.is_some_and(|value| value != &serde_json::Value::Bool(true))
}

/// Where a value comes from, as far as that is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    /// A place in a resource.
    Place { root: Root, path: Vec<Step>, negative: bool },
    /// Computed, constant or unknown.
    Other,
}

impl Origin {
    fn own(path: Vec<Step>) -> Self {
        Self::Place { root: Root::Own, path, negative: false }
    }

    /// The member or elements below it; `index` is where a computed index comes from.
    fn step(self, step: Step, index: &Self) -> Self {
        let Self::Place { root, mut path, negative } = self else { return Self::Other };
        let related = vec![Step::Field("related".to_owned())];
        if root == Root::Own && path == related {
            let by = match index {
                Self::Place { root: Root::Own, path, .. } => Some(path.clone()),
                _ => None,
            };
            return Self::Place { root: Root::Related(by), path: Vec::new(), negative };
        }
        path.push(step);
        Self::Place { root, path, negative }
    }
}

type Scope = BTreeMap<String, Origin>;

struct Walker<'a> {
    module: &'a RegoModule,
    found: Found,
    /// Rules and functions that were read, by name, arguments and sign.
    known: BTreeMap<(String, Vec<Origin>, bool), Origin>,
    depth: usize,
}

impl Walker<'_> {
    fn record(&mut self, origin: &Origin, negative: bool, at: Span) {
        if let Origin::Place { root, path, negative: already } = origin {
            self.found.add(root, path, negative || *already || path.is_empty(), at);
        }
    }

    /// Reads an expression for its value.
    fn value(&mut self, expr: &Expr, scope: &mut Scope, negative: bool) -> Origin {
        let origin = self.origin(expr, scope, negative);
        self.record(&origin, negative, expr.span());
        origin
    }

    /// Reads an expression for its value, unless it is a whole resource, which is only passed on.
    fn passed(&mut self, expr: &Expr, scope: &mut Scope, negative: bool) -> Origin {
        let origin = self.origin(expr, scope, negative);
        if !matches!(&origin, Origin::Place { path, .. } if path.is_empty()) {
            self.record(&origin, negative, expr.span());
        }
        origin
    }

    /// Where an expression comes from; its parts are read, it itself is not yet.
    fn origin(&mut self, expr: &Expr, scope: &mut Scope, negative: bool) -> Origin {
        match expr {
            Expr::Var(_) => self.variable(expr.var().unwrap_or_default(), scope, negative, false),
            Expr::RefDot { refr, field, .. } => {
                let base = self.base(refr, scope, negative);
                base.step(Step::Field(field.1.clone()), &Origin::Other)
            }
            Expr::RefBrack { refr, index, .. } => self.indexed(refr, index, scope, negative),
            Expr::Call { fcn, params, .. } => self.call(fcn, params, scope, negative),
            Expr::Array { items, .. } | Expr::Set { items, .. } => {
                items.iter().for_each(|item| drop(self.value(item, scope, negative)));
                Origin::Other
            }
            Expr::Object { fields, .. } => {
                for (_, key, value) in fields {
                    self.value(key, scope, negative);
                    self.value(value, scope, negative);
                }
                Origin::Other
            }
            Expr::ArrayCompr { term, query, .. } | Expr::SetCompr { term, query, .. } => {
                self.comprehension(&[term], query, scope)
            }
            Expr::ObjectCompr { key, value, query, .. } => self.comprehension(&[key, value], query, scope),
            Expr::UnaryExpr { expr, .. } => {
                self.value(expr, scope, negative);
                Origin::Other
            }
            Expr::BinExpr(pair) | Expr::BoolExpr(pair) | Expr::ArithExpr(pair) => {
                self.value(&pair.lhs, scope, negative);
                self.value(&pair.rhs, scope, negative);
                Origin::Other
            }
            Expr::AssignExpr(pair) => self.assign(&pair.lhs, &pair.rhs, scope, negative),
            Expr::Membership { key, value, collection, .. } => {
                key.iter().for_each(|key| drop(self.value(key, scope, negative)));
                self.value(value, scope, negative);
                let list = self.base(collection, scope, negative);
                self.record(&list, negative, collection.span());
                Origin::Other
            }
            Expr::String(_) | Expr::RawString(_) | Expr::Number(_) | Expr::Bool(_) | Expr::Null(_) => {
                Origin::Other
            }
        }
    }

    /// The origin of what is indexed, iterated or searched: a set rule keeps the sign of its context there.
    fn base(&mut self, expr: &Expr, scope: &mut Scope, negative: bool) -> Origin {
        match expr.var() {
            Some(name) => self.variable(name, scope, negative, true),
            None => self.origin(expr, scope, negative),
        }
    }

    fn variable(&mut self, name: &str, scope: &mut Scope, negative: bool, as_base: bool) -> Origin {
        if let Some(origin) = scope.get(name) {
            return origin.clone();
        }
        if name == "input" {
            return Origin::own(Vec::new());
        }
        match self.module.import(name) {
            Some([first, rest @ ..]) if first == "input" => {
                Origin::own(rest.iter().map(|name| Step::Field(name.clone())).collect())
            }
            None if self.module.defines(name) => self.rule(name, negative, as_base),
            Some(_) | None => Origin::Other,
        }
    }

    fn indexed(&mut self, refr: &Expr, index: &Expr, scope: &mut Scope, negative: bool) -> Origin {
        let base = self.base(refr, scope, negative);
        match index.literal() {
            Some(serde_json::Value::String(name)) => base.step(Step::Field(name.clone()), &Origin::Other),
            Some(_) => base.step(Step::Each, &Origin::Other),
            None => {
                let by = self.value(index, scope, negative);
                base.step(Step::Each, &by)
            }
        }
    }

    fn comprehension(&mut self, terms: &[&Expr], query: &Query, scope: &Scope) -> Origin {
        let mut inner = scope.clone();
        self.query(query, &mut inner, true);
        terms.iter().for_each(|term| drop(self.value(term, &mut inner, true)));
        Origin::Other
    }

    fn assign(&mut self, lhs: &Expr, rhs: &Expr, scope: &mut Scope, negative: bool) -> Origin {
        let is_new = |expr: &Expr| expr.var().filter(|name| *name != "input").map(str::to_owned);
        let origin = self.passed(rhs, scope, negative);
        if let Some(name) = is_new(lhs) {
            scope.insert(name, origin);
        } else {
            let left = self.passed(lhs, scope, negative);
            if let Some(name) = is_new(rhs) {
                scope.insert(name, left);
            }
        }
        Origin::Other
    }

    fn call(&mut self, fcn: &Expr, params: &[Expr], scope: &mut Scope, negative: bool) -> Origin {
        let path = self.module.resolve(fcn).unwrap_or_default();
        let name = path.join(".");
        if let ([own], true) =
            (fcn.dotted().unwrap_or_default().as_slice(), self.module.defines_function(fcn))
        {
            let origins: Vec<Origin> =
                params.iter().map(|param| self.passed(param, scope, negative)).collect();
            return self.definitions(own, &origins, negative);
        }
        if name == "object.get" {
            return self.object_get(params, scope);
        }
        let negative = negative || COUNTING.contains(&name.as_str());
        params.iter().for_each(|param| drop(self.value(param, scope, negative)));
        Origin::Other
    }

    /// `object.get` gives its default where the member is missing.
    fn object_get(&mut self, params: &[Expr], scope: &mut Scope) -> Origin {
        let [object, key, default] = params else { return Origin::Other };
        self.value(default, scope, true);
        let names: Option<Vec<&str>> = match key {
            Expr::Array { items, .. } => {
                items.iter().map(|item| item.literal().and_then(|v| v.as_str())).collect()
            }
            other => other.literal().and_then(|v| v.as_str()).map(|name| vec![name]),
        };
        let mut origin = self.origin(object, scope, true);
        if let Some(names) = names {
            for name in names {
                origin = origin.step(Step::Field(name.to_owned()), &Origin::Other);
            }
        } else {
            let by = self.value(key, scope, true);
            origin = origin.step(Step::Each, &by);
        }
        if let Origin::Place { negative, .. } = &mut origin {
            *negative = true;
        }
        self.record(&origin, true, object.span());
        origin
    }

    /// Reads a rule that another one uses.
    fn rule(&mut self, name: &str, negative: bool, as_base: bool) -> Origin {
        let is_partial = |rule: &Rule| matches!(rule, Rule::Spec { head, .. } if head.is_partial());
        let is_partial = self.module.rules(name).any(is_partial);
        let origin = self.definitions(name, &[], negative || (is_partial && !as_base));
        if is_partial { Origin::Other } else { origin }
    }

    /// Reads all definitions of a rule or function once for each way in which it is used; gives where its value comes
    /// from, if there is one place.
    fn definitions(&mut self, name: &str, arguments: &[Origin], negative: bool) -> Origin {
        let key = (name.to_owned(), arguments.to_vec(), negative);
        if let Some(origin) = self.known.get(&key) {
            return origin.clone();
        }
        self.known.insert(key.clone(), Origin::Other); // also ends a rule that uses itself
        let rules: Vec<&Rule> = self.module.rules(name).collect();
        if self.depth >= MAX_DEPTH {
            rules.iter().for_each(|rule| self.record(&Origin::own(Vec::new()), true, rule.span()));
            return Origin::Other;
        }
        self.depth += 1;
        let has_default = rules.iter().any(|rule| matches!(rule, Rule::Default { .. }));
        let origins: Vec<Origin> =
            rules.iter().map(|rule| self.definition(rule, arguments, negative || has_default)).collect();
        let origin = match origins.as_slice() {
            [only] => only.clone(),
            _ => Origin::Other,
        };
        self.depth -= 1;
        self.known.insert(key, origin.clone());
        origin
    }

    /// Reads one definition; gives where its value comes from.
    fn definition(&mut self, rule: &Rule, arguments: &[Origin], negative: bool) -> Origin {
        let Rule::Spec { head, bodies, .. } = rule else { return Origin::Other };
        let mut scope = Scope::new();
        if let RuleHead::Func { args, .. } = head {
            for (arg, origin) in args.iter().zip(arguments) {
                bind(arg, origin, &mut scope);
            }
        }
        let negative = negative || bodies.len() > 1;
        for body in bodies {
            let mut inner = scope.clone();
            self.query(&body.query, &mut inner, negative);
            body.assign.iter().for_each(|assign| drop(self.passed(&assign.value, &mut inner, negative)));
            if bodies.len() == 1 {
                scope = inner;
            }
        }
        if let RuleHead::Set { key: Some(key), .. } = head {
            self.passed(key, &mut scope, negative);
        }
        match head.assign() {
            Some(assign) => self.passed(&assign.value, &mut scope, negative),
            None => Origin::Other,
        }
    }

    /// Reads statements, twice: a variable may be used before the statement that binds it.
    fn query(&mut self, query: &Query, scope: &mut Scope, negative: bool) {
        for stmt in query.stmts.iter().chain(&query.stmts) {
            self.statement(stmt, scope, negative);
        }
    }

    fn statement(&mut self, stmt: &Stmt, scope: &mut Scope, negative: bool) {
        let negative = negative || !stmt.with_mods.is_empty();
        stmt.with_mods.iter().for_each(|with| drop(self.value(&with.value, scope, true)));
        match &stmt.literal {
            Literal::SomeVars { .. } => {}
            Literal::SomeIn { key, value, collection } => {
                let list = self.base(collection, scope, negative);
                self.record(&list, negative, collection.span());
                key.iter().for_each(|key| bind(key, &Origin::Other, scope));
                bind(value, &list.step(Step::Each, &Origin::Other), scope);
            }
            Literal::Expr { expr } => {
                self.value(expr, scope, negative);
            }
            Literal::NotExpr { expr } => {
                self.value(expr, &mut scope.clone(), true);
            }
            Literal::Every { key, value, domain, query } => {
                let list = self.value(domain, scope, true);
                let mut inner = scope.clone();
                let name =
                    |span: &Span| self.module.text.get(span.start..span.end).unwrap_or_default().to_owned();
                key.iter().for_each(|key| drop(inner.insert(name(key), Origin::Other)));
                inner.insert(name(value), list.step(Step::Each, &Origin::Other));
                self.query(query, &mut inner, true);
            }
        }
    }
}

/// Binds the variables of a pattern.
fn bind(pattern: &Expr, origin: &Origin, scope: &mut Scope) {
    match pattern {
        Expr::Var(_) => {
            if let Some(name) = pattern.var().filter(|name| *name != "_") {
                scope.insert(name.to_owned(), origin.clone());
            }
        }
        Expr::Array { items, .. } => {
            items.iter().for_each(|item| bind(item, &origin.clone().step(Step::Each, &Origin::Other), scope));
        }
        Expr::Object { fields, .. } => {
            for (_, key, value) in fields {
                let step = match key.literal().and_then(|v| v.as_str()) {
                    Some(name) => Step::Field(name.to_owned()),
                    None => Step::Each,
                };
                bind(value, &origin.clone().step(step, &Origin::Other), scope);
            }
        }
        _ => {}
    }
}
