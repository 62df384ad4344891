//! The final operations: metadata, back matter, pruning (specification, "Final Operations").

use std::collections::BTreeSet;

use probity_diagnostics::{Diagnostic, Diagnostics, Location, Pointer};

use super::merge::{Merged, Source};
use super::prune::Prunable;
use super::source::ProfileSource;
use super::trace::record::Record;
use super::trace::{Because, Referrer};
use super::{ResolveOptions, codes, keeps};
use crate::model::catalog::Group;
use crate::model::control::Parameter;
use crate::model::metadata::{BackMatter, Link, Metadata, Property, Resource};
use crate::model::{Catalog, OSCAL_VERSION};
use crate::{Release, uuid5};

/// Makes the catalog of what the phases left. None where the versions of OSCAL do not mix.
pub(super) fn finish(
    profile: &ProfileSource<'_>,
    merged: Merged,
    touched: &BTreeSet<String>,
    options: &ResolveOptions,
    record: &mut Record,
    findings: &mut Diagnostics,
) -> Option<Catalog> {
    let oscal_version = oscal_version(profile, &merged.sources, findings)?;
    let metadata = metadata(profile, &merged.sources, oscal_version, options);
    let resources = resources(profile, &merged.sources);
    let uuid = uuid(profile, &merged.sources, options);
    let Merged { controls, groups, loose, stray, .. } = merged;
    let params = candidates(loose, stray, &Held::of(&controls, &groups));
    let mut prunable = Prunable::new();
    for (param, is_stray) in &params {
        let is_set = !is_stray && touched.contains(&param.id);
        let what = (param.id.as_str(), Referrer::Param(param.id.clone()));
        prunable.add(what, param, marked(&param.props).or(is_set.then_some(Because::Set)));
    }
    for resource in &resources {
        let what = (resource.uuid.as_str(), Referrer::Resource(resource.uuid.clone()));
        prunable.add(what, resource, marked(&resource.props));
    }
    prunable.follow(&Referrer::Metadata, &metadata);
    prunable.follow_controls(&controls);
    prunable.follow_groups(&groups);
    let stays = prunable.finish();
    let (param_stays, resource_stays) = stays.split_at(params.len().min(stays.len()));
    record.pruned(&params, param_stays, &resources, resource_stays);
    let params = params.into_iter().zip(param_stays).filter(|(_, stays)| stays.is_some());
    let params = params.map(|((param, _), _)| param).collect();
    let resources = resources.into_iter().zip(resource_stays).filter(|(_, stays)| stays.is_some());
    let resources: Vec<Resource> = resources.map(|(resource, _)| resource.clone()).collect();
    let back_matter = (!resources.is_empty()).then_some(BackMatter { resources });
    Some(Catalog { uuid, metadata, params, controls, groups, back_matter })
}

/// Whether props mark their object to be kept, as a reason.
fn marked(props: &[Property]) -> Option<Because> {
    keeps(props).then_some(Because::Marked)
}

/// The ids of parameters that controls and groups of the result hold.
struct Held(BTreeSet<String>);

impl Held {
    fn of(controls: &[crate::model::catalog::Control], groups: &[Group]) -> Self {
        let mut held = Self(BTreeSet::new());
        held.add_controls(controls);
        held.add_groups(groups);
        held
    }

    fn add_controls(&mut self, controls: &[crate::model::catalog::Control]) {
        for control in controls {
            self.0.extend(control.params.iter().map(|param| param.id.clone()));
            self.add_controls(&control.controls);
        }
    }

    fn add_groups(&mut self, groups: &[Group]) {
        for group in groups {
            self.0.extend(group.params.iter().map(|param| param.id.clone()));
            self.add_controls(&group.controls);
            self.add_groups(&group.groups);
        }
    }
}

/// Parameters that may stand in the catalog itself, each id once, and whether each comes from a control that does not
/// appear.
fn candidates(loose: Vec<Parameter>, stray: Vec<Parameter>, held: &Held) -> Vec<(Parameter, bool)> {
    let mut seen = BTreeSet::new();
    let loose = loose.into_iter().map(|param| (param, false));
    loose
        .chain(stray.into_iter().map(|param| (param, true)))
        .filter(|(param, _)| !held.0.contains(&param.id) && seen.insert(param.id.clone()))
        .collect()
}

/// The uuid of the catalog: the same for the same profile, imports and time.
fn uuid(profile: &ProfileSource<'_>, sources: &[Source], options: &ResolveOptions) -> String {
    let time = options.last_modified.to_string();
    let own = [profile.model.uuid.as_str(), &profile.model.metadata.last_modified, &time];
    let imported = sources
        .iter()
        .flat_map(|source| [source.catalog.uuid.as_str(), &source.catalog.metadata.last_modified]);
    let parts: Vec<&str> = ["resolved-catalog"].into_iter().chain(own).chain(imported).collect();
    uuid5(&parts)
}

