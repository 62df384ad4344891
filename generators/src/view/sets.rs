//! Evidence sets: what they say about themselves, and the lines that verdicts name.

use std::collections::{BTreeMap, BTreeSet};

use probity_diagnostics::{FileError, FileTree, TreePath};
use probity_evidence::{LINE_LIMIT, Lines, RawLine};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::report::EvidenceSet;

/// Every evidence set names what could not be read; more than this is counted only.
const PROBLEMS: usize = 20;

/// An evidence set, as far as it was asked for.
#[derive(Debug, Default)]
pub(super) struct SetContent {
    /// What it says about itself.
    pub(super) set: EvidenceSet,
    /// The lines that were asked for.
    pub(super) lines: BTreeMap<u32, Map<String, Value>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Marker {
    kind: String,
    #[serde(default)]
    collector: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    scope: String,
    #[serde(default)]
    service: String,
    #[serde(default)]
    message: String,
    permission: Option<String>,
    #[serde(default)]
    services: Vec<Service>,
}

#[derive(Deserialize)]
struct Service {
    #[serde(default)]
    service: String,
    #[serde(default)]
    state: String,
}

/// Streams the set in `path` and keeps the lines `wanted`.
///
/// # Errors
/// The file cannot be read.
pub(super) fn read(
    tree: &dyn FileTree,
    path: &TreePath,
    wanted: &BTreeSet<u32>,
) -> Result<SetContent, FileError> {
    let mut content = SetContent::default();
    let mut lines = Lines::new(tree.open(path)?, LINE_LIMIT);
    let mut problems = 0_usize;
    let mut resources = 0_u64;
    while let Some((number, line)) = lines.next_line().map_err(|e| FileError::from_io(path, &e))? {
        let RawLine::Text(bytes) = line else { continue };
        if wanted.contains(&number)
            && let Ok(value) = serde_json::from_slice(bytes)
        {
            content.lines.insert(number, value);
        }
        if is_resource(bytes) {
            resources += 1;
        } else if let Ok(marker) = serde_json::from_slice::<Marker>(bytes) {
            resources += u64::from(marker.kind == "resource");
            content.set.take_in(marker, &mut problems);
        }
    }
    content.set.resources = Some(resources);
    if problems > PROBLEMS {
        content.set.problems.push(format!("{} more problems", problems - PROBLEMS));
    }
    Ok(content)
}

/// Whether a line is a resource, told by its first member: parsing every line would cost more than the report.
fn is_resource(line: &[u8]) -> bool {
    line.starts_with(br#"{"kind":"resource""#) || line.starts_with(br#"{"kind": "resource""#)
}

impl EvidenceSet {
    fn take_in(&mut self, marker: Marker, problems: &mut usize) {
        match marker.kind.as_str() {
            "begin" => {
                self.collector = [marker.collector, marker.version].join(" ");
                self.scope = marker.scope;
            }
            "problem" => {
                *problems += 1;
                if *problems <= PROBLEMS {
                    self.problems.push(problem_text(&marker));
                }
            }
            "end" => {
                let incomplete = marker.services.iter().filter(|service| service.state != "complete");
                self.incomplete = incomplete.map(|s| format!("{}: {}", s.service, s.state)).collect();
                self.complete = self.incomplete.is_empty();
            }
            _ => {}
        }
    }
}

fn problem_text(marker: &Marker) -> String {
    let permission = marker.permission.as_ref().map(|name| format!(" (needs {name})")).unwrap_or_default();
    format!("{}: {}{permission}", marker.service, marker.message)
}
