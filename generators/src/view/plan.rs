//! The assessment plan that results were made from: what was to be checked, found or not.

use std::collections::BTreeMap;

use probity_diagnostics::{FileTree, TreePath};
use probity_oscal::model::AssessmentPlan;
use probity_oscal::model::assessment::Activity;
use probity_oscal::split;

use super::document;
use super::props::{owned, prop};

/// The activities of a plan.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Activities of checks, by check.
    pub(super) checks: BTreeMap<String, Activity>,
    /// Descriptions of procedures, by control and procedure.
    pub(super) procedures: BTreeMap<(String, String), String>,
}

/// Reads the plan that `href` names from `document`. Results of other tools name plans that are not at hand or in a
/// format that is not read: then the plan is empty, and nothing is missing but what only it says.
pub(super) fn read(tree: &dyn FileTree, document: &TreePath, href: &str) -> Plan {
    let path = document.sibling(href).ok().filter(|path| tree.is_file(path) || split::is_split(tree, path));
    let read = path.and_then(|path| document::read::<AssessmentPlan>(tree, &path, "assessment-plan").ok());
    let mut plan = Plan::default();
    for activity in
        read.and_then(|plan| plan.local_definitions).into_iter().flat_map(|local| local.activities)
    {
        plan.add(activity);
    }
    plan
}

impl Plan {
    fn add(&mut self, activity: Activity) {
        let props = &activity.props;
        if let (Some(control), Some(procedure)) = (prop(props, "control-id"), prop(props, "procedure")) {
            let key = (control.to_owned(), procedure.to_owned());
            self.procedures.insert(key, activity.description);
        } else if let Some(check) = owned(props, "check") {
            self.checks.insert(check, activity);
        }
    }
}
