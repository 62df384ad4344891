//! Assessments: the engine, the way from evidence to verdicts, OPA on the same metrics, and whole builds of a project.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::cost::{Cost, Program};
use crate::schema::files;

/// Evaluations of applicable checks per CPU second. The bars are for one thread: processors that share a core do less in a
/// CPU second when both of them work.
const ENGINE: f64 = 1_000_000.0;
/// Lines of evidence per CPU second, five checks each, from bytes to the verdict file.
const LINES: f64 = 60_000.0;
/// How many times as many evaluations as OPA in its best way.
const OPA: f64 = 40.0;
/// How many resources OPA judges.
const OPA_RESOURCES: usize = 2_000;
/// The sizes of whole builds, and the memory that the largest may take up.
const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];
const MEMORY: u64 = 400 << 20;

/// What to run.
#[derive(Debug, clap::Args)]
pub(super) struct Assess {
    /// How many lines of evidence.
    #[arg(long, default_value_t = 100_000)]
    lines: usize,
    /// How often each measurement runs; its best run counts.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Build a project with 10,000, 100,000 and 1,000,000 resources too; needs 10 GB of disk.
    #[arg(long)]
    builds: bool,
    #[command(flatten)]
    program: Program,
}

/// Measures and prints the tables.
pub(super) fn run(arguments: &Assess) -> Result<Vec<String>, String> {
    let checkout = files::checkout();
    let mut report = Report::default();
    generate(&checkout, arguments.lines)?;
    let best = |words: &[&str]| -> Result<Value, String> {
        let runs = (0..arguments.runs.max(1)).map(|_| json(words)).collect::<Result<Vec<_>, _>>()?;
        let fastest = runs.into_iter().max_by(|a, b| per_second(a).total_cmp(&per_second(b)));
        fastest.ok_or_else(|| "nothing was measured".to_owned())
    };
    for threads in ["1", "2"] {
        let engine = best(&["engine", threads])?;
        let found = per_second(&engine);
        match threads {
            "1" => report.row("evaluations, 1 thread", found, ENGINE),
            _ => report.figure(&format!("evaluations, {threads} threads"), found),
        }
        report.engine = report.engine.max(found);
    }
    for threads in ["1", "2"] {
        let lines = best(&["measure", threads])?;
        match threads {
            "1" => report.row("lines, 1 thread", per_second(&lines), LINES),
            _ => report.figure(&format!("lines, {threads} threads"), per_second(&lines)),
        }
        report.note(&lines);
    }
    report.opa(&checkout)?;
    let mut tables = vec![report.table];
    if arguments.builds {
        let (table, missed) = builds(&checkout, &arguments.program)?;
        tables.push(table);
        report.missed.extend(missed);
    }
    if report.missed.is_empty() {
        Ok(tables)
    } else {
        Err(format!("bars were missed: {}\n{}", report.missed.join(", "), tables.join("\n")))
    }
}

fn per_second(measured: &Value) -> f64 {
    measured.get("per-second").and_then(Value::as_f64).unwrap_or_default()
}

struct Report {
    table: String,
    missed: Vec<String>,
    /// Evaluations per CPU second at best.
    engine: f64,
}

impl Default for Report {
    fn default() -> Self {
        let table = "| what | per CPU second | bar |\n| --- | --: | --: |\n".to_owned();
        Self { table, missed: Vec::new(), engine: 0.0 }
    }
}

impl Report {
    fn row(&mut self, what: &str, found: f64, bar: f64) {
        let _ = writeln!(self.table, "| {what} | {found:.0} | {bar:.0} |");
        if found < bar {
            self.missed.push(what.to_owned());
        }
    }

    fn figure(&mut self, what: &str, found: f64) {
        let _ = writeln!(self.table, "| {what} | {found:.0} | |");
    }

    /// Where the time of an assessment went.
    fn note(&mut self, lines: &Value) {
        let part = |name: &str| lines.get(name).and_then(Value::as_f64).unwrap_or_default();
        let _ = writeln!(
            self.table,
            "| compile {:.2} s, judge {:.2} s, write {:.2} s; {} MiB; {} of {} verdicts fail | | |",
            part("compile-seconds"),
            part("judge-seconds"),
            part("write-seconds"),
            part("mebibytes"),
            part("fail"),
            part("verdicts"),
        );
    }

