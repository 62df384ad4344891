//! The verdict of one check on one resource.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use jiff::Timestamp;
use probity_diagnostics::render::counted;
use probity_evidence::{Ontology, Resource};
use serde_json::Value;

use super::kinds::Kind;
use super::missing::{Missing, RelatedResources, missing};
use super::record::{Detail, Measurement, Outcome};
use super::waive::{Waiver, waive};
use super::worker::{Same, Worker};
use crate::compile::Check;
use crate::engine::View;
use crate::rego::Reads;
use crate::specialise::{Ruling, Truth};

/// The longest text of a value that a verdict carries.
const VALUE_LIMIT: usize = 1024;

/// What all verdicts of an assessment depend on.
pub(crate) struct Bench<'a> {
    pub(crate) checks: &'a [Check],
    pub(crate) ontology: &'a Ontology,
    pub(crate) as_of: Timestamp,
    pub(crate) waivers: &'a [Waiver],
}

/// A resource with what it refers to.
pub(crate) struct Case<'a> {
    pub(crate) kind: &'a Kind,
    pub(crate) resource: &'a Resource,
    /// Ids that it refers to.
    pub(crate) refers_to: &'a BTreeSet<String>,
    /// Resources of the evidence, these among them where there are any.
    pub(crate) related: &'a RelatedResources,
}

/// One verdict: the check's index, the outcome and the detail as JSON.
pub(crate) type Verdict = (usize, Outcome, Arc<str>);

impl Bench<'_> {
    /// The verdicts on a resource, in the order of checks; pairs that do not apply are left out.
    pub(crate) fn judge(&self, case: &Case<'_>, worker: &mut Worker<'_>) -> Vec<Verdict> {
        let checks = &case.kind.checks;
        if checks.is_empty() {
            return Vec::new();
        }
        worker.ask(checks);
        let view = self.view(case).with_only(case.kind.wanted());
        let rulings = worker.evaluator.rule(checks, &view);
        let mut verdicts = Vec::with_capacity(checks.len());
        for (index, ruling) in checks.iter().zip(rulings) {
            let Some(check) = self.checks.get(*index) else { continue };
            let Some((outcome, said)) = self.decide(check, case, &ruling) else { continue };
            let (outcome, waiver) = waive(outcome, self.waivers, check, &case.resource.id, self.as_of);
            let detail = match (said, waiver) {
                (None, None) if outcome == Outcome::Pass || !check.has_results => {
                    let found = check.metric.property.as_deref().and_then(|path| at(case.resource, path));
                    let same = same(*index, outcome, found.as_deref());
                    worker.texts.same(same, |out| write_plain(check, case.resource, outcome, out))
                }
                (said, waiver) => {
                    let measured = || worker.evaluator.results(*index, &view);
                    let results = measurements(check, outcome, case.resource, measured);
                    worker.texts.of(&Detail { results, waiver, ..said.unwrap_or_default() })
                }
            };
            verdicts.push((*index, outcome, detail));
        }
        verdicts
    }

    /// The resource for Rego, with all its properties.
    pub(crate) fn view<'a>(&'a self, case: &Case<'a>) -> View<'a> {
        let names = self.ontology.type_names(case.resource.resource_type.as_str()).unwrap_or_default();
        let related =
            case.refers_to.iter().filter_map(|id| Some((id.as_str(), &case.related.get(id)?.input)));
        let view = View::alone(case.resource, names).among(related.collect());
        if case.kind.asks_time { view.at_instant(self.as_of) } else { view }
    }

    /// The outcome and what there is to say of it, in the order of ARCHITECTURE.md (evidence and verdicts); none for
    /// not-applicable.
    fn decide(&self, check: &Check, case: &Case<'_>, ruling: &Ruling) -> Option<(Outcome, Option<Detail>)> {
        if let Some(reason) = self.stale(check, case.resource) {
            return Some((Outcome::Unknown, Some(because(reason))));
        }
        let none = Reads::default();
        let reads = check.reads.get(case.resource.resource_type.as_str()).map_or(&none, |reads| &**reads);
        let unread = |reads| missing(self.ontology, case.resource, case.related, reads);
        let before = unread(&reads.applicable);
        if !before.is_empty() {
            return Some((Outcome::Unknown, Some(not_collected(before))));
        }
        match &ruling.applicable {
            Truth::HoldsNot => return None,
            Truth::Failed(why) => return Some((Outcome::Error, Some(failed("applicable", why)))),
            Truth::Holds => {}
        }
        let holds = match &ruling.compliant {
            Truth::Failed(why) => return Some((Outcome::Error, Some(failed("compliant", why)))),
            Truth::Holds => true,
            Truth::HoldsNot => false,
        };
        let open = unread(&reads.compliant);
        match (open.is_empty(), holds) {
            (true, true) => Some((Outcome::Pass, None)),
            (true, false) => Some((Outcome::Fail, None)),
            (false, true) if !open.negative => Some((Outcome::Pass, None)),
            (false, _) => Some((Outcome::Unknown, Some(not_collected(open)))),
        }
    }

    /// Why the evidence is too old, if it is.
    fn stale(&self, check: &Check, resource: &Resource) -> Option<String> {
        self.too_old(check, resource.collected)
    }

    /// Why evidence that was collected at an instant is too old, if it is.
    pub(super) fn too_old(&self, check: &Check, collected: Timestamp) -> Option<String> {
        let limit = check.metric.max_age?;
        let age = self.as_of.as_second() - collected.as_second();
        (age > limit)
            .then(|| format!("the evidence is {} old, {} is the most", in_words(age), in_words(limit)))
    }

    /// Whether evidence that was collected at an instant is too old.
    pub(super) fn is_stale(&self, check: &Check, collected: Timestamp) -> bool {
        let age = self.as_of.as_second() - collected.as_second();
        check.metric.max_age.is_some_and(|limit| age > limit)
    }
}

