//! The resources that do not stand in the page itself: packed data, which the script lists page by page.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use indexmap::IndexSet;
use serde::Serialize;

use super::base64;
use crate::render::clean;
use crate::view::{Check, Report, Resource};

/// What the script unpacks: JSON, compressed (RFC 1951) and written in base64.
#[derive(Serialize)]
struct Data {
    /// Texts that many rows have.
    words: IndexSet<String>,
    /// The rows of one check after the other.
    checks: Vec<Rows>,
}

/// The rows of a check, column by column: alike stands beside alike.
#[derive(Default, Serialize)]
struct Rows {
    name: Vec<String>,
    /// Empty where it is the name.
    id: Vec<String>,
    /// Numbers of words.
    kind: Vec<usize>,
    /// Places among the verdicts, worst first.
    verdict: Vec<u8>,
    found: Vec<usize>,
    source: Vec<usize>,
    /// The line of the evidence file; 0 where it is not known.
    line: Vec<u32>,
}

/// The packed rows of `report`; none where the page has them all.
pub(super) fn packed(report: &Report) -> Option<String> {
    let mut words = IndexSet::new();
    let more = report.checks.iter().filter(|check| !check.rest.is_empty());
    let checks: Vec<Rows> = more.map(|check| rows(check, &mut words)).collect();
    if checks.is_empty() {
        return None;
    }
    let json = serde_json::to_vec(&Data { words, checks }).ok()?;
    let mut deflated = DeflateEncoder::new(Vec::new(), Compression::default());
    deflated.write_all(&json).ok()?;
    Some(base64(&deflated.finish().ok()?))
}

fn rows(check: &Check, words: &mut IndexSet<String>) -> Rows {
    let mut word = |text: &str| words.insert_full(clean(text)).0;
    let mut rows = Rows::default();
    for resource in &check.rest {
        let evidence = resource.evidence.as_ref();
        rows.name.push(clean(&resource.name));
        rows.id.push(if resource.id == resource.name { String::new() } else { clean(&resource.id) });
        rows.kind.push(word(&resource.r#type));
        rows.verdict.push(resource.verdict.map_or(u8::MAX, |verdict| verdict as u8));
        rows.found.push(word(&found(resource)));
        rows.source.push(word(evidence.map_or("", |evidence| &evidence.source)));
        rows.line.push(evidence.and_then(|evidence| evidence.line).unwrap_or_default());
    }
    rows
}

/// Why the resource does not pass, in a few words.
fn found(resource: &Resource) -> String {
    let found = resource.measured().map(|measured| measured.found.as_str());
    resource.why().or(found).unwrap_or_default().to_owned()
}
