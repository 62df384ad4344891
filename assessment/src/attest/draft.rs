//! A new attestation: from what somebody states to the document that says so.

use jiff::Timestamp;
use probity_diagnostics::Sha256Digest;
use probity_oscal::model::AssessmentResults;
use probity_oscal::model::assessment::{
    AssessmentPart, ControlSelection, Finding, FindingTarget, Observation, Origin, OriginActor,
    RelatedObservation, RelevantEvidence, ReviewedControls, SelectControlById, Status,
};
use probity_oscal::model::assessment_results::{Attestation as Words, ImportAp, Result as OscalResult};
use probity_oscal::model::metadata::{
    BackMatter, Hash, Metadata, Party, Property, Resource, ResponsibleParty, Rlink, Role,
};
use probity_oscal::{OSCAL_VERSION, PROBITY_NS, uuid5};

use super::{Stated, name_of, passage};
use crate::props::{markup_line, ours};

/// What somebody states.
#[derive(Debug, Clone)]
pub struct Draft<'a> {
    /// The name of the system.
    pub system: &'a str,
    /// The control.
    pub control: &'a str,
    /// The items of its statement that it is about; none = the whole control.
    pub items: &'a [String],
    /// The id of the statement or item that the finding targets, where it has one.
    pub target: Option<&'a str>,
    /// What is said.
    pub outcome: Stated,
    /// `EXAMINE` or `INTERVIEW`.
    pub method: &'a str,
    /// The procedure that is answered.
    pub procedure: Option<&'a str>,
    /// Resource types that are not used.
    pub unused_types: &'a [String],
    /// The title of the document.
    pub title: &'a str,
    /// What was looked at and why it is so, in Markdown.
    pub reason: &'a str,
    /// Who states it.
    pub author: &'a Party,
    /// The organisations that the author belongs to.
    pub organizations: &'a [Party],
    /// In which role.
    pub role: &'a Role,
    /// When.
    pub stated: Timestamp,
    /// The last instant at which it is valid.
    pub valid_until: Timestamp,
    /// What it rests on.
    pub evidence: &'a [RecordedEvidence],
    /// The assessment plan, seen from the document.
    pub plan: &'a str,
}

/// A file that a statement rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedEvidence {
    /// What it is.
    pub title: String,
    /// Where it lies, seen from the document.
    pub href: String,
    /// Its media type.
    pub media_type: &'static str,
    /// The digest that it has now.
    pub digest: Sha256Digest,
    /// Passages of it.
    pub quotes: Vec<Quote>,
}

/// A passage of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The words.
    pub text: String,
    /// The page of a PDF.
    pub page: Option<u32>,
}

/// The document.
pub fn draft(facts: &Draft<'_>) -> AssessmentResults {
    let on = facts.stated.to_string();
    let title = markup_line(facts.title);
    let mut resources = vec![plan(facts)];
    resources.extend(facts.evidence.iter().map(|evidence| resource(facts, evidence)));
    let mut parties = facts.organizations.to_vec();
    parties.push(facts.author.clone());
    let observation = observation(facts, &title, &on);
    let result = OscalResult {
        uuid: uuid(facts, "result"),
        title: title.clone(),
        description: format!(
            "What {} states of control {}.",
            markup_line(name_of(facts.author)),
            markup_line(facts.control)
        ),
        start: on.clone(),
        end: Some(on.clone()),
        reviewed_controls: reviewed(facts),
        attestations: vec![words(facts)],
        findings: finding(facts, &title, &observation.uuid).into_iter().collect(),
        observations: vec![observation],
        ..OscalResult::default()
    };
    AssessmentResults {
        uuid: uuid(facts, "attestation"),
        metadata: Metadata {
            title,
            last_modified: on,
            version: "1.0.0".to_owned(),
            oscal_version: OSCAL_VERSION.to_owned(),
            roles: vec![facts.role.clone()],
            parties,
            ..Metadata::default()
        },
        import_ap: ImportAp { href: format!("#{}", uuid(facts, "plan")), remarks: None },
        results: vec![result],
        back_matter: Some(BackMatter { resources }),
        ..AssessmentResults::default()
    }
}

/// The uuid of a part of the document: derived from who said what, when and why.
fn uuid(facts: &Draft<'_>, part: &str) -> String {
    let stated = facts.stated.to_string();
    let items = facts.items.join(" ");
    let procedure = facts.procedure.unwrap_or_default();
    let key = [facts.system, facts.control, &items, procedure, &facts.author.uuid, &stated, facts.reason];
    uuid5(&["attest"].into_iter().chain(key).chain([part]).collect::<Vec<_>>())
}

fn reviewed(facts: &Draft<'_>) -> ReviewedControls {
    let control =
        SelectControlById { control_id: facts.control.to_owned(), statement_ids: facts.items.to_vec() };
    let selection = ControlSelection { include_controls: vec![control], ..ControlSelection::default() };
    ReviewedControls { control_selections: vec![selection], ..ReviewedControls::default() }
}

