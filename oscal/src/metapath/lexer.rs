//! Tokens of an expression.

use std::borrow::Cow;

use super::decimal::Decimal;
use super::error::SyntaxError;
use super::value::{Atomic, parse_double};

/// A token and where it begins.
#[derive(Clone, Debug)]
pub(super) struct Token<'s> {
    pub(super) kind: Kind<'s>,
    pub(super) offset: usize,
}

#[derive(Clone, Debug)]
pub(super) enum Kind<'s> {
    /// `name`, `prefix:name`, `*:name`, `Q{namespace}name`
    Name(QName<'s>),
    /// A number.
    Number(Atomic<'static>),
    /// A text without its quotes.
    Text(Cow<'s, str>),
    /// An operator or bracket.
    Symbol(&'static str),
    End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct QName<'s> {
    /// Prefix, or the namespace of a `Q{…}` name; empty where there is none.
    pub(super) prefix: &'s str,
    pub(super) local: &'s str,
}

const SYMBOLS: &[&str] = &[
    "//", "..", "::", ":=", "||", "!=", "<=", "<<", ">=", ">>", "=>", "(", ")", "[", "]", "{", "}", ",", "/",
    "|", "!", "=", "<", ">", "+", "-", "*", "@", "$", "?", ":", ".", "#",
];

pub(super) fn tokens(source: &str) -> Result<Vec<Token<'_>>, SyntaxError> {
    let mut lexer = Lexer { source, at: 0 };
    let mut tokens = Vec::new();
    loop {
        lexer.skip()?;
        let offset = lexer.at;
        let kind = lexer.next()?;
        let end = matches!(kind, Kind::End);
        tokens.push(Token { kind, offset });
        if end {
            return Ok(tokens);
        }
    }
}

struct Lexer<'s> {
    source: &'s str,
    at: usize,
}

impl<'s> Lexer<'s> {
    fn rest(&self) -> &'s str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn take(&mut self, length: usize) -> &'s str {
        let text = self.source.get(self.at..self.at + length).unwrap_or_default();
        self.at += length;
        text
    }

    fn error<T>(&self, message: impl Into<String>) -> Result<T, SyntaxError> {
        Err(SyntaxError { offset: self.at, message: message.into() })
    }

    /// Skips blanks and comments.
    fn skip(&mut self) -> Result<(), SyntaxError> {
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start().len();
            self.at += blank;
            if self.rest().starts_with("(:") {
                self.comment()?;
            } else if blank == 0 {
                return Ok(());
            }
        }
    }

    fn comment(&mut self) -> Result<(), SyntaxError> {
        let start = self.at;
        let mut open = 0_usize;
        loop {
            let rest = self.rest();
            if rest.starts_with("(:") {
                open += 1;
                self.at += 2;
            } else if rest.starts_with(":)") {
                open -= 1;
                self.at += 2;
                if open == 0 {
                    return Ok(());
                }
            } else if let Some(c) = rest.chars().next() {
                self.at += c.len_utf8();
            } else {
                self.at = start;
                return self.error("the comment is not closed");
            }
        }
    }

    fn next(&mut self) -> Result<Kind<'s>, SyntaxError> {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return Ok(Kind::End) };
        if first == '"' || first == '\'' {
            return self.text(first);
        }
        let second = rest.as_bytes().get(1);
        if first.is_ascii_digit() || (first == '.' && second.is_some_and(u8::is_ascii_digit)) {
            return self.number();
        }
        if rest.starts_with("Q{") {
            return self.braced();
        }
        if let Some(local) = rest.strip_prefix("*:").map(name_length).filter(|length| *length > 0) {
            self.at += 2;
            return Ok(Kind::Name(QName { prefix: "*", local: self.take(local) }));
        }
        if is_name_start(first) {
            return Ok(self.name());
        }
        match SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) {
            Some(symbol) => {
                self.at += symbol.len();
                Ok(Kind::Symbol(symbol))
            }
            None => self.error(format!("`{first}` has no meaning here")),
        }
    }

    fn name(&mut self) -> Kind<'s> {
        let local = self.take(name_length(self.rest()));
        let second = self.rest().strip_prefix(':').map(name_length).filter(|length| *length > 0);
        match second {
            Some(length) => {
                self.at += 1;
                Kind::Name(QName { prefix: local, local: self.take(length) })
            }
            None => Kind::Name(QName { prefix: "", local }),
        }
    }

    fn braced(&mut self) -> Result<Kind<'s>, SyntaxError> {
        let Some((namespace, rest)) = self.rest().get(2..).and_then(|rest| rest.split_once('}')) else {
            return self.error("`Q{` is not closed");
        };
        let length = name_length(rest);
        if length == 0 {
            return self.error("a name is missing after `Q{…}`");
        }
        self.at += 3 + namespace.len();
        let prefix = if namespace.is_empty() { "" } else { namespace };
        Ok(Kind::Name(QName { prefix, local: self.take(length) }))
    }

    /// A text in quotes; a doubled quote stands for one.
    fn text(&mut self, quote: char) -> Result<Kind<'s>, SyntaxError> {
        let body = self.rest().get(1..).unwrap_or_default();
        let mut length = 0;
        let mut doubled = false;
        loop {
            let Some(at) = body.get(length..).and_then(|rest| rest.find(quote)) else {
                return self.error("the text is not closed");
            };
            length += at;
            if !body.get(length + 1..).is_some_and(|rest| rest.starts_with(quote)) {
                break;
            }
            doubled = true;
            length += 2;
        }
        let text = body.get(..length).unwrap_or_default();
        self.at += length + 2;
        let double = format!("{quote}{quote}");
        Ok(Kind::Text(if doubled {
            Cow::Owned(text.replace(&double, quote.encode_utf8(&mut [0; 4])))
        } else {
            Cow::Borrowed(text)
        }))
    }

    fn number(&mut self) -> Result<Kind<'s>, SyntaxError> {
        let bytes = self.rest().as_bytes();
        let digits = |from: usize| bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
        let mut length = digits(0);
        if bytes.get(length) == Some(&b'.') && bytes.get(length + 1) != Some(&b'.') {
            length += 1 + digits(length + 1);
        }
        let whole_and_fraction = length;
        if matches!(bytes.get(length), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(length + 1), Some(b'+' | b'-')));
            let exponent = digits(length + 1 + sign);
            if exponent > 0 {
                length += 1 + sign + exponent;
            }
        }
        let text = self.rest().get(..length).unwrap_or_default();
        let number = if length > whole_and_fraction {
            parse_double(text).map(Atomic::Double)
        } else if text.contains('.') {
            Decimal::parse(text).map(Atomic::Decimal)
        } else {
            text.parse().ok().map(Atomic::Integer)
        };
        match number {
            Some(number) => {
                self.at += length;
                Ok(Kind::Number(number))
            }
            None => self.error(format!("the number `{text}` is too large")),
        }
    }
}

fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

/// Length of the name at the start of a text.
fn name_length(text: &str) -> usize {
    if !text.starts_with(is_name_start) {
        return 0;
    }
    let within = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    text.find(|c: char| !within(c)).unwrap_or(text.len())
}
