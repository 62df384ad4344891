//! Mistakes in the files of a project, from the files in `mistakes/`.
//!
//! Each case changes a copy of `tests/small` that was built. `validate` then
//! names every mistake with its place and exits with 1; `build` does so with
//! 2, and leaves everything as it was.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use probity_diagnostics::TreePath;
use probity_diagnostics::document::{Format, Limits, parse};
use rstest::rstest;
use serde::Deserialize;
use tempfile::TempDir;

use crate::hostile;
use crate::ran::{copy_folder, folder, probity, read, repository, write};

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Case {
    name: String,
    change: Vec<Change>,
    /// What `validate` says; each is part of one line of the short form, and
    /// what stands before `: ` is said by `build` too.
    finds: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Change {
    file: String,
    #[serde(flatten)]
    edit: Edit,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Edit {
    /// Only the first bytes are left.
    Cut(usize),
    /// The whole text.
    Text(String),
    /// A text and what stands in its place.
    Replace(String, String),
    /// Lines that are added.
    Add(String),
    /// A text of `hostile.rs`, by its name.
    Made(String),
    /// A folder of that name.
    Folder(()),
    /// Nothing of that name.
    Missing(()),
}

#[rstest]
fn mistakes(#[files("tests/it/mistakes/*.yaml")] file: PathBuf) {
    let path = TreePath::parse("cases.yaml").unwrap();
    let value = parse(&std::fs::read(&file).unwrap(), &path, Format::Yaml, Limits::default()).unwrap().value;
    let cases: Vec<Case> = serde_json::from_value(value).unwrap();
    let project = if file.ends_with("carry.yaml") { "carry" } else { "small" };
    let built = built(project);
    let wrong: Vec<String> = cases.iter().filter_map(|case| case.fault(built.path())).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// A project after a build.
fn built(project: &str) -> TempDir {
    let place = folder();
    copy_folder(&repository(&format!("cli/tests/{project}")), place.path());
    probity(place.path(), &["validate"]).exits(0);
    probity(place.path(), &["build"]).exits(0);
    place
}

impl Case {
    fn fault(&self, built: &Path) -> Option<String> {
        let place = folder();
        copy_all(built, place.path());
        self.change.iter().for_each(|change| change.apply(place.path()));
        let before = outputs(place.path());
        let checked = probity(place.path(), &["validate", "--format", "short"]);
        let made = probity(place.path(), &["build"]);
        let after = outputs(place.path());
        let mut faults = Vec::new();
        if checked.code != 1 {
            faults.push(format!("validate exits with {}", checked.code));
        }
        if made.code != 2 {
            faults.push(format!("build exits with {}", made.code));
        }
        for text in &self.finds {
            if !checked.out.lines().any(|line| line.contains(text)) {
                faults.push(format!("validate does not say `{text}`"));
            }
            let place = text.split(": ").next().unwrap_or(text);
            if !made.err.contains(place) {
                faults.push(format!("build does not say `{place}`"));
            }
        }
        if before != after {
            let changed = after.iter().filter(|(path, text)| before.get(*path) != Some(*text));
            faults.push(format!("build changed {:?}", changed.map(|(path, _)| path).collect::<Vec<_>>()));
        }
        let (name, faults) = (&self.name, (!faults.is_empty()).then(|| faults.join("\n  "))?);
        let start = |text: &str| text.chars().take(1500).collect::<String>();
        let (checked, made) = (start(&(checked.out + &checked.err)), start(&made.err));
        Some(format!("{name}\n  {faults}\n--- validate\n{checked}\n--- build\n{made}"))
    }
}

impl Change {
    fn apply(&self, place: &Path) {
        let file = place.join(&self.file);
        match &self.edit {
            Edit::Cut(length) => {
                let text = std::fs::read(&file).unwrap();
                std::fs::write(&file, &text[..*length]).unwrap();
            }
            Edit::Text(text) => write(place, &self.file, text),
            Edit::Replace(from, to) => {
                let text = read(place, &self.file);
                assert!(text.contains(from), "{} lacks `{from}`", self.file);
                write(place, &self.file, text.replacen(from, to, 1));
            }
            Edit::Add(lines) => write(place, &self.file, read(place, &self.file) + lines),
            Edit::Made(name) => write(place, &self.file, hostile::text(name, &self.file)),
            Edit::Folder(()) => {
                std::fs::remove_file(&file).unwrap();
                std::fs::create_dir(&file).unwrap();
            }
            Edit::Missing(()) => std::fs::remove_file(&file).unwrap(),
        }
    }
}

/// Copies a folder with everything in it.
fn copy_all(from: &Path, to: &Path) {
    for (path, bytes) in contents(from) {
        write(to, &path, bytes);
    }
}

/// All files of a folder but the state of the build.
fn outputs(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = contents(folder);
    found.retain(|path, _| !path.starts_with(".probity/"));
    found
}

/// All files of a folder.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut open = vec![folder.to_path_buf()];
    let mut found = BTreeMap::new();
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                open.push(entry);
            } else {
                let path = entry.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                found.insert(path, std::fs::read(entry).unwrap());
            }
        }
    }
    found
}
