//! Differences: Probity beside a tool that compares JSON by ids, on two published revisions of a catalog, in one run.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::cost::{self, Cost, succeed};
use crate::schema::files;

/// The revisions, with the names that they are given here.
const REVISIONS: [(&str, &str); 2] = [
    ("oscal-content/nist.gov/SP800-53/rev4/json/NIST_SP-800-53_rev4_catalog-min.json", "rev4.json"),
    ("oscal-content/nist.gov/SP800-53/rev5/json/NIST_SP-800-53_rev5_catalog.json", "rev5.json"),
];
/// The peer, as npm knows it.
const PEER: &str = "jsondiffpatch@0.7.7";
/// The comparison by the peer: items of lists by their ids, uuids, names and values, and prose word by word as far as it does so.
const COMPARE: &str = "import { create } from 'jsondiffpatch/with-text-diffs';
import { readFileSync, writeFileSync } from 'node:fs';
const [before, after] = process.argv.slice(2, 4).map((file) => JSON.parse(readFileSync(file, 'utf8')));
const objectHash = (item, at) => item.id ?? item.uuid ?? (item.name ? `${item.name} ${item.class ?? ''} ${item.value ?? ''}` : item.href ?? `$${at}`);
const delta = create({ objectHash }).diff(before, after);
writeFileSync('theirs.json', JSON.stringify(delta, null, 1));
";
/// CPU seconds that Probity may take.
const BAR: Duration = Duration::from_millis(500);

/// What to run.
#[derive(Debug, clap::Args)]
pub(super) struct Differences {
    /// Set up the peer below `target/` first (npm).
    #[arg(long)]
    install: bool,
    /// The program to measure; left out, it is built with the release profile.
    #[arg(long, value_name = "PROGRAM")]
    probity: Option<PathBuf>,
    /// How often each program runs; its best run counts.
    #[arg(long, default_value_t = 3)]
    runs: usize,
}

/// Measures and prints the table.
pub(super) fn run(arguments: &Differences) -> Result<Vec<String>, String> {
    let checkout = files::checkout();
    let scratch = checkout.join("target/bench-differences");
    for (file, name) in REVISIONS {
        files::write(&scratch.join(name), &files::read(&files::reference().join(file))?)?;
    }
    files::write(&scratch.join("compare.mjs"), COMPARE)?;
    if arguments.install {
        let install = ["install", "--silent", "--no-audit", "--no-fund", "--prefix", ".", PEER];
        succeed(Command::new("npm").args(install).current_dir(&scratch))?;
    }
    let probity = cost::program(arguments.probity.as_deref(), &checkout)?;
    let best = |command: &mut Command| best(command.current_dir(&scratch), arguments.runs.max(1));
    let of_probity = |format: &str, output: &str| {
        best(Command::new(&probity).args([
            "diff",
            "rev4.json",
            "rev5.json",
            "--format",
            format,
            "-o",
            output,
        ]))
    };
    let formats =
        [("text", "ours.txt"), ("json", "ours.json"), ("markdown", "ours.md"), ("html", "ours.html")];
    let mut ours = Vec::new();
    for (format, output) in formats {
        ours.push((format, of_probity(format, output)?));
    }
    let theirs = installed(&scratch)
        .then(|| best(Command::new("node").args(["compare.mjs", "rev4.json", "rev5.json"])));
    let theirs = theirs.transpose()?;
    let table = table(&ours, theirs);
    if ours.iter().all(|(_, cost)| cost.cpu < BAR) {
        Ok(vec![table])
    } else {
        Err(format!("the bar was missed\n{table}"))
    }
}

fn installed(scratch: &Path) -> bool {
    scratch.join("node_modules/jsondiffpatch").is_dir()
}

/// The cheapest of several runs.
fn best(command: &mut Command, runs: usize) -> Result<Cost, String> {
    let mut best: Option<Cost> = None;
    for _ in 0..runs {
        let cost = Cost::of(command, &[0])?;
        best = Some(best.filter(|best| best.cpu <= cost.cpu).unwrap_or(cost));
    }
    best.ok_or_else(|| "nothing ran".to_owned())
}

/// The figures as Markdown, for the documentation.
fn table(ours: &[(&str, Cost)], theirs: Option<Cost>) -> String {
    let mut text = "| what | CPU | peak memory | bar | |\n| --- | --: | --: | --: | --- |\n".to_owned();
    let mut row = |what: &str, cost: Cost, bar: &str, holds: &str| {
        let seconds = cost.cpu.as_secs_f64();
        let _ = writeln!(text, "| {what} | {seconds:.3} s | {} MiB | {bar} | {holds} |", cost.memory >> 20);
    };
    for (format, cost) in ours {
        let holds = if cost.cpu < BAR { "holds" } else { "missed" };
        row(&format!("`diff` of 800-53 rev 4 and rev 5, {format}"), *cost, "0.5 s", holds);
    }
    match (theirs, ours.iter().find(|(format, _)| *format == "json")) {
        (Some(theirs), Some((_, cost))) => {
            row("jsondiffpatch 0.7.7 (npm), JSON", theirs, "", "");
            let ratio = cost.cpu.as_secs_f64() / theirs.cpu.as_secs_f64().max(1e-6);
            let _ = writeln!(text, "\nProbity's JSON takes {ratio:.2} times the CPU of jsondiffpatch's.");
        }
        _ => text.push_str("\njsondiffpatch is not installed: run with --install.\n"),
    }
    text
}
