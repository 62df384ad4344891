use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use probity_diagnostics::TreePath;
use probity_diagnostics::document::Limits;
use probity_oscal::merge::{Conflict, Labels, Versions, merge_texts};

use crate::output;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Merge three versions of a document; git calls this.
///
/// OURS is overwritten with what comes out. Exit codes are those that git
/// knows: 0 merged, 1 conflicts are left between markers, above 128 nothing
/// could be done. What is no OSCAL document, cannot be read or would lose
/// comments is merged line by line, as git itself does.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What both sides came from (%O).
    #[arg(value_name = "BASE")]
    base: PathBuf,

    /// The version that is merged into, and the file that is written (%A).
    #[arg(value_name = "OURS")]
    ours: PathBuf,

    /// The version that is merged (%B).
    #[arg(value_name = "THEIRS")]
    theirs: PathBuf,

    /// The path of the file in the repository (%P), for its format.
    #[arg(value_name = "PATH")]
    path: Option<String>,

    /// How many characters the markers of conflicts have (%L).
    #[arg(long, value_name = "NUMBER", default_value = "7", value_parser = clap::value_parser!(u16).range(1..=1000))]
    marker_size: u16,

    /// What our side is called at the markers (%X).
    #[arg(long = "ours", value_name = "NAME", default_value = "ours")]
    our_label: String,

    /// What their side is called at the markers (%Y).
    #[arg(long = "theirs", value_name = "NAME", default_value = "theirs")]
    their_label: String,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    let at = |file: &Path| surroundings.folder.join(file);
    let shown = args.path.clone().unwrap_or_else(|| args.ours.display().to_string());
    let labels = labels(args);
    let merged = merged([&at(&args.base), &at(&args.ours), &at(&args.theirs)], &shown, &labels);
    match merged {
        Ok((text, conflicts)) => match output::write(&at(&args.ours), &text) {
            Ok(_) => told(&shown, &conflicts, ui),
            Err(finding) => {
                ui.message(&format!("error: {}", finding.message));
                Status::Unmerged
            }
        },
        Err(why) => {
            ui.note(&format!("probity: `{shown}` is merged line by line: {why}"));
            by_line(args, &labels, surroundings, ui)
        }
    }
}

/// The names of the sides. A git that does not know `%X` and `%Y` hands them over as they are.
fn labels(args: &Args) -> Labels {
    let known = |label: &str, default: &str| {
        let label = label.lines().next().unwrap_or_default();
        if label.is_empty() || label.starts_with('%') { default.to_owned() } else { label.to_owned() }
    };
    Labels {
        ours: known(&args.our_label, "ours"),
        theirs: known(&args.their_label, "theirs"),
        size: usize::from(args.marker_size),
    }
}

/// The merged text; else why there is none.
fn merged(files: [&Path; 3], shown: &str, labels: &Labels) -> Result<(Vec<u8>, Vec<Conflict>), String> {
    let [base, ours, theirs] = files.map(read);
    let (base, ours, theirs) = (base?, ours?, theirs?);
    let path = TreePath::parse(shown.trim_start_matches('/')).map_err(|error| error.to_string())?;
    let merged = merge_texts(Versions { base: &base, ours: &ours, theirs: &theirs }, &path, labels);
    let merged = merged.map_err(|findings| {
        findings
            .iter()
            .next()
            .map_or_else(|| "it cannot be read".to_owned(), |finding| finding.message.clone())
    })?;
    Ok((merged.text, merged.conflicts))
}

/// The bytes of a file that git made.
#[expect(clippy::disallowed_methods, reason = "git makes the files for this call, and names them")]
fn read(file: &Path) -> Result<Vec<u8>, String> {
    let limit = Limits::default().bytes;
    let unread = |error: std::io::Error| format!("`{}` cannot be read: {error}", file.display());
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(file).map_err(unread)?;
    opened.take(limit + 1).read_to_end(&mut bytes).map_err(unread)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limit {
        return Err(format!("a version is larger than {} MiB", limit >> 20));
    }
    Ok(bytes)
}

/// Tells what is left to do.
fn told(shown: &str, conflicts: &[Conflict], ui: &mut Ui) -> Status {
    if conflicts.is_empty() {
        return Status::Done;
    }
    for conflict in conflicts {
        let place = conflict.pointer.tokens().last().unwrap_or_default();
        let place = match (&conflict.item, place.parse::<usize>()) {
            (Some(item), Ok(_)) => format!("`{item}`"),
            (Some(item), Err(_)) => format!("`{item}`, {place}"),
            (None, _) => format!("`{}`", conflict.pointer),
        };
        ui.message(&format!("probity: `{shown}`: {place}: {}", conflict.reason));
    }
    Status::Findings
}

/// Merges as git does for files without a driver.
fn by_line(args: &Args, labels: &Labels, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    let size = format!("--marker-size={}", labels.size);
    let mut command = Command::new("git");
    command.args([
        "merge-file",
        "--quiet",
        &size,
        "-L",
        &labels.ours,
        "-L",
        "base",
        "-L",
        &labels.theirs,
        "--",
    ]);
    command.args([&args.ours, &args.base, &args.theirs]);
    let stands = |file: &PathBuf| surroundings.folder.join(file).exists();
    match command.current_dir(&surroundings.folder).status().map(|status| status.code()) {
        Ok(Some(0)) => Status::Done,
        Ok(Some(1..=127)) => Status::Findings,
        Ok(_) if ![&args.ours, &args.base, &args.theirs].into_iter().all(stands) => Status::Unmerged,
        Ok(_) => {
            // as for binary files: ours stays in the work tree, git keeps all three versions in the index
            ui.message("probity: the file is left as our side has it; choose one side with `git checkout --theirs` or `--ours`");
            Status::Findings
        }
        Err(error) => {
            ui.message(&format!("error: git cannot be called: {error}"));
            Status::Unmerged
        }
    }
}
