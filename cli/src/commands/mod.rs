//! The commands: one module each, a function from arguments to a status.

pub(crate) mod archive;
pub(crate) mod assemble;
pub(crate) mod assess;
pub(crate) mod attest;
pub(crate) mod bisect;
pub(crate) mod blame;
pub(crate) mod build;
pub(crate) mod catalog;
pub(crate) mod certificate;
pub(crate) mod compile;
pub(crate) mod completions;
pub(crate) mod convert;
pub(crate) mod coverage;
pub(crate) mod diff;
pub(crate) mod discover;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod fmt;
pub(crate) mod git;
pub(crate) mod import;
pub(crate) mod init;
pub(crate) mod log;
pub(crate) mod man;
pub(crate) mod metric;
pub(crate) mod period;
pub(crate) mod poam;
pub(crate) mod report;
pub(crate) mod resolve;
pub(crate) mod review;
pub(crate) mod scan;
pub(crate) mod share;
pub(crate) mod shell;
pub(crate) mod split;
pub(crate) mod ssp;
pub(crate) mod test;
pub(crate) mod trend;
pub(crate) mod validate;

use probity_diagnostics::{Diagnostics, FileTree, Severity, Step};
use probity_oscal::trestle;
use probity_project::Workspace;
use probity_project::git::Repository;

use crate::args::{AsOfArg, Command, ProjectArgs, RemoteArgs};
use crate::documents::Source;
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Runs one command.
pub(crate) fn run(command: &Command, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    let status = run_one(command, surroundings, ui);
    if let Some(remote) = remote(command) {
        for prefix in remote.idle() {
            ui.note(&format!("the map of `{prefix}` was not needed: nothing was looked for below it"));
        }
        match remote.fetched() {
            0 => {}
            1 => ui.note("fetched 1 remote document; probity.lock names it"),
            n => ui.note(&format!("fetched {n} remote documents; probity.lock names them")),
        }
    }
    status
}

/// What a command may read from remote locations, where it follows imports.
fn remote(command: &Command) -> Option<&RemoteArgs> {
    match command {
        Command::Validate(args) => Some(&args.remote),
        Command::Resolve(args) => Some(&args.remote),
        Command::Compile(args) => Some(&args.remote),
        Command::Assess(args) => Some(&args.remote),
        Command::Scan(args) => Some(&args.remote),
        Command::Build(args) => Some(&args.remote),
        Command::Ssp(args) => Some(&args.remote),
        Command::Catalog(args) => args.remote(),
        _ => None,
    }
}

fn run_one(command: &Command, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    match command {
        Command::Init(args) => init::run(args, surroundings, ui),
        Command::Validate(args) => validate::run(args, surroundings, ui),
        Command::Convert(args) => convert::run(args, surroundings, ui),
        Command::Diff(args) => diff::run(args, surroundings, ui),
        Command::Fmt(args) => fmt::run(args, surroundings, ui),
        Command::Split(args) => split::run(args, surroundings, ui),
        Command::Assemble(args) => assemble::run(args, surroundings, ui),
        Command::Git(args) => git::run(args, surroundings, ui),
        Command::Resolve(args) => resolve::run(args, surroundings, ui),
        Command::Compile(args) => compile::run(args, surroundings, ui),
        Command::Discover(args) => discover::run(args, surroundings, ui),
        Command::Assess(args) => assess::run(args, surroundings, ui),
        Command::Scan(args) => scan::run(args, surroundings, ui),
        Command::Build(args) => build::run(args, surroundings, ui),
        Command::Attest(args) => attest::run(args, surroundings, ui),
        Command::Coverage(args) => coverage::run(args, surroundings, ui),
        Command::Report(args) => report::run(args, surroundings, ui),
        Command::Archive(args) => archive::run(args, surroundings, ui),
        Command::Trend(args) => trend::run(args, surroundings, ui),
        Command::Review(args) => review::run(args, surroundings, ui),
        Command::Export(args) => export::run(args, surroundings, ui),
        Command::Poam(args) => poam::run(args, surroundings, ui),
        Command::Ssp(args) => ssp::run(args, surroundings, ui),
        Command::Explain(args) => explain::run(args, surroundings, ui),
        Command::Log(args) => log::run(args, surroundings, ui),
        Command::Blame(args) => blame::run(args, surroundings, ui),
        Command::Bisect(args) => bisect::run(args, surroundings, ui),
        Command::Catalog(args) => catalog::run(args, surroundings, ui),
        Command::Certificate(args) => certificate::run(args, surroundings, ui),
        Command::Metric(args) => metric::run(args, surroundings, ui),
        Command::Import(args) => import::run(args, surroundings, ui),
        Command::Share(args) => share::run(args, surroundings, ui),
        Command::Test(args) => test::run(args, surroundings, ui),
        Command::Completions(args) => completions::run(args, ui),
        Command::Man(args) => man::run(args, surroundings, ui),
    }
}

