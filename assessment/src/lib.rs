//! Compiler from controls to checks, engine, verdicts, roll-up and assembly of assessment results.

pub mod assemble;
pub mod attest;
pub mod carry;
pub mod cases;
pub mod codes;
pub mod compile;
mod engine;
mod identity;
pub mod plan;
mod props;
pub mod rego;
pub mod rollup;
mod specialise;
mod typing;
pub mod verdict;
pub mod waiver;

pub use identity::Identity;
