//! What becomes of a text: what is found in it, and what stands for that.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::decode::{compared, undo};
use super::hidden::{decoded, enclosed, is_text};
use super::literal::{Literals, Values};
use super::pattern::{Patterns, overlap};
use super::pseudonym::{self, Pseudonyms};
use super::report::{Action, Note};
use super::rule::Rule;
use super::structure::{Level, Role, Table, labelled};
use super::view::Readings;

/// How deep a text in Base64 may lie in others.
pub(super) const DEEPEST: usize = 4;

/// What a walk through documents is for.
pub(super) enum Phase {
    /// To learn what belongs to whom.
    Learn(Box<Learnt>),
    /// To put pseudonyms in the place of values.
    Replace(Literals),
    /// To see whether anything was left.
    Check(Literals),
    /// To see whether anything stands there that never stays, without knowing which pseudonyms were given.
    Look(Literals),
}

impl Phase {
    /// What is known in this walk.
    fn literals(&self) -> Option<&Literals> {
        match self {
            Self::Replace(literals) | Self::Check(literals) | Self::Look(literals) => Some(literals),
            Self::Learn(_) => None,
        }
    }
}

/// What documents say of values.
#[derive(Default)]
pub(super) struct Learnt {
    /// Values that places say are somebody's.
    pub(super) named: Values,
    /// The same, unless an indicator names them.
    pub(super) unless: Values,
    /// Values that were known by their form.
    pub(super) formed: Values,
}

/// What becomes of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Change {
    Same,
    Text(String),
    Gone,
}

/// Looks through texts, by turns to learn, to replace and to check.
pub(super) struct Worker<'a> {
    patterns: &'a Patterns,
    pub(super) table: &'a Table,
    pseudonyms: &'a mut Pseudonyms,
    /// What an attacker is known by, as it is compared.
    indicators: &'a mut BTreeSet<String>,
    pub(super) phase: Phase,
    in_file_name: bool,
    /// Whether what is known already is looked for and nothing else.
    known_only: bool,
    pub(super) notes: Vec<Note>,
}

/// A value in a text, in bytes of the text as it was written.
struct Value {
    range: Range<usize>,
    rule: Rule,
    /// As somebody reads it.
    reads: String,
    /// Whether it was known before.
    known: bool,
    hidden: bool,
}

/// What is written in the place of a part of a text.
struct Edit {
    range: Range<usize>,
    text: String,
}

impl<'a> Worker<'a> {
    pub(super) fn new(
        patterns: &'a Patterns,
        table: &'a Table,
        pseudonyms: &'a mut Pseudonyms,
        indicators: &'a mut BTreeSet<String>,
        phase: Phase,
    ) -> Self {
        Self {
            patterns,
            table,
            pseudonyms,
            indicators,
            phase,
            in_file_name: false,
            known_only: false,
            notes: Vec::new(),
        }
    }

    /// What becomes of the path of a file.
    pub(super) fn path(&mut self, path: &str) -> Option<String> {
        self.in_file_name = true;
        let new = self.prose("name", Role::Prose, path);
        self.in_file_name = false;
        new
    }

    /// What becomes of a text at a place.
    pub(super) fn text(&mut self, place: &str, levels: &[Level], outside: Role, text: &str) -> Change {
        let changed = |text: Option<String>| text.map_or(Change::Same, Change::Text);
        match self.table.role(levels, outside) {
            Role::Dropped(rule) => self.gone(place, rule),
            Role::Embedded => match decoded(text).map(String::from_utf8) {
                Some(Ok(inner)) if is_text(&inner) => changed(self.prose(place, Role::Prose, text)),
                _ => self.gone(place, Rule::Attachment),
            },
            Role::Named(rule) => changed(self.named(place, rule, text, false)),
            Role::Unless(rule) => changed(self.named(place, rule, text, true)),
            role => changed(self.prose(place, role, text)),
        }
    }

