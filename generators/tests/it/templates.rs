//! Templates of a project.

use probity_diagnostics::{Diagnostics, MemoryTree, Place};
use probity_generators::style::{TEMPLATES, Templates, built_in};
use probity_generators::{Format, Language, Style};

use crate::fixture;

/// The report in `format` by templates of a project.
fn written(format: Format, own: &[(&str, &str)]) -> Result<Vec<u8>, Diagnostics> {
    let mut tree = MemoryTree::new();
    for (name, text) in own {
        tree.insert(fixture::path(&format!("own/{name}")), *text);
    }
    let folder = fixture::path("own");
    let style =
        Style { language: Language::English, templates: Templates::of(&tree, &folder), marking: None };
    format.write(&fixture::report(), &style)
}

fn text(format: Format, own: &[(&str, &str)]) -> String {
    String::from_utf8(written(format, own).unwrap()).unwrap()
}

/// What a wrong template is told to be: code, file and line, message.
fn told(format: Format, own: &[(&str, &str)]) -> String {
    let errors = written(format, own).unwrap_err();
    let line = |error: &probity_diagnostics::Diagnostic| {
        let location = &error.primary.as_ref().unwrap().location;
        // what has used up its steps has no line
        let line = if let Place::Line(line) = location.place { line } else { 0 };
        format!("{} {}:{line} {}", error.code.id, location.file, error.message)
    };
    errors.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_file_of_the_project_stands_for_that_of_the_program() {
    let own = "# {{ report.title }}: {{ report.totals.open|plural(\"check\", \"checks\") }}";
    let made = text(Format::Markdown, &[("report.md", own)]);
    assert!(made.starts_with("# Demo"), "{made}");
    // the others are as they were
    let sheet = text(Format::Html, &[("report.css", "body { color: #123456 }")]);
    assert!(sheet.contains("<style>body { color: #123456 }</style>") && sheet.contains("id=\"controls\""));
    assert_eq!(text(Format::Html, &[("other.html", "x")]), fixture::html(&fixture::report()));
}

#[test]
fn every_template_can_be_begun_with_our_own() {
    for (name, _) in TEMPLATES {
        let own = [(name, built_in(name).unwrap())];
        let made = text(Format::Html, &own) == fixture::html(&fixture::report());
        assert!(made, "{name}");
    }
}

#[test]
fn escaping_stays_on() {
    let hostile =
        "{% for c in report.checks %}{% for r in c.resources %}{{ r.name }}{% endfor %}{% endfor %}";
    let off = format!("{{% autoescape false %}}{hostile}{{% endautoescape %}}");
    for own in [hostile, &off] {
        let made = text(Format::Html, &[("report.html", own)]);
        assert!(made.contains("&lt;img") && !made.contains("<img"), "{made}");
    }
    for filter in ["safe", "e", "escape", "tojson"] {
        let told = told(Format::Html, &[("report.html", &format!("a\n{{{{ report.title|{filter} }}}}"))]);
        assert!(told.starts_with("PB0809 own/report.html:2 unknown filter"), "{told}");
    }
}

#[test]
fn mistakes_are_told_at_their_line() {
    let cases = [
        ("a\n{% if x %}\nb", "own/report.md:3"),
        ("a\nb\n{{ report.title|nothing }}", "own/report.md:3"),
        ("a\n{{ 1 / 0 }}", "own/report.md:2"),
        ("\n\n{% include 'other.md' %}", "own/report.md:3"),
    ];
    for (own, place) in cases {
        let told = told(Format::Markdown, &[("report.md", own)]);
        assert!(told.starts_with(&format!("PB0809 {place} ")), "{own:?}: {told}");
    }
}

#[test]
fn loops_and_texts_without_end_are_stopped() {
    let loops = "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}{% endfor %}{% endfor %}{% endfor %}";
    let told_of_loops = told(Format::Markdown, &[("report.md", loops)]);
    assert!(told_of_loops.contains("out of fuel"), "{told_of_loops}");
    let long = format!("{{% for a in range(9999) %}}{}{{% endfor %}}", "x".repeat(10_000));
    let told_of_text = told(Format::Markdown, &[("report.md", &long)]);
    assert!(told_of_text.contains("64 MiB"), "{told_of_text}");
    let told_of_bytes = {
        let mut tree = MemoryTree::new();
        tree.insert(fixture::path("own/report.md"), vec![0xff, 0xfe, 0x00]);
        let folder = fixture::path("own");
        let style =
            Style { language: Language::English, templates: Templates::of(&tree, &folder), marking: None };
        Format::Markdown.write(&fixture::report(), &style).unwrap_err()
    };
    assert!(told_of_bytes.has_errors());
}
