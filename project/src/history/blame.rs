use std::collections::{BTreeSet, HashMap};

use probity_diagnostics::{Diagnostic, TreePath};

use super::item::{Items, Subject};
use super::pair::pairs;
use super::past::Past;
use crate::git::{Commit, ObjectId, Walk};

/// Something that a file says, and the commit that it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blamed {
    /// The file, in the project.
    pub file: TreePath,
    /// Of whom it is said.
    pub subject: Subject,
    /// What, such as `title`.
    pub item: String,
    /// The text.
    pub text: String,
    /// The last commit that changed it.
    pub commit: Commit,
}

/// Whose commit is looked for: an item of a file, by its place in the answer.
type Open = (usize, Subject, String);

/// What some files of a commit say of those that are wanted, in the order of the files, and who said it last. A file is
/// followed where it moved.
///
/// # Errors
/// The repository lacks a commit or a file.
pub fn blame(
    past: &mut Past<'_>,
    head: &Commit,
    files: &[TreePath],
    is_wanted: &dyn Fn(&Subject, &str) -> bool,
) -> Result<Vec<Blamed>, Diagnostic> {
    let mut found = Vec::new();
    for file in files {
        found.extend(one(past, head, file, is_wanted)?);
    }
    Ok(found)
}

fn one(
    past: &mut Past<'_>,
    head: &Commit,
    file: &TreePath,
    is_wanted: &dyn Fn(&Subject, &str) -> bool,
) -> Result<Vec<Blamed>, Diagnostic> {
    let Some(items) = at(past, head, file)? else { return Ok(Vec::new()) };
    let mut answers: Vec<Blamed> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    // what is said of one stands together, whatever the file has between
    let mut said: Vec<_> =
        items.said.iter().filter(|((subject, item), _)| is_wanted(subject, item)).collect();
    let first: HashMap<&Subject, usize> =
        said.iter().enumerate().rev().map(|(at, ((subject, _), _))| (subject, at)).collect();
    said.sort_by_key(|((subject, _), _)| first.get(subject).copied());
    for ((subject, item), text) in said {
        open.push((answers.len(), subject.clone(), item.clone()));
        answers.push(Blamed {
            file: file.clone(),
            subject: subject.clone(),
            item: item.clone(),
            text: text.clone(),
            commit: head.clone(),
        });
    }
    let mut waiting: HashMap<(ObjectId, TreePath), Vec<Open>> =
        HashMap::from([((head.id, file.clone()), open)]);
    for commit in past.repository.ancestors(head, &Walk::default())? {
        let mut here: Vec<TreePath> =
            waiting.keys().filter(|(id, _)| *id == commit.id).map(|(_, path)| path.clone()).collect();
        here.sort();
        for path in here {
            let open = waiting.remove(&(commit.id, path.clone())).unwrap_or_default();
            for (parent, path, passed) in hand_on(past, &commit, &path, open, &mut answers)? {
                waiting.entry((parent, path)).or_default().extend(passed);
            }
        }
        if waiting.is_empty() {
            break;
        }
    }
    Ok(answers)
}

/// Hands items on to the commits that a commit builds on and that say the same; the rest comes from this commit.
fn hand_on(
    past: &mut Past<'_>,
    commit: &Commit,
    path: &TreePath,
    mut open: Vec<Open>,
    answers: &mut [Blamed],
) -> Result<Vec<(ObjectId, TreePath, Vec<Open>)>, Diagnostic> {
    let mut passed = Vec::new();
    for parent in &commit.parents {
        if open.is_empty() {
            break;
        }
        let parent = past.repository.commit(*parent)?;
        let Some(before) = earlier_path(past, &parent, commit, path)? else { continue };
        if object(past, &parent, &before)? == object(past, commit, path)? {
            passed.push((parent.id, before, std::mem::take(&mut open)));
            break;
        }
        let items = at(past, &parent, &before)?.unwrap_or_default();
        let same = |(place, subject, item): &Open| {
            let said = items.said.get(&(subject.clone(), item.clone()));
            said.is_some() && said == answers.get(*place).map(|answer| &answer.text)
        };
        let (on, rest): (Vec<Open>, Vec<Open>) = open.into_iter().partition(same);
        open = rest;
        if !on.is_empty() {
            passed.push((parent.id, before, on));
        }
    }
    for (place, ..) in open {
        if let Some(answer) = answers.get_mut(place) {
            answer.commit = commit.clone();
        }
    }
    Ok(passed)
}

/// Where the file stood in a commit before, if it did.
fn earlier_path(
    past: &Past<'_>,
    parent: &Commit,
    commit: &Commit,
    path: &TreePath,
) -> Result<Option<TreePath>, Diagnostic> {
    if object(past, parent, path)?.is_some() {
        return Ok(Some(path.clone()));
    }
    let changes = past.repository.changes(parent, commit, past.below)?;
    let moved =
        pairs(changes).into_iter().find(|(_, after)| after.as_ref().is_some_and(|(new, _)| new == path));
    Ok(moved.and_then(|(before, _)| before).map(|(path, _)| path))
}

fn object(past: &Past<'_>, commit: &Commit, path: &TreePath) -> Result<Option<ObjectId>, Diagnostic> {
    let full = past.below.join(path.as_str()).unwrap_or_else(|_| path.clone());
    past.repository.entry(commit, &full)
}

fn at(past: &mut Past<'_>, commit: &Commit, path: &TreePath) -> Result<Option<Items>, Diagnostic> {
    let Some(id) = object(past, commit, path)? else { return Ok(None) };
    Ok(past.items(path, id, &[])?.map(|items| items.as_ref().clone()))
}

/// The files of a commit that say something of a subject, and what they are asked for: the subject itself, its parameters,
/// and what measures it.
///
/// # Errors
/// The repository lacks a file.
pub fn files_of(
    past: &mut Past<'_>,
    head: &Commit,
    subject: &Subject,
) -> Result<(Vec<TreePath>, BTreeSet<Subject>), Diagnostic> {
    let files = past.files(head)?;
    let mut wanted = BTreeSet::from([subject.clone()]);
    for (path, id) in &files {
        let is_document = !matches!(path.extension(), Some("jsonl" | "rego"));
        let Some(items) = past.items(path, *id, &[subject.name().to_owned()])?.filter(|_| is_document) else {
            continue;
        };
        let own: Vec<Subject> = items.parameters(subject).collect();
        let checks = items.of(|one| one == subject && matches!(one, Subject::Control(_)));
        let metrics: Vec<Subject> = checks
            .filter_map(|(name, _)| name.strip_prefix("check "))
            .map(|name| Subject::Metric(name.to_owned()))
            .collect();
        wanted.extend(own.into_iter().chain(metrics));
    }
    let names: Vec<String> = wanted.iter().map(|subject| subject.name().to_owned()).collect();
    let mut saying = Vec::new();
    for (path, id) in files {
        let items = past.items(&path, id, &names)?;
        if items.is_some_and(|items| items.of(|one| wanted.contains(one)).next().is_some()) {
            saying.push(path);
        }
    }
    Ok((saying, wanted))
}
