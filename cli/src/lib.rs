//! The probity command line.
//!
//! A command is a function from arguments, surroundings and a user interface
//! to a [`Status`]; only [`main`] touches the process itself.

mod args;
mod checked;
mod commands;
mod documents;
mod history;
mod labels;
mod output;
mod place;
mod progress;
mod series;
mod status;
mod surroundings;
mod tested;
mod trace;
mod ui;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;

pub use args::Cli;
pub use status::Status;
pub use surroundings::{Pause, Surroundings, Variables};
pub use ui::Ui;

/// Runs the program with the arguments and surroundings of the process.
pub fn main() -> ExitCode {
    let surroundings = Surroundings::of_process();
    let mut ui = Ui::of_process(&surroundings);
    ExitCode::from(run(std::env::args_os(), &surroundings, &mut ui).code())
}

/// Runs one command.
pub fn run(args: impl IntoIterator<Item = OsString>, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    match Cli::try_parse_from(args) {
        Ok(cli) => {
            ui.adjust(cli.color, cli.quiet);
            let status = commands::run(&cli.command, surroundings, ui);
            ui.finish(status)
        }
        Err(error) => {
            let text =
                if ui.color() { error.render().ansi().to_string() } else { error.render().to_string() };
            if error.use_stderr() {
                ui.message(text.trim_end());
                Status::Invalid
            } else {
                ui.result(&text);
                ui.finish(Status::Done)
            }
        }
    }
}

/// Every code that a finding can have, in order.
pub fn codes() -> Vec<&'static probity_diagnostics::Code> {
    let mut all: Vec<_> = [
        probity_diagnostics::codes::CODES,
        probity_oscal::codes::CODES,
        probity_oscal::constraint::codes::CODES,
        probity_oscal::reference::codes::CODES,
        probity_evidence::codes::CODES,
        probity_oscal::resolve::codes::CODES,
        probity_discovery::codes::CODES,
        probity_importers::codes::CODES,
        probity_register::codes::CODES,
        probity_assessment::codes::CODES,
        probity_generators::codes::CODES,
        probity_project::codes::CODES,
        probity_sharing::codes::CODES,
        probity_sharing::incident::codes::CODES,
        probity_sharing::scrub::codes::CODES,
        probity_sharing::split::codes::CODES,
    ]
    .concat();
    all.sort_by_key(|code| code.id);
    all
}
