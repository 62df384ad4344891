//! Bytes on which a reader or the evaluator once failed, one folder for each fuzz target.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use rstest::rstest;

use crate::fuzzed;

fn bytes(file: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    File::open(file).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
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
