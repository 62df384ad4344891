//! Tests of the whole pipeline and of the workspace itself.
#![allow(clippy::unwrap_used, clippy::string_slice, clippy::indexing_slicing, reason = "a test may panic")]

mod edges;
