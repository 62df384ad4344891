//! The project whose documents are shared.

use std::path::Path;

use jiff::Timestamp;
use probity_diagnostics::{FileTree, TreePath};
use probity_project::Workspace;
use probity_project::config::{self, LoadedConfig};
use probity_project::sharing::Place;
use probity_sharing::plan::{Candidate, Wish};
use probity_sharing::{Audience, Stop};

use super::stopped;
use crate::args::{AsOfArg, ProjectArgs, RemoteArgs};
use crate::commands::{as_of, refuse, settle, workspace};
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

pub(super) struct Opened {
    pub(super) workspace: Workspace,
    loaded: LoadedConfig,
    rev: Option<String>,
}

impl Opened {
    pub(super) fn new(args: &ProjectArgs, surroundings: &Surroundings, ui: &mut Ui) -> Result<Self, Status> {
        let workspace = workspace(args, &RemoteArgs::default(), surroundings, ui)?;
        let tree = workspace.tree.as_ref();
        let loaded = settle(config::load(tree, &config::path()), tree, ui)?;
        Ok(Self { workspace, loaded, rev: args.rev.clone() })
    }

    pub(super) fn tree(&self) -> &dyn FileTree {
        self.workspace.tree.as_ref()
    }

    /// The community and the history of the project.
    pub(super) fn place(&self, ui: &mut Ui) -> Result<Place<'_>, Status> {
        let opened = Place::open(&self.workspace, self.rev.as_deref(), &self.loaded);
        opened.map_err(|stop| stopped(&stop, self.tree(), ui))
    }

    /// The path in the project of a file that was named on the command line.
    pub(super) fn path(
        &self,
        file: &Path,
        surroundings: &Surroundings,
        ui: &mut Ui,
    ) -> Result<TreePath, Status> {
        let found = place::inside(&self.workspace.root, file, &surroundings.folder);
        found.map_err(|finding| refuse(&finding.into(), self.tree(), ui))
    }

    /// Documents that were named, with their colours.
    pub(super) fn candidates(
        &self,
        place: &Place<'_>,
        files: &[std::path::PathBuf],
        surroundings: &Surroundings,
        ui: &mut Ui,
    ) -> Result<Vec<Candidate>, Status> {
        let mut found = Vec::new();
        let mut refused = Vec::new();
        for file in files {
            let path = self.path(file, surroundings, ui)?;
            match place.candidate(&path) {
                Ok((candidate, _)) => found.push(candidate),
                Err(Stop::Refused(refusals)) => refused.extend(refusals),
                Err(stop) => return Err(stopped(&stop, self.tree(), ui)),
            }
        }
        if refused.is_empty() { Ok(found) } else { Err(stopped(&Stop::Refused(refused), self.tree(), ui)) }
    }

    /// The instant by which members and agreements are looked at.
    pub(super) fn instant(
        &self,
        arg: &AsOfArg,
        surroundings: &Surroundings,
        ui: &mut Ui,
    ) -> Result<Timestamp, Status> {
        Ok(as_of(arg, self.loaded.config.system.as_of.as_deref(), surroundings, ui)?.instant)
    }
}

/// What is wished for at an instant.
pub(super) fn wish(audience: Audience, reason: Option<&str>, at: Timestamp) -> Wish {
    let day = at.to_zoned(jiff::tz::TimeZone::UTC).date();
    Wish { audience, reason: reason.map(str::to_owned), day }
}
