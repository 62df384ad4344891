use std::path::{Path, PathBuf};

use probity_diagnostics::{Diagnostic, FileTree as _, codes as files};
use probity_project::git::{Kept, kept};
use probity_sharing::marking::Sidecar;
use probity_sharing::package::seal::seal;
use probity_sharing::split::{self, Held, List, Manifest, Parcel};
use probity_sharing::{Audience, Label, Refusal, Stop, rules};
use serde_json::json;

use super::incident::named;
use super::opened::{Opened, wish};
use super::stopped;
use crate::args::{AsOfArg, FormatArg, ProjectArgs};
use crate::commands::refuse;
use crate::output;
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// The numbers beside the folders of members.
const MANIFEST: &str = "manifest.json";

/// Bytes of a list; a longer one is split by hand first.
const LARGEST: u64 = 256 << 20;

/// Split lists of stolen credentials or cards by whose they are.
///
/// Each entry goes only to the member whose domain, network or card number it
/// shows, by the register, and is encrypted to the keys of that member's
/// persons. What shows something of several members goes to nobody, what is
/// nobody's is dropped, what belongs to a member that may receive nothing or
/// has no key is held back; all of it is counted. Nothing is written in plain
/// text, and no message tells what is in a list. A list that git tracks is
/// refused, and so is an output folder that git would take. Members open
/// their files with `age -d -i KEY FILE`. docs/scrubbing.md has the rules.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: probity share split-by-owner ../dump/combo.txt ../dump/cards.csv -o ../dump/split\n\
Exit codes: 0 written, 2 a list or the register cannot be read, 4 refused."
)]
pub(super) struct Args {
    /// The lists: .csv and .tsv with headings, .txt with an entry on each line, .json with an array, .jsonl.
    #[arg(value_name = "LIST", required = true)]
    lists: Vec<String>,

    /// The folder to write to, which must not be there yet.
    #[arg(short, long, value_name = "FOLDER")]
    output: PathBuf,

    /// The colour of what members receive.
    #[arg(long, value_name = "LABEL", default_value = "TLP:RED", value_parser = ["TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER"])]
    label: String,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    project: ProjectArgs,

    #[command(flatten)]
    format: FormatArg,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let told = |stop: Stop, ui: &mut Ui| stopped(&stop, &place::bundled(), ui);
    let opened = Opened::new(&args.project, surroundings, ui)?;
    let place = opened.place(ui)?;
    let at = opened.instant(&args.as_of, surroundings, ui)?;
    let folder = surroundings.folder.join(&args.output);
    if folder.symlink_metadata().is_ok() {
        let message = format!("`{}` exists already: lists are split anew", args.output.display());
        return Err(refuse(&Diagnostic::error(&files::WRITE_FAILED, message).into(), &place::bundled(), ui));
    }
    out_of_git(args, surroundings, ui).map_err(|stop| told(stop, ui))?;
    let mut lists = Vec::new();
    for file in &args.lists {
        let named = named(file, surroundings, ui)?;
        let bytes = named.tree.read(&named.path, LARGEST).map_err(Diagnostic::from);
        let list = bytes.map_err(Into::into).and_then(|bytes| List::read(&named.path, &bytes));
        lists.push(list.map_err(|errors| refuse(&errors, &named.tree, ui))?);
    }
    let label: Label = args.label.parse().unwrap_or(Label::Red);
    let day = wish(Audience::Public, None, at).day;
    let split = split::split(&place.circle, &lists, label, day).map_err(|errors| told(errors.into(), ui))?;
    let mut written = Vec::new();
    for parcel in &split.parcels {
        let sealed = sealed(parcel, label, &place.circle.policy.member);
        written.extend(sealed.map_err(|finding| told(finding.into(), ui))?);
    }
    let manifest = probity_oscal::to_json(&split.manifest).unwrap_or_default();
    written.push((MANIFEST.to_owned(), manifest.into_bytes()));
    for (name, bytes) in &written {
        output::write(&folder.join(name), bytes).map_err(|finding| told(finding.into(), ui))?;
    }
    match args.format.format {
        Format::Json => {
            let folder = args.output.display().to_string();
            ui.outcome(json!({ "folder": folder, "manifest": split.manifest }), false);
        }
        _ => summary(&split.manifest, &args.output, ui),
    }
    Ok(Status::Done)
}

/// That git has none of the lists, and would take nothing of what is written.
fn out_of_git(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<(), Stop> {
    let refusal = |message: String, remedy: &str, of: &str| {
        Refusal::new(rules::LISTS, &split::codes::IN_GIT, message, remedy).of(of, None)
    };
    let mut refused = Vec::new();
    for list in &args.lists {
        match kept(&surroundings.folder.join(list))? {
            Kept::Tracked => refused.push(refusal(
                format!("git tracks the list `{list}`"),
                "take it out of the repository and its history; what was in it is known to all who have a copy",
                list,
            )),
            Kept::Untracked => {
                ui.note(&format!("git does not ignore `{list}`: the next `git add` would take it"));
            }
            Kept::Outside | Kept::Ignored => {}
        }
    }
    let shown = args.output.display().to_string();
    match kept(&surroundings.folder.join(&args.output).join(MANIFEST))? {
        Kept::Outside | Kept::Ignored => {}
        Kept::Tracked | Kept::Untracked => refused.push(refusal(
            format!("git would take what is written to `{shown}`"),
            "name a folder outside the work tree, or list it in `.gitignore`",
            &shown,
        )),
    }
    if refused.is_empty() { Ok(()) } else { Err(Stop::Refused(refused)) }
}

/// The files of a member, encrypted, each with its colour beside it.
fn sealed(parcel: &Parcel, label: Label, us: &str) -> Result<Vec<(String, Vec<u8>)>, Diagnostic> {
    let mut sealed = Vec::new();
    for (name, bytes) in &parcel.files {
        let name = Path::new(&parcel.member).join(format!("{name}.age")).display().to_string();
        sealed.push((name.clone(), seal(bytes, &parcel.keys)?));
        let sidecar = Sidecar { label, originator: Some(us.to_owned()) };
        sealed.push((format!("{name}.marking.yaml"), sidecar.text().into_bytes()));
    }
    Ok(sealed)
}

fn summary(manifest: &Manifest, output: &Path, ui: &mut Ui) {
    for one in &manifest.members {
        let held = one.held_back.map(Held::words).map(|why| format!(", held back: {why}"));
        ui.result(&format!("{:6} {}{}", one.entries, one.member, held.unwrap_or_default()));
    }
    let others = [
        (manifest.ambiguous, "of several members, dropped"),
        (manifest.unmatched, "of no member, dropped"),
        (manifest.unreadable, "unreadable, dropped"),
    ];
    for (count, what) in others {
        ui.result(&format!("{count:6} {what}"));
    }
    let (given, all) = (manifest.given(), manifest.entries);
    ui.note(&format!("wrote {given} of {all} entries to {}, encrypted, and {MANIFEST}", output.display()));
}
