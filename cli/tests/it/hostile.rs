//! Files that nobody should have to read, given to every command that reads
//! one.

use std::fmt::Write as _;
use std::path::Path;

use rstest::rstest;

use crate::ran::{copy_folder, folder, probity, repository, write};

/// A text by its name, for a file whose extension says its format.
pub(crate) fn text(name: &str, file: &str) -> Vec<u8> {
    let yaml = Path::new(file).extension().is_some_and(|extension| extension == "yaml");
    let catalog = || std::fs::read_to_string(repository("cli/tests/small/catalogs/own.yaml")).unwrap();
    match name {
        "empty" => Vec::new(),
        "truncated" if yaml => b"catalog:\n  uuid: 6d5f6f2c\n  metadata: { title: \"Cut".to_vec(),
        "truncated" => b"{\"catalog\": {\"uuid\": \"6d5f".to_vec(),
        "deep" => [b"[".repeat(10_000), b"]".repeat(10_000)].concat(),
        "alias-bomb" => alias_bomb().into_bytes(),
        "utf-16" => {
            let text = catalog();
            [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
        }
        "latin-1" => b"catalog:\n  title: \"Pr\xfcfung\"\n".to_vec(),
        "binary" => (0..=255u8).cycle().take(4096).collect(),
        "duplicate-keys" if yaml => b"catalog:\n  uuid: a\n  uuid: b\n".to_vec(),
        "duplicate-keys" => b"{\"catalog\": {\"uuid\": \"a\", \"uuid\": \"b\"}}".to_vec(),
        "unknown-fields" => b"{\"catalog\": {\"uid\": 1, \"meta\": {}}}".to_vec(),
        "long-string" => [b"{\"catalog\": \"".to_vec(), b"x".repeat(100 << 20), b"\"}".to_vec()].concat(),
        other => panic!("no text is called {other}"),
    }
}

/// Twenty levels, each ten times the one before.
fn alias_bomb() -> String {
    let mut text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
    for level in 1..20 {
        let before = format!("*a{},", level - 1).repeat(10);
        writeln!(text, "a{level}: &a{level} [{}]", before.trim_end_matches(',')).unwrap();
    }
    text
}

/// Commands that read the file `FILE`.
const COMMANDS: &[&str] = &[
    "resolve FILE",
    "compile -p FILE",
    "catalog show ./FILE",
    "assess evidence/cloud.jsonl -p FILE",
    "scan manifests/pod.yaml -p FILE",
    "discover files FILE",
    "scan FILE -p eucs-basic",
    "assess FILE -p eucs-basic",
    "report FILE",
    "explain vm-1 --in FILE",
    "share incident import FILE",
    "share incident export FILE --to iodef",
    "share notify FILE",
];

#[rstest]
fn every_command_refuses(
    #[values(
        "empty",
        "truncated",
        "deep",
        "alias-bomb",
        "utf-16",
        "latin-1",
        "binary",
        "duplicate-keys",
        "unknown-fields",
        "long-string",
        "folder",
        "missing"
    )]
    name: &str,
) {
    let place = folder();
    copy_folder(&repository("cli/tests/small"), place.path());
    for file in ["bad.json", "bad.yaml", "bad.jsonl"] {
        match name {
            "folder" => std::fs::create_dir(place.path().join(file)).unwrap(),
            "missing" => {}
            "alias-bomb" if file != "bad.yaml" => {}
            "long-string" if file != "bad.json" => {}
            _ => write(place.path(), file, text(name, file)),
        }
    }
    let before = names(place.path());
    let mut wrong = Vec::new();
    for file in ["bad.json", "bad.yaml", "bad.jsonl"] {
        let there = place.path().join(file).exists();
        if !there && name != "missing" {
            continue;
        }
        let checked = probity(place.path(), &["validate", file, "--format", "short"]);
        let unread = matches!(name, "folder" | "missing" | "long-string");
        let fault = checked.code != if unread { 2 } else { 1 } || !checked.out.contains(file);
        if fault {
            wrong.push(format!("validate {file}: {}\n{}{}", checked.code, checked.out, checked.err));
        }
        // a bomb costs every command the second that it takes to reach the limit
        let step = if name == "alias-bomb" { 3 } else { 1 };
        for command in COMMANDS.iter().step_by(step) {
            let command = command.replace("FILE", file);
            let args: Vec<&str> = command.split(' ').collect();
            let ran = probity(place.path(), &args);
            let says = ran.err.contains("error") && ran.err.contains(file);
            if ran.code != 2 || !ran.out.is_empty() || !says || ran.err.contains("panicked") {
                let start = |text: &str| text.chars().take(600).collect::<String>();
                wrong.push(format!("{command}: {}\n{}\n{}", ran.code, start(&ran.out), start(&ran.err)));
            }
        }
    }
    assert_eq!(names(place.path()), before, "something was written");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// What lies in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name());
    let mut names: Vec<String> = entries.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}
