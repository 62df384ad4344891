//! Approvals: somebody other than the author stands for a statement, too.
//!
//! What was approved is pinned by a digest over all that authors say in the file: so an approval ends where something of
//! that is changed, and the git history can be asked who made what.

use std::collections::BTreeSet;

use jiff::Timestamp;
use probity_diagnostics::{Location, Sha256Digest};
use probity_oscal::PROBITY_NS;
use probity_oscal::model::AssessmentResults;
use probity_oscal::model::assessment::AssessmentPart;
use probity_oscal::model::assessment_results::{Attestation as Words, Result as OscalResult};
use probity_oscal::model::metadata::{Party, ResponsibleParty, Role};
use serde_json::json;

use super::{AttestationFile, name_of};
use crate::props::ours;

/// The role of those who approve.
const APPROVER: &str = "approver";

/// An approval of the statements of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// UUIDs of the parties that approved.
    pub parties: BTreeSet<String>,
    /// When they did.
    pub on: Timestamp,
    /// The digest of what they approved.
    pub content: Sha256Digest,
    /// Where it stands.
    pub location: Location,
}

/// The part of `attestations` that makes it an approval, with its index.
pub(super) fn part(words: &Words) -> Option<(usize, &AssessmentPart)> {
    let is_approval =
        |part: &AssessmentPart| part.name == "approval" && part.ns.as_deref() == Some(PROBITY_NS);
    words.parts.iter().enumerate().find(|(_, part)| is_approval(part))
}

/// Whether an entry of `attestations` is an approval.
pub fn is_approval(words: &Words) -> bool {
    part(words).is_some()
}

/// The digest of what authors state in a document: its results without approvals, its back matter, and the parties that the
/// results name. Title, version and times of the document do not count, nor does who approved it.
pub fn authored(model: &AssessmentResults) -> Sha256Digest {
    let mut results = model.results.clone();
    for result in &mut results {
        result.attestations.retain(|words| !is_approval(words));
    }
    digest(model, &results)
}

/// The digest of what authors and approvers state in a document.
pub fn endorsed(model: &AssessmentResults) -> Sha256Digest {
    digest(model, &model.results)
}

fn digest(model: &AssessmentResults, results: &[OscalResult]) -> Sha256Digest {
    let named = named(results);
    let parties: Vec<&Party> =
        model.metadata.parties.iter().filter(|party| named.contains(party.uuid.as_str())).collect();
    // the keys of OSCAL's types are written in the order of the model, so equal documents are equal bytes
    let content = json!({"parties": parties, "results": results, "back-matter": model.back_matter});
    Sha256Digest::of(content.to_string().as_bytes())
}

/// The parties that results name as authors or as responsible.
fn named(results: &[OscalResult]) -> BTreeSet<&str> {
    let words = results.iter().flat_map(|result| &result.attestations);
    let responsible =
        words.flat_map(|words| &words.responsible_parties).flat_map(|responsible| &responsible.party_uuids);
    let observations = results.iter().flat_map(|result| &result.observations);
    let actors = observations
        .flat_map(|seen| &seen.origins)
        .flat_map(|origin| &origin.actors)
        .map(|actor| &actor.actor_uuid);
    responsible.chain(actors).map(String::as_str).collect()
}

/// How one of the authors and one of the approvers are the same person: by uuid or e-mail address.
pub(super) fn same_person(
    file: &AttestationFile,
    authors: &BTreeSet<String>,
    approvers: &BTreeSet<String>,
) -> Option<String> {
    if let Some(uuid) = authors.intersection(approvers).next() {
        return Some(file.party(uuid).map_or(uuid.as_str(), name_of).to_owned());
    }
    let (of_authors, of_approvers) = (file.emails(authors), file.emails(approvers));
    of_authors.intersection(&of_approvers).next().cloned()
}

/// The document with an approval by `approver`, in place of an earlier one by the same party.
pub fn approve(
    model: &AssessmentResults,
    approver: &Party,
    on: Timestamp,
    words: Option<&str>,
) -> AssessmentResults {
    let mut approved = model.clone();
    let content = authored(model);
    let metadata = &mut approved.metadata;
    metadata.last_modified = on.to_string();
    if !metadata.roles.iter().any(|role| role.id == APPROVER) {
        let role = Role { id: APPROVER.to_owned(), title: "Approver".to_owned(), ..Role::default() };
        metadata.roles.push(role);
    }
    if !metadata.parties.iter().any(|party| party.uuid == approver.uuid) {
        metadata.parties.push(approver.clone());
    }
    for result in &mut approved.results {
        let is_theirs = |words: &Words| {
            let mut parties = words.responsible_parties.iter().flat_map(|one| &one.party_uuids);
            is_approval(words) && parties.all(|uuid| *uuid == approver.uuid)
        };
        result.attestations.retain(|words| !is_theirs(words));
        result.attestations.push(entry(approver, on, content, words));
    }
    approved
}

fn entry(approver: &Party, on: Timestamp, content: Sha256Digest, words: Option<&str>) -> Words {
    let responsible = ResponsibleParty {
        role_id: APPROVER.to_owned(),
        party_uuids: vec![approver.uuid.clone()],
        ..ResponsibleParty::default()
    };
    let prose = words.unwrap_or("I have looked at this statement and its evidence, and approve it.");
    let part = AssessmentPart {
        name: "approval".to_owned(),
        ns: Some(PROBITY_NS.to_owned()),
        props: vec![ours("approved-on", &on.to_string()), ours("approved-content", &content.to_string())],
        prose: Some(prose.to_owned()),
        ..AssessmentPart::default()
    };
    Words { responsible_parties: vec![responsible], parts: vec![part] }
}
