//! The summary that a terminal shows at the end of an assessment.

use serde::Serialize;

use crate::render::{Surface, messages, render};
use crate::view::{Category, Check, ControlState, Report, Resource, Severity, Verdict};

/// How the summary is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SummaryOptions {
    /// Whether to write ANSI colours.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// How many failing checks are listed.
    pub limit: usize,
}

impl Default for SummaryOptions {
    fn default() -> Self {
        Self { color: false, width: 80, limit: 5 }
    }
}

/// Narrower terminals get lines that break; wider ones gain nothing.
const WIDTHS: (usize, usize) = (56, 120);
/// Resources named below each check.
const RESOURCES: usize = 3;

#[derive(Serialize)]
struct Page<'a> {
    report: &'a Report,
    width: usize,
    states: Vec<StateRow>,
    severities: Vec<SeverityRow>,
    categories: Vec<CategoryRow<'a>>,
    title_width: usize,
    label_width: usize,
    scale: u64,
    worst: Vec<Worst<'a>>,
    more: usize,
    verdicts: Vec<VerdictRow>,
}

#[derive(Serialize)]
struct StateRow {
    word: &'static str,
    name: &'static str,
    sign: char,
    count: u64,
    bar: String,
}

#[derive(Serialize)]
struct SeverityRow {
    word: &'static str,
    count: u64,
}

#[derive(Serialize)]
struct VerdictRow {
    word: &'static str,
    count: u64,
}

#[derive(Serialize)]
struct CategoryRow<'a> {
    category: &'a Category,
    /// Runs of signs, worst first.
    runs: Vec<Run>,
    open: u64,
}

#[derive(Serialize)]
struct Run {
    word: &'static str,
    signs: String,
}

#[derive(Serialize)]
struct Worst<'a> {
    check: &'a Check,
    controls: Vec<&'a str>,
    resources: Vec<&'a Resource>,
    more: u64,
}

/// The summary of `report` as text with line ends. It never fails: a mistake in the template becomes the text.
pub fn summary(report: &Report, options: SummaryOptions) -> String {
    let page = page(report, options);
    let surface = Surface::Terminal { color: options.color };
    render(surface, "summary.txt", include_str!("../templates/summary.txt"), &page)
        .unwrap_or_else(|errors| messages(&errors))
}

/// The sign of a state in bars: readable without colour.
fn sign(state: ControlState) -> char {
    match state {
        ControlState::Fail => '✗',
        ControlState::Error => '!',
        ControlState::Unknown => '?',
        ControlState::Expired => '†',
        ControlState::Unattested => '□',
        ControlState::NoSubject => '○',
        ControlState::Waived => '~',
        ControlState::Satisfied => '✓',
    }
}

fn page(report: &Report, options: SummaryOptions) -> Page<'_> {
    let width = options.width.clamp(WIDTHS.0, WIDTHS.1);
    let shown: Vec<&Category> = report.categories.iter().filter(|c| c.evaluated > 0).collect();
    let label_width = shown.iter().map(|c| c.label.chars().count()).max().unwrap_or(0).min(8);
    let title_width = (width * 2 / 5).saturating_sub(label_width).max(12);
    let room = width.saturating_sub(label_width + title_width + 16).max(8);
    let largest = shown.iter().map(|c| c.total).max().unwrap_or(1);
    let scale = largest.div_ceil(u64::try_from(room).unwrap_or(1)).max(1);
    let open: Vec<&Check> = report.checks.iter().filter(|check| check.open > 0).collect();
    Page {
        report,
        width,
        states: states(report, width),
        severities: Severity::ALL.into_iter().map(|s| severity_row(report, s)).collect(),
        categories: shown.iter().map(|category| category_row(category, scale)).collect(),
        title_width,
        label_width,
        scale,
        worst: open.iter().take(options.limit).map(|check| worst(report, check)).collect(),
        more: open.len().saturating_sub(options.limit),
        verdicts: Verdict::ALL.into_iter().filter_map(|verdict| verdict_row(report, verdict)).collect(),
    }
}

fn states(report: &Report, width: usize) -> Vec<StateRow> {
    let count = |state| report.totals.states.get(&state).copied().unwrap_or_default();
    let largest = ControlState::ALL.into_iter().map(count).max().unwrap_or_default().max(1);
    let room = u64::try_from(width.saturating_sub(30)).unwrap_or(1).min(40);
    let row = |state: ControlState| StateRow {
        word: state.word(),
        name: state.name(),
        sign: sign(state),
        count: count(state),
        bar: "█".repeat(blocks(count(state), largest, room)),
    };
    ControlState::ALL.into_iter().map(row).collect()
}

/// The length of a bar: nothing for none, else at least one.
fn blocks(count: u64, largest: u64, room: u64) -> usize {
    let length = if largest <= room { count } else { (count * room).div_ceil(largest) };
    usize::try_from(length).unwrap_or(0)
}

fn severity_row(report: &Report, severity: Severity) -> SeverityRow {
    let count = report.totals.severities.get(&severity).copied().unwrap_or_default();
    SeverityRow { word: severity.as_str(), count }
}

fn verdict_row(report: &Report, verdict: Verdict) -> Option<VerdictRow> {
    let count = report.totals.verdicts.get(&verdict).copied().filter(|count| *count > 0)?;
    Some(VerdictRow { word: verdict.word(), count })
}

fn category_row(category: &Category, scale: u64) -> CategoryRow<'_> {
    let signs = |count: u64, sign: char| -> String {
        let length = usize::try_from(count.div_ceil(scale)).unwrap_or(0);
        std::iter::repeat_n(sign, length).collect()
    };
    let run = |state: ControlState| {
        let count = category.states.get(&state).copied().filter(|count| *count > 0)?;
        Some(Run { word: state.word(), signs: signs(count, sign(state)) })
    };
    let mut runs: Vec<Run> = ControlState::ALL.into_iter().filter_map(run).collect();
    runs.push(Run { word: "dim", signs: signs(category.total - category.evaluated, '·') });
    let open = ControlState::ALL.into_iter().filter(|state| state.is_open());
    CategoryRow { category, runs, open: open.filter_map(|state| category.states.get(&state)).sum() }
}

fn worst<'a>(report: &'a Report, check: &'a Check) -> Worst<'a> {
    let labels = check.controls.iter().filter_map(|id| report.control(id)).map(|c| c.label.as_str());
    let open = |resource: &&Resource| !matches!(resource.verdict, Some(Verdict::Pass | Verdict::Waived));
    let resources: Vec<&Resource> = check.resources.iter().filter(open).take(RESOURCES).collect();
    let named = u64::try_from(resources.len()).unwrap_or_default();
    Worst { check, controls: labels.collect(), more: check.open.saturating_sub(named), resources }
}
