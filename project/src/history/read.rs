//! What files say, item by item.

use probity_diagnostics::{Diagnostics, TreePath, document};
use probity_oscal::{PROBITY_NS, TRESTLE_NS};
use serde_json::Value;

use super::item::{Items, Subject};

/// What a file says of controls, metrics or resources; nothing where it is of another kind. Of evidence, which may be long,
/// only lines that hold one of `names` are read, or all where there are none.
///
/// # Errors
/// It is not well-formed.
pub(super) fn items(path: &TreePath, bytes: &[u8], names: &[String]) -> Result<Items, Diagnostics> {
    let mut items = Items::default();
    match path.extension().unwrap_or_default() {
        "jsonl" => evidence(bytes, names, &mut items),
        "rego" => {
            if let Some(metric) = metric_of(path) {
                items.add_file(&metric, "Rego", document::text(bytes, path)?);
            }
        }
        "yaml" | "yml" if path.file_name() == "cases.yaml" => {
            if let Some(metric) = metric_of(path) {
                items.add_file(&metric, "cases", document::text(bytes, path)?);
            }
        }
        "yaml" | "yml" | "json" | "xml" => {
            let (_, value) = probity_oscal::read(bytes, path)?.value;
            let models = value.as_object().into_iter().flatten();
            let Some((model, body)) = models.into_iter().find(|(_, body)| body.is_object()) else {
                return Ok(items);
            };
            match model.as_str() {
                "catalog" => catalog(body, &mut items),
                "profile" => profile(body, &mut items),
                "component-definition" => component_definition(body, &mut items),
                "system-security-plan" => plan(body, &mut items),
                "assessment-results" => results(body, &mut items),
                "plan-of-action-and-milestones" => risks(body, &mut items),
                item => piece(item, body, path, &mut items),
            }
        }
        _ => {}
    }
    Ok(items)
}

/// The metric that a file beside `metric.yaml` belongs to.
fn metric_of(path: &TreePath) -> Option<Subject> {
    let folder = path.parent();
    let inside = folder.as_str().split('/').any(|part| part == "metrics");
    (inside && !folder.file_name().is_empty()).then(|| Subject::Metric(folder.file_name().to_owned()))
}

fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

/// The texts of a list, or one text, in one line.
fn joined(value: Option<&Value>) -> String {
    match value {
        Some(Value::Array(values)) => {
            values.iter().map(|value| joined(Some(value))).collect::<Vec<_>>().join(", ")
        }
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
        None => String::new(),
    }
}

/// What an item of a document says that has a file of its own: what it stands in is told by the folders.
fn piece(item: &str, body: &Value, path: &TreePath, items: &mut Items) {
    let folders: Vec<&str> = path.as_str().rsplit('/').skip(1).collect();
    match item {
        "group" => inside_group(body, items),
        "control" => match folders.as_slice() {
            ["controls", of, "groups", ..] => control(body, &format!("group {of}"), items),
            ["controls", of, "controls", ..] => control(body, &format!("control {of}"), items),
            _ => control(body, "the catalog", items),
        },
        "alter" => alter(body, items),
        "component" => component(body, items),
        "control-implementation" => implementation(body, items),
        "implemented-requirement" if body.get("by-components").is_some() => planned(body, items),
        "implemented-requirement" => mapped(body, items),
        "risk" => risk(body, items),
        _ => {}
    }
}

fn catalog(body: &Value, items: &mut Items) {
    params(body, items, &|id| Subject::Parameter(id.to_owned()));
    for group in list(body, "groups") {
        inside_group(group, items);
    }
    for one in list(body, "controls") {
        control(one, "the catalog", items);
    }
}

fn inside_group(group: &Value, items: &mut Items) {
    params(group, items, &|id| Subject::Parameter(id.to_owned()));
    for inner in list(group, "groups") {
        inside_group(inner, items);
    }
    let name = format!("group {}", text(group, "id").or(text(group, "title")).unwrap_or_default());
    for one in list(group, "controls") {
        control(one, &name, items);
    }
}

