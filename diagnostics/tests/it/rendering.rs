use insta::assert_snapshot;
use probity_diagnostics::render::{Human, Sources, json, short};
use probity_diagnostics::{Code, Diagnostic, Location, MemoryTree, Pointer, TreePath, nearest};

const CODE: Code = Code { id: "PB9999", title: "an example", explanation: "An example." };

fn finding() -> (MemoryTree, Diagnostic) {
    let text = "catalog:\n  uuid: x\n  metdata:\n    title: Größe\n";
    let tree = MemoryTree::of([("c.yaml", text)]).unwrap();
    let file = TreePath::parse("c.yaml").unwrap();
    let pointer = Pointer::root().key("catalog").key("metdata");
    let diagnostic = Diagnostic::error(&CODE, "`metdata` is no field of a catalog")
        .at(Location::key(&file, &pointer))
        .label("unknown field")
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
