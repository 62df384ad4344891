use std::io::Write as _;
use std::path::{Path, PathBuf};

use probity_diagnostics::{Diagnostic, FileTree, MemoryTree, OverlayTree, write_atomically};
use probity_project::{config, scaffold};

use super::{refuse, settle};
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Make a new project folder, ready to build.
///
/// The project assesses its `manifests/` folder of Kubernetes files; evidence
/// and outputs are ignored by git.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder; made if it is not there.
    #[arg(default_value = ".")]
    folder: PathBuf,

    /// The name of the system; the folder's name if left out.
    #[arg(long)]
    name: Option<String>,

    /// The profile to assess.
    #[arg(short, long, default_value = "eucs-basic")]
    profile: String,

    /// Print the JSON schema of probity.toml instead.
    #[arg(long)]
    schema: bool,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    if args.schema {
        ui.json(&config::schema());
        return Status::Done;
    }
    make(args, surroundings, ui).unwrap_or_else(|status| status)
}

fn make(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let given = surroundings.folder.join(&args.folder);
    let folder = given.canonicalize().unwrap_or(given);
    let own_name =
        folder.file_name().map_or_else(|| "system".to_owned(), |n| n.to_string_lossy().into_owned());
    let tree = before(&folder, surroundings).map_err(|e| refuse(&e.into(), &place::bundled(), ui))?;
    let facts = scaffold::Project {
        system: args.name.as_deref().unwrap_or(&own_name),
        profile: &args.profile,
        last_modified: surroundings.now,
    };
    let files = settle(scaffold::project(tree.as_ref(), &facts), tree.as_ref(), ui)?;
    let here = args.folder.as_os_str() == ".";
    for (path, text) in &files {
        let place = folder.join(path.as_str());
        if let Err(error) = write_atomically(&place, |w| w.write_all(text.as_bytes())) {
            ui.message(&format!("error: `{}` cannot be written: {error}", place.display()));
            return Err(Status::Invalid);
        }
        let shown = if here { PathBuf::from(path.as_str()) } else { args.folder.join(path.as_str()) };
        ui.note(&format!("wrote {}", shown.display()));
    }
    let go = if here { String::new() } else { format!(" -C {}", args.folder.display()) };
    ui.note(&format!("next: put your manifests into manifests/ and run `probity build{go}`"));
    Ok(Status::Done)
}

/// What the folder holds before, which is nothing where it is not there yet.
fn before(folder: &Path, surroundings: &Surroundings) -> Result<Box<dyn FileTree>, Diagnostic> {
    if folder.exists() {
        return Ok(Box::new(place::tree(folder, &surroundings.folder)?));
    }
    Ok(Box::new(OverlayTree::new(MemoryTree::new(), place::bundled())))
}