    /// Notes that something was left out.
    pub(super) fn gone(&mut self, place: &str, rule: Rule) -> Change {
        if !matches!(self.phase, Phase::Look(_)) {
            self.note(place, rule, Action::Removed, false);
        }
        Change::Gone
    }

    /// Looks for what is known already in a text whose parts mean nothing by themselves.
    pub(super) fn known(&mut self, text: &str) {
        self.known_only = true;
        self.prose("", Role::Prose, text);
        self.known_only = false;
    }

    fn note(&mut self, place: &str, rule: Rule, action: Action, hidden: bool) {
        if !matches!(self.phase, Phase::Learn(_)) {
            self.notes.push(Note { place: place.to_owned(), rule, action, hidden });
        }
    }

    /// A text that names somebody, line by line.
    fn named(&mut self, place: &str, rule: Rule, text: &str, unless: bool) -> Option<String> {
        if let Phase::Learn(learnt) = &mut self.phase {
            let values = if unless { &mut learnt.unless } else { &mut learnt.named };
            text.lines().for_each(|line| values.name(rule, line));
            return self.prose(place, Role::Prose, text);
        }
        if matches!(self.phase, Phase::Look(_)) && !rule.never_stays() {
            return self.prose(place, Role::Prose, text);
        }
        if unless && text.lines().any(|line| self.indicators.contains(&compared(line))) {
            return self.prose(place, Role::Indicator, text);
        }
        let mut changed = false;
        let lines: Vec<Cow<'_, str>> = text
            .split('\n')
            .map(|line| match self.stand_in(place, rule, line) {
                Some(pseudonym) => {
                    changed = true;
                    Cow::Owned(line.replace(line.trim(), &pseudonym))
                }
                None => Cow::Borrowed(line),
            })
            .collect();
        changed.then(|| lines.join("\n"))
    }

    /// What stands for a line that names somebody; none where nothing is to be done.
    fn stand_in(&mut self, place: &str, rule: Rule, line: &str) -> Option<String> {
        if line.trim().is_empty() || self.is_pseudonym(line) {
            return None;
        }
        let rule = self.rule_of(line, rule);
        self.note(place, rule, Action::Replaced, false);
        matches!(self.phase, Phase::Replace(_)).then(|| self.pseudonyms.of(rule, line))
    }

    /// What a value is that was found by a rule: what is known of it, unless it is a secret here, whatever it is elsewhere.
    fn rule_of(&self, text: &str, found: Rule) -> Rule {
        let known = || self.phase.literals().and_then(|literals| literals.rule(text));
        if found.is_secret() { found } else { known().unwrap_or(found) }
    }

    /// Whether a text stands for a value already: one that was given in this run, or in another one that nobody knows the seed of.
    fn is_pseudonym(&self, text: &str) -> bool {
        match self.phase {
            Phase::Look(_) => pseudonym::is_pseudonym(text),
            _ => self.pseudonyms.is_issued(text),
        }
    }

    /// A text in which values are looked for. `place` is empty for a text of its own, whose lines are places.
    pub(super) fn prose(&mut self, place: &str, role: Role, text: &str) -> Option<String> {
        let edits = self.edits(place, role, text, 0);
        (!edits.is_empty()).then(|| apply(text, &edits))
    }

