use std::path::PathBuf;

use clap::ValueEnum;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use probity_diagnostics::{Diagnostic, TreePath, codes as files};
use probity_project::sharing::RECEIVED;
use probity_sharing::Label;
use probity_sharing::circle;
use probity_sharing::lexicon::Lexicon;
use probity_sharing::marking::Sidecar;
use probity_sharing::report::{self, Cases, FEWEST, Options, Period};

use super::opened::Opened;
use super::stopped;
use crate::args::{AsOfArg, ProjectArgs};
use crate::commands::{refuse, settle};
use crate::output;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Count the incidents of a period, without a name.
///
/// Counts what lies in `sharing/incidents` by kind, category, attack type,
/// severity, impact, occurrence, status, discovery, by how long it took until
/// it was reported and resolved, and by month. An incident belongs to the day
/// on which it was detected, else noticed, else reported, else written down,
/// in UTC. No member, person, asset or number of an incident is told, only
/// words of the standard and of the lexicon. What comes from others is not
/// counted unless `--received` says so. A report that is GREEN or CLEAR has
/// no number from 1 to 2: what is rarer is counted together.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: probity share report --period 2026-Q3 --format html -o incidents-2026-Q3.html\n\
Exit codes: 0 written, 2 an incident is broken, 4 what others told may not be counted in it."
)]
pub(crate) struct Args {
    /// The period: a quarter (2026-Q3), a month (2026-07) or a year (2026);
    /// left out, the quarter before the one of `--as-of`.
    #[arg(long, visible_alias = "quarter", value_name = "PERIOD", conflicts_with_all = ["from", "until"])]
    period: Option<Period>,

    /// The first day of another period.
    #[arg(long, value_name = "DAY", requires = "until")]
    from: Option<Date>,

    /// The last day of it.
    #[arg(long, value_name = "DAY", requires = "from")]
    until: Option<Date>,

    /// The colour of the report.
    #[arg(long, value_name = "LABEL", default_value = "TLP:AMBER")]
    marking: Label,

    /// The smallest number that is told besides 0; left out, 3 for GREEN and
    /// CLEAR, which must not have a smaller one, else 1.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..))]
    fewest: Option<u64>,

    /// Also count what others told.
    #[arg(long)]
    received: bool,

    /// How it is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Form,

    /// The file to write; left out, standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    project: ProjectArgs,
}

/// A form of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Text, for terminals and mails.
    Text,
    /// Markdown.
    Markdown,
    /// One HTML page that needs no network.
    Html,
    /// JSON, for programs.
    Json,
    /// CSV: a row for each number.
    Csv,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let opened = Opened::new(&args.project, surroundings, ui)?;
    let tree = opened.tree();
    let options = options(args, &opened, surroundings, ui)?;
    let path = |text: &str, ui: &mut Ui| {
        TreePath::parse(text).map_err(|error| {
            refuse(&Diagnostic::error(&files::PATH_OUTSIDE, error.to_string()).into(), tree, ui)
        })
    };
    let has_policy = tree.is_file(&path(&format!("{}/policy.yaml", circle::FOLDER), ui)?);
    let circle = if has_policy { Some(opened.place(ui)?.circle) } else { None };
    let received = if args.received { Some(path(RECEIVED, ui)?) } else { None };
    let cases = Cases::read(tree, circle.as_ref(), received.as_ref());
    let cases = cases.map_err(|stop| stopped(&stop, tree, ui))?;
    ui.findings(&cases.found, tree);
    let lexicon = settle(Lexicon::load(tree), tree, ui)?;
    let made = report::report(&cases.all, &lexicon, options).map_err(|stop| stopped(&stop, tree, ui))?;
    let text = match args.format {
        Form::Text => Ok(report::text(&made)),
        Form::Markdown => Ok(report::markdown(&made)),
        Form::Html => Ok(report::html(&made)),
        Form::Json => report::json(&made),
        Form::Csv => report::csv(&made),
    };
    let text = text.map_err(|finding| refuse(&finding.into(), tree, ui))?;
    let status = ui.write(text.as_bytes(), &surroundings.folder, args.output.as_deref());
    match &args.output {
        Some(file) if args.format == Form::Csv && status == Status::Done => {
            // a table has no place for its colour as a whole
            let beside = format!("{}.marking.yaml", surroundings.folder.join(file).display());
            let sidecar = Sidecar { label: args.marking, originator: None }.text();
            output::write(beside.as_ref(), sidecar.as_bytes())
                .map_err(|finding| refuse(&finding.into(), tree, ui))?;
            Ok(status)
        }
        _ => Ok(status),
    }
}

fn options(
    args: &Args,
    opened: &Opened,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Options, Status> {
    let period = match (args.period, args.from.zip(args.until)) {
        (Some(period), _) => period,
        (None, Some((from, until))) => Period { from, until },
        (None, None) => {
            let at = opened.instant(&args.as_of, surroundings, ui)?;
            Period::last_quarter(at.to_zoned(TimeZone::UTC).date())
        }
    };
    if period.until < period.from {
        ui.message("error: the period ends before it begins");
        return Err(Status::Invalid);
    }
    let is_wide = args.marking < Label::UNMARKED;
    let fewest = args.fewest.unwrap_or(if is_wide { FEWEST } else { 1 });
    if is_wide && fewest < FEWEST {
        ui.message(&format!(
            "error: a report that is {} has no number from 1 to {}",
            args.marking,
            FEWEST - 1
        ));
        return Err(Status::Invalid);
    }
    Ok(Options { period, label: args.marking, fewest, theirs: args.received })
}
