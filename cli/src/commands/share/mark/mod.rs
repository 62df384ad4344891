use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

mod lint;
mod set;
mod show;
mod split;
mod verify;

/// Show, set, verify and divide the colours of documents.
///
/// A document says its colour itself where its format has a field for it: the
/// prop `marking` in OSCAL, `marking` in other YAML and JSON and in the front
/// matter of Markdown, `restriction` in IODEF, marking definitions in STIX, the
/// label of CSAF, tags in MISP. Else a file beside it says it
/// (`<file>.marking.yaml`). What nobody marked is TLP:AMBER.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Show(show::Args),
    Set(set::Args),
    Verify(verify::Args),
    Lint(lint::Args),
    Split(split::Args),
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    match &args.command {
        Command::Show(args) => show::run(args, surroundings, ui),
        Command::Set(args) => set::run(args, surroundings, ui),
        Command::Verify(args) => verify::run(args, surroundings, ui),
        Command::Lint(args) => lint::run(args, surroundings, ui),
        Command::Split(args) => split::run(args, surroundings, ui),
    }
}
