use std::path::PathBuf;

use probity_sharing::package;
use serde_json::json;

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
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity share verify packages/beta")]
pub(crate) struct Args {
    /// The package: a folder or a zip archive.
    #[arg(value_name = "PACKAGE")]
    package: PathBuf,

    #[command(flatten)]
    format: FormatArg,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let read = packages::read(&args.package, surroundings).and_then(|files| package::verify(&files));
    let manifest = read.map_err(|stop| stopped(&stop, &place::bundled(), ui))?;
    if args.format.format == Format::Json {
        ui.outcome(json!({"manifest": manifest, "refused": []}), false);
    } else {
        let count = manifest.documents.len();
        ui.result(&format!(
            "{}: whole, from {} for {}, documents: {count}",
            manifest.colour, manifest.from, manifest.audience
        ));
    }
    Ok(Status::Done)
}
