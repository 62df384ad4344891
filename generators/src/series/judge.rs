//! Judging a period: populations, gaps, deviations, and what follows for each control.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::IndexMap;
use jiff::Timestamp;
use probity_diagnostics::render::counted;

use super::Series;
use super::deviation::deviations;
use super::period::{CheckOverTime, ControlOverTime, Gap, Opinion, PeriodOptions, StateAt};
use super::point::{ControlAt, Point};
use super::span::{Span, day, words};
use crate::view::{Attestation, ControlState, Verdict};

/// The checks that the points of the period know, by name.
pub(super) fn checks(series: &Series, options: PeriodOptions) -> Vec<CheckOverTime> {
    let names: BTreeSet<&String> =
        series.within(options.span).flat_map(|point| point.checks.keys()).collect();
    names.into_iter().map(|name| check(series, options, name)).collect()
}

fn check(series: &Series, options: PeriodOptions, name: &str) -> CheckOverTime {
    let span = options.span;
    let within: Vec<_> = series.within(span).filter_map(|point| point.checks.get(name)).collect();
    let population: BTreeSet<&Arc<str>> = within.iter().flat_map(|check| check.resources.keys()).collect();
    let looked = looked(&series.points, name);
    let all: BTreeSet<Timestamp> = looked.values().flatten().copied().collect();
    let observed: Vec<Timestamp> = all.iter().copied().filter(|at| span.holds(*at)).collect();
    let interval = options.interval.or_else(|| within.iter().filter_map(|check| check.max_age).min());
    let mut gaps = interval.map(|interval| gaps(&all, span, interval)).unwrap_or_default();
    if let Some(interval) = interval {
        let own: Vec<Gap> = looked
            .iter()
            .filter(|(id, _)| population.contains(*id))
            .flat_map(|(id, instants)| own_gaps(id, instants, span, interval, &gaps))
            .collect();
        gaps.extend(own);
    }
    let days: BTreeSet<_> = observed.iter().map(|at| day(*at)).collect();
    let last = within.last();
    CheckOverTime {
        name: name.to_owned(),
        title: last.map(|check| check.title.clone()).unwrap_or_default(),
        severity: last.and_then(|check| check.severity),
        interval,
        population: number(population.len()),
        days_observed: number(days.len()),
        first_observed: observed.first().copied(),
        last_observed: observed.last().copied(),
        gaps,
        deviations: deviations(&series.points, name, span),
    }
}

/// When each resource was looked at for a check: when its evidence was collected, else as of when it was judged.
fn looked<'a>(points: &'a [Point], check: &str) -> BTreeMap<&'a Arc<str>, BTreeSet<Timestamp>> {
    let mut looked: BTreeMap<&Arc<str>, BTreeSet<Timestamp>> = BTreeMap::new();
    for point in points {
        for (id, resource) in point.checks.get(check).iter().flat_map(|check| &check.resources) {
            looked.entry(id).or_default().insert(resource.collected.unwrap_or(point.as_of));
        }
    }
    looked
}

/// The times in `span` between two observations that lie more than `interval` seconds apart.
fn gaps(instants: &BTreeSet<Timestamp>, span: Span, interval: i64) -> Vec<Gap> {
    let (start, end) = (span.start(), span.end());
    let before = instants.range(..start).next_back().copied().unwrap_or(start);
    let after = instants.range(end..).next().copied().unwrap_or(end);
    let bounds: Vec<Timestamp> =
        std::iter::once(before).chain(instants.range(start..end).copied()).chain([after]).collect();
    let pairs = bounds.iter().zip(bounds.iter().skip(1));
    let long = pairs.filter(|(from, to)| to.duration_since(**from).as_secs() > interval);
    long.map(|(from, to)| gap((*from).max(start), (*to).min(end))).collect()
}

fn gap(from: Timestamp, to: Timestamp) -> Gap {
    let seconds = to.duration_since(from).as_secs();
    Gap { from, to, seconds, resource: None, procedure: None }
}

