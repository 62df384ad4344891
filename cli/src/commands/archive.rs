use probity_diagnostics::{Diagnostic, FileTree, TreePath};
use probity_project::archive::{Kept, folder, keep};
use probity_project::build::OutputFolder;
use probity_project::config::{self, Assessment, LoadedConfig};
use probity_project::job::built_results;
use serde_json::{Value, json};

use super::{refuse, settle};
use crate::args::{FormatArg, ProjectArgs, RemoteArgs};
use crate::series::no_archive;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Keep the results that were built, so that they can be looked at over time.
///
/// Copies the assessment results of `build/NAME/` with their verdicts into a
/// folder of the assessment's `archive` that is named after the instant as of
/// which they hold, and the resolved catalog once for all results that use
/// it. What is kept is never replaced: other results of the same instant are
/// refused. `probity trend` and `probity report --period` read the archive.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity build --as-of 2026-10-01T06:00:00Z; probity archive eucs\n\
docs/periods.md has the layout of an archive.")]
pub(crate) struct Args {
    /// Assessments of the project; left out, all that have an archive.
    assessments: Vec<String>,

    /// Keep the evidence sets, too.
    #[arg(long)]
    evidence: bool,

    /// The project folder; left out, the nearest with a `probity.toml`.
    #[arg(short = 'C', long = "project", value_name = "FOLDER")]
    project: Option<std::path::PathBuf>,

    #[command(flatten)]
    format: FormatArg,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    ui.tell_as(args.format.format);
    archive(args, surroundings, ui).unwrap_or_else(|status| status)
}

fn archive(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let project = ProjectArgs { project: args.project.clone(), rev: None };
    let workspace = super::workspace(&project, &RemoteArgs::default(), surroundings, ui)?;
    let tree = workspace.disk.as_ref();
    let loaded = settle(config::load(tree, &config::path()), tree, ui)?;
    let wanted = wanted(args, &loaded).map_err(|finding| refuse(&finding.into(), tree, ui))?;
    let out = OutputFolder::new(workspace.root.clone());
    let (mut status, mut told) = (Status::Done, Vec::new());
    for (assessment, folder) in wanted {
        let kept = results(assessment, tree)
            .map_err(Into::into)
            .and_then(|results| keep(tree, &results, &folder, args.evidence, &out));
        match settle(kept, tree, ui) {
            Ok(kept) if args.format.format == Format::Json => told.push(as_json(&assessment.name, &kept)),
            Ok(kept) => tell(&assessment.name, &kept, ui),
            Err(refused) => status = status.and(refused),
        }
    }
    if args.format.format == Format::Json {
        ui.outcome(json!({ "kept": told }), false);
    }
    Ok(status)
}

/// The assessments to keep results of, and where.
fn wanted<'a>(args: &Args, loaded: &'a LoadedConfig) -> Result<Vec<(&'a Assessment, TreePath)>, Diagnostic> {
    let mut wanted = Vec::new();
    for name in &args.assessments {
        let (_, assessment) = loaded.assessment(name)?;
        let folder = folder(loaded, assessment)?;
        let folder =
            folder.ok_or_else(|| no_archive(loaded, &format!("assessment `{name}` has no archive")))?;
        wanted.push((assessment, folder));
    }
    if args.assessments.is_empty() {
        for assessment in &loaded.config.assessments {
            wanted.extend(folder(loaded, assessment)?.map(|folder| (assessment, folder)));
        }
    }
    if wanted.is_empty() { Err(no_archive(loaded, "no assessment has an archive")) } else { Ok(wanted) }
}

/// The results that the last build left.
fn results(assessment: &Assessment, tree: &dyn FileTree) -> Result<TreePath, Diagnostic> {
    let path = built_results(&assessment.name)?;
    match tree.stat(&path) {
        Ok(_) => Ok(path),
        Err(error) => Err(Diagnostic::from(error).help("run `probity build` first")),
    }
}

fn tell(name: &str, kept: &Kept, ui: &mut Ui) {
    if kept.new.is_empty() {
        ui.result(&format!("{name}: as of {} is kept already in {}", kept.as_of, kept.folder));
        return;
    }
    ui.result(&format!("{name}: kept as of {}", kept.as_of));
    for path in &kept.new {
        ui.result(&format!("  {path}"));
    }
    for path in &kept.same {
        ui.note(&format!("  {path} is there already"));
    }
}

fn as_json(name: &str, kept: &Kept) -> Value {
    let paths = |paths: &[TreePath]| paths.iter().map(ToString::to_string).collect::<Vec<_>>();
    json!({
        "assessment": name,
        "as-of": kept.as_of.to_string(),
        "folder": kept.folder.to_string(),
        "new": paths(&kept.new),
        "same": paths(&kept.same),
    })
}
