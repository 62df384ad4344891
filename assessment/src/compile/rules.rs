//! The Rego of each metric: parsed, compiled once to find errors, and looked through.

use std::ops::Range;

use probity_diagnostics::{Diagnostic, Diagnostics, Location, Place, TreePath};
use probity_evidence::Ontology;

use super::check::Target;
use super::metric::Metric;
use super::paths::MetricReads;
use super::{LibraryModule, bind};
use crate::codes;
use crate::engine::{self, RegoError, Source};
use crate::rego::ast::{Expr, Span};
use crate::rego::clouditor::{NAME_PREFIX, asks_time};
use crate::rego::{RegoModule, reads_of, recursive, unused};
use crate::typing::{self, Checked, Problem, Subject};

/// What is known of a metric's Rego.
#[derive(Debug, Clone)]
pub(super) struct Rules {
    pub(super) module: RegoModule,
    pub(super) reads: MetricReads,
    /// What the type checker says.
    pub(super) checked: Checked,
    /// Line of the first `compliant`, from 1.
    pub(super) line: u32,
}

/// Parses and checks the Rego of `metric`; errors go to `findings`.
pub(super) fn check(
    metric: &Metric,
    default: Option<&Target>,
    library: &[LibraryModule],
    ontology: &Ontology,
    findings: &mut Diagnostics,
) -> Option<Rules> {
    let path = metric.rego_file.as_str();
    let module = match RegoModule::parse(path, &metric.rego) {
        Ok(module) => module,
        Err(error) => {
            findings.push(rego_finding(&metric.rego_file, &metric.rego, &error));
            return None;
        }
    };
    let package = format!("data.probity.metrics.{}", metric.name.snake());
    let line = module.rules("compliant").map(|rule| rule.span().line).min();
    if module.running_package() != package {
        let span = module.ast.package.refr.span();
        let message = format!("the package is `{}`", module.package.join(".").trim_start_matches("data."));
        findings.push(
            Diagnostic::error(&codes::REGO_PACKAGE, message)
                .at(Location::span(&metric.rego_file, span.start..span.end))
                .help(match metric.name.as_str().strip_prefix(NAME_PREFIX) {
                    Some(name) => format!("call it `cch.metrics.{}`", name.replace('-', "_")),
                    None => format!("call it `{}`", package.trim_start_matches("data.")),
                }),
        );
        return None;
    }
    let Some(line) = line else {
        let finding = Diagnostic::error(&codes::REGO_PACKAGE, "the module has no rule `compliant`");
        findings.push(finding.at(Location::file(&metric.rego_file)));
        return None;
    };
    if let Some((span, message, help)) = unavailable(&module) {
        findings.push(
            Diagnostic::error(&codes::REGO_ERROR, message)
                .at(Location::span(&metric.rego_file, span.start..span.end))
                .help(help),
        );
        return None;
    }
    if let Err(error) = compiles(metric, &module, library) {
        findings.push(rego_finding(&metric.rego_file, &metric.rego, &error));
        return None;
    }
    if let Some((name, span)) = recursive(&module) {
        let message = format!("rule `{name}` needs its own value, and Rego has no recursion");
        findings.push(
            Diagnostic::error(&codes::REGO_ERROR, message)
                .at(Location::span(&metric.rego_file, span.start..span.end))
                .label("leads back to the rule itself")
                .help("walk nested values with the builtin `walk`"),
        );
        return None;
    }
    unused_variables(metric, &module, findings);
    let reads = MetricReads {
        applicable: reads_of(&module, "applicable"),
        compliant: reads_of(&module, "compliant"),
        results: reads_of(&module, "results"),
    };
    let subject = Subject {
        module: &module,
        ontology,
        declared: &metric.resource_types,
        comparison: metric.operator.map(|operator| {
            let value = default.map(|target| &target.value);
            (operator.as_str(), value, bind::property_type(ontology, metric))
        }),
    };
    let checked = typing::check(subject);
    Some(Rules { module, reads, checked, line })
}

/// Where the module first calls a function that is not available, why it is not, and what to do.
fn unavailable(module: &RegoModule) -> Option<(Span, &'static str, &'static str)> {
    let clock = asks_time(module).filter(|_| !module.is_clouditor()).map(|span| {
        let message = "`time.now_ns` is not available: the same evidence has to give the same verdict";
        (span, message, "compare an age or a time left, which evidence gives as a duration")
    });
    clock.or_else(|| {
        let message = "this function is not available: it makes lists of any length out of two numbers";
        Some((makes_lists(module)?, message, "compare the numbers, or iterate over a list of the evidence"))
    })
}