/// Times between two observations of one resource in which others were looked at.
fn own_gaps(id: &str, instants: &BTreeSet<Timestamp>, span: Span, interval: i64, known: &[Gap]) -> Vec<Gap> {
    let pairs = instants.iter().zip(instants.iter().skip(1));
    let long = pairs.filter(|(from, to)| to.duration_since(**from).as_secs() > interval);
    let within = long.map(|(from, to)| gap((*from).max(span.start()), (*to).min(span.end())));
    let is_new = |gap: &Gap| gap.from < gap.to && !known.iter().any(|k| k.from < gap.to && gap.from < k.to);
    within.filter(is_new).map(|gap| Gap { resource: Some(id.to_owned()), ..gap }).collect()
}

/// The controls that the points of the period evaluate, in the order of the latest catalog.
pub(super) fn controls(
    series: &Series,
    options: PeriodOptions,
    checks: &[CheckOverTime],
) -> Vec<ControlOverTime> {
    let points: Vec<&Point> = series.within(options.span).collect();
    let mut seen: IndexMap<&str, Vec<(&Point, &ControlAt)>> = IndexMap::new();
    for point in points.iter().rev() {
        for control in &point.controls {
            seen.entry(&control.id).or_default().push((point, control));
        }
    }
    let judged = Judged { series, options, points: &points, checks };
    seen.values().filter_map(|control| judged.control(control)).collect()
}

struct Judged<'a> {
    series: &'a Series,
    options: PeriodOptions,
    points: &'a [&'a Point],
    checks: &'a [CheckOverTime],
}

