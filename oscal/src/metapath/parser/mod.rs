//! The parser: by recursive descent, operators by their precedence.

mod calls;
mod operators;
mod paths;
mod primary;
mod types;

use super::error::SyntaxError;
use super::lexer::{self, Kind, QName, Token};
use super::syntax::Expr;

/// Nesting of an expression.
const DEPTH: usize = 48;
/// Length of an expression in bytes.
const LENGTH: usize = 64 << 10;

/// Reads a whole expression; `unknown` gathers the names that no model has.
pub(super) fn parse(source: &str, unknown: &mut Vec<String>) -> Result<Expr, SyntaxError> {
    if source.len() > LENGTH {
        return Err(SyntaxError {
            offset: 0,
            message: format!("the expression is longer than {LENGTH} bytes"),
        });
    }
    let tokens = lexer::tokens(source)?;
    let mut parser = Parser { tokens, at: 0, depth: 0, bound: Vec::new(), focus: Focus::default(), unknown };
    let expression = parser.expression()?;
    match parser.peek() {
        Kind::End => Ok(expression),
        _ => parser.error(format!("{} is not expected here", parser.describe())),
    }
}

struct Parser<'s, 'u> {
    tokens: Vec<Token<'s>>,
    at: usize,
    depth: usize,
    /// Variables bound around this place, innermost last.
    bound: Vec<QName<'s>>,
    focus: Focus,
    unknown: &'u mut Vec<String>,
}

/// What an expression asks of the sequence that its context item stands in.
#[derive(Clone, Copy, Debug, Default)]
struct Focus {
    position: bool,
    size: bool,
}

type Parsed<T> = Result<T, SyntaxError>;

