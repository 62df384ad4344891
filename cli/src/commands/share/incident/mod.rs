//! Incidents: written by people, made of what is known already, and exchanged in the formats of others.

mod close;
mod expire;
mod export;
mod from;
mod import;
mod lint;
mod new;

use std::path::{Path, PathBuf};

use probity_diagnostics::{Diagnostic, FileTree, TreePath};
use probity_oscal::WriteError;
use probity_sharing::incident::{self, Incident};
use probity_sharing::lexicon::Lexicon;
use probity_sharing::origin::Maker;
use probity_sharing::{Label, Stop, marking};
use serde_json::json;

use super::{as_json, tell};
use crate::args::AsOfArg;
use crate::commands::{as_of, refuse, settle};
use crate::output;
use crate::place::{self, Named};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Write incidents, look whether they hold together, and exchange them.
///
/// An incident is a YAML file whose fields are those of IODEF v2. It is
/// exported as IODEF, STIX, CSAF or MISP, and read from these, without loss:
/// what a format has no place for is carried in a place for extensions.
/// docs/incidents.md has the fields.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    New(new::Args),
    Lint(lint::Args),
    Expire(expire::Args),
    CloseRisks(close::Args),
    Export(export::Args),
    Import(import::Args),
    FromFinding(from::FindingArgs),
    FromRisk(from::RiskArgs),
    FromCsaf(from::CsafArgs),
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    match &args.command {
        Command::New(args) => new::run(args, surroundings, ui),
        Command::Lint(args) => lint::run(args, surroundings, ui),
        Command::Expire(args) => expire::run(args, surroundings, ui),
        Command::CloseRisks(args) => close::run(args, surroundings, ui),
        Command::Export(args) => export::run(args, surroundings, ui),
        Command::Import(args) => import::run(args, surroundings, ui),
        Command::FromFinding(args) => from::finding(args, surroundings, ui),
        Command::FromRisk(args) => from::risk(args, surroundings, ui),
        Command::FromCsaf(args) => from::csaf(args, surroundings, ui),
    }
}

/// What nobody but the maker of an incident knows.
#[derive(Debug, clap::Args)]
struct MakerArgs {
    /// The number of the incident.
    #[arg(long, value_name = "ID")]
    id: String,

    /// Who gives it: the domain name of your response team.
    #[arg(long, value_name = "DOMAIN")]
    issuer: String,

    /// The name of your response team; left out, the issuer.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,

    /// The file to write; left out, `sharing/incidents/YEAR/ID.yaml` of the project, and `-` is standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    as_of: AsOfArg,
}

impl MakerArgs {
    fn maker(&self, surroundings: &Surroundings, ui: &mut Ui) -> Result<Maker, Status> {
        Ok(Maker {
            id: self.id.clone(),
            issuer: self.issuer.clone(),
            name: self.by.clone().unwrap_or_else(|| self.issuer.clone()),
            at: as_of(&self.as_of, None, surroundings, ui)?.instant,
        })
    }
}

/// A file that was named on the command line.
pub(super) fn named(file: &str, surroundings: &Surroundings, ui: &mut Ui) -> Result<Named, Status> {
    place::named(file, &surroundings.folder, None)
        .map_err(|finding| refuse(&finding.into(), &place::bundled(), ui))
}

/// The incident of a file, with the colour of the file.
pub(super) fn open(named: &Named, ui: &mut Ui) -> Result<(Incident, Label), Status> {
    let lexicon = lexicon(&named.tree, ui)?;
    let incident = settle(incident::load(&named.tree, &named.path, &lexicon), &named.tree, ui)?;
    Ok((incident, colour(named, ui)?))
}

/// The lexicon of the project that a tree is of.
pub(super) fn lexicon(tree: &dyn FileTree, ui: &mut Ui) -> Result<Lexicon, Status> {
    settle(Lexicon::load(tree), tree, ui)
}

