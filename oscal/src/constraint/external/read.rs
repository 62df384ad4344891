//! Contexts and scopes of a file.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use probity_diagnostics::{Diagnostic, Diagnostics, Location, TreePath, nearest};

use super::super::codes;
use super::super::context::{Context, Entry, Target};
use super::super::rule::{Metapath, Origin};
use super::constraint::KINDS;
use super::element::{Attribute, Element};
use super::expression;
use crate::model::XML_NAMESPACE;
use crate::schema::{DECLARATIONS, Role};

/// The module that holds all others.
const COMPLETE: &str = "oscal-complete";

/// The expression that stands for the node itself.
pub(super) fn here() -> Option<Metapath> {
    Metapath::parse(".").ok()
}

/// Reads the elements of one file.
pub(super) struct Reader<'a> {
    pub(super) file: &'a TreePath,
    pub(super) findings: Diagnostics,
    /// Variables that are set where the reader is.
    pub(super) known: BTreeSet<String>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(file: &'a TreePath) -> Self {
        Self { file, findings: Diagnostics::new(), known: BTreeSet::new() }
    }

    /// The files that the root imports, and where it says so.
    pub(super) fn imports(&mut self, root: &Element) -> Vec<(String, Location)> {
        let mut imports = Vec::new();
        for import in root.children.iter().filter(|child| child.name == "import") {
            self.only(import, &["href"], &["remarks"]);
            if let Some(href) = self.needed(import, "href") {
                imports.push((href.value.clone(), Location::span(self.file, href.at.clone())));
            }
        }
        imports
    }

    /// The contexts of a file.
    pub(super) fn root(&mut self, root: &Element) -> Vec<Context> {
        let (attributes, children, inside): (&[&str], &[&str], &str) = match root.name.as_str() {
            "metaschema-meta-constraints" => (&[], &["import", "context", "remarks"], "context"),
            "METASCHEMA-CONSTRAINTS" => {
                (&[], &["formal-name", "name", "version", "import", "scope", "remarks"], "scope")
            }
            other => {
                let message = format!("`{other}` is not the root of a file of constraints");
                let known = "expected `metaschema-meta-constraints` or `METASCHEMA-CONSTRAINTS`";
                self.problem_with_help(root.at.clone(), message, known);
                return Vec::new();
            }
        };
        self.only(root, attributes, children);
        let held: Vec<&Element> = root.children.iter().filter(|child| child.name == inside).collect();
        if inside == "scope" {
            held.into_iter().flat_map(|scope| self.scope(scope)).collect()
        } else {
            held.into_iter().map(|context| self.context(context)).collect()
        }
    }

    fn context(&mut self, element: &Element) -> Context {
        self.only(
            element,
            &["id"],
            &["metapath", "constraints", "context", "remarks", "formal-name", "description"],
        );
        let mut context = Context { targets: Vec::new(), entries: Vec::new(), contexts: Vec::new() };
        for child in element.children.iter().filter(|child| child.name == "metapath") {
            self.only(child, &["target"], &[]);
            let origin = self.origin(child);
            let target = self.needed(child, "target").and_then(|attribute| self.expression(attribute));
            context.targets.extend(target.map(|target| Target::Path(target, origin)));
        }
        if !element.children.iter().any(|child| child.name == "metapath") {
            self.problem(element.at.clone(), "a `context` needs a `metapath`".to_owned());
        }
        let outer = self.known.clone();
        for child in element.children.iter().filter(|child| child.name == "constraints") {
            self.only_attributes(child, &[]);
            self.entries(&child.children, &mut context.entries);
        }
        for child in element.children.iter().filter(|child| child.name == "context") {
            context.contexts.push(self.context(child));
        }
        self.known = outer;
        context
    }

    /// Constraints and variables in their order.
    fn entries(&mut self, children: &[Element], entries: &mut Vec<Entry>) {
        for child in children {
            match child.name.as_str() {
                "let" => entries.extend(self.variable(child)),
                "remarks" | "formal-name" | "description" => {}
                kind if KINDS.contains(&kind) => {
                    entries.extend(self.constraint(child).map(|rule| Entry::Rule(Box::new(rule))));
                }
                other => {
                    let near = nearest(other, KINDS.iter().copied().chain(["let"]));
                    self.unknown(child.at.clone(), "constraint", other, near);
                }
            }
        }
    }

    fn variable(&mut self, element: &Element) -> Option<Entry> {
        self.only(element, &["var", "expression"], &["formal-name", "description", "remarks"]);
        let name = self.needed(element, "var")?.value.clone();
        let value = self.needed(element, "expression").and_then(|attribute| self.expression(attribute));
        self.known.insert(name.clone());
        Some(Entry::Let { name, value: Box::new(value?), origin: self.origin(element) })
    }

    /// The constraints of one module: a context for each definition.
    fn scope(&mut self, element: &Element) -> Vec<Context> {
        self.only(
            element,
            &["metaschema-namespace", "metaschema-short-name"],
            &["assembly", "field", "flag", "remarks"],
        );
        let Some(module) = self.module(element) else { return Vec::new() };
        let mut contexts = Vec::new();
        for child in &element.children {
            let role = match child.name.as_str() {
                "assembly" => Role::Assembly,
                "field" => Role::Field,
                "flag" => Role::Flag,
                _ => continue,
            };
            self.only_attributes(child, &["target", "name"]);
            let target = self.definition(child, module, role);
            let outer = self.known.clone();
            let mut context = Context { targets: Vec::new(), entries: Vec::new(), contexts: Vec::new() };
            self.entries(&child.children, &mut context.entries);
            self.known = outer;
            if let Some(target) = target {
                context.targets.push(target);
                contexts.push(context);
            }
        }
        contexts
    }

    /// The module of a scope.
    fn module(&mut self, element: &Element) -> Option<&'static str> {
        let namespace = self.needed(element, "metaschema-namespace");
        let name = self.needed(element, "metaschema-short-name")?;
        let namespace = namespace?;
        if namespace.value != XML_NAMESPACE {
            let message = format!("no models of the namespace `{}` are checked here", namespace.value);
            let help = format!("the namespace of OSCAL is `{XML_NAMESPACE}`");
            self.problem_with_help(namespace.at.clone(), message, &help);
            return None;
        }
        let modules = || DECLARATIONS.iter().map(|declaration| declaration.module).chain([COMPLETE]);
        let found = modules().find(|module| *module == name.value);
        if found.is_none() {
            self.unknown(name.at.clone(), "module of OSCAL", &name.value, nearest(&name.value, modules()));
        }
        found
    }

    /// The nodes that a definition of a scope is for: a name is that of a global definition, else it is an expression.
    fn definition(&mut self, element: &Element, module: &'static str, role: Role) -> Option<Target> {
        let attribute = match element.attribute("target").or_else(|| element.attribute("name")) {
            Some(attribute) => attribute,
            None => self.needed(element, "target")?,
        };
        let plain = attribute.value.trim_start_matches('@');
        let named = DECLARATIONS.iter().find(|declaration| {
            declaration.is_global()
                && (declaration.module == module || module == COMPLETE)
                && declaration.role == role
                && declaration.name() == plain
        });
        if let Some(declaration) = named {
            let name = Cow::Borrowed(declaration.name());
            return Some(Target::Definition { module: declaration.module, role, name });
        }
        let origin = self.origin(element);
        let path = self.expression(attribute)?;
        if path.text.starts_with(['/', '$']) {
            return Some(Target::Path(path, origin));
        }
        let below = Metapath::parse(format!("//({})", path.text)).ok()?;
        Some(Target::Path(below, origin))
    }

    /// Reads the expression of an attribute.
    pub(super) fn expression(&mut self, attribute: &Attribute) -> Option<Metapath> {
        expression::read(attribute, self.file, &self.known, &mut self.findings)
    }

    /// Where a constraint stands. The line is looked up in the text when it is needed.
    pub(super) fn origin(&self, element: &Element) -> Origin {
        Origin::File(Location::span(self.file, element.at.clone()))
    }

    /// An attribute that has to stand.
    pub(super) fn needed<'e>(&mut self, element: &'e Element, name: &str) -> Option<&'e Attribute> {
        let found = element.attribute(name);
        if found.is_none() {
            self.problem(element.at.clone(), format!("`{}` needs `{name}`", element.name));
        }
        found
    }

    /// The value of one of a few words.
    pub(super) fn one_of<T: Copy>(&mut self, attribute: &Attribute, words: &[(&str, T)]) -> Option<T> {
        let found = words.iter().find(|(word, _)| *word == attribute.value).map(|(_, value)| *value);
        if found.is_none() {
            let known: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
            let message = format!("`{}` is none of {}", attribute.value, known.join(", "));
            self.problem(attribute.at.clone(), message);
        }
        found
    }

    /// Notes attributes and elements that are not known.
    pub(super) fn only(&mut self, element: &Element, attributes: &[&str], children: &[&str]) {
        self.only_attributes(element, attributes);
        for child in &element.children {
            if !children.contains(&child.name.as_str()) {
                let near = nearest(&child.name, children.iter().copied());
                let what = format!("element in `{}`", element.name);
                self.unknown(child.at.clone(), &what, &child.name, near);
            }
        }
    }

    /// Notes attributes that are not known.
    pub(super) fn only_attributes(&mut self, element: &Element, attributes: &[&str]) {
        for attribute in &element.attributes {
            if !attributes.contains(&attribute.name.as_str()) {
                let near = nearest(&attribute.name, attributes.iter().copied());
                let what = format!("attribute of `{}`", element.name);
                self.unknown(attribute.at.clone(), &what, &attribute.name, near);
            }
        }
    }

    pub(super) fn unknown(&mut self, at: Range<usize>, what: &str, name: &str, near: Option<&str>) {
        let message = format!("`{name}` is not known as {what}");
        match near {
            Some(near) => self.problem_with_help(at, message, &format!("did you mean `{near}`?")),
            None => self.problem(at, message),
        }
    }

    pub(super) fn problem(&mut self, at: Range<usize>, message: String) {
        let at = Location::span(self.file, at);
        self.findings.push(Diagnostic::error(&codes::CONSTRAINT_FILE, message).at(at));
    }

    fn problem_with_help(&mut self, at: Range<usize>, message: String, help: &str) {
        let at = Location::span(self.file, at);
        self.findings.push(Diagnostic::error(&codes::CONSTRAINT_FILE, message).at(at).help(help));
    }

    /// Notes an expression or a pattern that cannot be read.
    pub(super) fn bad_expression(&mut self, at: Range<usize>, why: String) {
        let at = Location::span(self.file, at);
        self.findings.push(Diagnostic::error(&codes::EXPRESSION, why).at(at));
    }
}
