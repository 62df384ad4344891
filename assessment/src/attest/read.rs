//! From an assessment-results document to statements, with a finding for everything that is not understood.

use std::collections::BTreeSet;

use jiff::Timestamp;
use probity_diagnostics::{Code, Diagnostic, Diagnostics, Location, Pointer, Step, TreePath, nearest};
use probity_oscal::model::AssessmentResults;
use probity_oscal::model::assessment::Observation;
use probity_oscal::model::assessment_results::Result as OscalResult;

use super::approval::{self, Approval};
use super::codes::{ATTESTATION_AUTHOR, ATTESTATION_MALFORMED, NOT_APPROVED};
use super::{AttestationFile, Doubt, Stated, Statement};
use crate::props;

/// Takes the statements out of an attestation document.
///
/// # Errors
/// Everything in the document that an attestation must have and has not, each with its place in `file`.
pub fn from_document(model: &AssessmentResults, file: &TreePath) -> Step<AttestationFile> {
    let results = Pointer::from_text("/assessment-results/results");
    let mut reader = Reader { file, parties: parties(model), found: Diagnostics::new() };
    let statements = match model.results.as_slice() {
        [only] => reader.result(only, &results.index(0)),
        many => {
            let message = format!("an attestation holds one result, this file holds {}", many.len());
            reader.error(&ATTESTATION_MALFORMED, &results, message);
            Vec::new()
        }
    };
    let words = model.results.iter().flat_map(|result| result.attestations.clone()).collect();
    let approvals = reader.approvals(model);
    let mut file = AttestationFile {
        path: file.clone(),
        statements,
        words,
        approvals,
        authored: approval::authored(model),
        endorsed: approval::endorsed(model),
        parties: model.metadata.parties.clone(),
        roles: model.metadata.roles.clone(),
        resources: model.back_matter.iter().flat_map(|matter| matter.resources.clone()).collect(),
    };
    reader.check_approvals(&mut file);
    reader.found.unless_errors(file)
}

fn parties(model: &AssessmentResults) -> BTreeSet<&str> {
    model.metadata.parties.iter().map(|party| party.uuid.as_str()).collect()
}

struct Reader<'a> {
    file: &'a TreePath,
    parties: BTreeSet<&'a str>,
    found: Diagnostics,
}

