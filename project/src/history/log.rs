use std::collections::BTreeSet;
use std::sync::Arc;

use indexmap::IndexMap;
use probity_diagnostics::{Diagnostic, TreePath};

use super::item::{Items, Subject};
use super::pair::{Pair, pairs};
use super::past::Past;
use crate::git::{Commit, Walk};

/// What happened to a subject, or to something that is said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// It is there, and was not before.
    Added,
    /// It is not there any more.
    Removed,
    /// It is another.
    Changed,
    /// It took the place of another one, or the name.
    Succeeded,
}

/// A change that a commit made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The commit.
    pub commit: Commit,
    /// The file that says it, in the project; none for what was found by judging the commit.
    pub file: Option<TreePath>,
    /// What happened.
    pub what: What,
    /// What is another, such as `title` or `value of lg-2_prm_1`; none for the subject as a whole.
    pub item: Option<String>,
    /// The text before.
    pub before: Option<String>,
    /// The text after.
    pub after: Option<String>,
}

/// What became of a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// Of whom.
    pub subject: Subject,
    /// The changes, newest first; those of a commit in the order of files and documents.
    pub entries: Vec<Entry>,
}

/// The commits up to `head` and not in the past of `since` that changed what is said of a subject.
///
/// # Errors
/// The repository lacks a commit or a file.
pub fn log(
    past: &mut Past<'_>,
    head: &Commit,
    since: Option<&Commit>,
    subject: &Subject,
) -> Result<Log, Diagnostic> {
    let paths: Vec<TreePath> =
        Some(past.below.clone()).filter(|below| !below.as_str().is_empty()).into_iter().collect();
    let commits = past.repository.ancestors(head, &Walk { since, paths: &paths, ..Walk::default() })?;
    let mut traced = Traced { subjects: BTreeSet::from([subject.clone()]) };
    traced.parameters(past, head)?;
    let mut entries = Vec::new();
    for commit in commits {
        entries.extend(traced.made_by(past, &commit)?);
    }
    Ok(Log { subject: subject.clone(), entries })
}

/// A subject under all names that it had.
struct Traced {
    subjects: BTreeSet<Subject>,
}

impl Traced {
    /// Takes in the parameters that are the control's own in a commit.
    fn parameters(&mut self, past: &mut Past<'_>, commit: &Commit) -> Result<(), Diagnostic> {
        let names: Vec<String> = self.subjects.iter().map(|subject| subject.name().to_owned()).collect();
        for (path, id) in past.files(commit)? {
            if matches!(path.extension(), Some("jsonl" | "rego")) {
                continue;
            }
            if let Some(items) = past.items(&path, id, &names)? {
                let own: Vec<Subject> =
                    self.subjects.iter().flat_map(|control| items.parameters(control)).collect();
                self.subjects.extend(own);
            }
        }
        Ok(())
    }

    /// What a commit changed as seen from every commit that it builds on.
    fn made_by(&mut self, past: &mut Past<'_>, commit: &Commit) -> Result<Vec<Entry>, Diagnostic> {
        let below = past.below;
        if commit.parents.is_empty() {
            let changes = past.repository.changes_of(commit, below)?;
            return self.between(past, commit, pairs(changes));
        }
        let mut common: Option<Vec<Entry>> = None;
        for parent in &commit.parents {
            let parent = past.repository.commit(*parent)?;
            let changes = past.repository.changes(&parent, commit, below)?;
            let made = self.between(past, commit, pairs(changes))?;
            let key =
                |entry: &Entry| (entry.file.clone(), entry.item.clone(), entry.what, entry.after.clone());
            common = Some(match common {
                None => made,
                Some(mut known) => {
                    known.retain(|entry| made.iter().any(|other| key(other) == key(entry)));
                    known
                }
            });
        }
        Ok(common.unwrap_or_default())
    }

