use std::fmt::Write as _;

use probity_diagnostics::document::{Format as Written, Limits};
use probity_diagnostics::render::{counted, printable};
use probity_diagnostics::{Diagnostic, FileTree as _, TreePath, codes};
use probity_generators::poam::Change;
use probity_generators::view::as_severity;
use probity_oscal::OscalDocument;
use probity_oscal::model::PlanOfActionAndMilestones as Plan;
use probity_oscal::model::assessment::Risk;
use probity_oscal::model::poam::PoamItem;
use probity_oscal::own::values;
use probity_project::poam::{Keeping, Planned};
use probity_project::{Workspace, config, document};
use serde_json::json;

use super::{refuse, settle};
use crate::args::{FormatArg, ProjectArgs, RemoteArgs};
use crate::output;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Changes that are told one by one.
const TOLD: usize = 20;

/// Show the plan of action and milestones of an assessment, and keep its record.
///
/// The record is a committed file with an item for everything that was ever
/// found failing: its risk, its log, and what people add, such as deadlines
/// and milestones. A build continues it in `build/NAME/poam.json` and leaves
/// the record itself alone; `--update` takes the results of the last build
/// into it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  probity poam eucs\n  probity poam eucs --update && git add poam")]
pub(crate) struct Args {
    /// The assessment; left out where the project has one.
    assessment: Option<String>,

    /// Take the results of the last build into the record.
    #[arg(long, conflicts_with = "check")]
    update: bool,

    /// Exit with 1 where the results are not in the record yet.
    #[arg(long)]
    check: bool,

    /// List closed items as well.
    #[arg(long)]
    all: bool,

    #[command(flatten)]
    format: FormatArg,

    #[command(flatten)]
    project: ProjectArgs,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    poam(args, surroundings, ui).unwrap_or_else(|status| status)
}

fn poam(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let workspace = super::workspace(&args.project, &RemoteArgs::default(), surroundings, ui)?;
    let tree = workspace.tree.as_ref();
    let loaded = settle(config::load(tree, &config::path()), tree, ui)?;
    let only = loaded.config.assessments.first().filter(|_| loaded.config.assessments.len() == 1);
    let name = args.assessment.as_deref().or(only.map(|only| only.name.as_str()));
    let Some(name) = name else {
        let names: Vec<&str> = loaded.config.assessments.iter().map(|one| one.name.as_str()).collect();
        let message = format!("error: name an assessment: {}", names.join(", "));
        ui.message(&message);
        return Err(Status::Invalid);
    };
    let (index, assessment) = loaded.assessment(name).map_err(|finding| refuse(&finding.into(), tree, ui))?;
    let keeping =
        Keeping::of(tree, &loaded, index, assessment).map_err(|errors| refuse(&errors, tree, ui))?;
    let results = keeping.results().map_err(|finding| refuse(&finding.into(), tree, ui))?;
    if !workspace.disk.is_file(&results) {
        let message = format!("the assessment `{name}` was not built: `{results}` is not there");
        let finding = Diagnostic::error(&codes::FILE_NOT_FOUND, message).help("run `probity build` first");
        return Err(refuse(&finding.into(), tree, ui));
    }
    let planned = settle(keeping.take(tree, workspace.disk.as_ref()), tree, ui)?;
    let behind = planned.before != planned.after;
    if args.update {
        keep(&workspace, &keeping.record, &planned, ui)?;
    }
    if !args.update || args.format.format == Format::Json {
        show(args, &planned, behind && !args.update, ui);
    }
    Ok(if args.check && behind { Status::Findings } else { Status::Done })
}

/// Writes the record, with the comments that stand in it.
fn keep(workspace: &Workspace, record: &TreePath, planned: &Planned, ui: &mut Ui) -> Result<(), Status> {
    let Some(after) = &planned.after else {
        ui.note("nothing was ever found failing: there is no record to write");
        return Ok(());
    };
    let file = workspace.on_disk(record);
    if planned.before.as_ref() == Some(after) {
        ui.note(&format!("`{record}` is up to date"));
        return Ok(());
    }
    if file.is_dir() {
        let message = format!("`{record}` is a split folder, into which results cannot be taken");
        let finding = Diagnostic::error(&codes::WRITE_FAILED, message);
        let help = format!("put it together first: `probity assemble {record}`");
        return Err(refuse(&finding.help(help).into(), workspace.tree.as_ref(), ui));
    }
    let before = workspace.disk.read(record, Limits::default().bytes).unwrap_or_default();
    let format = Written::of(record).unwrap_or(Written::Yaml);
    let written = document::text(&OscalDocument::from(after.clone()), format, &before)
        .and_then(|text| output::write(&file, &text));
    written.map_err(|finding| refuse(&finding.into(), workspace.tree.as_ref(), ui))?;
    ui.note(&format!("wrote {record}: {}", counted(planned.changes.len(), "change")));
    Ok(())
}

