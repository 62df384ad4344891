use std::path::PathBuf;

use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, MemoryTree, TreePath};
use probity_discovery::{Input, SourceKind, detect, detect_bytes};
use probity_project::steps;

use super::assess::{Judged, Lone};
use super::{as_of, refuse, settle};
use crate::args::{AsOfArg, FormatArg, ProjectArgs};
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Discover and assess in one go, without a project.
///
/// Reads Kubernetes manifests or evidence sets (the kind is detected), judges
/// them by the checks of a profile, and writes evidence, verdicts, OSCAL
/// assessment results and reports into one folder.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity scan deploy.yaml -p eucs-high")]
pub(crate) struct Args {
    /// Files, folders or patterns; `-` is standard input.
    #[arg(required = true)]
    inputs: Vec<String>,

    /// The profile: a file, or a name (`probity catalog list`).
    #[arg(short, long)]
    profile: String,

    /// The folder for what is written.
    #[arg(short, long, value_name = "FOLDER", default_value = "probity-scan")]
    output: PathBuf,

    /// What the inputs belong to, such as a cluster.
    #[arg(long, default_value = "scan")]
    scope: String,

    /// The severity at which a failing control makes the exit code 1.
    #[arg(long, value_name = "SEVERITY", default_value = "low")]
    fail_on: super::assess::FailOnArg,

    /// Number of threads; as many as there are processors if left out.
    #[arg(short, long, value_name = "N")]
    jobs: Option<std::num::NonZeroUsize>,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    format: FormatArg,

    #[command(flatten)]
    project: ProjectArgs,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    match scan(args, surroundings, ui) {
        Ok(status) | Err(status) => status,
    }
}

fn scan(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let instant = as_of(&args.as_of, None, surroundings, ui)?.instant;
    let workspace = super::workspace_or_folder(&args.project, surroundings, ui)?;
    let progress = ui.progress(2, "scanning");
    progress.step("reading");
    let known = known_profile(args, &workspace, ui);
    let sets = evidence(args, instant, surroundings, ui)?;
    known?;
    progress.advance(1);
    let mut memory = MemoryTree::new();
    let mut sources = Vec::new();
    for (path, bytes) in sets {
        sources.push(path.clone());
        memory.insert(path, bytes);
    }
    progress.step("judging");
    let lone = Lone {
        name: "scan",
        profile: &args.profile,
        evidence: &memory,
        sources: &sources,
        keep_evidence: true,
        href: &|path| path.as_str().to_owned(),
        output: &surroundings.folder.join(&args.output),
        shown: &args.output,
        fail_on: args.fail_on.into(),
        judged: Judged { instant, threads: args.jobs.map(std::num::NonZeroUsize::get) },
        format: args.format.format,
    };
    drop(progress);
    lone.run(&workspace, ui)
}

/// Whether the profile is there: told together with what is wrong with the
/// inputs.
fn known_profile(args: &Args, workspace: &probity_project::Workspace, ui: &mut Ui) -> Result<(), Status> {
    let tree = workspace.tree.as_ref();
    match steps::Parts::of_profile(tree, &args.profile) {
        Ok(_) => Ok(()),
        Err(errors) => Err(refuse(&errors, tree, ui)),
    }
}

/// The evidence sets of the inputs: manifests become one, given sets stay.
fn evidence(
    args: &Args,
    instant: jiff::Timestamp,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Vec<(TreePath, Vec<u8>)>, Status> {
    let bundled = place::bundled();
    let ontology = settle(steps::ontology(&bundled), &bundled, ui)?;
    let (stdin, files): (Vec<&String>, Vec<&String>) = args.inputs.iter().partition(|input| *input == "-");
    let common = place::common(&files, &surroundings.folder).map_err(|f| refuse(&f.into(), &bundled, ui))?;
    let tree = &common.tree;
    let mut manifests = Vec::new();
    let mut sets: Vec<(TreePath, Vec<u8>)> = Vec::new();
    for path in &common.paths {
        match settle(detect(tree, path), tree, ui)? {
            SourceKind::KubernetesManifest => manifests.push(Input::Path(path.clone())),
            SourceKind::EvidenceSet => {
                let bytes = tree
                    .read(path, u64::MAX - 1)
                    .map_err(|e| refuse(&Diagnostic::from(e).into(), tree, ui))?;
                sets.push((name_of_set(sets.len() + 1, ui)?, bytes));
            }
        }
    }
    if !stdin.is_empty() {
        let bytes = super::read_stdin(ui)?;
        match detect_bytes(&bytes) {
            Some(SourceKind::EvidenceSet) => sets.push((name_of_set(sets.len() + 1, ui)?, bytes)),
            _ => manifests.push(Input::Bytes { name: "stdin".to_owned(), bytes }),
        }
    }
    if !manifests.is_empty() {
        let collected =
            probity_project::build::kubernetes_evidence(tree, &manifests, &args.scope, instant, &ontology);
        let bytes = settle(collected, tree, ui)?;
        sets.insert(0, (path("evidence/kubernetes.jsonl", ui)?, bytes));
    }
    Ok(sets)
}

fn name_of_set(number: usize, ui: &mut Ui) -> Result<TreePath, Status> {
    path(&format!("evidence/set-{number}.jsonl"), ui)
}

fn path(text: &str, ui: &mut Ui) -> Result<TreePath, Status> {
    TreePath::parse(text).map_err(|error| {
        let finding = Diagnostic::error(&probity_diagnostics::codes::PATH_OUTSIDE, error.to_string());
        refuse(&Diagnostics::from(finding), &place::bundled(), ui)
    })
}
