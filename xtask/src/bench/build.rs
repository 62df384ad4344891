//! Builds of a large project in which nothing, one metric or one line of evidence changed.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use super::cost::{Cost, Measure, Table};
use crate::schema::files;

/// CPU time of a build in which nothing changed.
const BAR: Duration = Duration::from_millis(300);
const AS_OF: &str = "2026-11-01T12:00:00Z";
const CONTROLS: usize = 1_200;
const METRICS: usize = 150;
/// Namespace of the props that name metrics.
const RULES: &str = "https://oscal-compass.github.io/compliance-trestle/schemas/oscal/cd";

/// What to run.
#[derive(Debug, clap::Args)]
pub(super) struct Build {
    /// How many lines of evidence.
    #[arg(long, default_value_t = 100_000)]
    lines: usize,
    #[command(flatten)]
    measure: Measure,
}

/// Measures, and holds the build in which nothing changed to its bar.
pub(super) fn run(arguments: &Build) -> Result<Vec<String>, String> {
    let checkout = files::checkout();
    let probity = arguments.measure.program(&checkout)?;
    let folder = super::assess::generate(&checkout, arguments.lines)?;
    let touched = project(&checkout, &folder, CONTROLS)?;
    let build = || {
        let mut build = Command::new(&probity);
        build.args(["build", "--quiet", "--as-of", AS_OF]).current_dir(&folder);
        Cost::of(&mut build, &[1])
    };
    let best = |change: &dyn Fn(usize) -> Result<(), String>| {
        arguments.measure.best(|run| {
            change(run)?;
            build()
        })
    };
    let clean = build()?;
    let nothing = best(&|_| Ok(()))?;
    let metric = best(&|run| {
        let text = files::read(&touched)?;
        files::write(&touched, &format!("# run {run}\n{text}"))
    })?;
    let evidence = folder.join("evidence.jsonl");
    let line = best(&|run| {
        let text = files::read(&evidence)?;
        let of_team = |number: usize| format!("\"team\":\"production{}\"", "x".repeat(number));
        files::write(&evidence, &without_digest(&text, &of_team(run), &of_team(run + 1))?)
    })?;
    let mut table = Table::new();
    table.row("everything", clean, None);
    table.row("nothing changed", nothing, Some(BAR));
    table.row("one metric changed", metric, None);
    table.row("one line of evidence changed", line, None);
    let table = table.finish("");
    let _ = std::fs::remove_dir_all(&folder);
    if nothing.cpu > BAR {
        return Err(format!("the bar was missed\n{table}"));
    }
    Ok(vec![table])
}

/// The evidence with one line changed, and that line without its digest.
fn without_digest(text: &str, from: &str, to: &str) -> Result<String, String> {
    let at = text.find(from).ok_or_else(|| format!("no line holds {from}"))?;
    let end = text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |length| at + length);
    let (before, line, after) = (text.get(..at), text.get(at..end), text.get(end..));
    let line = line.unwrap_or_default().replacen(from, to, 1);
    let bare = line.rfind(",\"digest\":\"").and_then(|at| line.get(..at)).map(|line| format!("{line}}}"));
    Ok([before.unwrap_or_default(), bare.as_deref().unwrap_or(&line), after.unwrap_or_default()].concat())
}

/// Gives the project so many controls and metrics of its own, copies of those of the content; a file of one of them.
pub(super) fn project(checkout: &Path, folder: &Path, controls: usize) -> Result<PathBuf, String> {
    let mut names: Vec<(String, PathBuf)> = Vec::new();
    #[expect(clippy::disallowed_methods, reason = "a benchmark copies files of the checkout")]
    let below = |folder: &Path| -> Result<Vec<PathBuf>, String> {
        let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        Ok(paths.into_iter().filter(|path| path.is_dir()).collect())
    };
    for category in below(&checkout.join("content/metrics"))? {
        for metric in below(&category)? {
            let name = metric.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            names.push((name.to_owned(), metric.clone()));
        }
    }
    names.truncate(METRICS);
    let mut touched = None;
    for (name, from) in &names {
        let snake = name.replace('-', "_");
        let own = format!("package probity.metrics.own_{snake}\n");
        let rego = files::read(&from.join("check.rego"))?
            .replacen(&format!("package probity.metrics.{snake}\n"), &own, 1)
            .replace(&format!("data.probity.checks.{snake} "), &format!("data.probity.checks.own_{snake} "))
            .replace(
                &format!("data.probity.checks.{snake}\n"),
                &format!("data.probity.checks.own_{snake}\n"),
            );
        let metric = files::read(&from.join("metric.yaml"))?.replacen(
            &format!("value: {name}\n"),
            &format!("value: own-{name}\n"),
            1,
        );
        // the Rego is another one, so its digest goes
        let kept: Vec<&str> = metric.lines().take_while(|line| line.trim() != "hashes:").collect();
        let metric = kept.join("\n") + "\n";
        let to = folder.join("metrics").join(format!("own-{name}"));
        std::fs::create_dir_all(&to).map_err(|error| error.to_string())?;
        files::write(&to.join("check.rego"), &rego)?;
        files::write(&to.join("metric.yaml"), &metric)?;
        if name == "access-key-age" {
            touched = Some(to.join("check.rego"));
        }
    }
    documents(folder, &names, controls)?;
    touched.ok_or_else(|| "the metric to touch is not among those of the project".to_owned())
}

/// Catalog and mapping of the project.
fn documents(folder: &Path, names: &[(String, PathBuf)], count: usize) -> Result<(), String> {
    let mut uuids = (1..).map(|number: u32| format!("00000000-0000-4000-8000-{number:012}"));
    let mut uuid = || uuids.next().unwrap_or_default();
    let metadata =
        || json!({"title": "Benchmark", "last-modified": AS_OF, "version": "1", "oscal-version": "1.2.2"});
    let control = |number: usize| {
        let statement =
            json!({"id": format!("c-{number}_smt"), "name": "statement", "prose": "It is in order."});
        json!({"id": format!("c-{number}"), "title": format!("Control {number}"), "parts": [statement]})
    };
    let controls: Vec<Value> = (0..count).map(control).collect();
    let catalog = json!({"catalog": {"uuid": uuid(), "metadata": metadata(), "controls": controls}});
    let requirements: Vec<Value> = (0..count)
        .zip(names.iter().cycle())
        .map(|(number, (name, _))| {
            let rule = json!({"name": "Rule_Id", "ns": RULES, "value": format!("own-{name}"), "remarks": "It is asked for."});
            json!({"uuid": uuid(), "control-id": format!("c-{number}"), "description": "Mapped.", "props": [rule]})
        })
        .collect();
    let implementation = json!({
        "uuid": uuid(), "source": "../catalogs/bench.yaml", "description": "All controls.",
        "implemented-requirements": requirements,
    });
    let component = json!({
        "uuid": uuid(), "type": "policy", "title": "Benchmark", "description": "All controls.",
        "control-implementations": [implementation],
    });
    let mapping =
        json!({"component-definition": {"uuid": uuid(), "metadata": metadata(), "components": [component]}});
    files::write(&folder.join("catalogs/bench.yaml"), &catalog.to_string())?;
    files::write(&folder.join("mappings/bench.yaml"), &mapping.to_string())
}
