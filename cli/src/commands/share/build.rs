use std::path::PathBuf;

use probity_sharing::plan::Wish;
use probity_sharing::{Audience, package};
use serde_json::json;

use super::opened::{Opened, wish};
use super::packages::Seen;
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
///
/// What is TLP:RED goes to persons, and is encrypted with age to the keys that
/// the register has of them (prop `age-recipient`). Nothing that is in it stands
/// outside, not even the names of documents.
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
    /// What is TLP:RED may go to several persons: --to for each.
    #[arg(long, value_name = "AUDIENCE", required = true)]
    to: Vec<Audience>,

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
    let to = |audience: &Audience| wish(audience.clone(), args.reason.as_deref(), at);
    let wishes: Vec<Wish> = args.to.iter().map(to).collect();
    let made = package::build_for_all(&place.circle, &documents, &wishes, at);
    let made = made.and_then(|files| Ok((Seen::of(&files)?, files)));
    let (seen, files) = made.map_err(|stop| stopped(&stop, opened.tree(), ui))?;
    packages::write(&files, &args.output, surroundings, ui)?;
    let package = args.output.display().to_string();
    let count =
        if documents.len() == 1 { "1 document".to_owned() } else { format!("{} documents", documents.len()) };
    let (line, data) = match &seen {
        Seen::Open(manifest) => (
            format!("{}, {count} for {}", manifest.colour, manifest.audience),
            json!({"package": package, "manifest": manifest}),
        ),
        Seen::Sealed(envelope) => (
            format!("{}, {count} encrypted for {}", envelope.colour, envelope.to.join(", ")),
            json!({"package": package, "envelope": envelope}),
        ),
    };
    if args.format.format == Format::Json {
        ui.outcome(data, false);
    } else {
        ui.result(&format!("{package}: {line}"));
    }
    Ok(Status::Done)
}
