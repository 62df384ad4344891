//! Other readers of YAML, of 1.1 and of 1.2, read what is written as what was meant.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use probity_diagnostics::document::Comments;
use probity_oscal::{load, write_yaml};
use serde_json::{Value, json};

use crate::reference::{files, reference, variable};

/// The folder with Python packages: from the environment, else below `target/oracle`. None, with a printed reason, where it is
/// absent and not required.
pub(crate) fn python() -> Option<PathBuf> {
    let named = variable("PROBITY_ORACLE").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/oracle");
    let folder = named.unwrap_or(beside).join("python");
    if folder.join("yaml").is_dir() {
        return Some(folder);
    }
    assert!(
        variable("PROBITY_REQUIRE_ORACLE").is_none(),
        "tests/oracle/install.sh target/oracle was not run"
    );
    println!("skipped the comparison with other readers of YAML: run tests/oracle/install.sh target/oracle");
    None
}

/// What the readers make of each value, written as YAML, where it is something else.
fn differences(library: &Path, values: &[(String, Value)]) -> Vec<String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/oracle/yaml_readers.py");
    let mut python = Command::new("python3")
        .arg(script)
        .env("PYTHONPATH", library)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = python.stdin.take().unwrap();
    let texts: Vec<String> = values.iter().map(|(_, value)| yaml(value)).collect();
    let lines: Vec<String> = texts.iter().map(|text| json!(text).to_string()).collect();
    let writer = std::thread::spawn(move || lines.iter().for_each(|line| writeln!(input, "{line}").unwrap()));
    let output = python.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success(), "the oracle failed");
    let answers: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), values.len());
    let mut wrong = Vec::new();
    for (((name, value), text), answer) in values.iter().zip(&texts).zip(answers) {
        for (reader, read) in answer.as_object().unwrap() {
            if read != value {
                let shown: String = text.chars().take(400).collect();
                let read: String = read.to_string().chars().take(400).collect();
                wrong.push(format!("{name}: {reader} reads {read} in\n{shown}"));
            }
        }
    }
    wrong
}

fn yaml(value: &Value) -> String {
    let mut text = Vec::new();
    write_yaml(value, &Comments::default(), &mut text).unwrap();
    String::from_utf8(text).unwrap()
}

/// Strings that some reader takes for something else when they stand plain, or that lose characters in some style.
const STRINGS: &str = include_str!("../cases/strings.json");

/// Pieces that random strings are made of.
const PIECES: &[&str] = &[
    "a",
    "Z",
    "é",
    "日",
    "😀",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    ":",
    ": ",
    " #",
    "#",
    "-",
    "- ",
    "?",
    "'",
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ",",
    "&",
    "*",
    "!",
    "|",
    ">",
    "%",
    "@",
    "`",
    "~",
    "=",
    "<",
    "0",
    "1",
    "9",
    ".",
    "_",
    "e",
    "E",
    "x",
    "+",
    "T",
    "Z",
    "yes",
    "no",
    "null",
    "\u{85}",
    "\u{a0}",
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    "\u{7f}",
    "\u{1}",
    "\r",
    "\r\n",
    "word word word",
    "a sentence that goes on for long enough to be broken, somewhere in its middle, when it is written as a block of text",
];

/// Strings made of pieces, the same each time.
fn random_strings(count: usize) -> Vec<String> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from((state >> 11) % limit as u64).unwrap()
    };
    (0..count).map(|_| (0..=next(6)).map(|_| PIECES[next(PIECES.len())]).collect()).collect()
}

#[test]
fn every_string_is_the_same_string_to_every_reader() {
    let Some(library) = python() else { return };
    let known: Vec<String> = serde_json::from_str(STRINGS).unwrap();
    let strings: Vec<String> = known.into_iter().chain(random_strings(4000)).collect();
    let values: Vec<(String, Value)> = strings
        .chunks(50)
        .map(|texts| {
            let nested =
                json!({ "catalog": { "list": texts, "deep": [[texts], { "in": { "side": texts } }] } });
            let keyed: serde_json::Map<_, _> = texts.iter().map(|text| (text.clone(), json!(text))).collect();
            (format!("{texts:?}"), json!({ "nested": nested, "keyed": keyed }))
        })
        .collect();
    let mut wrong = differences(&library, &values);
    wrong.truncate(10);
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn published_documents_are_the_same_to_every_reader() {
    let (Some(library), Some(tree)) = (python(), reference()) else { return };
    let mut values = Vec::new();
    for path in files(&tree, "oscal-content", &["json"]) {
        let Ok(loaded) = load(&tree, &path) else { continue };
        // larger documents have the same kinds of text, and Python takes minutes for them
        if loaded.value.value.to_string().len() < 400_000 {
            values.push((path.to_string(), loaded.value.value));
        }
    }
    assert!(values.len() > 15, "only {} documents", values.len());
    let wrong = differences(&library, &values);
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
