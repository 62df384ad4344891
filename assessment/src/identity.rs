//! Who an assessment is: what its documents derive their uuids and titles from.

use probity_oscal::model::metadata::Property;
use probity_oscal::model::{assessment, implementation};
use probity_oscal::{OSCAL_NS, uuid5};
use uuid::Uuid;

/// System and assessment that documents are about, and the program that writes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity<'a> {
    /// Name of the system.
    pub system: &'a str,
    /// Name of the assessment in `probity.toml`.
    pub assessment: &'a str,
    /// Name of the program, such as `Probity`.
    pub tool: &'a str,
    /// Its version.
    pub version: &'a str,
}

impl Identity<'_> {
    /// The uuid of what `key` names within this system and assessment: the same in every edition of its documents.
    pub fn uuid(&self, key: &[&str]) -> String {
        let parts: Vec<&str> =
            [self.system, self.assessment].into_iter().chain(key.iter().copied()).collect();
        uuid5(&parts)
    }

    /// The uuid of the component that stands for the program: the origin of its observations.
    pub fn tool_uuid(&self) -> String {
        uuid5(&["tool", self.tool, self.version])
    }

    /// The uuid of the resource with that id, the same in every assessment.
    pub(crate) fn resource_uuid(id: &str) -> Uuid {
        Uuid::parse_str(&uuid5(&["resource", id])).unwrap_or_default()
    }

    /// The program as a component of the assessment assets.
    pub(crate) fn tool_component(&self) -> implementation::SystemComponent {
        implementation::SystemComponent {
            uuid: self.tool_uuid(),
            r#type: "software".to_owned(),
            title: self.tool.to_owned(),
            description: "Compiles controls to checks and runs them on evidence.".to_owned(),
            props: vec![Property {
                name: "version".to_owned(),
                ns: Some(OSCAL_NS.to_owned()),
                value: self.version.to_owned(),
                ..Property::default()
            }],
            status: implementation::Status { state: "operational".to_owned(), ..Default::default() },
            ..Default::default()
        }
    }

    /// The program as the origin of something.
    pub(crate) fn origin(&self) -> assessment::Origin {
        let actor = assessment::OriginActor {
            r#type: "tool".to_owned(),
            actor_uuid: self.tool_uuid(),
            ..Default::default()
        };
        assessment::Origin { actors: vec![actor], ..Default::default() }
    }
}
