//! Commands and what they answer, from the files in `cases/`.
//!
//! A file names the folder that its commands run in, one after the other:
//! `none` is empty, `fresh` was made by `init`, `small` is a copy of
//! `tests/small`, `hyperiot` is a copy of the
//! example system, `built` is one after `build`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use probity_diagnostics::TreePath;
use probity_diagnostics::document::{Format, Limits, parse};
use rstest::rstest;
use serde::Deserialize;
use serde_json::Value;
use tempfile::TempDir;

use crate::ran::{Ran, copy_folder, folder, hyperiot, probity, read, repository, write};

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Table {
    project: Project,
    /// Files that are written before the first command.
    #[serde(default)]
    files: BTreeMap<String, String>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Project {
    None,
    Fresh,
    Small,
    Hyperiot,
    Built,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Case {
    /// The arguments, separated by spaces.
    run: String,
    exit: u8,
    /// What standard output holds.
    #[serde(default)]
    out: Vec<String>,
    #[serde(default)]
    out_not: Vec<String>,
    /// What standard error holds.
    #[serde(default)]
    err: Vec<String>,
    #[serde(default)]
    err_not: Vec<String>,
    /// Streams that stay empty: `out`, `err`.
    #[serde(default)]
    silent: Vec<String>,
    /// Values of standard output, which is one JSON document, by pointer.
    json: Option<BTreeMap<String, Value>>,
    /// What files hold afterwards.
    #[serde(default)]
    files: BTreeMap<String, String>,
    /// Files that are not there afterwards.
    #[serde(default)]
    absent: Vec<String>,
}

#[rstest]
fn commands(#[files("tests/it/cases/*.yaml")] file: PathBuf) {
    let path = TreePath::parse("cases.yaml").unwrap();
    let text = std::fs::read(&file).unwrap();
    let value = parse(&text, &path, Format::Yaml, Limits::default()).unwrap().value;
    let table: Table = serde_json::from_value(value).unwrap();
    let place = table.project.make();
    for (path, text) in &table.files {
        write(place.path(), path, text);
    }
    let mut wrong = Vec::new();
    for case in &table.cases {
        let args: Vec<&str> = case.run.split_whitespace().collect();
        let ran = probity(place.path(), &args);
        let faults = case.faults(&ran, &place);
        if !faults.is_empty() {
            let faults = faults.join("\n  ");
            let start = |text: &str| text.chars().take(2000).collect::<String>();
            let (out, err) = (start(&ran.out), start(&ran.err));
            wrong.push(format!("probity {}\n  {faults}\n--- out\n{out}\n--- err\n{err}", case.run));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

impl Project {
    fn make(&self) -> TempDir {
        match self {
            Self::None => folder(),
            Self::Fresh => {
                let place = folder();
                probity(place.path(), &["init", "--name", "Fresh"]).exits(0);
                place
            }
            Self::Small => {
                let place = folder();
                copy_folder(&repository("cli/tests/small"), place.path());
                place
            }
            Self::Hyperiot => hyperiot(),
            Self::Built => {
                let place = hyperiot();
                probity(place.path(), &["build", "--quiet"]).exits(1);
                place
            }
        }
    }
}

impl Case {
    fn faults(&self, ran: &Ran, place: &TempDir) -> Vec<String> {
        let mut faults = Vec::new();
        let mut hold = |holds: bool, fault: String| {
            if !holds {
                faults.push(fault);
            }
        };
        hold(ran.code == self.exit, format!("exits with {}, not {}", ran.code, self.exit));
        for (name, stream, with, without) in
            [("out", &ran.out, &self.out, &self.out_not), ("err", &ran.err, &self.err, &self.err_not)]
        {
            with.iter().for_each(|t| hold(stream.contains(t), format!("`{t}` is not in {name}")));
            without.iter().for_each(|t| hold(!stream.contains(t), format!("`{t}` is in {name}")));
            let silent = self.silent.iter().any(|s| s == name);
            hold(!silent || stream.is_empty(), format!("{name} is not empty"));
        }
        hold(self.exit != 2 || !ran.err.is_empty(), "refuses without saying why".to_owned());
        if let Some(expected) = &self.json {
            let found = ran.json();
            for (pointer, value) in expected {
                let at = found.pointer(pointer);
                hold(at == Some(value), format!("{pointer} is {at:?}, not {value}"));
            }
        }
        for (path, text) in &self.files {
            let found = read(place.path(), path);
            hold(found.contains(text), format!("`{text}` is not in {path}:\n{found}"));
        }
        for path in &self.absent {
            hold(!place.path().join(path).exists(), format!("{path} is there"));
        }
        faults
    }
}