    fn edits(&mut self, place: &str, role: Role, text: &str, depth: usize) -> Vec<Edit> {
        let readings = Readings::of(text, undo);
        let found = self.values(text, &readings);
        let mut values = self.without_indicators(found, role, &readings);
        self.learn(role, &values, &readings);
        match self.phase {
            Phase::Check(_) => values.retain(|value| !self.is_pseudonym(&value.reads)),
            Phase::Look(_) => values.retain(|value| {
                (value.known || value.rule.never_stays()) && !self.is_pseudonym(&value.reads)
            }),
            Phase::Learn(_) | Phase::Replace(_) => {}
        }
        let mut edits: Vec<Edit> = Vec::new();
        for value in joined(values, text) {
            let line;
            let place = if place.is_empty() {
                line = format!(
                    "line {}",
                    text.get(..value.range.start).unwrap_or_default().matches('\n').count() + 1
                );
                line.as_str()
            } else {
                place
            };
            let rule = self.rule_of(&value.reads, value.rule);
            self.note(place, rule, Action::Replaced, value.hidden || depth > 0);
            if let Phase::Replace(_) = self.phase {
                edits.push(Edit { range: value.range, text: self.pseudonyms.of(rule, &value.reads) });
            }
        }
        let inner = if depth < DEEPEST { self.inner(place, role, &readings, depth) } else { Vec::new() };
        let outside = |inner: &Edit| !edits.iter().any(|edit| overlap(&edit.range, &inner.range));
        let inner: Vec<Edit> = inner.into_iter().filter(outside).collect();
        edits.extend(inner);
        edits.sort_by_key(|edit| edit.range.start);
        edits
    }

    /// Texts in Base64, written anew where values are in them.
    fn inner(&mut self, place: &str, role: Role, readings: &Readings<'_>, depth: usize) -> Vec<Edit> {
        let mut edits: Vec<Edit> = Vec::new();
        for (number, reading) in readings.each() {
            for one in enclosed(reading) {
                let range = readings.source(number, one.range.clone());
                if edits.iter().any(|edit| overlap(&edit.range, &range)) {
                    continue;
                }
                let inside = if place.is_empty() { "in Base64" } else { place };
                let changes = self.edits(inside, role, &one.text, depth + 1);
                if !changes.is_empty() {
                    edits.push(Edit { range, text: one.written(&apply(&one.text, &changes)) });
                }
            }
        }
        edits
    }

    /// All values in all readings of a text.
    fn values(&self, text: &str, readings: &Readings<'_>) -> Vec<Value> {
        let mut values = Vec::new();
        for (number, reading) in readings.each() {
            let known = self.phase.literals().map(|literals| literals.hits(reading, self.in_file_name));
            let known = known.unwrap_or_default();
            let formed = if self.known_only { Vec::new() } else { self.patterns.hits(reading) };
            let formed = formed.into_iter().map(|hit| (hit, false));
            for (hit, known) in formed.chain(known.into_iter().map(|hit| (hit, true))) {
                let reads = reading.get(hit.range.clone()).unwrap_or_default().to_owned();
                let range = readings.source(number, hit.range);
                let hidden = text.get(range.clone()) != Some(reads.as_str());
                values.push(Value { range, rule: hit.rule, reads, known, hidden });
            }
        }
        values
    }

    /// The values without those that an attacker is known by, or that are parts of such: they stay where they are not ours.
    fn without_indicators(&mut self, values: Vec<Value>, role: Role, readings: &Readings<'_>) -> Vec<Value> {
        let ours: Vec<Range<usize>> =
            values.iter().filter(|value| value.rule.is_declared()).map(|value| value.range.clone()).collect();
        let is_ours = |range: &Range<usize>| ours.iter().any(|own| overlap(own, range));
        let may_stay = |value: &Value| value.rule.may_be_an_attackers() && !is_ours(&value.range);
        if let (Phase::Learn(_), Role::Indicator) = (&self.phase, role) {
            let seen = values.iter().filter(|value| may_stay(value)).map(|value| compared(&value.reads));
            self.indicators.extend(seen);
            self.indicators.extend(readings.each().flat_map(|(_, reading)| names_in(reading)));
        }
        let is_known = |value: &Value| may_stay(value) && self.indicators.contains(&compared(&value.reads));
        let mut shielded = self.shielded(readings);
        shielded.extend(values.iter().filter(|value| is_known(value)).map(|value| value.range.clone()));
        let is_part =
            |value: &Value| shielded.iter().any(|range| inside(&value.range, range) && !is_ours(range));
        let stays =
            |value: &Value| is_known(value) || (value.known && value.rule.is_name() && is_part(value));
        values.into_iter().filter(|value| !stays(value)).collect()
    }

