//! Tests of the collectors.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads its own cases"
)]

mod aws;
mod azure;
mod clusters;
mod detect;
mod hostile;
mod inputs;
mod kubernetes;
mod reference;
mod scan;
