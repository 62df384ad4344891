//! Integration tests of the importers.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads its cases itself"
)]

mod clouditor;
mod results;
