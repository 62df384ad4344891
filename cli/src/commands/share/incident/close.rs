use std::path::PathBuf;

use probity_diagnostics::TreePath;
use probity_sharing::incident::{self, Incident};
use probity_sharing::lexicon::Lexicon;
use probity_sharing::origin;

use crate::args::{AsOfArg, FormatArg, ProjectArgs};
use crate::commands::share::opened::Opened;
use crate::commands::share::plans::Plans;
use crate::commands::{refuse, settle};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Propose to close the risks of which resolved incidents were made.
///
/// A risk that is not closed, and that nobody has accepted, gets the status
/// `closed` and an entry in its log. The change is shown; whether it is
/// right is for people to say, and `--write` writes it. Where the check of
/// the risk still fails, the next `probity poam --update` opens it again.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity share incident close-risks --write\n\
Exit codes: 0 nothing to close, or written; 1 something could be closed; 2 something cannot be read.")]
pub(super) struct Args {
    /// Incidents; left out, all of the project, below `sharing/incidents`.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// A plan of action and milestones; left out, those of all assessments of
    /// the project.
    #[arg(long, value_name = "FILE")]
    poam: Vec<PathBuf>,

    /// Write it.
    #[arg(long, conflicts_with = "rev")]
    write: bool,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    project: ProjectArgs,

    #[command(flatten)]
    format: FormatArg,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let opened = Opened::new(&args.project, surroundings, ui)?;
    let at = opened.instant(&args.as_of, surroundings, ui)?;
    let incidents = incidents(&opened, &args.files, surroundings, ui)?;
    let mut plans = Plans::read(&opened, &args.poam, surroundings, ui)?;
    for incident in &incidents {
        for risk in origin::risks(incident) {
            plans.change(risk, "closed", |plan| origin::resolved(plan, risk, incident, at));
        }
    }
    plans.settle(args.write, args.format.format, &opened, ui)
}

/// The incidents that were named, else all.
fn incidents(
    opened: &Opened,
    named: &[PathBuf],
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Vec<Incident>, Status> {
    let tree = opened.tree();
    let lexicon = settle(Lexicon::load(tree), tree, ui)?;
    let paths: Vec<TreePath> = if named.is_empty() {
        incident::files(tree).map_err(|errors| refuse(&errors, tree, ui))?
    } else {
        named.iter().map(|file| opened.path(file, surroundings, ui)).collect::<Result<_, _>>()?
    };
    let mut incidents = Vec::new();
    for path in &paths {
        // what is only likely to be a mistake is told by `lint`
        let read = incident::load(tree, path, &lexicon).map_err(|errors| refuse(&errors, tree, ui))?;
        incidents.push(read.value);
    }
    Ok(incidents)
}
