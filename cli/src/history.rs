//! What the commands on the history share: which repository and commits, and how a change is told.

use std::path::{Path, PathBuf};

use probity_diagnostics::{Diagnostic, FileTree, TreePath};
use probity_project::config::{self, LoadedConfig};
use probity_project::git::{Commit, Repository};
use probity_project::history::{Entry, Found, Judge, Judgements, Past, Subject, What, find};
use probity_project::review::Artifact;
use probity_project::{Access, GitTree};
use serde_json::{Value, json};

use crate::args::ProjectArgs;
use crate::place::{self, Named};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// By what commits are judged.
#[derive(Debug, clap::Args)]
pub(crate) struct JudgeArgs {
    /// Judge as of this instant (RFC 3339); left out, as the project in the
    /// commit says, else as of the time of the commit.
    #[arg(long, value_name = "INSTANT")]
    as_of: Option<jiff::Timestamp>,

    /// Judge every commit by this evidence: a folder or a file that stands for
    /// the project's; left out, by that of the commit, else of the folder.
    #[arg(long, value_name = "PATH")]
    evidence: Option<PathBuf>,
}

/// A project in a repository, from one commit backwards.
pub(crate) struct Place {
    /// The repository.
    pub(crate) repository: Repository,
    /// The folder of the project in it.
    pub(crate) below: TreePath,
    /// The folder on disk.
    pub(crate) root: PathBuf,
    /// The newest commit.
    pub(crate) head: Commit,
    /// The commit whose past is left out.
    pub(crate) since: Option<Commit>,
}

impl Place {
    /// The project that the arguments name, up to a revision or between two (`A..B`).
    ///
    /// # Errors
    /// There is no project, no repository, or no such revision: told, and exit code 2.
    pub(crate) fn open(
        project: &ProjectArgs,
        range: Option<&str>,
        surroundings: &Surroundings,
        ui: &mut Ui,
    ) -> Result<Self, Status> {
        Self::find(project, range, surroundings).map_err(|finding| refuse(&finding, ui))
    }

    fn find(
        project: &ProjectArgs,
        range: Option<&str>,
        surroundings: &Surroundings,
    ) -> Result<Self, Diagnostic> {
        let folder = surroundings.folder.join(project.project.as_deref().unwrap_or(Path::new("")));
        let root = match place::project(&surroundings.folder, project.project.as_deref()) {
            Ok(root) => root,
            Err(finding) => match Repository::discover(&folder) {
                Ok(found) if found.work_tree().is_none() => folder,
                _ => return Err(finding),
            },
        };
        let repository = Repository::discover(&root)?;
        let (head, since) = match range {
            Some(range) if range.contains("..") => {
                let found = repository.range(range)?;
                (found.head.unwrap_or_else(|| found.base.clone()), Some(found.base))
            }
            range => (repository.resolve(range.or(project.rev.as_deref()).unwrap_or("HEAD"))?, None),
        };
        let below = repository.below().clone();
        Ok(Self { repository, below, root, head, since })
    }

    /// The project in the commits.
    pub(crate) fn past(&self) -> Past<'_> {
        Past::new(&self.repository, &self.below)
    }

    /// The settings of the newest commit.
    ///
    /// # Errors
    /// They cannot be read: told, and exit code 2.
    pub(crate) fn settings(&self, ui: &mut Ui) -> Result<LoadedConfig, Status> {
        let load = || {
            let tree = GitTree::at(&self.repository, &self.head, &self.below)?;
            config::load(&tree, &config::path())
        };
        load()
            .map(|loaded| loaded.value)
            .map_err(|errors| crate::commands::refuse(&errors, &place::bundled(), ui))
    }

    /// What `ask` finds out of judged commits. Outcomes are kept where there is a folder to keep them in.
    ///
    /// # Errors
    /// The folder or the evidence cannot be read, or `ask` gives a finding: told, and exit code 2.
    pub(crate) fn judged<T>(
        &self,
        args: &JudgeArgs,
        surroundings: &Surroundings,
        ui: &mut Ui,
        ask: impl FnOnce(&mut Judgements<'_>, &mut Ui) -> Result<T, Diagnostic>,
    ) -> Result<T, Status> {
        let named = given(args.evidence.as_deref(), surroundings, ui)?;
        let artifact = match &named {
            Some(_) => artifact(named.as_ref(), &self.settings(ui)?, ui)?,
            None => None,
        };
        let disk = place::tree(&self.root, &surroundings.folder).map_err(|finding| refuse(&finding, ui))?;
        let judge = Judge {
            root: &self.root,
            disk,
            bundled: place::bundled(),
            access: &Access::default(),
            evidence: artifact.as_ref().map(|artifact| artifact as &dyn FileTree),
            as_of: args.as_of,
            is_kept: self.repository.work_tree().is_some(),
        };
        ask(&mut Judgements::new(&judge), ui).map_err(|finding| refuse(&finding, ui))
    }

    /// Says what of the history was not seen: files that could not be read, and what lies before the edge of a shallow clone.
    pub(crate) fn tell_gaps(&self, past: &Past<'_>, ui: &mut Ui) {
        for (file, why) in past.broken() {
            ui.note(&format!("note: `{file}` could not be read in some commit: {why}"));
        }
        if self.repository.is_shallow() {
            ui.note("note: the clone is shallow: what its oldest commits hold may be older (`git fetch --unshallow`)");
        }
    }
}

