use std::path::PathBuf;

use probity_diagnostics::document::{self, Limits};
use probity_diagnostics::{Diagnostic, FileTree as _, Severity};
use probity_sharing::Label;
use probity_sharing::formats::Format as Exchange;
use probity_sharing::incident::Incident;
use probity_sharing::incident::codes::FOREIGN;
use probity_sharing::marking::{self, Marking, Sidecar};
use serde_json::json;

use super::{file_name, lexicon, named, put, stopped};
use crate::args::FormatArg;
use crate::commands::{refuse, settle};
use crate::output;
use crate::place::Named;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Take in incidents that others wrote.
///
/// Reads IODEF v2, STIX 2.1, CSAF 2.0 and 2.1 and events of MISP; what a file
/// holds tells which. An incident keeps the colour of its document, and whom
/// it comes from stands beside it where that was said. What an incident has
/// no place for is told: keep the document as it was received.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity share incident import received/INC-7.TLP-AMBER.iodef.xml\n\
Exit codes: 0 taken in, 1 taken in and something was left out, 2 not understood, 4 its colour contradicts itself.")]
pub(super) struct Args {
    /// The document.
    #[arg(value_name = "FILE")]
    file: String,

    /// The folder to write to; left out, `sharing/incidents/YEAR` of the project.
    #[arg(short, long, value_name = "FOLDER")]
    output: Option<PathBuf>,

    #[command(flatten)]
    format: FormatArg,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let named = named(&args.file, surroundings, ui)?;
    let Received { incidents, status, label, originator, .. } = read(&named, ui)?;
    let mut written = Vec::new();
    for incident in &incidents {
        let file =
            args.output.as_ref().map(|folder| folder.join(format!("{}.yaml", file_name(&incident.id))));
        let file = put(incident, file.as_deref(), surroundings, ui)?;
        if originator.is_some() {
            let sidecar = Sidecar { label, originator: originator.clone() }.text();
            let beside = surroundings.folder.join(format!("{file}.marking.yaml"));
            output::write(&beside, sidecar.as_bytes())
                .map_err(|finding| refuse(&finding.into(), &named.tree, ui))?;
        }
        written.push(file);
    }
    match args.format.format {
        Format::Json => ui.outcome(json!({ "written": written, "incidents": incidents }), false),
        _ => written.iter().for_each(|file| ui.note(&format!("wrote {file}"))),
    }
    Ok(status)
}

/// A document that was taken in.
pub(super) struct Received {
    /// The text of it.
    pub(super) text: String,
    /// Its colour.
    pub(super) label: Label,
    /// The member that it comes from, where that is said.
    pub(super) originator: Option<String>,
    /// The incidents that it says.
    pub(super) incidents: Vec<Incident>,
    /// Whether something was left out.
    pub(super) status: Status,
}

/// Takes in the document of a file.
pub(super) fn read(named: &Named, ui: &mut Ui) -> Result<Received, Status> {
    let tree = &named.tree;
    let bytes = tree.read(&named.path, Limits::default().bytes);
    let bytes = bytes.map_err(|error| refuse(&Diagnostic::from(error).into(), tree, ui))?;
    let text = document::text(&bytes, &named.path).map_err(|errors| refuse(&errors, tree, ui))?;
    let Some(format) = Exchange::of(text) else {
        let message =
            format!("`{}` is no document of a format that incidents are read from", named.path.file_name());
        let finding =
            Diagnostic::error(&FOREIGN, message).help("known: IODEF v2, STIX 2.1, CSAF 2.0 and 2.1, MISP");
        return Err(refuse(&finding.into(), tree, ui));
    };
    let marking = marking::look_up(tree, &named.path).map_err(|stop| stopped(stop, tree, ui))?;
    let Marking { label, originator, .. } = marking;
    let lexicon = lexicon(tree, ui)?;
    let read = format.read(text, &named.path, label, &lexicon);
    let warned =
        read.as_ref().is_ok_and(|read| read.warnings.iter().any(|one| one.severity == Severity::Warning));
    let incidents = settle(read, tree, ui)?;
    let status = if warned { Status::Findings } else { Status::Done };
    Ok(Received { text: text.to_owned(), label, originator, incidents, status })
}