impl Judged<'_> {
    /// A control, from the points that evaluate it, latest first.
    fn control(&self, at: &[(&Point, &ControlAt)]) -> Option<ControlOverTime> {
        let (_, latest) = at.first()?;
        let names: BTreeSet<&String> = at.iter().flat_map(|(_, control)| &control.checks).collect();
        let procedures: BTreeSet<&String> = at.iter().flat_map(|(_, control)| &control.procedures).collect();
        let checks: Vec<&CheckOverTime> =
            self.checks.iter().filter(|check| names.contains(&check.name)).collect();
        let states: Vec<StateAt> = self.points.iter().map(|point| state(point, &latest.id)).collect();
        let gaps = self.own_gaps(&latest.id, &checks, &procedures);
        let (population, days_observed) = self.extent(&names);
        let all = || checks.iter().flat_map(|check| &check.deviations);
        let open = all().filter(|deviation| deviation.is_open_at_end(self.options.span)).count();
        let mut control = ControlOverTime {
            id: latest.id.clone(),
            label: latest.label.clone(),
            title: latest.title.clone(),
            opinion: Opinion::Effective,
            reasons: Vec::new(),
            checks: checks.iter().map(|check| check.name.clone()).collect(),
            procedures: procedures.into_iter().cloned().collect(),
            population,
            days_observed,
            states,
            deviations: number(all().count()),
            open: number(open),
            all_gaps: number(gaps.len() + checks.iter().map(|check| check.gaps.len()).sum::<usize>()),
            gaps,
        };
        self.conclude(&mut control, &checks);
        Some(control)
    }

    /// How many resources the checks looked at, and on how many days evidence of them was collected.
    fn extent(&self, checks: &BTreeSet<&String>) -> (u64, u64) {
        let span = self.options.span;
        let mut resources: BTreeSet<&Arc<str>> = BTreeSet::new();
        for point in self.points {
            let looked = checks.iter().filter_map(|name| point.checks.get(*name));
            resources.extend(looked.flat_map(|check| check.resources.keys()));
        }
        let mut days = BTreeSet::new();
        for point in &self.series.points {
            let looked = checks.iter().filter_map(|name| point.checks.get(*name));
            let instants = looked.flat_map(|check| check.resources.values());
            let instants = instants.map(|looked| looked.collected.unwrap_or(point.as_of));
            days.extend(instants.filter(|at| span.holds(*at)).map(day));
        }
        (number(resources.len()), number(days.len()))
    }

    /// Times without a valid statement on a procedure; without a result, where a control rests on nothing else.
    fn own_gaps(&self, id: &str, checks: &[&CheckOverTime], procedures: &BTreeSet<&String>) -> Vec<Gap> {
        if checks.is_empty() && procedures.is_empty() {
            let evaluated = self.series.points.iter().filter(|point| point.control(id).is_some());
            let instants = evaluated.map(|point| point.as_of).collect();
            let interval = self.options.interval;
            return interval.map(|i| gaps(&instants, self.options.span, i)).unwrap_or_default();
        }
        procedures.iter().flat_map(|procedure| self.unattested(id, procedure)).collect()
    }

    /// The times of the period for which nobody states that a procedure is met.
    fn unattested(&self, id: &str, procedure: &str) -> Vec<Gap> {
        let mut valid: Vec<(Timestamp, Timestamp)> = Vec::new();
        for point in &self.series.points {
            let about = |a: &&Attestation| {
                a.controls.iter().any(|control| control == id)
                    && a.procedure.as_deref().is_none_or(|named| named == procedure)
                    && a.outcome.as_deref() != Some("not-met")
            };
            valid.extend(point.attestations.iter().filter(about).filter_map(|a| validity(a, point.as_of)));
        }
        valid.sort_unstable();
        let (mut covered, end) = (self.options.span.start(), self.options.span.end());
        let mut found = Vec::new();
        for (from, until) in valid {
            if from > covered && covered < end {
                found.push(gap(covered, from.min(end)));
            }
            covered = covered.max(until);
        }
        if covered < end {
            found.push(gap(covered, end));
        }
        found.into_iter().map(|gap| Gap { procedure: Some(procedure.to_owned()), ..gap }).collect()
    }

    /// What can be said of the control, and why.
    fn conclude(&self, control: &mut ControlOverTime, checks: &[&CheckOverTime]) {
        let mut reasons = Vec::new();
        let states: Vec<Option<ControlState>> = control.states.iter().map(|at| at.state).collect();
        let count = |wanted: &[ControlState]| states.iter().flatten().filter(|s| wanted.contains(s)).count();
        let (failed, accepted) = (count(&[ControlState::Fail]), count(&[ControlState::Waived]));
        let open = states.iter().flatten().filter(|state| state.is_open()).count();
        let of = states.len();
        for (count, what) in [(failed, "failed"), (accepted, "accepted"), (open - failed, "not settled")] {
            if count > 0 {
                reasons.push(format!("{what} at {count} of {of} points"));
            }
        }
        let missing = states.iter().filter(|state| state.is_none()).count();
        if missing > 0 {
            reasons.push(format!("not evaluated at {missing} of {of} points"));
        }
        let all = || checks.iter().flat_map(|check| &check.deviations);
        let fails = all().filter(|d| matches!(d.worst, Verdict::Fail | Verdict::Waived)).count();
        if control.deviations > 0 {
            reasons.push(deviating(control, all().filter(|d| d.is_accepted()).count()));
        }
        if control.all_gaps > 0 {
            let longest = checks.iter().flat_map(|check| &check.gaps).chain(&control.gaps);
            let longest = longest.map(|gap| gap.seconds).max().unwrap_or_default();
            reasons.push(format!(
                "{} without observation, the longest {}",
                counted(control.all_gaps, "gap"),
                words(longest)
            ));
        }
        let unbounded = checks.iter().filter(|check| check.interval.is_none()).count();
        let by_points = checks.is_empty() && control.procedures.is_empty() && self.options.interval.is_none();
        if unbounded > 0 || by_points {
            reasons.push("nobody says how long one observation holds".to_owned());
        }
        control.opinion = if failed == of {
            Opinion::Failed
        } else if failed + accepted + fails > 0 {
            Opinion::Exceptions
        } else if reasons.is_empty() {
            Opinion::Effective
        } else {
            Opinion::CannotBeTold
        };
        control.reasons = reasons;
    }
}

fn deviating(control: &ControlOverTime, accepted: usize) -> String {
    let deviations = counted(control.deviations, "deviation");
    let accepted = if accepted == 0 { String::new() } else { format!(", {accepted} accepted") };
    format!("{deviations}, {} open at the end{accepted}", control.open)
}

fn state(point: &Point, control: &str) -> StateAt {
    StateAt { as_of: point.as_of, state: point.control(control).map(|control| control.state) }
}

/// From when until when a statement holds; one without an end holds as of the results that tell of it.
fn validity(attestation: &Attestation, as_of: Timestamp) -> Option<(Timestamp, Timestamp)> {
    let on = attestation.on.as_deref()?.parse().ok()?;
    let until = attestation.valid_until.as_deref().and_then(|text| text.parse().ok()).unwrap_or(as_of);
    Some((on, until))
}

fn number(len: usize) -> u64 {
    u64::try_from(len).unwrap_or(u64::MAX)
}
