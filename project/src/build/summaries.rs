//! Summaries of reports that are up to date, so that results need not be read to print them.

use std::collections::BTreeMap;
use std::io::Write as _;

use probity_diagnostics::{Diagnostics, FileTree as _, Sha256Digest, TreePath, write_atomically};
use probity_generators::view::Report;
use probity_generators::{SummaryOptions, summary};
use serde::{Deserialize, Serialize};

use super::state::Record;
use super::{Build, TOOL, Target};

/// The most that is read of a file.
const LIMIT: u64 = 16 << 20;

/// How many layouts of one summary are kept.
const LAYOUTS: usize = 8;

/// The summaries of one report.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    tool: String,
    /// What the report was made of.
    of: String,
    /// Texts by layout.
    texts: BTreeMap<String, String>,
    /// Digest of the texts.
    digest: String,
}

impl Kept {
    fn digest_of(texts: &BTreeMap<String, String>) -> String {
        let parts = texts.iter().map(|(layout, text)| format!("{layout} {} {text}", text.len()));
        Sha256Digest::of(parts.collect::<String>().as_bytes()).to_string()
    }
}

/// The summary of a report that is up to date; its results are `results`.
///
/// # Errors
/// It is not kept, and the results cannot be read.
pub(super) fn of(build: &Build<'_>, report: &Target<'_>, results: &TreePath) -> Result<String, Diagnostics> {
    let record = build.record(report.name).unwrap_or_default();
    let kept = read(build, report.name, &record);
    if let Some(text) = kept.texts.get(&layout(build.options.summary)) {
        return Ok(text.clone());
    }
    let view = Report::load(build.workspace.disk.as_ref(), results)?.value;
    Ok(keep(build, report.name, &record, &view))
}

/// The summary of a report that was made of what `record` says; it is kept for the next build.
pub(super) fn keep(build: &Build<'_>, target: &str, record: &Record, view: &Report) -> String {
    let mut kept = read(build, target, record);
    let text = summary(view, build.options.summary);
    if kept.texts.len() >= LAYOUTS {
        kept.texts.clear();
    }
    kept.texts.insert(layout(build.options.summary), text.clone());
    kept.digest = Kept::digest_of(&kept.texts);
    if let (Some(path), Ok(bytes)) = (file(target), serde_json::to_vec(&kept)) {
        // where it cannot be written, the next build reads the results
        let _ = write_atomically(&build.workspace.root.join(path.as_str()), |out| out.write_all(&bytes));
    }
    text
}

fn layout(options: SummaryOptions) -> String {
    format!("{}{}/{}", options.width, if options.color { " in colour" } else { "" }, options.limit)
}

fn file(target: &str) -> Option<TreePath> {
    TreePath::parse(&format!(".probity/summaries/{}.json", target.replace('/', "-"))).ok()
}

/// What is kept of the report that was made of what `record` says.
fn read(build: &Build<'_>, target: &str, record: &Record) -> Kept {
    let parts = record.evidence.iter().map(|(key, print)| format!("{key} {print}\n"));
    let of = Sha256Digest::of(parts.collect::<String>().as_bytes()).to_string();
    let bytes = file(target).and_then(|path| build.workspace.disk.read(&path, LIMIT).ok());
    let kept: Option<Kept> = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let is_whole =
        |kept: &Kept| kept.tool == TOOL && kept.of == of && kept.digest == Kept::digest_of(&kept.texts);
    kept.filter(is_whole).unwrap_or_else(|| Kept { tool: TOOL.to_owned(), of, ..Kept::default() })
}
