use std::path::{Path, PathBuf};

use probity_diagnostics::write_atomically;
use serde_json::json;

use super::{ask, attributes};
use crate::args::FormatArg;
use crate::commands::shell::quoted;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Bytes of a file that are looked at to tell whether it is a document.
const LOOK: u64 = 1 << 20;

/// Register the drivers with git.
///
/// Writes which files are documents to `.gitattributes` at the top of the
/// repository, between two marks, and what is to be called for them to the
/// repository's configuration. The first is to be committed; the second
/// everybody does once in their own clone: without it git merges as usual.
/// May be called again: nothing is written twice.
#[derive(Debug, clap::Args)]
pub(super) struct InstallArgs {
    #[command(flatten)]
    scope: ScopeArgs,

    #[command(flatten)]
    format: FormatArg,
}

/// Take back what `probity git install` did.
#[derive(Debug, clap::Args)]
pub(super) struct UninstallArgs {
    #[command(flatten)]
    scope: ScopeArgs,

    #[command(flatten)]
    format: FormatArg,
}

/// For whom it is done.
#[derive(Debug, clap::Args)]
struct ScopeArgs {
    /// For all repositories of the user: the user's configuration and file of
    /// attributes.
    #[arg(long, conflicts_with = "repository")]
    global: bool,

    /// For this repository; the default.
    #[arg(long)]
    repository: bool,
}

/// Where things are written.
struct Scope {
    /// The folder that git is called in.
    folder: PathBuf,
    /// The option of `git config`.
    config: &'static str,
    /// The file of attributes.
    attributes: PathBuf,
    /// Whether it is that of a repository.
    is_repository: bool,
}

impl Scope {
    fn new(global: bool, surroundings: &Surroundings) -> Result<Self, String> {
        let folder = surroundings.folder.clone();
        if global {
            let attributes = users_attributes(&folder, surroundings)?;
            return Ok(Self { folder, config: "--global", attributes, is_repository: false });
        }
        let top = ask(&folder, &["rev-parse", "--show-toplevel"])?.filter(|top| !top.is_empty());
        let top = top.ok_or("there is no work tree of git here; `--global` is for all repositories")?;
        let top = PathBuf::from(top);
        Ok(Self {
            folder: top.clone(),
            config: "--local",
            attributes: top.join(".gitattributes"),
            is_repository: true,
        })
    }
}

