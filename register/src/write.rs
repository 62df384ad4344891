//! Certificates that are written: a new one, and a change of status.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use probity_diagnostics::Sha256Digest;
use probity_oscal::model::ComponentDefinition;
use probity_oscal::model::component::DefinedComponent;
use probity_oscal::model::metadata::{
    BackMatter, Hash, Metadata, Party, Property, Resource, ResponsibleRole, Rlink, Role,
};
use probity_oscal::{OSCAL_NS, OSCAL_VERSION, PROBITY_NS, uuid5};

use crate::read::{ISSUER, PROVIDER, unlawful};
use crate::{Certificate, Kind, Status};

/// The facts of a new certificate.
#[derive(Debug, Clone)]
pub struct NewCertificate<'a> {
    /// The system that the register is of; part of the uuids.
    pub system: &'a str,
    /// How it is called.
    pub name: &'a str,
    /// Its title.
    pub title: &'a str,
    /// What it is about.
    pub description: &'a str,
    /// The scheme.
    pub scheme: &'a str,
    /// What kind of thing it is.
    pub kind: &'a Kind,
    /// The issuer's number.
    pub reference: Option<&'a str>,
    /// The name of the issuer.
    pub issuer: &'a str,
    /// The name of who runs what was examined, where it is a supplier.
    pub provider: Option<&'a str>,
    /// Its term or period.
    pub term: (Date, Date),
    /// The last day that a bridge letter covers.
    pub bridge_until: Option<Date>,
    /// What it is, and since when.
    pub status: (Status, Date),
    /// Days by which surveillance assessments are due.
    pub surveillance: &'a [Date],
    /// The assessment that is set against it.
    pub assessment: Option<&'a str>,
    /// The controls of its scope.
    pub scope: &'a BTreeSet<String>,
    /// Its documents: title, path from the file of the certificate, digest, and whether it is the baseline.
    pub documents: &'a [(String, String, Sha256Digest, bool)],
    /// When it is written.
    pub last_modified: Timestamp,
}

/// The component definition of a new certificate.
pub fn new_document(facts: &NewCertificate<'_>) -> ComponentDefinition {
    let id = |part: &str| uuid5(&["certificate", facts.system, facts.name, part]);
    let party = |name: &str| uuid5(&["organization", name]);
    let mut people = vec![(ISSUER, "Issuer", facts.issuer)];
    people.extend(facts.provider.map(|name| (PROVIDER, "Provider", name)));
    let names: BTreeSet<&str> = people.iter().map(|(.., name)| *name).collect();
    let documents = facts.documents.iter().map(|(title, href, digest, is_baseline)| Resource {
        uuid: id(href),
        title: Some(title.clone()),
        props: is_baseline.then(|| ours("kind", "baseline")).into_iter().collect(),
        rlinks: vec![Rlink {
            href: href.clone(),
            hashes: vec![Hash { algorithm: "SHA-256".to_owned(), value: digest.to_string() }],
            ..Rlink::default()
        }],
        ..Resource::default()
    });
    let resources: Vec<Resource> = documents.collect();
    ComponentDefinition {
        uuid: id("document"),
        metadata: Metadata {
            title: facts.title.to_owned(),
            last_modified: facts.last_modified.to_string(),
            version: "1.0.0".to_owned(),
            oscal_version: OSCAL_VERSION.to_owned(),
            roles: people.iter().map(|(id, title, _)| role(id, title)).collect(),
            parties: names
                .into_iter()
                .map(|name| Party {
                    uuid: party(name),
                    r#type: "organization".to_owned(),
                    name: Some(name.to_owned()),
                    ..Party::default()
                })
                .collect(),
            ..Metadata::default()
        },
        components: vec![DefinedComponent {
            uuid: id("component"),
            r#type: "validation".to_owned(),
            title: facts.title.to_owned(),
            description: facts.description.to_owned(),
            props: props(facts),
            responsible_roles: people
                .iter()
                .map(|(role, _, name)| ResponsibleRole {
                    role_id: (*role).to_owned(),
                    party_uuids: vec![party(name)],
                    ..ResponsibleRole::default()
                })
                .collect(),
            ..DefinedComponent::default()
        }],
        back_matter: (!resources.is_empty()).then_some(BackMatter { resources }),
        ..ComponentDefinition::default()
    }
}

fn role(id: &str, title: &str) -> Role {
    Role { id: id.to_owned(), title: title.to_owned(), ..Role::default() }
}

fn props(facts: &NewCertificate<'_>) -> Vec<Property> {
    let day = |name: &str, day: Date| ours(name, &day.to_string());
    let mut props = vec![ours("certificate-name", facts.name), ours("scheme", facts.scheme)];
    if let Some(reference) = facts.reference {
        let ns = Some(OSCAL_NS.to_owned());
        props.push(Property { ns, ..ours("validation-reference", reference) });
    }
    match facts.kind {
        Kind::Certificate { level } => props.extend(level.iter().map(|level| ours("level", level))),
        Kind::Report { report_type, opinion, exceptions } => {
            props.push(ours("report-type", report_type.as_str()));
            props.push(ours("opinion", opinion.as_str()));
            props.extend(exceptions.iter().map(|control| ours("exception", control)));
        }
    }
    props.extend([day("valid-from", facts.term.0), day("valid-until", facts.term.1)]);
    props.extend(facts.bridge_until.map(|until| day("bridge-until", until)));
    props.extend(facts.surveillance.iter().map(|due| day("surveillance", *due)));
    props.extend(facts.assessment.map(|assessment| ours("assessment", assessment)));
    props.extend(facts.scope.iter().map(|control| ours("scope-control", control)));
    props.push(change(facts.status.0, facts.status.1, None));
    props
}

/// The prop of a change of status, where the certificate may become that.
///
/// # Errors
/// It cannot, in one sentence.
pub fn with_change(
    certificate: &Certificate,
    status: Status,
    on: Date,
    reason: Option<&str>,
) -> Result<Property, String> {
    let last = certificate.changes.last();
    if let Some(why) = unlawful(last.map(|change| change.status), status) {
        return Err(why);
    }
    match last.filter(|change| on < change.on) {
        Some(last) => Err(format!("it became `{}` on {}, which is after {on}", last.status, last.on)),
        None => Ok(change(status, on, reason)),
    }
}

fn change(status: Status, on: Date, reason: Option<&str>) -> Property {
    Property {
        class: Some(status.as_str().to_owned()),
        remarks: reason.map(str::to_owned),
        ..ours("status", &on.to_string())
    }
}

fn ours(name: &str, value: &str) -> Property {
    Property {
        name: name.to_owned(),
        ns: Some(PROBITY_NS.to_owned()),
        value: value.to_owned(),
        ..Property::default()
    }
}
