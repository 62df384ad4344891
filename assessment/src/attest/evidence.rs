//! Evidence of statements: files held to the digests and passages that statements name.

use probity_diagnostics::{FileTree, Sha256Digest, TreePath};
use probity_oscal::model::assessment::RelevantEvidence;
use probity_oscal::model::metadata::{Resource, Rlink};

use super::codes::{EVIDENCE_CHANGED, QUOTE_NOT_FOUND};
use super::passage::{self, LARGEST};
use super::{AttestationFile, Doubt, Statement};
use crate::props::values;

/// A file that statements rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its content.
    pub bytes: Vec<u8>,
    /// Its digest.
    pub digest: Sha256Digest,
}

/// Reads a file that statements rest on.
///
/// # Errors
/// It cannot be read, or is larger than passages are looked for in.
pub fn document(tree: &dyn FileTree, path: &TreePath) -> Result<Document, String> {
    let bytes =
        tree.read(path, LARGEST).map_err(|error| probity_diagnostics::Diagnostic::from(error).message)?;
    let digest = Sha256Digest::of(&bytes);
    Ok(Document { bytes, digest })
}

/// The file, each of its statements held to the evidence that it names: files that hashes are given for, and passages.
#[must_use]
pub fn held_to_evidence(mut file: AttestationFile, tree: &dyn FileTree) -> AttestationFile {
    let doubts: Vec<Vec<Doubt>> =
        file.statements.iter().map(|statement| of_statement(&file, statement, tree)).collect();
    for (statement, doubts) in file.statements.iter_mut().zip(doubts) {
        statement.doubts.extend(doubts);
    }
    file
}

fn of_statement(file: &AttestationFile, statement: &Statement, tree: &dyn FileTree) -> Vec<Doubt> {
    let mut doubts: Vec<Doubt> = Vec::new();
    for evidence in &statement.observation.relevant_evidence {
        // several passages of one file are one doubt where it changed
        let doubt = of_evidence(file, statement, evidence, tree).err();
        doubts.extend(doubt.filter(|doubt| !doubts.contains(doubt)));
    }
    doubts
}

fn of_evidence(
    file: &AttestationFile,
    statement: &Statement,
    evidence: &RelevantEvidence,
    tree: &dyn FileTree,
) -> Result<(), Doubt> {
    let location = || statement.location.clone();
    let changed = |message| Doubt { code: &EVIDENCE_CHANGED, message, location: location() };
    let mut read = None;
    for rlink in resource(file, evidence).iter().flat_map(|resource| &resource.rlinks) {
        read = pinned(file, rlink, tree).map_err(changed)?.or(read);
    }
    let Some((_, quote)) = values(&evidence.props, "quote").next() else { return Ok(()) };
    let missing = |message| Doubt { code: &QUOTE_NOT_FOUND, message, location: location() };
    let (path, document) = read
        .ok_or_else(|| missing("it quotes a document of which there is no file with a digest".to_owned()))?;
    let page = values(&evidence.props, "page").next().map(|(_, page)| page.parse());
    let page = page.transpose().map_err(|_| missing("prop `page` is no number".to_owned()))?;
    let found = passage::find(&document.bytes, quote, page);
    found.map(|_| ()).map_err(|refusal| missing(format!("`{path}`: {refusal}")))
}

/// The resource that a piece of evidence refers to.
fn resource<'a>(file: &'a AttestationFile, evidence: &RelevantEvidence) -> Option<&'a Resource> {
    let uuid = evidence.href.as_deref()?.strip_prefix('#')?;
    file.resources.iter().find(|resource| resource.uuid == uuid)
}

/// The file behind a link that has a hash: it must have that hash. None where there is no hash to hold it to.
fn pinned(
    file: &AttestationFile,
    rlink: &Rlink,
    tree: &dyn FileTree,
) -> Result<Option<(TreePath, Document)>, String> {
    let Some(hash) = rlink.hashes.iter().find(|hash| hash.algorithm.eq_ignore_ascii_case("SHA-256")) else {
        return match rlink.hashes.first() {
            Some(other) => Err(format!(
                "`{}` is pinned by {}, which is not checked; use SHA-256",
                rlink.href, other.algorithm
            )),
            None => Ok(None),
        };
    };
    let path = file.path.sibling(&rlink.href).map_err(|error| error.to_string())?;
    let document = document(tree, &path)?;
    if hash.value.to_lowercase().parse() == Ok(document.digest) {
        Ok(Some((path, document)))
    } else {
        Err(format!("`{path}` has another digest than when the statement was made"))
    }
}
