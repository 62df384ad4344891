//! Tests of the diagnostics crate.