    /// Where words of a text are what an attacker is known by; of links their hosts.
    fn shielded(&self, readings: &Readings<'_>) -> Vec<Range<usize>> {
        let mut shielded = Vec::new();
        for (number, reading) in readings.each() {
            let words = words(reading).into_iter().filter_map(|word| host(reading, word));
            let known = words.filter(|word| {
                self.indicators.contains(&compared(reading.get(word.clone()).unwrap_or_default()))
            });
            shielded.extend(known.map(|word| readings.source(number, word)));
        }
        shielded
    }

    fn learn(&mut self, role: Role, values: &[Value], readings: &Readings<'_>) {
        let Phase::Learn(learnt) = &mut self.phase else { return };
        for value in values {
            learnt.formed.form(value.rule, &value.reads);
        }
        if role == Role::Prose {
            for (_, reading) in readings.each() {
                labelled(reading).for_each(|(rule, value)| learnt.named.name(rule, value));
            }
        }
    }
}

fn inside(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Words, without what punctuation stands around them.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let ends = |c: char| c.is_whitespace() || "'\"`<>()[]{},;|".contains(c);
    let mut at = 0;
    for piece in text.split_inclusive(ends) {
        let word = piece.trim_end_matches(ends).trim_end_matches(['.', ':', '!', '?']);
        if word.len() > 3 {
            words.push(at..at + word.len());
        }
        at += piece.len();
    }
    words
}

/// The part of a word that names a machine or a file: of a link the host, of a path or a query nothing.
fn host(text: &str, word: Range<usize>) -> Option<Range<usize>> {
    let written = text.get(word.clone())?;
    let Some((scheme, rest)) = written.split_once("://") else {
        return (!written.contains(['/', '?', '=', '&'])).then_some(word);
    };
    let start = word.start + scheme.len() + 3;
    let length = rest.find(['/', '?', '#', ':', '@']).unwrap_or(rest.len());
    (!rest.get(length..)?.starts_with('@')).then_some(start..start + length)
}

/// Words of an indicator that are names, addresses or digests rather than words of a language, as they are compared.
fn names_in(text: &str) -> impl Iterator<Item = String> {
    let whole = (!text.contains(char::is_whitespace)).then(|| compared(text));
    let parts = words(text).into_iter().flat_map(|word| [Some(word.clone()), host(text, word)]).flatten();
    let parts = parts.filter_map(|word| text.get(word));
    let names = parts.filter(|word| word.chars().any(|c| !c.is_alphabetic() && c != '-')).map(compared);
    let quoted = text.split('\'').skip(1).step_by(2).filter(|word| word.len() > 3).map(compared);
    whole.into_iter().chain(names).chain(quoted)
}

/// Values that share bytes as one, of the kind of the longest.
fn joined(mut values: Vec<Value>, text: &str) -> Vec<Value> {
    values.sort_by_key(|value| (value.range.start, std::cmp::Reverse(value.range.end)));
    let mut joined: Vec<Value> = Vec::new();
    for value in values {
        match joined.last_mut().filter(|last| overlap(&last.range, &value.range)) {
            Some(last) if inside(&value.range, &last.range) => last.hidden |= value.hidden,
            Some(last) => {
                last.range.end = value.range.end;
                text.get(last.range.clone()).unwrap_or_default().clone_into(&mut last.reads);
                last.hidden |= value.hidden;
            }
            None => joined.push(value),
        }
    }
    joined
}

fn apply(text: &str, edits: &[Edit]) -> String {
    let mut new = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        new.push_str(text.get(at..edit.range.start).unwrap_or_default());
        new.push_str(&edit.text);
        at = edit.range.end;
    }
    new.push_str(text.get(at..).unwrap_or_default());
    new
}
