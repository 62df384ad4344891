//! The verdict file, streamed: counts of everything, details of some.

use std::borrow::Cow;
use std::collections::BTreeMap;

use probity_diagnostics::{Diagnostic, Diagnostics, FileError, FileTree, Location, TreePath};
use probity_evidence::{LINE_LIMIT, Lines, RawLine};
use serde::Deserialize;
use serde_json::Value;

use super::report::VerdictCounts;
use super::words::Verdict;
use crate::codes;

/// How many unreadable lines are reported one by one.
const REPORTED: u32 = 5;

/// What a verdict file holds.
#[derive(Debug, Default)]
pub(super) struct VerdictTable {
    /// Name and version of the tool that judged.
    pub(super) tool: Option<String>,
    /// By check.
    pub(super) checks: BTreeMap<String, CheckVerdicts>,
}

/// The verdicts of one check.
#[derive(Debug, Default)]
pub(super) struct CheckVerdicts {
    /// All of them, counted.
    pub(super) counts: VerdictCounts,
    /// Some of them, in the order of the file.
    pub(super) kept: BTreeMap<Verdict, Vec<VerdictLine>>,
}

/// A verdict that is kept.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct VerdictLine {
    pub(super) resource: String,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default, rename = "type")]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) results: Vec<ResultLine>,
    pub(super) reason: Option<String>,
    #[serde(default)]
    pub(super) missing: Vec<String>,
    pub(super) evidence: Option<EvidenceRef>,
    pub(super) collected: Option<String>,
    pub(super) waiver: Option<String>,
}

/// One comparison in a verdict.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct ResultLine {
    #[serde(default)]
    pub(super) property: String,
    pub(super) operator: Option<String>,
    #[serde(default, deserialize_with = "present")]
    pub(super) expected: Option<Value>,
    #[serde(default, deserialize_with = "present")]
    pub(super) found: Option<Value>,
    #[serde(default)]
    pub(super) success: bool,
    pub(super) message: Option<String>,
}

/// Where the evidence of a verdict stands.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct EvidenceRef {
    pub(crate) source: String,
    pub(crate) line: Option<u32>,
    #[serde(default)]
    pub(crate) digest: String,
}

/// Keeps a `null` that is there apart from a member that is not.
fn present<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(from).map(Some)
}

/// A verdict with where its evidence stands.
#[derive(Deserialize)]
pub(crate) struct Observed<'a> {
    #[serde(borrow)]
    pub(crate) check: Cow<'a, str>,
    pub(crate) verdict: Verdict,
    #[serde(borrow)]
    pub(crate) resource: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(crate) name: Cow<'a, str>,
    #[serde(borrow, default, rename = "type")]
    pub(crate) kind: Cow<'a, str>,
    pub(crate) evidence: Option<EvidenceRef>,
    #[serde(borrow)]
    pub(crate) collected: Option<Cow<'a, str>>,
}

/// The members that decide what becomes of a line.
#[derive(Deserialize)]
pub(super) struct Head<'a> {
    #[serde(borrow, default)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) check: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) verdict: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) resource: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) name: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "type")]
    pub(super) resource_type: Option<Cow<'a, str>>,
    tool: Option<Tool>,
}

#[derive(Deserialize)]
struct Tool {
    name: String,
    #[serde(default)]
    version: String,
}

/// Hands each line of `path` to `take`; false where the file cannot be read to its end.
pub(crate) fn each_line(tree: &dyn FileTree, path: &TreePath, mut take: impl FnMut(&[u8])) -> bool {
    let Ok(opened) = tree.open(path) else { return false };
    let mut lines = Lines::new(opened, LINE_LIMIT);
    loop {
        match lines.next_line() {
            Ok(Some((_, RawLine::Text(bytes)))) => take(bytes),
            Ok(Some(_)) => {}
            Ok(None) => return true,
            Err(_) => return false,
        }
    }
}

/// Reads the verdicts in `path`. Of every check and outcome, the first `keep` are kept, passes only where their
/// resource has the id or name `focus`.
///
/// # Errors
/// The file cannot be read.
pub(super) fn read(
    tree: &dyn FileTree,
    path: &TreePath,
    keep: usize,
    focus: Option<&str>,
    found: &mut Diagnostics,
) -> Result<VerdictTable, FileError> {
    let mut table = VerdictTable::default();
    let mut lines = Lines::new(tree.open(path)?, LINE_LIMIT);
    let mut unreadable = 0;
    while let Some((number, line)) = lines.next_line().map_err(|e| FileError::from_io(path, &e))? {
        let understood = match line {
            RawLine::Text(bytes) if bytes.trim_ascii().is_empty() => Some(()),
            RawLine::Text(bytes) => table.add(bytes, keep, focus),
            RawLine::TooLong => None,
        };
        if understood.is_none() {
            unreadable += 1;
            if unreadable <= REPORTED {
                let message = format!("line {number} of `{path}` is no verdict");
                found.push(
                    Diagnostic::warning(&codes::VERDICT_LINE, message).at(Location::line(path, number)),
                );
            }
        }
    }
    if unreadable > REPORTED {
        let message = format!("{} more lines of `{path}` are no verdicts", unreadable - REPORTED);
        found.push(Diagnostic::warning(&codes::VERDICT_LINE, message).at(Location::file(path)));
    }
    Ok(table)
}

impl VerdictTable {
    /// Takes in a line; none where it is unreadable.
    fn add(&mut self, bytes: &[u8], keep: usize, focus: Option<&str>) -> Option<()> {
        let head: Head<'_> = serde_json::from_slice(bytes).ok()?;
        match &*head.kind {
            "begin" => {
                self.tool = head.tool.map(|tool| format!("{} {}", tool.name, tool.version).trim().to_owned());
                return Some(());
            }
            "verdict" | "" => {}
            _ => return Some(()),
        }
        let verdict = Verdict::parse(&head.verdict?)?;
        let resource = head.resource?;
        let in_focus = focus.is_some_and(|focus| resource == focus || head.name.as_deref() == Some(focus));
        let entry = self.entry(&head.check?);
        *entry.counts.entry(verdict).or_default() += 1;
        let kept = entry.kept.entry(verdict).or_default();
        if in_focus || (verdict != Verdict::Pass && kept.len() < keep) {
            kept.push(serde_json::from_slice(bytes).ok()?);
        }
        Some(())
    }

    fn entry(&mut self, check: &str) -> &mut CheckVerdicts {
        if !self.checks.contains_key(check) {
            self.checks.insert(check.to_owned(), CheckVerdicts::default());
        }
        self.checks.entry(check.to_owned()).or_default()
    }
}
