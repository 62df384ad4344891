use std::path::PathBuf;

use jiff::Timestamp;
use probity_assessment::attest::name_of;
use probity_project::attest::{Approving, approve};
use serde_json::json;

use super::Place;
use crate::args::{FormatArg, ProjectArgs};
use crate::commands::{refuse, settle};
use crate::output;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Approve a statement of somebody else.
///
/// The approver is another person than the author: another party with another
/// e-mail address. The approval names the digest of what was approved, and ends
/// where that is changed. Evidence and passages are looked at again first.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: probity attest approve attestations/im-01.1-2026-10-31.yaml --by jan.novak@example.org\n\
Exit codes: 0 written, 2 something is wrong and nothing was written."
)]
pub(super) struct Args {
    /// The attestation file.
    file: PathBuf,

    /// Who approves: `Name <address>`, or somebody whom the project's documents
    /// know by address, name or uuid. Left out, whom git knows.
    #[arg(long, value_name = "PERSON")]
    by: Option<String>,

    /// What the approver says, in Markdown.
    #[arg(long, value_name = "TEXT")]
    words: Option<String>,

    /// When (RFC 3339); left out, by `SOURCE_DATE_EPOCH`, then the clock.
    #[arg(long, value_name = "INSTANT")]
    on: Option<Timestamp>,

    #[command(flatten)]
    format: FormatArg,

    /// The project folder; left out, the nearest with a `probity.toml`.
    #[arg(short = 'C', long = "project", value_name = "FOLDER")]
    project: Option<PathBuf>,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let place = Place::open(&ProjectArgs { project: args.project.clone(), rev: None }, surroundings, ui)?;
    let tree = place.tree();
    let path = place.path(&args.file, surroundings).map_err(|finding| refuse(&finding.into(), tree, ui))?;
    let by = place.person(args.by.as_deref(), ui)?;
    let on = super::stated(args.on, surroundings, ui)?;
    let approving = Approving { file: &path, by: &by, on, words: args.words.as_deref() };
    let approved = settle(approve(tree, &approving), tree, ui)?;
    let file = place.workspace.on_disk(&path);
    output::write(&file, &approved.text).map_err(|finding| refuse(&finding.into(), tree, ui))?;
    let shown = tree.display(&path);
    if args.format.format == Format::Json {
        ui.outcome(json!({ "file": shown, "controls": approved.controls, "by": by.party.name }), false);
        return Ok(Status::Done);
    }
    let name = name_of(&by.party);
    ui.result(&format!("{name} approves {} in {shown}", approved.controls.join(", ")));
    if place.loaded.config.signing.allowed_signers.is_some() {
        ui.note("it counts once the approver has committed it with a signature (git commit -S)");
    }
    Ok(Status::Done)
}
