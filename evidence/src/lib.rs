//! The ontology of cloud resources, and evidence written in its words.
//!
//! An evidence set is JSON lines: a `begin` record, one record per resource,
//! `gone` and `problem` records, and an `end` record with counts and the state
//! of each service. A property of a resource has three states: a value, `null`
//! (looked for and absent) and missing (not collected). What other tools found lies beside it in a form of its own
//! ([`foreign`]).

mod canonical;
pub mod codes;
pub mod foreign;
mod ontology;
mod read;
mod record;
mod severity;
mod writer;

pub use canonical::{canonical, line_digest};
pub use ontology::{
    Definition, Feature, NotationError, Ontology, Property, PropertyType, ResourceType, TypeName,
};
pub use read::{
    Entry, EvidenceReader, EvidenceSet, FileFindings, LINE_LIMIT, LineParser, Lines, RawLine, SetState,
    SetTracker,
};
pub use record::{Begin, End, Gone, Observed, Problem, Record, Resource, Service, ServiceState};
pub use severity::Severity;
pub use writer::EvidenceWriter;
