//! What the repository of a project holds that not everybody who reads it may see.
//!
//! All files that git tracks are looked at, and all versions that a branch, a tag or another reference leads to: what was committed once is
//! read by whoever has the repository. Below `sharing/` whatever nobody marked is TLP:AMBER, as everywhere; elsewhere a file is a document where
//! it says a colour.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use probity_diagnostics::{Diagnostic, Location, TreePath};
use probity_sharing::audience::Role;
use probity_sharing::circle::{FOLDER, Policy, Store};
use probity_sharing::marking::{self, Source, sidecar_path};
use probity_sharing::package::seal;
use probity_sharing::{Label, codes, rules};

use super::RECEIVED;
use crate::git::{ObjectId, Repository, Version};

/// Where what others are scrubbed with is kept: words, indicators, seeds.
pub const SCRUB: &str = "sharing/scrub";

/// What is for members only.
const OF_MEMBERS: [&str; 4] =
    ["sharing/members.yaml", "sharing/nda", "sharing/applications", "sharing/groups"];

/// What says how the community is run, and is no document.
const NO_DOCUMENTS: [&str; 3] = ["sharing/policy.yaml", "sharing/governance.yaml", "sharing/lexicon.yaml"];

/// Texts of which one stands in every document that says a colour, in small letters.
const TRACES: [&str; 5] = ["tlp", "marking", "iodef", "incidentid", "base64"];

/// What was looked at, and what should not be there.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// How many files git tracks.
    pub files: usize,
    /// How many versions of files the history has.
    pub versions: usize,
    /// What should not be there.
    pub found: Vec<Diagnostic>,
}

/// Something that should not be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Wrong {
    /// A secret key.
    Key,
    /// Something that was received.
    Received,
    /// What others are scrubbed with.
    Scrub,
    /// What is for members only.
    OfMembers,
    /// A document that not all readers may see.
    Colour(Label),
    /// A document whose colour cannot be told.
    Unknown,
}

/// Looks at the repository that a project lies in.
///
/// # Errors
/// There is none, or an object is missing from it.
pub fn kept(root: &Path, policy: &Policy) -> Result<Kept, Diagnostic> {
    let repository = Repository::discover(root)?;
    let mut look = Look { repository: &repository, policy, known: HashMap::new(), keys: HashMap::new() };
    let mut all: BTreeMap<(TreePath, Wrong), Seen> = BTreeMap::new();
    let tracked = repository.tracked()?;
    for (path, content) in &tracked {
        let beside = tracked.get(&sidecar_path(path)?).copied();
        for wrong in look.at(path, *content, beside)? {
            all.entry((path.clone(), wrong)).or_default().is_tracked = true;
        }
    }
    let mut versions = Vec::new();
    repository.versions(|folder| versions.push(folder.to_vec()))?;
    let mut count = 0;
    for folder in versions {
        let names: BTreeMap<&TreePath, ObjectId> =
            folder.iter().map(|one| (&one.path, one.content)).collect();
        for Version { commit, path, content } in &folder {
            count += 1;
            let beside = names.get(&sidecar_path(path)?).copied();
            for wrong in look.at(path, *content, beside)? {
                all.entry((path.clone(), wrong)).or_default().commit.get_or_insert(commit.short());
            }
        }
    }
    let is_told =
        |wrong: Wrong, seen: &Seen| seen.is_tracked || wrong != Wrong::Unknown || policy.store.is_shared();
    let all = all.into_iter().filter(|((_, wrong), seen)| is_told(*wrong, seen));
    let mut found: Vec<Diagnostic> =
        all.map(|((path, wrong), seen)| seen.finding(&look.shown(&path), wrong, &policy.store)).collect();
    if repository.is_shallow() {
        let message = "the clone is shallow: what was committed before is not known";
        let finding = Diagnostic::error(&codes::STORE, message).rule(rules::STORE.id);
        found.push(finding.help("`git fetch --unshallow` brings the whole history"));
    }
    Ok(Kept { files: tracked.len(), versions: count, found })
}

/// Where something was seen.
#[derive(Debug, Clone, Default)]
struct Seen {
    is_tracked: bool,
    /// The first commit that has it.
    commit: Option<String>,
}

impl Seen {
    fn finding(&self, path: &TreePath, wrong: Wrong, store: &Store) -> Diagnostic {
        let (what, remedy) = match wrong {
            Wrong::Key => {
                ("a secret key of age".to_owned(), "make another key: this one is not secret any more")
            }
            Wrong::Received => (
                "something that was received".to_owned(),
                "keep it out of git, as `probity share receive` does",
            ),
            Wrong::Scrub => (
                "something that others are scrubbed with".to_owned(),
                "keep it where only those read it who scrub",
            ),
            Wrong::OfMembers => {
                ("something for members only".to_owned(), "keep it in a repository for members")
            }
            Wrong::Colour(label) => {
                (label.to_string(), "share it in a package, or have its originator change the colour")
            }
            Wrong::Unknown => {
                ("a document whose colour cannot be told".to_owned(), "`probity share mark lint` says why")
            }
        };
        let place = match (self.is_tracked, &self.commit) {
            (true, None) => "is tracked".to_owned(),
            (true, Some(commit)) => format!("is tracked, and in the history since commit {commit}"),
            (false, commit) => {
                let commit = commit.as_deref().unwrap_or_default();
                format!("is in the history since commit {commit}, though no file any more")
            }
        };
        let message = format!("`{path}` holds {what}, in a repository for {store}: it {place}");
        let finding = Diagnostic::error(&codes::STORE, message).rule(rules::STORE.id).help(remedy);
        let finding = match self.commit {
            Some(_) => finding
                .help("what was committed stays there until the history is written anew: `git filter-repo`"),
            None => finding,
        };
        finding.at(Location::file(path))
    }
}

