//! From grounds, verdicts and statements to states.

mod controls;
mod states;
