//! What verdicts rest on: evidence lines and Rego, shown where they still are what was judged.

use std::collections::{BTreeMap, BTreeSet};

use probity_diagnostics::{Diagnostic, Diagnostics, FileTree};
use probity_evidence::line_digest;

use super::excerpt;
use super::links::Link;
use super::load::{of_kind, unreadable};
use super::report::{Check, Evidence, EvidenceSet, Rego, SourceState};
use super::sets::{self, SetContent};
use crate::codes;

/// What stands behind a verdict on a rule of another tool.
const IMPORTED: &str = "A result of another tool, as it stands in this file.";
/// The same, where it may stand there no more.
const IMPORT_CHANGED: &str =
    "A result of another tool. The file is missing, or no longer the one that was imported.";

/// A Rego module of a metric is a page of text.
const REGO_BYTES: u64 = 1 << 20;

/// Puts the evidence lines into the resources, and says what the sets say about themselves, by href of the link.
pub(super) fn show_evidence(
    tree: &dyn FileTree,
    links: &[Link],
    checks: &mut [Check],
    found: &mut Diagnostics,
) -> BTreeMap<String, EvidenceSet> {
    let mut described = BTreeMap::new();
    for link in of_kind(links, "evidence") {
        let Some(path) = link.path.as_ref().filter(|_| link.state != SourceState::Missing) else { continue };
        let mut wanted = BTreeSet::new();
        each_evidence(checks, |_, evidence, _| {
            if names(link, &evidence.source) {
                wanted.extend(evidence.line);
            }
        });
        match sets::read(tree, path, &wanted) {
            Ok(content) => {
                fill_in(checks, link, &content, found);
                described.insert(link.href.clone(), content.set);
            }
            Err(error) => found.push(unreadable(&error)),
        }
    }
    for link in of_kind(links, "imported-results") {
        each_evidence(checks, |_, evidence, _| {
            if names(link, &evidence.source) {
                let changed = matches!(link.state, SourceState::Changed | SourceState::Missing);
                evidence.note = Some(if changed { IMPORT_CHANGED } else { IMPORTED }.to_owned());
            }
        });
    }
    each_evidence(checks, |_, evidence, _| {
        if evidence.excerpt.is_empty() && evidence.note.is_none() {
            evidence.note = Some("The evidence line is not at hand.".to_owned());
        }
    });
    described
}

/// Whether `source`, as a verdict writes it, means the file of `link`.
fn names(link: &Link, source: &str) -> bool {
    let file = link.file();
    let below = |inner: &str, outer: &str| {
        outer.strip_suffix(inner).is_some_and(|front| front.is_empty() || front.ends_with('/'))
    };
    link.href == source || link.title == source || below(source, &file) || below(&file, source)
}

fn each_evidence(checks: &mut [Check], mut visit: impl FnMut(&str, &mut Evidence, &[String])) {
    for check in checks {
        for resource in &mut check.resources {
            if let Some(evidence) = &mut resource.evidence {
                let failing = resource.results.iter().filter(|result| !result.success);
                let measured = failing.map(|result| result.property.clone());
                let mut properties: Vec<String> = measured
                    .chain(resource.missing.iter().cloned())
                    .filter(|path| !path.is_empty())
                    .collect();
                if properties.is_empty() {
                    properties.extend(check.property.clone());
                }
                visit(&resource.id, evidence, &properties);
            }
        }
    }
}

fn fill_in(checks: &mut [Check], link: &Link, content: &SetContent, found: &mut Diagnostics) {
    let mut reported = BTreeSet::new();
    each_evidence(checks, |resource, evidence, properties| {
        let Some(number) = evidence.line.filter(|_| names(link, &evidence.source)) else { return };
        let record = content.lines.get(&number);
        if let Some(record) = record.filter(|record| line_digest(record).to_string() == evidence.digest) {
            evidence.excerpt = excerpt::evidence(record, properties);
            return;
        }
        evidence.note = Some("This line of the file is no longer the evidence that was judged.".to_owned());
        if reported.insert(number) {
            let message = format!("line {number} of `{}` is not the evidence of `{resource}`", link.file());
            found.push(Diagnostic::warning(&codes::EVIDENCE_LINE, message));
        }
    });
}

/// Puts the Rego modules into the checks.
pub(super) fn show_rego(tree: &dyn FileTree, links: &[Link], checks: &mut [Check]) {
    for link in of_kind(links, "rego") {
        let (Some(path), Some(name)) = (link.usable(), &link.check) else { continue };
        let Some(check) = checks.iter_mut().find(|check| check.name == *name) else { continue };
        let text = tree.read(path, REGO_BYTES).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        check.rego = text.map(|text| {
            let (module, first) = excerpt::rego(&text);
            Rego { file: path.to_string(), line: first, lines: module }
        });
    }
}
