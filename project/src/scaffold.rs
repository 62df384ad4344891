//! The files of new projects and metrics.

use std::fmt::Write as _;

use jiff::Timestamp;
use probity_assessment::compile::{MetricName, Operator, Severity, target_value};
use probity_diagnostics::document::{self, Comments, Format, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Sha256Digest, Step, TreePath};
use probity_evidence::{Ontology, PropertyType, TypeName};
use probity_oscal::model::Catalog;
use probity_oscal::model::catalog::{Control, Group};
use probity_oscal::{OSCAL_VERSION, PROBITY_NS, TRESTLE_NS, uuid5};
use serde_json::Value;

use crate::codes;
use crate::config::{FILE_NAME, is_name, unknown_name};
use crate::library::{self, Shelf};
use crate::{ontology_path, steps};

/// A file to be written.
pub type NewFile = (TreePath, String);

/// The facts of a new project.
#[derive(Debug, Clone, Copy)]
pub struct Project<'a> {
    /// The name of the system.
    pub system: &'a str,
    /// The profile to assess.
    pub profile: &'a str,
    /// When the project is made.
    pub last_modified: Timestamp,
}

/// The files of a new project, none of which is in `tree` yet.
///
/// # Errors
/// The profile is unknown, or one of the files exists.
pub fn project(tree: &dyn FileTree, facts: &Project<'_>) -> Step<Vec<NewFile>> {
    let profile = library::find(tree, &TreePath::root(), facts.profile, &[Shelf::Profiles, Shelf::Catalogs])?;
    let resolved = steps::resolve(tree, &profile, None, profile.to_string())?;
    let first = first_control(&resolved.value).unwrap_or_default();
    let system = toml_string(facts.system);
    let assessment =
        facts.profile.rsplit('/').next().unwrap_or(facts.profile).split('.').next().unwrap_or("main");
    let config = format!(
        "# A Probity project. `probity init --schema` prints the JSON schema of this file.\n\
         [system]\nname = {system}\nssp = \"ssp.yaml\"\n\n\
         [[source]]\nname = \"manifests\"\nkubernetes = [\"manifests\"]\n\n\
         [[assessment]]\nname = {}\nprofile = {}\n\
         # attestations = [\"attestations/*.yaml\"]\n# poam = \"poam.yaml\"\n\n\
         [assessment.gate]\nfail-on = \"moderate\"\n",
        toml_string(&assessment.to_lowercase()),
        toml_string(facts.profile),
    );
    let ignored = "# Evidence names accounts and hosts; outputs are made again by `probity build`.\n\
        /evidence/\n/build/\n/.probity/\n";
    new_files(
        tree,
        vec![
            (FILE_NAME, config),
            ("ssp.yaml", formatted(system_security_plan(facts, &profile, first))),
            (".gitignore", ignored.to_owned()),
            ("manifests/namespace.yaml", FIRST_MANIFEST.to_owned()),
        ],
    )
}

/// A manifest to begin with.
const FIRST_MANIFEST: &str = "# Put the manifests of your service here.\n\
apiVersion: v1\nkind: Namespace\nmetadata:\n  name: service\n";

/// The first control of a catalog that has none below it.
fn first_control(catalog: &Catalog) -> Option<&str> {
    fn leaf(control: &Control) -> &str {
        control.controls.first().map_or(&control.id, leaf)
    }
    fn of_group(group: &Group) -> Option<&str> {
        group.groups.iter().find_map(of_group).or_else(|| group.controls.first().map(leaf))
    }
    catalog.groups.iter().find_map(of_group).or_else(|| catalog.controls.first().map(leaf))
}

