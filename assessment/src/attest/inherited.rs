//! What is inherited from a supplier's report, as statements: somebody examined the report, and it says that the control is met.

use std::collections::BTreeSet;

use probity_diagnostics::{Diagnostics, Step};
use probity_oscal::model::AssessmentResults;
use probity_oscal::model::assessment::{
    AssessmentPart, ControlSelection, Observation, Origin, OriginActor, RelevantEvidence, ReviewedControls,
    SelectControlById,
};
use probity_oscal::model::assessment_results::{Attestation, ImportAp, Result as OscalResult};
use probity_oscal::model::metadata::{BackMatter, Metadata, ResponsibleParty};
use probity_oscal::{OSCAL_VERSION, PROBITY_NS, uuid5};
use probity_register::{Certificate, Span, inherited_from, supplier_of};

use super::{AttestationFile, from_document};
use crate::compile::Compiled;
use crate::props::ours;

/// The statements that a certificate makes of the controls which are inherited from it in an assessment: one for each span in
/// which it is in force. None where it covers no such control or was never in force.
///
/// # Errors
/// There are none in a certificate that could be read.
pub fn inherited(certificate: &Certificate, compiled: &Compiled) -> Step<Option<AttestationFile>> {
    let asked: BTreeSet<&str> = compiled
        .controls
        .iter()
        .filter(|control| {
            control.procedures.iter().any(|one| supplier_of(&one.id) == Some(certificate.name.as_str()))
        })
        .map(|control| control.id.as_str())
        .collect();
    let covered = certificate.controls().0;
    let controls: Vec<&str> = covered.intersection(&asked).copied().collect();
    let spans = certificate.in_force();
    let Some(first) = spans.first().filter(|_| !controls.is_empty()) else {
        return Diagnostics::new().unless_errors(None);
    };
    let observations: Vec<Observation> =
        spans.iter().map(|span| observation(certificate, span, &controls)).collect();
    let result = OscalResult {
        uuid: uuid5(&["inherited", &certificate.uuid, "result"]),
        title: certificate.title.clone(),
        description: certificate.description.clone(),
        start: first.from.to_string(),
        reviewed_controls: reviewed(&controls),
        attestations: vec![words(certificate)],
        observations,
        ..OscalResult::default()
    };
    let document = AssessmentResults {
        uuid: uuid5(&["inherited", &certificate.uuid]),
        metadata: Metadata {
            title: certificate.title.clone(),
            last_modified: first.from.to_string(),
            version: "1".to_owned(),
            oscal_version: OSCAL_VERSION.to_owned(),
            roles: certificate.roles.clone(),
            parties: vec![certificate.issuer.clone()],
            ..Metadata::default()
        },
        import_ap: ImportAp { href: "#plan".to_owned(), ..ImportAp::default() },
        results: vec![result],
        back_matter: Some(BackMatter { resources: certificate.resources.clone() }),
        ..AssessmentResults::default()
    };
    Ok(from_document(&document, &certificate.file)?.map(Some))
}

fn reviewed(controls: &[&str]) -> ReviewedControls {
    let include = controls
        .iter()
        .map(|id| SelectControlById { control_id: (*id).to_owned(), ..SelectControlById::default() });
    let selection = ControlSelection { include_controls: include.collect(), ..ControlSelection::default() };
    ReviewedControls { control_selections: vec![selection], ..ReviewedControls::default() }
}

/// What the issuer stands for.
fn words(certificate: &Certificate) -> Attestation {
    let said = format!(
        "{}: {} of {}, {} to {}.",
        certificate.title,
        certificate.kind.words(),
        certificate.scheme,
        certificate.from,
        certificate.until
    );
    Attestation {
        responsible_parties: vec![ResponsibleParty {
            role_id: "issuer".to_owned(),
            party_uuids: vec![certificate.issuer.uuid.clone()],
            ..ResponsibleParty::default()
        }],
        parts: vec![AssessmentPart {
            name: "statement".to_owned(),
            ns: Some(PROBITY_NS.to_owned()),
            prose: Some(said),
            ..AssessmentPart::default()
        }],
    }
}

fn observation(certificate: &Certificate, span: &Span, controls: &[&str]) -> Observation {
    let from = span.from.to_string();
    let procedure = inherited_from(&certificate.name);
    let mut props: Vec<_> = controls.iter().map(|id| ours("control-id", id)).collect();
    props.extend([ours("outcome", "met"), ours("procedure", &procedure)]);
    let evidence = certificate.documents.iter().map(|document| RelevantEvidence {
        href: Some(format!("#{}", document.uuid)),
        description: document.title.clone(),
        ..RelevantEvidence::default()
    });
    Observation {
        uuid: uuid5(&["inherited", &certificate.uuid, &from]),
        title: Some(format!("Inherited: {}", certificate.title)),
        description: certificate.description.clone(),
        props,
        methods: vec!["EXAMINE".to_owned()],
        types: vec!["control-objective".to_owned()],
        origins: vec![Origin {
            actors: vec![OriginActor {
                r#type: "party".to_owned(),
                actor_uuid: certificate.issuer.uuid.clone(),
                role_id: Some("issuer".to_owned()),
                ..OriginActor::default()
            }],
            ..Origin::default()
        }],
        relevant_evidence: evidence.collect(),
        collected: from,
        expires: Some(span.until.to_string()),
        ..Observation::default()
    }
}
