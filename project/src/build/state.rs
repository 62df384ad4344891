use std::collections::BTreeMap;

use jiff::Timestamp;
use probity_diagnostics::{FileTree, TreePath};
use serde::{Deserialize, Serialize};

use super::tracked::is_unchanged;
use crate::job::Outcome;

/// Where the state lies, from the project folder.
pub(super) const FILE: &str = ".probity/state.json";

/// The form of the state file; another form is no state.
const FORM: u32 = 2;

/// What earlier builds left behind: for each target what it was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    form: u32,
    tool: String,
    targets: BTreeMap<String, Record>,
}

/// What a target was made of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Record {
    /// The settings of the target, in a canonical form.
    pub(super) settings: String,
    /// What its step looked at, with fingerprints.
    pub(super) inputs: BTreeMap<String, String>,
    /// Evidence and outputs of earlier targets that it looked at.
    pub(super) evidence: BTreeMap<String, String>,
    /// The files it wrote, with digests; paths from the output folder.
    pub(super) outputs: BTreeMap<String, String>,
    /// The instant for which it was made, where it depends on one.
    pub(super) as_of: Option<Timestamp>,
    /// The first instant at which it may come out differently.
    pub(super) deadline: Option<Timestamp>,
    /// How the assessment came out, for results.
    pub(super) outcome: Option<Outcome>,
    /// What it consists of, with fingerprints: checks, their verdicts, findings.
    #[serde(default)]
    pub(super) parts: BTreeMap<String, String>,
    /// The files that single parts are made of.
    #[serde(default)]
    pub(super) files: BTreeMap<String, Vec<String>>,
}

impl State {
    /// No earlier builds.
    pub(super) fn empty(tool: &str) -> Self {
        Self { form: FORM, tool: tool.to_owned(), targets: BTreeMap::new() }
    }

    /// The state in `text`, if `tool` wrote it.
    pub(super) fn parse(text: &[u8], tool: &str) -> Option<Self> {
        let state: Self = serde_json::from_slice(text).ok()?;
        (state.form == FORM && state.tool == tool).then_some(state)
    }

    /// The state as text.
    pub(super) fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }

    /// What target `name` was made of.
    pub(super) fn record(&self, name: &str) -> Option<&Record> {
        self.targets.get(name)
    }

    /// The targets that were made.
    pub(super) fn targets(&self) -> impl Iterator<Item = (&String, &Record)> {
        self.targets.iter()
    }

    /// Whether a target other than `name` writes the file.
    pub(super) fn is_output(&self, path: &str, name: &str) -> bool {
        self.targets.iter().any(|(other, record)| other != name && record.outputs.contains_key(path))
    }

    /// Remembers what target `name` was made of.
    pub(super) fn remember(&mut self, name: &str, record: Record) {
        self.targets.insert(name.to_owned(), record);
    }

    /// Forgets target `name`, and yields what it was made of.
    pub(super) fn forget(&mut self, name: &str) -> Option<Record> {
        self.targets.remove(name)
    }
}

/// The instant of judgement, and whether another may stand for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// The instant.
    pub instant: Timestamp,
    /// Whether it comes from the clock: then results for an earlier instant
    /// stand until the next deadline among their inputs.
    pub from_clock: bool,
}

/// Where the build looks for what a target was made of.
#[derive(Clone, Copy)]
pub(super) struct Looking<'a> {
    /// What is read of the project.
    pub(super) tree: &'a dyn FileTree,
    /// Evidence.
    pub(super) evidence: &'a dyn FileTree,
    /// The folder of the project.
    pub(super) disk: &'a dyn FileTree,
}

impl Looking<'_> {
    fn is_intact(self, path: &str, digest: &str) -> bool {
        let now = TreePath::parse(path).ok().and_then(|path| self.disk.digest(&path).ok());
        now.is_some_and(|now| now.to_string() == digest)
    }
}

impl Record {
    /// Why the target has to be made again; nothing if it is up to date.
    pub(super) fn stale(&self, settings: &str, looking: Looking<'_>, as_of: AsOf) -> Option<String> {
        if self.settings != settings {
            return Some("its settings changed".to_owned());
        }
        if let Some(key) = self.changed(looking).next() {
            return Some(format!("`{}` changed", file_of(key)));
        }
        if let Some(path) = self.damaged(looking).next() {
            return Some(format!("`{path}` is missing or was changed"));
        }
        self.out_of_date(as_of)
    }

    /// The inputs that are not as they were.
    pub(super) fn changed<'a>(&'a self, looking: Looking<'a>) -> impl Iterator<Item = &'a str> {
        let read = self.inputs.iter().filter(move |(key, was)| !is_unchanged(looking.tree, key, was));
        let evidence =
            self.evidence.iter().filter(move |(key, was)| !is_unchanged(looking.evidence, key, was));
        read.chain(evidence).map(|(key, _)| key.as_str())
    }

    /// The outputs that are not as they were written.
    pub(super) fn damaged<'a>(&'a self, looking: Looking<'a>) -> impl Iterator<Item = &'a str> {
        let outputs = self.outputs.iter().filter(move |(path, digest)| !looking.is_intact(path, digest));
        outputs.map(|(path, _)| path.as_str())
    }

    pub(super) fn out_of_date(&self, as_of: AsOf) -> Option<String> {
        let made_for = self.as_of?;
        if !as_of.from_clock {
            return (made_for != as_of.instant).then(|| format!("it is judged as of {}", as_of.instant));
        }
        match self.deadline {
            Some(deadline) if as_of.instant >= deadline => Some(format!("{deadline} has passed")),
            _ if as_of.instant < made_for => Some(format!("it is judged as of {}", as_of.instant)),
            _ => None,
        }
    }
}

/// The path of an input, without what was looked at.
pub(super) fn file_of(key: &str) -> &str {
    match key.split_once(' ') {
        Some(("list" | "presence", path)) => path,
        _ => key,
    }
}
