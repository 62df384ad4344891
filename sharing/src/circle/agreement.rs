//! Agreements on confidentiality: one text, and a signature for each member.

use jiff::civil::Date;
use probity_diagnostics::document::Limits;
use probity_diagnostics::{Diagnostic, FileTree, Sha256Digest, Step, TreePath};
use serde::Deserialize;

use super::{malformed, record};
use crate::codes;

/// An agreement between members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// What it is called.
    pub title: String,
    /// Who has signed it.
    pub signatures: Vec<Signature>,
}

/// A member's signature.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Signature {
    /// The member.
    pub member: String,
    /// Who signed for it.
    pub signer: String,
    /// The day on which it was signed, and the first one of its term.
    pub signed: Date,
    /// The last day of its term.
    pub until: Date,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct File {
    title: String,
    text: String,
    sha256: String,
    signatures: Vec<Signature>,
}

impl Agreement {
    /// Reads an agreement and holds its text against the digest that was signed.
    ///
    /// # Errors
    /// It cannot be read, the text is not there or is another one, or a term ends before it begins.
    pub fn load(tree: &dyn FileTree, path: &TreePath) -> Step<Self> {
        let mut read = record::<File>(tree, path, &codes::AGREEMENT)?;
        let File { title, text, sha256, signatures } = read.value;
        let refuse = |message: String| malformed(&codes::AGREEMENT, path, message);
        let text = path.sibling(&text).map_err(|error| refuse(error.to_string()))?;
        let bytes = tree.read(&text, Limits::default().bytes).map_err(Diagnostic::from)?;
        if Sha256Digest::of(&bytes).to_string() != sha256 {
            read.warnings.push(refuse(format!("`{text}` is not the text that was signed")));
        }
        for one in signatures.iter().filter(|one| one.until < one.signed) {
            read.warnings.push(refuse(format!("the term of `{}` ends before it begins", one.member)));
        }
        read.warnings.unless_errors(Self { title, signatures })
    }

    /// The last days of the terms of a member that have begun on a day.
    pub(super) fn terms<'a>(&'a self, member: &'a str, day: Date) -> impl Iterator<Item = Date> + 'a {
        self.signatures
            .iter()
            .filter(move |one| one.member == member && one.signed <= day)
            .map(|one| one.until)
    }
}
