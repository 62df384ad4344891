use probity_diagnostics::MemoryTree;
use probity_discovery::Input;
use rstest::rstest;

use crate::scan::{path, records, scan, shown};

const ACCOUNT: &str = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: NAME}\n";

fn account(name: &str) -> String {
    ACCOUNT.replace("NAME", name)
}

fn files() -> MemoryTree {
    MemoryTree::of([
        ("deploy/a.yaml", account("a")),
        ("deploy/b.yml", account("b")),
        (
            "deploy/inner/c.json",
            r#"{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"c"}}"#.to_owned(),
        ),
        ("deploy/values.yaml", "replicas: 3\n".to_owned()),
        ("deploy/README.md", "# Not a manifest\n".to_owned()),
        ("deploy/.hidden.yaml", "not: [yaml".to_owned()),
        ("notes.txt", account("d")),
    ])
    .unwrap()
}

#[rstest]
#[case::folder(&["deploy"], "a b c")]
#[case::file(&["deploy/b.yml"], "b")]
#[case::file_of_any_name(&["notes.txt"], "d")]
#[case::pattern(&["deploy/*.yaml"], "a")]
#[case::deep_pattern(&["deploy/**/*.{yml,json}"], "b c")]
#[case::several(&["deploy/inner", "notes.txt"], "c d")]
#[case::the_same_file_once(&["deploy", "deploy/a.yaml"], "a b c")]
fn paths(#[case] inputs: &[&str], #[case] expected: &str) {
    let inputs: Vec<Input> = inputs.iter().map(|text| Input::Path(path(text))).collect();
    let (evidence, step) = scan(&files(), &inputs);
    step.unwrap_or_else(|findings| panic!("{}", shown(&findings, &files())));
    assert_eq!(names(&evidence), expected);
}

fn names(evidence: &str) -> String {
    let (records, _) = records(evidence);
    let names = records.into_iter().filter_map(|record| match record {
        probity_evidence::Record::Resource(observed) => Some(observed.resource.name),
        _ => None,
    });
    names.collect::<Vec<_>>().join(" ")
}

#[rstest]
#[case::missing("nowhere.yaml", "PB0001")]
#[case::no_match("deploy/*.txt", "PB0401")]
#[case::no_pattern("deploy/[.yaml", "PB0402")]
fn paths_that_lead_nowhere(#[case] text: &str, #[case] code: &str) {
    let (_, step) = scan(&files(), &[Input::Path(path(text))]);
    let findings = step.expect_err("nothing there");
    assert_eq!(findings.iter().map(|d| d.code.id).collect::<Vec<_>>(), [code]);
}

#[test]
fn standard_input_may_be_yaml_or_json() {
    let json = r#"{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"j"}}"#;
    for (text, name) in [(account("y"), "y"), (json.to_owned(), "j")] {
        let input = Input::Bytes { name: "<stdin>".to_owned(), bytes: text.into_bytes() };
        let (evidence, step) = scan(&MemoryTree::new(), &[input]);
        assert!(step.is_ok());
        assert_eq!(names(&evidence), name);
    }
}

/// Standard input cannot be read again, so its findings name the line.
#[rstest]
#[case::syntax("kind: Pod\na: [\n", "<stdin>:3:1: error[PB0006]")]
#[case::duplicate("apiVersion: v1\nkind: Pod\nkind: Pod\n", "<stdin>:3:1: error[PB0007]")]
#[case::value(
    "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a, labels: 7}\n",
    "<stdin>:3:1: error[PB0411]"
)]
#[case::form("---\napiVersion: v1\nkind: Pod\n", "<stdin>:2:1: error[PB0410]")]
fn findings_on_standard_input_have_a_line(#[case] text: &str, #[case] expected: &str) {
    let input = Input::Bytes { name: "<stdin>".to_owned(), bytes: text.as_bytes().to_vec() };
    let tree = MemoryTree::new();
    let (_, step) = scan(&tree, &[input]);
    let text = shown(&step.expect_err("a broken manifest"), &tree);
    assert!(text.starts_with(expected), "{text}");
}

#[test]
fn a_folder_without_objects_is_reported_and_every_mistake_with_it() {
    let tree = MemoryTree::of([("a/values.yaml", "x: 1\n"), ("b/x.yaml", "a: [\n"), ("b/y.yaml", "a: {\n")])
        .unwrap();
    let (_, step) = scan(&tree, &[Input::Path(path("a")), Input::Path(path("b")), Input::Path(path("c"))]);
    let findings = step.expect_err("three mistakes");
    insta::assert_snapshot!("three-mistakes", shown(&findings, &tree));
}
