//! Looking for what was planted, in every way in which it may be written.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use serde_json::Value;

use super::planted::Planted;

/// What is left of values in a text, in whatever way it is written; what has to stay is no trace.
pub(super) fn traces<'v>(bytes: &[u8], planted: &'v [Planted]) -> Vec<&'v str> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let stays = AhoCorasick::new(planted.iter().flat_map(|one| &one.stays)).unwrap();
    let blanks = vec![" "; stays.patterns_len()];
    let values: Vec<&str> =
        planted.iter().flat_map(|one| one.values.iter().chain(&one.written)).map(String::as_str).collect();
    let search = AhoCorasick::new(values.iter().map(|value| value.to_lowercase())).unwrap();
    let mut left = BTreeSet::new();
    for reading in undone(&text) {
        let reading = stays.replace_all(&reading, &blanks).to_lowercase();
        left.extend(search.find_overlapping_iter(&reading).map(|found| found.pattern().as_usize()));
    }
    left.into_iter().map(|at| values[at]).collect()
}

/// A text as it stands and as other programs read it.
fn undone(text: &str) -> Vec<String> {
    let mut readings = vec![text.to_owned(), unescaped(text)];
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        let mut strings = Vec::new();
        collect(&value, &mut strings);
        readings.push(strings.join("\n"));
    }
    let words =
        text.split(|c: char| !c.is_ascii_alphanumeric() && !"+/-_".contains(c)).filter(|word| word.len() > 7);
    let decoded =
        words.flat_map(|word| [STANDARD_NO_PAD.decode(word), URL_SAFE_NO_PAD.decode(word)]).flatten();
    let decoded = decoded.map(|bytes| {
        let inner = String::from_utf8_lossy(&bytes).replace('\0', "");
        format!("{inner}\n{}\n", probity_diagnostics::percent_decoded(&inner).unwrap_or_default())
    });
    readings.push(decoded.collect());
    readings.extend(probity_diagnostics::percent_decoded(text));
    readings
}

fn unescaped(text: &str) -> String {
    let signs = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#10;", "\n")];
    signs.iter().fold(text.to_owned(), |text, (written, sign)| text.replace(written, sign))
}

fn collect(value: &Value, strings: &mut Vec<String>) {
    match value {
        Value::String(text) => strings.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, strings)),
        Value::Object(members) => members.iter().for_each(|(key, value)| {
            strings.push(key.clone());
            collect(value, strings);
        }),
        _ => {}
    }
}

/// What had to stay and is not there.
pub(super) fn lost<'v>(bytes: &[u8], planted: &'v [Planted]) -> Vec<&'v str> {
    let readings = undone(std::str::from_utf8(bytes).unwrap());
    let stays = planted.iter().flat_map(|one| &one.stays).map(String::as_str);
    stays.filter(|stays| !readings.iter().any(|text| text.contains(stays))).collect()
}
