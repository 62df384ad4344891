//! Bytes on which a reader or the evaluator once failed, one folder for each fuzz target.

use std::path::{Path, PathBuf};

use rstest::rstest;

use crate::fuzzed;

#[expect(clippy::disallowed_methods, reason = "a test reads its own case")]
fn bytes(file: &Path) -> Vec<u8> {
    std::fs::read(file).unwrap()
}

#[rstest]
fn json(#[files("tests/fuzzed/json/*")] file: PathBuf) {
    fuzzed::json(&bytes(&file));
}

#[rstest]
fn yaml(#[files("tests/fuzzed/yaml/*")] file: PathBuf) {
    fuzzed::yaml(&bytes(&file));
}

#[rstest]
fn xml(#[files("tests/fuzzed/xml/*")] file: PathBuf) {
    fuzzed::xml(&bytes(&file));
}

#[rstest]
fn constraints(#[files("tests/fuzzed/constraints/*")] file: PathBuf) {
    fuzzed::constraints(&bytes(&file));
}

#[rstest]
fn rules(#[files("tests/fuzzed/rules/*")] file: PathBuf) {
    fuzzed::rules(&bytes(&file));
}

#[rstest]
fn metapath(#[files("tests/fuzzed/metapath/*")] file: PathBuf) {
    fuzzed::metapath(&bytes(&file));
}