/// Where the module first calls a function whose result is bounded by nothing that it is given.
fn makes_lists(module: &RegoModule) -> Option<Span> {
    let mut found: Option<Span> = None;
    for rule in &module.ast.rules {
        rule.visit(&mut |expr| {
            let Expr::Call { fcn, .. } = expr else { return };
            let makes = matches!(fcn.dotted().as_deref(), Some(["numbers", "range" | "range_step"]));
            found = found.or(makes.then(|| fcn.span()));
        });
    }
    found
}

/// The finding on a problem in the Rego of a metric.
pub(super) fn finding(metric: &Metric, problem: &Problem) -> Diagnostic {
    let at = Location::span(&metric.rego_file, problem.span.start..problem.span.end);
    let mut finding = Diagnostic::new(problem.severity, problem.code, problem.message.clone()).at(at);
    if let Some(label) = &problem.label {
        finding = finding.label(label.clone());
    }
    if problem.code == &codes::UNKNOWN_PROPERTY || problem.code == &codes::PROPERTY_OF_SOME {
        let types = metric.resource_types.join(", ");
        finding = finding.also(metric.place("resource-type", 0), format!("the metric is for {types}"));
    }
    match &problem.help {
        Some(help) => finding.help(help.clone()),
        None => finding,
    }
}

/// Reports variables that OPA refuses.
fn unused_variables(metric: &Metric, module: &RegoModule, findings: &mut Diagnostics) {
    for span in unused(module) {
        let name = module.text.get(span.start..span.end).unwrap_or_default();
        findings.push(
            Diagnostic::error(&codes::UNUSED_VARIABLE, format!("`{name}` is declared and never used"))
                .at(Location::span(&metric.rego_file, span.start..span.end))
                .help("OPA refuses the module: use the variable, or write `_`"),
        );
    }
}

/// Compiles the module with its library, each rule as an entry point, so that unknown functions are found.
fn compiles(metric: &Metric, module: &RegoModule, library: &[LibraryModule]) -> Result<(), RegoError> {
    let bound = module.is_clouditor().then(|| module.renamed("", &metric.name.snake()));
    let text = bound.as_deref().unwrap_or(&metric.rego);
    let mut sources: Vec<Source<'_>> = vec![(metric.rego_file.as_str(), text)];
    sources.extend(library.iter().map(|module| (module.path.as_str(), &*module.text)));
    for rule in ["applicable", "compliant", "results"].into_iter().filter(|rule| module.defines(rule)) {
        engine::check(&sources, &format!("{}.{rule}", module.running_package()))?;
    }
    Ok(())
}

/// A finding at the place that the engine named, if that is in `file`.
pub(crate) fn rego_finding(file: &TreePath, text: &str, error: &RegoError) -> Diagnostic {
    let place = match &error.place {
        Some((named, line, column)) if named == file.as_str() => match offset(text, *line, *column) {
            Some(at) => Place::Span(marked(text, at).into()),
            None => Place::Line(*line),
        },
        _ => Place::File,
    };
    Diagnostic::error(&codes::REGO_ERROR, error.message.clone()).at(Location { file: file.clone(), place })
}

/// The byte at a line and column, both from 1; columns count characters, and a tab counts four.
fn offset(text: &str, line: u32, column: u32) -> Option<usize> {
    let line = usize::try_from(line).ok()?.checked_sub(1)?;
    let column = usize::try_from(column).ok()?.checked_sub(1)?;
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let rest = text.get(start..)?.lines().next()?;
    let mut reached = 0;
    for (at, character) in rest.char_indices() {
        if reached >= column {
            return Some(start + at);
        }
        reached += if character == '\t' { 4 } else { 1 };
    }
    Some(start + rest.len())
}

/// The word at byte `at`; the engine places calls of dotted names at their bracket, then it is the name before, and
/// dotted names at one of their dots, then it is the whole name.
fn marked(text: &str, at: usize) -> Range<usize> {
    let before = text.get(..at).unwrap_or_default();
    let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let name = before.trim_end_matches(is_name).len();
    if text.get(at..).is_some_and(|rest| rest.starts_with('(')) && name < at {
        return name..at;
    }
    let rest = text.get(at..).unwrap_or_default();
    if rest.starts_with('.') && name < at {
        return name..at + rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
    }
    at..word_end(text, at)
}

/// Where the word at byte `at` ends; at least one character further, if there is one.
fn word_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let first = rest.chars().next().map_or(0, char::len_utf8);
    at + word.max(first)
}
