//! Reports as others read them: openpyxl, pypdf, and axe in Chromium.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{copy, folder, probity, repository, run};

/// What stands in for a title that a spreadsheet, Typst or HTML would act on.
const HOSTILE: &str =
    "=HYPERLINK(\\\"https://example.org\\\";1) #panic() <img src=x onerror=alert(1)> *a* $b$";

/// The demo results, with a check whose title is hostile.
fn results() -> TempDir {
    let place = folder();
    copy(&repository("generators/tests/fixtures/demo"), place.path());
    let file = place.path().join("results/assessment-results.json");
    let text = std::fs::read_to_string(&file).unwrap();
    let at = text.find("\"observations\"").unwrap();
    let (before, after) = text.split_at(at);
    let start = after.find("\"title\": \"").unwrap() + "\"title\": \"".len();
    let end = start + after[start..].find('"').unwrap();
    let old = &after[start..end];
    std::fs::write(&file, format!("{before}{}", after.replace(old, HOSTILE))).unwrap();
    place
}

/// Writes a report and yields its path.
fn written(place: &Path, format: &str, language: &str) -> PathBuf {
    let file = format!("report.{format}");
    let results = "results/assessment-results.json";
    probity(place, &["report", results, "--format", format, "--language", language, "-o", &file]).exits(0);
    place.join(file)
}

/// The readers that `tests/oracle/install.sh` installs.
pub(crate) fn readers() -> Option<PathBuf> {
    let folder = repository("target/oracle/reports");
    if folder.join("done").exists() {
        return Some(folder);
    }
    let required = std::env::var_os("PROBITY_REQUIRE_ORACLE").is_some_and(|value| value == "1");
    assert!(!required, "readers of reports are required: tests/oracle/install.sh target/oracle");
    println!("skipped: readers of reports are absent; run tests/oracle/install.sh target/oracle");
    None
}

/// What another reader finds in a file.
pub(crate) fn read(readers: &Path, file: &Path) -> Value {
    let script = repository("tests/oracle/reports.py");
    let mut python = Command::new("python3");
    python.arg(script).arg(file).env("PYTHONPATH", readers.join("python"));
    let ran = run(python);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.json()
}

fn plain_hostile() -> String {
    HOSTILE.replace("\\\"", "\"")
}

#[test]
fn workbooks_open_elsewhere_and_hold_no_formulas() {
    let place = results();
    let file = written(place.path(), "xlsx", "en");
    assert_eq!(std::fs::read(&file).unwrap(), std::fs::read(written(place.path(), "xlsx", "en")).unwrap());
    let Some(readers) = readers() else { return };
    let book = read(&readers, &file);
    assert!(book["created"].as_str().unwrap().starts_with("2026-"), "{}", book["created"]);
    let sheets = book["sheets"].as_object().unwrap();
    let names: Vec<&str> = sheets.keys().map(String::as_str).collect();
    let all = [
        "Summary",
        "Requirements",
        "Checks",
        "Resources",
        "Attestations",
        "Risks",
        "Certificates",
        "Sources",
    ];
    assert_eq!(names, all);
    for (name, sheet) in sheets {
        let kinds = sheet["kinds"].as_array().unwrap();
        assert!(
            kinds.iter().all(|kind| ["s", "n", "d"].contains(&kind.as_str().unwrap())),
            "{name}: {kinds:?}"
        );
        assert_eq!(sheet["links"].as_array().unwrap().len(), 0, "{name}");
        if name != "Summary" {
            assert_eq!(sheet["frozen"], "A2", "{name}");
            assert!(sheet["filter"].as_str().unwrap().starts_with("A1:"), "{name}");
            assert!(sheet["widths"].as_array().unwrap().iter().all(|width| width.as_f64().unwrap() > 8.0));
        }
    }
    let json = sheets["Checks"]["rows"].to_string();
    assert!(json.contains("=HYPERLINK"), "{json}");
    assert!(sheets["Resources"]["kinds"].as_array().unwrap().contains(&"d".into()), "instants are dates");
    let german = read(&readers, &written(place.path(), "xlsx", "de"));
    let names: Vec<&str> = german["sheets"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names[..3], ["Zusammenfassung", "Anforderungen", "Prüfungen"]);
}

