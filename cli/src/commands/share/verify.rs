use std::path::PathBuf;

use probity_sharing::Stop;
use probity_sharing::package::{Envelope, Manifest};
use serde_json::json;

use super::packages::Seen;
use super::{packages, stopped};
use crate::args::FormatArg;
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Say whether a package is what its manifest says, in one colour throughout.
///
/// Recomputes digests and id, and looks for the label in the name of each
/// document, in the document or beside it, and in subject and body of the mail.
/// Of a package that is TLP:RED only the outside is seen without a key;
/// --identity looks inside, too.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity share verify packages/beta")]
pub(crate) struct Args {
    /// The package: a folder or a zip archive.
    #[arg(value_name = "PACKAGE")]
    package: PathBuf,

    /// The identity file of age with the key that opens an encrypted package.
    #[arg(long, value_name = "KEY-FILE")]
    identity: Option<PathBuf>,

    #[command(flatten)]
    format: FormatArg,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let stop = |stop: &Stop, ui: &mut Ui| stopped(stop, &place::bundled(), ui);
    let read = packages::read(&args.package, surroundings);
    let read = read.and_then(|files| Ok((Seen::of(&files)?, files)));
    let (seen, files) = read.map_err(|why| stop(&why, ui))?;
    let (line, data) = match seen {
        Seen::Open(manifest) => {
            (whole(&manifest.audience, &manifest), json!({"manifest": manifest, "refused": []}))
        }
        Seen::Sealed(envelope) => {
            if let Some(identity) = &args.identity {
                let opened = packages::unseal(&files, &envelope, identity, surroundings);
                let (manifest, _) = opened.map_err(|why| stop(&why, ui))?;
                let line = whole(&manifest.audience, &manifest);
                (line, json!({"envelope": envelope, "manifest": manifest, "refused": []}))
            } else {
                let Envelope { colour, from, to, .. } = &envelope;
                let outside = format!("encrypted, and whole outside, from {from} for {}", to.join(", "));
                let line = format!("{colour}: {outside}; --identity looks inside");
                (line, json!({"envelope": envelope, "refused": []}))
            }
        }
    };
    if args.format.format == Format::Json {
        ui.outcome(data, false);
    } else {
        ui.result(&line);
    }
    Ok(Status::Done)
}

fn whole(audience: &str, manifest: &Manifest) -> String {
    let Manifest { colour, from, documents, .. } = manifest;
    format!("{colour}: whole, from {from} for {audience}, documents: {}", documents.len())
}
