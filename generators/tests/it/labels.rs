//! Labels: every one has its word in every language, and reports use no other.

use std::collections::BTreeSet;
use std::path::Path;

use probity_generators::style::Templates;
use probity_generators::{Format, Language, Style};

use crate::fixture;

/// The text between the quotes that follow each `before`, up to `after`.
fn quoted<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(before) {
        let rest = &text[at + before.len()..];
        if let Some(end) = rest.find('"')
            && rest[end + 1..].starts_with(after)
        {
            found.push(&rest[..end]);
        }
    }
    found
}

/// The labels that the templates name.
fn in_templates() -> BTreeSet<String> {
    let mut labels = BTreeSet::new();
    for (_, text) in probity_generators::style::TEMPLATES {
        labels.extend(quoted(text, "\"", "|t").into_iter().map(str::to_owned));
        for (at, _) in text.match_indices("plural(\"") {
            let words: Vec<&str> = text[at..].splitn(5, '"').collect();
            labels.extend([words[1], words[3]].map(str::to_owned));
        }
    }
    labels
}

/// The labels that the code of tables and print names.
fn in_code() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut labels = BTreeSet::new();
    for folder in ["tables", "pdf"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            labels.extend(quoted(&text, "(\"", ", Cell").into_iter().map(str::to_owned));
            for (at, _) in text.match_indices("heads([") {
                let list = text[at..].split("])").next().unwrap();
                labels.extend(list.split('"').skip(1).step_by(2).map(str::to_owned));
            }
            for before in ["label: \"", "say(\"", "say_with(\"", "fact(\"", "Table { name: \"", "title: \""] {
                labels.extend(quoted(&text, before, "").into_iter().map(str::to_owned));
            }
        }
    }
    labels
}

#[test]
fn no_label_lacks_its_word() {
    let labels: BTreeSet<String> = in_templates().union(&in_code()).cloned().collect();
    assert!(labels.len() > 150, "{labels:#?}");
    for language in Language::ALL.into_iter().filter(|language| *language != Language::English) {
        let table = language.table();
        assert!(table.is_sorted_by(|a, b| a.0 < b.0), "the table of {language:?} is not in order");
        let missing: Vec<&String> =
            labels.iter().filter(|label| table.iter().all(|(known, _)| known != *label)).collect();
        assert!(missing.is_empty(), "{language:?} lacks {missing:#?}");
        for (english, word) in table {
            let holes =
                |text: &str| (0..9).filter(|at| text.contains(&format!("{{{at}}}"))).collect::<Vec<_>>();
            assert_eq!(holes(english), holes(word), "{english}");
            assert!(!word.is_empty(), "{english}");
        }
    }
}

#[test]
fn german_reports_hold_no_english_labels() {
    let report = fixture::report();
    let style = Style { language: Language::German, templates: Templates::default(), marking: None };
    for format in [Format::Html, Format::Markdown, Format::Csv] {
        let text = String::from_utf8(format.write(&report, &style).unwrap()).unwrap();
        let shown = text.split("<script").next().unwrap();
        for (english, german) in Language::German.table() {
            let is_sentence = english.split(' ').count() > 2 && !english.contains('{');
            assert!(!is_sentence || english == german || !shown.contains(english), "{format:?}: {english}");
        }
    }
    let html = String::from_utf8(Format::Html.write(&report, &style).unwrap()).unwrap();
    assert!(html.contains("<html lang=\"de\">"));
    assert!(html.contains("21.11.2026 00:00 UTC"));
    assert!(html.contains("Nicht bewertet"));
}

#[test]
fn numbers_dates_and_sentences_are_written_as_usual_there() {
    let (en, de) = (Language::English, Language::German);
    assert_eq!((en.grouped(1_234_567).as_str(), de.grouped(1_234_567).as_str()), ("1,234,567", "1.234.567"));
    assert_eq!(en.instant("2026-11-21T08:30:00Z"), "2026-11-21 08:30 UTC");
    assert_eq!(de.instant("2026-11-21T08:30:00+01:00"), "21.11.2026 08:30 +01:00");
    assert_eq!((de.day("2026-11-21T08:30:00Z").as_str(), de.day("soon").as_str()), ("21.11.2026", "soon"));
    assert_eq!(de.count(1, "check", "checks"), "1 Prüfung");
    assert_eq!((en.inside("No subject"), de.inside("Kein Gegenstand"), de.inside("Fehler")), {
        ("no subject".to_owned(), "kein Gegenstand".to_owned(), "Fehler".to_owned())
    });
    let values = ["{1}".to_owned(), "2".to_owned()];
    assert_eq!(de.say_with("{0} of {1}", &values), "{1} von 2", "what is filled in is not filled in again");
}
