use clap::Subcommand;
use probity_diagnostics::{FileTree, TreePath};
use probity_project::build::{OutputFolder, collect};
use probity_project::config::{self, Source};
use probity_project::{Workspace, steps};
use serde_json::{Value, json};

use super::{as_of, refuse, settle};
use crate::args::{AsOfArg, FormatArg, ProjectArgs, RemoteArgs};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

mod files;
mod live;
mod summary;

/// Discover resources and write them as evidence.
///
/// Without a platform, every source of the project is read and written to its
/// evidence set. What could not be read is named in the set and told, and the
/// exit code is 3; it is 2 where nothing could be read at all.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    platform: Option<Of>,

    /// A source of the project; may be repeated. Left out: all that read
    /// something.
    #[arg(short, long, value_name = "NAME")]
    source: Vec<String>,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    format: FormatArg,

    #[command(flatten)]
    project: ProjectArgs,
}

/// What is looked at without a project.
#[derive(Debug, Subcommand)]
enum Of {
    Files(files::Args),
    Aws(Box<live::AwsArgs>),
    Azure(Box<live::AzureArgs>),
    Kubernetes(Box<live::KubernetesArgs>),
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    let done = match &args.platform {
        Some(Of::Files(args)) => files::run(args, surroundings, ui),
        Some(Of::Aws(args)) => live::run(&args.platform(), &args.live, surroundings, ui),
        Some(Of::Azure(args)) => live::run(&args.platform(surroundings), &args.live, surroundings, ui),
        Some(Of::Kubernetes(args)) => live::run(&args.platform(), &args.live, surroundings, ui),
        None => {
            ui.tell_as(args.format.format);
            sources(args, surroundings, ui)
        }
    };
    done.unwrap_or_else(|status| status)
}

/// Reads sources of the project, one after the other.
fn sources(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let workspace = super::workspace(&args.project, &RemoteArgs::default(), surroundings, ui)?;
    let tree = workspace.tree.as_ref();
    let loaded = settle(config::load(tree, &config::path()), tree, ui)?;
    let wanted = wanted(args, &loaded.config.sources, tree, ui)?;
    if wanted.is_empty() {
        ui.note("no source of this project collects; its evidence sets are made elsewhere");
    }
    let mut status = Status::Done;
    let mut told = Told::default();
    for source in wanted {
        let read = if let Some(platform) = source.platform(&live::credentials(surroundings)) {
            live::source(source, &platform, &workspace, surroundings, ui, &mut told)
        } else {
            let fixed = loaded.config.system.as_of.as_deref();
            let instant = as_of(&args.as_of, fixed, surroundings, ui)?.instant;
            manifests(source, &workspace, instant, ui, &mut told)
        };
        status = status.and(read.unwrap_or_else(|status| status));
    }
    if args.format.format == Format::Json {
        ui.outcome(json!({ "written": told.written, "sources": told.sources }), false);
    }
    Ok(status)
}

/// What the result of a run says.
#[derive(Default)]
struct Told {
    written: Vec<String>,
    sources: Vec<Value>,
}

/// The sources that are read: those that are named, else all that read
/// something.
fn wanted<'a>(
    args: &Args,
    sources: &'a [Source],
    tree: &dyn FileTree,
    ui: &mut Ui,
) -> Result<Vec<&'a Source>, Status> {
    let reads = |source: &&Source| source.collects() || source.observes();
    if args.source.is_empty() {
        return Ok(sources.iter().filter(reads).collect());
    }
    let mut found = Vec::new();
    for name in &args.source {
        if let Some(source) = sources.iter().filter(reads).find(|source| source.name == *name) {
            found.push(source);
            continue;
        }
        let known: Vec<&str> = sources.iter().filter(reads).map(|source| source.name.as_str()).collect();
        let finding = config::unknown_name("source that reads something", name, known.iter().copied());
        return Err(refuse(&finding.into(), tree, ui));
    }
    Ok(found)
}

fn manifests(
    source: &Source,
    workspace: &Workspace,
    instant: jiff::Timestamp,
    ui: &mut Ui,
    told: &mut Told,
) -> Result<Status, Status> {
    let tree = workspace.tree.as_ref();
    let collected =
        collect(tree, &TreePath::root(), source, instant).map_err(|errors| refuse(&errors, tree, ui))?;
    ui.findings(&collected.warnings, tree);
    let (path, bytes) = collected.value;
    write(&path, &bytes, workspace, ui, told)?;
    Ok(Status::Done)
}

/// Writes the evidence set of a source.
fn write(
    path: &TreePath,
    bytes: &[u8],
    workspace: &Workspace,
    ui: &mut Ui,
    told: &mut Told,
) -> Result<(), Status> {
    let tree = workspace.tree.as_ref();
    let out = OutputFolder::new(&workspace.root);
    out.bytes(path, bytes).map_err(|finding| refuse(&finding.into(), tree, ui))?;
    let shown = workspace.disk.display(path);
    ui.note(&format!("wrote {shown}"));
    told.written.push(shown);
    Ok(())
}

/// The words of evidence.
fn ontology(tree: &dyn FileTree, ui: &mut Ui) -> Result<probity_evidence::Ontology, Status> {
    settle(steps::ontology(tree), tree, ui)
}
