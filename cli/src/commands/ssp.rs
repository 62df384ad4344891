use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use probity_diagnostics::document::Format;
use probity_diagnostics::{Diagnostic, TreePath};
use probity_oscal::OscalDocument;
use probity_oscal::codes::OUTPUT_TAKEN;
use probity_project::{Workspace, config, document, draft};

use super::{as_of, refuse, settle};
use crate::args::{AsOfArg, ProjectArgs, RemoteArgs};
use crate::output;
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Draft a system security plan: a skeleton that people finish.
///
/// It has a requirement for each control of the profile, with what the
/// mappings and component definitions of the project say of it, and the values
/// of parameters. Controls that are inherited from the report of a supplier in
/// force name it as a leveraged authorization. What only people can write is
/// marked by a prop `stub`. A file that is there is never overwritten.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  probity ssp eucs -o ssp.yaml")]
pub(crate) struct Args {
    /// The assessment whose profile and mappings it is made of.
    assessment: String,

    /// The file to write, of the project folder: JSON, YAML or XML.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    project: ProjectArgs,

    #[command(flatten)]
    pub(crate) remote: RemoteArgs,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    write(args, surroundings, ui).unwrap_or_else(|status| status)
}

fn write(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let workspace = super::workspace(&args.project, &args.remote, surroundings, ui)?;
    let tree = workspace.tree.as_ref();
    let target = surroundings.folder.join(&args.output);
    let file =
        free(&args.output, &workspace, surroundings).map_err(|finding| refuse(&finding.into(), tree, ui))?;
    let loaded = settle(config::load(tree, &config::path()), tree, ui)?;
    let named = loaded.assessment(&args.assessment);
    let (index, assessment) = named.map_err(|finding| refuse(&finding.into(), tree, ui))?;
    let as_of = as_of(&args.as_of, loaded.config.system.as_of.as_deref(), surroundings, ui)?;
    let on = as_of.instant.to_zoned(TimeZone::UTC).date();
    let plan = draft::system_security_plan(tree, &loaded, index, assessment, (&file, on));
    let plan = settle(plan, tree, ui)?;
    let count = plan.control_implementation.implemented_requirements.len();
    let format = Format::of(&file).unwrap_or(Format::Yaml);
    let written = document::text(&OscalDocument::from(plan), format, b"")
        .and_then(|text| output::write(&target, &text));
    written.map_err(|finding| refuse(&finding.into(), tree, ui))?;
    ui.note(&format!("wrote {}: {count} requirements to describe", args.output.display()));
    Ok(Status::Done)
}

/// The file as a path of the project, where nothing is yet.
fn free(file: &Path, workspace: &Workspace, surroundings: &Surroundings) -> Result<TreePath, Diagnostic> {
    let target = surroundings.folder.join(file);
    if target.exists() {
        let message = format!("`{}` is there already", target.display());
        return Err(Diagnostic::error(&OUTPUT_TAKEN, message).help("name another file with `-o FILE`"));
    }
    let file = place::of_project(&workspace.root, file, &surroundings.folder)?;
    if Format::of(&file).is_none() {
        let message = format!("`{}` has no ending of a format", target.display());
        return Err(Diagnostic::error(&OUTPUT_TAKEN, message).help("end it in .yaml, .json or .xml"));
    }
    Ok(file)
}
