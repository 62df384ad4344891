//! The tables of the documentation that name tests: the tests are there.

#![allow(clippy::disallowed_methods, reason = "the tests that pages name are files of the repository")]

use std::path::Path;

use rstest::rstest;

/// The tests that a page names, with their files: `path.rs`: `name`, `name`.
fn named(page: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for line in page.lines().filter(|line| line.starts_with('|')) {
        let mut file = None;
        for piece in line.split('`').skip(1).step_by(2) {
            let is_test = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            if Path::new(piece).extension().is_some_and(|ending| ending == "rs") {
                // a file without a folder lies beside the one before it
                let before = file.as_deref().and_then(|file: &str| file.rsplit_once('/'));
                file = Some(match before {
                    Some((folder, _)) if !piece.contains('/') => format!("{folder}/{piece}"),
                    _ => piece.to_owned(),
                });
                all.extend(file.clone().map(|file| (file, String::new())));
            } else if let Some(file) = file.as_ref().filter(|_| piece.chars().all(is_test)) {
                all.push((file.clone(), piece.to_owned()));
            }
        }
    }
    all
}

#[rstest]
#[case("standards.md", 25)]
#[case("incidents.md", 10)]
#[case("cloudcert.md", 20)]
fn every_test_that_a_page_names_is_there(#[case] page: &str, #[case] least: usize) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let text = std::fs::read_to_string(root.join("docs").join(page)).unwrap();
    let named = named(&text);
    for (file, name) in &named {
        let source =
            std::fs::read_to_string(root.join(file)).unwrap_or_else(|_| panic!("{page} names {file}"));
        if !name.is_empty() {
            let attribute = source.split(&format!("fn {name}(")).next().unwrap_or_default();
            assert!(attribute.len() < source.len(), "{page} names `{name}`, which is not in {file}");
            let before = attribute.rfind("\n\n").map_or(attribute, |at| &attribute[at..]);
            assert!(
                before.contains("#[test]") || before.contains("#[rstest]"),
                "`{name}` in {file} is no test"
            );
        }
    }
    let tests = named.iter().filter(|(_, name)| !name.is_empty()).count();
    assert!(tests >= least, "{page} names {tests} tests");
}

#[test]
fn every_line_about_a_standard_names_a_test() {
    let page = include_str!("../../../docs/standards.md");
    let rows = page
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| ---") && !line.starts_with("| trap"));
    let rows: Vec<&str> = rows.collect();
    assert!(rows.len() >= 25, "{}", rows.len());
    for row in rows {
        assert!(named(row).iter().any(|(_, name)| !name.is_empty()), "{row}");
    }
}
