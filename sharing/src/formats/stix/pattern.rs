//! Observables as comparisons of STIX patterns, and back. A pattern that is no single comparison stays a pattern.

use crate::incident::{Observable, Word};

/// The object paths of plain observables. Networks are addresses with a length.
const PATHS: [(&str, &str); 13] = [
    ("ipv4-addr", "ipv4-addr:value"),
    ("ipv6-addr", "ipv6-addr:value"),
    ("ipv4-net", "ipv4-addr:value"),
    ("ipv6-net", "ipv6-addr:value"),
    ("mac", "mac-addr:value"),
    ("e-mail", "email-addr:value"),
    ("site-uri", "url:value"),
    ("domain-name", "domain-name:value"),
    ("user-name", "user-account:account_login"),
    ("email-subject", "email-message:subject"),
    ("http-user-agent", "network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'"),
    ("mutex", "mutex:name"),
    ("windows-reg-key", "windows-registry-key:key"),
];

/// The names that hashes have in STIX.
const HASHES: [(&str, &str); 4] =
    [("md5", "MD5"), ("sha-1", "'SHA-1'"), ("sha-256", "'SHA-256'"), ("sha-512", "'SHA-512'")];

/// The path of the number of an autonomous system, which is compared as a number.
const AS_NUMBER: &str = "autonomous-system:number";
/// The paths of a file: its name, and the folder that it lies in.
const FILE_NAME: &str = "file:name";

/// The language and the text of the pattern for an observable. None where STIX has nothing to compare.
pub(super) fn write(observable: &Observable) -> Option<(String, String)> {
    let kind = observable.r#type.as_str();
    if let Some(language) = &observable.language {
        return Some((language.to_string(), observable.value.clone()));
    }
    let path = match &observable.algorithm {
        Some(algorithm) => {
            let (_, name) = HASHES.iter().find(|(known, _)| *known == algorithm.as_str())?;
            format!("file:hashes.{name}")
        }
        None => match kind {
            "asn" => return Some(stix(format!("[{AS_NUMBER} = {}]", observable.value))),
            "file-path" => FILE_NAME.to_owned(),
            _ if observable.r#type.own().is_some() => format!("{kind}:value"),
            _ => PATHS.iter().find(|(known, _)| *known == kind)?.1.to_owned(),
        },
    };
    Some(stix(format!("[{path} = '{}']", observable.value.replace('\\', "\\\\").replace('\'', "\\'"))))
}

fn stix(pattern: String) -> (String, String) {
    ("stix".to_owned(), pattern)
}

/// The observable of a pattern in a language.
pub(super) fn read(language: &str, pattern: &str) -> Option<Observable> {
    let of_stix = if language == "stix" { comparison(pattern) } else { None };
    of_stix.or_else(|| {
        let language = Some(language.parse().ok()?);
        Some(Observable { language, ..Observable::plain(Word::foreign("pattern")?, pattern) })
    })
}

/// The observable of a pattern that is one comparison with `=` of a path that is known.
fn comparison(pattern: &str) -> Option<Observable> {
    let (path, value) = pattern.trim().strip_prefix('[')?.strip_suffix(']')?.split_once(" = ")?;
    if path == AS_NUMBER {
        return Some(Observable::plain(Word::foreign("asn")?, value.parse::<u32>().ok()?.to_string()));
    }
    let value = unquoted(value)?;
    if let Some(name) = path.strip_prefix("file:hashes.") {
        let (algorithm, _) =
            HASHES.iter().find(|(_, known)| known.trim_matches('\'') == name.trim_matches('\''))?;
        let observable = Observable::plain(Word::foreign("file-hash")?, value.to_ascii_lowercase());
        return Some(Observable { algorithm: Some(algorithm.parse().ok()?), ..observable });
    }
    let own = path.strip_suffix(":value").filter(|kind| kind.starts_with(crate::incident::OWN));
    let kind = match (path, own) {
        (_, Some(own)) => own,
        (FILE_NAME, None) => "file-path",
        ("ipv4-addr:value", None) if value.contains('/') => "ipv4-net",
        ("ipv6-addr:value", None) if value.contains('/') => "ipv6-net",
        _ => PATHS.iter().find(|(_, known)| *known == path)?.0,
    };
    Some(Observable::plain(Word::foreign(kind)?, value))
}

/// What stands between quotation marks, if they are those of one string.
fn unquoted(text: &str) -> Option<String> {
    let inner = text.strip_prefix('\'')?.strip_suffix('\'')?;
    let mut value = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(c) = characters.next() {
        match c {
            '\'' => return None,
            '\\' => value.push(characters.next()?),
            c => value.push(c),
        }
    }
    Some(value)
}
