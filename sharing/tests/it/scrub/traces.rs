//! The corpus: at least 300 values, in every format, none of which is left.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use probity_sharing::scrub::{File, Scrubbed};
use serde_json::Value;

use super::carriers;
use super::planted::{Planted, sentences};
use super::rules::{clean, file};

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

fn scrubbed_alone(file: &File) -> Scrubbed {
    clean(std::slice::from_ref(file), 1)
}

#[test]
fn at_least_three_hundred_values_are_planted() {
    let values: BTreeSet<String> = sentences().into_iter().flat_map(|one| one.values).collect();
    assert!(values.len() >= 300, "{}", values.len());
}

#[test]
fn no_format_keeps_a_value_or_loses_an_indicator() {
    let planted = sentences();
    let texts: Vec<&str> = planted.iter().map(|one| one.text.as_str()).collect();
    let mut faults = Vec::new();
    for carrier in carriers::all(&texts) {
        // the test would prove nothing if it did not find what is planted
        assert!(
            traces(&carrier.bytes, &planted).len() >= 300 || carrier.path.extension() == Some("eml"),
            "{}",
            carrier.path
        );
        let scrubbed = scrubbed_alone(&carrier);
        let report = serde_json::to_string(&scrubbed.report).unwrap();
        let bytes = &scrubbed.files[0].bytes;
        for (what, bytes) in [("file", bytes.as_slice()), ("report", report.as_bytes())] {
            faults.extend(
                traces(bytes, &planted)
                    .into_iter()
                    .map(|left| format!("{} {what}: left {left}", carrier.path)),
            );
        }
        let readings = undone(std::str::from_utf8(bytes).unwrap());
        let lost = planted
            .iter()
            .flat_map(|one| &one.stays)
            .filter(|stays| !readings.iter().any(|text| text.contains(stays.as_str())));
        faults.extend(lost.map(|lost| format!("{}: lost {lost}", carrier.path)));
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_one_other_pseudonyms() {
    let planted = sentences();
    let texts: Vec<&str> = planted.iter().map(|one| one.text.as_str()).collect();
    let files = carriers::all(&texts[..40]);
    let [first, again, other] = [1, 1, 2].map(|seed| clean(&files, seed));
    assert_eq!(first, again);
    let pseudonyms = |scrubbed: &Scrubbed| -> BTreeSet<String> {
        let text: String =
            scrubbed.files.iter().map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).collect();
        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        words
            .filter(|word| word.starts_with("mail-") || word.starts_with("hidden-"))
            .map(str::to_owned)
            .collect()
    };
    let (first, other) = (pseudonyms(&first), pseudonyms(&other));
    assert!(first.len() > 20 && first.is_disjoint(&other));
}

#[test]
fn a_value_has_one_pseudonym_in_all_files_of_a_package() {
    let files = [
        file("a.txt", "write to ann.weber@post.example"),
        file("b.json", r#"{"x":"ANN.WEBER%40post.example"}"#),
    ];
    let scrubbed = clean(&files, 3);
    let text = String::from_utf8(scrubbed.files[0].bytes.clone()).unwrap();
    let pseudonym = text.strip_prefix("write to ").unwrap();
    assert_eq!(
        String::from_utf8(scrubbed.files[1].bytes.clone()).unwrap(),
        format!("{{\n  \"x\": \"{pseudonym}\"\n}}\n")
    );
}
