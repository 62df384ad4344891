//! Files that were checked, printed in the format that is wanted.

use std::fmt::Write as _;
use std::sync::Arc;

use probity_diagnostics::render::{FileReport, Sources, counted, github, json, junit, sarif, short};
use probity_diagnostics::{Diagnostic, FileTree, Severity};
use probity_oscal::split::relocated;
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
    /// Prints everything in the order of the texts, and a line that sums it up.
    pub(crate) fn print(mut self, format: FindingsFormat, ui: &mut Ui) -> Status {
        let trees: Vec<Arc<dyn FileTree>> = self.parts.iter().map(|part| part.tree.clone()).collect();
        let sources: Vec<Sources<'_>> =
            trees.iter().map(|tree| Sources::locating(tree.as_ref(), probity_oscal::locate_all)).collect();
        for (part, sources) in self.parts.iter_mut().zip(&sources) {
            part.relocate();
            part.arrange(sources);
        }
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

impl Part {
    /// Puts what is found in split folders to their small files.
    fn relocate(&mut self) {
        let tree = self.tree.as_ref();
        for file in &mut self.files {
            file.findings = relocated(tree, &file.findings).into_iter().collect();
            for hidden in &mut file.suppressed {
                hidden.finding =
                    relocated(tree, [&hidden.finding]).into_iter().next().unwrap_or(hidden.finding.clone());
            }
        }
    }

    /// Looks up all places, and puts the findings of each file in the order of
    /// its text. What is about the file as a whole stands before them, notes
    /// after them.
    fn arrange(&mut self, sources: &Sources<'_>) {
        sources.look_up(self.files.iter().flat_map(|file| {
            file.findings.iter().chain(file.suppressed.iter().map(|hidden| &hidden.finding))
        }));
        let order = |finding: &Diagnostic| {
            let place = finding.primary.as_ref().and_then(|label| sources.position(&label.location));
            (place.is_none() && finding.severity == Severity::Note, place)
        };
        for file in &mut self.files {
            file.findings.sort_by_key(order);
            file.suppressed.sort_by_cached_key(|hidden| order(&hidden.finding));
        }
    }
}

fn reports<'a>((part, sources): (&'a Part, &'a Sources<'a>)) -> impl Iterator<Item = FileReport<'a>> {
    part.files.iter().map(move |file| FileReport {
        name: sources.display(&file.file),
        sources,
        findings: file.findings.as_slice(),
        suppressed: &file.suppressed,
    })
}
