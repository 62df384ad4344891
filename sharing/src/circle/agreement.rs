//! Agreements on confidentiality: one text, and a signature for each member.

use jiff::civil::Date;
use probity_diagnostics::document::Limits;
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Sha256Digest, Step, TreePath};
use serde::Deserialize;

use super::{malformed, record, yaml_below};
use crate::codes;

/// An agreement between members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Its file.
    pub path: TreePath,
    /// The digest of the text that is signed.
    pub sha256: String,
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
    /// The file that holds it alone; none where it is listed in the agreement.
    #[serde(skip)]
    pub record: Option<TreePath>,
}

/// A signature in a file of its own, which is called like the member.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Alone {
    signer: String,
    signed: Date,
    until: Date,
    sha256: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct File {
    title: String,
    text: String,
    sha256: String,
    #[serde(default)]
    signatures: Vec<Signature>,
}

impl Agreement {
    /// Reads an agreement with the signatures that it lists, and those in files of the folder of its name; holds its text against the
    /// digest that was signed.
    ///
    /// # Errors
    /// It cannot be read, the text is not there or is another one, a signature is under another text, or a term ends before it begins.
    pub fn load(tree: &dyn FileTree, path: &TreePath) -> Step<Self> {
        let mut read = record::<File>(tree, path, &codes::AGREEMENT)?;
        let File { title, text, sha256, mut signatures } = read.value;
        let refuse = |message: String| malformed(&codes::AGREEMENT, path, message);
        let text = path.sibling(&text).map_err(|error| refuse(error.to_string()))?;
        let bytes = tree.read(&text, Limits::default().bytes).map_err(Diagnostic::from)?;
        if Sha256Digest::of(&bytes).to_string() != sha256 {
            read.warnings.push(refuse(format!("`{text}` is not the text that was signed")));
        }
        for record in yaml_below(tree, &records(path)?)? {
            let one = record_of(tree, &record)?;
            if one.sha256 != sha256 {
                read.warnings.push(malformed(&codes::AGREEMENT, &record, "another text was signed"));
            }
            let member = record.file_name().trim_end_matches(".yaml").to_owned();
            let Alone { signer, signed, until, .. } = one;
            signatures.push(Signature { member, signer, signed, until, record: Some(record) });
        }
        for one in signatures.iter().filter(|one| one.until < one.signed) {
            read.warnings.push(refuse(format!("the term of `{}` ends before it begins", one.member)));
        }
        read.warnings.unless_errors(Self { path: path.clone(), sha256, title, signatures })
    }

    /// The file of a member's signature under this agreement, and its text.
    ///
    /// # Errors
    /// The name of the member is none of a file.
    pub fn signed_by(&self, signature: &Signature) -> Result<(TreePath, String), Diagnostics> {
        let Signature { member, signer, signed, until, .. } = signature;
        let file = super::at(&records(&self.path)?, &format!("{member}.yaml"))?;
        let signer = serde_json::Value::from(signer.as_str());
        let sha256 = &self.sha256;
        Ok((file, format!("signer: {signer}\nsigned: {signed}\nuntil: {until}\nsha256: {sha256}\n")))
    }

    /// The last days of the terms of a member that have begun on a day.
    pub(super) fn terms<'a>(&'a self, member: &'a str, day: Date) -> impl Iterator<Item = Date> + 'a {
        self.signatures
            .iter()
            .filter(move |one| one.member == member && one.signed <= day)
            .map(|one| one.until)
    }
}

/// The folder of the signatures under an agreement.
fn records(path: &TreePath) -> Result<TreePath, Diagnostics> {
    let folder = path.sibling(path.file_name().trim_end_matches(".yaml"));
    folder.map_err(|error| malformed(&codes::AGREEMENT, path, error.to_string()).into())
}

fn record_of(tree: &dyn FileTree, path: &TreePath) -> Result<Alone, Diagnostics> {
    Ok(record::<Alone>(tree, path, &codes::AGREEMENT)?.value)
}
