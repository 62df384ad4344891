//! Verdicts on rules of other tools, out of the runs that were imported.
//!
//! A fail counts, however old it is. A pass counts while it is not older than the import allows, and only where the file says when
//! the tool ran. What was skipped, and a rule without any result, is unknown.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use probity_diagnostics::Sha256Digest;
use probity_evidence::foreign::{self, Found};

use super::record::{Detail, EvidenceRef, Outcome, VerdictRecord};
use super::store::Verdicts;
use super::waive::{Waiver, waive};
use crate::compile::{Check, Compiled, ForeignRule, ForeignRun, Import, Silent};

/// How many messages of one subject are told.
const TOLD: usize = 5;

/// The verdicts of all checks that other tools ran, put to those of our own.
pub(super) fn add(verdicts: &mut Verdicts, compiled: &Compiled, waivers: &[Waiver]) {
    let indexed: Vec<Vec<Indexed<'_>>> =
        compiled.imports.iter().map(|import| import.runs.iter().map(Indexed::of).collect()).collect();
    let mut records = Vec::new();
    for check in &compiled.checks {
        let Some(rule) = check.foreign.as_deref() else { continue };
        let (Some(import), Some(runs)) = (compiled.imports.get(rule.import), indexed.get(rule.import)) else {
            continue;
        };
        let judging = Judging { check, rule, import, as_of: verdicts.as_of, waivers };
        // a rule that no run knows is one of all of them
        let known = runs.iter().any(|one| one.file.run.rules.contains_key(&rule.id));
        let own = runs.iter().filter(|one| !known || one.file.run.tool == rule.tool);
        let mut of_check: BTreeMap<String, VerdictRecord> = BTreeMap::new();
        for record in own.flat_map(|run| judging.run(run)) {
            match of_check.get(&record.resource) {
                Some(known) if rank(known.verdict) <= rank(record.verdict) => {}
                _ => drop(of_check.insert(record.resource.clone(), record)),
            }
        }
        records.extend(of_check.into_values());
    }
    verdicts.join(records);
}

/// A run with its results by rule.
struct Indexed<'a> {
    file: &'a ForeignRun,
    results: BTreeMap<&'a str, Vec<&'a Found>>,
}

impl<'a> Indexed<'a> {
    fn of(file: &'a ForeignRun) -> Self {
        let mut results: BTreeMap<&str, Vec<&Found>> = BTreeMap::new();
        for found in &file.run.results {
            results.entry(&found.rule).or_default().push(found);
        }
        Self { file, results }
    }
}

/// Which outcome stands where two files are about one subject.
fn rank(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Fail => 0,
        Outcome::Waived => 1,
        Outcome::Error => 2,
        Outcome::Unknown => 3,
        Outcome::Pass => 4,
    }
}

struct Judging<'a> {
    check: &'a Check,
    rule: &'a ForeignRule,
    import: &'a Import,
    as_of: Timestamp,
    waivers: &'a [Waiver],
}

impl Judging<'_> {
    /// The verdicts of one run: on each of its subjects, else on the run as a whole.
    fn run(&self, one: &Indexed<'_>) -> Vec<VerdictRecord> {
        let Some(results) = one.results.get(self.rule.id.as_str()) else {
            return vec![self.silent(one.file)];
        };
        let mut by_subject: BTreeMap<&str, Vec<&Found>> = BTreeMap::new();
        for found in results {
            by_subject.entry(&found.subject.id).or_default().push(found);
        }
        by_subject.into_values().filter_map(|found| self.subject(one.file, &found)).collect()
    }

    /// The verdict on one subject; none where the rule is not about it.
    fn subject(&self, one: &ForeignRun, found: &[&Found]) -> Option<VerdictRecord> {
        let worst = found.iter().map(|found| found.outcome).min()?;
        let decisive: Vec<&&Found> = found.iter().filter(|found| found.outcome == worst).collect();
        let first = decisive.first()?;
        let said = told(&decisive);
        let (outcome, reason) = match worst {
            foreign::Outcome::NotApplicable => return None,
            foreign::Outcome::Fail => (Outcome::Fail, said),
            foreign::Outcome::Error => {
                (Outcome::Error, Some(said.unwrap_or_else(|| format!("{} failed here.", self.rule.tool))))
            }
            foreign::Outcome::Unknown => (
                Outcome::Unknown,
                Some(said.unwrap_or_else(|| format!("{} did not decide it.", self.rule.tool))),
            ),
            foreign::Outcome::Pass => self.pass(one),
        };
        let (outcome, waiver) = waive(outcome, self.waivers, self.check, &first.subject.id, self.as_of);
        let subject = &first.subject;
        Some(VerdictRecord {
            check: self.check.name.clone(),
            resource: subject.id.clone(),
            name: subject.name.clone(),
            kind: subject.kind.clone(),
            verdict: outcome,
            detail: Detail { reason, waiver, ..Detail::default() },
            evidence: reference(one, first.line),
            collected: self.collected(one),
        })
    }

    /// What a pass counts: unknown where it is too old, or nobody knows how old it is.
    fn pass(&self, one: &ForeignRun) -> (Outcome, Option<String>) {
        let Some(max_age) = self.import.max_age else { return (Outcome::Pass, None) };
        let Some(collected) = one.collected else {
            let reason = "It passed, but the file does not say when.".to_owned();
            return (Outcome::Unknown, Some(reason));
        };
        if self.as_of.duration_since(collected) > SignedDuration::from_secs(max_age) {
            let reason = format!("It passed at {collected}, which is too long ago.");
            return (Outcome::Unknown, Some(reason));
        }
        (Outcome::Pass, None)
    }

    /// The verdict on a run that has no result of the rule.
    fn silent(&self, one: &ForeignRun) -> VerdictRecord {
        let listed = one.run.rules.contains_key(&self.rule.id);
        let (outcome, reason) = match (listed, self.import.silent) {
            (true, Silent::Pass) if one.run.completed => self.pass(one),
            (true, Silent::Pass) => (
                Outcome::Unknown,
                Some("No result, and the file does not say that the tool ran to its end.".to_owned()),
            ),
            (true, Silent::Unknown) => {
                (Outcome::Unknown, Some("The file lists the rule, and no result.".to_owned()))
            }
            (false, _) => (Outcome::Unknown, Some("The file does not name the rule.".to_owned())),
        };
        VerdictRecord {
            check: self.check.name.clone(),
            resource: one.file.to_string(),
            name: one.file.file_name().to_owned(),
            kind: "results-file".to_owned(),
            verdict: outcome,
            detail: Detail { reason, ..Detail::default() },
            evidence: reference(one, 1),
            collected: self.collected(one),
        }
    }

    /// When it was found; where nobody says, as of now.
    fn collected(&self, one: &ForeignRun) -> Timestamp {
        one.collected.unwrap_or(self.as_of)
    }
}

fn reference(one: &ForeignRun, line: u32) -> EvidenceRef {
    let digest: Sha256Digest = one.digest;
    EvidenceRef { source: one.file.to_string(), line, digest }
}

/// What the tool says of a subject: its messages, each once.
fn told(found: &[&&Found]) -> Option<String> {
    let mut messages: Vec<&str> = Vec::new();
    for message in found.iter().filter_map(|found| found.message.as_deref()) {
        if !messages.contains(&message) && messages.len() <= TOLD {
            messages.push(message);
        }
    }
    let more = if messages.len() > TOLD { "; and more" } else { "" };
    messages.truncate(TOLD);
    (!messages.is_empty()).then(|| format!("{}{more}", messages.join("; ")))
}
