//! Tests of the diagnostics crate.

mod documents;
mod hostile;
mod paths;
mod rendering;
mod trees;