fn control(control: &Value, place: &str, items: &mut Items) {
    let Some(id) = text(control, "id") else { return };
    let subject = Subject::Control(id.to_owned());
    items.add(&subject, "place", place);
    members(control, &subject, "", items);
    params(control, items, &|_| subject.clone());
    for param in list(control, "params").filter_map(|param| text(param, "id")) {
        items.owners.insert(param.to_owned(), id.to_owned());
    }
    for link in list(control, "links") {
        let (Some(rel), Some(target)) = (text(link, "rel"), text(link, "href")) else { continue };
        if let ("moved-to" | "incorporated-into", Some(target)) = (rel, target.strip_prefix('#')) {
            items.successors.push((target.to_owned(), id.to_owned(), rel.to_owned()));
        }
    }
    for inner in list(control, "controls") {
        self::control(inner, &format!("control {id}"), items);
    }
}

/// Title, class, props, links and parts of a control, or of what alters one, each name after `before`.
fn members(of: &Value, subject: &Subject, before: &str, items: &mut Items) {
    for key in ["title", "class"] {
        if let Some(value) = text(of, key) {
            items.add(subject, format!("{before}{key}"), value);
        }
    }
    for prop in list(of, "props") {
        let (Some(name), value) = (text(prop, "name"), text(prop, "value").unwrap_or_default()) else {
            continue;
        };
        items.add(subject, format!("{before}property {name}"), value);
    }
    for link in list(of, "links") {
        let rel = text(link, "rel").unwrap_or("reference");
        items.add(subject, format!("{before}link {rel}"), text(link, "href").unwrap_or_default());
    }
    for one in list(of, "parts") {
        part(one, subject, before, items);
    }
}

fn part(part: &Value, subject: &Subject, before: &str, items: &mut Items) {
    let name = text(part, "name").unwrap_or("part");
    let called = match text(part, "id") {
        Some(id) => format!("{before}{name} {id}"),
        None => format!("{before}{name}"),
    };
    let prose = [text(part, "title"), text(part, "prose")];
    let prose: Vec<&str> = prose.into_iter().flatten().collect();
    if !prose.is_empty() {
        items.add(subject, called.as_str(), &prose.join(" "));
    }
    for prop in list(part, "props") {
        let (Some(name), value) = (text(prop, "name"), text(prop, "value").unwrap_or_default()) else {
            continue;
        };
        items.add(subject, format!("{called}, property {name}"), value);
    }
    for link in list(part, "links") {
        let rel = text(link, "rel").unwrap_or("reference");
        items.add(subject, format!("{called}, link {rel}"), text(link, "href").unwrap_or_default());
    }
    for inner in list(part, "parts") {
        self::part(inner, subject, before, items);
    }
}

fn params(of: &Value, items: &mut Items, subject: &dyn Fn(&str) -> Subject) {
    for param in list(of, "params") {
        if let Some(id) = text(param, "id") {
            parameter(param, id, &subject(id), items);
        }
    }
}

/// The value of a parameter, and what else is said of it.
fn parameter(param: &Value, id: &str, subject: &Subject, items: &mut Items) {
    if param.get("values").is_some() {
        items.add(subject, format!("value of {id}"), &joined(param.get("values")));
    }
    if let Some(label) = text(param, "label") {
        items.add(subject, format!("label of {id}"), label);
    }
    for key in ["usage", "constraints", "guidelines", "select"] {
        if let Some(value) = param.get(key) {
            items.add(subject, format!("{key} of {id}"), &joined(Some(value)));
        }
    }
}

fn profile(body: &Value, items: &mut Items) {
    for import in list(body, "imports") {
        let from = text(import, "href").unwrap_or_default();
        let from = from.rsplit('/').next().unwrap_or(from);
        for (key, word) in [("include-controls", "included"), ("exclude-controls", "excluded")] {
            for id in list(import, key).flat_map(|calls| list(calls, "with-ids")).filter_map(Value::as_str) {
                items.add(
                    &Subject::Control(id.to_owned()),
                    "selection",
                    &format!("{word} by id from {from}"),
                );
            }
        }
    }
    let Some(modify) = body.get("modify") else { return };
    for set in list(modify, "set-parameters") {
        if let Some(id) = text(set, "param-id") {
            parameter(set, id, &Subject::Parameter(id.to_owned()), items);
        }
    }
    for one in list(modify, "alters") {
        alter(one, items);
    }
}

