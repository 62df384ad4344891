//! What people state: read, looked at, recorded, approved and listed.

mod approve;
mod list;
mod people;
mod provenance;
mod record;
mod requirement;
mod scrutiny;

use probity_assessment::attest::{AttestationFile, from_document};
use probity_diagnostics::{Diagnostics, FileTree, Step, TreePath};
use probity_oscal::model::AssessmentResults;

pub use approve::{Approved, Approving, approve};
pub use list::{Entry, list};
pub use people::{Person, known_parties};
pub use record::{EvidenceFile, Recorded, Statement, record};
pub use requirement::{Asked, Requirement, requirement};
pub use scrutiny::Scrutiny;

/// Reads attestation files as they stand.
///
/// # Errors
/// A file is broken.
pub fn load(tree: &dyn FileTree, files: &[TreePath]) -> Step<Vec<AttestationFile>> {
    let mut findings = Diagnostics::new();
    let mut read = Vec::new();
    for path in files {
        let model: Option<AssessmentResults> = findings.absorb(probity_oscal::load_as(tree, path));
        read.extend(model.and_then(|model| findings.absorb(from_document(&model, path))));
    }
    findings.unless_errors(read)
}

/// Reads attestation files and looks at what they state.
///
/// # Errors
/// As [`load`].
pub fn read(tree: &dyn FileTree, files: &[TreePath], scrutiny: &Scrutiny) -> Step<Vec<AttestationFile>> {
    let loaded = load(tree, files)?;
    Ok(loaded.map(|files| files.into_iter().map(|file| scrutiny.judge(file, tree)).collect()))
}
