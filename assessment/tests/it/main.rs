//! Tests of the assessment crate.

mod assemble;
mod attest;
mod engine;
mod reference;
mod rollup;
mod system;
mod waiver;
