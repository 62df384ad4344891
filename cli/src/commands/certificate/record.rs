use clap::ValueEnum;
use jiff::civil::Date;
use probity_project::register;
use probity_register::Status as Stage;

use super::{Opened, write};
use crate::args::ProjectArgs;
use crate::commands::refuse;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

#[derive(Debug, clap::Args)]
pub(super) struct Record {
    /// The name of the certificate.
    name: String,
    /// What it became.
    status: StageArg,
    /// The day of the change.
    #[arg(long, value_name = "DAY")]
    on: Date,
    /// Why.
    #[arg(long)]
    reason: Option<String>,
    #[command(flatten)]
    project: ProjectArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum StageArg {
    /// It was issued after it had been applied for.
    Issued,
    /// A surveillance confirmed it, or its suspension ended.
    Maintained,
    /// It was issued for another term.
    Renewed,
    /// It is not to be relied on for now.
    Suspended,
    /// It was taken back.
    Withdrawn,
    /// Its term ended.
    Expired,
}

impl StageArg {
    fn stage(self) -> Stage {
        match self {
            Self::Issued => Stage::Issued,
            Self::Maintained => Stage::Maintained,
            Self::Renewed => Stage::Renewed,
            Self::Suspended => Stage::Suspended,
            Self::Withdrawn => Stage::Withdrawn,
            Self::Expired => Stage::Expired,
        }
    }
}

pub(super) fn record(change: &Record, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let opened = Opened::new(&change.project, surroundings, ui)?;
    let certificate = opened.named(&change.name, ui)?;
    let to = (change.status.stage(), change.on);
    let made = register::record(opened.tree(), certificate, to, change.reason.as_deref(), surroundings.now);
    let (path, text) = made.map_err(|errors| refuse(&errors, opened.tree(), ui))?;
    write(&opened, &path, &text, ui)
}
