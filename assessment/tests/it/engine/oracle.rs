//! Three ways to evaluate a check have one outcome: specialised modules, the interpreter on the bundle, and OPA.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use probity_assessment::compile::Compiled;
use probity_assessment::verdict::{Evaluation, Judge, RegoOutcome};
use probity_evidence::{Ontology, Resource};
use serde_json::{Value, json};

/// A resource and what it may refer to.
pub(crate) struct Case {
    pub(crate) resource: Resource,
    pub(crate) related: Vec<Resource>,
}

/// Outcomes by the snake-case name of the check.
pub(crate) type Outcomes = BTreeMap<String, String>;

/// How many OPA processes share the work.
const PROCESSES: usize = 2;

/// What specialised modules say of the cases, after holding the three ways equal.
pub(crate) fn hold_equal(compiled: &Compiled, ontology: &Ontology, cases: &[Case]) -> Vec<Outcomes> {
    let (outcomes, differences) = differences(compiled, ontology, cases);
    let shown = &differences[..differences.len().min(12)];
    assert!(differences.is_empty(), "{} differences\n{}", differences.len(), shown.join("\n"));
    outcomes
}

/// What specialised modules say of the cases, and where the others differ.
pub(crate) fn differences(
    compiled: &Compiled,
    ontology: &Ontology,
    cases: &[Case],
) -> (Vec<Outcomes>, Vec<String>) {
    let judge = Judge::new(compiled, ontology).unwrap();
    let specialised = by(&judge, cases, Evaluation::Specialised);
    let interpreted = by(&judge, cases, Evaluation::Interpreted);
    let mut differences = compare(&judge, cases, "the interpreter", &interpreted, &specialised);
    if let Some(opa) = opa(compiled, &judge, cases, &specialised) {
        differences.extend(compare(&judge, cases, "OPA", &opa, &specialised));
    }
    (specialised, differences)
}

fn by(judge: &Judge<'_>, cases: &[Case], evaluation: Evaluation) -> Vec<Outcomes> {
    let mut session = judge.session();
    cases
        .iter()
        .map(|case| {
            let outcomes = session.outcomes(&case.resource, &case.related, evaluation);
            outcomes.iter().map(|(check, outcome)| (check.snake(), word(*outcome).to_owned())).collect()
        })
        .collect()
}

fn word(outcome: RegoOutcome) -> &'static str {
    match outcome {
        RegoOutcome::NotApplicable => "not-applicable",
        RegoOutcome::Pass => "pass",
        RegoOutcome::Fail => "fail",
        RegoOutcome::Error => "error",
    }
}

fn compare(
    judge: &Judge<'_>,
    cases: &[Case],
    who: &str,
    other: &[Outcomes],
    ours: &[Outcomes],
) -> Vec<String> {
    assert_eq!(other.len(), ours.len());
    let mut wrong = Vec::new();
    for ((case, other), ours) in cases.iter().zip(other).zip(ours) {
        for (check, outcome) in ours.iter().filter(|(check, outcome)| other.get(*check) != Some(outcome)) {
            let input = judge.rego_input(&case.resource, &case.related);
            wrong.push(format!("{check}: {outcome}, but {who} says {:?}\n  {input}", other.get(check)));
        }
    }
    wrong
}

/// The folder with OPA's library: from the environment, else `target/oracle`.
fn library() -> Option<PathBuf> {
    let named = std::env::var_os("PROBITY_OPA_PYTHONPATH").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/oracle");
    let found = named.into_iter().chain([beside]).find(|folder| folder.join("opa_bindings").is_dir());
    if found.is_none() {
        let required = std::env::var_os("PROBITY_REQUIRE_ORACLE").is_some_and(|value| value == "1");
        assert!(!required, "OPA is required, and not installed: tests/oracle/install.sh target/oracle");
        println!("skipped the comparison with OPA: run tests/oracle/install.sh target/oracle");
    }
    found
}

/// What OPA says; none where it is not installed.
fn opa(compiled: &Compiled, judge: &Judge<'_>, cases: &[Case], checks: &[Outcomes]) -> Option<Vec<Outcomes>> {
    let library = library()?;
    let size = cases.len().div_ceil(PROCESSES).max(1);
    let pieces: Vec<_> = cases.chunks(size).zip(checks.chunks(size)).collect();
    std::thread::scope(|scope| {
        let running: Vec<_> = pieces
            .into_iter()
            .map(|(cases, checks)| scope.spawn(|| run_opa(&library, compiled, judge, cases, checks)))
            .collect();
        Some(running.into_iter().flat_map(|thread| thread.join().unwrap()).collect())
    })
}

fn run_opa(
    library: &Path,
    compiled: &Compiled,
    judge: &Judge<'_>,
    cases: &[Case],
    checks: &[Outcomes],
) -> Vec<Outcomes> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/oracle/outcomes.py");
    let mut python = Command::new("python3")
        .arg(script)
        .env("PYTHONPATH", library)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = python.stdin.take().unwrap();
    let reader = std::thread::spawn(move || python.wait_with_output().unwrap());
    writeln!(input, "{}", bundle(compiled)).unwrap();
    for (case, outcomes) in cases.iter().zip(checks) {
        let checks: Vec<&String> = outcomes.keys().collect();
        let line = json!({ "checks": checks, "input": judge.rego_input(&case.resource, &case.related) });
        writeln!(input, "{line}").unwrap();
    }
    drop(input);
    let output = reader.join().unwrap();
    assert!(output.status.success(), "the oracle failed");
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The bundle as the script takes it.
fn bundle(compiled: &Compiled) -> Value {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let modules: BTreeMap<&str, String> = compiled
        .bundle
        .iter()
        .filter(|(path, _)| Path::new(path).extension().is_some_and(|extension| extension == "rego"))
        .map(|(path, bytes)| (path.as_str(), text(bytes)))
        .collect();
    let (_, data) = compiled.bundle.iter().find(|(path, _)| path == "data.json").unwrap();
    json!({ "modules": modules, "data": serde_json::from_slice::<Value>(data).unwrap() })
}
