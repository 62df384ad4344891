//! `cargo xtask test` and `cargo xtask ci`: every check of the project.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Set up what the tests need and run all of them.
///
/// Tests that need reference data or another tool are skipped with a
/// printed reason where those are not at hand.
#[derive(Debug, clap::Args)]
pub(crate) struct Test {
    /// Passed on to the test runner.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

/// Run everything that must hold before a change lands.
///
/// Format, lints, tests with oracles and reference data required, doctests,
/// generated files, documentation, and a smoke run of the README's command.
#[derive(Debug, clap::Args)]
pub(crate) struct Ci {}

type Outcome = Result<Vec<String>, String>;

pub(crate) fn test(arguments: &Test) -> Outcome {
    let root = root()?;
    let mut notes = Vec::new();
    if let Err(why) = oracle(&root) {
        notes.push(format!("comparisons with other tools are skipped: {why}"));
    }
    if let Err(why) = moto(&root) {
        notes.push(format!("tests against moto, which stands for AWS, are skipped: {why}"));
    }
    let totals = run_tests(&root, "default", &arguments.rest, false)?;
    if arguments.rest.is_empty() {
        step(
            "examples of the documentation",
            &mut cargo(&root, &["test", "--workspace", "--doc", "--quiet"]),
        )?;
    }
    notes.push(totals);
    Ok(notes)
}

pub(crate) fn ci(_: &Ci) -> Outcome {
    let root = root()?;
    let started = Instant::now();
    step("format", &mut cargo(&root, &["fmt", "--all", "--check"]))?;
    let clippy = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
    step("lints", &mut cargo(&root, &clippy))?;
    banner("other tools for the comparisons");
    oracle(&root)?;
    moto(&root)?;
    let totals = run_tests(&root, "ci", &[], true)?;
    step("doctests", &mut required(cargo(&root, &["test", "--workspace", "--doc", "--locked"])))?;
    step("generated files", &mut cargo(&root, &["xtask", "schema", "--check"]))?;
    let mut doc = cargo(&root, &["doc", "--workspace", "--no-deps", "--locked"]);
    step("documentation", doc.env("RUSTDOCFLAGS", "-D warnings"))?;
    smoke(&root)?;
    Ok(vec![format!("everything holds after {} s", started.elapsed().as_secs()), totals])
}

/// The root of the workspace.
fn root() -> Result<PathBuf, String> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().map(Path::to_path_buf).ok_or_else(|| "xtask lies in no workspace".to_owned())
}

fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(arguments).current_dir(root);
    command
}

/// The same command with nothing skipped for want of data or oracle.
fn required(mut command: Command) -> Command {
    command.env("PROBITY_REQUIRE_REFERENCE", "1").env("PROBITY_REQUIRE_ORACLE", "1");
    command
}

fn banner(name: &str) {
    let _ = writeln!(std::io::stderr(), "\n=== {name}");
}

/// Runs a command and tells how long it took.
fn step(name: &str, command: &mut Command) -> Result<(), String> {
    banner(name);
    let started = Instant::now();
    let status = command.stdin(Stdio::null()).status().map_err(|e| format!("{name}: {e}"))?;
    let _ = writeln!(std::io::stderr(), "{name}: {} s", started.elapsed().as_secs());
    if status.success() { Ok(()) } else { Err(format!("{name} failed ({status})")) }
}

/// Runs the tests of the workspace and yields their totals as `N passed, N
/// failed, N skipped`.
fn run_tests(root: &Path, profile: &str, rest: &[String], all_required: bool) -> Result<String, String> {
    banner("tests");
    let nextest = Command::new("cargo")
        .args(["nextest", "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    let mut command = if nextest {
        cargo(root, &["nextest", "run", "--workspace", "--profile", profile])
    } else {
        cargo(root, &["test", "--workspace", "--tests", "--bins"])
    };
    command.args(rest).stdin(Stdio::null()).stderr(Stdio::piped()).stdout(Stdio::inherit());
    let mut command = if all_required { required(command) } else { command };
    let mut child = command.spawn().map_err(|e| format!("tests: {e}"))?;
    let mut summary = None;
    if let Some(stderr) = child.stderr.take() {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            let _ = writeln!(std::io::stderr(), "{line}");
            summary = totals(&line).or(summary);
        }
    }
    let status = child.wait().map_err(|e| format!("tests: {e}"))?;
    match (status.success(), summary) {
        (true, summary) => Ok(summary.unwrap_or_else(|| "all tests passed".to_owned())),
        (false, summary) => Err(format!("tests failed: {}", summary.unwrap_or_default())),
    }
}

