//! Files of each format, text by text.

mod list;
mod mail;
mod tree;
mod xml;

use probity_diagnostics::document::{self, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, Location, TreePath};

use super::codes;
use super::structure::Role;
use super::worker::Worker;

pub(crate) use list::delimiter;

/// A format that can be scrubbed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// JSON and YAML: OSCAL, incidents, STIX, CSAF, MISP and whatever else.
    Tree(document::Format),
    Xml,
    /// Comma-separated values, or those between semicolons, bars or tabs.
    List,
    /// A mail as it was sent (RFC 5322).
    Mail,
    /// Markdown, HTML and anything else that is read as it stands.
    Text,
}

impl Format {
    /// The format by the extension of a file's name. What is not known is not scrubbed as if it were text.
    ///
    /// # Errors
    /// The extension is not known.
    pub(super) fn of(path: &TreePath) -> Result<Self, Diagnostic> {
        let extension = path.extension().unwrap_or_default().to_lowercase();
        match extension.as_str() {
            "json" => Ok(Self::Tree(document::Format::Json)),
            "yaml" | "yml" => Ok(Self::Tree(document::Format::Yaml)),
            "xml" => Ok(Self::Xml),
            "csv" | "tsv" => Ok(Self::List),
            "eml" => Ok(Self::Mail),
            "txt" | "md" | "log" | "html" | "htm" => Ok(Self::Text),
            _ => {
                Err(Diagnostic::error(&codes::FORMAT, format!("`{path}` has no format that can be scrubbed"))
                    .at(Location::file(path))
                    .help("known are .json, .yaml, .xml, .csv, .tsv, .eml, .md, .txt, .log and .html"))
            }
        }
    }

    /// What becomes of the bytes of a file.
    ///
    /// # Errors
    /// They are no file of the format, or exceed a limit.
    pub(super) fn scrub(
        self,
        bytes: &[u8],
        path: &TreePath,
        worker: &mut Worker<'_>,
    ) -> Result<Vec<u8>, Diagnostics> {
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > Limits::default().bytes {
            return Err(Diagnostic::error(
                &probity_diagnostics::codes::FILE_TOO_LARGE,
                format!("`{path}` is too large"),
            )
            .into());
        }
        self.walk(bytes, path, worker).map_err(|findings| hushed(&findings, path))
    }

    fn walk(self, bytes: &[u8], path: &TreePath, worker: &mut Worker<'_>) -> Result<Vec<u8>, Diagnostics> {
        match self {
            Self::Tree(format) => tree::scrub(bytes, path, format, worker),
            Self::Xml => xml::scrub(document::text(bytes, path)?, path, worker),
            Self::List => list::scrub(document::text(bytes, path)?, path, worker),
            Self::Mail => mail::scrub(bytes, path, worker),
            Self::Text => {
                let text = document::text(bytes, path)?;
                Ok(worker.prose("", Role::Prose, text).unwrap_or_else(|| text.to_owned()).into_bytes())
            }
        }
    }
}

/// Findings about a file that cannot be read, without the names, keys and tags that readers quote: they may be what is not shared.
pub fn hushed(findings: &Diagnostics, path: &TreePath) -> Diagnostics {
    findings.iter().map(|one| hushed_one(one, path)).collect()
}

fn hushed_one(finding: &Diagnostic, path: &TreePath) -> Diagnostic {
    if finding.code.id == codes::FORMAT.id {
        return finding.clone();
    }
    let message = format!("`{path}` cannot be read: {}", finding.code.title);
    let hushed = Diagnostic::error(finding.code, message).at(Location::file(path));
    hushed.help("where it is and what stands there is not told: `probity fmt` shows it")
}

/// A finding about a file that is none of its format.
fn malformed(path: &TreePath, what: &str) -> Diagnostics {
    Diagnostic::error(&codes::FORMAT, format!("`{path}` {what}")).at(Location::file(path)).into()
}