impl<'s> Parser<'s, '_> {
    fn token(&self, ahead: usize) -> &Kind<'s> {
        self.tokens.get(self.at + ahead).map_or(&Kind::End, |token| &token.kind)
    }

    fn peek(&self) -> &Kind<'s> {
        self.token(0)
    }

    fn advance(&mut self) {
        self.at += 1;
    }

    fn offset(&self) -> usize {
        self.tokens.get(self.at).or(self.tokens.last()).map_or(0, |token| token.offset)
    }

    fn error<T>(&self, message: impl Into<String>) -> Parsed<T> {
        Err(SyntaxError { offset: self.offset(), message: message.into() })
    }

    /// The next token in words.
    fn describe(&self) -> String {
        match self.peek() {
            Kind::Name(name) if name.prefix.is_empty() => format!("`{}`", name.local),
            Kind::Name(name) => format!("`{}:{}`", name.prefix, name.local),
            Kind::Number(number) => format!("the number {}", number.string()),
            Kind::Text(text) => format!("the text '{text}'"),
            Kind::Symbol(symbol) => format!("`{symbol}`"),
            Kind::End => "the end of the expression".to_owned(),
        }
    }

    fn is_symbol(&self, ahead: usize, wanted: &str) -> bool {
        matches!(self.token(ahead), Kind::Symbol(symbol) if *symbol == wanted)
    }

    fn is_word(&self, ahead: usize, wanted: &str) -> bool {
        matches!(self.token(ahead), Kind::Name(name) if name.prefix.is_empty() && name.local == wanted)
    }

    /// Takes a symbol where it stands next.
    fn symbol(&mut self, wanted: &str) -> bool {
        let found = self.is_symbol(0, wanted);
        self.at += usize::from(found);
        found
    }

    fn word(&mut self, wanted: &str) -> bool {
        let found = self.is_word(0, wanted);
        self.at += usize::from(found);
        found
    }

    fn expect_symbol(&mut self, wanted: &str) -> Parsed<()> {
        if self.symbol(wanted) {
            return Ok(());
        }
        self.error(format!("expected `{wanted}`, found {}", self.describe()))
    }

    fn expect_word(&mut self, wanted: &str) -> Parsed<()> {
        if self.word(wanted) {
            return Ok(());
        }
        self.error(format!("expected `{wanted}`, found {}", self.describe()))
    }

    /// Reads one level deeper.
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= DEPTH {
            return self.error("the expression is nested too deeply");
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// Reads an expression with a context item of its own, and what it asks of the sequence.
    fn focused<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<(T, Focus)> {
        let outer = std::mem::take(&mut self.focus);
        let result = read(self);
        let inner = std::mem::replace(&mut self.focus, outer);
        Ok((result?, inner))
    }

    /// Expressions with `,` between them.
    fn expression(&mut self) -> Parsed<Expr> {
        let first = self.single()?;
        if !self.is_symbol(0, ",") {
            return Ok(first);
        }
        let mut items = vec![first];
        while self.symbol(",") {
            items.push(self.single()?);
        }
        Ok(Expr::Sequence(items))
    }

    /// An expression without a `,` of its own.
    fn single(&mut self) -> Parsed<Expr> {
        self.deeper(|parser| {
            let variable = parser.is_symbol(1, "$");
            match parser.peek() {
                Kind::Name(QName { prefix: "", local: "if" }) if parser.is_symbol(1, "(") => {
                    parser.condition()
                }
                Kind::Name(QName { prefix: "", local: "for" }) if variable => parser.repetition(),
                Kind::Name(QName { prefix: "", local: "let" }) if variable => parser.binding(),
                Kind::Name(QName { prefix: "", local: "some" | "every" }) if variable => parser.quantified(),
                _ => parser.operation(0),
            }
        })
    }

    fn condition(&mut self) -> Parsed<Expr> {
        self.advance();
        self.expect_symbol("(")?;
        let test = self.expression()?;
        self.expect_symbol(")")?;
        self.expect_word("then")?;
        let yes = self.single()?;
        self.expect_word("else")?;
        let no = self.single()?;
        Ok(Expr::If(Box::new([test, yes, no])))
    }

    /// Reads `$name`.
    fn variable(&mut self) -> Parsed<QName<'s>> {
        self.expect_symbol("$")?;
        match *self.peek() {
            Kind::Name(name) => {
                self.advance();
                Ok(name)
            }
            _ => self.error(format!("expected the name of a variable, found {}", self.describe())),
        }
    }

    /// Reads `$name WORD expression, …` and then the body; `wrap` puts them together.
    fn bindings(
        &mut self,
        between: impl Fn(&mut Self) -> Parsed<()>,
        last: &str,
        wrap: impl Fn(Expr, Expr) -> Expr,
    ) -> Parsed<Expr> {
        let outer = self.bound.len();
        let mut values = Vec::new();
        loop {
            let name = self.variable()?;
            between(self)?;
            values.push(self.single()?);
            self.bound.push(name);
            if !self.symbol(",") {
                break;
            }
            if values.len() >= DEPTH {
                return self.error("there are too many variables");
            }
        }
        self.expect_word(last)?;
        let body = self.single()?;
        self.bound.truncate(outer);
        Ok(values.into_iter().rev().fold(body, |body, value| wrap(value, body)))
    }

    fn repetition(&mut self) -> Parsed<Expr> {
        self.advance();
        self.bindings(
            |parser| parser.expect_word("in"),
            "return",
            |input, body| Expr::For { input: Box::new(input), body: Box::new(body) },
        )
    }

    fn binding(&mut self) -> Parsed<Expr> {
        self.advance();
        self.bindings(
            |parser| parser.expect_symbol(":="),
            "return",
            |value, body| Expr::Let { value: Box::new(value), body: Box::new(body) },
        )
    }

    fn quantified(&mut self) -> Parsed<Expr> {
        let every = self.is_word(0, "every");
        self.advance();
        self.bindings(
            |parser| parser.expect_word("in"),
            "satisfies",
            |input, body| Expr::Quantified { every, input: Box::new(input), body: Box::new(body) },
        )
    }
}
