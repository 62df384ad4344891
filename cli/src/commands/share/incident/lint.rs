use std::collections::BTreeMap;

use jiff::Timestamp;
use probity_diagnostics::document::{self, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree as _, Location, TreePath};
use probity_sharing::clocks::{regimes, review};
use probity_sharing::incident;
use probity_sharing::incident::codes::TWICE;
use serde_json::json;

use super::{here, lexicon, named, shown};
use crate::args::{AsOfArg, FormatArg};
use crate::commands::{as_of, refuse};
use crate::place::Tree;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Say whether incidents hold together.
///
/// Looks at fields and words, at times and their order, at the values of
/// addresses, hashes and indicators, at categories and attack types (rule
/// LEX-001), and at notifications that are overdue. Without a file it looks at
/// all incidents of the project, and whether two have one number.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity share incident lint\n\
Exit codes: 0 nothing to object to, 1 findings, 2 a file cannot be read.")]
pub(super) struct Args {
    /// Incidents; left out, all of the project, below `sharing/incidents`.
    #[arg(value_name = "FILE")]
    files: Vec<String>,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    format: FormatArg,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let at = as_of(&args.as_of, None, surroundings, ui)?.instant;
    let (mut status, mut files) = (Status::Done, Vec::new());
    let mut look = |tree: &Tree, path: &TreePath, twice: Option<Diagnostic>, ui: &mut Ui| {
        let found = findings(tree, path, twice, at, ui)?;
        if !found.is_empty() {
            status = status.and(Status::Findings);
        }
        ui.findings(&found, tree);
        files.push(json!({ "file": shown(tree, path), "findings": found.len() }));
        Ok(())
    };
    for file in &args.files {
        let named = named(file, surroundings, ui)?;
        look(&named.tree, &named.path, None, ui)?;
    }
    if args.files.is_empty() {
        let tree = here(surroundings, ui)?;
        let all = incident::files(&tree).map_err(|errors| refuse(&errors, &tree, ui))?;
        let mut numbers = BTreeMap::new();
        for path in &all {
            look(&tree, path, twice(&tree, path, &mut numbers), ui)?;
        }
        if all.is_empty() {
            ui.note(&format!("there are no incidents below `{}`", incident::FOLDER));
        }
    }
    if args.format.format == Format::Json {
        ui.outcome(json!({ "incidents": files, "as-of": at.to_string() }), false);
    } else if status == Status::Done {
        ui.note("nothing to object to");
    }
    Ok(status)
}

/// What there is to say about one incident.
fn findings(
    tree: &Tree,
    path: &TreePath,
    twice: Option<Diagnostic>,
    at: Timestamp,
    ui: &mut Ui,
) -> Result<Diagnostics, Status> {
    let lexicon = lexicon(tree, ui)?;
    let duties = regimes(tree).map_err(|errors| refuse(&errors, tree, ui))?;
    let mut found: Diagnostics = match incident::load(tree, path, &lexicon) {
        Ok(read) => {
            let mut found = read.warnings;
            found.extend(review(&read.value, &duties, at, path));
            found
        }
        Err(errors) => errors,
    };
    found.extend(twice);
    Ok(found)
}

/// That an incident has a number which another one has.
fn twice(
    tree: &Tree,
    path: &TreePath,
    numbers: &mut BTreeMap<(String, String), TreePath>,
) -> Option<Diagnostic> {
    let bytes = tree.read(path, Limits::default().bytes).ok()?;
    let format = document::Format::of(path).unwrap_or(document::Format::Yaml);
    let value = document::parse(&bytes, path, format, Limits::default()).ok()?.value;
    let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
    let number = (text("issuer")?, text("id")?);
    if let Some(other) = numbers.get(&number) {
        let message = format!("the number stands in `{other}` already");
        return Some(Diagnostic::error(&TWICE, message).at(Location::file(path)));
    }
    numbers.insert(number, path.clone());
    None
}