impl Reader<'_> {
    fn error(&mut self, code: &'static Code, at: &Pointer, message: impl Into<String>) {
        self.found.push(Diagnostic::error(code, message).at(Location::value(self.file, at)));
    }

    fn malformed(&mut self, at: &Pointer, message: impl Into<String>) {
        self.error(&ATTESTATION_MALFORMED, at, message);
    }

    fn result(&mut self, result: &OscalResult, at: &Pointer) -> Vec<Statement> {
        if result.attestations.is_empty() {
            self.found.push(
                Diagnostic::error(&ATTESTATION_MALFORMED, "the result has no `attestations`")
                    .at(Location::value(self.file, at))
                    .help("add `attestations` with the words that the responsible parties stand for"),
            );
        }
        if result.observations.is_empty() {
            self.malformed(at, "the result has no observation, so it states nothing");
        }
        let signers: BTreeSet<String> = result
            .attestations
            .iter()
            .filter(|words| !approval::is_approval(words))
            .flat_map(|words| &words.responsible_parties)
            .flat_map(|responsible| responsible.party_uuids.clone())
            .collect();
        let reviewed = reviewed(result);
        let list = at.key("observations");
        let observations = result.observations.iter().enumerate();
        observations
            .filter_map(|(index, observation)| {
                let at = list.index(index);
                let statement = self.statement(observation, &at, &signers)?;
                self.check_reviewed(&statement, &reviewed, &at);
                Some(statement)
            })
            .collect()
    }

    fn statement(
        &mut self,
        seen: &Observation,
        at: &Pointer,
        signers: &BTreeSet<String>,
    ) -> Option<Statement> {
        self.check_methods(seen, at);
        let controls = self.controls(seen, at);
        let outcome = self.outcome(seen, at);
        let procedure = self.procedure(seen, at);
        let all = |name| props::values(&seen.props, name).map(|(_, value)| value.to_owned()).collect();
        let (items, unused_types): (_, BTreeSet<String>) = (all("statement-id"), all("unused-resource-type"));
        if !unused_types.is_empty() && outcome.is_some_and(|outcome| outcome != Stated::NotApplicable) {
            self.malformed(at, "`unused-resource-type` goes with outcome `not-applicable` only");
        }
        let authors = self.authors(seen, at, signers);
        let stated = self.instant(&seen.collected, &at.key("collected"));
        let valid_until = self.valid_until(seen, at);
        if let (Some(from), Some(until)) = (stated, valid_until)
            && until < from
        {
            self.malformed(&at.key("expires"), "the statement expires before it is made");
        }
        Some(Statement {
            controls,
            items,
            procedure,
            outcome: outcome?,
            unused_types,
            authors,
            stated: stated?,
            valid_until: valid_until?,
            observation: seen.clone(),
            location: Location::value(self.file, at),
            doubts: Vec::new(),
        })
    }

    fn approvals(&mut self, model: &AssessmentResults) -> Vec<Approval> {
        let Some(result) = model.results.first() else { return Vec::new() };
        let list = Pointer::from_text("/assessment-results/results/0/attestations");
        let entries = result.attestations.iter().enumerate();
        entries.filter_map(|(index, words)| self.approval(words, &list.index(index))).collect()
    }

    fn approval(&mut self, words: &super::Words, at: &Pointer) -> Option<Approval> {
        let (index, part) = approval::part(words)?;
        let at_part = at.key("parts").index(index);
        let mut only = |name: &str| {
            let value = props::values(&part.props, name).next().map(|(_, value)| value.to_owned());
            if value.is_none() {
                self.error(&NOT_APPROVED, &at_part, format!("the approval has no prop `{name}`"));
            }
            value
        };
        let (on, content) = (only("approved-on"), only("approved-content"));
        let parties: BTreeSet<String> =
            words.responsible_parties.iter().flat_map(|one| one.party_uuids.clone()).collect();
        if parties.is_empty() {
            self.error(&NOT_APPROVED, at, "the approval does not say whose it is");
        }
        for party in
            parties.iter().filter(|uuid| !self.parties.contains(uuid.as_str())).cloned().collect::<Vec<_>>()
        {
            self.error(&NOT_APPROVED, at, format!("the approver `{party}` is no party of the metadata"));
        }
        let on = self.instant(&on?, &at_part)?;
        let content = content?.parse().map_err(|_| {
            self.error(&NOT_APPROVED, &at_part, "`approved-content` is no SHA-256 digest");
        });
        Some(Approval { parties, on, content: content.ok()?, location: Location::value(self.file, at) })
    }

    /// Approvals are by others than the authors, and of what the file says now.
    fn check_approvals(&mut self, file: &mut AttestationFile) {
        for approval in &file.approvals {
            for statement in &file.statements {
                if let Some(who) = approval::same_person(file, &statement.authors, &approval.parties) {
                    let message = format!("the approver is the author: {who}");
                    self.found.push(
                        Diagnostic::error(&NOT_APPROVED, message)
                            .at(approval.location.clone())
                            .also(statement.location.clone(), "what is approved"),
                    );
                }
            }
        }
        let Some(stale) = file.approvals.iter().find(|approval| approval.content != file.authored) else {
            return;
        };
        let message = "it was changed after it was approved".to_owned();
        let doubt = Doubt { code: &NOT_APPROVED, message, location: stale.location.clone() };
        if file.approvals.iter().all(|approval| approval.content != file.authored) {
            for statement in &mut file.statements {
                statement.doubts.push(doubt.clone());
            }
        }
    }

    fn check_methods(&mut self, seen: &Observation, at: &Pointer) {
        let methods = at.key("methods");
        if seen.methods.is_empty() {
            self.malformed(at, "the observation names no method");
        }
        for (index, method) in seen.methods.iter().enumerate() {
            if !matches!(method.as_str(), "EXAMINE" | "INTERVIEW") {
                let message =
                    format!("people attest by EXAMINE or INTERVIEW, this observation is made by `{method}`");
                self.malformed(&methods.index(index), message);
            }
        }
    }

    fn controls(&mut self, seen: &Observation, at: &Pointer) -> BTreeSet<String> {
        let controls: BTreeSet<String> =
            props::values(&seen.props, "control-id").map(|(_, value)| value.to_owned()).collect();
        if controls.is_empty() {
            self.malformed(
                at,
                "the observation names no control: it has no prop `control-id` of Probity's namespace",
            );
        }
        controls
    }

    fn outcome(&mut self, seen: &Observation, at: &Pointer) -> Option<Stated> {
        let outcomes: Vec<(usize, &str)> = props::values(&seen.props, "outcome").collect();
        let [(index, word)] = outcomes.as_slice() else {
            let message = format!("the observation has {} props `outcome` instead of one", outcomes.len());
            self.malformed(at, message);
            return None;
        };
        let outcome = Stated::parse(word);
        if outcome.is_none() {
            let mut error = Diagnostic::error(&ATTESTATION_MALFORMED, format!("unknown outcome `{word}`"))
                .at(Location::value(self.file, &at.key("props").index(*index).key("value")))
                .help("the outcomes are `met`, `not-met` and `not-applicable`");
            if let Some(meant) = nearest(word, ["met", "not-met", "not-applicable"]) {
                error = error.help(format!("did you mean `{meant}`?"));
            }
            self.found.push(error);
        }
        outcome
    }

    fn procedure(&mut self, seen: &Observation, at: &Pointer) -> Option<String> {
        let mut named = props::values(&seen.props, "procedure");
        let first = named.next().map(|(_, value)| value.to_owned());
        if named.next().is_some() {
            self.malformed(at, "the observation names more than one procedure");
        }
        first
    }

    fn authors(&mut self, seen: &Observation, at: &Pointer, signers: &BTreeSet<String>) -> BTreeSet<String> {
        let actors = seen.origins.iter().flat_map(|origin| &origin.actors);
        let own: BTreeSet<String> =
            actors.filter(|actor| actor.r#type == "party").map(|actor| actor.actor_uuid.clone()).collect();
        let authors = if own.is_empty() { signers.clone() } else { own };
        if authors.is_empty() {
            self.found.push(
                Diagnostic::error(&ATTESTATION_AUTHOR, "nobody stands for this statement")
                    .at(Location::value(self.file, at))
                    .help("name a party as origin, or as responsible party of the result's `attestations`"),
            );
        }
        for author in
            authors.iter().filter(|uuid| !self.parties.contains(uuid.as_str())).cloned().collect::<Vec<_>>()
        {
            self.error(&ATTESTATION_AUTHOR, at, format!("the author `{author}` is no party of the metadata"));
        }
        authors
    }

    fn valid_until(&mut self, seen: &Observation, at: &Pointer) -> Option<Timestamp> {
        let Some(text) = &seen.expires else {
            self.malformed(at, "the statement does not say until when it is valid: `expires` is missing");
            return None;
        };
        self.instant(text, &at.key("expires"))
    }

    fn instant(&mut self, text: &str, at: &Pointer) -> Option<Timestamp> {
        let parsed = text.parse();
        if parsed.is_err() {
            self.malformed(at, format!("`{text}` is no instant such as `2026-11-01T10:00:00Z`"));
        }
        parsed.ok()
    }

    fn check_reviewed(&mut self, statement: &Statement, reviewed: &Reviewed, at: &Pointer) {
        let Reviewed::Only(ids) = reviewed else { return };
        for control in statement.controls.iter().filter(|id| !ids.contains(id.as_str())) {
            let message = format!("`{control}` is not among the result's `reviewed-controls`");
            self.malformed(at, message);
        }
    }
}

/// What `reviewed-controls` of a result select.
enum Reviewed {
    All,
    Only(BTreeSet<String>),
}

fn reviewed(result: &OscalResult) -> Reviewed {
    let selections = &result.reviewed_controls.control_selections;
    if selections.iter().any(|selection| selection.include_all.is_some()) {
        return Reviewed::All;
    }
    let controls = selections.iter().flat_map(|selection| &selection.include_controls);
    Reviewed::Only(controls.map(|control| control.control_id.clone()).collect())
}
