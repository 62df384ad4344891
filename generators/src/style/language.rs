//! The languages of labels. The English word is the name of a label; the other languages have one table each.

use super::german::GERMAN;

/// A language of labels. What documents, metrics and evidence say stays in theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// British English.
    #[default]
    English,
    /// German.
    German,
}

impl Language {
    /// All languages.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// The code of the language (BCP 47).
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// The label that is `english` in English.
    pub fn say(self, english: &str) -> &str {
        let table = self.table();
        let found = table.binary_search_by_key(&english, |(key, _)| key).ok().and_then(|at| table.get(at));
        found.map_or(english, |(_, word)| word)
    }

    /// As [`Language::say`], with `{0}`, `{1}` and so on replaced by `values`.
    pub fn say_with(self, english: &str, values: &[String]) -> String {
        let mut parts = self.say(english).split('{');
        let mut text = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let value = part
                .split_once('}')
                .and_then(|(number, rest)| Some((values.get(number.parse::<usize>().ok()?)?, rest)));
            match value {
                Some((value, rest)) => text.extend([value.as_str(), rest]),
                None => text.extend(["{", part]),
            }
        }
        text
    }

    /// A label as it stands inside a sentence.
    pub fn inside(self, label: &str) -> String {
        match self {
            Self::English => label.to_lowercase(),
            Self::German if label == "Fehler" => label.to_owned(),
            Self::German => {
                let mut letters = label.chars();
                letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
            }
        }
    }

    /// The number with the word in the right form: `1 check`, `2 checks`.
    pub fn count(self, number: u64, one: &str, many: &str) -> String {
        format!("{} {}", self.grouped(number), self.say(if number == 1 { one } else { many }))
    }

    /// A number with groups of three digits.
    pub fn grouped(self, number: u64) -> String {
        let separator = match self {
            Self::English => ',',
            Self::German => '.',
        };
        let digits = number.to_string();
        let mut out = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(separator);
            }
            out.push(digit);
        }
        out
    }

    /// The day of an instant of RFC 3339.
    pub fn day(self, instant: &str) -> String {
        let day = instant.split('T').next().unwrap_or(instant);
        let mut parts = day.split('-');
        match (self, parts.next(), parts.next(), parts.next(), parts.next()) {
            (Self::German, Some(year), Some(month), Some(day), None) => format!("{day}.{month}.{year}"),
            _ => day.to_owned(),
        }
    }

    /// `2026-11-21T00:00:00Z` as `2026-11-21 00:00 UTC`; other offsets stay as written.
    pub fn instant(self, text: &str) -> String {
        let Some((date, time)) = text.split_once('T') else { return text.to_owned() };
        let zone = match time.find(['Z', '+', '-']).and_then(|at| time.get(at..)) {
            Some("Z" | "+00:00") => "UTC",
            Some(offset) => offset,
            None => "",
        };
        let minute = time.get(..5).unwrap_or(time);
        format!("{} {minute} {zone}", self.day(date)).trim_end().to_owned()
    }

    /// Every label with its word.
    pub fn table(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::English => &[],
            Self::German => GERMAN,
        }
    }
}
