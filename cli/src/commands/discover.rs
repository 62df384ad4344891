use std::path::PathBuf;

use probity_diagnostics::{FileTree as _, TreePath};
use probity_discovery::{Input, SourceKind, detect};
use probity_project::build::{OutputFolder, collect, kubernetes_evidence};
use probity_project::{config, steps};
use serde_json::json;

use super::{as_of, refuse, settle};
use crate::args::{AsOfArg, FormatArg, ProjectArgs, RemoteArgs};
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Discover resources and write them as evidence.
///
/// Without inputs, every source of the project that collects is read, and
/// written to its evidence set. With inputs, Kubernetes manifests become one
/// evidence set. What could not be read is named in the set and told. Under
/// `--format json` that is one document with the files that were written; it
/// goes to standard error where standard output is the evidence.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Manifests: files, folders or patterns; `-` is standard input.
    inputs: Vec<String>,

    /// Where to write the evidence of the inputs; standard output if left out.
    #[arg(short, long, value_name = "FILE", requires = "inputs")]
    output: Option<PathBuf>,

    /// What the inputs belong to, such as a cluster.
    #[arg(long, default_value = "scan", requires = "inputs")]
    scope: String,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    format: FormatArg,

    #[command(flatten)]
    project: ProjectArgs,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    ui.tell_as(args.format.format);
    let done =
        if args.inputs.is_empty() { sources(args, surroundings, ui) } else { inputs(args, surroundings, ui) };
    match done {
        Ok(status) | Err(status) => status,
    }
}

fn inputs(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let instant = as_of(&args.as_of, None, surroundings, ui)?.instant;
    let bundled = place::bundled();
    let ontology = settle(steps::ontology(&bundled), &bundled, ui)?;
    let (stdin, files): (Vec<&String>, Vec<&String>) = args.inputs.iter().partition(|input| *input == "-");
    let common = place::common(&files, &surroundings.folder).map_err(|f| refuse(&f.into(), &bundled, ui))?;
    let tree = &common.tree;
    let mut found = Vec::new();
    for path in &common.paths {
        if settle(detect(tree, path), tree, ui)? == SourceKind::EvidenceSet {
            ui.message(&format!("error: `{path}` is an evidence set already"));
            return Err(Status::Invalid);
        }
        found.push(Input::Path(path.clone()));
    }
    if !stdin.is_empty() {
        found.push(Input::Bytes { name: "stdin".to_owned(), bytes: super::read_stdin(ui)? });
    }
    let bytes = settle(kubernetes_evidence(tree, &found, &args.scope, instant, &ontology), tree, ui)?;
    let status = ui.write(&bytes, &surroundings.folder, args.output.as_deref());
    if args.format.format == Format::Json && status == Status::Done {
        let written: Vec<String> = args.output.iter().map(|path| path.display().to_string()).collect();
        ui.outcome(json!({ "written": written }), args.output.is_none());
    }
    Ok(status)
}

fn sources(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let workspace = super::workspace(&args.project, &RemoteArgs::default(), surroundings, ui)?;
    let tree = workspace.tree.as_ref();
    let loaded = settle(config::load(tree, &super::explain::config_path(ui)?), tree, ui)?;
    let instant = as_of(&args.as_of, loaded.config.system.as_of.as_deref(), surroundings, ui)?.instant;
    let out = OutputFolder::new(&workspace.root);
    let collecting: Vec<_> = loaded.config.sources.iter().filter(|source| source.collects()).collect();
    if collecting.is_empty() {
        ui.note("no source of this project collects; its evidence sets are made elsewhere");
    }
    let progress = ui.progress(u64::try_from(collecting.len()).unwrap_or(0), "discovering");
    let mut status = Status::Done;
    let mut written = Vec::new();
    for source in collecting {
        progress.step(&source.name);
        match collect(tree, &TreePath::root(), source, instant) {
            Ok(collected) => {
                ui.findings(&collected.warnings, tree);
                let (path, bytes) = collected.value;
                out.bytes(&path, &bytes).map_err(|finding| refuse(&finding.into(), tree, ui))?;
                let shown = workspace.disk.display(&path);
                ui.note(&format!("wrote {shown}"));
                written.push(shown);
            }
            Err(errors) => status = status.and(refuse(&errors, tree, ui)),
        }
        progress.advance(1);
    }
    if args.format.format == Format::Json {
        ui.outcome(json!({ "written": written }), false);
    }
    Ok(status)
}
