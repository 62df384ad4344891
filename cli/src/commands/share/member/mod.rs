mod assess;
mod change;

use jiff::civil::Date;
use probity_diagnostics::{Diagnostic, TreePath, codes as files};
use probity_sharing::circle::Governance;
use probity_sharing::{Audience, Circle};
use serde_json::{Value, json};

use super::opened::{Opened, wish};
use super::{as_json, tell};
use crate::args::{AsOfArg, FormatArg, ProjectArgs};
use crate::commands::{refuse, settle};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// How the community is run.
const GOVERNANCE: &str = "sharing/governance.yaml";

/// Look at the register of members, and change it.
///
/// `sharing/members.yaml` is an OSCAL component definition whose parties are
/// members and their persons; `sharing/nda` holds what they have signed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List members, what they are on the day, and until when their agreement
    /// on confidentiality holds.
    #[command(after_help = "Example: probity share member list --as-of 2026-11-22T00:00:00Z")]
    List(Look),
    /// Say which active members may receive nothing, and why; exit code 1 where
    /// there are some.
    #[command(after_help = "Example: probity share member check")]
    Check(Look),
    Assess(assess::Args),
    Apply(change::ApplyArgs),
    Vote(change::VoteArgs),
    Suspend(change::SuspendArgs),
    /// Say whether the community is run as it said: its documents, the seats of
    /// its board, terms and committees (`sharing/governance.yaml`).
    ///
    /// Exits with 1 where something does not hold on the day.
    #[command(after_help = "Example: probity share member lint --as-of 2026-11-22T00:00:00Z")]
    Lint(Look),
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

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let (look, is_check) = match &args.command {
        Command::List(look) => (look, false),
        Command::Check(look) => (look, true),
        Command::Assess(args) => return assess::run(args, surroundings, ui),
        Command::Apply(args) => return change::apply(args, surroundings, ui),
        Command::Vote(args) => return change::vote(args, surroundings, ui),
        Command::Suspend(args) => return change::suspend(args, surroundings, ui),
        Command::Lint(look) => return lint(look, surroundings, ui),
    };
    ui.tell_as(look.format.format);
    let opened = Opened::new(&look.project, surroundings, ui)?;
    let circle = opened.place(ui)?.circle;
    let at = opened.instant(&look.as_of, surroundings, ui)?;
    let day = wish(Audience::Members, None, at).day;
    let rows: Vec<Row> =
        rows(&circle, day).into_iter().filter(|row| !is_check || row.is_locked_out()).collect();
    if look.format.format == Format::Json {
        ui.outcome(json!({"members": rows.iter().map(Row::json).collect::<Vec<_>>()}), false);
    } else {
        rows.iter().for_each(|row| ui.result(&row.line()));
    }
    Ok(if is_check && !rows.is_empty() { Status::Findings } else { Status::Done })
}

fn lint(look: &Look, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(look.format.format);
    let opened = Opened::new(&look.project, surroundings, ui)?;
    let at = opened.instant(&look.as_of, surroundings, ui)?;
    let tree = opened.tree();
    let path = TreePath::parse(GOVERNANCE).map_err(|error| {
        refuse(&Diagnostic::error(&files::PATH_OUTSIDE, error.to_string()).into(), tree, ui)
    })?;
    let governance = settle(Governance::load(tree, &path), tree, ui)?;
    let found = governance.lint(wish(Audience::Members, None, at).day);
    ui.findings(&found, tree);
    if look.format.format == Format::Json {
        ui.outcome(json!({ "governance": GOVERNANCE }), false);
    }
    Ok(if found.is_empty() { Status::Done } else { Status::Findings })
}

/// A member on a day.
struct Row {
    name: String,
    category: &'static str,
    standing: &'static str,
    telephones: Vec<String>,
    /// Why it may receive nothing.
    refused: Option<probity_sharing::Refusal>,
}

fn rows(circle: &Circle, day: Date) -> Vec<Row> {
    let row = |member: &probity_sharing::circle::Member| Row {
        name: member.name.clone(),
        category: member.category.word(),
        standing: member.standing(day).map_or("not yet", |standing| standing.word()),
        telephones: member.telephones.clone(),
        refused: circle.admits(&member.name, day).err(),
    };
    circle.register.members.iter().map(row).collect()
}

impl Row {
    fn is_locked_out(&self) -> bool {
        self.standing == "active" && self.refused.is_some()
    }

    fn line(&self) -> String {
        let why =
            self.refused.as_ref().map(|one| format!("  {}: {}", one.rule, one.message)).unwrap_or_default();
        let phones = [vec![String::new()], self.telephones.clone()].concat().join("  ");
        let line = format!("{:16} {:18} {:10}{phones}{why}", self.name, self.category, self.standing);
        line.trim_end().to_owned()
    }

    fn json(&self) -> Value {
        json!({
            "member": self.name,
            "category": self.category,
            "standing": self.standing,
            "telephones": self.telephones,
            "refused": self.refused.as_ref().map(probity_sharing::Refusal::json),
        })
    }
}
