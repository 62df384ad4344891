use probity_diagnostics::FileTree;
use probity_generators::view::Report;
use probity_generators::{SummaryOptions, summary};
use probity_project::build::{Built, Options, TargetReport, build};
use probity_project::{Workspace, config};
use serde_json::{Value, json};

use super::{as_of, refuse, settle};
use crate::args::{AsOfArg, FormatArg, ProjectArgs, RemoteArgs};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Build the assessments of a project, like make.
///
/// Resolves profiles, compiles checks, judges evidence, and writes OSCAL
/// documents and reports below `build/`. What is up to date is not made
/// again. Exits with 1 where a control is above the project's gate.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Names of the assessments to build; all of them if left out.
    assessments: Vec<String>,

    /// Only say what would be made, and why.
    #[arg(short = 'n', long)]
    dry_run: bool,

    /// Number of threads; as many as there are processors if left out.
    #[arg(short, long, value_name = "N")]
    jobs: Option<std::num::NonZeroUsize>,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    format: FormatArg,

    #[command(flatten)]
    project: ProjectArgs,

    #[command(flatten)]
    pub(super) remote: RemoteArgs,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    ui.tell_as(args.format.format);
    match build_project(args, surroundings, ui) {
        Ok(status) | Err(status) => status,
    }
}

fn build_project(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let workspace = super::workspace(&args.project, &args.remote, surroundings, ui)?;
    let tree = workspace.tree.as_ref();
    let loaded = settle(config::load(tree, &super::explain::config_path(ui)?), tree, ui)?;
    let options = Options {
        as_of: as_of(&args.as_of, loaded.config.system.as_of.as_deref(), surroundings, ui)?,
        threads: args.jobs.map(std::num::NonZeroUsize::get),
        dry_run: args.dry_run,
        only: args.assessments.clone(),
    };
    let total = u64::try_from(loaded.config.assessments.len() * 4).unwrap_or(0);
    let progress = ui.progress(total, "building");
    let built = build(&workspace, &loaded, &options, &|target| {
        progress.step(target);
        progress.advance(1);
    });
    drop(progress);
    let built = built.map_err(|errors| refuse(&errors, tree, ui))?;
    ui.findings(&built.findings, tree);
    if args.dry_run {
        plan(&built, args.format.format, ui);
        return Ok(if built.failed { Status::Invalid } else { Status::Done });
    }
    report(&workspace, &built, args.format.format, ui)?;
    Ok(status(&built))
}

/// What a dry run says.
fn plan(built: &Built, format: Format, ui: &mut Ui) {
    if format == Format::Json {
        let rows: Vec<Value> =
            built.targets.iter().map(|t| json!({"target": t.name, "why": t.why})).collect();
        return ui.outcome(json!({ "targets": rows }), false);
    }
    for TargetReport { name, why } in &built.targets {
        ui.result(&match why {
            Some(why) => format!("{name}: {why}"),
            None => format!("{name}: up to date"),
        });
    }
}

/// Prints the summary of each assessment.
fn report(workspace: &Workspace, built: &Built, format: Format, ui: &mut Ui) -> Result<(), Status> {
    let made = built.targets.iter().filter(|target| target.why.is_some()).count();
    if format == Format::Json {
        let rows: Vec<Value> = built
            .assessments
            .iter()
            .map(|a| {
                json!({
                    "assessment": a.name,
                    "results": a.results.as_str(),
                    "controls-above-gate": a.outcome.above_gate,
                    "incomplete": a.outcome.incomplete,
                })
            })
            .collect();
        let targets: Vec<Value> = built
            .targets
            .iter()
            .map(|t| json!({"target": t.name, "made": t.why.is_some(), "why": t.why}))
            .collect();
        ui.outcome(json!({ "assessments": rows, "targets": targets, "failed": built.failed }), false);
        return Ok(());
    }
    for assessment in &built.assessments {
        let tree = workspace.disk.as_ref();
        let loaded = settle(Report::load(tree, &assessment.results), tree, ui)?;
        let options = SummaryOptions { color: ui.color(), width: ui.width(), ..SummaryOptions::default() };
        ui.result(&summary(&loaded, options));
        let folder = assessment.results.parent();
        ui.note(&format!("{}: {}/report.html", assessment.name, tree.display(&folder)));
    }
    ui.note(&match made {
        0 if built.failed => "nothing was made".to_owned(),
        0 => "everything is up to date".to_owned(),
        1 => format!("1 of {} targets made", built.targets.len()),
        n => format!("{n} of {} targets made", built.targets.len()),
    });
    Ok(())
}

fn status(built: &Built) -> Status {
    let mut status = if built.failed { Status::Invalid } else { Status::Done };
    for assessment in &built.assessments {
        status = status.and(of_outcome(&assessment.outcome));
    }
    status
}

/// The exit code that an outcome asks for.
pub(crate) fn of_outcome(outcome: &probity_project::job::Outcome) -> Status {
    let findings = if outcome.above_gate > 0 { Status::Findings } else { Status::Done };
    findings.and(if outcome.incomplete { Status::Incomplete } else { Status::Done })
}
