use std::path::PathBuf;

use probity_diagnostics::TreePath;
use probity_project::attest::Scrutiny;
use probity_project::build::OutputFolder;
use probity_project::config::{self, FailOn, Subjects};
use probity_project::job::Job;
use probity_project::steps::{self, Parts};
use probity_sharing::Label;
use serde_json::json;

use super::{refuse, settle};
use crate::args::{FormatArg, ProjectArgs, RemoteArgs};
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Compile controls to checks: an OPA bundle and an OSCAL assessment plan.
///
/// Stock OPA runs the bundle with the outcome that Probity has:
/// `opa eval -b FOLDER/bundle -i resource.json data.probity`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The assessment of the project to compile; may be left out where there
    /// is one.
    #[arg(conflicts_with = "profile")]
    assessment: Option<String>,

    /// Compile a profile instead of an assessment of a project.
    #[arg(short, long)]
    profile: Option<String>,

    /// The folder for what is written.
    #[arg(short, long, value_name = "FOLDER", default_value = "probity-checks")]
    output: PathBuf,

    #[command(flatten)]
    format: FormatArg,

    #[command(flatten)]
    project: ProjectArgs,

    #[command(flatten)]
    pub(super) remote: RemoteArgs,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    ui.tell_as(args.format.format);
    compile(args, surroundings, ui).unwrap_or_else(|status| status)
}

fn compile(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let workspace = match &args.profile {
        Some(_) => super::workspace_or_folder(&args.project, &args.remote, surroundings, ui)?,
        None => super::workspace(&args.project, &args.remote, surroundings, ui)?,
    };
    let tree = workspace.tree.as_ref();
    let (system, name, profile, parts, marking) = match &args.profile {
        Some(profile) => {
            let parts = Parts::of_profile(tree, profile).map_err(|errors| refuse(&errors, tree, ui))?;
            ("system without a plan".to_owned(), "checks".to_owned(), profile.clone(), parts, None)
        }
        None => of_project(args, &workspace, ui)?,
    };
    let output = surroundings.folder.join(&args.output);
    let href = |path: &TreePath| match path {
        path if path.bundled().is_some() || path.is_remote() => path.to_string(),
        path => place::relative(&output, &workspace.on_disk(path)),
    };
    let job = Job {
        system: &system,
        name: &name,
        profile: &profile,
        tree,
        evidence: tree,
        parts,
        sources: Vec::new(),
        attestations: Vec::new(),
        scrutiny: &Scrutiny::default(),
        poam: None,
        marking,
        subjects: Subjects::Failing,
        gate: FailOn::Never,
        imports: Vec::new(),
        giving: Vec::new(),
        archive: None,
        period: None,
        folder: TreePath::root(),
        href: &href,
    };
    let ontology = settle(steps::ontology(tree), tree, ui)?;
    let resolved = settle(job.resolve(), tree, ui)?;
    let compiled = settle(job.compile(&resolved, &ontology), tree, ui)?;
    let out = OutputFolder::new(&output);
    let written =
        job.write_catalog(&resolved, &out).and_then(|()| job.write_checks(&resolved, &compiled, &out));
    written.map_err(|finding| refuse(&finding.into(), tree, ui))?;
    let (checks, reviewed, rest) =
        (compiled.checks.len(), compiled.controls.len(), compiled.not_evaluated.len());
    if args.format.format == Format::Json {
        let outcome = json!({
            "checks": compiled.checks.iter().map(|check| check.name.as_str()).collect::<Vec<_>>(),
            "controls": reviewed,
            "not-evaluated": compiled.not_evaluated,
            "output": args.output.display().to_string(),
        });
        ui.outcome(outcome, false);
    } else {
        ui.result(&format!(
            "{checks} checks for {reviewed} controls; {rest} controls have neither metric nor procedure\n\
             {}/bundle, {}/assessment-plan.json",
            args.output.display(),
            args.output.display()
        ));
    }
    Ok(Status::Done)
}

/// System, name, profile, parts and label of an assessment of the project.
fn of_project(
    args: &Args,
    workspace: &probity_project::Workspace,
    ui: &mut Ui,
) -> Result<(String, String, String, Parts, Option<Label>), Status> {
    let tree = workspace.tree.as_ref();
    let loaded = settle(config::load(tree, &config::path()), tree, ui)?;
    let (index, assessment) = match (&args.assessment, loaded.config.assessments.as_slice()) {
        (Some(name), _) => loaded.assessment(name).map_err(|finding| refuse(&finding.into(), tree, ui))?,
        (None, [only]) => (0, only),
        (None, all) => {
            let names: Vec<&str> = all.iter().map(|a| a.name.as_str()).collect();
            ui.message(&format!("error: name one of the assessments: {}", names.join(", ")));
            return Err(Status::Invalid);
        }
    };
    let parts =
        Parts::of_assessment(tree, &loaded, index, assessment).map_err(|errors| refuse(&errors, tree, ui))?;
    let (system, name) = (loaded.config.system.name.clone(), assessment.name.clone());
    Ok((system, name, assessment.profile.clone(), parts, loaded.marking(assessment)))
}
