//! The corpus: at least 300 values, in every format, none of which is left.

use std::collections::BTreeSet;

use probity_sharing::scrub::{File, Scrubbed};

use super::carriers;
use super::planted::sentences;
use super::rules::{clean, file};
use super::search::{lost, traces};

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
        let lost = lost(bytes, &planted).into_iter();
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
