//! Calls of functions.

use probity_diagnostics::nearest;
use regex::Regex;

use super::operators::texts;
use super::types::atomic_type;
use super::{Parsed, Parser, QName, parse};
use crate::metapath::error::SyntaxError;
use crate::metapath::functions::{self, Function, Signature};
use crate::metapath::pattern;
use crate::metapath::syntax::Expr;
use crate::metapath::value::Atomic;

/// Prefixes and namespaces of functions.
const NAMESPACES: &[(&str, &str)] = &[
    ("", ""),
    ("fn", ""),
    ("mp", ""),
    ("meta", ""),
    ("o", ""),
    ("oscal", ""),
    ("http://www.w3.org/2005/xpath-functions", ""),
    ("http://csrc.nist.gov/ns/metaschema/metapath-functions", ""),
    ("http://csrc.nist.gov/ns/oscal/1.0", ""),
    ("map", "map:"),
    ("http://www.w3.org/2005/xpath-functions/map", "map:"),
    ("array", "array:"),
    ("http://www.w3.org/2005/xpath-functions/array", "array:"),
];
/// Prefixes and namespaces of types.
const TYPES: &[&str] = &["xs", "meta", "http://www.w3.org/2001/XMLSchema"];

impl<'s> Parser<'s, '_> {
    pub(super) fn call(&mut self, name: QName<'s>) -> Parsed<Expr> {
        let offset = self.offset();
        self.advance();
        let arguments = self.arguments()?;
        self.called(name, arguments, offset)
    }

    pub(super) fn arguments(&mut self) -> Parsed<Vec<Expr>> {
        self.expect_symbol("(")?;
        let mut arguments = Vec::new();
        while !self.is_symbol(0, ")") {
            arguments.push(self.single()?);
            if !self.symbol(",") {
                break;
            }
        }
        self.expect_symbol(")")?;
        Ok(arguments)
    }

    /// The call of a function whose name stands at `offset`.
    pub(super) fn called(&mut self, name: QName<'s>, arguments: Vec<Expr>, offset: usize) -> Parsed<Expr> {
        let fail = |message: String| Err(SyntaxError { offset, message });
        let written = written(name);
        if TYPES.contains(&name.prefix)
            && let Some(to) = atomic_type(name.local)
        {
            let mut arguments = arguments.into_iter();
            return match (arguments.next(), arguments.next()) {
                (Some(value), None) => Ok(Expr::Cast { value: Box::new(value), to, optional: true }),
                _ => fail(format!("`{written}` takes one argument")),
            };
        }
        let space = NAMESPACES.iter().find(|(prefix, _)| *prefix == name.prefix);
        let full = space.map(|(_, space)| format!("{space}{}", name.local));
        let Some(signature) = full.as_deref().and_then(functions::signature) else {
            let near = full.and_then(|full| nearest(&full, functions::names()));
            let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            return fail(format!("the function `{written}` is not known{hint}"));
        };
        if !signature.takes(arguments.len()) {
            let count = arguments.len();
            return fail(format!("`{written}` takes {}, not {count}", signature.arity()));
        }
        self.build(signature, arguments, offset)
    }

    fn build(&mut self, signature: &Signature, mut arguments: Vec<Expr>, offset: usize) -> Parsed<Expr> {
        if signature.context && arguments.len() < usize::from(signature.most) {
            arguments.insert(0, Expr::Here);
        }
        match signature.function {
            Function::Position => self.focus.position = true,
            Function::Last => self.focus.size = true,
            Function::HasOscalNamespace => return Ok(namespace(arguments)),
            Function::RecurseDepth => return self.recursion(arguments, offset),
            Function::Matches | Function::Replace | Function::Tokenize => {
                return patterned(signature.function, arguments, offset);
            }
            _ => {}
        }
        Ok(Expr::Call { function: signature.function, arguments })
    }

    /// `recurse-depth` takes an expression in a text, which is read here.
    fn recursion(&mut self, mut arguments: Vec<Expr>, offset: usize) -> Parsed<Expr> {
        let path = arguments.pop();
        let start = arguments.pop().unwrap_or(Expr::Here);
        let Some(Expr::Literal(Atomic::Text(text))) = path else {
            let message = "`recurse-depth` takes its path as a text in quotes".to_owned();
            return Err(SyntaxError { offset, message });
        };
        let inner = self.deeper(|parser| {
            if text.contains("recurse-depth") {
                return parser.error("`recurse-depth` cannot stand inside of itself");
            }
            parse(&text, parser.unknown).map_err(|error| SyntaxError {
                offset,
                message: format!("in the path of `recurse-depth`: {error}"),
            })
        })?;
        Ok(Expr::Recurse { start: Box::new(start), path: Box::new(inner) })
    }
}

fn written(name: QName<'_>) -> String {
    match name.prefix {
        "" => name.local.to_owned(),
        namespace if namespace.contains(['/', ':']) => format!("Q{{{namespace}}}{}", name.local),
        prefix => format!("{prefix}:{}", name.local),
    }
}

/// `has-oscal-namespace`: namespaces that are written out are taken apart here.
fn namespace(mut arguments: Vec<Expr>) -> Expr {
    match (arguments.len(), arguments.last().and_then(texts)) {
        (2, Some(uris)) => {
            let node = Box::new(arguments.swap_remove(0));
            Expr::Namespace { node, uris }
        }
        _ => Expr::Call { function: Function::HasOscalNamespace, arguments },
    }
}

/// A call with a regular expression, which is compiled here where it is written out.
fn patterned(function: Function, mut arguments: Vec<Expr>, offset: usize) -> Parsed<Expr> {
    let flags_at = if function == Function::Replace { 3 } else { 2 };
    let text = |expression: &Expr| match expression {
        Expr::Literal(Atomic::Text(text)) => Some(text.clone()),
        _ => None,
    };
    let flags = arguments.get(flags_at).map_or(Some("".into()), text);
    let (Some(source), Some(flags)) = (arguments.get(1).and_then(text), flags) else {
        return Ok(Expr::Call { function, arguments });
    };
    let compiled: Result<Regex, String> = pattern::compile(&source, &flags);
    match compiled {
        Ok(pattern) => {
            arguments.truncate(flags_at);
            arguments.remove(1);
            Ok(Expr::Pattern { function, arguments, pattern })
        }
        Err(message) => Err(SyntaxError { offset, message }),
    }
}
