//! Who committed what an attestation file says now.
//!
//! The commit that counts is the one that gave the file its present content, layout and approvals aside: commits are
//! followed backwards as long as a parent says the same. Where a merge took up an older content again, although the other side
//! had changed it since, the merge is what counts: otherwise an old signature could bring back what its author withdrew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use probity_assessment::attest::{AttestationFile, authored, endorsed};
use probity_diagnostics::{Diagnostic, Sha256Digest, TreePath, codes as files};
use probity_oscal::OscalDocument;

use crate::git::{AllowedSigners, Commit, ObjectId, Repository, SignedBy};

/// The history of a project, and whose keys are whose.
#[derive(Clone)]
pub(super) struct Provenance {
    repository: Repository,
    /// The commit that is looked at, or that the folder is based on.
    commit: Commit,
    /// The commit that the keys are from.
    keys_from: Commit,
    signers: AllowedSigners,
    /// What versions of files say, by object.
    contents: Arc<Mutex<BTreeMap<ObjectId, Option<Contents>>>>,
}

/// What a version of a file says: what its authors state, and that with approvals.
#[derive(Clone, Copy)]
struct Contents {
    authored: Sha256Digest,
    endorsed: Sha256Digest,
}

impl Provenance {
    /// The history of the project in `root`; keys are those in `file` of the revision `signers`.
    pub(super) fn open(
        root: &Path,
        rev: Option<&str>,
        signers: Option<&str>,
        file: &str,
    ) -> Result<Self, Diagnostic> {
        let repository = Repository::discover(root)?;
        let commit = repository.resolve(rev.unwrap_or("HEAD"))?;
        let keys_from = signers.map_or_else(|| Ok(commit.clone()), |rev| repository.resolve(rev))?;
        let path = repository.below().join(file)?;
        let Some(id) = repository.entry(&keys_from, &path)? else {
            let message = format!("commit {} has no `{path}`", keys_from.id.short());
            return Err(Diagnostic::error(&files::FILE_NOT_FOUND, message));
        };
        let text = repository.content(id)?;
        let signers = AllowedSigners::parse(&String::from_utf8_lossy(&text));
        Ok(Self { repository, commit, keys_from, signers, contents: Arc::default() })
    }

    pub(super) fn passed_over(&self) -> impl Iterator<Item = &(usize, String)> {
        self.signers.passed_over.iter()
    }

    pub(super) fn fingerprint(&self) -> String {
        format!("{} {}", self.commit.id, self.keys_from.id)
    }

    /// For each statement of a file, why it is not its author's, or not approved by its approver.
    pub(super) fn doubts(&self, file: &AttestationFile) -> Vec<Vec<String>> {
        let authored = self.committed(file, |contents| contents.authored, "statement");
        let approvers = file.emails(file.approvals.iter().flat_map(|approval| &approval.parties));
        let approval = (!file.approvals.is_empty()).then(|| {
            let made = self.committed(file, |contents| contents.endorsed, "approval");
            self.check(&made, &approvers, "approval", "approver")
        });
        let each = file.statements.iter().map(|statement| {
            let authors = file.emails(&statement.authors);
            let own = self.check(&authored, &authors, "statement", "author");
            together(own, approval.as_ref())
        });
        each.collect()
    }

    /// The keys of somebody with one of the addresses that have signed all commits that made something.
    fn check(
        &self,
        made: &Result<Vec<Commit>, String>,
        emails: &BTreeSet<String>,
        what: &str,
        whose: &str,
    ) -> Result<Vec<SignedBy>, String> {
        if emails.is_empty() {
            return Err(format!("its {whose} has no e-mail address that a signature could be held against"));
        }
        let mut keys = Vec::new();
        for commit in made.as_ref().map_err(Clone::clone)? {
            let id = commit.id.short();
            let signed = self.repository.signed_by(commit);
            let signed = signed.map_err(|why| format!("commit {id}, which made the {what}, {why}"))?;
            if emails.iter().any(|email| self.signers.allow(&signed, email)) {
                keys.push(signed);
                continue;
            }
            let emails: Vec<&str> = emails.iter().map(String::as_str).collect();
            let owners = self.signers.owners(&signed);
            let whose_key = if owners.is_empty() {
                format!("with the key {}, which is not among the allowed signers", signed.fingerprint())
            } else {
                format!("with a key of {}", owners.join(", "))
            };
            let emails = emails.join(", ");
            return Err(format!(
                "commit {id}, which made the {what}, is signed {whose_key}, not of its {whose} {emails}"
            ));
        }
        Ok(keys)
    }

