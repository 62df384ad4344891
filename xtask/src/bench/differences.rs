//! Differences: Probity beside a tool that compares JSON by ids, on two published revisions of a catalog, in one run.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::cost::{Cost, Measure, Table, succeed};
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
    #[command(flatten)]
    measure: Measure,
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
    let probity = arguments.measure.program(&checkout)?;
    let best = |command: &mut Command| {
        command.current_dir(&scratch);
        arguments.measure.best(|_| Cost::of(command, &[0]))
    };
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

/// The figures as Markdown, for the documentation.
fn table(ours: &[(&str, Cost)], theirs: Option<Cost>) -> String {
    let mut table = Table::new();
    for (format, cost) in ours {
        table.row(&format!("`diff` of 800-53 rev 4 and rev 5, {format}"), *cost, Some(BAR));
    }
    match (theirs, ours.iter().find(|(format, _)| *format == "json")) {
        (Some(theirs), Some((_, cost))) => {
            table.row("jsondiffpatch 0.7.7 (npm), JSON", theirs, None);
            let ratio = cost.cpu.as_secs_f64() / theirs.cpu.as_secs_f64().max(1e-6);
            table.finish(&format!("Probity's JSON takes {ratio:.2} times the CPU of jsondiffpatch's."))
        }
        _ => table.finish("jsondiffpatch is not installed: run with --install."),
    }
}
