use probity_diagnostics::Diagnostics;
use probity_sharing::clocks::{regimes, review};
use probity_sharing::incident;
use serde_json::json;

use super::{lexicon, named, shown};
use crate::args::{AsOfArg, FormatArg};
use crate::commands::{as_of, refuse};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Say whether incidents hold together.
///
/// Looks at fields and words, at times and their order, at the values of
/// addresses, hashes and indicators, at categories and attack types (rule
/// LEX-001), and at notifications that are overdue.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity share incident lint sharing/incidents/2026/*.yaml\n\
Exit codes: 0 nothing to object to, 1 findings, 2 a file cannot be read.")]
pub(super) struct Args {
    /// Incidents.
    #[arg(value_name = "FILE", required = true)]
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
    for file in &args.files {
        let named = named(file, surroundings, ui)?;
        let lexicon = lexicon(&named.tree, ui)?;
        let duties = regimes(&named.tree).map_err(|errors| refuse(&errors, &named.tree, ui))?;
        let found: Diagnostics = match incident::load(&named.tree, &named.path, &lexicon) {
            Ok(read) => {
                let mut found = read.warnings;
                found.extend(review(&read.value, &duties, at, &named.path));
                found
            }
            Err(errors) => errors,
        };
        if !found.is_empty() {
            status = status.and(Status::Findings);
        }
        ui.findings(&found, &named.tree);
        files.push(json!({ "file": shown(&named.tree, &named.path), "findings": found.len() }));
    }
    if args.format.format == Format::Json {
        ui.outcome(json!({ "incidents": files, "as-of": at.to_string() }), false);
    } else if status == Status::Done {
        ui.note("nothing to object to");
    }
    Ok(status)
}
