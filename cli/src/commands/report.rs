use std::path::PathBuf;

use clap::ValueEnum;
use probity_diagnostics::{FileTree as _, TreePath};
use probity_generators::view::Report;
use probity_generators::{SummaryOptions, html, markdown, summary};

use super::{refuse, settle};
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Make a report of assessment results that were written before.
///
/// The results may come from `build`, `assess` or `scan`, or from another
/// tool. Nothing is assessed again: the report shows what the document and
/// the files it links to say.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The assessment results: a file, or the name of an assessment of the
    /// project that was built.
    results: String,

    /// The kind of report.
    #[arg(long, value_name = "FORMAT", default_value = "summary")]
    format: ReportFormat,

    /// Where to write it; standard output if left out.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The project folder; left out, the nearest with a `probity.toml`.
    #[arg(short = 'C', long = "project", value_name = "FOLDER")]
    project: Option<PathBuf>,
}

/// A kind of report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// A table for the terminal.
    Summary,
    /// Markdown, for pull requests and wikis.
    Markdown,
    /// One HTML file that works without a network.
    Html,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    report(args, surroundings, ui).unwrap_or_else(|status| status)
}

fn report(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let named = results(&args.results, args.project.as_deref(), surroundings, ui)?;
    let loaded = settle(Report::load(&named.tree, &named.path), &named.tree, ui)?;
    let text = match args.format {
        ReportFormat::Summary => {
            let color = args.output.is_none() && ui.color();
            Ok(summary(&loaded, SummaryOptions { color, width: ui.width(), ..SummaryOptions::default() }))
        }
        ReportFormat::Markdown => markdown(&loaded),
        ReportFormat::Html => html(&loaded),
    };
    let text = text.map_err(|errors| refuse(&errors, &named.tree, ui))?;
    Ok(ui.write(text.as_bytes(), &surroundings.folder, args.output.as_deref()))
}

/// The assessment results that are named: a file, a folder that holds them,
/// or an assessment of the project.
pub(crate) fn results(
    name: &str,
    project: Option<&std::path::Path>,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<place::Named, Status> {
    const FILE: &str = "assessment-results.json";
    let on_disk = surroundings.folder.join(name);
    if on_disk.exists() {
        let file = if on_disk.is_dir() { format!("{name}/{FILE}") } else { name.to_owned() };
        return place::named(&file, &surroundings.folder, None)
            .map_err(|finding| refuse(&finding.into(), &place::bundled(), ui));
    }
    let built = place::project(&surroundings.folder, project).and_then(|root| {
        let tree = place::tree(&root, &surroundings.folder)?;
        let path = TreePath::parse(&format!("build/{name}/{FILE}")).map_err(|e| {
            probity_diagnostics::Diagnostic::error(&probity_diagnostics::codes::PATH_OUTSIDE, e.to_string())
        })?;
        tree.stat(&path).map_err(|e| {
            probity_diagnostics::Diagnostic::from(e).help("name a file, or run `probity build` first")
        })?;
        Ok(place::Named { tree, root: root.clone(), path, project: Some(root) })
    });
    built.map_err(|finding| {
        let finding = finding.help(format!("there is neither a file nor a built assessment `{name}`"));
        refuse(&finding.into(), &place::bundled(), ui)
    })
}
