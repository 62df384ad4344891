//! Scrubbing: planted values leave no trace, what an attacker is known by stays.

mod carriers;
mod left;
mod members;
mod package;
mod planted;
mod rules;
mod search;
mod traces;
