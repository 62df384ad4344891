//! The page of the documentation that lists every constraint and its case; `cargo xtask docs` writes it anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use probity_diagnostics::{DiskTree, TreePath};
use probity_oscal::OSCAL_VERSION;
use probity_oscal::constraint::{self, Mend, Remedy};
use probity_oscal::schema::{Check, Constraint, Key, Level, Range};

use super::{Rule, RuleSets, rules, unbroken};
use crate::changes;
use crate::reference::{bytes, variable};

/// Values of a set that are listed.
const LISTED: usize = 8;

const ABOUT: &str = "Every constraint of the OSCAL Metaschema that `probity validate` checks, with a document that breaks it. The \
page is written by `cargo xtask docs` from the constraints themselves; do not edit it.

Targets and conditions are Metapath, read from the definition under whose heading a constraint stands. Where several sets \
of values reach the same value, it has to be in one of them. The last column names a case: the place in the smallest \
document that has the target and the mistake that is put there, and after it cases of the corpus in \
`oscal/tests/cases/changes` that the rule finds. Every case is a test.
";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

/// What is read once for the whole page.
struct Known {
    unbroken: BTreeMap<String, String>,
    /// Rules with the names of the cases in which they find something.
    found: Vec<(String, String)>,
    rules: RuleSets,
}

fn page() -> String {
    let known = Known { unbroken: unbroken(), found: changes::found_by_rules(), rules: RuleSets::new() };
    let rules = rules();
    let broken = rules.iter().filter(|rule| rule.can_be_broken()).count();
    let mut page = format!("# The constraints of OSCAL {OSCAL_VERSION}\n\n{ABOUT}\n");
    let _ = writeln!(
        page,
        "There are {}; {broken} can be broken, the others are sets of values beside which any other may stand.",
        rules.len()
    );
    let (mut module, mut path) = ("", "");
    for rule in &rules {
        if rule.declaration.module != module {
            module = rule.declaration.module;
            let _ = writeln!(page, "\n## {module}");
            path = "";
        }
        if rule.declaration.path != path {
            path = rule.declaration.path;
            let _ = writeln!(page, "\n### `{path}`\n\n| rule | kind | level | demands | case |");
            page.push_str("| --- | --- | --- | --- | --- |\n");
        }
        page.push_str(&row(rule, &known));
    }
    page
}

fn row(rule: &Rule, known: &Known) -> String {
    let constraint = rule.constraint;
    let cells = [
        format!("`{}`", constraint::rule_id(rule.declaration, constraint)),
        constraint.check.kind().to_owned(),
        level(if rule.can_be_broken() { constraint.level } else { Level::Informational }).to_owned(),
        format!("{}{}", demands(constraint), defect(rule)),
        cases(rule, known),
    ];
    format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Debug => "debug",
        Level::Informational => "note",
        Level::Warning => "warning",
        Level::Error => "error",
        Level::Critical => "critical",
    }
}

/// What a constraint asks for, in words.
fn demands(constraint: &Constraint) -> String {
    let target = match constraint.target {
        "." => "it".to_owned(),
        target => format!("`{target}`"),
    };
    match &constraint.check {
        Check::AllowedValues { open, values, deprecated } => {
            let verb = if *open { "is usually" } else { "is" };
            let old: Vec<&str> = deprecated.iter().map(|(value, _)| *value).collect();
            let old = if old.is_empty() { String::new() } else { format!("; deprecated: {}", list(&old)) };
            format!("{target} {verb} one of {}{old}", list(values))
        }
        Check::Matches { regex: Some(regex), .. } => format!("{target} fits `{regex}`"),
        Check::Matches { datatype, .. } => format!("{target} is a {}", datatype.unwrap_or("string")),
        Check::Expect { test } => format!("for {target} holds `{test}`"),
        Check::Index { name, keys } => {
            format!("each of {target} has its own {}; collected as `{name}`", parts(keys))
        }
        Check::IndexHasKey { name, keys } => format!("{} of {target} is collected as `{name}`", parts(keys)),
        Check::IsUnique { keys } => format!("each of {target} has its own {}", parts(keys)),
        Check::HasCardinality { range } => format!("{} of {target}", number(*range)),
    }
}

/// What is done about a constraint that is wrong as published.
fn defect(rule: &Rule) -> String {
    let Some(defect) = rule.defect() else { return String::new() };
    let remedy = match &defect.remedy {
        Remedy::Mend(Mend { target: Some(target), .. }) => format!(", checked with the target `{target}`"),
        Remedy::Mend(Mend { pattern, .. }) => {
            format!(", checked with the pattern `{}`", pattern.unwrap_or_default())
        }
        Remedy::Leave => ", not checked".to_owned(),
        Remedy::Nothing => String::new(),
    };
    format!(". *A defect of the standard{remedy}:* {}", defect.why)
}

fn list(values: &[&str]) -> String {
    let mut listed: Vec<String> = values.iter().take(LISTED).map(|value| format!("`{value}`")).collect();
    if values.len() > LISTED {
        listed.push(format!("{} more", values.len() - LISTED));
    }
    listed.join(", ")
}

fn parts(keys: &[Key]) -> String {
    let name = |key: &Key| match (key.target, key.pattern) {
        (".", _) => "value".to_owned(),
        (target, Some(pattern)) => format!("`{target}` by `{pattern}`"),
        (target, None) => format!("`{target}`"),
    };
    keys.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn number(range: Range) -> String {
    match (range.min, range.max) {
        (min, None) => format!("at least {min}"),
        (min, Some(max)) if min == max => format!("exactly {min}"),
        (0, Some(max)) => format!("at most {max}"),
        (min, Some(max)) => format!("{min} to {max}"),
    }
}

fn cases(rule: &Rule, known: &Known) -> String {
    if let Some(because) = known.unbroken.get(&rule.name()) {
        return format!("none: {because}");
    }
    let Some(twins) = rule.case(&known.rules) else { return String::new() };
    let mut cases = vec![format!("`{}`: {}", twins.place, twins.mistake)];
    let id = constraint::rule_id(rule.declaration, rule.constraint);
    cases.extend(known.found.iter().filter(|(rule, _)| *rule == id).map(|(_, name)| format!("*{name}*")));
    cases.join("; ")
}

#[test]
#[expect(clippy::disallowed_methods, reason = "`cargo xtask docs` asks this test to write the page anew")]
fn the_page_of_the_constraints_is_up_to_date() {
    let page = page();
    if variable("PROBITY_WRITE_DOCS").is_some() {
        std::fs::create_dir_all(folder()).unwrap();
        std::fs::write(folder().join("constraints.md"), page).unwrap();
        return;
    }
    let docs = DiskTree::new(folder(), "").unwrap();
    let committed = String::from_utf8(bytes(&docs, &TreePath::parse("constraints.md").unwrap())).unwrap();
    assert!(committed == page, "docs/constraints.md is out of date, run `cargo xtask docs`");
}
