use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use probity_diagnostics::{FileTree as _, TreePath};
use probity_generators::style::{TEMPLATES, Templates, built_in};
use probity_generators::view::Report;
use probity_generators::{Format, Language, Style, SummaryOptions, summary};
use probity_project::config;
use probity_project::job::{RESULTS, built_for, built_results};

use super::period::{self, PeriodArgs};
use super::{refuse, settle};
use crate::labels::{label, write_with_sidecar};
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Make a report of assessment results that were written before.
///
/// The results may come from `build`, `assess` or `scan`, or from another
/// tool. Nothing is assessed again: the report shows what the document and
/// the files it links to say. Language and templates are those of the
/// assessment in `probity.toml`, where the results are of one.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The assessment results: a file, or the name of an assessment of the
    /// project that was built. A period takes several files, folders of
    /// results, or an assessment with an archive.
    #[arg(required_unless_present_any = ["period", "print_template"])]
    results: Vec<String>,

    /// The kind of report.
    #[arg(long, value_name = "FORMAT", default_value = "summary")]
    format: ReportFormat,

    /// The language of labels.
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<LanguageArg>,

    /// A folder with templates that stand for those of Probity.
    #[arg(long, value_name = "FOLDER")]
    templates: Option<PathBuf>,

    /// Print a template that comes with Probity, to begin one's own with.
    #[arg(
        long,
        value_name = "NAME",
        conflicts_with_all = ["results", "language", "templates"],
        value_parser = PossibleValuesParser::new(TEMPLATES.map(|(name, _)| name))
    )]
    print_template: Option<String>,

    /// Where to write it; standard output if left out.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The project folder; left out, the nearest with a `probity.toml`.
    #[arg(short = 'C', long = "project", value_name = "FOLDER")]
    project: Option<PathBuf>,

    #[command(flatten)]
    period: PeriodArgs,
}

const EXAMPLES: &str = "\
Examples:
  probity report eucs                                 a table for the terminal
  probity report eucs --format pdf -o eucs.pdf        a PDF of an assessment that was built
  probity report results.json --format html --language de -o bericht.html
  probity report --print-template report.html > templates/report.html

docs/reports.md has the formats, and what templates are given.";

/// A kind of report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    /// A table for the terminal.
    Summary,
    /// Markdown, for pull requests and wikis.
    Markdown,
    /// One HTML file that works without a network.
    Html,
    /// A PDF of print quality.
    Pdf,
    /// A workbook with filters.
    Xlsx,
    /// All data.
    Json,
    /// One row per requirement, or per observation of a sample.
    Csv,
}

impl ReportFormat {
    /// The format as generators know it; none for the summary, which is for terminals, and for data.
    fn format(self) -> Option<Format> {
        match self {
            Self::Summary | Self::Json => None,
            Self::Markdown => Some(Format::Markdown),
            Self::Html => Some(Format::Html),
            Self::Pdf => Some(Format::Pdf),
            Self::Xlsx => Some(Format::Xlsx),
            Self::Csv => Some(Format::Csv),
        }
    }
}

/// A language of labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LanguageArg {
    /// English.
    En,
    /// German.
    De,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    if let Some(text) = args.print_template.as_deref().and_then(built_in) {
        return ui.write(text.as_bytes(), &surroundings.folder, args.output.as_deref());
    }
    report(args, surroundings, ui).unwrap_or_else(|status| status)
}

fn report(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let paths = (args.project.as_deref(), args.output.as_deref());
    if let Some(span) = args.period.period {
        return period::run(&args.period, span, &args.results, args.format, paths, surroundings, ui);
    }
    let [name] = args.results.as_slice() else {
        ui.message("error: only a report on a period (`--period`) takes several results");
        return Err(Status::Invalid);
    };
    let named = results(name, args.project.as_deref(), surroundings, ui)?;
    let loaded = settle(Report::load(&named.tree, &named.path), &named.tree, ui)?;
    let marking = label(&named.tree, std::slice::from_ref(&named.path), ui)?;
    let output = args.output.as_deref();
    if args.format == ReportFormat::Json {
        let text = format!("{:#}\n", serde_json::json!(loaded));
        return Ok(write_with_sidecar(text.as_bytes(), &surroundings.folder, output, marking, ui));
    }
    let Some(format) = args.format.format() else {
        let color = args.output.is_none() && ui.color();
        let options = SummaryOptions { color, width: ui.width(), ..SummaryOptions::default() };
        let text = summary(&loaded, options);
        return Ok(write_with_sidecar(text.as_bytes(), &surroundings.folder, output, marking, ui));
    };
    if matches!(format, Format::Pdf | Format::Xlsx)
        && args.output.is_none()
        && surroundings.stdout_is_terminal
    {
        ui.message("error: this format is not for terminals; name a file with `-o`");
        return Err(Status::Invalid);
    }
    let (of_project, folder) = settings(&named, ui)?;
    let language = match args.language {
        Some(LanguageArg::En) => Language::English,
        Some(LanguageArg::De) => Language::German,
        None => of_project,
    };
    let root = TreePath::root();
    let own = args.templates.as_ref().map(|folder| {
        place::tree(&surroundings.folder.join(folder), &surroundings.folder)
            .map_err(|finding| refuse(&finding.into(), &place::bundled(), ui))
    });
    let own = own.transpose()?;
    let templates = match (&own, &folder) {
        (Some(tree), _) => Templates::of(tree, &root),
        (None, Some(folder)) => Templates::of(&named.tree, folder),
        (None, None) => Templates::default(),
    };
    let tree = own.as_ref().unwrap_or(&named.tree);
    let bytes = format.write(&loaded, &Style { language, templates, marking });
    let bytes = bytes.map_err(|errors| refuse(&errors, tree, ui))?;
    let beside = marking.filter(|_| !format.says_label());
    Ok(write_with_sidecar(&bytes, &surroundings.folder, output, beside, ui))
}

/// The language and the folder of templates that the project says for the assessment whose results are named.
fn settings(named: &place::Named, ui: &mut Ui) -> Result<(Language, Option<TreePath>), Status> {
    let file = config::path();
    let Some(name) = built_for(&named.path).filter(|_| named.tree.is_file(&file)) else {
        return Ok(Default::default());
    };
    let loaded = settle(config::load(&named.tree, &file), &named.tree, ui)?;
    let Some(assessment) = loaded.config.assessments.iter().find(|one| one.name == name) else {
        return Ok(Default::default());
    };
    let reports = loaded.reports(assessment);
    let folder = loaded.templates(&reports).map_err(|finding| refuse(&finding.into(), &named.tree, ui))?;
    Ok((reports.language(), folder))
}

/// The assessment results that are named: a file, a folder that holds them,
/// or an assessment of the project.
pub(crate) fn results(
    name: &str,
    project: Option<&std::path::Path>,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<place::Named, Status> {
    let on_disk = surroundings.folder.join(name);
    if on_disk.exists() {
        let file = if on_disk.is_dir() { format!("{name}/{RESULTS}") } else { name.to_owned() };
        return place::named(&file, &surroundings.folder, None)
            .map_err(|finding| refuse(&finding.into(), &place::bundled(), ui));
    }
    let built = place::project(&surroundings.folder, project).and_then(|root| {
        let tree = place::tree(&root, &surroundings.folder)?;
        let path = built_results(name)?;
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