/// The file of attributes that counts in all repositories of the user.
fn users_attributes(folder: &Path, surroundings: &Surroundings) -> Result<PathBuf, String> {
    let named = ask(folder, &["config", "--global", "--type=path", "core.attributesFile"])?;
    if let Some(named) = named.filter(|named| !named.is_empty()) {
        return Ok(folder.join(named));
    }
    let variable =
        |name| surroundings.variables.get(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = variable("XDG_CONFIG_HOME").or_else(|| variable("HOME").map(|home| home.join(".config")));
    let base =
        base.ok_or("neither XDG_CONFIG_HOME nor HOME is set: the user's file of attributes is not known")?;
    Ok(base.join("git/attributes"))
}

/// What was done.
#[derive(Default)]
struct Done {
    lines: Vec<String>,
}

pub(super) fn install(args: &InstallArgs, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    ui.tell_as(args.format.format);
    let done = Scope::new(args.scope.global, surroundings).and_then(|scope| register(&scope));
    told(done, args.format.format, ui)
}

pub(super) fn uninstall(args: &UninstallArgs, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    ui.tell_as(args.format.format);
    let done = Scope::new(args.scope.global, surroundings).and_then(|scope| remove(&scope));
    told(done, args.format.format, ui)
}

fn told(done: Result<Done, String>, format: Format, ui: &mut Ui) -> Status {
    match done {
        Ok(done) if format == Format::Json => {
            ui.outcome(json!({ "done": done.lines }), false);
            Status::Done
        }
        Ok(done) => {
            done.lines.iter().for_each(|line| ui.result(line));
            Status::Done
        }
        Err(why) => {
            ui.message(&format!("error: {why}"));
            Status::Invalid
        }
    }
}

fn register(scope: &Scope) -> Result<Done, String> {
    let mut done = Done::default();
    let program = std::env::current_exe()
        .map_or_else(|_| "probity".to_owned(), |exe| exe.to_string_lossy().into_owned());
    let program = quoted(&program);
    let settings = [
        ("merge.oscal.name", "OSCAL documents, by Probity".to_owned()),
        (
            "merge.oscal.driver",
            format!("{program} git merge --marker-size=%L --ours=%X --theirs=%Y -- %O %A %B %P"),
        ),
        ("diff.oscal.command", format!("{program} git diff --")),
    ];
    for (key, value) in settings {
        set(scope, key, &value, &mut done)?;
    }
    let found = if scope.is_repository { documents(scope)? } else { Vec::new() };
    let before = text(&scope.attributes)?;
    let after = attributes::with(&before, &attributes::patterns(&found));
    put(&scope.attributes, &before, &after, &mut done)?;
    if scope.is_repository {
        done.lines.push(
            "commit .gitattributes; everybody else calls `probity git install` in their clone".to_owned(),
        );
    }
    Ok(done)
}

fn remove(scope: &Scope) -> Result<Done, String> {
    let mut done = Done::default();
    for section in ["merge.oscal", "diff.oscal"] {
        if ask(&scope.folder, &["config", scope.config, "--remove-section", section])?.is_some() {
            done.lines.push(format!("removed {section} from the configuration ({})", scope.config));
        }
    }
    let before = text(&scope.attributes)?;
    let after = attributes::without(&before);
    if after.trim().is_empty() && !before.trim().is_empty() {
        std::fs::remove_file(&scope.attributes).map_err(|error| unwritten(&scope.attributes, &error))?;
        done.lines.push(format!("removed {}, which held nothing else", scope.attributes.display()));
    } else {
        put(&scope.attributes, &before, &after, &mut done)?;
    }
    if done.lines.is_empty() {
        done.lines.push("nothing was installed".to_owned());
    }
    Ok(done)
}

fn set(scope: &Scope, key: &str, value: &str, done: &mut Done) -> Result<(), String> {
    let before = ask(&scope.folder, &["config", scope.config, "--get", key])?;
    if before.as_deref() == Some(value) {
        done.lines.push(format!("{key} is set already ({})", scope.config));
        return Ok(());
    }
    ask(&scope.folder, &["config", scope.config, "--replace-all", key, value])?
        .ok_or_else(|| format!("git does not take the setting `{key}` ({})", scope.config))?;
    done.lines.push(format!("set {key} ({})", scope.config));
    Ok(())
}

/// The files under version control that are likely to be documents.
#[expect(clippy::disallowed_methods, reason = "files are only looked at to name them in .gitattributes")]
fn documents(scope: &Scope) -> Result<Vec<String>, String> {
    use std::io::Read as _;
    let listed = ["ls-files", "-z", "--", "*.json", "*.yaml", "*.yml", "*.xml"];
    let listed = ask(&scope.folder, &listed)?.unwrap_or_default();
    let mut found = Vec::new();
    for name in listed.split('\0').filter(|name| !name.is_empty()) {
        let Ok(file) = std::fs::File::open(scope.folder.join(name)) else { continue };
        let mut start = Vec::new();
        if file.take(LOOK).read_to_end(&mut start).is_ok() && attributes::is_document(name, &start) {
            found.push(name.to_owned());
        }
    }
    Ok(found)
}

/// The text of a file; empty where there is none.
#[expect(clippy::disallowed_methods, reason = "the file is git's, and is changed in place")]
fn text(file: &Path) -> Result<String, String> {
    match std::fs::read_to_string(file) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(format!("`{}` cannot be read: {error}", file.display())),
    }
}

fn put(file: &Path, before: &str, after: &str, done: &mut Done) -> Result<(), String> {
    use std::io::Write as _;
    if before == after {
        done.lines.push(format!("{} is as it should be", file.display()));
        return Ok(());
    }
    // a link stays one: what it leads to is written
    let target = file.canonicalize().unwrap_or_else(|_| file.to_path_buf());
    write_atomically(&target, |writer| writer.write_all(after.as_bytes()))
        .map_err(|error| unwritten(file, &error))?;
    done.lines.push(format!("wrote {}", file.display()));
    Ok(())
}

fn unwritten(file: &Path, error: &std::io::Error) -> String {
    format!("`{}` cannot be written: {error}", file.display())
}
