//! Looking at running platforms: what is seen becomes the evidence set of a
//! source, together with what an earlier run saw.

use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Step, TreePath, codes as files};
use probity_discovery::live::{Outcome, Platform, Run};
use probity_evidence::{EvidenceReader, Ontology, Record, Resource};

use crate::codes;

/// What was seen.
#[derive(Debug)]
pub struct Seen {
    /// The evidence set.
    pub bytes: Vec<u8>,
    /// What it came to.
    pub outcome: Outcome,
}

/// Looks at a platform. `earlier` is the set that the new one replaces, if
/// there is one: resources that are gone are noted, and those that could not
/// be looked at again stay as they were, so that they age.
///
/// # Errors
/// The machine cannot make connections, or the set cannot be written.
/// An earlier set that cannot be read is a warning.
pub fn observe(
    platform: &Platform,
    run: Run<'_>,
    tree: &dyn FileTree,
    earlier: Option<&TreePath>,
) -> Step<Seen> {
    let mut findings = Diagnostics::new();
    let known = earlier.map(|path| resources(tree, path, run.ontology, &mut findings)).unwrap_or_default();
    let failed = |error: std::io::Error| Diagnostic::error(&files::WRITE_FAILED, error.to_string());
    let (writer, outcome) = platform.read(run, known).map_err(failed)?;
    let mut bytes = Vec::new();
    writer.finish(&mut bytes).map_err(failed)?;
    findings.unless_errors(Seen { bytes, outcome })
}

/// The resources of an earlier set; none where it cannot be read.
fn resources(
    tree: &dyn FileTree,
    path: &TreePath,
    ontology: &Ontology,
    findings: &mut Diagnostics,
) -> Vec<Resource> {
    if !tree.is_file(path) {
        return Vec::new();
    }
    let reader = match tree.open(path) {
        Ok(reader) => reader,
        Err(error) => {
            findings.push(unusable(path, &error.to_string()));
            return Vec::new();
        }
    };
    let mut reader = EvidenceReader::new(reader, path, ontology);
    let resources = reader
        .by_ref()
        .filter_map(|entry| match entry.record {
            Record::Resource(observed) => Some(observed.resource),
            _ => None,
        })
        .collect();
    let (_, wrong) = reader.finish();
    if wrong.has_errors() {
        findings.push(unusable(path, "it is not a whole evidence set"));
    }
    resources
}

fn unusable(path: &TreePath, why: &str) -> Diagnostic {
    let message = format!("the earlier evidence `{path}` tells only part of what was there: {why}");
    Diagnostic::warning(&codes::EARLIER_EVIDENCE, message)
        .help("resources that are gone since then may not be noted")
}
