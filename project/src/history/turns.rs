//! Which commits turned a finding, by judging them.

use std::collections::BTreeMap;
use std::sync::Arc;

use probity_diagnostics::{Diagnostic, TreePath};

use super::item::Subject;
use super::judged::{Judged, Judgements};
use super::log::{Entry, Log, What};
use super::past::Past;
use crate::git::{Commit, ObjectId, Walk};

/// The turns of a subject, and the commits that could not be judged.
#[derive(Debug, Default)]
pub struct Turns {
    /// The turns, newest first.
    pub entries: Vec<Entry>,
    /// Commits without an answer, newest first, and why.
    pub unjudged: Vec<(Commit, String)>,
    /// The commits, newest first, by their place.
    order: BTreeMap<ObjectId, usize>,
}

impl Turns {
    /// Puts the turns among the changes of the same commits.
    pub fn put_into(self, log: &mut Log) {
        log.entries.extend(self.entries);
        log.entries.sort_by_key(|entry| self.order.get(&entry.commit.id).copied());
    }
}

/// What each assessment says of a subject: by item, in words.
type Said = BTreeMap<String, String>;

/// The commits up to `head` and not in the past of `since` after which the assessments say something else of a subject than
/// after every commit that they build on: the state of a control, the verdicts on a resource, those of a metric. `told` hears of
/// each commit before it is judged, and how many there are.
///
/// # Errors
/// The repository lacks a commit.
pub fn turns(
    past: &Past<'_>,
    judgements: &mut Judgements<'_>,
    head: &Commit,
    since: Option<&Commit>,
    subject: &Subject,
    told: &dyn Fn(usize, &Commit),
) -> Result<Turns, Diagnostic> {
    let paths: Vec<TreePath> =
        Some(past.below.clone()).filter(|below| !below.as_str().is_empty()).into_iter().collect();
    let commits = past.repository.ancestors(head, &Walk { since, paths: &paths, ..Walk::default() })?;
    let order = commits.iter().enumerate().map(|(place, commit)| (commit.id, place)).collect();
    let mut turns = Turns { order, ..Turns::default() };
    let total = commits.len();
    for commit in commits {
        told(total, &commit);
        let after = match judgements.of(past, &commit) {
            Ok(judged) => said(&judged, subject),
            Err(why) => {
                turns.unjudged.push((commit, why));
                continue;
            }
        };
        let mut before = Vec::new();
        for parent in &commit.parents {
            let judged = last_judged(past, judgements, past.repository.commit(*parent)?)?;
            before.extend(judged.map(|judged| said(&judged, subject)));
        }
        if before.is_empty() && !commit.parents.is_empty() {
            continue; // nothing that came before has an answer
        }
        turns.entries.extend(differences(&commit, &before, &after));
    }
    Ok(turns)
}

/// What a commit comes to, or where it cannot be judged, the nearest one before it that can.
fn last_judged(
    past: &Past<'_>,
    judgements: &mut Judgements<'_>,
    mut commit: Commit,
) -> Result<Option<Arc<Judged>>, Diagnostic> {
    loop {
        if let Ok(judged) = judgements.of(past, &commit) {
            return Ok(Some(judged));
        }
        let Some(parent) = commit.parents.first() else { return Ok(None) };
        commit = past.repository.commit(*parent)?;
    }
}

/// Where a commit differs from all that it builds on.
fn differences(commit: &Commit, before: &[Said], after: &Said) -> Vec<Entry> {
    let items = before.iter().flat_map(Said::keys).chain(after.keys());
    let mut items: Vec<&String> = items.collect();
    items.sort();
    items.dedup();
    let mut entries = Vec::new();
    for item in items {
        let new = after.get(item);
        if before.iter().any(|said| state(said.get(item)) == state(new))
            || (before.is_empty() && new.is_none())
        {
            continue;
        }
        let old = before.first().and_then(|said| said.get(item));
        let what = match (old, new) {
            (None, _) => What::Added,
            (_, None) => What::Removed,
            _ => What::Changed,
        };
        entries.push(Entry {
            commit: commit.clone(),
            file: None,
            what,
            item: Some(item.clone()),
            before: old.cloned(),
            after: new.cloned(),
        });
    }
    entries
}

/// The first word: a control that goes on failing has not turned because it fails for another resource.
fn state(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.split(" (").next().unwrap_or(text))
}

fn said(judged: &Judged, subject: &Subject) -> Said {
    let mut said = Said::new();
    for (name, assessed) in &judged.assessments {
        match subject {
            Subject::Control(id) => {
                if let Some(told) = assessed.told(id) {
                    said.insert(format!("finding of {name}"), told);
                }
            }
            Subject::Metric(metric) => {
                let own = |check: &str| check == metric || check.split("--").next() == Some(metric.as_str());
                for check in assessed.against.keys().filter(|check| own(check)) {
                    said.insert(
                        format!("verdicts of {check} in {name}"),
                        assessed.objection(check).unwrap_or_default(),
                    );
                }
            }
            Subject::Resource(id) => {
                for (check, resources) in &assessed.against {
                    if let Some(outcome) = resources.get(id) {
                        said.insert(format!("verdict of {check} in {name}"), outcome.to_string());
                    }
                }
            }
            Subject::Parameter(_) => {}
        }
    }
    said
}