    /// The commits that gave a file what it says.
    fn committed(
        &self,
        file: &AttestationFile,
        of: impl Fn(&Contents) -> Sha256Digest,
        what: &str,
    ) -> Result<Vec<Commit>, String> {
        let path = self.repository.below().join(file.path.as_str()).map_err(|error| error.to_string())?;
        let at = |commit: &Commit| {
            let contents = self.contents(commit, &path).map_err(|finding| finding.message)?;
            Ok::<_, String>(contents.as_ref().map(&of))
        };
        // what lies in the folder may differ from what was committed
        let wanted = of(&Contents { authored: file.authored, endorsed: file.endorsed });
        if at(&self.commit)? != Some(wanted) {
            return Err(format!("the {what} is not committed as it stands"));
        }
        self.made(wanted, &at)
    }

    /// The commits that first have a content, seen from the one that is looked at.
    fn made(
        &self,
        wanted: Sha256Digest,
        at: &impl Fn(&Commit) -> Result<Option<Sha256Digest>, String>,
    ) -> Result<Vec<Commit>, String> {
        let mut found: Vec<Commit> = Vec::new();
        let mut chosen: Vec<(Commit, Vec<Commit>)> = Vec::new();
        let mut seen = BTreeSet::new();
        let mut open = vec![self.commit.clone()];
        while let Some(commit) = open.pop() {
            if !seen.insert(commit.id) {
                continue;
            }
            let (mut same, mut others) = (Vec::new(), Vec::new());
            for parent in &commit.parents {
                let parent = self.repository.commit(*parent).map_err(|finding| finding.message)?;
                if at(&parent)? == Some(wanted) { same.push(parent) } else { others.push(parent) }
            }
            if same.is_empty() {
                if commit.parents.is_empty() && self.repository.is_shallow() {
                    return Err("the clone is shallow and does not hold the commit that made it".to_owned());
                }
                found.push(commit);
            } else {
                if !others.is_empty() {
                    chosen.push((commit, others));
                }
                open.extend(same);
            }
        }
        let first = found.clone();
        for (merge, others) in chosen {
            let withdrew = |other: &Commit| first.iter().any(|made| self.repository.descends(other, made));
            if others.iter().any(withdrew) {
                found.push(merge);
            }
        }
        Ok(found)
    }

    /// What a file says in a commit; none where it is not there or not understood.
    fn contents(&self, commit: &Commit, path: &TreePath) -> Result<Option<Contents>, Diagnostic> {
        let Some(id) = self.repository.entry(commit, path)? else { return Ok(None) };
        let known = || self.contents.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(contents) = known().get(&id) {
            return Ok(*contents);
        }
        let bytes = self.repository.content(id)?;
        let contents = match probity_oscal::parse(&bytes, path).map(|loaded| loaded.value.document) {
            Ok(OscalDocument::AssessmentResults(model)) => {
                Some(Contents { authored: authored(&model), endorsed: endorsed(&model) })
            }
            _ => None,
        };
        known().insert(id, contents);
        Ok(contents)
    }
}

/// What is wrong with the keys of a statement and its approval.
fn together(
    own: Result<Vec<SignedBy>, String>,
    approval: Option<&Result<Vec<SignedBy>, String>>,
) -> Vec<String> {
    if let (Ok(own), Some(Ok(other))) = (&own, approval)
        && own.iter().any(|key| other.iter().any(|other| other.same_key(key)))
    {
        return vec!["its author and its approver have signed with the same key".to_owned()];
    }
    let refused = approval.and_then(|approval| approval.as_ref().err()).cloned();
    own.err().into_iter().chain(refused).collect()
}
