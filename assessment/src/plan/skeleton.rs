//! The skeleton of a system security plan: a requirement for each control of the profile, with what component definitions say of
//! it, and marked places for what only people can write.
//!
//! Prop `stub` with value `true` marks what is still to be written; its text is "Not described."

use std::collections::{BTreeMap, BTreeSet};

use probity_oscal::model::catalog::{Catalog, Control, Group};
use probity_oscal::model::component::{self, DefinedComponent};
use probity_oscal::model::control::Parameter;
use probity_oscal::model::implementation::{
    ImplementationStatus, SetParameter, Status, SystemComponent, SystemUser,
};
use probity_oscal::model::metadata::{Metadata, ResponsibleRole, Role};
use probity_oscal::model::ssp::{
    ByComponent, ControlImplementation, ImplementedRequirement, ImportProfile, Statement,
    SystemImplementation,
};
use probity_oscal::model::{ComponentDefinition, SystemSecurityPlan};
use probity_oscal::{OSCAL_VERSION, uuid5};

use probity_register::Certificate;

use super::leveraged::{self, Leveraged};
use super::stub::{characteristics, this_system};
use crate::identity::Identity;
use crate::props::{markup_line, ours};

/// The role that answers for a control until somebody is named.
const OWNER: &str = "control-owner";
/// What stands where people have to write.
pub(super) const OPEN: &str = "Not described.";

/// What a skeleton is made of.
#[derive(Debug, Clone, Copy)]
pub struct SkeletonInput<'a> {
    /// System and program; the assessment is not part of a plan.
    pub identity: Identity<'a>,
    /// The profile, seen from the folder of the plan.
    pub profile: &'a str,
    /// The resolved catalog.
    pub catalog: &'a Catalog,
    /// Component definitions, each with which of its control implementations are about the catalog: by uuid.
    pub definitions: &'a [(ComponentDefinition, BTreeSet<String>)],
    /// Certificates and reports in force that controls of the catalog may be inherited from.
    pub certificates: &'a [Certificate],
    /// When the newest of its inputs changed (OSCAL date-time with time zone).
    pub last_modified: &'a str,
}

/// Writes a skeleton.
pub fn skeleton(input: &SkeletonInput<'_>) -> SystemSecurityPlan {
    let identity = &input.identity;
    let components = components(input);
    let controls = controls(input.catalog);
    let mut roles = vec![Role {
        id: OWNER.to_owned(),
        title: "Owner of a control".to_owned(),
        remarks: Some("Stands where nobody is named yet.".to_owned()),
        ..Role::default()
    }];
    for role in input.definitions.iter().flat_map(|(definition, _)| &definition.metadata.roles) {
        if roles.iter().all(|known| known.id != role.id) {
            roles.push(role.clone());
        }
    }
    let leveraged = leveraged::systems(input.certificates, &controls);
    let mut listed = vec![this_system(identity)];
    listed.extend(components.iter().map(|part| part.listed.clone()));
    listed.extend(leveraged.iter().map(|system| system.component(identity)));
    SystemSecurityPlan {
        uuid: identity.uuid(&["skeleton", "system-security-plan"]),
        metadata: Metadata {
            title: markup_line(&format!("System security plan of {}", identity.system)),
            last_modified: input.last_modified.to_owned(),
            version: "0.1".to_owned(),
            oscal_version: OSCAL_VERSION.to_owned(),
            props: [ours("stub", "true")].into_iter().chain(identity.marked()).collect(),
            roles,
            parties: leveraged::parties(&leveraged, identity),
            remarks: Some(format!(
                "A skeleton written by {}. What carries the prop `stub` is still to be written.",
                identity.tool
            )),
            ..Metadata::default()
        },
        import_profile: ImportProfile { href: input.profile.to_owned(), remarks: None },
        system_characteristics: characteristics(identity),
        system_implementation: SystemImplementation {
            leveraged_authorizations: leveraged.iter().map(|system| system.authorization(identity)).collect(),
            users: vec![user(identity)],
            components: listed,
            ..SystemImplementation::default()
        },
        control_implementation: ControlImplementation {
            description: OPEN.to_owned(),
            implemented_requirements: controls
                .iter()
                .map(|control| requirement(input, control, &components, &leveraged))
                .collect(),
            ..ControlImplementation::default()
        },
        back_matter: None,
    }
}

fn user(identity: &Identity<'_>) -> SystemUser {
    SystemUser {
        uuid: identity.uuid(&["skeleton", "user"]),
        title: Some("Owner of a control".to_owned()),
        description: Some(OPEN.to_owned()),
        props: vec![ours("stub", "true")],
        role_ids: vec![OWNER.to_owned()],
        ..SystemUser::default()
    }
}

/// A component of a definition, and what it does for controls.
struct Part<'a> {
    listed: SystemComponent,
    implementations: Vec<&'a component::ControlImplementation>,
}

/// The components that do something for the catalog, each once.
fn components<'a>(input: &SkeletonInput<'a>) -> Vec<Part<'a>> {
    let mut seen = BTreeSet::new();
    let mut parts = Vec::new();
    for (definition, about) in input.definitions {
        for component in &definition.components {
            let implementations: Vec<_> =
                component.control_implementations.iter().filter(|one| about.contains(&one.uuid)).collect();
            if !implementations.is_empty() && seen.insert(&component.uuid) {
                parts.push(Part { listed: listed(component), implementations });
            }
        }
    }
    parts
}