/// The colour of a document.
fn colour(named: &Named, ui: &mut Ui) -> Result<Label, Status> {
    let looked_up = marking::look_up(&named.tree, &named.path);
    looked_up.map(|marking| marking.label).map_err(|stop| stopped(stop, &named.tree, ui))
}

/// Tells why a step of sharing came to nothing.
pub(super) fn stopped(stop: Stop, tree: &dyn FileTree, ui: &mut Ui) -> Status {
    match stop {
        Stop::Refused(refusals) => {
            tell(&refusals, tree, ui);
            Status::Refused
        }
        Stop::Unreadable(findings) => refuse(&findings, tree, ui),
    }
}

/// Writes an incident that is new: to the file that was named, else where the project keeps those of its year.
fn put(
    incident: &Incident,
    output: Option<&Path>,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<String, Status> {
    let text = incident::to_yaml(incident);
    if output.is_some_and(|file| file.as_os_str() == "-") {
        return yaml(text, ui);
    }
    if output.is_none() && incident.marking == Some(Label::Red) {
        ui.message("error: TLP:RED is kept out of shared repositories: say with -o where it may lie");
        return Err(Status::Invalid);
    }
    let file = output.map_or_else(|| place_of(incident, surroundings), |file| surroundings.folder.join(file));
    fresh(&file, text, surroundings, ui)
}

/// Writes a file that is not there yet.
fn fresh(
    file: &Path,
    text: Result<String, WriteError>,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<String, Status> {
    let text = yaml(text, ui)?;
    let told = |finding: Diagnostic, ui: &mut Ui| refuse(&finding.into(), &place::bundled(), ui);
    if file.exists() {
        let message = format!("`{}` exists", place::relative(&surroundings.folder, file));
        let finding =
            Diagnostic::error(&probity_oscal::codes::OUTPUT_TAKEN, message).help("name another file");
        return Err(told(finding, ui));
    }
    output::write(file, text.as_bytes()).map_err(|finding| told(finding, ui))?;
    Ok(place::relative(&surroundings.folder, file))
}

/// The text of a document, if it could be written.
fn yaml(text: Result<String, WriteError>, ui: &mut Ui) -> Result<String, Status> {
    text.map_err(|error| {
        ui.message(&format!("error: {error}"));
        Status::Invalid
    })
}

/// `sharing/incidents/YEAR/ID.yaml` of the project or work tree.
fn place_of(incident: &Incident, surroundings: &Surroundings) -> PathBuf {
    let year = incident.times.generated.to_zoned(jiff::tz::TimeZone::UTC).year();
    let folder = place::root_of(&surroundings.folder).join(format!("sharing/incidents/{year}"));
    folder.join(format!("{}.yaml", file_name(&incident.id)))
}

/// A number as the name of a file.
fn file_name(id: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
    id.trim_start_matches('.').chars().map(plain).collect()
}

/// Writes an incident that was made and says where, or prints it.
fn made(
    incident: &Incident,
    maker: &MakerArgs,
    format: Format,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Status, Status> {
    let written = put(incident, maker.output.as_deref(), surroundings, ui)?;
    let is_printed = maker.output.as_ref().is_some_and(|file| file.as_os_str() == "-");
    match (format, is_printed) {
        (Format::Json, _) => {
            let file = (!is_printed).then_some(&written);
            ui.outcome(json!({ "incident": incident.id, "file": file, "document": incident }), false);
        }
        (_, true) => ui.result(&written),
        (_, false) => ui.note(&format!("wrote {written}")),
    }
    Ok(Status::Done)
}

/// The tree of the project or work tree that the working folder belongs to.
pub(super) fn here(surroundings: &Surroundings, ui: &mut Ui) -> Result<place::Tree, Status> {
    let root = place::root_of(&surroundings.folder);
    place::tree(&root, &surroundings.folder).map_err(|finding| refuse(&finding.into(), &place::bundled(), ui))
}

/// How a path of a tree is shown.
pub(super) fn shown(tree: &dyn FileTree, path: &TreePath) -> String {
    tree.display(path)
}
