mod add;
mod approve;
mod list;

use std::path::Path;

use probity_diagnostics::{Diagnostic, FileTree, TreePath, codes};
use probity_oscal::model::metadata::Metadata;
use probity_project::attest::{Person, known_parties};
use probity_project::config::{self, LoadedConfig};
use probity_project::git::Repository;
use probity_project::{Workspace, library};

use super::{refuse, settle};
use crate::args::{AsOfArg, ProjectArgs, RemoteArgs};
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Record what people state about controls, approve it, and see what counts.
///
/// A statement says of a control, or of an item of its statement, that it is
/// met, not met or does not apply: who says so, why, on which evidence, and
/// until when. Each is a small OSCAL file in the folder that the project's
/// assessments read attestations from. docs/attestations.md has the rules.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Add(add::Args),
    Approve(approve::Args),
    List(list::Args),
    Check(list::CheckArgs),
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    let result = match &args.command {
        Command::Add(args) => add::run(args, surroundings, ui),
        Command::Approve(args) => approve::run(args, surroundings, ui),
        Command::List(args) => list::run(args, surroundings, ui),
        Command::Check(args) => list::check(args, surroundings, ui),
    };
    result.unwrap_or_else(|status| status)
}

/// The project that statements are about.
struct Place {
    workspace: Workspace,
    loaded: LoadedConfig,
}

impl Place {
    fn open(project: &ProjectArgs, surroundings: &Surroundings, ui: &mut Ui) -> Result<Self, Status> {
        let workspace = super::workspace(project, &RemoteArgs::default(), surroundings, ui)?;
        let loaded =
            settle(config::load(workspace.tree.as_ref(), &config::path()), workspace.tree.as_ref(), ui)?;
        Ok(Self { workspace, loaded })
    }

    fn tree(&self) -> &dyn FileTree {
        self.workspace.tree.as_ref()
    }

    /// The attestation files of the assessments, of all of them or of the one that is named.
    fn attestations(&self, only: Option<&str>, ui: &mut Ui) -> Result<Vec<TreePath>, Status> {
        let root = self.loaded.file.parent();
        let wanted =
            self.loaded.config.assessments.iter().filter(|one| only.is_none_or(|only| one.name == only));
        let mut files: Vec<TreePath> = Vec::new();
        for assessment in wanted {
            let found = library::expand(self.tree(), &root, &assessment.attestations);
            files.extend(found.map_err(|errors| refuse(&errors, self.tree(), ui))?);
        }
        files.sort();
        files.dedup();
        Ok(files)
    }

    /// Whom `by` names: a party of the project's documents, or somebody new. Left out, it is whom git takes the user for.
    fn person(&self, by: Option<&str>, ui: &mut Ui) -> Result<Person, Status> {
        let root = self.loaded.file.parent();
        let config = &self.loaded.config;
        let named =
            config.system.ssp.iter().chain(config.assessments.iter().filter_map(|one| one.poam.as_ref()));
        let mut files: Vec<TreePath> = named.filter_map(|name| root.join(name).ok()).collect();
        let patterns = config.assessments.iter().flat_map(|one| &one.attestations);
        let expanded =
            patterns.filter_map(|one| library::expand(self.tree(), &root, std::slice::from_ref(one)).ok());
        files.extend(expanded.flatten());
        // what cannot be read is told where it is asked for; here it only knows nobody
        let documents = files.iter().filter_map(|file| probity_oscal::load(self.tree(), file).ok());
        let known: Vec<Metadata> = documents.map(|loaded| loaded.value.document.metadata().clone()).collect();
        let by = by.map_or_else(|| user(&self.workspace.root), |by| Ok(by.to_owned()));
        let person = by.and_then(|by| known_parties(&known).person(&by));
        person.map_err(|finding| refuse(&finding.into(), self.tree(), ui))
    }

    /// The path of a file that was named on the command line, from the project folder.
    fn path(&self, file: &Path, surroundings: &Surroundings) -> Result<TreePath, Diagnostic> {
        place::inside(&self.workspace.root, file, &surroundings.folder).map_err(|finding| {
            let is_outside = finding.code == &codes::PATH_OUTSIDE;
            let help = "copy it into the project: statements must find it in every copy of the repository";
            if is_outside { finding.help(help) } else { finding }
        })
    }
}

/// Whom git takes the user for.
fn user(root: &Path) -> Result<String, Diagnostic> {
    let user = Repository::discover(root).ok().and_then(|repository| repository.user());
    user.map(|(name, email)| format!("{name} <{email}>")).ok_or_else(|| {
        let message = "nobody is named, and git does not say who you are";
        Diagnostic::error(&probity_project::codes::UNKNOWN_PERSON, message)
            .help("--by \"Name <name@example.org>\" names somebody")
    })
}

/// The instant at which something is stated: as given, else `SOURCE_DATE_EPOCH`, else the clock.
fn stated(
    on: Option<jiff::Timestamp>,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<jiff::Timestamp, Status> {
    super::as_of(&AsOfArg { as_of: on }, None, surroundings, ui).map(|as_of| as_of.instant)
}
