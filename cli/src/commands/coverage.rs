use std::path::PathBuf;

use clap::ValueEnum;
use jiff::SignedDuration;
use probity_generators::coverage::{csv, markdown, text};
use probity_project::attest::Scrutiny;
use probity_project::config;
use probity_project::coverage::coverage;
use probity_project::outcomes::Side;
use serde_json::to_value;

use super::{refuse, settle};
use crate::args::{AsOfArg, ProjectArgs, RemoteArgs};
use crate::labels::{of_project, on_markdown, write_with_sidecar};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Show by what each requirement is covered, and what is still to do.
///
/// Automated: checks of metrics measure it. Imported: rules that other tools
/// ran do. Attested: somebody states it, and the statement counts. Carried:
/// another assessment settles it. Inherited: the certificate or report of a
/// supplier does. Open: none of these, or not any more. What is to do has an
/// owner, as the system security plan or a mapping names one, and a day: when a
/// statement runs out, or the deadline of a risk in the plan of action and
/// milestones.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity coverage eucs --format markdown -o coverage.md\n\
Exit codes: 0 shown, 2 the project cannot be assessed.")]
pub(crate) struct Args {
    /// Names of assessments; left out, all of them.
    #[arg(value_name = "ASSESSMENT")]
    assessments: Vec<String>,

    /// How it is written.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Form,

    /// Show all that is to do, not only the most urgent.
    #[arg(long)]
    all: bool,

    /// How many days ahead statements are to be renewed.
    #[arg(long, value_name = "DAYS", default_value = "90", value_parser = clap::value_parser!(u32).range(..3660))]
    ahead: u32,

    /// The file to write; left out, standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    project: ProjectArgs,
}

/// A form of the coverage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people: counts, and what is to do.
    #[default]
    Human,
    /// Markdown, with every requirement.
    Markdown,
    /// JSON, for programs.
    Json,
    /// CSV: a row for each requirement and way.
    Csv,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    show(args, surroundings, ui).unwrap_or_else(|status| status)
}

fn show(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let workspace = super::workspace(&args.project, &RemoteArgs::default(), surroundings, ui)?;
    let tree = workspace.tree.as_ref();
    let loaded = settle(config::load(tree, &config::path()), tree, ui)?;
    let as_of = super::as_of(&args.as_of, loaded.config.system.as_of.as_deref(), surroundings, ui)?;
    let scrutiny = Scrutiny::of(&loaded, &workspace.root, workspace.commit.as_deref(), None);
    let evidence = workspace.evidence();
    let side = Side {
        tree,
        evidence: &evidence,
        loaded: &loaded,
        as_of: as_of.instant,
        threads: None,
        scrutiny: &scrutiny,
    };
    let ahead = SignedDuration::from_hours(i64::from(args.ahead) * 24);
    let covered = settle(coverage(side, &args.assessments, ahead), tree, ui)?;
    let marking = of_project(&[(&loaded, tree)], &args.assessments, ui)?;
    let written = match args.format {
        Form::Human => {
            let color = ui.color() && args.output.is_none();
            Ok(text(&covered, color, args.all).into_bytes())
        }
        Form::Markdown => markdown(&covered).map(|text| on_markdown(text, marking).into_bytes()),
        Form::Json => {
            let value = to_value(&covered).unwrap_or_default();
            Ok(format!("{value:#}\n").into_bytes())
        }
        Form::Csv => csv(&covered).map_err(Into::into),
    };
    let written = written.map_err(|errors| refuse(&errors, tree, ui))?;
    let beside = marking.filter(|_| args.format != Form::Markdown);
    Ok(write_with_sidecar(&written, &surroundings.folder, args.output.as_deref(), beside, ui))
}