/// A number of seconds for people: the largest unit that divides it well enough.
fn in_words(seconds: i64) -> String {
    let (amount, unit) = match seconds {
        86_400.. => (seconds / 86_400, "day"),
        3_600.. => (seconds / 3_600, "hour"),
        60.. => (seconds / 60, "minute"),
        _ => (seconds, "second"),
    };
    counted(amount, unit)
}

fn because(reason: String) -> Detail {
    Detail { reason: Some(reason), ..Detail::default() }
}

fn not_collected(missing: Missing) -> Detail {
    let reason = format!("not collected: {}", missing.paths.join(", "));
    Detail { reason: Some(reason), missing: missing.paths, ..Detail::default() }
}

fn failed(rule: &str, why: &str) -> Detail {
    because(format!("rule `{rule}` failed: {why}"))
}

/// What the plain details of two verdicts have in common where they are the same; none where that would take long to tell.
fn same(check: usize, outcome: Outcome, found: Option<&Value>) -> Option<Same> {
    let (kind, bits) = match found {
        None => (0, 0),
        Some(Value::Null) => (1, 0),
        Some(Value::Bool(flag)) => (2, u64::from(*flag)),
        Some(Value::Number(number)) => (3, number.as_u64()?),
        Some(Value::String(_) | Value::Array(_) | Value::Object(_)) => return None,
    };
    Some((check, outcome, kind, bits))
}

/// The detail of a verdict that needs no words: property, target value and what was found. It is what serialising the
/// [`Detail`] of [`measurements`] gives, without making one.
fn write_plain(check: &Check, resource: &Resource, outcome: Outcome, out: &mut String) {
    let Some(property) = &check.metric.property else { return out.push_str("{}") };
    let found = at(resource, property);
    if found.as_ref().is_some_and(|value| value.is_array() || value.is_object() || value.is_string()) {
        let measured = plain(check, resource, outcome);
        let detail = Detail { results: measured.into_iter().collect(), ..Detail::default() };
        return out.push_str(&serde_json::to_string(&detail).unwrap_or_else(|_| "{}".to_owned()));
    }
    let _ = write!(out, "{{\"results\":[{{\"property\":\"{property}\"");
    if let Some(target) = &check.target {
        let _ = write!(out, ",\"operator\":\"{}\",\"expected\":{}", target.operator, target.value);
    }
    if let Some(found) = found {
        let _ = write!(out, ",\"found\":{found}");
    }
    let _ = write!(out, ",\"success\":{}}}]}}", outcome == Outcome::Pass);
}