/// The most recent version among the documents, at most the one of this build (req-meta-oscal-version); different major
/// versions are an error (req-meta-oscalversion-error).
fn oscal_version(
    profile: &ProfileSource<'_>,
    sources: &[Source],
    findings: &mut Diagnostics,
) -> Option<String> {
    let own: Option<Release> = OSCAL_VERSION.parse().ok();
    let place = Pointer::from_text("/profile/metadata/oscal-version");
    let profile_site = Location::value(&profile.file, &place);
    let documents = [(&profile.model.metadata, profile_site)]
        .into_iter()
        .chain(sources.iter().map(|source| (&source.catalog.metadata, source.site.key("href").location())));
    let (mut latest, mut is_mixed) = (None, false);
    for (metadata, location) in documents {
        let Ok(release) = metadata.oscal_version.parse::<Release>() else { continue };
        if own.is_some_and(|own| own.major != release.major) {
            let message =
                format!("`{}` follows OSCAL {release}, this build OSCAL {OSCAL_VERSION}", metadata.title);
            findings.push(Diagnostic::error(&codes::MAJOR_VERSION, message).at(location));
            is_mixed = true;
        }
        latest = latest.max(Some(release));
    }
    let version = latest.min(own).or(own).map_or(OSCAL_VERSION.to_owned(), |release| release.to_string());
    (!is_mixed).then_some(version)
}

/// The metadata of the profile, less what describes the profile as a document, and what the specification adds.
fn metadata(
    profile: &ProfileSource<'_>,
    sources: &[Source],
    oscal_version: String,
    options: &ResolveOptions,
) -> Metadata {
    let own = &profile.model.metadata;
    let mut metadata = Metadata {
        title: own.title.clone(),
        last_modified: options.last_modified.to_string(),
        version: own.version.clone(),
        oscal_version,
        props: own.props.clone(),
        links: own.links.clone(),
        roles: own.roles.clone(),
        locations: own.locations.clone(),
        parties: own.parties.clone(),
        responsible_parties: own.responsible_parties.clone(),
        remarks: own.remarks.clone(),
        ..Metadata::default()
    };
    metadata.props.retain(|prop| !matches!(prop.name.as_str(), "resolution-tool" | "source-profile-uuid"));
    metadata.props.push(prop("resolution-tool", concat!("Probity ", env!("CARGO_PKG_VERSION"))));
    metadata.props.push(prop("source-profile-uuid", &profile.model.uuid));
    let href = options.source_profile.clone().unwrap_or_else(|| profile.file.to_string());
    metadata.links.retain(|link| link.rel.as_deref() != Some("source-profile"));
    metadata.links.push(Link { href, rel: Some("source-profile".to_owned()), ..Link::default() });
    for source in sources {
        keep_marked(&mut metadata, &source.catalog.metadata);
    }
    metadata
}

/// Takes over the roles and parties of an imported catalog that are marked to be kept (req-meta-keep).
fn keep_marked(metadata: &mut Metadata, imported: &Metadata) {
    for role in imported.roles.iter().filter(|role| keeps(&role.props)) {
        if metadata.roles.iter().all(|own| own.id != role.id) {
            metadata.roles.push(role.clone());
        }
    }
    for party in imported.parties.iter().filter(|party| keeps(&party.props)) {
        if metadata.parties.iter().all(|own| own.uuid != party.uuid) {
            metadata.parties.push(party.clone());
        }
    }
}

fn prop(name: &str, value: &str) -> Property {
    Property { name: name.to_owned(), value: value.to_owned(), ..Property::default() }
}

/// The resources of the imported catalogs, then those of the profile (req-backmatter). A later one takes the place of an
/// earlier one with its uuid (req-backmatter-dupe), unless only the earlier one is marked to be kept
/// (req-backmatter-keep).
fn resources<'a>(profile: &ProfileSource<'a>, sources: &'a [Source]) -> Vec<&'a Resource> {
    let imported = sources.iter().filter_map(|source| source.catalog.back_matter.as_ref());
    let all = imported.chain(&profile.model.back_matter).flat_map(|back_matter| &back_matter.resources);
    let mut resources: Vec<&Resource> = Vec::new();
    for resource in all {
        match resources.iter().position(|earlier| earlier.uuid == resource.uuid) {
            Some(at)
                if resources.get(at).is_some_and(|earlier| keeps(&earlier.props))
                    && !keeps(&resource.props) => {}
            Some(at) => {
                resources.remove(at);
                resources.push(resource);
            }
            None => resources.push(resource),
        }
    }
    resources
}
