//! What is written is valid for the validators of others, and they are seen to refuse what is not.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "where validators and schemas lie is a matter of the machine, and validators read files"
)]

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use probity_sharing::Label;
use probity_sharing::formats::{Format, Version, feed};

use crate::incidents::{sample, written};

fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// A file or folder that a comparison needs. None, with a printed reason, where it is absent and not required.
fn needed(path: PathBuf, required: &str, way: &str) -> Option<PathBuf> {
    if path.exists() {
        return Some(path);
    }
    assert!(variable(required).is_none(), "{} is required: {way}", path.display());
    println!("skipped: {} is absent; {way}", path.display());
    None
}

fn oracle(name: &str) -> Option<PathBuf> {
    let folder = variable("PROBITY_ORACLE").map_or_else(|| repository("target/oracle"), PathBuf::from);
    needed(folder.join(name), "PROBITY_REQUIRE_ORACLE", "tests/oracle/install.sh target/oracle")
}

/// The variants of the schema of IODEF v2.
fn schemas() -> Option<Vec<PathBuf>> {
    let reference =
        variable("PROBITY_REFERENCE").map_or_else(|| repository("../shared/reference"), PathBuf::from);
    let folder = needed(reference.join("iodef"), "PROBITY_REQUIRE_REFERENCE", "set PROBITY_REFERENCE")?;
    needed("/usr/bin/xmllint".into(), "PROBITY_REQUIRE_ORACLE", "install libxml2-utils")?;
    let names = ["rfc7970", "milewg-iodef2stix", "milewg-jsoniodef"];
    Some(names.map(|name| folder.join(format!("iodef-2.0.{name}.xsd"))).into())
}

/// The samples in a format, each in a file of the folder; those that it cannot say are left out.
fn files(format: Format, folder: &Path) -> Vec<PathBuf> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/incidents");
    let mut names: Vec<PathBuf> =
        std::fs::read_dir(samples).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    assert_eq!(names.len(), 10);
    let mut files = Vec::new();
    for name in names {
        let incident = sample(&name);
        if format == Format::Csaf(Version::V2_0) && incident.marking == Some(Label::AmberStrict) {
            continue;
        }
        let file = folder.join(name.file_stem().unwrap()).with_extension(format.ending());
        std::fs::write(&file, written(&incident, format)).unwrap();
        files.push(file);
    }
    files
}

/// A file of the folder that is another one with a text replaced.
fn broken(file: &Path, from: &str, to: &str) -> PathBuf {
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{text}");
    let broken = file.with_file_name(format!("broken-{}", file.file_name().unwrap().to_str().unwrap()));
    std::fs::write(&broken, text.replace(from, to)).unwrap();
    broken
}

fn output(command: &mut Command) -> (bool, String) {
    let output = command.stdin(Stdio::null()).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

#[test]
fn iodef_is_valid_by_every_variant_of_its_schema() {
    let Some(schemas) = schemas() else { return };
    let folder = tempfile::tempdir().unwrap();
    let files = files(Format::Iodef, folder.path());
    let broken = broken(&files[0], "purpose=\"reporting\"", "purpose=\"gossip\"");
    for schema in schemas {
        let lint = |files: &[PathBuf]| {
            output(Command::new("xmllint").args(["--nonet", "--noout", "--schema"]).arg(&schema).args(files))
        };
        let (valid, said) = lint(&files);
        assert!(valid, "{}: {said}", schema.display());
        assert!(!lint(std::slice::from_ref(&broken)).0, "{} lets anything through", schema.display());
    }
}

#[test]
fn stix_is_valid_for_two_readers() {
    let Some(library) = oracle("sharing/python") else { return };
    let folder = tempfile::tempdir().unwrap();
    let files = files(Format::Stix, folder.path());
    let script = repository("tests/oracle/stix.py");
    let lint = |files: &[PathBuf]| {
        output(Command::new("python3").arg(&script).args(files).env("PYTHONPATH", &library))
    };
    assert_eq!(lint(&files), (true, String::new()));
    let broken = broken(&files[0], "\"pattern_type\": \"stix\"", "\"pattern_type\": 7");
    assert!(lint(&[broken]).1.contains("pattern_type"), "the validator lets anything through");
}

#[test]
fn csaf_is_valid_for_the_validator_of_each_version() {
    let Some(modules) = oracle("sharing/node_modules") else { return };
    let library = modules.join("@secvisogram/csaf-validator-lib");
    let script = repository("tests/oracle/csaf.mjs");
    for (version, tests) in [(Version::V2_0, 9), (Version::V2_1, 10)] {
        let folder = tempfile::tempdir().unwrap();
        let files = files(Format::Csaf(version), folder.path());
        assert_eq!(files.len(), tests);
        let lint = |files: &[PathBuf]| output(Command::new("node").arg(&script).arg(&library).args(files));
        assert_eq!(lint(&files), (true, String::new()));
        let broken = broken(&files[0], "\"label\": \"GREEN\"", "\"label\": \"BLUE\"");
        assert!(lint(&[broken]).1.contains("label"), "the validator lets anything through");
    }
}

#[test]
fn a_feed_is_whole_for_another_reader() {
    if Command::new("python3").arg("--version").output().is_err() {
        assert!(variable("PROBITY_REQUIRE_ORACLE").is_none(), "python3 is required");
        println!("skipped: there is no python3");
        return;
    }
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/incidents");
    let take = |name: &str| (sample(&samples.join(name)), Label::Green);
    let incidents = ["01-syn-flood.yaml", "06-phishing-operators.yaml", "09-windows-worm.yaml"].map(take);
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in feed(&incidents).unwrap() {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let script = repository("tests/oracle/feed.py");
    let lint = || output(Command::new("python3").arg(&script).arg(folder.path()));
    assert_eq!(lint(), (true, String::new()));
    let hashes = folder.path().join("hashes.csv");
    let lines = std::fs::read_to_string(&hashes).unwrap();
    assert!(lines.lines().count() > 10, "{lines}");
    std::fs::write(&hashes, lines.split_once('\n').unwrap().1).unwrap();
    assert!(lint().1.contains("is missing"), "the reader lets anything through");
}