/// The project that the arguments name.
///
/// # Errors
/// There is none, or its revision cannot be read: told, and exit code 2.
fn workspace(
    args: &ProjectArgs,
    remote: &RemoteArgs,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Workspace, Status> {
    let opened = place::project(&surroundings.folder, args.project.as_deref())
        .or_else(|finding| bare_repository(args, surroundings).ok_or(finding))
        .and_then(|root| open(root, args.rev.as_deref(), remote, surroundings));
    match opened {
        Ok(workspace) => {
            ui.findings(&workspace.notes, &place::bundled());
            Ok(workspace)
        }
        Err(finding) => {
            ui.findings([&finding], &place::bundled());
            Err(Status::Invalid)
        }
    }
}

/// The bare repository whose revision is the project; it has no file on disk that would say so.
fn bare_repository(args: &ProjectArgs, surroundings: &Surroundings) -> Option<std::path::PathBuf> {
    args.rev.as_ref()?;
    let folder = surroundings.folder.join(args.project.as_deref().unwrap_or(std::path::Path::new("")));
    let found = Repository::discover(&folder).ok()?;
    found.work_tree().is_none().then_some(folder)
}

/// The project that the arguments name, else the compliance-trestle workspace
/// or the working folder as a place without project, from which bundled
/// content can be reached.
fn workspace_or_folder(
    args: &ProjectArgs,
    remote: &RemoteArgs,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Workspace, Status> {
    match place::project(&surroundings.folder, args.project.as_deref()) {
        Ok(_) => workspace(args, remote, surroundings, ui),
        Err(_) if args.project.is_none() => {
            let folder = place::workspace(&surroundings.folder).unwrap_or(&surroundings.folder);
            open(folder.to_path_buf(), args.rev.as_deref(), remote, surroundings).map_err(|finding| {
                ui.findings([&finding], &place::bundled());
                Status::Invalid
            })
        }
        Err(finding) => {
            ui.findings([&finding], &place::bundled());
            Err(Status::Invalid)
        }
    }
}

fn open(
    root: std::path::PathBuf,
    rev: Option<&str>,
    remote: &RemoteArgs,
    surroundings: &Surroundings,
) -> Result<Workspace, probity_diagnostics::Diagnostic> {
    let disk = place::tree(&root, &surroundings.folder)?;
    let access = remote.access(&surroundings.folder)?;
    Workspace::open(root, disk, rev, place::bundled(), &access)
}

/// Takes the value out of a step: warnings are told; errors too, and exit
/// code 2.
pub(crate) fn settle<T>(step: Step<T>, tree: &dyn FileTree, ui: &mut Ui) -> Result<T, Status> {
    match step {
        Ok(warned) => {
            ui.findings(&warned.warnings, tree);
            Ok(warned.value)
        }
        Err(errors) => Err(refuse(&errors, tree, ui)),
    }
}

/// Tells errors that keep a command from running.
pub(crate) fn refuse(errors: &Diagnostics, tree: &dyn FileTree, ui: &mut Ui) -> Status {
    ui.findings(errors, tree);
    stopped_by(errors)
}

/// The exit code of errors: whether rules of sharing alone stand behind them.
pub(crate) fn stopped_by(errors: &Diagnostics) -> Status {
    let is_rule = |rule: &String| probity_sharing::rules::ALL.iter().any(|known| known.id == rule);
    let mut errors = errors.iter().filter(|finding| finding.severity == Severity::Error).peekable();
    let is_refusal = errors.peek().is_some() && errors.all(|error| error.rule.as_ref().is_some_and(is_rule));
    if is_refusal { Status::Refused } else { Status::Invalid }
}

/// The folders of documents of the compliance-trestle workspace that the
/// working folder belongs to, as if they were named; none where it belongs to
/// none, or to a project.
fn shelves(project: &ProjectArgs, surroundings: &Surroundings) -> Option<Vec<String>> {
    let folder = surroundings.folder.join(project.project.as_deref().unwrap_or(std::path::Path::new("")));
    if place::project(&surroundings.folder, project.project.as_deref()).is_ok() || project.rev.is_some() {
        return None;
    }
    let root = place::workspace(&folder)?;
    let shelves = trestle::SHELVES.iter().map(|(shelf, _)| root.join(shelf)).filter(|shelf| shelf.is_dir());
    Some(shelves.map(|shelf| place::relative(&surroundings.folder, &shelf)).collect())
}

/// The documents that were named: files, folders, and `-` for standard input.
fn sources(files: &[String], surroundings: &Surroundings, ui: &mut Ui) -> Result<Vec<Source>, Status> {
    let mut sources = Vec::new();
    for file in files {
        if file == "-" {
            sources.extend(Source::of_stdin(read_stdin(ui)?));
            continue;
        }
        match Source::named(file, &surroundings.folder) {
            Ok(found) => sources.extend(found),
            Err(finding) => return Err(refuse(&finding.into(), &place::bundled(), ui)),
        }
    }
    Ok(sources)
}

/// The instant of judgement that the surroundings give: `--as-of`, else
/// `SOURCE_DATE_EPOCH`, else what the project says, else the clock.
fn as_of(
    arg: &AsOfArg,
    project: Option<&str>,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<probity_project::AsOf, Status> {
    let fixed = |instant| probity_project::AsOf { instant, from_clock: false };
    if let Some(instant) = arg.as_of {
        return Ok(fixed(instant));
    }
    if let Some(text) = &surroundings.source_date_epoch {
        let seconds = text.trim().parse().ok().and_then(|s| jiff::Timestamp::from_second(s).ok());
        return seconds.map(fixed).ok_or_else(|| {
            ui.message(&format!("error: SOURCE_DATE_EPOCH is `{text}`, not a number of seconds"));
            Status::Invalid
        });
    }
    if let Some(instant) = project.and_then(|text| text.parse().ok()) {
        return Ok(fixed(instant));
    }
    Ok(probity_project::AsOf { instant: surroundings.now, from_clock: true })
}

/// Standard input, at most as much as a document may have.
fn read_stdin(ui: &mut Ui) -> Result<Vec<u8>, Status> {
    use std::io::Read as _;
    let limit = probity_diagnostics::document::Limits::default().bytes;
    let mut bytes = Vec::new();
    match std::io::stdin().lock().take(limit + 1).read_to_end(&mut bytes) {
        Ok(n) if u64::try_from(n).unwrap_or(u64::MAX) > limit => {
            ui.message(&format!("error: standard input is larger than {limit} bytes"));
            Err(Status::Invalid)
        }
        Ok(_) => Ok(bytes),
        Err(error) => {
            ui.message(&format!("error: standard input cannot be read: {error}"));
            Err(Status::Invalid)
        }
    }
}
