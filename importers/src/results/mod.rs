//! Results of other tools, brought to one form: runs with rules and results ([`Run`]).
//!
//! One module per format. A file is read as a whole or not at all: what is not understood might be a fail.

mod csv;
mod detect;
mod json;
mod junit;
mod level;
mod ocsf;
mod oscal;
mod policy_report;
mod sarif;
mod texts;
mod trivy;
mod xccdf;

use std::fmt;

use probity_diagnostics::document::{self, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, Sha256Digest, Step, TreePath};
use probity_evidence::foreign::Run;

pub use csv::Columns;

use crate::codes;

/// A format of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// SARIF 2.1.0 (OASIS).
    Sarif,
    /// Findings of the Open Cybersecurity Schema Framework, as a list or one per line.
    Ocsf,
    /// Test results of XCCDF 1.2 (NIST), also in an Asset Reporting Format file.
    Xccdf,
    /// Reports of test runs as `JUnit` writes them.
    Junit,
    /// What Trivy writes with `--format json`.
    Trivy,
    /// Policy reports of Kubernetes, as Kyverno and others write them.
    PolicyReport,
    /// Comma-separated values, by a description of their columns.
    Csv,
    /// OSCAL assessment results.
    Oscal,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 8] = [
        Self::Sarif,
        Self::Ocsf,
        Self::Xccdf,
        Self::Junit,
        Self::Trivy,
        Self::PolicyReport,
        Self::Csv,
        Self::Oscal,
    ];

    /// The word by which it is asked for.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sarif => "sarif",
            Self::Ocsf => "ocsf",
            Self::Xccdf => "xccdf",
            Self::Junit => "junit",
            Self::Trivy => "trivy",
            Self::PolicyReport => "policy-report",
            Self::Csv => "csv",
            Self::Oscal => "oscal",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A file of results and what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultsFile {
    /// The file.
    pub file: TreePath,
    /// Its digest.
    pub digest: Sha256Digest,
    /// Its format.
    pub format: Format,
    /// The runs in it, in its order.
    pub runs: Vec<Run>,
}

/// Reads a file of results: in the given format, else in the one that it is in; CSV by its columns.
///
/// # Errors
/// The file cannot be read, its format is not known, or it is not in the shape of the format.
pub fn read(
    tree: &dyn FileTree,
    file: &TreePath,
    format: Option<Format>,
    columns: Option<&Columns>,
) -> Step<ResultsFile> {
    let bytes = tree.read(file, Limits::default().bytes).map_err(Diagnostic::from)?;
    let text = document::text(&bytes, file)?;
    let (format, parsed) = match format {
        Some(format) => (format, None),
        None => detect::format(text, file, columns.is_some())?,
    };
    let source = Source { file, text };
    let mut findings = Diagnostics::new();
    let runs = match format {
        Format::Sarif => findings.absorb(sarif::read(source, parsed)),
        Format::Ocsf => findings.absorb(ocsf::read(source, parsed)),
        Format::Xccdf => findings.absorb(xccdf::read(source)),
        Format::Junit => findings.absorb(junit::read(source)),
        Format::Trivy => findings.absorb(trivy::read(source, parsed)),
        Format::PolicyReport => findings.absorb(policy_report::read(source, parsed)),
        Format::Csv => findings.absorb(csv::read(source, columns)),
        Format::Oscal => findings.absorb(oscal::read(source)),
    };
    let Some(runs) = runs else { return Err(findings) };
    if runs.iter().all(|run| run.results.is_empty()) {
        let message = format!("the file holds no result ({format})");
        findings.push(Diagnostic::warning(&codes::NO_RESULTS, message).at(Location::file(file)));
    }
    findings.unless_errors(ResultsFile { file: file.clone(), digest: Sha256Digest::of(&bytes), format, runs })
}

/// The text of a file.
#[derive(Clone, Copy)]
struct Source<'a> {
    file: &'a TreePath,
    text: &'a str,
}

impl Source<'_> {
    /// A malformed file, as a whole.
    fn malformed(self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(&codes::MALFORMED, message).at(Location::file(self.file))
    }
}
