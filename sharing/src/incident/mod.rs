//! Incidents: what happened, how others recognise it, and what is asked of them.

mod check;
pub mod codes;
mod model;
mod observable;
mod read;
mod retention;
mod store;
mod words;

pub use check::check;
pub(crate) use check::is_cve;
pub use model::{
    Address, Assessment, BusinessImpact, Contact, Discovery, Event, EventTimes, Expectation, HistoryItem,
    Impact, Incident, IncidentId, Indicator, Known, Link, Method, Notification, Reference, Related, Service,
    System, Times,
};
pub use observable::{Observable, is_domain};
pub(crate) use read::to_value;
pub use read::{from_value, load, parse, to_yaml};
pub use retention::Retention;
pub use store::{FOLDER, files};
pub(crate) use words::as_name;
pub use words::{
    Action, AddressType, BusinessImpactType, BusinessSeverity, Completion, Confidence, ContactRole,
    ContactType, DiscoverySource, Duration, HashAlgorithm, Kind, NodeRole, OWN, ObservableType, Occurrence,
    Ownership, PatternLanguage, Purpose, Relation, Severity, Status, SystemCategory, SystemImpactType,
    TimeMetric, Vocabulary, Word, YesNo, is_name,
};
