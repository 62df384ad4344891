use std::path::PathBuf;

use clap::ValueEnum;
use probity_diagnostics::TreePath;
use probity_generators::series::{Depth, trend};
use serde_json::json;

use super::refuse;
use crate::labels::{label, write_with_sidecar};
use crate::series::read;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Show what results came to over time.
///
/// Looks at the results in the archive of an assessment and those of its last
/// build: controls that need attention by severity, states by category, and
/// which controls changed. Every set of results is a point; between two
/// points nothing is claimed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity trend eucs --format svg -o trend.svg")]
pub(crate) struct Args {
    /// An assessment of the project; or results: files, folders that hold
    /// them, or an archive. Left out: the one assessment with an archive.
    results: Vec<String>,

    /// How it is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: TrendFormat,

    /// Where to write it; standard output if left out.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The project folder; left out, the nearest with a `probity.toml`.
    #[arg(short = 'C', long = "project", value_name = "FOLDER")]
    project: Option<PathBuf>,
}

/// A format of a trend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TrendFormat {
    /// A table for the terminal.
    Text,
    /// A drawing, light or dark as the reader's screen.
    Svg,
    /// All data.
    Json,
    /// One row per control and point.
    Csv,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    show(args, surroundings, ui).unwrap_or_else(|status| status)
}

fn show(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let project = args.project.as_deref();
    let (series, tree) = read(&args.results, project, Depth::Controls, surroundings, ui)?;
    let files: Vec<TreePath> =
        series.points.iter().filter_map(|point| TreePath::parse(&point.file).ok()).collect();
    let marking = label(tree.as_ref(), &files, ui)?;
    let trend = trend(&series);
    let text = match args.format {
        TrendFormat::Text => trend.text(args.output.is_none() && ui.color()),
        TrendFormat::Svg => {
            let drawing = trend.svg().map_err(|errors| refuse(&errors, tree.as_ref(), ui))?;
            marking.map_or(drawing.clone(), |marking| marking.on_svg(&drawing))
        }
        TrendFormat::Json => format!("{:#}\n", json!(trend)),
        TrendFormat::Csv => trend.csv(),
    };
    let beside = marking.filter(|_| args.format != TrendFormat::Svg);
    Ok(write_with_sidecar(text.as_bytes(), &surroundings.folder, args.output.as_deref(), beside, ui))
}
