//! What the Rego of an imported metric says of it: nothing else tells which resources it is for.

use std::collections::BTreeSet;

use probity_diagnostics::{Diagnostic, TreePath};
use probity_evidence::{Ontology, TypeName};

use super::metric::{MetricName, Operator, TargetClass};
use super::rules::rego_finding;
use crate::rego::clouditor::NAME_PREFIX;
use crate::rego::{Library, RegoModule};
use crate::typing::{self, Subject};
use crate::{codes, engine};

use super::LibraryModule;

/// An imported metric, before there is an OSCAL document of it.
#[derive(Debug, Clone, Copy)]
pub struct Foreign<'a> {
    /// Its Rego file.
    pub file: &'a TreePath,
    /// The text of that file.
    pub rego: &'a str,
    /// Its operator, where it is one that Probity knows.
    pub operator: Option<Operator>,
    /// Its target value with the texts of it.
    pub target: Option<(TargetClass, &'a [String])>,
    /// The type that stands for any resource, such as `clouditor:Resource`.
    pub any: &'a str,
}

/// What the Rego says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// The name that the metric gets: `cch-some-name` for package `cch.metrics.some_name`.
    pub name: MetricName,
    /// The resource types that its `applicable` can hold for, an ancestor where it covers all of its descendants.
    pub types: Vec<String>,
    /// The one path that it compares with its target value.
    pub property: Option<String>,
}

/// Looks through the Rego of an imported metric.
///
/// # Errors
/// It does not parse or compile, its package is not `cch.metrics.<name>`, or it has no `compliant`.
pub fn survey(
    metric: &Foreign<'_>,
    ontology: &Ontology,
    library: &[LibraryModule],
) -> Result<Survey, Diagnostic> {
    let told = |error| rego_finding(metric.file, metric.rego, &error);
    let module = RegoModule::parse(metric.file.as_str(), metric.rego).map_err(told)?;
    let name = name(metric, &module)?;
    let bound = module.renamed("", &name.snake());
    let mut sources = vec![(metric.file.as_str(), bound.as_str())];
    sources.extend(library.iter().map(|module| (module.path.as_str(), &*module.text)));
    for rule in ["applicable", "compliant"].into_iter().filter(|rule| module.defines(rule)) {
        engine::check(&sources, &format!("{}.{rule}", module.running_package())).map_err(told)?;
    }
    let value = metric.target.and_then(|(class, texts)| class.value(texts).ok());
    let declared = [metric.any.to_owned()];
    let subject = Subject {
        module: &module,
        ontology,
        declared: &declared,
        comparison: metric.operator.map(|operator| (operator.as_str(), value.as_ref(), None)),
    };
    let applies = typing::applies_to(&subject);
    let types = if applies.is_empty() { declared.to_vec() } else { covering(ontology, &applies) };
    let property = compared(&module)
        .filter(|path| applies.iter().any(|kind| ontology.property(kind.as_str(), path).is_some()));
    Ok(Survey { name, types, property })
}

fn name(metric: &Foreign<'_>, module: &RegoModule) -> Result<MetricName, Diagnostic> {
    let wrong = |message: String, help: &str| {
        let span = module.ast.package.refr.span();
        let at = probity_diagnostics::Location::span(metric.file, span.start..span.end);
        Diagnostic::error(&codes::REGO_PACKAGE, message).at(at).help(help)
    };
    let package = module.package.join(".");
    let package = package.trim_start_matches("data.");
    let help = "a metric is in package `cch.metrics.<name>`, its name in lower case with underscores";
    if !module.is_clouditor() {
        return Err(wrong(format!("the package is `{package}`"), help));
    }
    if !module.defines("compliant") {
        return Err(wrong("the module has no rule `compliant`".to_owned(), "it decides the verdict"));
    }
    let last = module.package.last().map_or("", String::as_str);
    MetricName::parse(&format!("{NAME_PREFIX}{}", last.replace('_', "-")))
        .map_err(|_| wrong(format!("`{last}` cannot name a metric"), help))
}

/// The fewest names that stand for exactly these concrete types.
fn covering(ontology: &Ontology, wanted: &BTreeSet<TypeName>) -> Vec<String> {
    let concrete = |name: &str| -> BTreeSet<TypeName> {
        let is_concrete =
            |name: &&TypeName| ontology.resource_type(name.as_str()).is_some_and(|kind| !kind.is_abstract());
        ontology.descendants(name).filter(is_concrete).cloned().collect()
    };
    let mut names: Vec<(&TypeName, usize)> =
        ontology.resource_types().map(|(name, kind)| (name, kind.lineage().len())).collect();
    names.sort_by_key(|(name, depth)| (*depth, *name));
    let mut covered: BTreeSet<TypeName> = BTreeSet::new();
    let mut chosen = Vec::new();
    for (name, _) in names {
        let below = concrete(name.as_str());
        if !below.is_empty() && below.is_subset(wanted) && !below.is_subset(&covered) {
            covered.extend(below);
            chosen.push(name.to_string());
        }
    }
    chosen
}

/// The path that all comparisons with the target value look at, where it is one.
fn compared(module: &RegoModule) -> Option<String> {
    let mut paths: BTreeSet<Option<String>> = BTreeSet::new();
    module.ast.rules.iter().for_each(|rule| {
        rule.visit(&mut |expr| {
            let crate::rego::ast::Expr::Call { fcn, params, .. } = expr else { return };
            let path = module.resolve(fcn).unwrap_or_default();
            if RegoModule::library(&path) != Some(Library::Clouditor) {
                return;
            }
            if let [_, _, actual] | [_, actual] = params.as_slice() {
                let path = module.resolve(actual);
                let names = path.as_deref().and_then(|path| path.strip_prefix(&["input".to_owned()]));
                paths.insert(names.filter(|names| !names.is_empty()).map(|names| names.join(".")));
            }
        });
    });
    match (paths.pop_first(), paths.is_empty()) {
        (Some(path), true) => path,
        _ => None,
    }
}
