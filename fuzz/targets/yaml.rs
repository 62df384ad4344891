//! Reads bytes as YAML.
#![no_main]

#[path = "../../oscal/tests/it/fuzzed.rs"]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzzed::yaml(bytes));
