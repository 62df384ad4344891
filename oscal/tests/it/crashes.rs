//! Bytes on which a reader or the evaluator once failed, one folder for each fuzz target.

use std::path::PathBuf;

use rstest::rstest;

use crate::fuzzed;

#[rstest]
fn json(#[files("tests/fuzzed/json/*")] file: PathBuf) {
    fuzzed::json(&std::fs::read(file).unwrap());
}

#[rstest]
fn yaml(#[files("tests/fuzzed/yaml/*")] file: PathBuf) {
    fuzzed::yaml(&std::fs::read(file).unwrap());
}

#[rstest]
fn xml(#[files("tests/fuzzed/xml/*")] file: PathBuf) {
    fuzzed::xml(&std::fs::read(file).unwrap());
}

#[rstest]
fn constraints(#[files("tests/fuzzed/constraints/*")] file: PathBuf) {
    fuzzed::constraints(&std::fs::read(file).unwrap());
}

#[rstest]
fn rules(#[files("tests/fuzzed/rules/*")] file: PathBuf) {
    fuzzed::rules(&std::fs::read(file).unwrap());
}

#[rstest]
fn metapath(#[files("tests/fuzzed/metapath/*")] file: PathBuf) {
    fuzzed::metapath(&std::fs::read(file).unwrap());
}
