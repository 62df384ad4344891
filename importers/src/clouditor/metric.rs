//! A metric: YAML, Rego and data in one folder.

use std::collections::BTreeMap;

use probity_diagnostics::document::{self, Format};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, Pointer, TreePath};
use probity_oscal::uuid5;
use serde_json::Value;
use uuid::Uuid;

use super::names::{snake, words};
use super::{FORM, text};
use crate::codes;

/// The largest Rego file that is read.
const REGO_LIMIT: u64 = 1 << 20;
/// Operators that there are.
const OPERATORS: [&str; 9] = ["==", "!=", ">=", "<=", "<", ">", "isIn", "allIn", "hasAny"];

/// A metric as its files say it.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// Its id as written.
    pub id: String,
    /// The uuid that it gets: its id, where OSCAL takes that.
    pub uuid: String,
    /// Its name as written: `BootLoggingRetention`.
    pub name: String,
    /// Its name in words.
    pub title: String,
    /// What it asks for, without the marks of terms of the ontology.
    pub description: String,
    /// Why, where the author says so.
    pub comments: Option<String>,
    /// Its category as written: `LoggingMonitoring`.
    pub category: String,
    /// Its version.
    pub version: String,
    /// The operator that its Rego sees.
    pub operator: Option<String>,
    /// The target value that its Rego sees.
    pub target: Option<Value>,
    /// The YAML file.
    pub file: TreePath,
    /// The Rego file.
    pub rego_file: TreePath,
    /// The Rego, as it is.
    pub rego: String,
}

impl Metric {
    /// The name that its package should have: `boot_logging_retention`.
    pub fn package(&self) -> String {
        snake(&self.name)
    }
}

/// Whether the files of a folder are those of a metric.
pub(super) fn is_folder_of_one(files: &[TreePath]) -> bool {
    let has = |name: &str| files.iter().any(|file| file.file_name() == name);
    let named = |file: &TreePath| {
        let folder = file.parent();
        is_yaml(file) && file.file_name().rsplit_once('.').is_some_and(|(stem, _)| stem == folder.file_name())
    };
    has("metric.rego") || (has("data.json") && files.iter().any(is_yaml)) || files.iter().any(named)
}

fn is_yaml(file: &TreePath) -> bool {
    matches!(file.extension(), Some("yaml" | "yml"))
}

/// The metric in a folder; none where something is wrong with it, which is told.
pub(super) fn read(tree: &dyn FileTree, files: &[TreePath], findings: &mut Diagnostics) -> Option<Metric> {
    let rego_file = files.iter().find(|file| file.file_name() == "metric.rego");
    let Some(yaml) = description(files) else {
        findings.push(
            Diagnostic::error(&codes::INCOMPLETE, "no YAML file says which metric this is: it is left out")
                .at(Location::file(rego_file.or(files.first())?))
                .help("put `<Name>.yaml` with `id`, `name` and `category` beside it"),
        );
        return None;
    };
    let value = findings.absorb(document::read(tree, yaml, Format::Yaml))?;
    let Some(rego_file) = rego_file else {
        findings.push(
            Diagnostic::warning(&codes::INCOMPLETE, "the metric has no `metric.rego`: it is left out")
                .at(Location::file(yaml))
                .help("where people judge it, name it as a procedure in a mapping"),
        );
        return None;
    };
    let name = required(yaml, &value, "name", findings)?;
    let id = required(yaml, &value, "id", findings)?;
    let rego = rego(tree, rego_file, findings)?;
    let parameters = parameters(&value);
    let data_file = files.iter().find(|file| file.file_name() == "data.json");
    let (operator, target) = comparison(tree, data_file, yaml, &parameters, findings)?;
    let own = |key: &str| text(&value, &[key]).map(plain);
    Some(Metric {
        title: words(&name),
        description: own("description").unwrap_or_else(|| words(&name)),
        comments: own("comments"),
        category: text(&value, &["category"]).unwrap_or("Imported").to_owned(),
        version: text(&value, &["version"]).unwrap_or("v1").to_owned(),
        uuid: String::new(),
        id,
        name,
        operator,
        target,
        file: yaml.clone(),
        rego_file: rego_file.clone(),
        rego,
    })
}

