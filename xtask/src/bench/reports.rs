//! Reports of large results, format by format.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::build;
use super::cost::{Cost, Measure, Table};
use crate::schema::files;

const AS_OF: &str = "2026-11-01T12:00:00Z";
/// CPU time of the PDF and of the workbook.
const BAR: Duration = Duration::from_secs(5);
/// Bytes of the HTML page.
const PAGE: u64 = 5_000_000;
/// Peak memory of the HTML page before its resources were packed.
const MEMORY: u64 = 345 << 20;

/// What to run.
#[derive(Debug, clap::Args)]
pub(super) struct Reports {
    /// How many controls.
    #[arg(long, default_value_t = 300)]
    controls: usize,
    /// How many lines of evidence; about 2.5 failing resources and checks come of each.
    #[arg(long, default_value_t = 21_500)]
    lines: usize,
    #[command(flatten)]
    measure: Measure,
}

/// Measures each format, and holds it to its bar.
pub(super) fn run(arguments: &Reports) -> Result<Vec<String>, String> {
    let checkout = files::checkout();
    let probity = arguments.measure.program(&checkout)?;
    let folder = super::assess::generate(&checkout, arguments.lines)?;
    build::project(&checkout, &folder, arguments.controls)?;
    let mut made = Command::new(&probity);
    made.args(["build", "--quiet", "--as-of", AS_OF]).current_dir(&folder);
    Cost::of(&mut made, &[0, 1])?;
    let failing = failing(&folder)?;
    let mut table = Table::new();
    let mut missed = Vec::new();
    let mut sizes = Vec::new();
    for (format, bar) in
        [("html", None), ("markdown", None), ("pdf", Some(BAR)), ("xlsx", Some(BAR)), ("csv", None)]
    {
        let file = format!("report.{format}");
        let cost = arguments.measure.best(|_| {
            let mut report = Command::new(&probity);
            report.args(["report", "bench", "--format", format, "-o", &file]).current_dir(&folder);
            Cost::of(&mut report, &[0])
        })?;
        let size = std::fs::metadata(folder.join(&file)).map_err(|error| error.to_string())?.len();
        table.row(format, cost, bar);
        sizes.push(format!("{format} {:.2} MB", f64::from(u32::try_from(size).unwrap_or(u32::MAX)) / 1e6));
        if bar.is_some_and(|bar| cost.cpu > bar) {
            missed.push(format!("CPU time of {format}"));
        }
        if format == "html" && (size > PAGE || cost.memory >= MEMORY) {
            missed.push(format!("size or memory of the page: {size} bytes, {} MiB", cost.memory >> 20));
        }
    }
    let controls = arguments.controls;
    let note = format!("{controls} controls, {failing} failing resources: {}.", sizes.join(", "));
    let _ = std::fs::remove_dir_all(&folder);
    let table = table.finish(&note);
    if missed.is_empty() { Ok(vec![table]) } else { Err(format!("missed: {}\n{table}", missed.join(", "))) }
}

/// How many verdicts fail.
fn failing(folder: &Path) -> Result<usize, String> {
    let verdicts = files::read(&folder.join("build/bench/verdicts.jsonl"))?;
    Ok(verdicts.lines().filter(|line| line.contains("\"verdict\":\"fail\"")).count())
}
