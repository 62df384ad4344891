//! Tests of the bundled content: files that belong together say the same.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

mod catalogs;
mod hyperiot;
mod mappings;
mod metrics;
mod ontology;
mod read;