#[test]
fn csv_begins_no_cell_with_what_acts() {
    let place = results();
    let text = std::fs::read_to_string(written(place.path(), "csv", "en")).unwrap();
    let text = text.strip_prefix('\u{feff}').unwrap();
    assert!(text.starts_with("Category,Requirement,Title,State,Severity,"), "{text}");
    let acts = |cell: &str| cell.trim_start_matches('"').starts_with(['=', '+', '@']);
    assert!(!text.lines().any(|line| line.split(',').any(acts)), "{text}");
    assert!(text.contains("'=HYPERLINK"), "{text}");
}

#[test]
fn pages_of_print_are_numbered_tagged_and_hold_their_text() {
    let place = results();
    let file = written(place.path(), "pdf", "en");
    assert_eq!(std::fs::read(&file).unwrap(), std::fs::read(written(place.path(), "pdf", "en")).unwrap());
    let Some(readers) = readers() else { return };
    let print = read(&readers, &file);
    let pages = print["pages"].as_array().unwrap();
    for (number, page) in pages.iter().enumerate() {
        let label = format!("Page {} of {}", number + 1, pages.len());
        assert!(page.as_str().unwrap().contains(&label), "{label} is not in {page}");
    }
    let text: String = pages.iter().map(|page| page.as_str().unwrap()).collect::<Vec<_>>().join("\n");
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    assert!(bare(&text).contains(&bare(&plain_hostile())), "{text}");
    let outline = print["outline"].as_array().unwrap();
    for title in ["Summary", "Requirements that are not met", "Requirements in detail", "Checks", "Sources"] {
        assert!(outline.contains(&title.into()), "{title} is not in {outline:?}");
    }
    assert_eq!(print["tagged"], true);
    assert_eq!(print["fonts"], true, "all fonts are embedded");
    assert_eq!(print["language"], "en");
    assert!(print["created"].as_str().unwrap().starts_with("2026-"), "{}", print["created"]);
    let german = read(&readers, &written(place.path(), "pdf", "de"));
    assert_eq!(german["language"], "de");
    assert!(german["pages"][0].as_str().unwrap().contains("Seite 1 von"), "{}", german["pages"][0]);
}

#[test]
fn axe_finds_nothing_serious_in_the_page() {
    let place = results();
    let page = written(place.path(), "html", "en");
    let Some(readers) = readers() else { return };
    let path = std::env::var_os("PATH").unwrap_or_default();
    let chromium =
        std::env::split_paths(&path).map(|folder| folder.join("chromium")).find(|file| file.is_file());
    let Some(chromium) = chromium else {
        let required = std::env::var_os("PROBITY_REQUIRE_ORACLE").is_some_and(|value| value == "1");
        assert!(!required, "Chromium is required, as `chromium` on the PATH");
        println!("skipped: there is no `chromium` on the PATH");
        return;
    };
    let mut node = Command::new("node");
    node.arg(repository("tests/oracle/axe.mjs"));
    node.arg(chromium).arg(&page).env("PROBITY_AXE", &readers);
    let ran = run(node);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let seen = ran.json();
    let seen = seen.as_array().unwrap();
    assert_eq!(seen.len(), 8, "light and dark, wide and narrow, closed and open");
    for look in seen {
        let violations = look["violations"].as_array().unwrap().iter();
        let bad = violations.filter(|one| ["serious", "critical"].contains(&one["impact"].as_str().unwrap()));
        let bad: Vec<&Value> = bad.collect();
        assert!(bad.is_empty(), "{} {} {}: {bad:#?}", look["scheme"], look["width"], look["open"]);
        assert_eq!(look["overflow"], false, "{} {}", look["scheme"], look["width"]);
    }
}
