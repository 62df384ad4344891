use std::path::PathBuf;

use probity_project::library::{self, Shelf};

use super::{as_of, settle};
use crate::args::{AsOfArg, DocumentFormat, ProjectArgs};
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Resolve a profile into the catalog of the controls it selects.
///
/// Imports, merge, modifications and parameters are applied as the OSCAL
/// profile resolution specification says. The catalog's `last-modified` is
/// the profile's, unless an instant is given.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The profile: a file, or the name of one of the project or of the
    /// bundled content (`probity catalog list`).
    profile: String,

    /// Where to write the catalog; standard output if left out.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The format of the catalog.
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    format: DocumentFormat,

    /// The folder that imports must stay in.
    #[arg(long, value_name = "FOLDER")]
    root: Option<PathBuf>,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    project: ProjectArgs,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    match resolve(args, surroundings, ui) {
        Ok(status) | Err(status) => status,
    }
}

fn resolve(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let given = as_of(&args.as_of, None, surroundings, ui)?;
    let instant = (!given.from_clock).then_some(given.instant);
    let on_disk = surroundings.folder.join(&args.profile).is_file() && args.project.rev.is_none();
    let catalog = if on_disk {
        let named = place::named(&args.profile, &surroundings.folder, args.root.as_deref())
            .map_err(|finding| super::refuse(&finding.into(), &place::bundled(), ui))?;
        settle(probity_project::steps::resolve(&named.tree, &named.path, instant), &named.tree, ui)?
    } else {
        let workspace = super::workspace_or_folder(&args.project, surroundings, ui)?;
        let tree = workspace.tree.as_ref();
        let shelves = [Shelf::Profiles, Shelf::Catalogs];
        let path = library::find(tree, &probity_diagnostics::TreePath::root(), &args.profile, &shelves)
            .map_err(|finding| super::refuse(&finding.into(), tree, ui))?;
        settle(probity_project::steps::resolve(tree, &path, instant), tree, ui)?
    };
    let document = probity_oscal::OscalDocument::Catalog(Box::new(catalog));
    let text = match args.format {
        DocumentFormat::Json => probity_oscal::to_json(&document),
        DocumentFormat::Yaml => probity_oscal::to_yaml(&document),
        DocumentFormat::Xml => probity_oscal::to_xml(&document),
    };
    match text {
        Ok(text) => Ok(ui.write(text.as_bytes(), &surroundings.folder, args.output.as_deref())),
        Err(error) => {
            ui.message(&format!("error: the catalog cannot be written: {error}"));
            Err(Status::Invalid)
        }
    }
}
