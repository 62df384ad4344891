//! What is wrong with metrics or doubtful in them, beside what keeps them from compiling: target values, what the Rego
//! leaves unread, cases that show one outcome only.

use probity_diagnostics::document::{self, Format};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, TreePath};
use probity_evidence::{Ontology, PropertyType};
use probity_oscal::model::Catalog;

use super::check::Target;
use super::join::{self, CheckedMetric, Rigour};
use super::metric::{Metric, Operator};
use super::{Input, LibraryModule, bind, rules};
use crate::codes;
use crate::typing::units;

/// Everything that is wrong with metrics or doubtful in them, metric by metric.
pub fn lint_metrics(
    tree: &dyn FileTree,
    metrics: &[Metric],
    ontology: &Ontology,
    library: &[LibraryModule],
) -> Diagnostics {
    let mut findings = Diagnostics::new();
    let catalog = Catalog::default();
    let input = Input::of_metrics(metrics, ontology, library, &catalog);
    let checked = join::checked_metrics(&input, Rigour::Everything, &mut findings);
    imported_cases(tree, checked.values(), &mut findings);
    for metric in checked.values() {
        unread(metric, ontology, &mut findings);
        nanoseconds(metric, &mut findings);
        let is_fixed = metric.metric.target_class.is_some();
        if let (Some(target), Some(kind), false) =
            (&metric.default, bind::property_type(ontology, metric.metric), is_fixed)
        {
            doubtful_target(metric.metric, target, kind, &mut findings);
        }
        if !is_imported(metric) || has_cases(tree, metric.metric) {
            cases(tree, metric.metric, &mut findings);
        }
    }
    findings
}

/// Warns where the Rego does not read what the metric says it compares.
fn unread(checked: &CheckedMetric<'_>, ontology: &Ontology, findings: &mut Diagnostics) {
    let (metric, Some(rules)) = (checked.metric, &checked.rules) else { return };
    let rego = Location::file(&metric.rego_file);
    if metric.operator.is_some() && !rules.checked.target_read {
        findings.push(
            Diagnostic::warning(&codes::COMPARISON_DIFFERS, "the Rego does not read the target value")
                .at(metric.place("target-value", 0))
                .also(rego.clone(), "it compares with something else")
                .help(if rules.module.is_clouditor() {
                    "compare with `data.target_value`".to_owned()
                } else {
                    format!(
                        "import `data.probity.checks.{} as check`, and compare with `check.target_value`",
                        metric.name.snake()
                    )
                }),
        );
    }
    let Some(property) = metric.property.as_deref() else { return };
    let is_known = bind::property_type(ontology, metric).is_some();
    let is_read = rules.checked.read.iter().any(|read| leads_to(read, property));
    if is_known && !is_read {
        findings.push(
            Diagnostic::warning(&codes::COMPARISON_DIFFERS, format!("the Rego does not read `{property}`"))
                .at(metric.place("property", 0))
                .also(rego, "it looks at other properties")
                .help("name the property that decides, or read it"),
        );
    }
}

/// Whether reading `read` reads `property` or a part of it.
fn leads_to(read: &str, property: &str) -> bool {
    let plain: String = property.replace("[]", "");
    read == plain || read.strip_prefix(&plain).is_some_and(|rest| rest.starts_with('.'))
}

/// Warns of a target value that can hardly be meant.
fn doubtful_target(metric: &Metric, target: &Target, kind: &PropertyType, findings: &mut Diagnostics) {
    for (index, text) in metric.target_value.iter().enumerate() {
        if let Some((message, help)) = doubt(text, metric.target_value.len(), target.operator, kind) {
            findings.push(
                Diagnostic::warning(&codes::TARGET_DOUBTFUL, message)
                    .at(metric.place("target-value", index))
                    .help(help),
            );
        }
    }
}

