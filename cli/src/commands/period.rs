//! Reports on a period, and samples of it: `probity report --period`.

use std::path::Path;

use probity_diagnostics::{Diagnostic, Diagnostics, TreePath};
use probity_generators::series::{
    Depth, PeriodOptions, Sample, SampleOptions, Span, interval, period, sample,
};
use serde_json::json;

use super::refuse;
use super::report::ReportFormat;
use crate::labels::{label, on_html, on_markdown, write_with_sidecar};
use crate::series::read;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// What a report on a period looks at.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Periods")]
pub(crate) struct PeriodArgs {
    /// Judge how controls operated from one day to another (UTC, both
    /// included), as in 2026-01-01..2026-06-30: by the archive of the
    /// assessment, or by results that are named.
    #[arg(long, value_name = "FROM..TO", value_parser = Span::parse)]
    pub(crate) period: Option<Span>,

    /// The longest time without an observation, as in P7D or PT12H; left out,
    /// each check's own `max-age`.
    #[arg(long, value_name = "INTERVAL", requires = "period", value_parser = interval)]
    interval: Option<i64>,

    /// Draw this many resources of each control of the period instead, with
    /// their evidence.
    #[arg(long, value_name = "N", requires = "period", requires = "seed", conflicts_with = "interval")]
    sample: Option<usize>,

    /// What decides which resources are drawn: the same seed draws the same.
    #[arg(long, value_name = "SEED", requires = "sample", value_parser = seed)]
    seed: Option<String>,
}

/// A seed that an auditor can type again.
fn seed(text: &str) -> Result<String, String> {
    if text.is_empty() || text.contains(['\n', '\r']) {
        return Err("a seed is one line of text".to_owned());
    }
    Ok(text.to_owned())
}

/// Writes the report on `span`, or a sample of it.
pub(super) fn run(
    args: &PeriodArgs,
    span: Span,
    names: &[String],
    format: ReportFormat,
    (project, output): (Option<&Path>, Option<&Path>),
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Status, Status> {
    let (series, tree) = read(names, project, Depth::Resources, surroundings, ui)?;
    let told = |finding: Diagnostic, ui: &mut Ui| refuse(&finding.into(), tree.as_ref(), ui);
    let files: Vec<TreePath> =
        series.points.iter().filter_map(|point| TreePath::parse(&point.file).ok()).collect();
    let marking = label(tree.as_ref(), &files, ui)?;
    // a sample for a terminal is Markdown, too
    let is_page = matches!(format, ReportFormat::Markdown | ReportFormat::Html)
        || (args.sample.is_some() && format == ReportFormat::Summary);
    let text = if let (Some(size), Some(seed)) = (args.sample, &args.seed) {
        let options = SampleOptions { span, size, seed: seed.clone() };
        let text = sampled(&sample(&series, options).map_err(|finding| told(finding, ui))?, format);
        text.map(|text| text.map(|text| if is_page { on_markdown(text, marking) } else { text }))
    } else {
        let options = PeriodOptions { span, interval: args.interval };
        let judged = period(&series, options).map_err(|finding| told(finding, ui))?;
        let color = output.is_none() && ui.color();
        match format {
            ReportFormat::Summary => Some(Ok(judged.text(color))),
            ReportFormat::Markdown => Some(judged.markdown().map(|text| on_markdown(text, marking))),
            ReportFormat::Html => Some(judged.html().and_then(|page| on_html(page, marking))),
            ReportFormat::Json => Some(Ok(format!("{:#}\n", json!(judged)))),
            ReportFormat::Csv | ReportFormat::Pdf | ReportFormat::Xlsx => None,
        }
    };
    let Some(text) = text else {
        let formats =
            if args.sample.is_some() { "csv, json and markdown" } else { "summary, markdown, html and json" };
        ui.message(&format!("error: the formats of this report are {formats}"));
        return Err(Status::Invalid);
    };
    let text = text.map_err(|errors| refuse(&errors, tree.as_ref(), ui))?;
    let beside = marking.filter(|_| !is_page);
    Ok(write_with_sidecar(text.as_bytes(), &surroundings.folder, output, beside, ui))
}

/// A sample in a format that it has.
fn sampled(drawn: &Sample, format: ReportFormat) -> Option<Result<String, Diagnostics>> {
    match format {
        ReportFormat::Csv => Some(Ok(drawn.csv())),
        ReportFormat::Json => Some(Ok(format!("{:#}\n", json!(drawn)))),
        // what is read on a terminal is read as text
        ReportFormat::Markdown | ReportFormat::Summary => Some(drawn.markdown()),
        ReportFormat::Html | ReportFormat::Pdf | ReportFormat::Xlsx => None,
    }
}
