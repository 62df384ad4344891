use std::path::PathBuf;

use probity_diagnostics::{Diagnostics, FileTree};
use probity_generators::SummaryOptions;
use probity_project::build::{
    Ask, BuildLock, Built, BuiltAssessment, Graph, Options, TargetReport, Why, build,
};
use probity_project::config::{self, LoadedConfig};
use probity_project::{Workspace, register};
use serde_json::{Value, json};

use super::{as_of, refuse, settle, stopped_by};
use crate::args::{AsOfArg, FormatArg, ProjectArgs, RemoteArgs};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Build the assessments of a project, like make.
///
/// Resolves profiles, compiles checks, judges evidence, and writes OSCAL
/// documents and reports below `build/`. What is up to date is not made
/// again. Exits with 1 where a control is above the project's gate.
///
/// Targets are `NAME/catalog`, `NAME/checks` and `NAME/results` of each
/// assessment, its reports (`NAME/html`, `NAME/markdown`, `NAME/pdf`,
/// `NAME/xlsx`, `NAME/csv`), its checks (`NAME/check/METRIC`) and findings
/// (`NAME/finding/CONTROL`), and `source/NAME` for sources that read
/// manifests. After an error no other target is begun, unless
/// `--keep-going` says so.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Names of the assessments to build; all of them if left out.
    assessments: Vec<String>,

    /// Only say what would be made, and why.
    #[arg(short = 'n', long)]
    dry_run: bool,

    /// Say why a target would be made or is up to date, and what it is made
    /// of; nothing is built.
    #[arg(long, value_name = "TARGET", conflicts_with = "graph")]
    why: Option<String>,

    /// Draw targets and what they are made of; nothing is built.
    #[arg(long, value_name = "FORMAT")]
    graph: Option<GraphArg>,

    /// The file for the drawing; standard output if left out.
    #[arg(short, long, value_name = "FILE", requires = "graph")]
    output: Option<PathBuf>,

    /// Go on with other targets after one could not be made.
    #[arg(short, long)]
    keep_going: bool,

    /// End with exit code 2 where another build of the project is running,
    /// instead of waiting for it.
    #[arg(long)]
    no_wait: bool,

    /// Read every file to see whether it changed, even where the file system
    /// says that it did not.
    #[arg(long)]
    checksum: bool,

    /// Say of every target whether it was made.
    #[arg(short, long)]
    verbose: bool,

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

/// How targets are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum GraphArg {
    /// The language of Graphviz.
    Dot,
    /// A drawing.
    Svg,
}

const EXAMPLES: &str = "\
Examples:
  probity build                        build what is out of date
  probity build -n                     say what is out of date
  probity build --why eucs/html        say why, down to the file that changed
  probity build --graph svg -o a.svg   draw what is made of what

docs/build.md tells of make, ninja and pre-commit.";

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    ui.tell_as(args.format.format);
    build_project(args, surroundings, ui).unwrap_or_else(|status| status)
}

fn build_project(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let workspace = super::workspace(&args.project, &args.remote, surroundings, ui)?;
    let tree = workspace.tree.as_ref();
    let loaded = settle(config::load(tree, &config::path()), tree, ui)?;
    let ask = match (&args.why, args.graph) {
        (Some(target), _) => Ask::Why(target.clone()),
        (None, Some(_)) => Ask::Graph,
        (None, None) => Ask::Nothing,
    };
    let options = Options {
        as_of: as_of(&args.as_of, loaded.config.system.as_of.as_deref(), surroundings, ui)?,
        threads: args.jobs.map(std::num::NonZeroUsize::get),
        dry_run: args.dry_run || ask != Ask::Nothing,
        only: args.assessments.clone(),
        keep_going: args.keep_going,
        checksum: args.checksum,
        summary: SummaryOptions { color: ui.color(), width: ui.width(), ..SummaryOptions::default() },
        ask,
    };
    let lock = if options.dry_run { None } else { Some(lock(args, &workspace, surroundings, ui)?) };
    let total = u64::try_from(loaded.config.assessments.len() * 4).unwrap_or(0);
    let progress = ui.progress(total, "building");
    let built = build(&workspace, &loaded, &options, lock, &|target| {
        progress.step(target);
        progress.advance(1);
    });
    drop(progress);
    let built = built.map_err(|errors| refuse(&errors, tree, ui))?;
    ui.findings(&built.findings, tree);
    let failed = if built.failed { stopped_by(&built.findings) } else { Status::Done };
    match (&built.why, &built.graph) {
        (Some(found), _) => why(found, args.format.format, ui),
        (_, Some(graph)) => return Ok(draw(graph, args, surroundings, ui).and(failed)),
        _ if args.dry_run => plan(&built, args, ui),
        _ => {
            report(&workspace, &built, args, ui);
            let risks = risks(tree, &loaded, &built, options.as_of.instant);
            ui.findings(&risks, tree);
            let at_risk = if risks.is_empty() { Status::Done } else { Status::Findings };
            return Ok(status(&built).and(at_risk));
        }
    }
    Ok(failed)
}

/// A finding for each certificate that an assessment puts at risk.
fn risks(tree: &dyn FileTree, loaded: &LoadedConfig, built: &Built, as_of: jiff::Timestamp) -> Diagnostics {
    // a register that cannot be read kept the assessments from being made, and was told
    let register = register::certificates(tree, loaded).map(|read| read.value).unwrap_or_default();
    let day = as_of.to_zoned(jiff::tz::TimeZone::UTC).date();
    let mut findings = Diagnostics::new();
    for one in register.iter().filter(|one| one.is_kept(day)) {
        let set_against = |assessment: &&BuiltAssessment| Some(&assessment.name) == one.assessment.as_ref();
        let Some(assessment) = built.assessments.iter().find(set_against) else { continue };
        let risk = findings.absorb(register::risk(tree, &assessment.outcome.failing, one));
        findings.extend(risk.and_then(|risk| risk.finding(one)));
    }
    findings
}

