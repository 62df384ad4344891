//! Tests of the bundled content: files that belong together say the same.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may panic, and says what it skips"
)]

mod catalogs;
mod hyperiot;
mod mappings;
mod metrics;
mod ontology;
mod read;
