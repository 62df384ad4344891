//! Verdicts: the outcome of each check on each resource.

mod from_records;
mod record;
mod store;
mod waive;

pub use record::{Detail, EvidenceRef, Measurement, Outcome, VerdictRecord};
pub use store::{Counts, ServiceState, SourceState, Subject, VerdictView, Verdicts};
pub use waive::Waiver;
