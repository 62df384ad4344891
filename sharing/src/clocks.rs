//! Duties to notify: by when a notification is due, and whether it was made.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, Pointer, TreePath};
use serde::Deserialize;

use crate::incident::Incident;
use crate::incident::codes::{MALFORMED, NO_CLOCK, OVERDUE};
use crate::typed::typed;

/// Where the duties lie that come with the program.
const BUNDLED: &str = "content:sharing/regimes.yaml";

/// An act that demands notifications.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Regime {
    /// How incidents name it.
    pub id: String,
    /// What it is.
    pub title: String,
    /// The act and the article.
    pub source: String,
    /// Who is notified.
    pub to: String,
    /// Its steps, in their order.
    pub steps: Vec<Step>,
}

/// A notification that an act demands.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Step {
    /// How incidents name it.
    pub id: String,
    /// What it is.
    pub title: String,
    /// The clause that demands it.
    pub clause: String,
    /// What its time counts from: `aware`, `corrected`, or an earlier step.
    pub from: String,
    /// How many hours there are.
    #[serde(default)]
    pub hours: i64,
    /// How many days there are.
    #[serde(default)]
    pub days: i64,
    /// How many months there are.
    #[serde(default)]
    pub months: i64,
    /// What it has to say.
    pub asks: Vec<String>,
}

/// How a step of a duty stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It was made then; late, where it was due before.
    Made(Timestamp),
    /// It is due then.
    Due(Timestamp),
    /// It was due then, and was not made.
    Overdue(Timestamp),
    /// What its time counts from has not happened yet, as far as is known.
    NotYet,
    /// Nobody knows when its time began.
    Unknown,
}

/// A step of a duty that applies to an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock<'a> {
    /// The duty.
    pub regime: &'a Regime,
    /// The step.
    pub step: &'a Step,
    /// By when, where that is known.
    pub due: Option<Timestamp>,
    /// How it stands.
    pub state: State,
}

impl Clock<'_> {
    /// Whether it was made after its time.
    pub fn is_late(&self) -> bool {
        matches!((self.state, self.due), (State::Made(at), Some(due)) if at > due)
    }
}

/// The duties that come with the program.
///
/// # Errors
/// The tree does not hold them.
pub fn regimes(tree: &dyn FileTree) -> Result<Vec<Regime>, Diagnostics> {
    let file = TreePath::parse(BUNDLED).map_err(|error| Diagnostic::error(&MALFORMED, error.to_string()))?;
    let bytes = tree.read(&file, Limits::default().bytes).map_err(Diagnostic::from)?;
    let parsed = document::parse(&bytes, &file, Format::Yaml, Limits::default())?;
    typed(parsed.value, &MALFORMED, &file)
}

/// How the steps of one duty stand at an instant.
pub fn clocks<'r>(incident: &Incident, regime: &'r Regime, as_of: Timestamp) -> Vec<Clock<'r>> {
    let made = |step: &str| {
        let all = incident.notifications.iter().filter(|one| one.regime == regime.id && one.step == step);
        all.map(|one| one.at).min()
    };
    let clock = |step: &'r Step| {
        let from = match step.from.as_str() {
            "aware" => incident.times.aware,
            "corrected" => incident.times.corrected,
            earlier => made(earlier),
        };
        let due = from.and_then(|from| step.due(from));
        let state = match (made(&step.id), due) {
            (Some(at), _) => State::Made(at),
            (None, Some(due)) if due < as_of => State::Overdue(due),
            (None, Some(due)) => State::Due(due),
            (None, None) if step.from == "aware" => State::Unknown,
            (None, None) => State::NotYet,
        };
        Clock { regime, step, due, state }
    };
    regime.steps.iter().map(clock).collect()
}

impl Step {
    /// By when it is due, if its time began then: months are those of the calendar in UTC.
    fn due(&self, from: Timestamp) -> Option<Timestamp> {
        let from = from.to_zoned(TimeZone::UTC);
        let later = from.checked_add(self.months.months().days(self.days)).ok()?;
        later.checked_add(self.hours.hours()).ok().map(|at| at.timestamp())
    }
}

/// What is overdue or cannot be told of the duties that an incident names, and duties that nobody knows.
pub fn review(incident: &Incident, all: &[Regime], as_of: Timestamp, file: &TreePath) -> Diagnostics {
    let mut found = Diagnostics::new();
    for (index, name) in incident.regimes.iter().enumerate() {
        let at = Location::value(file, &Pointer::root().key("regimes").index(index));
        let Some(regime) = all.iter().find(|regime| regime.id == *name) else {
            found.push(unknown_regime(name, all).at(at));
            continue;
        };
        for clock in clocks(incident, regime, as_of) {
            found.extend(finding(&clock).map(|finding| finding.at(at.clone())));
        }
    }
    found
}

/// A duty that is not listed.
pub fn unknown_regime(name: &str, all: &[Regime]) -> Diagnostic {
    let known: Vec<&str> = all.iter().map(|regime| regime.id.as_str()).collect();
    Diagnostic::error(&MALFORMED, format!("no duty is called `{}`", name.escape_default()))
        .help(format!("known: {}", known.join(", ")))
}

fn finding(clock: &Clock<'_>) -> Option<Diagnostic> {
    let Clock { regime, step, .. } = clock;
    let what = format!("{} ({}, {})", step.title, regime.id, step.clause);
    match clock.state {
        State::Overdue(due) => Some(Diagnostic::error(&OVERDUE, format!("{what} was due at {due}"))),
        State::Unknown => {
            let message = format!("{what}: nobody knows by when it is due");
            Some(
                Diagnostic::error(&NO_CLOCK, message).help("say under `times` when you became `aware` of it"),
            )
        }
        State::Made(at) if clock.is_late() => {
            Some(Diagnostic::warning(&OVERDUE, format!("{what} was made late, at {at}")))
        }
        _ => None,
    }
}
