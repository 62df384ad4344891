use std::path::PathBuf;

use clap::CommandFactory as _;
use clap_mangen::Man;

use crate::args::Cli;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Print the manual page, or write one for every command.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Write a page for each command into this folder.
    #[arg(short, long, value_name = "FOLDER")]
    output: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    let mut root = Cli::command();
    root.build();
    let Some(folder) = &args.output else {
        return page(root, None, surroundings, ui);
    };
    let mut status = Status::Done;
    for command in with_subcommands(&root) {
        status = status.and(page(command.clone(), Some(folder), surroundings, ui));
    }
    status
}

/// A command and all below it, without the `help` that clap adds.
fn with_subcommands(command: &clap::Command) -> Vec<&clap::Command> {
    let below = command.get_subcommands().filter(|inner| inner.get_name() != "help");
    std::iter::once(command).chain(below.flat_map(with_subcommands)).collect()
}

/// Writes the page of a command into a folder, or to standard output.
fn page(
    command: clap::Command,
    folder: Option<&PathBuf>,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Status {
    let man = Man::new(command);
    let file = folder.map(|folder| folder.join(man.get_filename()));
    let mut page = Vec::new();
    match man.render(&mut page) {
        Ok(()) => ui.write(&page, &surroundings.folder, file.as_deref()),
        Err(error) => {
            ui.message(&format!("error: the manual page cannot be made: {error}"));
            Status::Invalid
        }
    }
}