/// A system security plan to begin with; it says of one control that it is
/// still to be described, because OSCAL asks for at least one.
fn system_security_plan(facts: &Project<'_>, profile: &TreePath, control: &str) -> String {
    let id = |part: &str| uuid5(&["project", facts.system, part]);
    let system = yaml_string(facts.system);
    format!(
        "system-security-plan:\n  uuid: {}\n  metadata:\n    title: {}\n    last-modified: \"{}\"\n    \
         version: 0.1.0\n    oscal-version: {OSCAL_VERSION}\n  import-profile:\n    href: {}\n  \
         system-characteristics:\n    system-ids:\n      - id: {}\n    system-name: {system}\n    \
         description: What the system does, for whom, and where it runs.\n    \
         system-information:\n      information-types:\n        - uuid: {}\n          title: Data of the service\n          \
         description: The data that the system handles.\n    status:\n      state: operational\n    \
         authorization-boundary:\n      description: What belongs to the system.\n  \
         system-implementation:\n    users:\n      - uuid: {}\n        title: Operator\n    components:\n      - uuid: {}\n        \
         type: this-system\n        title: {system}\n        description: The system as a whole.\n        \
         status:\n          state: operational\n  control-implementation:\n    \
         description: How the controls are met.\n    implemented-requirements:\n      - uuid: {}\n        control-id: {}\n        \
         by-components:\n          - component-uuid: {}\n            uuid: {}\n            \
         description: To be described.\n",
        id("ssp"),
        yaml_string(&format!("System security plan of {}", facts.system)),
        facts.last_modified,
        yaml_string(profile.as_str()),
        yaml_string(&id("system")),
        id("information"),
        id("operator"),
        id("component"),
        id("requirement"),
        yaml_string(control),
        id("component"),
        id("implementation"),
    )
}

/// The facts of a new metric.
#[derive(Debug, Clone, Copy)]
pub struct Metric<'a> {
    /// Its name.
    pub name: &'a str,
    /// What holds where it passes.
    pub title: Option<&'a str>,
    /// The category, which is the name of a folder.
    pub category: &'a str,
    /// How bad a fail is.
    pub severity: &'a str,
    /// The type of the ontology that it applies to.
    pub resource_type: &'a str,
    /// The property that it compares.
    pub property: &'a str,
    /// How it compares.
    pub operator: &'a str,
    /// What it compares with.
    pub target: &'a [String],
    /// When it is made.
    pub last_modified: Timestamp,
}

/// The files of a new metric: its component, its Rego and its cases.
///
/// # Errors
/// A word is unknown (type, property, operator, severity; all of them are
/// reported), or one of the files exists.
pub fn metric(tree: &dyn FileTree, facts: &Metric<'_>) -> Step<Vec<NewFile>> {
    let mut findings = Diagnostics::new();
    let Some(ontology) = findings.absorb(Ontology::load(tree, &ontology_path())) else {
        return Err(findings);
    };
    let name = MetricName::parse(facts.name);
    if name.is_err() {
        let message = format!("`{}` cannot name a metric", facts.name);
        let help = "use lower-case letters, digits and single hyphens, beginning with a letter";
        findings.push(Diagnostic::error(&codes::BAD_NAME, message).help(help));
    }
    if !is_name(facts.category) {
        let message = format!("`{}` cannot name a category", facts.category);
        let help = "use lower-case letters, digits and hyphens, beginning with a letter";
        findings.push(Diagnostic::error(&codes::BAD_NAME, message).help(help));
    }
    if Operator::parse(facts.operator).is_none() {
        let known = Operator::ALL.iter().map(|operator| operator.as_str());
        findings.push(unknown_name("operator", facts.operator, known));
    }
    if Severity::parse(facts.severity).is_none() {
        let known = ["critical", "high", "moderate", "low"].into_iter();
        findings.push(unknown_name("severity", facts.severity, known));
    }
    if ontology.resource_type(facts.resource_type).is_none() {
        let known: Vec<&str> = ontology.resource_types().map(|(name, _)| name.as_str()).collect();
        findings.push(unknown_name("resource type", facts.resource_type, known.into_iter()));
    } else if ontology.property(facts.resource_type, facts.property).is_none() {
        findings.push(unknown_property(&ontology, facts));
    }
    match name {
        Ok(name) if !findings.has_errors() => metric_files(tree, &ontology, facts, &name),
        _ => Err(findings),
    }
}

fn unknown_property(ontology: &Ontology, facts: &Metric<'_>) -> Diagnostic {
    let message = format!("`{}` has no property `{}`", facts.resource_type, facts.property);
    let finding = Diagnostic::error(&codes::UNKNOWN_NAME, message);
    match ontology.nearest_property(facts.resource_type, facts.property) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    }
}

fn metric_files(
    tree: &dyn FileTree,
    ontology: &Ontology,
    facts: &Metric<'_>,
    name: &MetricName,
) -> Step<Vec<NewFile>> {
    let folder = format!("metrics/{}/{name}", facts.category);
    let rego = rego(ontology, facts, name);
    let definition = definition(facts, &rego);
    let cases = cases(ontology, facts);
    new_files(
        tree,
        vec![
            (&*format!("{folder}/metric.yaml"), formatted(definition)),
            (&*format!("{folder}/check.rego"), rego),
            (&*format!("{folder}/cases.yaml"), cases),
        ],
    )
}

