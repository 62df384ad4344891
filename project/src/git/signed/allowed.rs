//! The file of allowed signers: whose a key is, and when.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use ssh_key::PublicKey;
use ssh_key::public::KeyData;

use super::{NAMESPACE, SignedBy};

/// Keys, and whose they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AllowedSigners {
    lines: Vec<Line>,
    /// Numbers of lines that are not understood, and why.
    pub passed_over: Vec<(usize, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    /// Patterns of e-mail addresses.
    principals: Vec<String>,
    namespaces: Option<Vec<String>>,
    after: Option<Timestamp>,
    before: Option<Timestamp>,
    key: KeyData,
}

impl AllowedSigners {
    /// Reads the file. Lines that are not understood allow nobody. Times without `Z` are taken for UTC.
    pub fn parse(text: &str) -> Self {
        let mut signers = Self::default();
        for (number, line) in (1..).zip(text.lines().map(str::trim)) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match Line::parse(line) {
                Ok(line) => signers.lines.push(line),
                Err(why) => signers.passed_over.push((number, why)),
            }
        }
        signers
    }

    /// Whether the key that signed was the one of somebody with this e-mail address at that time.
    pub fn allow(&self, signed: &SignedBy, email: &str) -> bool {
        self.lines.iter().any(|line| line.allows(signed, email))
    }

    /// The principals that the key belongs to, as the file writes them.
    pub fn owners(&self, signed: &SignedBy) -> Vec<&str> {
        let lines = self.lines.iter().filter(|line| line.key == signed.key);
        lines.flat_map(|line| &line.principals).map(String::as_str).collect()
    }
}

impl Line {
    fn parse(line: &str) -> Result<Self, String> {
        let (principals, rest) = word(line);
        let principals = principals.replace('"', "").split(',').map(str::to_lowercase).collect();
        let (mut namespaces, mut after, mut before) = (None, None, None);
        let mut key = rest;
        if PublicKey::from_openssh(rest).is_err() {
            let (options, rest) = word(rest);
            key = rest;
            for (name, value) in options_of(options) {
                match name.to_ascii_lowercase().as_str() {
                    "namespaces" => namespaces = Some(value.split(',').map(str::to_owned).collect()),
                    "valid-after" => after = Some(instant(&value)?),
                    "valid-before" => before = Some(instant(&value)?),
                    "cert-authority" => return Err("certificates are not read".to_owned()),
                    _ => return Err(format!("there is no option `{name}`")),
                }
            }
        }
        let key = PublicKey::from_openssh(key).map_err(|error| format!("no key is understood: {error}"))?;
        Ok(Self { principals, namespaces, after, before, key: key.key_data().clone() })
    }

    fn allows(&self, signed: &SignedBy, email: &str) -> bool {
        self.key == signed.key
            && self.namespaces.as_ref().is_none_or(|all| all.iter().any(|one| matches(one, NAMESPACE)))
            && self.after.is_none_or(|after| signed.at >= after)
            && self.before.is_none_or(|before| signed.at < before)
            && self.names(&email.to_lowercase())
    }

    /// Whether one of the patterns fits and none that begins with `!` does.
    fn names(&self, email: &str) -> bool {
        let denied =
            self.principals.iter().filter_map(|one| one.strip_prefix('!')).any(|one| matches(one, email));
        !denied && self.principals.iter().any(|one| matches(one, email))
    }
}

/// The first word, in which quotation marks keep blanks together, and what follows.
fn word(text: &str) -> (&str, &str) {
    let mut quoted = false;
    let end = text.find(|c: char| {
        quoted ^= c == '"';
        c.is_whitespace() && !quoted
    });
    let (word, rest) = end.and_then(|end| text.split_at_checked(end)).unwrap_or((text, ""));
    (word, rest.trim_start())
}

/// Options and their values, without quotation marks.
fn options_of(text: &str) -> Vec<(String, String)> {
    let mut quoted = false;
    let between = text.split(|c: char| {
        quoted ^= c == '"';
        c == ',' && !quoted
    });
    let option = |option: &str| {
        let (name, value) = option.split_once('=').unwrap_or((option, ""));
        (name.to_owned(), value.trim_matches('"').to_owned())
    };
    between.map(option).collect()
}

/// `YYYYMMDD`, `YYYYMMDDHHMM` or `YYYYMMDDHHMMSS`, with or without `Z`.
fn instant(text: &str) -> Result<Timestamp, String> {
    let digits = text.trim_end_matches(['Z', 'z']);
    let form = match digits.len() {
        8 => format!("{digits}000000"),
        12 => format!("{digits}00"),
        _ => digits.to_owned(),
    };
    let time = DateTime::strptime("%Y%m%d%H%M%S", &form).ok();
    let instant = time.and_then(|time| time.to_zoned(TimeZone::UTC).ok());
    instant.map(|zoned| zoned.timestamp()).ok_or_else(|| format!("`{text}` is no time"))
}

/// Whether a pattern with `*` and `?` fits a whole text.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    // the texts that the pattern so far can have ended after
    let mut ends: Vec<bool> = std::iter::once(true).chain(text.iter().map(|_| false)).collect();
    for c in pattern {
        let mut before = false;
        let mut next = Vec::with_capacity(ends.len());
        for (at, end) in ends.iter().enumerate() {
            let here = text.get(at.wrapping_sub(1)).is_some_and(|t| c == '?' || c == *t);
            let fits = if c == '*' { *end || next.last() == Some(&true) } else { before && here };
            next.push(fits);
            before = *end;
        }
        ends = next;
    }
    ends.last() == Some(&true)
}
