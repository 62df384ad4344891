//! Verdicts: the outcome of each check on each resource.

mod assess;
mod chunk;
mod file;
mod foreign;
mod from_records;
mod judge;
mod kinds;
mod loose;
mod memory;
mod missing;
mod record;
mod single;
mod sources;
pub(crate) mod store;
mod waive;
mod worker;

pub use assess::{AssessInput, Assessed, assess};
pub use file::{read_verdicts, write_verdicts};
pub use memory::Shelf;
pub use record::{Detail, EvidenceRef, Measurement, Outcome, VerdictRecord};
pub use single::{Evaluation, Judge, Prepared, RegoOutcome, Session};
pub use store::{Counts, ServiceState, SourceState, Subject, VerdictView, Verdicts};
pub use waive::Waiver;
