//! The comments of a merged YAML text.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use probity_diagnostics::Pointer;
use probity_diagnostics::document::Comments;
use serde_json::Value;

use super::origin;
use super::text::is_list;

/// The comments of one version, by the pointers of the merged document.
pub(super) struct Version<'c> {
    own: &'c Comments,
    before: BTreeMap<Pointer, &'c Vec<String>>,
    beside: BTreeMap<Pointer, &'c String>,
}

impl<'c> Version<'c> {
    /// The comments of a version, whose items are found in the merged document by `moves`.
    pub(super) fn new(own: &'c Comments, value: &Value, moves: &HashMap<Pointer, Pointer>) -> Self {
        let find = |pointer: &Pointer| origin::translated(pointer, moves, |head| is_list(value, head));
        let before = own.before.iter().filter_map(|(pointer, lines)| Some((find(pointer)?, lines)));
        let beside = own.beside.iter().filter_map(|(pointer, text)| Some((find(pointer)?, text)));
        Self { before: before.collect(), beside: beside.collect(), own }
    }
}

/// The comments of the merged document `value`. Where both sides changed one, both stand there.
pub(super) fn merged(
    base: &Version<'_>,
    ours: &Version<'_>,
    theirs: &Version<'_>,
    value: &Value,
) -> Comments {
    let mut merged = Comments {
        head: lines(Some(&base.own.head), Some(&ours.own.head), Some(&theirs.own.head)),
        foot: lines(Some(&base.own.foot), Some(&ours.own.foot), Some(&theirs.own.foot)),
        ..Comments::default()
    };
    let stands = |pointer: &&Pointer| value.pointer(pointer.as_str()).is_some();
    let pointers: BTreeSet<&Pointer> = ours.before.keys().chain(theirs.before.keys()).collect();
    for pointer in pointers.into_iter().filter(stands) {
        let of = |version: &Version<'_>| version.before.get(pointer).map(|lines| (*lines).clone());
        let lines = lines(of(base).as_ref(), of(ours).as_ref(), of(theirs).as_ref());
        if !lines.is_empty() {
            merged.before.insert(pointer.clone(), lines);
        }
    }
    let pointers: BTreeSet<&Pointer> = ours.beside.keys().chain(theirs.beside.keys()).collect();
    for pointer in pointers.into_iter().filter(stands) {
        let of = |version: &Version<'_>| version.beside.get(pointer).map(|text| (*text).clone());
        match (of(base), of(ours), of(theirs)) {
            (base, ours, theirs) if ours == base => {
                merged.beside.extend(theirs.map(|text| (pointer.clone(), text)));
            }
            (base, ours, theirs) if theirs == base || theirs == ours => {
                merged.beside.extend(ours.map(|text| (pointer.clone(), text)));
            }
            (_, Some(ours), Some(theirs)) => {
                merged.beside.insert(pointer.clone(), ours);
                merged.before.entry(pointer.clone()).or_default().push(theirs);
            }
            (_, ours, theirs) => merged.beside.extend(ours.or(theirs).map(|text| (pointer.clone(), text))),
        }
    }
    merged
}

/// Lines before an entry, of three versions.
fn lines(
    base: Option<&Vec<String>>,
    ours: Option<&Vec<String>>,
    theirs: Option<&Vec<String>>,
) -> Vec<String> {
    let all = |lines: Option<&Vec<String>>| lines.cloned().unwrap_or_default();
    if ours == base {
        return all(theirs);
    }
    let mut lines = all(ours);
    if theirs != base && theirs != ours {
        let new: Vec<String> = all(theirs).into_iter().filter(|line| !lines.contains(line)).collect();
        lines.extend(new);
    }
    lines
}