/// The YAML that describes the metric: named as its folder, else the only one.
fn description(files: &[TreePath]) -> Option<&TreePath> {
    let folder = files.first()?.parent();
    let stem = |file: &TreePath| file.file_name().rsplit_once('.').map(|(stem, _)| stem.to_owned());
    let mut yaml = files.iter().filter(|file| is_yaml(file));
    let named = yaml.clone().find(|file| stem(file).as_deref() == Some(folder.file_name()));
    named.or_else(|| yaml.next())
}

fn required(file: &TreePath, value: &Value, key: &str, findings: &mut Diagnostics) -> Option<String> {
    let found = text(value, &[key]).map(str::to_owned);
    if found.is_none() {
        let (message, at) = match value.get(key) {
            Some(_) => {
                let at = Location::value(file, &Pointer::root().key(key));
                (format!("`{key}` is no text, or an empty one: the metric is left out"), at)
            }
            None => (format!("the metric has no `{key}`: it is left out"), Location::file(file)),
        };
        findings.push(Diagnostic::error(FORM, message).at(at));
    }
    found
}

fn rego(tree: &dyn FileTree, file: &TreePath, findings: &mut Diagnostics) -> Option<String> {
    let bytes = match tree.read(file, REGO_LIMIT) {
        Ok(bytes) => bytes,
        Err(error) => {
            findings.push(error.into());
            return None;
        }
    };
    match document::text(&bytes, file) {
        Ok(text) => Some(text.to_owned()),
        Err(errors) => {
            findings.extend(errors);
            None
        }
    }
}

/// A parameter of the YAML.
struct Parameter {
    name: String,
    operator: Option<String>,
    target: Option<Value>,
    at: Pointer,
}

fn parameters(value: &Value) -> Vec<Parameter> {
    let at = Pointer::root().key("configuration");
    let members = value.get("configuration").and_then(Value::as_object);
    let of = |(name, value): (&String, &Value)| Parameter {
        name: name.clone(),
        operator: text(value, &["operator"]).map(str::to_owned),
        target: value.get("targetValue").or_else(|| value.get("target_value")).cloned(),
        at: at.key(name),
    };
    members.into_iter().flatten().map(of).collect()
}

/// What the Rego sees as operator and target value: `data.json`, else the first parameter. None: it cannot be told.
fn comparison(
    tree: &dyn FileTree,
    data_file: Option<&TreePath>,
    yaml: &TreePath,
    parameters: &[Parameter],
    findings: &mut Diagnostics,
) -> Option<(Option<String>, Option<Value>)> {
    let first = parameters.first();
    let Some(data_file) = data_file else {
        let finding = Diagnostic::warning(&codes::INCOMPLETE, "there is no `data.json` beside the YAML");
        findings.push(match first {
            Some(parameter) => finding
                .at(Location::key(yaml, &parameter.at))
                .help(format!("operator and target value of `{}` are taken instead", parameter.name)),
            None => finding.at(Location::file(yaml)),
        });
        let operator = first.and_then(|parameter| parameter.operator.clone());
        known(operator.as_deref(), yaml, &Pointer::root(), findings)?;
        return Some((operator, first.and_then(|parameter| parameter.target.clone())));
    };
    let data = findings.absorb(document::read(tree, data_file, Format::Json))?;
    if !data.is_object() {
        findings.push(
            Diagnostic::error(FORM, "`data.json` is no object: the metric is left out")
                .at(Location::file(data_file)),
        );
        return None;
    }
    let operator = text(&data, &["operator"]).map(str::to_owned);
    let target = data.get("target_value").filter(|value| !value.is_null()).cloned();
    known(operator.as_deref(), data_file, &Pointer::root().key("operator"), findings)?;
    if operator.is_some() && target.is_none() {
        findings.push(
            Diagnostic::warning(&codes::DISAGREE, "there is an operator and no target value")
                .at(Location::key(data_file, &Pointer::root().key("operator")))
                .help("the Rego sees neither: add `target_value`"),
        );
        return Some((None, None));
    }
    compare(data_file, yaml, operator.as_deref(), target.as_ref(), parameters, findings);
    Some((operator.clone(), target.filter(|_| operator.is_some())))
}

