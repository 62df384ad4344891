//! The modify phase, first part: parameters (specification, "Setting Parameters").

use std::collections::{BTreeMap, BTreeSet};

use probity_diagnostics::{Diagnostic, Diagnostics, Pointer};

use super::merge::Merged;
use super::select::Site;
use super::similar::similar;
use super::source::ProfileSource;
use super::trace::change::Changes;
use super::trace::record::{Owner, Record};
use super::{alter, codes};
use crate::model::catalog::{Control, Group};
use crate::model::control::Parameter;
use crate::model::metadata::{Link, Property};
use crate::model::profile::SetParameter;

/// Applies `modify`: first all parameters, then all alterations, each in the order of the profile. Returns the ids of
/// the parameters that were set, which stay even where nothing refers to them (req-prune-modify).
pub(super) fn modify(
    profile: &ProfileSource<'_>,
    merged: &mut Merged,
    record: &mut Record,
    findings: &mut Diagnostics,
) -> BTreeSet<String> {
    let Some(modify) = &profile.model.modify else {
        return BTreeSet::new();
    };
    let site = Site { file: profile.file.clone(), pointer: Pointer::from_text("/profile/modify") };
    let touched =
        set_parameters(&modify.set_parameters, &site.key("set-parameters"), merged, record, findings);
    alter::alter(&modify.alters, &site.key("alters"), merged, record, findings);
    touched
}

/// Applies all directives for a parameter in their sequence (req-modify-param-multi).
fn set_parameters(
    directives: &[SetParameter],
    site: &Site,
    merged: &mut Merged,
    record: &mut Record,
    findings: &mut Diagnostics,
) -> BTreeSet<String> {
    let mut by_id: BTreeMap<&str, Vec<(usize, &SetParameter)>> = BTreeMap::new();
    for (i, directive) in directives.iter().enumerate() {
        by_id.entry(&directive.param_id).or_default().push((i, directive));
    }
    let mut set_all = |owner: Owner<'_>, param: &mut Parameter| -> bool {
        let directives = by_id.get(param.id.as_str());
        for (i, directive) in directives.into_iter().flatten() {
            let mut changes = record.changes();
            set(param, directive, &mut changes);
            record.set(owner, param, changes, || site.index(*i));
        }
        directives.is_some()
    };
    let mut found = BTreeSet::new();
    each_parameter(merged, &mut |owner, param| {
        if set_all(owner, param) {
            found.insert(param.id.clone());
        }
    });
    for param in &mut merged.stray {
        set_all(Owner::Other, param);
    }
    report_unknown(directives, &found, site, merged, findings);
    found
}

/// Warns of directives for parameters that are not there (req-modify-set-param-warning).
fn report_unknown(
    directives: &[SetParameter],
    found: &BTreeSet<String>,
    site: &Site,
    merged: &mut Merged,
    findings: &mut Diagnostics,
) {
    let missing = directives.iter().enumerate().filter(|(_, directive)| !found.contains(&directive.param_id));
    let missing: Vec<(usize, &str)> =
        missing.map(|(i, directive)| (i, directive.param_id.as_str())).collect();
    if missing.is_empty() {
        return;
    }
    let mut known = BTreeSet::new();
    each_parameter(merged, &mut |_, param| {
        known.insert(param.id.clone());
    });
    let stray: BTreeSet<&str> = merged.stray.iter().map(|param| param.id.as_str()).collect();
    for (i, id) in missing {
        let site = site.index(i).key("param-id");
        findings.push(unknown(id, stray.contains(id), &known).at(site.location()));
    }
}

fn unknown(id: &str, is_stray: bool, known: &BTreeSet<String>) -> Diagnostic {
    if is_stray {
        let message = format!("the parameter `{id}` belongs to a control that is not selected");
        return Diagnostic::warning(&codes::UNKNOWN_PARAMETER, message);
    }
    let message = format!("no selected control or group has a parameter `{id}`");
    let finding = Diagnostic::warning(&codes::UNKNOWN_PARAMETER, message);
    match similar(id, known.iter().map(String::as_str)) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    }
}

/// Every parameter: loose ones, those of groups, those of controls.
fn each_parameter(merged: &mut Merged, act: &mut impl FnMut(Owner<'_>, &mut Parameter)) {
    merged.loose.iter_mut().for_each(|param| act(Owner::Other, param));
    each_in_groups(&mut merged.groups, act);
    merged.each_control(&mut |control: &mut Control| {
        let Control { id, params, .. } = control;
        params.iter_mut().for_each(|param| act(Owner::Control(id), param));
    });
}

fn each_in_groups(groups: &mut [Group], act: &mut impl FnMut(Owner<'_>, &mut Parameter)) {
    for group in groups {
        group.params.iter_mut().for_each(|param| act(Owner::Other, param));
        each_in_groups(&mut group.groups, act);
    }
}

/// Replaces what there can be one of (req-modify-set-param-objects1) and adds to what there can be many of
/// (req-modify-set-param-objects2, -objects3).
fn set(param: &mut Parameter, directive: &SetParameter, changes: &mut Changes) {
    if !directive.values.is_empty() || directive.select.is_some() {
        changes.list("values", &param.values, &directive.values);
        changes.one("select", param.select.as_ref(), directive.select.as_ref());
        param.values.clone_from(&directive.values);
        param.select.clone_from(&directive.select);
    }
    let texts = [
        ("label", &mut param.label, &directive.label),
        ("class", &mut param.class, &directive.class),
        ("usage", &mut param.usage, &directive.usage),
        ("depends-on", &mut param.depends_on, &directive.depends_on),
    ];
    for (name, text, new) in texts {
        if new.is_some() {
            changes.one(name, text.as_ref(), new.as_ref());
            text.clone_from(new);
        }
    }
    changes.list("constraints", &[], &directive.constraints);
    param.constraints.extend_from_slice(&directive.constraints);
    changes.list("guidelines", &[], &directive.guidelines);
    param.guidelines.extend_from_slice(&directive.guidelines);
    let gone = add_props(&mut param.props, &directive.props);
    changes.list("props", &gone, &directive.props);
    let gone = add_links(&mut param.links, &directive.links);
    changes.list("links", &gone, &directive.links);
}

/// Adds props; one with the uuid of an added one, or equal to it, goes first. Returns those that went.
fn add_props(props: &mut Vec<Property>, added: &[Property]) -> Vec<Property> {
    let mut gone = Vec::new();
    for prop in added {
        let is_same = |old: &mut Property| old == prop || (old.uuid.is_some() && old.uuid == prop.uuid);
        gone.extend(props.extract_if(.., is_same));
        props.push(prop.clone());
    }
    gone
}

fn add_links(links: &mut Vec<Link>, added: &[Link]) -> Vec<Link> {
    let mut gone = Vec::new();
    for link in added {
        gone.extend(links.extract_if(.., |old| old == link));
        links.push(link.clone());
    }
    gone
}
