//! Files of results: what is read of each format, and what is said of files that are not in its shape.
//!
//! `samples/` holds files in the documented shape of each format (`shape.*`) and output of the tools themselves; its README says how
//! they were made. `broken/` holds one mistake or a few of a kind in each file.

mod tools;

use std::path::Path;

use probity_diagnostics::render::{Sources, short};
use probity_diagnostics::{Diagnostics, DiskTree, FileTree, MemoryTree, TreePath, document::Limits};
use probity_evidence::foreign::Run;
use probity_importers::results::{Columns, Format, ResultsFile, read};
use rstest::rstest;

fn tree(folder: &str) -> DiskTree {
    DiskTree::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder), String::new()).unwrap()
}

fn columns() -> Columns {
    Columns::read(&tree("samples"), &path("shape.columns.toml")).unwrap().value
}

fn path(text: &str) -> TreePath {
    TreePath::parse(text).unwrap()
}

/// A run as text: what is known of the tool, then rules, then results.
fn shown(run: &Run) -> String {
    let or = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
    let ended = run.ended.map_or_else(|| "–".to_owned(), |at| at.to_string());
    let mut lines =
        vec![format!("{} {} ended {ended} completed {}", run.tool, or(&run.version), run.completed)];
    for (id, rule) in &run.rules {
        let severity = rule.severity.map_or("–", |severity| severity.as_str());
        lines.push(format!("rule {id} [{severity}] {}", or(&rule.title)));
        for (name, ids) in &rule.frameworks {
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            lines.push(format!("     {name}: {}", ids.join(" ")));
        }
    }
    for found in &run.results {
        let subject = &found.subject;
        lines.push(format!(
            "{:>4} {} {} on {} ({}, {}) {}",
            found.line,
            found.outcome.as_str(),
            found.rule,
            subject.id,
            subject.name,
            subject.kind,
            or(&found.message)
        ));
    }
    lines.join("\n")
}

fn told(findings: &Diagnostics, tree: &dyn FileTree) -> String {
    let sources = Sources::new(tree);
    findings.iter().map(|finding| short(finding, &sources)).collect::<Vec<_>>().join("\n")
}

#[rstest]
fn samples_are_read(#[files("tests/samples/*")] file: std::path::PathBuf) {
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    if name == "README.md" || name.ends_with("columns.toml") {
        return;
    }
    let (tree, columns) = (tree("samples"), columns());
    let columns = file.extension().is_some_and(|ending| ending == "csv").then_some(&columns);
    let ResultsFile { format, runs, .. } = match read(&tree, &path(&name), None, columns) {
        Ok(read) => read.value,
        Err(findings) => panic!("{}", told(&findings, &tree)),
    };
    let runs: Vec<String> = runs.iter().map(shown).collect();
    insta::assert_snapshot!(name.replace('.', "-"), format!("{format}\n{}", runs.join("\n\n")));
}

#[test]
fn broken_files_are_refused_with_places() {
    let (tree, columns) = (tree("broken"), columns());
    let mut all = Vec::new();
    for file in tree.walk(&TreePath::root()).unwrap() {
        let columns = (file.extension() == Some("csv")).then_some(&columns);
        match read(&tree, &file, None, columns) {
            Ok(read) => panic!("{file} was read: {:?}", read.value.runs),
            Err(findings) => all.push(format!("# {file}\n{}", told(&findings, &tree))),
        }
    }
    insta::assert_snapshot!("broken", all.join("\n"));
}

#[test]
fn a_format_that_is_named_is_not_guessed() {
    let tree = MemoryTree::of([("a.json".to_owned(), r#"{"runs": []}"#.to_owned())]).unwrap();
    let as_trivy = read(&tree, &path("a.json"), Some(Format::Trivy), None).unwrap_err();
    assert!(told(&as_trivy, &tree).contains("PB0911"), "{}", told(&as_trivy, &tree));
    let as_csv = read(&tree, &path("a.json"), Some(Format::Csv), None).unwrap_err();
    assert!(told(&as_csv, &tree).contains("PB0913"), "{}", told(&as_csv, &tree));
}

#[test]
fn what_is_larger_than_a_document_may_be_is_refused() {
    let large = " ".repeat(usize::try_from(Limits::default().bytes).unwrap() + 1);
    let tree = MemoryTree::of([("a.sarif".to_owned(), large)]).unwrap();
    let refused = read(&tree, &path("a.sarif"), None, None).unwrap_err();
    assert!(refused.has_errors());
}

#[test]
fn a_description_of_columns_says_what_it_lacks() {
    let texts = [
        "tool = \"a\"\n",
        "tool = \"a\"\n[columns]\nrule = \"a\"\nsubject = \"b\"\nresult = \"c\"\n[words]\npass = [\"x\"]\nfail = [\"X\"]\n",
        "tool = \"a\"\n[columns]\nrule = \"a\"\nsubject = \"b\"\nresult = \"c\"\n[words]\npassed = [\"x\"]\n",
    ];
    for text in texts {
        let tree = MemoryTree::of([("c.toml".to_owned(), text.to_owned())]).unwrap();
        let refused = Columns::read(&tree, &path("c.toml")).unwrap_err();
        assert!(told(&refused, &tree).contains("PB0913"), "{}", told(&refused, &tree));
    }
    let yaml = "tool: a\ncolumns: {rule: a, subject: b, result: c}\nwords: {pass: [x]}\n";
    let tree = MemoryTree::of([("c.yaml".to_owned(), yaml.to_owned())]).unwrap();
    Columns::read(&tree, &path("c.yaml")).unwrap();
}