fn alter(alter: &Value, items: &mut Items) {
    let Some(id) = text(alter, "control-id") else { return };
    let subject = Subject::Control(id.to_owned());
    for add in list(alter, "adds") {
        members(add, &subject, "added ", items);
        params(add, items, &|_| subject.clone());
    }
    for remove in list(alter, "removes") {
        let what = remove.as_object().into_iter().flatten();
        let what: Vec<String> = what.map(|(by, value)| format!("{by} {}", joined(Some(value)))).collect();
        items.add(&subject, "removed", &what.join(", "));
    }
}

/// The props of an object with a name in a namespace.
fn props<'v>(of: &'v Value, ns: &'v str, name: &'v str) -> impl Iterator<Item = &'v Value> {
    list(of, "props").filter(move |prop| text(prop, "ns") == Some(ns) && text(prop, "name") == Some(name))
}

fn component_definition(body: &Value, items: &mut Items) {
    for one in list(body, "components") {
        component(one, items);
    }
}

fn component(component: &Value, items: &mut Items) {
    if text(component, "type") == Some("rule") {
        metric(component, items);
    }
    for one in list(component, "control-implementations") {
        implementation(one, items);
    }
}

fn implementation(implementation: &Value, items: &mut Items) {
    targets(implementation, None, items);
    for requirement in list(implementation, "implemented-requirements") {
        mapped(requirement, items);
    }
}

fn metric(component: &Value, items: &mut Items) {
    let Some(name) = props(component, TRESTLE_NS, "Rule_Id").find_map(|prop| text(prop, "value")) else {
        return;
    };
    let subject = Subject::Metric(name.to_owned());
    if let Some(uuid) = text(component, "uuid") {
        items.uuids.insert(name.to_owned(), uuid.to_owned());
    }
    for key in ["title", "description"] {
        items.add(&subject, key, text(component, key).unwrap_or_default());
    }
    for prop in list(component, "props") {
        let (Some(key), Some(value)) = (text(prop, "name"), text(prop, "value")) else { continue };
        if key != "Rule_Id" {
            items.add(&subject, key.replace(['-', '_'], " ").to_lowercase(), value);
        }
    }
}

/// What a mapping says of a control, and so of the metrics that it names.
fn mapped(requirement: &Value, items: &mut Items) {
    let Some(id) = text(requirement, "control-id") else { return };
    let subject = Subject::Control(id.to_owned());
    let statements = list(requirement, "statements");
    for holder in std::iter::once(requirement).chain(statements) {
        let of = text(holder, "statement-id").map(|id| format!("{id}: ")).unwrap_or_default();
        for prop in props(holder, TRESTLE_NS, "Rule_Id") {
            let (Some(name), why) = (text(prop, "value"), text(prop, "remarks").unwrap_or_default()) else {
                continue;
            };
            let why = format!("{of}{why}");
            items.add(&subject, format!("check {name}"), &why);
            items.add(&Subject::Metric(name.to_owned()), format!("measures {id}"), &why);
        }
    }
    for prop in props(requirement, PROBITY_NS, "procedure") {
        let name = text(prop, "class").unwrap_or("attestation");
        let how = [text(prop, "value"), text(prop, "remarks")];
        items.add(
            &subject,
            format!("procedure {name}"),
            &how.into_iter().flatten().collect::<Vec<_>>().join(": "),
        );
    }
    for prop in props(requirement, PROBITY_NS, "parameter-binding") {
        let (Some(parameter), Some(target)) = (text(prop, "value"), text(prop, "class")) else { continue };
        target_of(target, &format!("as parameter {parameter} says"), Some(&subject), items);
    }
    targets(requirement, Some(&subject), items);
}

/// Target values that a mapping or plan sets.
fn targets(of: &Value, control: Option<&Subject>, items: &mut Items) {
    for set in list(of, "set-parameters") {
        let Some(id) = text(set, "param-id") else { continue };
        let values = joined(set.get("values"));
        match (id.ends_with("_target"), control) {
            (true, _) => target_of(id, &values, control, items),
            (false, Some(control)) => items.add(control, format!("value of {id}"), &values),
            (false, None) => items.add(&Subject::Parameter(id.to_owned()), format!("value of {id}"), &values),
        }
    }
}

fn target_of(parameter: &str, value: &str, control: Option<&Subject>, items: &mut Items) {
    let Some(name) = parameter.strip_suffix("_target") else { return };
    let metric = Subject::Metric(name.to_owned());
    match control {
        Some(control) => {
            items.add(control, format!("target of {name}"), value);
            items.add(&metric, format!("target for {}", control.name()), value);
        }
        None => items.add(&metric, "target", value),
    }
}

