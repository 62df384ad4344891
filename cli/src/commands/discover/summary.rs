//! What a look at a platform came to, told to people and to programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use probity_diagnostics::render::counted;
use probity_discovery::live::{Cause, Outcome, Platform, Read};
use probity_evidence::ServiceState;
use serde_json::{Value, json};

use crate::status::Status;
use crate::ui::Ui;

/// How many problems are shown.
const SHOWN: usize = 20;

/// The exit code of a run.
pub(super) fn status(outcome: &Outcome) -> Status {
    match (outcome.is_complete(), outcome.is_nothing()) {
        (true, _) => Status::Done,
        (false, true) => Status::Invalid,
        (false, false) => Status::Incomplete,
    }
}

/// One service over all accounts, regions, subscriptions or clusters.
#[derive(Default)]
struct Line {
    resources: usize,
    state: Option<ServiceState>,
    places: usize,
    faults: BTreeMap<Cause, usize>,
}

fn lines(outcome: &Outcome) -> BTreeMap<&'static str, Line> {
    let mut lines: BTreeMap<&str, Line> = BTreeMap::new();
    // what only finds out where to look is told where that failed
    let told = outcome.reads.iter().filter(|read| read.yields || !read.faults.is_empty());
    for read in told {
        let line = lines.entry(read.service).or_default();
        line.resources += read.resources;
        line.places += 1;
        line.state = line.state.max(Some(read.state));
        for (cause, count) in &read.faults {
            *line.faults.entry(*cause).or_default() += count;
        }
    }
    lines
}

/// Tells people: a line for each service, then what could not be read.
pub(super) fn tell(name: &str, outcome: &Outcome, ui: &mut Ui) {
    let lines = lines(outcome);
    let width = lines.keys().map(|service| service.len()).max().unwrap_or(0);
    let mut text = String::new();
    for (service, line) in &lines {
        let state = line.state.map_or("", ServiceState::as_str);
        let faults: Vec<String> =
            line.faults.iter().map(|(cause, n)| format!("{n} {}", cause.word())).collect();
        let why = if faults.is_empty() { String::new() } else { format!(": {}", faults.join(", ")) };
        let _ = writeln!(text, "  {service:width$}  {:>7} resources  {state}{why}", line.resources);
    }
    ui.note(text.trim_end());
    if outcome.waited > 0 {
        ui.note(&format!("{name}: the platform asked to slow down {} times", outcome.waited));
    }
    if outcome.gone > 0 {
        ui.note(&format!("{name}: gone since the last run: {}", counted(outcome.gone, "resource")));
    }
    if outcome.kept > 0 {
        ui.message(&format!(
            "{name}: {} of the last run could not be looked at again, and stay as observed then",
            counted(outcome.kept, "resource")
        ));
    }
    if outcome.problems.is_empty() {
        return;
    }
    ui.message(&format!("{name}: not everything could be read"));
    for problem in outcome.problems.iter().take(SHOWN) {
        let needs = problem.permission.as_ref().map(|name| format!("; it takes {name}")).unwrap_or_default();
        ui.message(&format!("  {}: {}{needs}", problem.service, problem.message));
    }
    let more = outcome.problems.len().saturating_sub(SHOWN);
    if more > 0 {
        ui.message(&format!("  and {more} more; the evidence set names them all"));
    }
}

/// Tells people how to sign in, where nobody was.
pub(super) fn help(platform: &Platform, outcome: &Outcome, ui: &mut Ui) {
    let without = |read: &Read| read.faults.contains_key(&Cause::NoCredentials);
    if !outcome.is_nothing() || !outcome.reads.iter().any(without) {
        return;
    }
    ui.message(match platform {
        Platform::Aws(_) => {
            "help: sign in with `aws sso login`, name a profile (--profile), or set AWS_ACCESS_KEY_ID and \
             AWS_SECRET_ACCESS_KEY"
        }
        Platform::Azure(_) => {
            "help: sign in with `az login`, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET"
        }
        Platform::Kubernetes(_) => {
            "help: name a file (--kubeconfig, or KUBECONFIG) and a context of it, or --in-cluster inside of one"
        }
    });
}

/// Tells programs.
pub(super) fn json(name: &str, outcome: &Outcome) -> Value {
    let reads = outcome.reads.iter().map(|read| {
        let faults: BTreeMap<&str, usize> = read.faults.iter().map(|(cause, n)| (cause.word(), *n)).collect();
        json!({
            "scope": read.scope,
            "service": read.service,
            "state": read.state.as_str(),
            "resources": read.resources,
            "faults": faults,
        })
    });
    let problems = outcome.problems.iter().map(|problem| {
        json!({
            "service": problem.service,
            "message": problem.message,
            "permission": problem.permission,
            "resource-types": problem.resource_types,
            "properties": problem.properties,
        })
    });
    json!({
        "name": name,
        "complete": outcome.is_complete(),
        "services": reads.collect::<Vec<_>>(),
        "types": outcome.types,
        "problems": problems.collect::<Vec<_>>(),
        "gone": outcome.gone,
        "kept": outcome.kept,
        "waited": outcome.waited,
    })
}
