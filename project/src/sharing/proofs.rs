//! What is known of a document beside its colour: that it was scrubbed, and that a second person approves it.

use probity_diagnostics::document::Limits;
use probity_diagnostics::{Diagnostics, FileTree, TreePath};
use probity_sharing::plan::Proof;
use probity_sharing::scrub::{Claim, File, Ours, REPORT, left};
use probity_sharing::{Approval, Circle, Label, Refusal, Stop, approval_path, codes, rules};

use super::colours::Colours;

/// A document, and with what its proofs are looked for.
pub(super) struct Proving<'p> {
    pub(super) tree: &'p dyn FileTree,
    pub(super) circle: &'p Circle,
    pub(super) colours: Result<&'p Colours, &'p String>,
    pub(super) path: &'p TreePath,
    pub(super) bytes: &'p [u8],
}

impl Proving<'_> {
    /// Whether the document was scrubbed, with nothing left, and is what came of it.
    pub(super) fn scrubbed(&self) -> Proof {
        let (path, report) = self.report()?;
        let claim = Claim::read(&report, &path).map_err(|findings| told(&findings))?;
        claim.shows(self.path, self.bytes)?;
        // a report is a file that anybody could write: what never stays is looked for once more
        let ours = Ours::of_members(&self.circle.register).map_err(|findings| told(&findings))?;
        let file = File { path: self.path.clone(), bytes: self.bytes.to_owned(), label: Label::UNMARKED };
        match left(&[file], &ours).map_err(|findings| told(&findings))?.first() {
            Some(found) => Err(format!("at `{}` stands a value of kind {}", found.place, found.rule.name())),
            None => Ok(()),
        }
    }

    /// Whether a second person has approved the document as it is.
    pub(super) fn approved(&self) -> Proof {
        let path = approval_path(self.path).map_err(|finding| finding.message)?;
        let read = self.read(&path).ok_or_else(|| format!("no `{}` lies beside it", path.file_name()))?;
        let approval = Approval::read(&read, &path).map_err(|findings| told(&findings))?;
        approval.is_of(self.bytes, &self.report()?.1)?;
        self.is_ours(&approval.by)?;
        self.colours.map_err(Clone::clone)?.second(self.tree, &path, self.path, &approval.by)
    }

    /// The approval that somebody gives, where they may.
    ///
    /// # Errors
    /// They may not: they do not belong to us, or have made the document; or there is no report of its scrubbing.
    pub(super) fn approve(&self, by: &str) -> Result<Approval, Stop> {
        let refuse = |why: String| {
            let message = format!("{by} cannot approve `{}`: {why}", self.path);
            let remedy = "have somebody else of the register approve it who belongs to us";
            Refusal::new(rules::PUBLIC, &codes::NOT_APPROVED, message, remedy).of(self.path.as_str(), None)
        };
        let may = || {
            self.is_ours(by)?;
            let makers = self.colours.map_err(Clone::clone)?.makers(self.path)?;
            match makers.iter().find(|maker| maker.email.eq_ignore_ascii_case(by)) {
                Some(maker) => Err(format!("{by} made commit {} of it", maker.id.short())),
                None => Ok(()),
            }
        };
        may().map_err(refuse)?;
        let report = self.report().map_err(refuse)?.1;
        Ok(Approval::new(self.bytes, &report, by))
    }

    /// Whether somebody of the register belongs to us.
    fn is_ours(&self, email: &str) -> Result<(), String> {
        let us = &self.circle.policy.member;
        let is_theirs = |known: &String| known.eq_ignore_ascii_case(email);
        let person = self.circle.register.persons.iter().find(|one| one.emails.iter().any(is_theirs));
        match person {
            Some(person) if person.members.contains(us) => Ok(()),
            Some(_) => Err(format!("{email} does not belong to {us}")),
            None => Err(format!("the register knows no person with the address {email}")),
        }
    }

    /// The report that lies beside the document.
    fn report(&self) -> Result<(TreePath, Vec<u8>), String> {
        let path = self.path.parent().join(&format!("./{REPORT}")).map_err(|error| error.to_string())?;
        let bytes = self.read(&path).ok_or_else(|| format!("no `{REPORT}` lies beside it"))?;
        Ok((path, bytes))
    }

    fn read(&self, path: &TreePath) -> Option<Vec<u8>> {
        self.tree.read(path, Limits::default().bytes).ok()
    }
}

fn told(findings: &Diagnostics) -> String {
    findings.first_message()
}
