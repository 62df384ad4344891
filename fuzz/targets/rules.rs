//! Reads bytes as a file of constraints, and checks a document by them.
#![no_main]

#[path = "../../oscal/tests/it/fuzzed.rs"]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzzed::rules(bytes));