/// Takes the lock of the project.
fn lock(
    args: &Args,
    workspace: &Workspace,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<BuildLock, Status> {
    let taken = BuildLock::take(&workspace.root, surroundings.now, !args.no_wait, &mut |text| ui.note(text));
    taken.map_err(|finding| refuse(&finding.into(), workspace.tree.as_ref(), ui))
}

/// What a dry run says.
fn plan(built: &Built, args: &Args, ui: &mut Ui) {
    if args.format.format == Format::Json {
        let rows: Vec<Value> =
            built.targets.iter().map(|t| json!({"target": t.name, "why": t.why})).collect();
        return ui.outcome(json!({ "targets": rows, "not-begun": built.left }), false);
    }
    let shown = |target: &&TargetReport| args.verbose || target.why.is_some() || !target.is_part();
    for TargetReport { name, why } in built.targets.iter().filter(shown) {
        ui.result(&match why {
            Some(why) => format!("{name}: {why}"),
            None => format!("{name}: up to date"),
        });
    }
    tell_left(built, ui);
}

/// What was not begun after an error.
fn tell_left(built: &Built, ui: &mut Ui) {
    if !built.left.is_empty() {
        ui.note(&format!("not begun after the error: {} (-k goes on)", built.left.join(", ")));
    }
}

/// Why a target would be made or is up to date.
fn why(found: &Why, format: Format, ui: &mut Ui) {
    let Why { target, reasons, inputs, bundled, as_of, deadline } = found;
    if format == Format::Json {
        let chain = reasons.iter().map(|one| json!({"target": one.target, "why": one.why}));
        let inputs = inputs.iter().map(|(path, changed)| json!({"path": path, "changed": changed}));
        let value = json!({
            "target": target,
            "up-to-date": reasons.is_empty(),
            "chain": chain.collect::<Vec<_>>(),
            "inputs": inputs.collect::<Vec<_>>(),
            "bundled-inputs": bundled,
            "as-of": as_of.map(|at| at.to_string()),
            "deadline": deadline.map(|at| at.to_string()),
        });
        return ui.outcome(value, false);
    }
    if reasons.is_empty() {
        let judged = as_of.map(|at| format!(", judged as of {at}")).unwrap_or_default();
        let until =
            deadline.map(|at| format!("; it may come out differently from {at} on")).unwrap_or_default();
        ui.result(&format!("{target} is up to date{judged}{until}"));
    }
    for (depth, reason) in reasons.iter().enumerate() {
        ui.result(&format!("{}{}: {}", "  ".repeat(depth), reason.target, reason.why));
    }
    if inputs.is_empty() && *bundled == 0 {
        return;
    }
    let besides = if *bundled == 0 { String::new() } else { format!(", and of {bundled} bundled files") };
    ui.result(&format!("\nmade of{besides}:"));
    for (path, changed) in inputs {
        ui.result(&format!("  {} {path}", if *changed { "changed" } else { "       " }));
    }
}

/// Writes the drawing.
fn draw(graph: &Graph, args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    let text = if args.graph == Some(GraphArg::Dot) { graph.dot() } else { graph.svg() };
    ui.write(text.as_bytes(), &surroundings.folder, args.output.as_deref())
}

/// Prints the summary of each assessment.
fn report(workspace: &Workspace, built: &Built, args: &Args, ui: &mut Ui) {
    let is_made = |target: &&TargetReport| target.why.is_some();
    if args.format.format == Format::Json {
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
        let value = json!({
            "assessments": rows,
            "targets": targets,
            "failed": built.failed,
            "not-begun": built.left,
            "asked": built.asked,
        });
        return ui.outcome(value, false);
    }
    for assessment in &built.assessments {
        if let Some(summary) = &assessment.summary {
            ui.result(summary);
        }
        let folder = assessment.results.parent();
        if !assessment.reports.is_empty() {
            let files = assessment.reports.join(", ");
            ui.note(&format!("{}: {}/{files}", assessment.name, workspace.disk.display(&folder)));
        }
    }
    for target in built.targets.iter().filter(|_| args.verbose) {
        ui.note(&match &target.why {
            Some(why) => format!("made {}: {why}", target.name),
            None => format!("kept {}", target.name),
        });
    }
    tell_left(built, ui);
    let (parts, whole): (Vec<_>, Vec<_>) = built.targets.iter().partition(|target| target.is_part());
    let made = whole.iter().copied().filter(is_made).count();
    let text = match made {
        0 if built.failed => "nothing was made".to_owned(),
        0 => "everything is up to date".to_owned(),
        1 => format!("1 of {} targets made", whole.len()),
        n => format!("{n} of {} targets made", whole.len()),
    };
    let of_kind = |kind: &str| {
        let all: Vec<_> = parts.iter().filter(|part| part.name.split('/').nth(1) == Some(kind)).collect();
        (all.iter().filter(|part| part.why.is_some()).count(), all.len())
    };
    let ((checks, of_checks), (findings, of_findings)) = (of_kind("check"), of_kind("finding"));
    ui.note(&match made {
        0 => text,
        _ => format!("{text}: {checks} of {of_checks} checks, {findings} of {of_findings} findings"),
    });
}

fn status(built: &Built) -> Status {
    let mut status = if built.failed { stopped_by(&built.findings) } else { Status::Done };
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
