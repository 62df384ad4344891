//! The plan of action and milestones of an assessment: where its record lies, and how results are taken into it.
//!
//! The record is a file of the project that is committed. A build reads it and writes the plan as it is after its results below
//! `build/`, but never the record itself: so the same input gives the same bytes, however often it is built. `probity poam --update`
//! is the one step that takes results into the record.

use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, PathError, Step, TreePath};
use probity_generators::poam::{Change, Input, Place, Results, update, whole};
use probity_oscal::model::PlanOfActionAndMilestones as Plan;
use probity_oscal::{href, split};
use probity_sharing::marking::{self, Source};
use probity_sharing::{Label, Refusal, rules};
use serde_json::Value;

use crate::codes;
use crate::config::{Assessment, LoadedConfig};
use crate::job::{self, POAM, RESULTS, STUB};
use crate::sharing::pages;
use crate::steps::Parts;

/// The plan of one assessment, by its files.
#[derive(Debug, Clone)]
pub struct Keeping<'a> {
    system: &'a str,
    assessment: &'a str,
    parts: Parts,
    /// What people wrote, with the risks that they accept.
    own: Option<TreePath>,
    /// The record.
    pub record: TreePath,
    /// Where the documents of the assessment lie.
    folder: TreePath,
    /// The label of the results, which the plan bears, too.
    marking: Option<Label>,
}

/// A record after results were taken into it.
#[derive(Debug, Clone)]
pub struct Planned {
    /// The record as it was; none where there was none.
    pub before: Option<Plan>,
    /// The record as it is now, for its place; none where nothing was ever found.
    pub after: Option<Plan>,
    /// What changed.
    pub changes: Vec<Change>,
}

/// The plan that people wrote, with the risks that they accept; none where the settings name none.
///
/// # Errors
/// It lies outside the project.
pub(crate) fn own(loaded: &LoadedConfig, assessment: &Assessment) -> Result<Option<TreePath>, PathError> {
    let path = assessment.poam.as_ref().map(|poam| loaded.file.parent().join(poam)).transpose()?;
    Ok(path.map(|path| split::document(&path)))
}

/// The record of an assessment: the file that the settings name, else `poam/NAME.yaml`.
fn record(loaded: &LoadedConfig, assessment: &Assessment) -> Result<TreePath, PathError> {
    let default = format!("poam/{}.yaml", assessment.name);
    loaded.file.parent().join(assessment.poam_record.as_deref().unwrap_or(&default))
}

/// The plans of a project that are there, each once: the records of its assessments, and those that people wrote.
///
/// # Errors
/// One of them lies outside the project.
pub fn plans(tree: &dyn FileTree, loaded: &LoadedConfig) -> Result<Vec<TreePath>, PathError> {
    let mut all = Vec::new();
    for assessment in &loaded.config.assessments {
        all.push(record(loaded, assessment)?);
        all.extend(own(loaded, assessment)?);
    }
    all.retain(|path| tree.is_file(path) || split::is_split(tree, path));
    all.sort();
    all.dedup();
    Ok(all)
}

impl<'a> Keeping<'a> {
    /// The plan of an assessment.
    ///
    /// # Errors
    /// A file that the settings name is not there, or lies outside the project.
    pub fn of(
        tree: &dyn FileTree,
        loaded: &'a LoadedConfig,
        index: usize,
        assessment: &'a Assessment,
    ) -> Result<Self, Diagnostics> {
        let name = &assessment.name;
        Ok(Self {
            system: &loaded.config.system.name,
            assessment: name,
            parts: Parts::of_assessment(tree, loaded, index, assessment)?,
            own: own(loaded, assessment).map_err(Diagnostic::from)?,
            record: record(loaded, assessment).map_err(Diagnostic::from)?,
            folder: job::folder(name).map_err(Diagnostic::from)?,
            marking: loaded.marking(assessment),
        })
    }

    /// The results of the assessment.
    ///
    /// # Errors
    /// The folder is no path.
    pub fn results(&self) -> Result<TreePath, Diagnostic> {
        self.file(RESULTS)
    }