    fn between(
        &mut self,
        past: &mut Past<'_>,
        commit: &Commit,
        pairs: Vec<Pair>,
    ) -> Result<Vec<Entry>, Diagnostic> {
        let mut wanted = self.subjects.clone();
        let touches_metric = |(before, after): &Pair| {
            [before, after]
                .into_iter()
                .flatten()
                .any(|(path, _)| path.as_str().split('/').any(|part| part == "metrics"))
        };
        let of_control = self.subjects.iter().any(|one| matches!(one, Subject::Control(_)));
        if of_control && pairs.iter().any(touches_metric) {
            wanted.extend(self.metrics_at(past, commit)?);
        }
        let names: Vec<String> = wanted.iter().map(|subject| subject.name().to_owned()).collect();
        let mut sides = Vec::new();
        for (before, after) in pairs {
            // what moved may have had another name
            let moved = matches!((&before, &after), (Some((old, _)), Some((new, _))) if old != new);
            let mut read = |side: Option<(TreePath, _)>| match side {
                Some((path, id)) => {
                    let items = past.items(&path, id, if moved { &[] } else { &names })?;
                    Ok::<_, Diagnostic>(Some((path, items.unwrap_or_default())))
                }
                None => Ok(None),
            };
            sides.push((read(before)?, read(after)?));
        }
        let mut entries = Vec::new();
        for Sides { file, before, after } in joined(sides, &self.subjects) {
            let compared = Compared { before: &before, after: &after, own: &self.subjects, wanted: &wanted };
            entries.extend(compared.entries(commit, &file));
            let earlier = compared.earlier();
            self.subjects.extend(earlier);
        }
        // that a metric is new, or gone, says all of its files
        if entries.iter().any(|entry| entry.item.as_deref().is_none_or(|item| item.starts_with("metric "))) {
            entries
                .retain(|entry| entry.what == What::Changed || !entry.item.as_deref().is_some_and(is_file));
        }
        Ok(entries)
    }

    /// The metrics that measure the control in a commit.
    fn metrics_at(&self, past: &mut Past<'_>, commit: &Commit) -> Result<BTreeSet<Subject>, Diagnostic> {
        let names: Vec<String> = self.subjects.iter().map(|subject| subject.name().to_owned()).collect();
        let mut found = BTreeSet::new();
        for (path, id) in past.files(commit)? {
            if matches!(path.extension(), Some("jsonl" | "rego")) {
                continue;
            }
            if let Some(items) = past.items(&path, id, &names)? {
                let own = items.of(|subject| self.subjects.contains(subject));
                let checks = own.filter_map(|(name, _)| name.strip_prefix("check "));
                found.extend(checks.map(|name| Subject::Metric(name.to_owned())));
            }
        }
        Ok(found)
    }
}

/// Whether a subject is one of those that are traced: a parameter is its control's, which its id says in most catalogs.
fn belongs(own: &BTreeSet<Subject>, subject: &Subject) -> bool {
    let named = |id: &str| {
        let of = |control: &Subject| matches!(control, Subject::Control(control) if id.strip_prefix(control.as_str()).is_some_and(|rest| rest.starts_with('_')));
        own.iter().any(of)
    };
    own.contains(subject) || matches!(subject, Subject::Parameter(id) if named(id))
}

/// Whether an item is a whole file of a metric, the subject itself or one that measures it.
fn is_file(item: &str) -> bool {
    let rest = ["Rego", "cases"].iter().find_map(|name| item.strip_prefix(name));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(" of metric "))
}

/// What a file says, where there is one.
type Side = Option<(TreePath, Arc<Items>)>;

/// What is compared: what a file says before and after a commit, or what several do.
struct Sides {
    file: TreePath,
    before: Arc<Items>,
    after: Arc<Items>,
}

/// The files one by one; those that are gone and those that are new count as one where there are both, because what one said
/// may now be said by others: a document was split, or put together.
fn joined(sides: Vec<(Side, Side)>, own: &BTreeSet<Subject>) -> Vec<Sides> {
    let gone = sides.iter().any(|(_, after)| after.is_none());
    let is_joined = gone && sides.iter().any(|(before, _)| before.is_none());
    let mut found = Vec::new();
    let (mut before, mut after, mut file) = (Items::default(), Items::default(), None);
    for side in sides {
        match side {
            (Some((_, before)), Some((file, after))) => found.push(Sides { file, before, after }),
            (None, Some((path, items))) if is_joined => {
                if items.of(|subject| own.contains(subject)).next().is_some() {
                    file = Some(path);
                }
                after.join(&items);
            }
            (Some((path, items)), None) if is_joined => {
                file.get_or_insert(path);
                before.join(&items);
            }
            (None, Some((file, after))) => found.push(Sides { file, before: Arc::default(), after }),
            (Some((file, before)), None) => found.push(Sides { file, before, after: Arc::default() }),
            (None, None) => {}
        }
    }
    found.extend(file.map(|file| Sides { file, before: Arc::new(before), after: Arc::new(after) }));
    found
}

/// What a file says before and after a commit.
struct Compared<'c> {
    before: &'c Items,
    after: &'c Items,
    /// The subject under all its names.
    own: &'c BTreeSet<Subject>,
    /// The same, and the metrics that measure it.
    wanted: &'c BTreeSet<Subject>,
}

