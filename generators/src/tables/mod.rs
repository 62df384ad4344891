//! A report as tables: what XLSX and CSV have in common.

mod csv;
mod requirements;
mod resources;
mod sources;
mod statements;
mod xlsx;

use std::borrow::Cow;

use crate::render::clean;
use crate::style::Language;
use crate::view::{ControlState, Report, Severity, Verdict};

pub use csv::csv;
pub(crate) use csv::guarded;
pub use xlsx::xlsx;

/// The most letters of a cell: XLSX allows no more.
const LETTERS: usize = 32_767;

/// A table, which makes its rows one after the other.
pub(crate) struct Table<'a> {
    /// The label of the table.
    pub(crate) name: &'static str,
    /// What stands in its columns.
    pub(crate) columns: &'static [Column],
    /// As many cells as there are columns.
    pub(crate) rows: Box<dyn Iterator<Item = Vec<Cell<'a>>> + 'a>,
}

/// A column: its label, and its width in letters.
pub(crate) struct Column {
    pub(crate) label: &'static str,
    pub(crate) width: u16,
}

/// What stands in a cell. A text is never anything but a text.
pub(crate) enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    Number(u64),
    /// An instant (RFC 3339).
    Instant(&'a str),
    /// Only the day of an instant counts.
    Day(&'a str),
    /// The label of a state, with the word for it that decides its colour.
    State(&'static str, Cow<'static, str>),
}

impl<'a> Cell<'a> {
    /// A text that others wrote.
    fn text(text: &'a str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(bounded(text)) }
    }

    fn some(text: Option<&'a str>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    /// Texts, one a line.
    fn lines<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Self {
        let lines: Vec<T> = texts.into_iter().collect();
        let lines: Vec<&str> = lines.iter().map(AsRef::as_ref).collect();
        let joined = lines.join("\n");
        if joined.is_empty() { Self::Empty } else { Self::Text(bounded(&joined).into_owned().into()) }
    }

    fn day(day: Option<&'a str>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }

    fn instant(instant: Option<&'a str>) -> Self {
        instant.map_or(Self::Empty, Self::Instant)
    }

    fn state(state: ControlState, language: Language) -> Self {
        Self::State(state.word(), language.say(state.name()).to_owned().into())
    }

    fn verdict(verdict: Option<Verdict>, language: Language) -> Self {
        let word = |v: Verdict| Self::State(v.word(), language.say(v.name()).to_owned().into());
        verdict.map_or_else(|| Self::Text(language.say("Observed").to_owned().into()), word)
    }

    fn severity(severity: Option<Severity>, language: Language) -> Self {
        severity.map_or(Self::Empty, |severity| Self::Text(language.say(severity.name()).to_owned().into()))
    }
}

/// A text without what steers or cannot be stored, and not too long for a cell.
fn bounded(text: &str) -> Cow<'_, str> {
    let clean = clean(text);
    match clean.char_indices().nth(LETTERS - 1) {
        Some((at, _)) => Cow::Owned(format!("{}…", clean.get(..at).unwrap_or_default())),
        None if clean == text => Cow::Borrowed(text),
        None => Cow::Owned(clean),
    }
}

/// All tables of a report.
pub(crate) fn tables(report: &Report, language: Language) -> Vec<Table<'_>> {
    vec![
        requirements::requirements(report, language),
        resources::checks(report, language),
        resources::resources(report, language),
        statements::attestations(report, language),
        statements::risks(report, language),
        statements::certificates(report, language),
        sources::sources(report, language),
    ]
}
