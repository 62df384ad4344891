use std::fmt::Write as _;

use probity_diagnostics::{FileTree, TreePath};
use probity_oscal::OscalDocument;
use probity_oscal::model::Catalog;
use probity_oscal::model::catalog::{Control, Group};
use probity_oscal::model::control::Part;
use probity_oscal::model::metadata::Property;
use probity_project::library::{self, Shelf};
use serde_json::json;

use super::{refuse, settle};
use crate::args::{FormatArg, ProjectArgs, RemoteArgs};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// List catalogs and profiles, or show one of them or one of its controls.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List the catalogs and profiles of the project and of the bundled content.
    List {
        #[command(flatten)]
        format: FormatArg,
        #[command(flatten)]
        project: ProjectArgs,
    },
    /// Show the controls of a catalog or profile, or one control in full.
    Show {
        /// A name from the list, or a file.
        name: String,
        /// A control, by id or printed label.
        control: Option<String>,
        #[command(flatten)]
        format: FormatArg,
        #[command(flatten)]
        project: ProjectArgs,
        #[command(flatten)]
        remote: RemoteArgs,
    },
}

impl Args {
    /// What may be read from remote locations.
    pub(super) fn remote(&self) -> Option<&RemoteArgs> {
        match &self.command {
            Command::Show { remote, .. } => Some(remote),
            Command::List { .. } => None,
        }
    }
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    let result = match &args.command {
        Command::List { format, project } => list(*format, project, surroundings, ui),
        Command::Show { name, control, format, project, remote } => {
            super::workspace_or_folder(project, remote, surroundings, ui)
                .and_then(|workspace| show(name, control.as_deref(), *format, workspace.tree.as_ref(), ui))
        }
    };
    result.unwrap_or_else(|status| status)
}

fn list(
    format: FormatArg,
    project: &ProjectArgs,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Status, Status> {
    let workspace = super::workspace_or_folder(project, &RemoteArgs::default(), surroundings, ui)?;
    let tree = workspace.tree.as_ref();
    let mut rows = Vec::new();
    for (shelf, kind) in [(Shelf::Catalogs, "catalog"), (Shelf::Profiles, "profile")] {
        for (name, path) in library::documents(tree, shelf) {
            let loaded = settle(probity_oscal::load(tree, &path), tree, ui)?;
            let metadata = loaded.document.metadata();
            rows.push((name, kind, metadata.title.clone(), metadata.version.clone(), path));
        }
    }
    if format.format == Format::Json {
        let rows: Vec<_> = rows
            .iter()
            .map(|(name, kind, title, version, path)| {
                json!({"name": name, "kind": kind, "title": title, "version": version, "path": path.as_str()})
            })
            .collect();
        ui.json(&json!(rows));
        return Ok(Status::Done);
    }
    let width = rows.iter().map(|row| row.0.len()).max().unwrap_or(0);
    for (name, kind, title, version, _) in &rows {
        ui.result(&format!("{name:width$}  {kind:7}  {title} ({version})"));
    }
    Ok(Status::Done)
}

fn show(
    name: &str,
    wanted: Option<&str>,
    format: FormatArg,
    tree: &dyn FileTree,
    ui: &mut Ui,
) -> Result<Status, Status> {
    let catalog = resolved(tree, name, ui)?;
    let Some(wanted) = wanted else {
        if format.format == Format::Json {
            ui.json(&json!(OscalDocument::Catalog(Box::new(catalog))));
        } else {
            ui.result(&outline(&catalog));
        }
        return Ok(Status::Done);
    };
    let all = every_control(&catalog);
    let matches = |control: &&Control| {
        control.id.eq_ignore_ascii_case(wanted)
            || label(control).is_some_and(|l| l.eq_ignore_ascii_case(wanted))
    };
    match all.iter().copied().find(matches) {
        Some(control) if format.format == Format::Json => ui.json(&json!(control)),
        Some(control) => ui.result(&detail(control)),
        None => {
            let known = all.iter().map(|control| control.id.as_str());
            let finding = probity_project::config::unknown_name("control", wanted, known);
            return Err(refuse(&finding.into(), tree, ui));
        }
    }
    Ok(Status::Done)
}

/// The catalog that a name or file stands for; profiles are resolved.
fn resolved(tree: &dyn FileTree, name: &str, ui: &mut Ui) -> Result<Catalog, Status> {
    let path = library::find(tree, &TreePath::root(), name, &[Shelf::Catalogs, Shelf::Profiles])
        .map_err(|finding| refuse(&finding.into(), tree, ui))?;
    settle(probity_project::steps::resolve(tree, &path, None, path.to_string()), tree, ui)
}

/// Groups, controls and their children, one per line.
fn outline(catalog: &Catalog) -> String {
    let mut text = format!("{} ({})\n", catalog.metadata.title, catalog.metadata.version);
    catalog.groups.iter().for_each(|group| outline_group(&mut text, group, 0));
    catalog.controls.iter().for_each(|control| outline_control(&mut text, control, 0));
    text
}

fn outline_group(text: &mut String, group: &Group, depth: usize) {
    let _ = writeln!(text, "\n{}{}", "  ".repeat(depth), group.title);
    group.groups.iter().for_each(|inner| outline_group(text, inner, depth + 1));
    group.controls.iter().for_each(|control| outline_control(text, control, depth + 1));
}

fn outline_control(text: &mut String, control: &Control, depth: usize) {
    let shown = label(control).unwrap_or(&control.id);
    let _ = writeln!(text, "{}{shown}  {}", "  ".repeat(depth), control.title);
    control.controls.iter().for_each(|inner| outline_control(text, inner, depth + 1));
}

/// One control with everything that it says.
fn detail(control: &Control) -> String {
    let mut text = format!("{}  {}\n", label(control).unwrap_or(&control.id), control.title);
    let _ = writeln!(text, "id: {}", control.id);
    for prop in control.props.iter().filter(|prop| prop.name != "label") {
        let _ = writeln!(text, "{}: {}", prop.name, prop.value);
    }
    control.parts.iter().for_each(|part| part_text(&mut text, part, 0));
    for child in &control.controls {
        let _ = writeln!(text, "\n  {}  {}", label(child).unwrap_or(&child.id), child.title);
    }
    text
}

fn part_text(text: &mut String, part: &Part, depth: usize) {
    let indent = "  ".repeat(depth);
    let _ = writeln!(text, "\n{indent}{}:", part.title.as_deref().unwrap_or(&part.name));
    for line in part.prose.iter().flat_map(|prose| prose.lines()) {
        let _ = writeln!(text, "{indent}  {line}");
    }
    part.parts.iter().for_each(|inner| part_text(text, inner, depth + 1));
}

/// The printed id of a control.
fn label(control: &Control) -> Option<&str> {
    let is_label = |prop: &&Property| prop.name == "label" && prop.class.is_none();
    control.props.iter().find(is_label).map(|prop| prop.value.as_str())
}

/// All controls of a catalog, in document order.
fn every_control(catalog: &Catalog) -> Vec<&Control> {
    fn of_group<'a>(group: &'a Group, out: &mut Vec<&'a Control>) {
        group.groups.iter().for_each(|inner| of_group(inner, out));
        group.controls.iter().for_each(|control| of_control(control, out));
    }
    fn of_control<'a>(control: &'a Control, out: &mut Vec<&'a Control>) {
        out.push(control);
        control.controls.iter().for_each(|inner| of_control(inner, out));
    }
    let mut out = Vec::new();
    catalog.groups.iter().for_each(|group| of_group(group, &mut out));
    catalog.controls.iter().for_each(|control| of_control(control, &mut out));
    out
}
