use std::cell::RefCell;

use probity_project::git::Commit;
use probity_project::history::{Bisected, Finding, Look, Standing, bisect};
use serde_json::{Value, json};

use crate::args::{FormatArg, ProjectArgs};
use crate::history::{JudgeArgs, Place, commit_json, day};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Find the first commit after which a finding is red.
///
/// The project is judged as it stands after commits between one that is good
/// and one that is bad, each time in the middle of what is left. Evidence is
/// that of the commit, where it is in git. Commits that cannot be judged are
/// passed over. What was judged once is remembered in `.probity/`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity bisect eucs/iam-09.1 v1.0..HEAD")]
pub(crate) struct Args {
    /// The finding: [ASSESSMENT/]CONTROL[/RESOURCE]; a check may stand for the
    /// control.
    finding: String,

    /// A commit after which it is good and one after which it is bad, as
    /// GOOD..BAD, or only BAD. Left out: the whole history up to what is
    /// checked out.
    range: Option<String>,

    #[command(flatten)]
    judge: JudgeArgs,

    #[command(flatten)]
    project: ProjectArgs,

    #[command(flatten)]
    format: FormatArg,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    ui.tell_as(args.format.format);
    search(args, surroundings, ui).unwrap_or_else(|status| status)
}

fn search(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let place = Place::open(&args.project, args.range.as_deref(), surroundings, ui)?;
    let past = place.past();
    let loaded = place.settings(ui)?;
    let names: Vec<String> =
        loaded.config.assessments.iter().map(|assessment| assessment.name.clone()).collect();
    let finding = Finding::parse(&args.finding, &names);
    let found = place.judged(&args.judge, surroundings, ui, |judgements, ui| {
        let shown = RefCell::new(ui);
        let tell = |look: &Look| shown.borrow_mut().note(&step(look));
        bisect(&past, judgements, &finding, place.since.as_ref(), &place.head, &tell)
    })?;
    if args.format.format == Format::Json {
        ui.outcome(as_json(&args.finding, &found), false);
    } else {
        ui.result(&told(&args.finding, &found, &place));
    }
    place.tell_gaps(&past, ui);
    Ok(if found.first.len() > 1 { Status::Incomplete } else { Status::Done })
}

/// One commit that was looked at, in a line.
fn step(look: &Look) -> String {
    let (word, why) = words(&look.standing);
    let left = if look.left > 0 { format!("{} left: ", look.left) } else { String::new() };
    format!("{left}{}  {}  {}: {word}, {why}", look.commit.id.short(), day(&look.commit), look.commit.summary)
}

fn words(standing: &Standing) -> (&'static str, &str) {
    match standing {
        Standing::Red(why) => ("red", why),
        Standing::Green(why) => ("good", why),
        Standing::Skipped(why) => ("skipped", why),
    }
}

fn told(finding: &str, found: &Bisected, place: &Place) -> String {
    let line = |commit: &Commit| {
        format!("  {}  {}  {}  {}", commit.id.short(), day(commit), commit.author, commit.summary)
    };
    let mut lines = Vec::new();
    match found.first.as_slice() {
        [only] => {
            lines.push(match &found.before {
                Some(_) => format!("{finding} turned red with"),
                None => format!("{finding} is red since the oldest commit"),
            });
            lines.push(line(only));
            lines.extend(found.before.iter().map(|before| format!("  before: {before}")));
            lines.push(format!("  after:  {}", found.after));
            let changes = place.repository.changes_of(only, &place.below).unwrap_or_default();
            let files = changes.iter().filter_map(|change| change.path());
            lines.extend(files.filter(|_| found.before.is_some()).map(|file| format!("  changed: {file}")));
        }
        several => {
            lines.push(format!("{finding} turned red with one of these, which cannot all be judged:"));
            lines.extend(several.iter().map(line));
            lines.push(format!("  after:  {}", found.after));
        }
    }
    if !found.contrary.is_empty() {
        lines.push("it turned more than once:".to_owned());
        let contrary =
            found.contrary.iter().map(|look| format!("{}: {}", line(&look.commit), words(&look.standing).0));
        lines.extend(contrary);
    }
    lines.join("\n")
}

fn as_json(finding: &str, found: &Bisected) -> Value {
    let look = |look: &Look| {
        let (word, why) = words(&look.standing);
        json!({"commit": commit_json(&look.commit), "standing": word, "why": why})
    };
    json!({
        "finding": finding,
        "first": found.first.iter().map(commit_json).collect::<Vec<_>>(),
        "before": found.before,
        "after": found.after,
        "looks": found.looks.iter().map(look).collect::<Vec<_>>(),
        "contrary": found.contrary.iter().map(look).collect::<Vec<_>>(),
    })
}
