//! Taking personal and customer data out of what is shared.
//!
//! A package is scrubbed as a whole, in three walks over all its files. The first learns: what the places of formats say is
//! somebody's (`structure`), what has the form of a value that is not shared (`pattern`), and what an attacker is known by.
//! The second puts pseudonyms in the place of values, wherever in the package they stand. The third reads what was made as if it
//! were new, and must find nothing.
//!
//! Texts are read as somebody would read them who undoes escapes, look-alikes and Base64, so that a value is found however it is
//! written (`decode`, `hidden`). What is not known is not passed: a file without a format that is known is refused.

pub mod codes;
mod decode;
mod format;
mod hidden;
mod left;
mod literal;
mod pattern;
mod pseudonym;
mod report;
mod rule;
mod structure;
mod view;
mod worker;

use std::collections::BTreeSet;

use probity_diagnostics::{Diagnostic, Diagnostics, TreePath};

use decode::undo;
use format::Format;
use hidden::enclosed;
use literal::{Literals, Values};
use pattern::Patterns;
use pseudonym::Pseudonyms;
use structure::Table;
use view::Readings;
use worker::{DEEPEST, Learnt, Phase, Worker};

use crate::tlp::Label;

pub(crate) use decode::{compared, is_unseen};
pub(crate) use format::delimiter;
pub use format::hushed;
pub use left::left;
pub use pattern::Ours;
pub(crate) use pattern::{luhn, names_credential};
pub use pseudonym::Seed;
pub(crate) use pseudonym::is_pseudonym;
pub use report::{Action, Claim, FileReport, Found, Place, REPORT, Report};
pub use rule::{RULES, Rule};

/// A file of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path in the package.
    pub path: TreePath,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// Its colour, which scrubbing does not change.
    pub label: Label,
}

/// What somebody who scrubs says beside the files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    /// What belongs to those who share.
    pub ours: Ours,
    /// What an attacker is known by, and stays, although a rule would take it: an address that phishing came from.
    pub indicators: Vec<String>,
}

/// What came of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scrubbed {
    /// The files, in the order they were given in. They may only leave where the report is clean.
    pub files: Vec<File>,
    /// What was found.
    pub report: Report,
}

/// Scrubs a package.
///
/// # Errors
/// A file is none that can be scrubbed, two would have one name afterwards, or the rules are too many.
pub fn scrub(files: &[File], rules: &Rules, seed: &Seed) -> Result<Scrubbed, Diagnostics> {
    let mut run = Run::new(rules, seed)?;
    let literals = run.learn(files, rules)?;
    let (scrubbed, reports, literals) = run.replace(files, literals)?;
    let mut residue = run.check(&scrubbed, literals)?;
    for place in run.look(&scrubbed, self::literals(rules.ours.named())?) {
        let is_told = residue.iter().any(|told| told.path == place.path && told.rule == place.rule);
        residue.extend((!is_told).then_some(place));
    }
    residue.sort();
    Ok(Scrubbed { files: scrubbed, report: Report::new(reports, residue) })
}

struct Run {
    patterns: Patterns,
    table: Table,
    pseudonyms: Pseudonyms,
    indicators: BTreeSet<String>,
}

impl Run {
    fn new(rules: &Rules, seed: &Seed) -> Result<Self, Diagnostics> {
        Ok(Self {
            patterns: Patterns::new(&rules.ours).map_err(|why| too_many(&why))?,
            table: Table::new(),
            pseudonyms: Pseudonyms::new(seed),
            indicators: rules.indicators.iter().map(|value| compared(value)).collect(),
        })
    }