fn plan(body: &Value, items: &mut Items) {
    let Some(implementation) = body.get("control-implementation") else { return };
    targets(implementation, None, items);
    for requirement in list(implementation, "implemented-requirements") {
        planned(requirement, items);
    }
}

/// What a plan says of a control.
fn planned(requirement: &Value, items: &mut Items) {
    let Some(id) = text(requirement, "control-id") else { return };
    let subject = Subject::Control(id.to_owned());
    targets(requirement, Some(&subject), items);
    let said = list(requirement, "by-components")
        .chain(list(requirement, "statements").flat_map(|statement| list(statement, "by-components")));
    for description in said.filter_map(|component| text(component, "description")) {
        items.add(&subject, "implementation", description);
    }
}

/// Findings of results, and statements of people.
fn results(body: &Value, items: &mut Items) {
    for result in list(body, "results") {
        let by_people = list(result, "attestations").next().is_some();
        for observation in list(result, "observations").filter(|_| by_people) {
            let one = |name| props(observation, PROBITY_NS, name).find_map(|prop| text(prop, "value"));
            let Some(control) = one("control-id") else { continue };
            let instant = |key| text(observation, key).and_then(|text| text.get(..10));
            let said =
                [("", one("outcome")), (" on ", instant("collected")), (", until ", instant("expires"))];
            let said: String =
                said.into_iter().filter_map(|(word, text)| Some(format!("{word}{}", text?))).collect();
            let name = format!("attestation {}", one("procedure").unwrap_or_default());
            items.add(&Subject::Control(control.to_owned()), name.trim_end(), &said);
        }
        for finding in list(result, "findings").filter(|_| !by_people) {
            let Some(target) = finding.get("target") else { continue };
            let (Some(id), Some(status)) = (text(target, "target-id"), target.get("status")) else {
                continue;
            };
            let control = id.strip_suffix("_smt").or(id.strip_suffix("_obj")).unwrap_or(id);
            items.add(
                &Subject::Control(control.to_owned()),
                "finding",
                text(status, "state").unwrap_or_default(),
            );
        }
    }
}

/// Risks that are accepted for a metric on a resource.
fn risks(body: &Value, items: &mut Items) {
    for one in list(body, "risks") {
        risk(one, items);
    }
}

fn risk(risk: &Value, items: &mut Items) {
    let all = |name| props(risk, PROBITY_NS, name).filter_map(|prop| text(prop, "value"));
    let state = [text(risk, "status"), text(risk, "deadline")];
    let state = state.into_iter().flatten().collect::<Vec<_>>().join(", until ");
    for metric in all("metric") {
        for resource in all("resource-id") {
            items.add(&Subject::Metric(metric.to_owned()), format!("waiver for {resource}"), &state);
            items.add(&Subject::Resource(resource.to_owned()), format!("waiver of {metric}"), &state);
        }
    }
}

/// The resources of an evidence set: their properties, not when they were looked at.
fn evidence(bytes: &[u8], names: &[String], items: &mut Items) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for line in text.lines() {
        if !names.is_empty() && !names.iter().any(|name| line.contains(name.as_str())) {
            continue;
        }
        let Ok(value) = serde_json::from_str::<Value>(line) else { continue };
        let Some(id) = self::text(&value, "id") else { continue };
        let subject = Subject::Resource(id.to_owned());
        match self::text(&value, "kind") {
            Some("resource") => {
                for key in ["type", "name"] {
                    items.add(&subject, key, self::text(&value, key).unwrap_or_default());
                }
                if let Some(resource) = value.get("resource") {
                    leaves(resource, &mut String::new(), &subject, items);
                }
            }
            Some("gone") => items.add(&subject, "state", "gone"),
            _ => {}
        }
    }
}

fn leaves(value: &Value, at: &mut String, subject: &Subject, items: &mut Items) {
    let Some(members) = value.as_object().filter(|members| !members.is_empty()) else {
        items.add(subject, at.as_str(), &joined(Some(value)));
        return;
    };
    for (key, value) in members {
        let length = at.len();
        if !at.is_empty() {
            at.push('.');
        }
        at.push_str(key);
        leaves(value, at, subject, items);
        at.truncate(length);
    }
}
