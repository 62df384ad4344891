//! Summaries of results that are up to date, so that results need not be read to print them.

use std::collections::BTreeMap;
use std::io::Write as _;

use probity_diagnostics::{FileTree as _, Sha256Digest, TreePath, write_atomically};
use probity_generators::view::Report;
use probity_generators::{SummaryOptions, summary};
use serde::{Deserialize, Serialize};

use super::{Build, TOOL, Target};

/// The most that is read of a file.
const LIMIT: u64 = 16 << 20;

/// How many layouts of one summary are kept.
const LAYOUTS: usize = 8;

/// The summaries of the results of one assessment.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    tool: String,
    /// What the results were made of.
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

/// The summary of results that are up to date, where it is kept.
pub(super) fn kept(build: &Build<'_>, results: &Target<'_>) -> Option<String> {
    read(build, results).texts.remove(&layout(build.options.summary))
}

/// The summary of what results say; it is kept for the next build.
pub(super) fn keep(build: &Build<'_>, results: &Target<'_>, view: &Report) -> String {
    let mut kept = read(build, results);
    let text = summary(view, build.options.summary);
    if kept.texts.len() >= LAYOUTS {
        kept.texts.clear();
    }
    kept.texts.insert(layout(build.options.summary), text.clone());
    kept.digest = Kept::digest_of(&kept.texts);
    if let (Some(path), Ok(bytes)) = (file(results.name), serde_json::to_vec(&kept)) {
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

/// What is kept for results as they were made last, by what they and the checks before them read and wrote.
fn read(build: &Build<'_>, results: &Target<'_>) -> Kept {
    let checks = results.name.rsplit_once('/').map(|(assessment, _)| format!("{assessment}/checks"));
    let records = [Some(results.name.to_owned()), checks].into_iter().flatten();
    let records: Vec<_> = records.filter_map(|name| build.record(&name)).collect();
    let parts = records.iter().flat_map(|r| r.inputs.iter().chain(&r.evidence).chain(&r.outputs));
    let parts = parts.map(|(key, print)| format!("{key} {print}\n"));
    let of = Sha256Digest::of(parts.collect::<String>().as_bytes()).to_string();
    let bytes = file(results.name).and_then(|path| build.workspace.disk.read(&path, LIMIT).ok());
    let kept: Option<Kept> = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let is_whole =
        |kept: &Kept| kept.tool == TOOL && kept.of == of && kept.digest == Kept::digest_of(&kept.texts);
    kept.filter(is_whole).unwrap_or_else(|| Kept { tool: TOOL.to_owned(), of, ..Kept::default() })
}
