//! Measures assessment: `cargo xtask bench assess` runs this, each measurement in a process of its own.
//!
//! `generate N` writes a project with an evidence set of N lines to `target/bench/`, `opa N` what OPA needs to judge N of them. `engine
//! THREADS` evaluates resources that are in memory; `measure THREADS` assesses the set from the bytes of the evidence to
//! the verdict file. Both print one line of JSON. CPU seconds (user and system, all threads) and the peak of resident
//! memory are what the kernel counts (`/proc`, Linux only).
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark prints what it measured")]

mod workload;

use std::collections::BTreeMap;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use jiff::Timestamp;
use probity_assessment::compile::{Compiled, LibraryModule, compile_metrics, load_metrics};
use probity_assessment::verdict::{
    AssessInput, Evaluation, Judge, Prepared, RegoOutcome, assess, write_verdicts,
};
use probity_diagnostics::{Diagnostics, DiskTree, FileTree, TreePath, write_atomically};
use probity_evidence::{Ontology, Resource};
use serde_json::{Value, json};

/// The allocator of the product.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many resources are evaluated in memory, and how often.
const RESOURCES: usize = 20_000;
const ROUNDS: usize = 10;

fn main() -> ExitCode {
    // Cargo itself adds `--bench`.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse::<usize>().map_err(|error| format!("`{text}`: {error}"));
    let done = match words.as_slice() {
        ["generate", lines] => number(lines).and_then(generate).map(|()| None),
        ["opa", lines] => number(lines).and_then(for_opa).map(|()| None),
        ["engine", threads] => number(threads).and_then(engine).map(Some),
        ["measure", threads] => number(threads).and_then(measured).map(Some),
        _ => Err("say `generate N`, `opa N`, `engine THREADS` or `measure THREADS`".to_owned()),
    };
    match done {
        Ok(report) => {
            report.iter().for_each(|line| println!("{line}"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn folder() -> Result<PathBuf, String> {
    let folder = checkout().join("target/bench");
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    Ok(folder)
}

fn generate(lines: usize) -> Result<(), String> {
    workload::project(&folder()?)?;
    workload::write(lines, &folder()?.join("evidence.jsonl"))
}

/// The content's ontology, and the checks of the workload.
fn content(tree: &DiskTree) -> Result<(Ontology, Compiled), String> {
    let ontology = Ontology::load(tree, &at("content/ontology/ontology.yaml")?).map_err(failed)?.value;
    let mut metrics = load_metrics(tree, &at("content/metrics")?).map_err(failed)?.value;
    let wanted: Vec<&str> = workload::METRICS.iter().flat_map(|(_, names)| names).copied().collect();
    metrics.retain(|metric| wanted.contains(&metric.name.as_str()));
    if metrics.len() != wanted.len() {
        return Err(format!("{} of {} metrics are in the content", metrics.len(), wanted.len()));
    }
    let path = at("content/lib/operators.rego")?;
    let text = tree.read(&path, 1 << 20).map_err(|error| error.to_string())?;
    let library = [LibraryModule { path, text: Arc::from(String::from_utf8_lossy(&text).as_ref()) }];
    let compiled = compile_metrics(&metrics, &ontology, &library).map_err(failed)?.value;
    Ok((ontology, compiled))
}

fn at(text: &str) -> Result<TreePath, String> {
    TreePath::parse(text).map_err(|error| error.to_string())
}

fn failed(findings: impl Into<Diagnostics>) -> String {
    format!("{:?}", findings.into())
}

fn tree() -> Result<DiskTree, String> {
    DiskTree::new(checkout(), "").map_err(|error| error.to_string())
}

/// Some of the workload, each with the resources that it refers to.
fn resources(count: usize) -> Result<Vec<(Resource, Vec<Resource>)>, String> {
    let all: Vec<Resource> =
        (0..count).map(|number| workload::resource(number, count)).collect::<Result<_, _>>()?;
    let by_id: BTreeMap<&str, &Resource> = all.iter().map(|one| (one.id.as_str(), one)).collect();
    let related = |one: &Resource| {
        let ids = one.properties.get("blockStorageIds").and_then(Value::as_array).into_iter().flatten();
        ids.filter_map(|id| Some((*by_id.get(id.as_str()?)?).clone())).collect()
    };
    Ok(all.iter().map(|one| (one.clone(), related(one))).collect())
}

/// Evaluates resources that are in memory, on so many threads.
fn engine(threads: usize) -> Result<Value, String> {
    let (ontology, compiled) = content(&tree()?)?;
    let judge = Judge::new(&compiled, &ontology).map_err(failed)?;
    let resources = resources(RESOURCES)?;
    let prepared: Vec<Prepared<'_>> =
        resources.iter().filter_map(|(one, related)| judge.prepare(one, related)).collect();
    let share = prepared.len().div_ceil(threads.max(1)).max(1);
    rounds(&judge, &prepared, 1);
    let before = cpu_seconds()?;
    let counts: Vec<[usize; 3]> = std::thread::scope(|scope| {
        let running: Vec<_> =
            prepared.chunks(share).map(|part| scope.spawn(|| rounds(&judge, part, ROUNDS))).collect();
        running.into_iter().filter_map(|thread| thread.join().ok()).collect()
    });
    let seconds = cpu_seconds()? - before;
    let sum = |at: usize| counts.iter().filter_map(|counts| counts.get(at)).sum::<usize>();
    let (pass, fail, other) = (sum(0), sum(1), sum(2));
    Ok(json!({
        "evaluations": pass + fail, "pass": pass, "fail": fail, "other": other,
        "per-second": per_second(pass + fail, seconds),
    }))
}

/// Evaluates every resource so often: how many evaluations pass, how many fail, and how many do neither.
fn rounds(judge: &Judge<'_>, resources: &[Prepared<'_>], times: usize) -> [usize; 3] {
    let mut session = judge.session();
    let (mut pass, mut fail, mut other) = (0, 0, 0);
    for resource in (0..times).flat_map(|_| resources) {
        for outcome in session.rulings(resource, Evaluation::Specialised) {
            match outcome {
                RegoOutcome::Pass => pass += 1,
                RegoOutcome::Fail => fail += 1,
                RegoOutcome::NotApplicable | RegoOutcome::Error => other += 1,
            }
        }
    }
    [pass, fail, other]
}

/// Assesses the set, and reports what that took.
fn measured(threads: usize) -> Result<Value, String> {
    let tree = tree()?;
    let out = folder()?.join("verdicts.jsonl");
    let _ = std::fs::remove_file(&out);
    let before = cpu_seconds()?;
    let (ontology, compiled) = content(&tree)?;
    let prepared = cpu_seconds()?;
    let assessed = assess(&AssessInput {
        assessment: "bench",
        compiled: &compiled,
        ontology: &ontology,
        tree: &tree,
        sources: &[at("target/bench/evidence.jsonl")?],
        as_of: workload::AS_OF.parse::<Timestamp>().map_err(|error| error.to_string())?,
        waivers: &[],
        threads: Some(threads),
        shelf: None,
        progress: &|_| {},
    });
    if assessed.findings.has_errors() {
        return Err(failed(assessed.findings));
    }
    let judged = cpu_seconds()?;
    write_atomically(&out, |out| write_verdicts(&assessed.verdicts, &mut BufWriter::new(out)))
        .map_err(|error| error.to_string())?;
    let written = cpu_seconds()?;
    let counts = assessed.verdicts.total();
    let lines = usize::try_from(assessed.verdicts.resources).map_err(|error| error.to_string())?;
    Ok(json!({
        "lines": lines, "verdicts": counts.total(), "pass": counts.pass, "fail": counts.fail,
        "per-second": per_second(lines, written - before),
        "compile-seconds": prepared - before, "judge-seconds": judged - prepared, "write-seconds": written - judged,
        "mebibytes": peak_memory()? / 1024,
    }))
}

/// Writes the bundle and resources for OPA: one line of JSON for the bundle, then one for each resource with the checks that
/// apply to it.
fn for_opa(lines: usize) -> Result<(), String> {
    let (ontology, compiled) = content(&tree()?)?;
    let judge = Judge::new(&compiled, &ontology).map_err(failed)?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let modules: BTreeMap<&str, String> = compiled
        .bundle
        .iter()
        .filter(|(path, _)| Path::new(path).extension().is_some_and(|extension| extension == "rego"))
        .map(|(path, bytes)| (path.as_str(), text(bytes)))
        .collect();
    let data =
        &compiled.bundle.iter().find(|(path, _)| *path == "data.json").ok_or("the bundle has no data")?.1;
    let data: Value = serde_json::from_slice(data).map_err(|error| error.to_string())?;
    let resources = resources(lines)?;
    write_atomically(&folder()?.join("opa.jsonl"), |out| {
        writeln!(out, "{}", json!({"modules": modules, "data": data}))?;
        for (resource, related) in &resources {
            let of_type = workload::METRICS.iter().find(|(name, _)| *name == resource.resource_type.as_str());
            let names = of_type.into_iter().flat_map(|(_, names)| names);
            let checks: Vec<String> = names.map(|name| name.replace('-', "_")).collect();
            writeln!(out, "{}", json!({"checks": checks, "input": judge.rego_input(resource, related)}))?;
        }
        Ok(())
    })
    .map_err(|error| error.to_string())
}

#[expect(clippy::cast_precision_loss, reason = "counts of a benchmark are far below 2^52")]
fn per_second(count: usize, seconds: f64) -> f64 {
    (count as f64 / seconds).round()
}

/// CPU seconds of this process so far, in steps of a hundredth.
fn cpu_seconds() -> Result<f64, String> {
    let stat = proc("stat")?;
    let fields = stat.rsplit(") ").next().unwrap_or_default();
    let ticks = fields.split(' ').skip(11).take(2).filter_map(|field| field.parse::<f64>().ok());
    Ok(ticks.sum::<f64>() / 100.0)
}

/// The most memory that was resident, in KiB.
fn peak_memory() -> Result<u64, String> {
    let status = proc("status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    number.ok_or_else(|| "/proc/self/status has no VmHWM".to_owned())
}

fn proc(name: &str) -> Result<String, String> {
    let path = format!("/proc/self/{name}");
    #[expect(clippy::disallowed_methods, reason = "what the kernel counts is in no file tree")]
    std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))
}
