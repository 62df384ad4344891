use std::io::{Cursor, Read};
use std::path::PathBuf;

use probity_diagnostics::render::{Sources, short};
use probity_diagnostics::{Diagnostics, FileTree, MemoryTree, TreePath};
use probity_evidence::{EvidenceReader, EvidenceSet, LINE_LIMIT, Record, ServiceState, SetState};
use rstest::rstest;

use crate::ontology::ONTOLOGY;

fn shown(findings: &Diagnostics, tree: &dyn FileTree) -> String {
    let sources = Sources::new(tree);
    findings.iter().map(|d| short(d, &sources) + "\n").collect()
}

fn state_shown(state: &SetState) -> String {
    let types: Vec<String> = state.types.iter().map(|(name, count)| format!("{name} {count}")).collect();
    format!(
        "{} resources ({}), {}, missing {:?}\n",
        state.resources,
        types.join(", "),
        state.completeness().as_str(),
        state.missing_types()
    )
}

/// Each set file beside its findings and state.
#[rstest]
fn set(#[files("tests/sets/*.jsonl")] file: PathBuf) {
    let name = file.file_stem().and_then(|s| s.to_str()).unwrap().to_owned();
    let path = TreePath::parse(&format!("{name}.jsonl")).unwrap();
    let tree = MemoryTree::of([(path.as_str(), std::fs::read(&file).unwrap())]).unwrap();
    let mut reader = EvidenceReader::new(tree.open(&path).unwrap(), &path, &ONTOLOGY);
    let records: Vec<String> =
        reader.by_ref().map(|entry| format!("{}: {}\n", entry.line, outline(&entry.record))).collect();
    let (state, findings) = reader.finish();
    let text = format!("{}{}{}", records.concat(), state_shown(&state), shown(&findings, &tree));
    insta::assert_snapshot!(format!("set-{name}"), text);
}

fn outline(record: &Record) -> String {
    match record {
        Record::Begin(begin) => format!("begin {}", begin.collector),
        Record::Resource(o) => format!("resource {} {}", o.resource.resource_type, o.resource.id),
        Record::Gone(gone) => format!("gone {} at {}", gone.id, gone.collected),
        Record::Problem(problem) => format!("problem {}", problem.message),
        Record::End(end) => format!("end {}", end.resources),
    }
}

fn read(text: impl Read) -> (SetState, Diagnostics) {
    let path = TreePath::parse("set.jsonl").unwrap();
    EvidenceReader::new(text, &path, &ONTOLOGY).finish()
}

fn codes(findings: &Diagnostics) -> Vec<&str> {
    findings.iter().map(|d| d.code.id).collect()
}

#[test]
fn a_line_beyond_the_limit_is_left_out_in_bounded_memory() {
    let begin = r#"{"kind":"begin","collector":"c","version":"1","scope":"s","ontology":"https://w3id.org/probity/ontology/1"}"#;
    let length = u64::try_from(LINE_LIMIT).unwrap() * 12;
    let text = Cursor::new(format!("{begin}\n\""))
        .chain(std::io::repeat(b'x').take(length))
        .chain(Cursor::new("\"\n{\"kind\":\"end\",\"resources\":0,\"services\":[]}\n"));
    let (state, findings) = read(text);
    assert_eq!(codes(&findings), ["PB0312"]);
    assert!(state.whole);
}

#[test]
fn nesting_has_a_limit() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let (_, findings) = read(Cursor::new(deep));
    assert_eq!(codes(&findings), ["PB0008", "PB0314"]);
}

#[test]
fn very_many_findings_are_counted() {
    let (_, findings) = read(Cursor::new("nonsense\n".repeat(1000)));
    assert_eq!(findings.len(), 51);
    let last = findings.iter().last().unwrap();
    assert_eq!(last.message, "951 further findings in this file are not shown");
    assert!(findings.has_errors());
}

#[test]
fn a_set_covers_what_complete_services_yield() {
    let tree = MemoryTree::of([("good.jsonl", std::fs::read("tests/sets/good.jsonl").unwrap())]).unwrap();
    let ontology = &*ONTOLOGY;
    let set = EvidenceSet::load(&tree, &TreePath::parse("good.jsonl").unwrap(), ontology).unwrap().value;
    assert_eq!(set.state.completeness(), ServiceState::Partial);
    assert!(set.state.covers(ontology, "RelationalDatabaseService"));
    assert!(!set.state.covers(ontology, "VirtualMachine"));
    assert!(!set.state.covers(ontology, "Function"));
    let (line, observed) = &set.resources[0];
    assert_eq!((*line, observed.resource.id.as_str()), (2, "a"));
    let text = std::fs::read_to_string("tests/sets/good.jsonl").unwrap();
    assert!(text.contains(&observed.digest.to_string()));
}
