use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;
use jiff::Timestamp;
use probity_diagnostics::{Diagnostic, FileTree, TreePath};
use probity_oscal::model::Catalog;
use probity_oscal::resolve::Traced;
use probity_project::codes::UNKNOWN_NAME;
use probity_project::library::{self, Shelf};
use probity_project::steps;

use super::{as_of, settle};
use crate::args::{AsOfArg, DocumentFormat, ProjectArgs, RemoteArgs};
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::trace::{Shown, explain, human, json};
use crate::ui::{Format, Ui};

/// Resolve a profile into the catalog of the controls it selects.
///
/// Imports, merge, modifications and parameters are applied as the OSCAL
/// profile resolution specification says. The catalog's `last-modified` is
/// the instant that is given, else the time of the commit (`--rev`), else
/// that of the profile.
///
/// `--trace` and `--explain` print why the catalog is as it is in place of the
/// catalog, which is then written only where `-o` names a file.
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

    /// Print for every control why it is in or out, and for every parameter
    /// and part that was changed which file and line did it; `--trace=json`
    /// for programs.
    #[arg(
        long,
        value_name = "FORMAT",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "human"
    )]
    trace: Option<TraceFormat>,

    /// Tell the whole story of one control, from its catalog to its final form;
    /// the id of a parameter or part stands for its control.
    #[arg(long, value_name = "CONTROL")]
    explain: Option<String>,

    /// The folder that imports must stay in.
    #[arg(long, value_name = "FOLDER")]
    root: Option<PathBuf>,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    project: ProjectArgs,

    #[command(flatten)]
    pub(super) remote: RemoteArgs,
}

/// How a trace is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TraceFormat {
    /// For people.
    Human,
    /// One JSON document (docs/trace.md).
    Json,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    if args.trace == Some(TraceFormat::Json) {
        ui.tell_as(Format::Json);
    }
    resolve(args, surroundings, ui).unwrap_or_else(|status| status)
}

fn resolve(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let given = as_of(&args.as_of, None, surroundings, ui)?;
    let found = profile(args, surroundings, ui)?;
    let instant = if given.from_clock { found.committed } else { Some(given.instant) };
    let href = found.href(args.output.as_deref(), &surroundings.folder);
    let (tree, path) = (found.tree.as_ref(), &found.path);
    if args.trace.is_none() && args.explain.is_none() {
        let catalog = settle(steps::resolve(tree, path, instant, href), tree, ui)?;
        return write(catalog, args, surroundings, ui);
    }
    let Traced { catalog, trace } = settle(steps::trace(tree, path, instant, href), tree, ui)?;
    let subject = match &args.explain {
        Some(id) => {
            let found = trace.control(id).ok_or_else(|| unknown(id, &trace, &args.profile));
            Some((id, found.map_err(|finding| super::refuse(&finding.into(), tree, ui))?))
        }
        None => None,
    };
    let status = match &args.output {
        Some(_) => write(catalog, args, surroundings, ui)?,
        None => Status::Done,
    };
    let only = subject.map(|(_, control)| [control]);
    let only = only.as_ref().map(<[_; 1]>::as_slice);
    let mut shown = Shown::new(&trace, only, tree);
    (shown.color, shown.width) = (ui.color(), ui.width());
    match subject {
        _ if args.trace == Some(TraceFormat::Json) => ui.outcome(json(&shown, only), false),
        Some((id, control)) => ui.result(&explain(control, id, &shown)),
        None => ui.result(&human(&shown)),
    }
    Ok(status)
}

/// A profile that was found.
struct Found {
    /// The tree that it is read from.
    tree: Arc<dyn FileTree>,
    /// Where it stands there.
    path: TreePath,
    /// The folder on disk that the tree is of.
    root: PathBuf,
    /// The time of the commit, where the tree is one.
    committed: Option<Timestamp>,
}

impl Found {
    /// The href by which a catalog in file `output`, or on standard output, names the profile (req-meta-source-profile).
    fn href(&self, output: Option<&Path>, folder: &Path) -> String {
        if self.path.bundled().is_some() || self.path.is_remote() {
            return self.path.to_string();
        }
        let output = output.and_then(|output| Some(folder.join(output).parent()?.to_path_buf()));
        place::relative(output.as_deref().unwrap_or(folder), &self.root.join(self.path.as_str()))
    }
}

/// The profile that is named.
fn profile(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Found, Status> {
    let on_disk = surroundings.folder.join(&args.profile).is_file() && args.project.rev.is_none();
    if on_disk {
        let access = args.remote.access(&surroundings.folder);
        let named = place::named(&args.profile, &surroundings.folder, args.root.as_deref())
            .and_then(|named| named.reaching(&access?, &surroundings.folder))
            .map_err(|finding| super::refuse(&finding.into(), &place::bundled(), ui))?;
        return Ok(Found { tree: Arc::new(named.tree), path: named.path, root: named.root, committed: None });
    }
    let workspace = super::workspace_or_folder(&args.project, &args.remote, surroundings, ui)?;
    let tree = workspace.tree;
    let shelves = [Shelf::Profiles, Shelf::Catalogs];
    let path = library::find(tree.as_ref(), &TreePath::root(), &args.profile, &shelves)
        .map_err(|finding| super::refuse(&finding.into(), tree.as_ref(), ui))?;
    Ok(Found { tree, path, root: workspace.root, committed: workspace.committed })
}

fn unknown(id: &str, trace: &probity_oscal::Trace, profile: &str) -> Diagnostic {
    let message = format!("no control, parameter or part behind `{profile}` has the id `{id}`");
    let finding = Diagnostic::error(&UNKNOWN_NAME, message);
    match trace.similar(id) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    }
}

/// Writes the catalog to the file that is named, else to standard output.
fn write(catalog: Catalog, args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
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
