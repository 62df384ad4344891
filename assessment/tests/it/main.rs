//! Tests of the assessment crate.

mod attest;
mod rollup;
mod system;
mod waiver;
