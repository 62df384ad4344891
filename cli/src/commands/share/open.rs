use std::path::{Path, PathBuf};

use probity_project::config::FILE_NAME;
use probity_sharing::package::{DOCUMENTS, Files};
use probity_sharing::{Label, Refusal, Stop, codes, rules};
use serde_json::{Value, json};

use super::packages::Seen;
use super::{packages, stopped};
use crate::args::FormatArg;
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Show what is in an encrypted package.
///
/// Decrypts it with a key of age, verifies what is inside, and prints the
/// documents. With -o they are written, but not into a project or a git work
/// tree: what is TLP:RED does not lie open where others read.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity share open sharing/received/alpha/ID --identity ~/.age/key.txt")]
pub(crate) struct Args {
    /// The package: a folder or a zip archive.
    #[arg(value_name = "PACKAGE")]
    package: PathBuf,

    /// The identity file of age with the key that opens it.
    #[arg(long, value_name = "KEY-FILE")]
    identity: PathBuf,

    /// The folder that the documents are written to, which must not be there yet.
    #[arg(short, long, value_name = "FOLDER")]
    output: Option<PathBuf>,

    #[command(flatten)]
    format: FormatArg,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let stop = |stop: &Stop, ui: &mut Ui| stopped(stop, &place::bundled(), ui);
    if let Some(folder) = &args.output {
        is_apart(folder, surroundings).map_err(|refusal| stop(&refusal.into(), ui))?;
    }
    let opened = packages::read(&args.package, surroundings).and_then(|files| match Seen::of(&files)? {
        Seen::Sealed(envelope) => packages::unseal(&files, &envelope, &args.identity, surroundings).map(Some),
        Seen::Open(_) => Ok(None),
    });
    let Some((manifest, files)) = opened.map_err(|why| stop(&why, ui))? else {
        ui.message("error: the package is not encrypted: its documents lie open in it");
        return Err(Status::Invalid);
    };
    if let Some(folder) = &args.output {
        packages::write(&files, folder, surroundings, ui)?;
    }
    if args.format.format == Format::Json {
        let documents: Vec<Value> = documents(&files)
            .map(|(file, text)| json!({"file": file, "text": args.output.is_none().then_some(text)}))
            .collect();
        ui.outcome(json!({"manifest": manifest, "documents": documents}), false);
        return Ok(Status::Done);
    }
    for (file, text) in documents(&files) {
        match (&args.output, text) {
            (Some(folder), _) => ui.result(&format!("{}: {}", folder.join(file).display(), manifest.colour)),
            (None, Some(text)) => {
                let colour = &manifest.colour;
                ui.result(&format!("{colour} {file}\n{}\n{colour}", text.trim_end()));
            }
            (None, None) => ui.note(&format!("{file} is no text: -o writes it")),
        }
    }
    Ok(Status::Done)
}

/// The documents of a package, with their text where they are text.
fn documents(files: &Files) -> impl Iterator<Item = (&String, Option<&str>)> {
    let is_document =
        |name: &String| name.starts_with(&format!("{DOCUMENTS}/")) && !name.ends_with(".marking.yaml");
    let found = files.iter().filter(move |(name, _)| is_document(name));
    found.map(|(name, bytes)| (name, std::str::from_utf8(bytes).ok()))
}

/// That a folder belongs to no project and no git work tree.
fn is_apart(folder: &Path, surroundings: &Surroundings) -> Result<(), Refusal> {
    let full = surroundings.folder.join(folder);
    let there = full.ancestors().find_map(|above| above.canonicalize().ok());
    let above = full.ancestors().chain(there.iter().flat_map(|path| path.ancestors()));
    let mut shared = above.filter(|above| above.join(".git").exists() || above.join(FILE_NAME).is_file());
    if shared.next().is_none() {
        return Ok(());
    }
    let message = format!("`{}` lies in a project or a git work tree", folder.display());
    let remedy = "leave -o out, which prints it, or name a folder that nobody else reads";
    Err(Refusal::new(rules::NAMED, &codes::NOT_NAMED, message, remedy).of(String::new(), Some(Label::Red)))
}
