//! The label of the Traffic Light Protocol on every page, as other readers find it: poppler in print, Chromium's print of HTML, openpyxl
//! in workbooks, and Python in mails.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{copy, folder, hyperiot, json, probity, repository, run};
use crate::reports::{read, readers};

const RESULTS: &str = "results/assessment-results.json";

/// The demo results, which say a label in their metadata where one is named.
fn results(label: Option<&str>) -> TempDir {
    let place = folder();
    copy(&repository("generators/tests/fixtures/demo"), place.path());
    if let Some(label) = label {
        let file = place.path().join(RESULTS);
        let mut document = json(&file);
        let metadata = document["assessment-results"]["metadata"].as_object_mut().unwrap();
        let prop = serde_json::json!({"name": "marking", "class": "tlp-2.0", "value": label});
        metadata.insert("props".to_owned(), Value::Array(vec![prop]));
        std::fs::write(&file, serde_json::to_vec_pretty(&document).unwrap()).unwrap();
    }
    place
}

fn written(place: &Path, format: &str) -> PathBuf {
    let file = format!("report.{format}");
    let format = if format == "md" { "markdown" } else { format };
    probity(place, &["report", RESULTS, "--format", format, "-o", &file]).exits(0);
    place.join(file)
}

/// A program of the machine; none where it is not there and nobody requires it.
fn tool(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file());
    if found.is_none() {
        let required = std::env::var_os("PROBITY_REQUIRE_ORACLE").is_some_and(|value| value == "1");
        assert!(!required, "`{name}` is required on the PATH");
        println!("skipped: there is no `{name}` on the PATH");
    }
    found
}

fn ran(program: &Path, args: &[&OsStr]) -> String {
    let mut command = Command::new(program);
    command.args(args);
    let ran = run(command);
    assert_eq!(ran.code, 0, "{}: {}", program.display(), ran.err);
    ran.out
}

/// A word of a page: how far its right edge is from that of the page, its middle from the top as a share of the height, and its
/// height in points.
struct Word {
    text: String,
    from_right: f32,
    down: f32,
    height: f32,
}

/// The words of every page of a PDF, as poppler finds them.
fn words(file: &Path) -> Option<Vec<Vec<Word>>> {
    let text = ran(&tool("pdftotext")?, &["-bbox".as_ref(), file.as_ref(), "-".as_ref()]);
    let number = |line: &str, name: &str| -> f32 {
        let (_, behind) = line.split_once(&format!("{name}=\"")).unwrap();
        behind.split_once('"').unwrap().0.parse().unwrap()
    };
    let mut pages: Vec<(f32, f32, Vec<Word>)> = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with("<page ") {
            pages.push((number(line, "width"), number(line, "height"), Vec::new()));
        } else if line.starts_with("<word ") {
            let (width, height, words) = pages.last_mut().unwrap();
            let (top, foot) = (number(line, "yMin"), number(line, "yMax"));
            words.push(Word {
                text: line.split_once('>').unwrap().1.split_once('<').unwrap().0.to_owned(),
                from_right: *width - number(line, "xMax"),
                down: f32::midpoint(top, foot) / *height,
                height: foot - top,
            });
        }
    }
    Some(pages.into_iter().map(|(_, _, words)| words).collect())
}

/// What is missing on the pages of a PDF: `page 3 has no label in its footer`.
fn missing(pages: &[Vec<Word>], label: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (number, words) in (1..).zip(pages) {
        let labels: Vec<&Word> = words.iter().filter(|word| word.text == label).collect();
        let at_edge = |word: &&&Word| word.from_right < 70.0;
        for (place, is_there) in [
            ("header", labels.iter().filter(at_edge).any(|word| word.down < 0.12)),
            ("footer", labels.iter().filter(at_edge).any(|word| word.down > 0.88)),
        ] {
            if !is_there {
                found.push(format!("page {number} has no label in its {place}"));
            }
        }
        // a line of 12 points is at least as high as its letters
        if labels.iter().any(|word| word.height < 11.5) {
            found.push(format!("page {number} has a label of less than 12 points"));
        }
        if words.iter().any(|word| word.text.starts_with("TLP:") && word.text != label) {
            found.push(format!("page {number} has another label"));
        }
    }
    found
}

