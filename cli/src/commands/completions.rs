use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::args::Cli;
use crate::status::Status;
use crate::ui::Ui;

/// Print completions for a shell.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "For bash: probity completions bash > ~/.local/share/bash-completion/completions/probity"
)]
pub(crate) struct Args {
    /// The shell.
    shell: Shell,
}

pub(crate) fn run(args: &Args, ui: &mut Ui) -> Status {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "probity", &mut script);
    ui.result(&String::from_utf8_lossy(&script));
    Status::Done
}
