//! OSCAL documents that differ, and files that are none.

use std::collections::BTreeMap;

use probity_diagnostics::document::{Format, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, TreePath};
use probity_generators::difference::{
    Comparison, DocumentChange, FileChange, Paths, Presence, ResultsChange,
};
use probity_generators::view::outcomes;
use probity_oscal::difference::results::{self, Outcomes};
use probity_oscal::difference::{Difference, Options, Outcome, difference, lines};
use probity_oscal::schema::Root;
use probity_oscal::split;
use serde_json::Value;

use super::{FilePair, Task};
use crate::config::FILE_NAME;

/// The largest text of settings whose lines are compared.
const SETTINGS: u64 = 1 << 20;
/// Lines around a line that differs.
const CONTEXT: usize = 3;

/// A side of a file.
#[derive(Default)]
struct Side {
    path: Option<TreePath>,
    /// The document, where it is one.
    document: Option<Value>,
    /// Whether it seems to be a document and cannot be read as one.
    problem: Option<String>,
}

/// Compares files, and puts what is found to `comparison`.
pub(super) fn compare(
    task: &Task<'_>,
    files: &[&FilePair],
    comparison: &mut Comparison,
    warnings: &mut Diagnostics,
) {
    let mut sides: Vec<(Side, Side)> = Vec::new();
    for pair in files {
        if is_large_results(task, pair) {
            sides.push((named(pair.before.clone()), named(pair.after.clone())));
            continue;
        }
        let mut read = |tree, path: &Option<TreePath>| side(tree, path.as_ref(), warnings);
        sides.push((read(task.before.tree, &pair.before), read(task.after.tree, &pair.after)));
    }
    join_moved(&mut sides);
    let changed: Vec<&Value> = sides.iter().filter_map(|(_, after)| after.document.as_ref()).collect();
    let mappings: Vec<&Value> = task
        .mappings
        .iter()
        .chain(changed.into_iter().filter(|d| d.get("mapping-collection").is_some()))
        .collect();
    for (before, after) in &sides {
        one(task, before, after, &mappings, comparison, warnings);
    }
}

/// A file that is not read as a whole.
fn named(path: Option<TreePath>) -> Side {
    Side { path, ..Side::default() }
}

/// Whether a file is too large for a document but may hold assessment results, which are read as a stream.
fn is_large_results(task: &Task<'_>, pair: &FilePair) -> bool {
    let is_large = |tree: &dyn FileTree, path: &Option<TreePath>| {
        let path = path.as_ref().filter(|path| Format::of(path) == Some(Format::Json));
        path.is_some_and(|path| tree.stat(path).is_ok_and(|stat| stat.len > Limits::default().bytes))
    };
    is_large(task.before.tree, &pair.before) || is_large(task.after.tree, &pair.after)
}

fn side(tree: &dyn FileTree, path: Option<&TreePath>, warnings: &mut Diagnostics) -> Side {
    let Some(path) = path else { return Side::default() };
    let mut side = named(Some(path.clone()));
    if Format::of(path).is_none() && !split::is_split(tree, path) {
        return side;
    }
    match split::read(tree, path) {
        Ok(bytes) if seems_oscal(&bytes) => match probity_oscal::read(&bytes, path) {
            Ok(read) => side.document = Some(read.value.1).filter(is_oscal),
            Err(findings) => {
                side.problem = Some("it cannot be read as an OSCAL document".to_owned());
                warnings.extend(findings.into_iter().map(Diagnostic::into_warning));
            }
        },
        Ok(_) => {}
        Err(findings) => side.problem = Some(findings.first_message()),
    }
    side
}

/// Whether the first lines name a model: what does not is no OSCAL document and need not be read as one.
fn seems_oscal(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let head = String::from_utf8_lossy(head);
    probity_oscal::schema::ROOTS.iter().any(|root| head.contains(root.key))
}

fn is_oscal(document: &Value) -> bool {
    document.as_object().is_some_and(|members| members.keys().any(|key| Root::of(key).is_some()))
}

/// What a document is known by wherever it stands: its uuid, else its model and title.
fn identities(document: &Value) -> [Option<String>; 2] {
    let model =
        document.as_object().and_then(|members| members.iter().find(|(key, _)| Root::of(key).is_some()));
    let Some((key, model)) = model else { return [None, None] };
    let uuid = model.get("uuid").and_then(Value::as_str).map(|uuid| format!("{key} {uuid}"));
    let title = model.get("metadata").and_then(|metadata| metadata.get("title")).and_then(Value::as_str);
    [uuid, title.map(|title| format!("{key} {title}"))]
}

