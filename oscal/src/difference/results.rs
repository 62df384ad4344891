//! What differs between two assessments: which controls and resources fail now, and which do no more.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

/// What an assessment found, as far as two are compared. Words of states are kept as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// By the id of the control, or of what else a finding is about.
    pub controls: BTreeMap<String, ControlOutcome>,
    /// By the name of the check, or what else an observation is known by.
    pub checks: BTreeMap<String, CheckOutcomes>,
    /// Names of resources by their ids.
    pub resources: BTreeMap<String, ResourceName>,
    /// Whether resources that pass are told of too. Where they are not, one that is not named may pass or may not exist.
    pub is_complete: bool,
}

/// The outcome for a control.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ControlOutcome {
    /// Its title.
    pub title: String,
    /// The state: `fail`, `unknown`, `satisfied` …
    pub state: String,
    /// The checks that it rests on.
    pub checks: Vec<String>,
}

/// The outcomes of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckOutcomes {
    /// Its title.
    pub title: String,
    /// The verdict by the id of the resource.
    pub resources: BTreeMap<String, String>,
}

/// What a resource is called.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ResourceName {
    /// Its name.
    pub name: String,
    /// Its type.
    #[serde(rename = "type", skip_serializing_if = "String::is_empty")]
    pub kind: String,
}

/// What became of a control or of a resource in the eyes of a check. The order is that of sections in a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flip {
    /// It fails, and did not before.
    NewlyFailing,
    /// Nothing settles it any more.
    NewlyUnknown,
    /// It was judged before, and is not any more.
    Vanished,
    /// It was not judged before, and does not fail.
    Appeared,
    /// It failed or was not settled, and holds.
    NewlyFixed,
    /// It fails, as before.
    StillFailing,
    /// Its state is another one of the same weight: accepted where it passed, expired where it was unknown.
    Otherwise,
}

/// How much a state weighs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Fails,
    Open,
    Holds,
}

fn weight(state: &str) -> Weight {
    match state {
        "fail" | "not-satisfied" => Weight::Fails,
        "pass" | "satisfied" | "waived" => Weight::Holds,
        _ => Weight::Open,
    }
}

/// What became of something whose states are known; none where nothing did.
pub fn flip(before: Option<&str>, after: Option<&str>) -> Option<Flip> {
    let (old, new) = (before.map(weight), after.map(weight));
    Some(match (old, new) {
        (None, None) => return None,
        (Some(_), None) => Flip::Vanished,
        (Some(Weight::Fails), Some(Weight::Fails)) => Flip::StillFailing,
        (_, Some(Weight::Fails)) => Flip::NewlyFailing,
        (None, Some(_)) => Flip::Appeared,
        (Some(Weight::Open), Some(Weight::Open)) | (Some(Weight::Holds), Some(Weight::Holds)) => {
            return (before != after).then_some(Flip::Otherwise);
        }
        (Some(_), Some(Weight::Open)) => Flip::NewlyUnknown,
        (Some(_), Some(Weight::Holds)) => Flip::NewlyFixed,
    })
}

/// What differs between two assessments.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ResultsDifference {
    /// How many controls underwent each change.
    pub control_totals: BTreeMap<Flip, usize>,
    /// How many resources underwent each change, counted once for each check.
    pub resource_totals: BTreeMap<Flip, usize>,
    /// The controls, by what became of them, then by id.
    pub controls: Vec<ControlFlip>,
    /// The checks in whose eyes resources changed, by name.
    pub checks: Vec<CheckFlips>,
    /// Resources that no check saw before.
    pub appeared: Vec<ResourceRef>,
    /// Resources that no check sees any more.
    pub vanished: Vec<ResourceRef>,
    /// Whether one side does not tell of resources that pass, so that one that newly fails may also be new.
    pub is_partial: bool,
}

impl ResultsDifference {
    /// Whether anything but what fails as before is in it.
    pub fn differs(&self) -> bool {
        let news = |totals: &BTreeMap<Flip, usize>| totals.keys().any(|flip| *flip != Flip::StillFailing);
        news(&self.control_totals) || news(&self.resource_totals)
    }
}

/// A control whose state differs, or that fails still.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ControlFlip {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What became of it.
    pub flip: Flip,
    /// Its state before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// Its state after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// The checks that it rests on, on either side.
    pub checks: Vec<String>,
}

/// A check and the resources that changed in its eyes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct CheckFlips {
    /// Its name.
    pub check: String,
    /// Its title.
    pub title: String,
    /// The controls that rest on it, on either side.
    pub controls: Vec<String>,
    /// How many resources fail as before; they are not listed.
    pub still_failing: usize,
    /// The resources, by what became of them, then by id.
    pub resources: Vec<ResourceFlip>,
}

/// A resource whose verdict differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ResourceFlip {
    /// The resource.
    #[serde(flatten)]
    pub resource: ResourceRef,
    /// What became of it.
    pub flip: Flip,
    /// The verdict before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// The verdict after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// A resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ResourceRef {
    /// Its id.
    pub id: String,
    /// What it is called.
    #[serde(flatten)]
    pub name: ResourceName,
}

