use std::cell::RefCell;

use insta::assert_snapshot;
use probity_diagnostics::document::{self, Format, Found};
use probity_diagnostics::render::{
    FileReport, Human, Sources, Suppressed, github, json, junit, sarif, short,
};
use probity_diagnostics::{Code, Diagnostic, Location, MemoryTree, Pointer, TreePath, codes, nearest};

const CODE: Code = Code { id: "PB9999", title: "an example", explanation: "An example." };

fn finding() -> (MemoryTree, Diagnostic) {
    let text = "catalog:\n  uuid: x\n  metdata:\n    title: Größe\n";
    let tree = MemoryTree::of([("c.yaml", text)]).unwrap();
    let file = TreePath::parse("c.yaml").unwrap();
    let pointer = Pointer::root().key("catalog").key("metdata");
    let diagnostic = Diagnostic::error(&CODE, "`metdata` is no field of a catalog")
        .at(Location::key(&file, &pointer))
        .label("unknown field")
        .rule("oscal-example")
        .also(Location::value(&file, &pointer.key("title")), "its content")
        .help("did you mean `metadata`?");
    (tree, diagnostic)
}

#[test]
fn a_finding_for_people() {
    let (tree, diagnostic) = finding();
    assert_snapshot!("human", Human { color: false }.render(&diagnostic, &Sources::new(&tree)));
}

#[test]
fn a_finding_on_one_line() {
    let (tree, diagnostic) = finding();
    assert_snapshot!("short", short(&diagnostic, &Sources::new(&tree)));
}

#[test]
fn a_finding_for_programs() {
    let (tree, diagnostic) = finding();
    let text = serde_json::to_string_pretty(&json(&diagnostic, &Sources::new(&tree))).unwrap();
    assert_snapshot!("json", text);
}

