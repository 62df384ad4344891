//! The pictures of a trend, as coordinates: columns by severity, a row for each category, a strip for each control.
//!
//! A point has a mark at its instant, and nothing is drawn between two points.

use jiff::Timestamp;
use serde::Serialize;

use super::span::day;
use super::trend::{Trend, TrendCategory, TrendControl, TrendPoint};
use crate::view::{ControlState, Severity, StateCounts};

/// Width of all pictures.
const WIDTH: i64 = 960;
/// Where marks begin: the names of rows stand before them.
const LEFT: i64 = 210;
/// Where they end.
const RIGHT: i64 = 924;
/// Height of the columns.
const COLUMNS: i64 = 150;
/// Room above the columns for their numbers, and below all marks for the days.
const ABOVE: i64 = 18;
const BELOW: i64 = 26;
/// Room for what the signs of states mean.
const LEGEND: i64 = 28;
/// Heights of rows, and of the marks in them.
const CATEGORY: (i64, i64) = (34, 26);
const CONTROL: (i64, i64) = (20, 14);
/// Widths that a mark may have.
const MARK: (i64, i64) = (2, 24);
/// More points than this, and the last of each span is drawn.
const DRAWN: usize = 120;
/// How far apart the days of the axis stand at least.
const TICKS: i64 = 92;

/// All pictures of a trend.
#[derive(Serialize)]
pub(crate) struct Pictures<'a> {
    trend: &'a Trend,
    width: i64,
    severities: Columns,
    categories: Rows<'a>,
    controls: Strips<'a>,
    /// Days below each picture.
    ticks: Vec<Tick>,
    /// What is not drawn, in words.
    left_out: Option<String>,
    states: Vec<Word>,
    levels: Vec<Word>,
}

/// Controls that need attention, by severity.
#[derive(Serialize)]
struct Columns {
    height: i64,
    words: String,
    bars: Vec<Bar>,
}

/// Categories, each a row.
#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the name that the template knows")]
struct Rows<'a> {
    height: i64,
    words: String,
    rows: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    y: i64,
    category: &'a TrendCategory,
    bars: Vec<Bar>,
}

/// Controls, each a strip of states.
#[derive(Serialize)]
struct Strips<'a> {
    height: i64,
    words: String,
    rows: Vec<Strip<'a>>,
    /// Controls with the same state at all points, where those are not drawn.
    same: usize,
    has_icons: bool,
}

#[derive(Serialize)]
struct Strip<'a> {
    y: i64,
    control: &'a TrendControl,
    cells: Vec<Cell>,
    words: String,
}

#[derive(Serialize)]
struct Cell {
    x: i64,
    width: i64,
    state: &'static str,
    name: &'static str,
    day: String,
}

/// What a point came to, as a column.
#[derive(Serialize)]
struct Bar {
    x: i64,
    width: i64,
    middle: i64,
    top: i64,
    total: u64,
    words: String,
    parts: Vec<Part>,
}

#[derive(Serialize)]
struct Part {
    y: i64,
    height: i64,
    class: &'static str,
}

#[derive(Serialize)]
struct Tick {
    x: i64,
    day: String,
}

/// A word of the legend.
#[derive(Serialize)]
struct Word {
    id: &'static str,
    name: &'static str,
}

/// Which controls get a strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strung {
    /// Those whose state was not the same at all points.
    Changed,
    /// All of them.
    All,
}

/// The pictures of `trend`.
pub(crate) fn pictures(trend: &Trend, strung: Strung) -> Pictures<'_> {
    let scale = Scale::of(&trend.points);
    let left = trend.points.len() - scale.marks.len();
    Pictures {
        width: WIDTH,
        severities: columns(trend, &scale),
        categories: rows(trend, &scale),
        controls: strips(trend, &scale, strung),
        ticks: scale.ticks(&trend.points),
        left_out: (left > 0).then(|| {
            format!("{} of {} points are drawn, the last of each span", scale.marks.len(), trend.points.len())
        }),
        states: ControlState::ALL.map(|state| Word { id: state.word(), name: state.name() }).into(),
        levels: Severity::ALL.map(|level| Word { id: level.as_str(), name: level.name() }).into(),
        trend,
    }
}

/// Where each point that is drawn stands.
struct Scale {
    marks: Vec<Mark>,
    width: i64,
}

#[derive(Clone, Copy)]
struct Mark {
    point: usize,
    /// The middle of the mark.
    x: i64,
}

