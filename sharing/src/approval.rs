//! Approvals of what is published: a file beside a document, `<file>.approval.yaml`.
//!
//! It names the digests of the document and of the report of its scrubbing, and who approves. Whether that person has committed it, and is
//! another one than those who made the document, says the history (`project::sharing`).

use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, Sha256Digest, TreePath, codes as files};
use serde::{Deserialize, Serialize};

use crate::codes;
use crate::typed::typed;

/// What is behind the name of a document in that of its approval.
const ENDING: &str = ".approval.yaml";

/// That somebody has read a document and the report of its scrubbing, and approves that everybody sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Approval {
    /// The SHA-256 of the document.
    pub document: String,
    /// The SHA-256 of the report of its scrubbing.
    pub report: String,
    /// Who approves: an e-mail address of the register.
    pub by: String,
}

/// Where the approval of a document lies.
///
/// # Errors
/// The path would be none.
pub fn approval_path(document: &TreePath) -> Result<TreePath, Diagnostic> {
    TreePath::parse(&format!("{document}{ENDING}"))
        .map_err(|error| Diagnostic::error(&files::PATH_OUTSIDE, error.to_string()))
}

impl Approval {
    /// The approval of a document and its report by somebody.
    pub fn new(document: &[u8], report: &[u8], by: &str) -> Self {
        let digest = |bytes| Sha256Digest::of(bytes).to_string();
        Self { document: digest(document), report: digest(report), by: by.to_owned() }
    }

    /// Reads the file of an approval.
    ///
    /// # Errors
    /// It is none.
    pub fn read(bytes: &[u8], path: &TreePath) -> Result<Self, Diagnostics> {
        let value = document::parse(bytes, path, Format::Yaml, Limits::default())?.value;
        typed(value, &codes::APPROVAL, path)
    }

    /// Whether it is about a document and report as they are.
    ///
    /// # Errors
    /// One of them has changed since.
    pub fn is_of(&self, document: &[u8], report: &[u8]) -> Result<(), String> {
        let now = Self::new(document, report, &self.by);
        if self.document != now.document {
            return Err("the document has changed since it was approved".to_owned());
        }
        if self.report != now.report {
            return Err("the report of its scrubbing has changed since it was approved".to_owned());
        }
        Ok(())
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let Self { document, report, by } = self;
        format!("document: {document}\nreport: {report}\nby: {}\n", serde_json::Value::from(by.as_str()))
    }
}
