//! A package with files of every format, which tell of the same people: what one file names is found in all.

use super::planted::{Planted, read};
use super::rules::{clean, file};
use super::traces::traces;

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
