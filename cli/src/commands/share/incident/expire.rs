use jiff::civil::Date;
use jiff::tz::TimeZone;
use probity_diagnostics::{Diagnostic, FileTree as _, Location, TreePath, codes as files};
use probity_project::sharing::RECEIVED;
use probity_sharing::circle::{FOLDER, Policy};
use probity_sharing::expiry::{Kept, kept};
use probity_sharing::incident::codes::EXPIRED;
use serde_json::{Value, json};

use super::here;
use crate::args::{AsOfArg, FormatArg};
use crate::commands::{as_of, refuse, settle};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// List what is kept longer than it was meant to be.
///
/// An incident is kept for as long as its `retention` says, else that of
/// `sharing/policy.yaml`, from when it was over; one that is not resolved is
/// not over. What was received is kept from its receipt on. Nothing is
/// deleted: what goes from a folder stays in the history of git, in clones
/// and with those who received it, and has to be taken out there by other
/// means.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity share incident expire --as-of 2027-01-01T00:00:00Z\n\
Exit codes: 0 nothing is past its time, 1 something is, 2 something cannot be read.")]
pub(super) struct Args {
    /// Also list what is kept rightly, and until when.
    #[arg(long)]
    all: bool,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    format: FormatArg,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let at = as_of(&args.as_of, None, surroundings, ui)?.instant;
    let day = at.to_zoned(TimeZone::UTC).date();
    let tree = here(surroundings, ui)?;
    let path = |text: &str, ui: &mut Ui| {
        let wrong = |error| Diagnostic::error(&files::PATH_OUTSIDE, format!("{error}"));
        TreePath::parse(text).map_err(|error| refuse(&wrong(error).into(), &tree, ui))
    };
    let file = path(&format!("{FOLDER}/policy.yaml"), ui)?;
    let policy =
        if tree.is_file(&file) { settle(Policy::load(&tree, &file), &tree, ui)?.retention } else { None };
    let (all, found) =
        kept(&tree, &path(RECEIVED, ui)?, policy).map_err(|errors| refuse(&errors, &tree, ui))?;
    let expired: Vec<Diagnostic> = all.iter().filter(|one| one.is_expired(day)).filter_map(finding).collect();
    ui.findings(expired.iter().chain(&found), &tree);
    if args.format.format == Format::Json {
        let shown = all.iter().filter(|one| args.all || one.is_expired(day));
        let shown: Vec<Value> = shown.map(|one| row(one, day)).collect();
        ui.outcome(json!({ "as-of": at.to_string(), "kept": shown }), false);
    } else {
        all.iter().filter(|_| args.all).for_each(|one| ui.result(&line(one)));
        let silent = all.iter().filter(|one| one.retention.is_none()).count();
        if silent > 0 {
            ui.note(&format!(
                "of {silent} nobody says how long they are kept: `retention` in {FOLDER}/policy.yaml does"
            ));
        }
        if expired.is_empty() && found.is_empty() {
            ui.note("nothing is past its time");
        } else {
            ui.note("nothing was deleted; what is deleted in git stays in its history and in clones");
        }
    }
    Ok(if expired.is_empty() && found.is_empty() { Status::Done } else { Status::Findings })
}

fn finding(one: &Kept) -> Option<Diagnostic> {
    let what = if one.received { "the package was received and is" } else { "the incident is over and is" };
    let message = format!("{what} kept longer than until {}", one.until?);
    let finding = Diagnostic::warning(&EXPIRED, message);
    Some(match TreePath::parse(&one.path) {
        Ok(path) => finding.at(Location::file(&path)),
        Err(_) => finding,
    })
}

fn row(one: &Kept, day: Date) -> Value {
    let mut row = json!(one);
    if let Some(row) = row.as_object_mut() {
        row.insert("expired".to_owned(), json!(one.is_expired(day)));
    }
    row
}

fn line(one: &Kept) -> String {
    let until = match (one.until, one.since) {
        (Some(until), _) => format!("until {until}"),
        (None, None) => "not over".to_owned(),
        (None, Some(_)) => "nobody says".to_owned(),
    };
    format!("{until:16} {}", one.path)
}
