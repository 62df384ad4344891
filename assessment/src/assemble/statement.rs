//! Statements of people, as observations and attestations of the results.

use std::collections::BTreeSet;

use probity_oscal::model::assessment::{Observation, Origin, OriginActor};
use probity_oscal::model::assessment_results::Attestation as Words;

use super::AssembleInput;
use super::link::Move;
use crate::attest::{AttestationFile, Attestations, Statement};
use crate::props::{ours, values};
use crate::rollup::Rollup;

/// An attestation file that some control rests on, with the statements that it rests on.
pub(super) struct Used<'a> {
    pub(super) file: &'a AttestationFile,
    pub(super) statements: Vec<&'a Statement>,
}

/// The files with the statements that some control rests on, in the order of files.
pub(super) fn used<'a>(attestations: &'a Attestations, rollup: &Rollup) -> Vec<Used<'a>> {
    let uuids: BTreeSet<&str> =
        rollup.controls.iter().flat_map(|control| control.statement_uuids()).collect();
    let of_file = |file: &'a AttestationFile| {
        let rested = |s: &&Statement| uuids.contains(s.observation.uuid.as_str());
        Used { file, statements: file.statements.iter().filter(rested).collect() }
    };
    attestations.files().iter().map(of_file).filter(|used| !used.statements.is_empty()).collect()
}

/// The statements as observations, in the order of files.
pub(super) fn observations(input: &AssembleInput<'_>, used: &[Used<'_>]) -> Vec<Observation> {
    let all = used.iter().flat_map(|used| used.statements.iter().map(move |statement| (used, *statement)));
    all.map(|(used, statement)| observation(input, used, statement)).collect()
}

fn observation(input: &AssembleInput<'_>, used: &Used<'_>, statement: &Statement) -> Observation {
    let seen = &statement.observation;
    let moved = Move { from: &used.file.path, to: input.document };
    let mut props = seen.props.clone();
    if values(&props, "valid-until").next().is_none() {
        props.push(ours("valid-until", &statement.valid_until.to_string()));
    }
    let approvals = used.file.approvals.iter().filter(|approval| approval.content == used.file.authored);
    props.extend(approvals.flat_map(|approval| &approval.parties).map(|uuid| ours("approved-by", uuid)));
    props.extend(statement.doubts.iter().map(|doubt| ours("doubt", &doubt.message)));
    let mut evidence = seen.relevant_evidence.clone();
    for item in &mut evidence {
        item.href = item.href.as_deref().map(|href| moved.href(href));
        moved.links(&mut item.links);
    }
    let mut links = seen.links.clone();
    moved.links(&mut links);
    Observation {
        uuid: seen.uuid.clone(),
        title: seen.title.clone(),
        description: seen.description.clone(),
        props,
        links,
        methods: seen.methods.clone(),
        types: seen.types.clone(),
        origins: vec![Origin { actors: authors(statement), ..Origin::default() }],
        subjects: Vec::new(),
        relevant_evidence: evidence,
        collected: seen.collected.clone(),
        expires: seen.expires.clone(),
        remarks: seen.remarks.clone(),
    }
}

/// The authors as actors, with the roles that the statement gives them.
fn authors(statement: &Statement) -> Vec<OriginActor> {
    let stated = || statement.observation.origins.iter().flat_map(|origin| &origin.actors);
    let actor = |uuid: &String| OriginActor {
        r#type: "party".to_owned(),
        actor_uuid: uuid.clone(),
        role_id: stated().find(|actor| actor.actor_uuid == *uuid).and_then(|actor| actor.role_id.clone()),
        ..OriginActor::default()
    };
    statement.authors.iter().map(actor).collect()
}

/// The words that the authors stand for, in the order of files.
pub(super) fn words(input: &AssembleInput<'_>, used: &[Used<'_>]) -> Vec<Words> {
    let of_file = |used: &Used<'_>| {
        let moved = Move { from: &used.file.path, to: input.document };
        let mut words = used.file.words.clone();
        for words in &mut words {
            moved.parts(&mut words.parts);
        }
        words
    };
    used.iter().flat_map(of_file).collect()
}
