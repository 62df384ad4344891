//! Tests of the assessment crate.

mod assemble;
mod attest;
mod reference;
mod rollup;
mod system;
mod waiver;
