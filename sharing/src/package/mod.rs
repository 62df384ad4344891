//! Packages: documents for one audience, in one colour, with a manifest and a mail.
//!
//! A package is a fresh folder or zip archive and has no history:
//!
//! - `manifest.json`: what is in it, from whom, for whom, in which colour ([`Manifest`]);
//! - `documents/`: the documents, whose names bear the colour, each with a sidecar that names colour and originator;
//! - `mail.eml`: a mail with all of it, where the policy names a sender.
//!
//! One that is TLP:RED is encrypted, and an [`Envelope`] says for whom it is.

mod build;
mod mail;
pub mod seal;
mod sealed;
mod verify;
mod zip;

use std::collections::BTreeMap;

use jiff::Timestamp;
use probity_diagnostics::Sha256Digest;
use serde::{Deserialize, Serialize};

use crate::tlp::Label;

pub use build::{build, build_for_all, wrap};
pub use sealed::{ENVELOPE, Envelope, SEALED, is_sealed, unseal, verify_sealed};
pub use verify::verify;
pub use zip::{unzip, zip};

/// The file that says what is in a package.
pub const MANIFEST: &str = "manifest.json";

/// The mail that a package is sent by.
pub const MAIL: &str = "mail.eml";

/// The folder of the documents.
pub const DOCUMENTS: &str = "documents";

/// The address that the mail of a package comes from; none where it has no mail.
pub fn sender(files: &Files) -> Option<String> {
    let mail = String::from_utf8_lossy(files.get(MAIL)?);
    let from =
        mail.lines().take_while(|line| !line.is_empty()).find_map(|line| line.strip_prefix("From:"))?;
    Some(from.trim().to_owned())
}

/// The files of a package, by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What is in a package, from whom and for whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Manifest {
    /// Its id, which follows from all the rest.
    pub id: String,
    /// The colour of everything in it.
    pub colour: String,
    /// The member that made it.
    pub from: String,
    /// Whom it is for. How many there are of an audience is said, who they are is not.
    pub audience: String,
    /// How many receive it; none where everybody does.
    pub recipients: usize,
    /// Why they need to know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// As of when it was made.
    pub made: Timestamp,
    /// The documents.
    pub documents: Vec<Listed>,
}

/// A document of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Listed {
    /// Its path in the package.
    pub file: String,
    /// The digest of its bytes.
    pub sha256: String,
    /// The member that it comes from.
    pub originator: String,
}

impl Manifest {
    /// The label that it says.
    ///
    /// # Errors
    /// It is none, or not written as labels are.
    pub fn label(&self) -> Option<Label> {
        self.colour.parse().ok().filter(|label: &Label| label.as_str() == self.colour)
    }

    /// The id that follows from the rest.
    fn own_id(&self) -> String {
        let facts = Self { id: String::new(), ..self.clone() };
        let text = serde_json::to_string(&facts).unwrap_or_default();
        probity_oscal::uuid5(&["package", &Sha256Digest::of(text.as_bytes()).to_string()])
    }
}
