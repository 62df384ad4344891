use std::path::PathBuf;

use clap::CommandFactory as _;
use clap_mangen::Man;

use crate::args::Cli;
use crate::status::Status;
use crate::ui::Ui;

/// Print the manual page, or write one for every command.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Write a page for each command into this folder.
    #[arg(short, long, value_name = "FOLDER")]
    output: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, ui: &mut Ui) -> Status {
    let mut root = Cli::command();
    root.build();
    let Some(folder) = &args.output else {
        let mut page = Vec::new();
        return match Man::new(root).render(&mut page) {
            Ok(()) => ui.write(&page, None),
            Err(_) => Status::Invalid,
        };
    };
    let commands: Vec<clap::Command> =
        std::iter::once(root.clone()).chain(root.get_subcommands().cloned()).collect();
    let mut status = Status::Done;
    for command in commands {
        let mut page = Vec::new();
        let man = Man::new(command);
        let name = man.get_filename();
        status = match man.render(&mut page) {
            Ok(()) => status.and(ui.write(&page, Some(&folder.join(name)))),
            Err(_) => Status::Invalid,
        };
    }
    status
}