/// What was measured: the metric's own `results`, else its property and target value.
fn measurements(
    check: &Check,
    outcome: Outcome,
    resource: &Resource,
    results: impl FnOnce() -> Option<Value>,
) -> Vec<Measurement> {
    let own = match outcome {
        Outcome::Fail | Outcome::Waived if check.has_results => own_results(check, results()),
        _ => Vec::new(),
    };
    if !own.is_empty() {
        return own;
    }
    plain(check, resource, outcome).into_iter().collect()
}

/// The metric's property, compared with its target value.
fn plain(check: &Check, resource: &Resource, outcome: Outcome) -> Option<Measurement> {
    let property = check.metric.property.clone()?;
    Some(Measurement {
        operator: check.target.as_ref().map(|target| target.operator.to_string()),
        expected: check.target.as_ref().map(|target| target.value.clone()),
        found: at(resource, &property).map(Cow::into_owned).map(short),
        success: outcome == Outcome::Pass,
        message: None,
        property,
    })
}

fn own_results(check: &Check, results: Option<Value>) -> Vec<Measurement> {
    let Some(Value::Array(results)) = results else { return Vec::new() };
    let text = |result: &Value, key: &str| result.get(key).and_then(Value::as_str).map(str::to_owned);
    let mut measured: Vec<Measurement> = results
        .iter()
        .map(|result| Measurement {
            property: text(result, "property").or_else(|| check.metric.property.clone()).unwrap_or_default(),
            operator: text(result, "operator"),
            expected: result.get("target_value").cloned().map(short),
            found: result.get("value").cloned().map(short),
            success: result.get("success").and_then(Value::as_bool).unwrap_or(false),
            message: text(result, "message"),
        })
        .collect();
    measured.sort_by(|a, b| (a.success, &a.property, &a.message).cmp(&(b.success, &b.property, &b.message)));
    measured
}

/// The value at a path such as `automaticUpdates.enabled`; `null` where a feature on the way is absent, none where it was not
/// collected. A path through lists (`backups[].interval`) leads to the list of the values in their elements.
fn at<'a>(resource: &'a Resource, path: &str) -> Option<Cow<'a, Value>> {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    below(resource.properties.get(first.trim_end_matches("[]"))?, first.ends_with("[]"), rest)
}

fn below<'a>(value: &'a Value, is_list: bool, path: &str) -> Option<Cow<'a, Value>> {
    match value {
        Value::Null => Some(Cow::Borrowed(value)),
        Value::Array(items) if is_list => {
            let found = items.iter().filter_map(|item| below(item, false, path)).map(Cow::into_owned);
            Some(Cow::Owned(found.collect()))
        }
        _ if path.is_empty() => Some(Cow::Borrowed(value)),
        Value::Object(members) => {
            let (first, rest) = path.split_once('.').unwrap_or((path, ""));
            below(members.get(first.trim_end_matches("[]"))?, first.ends_with("[]"), rest)
        }
        _ => None,
    }
}

/// The value itself, or what it is where it is long.
fn short(value: Value) -> Value {
    let len = match &value {
        Value::Array(_) | Value::Object(_) => value.to_string().len(),
        Value::String(text) => text.len(),
        _ => 0,
    };
    match &value {
        _ if len <= VALUE_LIMIT => value,
        Value::Array(items) => Value::String(format!("a list of {} values", items.len())),
        Value::Object(members) => Value::String(format!("an object of {} members", members.len())),
        Value::String(text) => Value::String(text.chars().take(VALUE_LIMIT / 4).chain(['…']).collect()),
        _ => value,
    }
}
