use std::collections::BTreeMap;

use jiff::Timestamp;
use probity_diagnostics::{FileTree, TreePath};
use serde::{Deserialize, Serialize};

use super::tracked::is_unchanged;
use crate::job::Outcome;
use crate::workspace::Workspace;

/// Where the state lies, from the project folder.
pub(super) const FILE: &str = ".probity/state.json";

/// The form of the state file; another form is no state.
const FORM: u32 = 1;

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
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// What target `name` was made of.
    pub(super) fn record(&self, name: &str) -> Option<&Record> {
        self.targets.get(name)
    }

    /// Remembers what target `name` was made of.
    pub(super) fn remember(&mut self, name: &str, record: Record) {
        self.targets.insert(name.to_owned(), record);
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

impl Record {
    /// Why the target has to be made again; nothing if it is up to date.
    pub(super) fn stale(
        &self,
        settings: &str,
        workspace: &Workspace,
        evidence: &dyn FileTree,
        as_of: AsOf,
    ) -> Option<String> {
        if self.settings != settings {
            return Some("its settings changed".to_owned());
        }
        let tree = workspace.tree.as_ref();
        let changed = self.inputs.iter().find(|(key, was)| !is_unchanged(tree, key, was));
        let evidence_changed = || self.evidence.iter().find(|(key, was)| !is_unchanged(evidence, key, was));
        if let Some((key, _)) = changed.or_else(evidence_changed) {
            return Some(format!("`{}` changed", key.rsplit(' ').next().unwrap_or(key)));
        }
        let intact = |(path, digest): (&String, &String)| {
            TreePath::parse(path)
                .ok()
                .and_then(|p| workspace.disk.digest(&p).ok())
                .is_some_and(|d| d.to_string() == *digest)
        };
        if let Some((path, _)) = self.outputs.iter().find(|output| !intact(*output)) {
            return Some(format!("`{path}` is missing or was changed"));
        }
        self.out_of_date(as_of)
    }

    fn out_of_date(&self, as_of: AsOf) -> Option<String> {
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
