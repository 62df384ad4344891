//! Compiler from controls to checks, engine, verdicts, roll-up and assembly of assessment results.

pub mod codes;
pub mod compile;
mod engine;
pub mod rego;
mod specialise;
pub mod verdict;
