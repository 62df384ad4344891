use std::path::PathBuf;

use probity_sharing::{Audience, package};
use serde_json::json;

use super::opened::{Opened, wish};
use super::{packages, stopped};
use crate::args::{AsOfArg, FormatArg, ProjectArgs};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Make a package of documents for one audience.
///
/// The package is a fresh folder, or a zip archive where the name ends so,
/// without any history: the documents with their colour in name and content, a
/// manifest with digests, and a mail, where the policy names a sender. What a
/// rule does not allow is refused with exit code 4, and nothing is written.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: probity share build sharing/incidents/2026/INC-2026-0001.yaml --to member:beta \
--reason 'same attacker' -o packages/beta"
)]
pub(crate) struct Args {
    /// Documents, all of one colour.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// The audience: person:NAME, member:NAME, members, group:NAME or public.
    #[arg(long, value_name = "AUDIENCE")]
    to: Audience,

    /// Why the recipients need to know.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    /// The folder or archive, which must not be there yet.
    #[arg(short, long, value_name = "FOLDER")]
    output: PathBuf,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    project: ProjectArgs,

    #[command(flatten)]
    format: FormatArg,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let opened = Opened::new(&args.project, surroundings, ui)?;
    let place = opened.place(ui)?;
    let at = opened.instant(&args.as_of, surroundings, ui)?;
    let documents = opened.candidates(&place, &args.files, surroundings, ui)?;
    let wish = wish(args.to.clone(), args.reason.as_deref(), at);
    let made = package::build(&place.circle, &documents, &wish, at);
    let made = made.and_then(|files| Ok((package::verify(&files)?, files)));
    let (manifest, files) = made.map_err(|stop| stopped(&stop, opened.tree(), ui))?;
    packages::write(&files, &args.output, surroundings, ui)?;
    if args.format.format == Format::Json {
        ui.outcome(json!({"package": args.output.display().to_string(), "manifest": manifest}), false);
    } else {
        let count = manifest.documents.len();
        let what = if count == 1 { "1 document".to_owned() } else { format!("{count} documents") };
        ui.result(&format!(
            "{}: {}, {what} for {}",
            args.output.display(),
            manifest.colour,
            manifest.audience
        ));
    }
    Ok(Status::Done)
}
