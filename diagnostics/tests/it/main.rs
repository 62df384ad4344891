//! Tests of the diagnostics crate.
#![allow(clippy::unwrap_used, clippy::string_slice, clippy::indexing_slicing, reason = "a test may panic")]

mod comments;
mod documents;
mod hostile;
mod paths;
mod rendering;
mod trees;