/// Makes one of a document that is gone here and one that is new there, where they are the same by uuid or title.
fn join_moved(sides: &mut Vec<(Side, Side)>) {
    for by in 0..2 {
        let mut gone: BTreeMap<String, usize> = BTreeMap::new();
        for (at, (before, after)) in sides.iter().enumerate() {
            if let (Some(document), None) = (&before.document, &after.path)
                && let Some(Some(identity)) = identities(document).into_iter().nth(by)
            {
                gone.entry(identity).or_insert(at);
            }
        }
        for at in 0..sides.len() {
            let identity = sides.get(at).and_then(|(before, after)| {
                let document = after.document.as_ref().filter(|_| before.path.is_none())?;
                identities(document).into_iter().nth(by).flatten()
            });
            let from = identity.and_then(|identity| gone.remove(&identity));
            let moved = from.and_then(|from| sides.get_mut(from)).map(|side| std::mem::take(&mut side.0));
            if let (Some(moved), Some(side)) = (moved, sides.get_mut(at)) {
                side.0 = moved;
            }
        }
    }
    sides.retain(|(before, after)| before.path.is_some() || after.path.is_some());
}

fn one(
    task: &Task<'_>,
    before: &Side,
    after: &Side,
    mappings: &[&Value],
    comparison: &mut Comparison,
    warnings: &mut Diagnostics,
) {
    let pair = FilePair { before: before.path.clone(), after: after.path.clone() };
    if let Some(change) = results(task, before, after, &pair, warnings) {
        comparison.results.push(change);
        return;
    }
    let problem = match compared(before, after, mappings) {
        Ok(difference) => {
            let has_moved = task.has_moves && pair.paths().moved_from().is_some();
            if difference.outcome != Outcome::Same || has_moved {
                comparison.documents.push(DocumentChange { paths: pair.paths(), difference });
            }
            return;
        }
        Err(problem) => problem,
    };
    if !has_same_bytes(task, &pair) {
        comparison.files.push(file(task, &pair, problem));
    }
}

/// The difference of two documents; an error where a side that is there is none, or of another model.
fn compared(before: &Side, after: &Side, mappings: &[&Value]) -> Result<Difference, Option<String>> {
    let is_missing = |side: &Side| side.path.is_some() && side.document.is_none();
    if is_missing(before) || is_missing(after) {
        return Err(before.problem.clone().or_else(|| after.problem.clone()));
    }
    let found = difference(before.document.as_ref(), after.document.as_ref(), Options { mappings });
    found.map_err(|error| Some(error.to_string()))
}

/// Whether a file holds the same on both sides, such as one of which only the mode differs.
fn has_same_bytes(task: &Task<'_>, pair: &FilePair) -> bool {
    let (Some(before), Some(after)) = (&pair.before, &pair.after) else { return false };
    match (task.before.tree.digest(before), task.after.tree.digest(after)) {
        (Ok(before), Ok(after)) => before == after,
        _ => false,
    }
}

/// The results that two files hold; none where a side holds none or nothing differs in them.
fn results(
    task: &Task<'_>,
    before: &Side,
    after: &Side,
    pair: &FilePair,
    warnings: &mut Diagnostics,
) -> Option<ResultsChange> {
    let may_hold = |side: &Side| match (&side.path, &side.document) {
        (None, _) => true,
        (Some(_), Some(document)) => document.get("assessment-results").is_some(),
        (Some(path), None) => side.problem.is_none() && Format::of(path) == Some(Format::Json),
    };
    let is_result =
        |side: &Side| side.document.as_ref().is_some_and(|d| d.get("assessment-results").is_some());
    let is_large = before.document.is_none() && after.document.is_none() && is_large_results(task, pair);
    if !(may_hold(before) && may_hold(after) && (is_result(before) || is_result(after) || is_large)) {
        return None;
    }
    let mut read = |tree: &dyn FileTree, path: &Option<TreePath>| match path {
        None => Some(Outcomes { is_complete: true, ..Outcomes::default() }),
        Some(path) => match outcomes(tree, path) {
            Ok(outcomes) => Some(outcomes.value),
            Err(findings) => {
                warnings.extend(findings.into_iter().map(Diagnostic::into_warning));
                None
            }
        },
    };
    let old = read(task.before.tree, &pair.before)?;
    let new = read(task.after.tree, &pair.after)?;
    let difference = results::compare(&old, &new);
    difference.differs().then(|| ResultsChange { paths: pair.paths(), difference })
}

/// A file that is not understood any further; of settings the lines are told.
fn file(task: &Task<'_>, pair: &FilePair, problem: Option<String>) -> FileChange {
    let paths: Paths = pair.paths();
    let is_settings = pair.path().is_some_and(|path| path.file_name() == FILE_NAME);
    let text = |tree: &dyn FileTree, path: &Option<TreePath>| {
        let bytes = path.as_ref().and_then(|path| tree.read(path, SETTINGS).ok()).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let lines = if is_settings && pair.presence() == Presence::Changed {
        lines(&text(task.before.tree, &pair.before), &text(task.after.tree, &pair.after), CONTEXT)
    } else {
        Vec::new()
    };
    FileChange { paths, presence: pair.presence(), problem, lines }
}
