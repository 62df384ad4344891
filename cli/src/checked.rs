//! Files that were checked, printed in the format that is wanted.

use std::fmt::Write as _;
use std::sync::Arc;

use probity_diagnostics::render::{FileReport, Sources, github, json, junit, sarif, short};
use probity_diagnostics::{FileTree, Severity};
use probity_project::check::CheckedFile;
use serde_json::{Value, json};

use crate::status::Status;
use crate::ui::{FindingsFormat, Ui};

/// Files that were checked below one root.
pub(crate) struct Part {
    /// Where they were read from.
    pub(crate) tree: Arc<dyn FileTree>,
    /// The files with their findings.
    pub(crate) files: Vec<CheckedFile>,
}

/// Everything that was checked.
#[derive(Default)]
pub(crate) struct Checked {
    /// What was found, in the order in which it was asked for.
    pub(crate) parts: Vec<Part>,
    /// How many files were checked.
    pub(crate) count: usize,
    /// Whether something could not be checked at all.
    pub(crate) incomplete: bool,
}

impl Checked {
    /// Prints everything, and a line that sums it up.
    pub(crate) fn print(&self, format: FindingsFormat, ui: &mut Ui) -> Status {
        let sources: Vec<Sources<'_>> = self.parts.iter().map(|part| sources(part)).collect();
        let reports: Vec<FileReport<'_>> = self.parts.iter().zip(&sources).flat_map(reports).collect();
        let each = || reports.iter().flat_map(|file| file.findings.iter().map(|found| (found, file.sources)));
        match format {
            FindingsFormat::Human => each().for_each(|(found, sources)| ui.finding(found, sources)),
            FindingsFormat::Short => each().for_each(|(found, sources)| ui.result(&short(found, sources))),
            FindingsFormat::Github => each().for_each(|(found, sources)| ui.result(&github(found, sources))),
            FindingsFormat::Json => ui.json(&self.json(&reports)),
            FindingsFormat::Sarif => ui.json(&sarif(&reports, !self.incomplete)),
            FindingsFormat::Junit => match junit(&reports) {
                Ok(text) => ui.result(&text),
                Err(error) => {
                    ui.message(&format!("error: the report cannot be written: {error}"));
                    return Status::Invalid;
                }
            },
        }
        ui.note(&self.summary());
        self.status()
    }

    fn files(&self) -> impl Iterator<Item = &CheckedFile> {
        self.parts.iter().flat_map(|part| &part.files)
    }

    fn number(&self, severity: Severity) -> usize {
        self.files().flat_map(|file| &file.findings).filter(|found| found.severity == severity).count()
    }

    fn json(&self, reports: &[FileReport<'_>]) -> Value {
        let findings = reports.iter().flat_map(|file| file.findings.iter().map(|f| json(f, file.sources)));
        let suppressed = reports.iter().flat_map(|file| {
            file.suppressed.iter().map(|hidden| {
                let mut finding = json(&hidden.finding, file.sources);
                if let Value::Object(members) = &mut finding {
                    members.insert("reason".to_owned(), Value::from(hidden.reason.as_str()));
                }
                finding
            })
        });
        json!({
            "files": self.count,
            "errors": self.number(Severity::Error),
            "warnings": self.number(Severity::Warning),
            "findings": findings.collect::<Vec<_>>(),
            "suppressed": suppressed.collect::<Vec<_>>(),
        })
    }

    fn summary(&self) -> String {
        let counted = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        let suppressed: usize = self.files().map(|file| file.suppressed.len()).sum();
        let mut text = format!(
            "{}: {}, {}",
            counted(self.count, "file"),
            counted(self.number(Severity::Error), "error"),
            counted(self.number(Severity::Warning), "warning"),
        );
        if suppressed > 0 {
            let _ = write!(text, ", {suppressed} suppressed");
        }
        text
    }

    fn status(&self) -> Status {
        let found = if self.number(Severity::Error) > 0 { Status::Findings } else { Status::Done };
        if self.incomplete { found.and(Status::Invalid) } else { found }
    }
}

/// The texts of a part, with all places looked up.
fn sources(part: &Part) -> Sources<'_> {
    let sources = Sources::locating(part.tree.as_ref(), probity_oscal::locate_all);
    sources.look_up(
        part.files.iter().flat_map(|file| {
            file.findings.iter().chain(file.suppressed.iter().map(|hidden| &hidden.finding))
        }),
    );
    sources
}

fn reports<'a>((part, sources): (&'a Part, &'a Sources<'a>)) -> impl Iterator<Item = FileReport<'a>> {
    part.files.iter().map(move |file| FileReport {
        name: sources.display(&file.file),
        sources,
        findings: file.findings.as_slice(),
        suppressed: &file.suppressed,
    })
}
