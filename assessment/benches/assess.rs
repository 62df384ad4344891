//! Measures assessment: `cargo xtask bench assess`.
//!
//! `generate N` writes an evidence set of N virtual machines (about 530 bytes a line, five applicable checks each, half of
//! the verdicts failing) to `target/bench/`. `measure [THREADS]` assesses the set in this process, from the bytes of the
//! evidence to the verdict file, and prints evidence lines per CPU second (user and system, all threads) and the peak of
//! resident memory, both as the kernel counts them (`/proc`, Linux only).
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark prints what it measured")]

use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use jiff::Timestamp;
use probity_assessment::compile::{LibraryModule, compile_metrics, load_metrics};
use probity_assessment::verdict::{AssessInput, assess, write_verdicts};
use probity_diagnostics::{Diagnostics, DiskTree, FileTree, TreePath, write_atomically};
use probity_evidence::{Begin, EvidenceWriter, Ontology, Resource, ServiceState, TypeName};
use serde_json::{Map, Value, json};

fn main() -> ExitCode {
    // Cargo itself adds `--bench`.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse::<usize>().map_err(|error| format!("`{text}`: {error}"));
    let done = match words.as_slice() {
        ["generate", lines] => number(lines).and_then(generate).map(|()| Vec::new()),
        ["measure"] => measured(None),
        ["measure", threads] => number(threads).and_then(|threads| measured(Some(threads))),
        _ => Err("say `generate N` or `measure [THREADS]`".to_owned()),
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

/// The metrics of the benchmark: all that it takes for five applicable checks.
const METRICS: [&str; 5] = [
    "automatic-updates-enabled",
    "automatic-updates-interval",
    "boot-logging-enabled",
    "malware-protection-enabled",
    "secure-boot-enabled",
];

fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn folder() -> PathBuf {
    checkout().join("target/bench")
}

/// Writes the evidence set.
fn generate(lines: usize) -> Result<(), String> {
    let mut writer = EvidenceWriter::new(Begin {
        collector: "bench".to_owned(),
        version: "1".to_owned(),
        scope: "account/bench".to_owned(),
        ontology: "https://w3id.org/probity/ontology/1".to_owned(),
        started: None,
    });
    for number in 0..lines {
        writer.resource(&machine(number)?);
    }
    writer.service("machines", ServiceState::Complete, &["VirtualMachine"]);
    std::fs::create_dir_all(folder()).map_err(|error| error.to_string())?;
    write_atomically(&folder().join("evidence.jsonl"), |out| writer.finish(out))
        .map_err(|error| error.to_string())
}

/// A machine that passes and fails by turns.
fn machine(number: usize) -> Result<Resource, String> {
    let good = |bit: usize| (number >> bit).is_multiple_of(2);
    let properties = json!({
        "automaticUpdates": {"enabled": good(0), "interval": if good(1) { 86_400 } else { 8_640_000 }},
        "bootLogging": {"enabled": good(2)},
        "malwareProtection": {"enabled": good(3)},
        "secureBoot": {"enabled": good(4)},
        "creationTime": "2026-01-01T00:00:00Z",
        "labels": {"team": "production", "cost-centre": "4711"},
    });
    let properties: Map<String, Value> = properties.as_object().cloned().unwrap_or_default();
    Ok(Resource {
        id: format!("arn:aws:ec2:eu-central-1:123456789012:instance/i-{number:017x}"),
        name: format!("worker-{number}"),
        resource_type: TypeName::from("VirtualMachine"),
        properties,
        collected: "2026-11-01T10:00:00Z".parse::<Timestamp>().map_err(|error| error.to_string())?,
        scope: "account/bench".to_owned(),
        related: Vec::new(),
    })
}

/// Assesses the set, and reports what that took.
fn measured(threads: Option<usize>) -> Result<Vec<String>, String> {
    let before = cpu_seconds()?;
    let tree = DiskTree::new(checkout(), "").map_err(|error| error.to_string())?;
    let at = |text: &str| TreePath::parse(text).map_err(|error| error.to_string());
    let failed = |findings: Diagnostics| format!("{findings:?}");
    let ontology = Ontology::load(&tree, &at("content/ontology/ontology.yaml")?).map_err(failed)?.value;
    let mut metrics = load_metrics(&tree, &at("content/metrics")?).map_err(failed)?.value;
    metrics.retain(|metric| METRICS.contains(&metric.name.as_str()));
    let path = at("content/lib/operators.rego")?;
    let text = tree.read(&path, 1 << 20).map_err(|error| error.to_string())?;
    let library = [LibraryModule { path, text: Arc::from(String::from_utf8_lossy(&text).as_ref()) }];
    let compiled = compile_metrics(&metrics, &ontology, &library).map_err(failed)?.value;
    let prepared = cpu_seconds()?;
    let assessed = assess(&AssessInput {
        assessment: "bench",
        compiled: &compiled,
        ontology: &ontology,
        tree: &tree,
        sources: &[at("target/bench/evidence.jsonl")?],
        as_of: "2026-11-01T12:00:00Z".parse::<Timestamp>().map_err(|error| error.to_string())?,
        waivers: &[],
        threads,
        progress: &|_| {},
    });
    if assessed.findings.has_errors() {
        return Err(failed(assessed.findings));
    }
    let judged = cpu_seconds()?;
    let out = folder().join("verdicts.jsonl");
    write_atomically(&out, |out| write_verdicts(&assessed.verdicts, &mut BufWriter::new(out)))
        .map_err(|error| error.to_string())?;
    let written = cpu_seconds()?;
    let counts = assessed.verdicts.total();
    let lines = assessed.verdicts.resources;
    #[expect(clippy::cast_precision_loss, reason = "counts of a benchmark are far below 2^52")]
    let per_second = lines as f64 / (written - before);
    Ok(vec![
        format!(
            "{lines} evidence lines, {} verdicts: {} pass, {} fail",
            counts.total(),
            counts.pass,
            counts.fail
        ),
        format!(
            "{per_second:.0} lines per CPU second (compile {:.2} s, judge {:.2} s, write {:.2} s)",
            prepared - before,
            judged - prepared,
            written - judged
        ),
        format!("{} MiB resident at the most", peak_memory()? / 1024),
    ])
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