/// Looks at files of one repository.
struct Look<'r> {
    repository: &'r Repository,
    policy: &'r Policy,
    /// What is known of documents, by their content, that of the sidecar and the path.
    known: HashMap<(ObjectId, Option<ObjectId>, TreePath), Option<Wrong>>,
    /// Which contents hold secret keys.
    keys: HashMap<ObjectId, bool>,
}

impl Look<'_> {
    /// The path as counted from the folder of the project, where it lies in it.
    fn shown(&self, path: &TreePath) -> TreePath {
        self.of_project(path).and_then(|inner| TreePath::parse(inner).ok()).unwrap_or_else(|| path.clone())
    }

    fn of_project<'p>(&self, path: &'p TreePath) -> Option<&'p str> {
        match self.repository.below().as_str() {
            "" => Some(path.as_str()),
            below => path.as_str().strip_prefix(below)?.strip_prefix('/'),
        }
    }

    /// What is wrong with a file.
    fn at(
        &mut self,
        path: &TreePath,
        content: ObjectId,
        sidecar: Option<ObjectId>,
    ) -> Result<BTreeSet<Wrong>, Diagnostic> {
        let mut found = BTreeSet::new();
        if self.holds_key(content)? {
            found.insert(Wrong::Key);
        }
        let inner = self.of_project(path).unwrap_or_default().to_owned();
        let lies_in = |folders: &[&str]| folders.iter().any(|folder| is_in(&inner, folder));
        let store = &self.policy.store;
        if lies_in(&[RECEIVED]) && store.is_shared() && path.file_name() != ".gitignore" {
            found.insert(Wrong::Received);
        }
        if lies_in(&[SCRUB]) && store.is_shared() {
            found.insert(Wrong::Scrub);
        }
        if lies_in(&OF_MEMBERS) && store.is_beyond_members() {
            found.insert(Wrong::OfMembers);
        }
        let is_none = lies_in(&OF_MEMBERS) || lies_in(&NO_DOCUMENTS) || lies_in(&[SCRUB]);
        if !is_none && !path.as_str().ends_with(".marking.yaml") && path.file_name() != ".gitignore" {
            found.extend(self.document(path, content, sidecar, is_in(&inner, FOLDER))?);
        }
        Ok(found)
    }

    fn holds_key(&mut self, content: ObjectId) -> Result<bool, Diagnostic> {
        if let Some(known) = self.keys.get(&content) {
            return Ok(*known);
        }
        let holds = seal::holds_identity(&self.repository.content(content)?);
        self.keys.insert(content, holds);
        Ok(holds)
    }

    /// Whether not everybody may see a document. What is not shared is one where it says a colour.
    fn document(
        &mut self,
        path: &TreePath,
        content: ObjectId,
        sidecar: Option<ObjectId>,
        is_shared: bool,
    ) -> Result<Option<Wrong>, Diagnostic> {
        let key = (content, sidecar, path.clone());
        if let Some(known) = self.known.get(&key) {
            return Ok(*known);
        }
        let bytes = self.repository.content(content)?;
        let beside = sidecar.map(|id| self.repository.content(id)).transpose()?;
        let is_looked_at = is_shared || beside.is_some() || has_trace(&bytes);
        let wrong = match is_looked_at.then(|| marking::of(&bytes, path, beside.as_deref())) {
            None => None,
            Some(Ok(found)) => {
                let is_ours = found.originator.as_ref().is_none_or(|name| *name == self.policy.member);
                let role = if is_ours { Role::Originator } else { Role::Holder };
                let is_document = is_shared || found.source != Source::Unmarked;
                let may = self.policy.store.may_hold(self.policy.profile, found.label, role);
                (is_document && !may).then_some(Wrong::Colour(found.label))
            }
            // what is no document of ours need not be readable
            Some(Err(_)) => (is_shared || beside.is_some()).then_some(Wrong::Unknown),
        };
        self.known.insert(key, wrong);
        Ok(wrong)
    }
}

/// Whether a path is another one or lies below it.
fn is_in(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether bytes hold one of the texts that stand in every document which says a colour.
fn has_trace(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    TRACES.iter().any(|trace| text.contains(trace)) || !text.is_ascii()
}