/// The items with their risks.
fn items(plan: Option<&Plan>) -> Vec<(&PoamItem, &Risk)> {
    let all = plan.into_iter().flat_map(|plan| plan.poam_items.iter().map(move |item| (plan, item)));
    let with_risk = |(plan, item): (&'_ Plan, &'_ PoamItem)| {
        let uuid = &item.related_risks.first()?.risk_uuid;
        plan.risks.iter().position(|risk| risk.uuid == *uuid)
    };
    all.filter_map(|(plan, item)| {
        let at = with_risk((plan, item))?;
        Some((item, plan.risks.get(at)?))
    })
    .collect()
}

fn show(args: &Args, planned: &Planned, behind: bool, ui: &mut Ui) {
    let wanted = |risk: &Risk| args.all || risk.status != "closed";
    let mut items: Vec<(&PoamItem, &Risk)> = items(planned.after.as_ref());
    items.sort_by_key(|(item, _)| as_severity(of(&item.props, "severity")).map_or(4, |grave| grave as usize));
    let closed = items.iter().filter(|(_, risk)| risk.status == "closed").count();
    if args.format.format == Format::Json {
        let listed: Vec<serde_json::Value> =
            items.iter().filter(|(_, risk)| wanted(risk)).map(|(item, risk)| data(item, risk)).collect();
        let value = json!({ "items": listed, "changes": planned.changes, "behind": behind });
        ui.result(&format!("{value:#}"));
        return;
    }
    let mut text = String::new();
    for (item, risk) in items.iter().filter(|(_, risk)| wanted(risk)) {
        text.push_str(&line(item, risk));
    }
    let open = items.len() - closed;
    let _ = write!(text, "{} open, {closed} closed", counted(open, "item"));
    ui.result(&text);
    if behind {
        for change in planned.changes.iter().take(TOLD) {
            ui.note(&told(change));
        }
        if planned.changes.len() > TOLD {
            ui.note(&format!("and {}", counted(planned.changes.len() - TOLD, "more change")));
        }
        ui.note("these results are not in the record yet; `--update` takes them in");
    }
}

fn told(change: &Change) -> String {
    format!("{}: {}", change.event.title().to_lowercase(), printable(&change.title))
}

fn of<'a>(props: &'a [probity_oscal::model::metadata::Property], name: &'a str) -> &'a str {
    values(props, name).next().map_or("-", |(_, value)| value)
}

/// One item: how it stands, how grave it is, since when, until when, and what.
fn line(item: &PoamItem, risk: &Risk) -> String {
    let since: String = of(&item.props, "opened").chars().take(10).collect();
    let due = risk.deadline.as_deref().map_or("no deadline", |due| due.split('T').next().unwrap_or(due));
    let severity = of(&item.props, "severity");
    let title = printable(&item.title);
    let unsettled = if of(&risk.props, "standing") == "unsettled" { " (not settled)" } else { "" };
    format!("{:<19} {severity:<9} since {since}  due {due:<11}  {title}{unsettled}\n", risk.status)
}

fn data(item: &PoamItem, risk: &Risk) -> serde_json::Value {
    let controls: Vec<&str> = values(&item.props, "control-id").map(|(_, id)| id).collect();
    json!({
        "uuid": item.uuid,
        "item": of(&item.props, "poam-item"),
        "title": item.title,
        "status": risk.status,
        "standing": of(&risk.props, "standing"),
        "severity": of(&item.props, "severity"),
        "opened": of(&item.props, "opened"),
        "deadline": risk.deadline,
        "controls": controls,
        "entries": risk.risk_log.as_ref().map_or(0, |log| log.entries.len()),
    })
}
