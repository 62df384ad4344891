//! Specialised modules: for each resource type one Rego module that asks every applicable check at once, with operators
//! and target values folded in, compiled to bytecode.

mod fold;
mod inline;
mod program;
mod slots;

pub(crate) use fold::Constants;
pub(crate) use program::{CheckCode, Evaluator, Programs, Ruling, Truth};
