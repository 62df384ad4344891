//! Tests of the whole pipeline and of the workspace itself.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may panic, and says why it is skipped"
)]
#![allow(clippy::disallowed_methods, reason = "tests work on folders of their own")]

mod build;
mod certificates;
mod discover;
mod documents;
mod edges;
mod exports;
mod faults;
mod formats;
mod history;
mod hostile;
mod labels;
mod pipes;
mod program;
mod readme;
mod reference;
mod references;
mod remote;
mod reports;
mod results;
mod review;
mod same_bytes;
mod scan;
mod scripted;
mod server;
mod sharing;
mod trestle;
