//! Passwords, tokens and keys: by their own form, by what stands around them, by the name that they are given.

use std::ops::Range;

use probity_diagnostics::secrecy::has_credential_name;
use regex::Regex;

use super::super::rule::Rule;
use super::Hit;

/// Tokens that their issuers gave a form to know them by.
const TOKENS: &str = r"\b(?:(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{40,255}|glpat-[A-Za-z0-9_-]{20,255}|xox[abeoprs]-[A-Za-z0-9-]{10,255}|[spr]k_(?:live|test)_[A-Za-z0-9]{16,255}|sk-[A-Za-z0-9_-]{20,255}|AIza[0-9A-Za-z_-]{35}|ya29\.[0-9A-Za-z_-]{20,}|GOCSPX-[A-Za-z0-9_-]{20,}|npm_[A-Za-z0-9]{36}|pypi-[A-Za-z0-9_-]{50,}|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|do[opr]_v1_[a-f0-9]{64}|hf_[A-Za-z0-9]{30,}|hv[sb]\.[A-Za-z0-9_-]{20,}|AGE-SECRET-KEY-1[0-9A-Z]{50,}|\d{8,10}:AA[A-Za-z0-9_-]{33}|eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*)";

/// Keys of PEM, `OpenPGP` and `PuTTY`, with or without their end.
const PRIVATE_KEY: &str = r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,10}-----(?:(?:[^-]|-[^-])*-----END [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,10}-----|(?:\s*[A-Za-z0-9+/=]{16,})*)|PuTTY-User-Key-File-\d[^\n]*(?:\n[A-Za-z-]+: ?[^\n]*|\n[A-Za-z0-9+/=]+)*";

/// What follows the name of a scheme of HTTP (RFC 7617, RFC 6750).
const AUTHORIZATION: &str = r"(?i)\b(?:basic|bearer|apikey|negotiate)\s+([A-Za-z0-9._~+/-]{8,}=*)";

/// A webhook, whose path is a password.
const WEBHOOK: &str =
    r"https://(?:hooks\.slack\.com/services|discord(?:app)?\.com/api/webhooks)/([A-Za-z0-9/_-]{16,})";

/// A user and a password in a URL.
const IN_URL: &str = r#"[A-Za-z][A-Za-z0-9+.-]*://([^\s/@:"'<>]*):([^\s/@"'<>]+)@"#;

/// A line of a list: an e-mail address and a password.
const BEHIND_MAIL: &str =
    r#"[\p{L}\p{N}_][\p{L}\p{N}._%+'-]*@[\p{L}\p{N}.-]+\.\p{L}\p{L}+[:;|\t]([^\s,;|"'<>]{3,})"#;

/// A user and a password, each behind a word.
const BESIDE_USER: &str = r#"(?i)\b(?:user(?:name)?|login|account|konto|benutzer)\s*[:=]\s*["']?([^\s"',;|]+)["']?[\s,;|/]{1,4}(?:password|passwort|pass|pwd|pw|kennwort)\s*[:=]\s*["']?([^\s"',;|]+)"#;

/// A user and a password of a command.
const IN_COMMAND: &str = r#"(?:\s-u\s*|--user[ =])["']?([^\s:"']+):([^\s"']+)"#;

/// A password that prose tells, known by its digit or sign.
const IN_PROSE: &str = r#"(?i)\b(?:password|passwort|passphrase|passcode|kennwort|pin)\s+(?:is|was|ist|war|lautet)\s+["'`]?([^\s"'`]{3,})"#;

/// A name and what it is set to.
const ASSIGNED: &str = r#"([\p{L}_][\p{L}\p{N}_.-]+)["'`]?\s{0,3}(?::=|=>|[:=])\s{0,3}(?:"([^"\n]{3,})"|'([^'\n]{3,})'|`([^`\n]{3,})`|([^\s"'`,;&<>]{3,}))"#;

/// Names of credentials beside those that settings of programs have, in small letters.
const NAMES: [&str; 7] = [
    "accountkey",
    "sharedaccesskey",
    "sharedaccesssignature",
    "passwort",
    "kennwort",
    "geheimnis",
    "zugangscode",
];

/// The forms, made ready.
pub(super) struct Secrets {
    whole: Vec<(Rule, Regex)>,
    pairs: Vec<Regex>,
    in_prose: Regex,
    assigned: Regex,
}

impl Secrets {
    pub(super) fn new() -> Result<Self, regex::Error> {
        Ok(Self {
            whole: vec![
                (Rule::Token, Regex::new(TOKENS)?),
                (Rule::PrivateKey, Regex::new(PRIVATE_KEY)?),
                (Rule::Token, Regex::new(AUTHORIZATION)?),
                (Rule::Token, Regex::new(WEBHOOK)?),
                (Rule::Credential, Regex::new(BEHIND_MAIL)?),
            ],
            pairs: vec![Regex::new(IN_URL)?, Regex::new(BESIDE_USER)?, Regex::new(IN_COMMAND)?],
            in_prose: Regex::new(IN_PROSE)?,
            assigned: Regex::new(ASSIGNED)?,
        })
    }

    pub(super) fn hits(&self, text: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (rule, form) in &self.whole {
            let found = form.captures_iter(text).filter_map(|found| found.get(1).or_else(|| found.get(0)));
            hits.extend(found.map(|found| Hit { range: found.range(), rule: *rule }));
        }
        for captures in self.pairs.iter().flat_map(|pair| pair.captures_iter(text)) {
            let user = captures.get(1).filter(|user| !user.is_empty());
            hits.extend(user.map(|user| Hit { range: user.range(), rule: Rule::Account }));
            hits.extend(captures.get(2).map(|secret| credential(secret.range())));
        }
        let told = self.in_prose.captures_iter(text).filter_map(|found| found.get(1));
        let told = told.filter(|found| is_telling(found.as_str().trim_end_matches(['.', ',', '!'])));
        hits.extend(told.map(|found| credential(found.range())));
        hits.extend(self.assigned(text).into_iter().map(credential));
        hits
    }

    /// What is set to a name of a credential. What was passed over may begin in the value of another name: `note: password: x`.
    fn assigned(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(captures) = self.assigned.captures_at(text, at) {
            let value = captures.iter().skip(2).flatten().next();
            let (Some(name), Some(value)) = (captures.get(1), value) else { break };
            if names_credential(name.as_str()) && !is_address(value.as_str()) {
                found.push(value.range());
                at = value.end();
            } else {
                at = name.end();
            }
        }
        found
    }
}

fn credential(range: Range<usize>) -> Hit {
    Hit { range, rule: Rule::Credential }
}

/// Whether a name is one that credentials have.
pub(crate) fn names_credential(name: &str) -> bool {
    has_credential_name(name) || NAMES.contains(&name.to_lowercase().as_str())
}

/// Whether a value leads to what it is instead of being it.
fn is_address(value: &str) -> bool {
    value.starts_with("//") || value.starts_with("https://") || value.starts_with("http://")
}

/// Whether a value is no word of a language: it holds a digit or a sign, or capitals among small letters.
pub(in super::super) fn is_telling(value: &str) -> bool {
    let inner_capital =
        value.chars().skip(1).any(char::is_uppercase) && value.chars().any(char::is_lowercase);
    inner_capital || value.chars().any(|c| !c.is_alphabetic() && c != '-')
}
