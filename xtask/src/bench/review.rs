//! A review of one parameter over a large evidence set.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::Value;

use super::cost::{Cost, Measure, Table, succeed};
use crate::schema::files;

/// CPU time that a review of 100,000 lines may take.
const BAR: Duration = Duration::from_secs(5);
const AS_OF: &str = "2026-11-01T12:00:00Z";
/// The check whose target value changes.
const CHECK: &str = "access-key-age";
/// Where the mapping is given a parameter, and which: keys are 20 or 400 days old, and may be 90.
const BEFORE: &str = "\"source\":\"../catalogs/bench.yaml\",";
const AFTER: &str = "\"source\":\"../catalogs/bench.yaml\",\"set-parameters\":\
                     [{\"param-id\":\"access-key-age_target\",\"values\":[\"P10D\"]}],";

/// What to run.
#[derive(Debug, clap::Args)]
pub(super) struct Review {
    /// How many lines of evidence.
    #[arg(long, default_value_t = 100_000)]
    lines: usize,
    #[command(flatten)]
    measure: Measure,
}

/// Measures, and holds what is listed against two builds.
pub(super) fn run(arguments: &Review) -> Result<Vec<String>, String> {
    let checkout = files::checkout();
    let probity = arguments.measure.program(&checkout)?;
    let folder = super::assess::generate(&checkout, arguments.lines)?;
    files::write(&folder.join(".gitignore"), "/evidence.jsonl\n/build/\n/.probity/\n/review/\n")?;
    let git = |args: &[&str]| {
        let identity = ["-c", "user.name=Bench", "-c", "user.email=bench@example.org"];
        succeed(Command::new("git").args(identity).args(args).current_dir(&folder))
    };
    git(&["init", "-q", "-b", "main"])?;
    git(&["add", "-A"])?;
    git(&["commit", "-q", "-m", "Before"])?;
    let before = verdicts(&probity, &folder)?;
    let mapping = folder.join("mappings/bench.yaml");
    let text = files::read(&mapping)?;
    if !text.contains(BEFORE) {
        return Err(format!("{} does not hold {BEFORE}", mapping.display()));
    }
    files::write(&mapping, &text.replacen(BEFORE, AFTER, 1))?;
    let mut review = Command::new(&probity);
    review.args(["review", "--base", "main", "--as-of", AS_OF, "-o", "review"]).current_dir(&folder);
    let cost = arguments.measure.best(|_| Cost::of(&mut review, &[1]))?;
    let after = verdicts(&probity, &folder)?;
    let flips: Vec<&String> = before.difference(&after).collect();
    let told = told(&folder.join("review/review.json"))?;
    if flips.is_empty() || told.iter().collect::<Vec<_>>() != flips {
        return Err(format!(
            "the review lists {} resources, and two builds differ in {}",
            told.len(),
            flips.len()
        ));
    }
    let mut table = Table::new();
    let what = format!("review of {} lines, {} resources flip", arguments.lines, told.len());
    table.row(&what, cost, Some(BAR));
    let table = table.finish("");
    let _ = std::fs::remove_dir_all(&folder);
    if cost.cpu > BAR && arguments.lines >= 100_000 {
        return Err(format!("the bar was missed\n{table}"));
    }
    Ok(vec![table])
}

/// The resources that a build finds to pass the check.
fn verdicts(probity: &Path, folder: &Path) -> Result<std::collections::BTreeSet<String>, String> {
    let mut build = Command::new(probity);
    build.args(["build", "--quiet", "--as-of", AS_OF]).current_dir(folder);
    Cost::of(&mut build, &[1])?;
    let text = files::read(&folder.join("build/bench/verdicts.jsonl"))?;
    let head = format!("{{\"kind\":\"verdict\",\"check\":\"{CHECK}\",");
    let lines = text.lines().filter(|line| line.starts_with(&head));
    let passing = lines.filter_map(|line| {
        let line: Value = serde_json::from_str(line).ok()?;
        (line.get("verdict")? == "pass").then(|| line.get("resource")?.as_str().map(str::to_owned))?
    });
    Ok(passing.collect())
}

/// The resources that the review lists, sorted by id.
fn told(file: &Path) -> Result<Vec<String>, String> {
    let review: Value = serde_json::from_str(&files::read(file)?).map_err(|error| error.to_string())?;
    let checks = review.pointer("/assessments/0/checks").and_then(Value::as_array);
    let resources = checks
        .into_iter()
        .flatten()
        .flat_map(|check| check.get("resources").and_then(Value::as_array).into_iter().flatten());
    Ok(resources.filter_map(|one| one.get("id")?.as_str().map(str::to_owned)).collect())
}
