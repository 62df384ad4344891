//! Binds target values: metric default, mapping, profile, system security plan; later wins.

use std::collections::{BTreeMap, BTreeSet};

use probity_diagnostics::{Diagnostic, Diagnostics, Location, Pointer, TreePath, nearest};
use probity_evidence::{Ontology, PropertyType};
use probity_oscal::model::catalog::Control;
use probity_oscal::model::implementation::SetParameter;
use serde_json::Value;

use super::check::{Target, TargetOrigin, TargetSource};
use super::mapping::{Entry, Mapping, Setting};
use super::metric::{Metric, Operator};
use super::{Input, target};
use crate::codes;

/// The id of a metric's parameter.
fn parameter_of(metric: &Metric) -> String {
    format!("{}_target", metric.name)
}

/// The target value of `metric` for one control: none where the metric has no target or it is wrong.
pub(super) fn target_for(
    input: &Input<'_>,
    metric: &Metric,
    mapping: &Mapping,
    entry: &Entry,
    control: &Control,
    findings: &mut Diagnostics,
) -> Option<Target> {
    let operator = metric.operator?;
    let parameter = parameter_of(metric);
    let mapped = |list: &[Setting]| {
        let found = list.iter().find(|set| set.parameter == parameter)?;
        Some(Set {
            source: source(TargetOrigin::Mapping, &mapping.file, Some(&parameter)),
            written: found.values.clone(),
            place: Location::value(&mapping.file, &found.at),
        })
    };
    let default = Set {
        source: source(TargetOrigin::Metric, &metric.file, None),
        written: metric.target_value.clone(),
        place: metric.place("target-value", 0),
    };
    let binding = entry.bindings.iter().find(|binding| binding.metric_parameter == parameter);
    let profile = binding.and_then(|binding| {
        let param = control.params.iter().find(|param| param.id == binding.control_parameter)?;
        (!param.values.is_empty()).then(|| Set {
            source: source(TargetOrigin::Profile, &mapping.file, Some(&param.id)),
            written: param.values.clone(),
            place: Location::value(&mapping.file, &binding.at),
        })
    });
    let names: Vec<&str> = binding
        .iter()
        .map(|binding| binding.control_parameter.as_str())
        .chain([parameter.as_str()])
        .collect();
    let plan = set_in_plan(input, &control.id, &names);
    let mapped = mapped(&mapping.set_parameters).into_iter().chain(mapped(&entry.set_parameters));
    let Set { source, written, place } =
        [default].into_iter().chain(mapped).chain(profile).chain(plan).last()?;
    match typed(input.ontology, metric, operator, &written)? {
        Ok(value) => Some(Target { operator, value, written, sources: BTreeSet::from([source]) }),
        Err(misfit) => {
            if source.origin != TargetOrigin::Metric {
                findings.push(misfit.at(place)); // its own was reported before
            }
            None
        }
    }
}

/// A value that is set: by whom, as written, and where.
struct Set {
    source: TargetSource,
    written: Vec<String>,
    place: Location,
}

fn source(origin: TargetOrigin, file: &TreePath, parameter: Option<&str>) -> TargetSource {
    TargetSource { origin, file: file.clone(), parameter: parameter.map(str::to_owned) }
}

/// The default target of a metric, checked against its property.
pub(super) fn default_target(
    ontology: &Ontology,
    metric: &Metric,
    findings: &mut Diagnostics,
) -> Option<Target> {
    let operator = metric.operator?;
    match typed(ontology, metric, operator, &metric.target_value)? {
        Ok(value) => Some(Target {
            operator,
            value,
            written: metric.target_value.clone(),
            sources: BTreeSet::from([source(TargetOrigin::Metric, &metric.file, None)]),
        }),
        Err(misfit) => {
            findings.push(misfit.at(metric.place("target-value", 0)));
            None
        }
    }
}

/// The target value in the units of evidence, or in the JSON type that the metric fixes; none where nothing tells its type.
fn typed(
    ontology: &Ontology,
    metric: &Metric,
    operator: Operator,
    written: &[String],
) -> Option<Result<Value, Diagnostic>> {
    let misfit = |why: &str, help: String| {
        let message = format!("the target value of `{}` does not fit: {why}", metric.name);
        Diagnostic::error(&codes::TARGET_TYPE, message).help(help)
    };
    if let Some(class) = metric.target_class {
        let help = "the class of the prop says what the value is in JSON";
        return Some(class.value(written).map_err(|why| misfit(&why, help.to_owned())));
    }
    let kind = property_type(ontology, metric)?;
    let property = metric.property.as_deref().unwrap_or_default();
    let help = format!("`{property}` is {kind}, compared by `{operator}`");
    Some(target::typed(kind, operator, written).map_err(|why| misfit(&why, help)))
}

