//! Compiler from controls to checks, engine, verdicts, roll-up and assembly of assessment results.

pub mod attest;
pub mod codes;
pub mod compile;
mod engine;
mod props;
pub mod rego;
pub mod rollup;
mod specialise;
pub mod verdict;
pub mod waiver;
