use std::collections::BTreeSet;
use std::path::PathBuf;

use probity_diagnostics::{TreePath, document};
use probity_sharing::formats::Format as Exchange;
use probity_sharing::incident::{self, Incident};
use probity_sharing::lexicon::Lexicon;
use probity_sharing::package::{self, Files, Manifest};
use probity_sharing::{Label, origin};

use super::opened::Opened;
use super::plans::Plans;
use super::{packages, stopped};
use crate::args::{FormatArg, ProjectArgs};
use crate::commands::{refuse, settle};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Note in the plan of action and milestones that a risk was shared.
///
/// The incidents of the package that were made of a risk get an entry in the
/// log of that risk: the id of the package, when it was made, and for what
/// kind of audience, not for whom. The change is shown; `--write` writes it.
/// What a package does not say of an incident any more, because it was
/// scrubbed, is looked up by its number in `sharing/incidents`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity share record packages/beta --write\n\
Exit codes: 0 noted, 1 shown and not written, 2 it is not ours, or no incident of it was made of a risk, 4 it is no package.")]
pub(crate) struct Args {
    /// The package: a folder or a zip archive that was built here.
    #[arg(value_name = "PACKAGE")]
    package: PathBuf,

    /// A plan of action and milestones; left out, those of all assessments of
    /// the project.
    #[arg(long, value_name = "FILE")]
    poam: Vec<PathBuf>,

    /// Write it.
    #[arg(long, conflicts_with = "rev")]
    write: bool,

    #[command(flatten)]
    project: ProjectArgs,

    #[command(flatten)]
    format: FormatArg,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let opened = Opened::new(&args.project, surroundings, ui)?;
    let read =
        packages::read(&args.package, surroundings).and_then(|files| Ok((package::verify(&files)?, files)));
    let (manifest, files) = read.map_err(|stop| stopped(&stop, opened.tree(), ui))?;
    if manifest.from != opened.place(ui)?.circle.policy.member {
        ui.message(&format!("error: the package is from {}: only what we shared is noted", manifest.from));
        return Err(Status::Invalid);
    }
    let risks = risks(&opened, &manifest, &files, ui)?;
    if risks.is_empty() {
        ui.message("error: no incident of the package was made of a risk");
        return Err(Status::Invalid);
    }
    let mut plans = Plans::read(&opened, &args.poam, surroundings, ui)?;
    let mut found = 0;
    for risk in &risks {
        found += plans.change(risk, "shared", |plan| origin::shared(plan, risk, &manifest));
    }
    if found == 0 {
        ui.message(
            "error: none of the risks is in a plan of the project: name one with --poam; risks of assessment results are none",
        );
        return Err(Status::Invalid);
    }
    plans.settle(args.write, args.format.format, &opened, ui)
}

/// The risks that incidents of a package were made of.
fn risks(
    opened: &Opened,
    manifest: &Manifest,
    files: &Files,
    ui: &mut Ui,
) -> Result<BTreeSet<String>, Status> {
    let tree = opened.tree();
    let lexicon = settle(Lexicon::load(tree), tree, ui)?;
    let label = manifest.label().unwrap_or(Label::UNMARKED);
    let mut shared: Vec<Incident> = Vec::new();
    for one in &manifest.documents {
        let Some((bytes, path)) = files.get(&one.file).zip(TreePath::parse(&one.file).ok()) else { continue };
        shared.extend(incidents(bytes, &path, label, &lexicon));
    }
    let mut risks: BTreeSet<String> = shared.iter().flat_map(origin::risks).map(str::to_owned).collect();
    for path in incident::files(tree).map_err(|errors| refuse(&errors, tree, ui))? {
        let Ok(own) = incident::load(tree, &path, &lexicon) else { continue };
        let is_same = |one: &Incident| one.id == own.value.id && one.issuer == own.value.issuer;
        if shared.iter().any(is_same) {
            risks.extend(origin::risks(&own.value).map(str::to_owned));
        }
    }
    Ok(risks)
}

/// The incidents of a document; none where it is something else.
fn incidents(bytes: &[u8], path: &TreePath, label: Label, lexicon: &Lexicon) -> Vec<Incident> {
    let text = document::text(bytes, path).unwrap_or_default();
    let read = match Exchange::of(text) {
        Some(format) => format.read(text, path, label, lexicon).map(|read| read.value),
        None => incident::parse(bytes, path, lexicon).map(|read| vec![read.value]),
    };
    read.unwrap_or_default()
}
