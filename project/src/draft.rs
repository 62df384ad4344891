//! Drafts of documents that people finish.

use std::collections::BTreeSet;

use jiff::civil::Date;
use probity_assessment::Identity;
use probity_assessment::plan::{SkeletonInput, skeleton};
use probity_diagnostics::{Diagnostics, FileTree, Step, TreePath};
use probity_oscal::model::{ComponentDefinition, SystemSecurityPlan};
use probity_sharing::Label;

use crate::config::{Assessment, LoadedConfig};
use crate::job::{TOOL, VERSION};
use crate::register;
use crate::steps::{self, Parts};

/// The skeleton of a system security plan, made of the profile of an assessment and of the component definitions that say how
/// its controls are implemented, with what is inherited on that day from the reports of suppliers. It will lie in `file`.
///
/// # Errors
/// The profile cannot be resolved, or a definition or certificate cannot be read.
pub fn system_security_plan(
    tree: &dyn FileTree,
    loaded: &LoadedConfig,
    index: usize,
    assessment: &Assessment,
    (file, on): (&TreePath, Date),
) -> Step<SystemSecurityPlan> {
    let mut found = Diagnostics::new();
    let parts = Parts::of_assessment(tree, loaded, index, assessment)?;
    let profile = file.parent().relative(&parts.profile);
    let Some(resolved) = found.absorb(steps::resolve_with_sources(tree, &parts.profile, profile.clone()))
    else {
        return Err(found);
    };
    let mut definitions = Vec::new();
    for path in &parts.mappings {
        let read: Option<ComponentDefinition> = found.absorb(probity_oscal::load_as(tree, path));
        let Some(definition) = read else { continue };
        let all = definition.components.iter().flat_map(|component| &component.control_implementations);
        let about = all.filter(|one| resolved.is_meant_by(path, &one.source));
        let about: BTreeSet<String> = about.map(|one| one.uuid.clone()).collect();
        if !about.is_empty() {
            definitions.push((definition, about));
        }
    }
    let mut certificates = found.absorb(register::certificates(tree, loaded)).unwrap_or_default();
    certificates.retain(|one| one.status(on).is_in_force());
    for one in &mut certificates {
        let file = &one.file;
        one.inherited.retain(|it| file.sibling(&it.source).is_ok_and(|of| resolved.sources.contains(&of)));
    }
    let identity = Identity {
        system: &loaded.config.system.name,
        assessment: &assessment.name,
        tool: TOOL,
        version: VERSION,
        marking: loaded.marking(assessment).map(Label::as_str),
    };
    let plan = skeleton(&SkeletonInput {
        identity,
        profile: &profile,
        catalog: &resolved.catalog,
        definitions: &definitions,
        certificates: &certificates,
        last_modified: &resolved.catalog.metadata.last_modified,
    });
    found.unless_errors(plan)
}
