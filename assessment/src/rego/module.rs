//! A parsed module: its names, and how a reference in it resolves.

use std::collections::BTreeMap;

use super::ast::{Expr, Module, Rule, Span};
use super::clouditor;
use crate::engine::{self, RegoError};

/// A library of comparisons that metrics may import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Library {
    /// `probity.operators`: `compare(actual, operator, target)` and others.
    Operators,
    /// `cch`, which imported metrics are written for: `compare(operator, target, actual)`.
    Clouditor,
}

/// Packages of the libraries.
const OPERATORS: [&str; 3] = ["data", "probity", "operators"];
const CLOUDITOR: [&str; 2] = ["data", "cch"];

/// A module with an index of its names.
#[derive(Debug, Clone)]
pub(crate) struct RegoModule {
    /// The source text.
    pub(crate) text: String,
    /// The syntax tree.
    pub(crate) ast: Module,
    /// `[data, probity, metrics, x]`.
    pub(crate) package: Vec<String>,
    imports: BTreeMap<String, Vec<String>>,
    rules: BTreeMap<String, Vec<usize>>,
    /// The last part of the check's package, where the module is written as Clouditor runs it.
    pub(super) clouditor: Option<String>,
}

impl RegoModule {
    /// Parses the text of file `path`.
    ///
    /// # Errors
    /// The text is not Rego.
    pub(crate) fn parse(path: &str, text: &str) -> Result<Self, RegoError> {
        let ast = engine::parse((path, text))?;
        let mut package = vec!["data".to_owned()];
        package.extend(ast.package.refr.dotted().unwrap_or_default().into_iter().map(str::to_owned));
        let mut rules: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, rule) in ast.rules.iter().enumerate() {
            rules.entry(rule.name().unwrap_or_default().to_owned()).or_default().push(index);
        }
        let imports = imports(&ast, text);
        let clouditor = clouditor::check_of(&package);
        Ok(Self { text: text.to_owned(), ast, package, imports, rules, clouditor })
    }

    /// Whether the module is written as Clouditor runs it.
    pub(crate) fn is_clouditor(&self) -> bool {
        self.clouditor.is_some()
    }

    /// The package under which the check runs: `data.probity.metrics.x`.
    pub(crate) fn running_package(&self) -> String {
        match &self.clouditor {
            Some(check) => format!("data.probity.metrics.{check}"),
            None => self.package.join("."),
        }
    }

    /// The definitions and defaults of rule `name`, in file order.
    pub(crate) fn rules<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Rule> {
        self.rules.get(name).into_iter().flatten().filter_map(|index| self.ast.rules.get(*index))
    }

    /// Whether there is a rule `name`.
    pub(crate) fn defines(&self, name: &str) -> bool {
        self.rules.contains_key(name)
    }

    /// Whether a call of `fcn` runs a function of this module.
    pub(crate) fn defines_function(&self, fcn: &Expr) -> bool {
        fcn.var().is_some_and(|name| self.defines(name) && self.import(name).is_none())
    }

    /// What alias `name` stands for: `[data, …]` or `[input, …]`.
    pub(crate) fn import(&self, name: &str) -> Option<&[String]> {
        self.imports.get(name).map(Vec::as_slice)
    }

    /// The full path of a reference without variables: aliases are replaced by what they stand for.
    pub(crate) fn resolve(&self, expr: &Expr) -> Option<Vec<String>> {
        let names = expr.dotted()?;
        let (first, rest) = names.split_first()?;
        let mut path = match (self.import(first), *first) {
            (Some(target), _) => target.to_vec(),
            (None, "input" | "data") => vec![(*first).to_owned()],
            (None, own) if self.defines(own) => {
                let mut path = self.package.clone();
                path.push(own.to_owned());
                path
            }
            (None, other) => vec![other.to_owned()],
        };
        path.extend(rest.iter().map(|name| (*name).to_owned()));
        Some(path)
    }

    /// The library that a full path leads into.
    pub(crate) fn library(path: &[String]) -> Option<Library> {
        let leads = |library: &[&str]| {
            path.len() == library.len() + 1 && path.iter().zip(library).all(|(own, library)| own == library)
        };
        if leads(&OPERATORS) {
            return Some(Library::Operators);
        }
        leads(&CLOUDITOR).then_some(Library::Clouditor)
    }

    /// The span with the quotes of strings at its ends: the parser's spans leave them out.
    pub(crate) fn quoted(&self, span: Span) -> Span {
        let is_quote = |at: Option<usize>| {
            at.and_then(|at| self.text.as_bytes().get(at)).is_some_and(|byte| matches!(byte, b'"' | b'`'))
        };
        let start = span.start - usize::from(is_quote(span.start.checked_sub(1)));
        Span { line: span.line, start, end: span.end + usize::from(is_quote(Some(span.end))) }
    }

    /// The text with package and data of check `old` renamed to those of check `new`.
    pub(crate) fn renamed(&self, old: &str, new: &str) -> String {
        if self.is_clouditor() {
            return clouditor::bound(self, new);
        }
        let mut places: Vec<Span> = Vec::new();
        let mut note = |expr: &Expr| {
            if let (Some(names), Expr::RefDot { field, .. }) = (expr.dotted(), expr) {
                let is_package = matches!(names.as_slice(), ["probity", "metrics", last] if *last == old);
                let is_data = matches!(names.as_slice(), ["data", "probity", "checks" | "metrics", last] if *last == old);
                if is_package || is_data {
                    places.push(field.0);
                }
            }
        };
        self.ast.package.refr.visit(&mut note);
        self.ast.imports.iter().for_each(|import| import.refr.visit(&mut note));
        self.ast.rules.iter().for_each(|rule| rule.visit(&mut note));
        places.sort();
        places.dedup();
        let mut text = self.text.clone();
        for place in places.into_iter().rev() {
            text.replace_range(place.start..place.end, new);
        }
        text
    }
}

/// Aliases of a module; `import rego.v1` and `future.keywords` name nothing.
fn imports(ast: &Module, text: &str) -> BTreeMap<String, Vec<String>> {
    let mut imports = BTreeMap::new();
    for import in &ast.imports {
        let Some(path) = import.refr.dotted() else { continue };
        if !matches!(path.first(), Some(&("data" | "input"))) {
            continue;
        }
        let alias = match import.alias {
            Some(span) => text.get(span.start..span.end),
            None => path.last().copied(),
        };
        if let Some(alias) = alias {
            imports.insert(alias.to_owned(), path.iter().map(|name| (*name).to_owned()).collect());
        }
    }
    imports
}
