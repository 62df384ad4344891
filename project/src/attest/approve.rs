//! Approving statements of others.

use jiff::Timestamp;
use probity_assessment::attest::{self, from_document};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Step, TreePath};
use probity_oscal::OscalDocument;

use super::people::Person;
use super::scrutiny::Scrutiny;
use crate::{codes, document};

/// An approval.
#[derive(Debug, Clone)]
pub struct Approving<'a> {
    /// The attestation file.
    pub file: &'a TreePath,
    /// Who approves.
    pub by: &'a Person,
    /// When.
    pub on: Timestamp,
    /// What is said, in words.
    pub words: Option<&'a str>,
}

/// An attestation with its approval, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved {
    /// The new text of the file.
    pub text: Vec<u8>,
    /// The controls that it is about.
    pub controls: Vec<String>,
}

/// The file with the approval.
///
/// # Errors
/// The file is no attestation, its evidence does not hold, it is over, or the approver is the author.
pub fn approve(tree: &dyn FileTree, approving: &Approving<'_>) -> Step<Approved> {
    let mut findings = Diagnostics::new();
    let path = approving.file;
    let Some(loaded) = findings.absorb(probity_oscal::load(tree, path)) else { return Err(findings) };
    let OscalDocument::AssessmentResults(model) = &loaded.document else {
        let message = format!("`{path}` is no attestation");
        return Err(Diagnostic::error(&codes::NOT_RECORDED, message).into());
    };
    let mut unapproved = (**model).clone();
    for result in &mut unapproved.results {
        result.attestations.retain(|words| !attest::is_approval(words));
    }
    let before = from_document(&unapproved, path)?.value;
    for statement in Scrutiny::default().judge(before, tree).statements {
        findings.extend(
            statement
                .doubts
                .iter()
                .map(|doubt| Diagnostic::error(doubt.code, doubt.message.clone()).at(doubt.location.clone())),
        );
        if statement.valid_until < approving.on || statement.stated > approving.on {
            let when = if statement.stated > approving.on { "not made yet" } else { "over" };
            let message = format!("the statement is {when} at {}", approving.on);
            findings.push(Diagnostic::error(&codes::NOT_RECORDED, message).at(statement.location.clone()));
        }
    }
    let approved = attest::approve(model, &approving.by.party, approving.on, approving.words);
    let Some(after) = findings.absorb(from_document(&approved, path)) else { return Err(findings) };
    let before = tree.read(path, attest::passage::LARGEST).map_err(Diagnostic::from)?;
    let approved = OscalDocument::AssessmentResults(Box::new(approved));
    let text = document::text(&approved, loaded.format, &before)?;
    let controls = after.statements.iter().flat_map(|statement| statement.controls.clone()).collect();
    findings.unless_errors(Approved { text, controls })
}