fn words(facts: &Draft<'_>) -> Words {
    let responsible = ResponsibleParty {
        role_id: facts.role.id.clone(),
        party_uuids: vec![facts.author.uuid.clone()],
        ..ResponsibleParty::default()
    };
    let what = match facts.items {
        [] => format!("Requirement {}", markup_line(facts.control)),
        items => format!(
            "Of requirement {}, what {} says",
            markup_line(facts.control),
            markup_line(&items.join(", "))
        ),
    };
    let judgement = match facts.outcome {
        Stated::Met => "is met",
        Stated::NotMet => "is not met",
        Stated::NotApplicable => "does not apply",
    };
    let part = AssessmentPart {
        name: "statement".to_owned(),
        ns: Some(PROBITY_NS.to_owned()),
        prose: Some(format!("In my judgement: {what} {judgement}.")),
        ..AssessmentPart::default()
    };
    Words { responsible_parties: vec![responsible], parts: vec![part] }
}

fn observation(facts: &Draft<'_>, title: &str, on: &str) -> Observation {
    let mut props = vec![ours("control-id", facts.control), ours("outcome", facts.outcome.as_str())];
    props.extend(facts.items.iter().map(|item| ours("statement-id", item)));
    props.extend(facts.procedure.map(|procedure| ours("procedure", procedure)));
    props.extend(facts.unused_types.iter().map(|kind| ours("unused-resource-type", kind)));
    let actor = OriginActor {
        r#type: "party".to_owned(),
        actor_uuid: facts.author.uuid.clone(),
        role_id: Some(facts.role.id.clone()),
        ..OriginActor::default()
    };
    Observation {
        uuid: uuid(facts, "observation"),
        title: Some(title.to_owned()),
        description: facts.reason.trim().to_owned(),
        props,
        methods: vec![facts.method.to_owned()],
        types: vec!["control-objective".to_owned()],
        origins: vec![Origin { actors: vec![actor], ..Origin::default() }],
        relevant_evidence: facts.evidence.iter().flat_map(|evidence| relevant(facts, evidence)).collect(),
        collected: on.to_owned(),
        expires: Some(facts.valid_until.to_string()),
        ..Observation::default()
    }
}

/// A piece of evidence: one entry for each passage, or one for the file.
fn relevant(facts: &Draft<'_>, evidence: &RecordedEvidence) -> Vec<RelevantEvidence> {
    let entry = |props: Vec<Property>| RelevantEvidence {
        href: Some(format!("#{}", resource_uuid(facts, evidence))),
        description: markup_line(&evidence.title),
        props,
        ..RelevantEvidence::default()
    };
    if evidence.quotes.is_empty() {
        return vec![entry(Vec::new())];
    }
    let quoted = |quote: &Quote| {
        let mut props = vec![ours("quote", &passage::one_spaced(&quote.text))];
        props.extend(quote.page.map(|page| ours("page", &page.to_string())));
        entry(props)
    };
    evidence.quotes.iter().map(quoted).collect()
}

fn resource_uuid(facts: &Draft<'_>, evidence: &RecordedEvidence) -> String {
    uuid(facts, &format!("evidence {}", evidence.href))
}

fn resource(facts: &Draft<'_>, evidence: &RecordedEvidence) -> Resource {
    let hash = Hash { algorithm: "SHA-256".to_owned(), value: evidence.digest.to_string() };
    Resource {
        uuid: resource_uuid(facts, evidence),
        title: Some(markup_line(&evidence.title)),
        rlinks: vec![Rlink {
            href: evidence.href.clone(),
            media_type: Some(evidence.media_type.to_owned()),
            hashes: vec![hash],
        }],
        ..Resource::default()
    }
}

fn plan(facts: &Draft<'_>) -> Resource {
    Resource {
        uuid: uuid(facts, "plan"),
        title: Some(markup_line(&format!("Assessment plan of {}", facts.system))),
        description: Some("The plan is written anew by each build.".to_owned()),
        rlinks: vec![Rlink {
            href: facts.plan.to_owned(),
            media_type: Some("application/oscal+json".to_owned()),
            hashes: Vec::new(),
        }],
        ..Resource::default()
    }
}

fn finding(facts: &Draft<'_>, title: &str, observation: &str) -> Option<Finding> {
    let (state, reason, remarks) = match facts.outcome {
        Stated::Met => ("satisfied", "pass", None),
        Stated::NotMet => ("not-satisfied", "fail", None),
        Stated::NotApplicable => ("not-satisfied", "other", Some("It is stated as not applicable.")),
    };
    Some(Finding {
        uuid: uuid(facts, "finding"),
        title: title.to_owned(),
        description: facts.reason.trim().to_owned(),
        target: FindingTarget {
            r#type: "statement-id".to_owned(),
            target_id: facts.target?.to_owned(),
            status: Status {
                state: state.to_owned(),
                reason: Some(reason.to_owned()),
                remarks: remarks.map(str::to_owned),
            },
            ..FindingTarget::default()
        },
        related_observations: vec![RelatedObservation {
            observation_uuid: observation.to_owned(),
            ..RelatedObservation::default()
        }],
        ..Finding::default()
    })
}
