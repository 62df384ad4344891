//! Whether colours were changed by their originators: the history of a document, held against signatures.
//!
//! Every commit that a document came through is looked at, renames and merges included. A document begins as what unmarked ones are: where it
//! is wider from its first commit on, that commit is signed by its originator. Each later change of colour is a commit of the originator, too,
//! with trailers that say the document, the colours and the reason. A merge has the colour that one of its sides changed it to; any other is a
//! change of its own. Who the originator is says the version before.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use probity_diagnostics::document::Limits;
use probity_diagnostics::{Diagnostic, FileTree, TreePath};
use probity_sharing::marking::{self, sidecar_path};
use probity_sharing::{Label, Refusal, Stop, codes, rules};

use super::keys::Keys;
use crate::git::{Commit, ObjectId, Repository, Walk};

/// A change of colour that its originator made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColourChange {
    /// The commit.
    pub commit: String,
    /// The colour before.
    pub from: Label,
    /// The colour since.
    pub to: Label,
    /// Why.
    pub reason: String,
}

/// The history of colours in a repository.
pub struct Colours {
    repository: Repository,
    /// The commit that is looked at, or that the folder is based on.
    head: Commit,
    keys: Keys,
    /// The member that documents come from that name nobody.
    us: String,
    /// What versions of documents are, by the objects of document and sidecar.
    known: RefCell<BTreeMap<(ObjectId, Option<ObjectId>), State>>,
}

/// What a version of a document is.
#[derive(Debug, Clone, PartialEq, Eq)]
struct State {
    label: Label,
    originator: String,
}

/// A version of a document before the one that is looked at.
struct Before {
    commit: Commit,
    path: TreePath,
    state: State,
}

impl Colours {
    /// The history up to a commit. `signers` is the file of allowed signers, counted from the root of the repository's commits.
    pub fn new(
        repository: &Repository,
        head: Commit,
        signers: TreePath,
        reviewed: Option<Commit>,
        us: &str,
    ) -> Self {
        let keys = Keys::new(repository, signers, reviewed);
        Self { repository: repository.clone(), head, keys, us: us.to_owned(), known: RefCell::default() }
    }

    /// The colour of a committed document and the changes that led to it, newest first. `path` counts from the folder that the
    /// repository was found from. None where it is not committed.
    ///
    /// # Errors
    /// A change is not its originator's, or the history cannot be read to its beginning.
    pub fn verify(&self, path: &TreePath) -> Result<Option<(Label, Vec<ColourChange>)>, Stop> {
        let full = self.repository.below().join(&format!("./{path}"));
        let full = full.map_err(|error| {
            Diagnostic::error(&probity_diagnostics::codes::PATH_OUTSIDE, error.to_string())
        })?;
        let Some(now) = self.state(&self.head, &full)? else { return Ok(None) };
        let refuse = |commit: &Commit, why: &str| {
            let id = commit.id.short();
            refusal(
                path,
                now.label,
                format!("the colour of `{path}` is not its originator's: commit {id} {why}"),
            )
        };
        let mut changes = Vec::new();
        let mut seen = BTreeSet::new();
        let mut open = vec![(self.head.clone(), full)];
        while let Some((commit, path)) = open.pop() {
            if !seen.insert((commit.id, path.clone())) {
                continue;
            }
            let Some(state) = self.state(&commit, &path)? else { continue };
            let before = self.before(&commit, &path)?;
            let change = match self.expected(&before)? {
                Some(expected) => self.change(&commit, &path, &expected, &state),
                None => self.creation(&commit, &state),
            };
            changes.extend(change.map_err(|why| refuse(&commit, &why))?);
            open.extend(before.into_iter().map(|one| (one.commit, one.path)));
        }
        if !changes.is_empty() {
            self.keys
                .chain(&self.head)
                .map_err(|why| refusal(path, now.label, format!("keys cannot be relied on: {why}")))?;
        }
        Ok(Some((now.label, changes)))
    }

    /// Whether a file is committed as it stands, in a commit that a member has signed. `path` counts from the folder that the repository
    /// was found from.
    ///
    /// # Errors
    /// It is not so; in words.
    pub fn vouches(&self, tree: &dyn FileTree, path: &TreePath, member: &str) -> Result<(), String> {
        self.vouches_by(tree, path, |commit| self.keys.signed_by(commit, member))
    }

    /// The same, of a commit that a member or a registrar has signed.
    ///
    /// # Errors
    /// As [`Colours::vouches`].
    pub(super) fn registrar_vouches(
        &self,
        tree: &dyn FileTree,
        path: &TreePath,
        member: &str,
    ) -> Result<(), String> {
        self.vouches_by(tree, path, |commit| {
            self.keys.signed_by(commit, member).or_else(|_| self.keys.signed_by_registrar(commit))
        })
    }