impl Scale {
    fn of(points: &[TrendPoint]) -> Self {
        let instants: Vec<Timestamp> = points.iter().map(|point| point.as_of).collect();
        let (Some(first), Some(last)) = (instants.first().copied(), instants.last().copied()) else {
            return Self { marks: Vec::new(), width: MARK.1 };
        };
        let whole = last.duration_since(first).as_secs().max(1);
        let (from, to) = (LEFT + MARK.1 / 2, RIGHT - MARK.1 / 2);
        let at = |instant: &Timestamp| {
            if first == last {
                return i64::midpoint(from, to);
            }
            let passed = i128::from(instant.duration_since(first).as_secs()) * i128::from(to - from);
            from + i64::try_from(passed / i128::from(whole)).unwrap_or_default()
        };
        let all: Vec<Mark> =
            instants.iter().enumerate().map(|(point, at_)| Mark { point, x: at(at_) }).collect();
        let marks = thinned(all, to - from);
        let closest = marks.iter().zip(marks.iter().skip(1)).map(|(one, two)| two.x - one.x).min();
        let width = closest.map_or(MARK.1, |gap| (gap * 3 / 4).clamp(MARK.0, MARK.1));
        Self { marks, width }
    }

    /// Days below the marks, as many as have room; the last one among them.
    fn ticks(&self, points: &[TrendPoint]) -> Vec<Tick> {
        let mut ticks: Vec<Tick> = Vec::new();
        for mark in self.marks.iter().rev() {
            let Some(point) = points.get(mark.point) else { continue };
            if ticks.last().is_none_or(|later| later.x - mark.x >= TICKS) {
                ticks.push(Tick { x: mark.x, day: day(point.as_of).to_string() });
            }
        }
        ticks.reverse();
        ticks
    }

    fn left(&self, mark: Mark) -> i64 {
        mark.x - self.width / 2
    }
}

/// The last mark of each of [`DRAWN`] equal spans, where there are more.
fn thinned(marks: Vec<Mark>, width: i64) -> Vec<Mark> {
    if marks.len() <= DRAWN {
        return marks;
    }
    let spans = i64::try_from(DRAWN).unwrap_or(i64::MAX);
    let span = |mark: &Mark| (mark.x - LEFT) * spans / (width + 1);
    let mut kept: Vec<Mark> = Vec::new();
    for mark in marks {
        kept.pop_if(|before| span(before) == span(&mark));
        kept.push(mark);
    }
    kept
}

fn columns(trend: &Trend, scale: &Scale) -> Columns {
    let most = trend.points.iter().map(|point| point.severities.values().sum()).max().unwrap_or(0).max(1);
    let bars = scale.marks.iter().filter_map(|mark| {
        let point = trend.points.get(mark.point)?;
        let counted = Severity::ALL.map(|level| {
            (level.as_str(), level.name(), point.severities.get(&level).copied().unwrap_or_default())
        });
        Some(bar(scale, *mark, point, (ABOVE + COLUMNS, COLUMNS), most, &counted))
    });
    let bars = bars.collect();
    Columns { height: ABOVE + COLUMNS + BELOW, words: severity_words(trend), bars }
}

/// A column whose parts stand on each other, worst at the bottom. `foot` is where it stands and how high it may be.
fn bar(
    scale: &Scale,
    mark: Mark,
    point: &TrendPoint,
    foot: (i64, i64),
    most: u64,
    counted: &[(&'static str, &'static str, u64)],
) -> Bar {
    let total: u64 = counted.iter().map(|(.., count)| count).sum();
    let high = |count: u64| {
        let scaled = i128::from(count) * i128::from(foot.1) / i128::from(most.max(1));
        i64::try_from(scaled).unwrap_or_default()
    };
    let (mut below, mut parts) = (0, Vec::new());
    for (class, _, count) in counted.iter().filter(|(.., count)| *count > 0) {
        let (from, to) = (high(below), high(below + count).max(high(below) + 1));
        parts.push(Part { y: foot.0 - to, height: to - from, class });
        below += count;
    }
    let named = counted.iter().filter(|(.., count)| *count > 0);
    let named: Vec<String> =
        named.map(|(_, name, count)| format!("{count} {}", name.to_lowercase())).collect();
    let named = if named.is_empty() { "none".to_owned() } else { named.join(", ") };
    Bar {
        x: scale.left(mark),
        width: scale.width,
        middle: mark.x,
        top: foot.0 - high(total),
        total,
        words: format!("{}: {named}", day(point.as_of)),
        parts,
    }
}

fn severity_words(trend: &Trend) -> String {
    let open = |point: Option<&TrendPoint>| point.map_or(0, |point| point.open);
    let (first, last) = (trend.points.first(), trend.points.last());
    let levels = Severity::ALL.into_iter().filter_map(|level| {
        let count = last?.severities.get(&level).copied().filter(|count| *count > 0)?;
        Some(format!("{count} {}", level.as_str()))
    });
    let levels = levels.collect::<Vec<_>>().join(", ");
    let levels = if levels.is_empty() { "none with a severity".to_owned() } else { levels };
    let days = |point: Option<&TrendPoint>| point.map_or_else(String::new, |p| day(p.as_of).to_string());
    if trend.points.len() == 1 {
        return format!("As of {}, {} controls need attention: {levels}.", days(last), open(last));
    }
    format!(
        "{} points from {} to {}. Controls that need attention: {} at the first, {} at the last ({levels}).",
        trend.points.len(),
        days(first),
        days(last),
        open(first),
        open(last),
    )
}

