use std::io::Write as _;
use std::path::PathBuf;

use probity_diagnostics::write_atomically;
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
    match make(args, surroundings, ui) {
        Ok(status) | Err(status) => status,
    }
}

fn make(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let folder = surroundings.folder.join(&args.folder);
    if let Err(error) = std::fs::create_dir_all(&folder) {
        ui.message(&format!("error: `{}` cannot be made: {error}", folder.display()));
        return Err(Status::Invalid);
    }
    let folder = folder.canonicalize().unwrap_or(folder);
    let own_name =
        folder.file_name().map_or_else(|| "system".to_owned(), |n| n.to_string_lossy().into_owned());
    let tree = place::tree(&folder, &surroundings.folder)
        .map_err(|finding| refuse(&finding.into(), &place::bundled(), ui))?;
    let facts = scaffold::Project {
        system: args.name.as_deref().unwrap_or(&own_name),
        profile: &args.profile,
        last_modified: surroundings.now,
    };
    let files = settle(scaffold::project(&tree, &facts), &tree, ui)?;
    for (path, text) in &files {
        let place = folder.join(path.as_str());
        if write_atomically(&place, |w| w.write_all(text.as_bytes())).is_err() {
            ui.message(&format!("error: `{}` cannot be written", place.display()));
            return Err(Status::Invalid);
        }
        ui.note(&format!("wrote {}", probity_diagnostics::FileTree::display(&tree, path)));
    }
    let go = if args.folder.as_os_str() == "." { String::new() } else { format!(" -C {}", args.folder.display()) };
    ui.note(&format!("next: put your manifests into manifests/ and run `probity build{go}`"));
    Ok(Status::Done)
}