    fn worker(&mut self, phase: Phase) -> Worker<'_> {
        Worker::new(&self.patterns, &self.table, &mut self.pseudonyms, &mut self.indicators, phase)
    }

    /// What is somebody's and what is an attacker's, over all files.
    fn learn(&mut self, files: &[File], rules: &Rules) -> Result<Literals, Diagnostics> {
        let mut worker = self.worker(Phase::Learn(Box::default()));
        for file in files {
            worker.path(file.path.as_str());
            Format::of(&file.path)?.scrub(&file.bytes, &file.path, &mut worker)?;
        }
        let Phase::Learn(learnt) = worker.phase else { return Ok(literals(Values::default())?) };
        let Learnt { named, mut unless, mut formed } = *learnt;
        // who is named as a victim is one, whatever indicators say
        self.indicators.retain(|value| !named.has(value));
        let indicators = &self.indicators;
        let stays = |value: &str, rule: Rule| rule.may_be_an_attackers() && indicators.contains(value);
        unless.retain(|value, rule| !stays(value, rule));
        formed.retain(|value, rule| !stays(value, rule));
        let mut known = rules.ours.named();
        known.take(named);
        known.take(unless);
        known.take(formed);
        Ok(literals(known)?)
    }

    fn replace(
        &mut self,
        files: &[File],
        literals: Literals,
    ) -> Result<(Vec<File>, Vec<FileReport>, Literals), Diagnostics> {
        let mut worker = self.worker(Phase::Replace(literals));
        let mut scrubbed: Vec<File> = Vec::new();
        let mut reports = Vec::new();
        for file in files {
            let name = worker.path(file.path.as_str());
            let path = name.map_or_else(|| Ok(file.path.clone()), |name| path_of(&name))?;
            if scrubbed.iter().any(|other| other.path == path) {
                return Err(Diagnostic::error(&codes::FORMAT, format!("two files would be `{path}`")).into());
            }
            let bytes = Format::of(&file.path)?.scrub(&file.bytes, &file.path, &mut worker)?;
            let notes = std::mem::take(&mut worker.notes);
            reports.push(FileReport::new(path.to_string(), &bytes, file.label, notes));
            scrubbed.push(File { path, bytes, label: file.label });
        }
        let Phase::Replace(literals) = worker.phase else { return Err(Diagnostics::new()) };
        Ok((scrubbed, reports, literals))
    }

    /// What is left in what was made: by its format, and what is known once more in its bytes, where what cannot be replaced
    /// stands, too.
    fn check(&mut self, files: &[File], literals: Literals) -> Result<Vec<Place>, Diagnostics> {
        let mut worker = self.worker(Phase::Check(literals));
        let mut residue = BTreeSet::new();
        for file in files {
            worker.path(file.path.as_str());
            Format::of(&file.path)?.scrub(&file.bytes, &file.path, &mut worker)?;
            worker.known(&String::from_utf8_lossy(&file.bytes));
            for note in std::mem::take(&mut worker.notes) {
                let place = Place { path: file.path.to_string(), place: note.place, rule: note.rule };
                residue.insert(place);
            }
        }
        Ok(residue.into_iter().collect())
    }
}

/// A text in all the ways in which somebody reads it who undoes escapes, look-alikes and Base64.
pub(crate) fn readings(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut texts = vec![text.to_owned()];
    for _ in 0..=DEEPEST {
        let mut inner = Vec::new();
        for text in texts {
            for (_, reading) in Readings::of(&text, undo).each() {
                inner.extend(enclosed(reading).into_iter().map(|one| one.text));
                all.push(reading.to_owned());
            }
        }
        texts = inner;
    }
    all
}

impl Ours {
    /// What is looked for by its name.
    fn named(&self) -> Values {
        let mut values = Values::default();
        self.names.iter().for_each(|name| values.title(name));
        self.words.iter().for_each(|word| values.name(Rule::Word, word));
        values
    }
}

fn literals(values: Values) -> Result<Literals, Diagnostic> {
    Literals::new(values).map_err(|why| too_many(&why))
}

fn too_many(why: &str) -> Diagnostic {
    Diagnostic::error(&codes::RULES, format!("the rules cannot be applied: {why}"))
}

fn path_of(name: &str) -> Result<TreePath, Diagnostic> {
    TreePath::parse(name).map_err(|error| Diagnostic::error(&codes::FORMAT, error.to_string()))
}