/// What stands together in the row of a category: fails at the bottom.
fn grouped(states: &StateCounts) -> [(&'static str, &'static str, u64); 4] {
    let count = |state| states.get(&state).copied().unwrap_or_default();
    let known = [ControlState::Fail, ControlState::Waived, ControlState::Satisfied].map(count);
    let [fail, waived, satisfied] = known;
    let unsettled = states.values().sum::<u64>() - known.iter().sum::<u64>();
    [
        (ControlState::Fail.word(), ControlState::Fail.name(), fail),
        (ControlState::Unknown.word(), "Not settled", unsettled),
        (ControlState::Waived.word(), ControlState::Waived.name(), waived),
        (ControlState::Satisfied.word(), ControlState::Satisfied.name(), satisfied),
    ]
}

fn rows<'a>(trend: &'a Trend, scale: &Scale) -> Rows<'a> {
    let row = |(category, at): (&'a TrendCategory, i64)| {
        let counted = category.states.iter().map(|states| states.as_ref().map(grouped)).collect::<Vec<_>>();
        let totals = counted.iter().flatten().map(|parts| parts.iter().map(|(.., count)| count).sum());
        let most = totals.max().unwrap_or(1);
        let y = at * CATEGORY.0;
        let bars = scale.marks.iter().filter_map(|mark| {
            let point = trend.points.get(mark.point)?;
            let parts = counted.get(mark.point)?.as_ref()?;
            Some(bar(scale, *mark, point, (y + CATEGORY.1 + 4, CATEGORY.1), most, parts))
        });
        Row { y: y + CATEGORY.0 / 2 + 4, category, bars: bars.collect() }
    };
    let rows: Vec<Row<'a>> = trend.categories.iter().zip(0..).map(row).collect();
    Rows { height: length(rows.len()) * CATEGORY.0 + BELOW, words: category_words(trend), rows }
}

fn category_words(trend: &Trend) -> String {
    let last = |category: &TrendCategory| {
        let parts = grouped(category.states.last()?.as_ref()?);
        let failed = parts.first().map_or(0, |(.., count)| *count);
        (failed > 0).then(|| format!("{failed} in {} {}", category.label, category.title))
    };
    let failing: Vec<String> = trend.categories.iter().filter_map(last).collect();
    let failing = if failing.is_empty() { "none".to_owned() } else { failing.join(", ") };
    format!("Failed controls at the last point, by category: {failing}.")
}

fn strips<'a>(trend: &'a Trend, scale: &Scale, strung: Strung) -> Strips<'a> {
    let wanted = |control: &&TrendControl| strung == Strung::All || control.changed();
    let strip = |(control, at): (&'a TrendControl, i64)| Strip {
        y: at * CONTROL.0,
        control,
        cells: scale.marks.iter().filter_map(|mark| cell(trend, scale, *mark, control)).collect(),
        words: told(control),
    };
    let rows: Vec<Strip<'a>> = trend.controls.iter().filter(wanted).zip(0..).map(strip).collect();
    let changed = trend.controls.iter().filter(|control| control.changed()).count();
    Strips {
        height: length(rows.len()) * CONTROL.0 + BELOW + LEGEND,
        words: format!("{changed} of {} controls changed their state.", trend.controls.len()),
        same: if strung == Strung::All { 0 } else { trend.controls.len() - changed },
        has_icons: scale.width >= CONTROL.1 - 2,
        rows,
    }
}

fn cell(trend: &Trend, scale: &Scale, mark: Mark, control: &TrendControl) -> Option<Cell> {
    let (point, state) = (trend.points.get(mark.point)?, control.states.get(mark.point)?);
    Some(Cell {
        x: scale.left(mark),
        width: scale.width,
        state: state.map_or("not-evaluated", ControlState::word),
        name: state.map_or("Not evaluated", ControlState::name),
        day: day(point.as_of).to_string(),
    })
}

/// The states of a control in words, each as often as it follows another one.
fn told(control: &TrendControl) -> String {
    let mut names: Vec<&str> =
        control.states.iter().map(|state| state.map_or("not evaluated", ControlState::word)).collect();
    names.dedup();
    names.join(", then ")
}

fn length(len: usize) -> i64 {
    i64::try_from(len).unwrap_or(i64::MAX / 1000)
}
