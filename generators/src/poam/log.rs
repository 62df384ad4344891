//! What happens to an item, and how its risk log says it.

use jiff::Timestamp;
use probity_oscal::model::assessment::{Entry, LoggedBy, Risk, RiskLog};
use probity_oscal::uuid5;
use serde::Serialize;

/// What happened to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// It was found for the first time.
    Opened,
    /// Something about it is another.
    Changed,
    /// Whether it is still so cannot be said.
    Unsettled,
    /// Somebody accepted the risk.
    Accepted,
    /// Nobody accepts the risk any more, for all or some of what fails.
    NoLongerAccepted,
    /// It is seen to be met.
    Closed,
    /// It was closed, and is found again.
    Reopened,
}

impl Event {
    /// The title of the entry.
    pub fn title(self) -> &'static str {
        match self {
            Self::Opened => "Opened",
            Self::Changed => "Changed",
            Self::Unsettled => "Not settled",
            Self::Accepted => "Deviation approved",
            Self::NoLongerAccepted => "Deviation no longer covers it",
            Self::Closed => "Closed",
            Self::Reopened => "Reopened",
        }
    }
}

/// What happened to one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Change {
    /// The key of the item.
    pub item: String,
    /// Its uuid.
    pub uuid: String,
    /// Its title.
    pub title: String,
    /// What happened.
    pub event: Event,
    /// What the log says of it.
    pub description: String,
}

/// What is to be logged.
pub(super) struct Logged {
    pub(super) event: Event,
    pub(super) description: String,
    /// The status from now on, where it is another.
    pub(super) status: Option<String>,
    pub(super) by: Vec<LoggedBy>,
}

/// Adds an entry to the log of a risk; the others stay as they are.
pub(super) fn add(risk: &mut Risk, item: &str, as_of: Timestamp, logged: &Logged) {
    let log = risk.risk_log.get_or_insert_with(RiskLog::default);
    let number = (log.entries.len()..).map(|number| uuid5(&["poam-log", item, &number.to_string()]));
    let uuid = number.into_iter().find(|uuid| log.entries.iter().all(|entry| entry.uuid != *uuid));
    log.entries.push(Entry {
        uuid: uuid.unwrap_or_default(),
        title: Some(logged.event.title().to_owned()),
        description: Some(logged.description.clone()),
        start: as_of.to_string(),
        logged_by: logged.by.clone(),
        status_change: logged.status.clone(),
        ..Entry::default()
    });
}