/// The totals in nextest's summary line.
fn totals(line: &str) -> Option<String> {
    let (_, rest) = line.split_once(" tests run: ")?;
    let number = |word: &str| {
        let before = rest.split(word).next().filter(|before| before.len() < rest.len())?;
        before.split_whitespace().last()?.trim_matches(|c: char| !c.is_ascii_digit()).parse::<u64>().ok()
    };
    let (passed, failed, skipped) = (number(" passed")?, number(" failed"), number(" skipped"));
    Some(format!("{passed} passed, {} failed, {} skipped", failed.unwrap_or(0), skipped.unwrap_or(0)))
}

/// Installs the tools that outcomes are compared with: OPA, readers of YAML, compliance-trestle, schemas of reports.
fn oracle(root: &Path) -> Result<(), String> {
    install(root, "tests/oracle/install.sh", "target/oracle")
}

/// Installs moto, which answers like AWS.
fn moto(root: &Path) -> Result<(), String> {
    install(root, "discovery/tests/moto/install.sh", "target/moto")
}

/// Runs a script that fills a folder.
fn install(root: &Path, script: &str, folder: &str) -> Result<(), String> {
    let status =
        Command::new("sh").arg(root.join(script)).arg(root.join(folder)).stdin(Stdio::null()).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{script} failed ({status})")),
        Err(error) => Err(format!("{script}: {error}")),
    }
}

/// Runs the README's first command on a copy of its project, and checks what
/// it writes.
fn smoke(root: &Path) -> Result<(), String> {
    banner("smoke run of the README's first command");
    let scratch = root.join("target/smoke/hyperiot");
    if scratch.exists() {
        std::fs::remove_dir_all(&scratch).map_err(|e| format!("{}: {e}", scratch.display()))?;
    }
    copy(&root.join("content/examples/hyperiot"), &scratch)?;
    for leftover in ["build", ".probity"] {
        let _ = std::fs::remove_dir_all(scratch.join(leftover));
    }
    let scratch_text = scratch.to_string_lossy();
    let status = Command::new(program(root))
        .args(["build", "-C", &scratch_text])
        .current_dir(root)
        .stdin(Stdio::null())
        .status()
        .map_err(|e| format!("smoke run: {e}"))?;
    if status.code() != Some(1) {
        return Err(format!(
            "the smoke run ended with {status}; exit code 1 was expected: HyperIoT has failing controls"
        ));
    }
    let expected = [
        "catalog.json",
        "bundle/data.json",
        "assessment-plan.json",
        "verdicts.jsonl",
        "assessment-results.json",
        "report.html",
        "report.pdf",
        "report.xlsx",
    ];
    let missing: Vec<&str> =
        expected.into_iter().filter(|file| !scratch.join("build/eucs").join(file).is_file()).collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(format!("the smoke run did not write {}", missing.join(", ")))
    }
}

/// The program that the tests were run with: another build, even of the same profile, would compile everything again.
fn program(root: &Path) -> PathBuf {
    #[expect(clippy::disallowed_methods, reason = "cargo takes its target folder from the environment")]
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    root.join(target).join("debug/probity")
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let told = |e: std::io::Error| format!("{}: {e}", from.display());
    std::fs::create_dir_all(to).map_err(told)?;
    #[expect(clippy::disallowed_methods, reason = "a task of the workspace works on its own folders")]
    for entry in std::fs::read_dir(from).map_err(told)? {
        let entry = entry.map_err(told)?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target).map_err(told)?;
        }
    }
    Ok(())
}
