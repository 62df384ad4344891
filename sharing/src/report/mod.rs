//! Reports on the incidents of a period, in numbers only: no member, person, asset, number or word of an incident stands in them but words
//! of the standard and of the lexicon.
//!
//! Who knows a community recognises a member in a single incident. So a report that goes further than [`Label::Amber`] has no number
//! from 1 to 2: what is rarer is counted together ([`Options::fewest`]).

mod cases;
mod fold;
mod period;
mod tally;
mod write;

use jiff::civil::Date;
use serde::Serialize;

pub use cases::{Case, Cases};
pub use period::Period;
pub use tally::report;
pub use write::{csv, html, json, markdown, text};

use crate::Label;

/// The smallest number that a report has which goes further than [`Label::Amber`].
pub const FEWEST: u64 = 3;

/// How a report is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Which days it is about.
    pub period: Period,
    /// The colour that it bears.
    pub label: Label,
    /// The smallest number but 0 that stands in it; 1 for all numbers as they are.
    pub fewest: u64,
    /// Whether the incidents of others are counted.
    pub theirs: bool,
}

/// A report on incidents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Report {
    /// Its colour.
    pub marking: Label,
    /// What it is, in one line.
    pub title: String,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Whether incidents that others told of are counted.
    pub received: bool,
    /// The smallest number but 0 that stands in it.
    pub fewest: u64,
    /// How many incidents there are; none where they are fewer than that, and more than none.
    pub incidents: Option<u64>,
    /// The months of the period.
    pub months: Vec<String>,
    /// The incidents by what they are.
    pub tables: Vec<Table>,
    /// How long things took.
    pub durations: Vec<Span>,
}

/// Incidents by one of the things that they say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Table {
    /// How it is called in data.
    pub name: &'static str,
    /// How it is called.
    pub title: &'static str,
    /// What there is to know of it.
    pub note: &'static str,
    /// What they say, and how many.
    pub rows: Vec<Row>,
}

/// How many incidents say something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Row {
    /// What they say.
    pub value: String,
    /// How many do.
    pub incidents: u64,
    /// How many do in each month; empty where small numbers are folded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub months: Vec<u64>,
}

/// How long something took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Span {
    /// How it is called in data.
    pub name: &'static str,
    /// What took so long.
    pub title: &'static str,
    /// Of how many incidents it is known; none where these are too few.
    pub known: Option<u64>,
    /// The hours that half of them took at most, rounded up.
    pub median_hours: Option<u64>,
}
