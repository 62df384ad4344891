//! Trends, periods and samples as text for people.

use probity_diagnostics::Diagnostics;
use serde::Serialize;

use super::chart::{Pictures, Strung, pictures};
use super::period::{CheckOverTime, ControlOverTime, Opinion, Period};
use super::span::words;
use super::{Ending, Sample, Trend};
use crate::html::{STYLE, TONES, TREND, digest};
use crate::render::{Asset, Surface, messages, render, render_with};
use crate::view::{ControlState, Severity};

impl Trend {
    /// The trend as an SVG drawing that needs nothing else, light or dark as the reader's screen.
    ///
    /// # Errors
    /// The template is wrong: a mistake in Probity, reported as PB0806.
    pub fn svg(&self) -> Result<String, Diagnostics> {
        let template = include_str!("../../templates/trend.svg");
        let style = Asset { name: "style", text: [TONES, TREND].concat() };
        let page = SvgPage { pictures: pictures(self, Strung::All) };
        render_with(Surface::Html, "trend.svg", template, &page, [style])
    }

    /// The trend as a table for a terminal.
    pub fn text(&self, color: bool) -> String {
        let template = include_str!("../../templates/trend.txt");
        let rendered = render(Surface::Terminal { color }, "trend.txt", template, &TextPage::of(self));
        rendered.unwrap_or_else(|errors| messages(&errors))
    }

    /// The pictures for the report, of controls that changed.
    pub(crate) fn pictures(&self) -> Pictures<'_> {
        pictures(self, Strung::Changed)
    }
}

#[derive(Serialize)]
struct SvgPage<'a> {
    pictures: Pictures<'a>,
}

#[derive(Serialize)]
struct TextPage<'a> {
    trend: &'a Trend,
    levels: [&'static str; 4],
    changed: Vec<Changed<'a>>,
}

#[derive(Serialize)]
struct Changed<'a> {
    label: &'a str,
    title: &'a str,
    states: Vec<&'static str>,
}

impl<'a> TextPage<'a> {
    fn of(trend: &'a Trend) -> Self {
        let changed = trend.controls.iter().filter(|control| control.changed()).map(|control| Changed {
            label: &control.label,
            title: &control.title,
            states: control.states.iter().map(|s| s.map_or("not-evaluated", ControlState::word)).collect(),
        });
        Self { trend, levels: Severity::ALL.map(Severity::as_str), changed: changed.collect() }
    }
}

/// What the templates of a period are given.
#[derive(Serialize)]
struct PeriodPage<'a> {
    period: &'a Period,
    opinions: Vec<OpinionWord>,
    controls: Vec<ControlRow<'a>>,
    checks: Vec<CheckRow<'a>>,
    interval: Option<String>,
}

#[derive(Serialize)]
struct OpinionWord {
    name: &'static str,
    /// The state in whose colour it is shown.
    tone: &'static str,
    meaning: &'static str,
    count: usize,
}

#[derive(Serialize)]
struct ControlRow<'a> {
    control: &'a ControlOverTime,
    opinion: &'static str,
    tone: &'static str,
    reasons: String,
    gaps: Vec<GapRow<'a>>,
}

#[derive(Serialize)]
struct CheckRow<'a> {
    check: &'a CheckOverTime,
    interval: Option<String>,
    gaps: Vec<GapRow<'a>>,
    more_gaps: usize,
    deviations: Vec<DeviationRow<'a>>,
    more: usize,
}

#[derive(Serialize)]
struct GapRow<'a> {
    gap: &'a super::Gap,
    length: String,
}

#[derive(Serialize)]
struct DeviationRow<'a> {
    deviation: &'a super::Deviation,
    verdict: &'static str,
    ending: &'static str,
    repair: Option<String>,
}

/// Deviations and gaps of a check that are listed; the JSON has them all.
const LISTED: usize = 200;

fn tone(opinion: Opinion) -> &'static str {
    match opinion {
        Opinion::Failed | Opinion::Exceptions => "fail",
        Opinion::CannotBeTold => "unknown",
        Opinion::Effective => "satisfied",
    }
}

impl Period {
    fn page(&self) -> PeriodPage<'_> {
        let opinions = Opinion::ALL.into_iter().map(|opinion| OpinionWord {
            name: opinion.name(),
            tone: tone(opinion),
            meaning: opinion.meaning(),
            count: self.controls.iter().filter(|control| control.opinion == opinion).count(),
        });
        let controls = self.controls.iter().map(|control| ControlRow {
            control,
            opinion: control.opinion.name(),
            tone: tone(control.opinion),
            reasons: control.reasons.join("; "),
            gaps: gap_rows(&control.gaps),
        });
        PeriodPage {
            period: self,
            opinions: opinions.collect(),
            controls: controls.collect(),
            checks: self.checks.iter().filter(|check| is_told(check)).map(check_row).collect(),
            interval: self.interval.map(words),
        }
    }

    /// The period for a terminal.
    pub fn text(&self, color: bool) -> String {
        let template = include_str!("../../templates/period.txt");
        let rendered = render(Surface::Terminal { color }, "period.txt", template, &self.page());
        rendered.unwrap_or_else(|errors| messages(&errors))
    }

    /// The period as Markdown.
    ///
    /// # Errors
    /// The template is wrong: a mistake in Probity, reported as PB0806.
    pub fn markdown(&self) -> Result<String, Diagnostics> {
        let template = include_str!("../../templates/period.md");
        render(Surface::Markdown, "period.md", template, &self.page())
    }

    /// The period as one HTML file that needs nothing else.
    ///
    /// # Errors
    /// As [`Period::markdown`].
    pub fn html(&self) -> Result<String, Diagnostics> {
        let template = include_str!("../../templates/period.html");
        let assets = [
            Asset { name: "style", text: STYLE.to_owned() },
            Asset { name: "style_digest", text: digest(STYLE) },
        ];
        render_with(Surface::Html, "period.html", template, &self.page(), assets)
    }
}

fn is_told(check: &CheckOverTime) -> bool {
    !check.gaps.is_empty() || !check.deviations.is_empty()
}

fn check_row(check: &CheckOverTime) -> CheckRow<'_> {
    let deviations = check.deviations.iter().take(LISTED).map(|deviation| DeviationRow {
        deviation,
        verdict: deviation.worst.name(),
        ending: match deviation.ending {
            Ending::Open => "open",
            Ending::Repaired => "repaired",
            Ending::NotSeenAgain => "not seen again",
        },
        repair: deviation.repair_seconds.map(words),
    });
    CheckRow {
        check,
        interval: check.interval.map(words),
        more_gaps: check.gaps.len().saturating_sub(LISTED),
        gaps: gap_rows(&check.gaps),
        more: check.deviations.len().saturating_sub(LISTED),
        deviations: deviations.collect(),
    }
}

fn gap_rows(gaps: &[super::Gap]) -> Vec<GapRow<'_>> {
    gaps.iter().take(LISTED).map(|gap| GapRow { gap, length: words(gap.seconds) }).collect()
}

impl Sample {
    /// The sample as Markdown.
    ///
    /// # Errors
    /// The template is wrong: a mistake in Probity, reported as PB0806.
    pub fn markdown(&self) -> Result<String, Diagnostics> {
        let template = include_str!("../../templates/sample.md");
        render(Surface::Markdown, "sample.md", template, &SamplePage { sample: self })
    }
}

#[derive(Serialize)]
struct SamplePage<'a> {
    sample: &'a Sample,
}
