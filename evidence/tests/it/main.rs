//! Tests of the ontology and of evidence sets.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads its own cases"
)]

mod canonical;
mod ontology;
mod sets;
mod writer;