    fn opa(&mut self, checkout: &Path) -> Result<(), String> {
        let library = checkout.join("target/oracle");
        if !library.join("opa_bindings").is_dir() {
            let _ =
                writeln!(self.table, "| OPA is not installed: tests/oracle/install.sh target/oracle | | |");
            return Ok(());
        }
        measured(&["opa", &OPA_RESOURCES.to_string()])?;
        let mut python = Command::new("python3");
        python.args(["tests/oracle/speed.py", "target/bench/opa.jsonl"]).current_dir(checkout);
        python.env("PYTHONPATH", library);
        let output = python.output().map_err(|error| format!("python3: {error}"))?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        let ways: Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
        let way = |name: &str| ways.get(name).and_then(Value::as_f64).unwrap_or_default();
        for (name, words) in
            [("check", "one query a check"), ("resource", "one a resource"), ("all", "one for all checks")]
        {
            self.figure(&format!("evaluations, OPA, {words}"), way(name));
        }
        let best = way("check").max(way("resource")).max(way("all"));
        self.row("evaluations in the time of one by OPA's best way", self.engine / best, OPA);
        Ok(())
    }
}

/// Builds projects of growing size: the table, and the bars that were missed.
fn builds(checkout: &Path, program: &Program) -> Result<(String, Vec<String>), String> {
    let probity = program.find(checkout)?;
    let folder = checkout.join(FOLDER);
    let mut table = "| resources | CPU s | CPU µs each | wall s | peak MiB | results MB |\n".to_owned()
        + &"| --: ".repeat(6)
        + "|\n";
    let mut missed = Vec::new();
    for size in SIZES {
        generate(checkout, size)?;
        let mut build = Command::new(&probity);
        build.args(["build", "--quiet", "--as-of", "2026-11-01T12:00:00Z"]).current_dir(&folder);
        let cost = Cost::of(&mut build, &[1])?;
        let results = folder.join("build/bench/assessment-results.json");
        let bytes = std::fs::metadata(&results).map_err(|error| error.to_string())?.len();
        #[expect(clippy::cast_precision_loss, reason = "sizes of a benchmark are far below 2^52")]
        let each = cost.cpu.as_secs_f64() * 1e6 / size as f64;
        let _ = writeln!(
            table,
            "| {size} | {:.1} | {each:.0} | {:.1} | {} | {} |",
            cost.cpu.as_secs_f64(),
            cost.wall.as_secs_f64(),
            cost.memory >> 20,
            bytes / 1_000_000,
        );
        if cost.memory > MEMORY {
            missed.push(format!("memory of {size} resources"));
        }
    }
    let _ = std::fs::remove_dir_all(&folder);
    Ok((table, missed))
}

/// Where projects are made that are measured.
const FOLDER: &str = "target/bench";

/// Makes a project with so many lines of evidence, of which nothing was built yet; its folder.
pub(super) fn generate(checkout: &Path, lines: usize) -> Result<PathBuf, String> {
    measured(&["generate", &lines.to_string()])?;
    let folder = checkout.join(FOLDER);
    for old in ["build", ".probity", ".git", "metrics"] {
        let _ = std::fs::remove_dir_all(folder.join(old));
    }
    Ok(folder)
}

fn json(words: &[&str]) -> Result<Value, String> {
    serde_json::from_str(&measured(words)?).map_err(|error| error.to_string())
}

/// Runs the benchmark of the assessment crate in a process of its own; what it prints.
fn measured(words: &[&str]) -> Result<String, String> {
    let mut cargo = Command::new("cargo");
    cargo
        .args(["bench", "--quiet", "--package", "probity-assessment", "--bench", "assess", "--"])
        .args(words)
        .stderr(std::process::Stdio::inherit());
    let output = cargo.current_dir(files::checkout()).output().map_err(|error| format!("cargo: {error}"))?;
    if !output.status.success() {
        return Err("the measurement failed".to_owned());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
