//! Tests of the project crate.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test may panic, and says why it is skipped"
)]
#![allow(clippy::disallowed_methods, reason = "tests work on folders of their own")]

mod colours;
mod config;
mod git;
mod keys;
mod refusals;
mod repo;
mod signed;
