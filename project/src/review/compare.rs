//! One assessment on both sides: which findings and verdicts flip, and which checks and controls are other ones.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use probity_assessment::compile::Check;
use probity_assessment::rollup::{ControlResult, State};
use probity_assessment::verdict::{Outcome, VerdictView};
use probity_generators::review::{
    Assessment, CheckChange, Coverage, Fate, FindingFlip, Kind, Place, ResourceFlip, Sides, StateCount,
    Status, tally,
};
use probity_generators::view::{ControlState, Verdict, found_value};

use super::{changes, controls};
use crate::outcomes::Outcomes;

/// The same assessment on both sides; none where it is not there.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    pub(super) base: Option<&'a Outcomes>,
    pub(super) head: Option<&'a Outcomes>,
}

/// What became of the assessment; none where it comes out the same in every respect.
pub(super) fn assessment(name: &str, status: Status, pair: Pair<'_>) -> Option<Assessment> {
    let checks = pair.checks();
    let findings = pair.findings(&checks);
    let controls = controls::changes(pair.base, pair.head);
    let quiet = status == Status::Kept && checks.is_empty() && findings.is_empty() && controls.is_empty();
    (!quiet).then(|| Assessment {
        name: name.to_owned(),
        status,
        problems: Vec::new(),
        coverage: Sides { before: pair.base.map(coverage), after: pair.head.map(coverage) },
        states: pair.states(),
        controls,
        findings,
        checks: checks.into_values().collect(),
    })
}

impl<'a> Pair<'a> {
    /// The checks that are other ones, or come out differently, by name in the head, else in the base.
    fn checks(self) -> BTreeMap<String, CheckChange> {
        let partners = self.partners();
        let mut all = BTreeMap::new();
        for (before, after) in partners {
            if let Some(change) = self.check(before, after) {
                all.insert(change.name.clone(), change);
            }
        }
        all
    }

    /// The checks of both sides in pairs: those of one name and metric, else those of one metric whose names were
    /// given by their order.
    fn partners(self) -> Vec<(Option<&'a Check>, Option<&'a Check>)> {
        let mut left: Vec<&Check> =
            self.base.map(|side| side.compiled.checks.iter().collect()).unwrap_or_default();
        let mut pairs = Vec::new();
        let mut lonely = Vec::new();
        for check in self.head.iter().flat_map(|side| &side.compiled.checks) {
            match left.iter().position(|other| other.name == check.name) {
                Some(at) => pairs.push((Some(left.swap_remove(at)), Some(check))),
                None => lonely.push(check),
            }
        }
        for check in lonely {
            let partner = left.iter().position(|other| other.metric.name == check.metric.name);
            pairs.push((partner.map(|at| left.swap_remove(at)), Some(check)));
        }
        pairs.extend(left.into_iter().map(|check| (Some(check), None)));
        pairs
    }

    /// What became of a check; none where it is the same and comes out the same.
    fn check(self, before: Option<&Check>, after: Option<&Check>) -> Option<CheckChange> {
        let (changes, fate) = match (before, after) {
            (Some(before), Some(after)) => {
                let changes = changes::of_check(before, after);
                let fate = if changes.is_empty() { Fate::Same } else { Fate::Changed };
                (changes, fate)
            }
            (None, _) => (Vec::new(), Fate::Added),
            (_, None) => (Vec::new(), Fate::Dropped),
        };
        let resources = self.resources(before, after);
        let new = fate == Fate::Added;
        let passes = |flip: &ResourceFlip| new && flip.after == Some(Verdict::Pass);
        let new_passes = resources.iter().filter(|flip| passes(flip)).count();
        let resources: Vec<ResourceFlip> = resources.into_iter().filter(|flip| !passes(flip)).collect();
        let check = after.or(before)?;
        (fate != Fate::Same || !resources.is_empty()).then(|| CheckChange {
            name: check.name.to_string(),
            title: check.metric.title.clone(),
            severity: check.metric.severity,
            fate,
            changes,
            places: Vec::new(),
            controls: after.map(|check| check.controls.clone()).unwrap_or_default(),
            former_controls: before.map(|check| check.controls.clone()).unwrap_or_default(),
            resources,
            new_passes,
        })
    }

