//! Who an assessment is: what its documents derive their uuids and titles from.

use probity_oscal::model::metadata::Property;
use probity_oscal::model::{assessment, implementation};
use probity_oscal::own::{Scope, marking};
use probity_oscal::{OSCAL_NS, uuid5};
use uuid::Uuid;

use crate::props::markup_line;

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
    /// The label of the Traffic Light Protocol that its documents bear, where they bear one.
    pub marking: Option<&'a str>,
}

impl Identity<'_> {
    /// The prop that marks a document, where it bears a label.
    pub(crate) fn marked(&self) -> Option<Property> {
        self.marking.map(marking)
    }

    /// The uuid of what `key` names within this system and assessment: the same in every edition of its documents.
    pub fn uuid(&self, key: &[&str]) -> String {
        Scope { system: self.system, assessment: self.assessment }.uuid(key)
    }

    /// The uuid of the component that stands for the program: the origin of its observations.
    pub fn tool_uuid(&self) -> String {
        Tool { name: self.tool, version: Some(self.version) }.uuid()
    }

    /// The uuid of the resource with that id, the same in every assessment.
    pub(crate) fn resource_uuid(id: &str) -> Uuid {
        Uuid::parse_str(&uuid5(&["resource", id])).unwrap_or_default()
    }

    /// The program as a component of the assessment assets.
    pub(crate) fn tool_component(&self) -> implementation::SystemComponent {
        Tool { name: self.tool, version: Some(self.version) }
            .component("Compiles controls to checks and runs them on evidence.")
    }

    /// The program as the origin of something.
    pub(crate) fn origin(&self) -> assessment::Origin {
        Tool { name: self.tool, version: Some(self.version) }.origin()
    }
}

/// A tool that observes: our own, or one of which results are imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Tool<'a> {
    pub(crate) name: &'a str,
    pub(crate) version: Option<&'a str>,
}

impl Tool<'_> {
    fn uuid(self) -> String {
        uuid5(&["tool", self.name, self.version.unwrap_or_default()])
    }

    /// The tool as a component.
    pub(crate) fn component(self, description: &str) -> implementation::SystemComponent {
        let version = self.version.map(|version| Property {
            name: "version".to_owned(),
            ns: Some(OSCAL_NS.to_owned()),
            value: version.to_owned(),
            ..Property::default()
        });
        implementation::SystemComponent {
            uuid: self.uuid(),
            r#type: "software".to_owned(),
            title: markup_line(self.name),
            description: description.to_owned(),
            props: version.into_iter().collect(),
            status: implementation::Status { state: "operational".to_owned(), ..Default::default() },
            ..Default::default()
        }
    }

    /// The tool as the origin of something.
    pub(crate) fn origin(self) -> assessment::Origin {
        let actor = assessment::OriginActor {
            r#type: "tool".to_owned(),
            actor_uuid: self.uuid(),
            ..Default::default()
        };
        assessment::Origin { actors: vec![actor], ..Default::default() }
    }
}
