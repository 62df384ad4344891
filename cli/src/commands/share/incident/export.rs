use std::path::{Path, PathBuf};

use clap::ValueEnum;
use probity_sharing::formats::{Format as Exchange, Version, feed};
use probity_sharing::incident::Incident;
use probity_sharing::{Label, Stop};
use serde_json::json;

use super::{as_json, file_name, named, open, stopped};
use crate::args::FormatArg;
use crate::commands::refuse;
use crate::output;
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Write incidents in the format of others.
///
/// A file is called by the number and the colour of its incident, which also
/// stands in it. What a format can neither say nor carry is refused, and
/// nothing is written.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: probity share incident export sharing/incidents/2026/INC-2026-0001.yaml --to iodef -o out\n\
Exit codes: 0 written, 2 an incident is broken, 4 a rule refuses it."
)]
pub(super) struct Args {
    /// Incidents.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,

    /// The format.
    #[arg(long, value_name = "FORMAT")]
    to: To,

    /// The folder to write to; `-` is standard output, for one incident.
    #[arg(short, long, value_name = "FOLDER", default_value = ".")]
    output: PathBuf,

    #[command(flatten)]
    format: FormatArg,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum To {
    /// IODEF v2 in XML (RFC 7970).
    Iodef,
    /// A bundle of STIX 2.1.
    Stix,
    /// CSAF 2.0.
    #[value(name = "csaf-2.0")]
    Csaf20,
    /// CSAF 2.1.
    #[value(name = "csaf-2.1")]
    Csaf21,
    /// An event of MISP.
    Misp,
    /// A folder of events that MISP reads as a feed.
    MispFeed,
}

impl To {
    fn format(self) -> Exchange {
        match self {
            Self::Iodef => Exchange::Iodef,
            Self::Stix => Exchange::Stix,
            Self::Csaf20 => Exchange::Csaf(Version::V2_0),
            Self::Csaf21 => Exchange::Csaf(Version::V2_1),
            Self::Misp | Self::MispFeed => Exchange::Misp,
        }
    }
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let mut incidents = Vec::new();
    for file in &args.files {
        let named = named(file, surroundings, ui)?;
        incidents.push(open(&named, ui)?);
    }
    let files = match documents(args.to, &incidents) {
        Ok(files) => files,
        Err(Stop::Refused(refusals)) if args.format.format == Format::Json => {
            ui.outcome(json!({ "written": [], "refused": as_json(&refusals) }), false);
            return Ok(Status::Refused);
        }
        Err(stop) => return Err(stopped(stop, &place::bundled(), ui)),
    };
    if args.output.as_os_str() == "-" {
        return print(&files, ui);
    }
    let written = write(&files, &surroundings.folder.join(&args.output), surroundings, ui)?;
    match args.format.format {
        Format::Json => ui.outcome(json!({ "written": written, "refused": [] }), false),
        _ => written.iter().for_each(|file| ui.note(&format!("wrote {file}"))),
    }
    Ok(Status::Done)
}

/// The documents of all incidents, by the names of their files: all of them or none.
fn documents(to: To, incidents: &[(Incident, Label)]) -> Result<Vec<(String, String)>, Stop> {
    if matches!(to, To::MispFeed) {
        return Ok(feed(incidents)?.into_iter().collect());
    }
    let format = to.format();
    let one = |(incident, label): &(Incident, Label)| {
        let name = format!("{}.{}.{}", file_name(&incident.id), label.in_file_name(), format.ending());
        Ok((name, format.write(incident, *label)?))
    };
    incidents.iter().map(one).collect()
}

fn print(files: &[(String, String)], ui: &mut Ui) -> Result<Status, Status> {
    let [(_, text)] = files else {
        ui.message("error: standard output takes one document: name a folder with -o");
        return Err(Status::Invalid);
    };
    ui.result(text);
    Ok(Status::Done)
}

fn write(
    files: &[(String, String)],
    folder: &Path,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Vec<String>, Status> {
    let mut written = Vec::new();
    for (name, text) in files {
        let file = folder.join(name);
        output::write(&file, text.as_bytes())
            .map_err(|finding| refuse(&finding.into(), &place::bundled(), ui))?;
        written.push(place::relative(&surroundings.folder, &file));
    }
    Ok(written)
}
