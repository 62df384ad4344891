pub(crate) mod lint;

use std::fmt::Write as _;
use std::io::Write as _;

use probity_assessment::compile::Metric;
use probity_diagnostics::write_atomically;
use probity_project::{config, scaffold};
use serde_json::{Value, json};

use super::{refuse, settle};
use crate::args::{FormatArg, ProjectArgs, RemoteArgs};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// List metrics, show one, or make a new one.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List the metrics of the project and of the bundled content.
    List {
        /// Only metrics of this category.
        #[arg(long, value_name = "CATEGORY")]
        category: Option<String>,
        #[command(flatten)]
        format: FormatArg,
        #[command(flatten)]
        project: ProjectArgs,
    },
    /// Show what a metric measures, with its Rego.
    Show {
        /// The name of the metric.
        name: String,
        #[command(flatten)]
        format: FormatArg,
        #[command(flatten)]
        project: ProjectArgs,
    },
    /// Check metrics: that they read what the ontology has, compare values of
    /// one type and unit, and can both pass and fail.
    Lint(lint::Args),
    /// Make the folder of a new metric in the project: its OSCAL component,
    /// its Rego and its cases, ready to run.
    New(New),
}

/// The facts of a new metric.
#[derive(Debug, clap::Args)]
struct New {
    /// The name: lower-case letters, digits and hyphens.
    name: String,
    /// The type of resource it applies to.
    #[arg(long, value_name = "TYPE")]
    resource_type: String,
    /// The property it compares, such as `activityLogging.enabled`.
    #[arg(long, value_name = "PATH")]
    property: String,
    /// How it compares.
    #[arg(long, value_name = "OPERATOR", default_value = "==")]
    operator: String,
    /// What it compares with; once per element of a list.
    #[arg(long, value_name = "VALUE", default_value = "true")]
    target: Vec<String>,
    /// What holds where it passes, in one sentence.
    #[arg(long)]
    title: Option<String>,
    /// The category.
    #[arg(long, default_value = "platform-security")]
    category: String,
    /// How bad a fail is: critical, high, moderate or low.
    #[arg(long, default_value = "moderate")]
    severity: String,
    #[command(flatten)]
    project: ProjectArgs,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    let result = match &args.command {
        Command::List { category, format, project } => {
            list(category.as_deref(), *format, project, surroundings, ui)
        }
        Command::Show { name, format, project } => show(name, *format, project, surroundings, ui),
        Command::Lint(args) => lint::run(args, surroundings, ui),
        Command::New(new) => make(new, surroundings, ui),
    };
    result.unwrap_or_else(|status| status)
}

fn list(
    category: Option<&str>,
    format: FormatArg,
    project: &ProjectArgs,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Status, Status> {
    let workspace = super::workspace_or_folder(project, &RemoteArgs::default(), surroundings, ui)?;
    let tree = workspace.tree.as_ref();
    let mut metrics = settle(probity_project::steps::metrics(tree), tree, ui)?;
    metrics.retain(|metric| category.is_none_or(|wanted| metric.category == wanted));
    metrics.sort_by(|a, b| (&a.category, &a.name).cmp(&(&b.category, &b.name)));
    if format.format == Format::Json {
        ui.json(&metrics.iter().map(facts).collect());
        return Ok(Status::Done);
    }
    let width = metrics.iter().map(|metric| metric.name.as_str().len()).max().unwrap_or(0);
    let mut current = "";
    for metric in &metrics {
        if metric.category != current {
            current = &metric.category;
            ui.result(&format!("{current}:"));
        }
        let severity = metric.severity.as_str();
        ui.result(&format!("  {:width$}  {severity:8}  {}", metric.name.as_str(), metric.title));
    }
    Ok(Status::Done)
}

/// What programs want to know of a metric.
fn facts(metric: &Metric) -> Value {
    json!({
        "name": metric.name.as_str(),
        "uuid": metric.uuid.to_string(),
        "title": metric.title,
        "description": metric.description,
        "category": metric.category,
        "severity": metric.severity.as_str(),
        "resource-types": metric.resource_types,
        "property": metric.property,
        "operator": metric.operator.map(probity_assessment::compile::Operator::as_str),
        "target-value": metric.target_value,
        "max-age-seconds": metric.max_age,
        "file": metric.file.as_str(),
    })
}

fn show(
    name: &str,
    format: FormatArg,
    project: &ProjectArgs,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Status, Status> {
    let workspace = super::workspace_or_folder(project, &RemoteArgs::default(), surroundings, ui)?;
    let tree = workspace.tree.as_ref();
    let metrics = settle(probity_project::steps::metrics(tree), tree, ui)?;
    let Some(metric) = metrics.iter().find(|metric| metric.name.as_str() == name) else {
        let known = metrics.iter().map(|metric| metric.name.as_str());
        return Err(refuse(&config::unknown_name("metric", name, known).into(), tree, ui));
    };
    if format.format == Format::Json {
        let mut value = facts(metric);
        if let Some(members) = value.as_object_mut() {
            members.insert("rego".into(), json!(&*metric.rego));
        }
        ui.json(&value);
    } else {
        ui.result(&description(metric));
    }
    Ok(Status::Done)
}

/// A metric in words, with its Rego.
fn description(metric: &Metric) -> String {
    let mut text = format!("{}: {}\n\n{}\n\n", metric.name, metric.title, metric.description);
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(text, "{name:14} {value}");
    };
    line("category", &metric.category);
    line("severity", metric.severity.as_str());
    line("resource types", &metric.resource_types.join(", "));
    if let Some(property) = &metric.property {
        let operator = metric.operator.map_or("", |operator| operator.as_str());
        line("measures", format!("{property} {operator} {}", metric.target_value.join(", ")).trim_end());
    }
    line("file", metric.file.as_str());
    let _ = write!(text, "\n{}", metric.rego);
    text
}

fn make(new: &New, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let workspace = super::workspace(&new.project, &RemoteArgs::default(), surroundings, ui)?;
    let tree = workspace.tree.as_ref();
    let facts = scaffold::Metric {
        name: &new.name,
        title: new.title.as_deref(),
        category: &new.category,
        severity: &new.severity,
        resource_type: &new.resource_type,
        property: &new.property,
        operator: &new.operator,
        target: &new.target,
        last_modified: surroundings.now,
    };
    let files = settle(scaffold::metric(tree, &facts), tree, ui)?;
    for (path, text) in &files {
        let place = workspace.on_disk(path);
        if write_atomically(&place, |w| w.write_all(text.as_bytes())).is_err() {
            ui.message(&format!("error: `{}` cannot be written", place.display()));
            return Err(Status::Invalid);
        }
        ui.note(&format!("wrote {}", tree_display(&workspace, path)));
    }
    ui.note("next: fill in the description and the cases, try them with `probity test`, then map a control to it in mappings/");
    Ok(Status::Done)
}

fn tree_display(workspace: &probity_project::Workspace, path: &probity_diagnostics::TreePath) -> String {
    use probity_diagnostics::FileTree as _;
    workspace.disk.display(path)
}
