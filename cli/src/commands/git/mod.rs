//! What git calls, and what makes it do so.

mod attributes;
mod diff;
mod install;
mod merge;

use std::path::Path;
use std::process::Command;

use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Have git merge and compare OSCAL documents as OSCAL.
///
/// `probity git install` registers two drivers. Merging: controls, components
/// and everything else that has an id is merged item by item, wherever it
/// stands, and a conflict is left only where both sides changed the same
/// thing. Comparing: `git diff` says which controls, parts and parameters
/// differ, and by which words, as `probity diff` does.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  probity git install\n  probity git install --global\n  probity git uninstall\n\n\
docs/git.md has the rules."
)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Git,
}

#[derive(Debug, clap::Subcommand)]
enum Git {
    Install(install::InstallArgs),
    Uninstall(install::UninstallArgs),
    Merge(merge::Args),
    Diff(diff::Args),
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    match &args.command {
        Git::Install(args) => install::install(args, surroundings, ui),
        Git::Uninstall(args) => install::uninstall(args, surroundings, ui),
        Git::Merge(args) => merge::run(args, surroundings, ui),
        Git::Diff(args) => diff::run(args, surroundings, ui),
    }
}

/// What git says to a question; none where it knows no answer.
///
/// # Errors
/// git cannot be called.
fn ask(folder: &Path, args: &[&str]) -> Result<Option<String>, String> {
    let done = Command::new("git").args(args).current_dir(folder).output();
    let done = done.map_err(|error| format!("git cannot be called: {error}"))?;
    let text = String::from_utf8_lossy(&done.stdout);
    Ok(done.status.success().then(|| text.trim_end_matches(['\r', '\n']).to_owned()))
}