/// The type of the metric's property, in the first of its resource types that has it.
pub(super) fn property_type<'a>(ontology: &'a Ontology, metric: &Metric) -> Option<&'a PropertyType> {
    let path = metric.property.as_deref()?;
    let types = metric.resource_types.iter().flat_map(|name| ontology.descendants(name));
    types
        .filter_map(|name| ontology.property(name.as_str(), path))
        .map(|property| &property.value_type)
        .next()
}

/// What the system security plan sets for one of `names`: for the control, else for the whole system.
fn set_in_plan(input: &Input<'_>, control: &str, names: &[&str]) -> Option<Set> {
    let (plan, file) = input.plan.as_ref()?;
    let implementation = &plan.control_implementation;
    let root = Pointer::from_text("/system-security-plan/control-implementation");
    let requirements = root.key("implemented-requirements");
    let own = implementation.implemented_requirements.iter().enumerate();
    let own = own
        .filter(|(_, own)| own.control_id == control)
        .flat_map(|(i, own)| settings(&own.set_parameters, &requirements.index(i)));
    let (set, at) = own
        .chain(settings(&implementation.set_parameters, &root))
        .find(|(set, _)| names.contains(&set.param_id.as_str()))?;
    Some(Set {
        source: source(TargetOrigin::SystemSecurityPlan, file, Some(&set.param_id)),
        written: set.values.clone(),
        place: Location::value(file, &at),
    })
}

/// Parameters that are set, with their places below `at`.
fn settings<'s>(
    list: &'s [SetParameter],
    at: &Pointer,
) -> impl Iterator<Item = (&'s SetParameter, Pointer)> + use<'s> {
    let at = at.key("set-parameters");
    list.iter().enumerate().map(move |(i, set)| (set, at.index(i)))
}

/// Reports parameters that are set or bound and do not exist.
pub(super) fn check_parameters(
    mapping: &Mapping,
    entry: &Entry,
    control: &Control,
    metrics: &BTreeMap<&str, &Metric>,
    findings: &mut Diagnostics,
) {
    let named = entry.metrics.iter().filter_map(|named| metrics.get(named.metric.as_str()));
    let known: Vec<String> =
        named.filter(|metric| metric.operator.is_some()).map(|metric| parameter_of(metric)).collect();
    let set = entry.set_parameters.iter().map(|set| (&set.parameter, &set.at));
    let bound = entry.bindings.iter().map(|binding| (&binding.metric_parameter, &binding.at));
    for (parameter, at) in set.chain(bound) {
        if !known.contains(parameter) {
            let message = format!("no metric of `{}` has a parameter `{parameter}`", entry.control);
            findings.push(unknown(message, parameter, &known).at(Location::value(&mapping.file, at)));
        }
    }
    let of_control: Vec<String> = control.params.iter().map(|param| param.id.clone()).collect();
    for binding in &entry.bindings {
        if !of_control.contains(&binding.control_parameter) {
            let message =
                format!("control `{}` has no parameter `{}`", control.id, binding.control_parameter);
            let finding = unknown(message, &binding.control_parameter, &of_control);
            findings.push(finding.at(Location::value(&mapping.file, &binding.at)));
        }
    }
}

fn unknown(message: String, given: &str, known: &[String]) -> Diagnostic {
    let finding = Diagnostic::error(&codes::UNKNOWN_PARAMETER, message);
    match (nearest(given, known.iter().map(String::as_str)), known) {
        (Some(meant), _) => finding.help(format!("did you mean `{meant}`?")),
        (None, []) => finding,
        (None, known) => finding.help(format!("there are: {}", known.join(", "))),
    }
}

/// Target values that one metric has in an assessment, in the order in which they are numbered.
pub(super) fn numbered(default: Option<&Target>, used: &[Option<Target>]) -> Vec<Option<Target>> {
    let value = |target: &Option<Target>| target.as_ref().map(|target| target.value.clone());
    let mut distinct: Vec<Option<Target>> = Vec::new();
    for target in used {
        match distinct.iter_mut().find(|known| value(known) == value(target)) {
            Some(Some(known)) => {
                known.sources.extend(target.iter().flat_map(|target| target.sources.iter().cloned()));
            }
            Some(None) => {}
            None => distinct.push(target.clone()),
        }
    }
    let default: Option<Value> = default.map(|target| target.value.clone());
    distinct.sort_by_key(|target| value(target) != default); // stable: the default first, then as used
    distinct
}
