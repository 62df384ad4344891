//! The reports of an assessment: each a target, all made of one reading of the results.

use probity_diagnostics::{Diagnostics, Warned};
use probity_generators::Style;
use probity_generators::style::Templates;
use probity_generators::view::Report;

use super::further::{Reading, Seen};
use super::steps::Steps;
use super::{Build, Target, Turn, summaries};
use crate::config::Reports;
use crate::job::Job;
use crate::sharing::pages::shares;

/// What the results say, read when it is first needed.
struct View<'b> {
    build: &'b Build<'b>,
    read: Option<Read>,
}

/// What was read, and of what.
struct Read {
    report: Report,
    seen: Seen,
}

impl View<'_> {
    /// The view, and what was found if this is the first reading.
    fn of(&mut self, job: &Job<'_>) -> Result<Warned<&Read>, Diagnostics> {
        let mut found = Diagnostics::new();
        let read = if let Some(read) = self.read.take() {
            read
        } else {
            let reading = Reading::new(self.build);
            let Warned { value: report, warnings } = job.view(&reading.project, &reading.documents)?;
            found = warnings;
            Read { report, seen: reading.seen() }
        };
        Ok(Warned { value: self.read.insert(read), warnings: found })
    }
}

/// What settings of pages say of their label.
pub(super) fn marked(job: &Job<'_>) -> String {
    job.marking.map(|label| format!(" {label}")).unwrap_or_default()
}

impl Turn<'_> {
    /// Writes the reports that are out of date; yields the summary, unless it is a dry run.
    pub(super) fn reports(
        &mut self,
        steps: &mut Steps<'_>,
        reports: &Reports,
        results: &Target<'_>,
    ) -> Result<Option<String>, Diagnostics> {
        let build = self.build;
        let mut view = View { build, read: None };
        let language = reports.language();
        let folder = build.loaded.templates(reports)?;
        let settings =
            format!("{} {folder:?} {:?}{}", language.code(), steps.job.archive, marked(&steps.job));
        for format in reports.formats() {
            self.further(steps, format.name(), &settings, |steps, reading| {
                let Warned { value: read, warnings } = view.of(&steps.job)?;
                reading.shared.clone_from(&read.seen);
                let templates = folder.as_ref().map(|folder| Templates::of(&reading.project, folder));
                let marking = steps.job.label(&reading.documents, shares(&reading.project))?;
                let style = Style { language, templates: templates.unwrap_or_default(), marking };
                steps.job.write_report(&read.report, format, &style, &steps.out)?;
                warnings.unless_errors(())
            })?;
        }
        if build.options.dry_run {
            return Ok(None);
        }
        if let Some(summary) = summaries::kept(build, results) {
            return Ok(Some(summary));
        }
        let read = view.of(&steps.job)?.value;
        Ok(Some(summaries::keep(build, results, &read.report)))
    }
}
