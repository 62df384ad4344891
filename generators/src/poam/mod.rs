//! The plan of action and milestones (POA&M) that an assessment keeps: an item for each risk, over all of its builds.
//!
//! There are three documents. People write one, with the risks that they accept (`poam` in `probity.toml`); it alone says what is
//! waived. The *record* holds an item for everything that was ever found failing, with the log of its risk; it is committed.
//! [`update`] takes the results of an assessment into the record, and [`whole`] joins the two into the document for others.
//!
//! An item has one risk, one observation and one finding of its own. Its key, prop `poam-item`, is the check that fails
//! (`check:NAME`), the control that people or another catalog say is not met (`control:ID`), or a risk of another tool's
//! results (`risk:UUID`): so it stays the same while resources come and go. Uuids derive from the key.
//!
//! What is the program's in the record: the props named in [`OWN_PROPS`], the risk's `statement`, `status` and severity, observation
//! and finding. Everything else, titles, deadlines, remediations and their milestones, mitigating factors, remarks and entries
//! of the log among them, is people's and stays. The log only grows. A status that says that somebody is at work
//! (`investigating`, `remediating`, `deviation-requested`) stays while the check fails.
//!
//! An item is closed where everything that was found failing is seen to be met, never because nothing was seen.

mod case;
mod document;
mod item;
mod log;
mod whole;

use std::collections::BTreeMap;

use jiff::Timestamp;
use probity_diagnostics::{Diagnostic, FileTree, Location, Step, TreePath, Warned};
use probity_oscal::model::assessment_results::Result as OscalResult;
use probity_oscal::model::implementation::SystemComponent;
use probity_oscal::model::metadata::Metadata;
use probity_oscal::model::{AssessmentPlan, PlanOfActionAndMilestones};
use probity_oscal::own::Scope;

use crate::codes;
use crate::view::{document as stored, props};

pub use log::{Change, Event};
pub use whole::{Place, whole};

/// Names of the props that the program writes into items and risks of a record.
pub const OWN_PROPS: [&str; 9] = [
    "poam-item",
    "control-id",
    "check",
    "severity",
    "standing",
    "count",
    "resources-digest",
    "waiver",
    "opened",
];

/// What the record is brought up to date with.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Name of the system.
    pub system: &'a str,
    /// Name of the assessment.
    pub assessment: &'a str,
    /// What was found.
    pub results: &'a Results,
    /// The record so far; none where there is none.
    pub record: Option<&'a PlanOfActionAndMilestones>,
    /// What people wrote, with the risks that they accept.
    pub own: Option<&'a PlanOfActionAndMilestones>,
}

/// Assessment results, as far as a plan is made of them.
#[derive(Debug, Clone)]
pub struct Results {
    /// The metadata of the document: who is named in it.
    pub metadata: Metadata,
    /// The result.
    pub result: OscalResult,
    /// The programs that origins name, as the assessment plan describes them.
    pub tools: Vec<SystemComponent>,
    /// The instant that was judged as of.
    pub as_of: Timestamp,
}

/// A record after results were taken into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Updated {
    /// The record; none where nothing was ever found.
    pub record: Option<PlanOfActionAndMilestones>,
    /// What changed, in the order of items.
    pub changes: Vec<Change>,
}

impl Results {
    /// Reads the results in file `path` and the programs of their assessment plan.
    ///
    /// # Errors
    /// The file cannot be read, is no assessment-results document, or does not say when it was made.
    pub fn load(tree: &dyn FileTree, path: &TreePath) -> Step<Self> {
        let mut found = probity_diagnostics::Diagnostics::new();
        let mut document = stored::results(tree, path)?;
        let mut result = stored::pick(std::mem::take(&mut document.results), path, &mut found)?;
        stored::add_subjects(tree, path, &mut result)?;
        let stated = props::prop(&result.props, "as-of").or(result.end.as_deref()).unwrap_or(&result.start);
        let as_of = stated.parse().map_err(|_| {
            let message = format!("`{stated}` is no instant such as `2026-11-01T10:00:00Z`");
            Diagnostic::error(&codes::POAM_INSTANT, message).at(Location::file(path))
        })?;
        let plan = path.sibling(&document.import_ap.href).ok();
        let plan = plan.and_then(|plan| stored::read::<AssessmentPlan>(tree, &plan, "assessment-plan").ok());
        let tools = plan.and_then(|plan| plan.assessment_assets).map(|assets| assets.components);
        found.unless_errors(Self {
            metadata: document.metadata,
            result,
            tools: tools.unwrap_or_default(),
            as_of,
        })
    }
}

/// Takes results into the record of their assessment.
///
/// The same results change nothing a second time.
///
/// # Errors
/// The record was brought up to date with later results, or is not in order.
pub fn update(input: &Input<'_>) -> Step<Updated> {
    let as_of = input.results.as_of;
    if let Some(record) = input.record {
        document::not_later(record, as_of)?;
    }
    let survey = case::Survey::of(&input.results.result);
    let scope = Scope { system: input.system, assessment: input.assessment };
    let (mut items, rest) = document::take_apart(input.record);
    let mut changes = Vec::new();
    let moment = item::Moment { as_of, own: input.own };
    for kept in &mut items {
        let standing = survey.standing(&kept.key);
        changes.extend(kept.update(&standing, &moment));
    }
    let mut new: BTreeMap<&str, &case::Case<'_>> = survey.cases();
    for kept in &items {
        new.remove(kept.key.as_str());
    }
    for (key, case) in new {
        let (added, change) = item::Item::open(scope, key, case, &moment);
        changes.push(change);
        items.push(added);
    }
    let record = document::put_together(input, items, rest);
    Ok(Warned::clean(Updated { record, changes }))
}
