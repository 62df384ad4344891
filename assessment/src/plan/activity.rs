//! Activities of the plan: one for each check, one for each manual procedure.

use std::collections::BTreeSet;

use probity_oscal::model::assessment::{Activity, ReviewedControls};
use probity_oscal::model::metadata::Property;
use probity_oscal::{OSCAL_NS, TRESTLE_NS};

use crate::compile::{Check, Compiled, Procedure, ReviewedControl, TargetSource};
use crate::identity::Identity;
use crate::props::{one_line, ours};

/// All activities: checks by name, then procedures in the order of controls.
pub(super) fn activities(identity: &Identity<'_>, compiled: &Compiled) -> Vec<Activity> {
    let checks = compiled.checks.iter().map(|check| of_check(identity, compiled, check));
    let procedures = compiled.controls.iter().flat_map(|control| {
        control.procedures.iter().map(|procedure| of_procedure(identity, control, procedure))
    });
    checks.chain(procedures).collect()
}

fn of_check(identity: &Identity<'_>, compiled: &Compiled, check: &Check) -> Activity {
    Activity {
        uuid: identity.uuid(&["activity", check.name.as_str()]),
        title: Some(check.metric.title.clone()),
        description: check.metric.description.clone(),
        props: check_props(check),
        related_controls: related(
            compiled.controls.iter().filter(|control| control.checks.contains(&check.name)),
        ),
        ..Activity::default()
    }
}

fn check_props(check: &Check) -> Vec<Property> {
    let metric = &check.metric;
    let rule = Property {
        name: "Rule_Id".to_owned(),
        ns: Some(TRESTLE_NS.to_owned()),
        value: check.foreign.as_ref().map_or_else(|| metric.name.to_string(), |rule| one_line(&rule.id)),
        ..Property::default()
    };
    let mut props = vec![method("TEST"), rule];
    props.extend(described(check));
    props.extend(metric.resource_types.iter().map(|kind| ours("resource-type", kind)));
    props.extend(metric.max_age.map(|seconds| ours("max-age", &duration(seconds))));
    props
}

/// A number of seconds as an ISO 8601 duration.
fn duration(seconds: i64) -> String {
    const DAY: i64 = 86_400;
    if seconds % DAY == 0 { format!("P{}D", seconds / DAY) } else { format!("PT{seconds}S") }
}

/// What a check is, as plan and results say it: check, metric, category, severity and its comparison.
pub(crate) fn described(check: &Check) -> Vec<Property> {
    let metric = &check.metric;
    let mut props = vec![
        ours("check", check.name.as_str()),
        ours("metric", metric.name.as_str()),
        ours("category", &metric.category),
        ours("severity", metric.severity.as_str()),
    ];
    if let Some(rule) = &check.foreign {
        props.extend([ours("rule-id", &rule.id), ours("tool", &rule.tool)]);
    }
    props.extend(metric.property.as_deref().map(|path| ours("property", path)));
    if let Some(target) = &check.target {
        props.push(ours("operator", target.operator.as_str()));
        props.extend(target.written.iter().map(|text| ours("target-value", text)));
        props.extend(target.sources.iter().filter_map(target_source));
    }
    props
}

/// Who set the target value, where it is not the metric itself: the document, and as remarks the parameter.
fn target_source(source: &TargetSource) -> Option<Property> {
    let parameter = source.parameter.as_deref()?;
    Some(Property {
        class: Some(source.origin.as_str().to_owned()),
        remarks: Some(format!("parameter `{parameter}`")),
        ..ours("target-source", &source.file.to_string())
    })
}

fn of_procedure(identity: &Identity<'_>, control: &ReviewedControl, procedure: &Procedure) -> Activity {
    Activity {
        uuid: identity.uuid(&["procedure", &control.id, &procedure.id]),
        title: Some(control.title.clone()),
        description: procedure.description.clone(),
        props: vec![
            method(&procedure.method),
            ours("control-id", &control.id),
            ours("procedure", &procedure.id),
        ],
        related_controls: related(std::iter::once(control)),
        ..Activity::default()
    }
}

fn related<'a>(controls: impl Iterator<Item = &'a ReviewedControl>) -> Option<ReviewedControls> {
    let mut seen = BTreeSet::new();
    let selection = super::selection_of(controls.filter(|control| seen.insert(control.id.as_str())));
    let related = ReviewedControls { control_selections: vec![selection], ..ReviewedControls::default() };
    let any = related.control_selections.iter().any(|selection| !selection.include_controls.is_empty());
    any.then_some(related)
}

/// Prop `method`, which OSCAL asks of every activity.
fn method(value: &str) -> Property {
    Property {
        name: "method".to_owned(),
        ns: Some(OSCAL_NS.to_owned()),
        value: value.to_owned(),
        ..Property::default()
    }
}
