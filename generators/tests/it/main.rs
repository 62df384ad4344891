//! Tests of the generators crate.

mod fixture;
mod summary;