#[test]
fn every_page_of_print_bears_the_label() {
    for label in ["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"] {
        let place = results(Some(label));
        let file = written(place.path(), "pdf");
        let Some(pages) = words(&file) else { return };
        assert!(pages.len() > 3);
        assert_eq!(missing(&pages, label), Vec::<String>::new(), "{label}");
    }
}

#[test]
fn a_page_without_label_is_found() {
    let (bare, marked) = (results(None), results(Some("TLP:GREEN")));
    let bare = written(bare.path(), "pdf");
    let Some(pages) = words(&bare) else { return };
    assert_eq!(
        missing(&pages, "TLP:GREEN").len(),
        pages.len() * 2,
        "a report of unmarked results bears none"
    );
    let Some(unite) = tool("pdfunite") else { return };
    let both = marked.path().join("both.pdf");
    ran(&unite, &[written(marked.path(), "pdf").as_ref(), bare.as_ref(), both.as_ref()]);
    let all = words(&both).unwrap();
    let first = all.len() - pages.len() + 1;
    assert_eq!(missing(&all, "TLP:GREEN").first(), Some(&format!("page {first} has no label in its header")));
    let other = "page 1 has no label in its header";
    assert_eq!(missing(&all[..1], "TLP:AMBER").first().map(String::as_str), Some(other));
}

/// A page of HTML as Chromium prints it.
fn printed(page: &Path) -> Option<Vec<Vec<Word>>> {
    let chromium = tool("chromium")?;
    let file = page.with_extension("printed.pdf");
    let home = folder();
    let profile = format!("--user-data-dir={}", home.path().display());
    let to = format!("--print-to-pdf={}", file.display());
    let from = format!("file://{}", page.canonicalize().unwrap().display());
    let flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"];
    let mut args: Vec<&OsStr> = flags.iter().map(AsRef::as_ref).collect();
    args.extend([profile.as_ref(), to.as_ref(), OsStr::new(&from)]);
    ran(&chromium, &args);
    words(&file)
}

#[test]
fn every_sheet_of_printed_html_bears_the_label() {
    let place = results(Some("TLP:AMBER+STRICT"));
    let page = written(place.path(), "html");
    let text = std::fs::read_to_string(&page).unwrap();
    assert_eq!(
        text.matches("translate=\"no\"><strong>TLP:AMBER+STRICT</strong>").count(),
        2,
        "top and bottom"
    );
    let Some(pages) = printed(&page) else { return };
    assert!(pages.len() > 3);
    let (last, whole) = pages.split_last().unwrap();
    assert_eq!(missing(whole, "TLP:AMBER+STRICT"), Vec::<String>::new());
    let labels: Vec<&Word> = last.iter().filter(|word| word.text == "TLP:AMBER+STRICT").collect();
    assert_eq!(labels.len(), 2, "a last sheet that is not full has its foot behind its text");
    let bare = results(None);
    let pages = printed(&written(bare.path(), "html")).unwrap();
    assert_eq!(missing(&pages, "TLP:AMBER+STRICT").len(), pages.len() * 2);
}

#[test]
fn every_sheet_of_a_workbook_bears_the_label() {
    let (bare, marked) = (results(None), results(Some("TLP:GREEN")));
    let (bare, marked) = (written(bare.path(), "xlsx"), written(marked.path(), "xlsx"));
    let Some(readers) = readers() else { return };
    let book = read(&readers, &marked);
    let sheets = book["sheets"].as_object().unwrap();
    assert_eq!(sheets.len(), 8);
    for (name, sheet) in sheets {
        for margin in ["header", "footer"] {
            assert_eq!(sheet[margin]["text"], "TLP:GREEN", "{name}, {margin}");
            assert_eq!(sheet[margin]["size"], 12, "{name}, {margin}");
        }
    }
    assert_eq!(sheets["Summary"]["rows"][1][1], "TLP:GREEN", "a cell to look at");
    let book = read(&readers, &bare);
    for (name, sheet) in book["sheets"].as_object().unwrap() {
        assert_eq!(sheet["header"]["text"], Value::Null, "{name}");
        assert_eq!(sheet["footer"]["text"], Value::Null, "{name}");
    }
}

