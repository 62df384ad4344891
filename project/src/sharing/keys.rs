//! Whose keys count, and since when.
//!
//! The file of allowed signers names members (principal `member:NAME`) and those who keep the file itself (principal `registrar`). A
//! key counts for a commit where it stood in the file before that commit, and every change of the file was signed by a registrar of the
//! version before. So a key that somebody adds, in the same commit or in an earlier one, is worth nothing.

use probity_diagnostics::{Diagnostic, TreePath};

use crate::git::{AllowedSigners, Commit, ObjectId, Repository, Walk};

/// The principal of those who may change the file.
const REGISTRAR: &str = "registrar";

/// The file of allowed signers through the history of a repository.
pub(super) struct Keys {
    repository: Repository,
    file: TreePath,
    /// The revision whose keys count besides, and whose history was looked at when it was reviewed.
    reviewed: Option<Commit>,
}

impl Keys {
    pub(super) fn new(repository: &Repository, file: TreePath, reviewed: Option<Commit>) -> Self {
        Self { repository: repository.clone(), file, reviewed }
    }

    /// Whether a commit is signed with a key of a member, by what was known before it.
    ///
    /// # Errors
    /// It is not, in words that follow the commit's id.
    pub(super) fn signed_by(&self, commit: &Commit, member: &str) -> Result<(), String> {
        self.signed_as(commit, &format!("member:{member}")).map_err(|why| {
            why.unwrap_or_else(|owners| format!("is signed with a key of {owners}, not of {member}"))
        })
    }

    /// Whether a commit is signed with a key of a person, by what was known before it.
    ///
    /// # Errors
    /// It is not, in words that follow the commit's id.
    pub(super) fn signed_by_person(&self, commit: &Commit, email: &str) -> Result<(), String> {
        self.signed_as(commit, email).map_err(|why| {
            why.unwrap_or_else(|owners| format!("is signed with a key of {owners}, not of {email}"))
        })
    }

    /// Whether a commit is signed with a key of a registrar, by what was known before it.
    ///
    /// # Errors
    /// It is not, in words that follow the commit's id.
    pub(super) fn signed_by_registrar(&self, commit: &Commit) -> Result<(), String> {
        let theirs = |owners| format!("is signed with a key of {owners}, not of a registrar");
        self.signed_as(commit, REGISTRAR).map_err(|why| why.unwrap_or_else(theirs))
    }

    /// Whether a commit is signed with a key of a principal; else why not, or whose key it is.
    fn signed_as(&self, commit: &Commit, principal: &str) -> Result<(), Result<String, String>> {
        let signed = self.repository.signed_by(commit).map_err(Ok)?;
        let mut versions = Vec::new();
        for parent in &commit.parents {
            let parent = self.repository.commit(*parent).map_err(|finding| Ok(finding.message))?;
            versions.push(parent);
        }
        if versions.is_empty() {
            return Err(Ok("is the first one: no key was known before it".to_owned()));
        }
        for version in &versions {
            let signers = self.at(version).map_err(|finding| Ok(finding.message))?;
            if !signers.allow(&signed, principal) {
                let owners = signers.owners(&signed).join(", ");
                let unknown = "is signed with a key that was not allowed before it".to_owned();
                return Err(if owners.is_empty() { Ok(unknown) } else { Err(owners) });
            }
        }
        Ok(())
    }

    /// The file in a commit; nobody where it is not there.
    fn at(&self, commit: &Commit) -> Result<AllowedSigners, Diagnostic> {
        let Some(id) = self.repository.entry(commit, &self.file)? else {
            return Ok(AllowedSigners::default());
        };
        let text = self.repository.content(id)?;
        Ok(AllowedSigners::parse(&String::from_utf8_lossy(&text)))
    }

    /// That every change of the file up to a commit was signed by a registrar, and that it began once.
    ///
    /// # Errors
    /// It is not so; in words.
    pub(super) fn chain(&self, head: &Commit) -> Result<(), String> {
        let say = |finding: Diagnostic| finding.message;
        let walk = Walk { since: self.reviewed.as_ref(), ..Walk::default() };
        let reviewed = self.reviewed.as_ref().map(|commit| self.repository.entry(commit, &self.file));
        let mut has_begun = reviewed.transpose().map_err(say)?.flatten().is_some();
        for commit in self.repository.ancestors(head, &walk).map_err(say)? {
            let id = commit.id.short();
            match self.step(&commit).map_err(say)? {
                Step::Same => {}
                Step::Begun if has_begun => {
                    return Err(format!("commit {id} brings a history of allowed signers of its own"));
                }
                Step::Begun => has_begun = true,
                Step::Changed => self
                    .signed_by_registrar(&commit)
                    .map_err(|why| format!("commit {id}, which changes the allowed signers, {why}"))?,
            }
        }
        Ok(())
    }

    /// What a commit did to the file.
    fn step(&self, commit: &Commit) -> Result<Step, Diagnostic> {
        let here = self.repository.entry(commit, &self.file)?;
        let mut before = Vec::new();
        for parent in &commit.parents {
            let parent = self.repository.commit(*parent)?;
            before.push((self.repository.entry(&parent, &self.file)?, parent));
        }
        if before.iter().all(|(id, _)| id.is_none()) {
            return Ok(if here.is_some() { Step::Begun } else { Step::Same });
        }
        let is_expected = match before.as_slice() {
            [(one, first), (other, second)] if one != other => {
                self.is_merged(here, (*one, first), (*other, second))?
            }
            all => all.iter().all(|(one, _)| *one == here),
        };
        Ok(if is_expected { Step::Same } else { Step::Changed })
    }

    /// Whether a merge has what one side made of what both began with.
    fn is_merged(
        &self,
        here: Option<ObjectId>,
        (one, first): (Option<ObjectId>, &Commit),
        (other, second): (Option<ObjectId>, &Commit),
    ) -> Result<bool, Diagnostic> {
        let Ok(base) = self.repository.merge_base(first, second) else { return Ok(false) };
        let base = self.repository.entry(&base, &self.file)?;
        Ok((one == base && here == other) || (other == base && here == one))
    }
}

/// What a commit did to the file of allowed signers.
enum Step {
    /// Nothing, or what one side of a merge did.
    Same,
    /// It was the first to have one.
    Begun,
    /// It changed or deleted it.
    Changed,
}
