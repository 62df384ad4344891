//! What the assessments of a commit come to, and the cache that remembers it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use probity_assessment::rollup::State;
use probity_assessment::verdict::Outcome;
use probity_diagnostics::document::Limits;
use probity_diagnostics::{
    BundledTree, Diagnostic, Diagnostics, DiskTree, FileTree, OverlayTree, Sha256Digest, TreePath,
    write_atomically,
};
use serde::{Deserialize, Serialize};

use super::past::Past;
use crate::attest::Scrutiny;
use crate::config::{self, LoadedConfig};
use crate::git::Commit;
use crate::job::{TOOL, VERSION};
use crate::outcomes::{Outcomes, Side, outcomes};
use crate::workspace::Layers;
use crate::{Access, GitTree, Workspace, library};

/// Where the cache lies, from the project folder.
const CACHE: &str = ".probity/history";

/// The form of a file of the cache; it is part of its name.
const FORM: u32 = 1;

/// What the assessments of a commit come to, in short.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// The assessments that could be made, by name.
    pub assessments: BTreeMap<String, Assessed>,
    /// What kept the others from being made.
    pub failed: BTreeMap<String, String>,
}

/// What one assessment comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessed {
    /// The state of each control that has checks or procedures, and its checks.
    pub controls: BTreeMap<String, (State, Vec<String>)>,
    /// By check, the resources on which it does not hold or was not settled.
    pub against: BTreeMap<String, BTreeMap<String, Outcome>>,
}

impl Assessed {
    fn of(outcomes: &Outcomes) -> Self {
        let mut made = Self::default();
        for control in &outcomes.rollup.controls {
            let checks = control.checks.iter().map(|(name, _)| name.as_str().to_owned()).collect();
            made.controls.insert(control.id.clone(), (control.state, checks));
        }
        for view in outcomes.verdicts.iter().filter(|view| view.outcome != Outcome::Pass) {
            let check = made.against.entry(view.check.as_str().to_owned()).or_default();
            check.insert(view.subject.id().to_owned(), view.outcome);
        }
        made
    }

    /// The controls that are judged, and the checks that judge them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let checks = self.controls.values().flat_map(|(_, checks)| checks);
        self.controls.keys().chain(checks).map(String::as_str)
    }

    /// What speaks against a check, in words: `fail: vm-2, vm-3`; none where nothing does.
    pub fn objection(&self, check: &str) -> Option<String> {
        let resources = self.against.get(check)?;
        let mut by_outcome: BTreeMap<Outcome, Vec<&str>> = BTreeMap::new();
        for (resource, outcome) in resources {
            by_outcome.entry(*outcome).or_default().push(resource);
        }
        let told = by_outcome.iter().map(|(outcome, resources)| {
            let more = resources.len().saturating_sub(3);
            let shown = resources.iter().take(3).copied().collect::<Vec<_>>().join(", ");
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("{outcome}: {shown}{more}")
        });
        Some(told.collect::<Vec<_>>().join("; "))
    }

    /// The state of a control in words, with what speaks against it.
    pub fn told(&self, control: &str) -> Option<String> {
        let (state, checks) = self.controls.get(control)?;
        let against = checks.iter().filter_map(|check| Some(format!("{check} {}", self.objection(check)?)));
        let against: Vec<String> = against.collect();
        let word = state.as_str();
        Some(if against.is_empty() { word.to_owned() } else { format!("{word} ({})", against.join("; ")) })
    }
}

/// How commits are judged.
pub struct Judge<'j> {
    /// The project folder on disk.
    pub root: &'j Path,
    /// The folder as a tree: evidence that a commit does not hold is read from there.
    pub disk: OverlayTree<DiskTree>,
    /// The content that comes with the program.
    pub bundled: BundledTree,
    /// What may be read from remote locations.
    pub access: &'j Access,
    /// Evidence that takes the place of that of every commit.
    pub evidence: Option<&'j dyn FileTree>,
    /// The instant; else that of the project in the commit, else that of the commit.
    pub as_of: Option<Timestamp>,
    /// Whether outcomes are kept between runs.
    pub is_kept: bool,
}

