//! From grounds, verdicts and statements to states.

pub(crate) mod controls;
mod states;
