use probity_diagnostics::{Diagnostic, FileTree};
use probity_sharing::{Refusal, Stop};
use serde_json::{Value, json};

use super::refuse;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

mod approve;
mod build;
mod incident;
mod lexicon;
mod lint;
mod mark;
mod member;
mod nda;
mod notify;
mod open;
mod opened;
mod own;
mod packages;
mod plan;
mod plans;
mod publish;
mod receive;
mod record;
mod report;
mod scrub;
mod split_by_owner;
mod verify;

/// Share findings, threats and incidents under the Traffic Light Protocol.
///
/// A document has a colour (CLEAR, GREEN, AMBER, AMBER+STRICT or RED), and the
/// colour says who may see it. What a rule does not allow is refused with exit
/// code 4, and nothing is written. docs/cloudcert.md has the rules.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Mark(mark::Args),
    Incident(incident::Args),
    Lexicon(lexicon::Args),
    Notify(notify::Args),
    Member(member::Args),
    Nda(nda::Args),
    Plan(plan::Args),
    Build(build::Args),
    Verify(verify::Args),
    Receive(receive::Args),
    Open(open::Args),
    Record(record::Args),
    Report(report::Args),
    Scrub(scrub::Args),
    Approve(approve::Args),
    Publish(publish::Args),
    SplitByOwner(split_by_owner::Args),
    Lint(lint::Args),
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    let ran = match &args.command {
        Command::Mark(args) => mark::run(args, surroundings, ui),
        Command::Incident(args) => incident::run(args, surroundings, ui),
        Command::Lexicon(args) => lexicon::run(args, surroundings, ui),
        Command::Notify(args) => notify::run(args, surroundings, ui),
        Command::Member(args) => member::run(args, surroundings, ui),
        Command::Nda(args) => nda::run(args, surroundings, ui),
        Command::Plan(args) => plan::run(args, surroundings, ui),
        Command::Build(args) => build::run(args, surroundings, ui),
        Command::Verify(args) => verify::run(args, surroundings, ui),
        Command::Receive(args) => receive::run(args, surroundings, ui),
        Command::Open(args) => open::run(args, surroundings, ui),
        Command::Record(args) => record::run(args, surroundings, ui),
        Command::Report(args) => report::run(args, surroundings, ui),
        Command::Scrub(args) => scrub::run(args, surroundings, ui),
        Command::Approve(args) => approve::run(args, surroundings, ui),
        Command::Publish(args) => publish::run(args, surroundings, ui),
        Command::SplitByOwner(args) => split_by_owner::run(args, surroundings, ui),
        Command::Lint(args) => lint::run(args, surroundings, ui),
    };
    ran.unwrap_or_else(|status| status)
}

/// Tells why a step of sharing came to nothing. Where programs ask, refusals are the result.
fn stopped(stop: &Stop, tree: &dyn FileTree, ui: &mut Ui) -> Status {
    match stop {
        Stop::Refused(refusals) => {
            tell(refusals, tree, ui);
            if ui.is_for_programs() {
                ui.outcome(json!({ "refused": as_json(refusals) }), false);
            }
            Status::Refused
        }
        Stop::Unreadable(findings) => refuse(findings, tree, ui),
    }
}

/// Tells refusals as findings.
fn tell(refusals: &[Refusal], tree: &dyn FileTree, ui: &mut Ui) {
    let findings: Vec<Diagnostic> = refusals.iter().map(Refusal::finding).collect();
    ui.findings(&findings, tree);
}

fn as_json(refusals: &[Refusal]) -> Vec<Value> {
    refusals.iter().map(Refusal::json).collect()
}
