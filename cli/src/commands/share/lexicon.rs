//! The words that members mean the same by.

use std::path::PathBuf;

use clap::ValueEnum;
use probity_oscal::OscalDocument;
use probity_sharing::lexicon::{Lexicon, to_catalog, to_taxonomy};
use serde_json::json;

use super::incident::{here, lexicon};
use crate::args::{AsOfArg, FormatArg};
use crate::commands::as_of;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// List, check and export the words for incidents.
///
/// The lexicon has terms, categories of incidents and types of attacks, each
/// with a definition and the clause that it goes back to. A project adds its
/// own in `sharing/lexicon.yaml`; they begin with `x-`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Show the words.
    #[command(after_help = "Example: probity share lexicon list")]
    List(ListArgs),
    /// Say whether the words that the project adds hold together.
    #[command(after_help = "Example: probity share lexicon lint")]
    Lint(ListArgs),
    /// Write the lexicon for others: as an OSCAL catalog or a taxonomy of MISP.
    #[command(after_help = "Example: probity share lexicon export --to taxonomy -o machinetag.json")]
    Export(ExportArgs),
}

#[derive(Debug, clap::Args)]
struct ListArgs {
    #[command(flatten)]
    format: FormatArg,
}

#[derive(Debug, clap::Args)]
struct ExportArgs {
    /// The form.
    #[arg(long, value_name = "FORM")]
    to: To,

    /// The file to write; left out, standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    as_of: AsOfArg,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum To {
    /// An OSCAL catalog, modified as of the instant of judgement.
    Catalog,
    /// The `machinetag.json` of a taxonomy of MISP.
    Taxonomy,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    match &args.command {
        Command::List(args) => list(args, surroundings, ui),
        Command::Lint(args) => lint(args, surroundings, ui),
        Command::Export(args) => export(args, surroundings, ui),
    }
}

fn list(args: &ListArgs, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let lexicon = lexicon(&here(surroundings, ui)?, ui)?;
    if args.format.format == Format::Json {
        ui.outcome(json!({ "lexicon": lexicon }), false);
        return Ok(Status::Done);
    }
    for ((_, _, shown), entries) in lexicon.lists() {
        ui.result(shown);
        for entry in entries {
            ui.result(&format!("  {:24} {}", entry.id, entry.definition));
        }
    }
    Ok(Status::Done)
}

fn lint(args: &ListArgs, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let tree = here(surroundings, ui)?;
    let (status, entries) = match Lexicon::load(&tree) {
        Ok(loaded) => (Status::Done, loaded.value.lists().map(|(_, entries)| entries.len()).sum()),
        Err(errors) => {
            ui.findings(&errors, &tree);
            (Status::Findings, 0_usize)
        }
    };
    match args.format.format {
        Format::Json => ui.outcome(json!({ "entries": entries }), false),
        _ if status == Status::Done => ui.note(&format!("{entries} entries, nothing to object to")),
        _ => {}
    }
    Ok(status)
}

fn export(args: &ExportArgs, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let lexicon = lexicon(&here(surroundings, ui)?, ui)?;
    let text = match args.to {
        To::Catalog => {
            let modified = as_of(&args.as_of, None, surroundings, ui)?.instant;
            probity_oscal::to_json(&OscalDocument::Catalog(Box::new(to_catalog(&lexicon, modified))))
        }
        To::Taxonomy => probity_oscal::to_json(&to_taxonomy(&lexicon)),
    };
    let text = text.map_err(|error| {
        ui.message(&format!("error: {error}"));
        Status::Invalid
    })?;
    Ok(ui.write(text.as_bytes(), &surroundings.folder, args.output.as_deref()))
}
