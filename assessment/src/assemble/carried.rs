//! What mappings bring from other catalogs, as observations and in the words of findings.

use probity_oscal::model::assessment::{Observation, RelevantEvidence};
use probity_oscal::model::metadata::{Link, Property};

use super::file::{self, FileRole};
use super::{AssembleInput, Carrying};
use crate::carry::{Brought, Carries, Evidence};
use crate::props::{markup_line, one_line, ours};
use crate::rollup::{ControlResult, State};

/// Why a control without check and procedure is satisfied.
pub(super) const SATISFIED: &str = "Nothing of its own measures it: a mapping carries the result from a control of another catalog that is satisfied.";

/// Why a control fails that does not fail by itself.
pub(super) const FAILS: &str = "A mapping carries a fail to it from a control of another catalog.";

/// What is brought to a control.
pub(super) fn of<'a>(
    input: &AssembleInput<'a>,
    result: &ControlResult,
) -> impl Iterator<Item = &'a Brought<'a>> {
    let brought = all(input);
    result.carried.by.iter().filter_map(|at| brought.get(*at))
}

fn all<'a>(input: &AssembleInput<'a>) -> &'a [Brought<'a>] {
    input.carrying.map_or(&[], |Carrying { brought, .. }| brought)
}

/// The uuid of the observation of what is brought.
pub(super) fn uuid(input: &AssembleInput<'_>, one: &Brought<'_>) -> String {
    let crossing = one.crossing;
    input.identity.uuid(&["carried", &crossing.origin.from, &crossing.uuid, crossing.end.as_str()])
}

/// One observation for each map that brings or shows something.
pub(super) fn observations(input: &AssembleInput<'_>) -> Vec<Observation> {
    all(input).iter().map(|one| observation(input, one)).collect()
}

fn observation(input: &AssembleInput<'_>, one: &Brought<'_>) -> Observation {
    let origin = &one.crossing.origin;
    let results = file::uuid_of(input, FileRole::Results, &origin.results);
    let link = |uuid: String| RelevantEvidence {
        href: Some(format!("#{uuid}")),
        description: format!("The findings of assessment `{}` on these controls.", origin.from),
        ..RelevantEvidence::default()
    };
    Observation {
        uuid: uuid(input, one),
        title: Some(markup_line(&format!("{}, in assessment {}", names(one), origin.from))),
        description: description(one),
        props: props(one),
        links: links(input, one, results.as_deref()),
        methods: vec!["EXAMINE".to_owned()],
        types: vec!["control-objective".to_owned()],
        origins: vec![input.identity.origin()],
        relevant_evidence: results.map(link).into_iter().collect(),
        collected: one.as_of.to_owned(),
        remarks: one.crossing.remarks.clone(),
        ..Observation::default()
    }
}

/// Printed ids and titles of the controls that the map names on the giving side.
fn names(one: &Brought<'_>) -> String {
    let crossing = one.crossing;
    let name = |id: &String| crossing.names.get(id).map(String::as_str);
    let names: Vec<&str> = crossing.given.iter().filter_map(|item| name(&item.control)).collect();
    match names.as_slice() {
        [first, rest @ ..] if rest.len() > 2 => format!("{first} and {} more", rest.len()),
        names => names.join(", "),
    }
}

/// What carries and why, then what was found for each control of the giving side.
fn description(one: &Brought<'_>) -> String {
    let origin = &one.crossing.origin;
    let relation = format!(
        "by mapping collection \u{201c}{}\u{201d}, {} ({} gives)",
        markup_line(&origin.title),
        one.crossing.relationship,
        one.crossing.end.as_str()
    );
    let sentence = match &one.carries {
        Carries::Satisfied => format!("Carried {relation}: satisfied."),
        Carries::Fail(_) => format!("Carried {relation}: fail."),
        Carries::Nothing(why) => format!("Shown {relation}. Nothing is carried: {why}."),
    };
    let found = one.evidence.iter().map(|evidence| {
        format!("- {}: {}", markup_line(evidence.name), evidence.state.map_or("not evaluated", State::as_str))
    });
    let found: Vec<String> = found.collect();
    format!(
        "{sentence}\n\nAssessment `{}` against {} found:\n\n{}",
        origin.from,
        markup_line(&origin.catalog),
        found.join("\n")
    )
}

fn props(one: &Brought<'_>) -> Vec<Property> {
    let crossing = one.crossing;
    let (carries, why) = match &one.carries {
        Carries::Satisfied => ("satisfied", None),
        Carries::Fail(_) => ("fail", None),
        Carries::Nothing(why) => ("nothing", Some(why.clone())),
    };
    let mut props = vec![
        ours("carried-from", &crossing.origin.from),
        ours("carried-from-catalog", &crossing.origin.catalog),
        ours("mapping", &crossing.origin.title),
        ours("relationship", &crossing.relationship),
        ours("giving-side", crossing.end.as_str()),
        Property { remarks: why, ..ours("carries", carries) },
    ];
    props.extend(one.to.iter().map(|id| ours("carried-to", id)));
    props.extend(one.about.iter().map(|id| ours("control-id", id)));
    props.extend(one.evidence.iter().map(found));
    props
}

fn found(evidence: &Evidence<'_>) -> Property {
    Property {
        class: Some(evidence.state.map_or("not-evaluated", State::as_str).to_owned()),
        remarks: Some(markup_line(evidence.name)),
        ..ours("given-control", evidence.control)
    }
}

/// Links to the map and to the findings that it takes.
fn links(input: &AssembleInput<'_>, one: &Brought<'_>, results: Option<&str>) -> Vec<Link> {
    let crossing = one.crossing;
    let collection = file::uuid_of(input, FileRole::MappingCollection, &crossing.origin.collection);
    let link = |resource: &str, rel: &str, fragment: &str| Link {
        href: format!("#{resource}"),
        rel: Some(rel.to_owned()),
        resource_fragment: Some(fragment.to_owned()),
        ..Link::default()
    };
    let map = collection.iter().map(|uuid| link(uuid, "map", &crossing.uuid));
    let findings = one.evidence.iter().filter_map(|evidence| evidence.finding);
    map.chain(results.iter().flat_map(|uuid| findings.clone().map(|at| link(uuid, "carried-from", at))))
        .collect()
}

/// The line of a finding about what is brought to its control.
pub(super) fn line(one: &Brought<'_>, result: &ControlResult) -> String {
    let (names, from) = (markup_line(&names(one)), &one.crossing.origin.from);
    let relationship = one_line(&one.crossing.relationship);
    let here = one.to.contains(&result.id);
    let shown = |what: &str| format!("- Shown from `{from}` ({relationship}): {names}; {what}");
    match &one.carries {
        Carries::Nothing(why) => shown(why),
        Carries::Satisfied if result.carried.own.is_some() => shown("satisfied, but its own result stands"),
        Carries::Satisfied if here => format!("- Carried from `{from}` ({relationship}): {names}; satisfied"),
        Carries::Fail(_) if here => format!("- Carried from `{from}` ({relationship}): {names}; fails"),
        Carries::Satisfied | Carries::Fail(_) => shown("the result is carried to another control"),
    }
}
