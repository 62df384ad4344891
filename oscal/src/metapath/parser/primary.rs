//! What stands between operators and slashes: literals, variables, brackets, maps and arrays, and what follows them.

use super::{Focus, Kind, Parsed, Parser, QName};
use crate::metapath::functions;
use crate::metapath::syntax::{Arithmetic, Expr, Path, Predicate, Start, Step};
use crate::metapath::value::Atomic;

impl Parser<'_, '_> {
    /// Signs, and then `!` between paths.
    pub(super) fn unary(&mut self) -> Parsed<Expr> {
        let mut negative = false;
        let mut signs = 0;
        while self.is_symbol(0, "-") || self.is_symbol(0, "+") {
            negative ^= self.is_symbol(0, "-");
            signs += 1;
            self.advance();
        }
        let value = self.mapped()?;
        Ok(match (signs, negative) {
            (0, _) => value,
            (_, true) => Expr::Negate(Box::new(value)),
            (_, false) => {
                let zero = Box::new(Expr::Literal(Atomic::Integer(0)));
                Expr::Arithmetic { operator: Arithmetic::Add, left: zero, right: Box::new(value) }
            }
        })
    }

    fn mapped(&mut self) -> Parsed<Expr> {
        let mut input = self.path()?;
        let mut chain = 0;
        while self.symbol("!") {
            chain += 1;
            if chain > super::DEPTH {
                return self.error("too many operators follow each other");
            }
            let (body, focus) = self.focused(Self::path)?;
            input = Expr::Each { input: Box::new(input), body: Box::new(body), sized: focus.size };
        }
        Ok(input)
    }

    /// A primary expression with predicates and lookups.
    pub(super) fn postfix(&mut self) -> Parsed<Expr> {
        let mut base = self.primary()?;
        let mut chain = 0;
        loop {
            chain += 1;
            if chain > super::DEPTH {
                return self.error("the expression is nested too deeply");
            }
            if self.is_symbol(0, "[") {
                let predicates = self.predicates()?;
                base = Expr::Filter { base: Box::new(base), predicates };
            } else if self.symbol("?") {
                base = Expr::Lookup { base: Box::new(base), key: self.key()?.map(Box::new) };
            } else if self.is_symbol(0, "(") {
                return self.error("functions can only be called by their name");
            } else {
                return Ok(base);
            }
        }
    }

    /// What follows `?`; none stands for all.
    fn key(&mut self) -> Parsed<Option<Expr>> {
        if self.symbol("*") {
            return Ok(None);
        }
        if self.symbol("(") {
            let key = self.expression()?;
            self.expect_symbol(")")?;
            return Ok(Some(key));
        }
        let key = match self.peek() {
            Kind::Name(name) if name.prefix.is_empty() => Atomic::Text(name.local.to_owned().into()),
            Kind::Number(number @ Atomic::Integer(_)) => number.clone(),
            _ => return self.error(format!("expected a key, found {}", self.describe())),
        };
        self.advance();
        Ok(Some(Expr::Literal(key)))
    }

    fn primary(&mut self) -> Parsed<Expr> {
        let kind = self.peek().clone();
        match kind {
            Kind::Number(number) => {
                self.advance();
                Ok(Expr::Literal(number))
            }
            Kind::Text(text) => {
                self.advance();
                Ok(Expr::Literal(Atomic::Text(text.into_owned().into())))
            }
            Kind::Symbol("$") => self.reference(),
            Kind::Symbol("(") => self.brackets(),
            Kind::Symbol("[") => self.array("[", "]"),
            Kind::Symbol(".") => {
                self.advance();
                Ok(Expr::Here)
            }
            Kind::Symbol("?") => {
                self.advance();
                Ok(Expr::Lookup { base: Box::new(Expr::Here), key: self.key()?.map(Box::new) })
            }
            Kind::Name(name) if self.is_symbol(1, "(") => self.call(name),
            Kind::Name(QName { prefix: "", local: "map" }) if self.is_symbol(1, "{") => self.map(),
            Kind::Name(QName { prefix: "", local: "array" }) if self.is_symbol(1, "{") => {
                self.error("arrays are written `[…]`")
            }
            _ => self.error(format!("expected an expression, found {}", self.describe())),
        }
    }

    /// A variable: bound further out, or of the scope.
    fn reference(&mut self) -> Parsed<Expr> {
        let name = self.variable()?;
        let local = self.bound.iter().rev().position(|bound| bound.local == name.local);
        Ok(local.map_or_else(|| Expr::Global(name.local.into()), Expr::Local))
    }

    fn brackets(&mut self) -> Parsed<Expr> {
        self.advance();
        if self.symbol(")") {
            return Ok(Expr::Sequence(Vec::new()));
        }
        let inner = self.expression()?;
        self.expect_symbol(")")?;
        Ok(inner)
    }

    fn array(&mut self, open: &str, close: &str) -> Parsed<Expr> {
        self.expect_symbol(open)?;
        let mut members = Vec::new();
        while !self.is_symbol(0, close) {
            members.push(self.single()?);
            if !self.symbol(",") {
                break;
            }
        }
        self.expect_symbol(close)?;
        Ok(Expr::Array(members))
    }

    fn map(&mut self) -> Parsed<Expr> {
        self.at += 2;
        let mut entries = Vec::new();
        while !self.is_symbol(0, "}") {
            let key = self.single()?;
            self.expect_symbol(":")?;
            entries.push((key, self.single()?));
            if !self.symbol(",") {
                break;
            }
        }
        self.expect_symbol("}")?;
        Ok(Expr::Map(entries))
    }
}

/// A predicate, with what it asks of the sequence.
pub(super) fn predicate(test: Expr, focus: Focus) -> Predicate {
    match test {
        Expr::Literal(Atomic::Integer(position)) => {
            Predicate::Position(usize::try_from(position).unwrap_or(0))
        }
        test if focus.position || focus.size || perhaps_number(&test) => Predicate::Either(test),
        test => Predicate::Truth(test),
    }
}

/// Whether a number may come out.
fn perhaps_number(expression: &Expr) -> bool {
    match expression {
        Expr::Literal(atomic) => atomic.is_number(),
        Expr::Sequence(items) => items.iter().any(perhaps_number),
        Expr::Path(Path { start, steps, .. }) => match steps.last() {
            Some(Step::Axis { .. }) => false,
            Some(Step::Each { body }) => perhaps_number(body),
            None => matches!(start, Start::Each(_)),
        },
        Expr::If(parts) => parts.iter().skip(1).any(perhaps_number),
        Expr::For { body, .. } | Expr::Let { body, .. } | Expr::Each { body, .. } => perhaps_number(body),
        Expr::Filter { base, .. } => perhaps_number(base),
        Expr::Call { function, .. } | Expr::Pattern { function, .. } => functions::perhaps_number(*function),
        Expr::Or(_)
        | Expr::And(_)
        | Expr::Compare { .. }
        | Expr::TextIs { .. }
        | Expr::FlagIs { .. }
        | Expr::Order { .. }
        | Expr::Concat(_)
        | Expr::Union(_)
        | Expr::Intersect(..)
        | Expr::Except(..)
        | Expr::Quantified { .. }
        | Expr::Namespace { .. }
        | Expr::InstanceOf { .. }
        | Expr::Castable { .. } => false,
        _ => true,
    }
}