fn rego(ontology: &Ontology, facts: &Metric<'_>, name: &MetricName) -> String {
    let snake = name.snake();
    let property = ontology.property(facts.resource_type, facts.property);
    let is_version = property.is_some_and(|property| property.value_type == PropertyType::Version);
    let compare = if is_version { "compare_versions" } else { "compare" };
    format!(
        "# {}\npackage probity.metrics.{snake}\n\nimport data.probity.checks.{snake} as check\n\
         import data.probity.operators\n\n\
         compliant if operators.{compare}(input.{}, check.operator, check.target_value)\n",
        title(facts),
        facts.property,
    )
}

fn title(facts: &Metric<'_>) -> String {
    let given = facts.title.map(str::to_owned);
    given.unwrap_or_else(|| format!("{} {} {}", facts.property, facts.operator, facts.target.join(", ")))
}

fn definition(facts: &Metric<'_>, rego: &str) -> String {
    let title = yaml_string(&title(facts));
    let prop = |name: &str, ns: &str, value: &str| {
        format!("        - {{ name: {name}, ns: \"{ns}\", value: {} }}\n", yaml_string(value))
    };
    let mut props = prop("Rule_Id", TRESTLE_NS, facts.name);
    props += &prop("Rule_Description", TRESTLE_NS, &self::title(facts));
    let ours = [
        ("category", facts.category),
        ("resource-type", facts.resource_type),
        ("property", facts.property),
        ("operator", facts.operator),
    ];
    let targets = facts.target.iter().map(|value| ("target-value", value.as_str()));
    let rest = [("severity", facts.severity), ("max-age", "P7D")];
    for (name, value) in ours.into_iter().chain(targets).chain(rest) {
        props += &prop(name, PROBITY_NS, value);
    }
    format!(
        "component-definition:\n  uuid: {}\n  metadata:\n    title: {title}\n    last-modified: \"{}\"\n    \
         version: 0.1.0\n    oscal-version: {OSCAL_VERSION}\n  components:\n    - uuid: {}\n      type: rule\n      \
         title: {title}\n      description: Why this matters, and what is looked at.\n      props:\n{props}  \
         back-matter:\n    resources:\n      - uuid: {}\n        title: check.rego\n        rlinks:\n          \
         - href: check.rego\n            media-type: text/plain\n            hashes:\n              \
         - algorithm: SHA-256\n                value: {}\n",
        uuid5(&["metric-definition", facts.name]),
        facts.last_modified,
        uuid5(&["metric", facts.name]),
        uuid5(&["metric-rego", facts.name]),
        Sha256Digest::of(rego.as_bytes()),
    )
}

/// Cases to begin with, one for each verdict.
fn cases(ontology: &Ontology, facts: &Metric<'_>) -> String {
    let kind = ontology.property(facts.resource_type, facts.property).map(|property| &property.value_type);
    let examples = kind.zip(Operator::parse(facts.operator)).and_then(|(kind, operator)| {
        let target = target_value(kind, operator, facts.target).ok()?;
        Some(examples(kind, operator, &target))
    });
    let mut text =
        "# Evidence in, verdict expected: `probity test` tries it. Say what each case is about.\n".to_owned();
    let mut case = |name: &str, resource_type: &str, value: Option<&Value>, verdict: &str| {
        let members = value.map(|value| format!(", {}", member(facts.property, value))).unwrap_or_default();
        let _ = writeln!(
            text,
            "- name: {name}\n  resource: {{ type: {resource_type}{members} }}\n  verdict: {verdict}"
        );
    };
    let own = facts.resource_type;
    let own = ontology
        .descendants(own)
        .map(TypeName::as_str)
        .find(|name| is_concrete(ontology, name))
        .map_or(own, |first| if is_concrete(ontology, own) { own } else { first });
    if let Some((good, bad)) = &examples {
        case("as it should be", own, Some(good), "pass");
        if !bad.is_null() {
            case("otherwise", own, Some(bad), "fail");
        }
    }
    case("looked for and absent", own, Some(&Value::Null), "fail");
    let others = ontology.resource_types().map(|(name, _)| name.as_str());
    let other = others
        .filter(|name| is_concrete(ontology, name))
        .find(|name| !ontology.is_a(name, facts.resource_type));
    if let Some(other) = other {
        case("another type of resource", other, None, "not-applicable");
    }
    case("not collected", own, None, "unknown");
    text
}

