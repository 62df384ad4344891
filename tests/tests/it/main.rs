//! Tests of the whole pipeline and of the workspace itself.
#![allow(clippy::unwrap_used, clippy::string_slice, clippy::indexing_slicing, reason = "a test may panic")]
#![allow(clippy::disallowed_methods, reason = "tests work on folders of their own")]

mod edges;