    /// The resources whose verdicts flip, sorted by id.
    fn resources(self, before: Option<&Check>, after: Option<&Check>) -> Vec<ResourceFlip> {
        let mut left = verdicts(self.base, before).peekable();
        let mut right = verdicts(self.head, after).peekable();
        let mut flips = Vec::new();
        loop {
            let order = match (left.peek(), right.peek()) {
                (None, None) => return flips,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(one), Some(other)) => one.subject.id().cmp(other.subject.id()),
            };
            let old = if order.is_le() { left.next() } else { None };
            let new = if order.is_ge() { right.next() } else { None };
            flips.extend(flip((before, old), (after, new)));
        }
    }

    /// The findings that flip, the worst first.
    fn findings(self, checks: &BTreeMap<String, CheckChange>) -> Vec<FindingFlip> {
        let of = |side: Option<&'a Outcomes>| -> BTreeMap<&'a str, &'a ControlResult> {
            let controls = side.iter().flat_map(|side| &side.rollup.controls);
            controls.map(|control| (control.id.as_str(), control)).collect()
        };
        let (before, after) = (of(self.base), of(self.head));
        let ids: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
        let by_control = by_control(checks);
        let mut flips: Vec<FindingFlip> = ids
            .into_iter()
            .filter_map(|id| {
                let checks = by_control.get(id).map(Vec::as_slice).unwrap_or_default();
                finding(before.get(id).copied(), after.get(id).copied(), checks)
            })
            .collect();
        flips.sort_by_key(|flip| (flip.kind, flip.severity.map_or(u8::MAX, |severity| severity as u8)));
        flips
    }

    /// How many controls are in each state.
    fn states(self) -> Vec<StateCount> {
        let count = |side: Option<&Outcomes>, wanted: ControlState| {
            let controls = side.iter().flat_map(|side| &side.rollup.controls);
            controls.filter(|control| state(control.state) == wanted).count()
        };
        let all = ControlState::ALL.into_iter().map(|state| StateCount {
            state,
            before: count(self.base, state),
            after: count(self.head, state),
        });
        all.filter(|count| count.before + count.after > 0).collect()
    }
}

/// The verdicts of a check, sorted by resource id.
fn verdicts<'a>(
    side: Option<&'a Outcomes>,
    check: Option<&'a Check>,
) -> impl Iterator<Item = VerdictView<'a>> {
    side.zip(check).into_iter().flat_map(|(side, check)| side.verdicts.of_check(&check.name))
}

/// The changes of checks that each control is or was judged by.
fn by_control(checks: &BTreeMap<String, CheckChange>) -> BTreeMap<&str, Vec<&CheckChange>> {
    let mut all: BTreeMap<&str, Vec<&CheckChange>> = BTreeMap::new();
    for change in checks.values() {
        for control in change.controls.iter().chain(&change.former_controls) {
            let list = all.entry(control).or_default();
            if !list.iter().any(|known| known.name == change.name) {
                list.push(change);
            }
        }
    }
    all
}

/// One side of a verdict: the check, and what it says of the resource.
type Seen<'a> = (Option<&'a Check>, Option<VerdictView<'a>>);

