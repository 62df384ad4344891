//! Applications: whether an organisation meets the criteria of its category.
//!
//! The criteria are an OSCAL catalog, and an application is the assessment results of the profile of a category. A criterion counts as met
//! where a finding says so and none says otherwise. Criteria with the same value of the prop `any-of` stand for each other; one with the prop
//! `expectation` is no condition.

use std::collections::BTreeMap;

use probity_oscal::PROBITY_NS;
use probity_oscal::model::catalog::{Catalog, Control};
use probity_oscal::model::{AssessmentResults, assessment::Finding};

use super::Category;

impl Category {
    /// The bundled profile with the criteria; none for others, on whom members vote.
    #[must_use]
    pub const fn profile(self) -> Option<&'static str> {
        match self {
            Self::CloudProvider => Some("content:profiles/cloudcert-cloud-provider.yaml"),
            Self::TelecomProvider => Some("content:profiles/cloudcert-telecom-provider.yaml"),
            Self::ResponseTeam => Some("content:profiles/cloudcert-response-team.yaml"),
            Self::Other => None,
        }
    }
}

/// What an application comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// The criteria that are not met, with their titles; of those that stand for each other, all.
    pub missing: Vec<(String, String)>,
    /// What is expected and not met.
    pub unexpected: Vec<(String, String)>,
}

/// Holds the findings of an application against criteria, a resolved profile.
pub fn judge(criteria: &Catalog, application: &AssessmentResults) -> Verdict {
    let mut verdict = Verdict::default();
    let mut choices: BTreeMap<&str, Vec<&Control>> = BTreeMap::new();
    for control in criteria.groups.iter().flat_map(|group| &group.controls).chain(&criteria.controls) {
        if let Some(choice) = prop(control, "any-of") {
            choices.entry(choice).or_default().push(control);
        } else if !is_met(control, application) {
            let named = (control.id.clone(), control.title.clone());
            match prop(control, "expectation") {
                Some(_) => verdict.unexpected.push(named),
                None => verdict.missing.push(named),
            }
        }
    }
    for controls in choices.values().filter(|all| !all.iter().any(|one| is_met(one, application))) {
        verdict.missing.extend(controls.iter().map(|one| (one.id.clone(), one.title.clone())));
    }
    verdict
}

fn prop<'c>(control: &'c Control, name: &str) -> Option<&'c str> {
    let ours = control.props.iter().find(|prop| prop.name == name && prop.ns.as_deref() == Some(PROBITY_NS));
    ours.map(|prop| prop.value.as_str())
}

fn is_met(control: &Control, application: &AssessmentResults) -> bool {
    let statement = format!("{}_smt", control.id);
    let is_of_it = |finding: &&Finding| {
        let target = &finding.target.target_id;
        *target == control.id || *target == statement
    };
    let findings = application.results.iter().flat_map(|result| &result.findings).filter(is_of_it);
    let mut states = findings.map(|finding| finding.target.status.state == "satisfied").peekable();
    states.peek().is_some() && states.all(|is_satisfied| is_satisfied)
}

/// Whether a vote of members takes an organisation in: two thirds of all active ones, whether or not they voted.
#[must_use]
pub const fn is_carried(yes: usize, active: usize) -> bool {
    active > 0 && yes * 3 >= active * 2
}