/// Evidence that was named on the command line, with the tree it is read from.
///
/// # Errors
/// It is not there: told, and exit code 2.
pub(crate) fn given(
    evidence: Option<&Path>,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Option<Named>, Status> {
    let named = evidence.map(|path| place::named(&path.to_string_lossy(), &surroundings.folder, None));
    named.transpose().map_err(|finding| refuse(&finding, ui))
}

/// The evidence that was named, as it stands for what the project has.
///
/// # Errors
/// It is one set, and the project has several: told, and exit code 2.
pub(crate) fn artifact<'n>(
    named: Option<&'n Named>,
    loaded: &LoadedConfig,
    ui: &mut Ui,
) -> Result<Option<Artifact<'n>>, Status> {
    let Some(named) = named else { return Ok(None) };
    if named.tree.is_folder(&named.path) {
        return Ok(Some(Artifact::folder(&named.tree)));
    }
    Artifact::file(&named.tree, named.path.clone(), loaded).map(Some).map_err(|finding| refuse(&finding, ui))
}

/// Whom the user means.
///
/// # Errors
/// Nobody, or one of several: told, and exit code 2.
pub(crate) fn subject(
    past: &mut Past<'_>,
    head: &Commit,
    name: &str,
    ui: &mut Ui,
) -> Result<Subject, Status> {
    match find(past, head, name) {
        Ok(Found::One(subject)) => Ok(subject),
        Ok(Found::Several(candidates)) => {
            ui.message(&format!("error: `{name}` may be one of these; say which:"));
            for candidate in candidates {
                ui.message(&format!("  {}:{}", candidate.kind(), candidate.name()));
            }
            Err(Status::Invalid)
        }
        Err(finding) => {
            let broken = past.broken().iter().map(|(file, why)| format!("`{file}` could not be read: {why}"));
            Err(refuse(&broken.fold(finding, Diagnostic::help), ui))
        }
    }
}

/// Tells an error that keeps a command from running.
pub(crate) fn refuse(finding: &Diagnostic, ui: &mut Ui) -> Status {
    ui.findings([finding], &place::bundled());
    Status::Invalid
}

/// The day of a commit.
pub(crate) fn day(commit: &Commit) -> String {
    commit.time.strftime("%Y-%m-%d").to_string()
}

/// A commit for programs.
pub(crate) fn commit_json(commit: &Commit) -> Value {
    json!({
        "id": commit.id.to_string(),
        "time": commit.time.to_string(),
        "author": commit.author,
        "summary": commit.summary,
    })
}

/// A change in one line.
pub(crate) fn told(entry: &Entry, subject: &Subject) -> String {
    let old = entry.before.as_deref().unwrap_or_default();
    let new = entry.after.as_deref().unwrap_or_default();
    let resource = matches!(subject, Subject::Resource(_));
    match (&entry.item, entry.what) {
        (None, What::Succeeded) if matches!(subject, Subject::Metric(_)) => {
            format!("renamed from {old} to {new}")
        }
        (None, What::Succeeded) => format!("moved here as {new}, from {old}"),
        (None, What::Removed) if resource => format!("vanished ({old})"),
        (None, What::Removed) => format!("removed: {old}"),
        (None, _) if resource => format!("appeared ({new})"),
        (None, _) => format!("added: {new}"),
        (Some(item), _) if is_file(item) => format!("{item} {}", word(entry.what)),
        (Some(item), What::Removed) => format!("{item} removed: {old}"),
        (Some(item), What::Added) => format!("{item} added: {new}"),
        (Some(item), _) => {
            let (old, new) = narrowed(old, new);
            format!("{item}: {old} \u{2192} {new}")
        }
    }
}

/// Two texts without the words that both begin and end with, but for one on each side; short texts stay whole.
fn narrowed(old: &str, new: &str) -> (String, String) {
    if old.chars().count() + new.chars().count() <= 60 {
        return (old.to_owned(), new.to_owned());
    }
    let (a, b): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
    let before = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let shorter = a.len().min(b.len()) - before;
    let after = a.iter().rev().zip(b.iter().rev()).take(shorter).take_while(|(a, b)| a == b).count();
    let cut = |words: &[&str]| {
        let (from, to) = (before.saturating_sub(1), (words.len() - after + 1).min(words.len()));
        let kept = words.get(from..to).unwrap_or_default().join(" ");
        let (head, tail) =
            (if from > 0 { "\u{2026}" } else { "" }, if to < words.len() { "\u{2026}" } else { "" });
        format!("{head}{kept}{tail}")
    };
    (cut(&a), cut(&b))
}

/// Whether an item is a whole file, whose text says nothing in one line.
pub(crate) fn is_file(item: &str) -> bool {
    ["Rego", "cases"].iter().any(|name| item == *name || item.starts_with(&format!("{name} of metric ")))
}

/// What happened, in one word.
pub(crate) fn word(what: What) -> &'static str {
    match what {
        What::Added => "added",
        What::Removed => "removed",
        What::Changed => "changed",
        What::Succeeded => "succeeded",
    }
}
