//! Dependencies for make and ninja: `build/NAME/build.d` names the files that the outputs of an assessment are made of.
//!
//! The file is written again whenever a build finds the assessment up to date and one of its inputs is newer, so that it is a
//! target itself: a Makefile that includes it and has a rule for it calls the build exactly when there is something to look at.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;

use probity_diagnostics::{FileTree as _, Stamp, TreePath, write_atomically};

use super::Build;
use super::state::file_of;
use crate::config::Assessment;
use crate::job;

/// The most that is read of a file.
const LIMIT: u64 = 64 << 20;

/// Writes the dependencies of an assessment that is up to date; nothing for one of a revision, which is made of no files.
pub(super) fn write(build: &Build<'_>, assessment: &Assessment) {
    let name = &assessment.name;
    let Ok(path) = job::folder(name).and_then(|folder| folder.join("build.d")) else { return };
    if build.workspace.commit.is_some() {
        return;
    }
    let inputs = inputs(build, name);
    let text = text(&path, &outputs(build, name), &inputs);
    let own = build.disk.stamp(&path);
    let is_newer = |input: &String| {
        let stamp = Stamp::of(&build.workspace.root.join(input));
        stamp.is_some_and(|stamp| own.is_none_or(|own| !stamp.is_before(&own)))
    };
    let written = build.workspace.disk.read(&path, LIMIT).is_ok_and(|bytes| bytes == text.as_bytes());
    if written && !inputs.iter().any(is_newer) {
        return;
    }
    // where it cannot be written, make builds once more than it would have to
    let _ = write_atomically(&build.workspace.root.join(path.as_str()), |out| out.write_all(text.as_bytes()));
}

/// What the outputs of an assessment are made of: files and folders of the project.
fn inputs(build: &Build<'_>, name: &str) -> BTreeSet<String> {
    let state = build.state();
    let own = format!("{name}/");
    let records = || state.targets().filter(|(target, _)| target.starts_with(&own)).map(|(_, record)| record);
    let written: BTreeSet<&String> = records().flat_map(|record| record.outputs.keys()).collect();
    let all = records().flat_map(|record| record.inputs.iter().chain(&record.evidence));
    let is_there = |(key, print): &(&String, &String)| !key.starts_with("presence ") && *print != "absent";
    let paths = all.filter(is_there).map(|(key, _)| file_of(key));
    let in_project = |path: &&str| {
        let parsed = TreePath::parse(path);
        parsed.is_ok_and(|path| path.bundled().is_none() && !path.is_remote() && path != TreePath::root())
    };
    let paths = paths.filter(in_project).chain([build.loaded.file.as_str()]).map(str::to_owned);
    paths.filter(|path| !written.contains(path) && !path.contains('\n')).collect()
}

fn outputs(build: &Build<'_>, name: &str) -> BTreeSet<String> {
    let state = build.state();
    let own = format!("{name}/");
    let records = state.targets().filter(|(target, _)| target.starts_with(&own));
    records.flat_map(|(_, record)| record.outputs.keys().cloned()).collect()
}

fn text(own: &TreePath, outputs: &BTreeSet<String>, inputs: &BTreeSet<String>) -> String {
    let mut text = escaped(own.as_str());
    for output in outputs {
        let _ = write!(text, " \\\n  {}", escaped(output));
    }
    text.push(':');
    for input in inputs {
        let _ = write!(text, " \\\n  {}", escaped(input));
    }
    text.push('\n');
    // a file that is gone is no error of make but a reason to build
    for input in inputs {
        let _ = write!(text, "\n{}:\n", escaped(input));
    }
    text
}

/// A path as make and ninja read it.
fn escaped(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            ' ' | '#' | ':' | '%' | '\\' => text.extend(['\\', c]),
            '$' => text.push_str("$$"),
            _ => text.push(c),
        }
    }
    text
}
