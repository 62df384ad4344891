//! The files that a change touches, and which lines of them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use probity_assessment::compile::{Check, TargetOrigin, lint_metrics, load_metrics};
use probity_diagnostics::document::Limits;
use probity_diagnostics::render::Sources;
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, TreePath};
use probity_generators::review::{CheckChange, Place};
use probity_oscal::constraint::Rules;

use super::lines::touched;
use crate::check::{self, ExtendNew as _, Standards};
use crate::config::{self, FILE_NAME};
use crate::outcomes::Outcomes;
use crate::steps;
use crate::suppress::Suppressions;
use crate::workspace::Workspace;

/// The lines of the head that differ from the base, by file.
pub(super) struct Touched {
    lines: BTreeMap<TreePath, Vec<RangeInclusive<u32>>>,
}

impl Touched {
    /// Compares the documents that either side names.
    pub(super) fn between(base: &Workspace, head: &Workspace) -> Self {
        let mut files: BTreeSet<TreePath> = check::documents(head);
        files.extend(check::documents(base));
        files.insert(config::path());
        for side in [base, head] {
            let metrics = TreePath::parse("metrics").ok().map(|folder| side.tree.walk(&folder));
            files.extend(metrics.into_iter().flatten().flatten());
        }
        let read = |side: &Workspace, file: &TreePath| side.tree.read(file, Limits::default().bytes).ok();
        let lines = files.into_iter().filter(|file| file.extension() != Some("jsonl")).filter_map(|file| {
            let (before, after) = (read(base, &file), read(head, &file)?);
            let lines = touched(before.as_deref().unwrap_or_default(), &after);
            (before.as_ref() != Some(&after)).then_some((file, lines))
        });
        Self { lines: lines.collect() }
    }

    fn has(&self, file: &TreePath, line: u32) -> bool {
        self.lines.get(file).is_some_and(|lines| lines.iter().any(|range| range.contains(&line)))
    }

    /// What is wrong with the head in lines that the change touches, but for what the base accepts. `found` are the
    /// findings of its assessments.
    pub(super) fn findings(
        &self,
        head: &Workspace,
        accepted: &mut Suppressions,
        found: Diagnostics,
    ) -> Diagnostics {
        let tree = head.tree.as_ref();
        let mut all = Diagnostics::new();
        let files: Vec<TreePath> = self.lines.keys().filter(|file| is_document(file)).cloned().collect();
        if let Ok(ontology) = steps::ontology(tree) {
            let standards = Standards { ontology: &ontology.value, rules: &Rules::oscal() };
            for mut checked in check::files(tree, &files, standards) {
                accepted.apply(&mut checked, |path| Some(path.clone()));
                all.extend_new(checked.findings);
            }
            all.extend_new(self.metrics(tree, &ontology.value));
        }
        all.extend_new(found);
        let sources = Sources::locating(tree, probity_oscal::locate_all);
        all.into_iter().filter(|finding| self.is_about(finding, &sources)).collect()
    }

    /// Whether a finding is about a line that the change touches, or about a touched file as a whole.
    fn is_about(&self, finding: &Diagnostic, sources: &Sources<'_>) -> bool {
        let Some(label) = &finding.primary else { return false };
        let file = &label.location.file;
        match sources.region(&label.location) {
            Some(region) => (region.start.line..=region.end.line).any(|line| self.has(file, number(line))),
            None => self.lines.contains_key(file),
        }
    }

    /// What is doubtful in the metrics that the change touches.
    fn metrics(&self, tree: &dyn FileTree, ontology: &probity_evidence::Ontology) -> Diagnostics {
        let mut findings = Diagnostics::new();
        let is_rule = |file: &&TreePath| matches!(file.extension(), Some("rego" | "yaml"));
        let folders: BTreeSet<TreePath> = self.lines.keys().filter(is_rule).map(TreePath::parent).collect();
        let library = steps::rego_library(tree).unwrap_or_default();
        let mut metrics = Vec::new();
        for folder in folders {
            let is_metric = folder.join("metric.yaml").is_ok_and(|file| tree.is_file(&file));
            if is_metric {
                metrics.extend(findings.absorb(load_metrics(tree, &folder)).unwrap_or_default());
            }
        }
        findings.extend(lint_metrics(tree, &metrics, ontology, &library));
        findings
    }

    /// The lines that made a check another one.
    pub(super) fn causes(
        &self,
        change: &CheckChange,
        check: &Check,
        head: &Workspace,
        side: &Outcomes,
    ) -> Vec<Place> {
        let mut places = Vec::new();
        let is = |what: &str| change.changes.iter().any(|change| change.what == what);
        let target = is("target value");
        if is("Rego") {
            places.extend(self.first(&check.metric.rego_file));
        }
        for source in check.target.iter().filter(|_| target).flat_map(|target| &target.sources) {
            let mut files = vec![&source.file];
            if source.origin == TargetOrigin::Profile {
                files.extend(&side.resolved.sources);
            }
            let near = |file| self.near(file, source.parameter.as_deref(), head);
            places.extend(files.into_iter().find_map(near));
        }
        if places.is_empty() {
            places.extend(self.first(&check.metric.file));
        }
        places.sort();
        places.dedup();
        places
    }

    /// The first touched line of a file.
    fn first(&self, file: &TreePath) -> Option<Place> {
        let line = self.lines.get(file)?.first().map(|range| *range.start());
        Some(Place { file: file.to_string(), line })
    }

    /// The touched line of a file that is nearest to where it names a parameter; the first one where it names none.
    fn near(&self, file: &TreePath, parameter: Option<&str>, head: &Workspace) -> Option<Place> {
        let touched = self.lines.get(file)?;
        let named = parameter.and_then(|parameter| {
            let bytes = head.tree.read(file, Limits::default().bytes).ok()?;
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let at = text.lines().position(|line| line.contains(parameter))?;
            u32::try_from(at + 1).ok()
        });
        let Some(named) = named else { return self.first(file) };
        let line = touched.iter().map(|range| *range.start()).min_by_key(|line| line.abs_diff(named));
        Some(Place { file: file.to_string(), line })
    }
}

/// A line as git counts it.
pub(super) fn number(line: usize) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

/// Whether a touched file is checked by itself.
fn is_document(file: &TreePath) -> bool {
    let is_cases = file.file_name() == "cases.yaml";
    file.file_name() == FILE_NAME
        || (matches!(file.extension(), Some("json" | "yaml" | "yml" | "xml")) && !is_cases)
}

/// A finding for each line of the change by which resources or controls flip for the worse.
pub(super) fn consequence(place: &Place, message: String, help: String) -> Option<Diagnostic> {
    let file = TreePath::parse(&place.file).ok()?;
    let at = place.line.map_or_else(|| Location::file(&file), |line| Location::line(&file, line));
    Some(Diagnostic::warning(&crate::codes::CONSEQUENCE, message).at(at).help(help))
}
