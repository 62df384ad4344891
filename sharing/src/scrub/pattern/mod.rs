//! Values that are known by their form, wherever they stand.

mod account;
mod checksum;
mod forms;
mod national;
mod own;
mod secret;

use std::ops::Range;

use regex::Regex;

use super::rule::Rule;

pub(crate) use checksum::luhn;
pub use own::Ours;
pub(super) use secret::is_telling;
pub(crate) use secret::names_credential;

/// A value in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    /// Where it stands, in bytes.
    pub(super) range: Range<usize>,
    /// What it is.
    pub(super) rule: Rule,
}

/// What is looked for by its form, made ready.
pub(super) struct Patterns {
    /// A form, and whether a text of it counts. What counts is the first group, or all of it.
    forms: Vec<forms::Form<Regex>>,
    own: own::Own,
    secrets: secret::Secrets,
    /// What looks like numbers in it and is none: UUIDs, digests, instants.
    shield: Regex,
}

impl Patterns {
    /// # Errors
    /// A form is no regular expression, or the domains are too many.
    pub(super) fn new(ours: &Ours) -> Result<Self, String> {
        let regex = |form: &str| Regex::new(form).map_err(|error| error.to_string());
        let mut forms = Vec::new();
        for (rule, form, check) in forms::all() {
            forms.push((rule, regex(&form)?, check));
        }
        Ok(Self {
            forms,
            own: own::Own::new(ours)?,
            secrets: secret::Secrets::new().map_err(|error| error.to_string())?,
            shield: regex(forms::SHIELD)?,
        })
    }

    /// All values in a text, in no order; they may overlap.
    pub(super) fn hits(&self, text: &str) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for (rule, form, counts) in &self.forms {
            hits.extend(forms::found(form, text, *counts).map(|range| Hit { range, rule: *rule }));
        }
        hits.extend(account::cards(text).into_iter().map(|range| Hit { range, rule: Rule::Card }));
        hits.extend(account::ibans(text).into_iter().map(|range| Hit { range, rule: Rule::Iban }));
        let shielded: Vec<Range<usize>> = self.shield.find_iter(text).map(|found| found.range()).collect();
        hits.retain(|hit| !is_number(hit.rule) || !shielded.iter().any(|range| overlap(range, &hit.range)));
        hits.extend(self.own.hits(text));
        let secrets = self.secrets.hits(text);
        // `scheme://user:password@host` holds no address of `password`
        hits.retain(|hit| {
            hit.rule != Rule::Mail || !secrets.iter().any(|secret| overlap(&secret.range, &hit.range))
        });
        hits.extend(secrets);
        hits
    }
}

/// Whether what a rule finds may be a part of a longer row of digits by chance.
const fn is_number(rule: Rule) -> bool {
    matches!(rule, Rule::Phone | Rule::Card | Rule::NationalId | Rule::Ssn)
}

/// Whether two parts of a text share a byte.
pub(super) fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether a part of a text is no part of a longer word or number.
pub(super) fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).and_then(|before| before.chars().next_back());
    let after = text.get(range.end..).and_then(|after| after.chars().next());
    let goes_on = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !goes_on(before) && !goes_on(after)
}