/// The item by which a subject as a whole is there.
fn mark(subject: &Subject) -> &'static str {
    match subject {
        Subject::Control(_) => "place",
        Subject::Parameter(_) => "",
        Subject::Metric(_) => "title",
        Subject::Resource(_) => "type",
    }
}

impl Compared<'_> {
    fn entries(&self, commit: &Commit, file: &TreePath) -> Vec<Entry> {
        let entry = |what, item, before, after| Entry {
            commit: commit.clone(),
            file: Some(file.clone()),
            what,
            item,
            before,
            after,
        };
        let there = |items: &Items| {
            let mut names = self
                .own
                .iter()
                .filter(|subject| items.said.contains_key(&((*subject).clone(), mark(subject).to_owned())));
            names.next().cloned()
        };
        let title = |items: &Items, subject: &Subject| {
            let key = if matches!(subject, Subject::Resource(_)) { "type" } else { "title" };
            items.said.get(&(subject.clone(), key.to_owned())).cloned()
        };
        match (there(self.before), there(self.after)) {
            (None, Some(new)) => match self.predecessor(&new) {
                Some((old, _)) => vec![entry(
                    What::Succeeded,
                    None,
                    Some(old.name().to_owned()),
                    Some(new.name().to_owned()),
                )],
                None => vec![entry(What::Added, None, None, title(self.after, &new))],
            },
            (Some(old), None) => vec![entry(What::Removed, None, title(self.before, &old), None)],
            _ => self.items(&entry),
        }
    }

    /// The items that differ: those of the document after in its order, then those that are gone.
    fn items(
        &self,
        entry: &dyn Fn(What, Option<String>, Option<String>, Option<String>) -> Entry,
    ) -> Vec<Entry> {
        let (old, new) = (self.texts(self.before), self.texts(self.after));
        let mut found = Vec::new();
        for (name, text) in &new {
            match old.get(name) {
                Some(before) if before == text => {}
                Some(before) => {
                    found.push(entry(
                        What::Changed,
                        Some(name.clone()),
                        Some(before.clone()),
                        Some(text.clone()),
                    ));
                }
                None => found.push(entry(What::Added, Some(name.clone()), None, Some(text.clone()))),
            }
        }
        let gone = old.iter().filter(|(name, _)| !new.contains_key(*name));
        found.extend(
            gone.map(|(name, text)| entry(What::Removed, Some(name.clone()), Some(text.clone()), None)),
        );
        found
    }

    /// What is said of the subject, and of what measures it; a metric that stands on one side only is one item.
    fn texts(&self, items: &Items) -> IndexMap<String, String> {
        let mut texts = IndexMap::new();
        let whole =
            |items: &Items, one: &Subject| items.said.contains_key(&(one.clone(), mark(one).to_owned()));
        for ((subject, name), text) in &items.said {
            let metric = subject.name();
            if belongs(self.own, subject) {
                texts.insert(name.clone(), text.clone());
            } else if !self.wanted.contains(subject)
                || name.starts_with("measures ")
                || name.starts_with("target for ")
            {
            } else if whole(self.before, subject) == whole(self.after, subject) {
                texts.insert(format!("{name} of metric {metric}"), text.clone());
            } else if name == mark(subject) {
                texts.insert(format!("metric {metric}"), text.clone());
            }
        }
        texts
    }

    /// Whose place a subject took that is new in this file: the one whose link says so, or the metric with its uuid.
    fn predecessor(&self, new: &Subject) -> Option<(Subject, String)> {
        match new {
            Subject::Control(id) => {
                let (_, old, relation) = self.after.successors.iter().find(|(to, ..)| to == id)?;
                Some((Subject::Control(old.clone()), relation.clone()))
            }
            Subject::Metric(name) => {
                let uuid = self.after.uuids.get(name)?;
                let (old, _) = self.before.uuids.iter().find(|(_, other)| *other == uuid)?;
                Some((Subject::Metric(old.clone()), "renamed".to_owned()))
            }
            _ => None,
        }
    }

    /// Names that the subject has in earlier commits, and the parameters that are its own.
    fn earlier(&self) -> BTreeSet<Subject> {
        let mut found = BTreeSet::new();
        for subject in self.own {
            found.extend(self.before.parameters(subject).chain(self.after.parameters(subject)));
            let key = (subject.clone(), mark(subject).to_owned());
            if self.after.said.contains_key(&key) && !self.before.said.contains_key(&key) {
                found.extend(self.predecessor(subject).map(|(old, _)| old));
            }
        }
        found
    }
}
