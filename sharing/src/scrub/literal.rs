//! Values that are known already: what one place of a package says is somebody's is looked for in all others.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::decode::compared;
use super::pattern::{Hit, is_telling, stands_alone};
use super::rule::Rule;
use super::view::View;

/// Characters of a value that is looked for everywhere.
const SHORTEST: usize = 3;
/// Characters of a value that is known by its form alone.
const SHORTEST_BY_FORM: usize = 6;

/// Names of accounts that every system has, and words for people that name nobody.
const NOBODY: [&str; 28] = [
    "admin",
    "administrator",
    "analyst",
    "center",
    "centre",
    "cert",
    "chief",
    "contact",
    "csirt",
    "desk",
    "emergency",
    "example",
    "guest",
    "head",
    "manager",
    "network",
    "nobody",
    "office",
    "officer",
    "operations",
    "operator",
    "response",
    "root",
    "security",
    "service",
    "support",
    "system",
    "team",
];

/// Words behind the name of an organisation that say what it is in law, in small letters.
const LEGAL_FORMS: [&str; 38] = [
    "&",
    "a.s",
    "ab",
    "ag",
    "aps",
    "as",
    "b.v",
    "bv",
    "co",
    "corp",
    "corporation",
    "d.o.o",
    "e.v",
    "gmbh",
    "inc",
    "kft",
    "kg",
    "kgaa",
    "limited",
    "llc",
    "llp",
    "ltd",
    "n.v",
    "nv",
    "o.o",
    "oy",
    "oyj",
    "plc",
    "s.a",
    "s.p.a",
    "s.r.l",
    "sa",
    "sarl",
    "sas",
    "se",
    "sp",
    "spa",
    "ug",
];

/// Values and what they are.
#[derive(Debug, Default)]
pub(super) struct Values(BTreeMap<String, Known>);

#[derive(Debug, Clone, Copy)]
struct Known {
    rule: Rule,
    /// One word of a name, which counts where it is written with a capital: many names are words of a language, too.
    capital: bool,
}

impl Values {
    /// Remembers a value that a format says is somebody's, with the words of a person's name and the machine of a domain's.
    pub(super) fn name(&mut self, rule: Rule, text: &str) {
        let value = compared(text);
        let is_word = value.chars().any(char::is_alphabetic) || value.len() >= SHORTEST_BY_FORM;
        if value.chars().count() >= SHORTEST && is_word && !NOBODY.contains(&value.as_str()) {
            self.0.insert(value.clone(), Known { rule, capital: false });
        }
        if rule == Rule::Asset
            && let Some((machine, _)) = value.split_once('.').filter(|(machine, _)| machine.len() > SHORTEST)
            && is_telling(machine)
        {
            self.0.entry(machine.to_owned()).or_insert(Known { rule, capital: false });
        }
        if rule == Rule::Person {
            let words = value.split(|c: char| !c.is_alphanumeric() && c != '-');
            for word in words.filter(|word| word.chars().count() >= SHORTEST && !NOBODY.contains(word)) {
                self.0.entry(word.to_owned()).or_insert(Known { rule, capital: true });
            }
        }
    }

    /// Remembers the name of an organisation, and the same without its legal form.
    pub(super) fn title(&mut self, text: &str) {
        let value = compared(text);
        let mut bare = value.as_str();
        while let Some((rest, last)) = bare.rsplit_once(' ') {
            if !LEGAL_FORMS.contains(&last.trim_matches(['.', ',', '(', ')'])) {
                break;
            }
            bare = rest.trim_end_matches([',', ' ']);
        }
        for name in [value.as_str(), bare] {
            if name.chars().count() >= SHORTEST && !NOBODY.contains(&name) {
                let known = Known { rule: Rule::Organisation, capital: !name.contains(' ') };
                self.0.entry(name.to_owned()).or_insert(known);
            }
        }
    }

    /// Remembers a value that was known by its form; what was declared is found by that anyway. Passwords that are words of a language would be found in every sentence.
    pub(super) fn form(&mut self, rule: Rule, text: &str) {
        if rule.is_declared() {
            return;
        }
        let named = matches!(rule, Rule::Account | Rule::Credential);
        if text.chars().count() >= SHORTEST_BY_FORM && (!named || is_telling(text)) {
            self.0.entry(compared(text)).or_insert(Known { rule, capital: false });
        }
    }

    /// Takes in others, where they are not known already.
    pub(super) fn take(&mut self, others: Self) {
        for (value, known) in others.0 {
            self.0.entry(value).or_insert(known);
        }
    }

    /// Whether a value, as it is compared, is known as a whole.
    pub(super) fn has(&self, compared: &str) -> bool {
        self.0.get(compared).is_some_and(|known| !known.capital)
    }

    /// Forgets some of them.
    pub(super) fn retain(&mut self, stays: impl Fn(&str, Rule) -> bool) {
        self.0.retain(|value, known| stays(value, known.rule));
    }
}

/// Values, made ready to be looked for.
pub(super) struct Literals {
    automaton: AhoCorasick,
    known: Vec<Known>,
    values: Values,
}

impl Literals {
    /// # Errors
    /// They are too many.
    pub(super) fn new(values: Values) -> Result<Self, String> {
        let automaton = AhoCorasick::new(values.0.keys()).map_err(|error| error.to_string())?;
        Ok(Self { automaton, known: values.0.values().copied().collect(), values })
    }

    /// What a value is, if it is known.
    pub(super) fn rule(&self, text: &str) -> Option<Rule> {
        self.values.0.get(&compared(text)).map(|known| known.rule)
    }

    /// Where they stand in a text, whatever its blanks; they may overlap. Capitals matter to the words of names alone, and in the
    /// names of files to nothing.
    pub(super) fn hits(&self, text: &str, in_file_name: bool) -> Vec<Hit> {
        let small = View::of(text, small);
        let seen = small.as_ref().map_or(text, |view| view.text.as_str());
        let source = |range: Range<usize>| small.as_ref().map_or(range.clone(), |view| view.source(&range));
        let found =
            self.automaton.find_overlapping_iter(seen).filter(|found| stands_alone(seen, &found.range()));
        found
            .filter_map(|found| {
                let known = self.known.get(found.pattern().as_usize())?;
                let range = source(found.range());
                let is_name = in_file_name || text.get(range.clone())?.starts_with(char::is_uppercase);
                (is_name || !known.capital).then_some(Hit { range, rule: known.rule })
            })
            .collect()
    }
}

/// Capitals as small letters, and blanks in a row as one.
fn small(rest: &str) -> Option<(usize, String)> {
    let first = rest.chars().next()?;
    if first.is_whitespace() {
        let taken = rest.len() - rest.trim_start().len();
        return rest.get(..taken).filter(|blank| *blank != " ").map(|blank| (blank.len(), " ".to_owned()));
    }
    first.is_uppercase().then(|| (first.len_utf8(), first.to_lowercase().collect()))
}
