use std::path::PathBuf;

use jiff::tz::TimeZone;
use probity_diagnostics::document::{Comments, Format};
use probity_diagnostics::{Diagnostic, TreePath, codes};
use probity_oscal::OscalDocument;
use probity_oscal::codes::OUTPUT_TAKEN;
use probity_project::{config, draft};

use super::{as_of, refuse, settle};
use crate::args::{AsOfArg, ProjectArgs, RemoteArgs};
use crate::output;
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
    match write(args, surroundings, ui) {
        Ok(status) | Err(status) => status,
    }
}

fn write(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let workspace = super::workspace(&args.project, &args.remote, surroundings, ui)?;
    let tree = workspace.tree.as_ref();
    let target = surroundings.folder.join(&args.output);
    let file = inside(&workspace.root, &target).map_err(|finding| refuse(&finding.into(), tree, ui))?;
    let loaded = settle(config::load(tree, &config::path()), tree, ui)?;
    let named = loaded.assessment(&args.assessment);
    let (index, assessment) = named.map_err(|finding| refuse(&finding.into(), tree, ui))?;
    let as_of = as_of(&args.as_of, loaded.config.system.as_of.as_deref(), surroundings, ui)?;
    let on = as_of.instant.to_zoned(TimeZone::UTC).date();
    let plan = draft::system_security_plan(tree, &loaded, index, assessment, (&file, on));
    let plan = settle(plan, tree, ui)?;
    let count = plan.control_implementation.implemented_requirements.len();
    let value = serde_json::to_value(OscalDocument::from(plan)).unwrap_or_default();
    let mut text = Vec::new();
    let format = Format::of(&file).unwrap_or(Format::Yaml);
    let written = probity_oscal::write(&value, format, &Comments::default(), &mut text)
        .map_err(|error| Diagnostic::error(&codes::WRITE_FAILED, error.to_string()))
        .and_then(|()| output::write(&target, &text));
    written.map_err(|finding| refuse(&finding.into(), tree, ui))?;
    ui.note(&format!("wrote {}: {count} requirements to describe", args.output.display()));
    Ok(Status::Done)
}

/// The file as a path of the project, where nothing is yet.
fn inside(root: &std::path::Path, target: &std::path::Path) -> Result<TreePath, Diagnostic> {
    let outside = || {
        Diagnostic::error(&codes::PATH_OUTSIDE, format!("`{}` lies outside the project", target.display()))
    };
    if target.exists() {
        let message = format!("`{}` is there already", target.display());
        return Err(Diagnostic::error(&OUTPUT_TAKEN, message).help("name another file with `-o FILE`"));
    }
    let below =
        target.strip_prefix(root).ok().and_then(|below| TreePath::parse(&below.to_string_lossy()).ok());
    let file = below.filter(|file| file != &TreePath::root()).ok_or_else(outside)?;
    if Format::of(&file).is_none() {
        let message = format!("`{}` has no ending of a format", target.display());
        return Err(Diagnostic::error(&OUTPUT_TAKEN, message).help("end it in .yaml, .json or .xml"));
    }
    Ok(file)
}
