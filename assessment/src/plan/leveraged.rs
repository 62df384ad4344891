//! Systems of suppliers that a system stands on, as a system security plan says it: a leveraged authorization for each report in
//! force, a component that it is about, and for each control what is inherited and who has to do the rest (OSCAL's `inherited`,
//! `satisfied` and `export` of a by-component).

use std::collections::BTreeSet;

use probity_oscal::model::catalog::Control;
use probity_oscal::model::implementation::{ImplementationStatus, Status, SystemComponent};
use probity_oscal::model::metadata::{Party, Property};
use probity_oscal::model::ssp::{
    ByComponent, Export, Inherited, LeveragedAuthorization, Provided, Responsibility, Satisfied,
};
use probity_register::{Bearer, Certificate};

use super::skeleton::OPEN;
use crate::identity::Identity;
use crate::props::ours;

/// The system that a certificate is about, and the controls that are inherited from it.
pub(super) struct Leveraged<'a> {
    certificate: &'a Certificate,
}

/// The systems that something is inherited from for one of the controls.
pub(super) fn systems<'a>(certificates: &'a [Certificate], controls: &[&Control]) -> Vec<Leveraged<'a>> {
    let known: BTreeSet<&str> = controls.iter().map(|control| control.id.as_str()).collect();
    let gives = |one: &&Certificate| one.controls().0.iter().any(|control| known.contains(control));
    certificates.iter().filter(gives).map(|certificate| Leveraged { certificate }).collect()
}

/// Who runs these systems, each once.
pub(super) fn parties(systems: &[Leveraged<'_>], identity: &Identity<'_>) -> Vec<Party> {
    let mut parties: Vec<Party> = Vec::new();
    for system in systems {
        let party = system.party(identity);
        if parties.iter().all(|known| known.uuid != party.uuid) {
            parties.push(party);
        }
    }
    parties
}

impl Leveraged<'_> {
    fn uuid(&self, identity: &Identity<'_>, parts: &[&str]) -> String {
        let mut key = vec!["leveraged", self.certificate.uuid.as_str()];
        key.extend(parts);
        identity.uuid(&key)
    }

    /// Who runs the system: the provider that the certificate names, else somebody who is still to be named.
    fn party(&self, identity: &Identity<'_>) -> Party {
        self.certificate.provider.clone().unwrap_or_else(|| Party {
            uuid: self.uuid(identity, &["provider"]),
            r#type: "organization".to_owned(),
            name: Some(format!("Provider of {}", self.certificate.title)),
            props: vec![ours("stub", "true")],
            ..Party::default()
        })
    }

    /// The authorization that the system has.
    pub(super) fn authorization(&self, identity: &Identity<'_>) -> LeveragedAuthorization {
        let one = self.certificate;
        LeveragedAuthorization {
            uuid: self.uuid(identity, &["authorization"]),
            title: one.title.clone(),
            props: vec![ours("certificate-name", &one.name)],
            party_uuid: self.party(identity).uuid,
            date_authorized: one.issued().to_string(),
            remarks: Some(format!(
                "{}, {}; it can be relied on up to {}.",
                one.scheme,
                one.kind.words(),
                one.last_day()
            )),
            ..LeveragedAuthorization::default()
        }
    }

    /// The system as a component.
    pub(super) fn component(&self, identity: &Identity<'_>) -> SystemComponent {
        let plain =
            |name: &str, value: String| Property { name: name.to_owned(), value, ..Property::default() };
        SystemComponent {
            uuid: self.uuid(identity, &["component"]),
            r#type: "system".to_owned(),
            title: self.certificate.title.clone(),
            description: self.certificate.description.clone(),
            props: vec![
                plain("implementation-point", "external".to_owned()),
                plain("leveraged-authorization-uuid", self.uuid(identity, &["authorization"])),
            ],
            status: Status { state: "operational".to_owned(), remarks: None },
            ..SystemComponent::default()
        }
    }

    /// What the system does for a control; none where nothing of it is inherited.
    pub(super) fn by_component(&self, control: &str, identity: &Identity<'_>) -> Option<ByComponent> {
        let all = self.certificate.inherited.iter().filter(|one| one.control == control);
        let all: Vec<_> = all.filter(|one| self.certificate.covers(one)).collect();
        let descriptions: Vec<&str> = all.iter().map(|one| one.description.as_str()).collect();
        let id = |part: &str, number: usize| self.uuid(identity, &[control, part, &number.to_string()]);
        let duties = |bearer: Bearer| {
            let duties = all.iter().flat_map(|one| &one.duties).filter(move |duty| duty.bearer == bearer);
            duties.enumerate().map(|(number, duty)| (number, &duty.text))
        };
        let provided = self.uuid(identity, &[control, "provided"]);
        let responsibilities: Vec<Responsibility> = duties(Bearer::Customer)
            .map(|(number, text)| Responsibility {
                uuid: id("responsibility", number),
                provided_uuid: Some(provided.clone()),
                description: text.clone(),
                ..Responsibility::default()
            })
            .collect();
        let export = (!responsibilities.is_empty()).then(|| Export {
            provided: vec![Provided {
                uuid: provided,
                description: descriptions.join("\n\n"),
                ..Provided::default()
            }],
            responsibilities,
            ..Export::default()
        });
        let inherited = all.iter().enumerate().map(|(number, one)| Inherited {
            uuid: id("inherited", number),
            description: one.description.clone(),
            ..Inherited::default()
        });
        let satisfied = duties(Bearer::Own).map(|(number, text)| Satisfied {
            uuid: id("satisfied", number),
            description: OPEN.to_owned(),
            props: vec![ours("stub", "true")],
            remarks: Some(text.clone()),
            ..Satisfied::default()
        });
        (!all.is_empty()).then(|| ByComponent {
            component_uuid: self.uuid(identity, &["component"]),
            uuid: self.uuid(identity, &[control]),
            description: descriptions.join("\n\n"),
            implementation_status: Some(ImplementationStatus {
                state: "implemented".to_owned(),
                remarks: None,
            }),
            export,
            inherited: inherited.collect(),
            satisfied: satisfied.collect(),
            ..ByComponent::default()
        })
    }
}
