//! What is brought, put to the results of an assessment.

use std::collections::BTreeMap;

use probity_oscal::model::Catalog;

use super::{Brought, Carries};
use crate::compile::{Compiled, ReviewedControl, Severity, controls, reviewed};
use crate::rollup::{ControlResult, Rollup, State};

/// What mappings bring to a control.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    /// The state by its own checks and statements; none where it has neither.
    pub own: Option<State>,
    /// What the maps bring to it, or show beside it: positions in the list of what is brought.
    pub by: Vec<usize>,
}

/// Puts what is brought to the rolled up controls: a fail counts everywhere, and what is satisfied only where a control has
/// neither check nor procedure of its own. Yields the controls that have a result now, as the rollup orders them.
pub fn apply(
    rollup: &mut Rollup,
    compiled: &Compiled,
    catalog: &Catalog,
    brought: &[Brought<'_>],
) -> Vec<ReviewedControl> {
    let mut of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, one) in brought.iter().enumerate() {
        one.about.iter().for_each(|id| of.entry(id.as_str()).or_default().push(at));
    }
    let mut own: BTreeMap<String, ControlResult> =
        std::mem::take(&mut rollup.controls).into_iter().map(|result| (result.id.clone(), result)).collect();
    let mut known: BTreeMap<&str, &ReviewedControl> =
        compiled.controls.iter().map(|control| (control.id.as_str(), control)).collect();
    let mut all = Vec::new();
    for control in controls(catalog) {
        let by = of.remove(control.id.as_str()).unwrap_or_default();
        let result = own.remove(&control.id);
        let Some(result) = judge(result, by, brought, &control.id, &control.title) else { continue };
        rollup.not_evaluated.retain(|id| *id != control.id);
        rollup.controls.push(result);
        all.push(known.remove(control.id.as_str()).map_or_else(|| reviewed(control), Clone::clone));
    }
    // nothing is lost of what the catalog does not list
    for (id, result) in own {
        if let Some(control) = known.remove(id.as_str()) {
            rollup.controls.push(result);
            all.push(control.clone());
        }
    }
    all
}

/// The result of one control; none where it has no result of its own and nothing is carried to it.
fn judge(
    own: Option<ControlResult>,
    by: Vec<usize>,
    brought: &[Brought<'_>],
    id: &str,
    title: &str,
) -> Option<ControlResult> {
    let carrying = || by.iter().filter_map(|at| brought.get(*at)).filter(|one| one.to.contains(id));
    let fails = |one: &Brought<'_>| match one.carries {
        Carries::Fail(severity) => Some(severity),
        Carries::Satisfied | Carries::Nothing(_) => None,
    };
    let fail: Option<Severity> = carrying().filter_map(fails).min();
    let state = own.as_ref().map(|own| own.state);
    let mut result = match (own, fail) {
        (Some(own), _) => own,
        (None, None) if carrying().next().is_none() => return None,
        (None, _) => ControlResult {
            id: id.to_owned(),
            title: title.to_owned(),
            state: State::Satisfied,
            severity: None,
            exposure: None,
            checks: Vec::new(),
            unseen: Vec::new(),
            procedures: Vec::new(),
            statements: std::collections::BTreeSet::new(),
            carried: Carried::default(),
        },
    };
    if let Some(severity) = fail {
        let own = result.severity.filter(|_| result.state == State::Fail);
        result.state = State::Fail;
        result.severity = Some(own.map_or(severity, |own| own.min(severity)));
        result.exposure = Some(result.exposure.map_or(severity, |exposure| exposure.min(severity)));
    }
    result.carried = Carried { own: state, by };
    Some(result)
}