fn listed(component: &DefinedComponent) -> SystemComponent {
    SystemComponent {
        uuid: component.uuid.clone(),
        r#type: component.r#type.clone(),
        title: component.title.clone(),
        description: component.description.clone(),
        purpose: component.purpose.clone(),
        props: vec![ours("stub", "true")],
        status: Status { state: "other".to_owned(), remarks: Some(OPEN.to_owned()) },
        responsible_roles: component.responsible_roles.iter().map(role_alone).collect(),
        ..SystemComponent::default()
    }
}

/// A role without the people of another document.
fn role_alone(role: &ResponsibleRole) -> ResponsibleRole {
    ResponsibleRole { role_id: role.role_id.clone(), ..ResponsibleRole::default() }
}

/// The controls that are not withdrawn, in the order of the catalog.
fn controls(catalog: &Catalog) -> Vec<&Control> {
    let mut controls = Vec::new();
    catalog.groups.iter().for_each(|group| of_group(group, &mut controls));
    catalog.controls.iter().for_each(|control| of_control(control, &mut controls));
    controls
}

fn of_group<'a>(group: &'a Group, controls: &mut Vec<&'a Control>) {
    group.controls.iter().for_each(|control| of_control(control, controls));
    group.groups.iter().for_each(|inner| of_group(inner, controls));
}

fn of_control<'a>(control: &'a Control, controls: &mut Vec<&'a Control>) {
    let status = |value: &str| value.eq_ignore_ascii_case("withdrawn");
    if !control.props.iter().any(|prop| prop.name == "status" && status(&prop.value)) {
        controls.push(control);
    }
    control.controls.iter().for_each(|inner| of_control(inner, controls));
}

fn requirement(
    input: &SkeletonInput<'_>,
    control: &Control,
    parts: &[Part<'_>],
    leveraged: &[Leveraged<'_>],
) -> ImplementedRequirement {
    let identity = &input.identity;
    let mut by_components = vec![ByComponent {
        component_uuid: identity.uuid(&["stub", "this-system"]),
        uuid: identity.uuid(&["skeleton", "by-component", &control.id]),
        description: OPEN.to_owned(),
        props: vec![ours("stub", "true")],
        implementation_status: Some(planned()),
        ..ByComponent::default()
    }];
    let mut roles = BTreeSet::new();
    let mut statements: BTreeMap<&str, Statement> = BTreeMap::new();
    for part in parts {
        let of_part = part.implementations.iter().flat_map(|one| &one.implemented_requirements);
        let mut descriptions = Vec::new();
        for said in of_part.filter(|said| said.control_id == control.id) {
            descriptions.push(said.description.clone());
            roles.extend(said.responsible_roles.iter().map(|role| role.role_id.clone()));
            for of in &said.statements {
                state(identity, &mut statements, &part.listed.uuid, of);
            }
        }
        if !descriptions.is_empty() {
            by_components.push(by(identity, &control.id, &part.listed.uuid, &descriptions));
        }
    }
    by_components.extend(leveraged.iter().filter_map(|system| system.by_component(&control.id, identity)));
    if roles.is_empty() {
        roles.insert(OWNER.to_owned());
    }
    ImplementedRequirement {
        uuid: identity.uuid(&["skeleton", "requirement", &control.id]),
        control_id: control.id.clone(),
        set_parameters: set_parameters(control, parts),
        responsible_roles: roles
            .into_iter()
            .map(|role_id| ResponsibleRole { role_id, ..ResponsibleRole::default() })
            .collect(),
        statements: statements.into_values().collect(),
        by_components,
        ..ImplementedRequirement::default()
    }
}

fn planned() -> ImplementationStatus {
    ImplementationStatus { state: "planned".to_owned(), remarks: Some(OPEN.to_owned()) }
}

/// What a component says of something, in the words of its definition.
fn by(identity: &Identity<'_>, of: &str, component: &str, descriptions: &[String]) -> ByComponent {
    ByComponent {
        component_uuid: component.to_owned(),
        uuid: identity.uuid(&["skeleton", "by-component", of, component]),
        description: descriptions.join("\n\n"),
        implementation_status: Some(planned()),
        ..ByComponent::default()
    }
}

fn state<'a>(
    identity: &Identity<'_>,
    statements: &mut BTreeMap<&'a str, Statement>,
    component: &str,
    said: &'a component::Statement,
) {
    let statement = statements.entry(&said.statement_id).or_insert_with(|| Statement {
        statement_id: said.statement_id.clone(),
        uuid: uuid5(&[&identity.uuid(&["skeleton", "statement"]), &said.statement_id]),
        ..Statement::default()
    });
    if statement.by_components.iter().all(|by| by.component_uuid != component) {
        let said_by = by(identity, &said.statement_id, component, std::slice::from_ref(&said.description));
        statement.by_components.push(said_by);
    }
}

/// The parameters of a control that have a value: by the profile, else by a definition. Targets of metrics are none of them.
fn set_parameters(control: &Control, parts: &[Part<'_>]) -> Vec<SetParameter> {
    let said = || {
        parts.iter().flat_map(|part| &part.implementations).flat_map(|one| {
            let of_control = one.implemented_requirements.iter().filter(|said| said.control_id == control.id);
            one.set_parameters.iter().chain(of_control.flat_map(|said| &said.set_parameters))
        })
    };
    let values = |param: &Parameter| {
        if !param.values.is_empty() {
            return Some(param.values.clone());
        }
        said().find(|set| set.param_id == param.id).map(|set| set.values.clone())
    };
    let set = control.params.iter().filter_map(|param| {
        Some(SetParameter { param_id: param.id.clone(), values: values(param)?, remarks: None })
    });
    set.collect()
}