/// What is doubtful in one text of a target value, and what may be meant.
fn doubt(text: &str, count: usize, operator: Operator, kind: &PropertyType) -> Option<(String, String)> {
    let is_bracketed = text.starts_with('[') && text.ends_with(']');
    let is_text = matches!(kind.element(), PropertyType::String);
    if operator.takes_list() && count == 1 && is_text && (is_bracketed || text.contains(", ")) {
        let message = format!("`{text}` is one text, and looks like a list");
        return Some((message, "give each element a prop `target-value` of its own".to_owned()));
    }
    let number: f64 = text.parse().ok().filter(|_| !operator.takes_list())?;
    let bounds = match kind {
        PropertyType::Percentage => (0.0, 100.0),
        PropertyType::Port => (0.0, 65535.0),
        _ => return None,
    };
    if *kind == PropertyType::Percentage && number > 0.0 && number < 1.0 {
        let message = format!("`{text}` is less than one percent");
        return Some((message, format!("percentages go from 0 to 100: write `{}`", number * 100.0)));
    }
    let meets_all = match operator {
        Operator::AtLeast => number <= bounds.0,
        Operator::AtMost => number >= bounds.1,
        _ => false,
    };
    let meets_none = match operator {
        Operator::Above => number >= bounds.1,
        Operator::Below => number <= bounds.0,
        _ => false,
    };
    let said = match (meets_all, meets_none) {
        (true, _) => "every value meets",
        (_, true) => "no value can meet",
        _ => return None,
    };
    let help = format!("values go from {} to {}", bounds.0, bounds.1);
    Some((format!("`{operator} {text}` is a limit that {said}"), help))
}

/// Warns where an imported metric counts a duration in another unit than it says.
fn nanoseconds(checked: &CheckedMetric<'_>, findings: &mut Diagnostics) {
    let Some(rules) = checked.rules.as_ref().filter(|rules| rules.module.is_clouditor()) else { return };
    let problems = units(&rules.module, &checked.metric.description);
    findings.extend(problems.iter().map(|problem| rules::finding(checked.metric, problem)));
}

fn is_imported(metric: &CheckedMetric<'_>) -> bool {
    metric.rules.as_ref().is_some_and(|rules| rules.module.is_clouditor())
}

fn has_cases(tree: &dyn FileTree, metric: &Metric) -> bool {
    metric.file.sibling("cases.yaml").is_ok_and(|file| tree.is_file(&file))
}

/// Says once that imported metrics have no cases: where they come from there are none.
fn imported_cases<'m>(
    tree: &dyn FileTree,
    metrics: impl Iterator<Item = &'m CheckedMetric<'m>>,
    findings: &mut Diagnostics,
) {
    let mut without = metrics.filter(|metric| is_imported(metric) && !has_cases(tree, metric.metric));
    let Some(first) = without.next() else { return };
    let count = 1 + without.count();
    let message = match count {
        1 => "an imported metric has no cases".to_owned(),
        many => format!("{many} imported metrics have no cases"),
    };
    findings.push(
        Diagnostic::warning(&codes::CASES_ONE_SIDED, message)
            .at(Location::file(&first.metric.file))
            .help("write `cases.yaml` beside each: a list of `name`, `resource` and `verdict`"),
    );
}

/// Warns where the cases beside a metric lack one that passes or one that fails.
fn cases(tree: &dyn FileTree, metric: &Metric, findings: &mut Diagnostics) {
    let Ok(file) = metric.file.sibling("cases.yaml") else { return };
    if !tree.is_file(&file) {
        findings.push(
            Diagnostic::warning(&codes::CASES_ONE_SIDED, "the metric has no cases")
                .at(Location::file(&metric.file))
                .help("write `cases.yaml` beside it: a list of `name`, `resource` and `verdict`"),
        );
        return;
    }
    let Some(verdicts) = findings.absorb(verdicts(tree, &file)) else { return };
    let missing: Vec<&str> =
        ["pass", "fail"].into_iter().filter(|wanted| !verdicts.iter().any(|found| found == wanted)).collect();
    if !missing.is_empty() {
        findings.push(
            Diagnostic::warning(
                &codes::CASES_ONE_SIDED,
                format!("no case expects `{}`", missing.join("` or `")),
            )
            .at(Location::file(&file))
            .help("add a resource that does: it shows that the metric can tell them apart"),
        );
    }
}

/// The verdicts that the cases expect.
fn verdicts(tree: &dyn FileTree, file: &TreePath) -> probity_diagnostics::Step<Vec<String>> {
    let read = document::read(tree, file, Format::Yaml)?;
    Ok(read.map(|cases| {
        let verdicts =
            cases.as_array().into_iter().flatten().filter_map(|case| case.get("verdict")?.as_str());
        verdicts.map(str::to_owned).collect()
    }))
}