/// The flip of a resource; none where its verdict is of the same kind.
fn flip((check_before, before): Seen<'_>, (check_after, after): Seen<'_>) -> Option<ResourceFlip> {
    let of = |view: &Option<VerdictView<'_>>| view.map(|view| verdict(view.outcome));
    let kind = Kind::of_verdicts(of(&before), of(&after))?;
    // what is open is told, of the side where it is
    let is_open = |view: &VerdictView<'_>| view.outcome != Outcome::Pass;
    let told = [(check_after, after), (check_before, before)];
    let found = told.into_iter().find_map(|(check, view)| {
        let view = view.filter(is_open)?;
        let written = check.and_then(|check| check.target.as_ref()).map(|target| target.written.as_slice());
        found(&view, written.unwrap_or_default())
    });
    let view = after.or(before)?;
    Some(ResourceFlip {
        id: view.subject.id().to_owned(),
        name: view.subject.name().to_owned(),
        r#type: view.subject.kind().to_owned(),
        kind,
        before: of(&before),
        after: of(&after),
        found,
        evidence: Some(Place { file: view.subject.source().to_owned(), line: Some(view.subject.line) }),
    })
}

/// What was measured, or why nothing was.
fn found(view: &VerdictView<'_>, written: &[String]) -> Option<String> {
    let detail = view.detail();
    if let Some(reason) = detail.reason {
        return Some(reason);
    }
    let result = detail.results.iter().find(|result| !result.success)?;
    let message = result.message.clone().filter(|message| !message.is_empty());
    let value = found_value(result.found.as_ref(), written);
    Some(message.unwrap_or_else(|| format!("{}: {value}", result.property)))
}

/// The flip of a finding; none where neither it nor a resource under its checks flips.
fn finding(
    before: Option<&ControlResult>,
    after: Option<&ControlResult>,
    checks: &[&CheckChange],
) -> Option<FindingFlip> {
    let control = after.or(before)?;
    let states = [before, after].map(|side| side.map(|control| state(control.state)));
    let [was, is] = states;
    let mut worst: BTreeMap<&str, Kind> = BTreeMap::new();
    for flip in checks.iter().flat_map(|change| &change.resources) {
        let kind = worst.entry(&flip.id).or_insert(flip.kind);
        *kind = flip.kind.min(*kind);
    }
    let resources = tally(worst.into_values());
    let lost = checks.iter().any(|change| change.was_for(&control.id) && !change.is_for(&control.id));
    let of_state = Kind::of_states(was, is);
    let of_resources = resources.first().map(|(kind, _)| *kind);
    let of_checks = (lost && was.is_some()).then_some(Kind::LostCoverage);
    let kind = [of_state, of_resources, of_checks].into_iter().flatten().min()?;
    let severity = after.and_then(|control| control.severity).or(before.and_then(|control| control.severity));
    Some(FindingFlip {
        control: control.id.clone(),
        title: control.title.clone(),
        kind,
        before: was,
        after: is,
        severity,
        checks: checks.iter().map(|change| change.name.clone()).collect(),
        resources,
    })
}

fn coverage(side: &Outcomes) -> Coverage {
    let controls = &side.rollup.controls;
    Coverage {
        controls: controls.len() + side.rollup.not_evaluated.len(),
        evaluated: controls.len(),
        automated: controls.iter().filter(|control| !control.checks.is_empty()).count(),
        checks: side.compiled.checks.len(),
        satisfied: controls.iter().filter(|control| control.state.is_satisfied()).count(),
    }
}

pub(super) fn state(state: State) -> ControlState {
    match state {
        State::Fail => ControlState::Fail,
        State::Error => ControlState::Error,
        State::Unknown => ControlState::Unknown,
        State::Unattested => ControlState::Unattested,
        State::Expired => ControlState::Expired,
        State::Waived => ControlState::Waived,
        State::Satisfied => ControlState::Satisfied,
        State::NoSubject => ControlState::NoSubject,
    }
}

fn verdict(outcome: Outcome) -> Verdict {
    match outcome {
        Outcome::Pass => Verdict::Pass,
        Outcome::Fail => Verdict::Fail,
        Outcome::Waived => Verdict::Waived,
        Outcome::Unknown => Verdict::Unknown,
        Outcome::Error => Verdict::Error,
    }
}
