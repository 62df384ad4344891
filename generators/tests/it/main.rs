//! Tests of the generators crate.

mod fixture;
mod html;
mod summary;