#[test]
fn markdown_begins_and_ends_with_the_label() {
    let place = results(Some("TLP:RED"));
    let text = std::fs::read_to_string(written(place.path(), "md")).unwrap();
    assert!(text.starts_with("**TLP:RED**\n\n# ") && text.ends_with("\n\n**TLP:RED**\n"), "{text}");
}

#[test]
fn programs_find_the_label_of_every_format() {
    let place = results(Some("TLP:RED"));
    std::fs::write(place.path().join("probity.toml"), "").unwrap();
    for format in ["html", "md", "pdf", "xlsx", "csv"] {
        let file = written(place.path(), format);
        let name = file.file_name().unwrap().to_str().unwrap();
        let shown = probity(place.path(), &["share", "mark", "show", name]).exits(0).out;
        let sidecar = file.with_file_name(format!("{name}.marking.yaml"));
        assert_eq!(sidecar.exists(), !["html", "md"].contains(&format), "{format}");
        if sidecar.exists() {
            assert_eq!(std::fs::read_to_string(&sidecar).unwrap(), "marking: TLP:RED\n");
        }
        // the sidecar alone says it of what has no keywords
        let source = if format == "csv" { "sidecar" } else { "embedded" };
        assert!(shown.contains(&format!("TLP:RED ({source}")), "{format}: {shown}");
        std::fs::write(&sidecar, "marking: TLP:GREEN\n").unwrap();
        let again = probity(place.path(), &["share", "mark", "show", name]);
        if format == "csv" {
            assert!(again.exits(0).out.contains("TLP:GREEN"));
        } else {
            assert!(
                again.exits(4).err.contains("PB1001"),
                "what is on the pages does not change by a sidecar"
            );
        }
    }
}

#[test]
fn mails_are_read_elsewhere() {
    let (_place, project) = hyperiot("hyperiot");
    let incident = "sharing/incidents/2026/HY-1.yaml";
    let file = project.join(incident);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(
        &file,
        "marking: TLP:AMBER\noriginator: tidewerk\ntitle: Jemand prüft unsere Tore – „seit gestern“\n",
    )
    .unwrap();
    let to = ["--to", "member:nordfunk", "--reason", "your gateways are behind that host", "-o", "package"];
    probity(&project, &[&["share", "build", incident][..], &to].concat()).exits(0);
    let Some(python) = tool("python3") else { return };
    let script = repository("tests/oracle/mail.py");
    let mail = project.join("package/mail.eml");
    let read: Value = serde_json::from_str(&ran(&python, &[script.as_ref(), mail.as_ref()])).unwrap();
    assert_eq!(read["defects"], serde_json::json!([]));
    assert_eq!(read["from"], serde_json::json!(["csirt@tidewerk.example"]));
    assert!(read["subject"].as_str().unwrap().starts_with("[TLP:AMBER] "), "{read}");
    let body = read["body"].as_str().unwrap();
    assert_eq!(body.lines().next(), Some("TLP:AMBER"), "{body}");
    assert_eq!(body.trim_end().lines().last(), Some("TLP:AMBER"), "{body}");
    let attached = read["attachments"].as_object().unwrap();
    let mut files: Vec<PathBuf> = vec![project.join("package/manifest.json")];
    let documents = std::fs::read_dir(project.join("package/documents")).unwrap();
    files.extend(documents.map(|entry| entry.unwrap().path()));
    assert_eq!(attached.len(), files.len());
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap();
        let bytes = std::fs::read(&file).unwrap();
        let digest = probity_diagnostics::Sha256Digest::of(&bytes).to_string();
        assert_eq!(attached[name], digest, "{name}");
        assert!(name == "manifest.json" || name.contains(".TLP-AMBER."), "{name}");
    }
}
