//! Tests of the assessment crate.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test may panic, say why it is skipped, and be told where its oracle is"
)]

mod assemble;
mod attest;
mod carry;
mod engine;
mod lint;
mod reference;
mod rollup;
mod system;
mod waiver;
