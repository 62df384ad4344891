//! Findings about repositories that cannot be read as wanted, each with the way out.

use std::path::Path;

use git2::{ErrorCode, Repository};
use probity_diagnostics::{Diagnostic, nearest};

use crate::codes;

/// No repository, or one of a kind that cannot be read.
pub(super) fn opening(folder: &Path, error: &git2::Error) -> Diagnostic {
    let shown = folder.display();
    let said = error.message();
    if error.code() == ErrorCode::Owner {
        let top = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
        return Diagnostic::error(
            &codes::FOREIGN_OWNER,
            format!("the git repository of `{shown}` belongs to another user"),
        )
        .help(format!(
            "`git config --global --add safe.directory {}` trusts it",
            top.ancestors().find(|above| above.join(".git").exists()).unwrap_or(&top).display()
        ));
    }
    if said.contains("object format") {
        return unsupported(format!("the git repository of `{shown}` has SHA-256 object ids"))
            .help("a copy with SHA-1 ids: `git init --object-format=sha1 COPY && git fast-export --all | git -C COPY fast-import`");
    }
    if said.contains("extensions.refstorage") {
        return unsupported(format!("the git repository of `{shown}` keeps its references in a reftable"))
            .help("`git refs migrate --ref-format=files` turns them into files (git 2.46 or later)");
    }
    if said.contains("extensions.partialclone") {
        return unsupported(format!("the git repository of `{shown}` is a partial clone of an older git"))
            .help("`git fetch --refetch --no-filter && git config --unset extensions.partialClone` makes it a whole one");
    }
    if said.contains("unsupported extension") {
        return unsupported(format!("the git repository of `{shown}` cannot be read: {said}"));
    }
    let finding = Diagnostic::error(&codes::NO_REPOSITORY, format!("`{shown}` is in no git repository"));
    if error.code() == ErrorCode::NotFound { finding } else { finding.help(said.to_owned()) }
}

fn unsupported(message: String) -> Diagnostic {
    Diagnostic::error(&codes::UNSUPPORTED_REPOSITORY, message)
        .help("the work tree can be used without --rev; a checkout of another commit: `git worktree add FOLDER COMMIT`")
}

/// A revision that names no commit.
pub(super) fn revision(repository: &Repository, rev: &str, error: &git2::Error) -> Diagnostic {
    let unborn = repository.head().is_err_and(|e| e.code() == ErrorCode::UnbornBranch);
    if repository.is_empty().unwrap_or(false) || (unborn && (rev.starts_with("HEAD") || rev.starts_with('@')))
    {
        return Diagnostic::error(
            &codes::NO_COMMIT,
            format!("revision `{rev}` cannot be read: nothing was committed yet"),
        )
        .help("`git commit` makes the first commit");
    }
    if is_missing_object(error) && !repository.is_shallow() {
        return missing_object(repository, &format!("revision `{rev}` cannot be read"));
    }
    let message = match error.code() {
        ErrorCode::Ambiguous => format!("revision `{rev}` is ambiguous: several objects begin so"),
        ErrorCode::Peel | ErrorCode::InvalidSpec if names_object(repository, rev) => {
            format!("`{rev}` is no commit")
        }
        _ => format!("revision `{rev}` is unknown here"),
    };
    let known = names(repository);
    let (base, rest) = rev.split_at(rev.find(['~', '^', '@', ':']).unwrap_or(rev.len()));
    let base_is_known = !rest.is_empty() && names_object(repository, base);
    let near = if base_is_known { None } else { similar(base, &known) };
    let hint = |finding: Diagnostic| match &near {
        Some(near) => finding.help(format!("did you mean `{near}{rest}`?")),
        None => finding,
    };
    if repository.is_shallow() && error.code() != ErrorCode::Ambiguous {
        return deepen(hint(Diagnostic::error(
            &codes::SHALLOW,
            format!("{message}, and the clone is shallow"),
        )));
    }
    let finding = hint(Diagnostic::error(&codes::BAD_REVISION, message));
    let counted = base_is_known && rest.starts_with(['~', '^']);
    if counted {
        finding.help(format!("`{base}` is known, and has fewer commits before it"))
    } else {
        finding
    }
}

fn names_object(repository: &Repository, rev: &str) -> bool {
    repository.revparse_single(rev).is_ok()
}

/// Two commits whose common one is not there.
pub(super) fn no_merge_base(repository: &Repository, a: &str, b: &str) -> Diagnostic {
    let message = format!("`{a}` and `{b}` have no commit in common");
    if repository.is_shallow() {
        return deepen(Diagnostic::error(
            &codes::SHALLOW,
            format!("{message}, as far as the shallow clone shows"),
        ));
    }
    Diagnostic::error(&codes::NO_MERGE_BASE, message).help(format!("`{a}..{b}` compares them all the same"))
}

/// The ways to a history that is long enough.
fn deepen(finding: Diagnostic) -> Diagnostic {
    finding
        .help("`git fetch --unshallow` brings the whole history, `git fetch --deepen=50` some of it")
        .help("in CI: `fetch-depth: 0` for actions/checkout, `GIT_DEPTH: 0` in GitLab")
}

/// An object that the repository should hold, and does not; `what` could not be done without it.
pub(super) fn missing_object(repository: &Repository, what: &str) -> Diagnostic {
    let partial = is_partial(repository);
    let why = if partial { "the clone is partial and lacks it" } else { "an object is missing or damaged" };
    let finding = Diagnostic::error(&codes::MISSING_OBJECT, format!("{what}: {why}"));
    if partial {
        finding.help("`git fetch --refetch --no-filter` brings everything that was left out")
    } else {
        finding.help("`git fsck` says what is wrong with the repository")
    }
}

fn is_missing_object(error: &git2::Error) -> bool {
    error.class() == git2::ErrorClass::Odb
        && error.code() == ErrorCode::NotFound
        && error.message().starts_with("object not found")
}

/// Whether a remote of the repository has promised objects that were left out.
fn is_partial(repository: &Repository) -> bool {
    let promised = || {
        let config = repository.config().ok()?;
        let mut entries = config.entries(Some(r"^remote\..*\.promisor$")).ok()?;
        entries.next().map(|entry| entry.is_ok())
    };
    promised().unwrap_or(false)
}

/// Names of branches and tags, as people write them.
fn names(repository: &Repository) -> Vec<String> {
    let mut names = Vec::new();
    for reference in repository.references().into_iter().flatten().flatten() {
        let is_name = reference.is_branch() || reference.is_tag() || reference.is_remote();
        if let (true, Ok(name)) = (is_name, reference.shorthand()) {
            names.push(name.to_owned());
        }
    }
    names.sort();
    names
}

/// The name that was meant: the branch of a remote, else the one that is spelt most alike.
fn similar<'a>(given: &str, known: &'a [String]) -> Option<&'a str> {
    let remote = known.iter().find(|name| name.split_once('/').is_some_and(|(_, branch)| branch == given));
    remote.map(String::as_str).or_else(|| nearest(given, known.iter().map(String::as_str)))
}
