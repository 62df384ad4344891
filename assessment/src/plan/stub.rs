//! A marked stub of a system security plan, for systems that have none: every assessment plan has to import one.

use probity_oscal::OSCAL_VERSION;
use probity_oscal::model::SystemSecurityPlan;
use probity_oscal::model::implementation::{self, SystemComponent, SystemId};
use probity_oscal::model::metadata::Metadata;
use probity_oscal::model::ssp::{
    AuthorizationBoundary, ByComponent, ControlImplementation, ImplementedRequirement, ImportProfile,
    InformationType, Status, SystemCharacteristics, SystemImplementation, SystemInformation,
};

use crate::compile::Compiled;
use crate::identity::Identity;
use crate::props::{markup_line, one_line, ours};

/// What OSCAL calls an identifier that is a uuid (`system-id/identifier-type`).
const UUID_TYPE: &str = "http://datatracker.ietf.org/doc/html/rfc4122";

/// What a stub is made of.
#[derive(Debug, Clone, Copy)]
pub struct StubInput<'a> {
    /// System, assessment and program.
    pub identity: Identity<'a>,
    /// The profile, relative to the folder of the stub.
    pub profile: &'a str,
    /// The checks and controls.
    pub compiled: &'a Compiled,
    /// When the newest of its inputs changed (OSCAL date-time with time zone).
    pub last_modified: &'a str,
}

/// Writes a stub: valid, but saying nothing about the system that nobody has said. Metadata carries prop `stub`.
pub fn stub_ssp(input: &StubInput<'_>) -> SystemSecurityPlan {
    let identity = &input.identity;
    SystemSecurityPlan {
        uuid: identity.uuid(&["stub", "system-security-plan"]),
        metadata: Metadata {
            title: markup_line(&format!("Stub of a system security plan of {}", identity.system)),
            last_modified: input.last_modified.to_owned(),
            version: identity.version.to_owned(),
            oscal_version: OSCAL_VERSION.to_owned(),
            props: [ours("stub", "true")].into_iter().chain(identity.marked()).collect(),
            remarks: Some(format!(
                "Written by {}, because an assessment plan must import a system security plan and none was named.",
                identity.tool
            )),
            ..Metadata::default()
        },
        import_profile: ImportProfile { href: input.profile.to_owned(), remarks: None },
        system_characteristics: characteristics(identity),
        system_implementation: SystemImplementation {
            components: vec![this_system(identity)],
            ..SystemImplementation::default()
        },
        control_implementation: ControlImplementation {
            description: "Not described.".to_owned(),
            implemented_requirements: requirements(input),
            ..ControlImplementation::default()
        },
        back_matter: None,
    }
}

pub(super) fn characteristics(identity: &Identity<'_>) -> SystemCharacteristics {
    SystemCharacteristics {
        system_ids: vec![SystemId {
            identifier_type: Some(UUID_TYPE.to_owned()),
            id: identity.uuid(&["stub", "system"]),
        }],
        system_name: one_line(identity.system),
        description: "Not described.".to_owned(),
        props: vec![ours("stub", "true")],
        system_information: SystemInformation {
            information_types: vec![InformationType {
                uuid: Some(identity.uuid(&["stub", "information-type"])),
                title: "Not described".to_owned(),
                description: "Not described.".to_owned(),
                ..InformationType::default()
            }],
            ..SystemInformation::default()
        },
        status: Status { state: "other".to_owned(), remarks: Some("Not described.".to_owned()) },
        authorization_boundary: AuthorizationBoundary {
            description: "The resources of the evidence.".to_owned(),
            ..AuthorizationBoundary::default()
        },
        ..SystemCharacteristics::default()
    }
}

pub(super) fn this_system(identity: &Identity<'_>) -> SystemComponent {
    SystemComponent {
        uuid: identity.uuid(&["stub", "this-system"]),
        r#type: "this-system".to_owned(),
        title: markup_line(identity.system),
        description: "The system as a whole.".to_owned(),
        status: implementation::Status {
            state: "other".to_owned(),
            remarks: Some("Not described.".to_owned()),
        },
        ..SystemComponent::default()
    }
}

/// One requirement for each reviewed control; where there is none, for the first control that is not evaluated.
fn requirements(input: &StubInput<'_>) -> Vec<ImplementedRequirement> {
    let reviewed: Vec<&str> = input.compiled.controls.iter().map(|control| control.id.as_str()).collect();
    let other = input.compiled.not_evaluated.first().map(String::as_str);
    let ids = if reviewed.is_empty() { other.into_iter().collect() } else { reviewed };
    ids.into_iter().map(|id| requirement(&input.identity, id)).collect()
}

fn requirement(identity: &Identity<'_>, control: &str) -> ImplementedRequirement {
    ImplementedRequirement {
        uuid: identity.uuid(&["stub", "requirement", control]),
        control_id: control.to_owned(),
        by_components: vec![ByComponent {
            component_uuid: identity.uuid(&["stub", "this-system"]),
            uuid: identity.uuid(&["stub", "by-component", control]),
            description: "Not described.".to_owned(),
            ..ByComponent::default()
        }],
        ..ImplementedRequirement::default()
    }
}