    fn vouches_by(
        &self,
        tree: &dyn FileTree,
        path: &TreePath,
        signed: impl Fn(&Commit) -> Result<(), String>,
    ) -> Result<(), String> {
        let newest = self.committed(tree, path)?;
        signed(&newest).map_err(|why| format!("commit {} {why}", newest.id.short()))?;
        self.keys.chain(&self.head)
    }

    /// Whether an approval is committed as it stands, signed by the person who approves, who is none of those that made the document: their
    /// commits have another author and another key. Paths count from the folder that the repository was found from.
    ///
    /// # Errors
    /// It is not so; in words.
    pub fn second(
        &self,
        tree: &dyn FileTree,
        approval: &TreePath,
        document: &TreePath,
        by: &str,
    ) -> Result<(), String> {
        let newest = self.committed(tree, approval)?;
        let id = newest.id.short();
        self.keys.signed_by_person(&newest, by).map_err(|why| format!("commit {id} {why}"))?;
        let signed = self.repository.signed_by(&newest).map_err(|why| format!("commit {id} {why}"))?;
        for maker in self.makers(document)? {
            let id = maker.id.short();
            if maker.email.eq_ignore_ascii_case(by) {
                return Err(format!("{by} made commit {id} of it"));
            }
            if self.repository.signed_by(&maker).is_ok_and(|other| other.same_key(&signed)) {
                return Err(format!("it is signed with the key that commit {id} of it is signed with"));
            }
        }
        self.keys.chain(&self.head)
    }

    /// The commits that made a document what it is, its sidecar and names that it had before included.
    ///
    /// # Errors
    /// The history cannot be read; in words.
    pub fn makers(&self, document: &TreePath) -> Result<Vec<Commit>, String> {
        let say = |finding: Diagnostic| finding.message;
        let full = self.full(document)?;
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        let mut open = vec![(self.head.clone(), full)];
        while let Some((commit, path)) = open.pop() {
            if !seen.insert((commit.id, path.clone())) {
                continue;
            }
            let objects = |commit: &Commit, path: &TreePath| {
                Ok::<_, Diagnostic>((
                    self.repository.entry(commit, path)?,
                    self.repository.entry(commit, &sidecar_path(path)?)?,
                ))
            };
            let here = objects(&commit, &path).map_err(say)?;
            let before = self.before(&commit, &path).map_err(say)?;
            let mut is_new = true;
            for one in &before {
                is_new &= objects(&one.commit, &one.path).map_err(say)? != here;
            }
            if is_new && here.0.is_some() {
                found.push(commit);
            }
            open.extend(before.into_iter().map(|one| (one.commit, one.path)));
        }
        Ok(found)
    }

    /// A path from the root of the repository's commits.
    fn full(&self, path: &TreePath) -> Result<TreePath, String> {
        self.repository.below().join(&format!("./{path}")).map_err(|error| error.to_string())
    }

    /// The newest commit that gave a file its content, which it still has.
    fn committed(&self, tree: &dyn FileTree, path: &TreePath) -> Result<Commit, String> {
        let say = |finding: Diagnostic| finding.message;
        let full = self.full(path)?;
        let here = self.repository.entry(&self.head, &full).map_err(say)?;
        let bytes = tree.read(path, Limits::default().bytes).map_err(|error| error.to_string())?;
        let committed = here.map(|id| self.repository.content(id)).transpose().map_err(say)?;
        if committed.as_ref() != Some(&bytes) {
            return Err("it is not committed as it stands".to_owned());
        }
        let paths = [full.clone()];
        let walk = Walk { paths: &paths, ..Walk::default() };
        let found = self.repository.ancestors(&self.head, &walk).map_err(say)?;
        let newest = found.into_iter().next().ok_or("nothing committed it")?;
        if self.repository.entry(&newest, &full).map_err(say)? != here {
            return Err("a merge took up an older version of it".to_owned());
        }
        Ok(newest)
    }

    /// The versions that a commit had before it: in the commits that it builds on, under the same name or another one; else the last one
    /// before it was deleted.
    fn before(&self, commit: &Commit, path: &TreePath) -> Result<Vec<Before>, Diagnostic> {
        let mut found = Vec::new();
        for parent in &commit.parents {
            let parent = self.repository.commit(*parent)?;
            let at = match self.repository.entry(&parent, path)? {
                Some(_) => Some(path.clone()),
                None => self.repository.renamed_from(&parent, commit, path)?,
            };
            let Some(path) = at else { continue };
            if let Some(state) = self.state(&parent, &path)? {
                found.push(Before { commit: parent, path, state });
            }
        }
        if found.is_empty() {
            found.extend(self.deleted(commit, path)?);
        }
        Ok(found)
    }

