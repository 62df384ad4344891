//! A package with files of every format, which tell of the same people: what one file names is found in all.

use probity_sharing::scrub::{Seed, scrub};

use super::planted::{Planted, read};
use super::rules::{clean, file, rules};
use super::search::traces;

/// The files, marked.
const FILES: [(&str, &str); 11] = [
    ("incident.yaml", include_str!("../../scrub/package/incident.yaml")),
    ("poam.json", include_str!("../../scrub/package/poam.json")),
    ("catalog.xml", include_str!("../../scrub/package/catalog.xml")),
    ("incident.xml", include_str!("../../scrub/package/incident.xml")),
    ("bundle.json", include_str!("../../scrub/package/bundle.json")),
    ("advisory.json", include_str!("../../scrub/package/advisory.json")),
    ("event.json", include_str!("../../scrub/package/event.json")),
    ("customers.csv", include_str!("../../scrub/package/customers.csv")),
    ("phish.eml", include_str!("../../scrub/package/phish.eml")),
    ("report-thorwald.md", include_str!("../../scrub/package/report-thorwald.md")),
    ("notes/empty.txt", ""),
];

fn package() -> Vec<(&'static str, Planted)> {
    FILES.iter().map(|(path, text)| (*path, read(text))).collect()
}

#[test]
fn what_one_file_names_is_found_in_all() {
    let package = package();
    let files: Vec<_> = package.iter().map(|(path, planted)| file(path, planted.text.clone())).collect();
    let scrubbed = clean(&files, 5);
    let planted: Vec<Planted> = package.iter().map(|(_, planted)| planted.clone()).collect();
    let report = serde_json::to_string(&scrubbed.report).unwrap();
    let mut faults: Vec<String> =
        traces(report.as_bytes(), &planted).into_iter().map(|left| format!("report: {left}")).collect();
    for (file, (name, planted_here)) in scrubbed.files.iter().zip(&package) {
        faults.extend(traces(&file.bytes, &planted).into_iter().map(|left| format!("{name}: left {left}")));
        let text = String::from_utf8(file.bytes.clone()).unwrap();
        let lost = planted_here.stays.iter().filter(|stays| !text.contains(stays.as_str()));
        faults.extend(lost.map(|lost| format!("{name}: lost {lost}")));
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn names_of_files_are_scrubbed_too() {
    let package = package();
    let files: Vec<_> = package.iter().map(|(path, planted)| file(path, planted.text.clone())).collect();
    let scrubbed = clean(&files, 5);
    let names: Vec<&str> = scrubbed.files.iter().map(|file| file.path.as_str()).collect();
    assert!(!names.iter().any(|name| name.contains("thorwald")), "{names:?}");
    assert!(names.contains(&"notes/empty.txt") && names[9].starts_with("report-person-"), "{names:?}");
}

#[test]
fn a_user_name_stays_where_something_says_that_it_is_the_attackers() {
    let incident = "threat-actors: [{name: Night Crane, aliases: [n_crane7]}]\nindicators:\n  own: {observable: {type: user-name, value: \
                    n_crane7}}\n  tried: {observable: {type: user-name, value: svc-backup}}\n  listed: {observable: {type: user-name, value: \
                    mallory_x9}}\n";
    let scrubbed = clean(
        &[file("incident.yaml", incident), file("log.txt", "n_crane7 and mallory_x9 tried svc-backup\n")],
        5,
    );
    let log = String::from_utf8(scrubbed.files[1].bytes.clone()).unwrap();
    assert!(log.starts_with("n_crane7 and mallory_x9 tried account-"), "{log}");
    let incident = String::from_utf8(scrubbed.files[0].bytes.clone()).unwrap();
    assert!(incident.matches("n_crane7").count() == 2 && !incident.contains("svc-backup"), "{incident}");
}

#[test]
fn keys_that_differ_in_capitals_alone_are_two_keys() {
    let scrubbed = clean(
        &[file(
            "seen.json",
            r#"{"Ann@post.example": 1, "ann@post.example": 2, "x": {"ANN@post.example": 3}}"#,
        )],
        5,
    );
    let value: serde_json::Value = serde_json::from_slice(&scrubbed.files[0].bytes).unwrap();
    let keys: Vec<&String> = value.as_object().unwrap().keys().collect();
    assert_eq!(keys.len(), 3);
    assert_eq!(*keys[1], format!("{} (2)", keys[0]));
    assert_eq!((&value[keys[0]], &value[keys[1]], &value["x"][keys[0]]), (&1.into(), &2.into(), &3.into()));
}

#[test]
fn what_cannot_be_read_is_told_without_a_word_of_it() {
    for (path, text) in [
        ("a.json", "{\"ann@post.example\": 1, \"ann@post.example\": 2}"),
        ("a.yaml", "notes:\n  ann@post.example: 1\n  ann@post.example: 2\nx: ["),
        ("a.yaml", "a: !ann@post.example x"),
        ("a.yaml", "a: *ann@post.example"),
        ("a.xml", "<a><ann-post>x</b></a>"),
        ("a.xml", "<a>&ann-post;</a>"),
        ("a.xml", "<a ann-post='1' ann-post='2'/>"),
        ("a.xml", "<!DOCTYPE ann-post><a/>"),
    ] {
        let refused = scrub(&[file(path, text)], &rules(), &Seed([1; 32])).unwrap_err();
        let told = format!("{refused:?}");
        assert!(!told.contains("post") && told.contains("cannot be read"), "{text}: {told}");
    }
}