fn is_concrete(ontology: &Ontology, name: &str) -> bool {
    ontology.resource_type(name).is_some_and(|definition| !definition.is_abstract())
}

/// A member of a resource: `a: { b: value }` for the path `a.b`.
fn member(path: &str, value: &Value) -> String {
    let mut steps = path.rsplit('.');
    let last = steps.next().unwrap_or_default();
    steps.fold(format!("{last}: {value}"), |inner, step| format!("{step}: {{ {inner} }}"))
}

/// A value for which a comparison holds, and one of the same type for which it does not; null where there is none.
fn examples(kind: &PropertyType, operator: Operator, target: &Value) -> (Value, Value) {
    let first = || target.get(0).cloned().unwrap_or_default();
    match operator {
        Operator::Equal => (target.clone(), other(kind, target)),
        Operator::NotEqual => (other(kind, target), target.clone()),
        Operator::AtLeast => (target.clone(), below(kind, target)),
        Operator::AtMost => (target.clone(), above(kind, target)),
        Operator::Below => (below(kind, target), target.clone()),
        Operator::Above => (above(kind, target), target.clone()),
        Operator::IsIn => (first(), other(kind, &first())),
        Operator::AllIn | Operator::HasAny => {
            (Value::from(vec![first()]), Value::from(vec![other(kind.element(), &first())]))
        }
    }
}

fn other(kind: &PropertyType, value: &Value) -> Value {
    match (kind, value) {
        (_, Value::Bool(flag)) => Value::Bool(!flag),
        (PropertyType::Version, _) | (_, Value::Number(_)) => match above(kind, value) {
            Value::Null => below(kind, value),
            above => above,
        },
        (PropertyType::DateTime, _) => Value::from("1970-01-01T00:00:00Z"),
        (PropertyType::Cidr, _) => Value::from("192.0.2.0/24"),
        _ => Value::from("another"),
    }
}

fn below(kind: &PropertyType, value: &Value) -> Value {
    match (kind, value.as_f64(), value.as_i64()) {
        (PropertyType::Version, ..) => Value::from("0"),
        (_, _, Some(whole)) if whole > 0 => Value::from(whole - 1),
        (_, Some(number), _) if number > 0.0 => Value::from(0),
        _ => Value::Null,
    }
}

fn above(kind: &PropertyType, value: &Value) -> Value {
    let most = match kind {
        PropertyType::Percentage => 100,
        PropertyType::Port => 65_535,
        _ => i64::MAX,
    };
    match (kind, value.as_f64(), value.as_i64()) {
        (PropertyType::Version, ..) => Value::from("9999"),
        (_, _, Some(whole)) if whole < most => Value::from(whole + 1),
        (_, Some(number), None) if number < 100.0 => Value::from(100),
        _ => Value::Null,
    }
}

/// Files whose paths are free.
fn new_files(tree: &dyn FileTree, files: Vec<(&str, String)>) -> Step<Vec<NewFile>> {
    let mut findings = Diagnostics::new();
    let mut ready = Vec::new();
    for (path, text) in files {
        match TreePath::parse(path) {
            Ok(path) if tree.stat(&path).is_ok() => {
                let message = format!("`{}` exists already", tree.display(&path));
                findings.push(Diagnostic::error(&codes::WOULD_OVERWRITE, message));
            }
            Ok(path) => ready.push((path, text)),
            Err(error) => findings.push(error.into()),
        }
    }
    findings.unless_errors(ready)
}

/// A document as `fmt` writes it.
fn formatted(text: String) -> String {
    let comments = Comments::of(&text);
    let path = TreePath::root();
    let Ok(document) = document::parse(text.as_bytes(), &path, Format::Yaml, Limits::default()) else {
        return text;
    };
    let mut written = Vec::new();
    match probity_oscal::write(&document.value, Format::Yaml, &comments, &mut written) {
        Ok(()) => String::from_utf8(written).unwrap_or(text),
        Err(_) => text,
    }
}

/// A text as a TOML basic string.
fn toml_string(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A text as a YAML double-quoted string, which JSON's are.
fn yaml_string(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}