    fn deleted(&self, commit: &Commit, path: &TreePath) -> Result<Option<Before>, Diagnostic> {
        let paths = [path.clone()];
        let walk = Walk { paths: &paths, ..Walk::default() };
        for older in self.repository.ancestors(commit, &walk)?.into_iter().filter(|one| one.id != commit.id) {
            if let Some(state) = self.state(&older, path)? {
                return Ok(Some(Before { commit: older, path: path.clone(), state }));
            }
        }
        Ok(None)
    }

    /// What a version is expected to be after those before it: what one side of a merge changed it to, else the stricter one.
    fn expected(&self, before: &[Before]) -> Result<Option<State>, Diagnostic> {
        let [one, other] = before else {
            return Ok(before.iter().map(|one| one.state.clone()).max_by_key(|state| state.label));
        };
        if one.state == other.state {
            return Ok(Some(one.state.clone()));
        }
        let base = match self.repository.merge_base(&one.commit, &other.commit) {
            Ok(base) => self.state(&base, &one.path)?,
            Err(_) => None,
        };
        Ok(Some(match base {
            Some(base) if base == one.state => other.state.clone(),
            Some(base) if base == other.state => one.state.clone(),
            _ if one.state.label >= other.state.label => one.state.clone(),
            _ => other.state.clone(),
        }))
    }

    /// Whether the first version of a document is what its originator made, or no wider than what nobody marked.
    fn creation(&self, commit: &Commit, state: &State) -> Result<Option<ColourChange>, String> {
        if commit.parents.is_empty() && self.repository.is_shallow() {
            return Err("is where a shallow clone ends: what was before it is not known".to_owned());
        }
        if state.label >= Label::UNMARKED {
            return Ok(None);
        }
        self.keys.signed_by(commit, &state.originator)?;
        let reason = commit.summary.clone();
        Ok(Some(ColourChange {
            commit: commit.id.to_string(),
            from: Label::UNMARKED,
            to: state.label,
            reason,
        }))
    }

    /// Whether a commit may make a document what it is of what it was.
    fn change(
        &self,
        commit: &Commit,
        path: &TreePath,
        from: &State,
        to: &State,
    ) -> Result<Option<ColourChange>, String> {
        if from == to {
            return Ok(None);
        }
        self.keys.signed_by(commit, &from.originator)?;
        if from.label == to.label {
            return Ok(None);
        }
        let trailers = self.repository.trailers(commit).map_err(|finding| finding.message)?;
        let trailer = |name: &str| match trailers.get(name).map(Vec::as_slice) {
            Some([one]) if !one.is_empty() => Ok(one.as_str()),
            Some([_]) => Err(format!("has an empty trailer `{name}`")),
            Some(_) => Err(format!("has several trailers `{name}`")),
            None => Err(format!("has no trailer `{name}`")),
        };
        let document = trailer("TLP-Document")?;
        let below = self.repository.below();
        let is_it =
            document == path.as_str() || below.join(&format!("./{document}")).is_ok_and(|it| it == *path);
        if !is_it {
            return Err("has a trailer `TLP-Document` of another document".to_owned());
        }
        for (name, label) in [("TLP-From", from.label), ("TLP-To", to.label)] {
            if trailer(name)?.parse() != Ok(label) {
                return Err(format!("has a trailer `{name}` that is not {label}"));
            }
        }
        let reason = trailer("TLP-Reason")?.to_owned();
        Ok(Some(ColourChange { commit: commit.id.to_string(), from: from.label, to: to.label, reason }))
    }

    /// What a document is in a commit; none where it is not there. One that is refused counts as the strictest.
    fn state(&self, commit: &Commit, path: &TreePath) -> Result<Option<State>, Diagnostic> {
        let Some(document) = self.repository.entry(commit, path)? else { return Ok(None) };
        let sidecar = self.repository.entry(commit, &sidecar_path(path)?)?;
        if let Some(known) = self.known.borrow().get(&(document, sidecar)) {
            return Ok(Some(known.clone()));
        }
        let bytes = self.repository.content(document)?;
        let beside = sidecar.map(|id| self.repository.content(id)).transpose()?;
        let state = match marking::of(&bytes, path, beside.as_deref()) {
            Ok(found) => {
                State { label: found.label, originator: found.originator.unwrap_or_else(|| self.us.clone()) }
            }
            Err(_) => State { label: Label::Red, originator: self.us.clone() },
        };
        self.known.borrow_mut().insert((document, sidecar), state.clone());
        Ok(Some(state))
    }
}

fn refusal(path: &TreePath, label: Label, message: String) -> Refusal {
    let remedy = "have the originator commit the change: `probity share mark set` says how";
    Refusal::new(rules::ORIGINATOR, &codes::NOT_ORIGINATOR, message, remedy).of(path.as_str(), Some(label))
}