    fn file(&self, name: &str) -> Result<TreePath, Diagnostic> {
        Ok(self.folder.join(name)?)
    }

    /// Takes the results, which lie in `documents`, into the record, which lies in `project`; nothing is written.
    ///
    /// # Errors
    /// A file cannot be read, or the record is newer than the results.
    pub fn take(&self, project: &dyn FileTree, documents: &dyn FileTree) -> Step<Planned> {
        let mut found = Diagnostics::new();
        let Some(results) = found.absorb(Results::load(documents, &self.results()?)) else {
            return Err(found);
        };
        let there = project.is_file(&self.record) || split::is_split(project, &self.record);
        let before: Option<Plan> =
            if there { found.absorb(probity_oscal::load_as(project, &self.record)) } else { None };
        if there {
            self.fits_record(project, &mut found);
        }
        let own = self.own(project, &self.record, &mut found);
        if found.has_errors() {
            return Err(found);
        }
        let input = Input {
            system: self.system,
            assessment: self.assessment,
            results: &results,
            record: before.as_ref(),
            own: own.as_ref(),
        };
        let Some(updated) = found.absorb(update(&input)) else { return Err(found) };
        let folder = self.record.parent();
        let ssp = self.parts.ssp.as_ref().map(|path| folder.relative(path));
        let profile = folder.relative(&self.parts.profile);
        let place = Place { ssp: ssp.as_deref(), profile: &profile };
        let mut after = whole(updated.record.as_ref(), None, &place);
        if let Some(plan) = &mut after {
            pages::mark(&mut plan.metadata, self.marking);
        }
        found.unless_errors(Planned { before, after, changes: updated.changes })
    }

    /// The plan for others: the record, and what people wrote; with its place. None where there is no item.
    ///
    /// # Errors
    /// What people wrote cannot be read.
    pub fn whole(&self, project: &dyn FileTree, planned: &Planned) -> Step<Option<(TreePath, Plan)>> {
        let mut found = Diagnostics::new();
        let path = self.file(POAM)?;
        let own = self.own(project, &path, &mut found);
        let ssp = match &self.parts.ssp {
            Some(ssp) => self.folder.relative(ssp),
            None => STUB.to_owned(),
        };
        let profile = self.folder.relative(&self.parts.profile);
        let place = Place { ssp: Some(&ssp), profile: &profile };
        let mut plan = whole(planned.after.as_ref(), own.as_ref(), &place);
        if let Some(plan) = &mut plan {
            pages::mark(&mut plan.metadata, self.marking);
        }
        found.unless_errors(plan.map(|plan| (path, plan)))
    }

    /// Notes where the record has another colour than the results, or one that is refused.
    fn fits_record(&self, project: &dyn FileTree, found: &mut Diagnostics) {
        let own = self.marking.unwrap_or(Label::UNMARKED);
        match marking::look_up(project, &self.record) {
            Ok(there) if there.label != own && there.source != Source::Unmarked => {
                let message = format!("`{}` is {}, and the results are {own}", self.record, there.label);
                let remedy = format!(
                    "say `marking = \"{}\"` for the assessment, or name another `poam-record`",
                    there.label
                );
                let refusal = Refusal::new(rules::ONE_COLOUR, &codes::SEVERAL_COLOURS, message, remedy);
                found.push(refusal.of(self.record.as_str(), Some(there.label)).finding());
            }
            Ok(_) => {}
            Err(stop) => found.extend(pages::findings(stop)),
        }
    }

    /// What people wrote, with its references as they read from `to`.
    fn own(&self, project: &dyn FileTree, to: &TreePath, found: &mut Diagnostics) -> Option<Plan> {
        let path = self.own.as_ref()?;
        let read: Option<(Plan, Value)> = found.absorb(probity_oscal::load_with_value(project, path));
        let (_, mut value) = read?;
        href::rewrite(&mut value, &mut |_, text| Some(to.parent().relative(&href::local(path, text)?)));
        let model = value.get("plan-of-action-and-milestones").cloned().unwrap_or_default();
        serde_json::from_value(model).ok()
    }
}