/// Files of every kind: with findings, clean, unreadable, with what is suppressed.
fn with_reports(check: impl FnOnce(&[FileReport<'_>])) {
    let (tree, diagnostic) = finding();
    let path = |text| TreePath::parse(text).unwrap();
    let (file, clean, gone, odd) =
        (path("c.yaml"), path("clean.json"), path("gone.json"), path("a b, 100%:ä.json"));
    let whole = Location::file(&gone);
    let missing = [Diagnostic::error(&codes::FILE_NOT_FOUND, "`gone.json` does not exist").at(whole)];
    let doubtful = [
        Diagnostic::warning(&CODE, "a <warning>\u{1b}[0m").at(Location::line(&odd, 3)),
        Diagnostic::note(&CODE, "of no file"),
    ];
    let suppressed = [Suppressed { finding: diagnostic.clone(), reason: "known & accepted".to_owned() }];
    let sources = Sources::new(&tree);
    let report = |file: &TreePath, findings, suppressed| FileReport {
        name: file.to_string(),
        sources: &sources,
        findings,
        suppressed,
    };
    let twice = [diagnostic.clone(), diagnostic];
    check(&[
        report(&file, &twice, &[]),
        report(&clean, &[], &[]),
        report(&gone, &missing, &[]),
        report(&odd, &doubtful, &suppressed),
    ]);
}

#[test]
fn all_findings_as_one_sarif_log() {
    with_reports(|files| {
        let text = serde_json::to_string_pretty(&sarif(files, false)).unwrap();
        assert_snapshot!("sarif", text);
    });
}

#[test]
fn all_findings_as_one_junit_report() {
    with_reports(|files| assert_snapshot!("junit", junit(files).unwrap()));
}

#[test]
fn a_fingerprint_survives_lines_that_are_added_above() {
    let of = |text: &str| {
        let tree = MemoryTree::of([("c.yaml", text)]).unwrap();
        let (_, diagnostic) = finding();
        let (name, sources) = ("c.yaml".to_owned(), Sources::new(&tree));
        let findings = [diagnostic];
        let log =
            sarif(&[FileReport { name, sources: &sources, findings: &findings, suppressed: &[] }], true);
        let at = |pointer| log.pointer(pointer).unwrap().clone();
        (
            at("/runs/0/results/0/partialFingerprints"),
            at("/runs/0/results/0/locations/0/physicalLocation/region"),
        )
    };
    let (before, here) = of("catalog:\n  metdata: { title: x }\n");
    let (after, there) = of("# added\ncatalog:\n  uuid: y\n  metdata: { title: x }\n");
    assert_eq!(before, after);
    assert_ne!(here, there);
}

#[test]
fn long_lines_are_cut_and_cannot_speak_to_the_terminal() {
    let text = format!("{{\"k\": \"{}\u{1b}[31mred\", \"wrong\": 1}}", "x".repeat(400));
    let tree = MemoryTree::of([("c.json", text)]).unwrap();
    let file = TreePath::parse("c.json").unwrap();
    let diagnostic = Diagnostic::error(&CODE, "wrong")
        .at(Location::key(&file, &Pointer::root().key("wrong")))
        .label("here");
    let shown = Human { color: false }.render(&diagnostic, &Sources::new(&tree));
    assert!(!shown.contains('\u{1b}'), "{shown}");
    assert_snapshot!("long-line", shown);
}

#[test]
fn suggestions_need_to_be_near() {
    let fields = ["metadata", "groups", "controls", "back-matter"];
    assert_eq!(nearest("metdata", fields), Some("metadata"));
    assert_eq!(nearest("back_matter", fields), Some("back-matter"));
    assert_eq!(nearest("zzz", fields), None);
}

thread_local! {
    /// How many pointers were looked for in each pass.
    static PASSES: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

fn counting(text: &str, format: Format, pointers: &[&Pointer]) -> Vec<Option<Found>> {
    PASSES.with_borrow_mut(|passes| passes.push(pointers.len()));
    document::locate_all(text, format, pointers)
}

#[test]
fn a_file_is_searched_once_for_all_findings() {
    let tree = MemoryTree::of([("a.json", "[10, 20, 30]"), ("b.json", "[1]")]).unwrap();
    let [a, b] = ["a.json", "b.json"].map(|path| TreePath::parse(path).unwrap());
    let at = |file: &TreePath, index| {
        Diagnostic::error(&CODE, "x").at(Location::value(file, &Pointer::root().index(index)))
    };
    let findings = [at(&a, 0), at(&b, 0), at(&a, 2), at(&a, 2).also(Location::file(&b), "")];
    let sources = Sources::locating(&tree, counting);
    sources.look_up(&findings);
    sources.look_up(&findings);
    let lines: Vec<String> = findings.iter().map(|finding| short(finding, &sources)).collect();
    assert_eq!(lines[2], "a.json:1:10: error[PB9999]: x");
    PASSES.with_borrow(|passes| assert_eq!(*passes, [2, 1]));
}

#[test]
fn columns_count_characters_far_into_a_line() {
    let text = format!("[\"{}\",\r\n \"{}\", 1]", "ä€😀".repeat(3000), "ü".repeat(5000));
    let tree = MemoryTree::of([("a.json", text.as_str())]).unwrap();
    let file = TreePath::parse("a.json").unwrap();
    let sources = Sources::new(&tree);
    let region = |index| sources.region(&Location::value(&file, &Pointer::root().index(index))).unwrap();
    let all = [0, 1, 2].map(|index| {
        let region = region(index);
        (region.start.line, region.start.column, region.end.line, region.end.column)
    });
    assert_eq!(all, [(1, 2, 1, 9004), (2, 2, 2, 5004), (2, 5006, 2, 5007)]);
}

/// A case of `escaping.yaml`.
fn command(case: &serde_json::Value) -> String {
    let text = |key: &str| case[key].as_str();
    let severity = match text("severity") {
        Some("warning") => probity_diagnostics::Severity::Warning,
        Some("note") => probity_diagnostics::Severity::Note,
        _ => probity_diagnostics::Severity::Error,
    };
    let mut diagnostic = Diagnostic::new(severity, &CODE, text("message").unwrap());
    let mut tree = MemoryTree::new();
    if let Some(name) = text("file") {
        let file = TreePath::parse(name).unwrap();
        tree.insert(file.clone(), "[1,\n2\n]");
        let whole = case["whole"].as_bool() == Some(true);
        let pointer = if whole { Pointer::root() } else { Pointer::root().index(0) };
        diagnostic = diagnostic.at(Location::value(&file, &pointer));
    }
    if let Some(rule) = text("rule") {
        diagnostic = diagnostic.rule(rule);
    }
    if let Some(help) = text("help") {
        diagnostic = diagnostic.help(help);
    }
    github(&diagnostic, &Sources::new(&tree))
}

#[test]
fn workflow_commands_are_escaped() {
    let path = TreePath::parse("escaping.yaml").unwrap();
    let cases = include_bytes!("escaping.yaml");
    let cases = document::parse(cases, &path, Format::Yaml, document::Limits::default()).unwrap().value;
    for case in cases.as_array().unwrap() {
        assert_eq!(command(case), case["command"].as_str().unwrap(), "{case}");
    }
}
