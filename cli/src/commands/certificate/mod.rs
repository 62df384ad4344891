use jiff::civil::Date;
use probity_diagnostics::{FileTree, TreePath};
use probity_project::Workspace;
use probity_project::config::{self, LoadedConfig};
use probity_project::register;
use probity_register::Certificate;

use super::{as_of, refuse, settle};
use crate::args::{AsOfArg, FormatArg, ProjectArgs, RemoteArgs};
use crate::output;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

mod add;
mod look;
mod record;

/// Keep the register of certificates and attestation reports.
///
/// Those of the system itself, against which the results of an assessment are
/// set, and those of suppliers, from which controls are inherited. Each is a
/// file below `certificates/`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Put a certificate or report into the register.
    #[command(
        after_help = "Example: probity certificate add eucs-2026 --scheme eucs --level high --issuer 'CertWerk GmbH' \
--from 2026-03-01 --until 2029-02-28 --assessment eucs --document certificates/eucs-2026.pdf"
    )]
    Add(Box<add::Add>),
    /// Record what became of a certificate: maintained, suspended, withdrawn …
    #[command(
        after_help = "Example: probity certificate record eucs-2026 maintained --on 2027-03-04 --reason 'first surveillance'"
    )]
    Record(record::Record),
    /// List the register.
    List(Look),
    /// Show one certificate with its history and its documents.
    Show {
        /// The name of the certificate.
        name: String,
        #[command(flatten)]
        look: Look,
    },
    /// Say which certificates are not in force, overdue or at risk.
    ///
    /// Holds documents against their digests and the results in `build/`
    /// against the scope of each certificate. Exits with 1 where there is
    /// something to do, with 3 where an assessment was not built yet.
    Check(Look),
}

#[derive(Debug, clap::Args)]
struct Look {
    #[command(flatten)]
    as_of: AsOfArg,
    #[command(flatten)]
    project: ProjectArgs,
    #[command(flatten)]
    format: FormatArg,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    let ran = match &args.command {
        Command::Add(new) => add::add(new, surroundings, ui),
        Command::Record(change) => record::record(change, surroundings, ui),
        Command::List(look) => look::list(look, surroundings, ui),
        Command::Show { name, look } => look::show(name, look, surroundings, ui),
        Command::Check(look) => look::check(look, surroundings, ui),
    };
    ran.unwrap_or_else(|status| status)
}

/// A project with its register.
struct Opened {
    workspace: Workspace,
    loaded: LoadedConfig,
    certificates: Vec<Certificate>,
}

impl Opened {
    fn new(project: &ProjectArgs, surroundings: &Surroundings, ui: &mut Ui) -> Result<Self, Status> {
        let workspace = super::workspace(project, &RemoteArgs::default(), surroundings, ui)?;
        let tree = workspace.tree.as_ref();
        let loaded = settle(config::load(tree, &config::path()), tree, ui)?;
        let certificates = settle(register::certificates(tree, &loaded), tree, ui)?;
        Ok(Self { workspace, loaded, certificates })
    }

    fn tree(&self) -> &dyn FileTree {
        self.workspace.tree.as_ref()
    }

    fn named(&self, name: &str, ui: &mut Ui) -> Result<&Certificate, Status> {
        register::named(&self.certificates, name).map_err(|finding| refuse(&finding.into(), self.tree(), ui))
    }

    /// The day in UTC on which certificates are looked at.
    fn day(&self, look: &Look, surroundings: &Surroundings, ui: &mut Ui) -> Result<Date, Status> {
        let project = self.loaded.config.system.as_of.as_deref();
        let instant = as_of(&look.as_of, project, surroundings, ui)?.instant;
        Ok(instant.to_zoned(jiff::tz::TimeZone::UTC).date())
    }
}

fn write(opened: &Opened, path: &TreePath, text: &[u8], ui: &mut Ui) -> Result<Status, Status> {
    let written = output::write(&opened.workspace.on_disk(path), text);
    written.map_err(|finding| refuse(&finding.into(), opened.tree(), ui))?;
    ui.note(&format!("wrote {}", opened.workspace.disk.display(path)));
    Ok(Status::Done)
}
