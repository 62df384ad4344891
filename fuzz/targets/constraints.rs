//! Checks the constraints of a JSON document.
#![no_main]

#[path = "../../oscal/tests/it/fuzzed.rs"]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzzed::constraints(bytes));
