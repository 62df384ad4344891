//! The data of a period: how controls operated between two days, as far as stored results tell.

use jiff::Timestamp;
use probity_diagnostics::Diagnostic;
use serde::Serialize;

use super::deviation::Deviation;
use super::judge;
use super::point::Point;
use super::{Series, Span};
use crate::codes;
use crate::view::{ControlState, Severity};

/// What to judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodOptions {
    /// The days.
    pub span: Span,
    /// The longest time in seconds without an observation; each check's own `max-age` if none is stated.
    pub interval: Option<i64>,
}

/// How controls operated in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Period {
    /// The title of the results.
    pub title: String,
    /// The assessment in `probity.toml`.
    pub assessment: Option<String>,
    /// The profile.
    #[serde(rename = "profile-href")]
    pub profile: Option<String>,
    /// The days, in UTC, both included.
    pub period: Span,
    /// How many they are.
    pub days: i64,
    /// The interval that was stated, in seconds.
    pub interval: Option<i64>,
    /// The results in the period, oldest first.
    pub points: Vec<PointRef>,
    /// The controls that were evaluated in it, in the order of the catalog.
    pub controls: Vec<ControlOverTime>,
    /// The checks that they rest on, by name.
    pub checks: Vec<CheckOverTime>,
    /// Controls that no point of the period evaluates.
    pub not_evaluated: Vec<String>,
    /// Whether every point tells of resources that pass; else populations are larger than what is counted.
    pub is_complete: bool,
}

/// Stored results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PointRef {
    /// As of when.
    pub as_of: Timestamp,
    /// The file.
    pub file: String,
    /// Its SHA-256, in hexadecimal.
    pub digest: String,
}

/// What can be said of a control over a whole period, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Opinion {
    /// It failed at every point.
    Failed,
    /// It failed, or a resource did.
    Exceptions,
    /// Nothing is known to have failed, but not enough was seen to say that it operated.
    CannotBeTold,
    /// It was satisfied at every point, no resource deviated, and no time without an observation was too long.
    Effective,
}

impl Opinion {
    /// All of them, worst first.
    pub const ALL: [Self; 4] = [Self::Failed, Self::Exceptions, Self::CannotBeTold, Self::Effective];

    /// The name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Failed => "Failed throughout",
            Self::Exceptions => "Exceptions",
            Self::CannotBeTold => "Cannot be told",
            Self::Effective => "Effective",
        }
    }

    /// What it means, in one sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Failed => "The control failed at every point of the period.",
            Self::Exceptions => "The control or a resource failed at some point of the period.",
            Self::CannotBeTold => "No failure is known, but there are gaps or open questions.",
            Self::Effective => {
                "Satisfied at every point, without a deviation and without a gap; between points nothing is claimed."
            }
        }
    }
}

/// A control over a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ControlOverTime {
    /// Its id.
    pub id: String,
    /// The printed id.
    pub label: String,
    /// The title.
    pub title: String,
    /// What can be said.
    pub opinion: Opinion,
    /// Why, in words.
    pub reasons: Vec<String>,
    /// Names of the checks that it rests on.
    pub checks: Vec<String>,
    /// Procedures that it asks people for.
    pub procedures: Vec<String>,
    /// Different resources that its checks looked at.
    pub population: u64,
    /// Days on which evidence of them was collected.
    pub days_observed: u64,
    /// Its state at each point.
    pub states: Vec<StateAt>,
    /// Times without a valid statement, or without a result where it rests on nothing else.
    pub gaps: Vec<Gap>,
    /// Deviations of its checks.
    pub deviations: u64,
    /// Those of them that last beyond the period, as far as anybody knows.
    pub open: u64,
    /// Gaps of its checks and its own.
    pub all_gaps: u64,
}

/// The state of a control at a point; none where it was not evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct StateAt {
    /// As of when.
    pub as_of: Timestamp,
    /// The state.
    pub state: Option<ControlState>,
}

/// A check over a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct CheckOverTime {
    /// The name.
    pub name: String,
    /// What holds where it passes.
    pub title: String,
    /// How bad a fail is.
    pub severity: Option<Severity>,
    /// The longest time without an observation, in seconds; none where nobody says.
    pub interval: Option<i64>,
    /// Different resources that it looked at.
    pub population: u64,
    /// Days on which evidence of them was collected.
    pub days_observed: u64,
    /// When the first evidence of the period was collected.
    pub first_observed: Option<Timestamp>,
    /// When the last was.
    pub last_observed: Option<Timestamp>,
    /// Times without an observation that are too long.
    pub gaps: Vec<Gap>,
    /// What it did not find in order.
    pub deviations: Vec<Deviation>,
}

/// A time in the period without an observation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Gap {
    /// The last observation before it, or the beginning of the period.
    pub from: Timestamp,
    /// The next observation, or the end of the period.
    pub to: Timestamp,
    /// Its length in the period.
    pub seconds: i64,
    /// The resource that was not looked at, while others were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// The procedure that nobody attested for that time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub procedure: Option<String>,
}

/// Judges a period of `series`.
///
/// # Errors
/// No results lie in the period (PB0833).
pub fn period(series: &Series, options: PeriodOptions) -> Result<Period, Diagnostic> {
    let span = options.span;
    let points = within(series, span)?;
    let checks = judge::checks(series, options);
    let controls = judge::controls(series, options, &checks);
    let mut not_evaluated: Vec<String> =
        points.iter().flat_map(|point| &point.not_evaluated).map(|control| control.id.clone()).collect();
    not_evaluated.retain(|id| controls.iter().all(|control| control.id != *id));
    not_evaluated.sort();
    not_evaluated.dedup();
    let refer = |point: &&Point| PointRef {
        as_of: point.as_of,
        file: point.file.clone(),
        digest: point.digest.clone(),
    };
    Ok(Period {
        title: series.title.clone(),
        assessment: series.assessment.clone(),
        profile: series.profile.clone(),
        period: span,
        days: span.days(),
        interval: options.interval,
        is_complete: points.iter().all(|point| point.is_complete),
        points: points.iter().map(refer).collect(),
        controls,
        checks,
        not_evaluated,
    })
}

/// The points in a period, of which there is one at least.
pub(super) fn within(series: &Series, span: Span) -> Result<Vec<&Point>, Diagnostic> {
    let points: Vec<&Point> = series.within(span).collect();
    if points.is_empty() { Err(empty(series, span)) } else { Ok(points) }
}

fn empty(series: &Series, span: Span) -> Diagnostic {
    let message = format!("no results are as of a day from {} to {}", span.from, span.to);
    let known = match (series.points.first(), series.points.last()) {
        (Some(first), Some(last)) => format!("the results there are as of {} to {}", first.as_of, last.as_of),
        _ => "there are no results at all".to_owned(),
    };
    Diagnostic::error(&codes::EMPTY_PERIOD, message).help(known)
}