fn known(operator: Option<&str>, file: &TreePath, at: &Pointer, findings: &mut Diagnostics) -> Option<()> {
    match operator {
        Some(operator) if !OPERATORS.contains(&operator) => {
            let message = format!("`{operator}` is none of the operators: the metric is left out");
            findings.push(
                Diagnostic::error(FORM, message)
                    .at(Location::value(file, at))
                    .help(format!("the operators are {}", OPERATORS.join(" "))),
            );
            None
        }
        _ => Some(()),
    }
}

/// Tells where the parameters of the YAML say something else than the data.
fn compare(
    data_file: &TreePath,
    yaml: &TreePath,
    operator: Option<&str>,
    target: Option<&Value>,
    parameters: &[Parameter],
    findings: &mut Diagnostics,
) {
    let said = |operator: Option<&str>, target: Option<&Value>| {
        let target = target.map_or_else(|| "nothing".to_owned(), Value::to_string);
        format!("{} {target}", operator.unwrap_or("no operator"))
    };
    let Some(first) = parameters.first() else { return };
    let differs = first.operator.as_deref() != operator || !same(first.target.as_ref(), target);
    if differs {
        let message = format!(
            "`{}` is `{}` here, and the Rego sees `{}`",
            first.name,
            said(first.operator.as_deref(), first.target.as_ref()),
            said(operator, target)
        );
        findings.push(
            Diagnostic::warning(&codes::DISAGREE, message)
                .at(Location::key(yaml, &first.at))
                .also(Location::file(data_file), "this is what counts")
                .help("write the same into both files"),
        );
    }
    if let Some(second) = parameters.get(1) {
        let names: Vec<&str> = parameters.iter().skip(1).map(|parameter| parameter.name.as_str()).collect();
        let message = format!(
            "the YAML has {} parameters, and `data.json` holds one: nothing is compared with `{}`",
            parameters.len(),
            names.join("`, `")
        );
        findings.push(
            Diagnostic::warning(&codes::DISAGREE, message)
                .at(Location::key(yaml, &second.at))
                .help("make a metric of its own for each parameter, or leave the others out"),
        );
    }
}

/// Whether two values are the same; numbers by what they are.
fn same(one: Option<&Value>, other: Option<&Value>) -> bool {
    match (one, other) {
        (Some(Value::Number(a)), Some(Value::Number(b))) => a.as_f64() == b.as_f64(),
        (Some(Value::Array(a)), Some(Value::Array(b))) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(Some(a), Some(b)))
        }
        (one, other) => one == other,
    }
}

/// A text without the marks of terms: `[VirtualMachine]`, `[BootLogging][p1:enabled]`.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        let Some((term, after)) = after.split_once(']') else {
            out.push('[');
            rest = after;
            continue;
        };
        let name = term.split_once(':').map_or(term, |(_, name)| name);
        if before.is_empty() && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(name);
        rest = after;
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Gives every metric a uuid of its own.
pub(super) fn settle_ids(metrics: &mut [Metric], findings: &mut Diagnostics) {
    let mut taken: BTreeMap<String, TreePath> = BTreeMap::new();
    for metric in metrics {
        let at = Location::value(&metric.file, &Pointer::root().key("id"));
        let derived = || uuid5(&["clouditor", "metric", &metric.name, &metric.id]);
        let kept = Uuid::parse_str(&metric.id).ok();
        let is_kept = kept.is_some_and(|uuid| {
            matches!(uuid.get_version_num(), 4 | 5) && uuid.get_variant() == uuid::Variant::RFC4122
        });
        let uuid = kept.filter(|_| is_kept).map_or_else(derived, |uuid| uuid.to_string());
        if !is_kept {
            let what = if kept.is_some() { "no UUID of version 4 or 5" } else { "no UUID" };
            let message = format!("the id `{}` is {what}", metric.id);
            let finding = Diagnostic::warning(&codes::ID, message).at(at.clone());
            findings.push(finding.help(format!("the metric gets `{uuid}`, derived from it")));
        }
        metric.uuid = match taken.get(&uuid) {
            None => uuid,
            Some(first) => {
                let own = derived();
                findings.push(
                    Diagnostic::warning(&codes::ID, format!("the id `{}` is taken", metric.id))
                        .at(at)
                        .also(Location::value(first, &Pointer::root().key("id")), "by this metric")
                        .help(format!("the metric gets `{own}`; a link to the id alone means the first one")),
                );
                own
            }
        };
        taken.insert(metric.uuid.clone(), metric.file.clone());
    }
}
