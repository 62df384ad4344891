//! Stored results in the forms that other tools take in, each with a preflight of what its importer is known to need.
//!
//! A target is made of documents that were written before, as reports are. What an importer would refuse is an error, and nothing is
//! written; what it would take in with a loss is a warning. docs/export.md says for every target where the needs are known from.

mod bundle;
mod ciso_assistant;
mod closure;
mod defectdojo;
mod emass;
mod fedramp;
mod junit;
mod ocsf;
mod rows;
mod sarif;
mod servicenow;
mod target;
mod trestle;
mod zip;

use std::collections::BTreeMap;

use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, Step, TreePath};
use probity_oscal::model::PlanOfActionAndMilestones;
use probity_oscal::release::Loss;
use serde_json::Value;

use crate::codes;
use crate::view::document as stored;
use crate::view::{LoadOptions, Report};

pub use target::Target;
pub use zip::zip;

/// What is exported.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// Where documents are read from.
    pub tree: &'a dyn FileTree,
    /// The assessment results.
    pub results: &'a TreePath,
    /// The plan of action and milestones, where one was written.
    pub poam: Option<&'a TreePath>,
    /// What becomes of properties that the release of OSCAL that is written does not have.
    pub loss: Loss,
}

/// What a target is written as: files by their paths. One file alone is a document; several are a folder or an archive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Export {
    /// The files, by path.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Export {
    /// An export of one file.
    fn of(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { files: BTreeMap::from([(name.to_owned(), bytes.into())]) }
    }

    /// An export of one file of JSON.
    fn json(name: &str, value: &Value) -> Self {
        Self::of(name, indented(value))
    }
}

/// JSON as it is written, with a line feed at the end.
fn indented(value: &Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}

/// Makes the files of a target.
///
/// # Errors
/// Documents cannot be read, or the importer of the target would refuse what could be written.
pub fn export(source: Source<'_>, target: Target) -> Step<Export> {
    match target {
        Target::Sarif => of_report(source, sarif::write),
        Target::Junit => of_report(source, junit::write),
        Target::Ocsf => of_report(source, ocsf::write),
        Target::DefectDojo => of_report(source, defectdojo::write),
        Target::CisoAssistant => ciso_assistant::write(source),
        Target::Emass => emass::write(source),
        Target::Trestle => trestle::write(source),
        Target::ServiceNow => servicenow::write(source),
        Target::FedrampRev5 => fedramp::write(source),
        Target::Oscal(release) => bundle::write(source, release),
    }
}

/// An export of what a report shows, with every resource that does not pass.
fn of_report(source: Source<'_>, write: impl FnOnce(&Report, &mut Diagnostics) -> Export) -> Step<Export> {
    let mut found = Diagnostics::new();
    let options =
        LoadOptions { details: usize::MAX, all_details: usize::MAX, listed: 0, ..LoadOptions::default() };
    let Some(report) = found.absorb(Report::load_with(source.tree, source.results, &options)) else {
        return Err(found);
    };
    for check in report.checks.iter().filter(|check| check.omitted > 0) {
        let message = format!(
            "{} resources of check `{}` are not listed: the verdicts are not at hand",
            check.omitted, check.name
        );
        let finding = Diagnostic::warning(&codes::EXPORT_LOSS, message);
        found.push(finding.at(Location::file(source.results)).help("build the assessment again"));
    }
    let export = write(&report, &mut found);
    found.unless_errors(export)
}

impl Source<'_> {
    /// The plan of action and milestones.
    fn plan(&self) -> Result<Option<PlanOfActionAndMilestones>, Diagnostics> {
        let read = |path| stored::read(self.tree, path, "plan-of-action-and-milestones");
        self.poam.map(read).transpose()
    }
}

/// Sets a member of an object.
fn set(object: &mut Value, key: &str, value: impl Into<Value>) {
    if let Some(members) = object.as_object_mut() {
        members.insert(key.to_owned(), value.into());
    }
}

/// A finding that keeps an export from being written.
fn refused(message: impl Into<String>, at: Location, help: &str) -> Diagnostic {
    Diagnostic::error(&codes::EXPORT_REFUSED, message).at(at).help(help)
}

/// A finding about what the importer would not take in.
fn lost(message: impl Into<String>, at: Location, help: &str) -> Diagnostic {
    Diagnostic::warning(&codes::EXPORT_LOSS, message).at(at).help(help)
}
