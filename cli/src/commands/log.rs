use std::cell::OnceCell;

use probity_diagnostics::TreePath;
use probity_generators::clip;
use probity_project::git::Commit;
use probity_project::history::{Entry, Log, Past, log, turns};
use serde_json::{Value, json};
use similar::TextDiff;

use crate::args::{FormatArg, ProjectArgs};
use crate::history::{JudgeArgs, Place, commit_json, day, is_file, refuse, subject, told, word};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Show which commits changed a control, a metric or a resource.
///
/// Newest first, one line for each change: of the text of a control, of its
/// parameters and their values in profiles, of the metrics that measure it
/// and their target values, of findings in committed results; of a metric's
/// Rego and of where it is used; of a resource as evidence shows it. Files are
/// compared by what they say: reformatting and moving them changes nothing.
/// Controls are followed through `moved-to`, metrics through new names.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity log ac-2 v1.0..HEAD -p\n\
A name that several things have is told apart by `control:`, `metric:` or `resource:` before it.")]
#[command(mut_arg("as_of", |arg| arg.requires("findings")), mut_arg("evidence", |arg| arg.requires("findings")))]
pub(crate) struct Args {
    /// The control (id or label), metric (name) or resource (id or name).
    subject: String,

    /// The commits: a revision and what came before it, or `A..B`. Left out:
    /// all that led to the commit that is checked out.
    range: Option<String>,

    /// Show the text before and after each change.
    #[arg(short, long)]
    patch: bool,

    /// Judge the project after each commit as well, and show which commits
    /// turned findings. What was judged once is remembered in `.probity/`.
    #[arg(long)]
    findings: bool,

    #[command(flatten)]
    judge: JudgeArgs,

    #[command(flatten)]
    project: ProjectArgs,

    #[command(flatten)]
    format: FormatArg,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    ui.tell_as(args.format.format);
    show(args, surroundings, ui).unwrap_or_else(|status| status)
}

fn show(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let place = Place::open(&args.project, args.range.as_deref(), surroundings, ui)?;
    let mut past = place.past();
    let subject = subject(&mut past, &place.head, &args.subject, ui)?;
    let mut log = log(&mut past, &place.head, place.since.as_ref(), &subject)
        .map_err(|finding| refuse(&finding, ui))?;
    if args.findings {
        judge(args, &place, &past, &mut log, surroundings, ui)?;
    }
    if args.format.format == Format::Json {
        ui.outcome(as_json(&log), false);
    } else {
        let width = if args.patch { usize::MAX } else { ui.width() };
        for line in lines(&log, args.patch, width) {
            ui.result(&line);
        }
        if log.entries.is_empty() {
            ui.note(&format!("no commit of these changed {}", log.subject));
        }
    }
    place.tell_gaps(&past, ui);
    Ok(Status::Done)
}

/// Puts the turns of findings among the changes.
fn judge(
    args: &Args,
    place: &Place,
    past: &Past<'_>,
    log: &mut Log,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<(), Status> {
    let found = place.judged(&args.judge, surroundings, ui, |judgements, ui| {
        let progress = OnceCell::new();
        let told = |commits: usize, commit: &Commit| {
            let total = u64::try_from(commits).unwrap_or(u64::MAX);
            let bar = progress.get_or_init(|| ui.progress(total, "judging commits"));
            bar.step(&commit.id.short());
            bar.advance(1);
        };
        turns(past, judgements, &place.head, place.since.as_ref(), &log.subject, &told)
    })?;
    for (commit, why) in &found.unjudged {
        ui.note(&format!("note: {} cannot be judged: {why}", commit.id.short()));
    }
    found.put_into(log);
    Ok(())
}

fn lines(log: &Log, patch: bool, width: usize) -> Vec<String> {
    let author = log.entries.iter().map(|entry| entry.commit.author.chars().count()).max().unwrap_or(0);
    let mut lines = Vec::new();
    for entry in &log.entries {
        let Commit { id, author: name, .. } = &entry.commit;
        let head = format!("{}  {}  {name:author$}  ", id.short(), day(&entry.commit));
        let what = if patch { headline(entry, log) } else { told(entry, &log.subject) };
        let room = width.saturating_sub(head.chars().count());
        lines.push(format!("{head}{}", clip(&what, room.max(20))));
        if patch {
            lines.extend(patched(entry));
        }
    }
    lines
}

/// A change without its texts, which stand below.
fn headline(entry: &Entry, log: &Log) -> String {
    let file = entry.file.as_ref().map(|file| format!(" ({file})")).unwrap_or_default();
    match &entry.item {
        Some(item) => format!("{item} {}{file}", word(entry.what)),
        None => format!("{}{file}", told(entry, &log.subject)),
    }
}

/// The text before and after, line by line.
fn patched(entry: &Entry) -> Vec<String> {
    if entry.item.is_none() {
        return Vec::new();
    }
    let (old, new) =
        (entry.before.as_deref().unwrap_or_default(), entry.after.as_deref().unwrap_or_default());
    if entry.item.as_deref().is_some_and(is_file) {
        let diff = TextDiff::from_lines(old, new);
        let unified = diff.unified_diff().context_radius(2).to_string();
        return unified.lines().map(|line| format!("    {line}")).collect();
    }
    let side = |sign: char, text: &str| (!text.is_empty()).then(|| format!("    {sign} {text}"));
    [side('-', old), side('+', new)].into_iter().flatten().collect()
}

fn as_json(log: &Log) -> Value {
    let entry = |entry: &Entry| {
        json!({
            "commit": commit_json(&entry.commit),
            "file": entry.file.as_ref().map(TreePath::as_str),
            "change": word(entry.what),
            "item": entry.item,
            "before": entry.before,
            "after": entry.after,
        })
    };
    let changes: Vec<Value> = log.entries.iter().map(entry).collect();
    json!({"kind": log.subject.kind(), "subject": log.subject.name(), "changes": changes})
}