impl Judge<'_> {
    /// What the assessments of a commit come to: from the cache, where a commit with the same inputs was judged.
    ///
    /// # Errors
    /// The project of the commit cannot be read.
    pub fn judged(&self, past: &Past<'_>, commit: &Commit) -> Result<Judged, Diagnostics> {
        let opened = self.open(commit)?;
        let (workspace, loaded, as_of) = (&opened.workspace, &opened.loaded, opened.as_of);
        let layers = self.layers(workspace);
        let key = self.key(past, commit, &opened, &layers)?;
        if let Some(known) = self.known(&key) {
            return Ok(known);
        }
        let scrutiny = &Scrutiny::of(loaded, self.root, workspace.commit.as_deref(), None);
        let tree = workspace.tree.as_ref();
        let side = Side { tree, evidence: &layers, loaded, as_of, threads: None, scrutiny };
        let mut judged = Judged::default();
        for (name, made) in outcomes(side, &[])?.value {
            match made {
                Ok(made) => drop(judged.assessments.insert(name, Assessed::of(&made.value))),
                Err(errors) => drop(judged.failed.insert(name, errors.first_message())),
            }
        }
        self.keep(&key, &judged);
        Ok(judged)
    }

    /// What is known of a commit without judging it.
    pub fn remembered(&self, past: &Past<'_>, commit: &Commit) -> Option<Judged> {
        let opened = self.open(commit).ok()?;
        let layers = self.layers(&opened.workspace);
        self.known(&self.key(past, commit, &opened, &layers).ok()?)
    }

    fn open(&self, commit: &Commit) -> Result<Opened, Diagnostics> {
        let rev = commit.id.to_string();
        let workspace = Workspace::open(
            self.root.to_path_buf(),
            self.disk.clone(),
            Some(&rev),
            self.bundled,
            self.access,
        )?;
        let loaded = config::load(workspace.tree.as_ref(), &config::path())?.value;
        let own = loaded.config.system.as_of.as_deref().and_then(|text| text.parse().ok());
        let as_of = self.as_of.or(own).unwrap_or(commit.time);
        Ok(Opened { workspace, loaded, as_of })
    }

    fn layers<'l>(&'l self, workspace: &'l Workspace) -> Layers<'l> {
        let own = [workspace.tree.as_ref(), workspace.disk.as_ref() as &dyn FileTree];
        Layers::new(self.evidence.into_iter().chain(own))
    }

    /// The digest of all that decides how the commit is judged: the objects of the project's folders and files, and evidence that
    /// lies elsewhere. What a build writes and what is only read by people is left out.
    fn key(
        &self,
        past: &Past<'_>,
        commit: &Commit,
        opened: &Opened,
        layers: &Layers<'_>,
    ) -> Result<String, Diagnostics> {
        let tree = GitTree::at(past.repository, commit, past.below)?;
        let mut lines = vec![format!("{TOOL} {VERSION} {FORM} {}", opened.as_of)];
        let rev = opened.workspace.commit.as_deref();
        lines.push(Scrutiny::of(&opened.loaded, self.root, rev, None).fingerprint());
        // pages for people may be evidence of statements
        let attested = opened.loaded.config.assessments.iter().any(|one| !one.attestations.is_empty());
        for entry in tree.list(&TreePath::root()).map_err(Diagnostic::from)? {
            let path = &entry.path;
            if path.is_hidden() || path.as_str() == "build" || (path.extension() == Some("md") && !attested) {
                continue;
            }
            let id = tree.object(path).map_err(Diagnostic::from)?;
            lines.push(format!("{path} {id}"));
        }
        let sources = opened.loaded.config.sources.iter();
        for path in sources.filter_map(|source| source.evidence.as_deref()) {
            let Ok(found) = library::expand(layers, &TreePath::root(), &[path.to_owned()]) else { continue };
            for path in found.iter().filter(|path| self.evidence.is_some() || tree.stat(path).is_err()) {
                let digest = layers.digest(path).map_err(Diagnostic::from)?;
                lines.push(format!("evidence {path} {digest}"));
            }
        }
        Ok(Sha256Digest::of(lines.join("\n").as_bytes()).to_string())
    }

    fn known(&self, key: &str) -> Option<Judged> {
        let path = TreePath::parse(&format!("{CACHE}/{key}.json")).ok().filter(|_| self.is_kept)?;
        let bytes = self.disk.read(&path, Limits::default().bytes).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// A cache that cannot be written is none.
    fn keep(&self, key: &str, judged: &Judged) {
        if self.is_kept {
            let file = self.root.join(CACHE).join(format!("{key}.json"));
            let _ = write_atomically(&file, |out| serde_json::to_writer(out, judged).map_err(Into::into));
        }
    }
}

/// The project of a commit.
struct Opened {
    workspace: Workspace,
    loaded: LoadedConfig,
    as_of: Timestamp,
}

/// What several commits come to, each judged once.
pub struct Judgements<'j> {
    judge: &'j Judge<'j>,
    known: BTreeMap<crate::git::ObjectId, Result<Arc<Judged>, String>>,
}

impl<'j> Judgements<'j> {
    /// Nothing is judged yet.
    pub fn new(judge: &'j Judge<'j>) -> Self {
        Self { judge, known: BTreeMap::new() }
    }

    /// What a commit comes to, or why it cannot be judged.
    ///
    /// # Errors
    /// In one sentence, what is wrong with the project of the commit.
    pub fn of(&mut self, past: &Past<'_>, commit: &Commit) -> Result<Arc<Judged>, String> {
        let judge = self.judge;
        let judged = || judge.judged(past, commit).map(Arc::new).map_err(|errors| errors.first_message());
        self.known.entry(commit.id).or_insert_with(judged).clone()
    }

    /// What is known of a commit, from this run or an earlier one.
    pub fn remembered(&self, past: &Past<'_>, commit: &Commit) -> Option<Arc<Judged>> {
        match self.known.get(&commit.id) {
            Some(known) => known.as_ref().ok().cloned(),
            None => self.judge.remembered(past, commit).map(Arc::new),
        }
    }
}