/// Compares what two assessments found.
///
/// Where a side does not tell of resources that pass, a resource that it does not name is taken to pass, if the other side
/// says that it fails: so it is newly failing, or newly fixed, and never appeared or vanished.
pub fn compare(before: &Outcomes, after: &Outcomes) -> ResultsDifference {
    let mut found = ResultsDifference {
        is_partial: !(before.is_complete && after.is_complete),
        ..ResultsDifference::default()
    };
    controls(before, after, &mut found);
    let resting = resting([before, after]);
    let names: BTreeSet<&String> = before.checks.keys().chain(after.checks.keys()).collect();
    for name in names {
        check(name, before, after, &resting, &mut found);
    }
    if before.is_complete && after.is_complete {
        found.appeared = only_in(after, before);
        found.vanished = only_in(before, after);
    }
    found
}

fn controls(before: &Outcomes, after: &Outcomes, found: &mut ResultsDifference) {
    let ids: BTreeSet<&String> = before.controls.keys().chain(after.controls.keys()).collect();
    for id in ids {
        let (old, new) = (before.controls.get(id), after.controls.get(id));
        let states = [old, new].map(|side| side.map(|control| control.state.clone()));
        let [old_state, new_state] = states;
        let Some(flip) = flip(old_state.as_deref(), new_state.as_deref()) else { continue };
        *found.control_totals.entry(flip).or_default() += 1;
        let checks: BTreeSet<&String> =
            [old, new].into_iter().flatten().flat_map(|control| &control.checks).collect();
        found.controls.push(ControlFlip {
            id: id.clone(),
            title: new.or(old).map(|control| control.title.clone()).unwrap_or_default(),
            flip,
            before: old_state,
            after: new_state,
            checks: checks.into_iter().cloned().collect(),
        });
    }
    found.controls.sort_by_key(|control| control.flip);
}

/// The controls that rest on each check.
fn resting(sides: [&Outcomes; 2]) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut resting: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (id, control) in sides.into_iter().flat_map(|side| &side.controls) {
        for check in &control.checks {
            resting.entry(check).or_default().insert(id);
        }
    }
    resting
}

fn check(
    name: &str,
    before: &Outcomes,
    after: &Outcomes,
    resting: &BTreeMap<&str, BTreeSet<&str>>,
    found: &mut ResultsDifference,
) {
    let (old, new) = (before.checks.get(name), after.checks.get(name));
    let none = BTreeMap::new();
    let old_verdicts = old.map_or(&none, |check| &check.resources);
    let new_verdicts = new.map_or(&none, |check| &check.resources);
    let mut still_failing = 0;
    let mut resources = Vec::new();
    for id in merged(old_verdicts, new_verdicts) {
        let verdict = |verdicts: &BTreeMap<String, String>, side: &Outcomes, is_judged: bool| {
            let unnamed = || (is_judged && !side.is_complete).then(|| "pass".to_owned());
            verdicts.get(id).cloned().or_else(unnamed)
        };
        let old_verdict = verdict(old_verdicts, before, old.is_some());
        let new_verdict = verdict(new_verdicts, after, new.is_some());
        let Some(flip) = flip(old_verdict.as_deref(), new_verdict.as_deref()) else { continue };
        *found.resource_totals.entry(flip).or_default() += 1;
        if flip == Flip::StillFailing {
            still_failing += 1;
            continue;
        }
        let resource = resource(id, after, before);
        resources.push(ResourceFlip { resource, flip, before: old_verdict, after: new_verdict });
    }
    if resources.is_empty() {
        return;
    }
    resources.sort_by_key(|resource| resource.flip);
    found.checks.push(CheckFlips {
        check: name.to_owned(),
        title: new.or(old).map(|check| check.title.clone()).unwrap_or_default(),
        controls: resting.get(name).into_iter().flatten().map(|id| (*id).to_owned()).collect(),
        still_failing,
        resources,
    });
}

/// The keys of two maps, in order, each once.
fn merged<'m>(
    one: &'m BTreeMap<String, String>,
    two: &'m BTreeMap<String, String>,
) -> impl Iterator<Item = &'m String> {
    let (mut one, mut two) = (one.keys().peekable(), two.keys().peekable());
    std::iter::from_fn(move || match (one.peek(), two.peek()) {
        (Some(a), Some(b)) if a == b => {
            two.next();
            one.next()
        }
        (Some(a), Some(b)) if a > b => two.next(),
        (Some(_), _) => one.next(),
        (None, _) => two.next(),
    })
}

fn resource(id: &str, first: &Outcomes, second: &Outcomes) -> ResourceRef {
    let name = first.resources.get(id).or_else(|| second.resources.get(id)).cloned();
    ResourceRef { id: id.to_owned(), name: name.unwrap_or_default() }
}

fn only_in(one: &Outcomes, other: &Outcomes) -> Vec<ResourceRef> {
    let only = one.resources.iter().filter(|(id, _)| !other.resources.contains_key(*id));
    only.map(|(id, name)| ResourceRef { id: id.clone(), name: name.clone() }).collect()
}
