//! A bundle held to what `FedRAMP` asks of Rev. 5 packages beyond OSCAL: of the system security plan above all.
//!
//! These are the needs that its published constraints state for every package, in short. The constraints themselves are a file of
//! `FedRAMP`'s, which `probity validate --constraints` applies to the documents of the bundle.

use probity_diagnostics::{Diagnostics, Location, Pointer, Step};
use probity_oscal::release::RELEASES;
use serde_json::Value;

use super::closure::{Document, closure};
use super::emass::acronym;
use super::{Export, Source, bundle, refused};

/// What `FedRAMP` identifies a system by.
const IDENTIFIER: &str = "http://fedramp.gov/ns/oscal";
/// Roles that have to be filled.
const ROLES: [&str; 6] = [
    "cloud-service-provider",
    "prepared-by",
    "system-owner",
    "authorizing-official",
    "system-poc-management",
    "system-poc-technical",
];
/// Properties of the system's characteristics that have to stand: where, and what they are.
const NEEDED: [(&str, &str); 7] = [
    ("/system-characteristics/security-sensitivity-level", "the security sensitivity level"),
    ("/system-characteristics/security-impact-level", "the security impact level"),
    ("/system-characteristics/authorization-boundary/diagrams", "a diagram of the authorisation boundary"),
    ("/system-characteristics/network-architecture/diagrams", "a diagram of the network"),
    ("/system-characteristics/data-flow/diagrams", "a diagram of the flow of data"),
    ("/system-characteristics/date-authorized", "the day of the authorisation"),
    ("/system-implementation/users", "the users of the system"),
];
/// Props of the system's characteristics, by name.
const PROPS: [&str; 4] =
    ["cloud-service-model", "cloud-deployment-model", "identity-assurance-level", "fully-operational-date"];

pub(super) fn write(source: Source<'_>) -> Step<Export> {
    let mut found = Diagnostics::new();
    let Some(closed) = found.absorb(closure(source)) else { return Err(found) };
    if let Some(plan) = closed.documents.iter().find(|document| document.model == "system-security-plan") {
        found.extend(check(plan));
    } else {
        let message = "the results lead to no system security plan, without which there is no package";
        found.push(refused(message, Location::file(source.results), "name it as `ssp` in `probity.toml`"));
    }
    let catalog = closed.documents.iter().find(|document| document.name == "catalog.json");
    found.extend(catalog.and_then(baseline));
    if found.has_errors() {
        return Err(found);
    }
    let Some(release) = RELEASES.first() else { return Err(found) };
    let Some(export) = found.absorb(bundle::of(source, closed, *release)) else { return Err(found) };
    found.unless_errors(export)
}

/// Whether the catalog is of the controls that baselines of `FedRAMP` are made of.
fn baseline(document: &Document) -> Option<probity_diagnostics::Diagnostic> {
    let mut ids = Vec::new();
    control_ids(&document.value, &mut ids);
    let strange = ids.iter().find(|id| acronym(id).is_none())?;
    let message = format!("FedRAMP's baselines are of NIST SP 800-53; `{strange}` is no control of it");
    let help = "assess against a baseline of FedRAMP";
    Some(refused(message, Location::file(&document.path), help))
}

fn control_ids<'a>(value: &'a Value, ids: &mut Vec<&'a str>) {
    let Some(members) = value.as_object() else { return };
    for (key, inner) in members {
        for item in inner.as_array().into_iter().flatten() {
            if key == "controls" {
                ids.extend(item.get("id").and_then(Value::as_str));
            }
            if matches!(key.as_str(), "controls" | "groups") {
                control_ids(item, ids);
            }
        }
        if inner.is_object() {
            control_ids(inner, ids);
        }
    }
}

fn check(document: &Document) -> Diagnostics {
    let mut found = Diagnostics::new();
    let Some(plan) = document.value.get("system-security-plan") else { return found };
    let root = "/system-security-plan";
    let at = |pointer: &str| Location::value(&document.path, &Pointer::from_text(format!("{root}{pointer}")));
    for (pointer, what) in NEEDED {
        if plan.pointer(pointer).is_none() {
            let message = format!("FedRAMP asks for {what}");
            let (parent, key) = pointer.rsplit_once('/').unwrap_or_default();
            found.push(refused(message, at(nearest(plan, parent)), &format!("write `{key}`")));
        }
    }
    let list = |pointer: &str| plan.pointer(pointer).and_then(Value::as_array).cloned().unwrap_or_default();
    let text =
        |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let props = list("/system-characteristics/props");
    for name in PROPS.iter().filter(|name| props.iter().all(|prop| text(prop, "name") != **name)) {
        let message = format!("FedRAMP asks for the property `{name}` of the system");
        let help = format!("add a prop `{name}` to `system-characteristics`");
        found.push(refused(message, at("/system-characteristics"), &help));
    }
    let roles = list("/metadata/responsible-parties");
    for role in ROLES.iter().filter(|role| roles.iter().all(|one| text(one, "role-id") != **role)) {
        let message = format!("FedRAMP asks who has the role `{role}`");
        let help = format!("add a `responsible-parties` entry for `{role}`");
        found.push(refused(message, at("/metadata"), &help));
    }
    let ids = list("/system-characteristics/system-ids");
    if ids.iter().all(|id| text(id, "identifier-type") != IDENTIFIER) {
        let message = "FedRAMP asks for the identifier that it gave the system";
        let help = format!("add a `system-ids` entry with `identifier-type: {IDENTIFIER}`");
        found.push(refused(message, at("/system-characteristics"), &help));
    }
    found
}

/// The nearest place above `pointer` that is there.
fn nearest<'a>(plan: &Value, pointer: &'a str) -> &'a str {
    let mut place = pointer;
    while plan.pointer(place).is_none() {
        place = place.rsplit_once('/').map_or("", |(above, _)| above);
    }
    place
}
