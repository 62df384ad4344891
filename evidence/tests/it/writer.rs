use jiff::Timestamp;
use probity_diagnostics::TreePath;
use probity_evidence::{
    Begin, EvidenceReader, EvidenceWriter, Gone, Problem, Record, Resource, ServiceState, TypeName,
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::ontology::ONTOLOGY;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn members(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        other => panic!("{other} is no object"),
    }
}

fn resource(id: &str, resource_type: &str, properties: Value) -> Resource {
    Resource {
        id: id.to_owned(),
        name: id.to_uppercase(),
        resource_type: TypeName::from(resource_type),
        properties: members(properties),
        collected: at("2026-11-01T10:00:00Z"),
        scope: "account/1".to_owned(),
        related: vec!["vm/b".to_owned()],
    }
}

fn written(resources: &[Resource]) -> String {
    let mut writer = EvidenceWriter::new(Begin {
        collector: "test".to_owned(),
        version: "1.0.0".to_owned(),
        scope: "account/1".to_owned(),
        ontology: ONTOLOGY.uri().to_owned(),
        started: Some(at("2026-11-01T09:59:59Z")),
    });
    writer.service("ec2", ServiceState::Complete, &["VirtualMachine", "BlockStorage"]);
    for resource in resources {
        assert!(writer.resource(resource));
    }
    writer.gone(Gone {
        id: "vm/c".to_owned(),
        resource_type: TypeName::from("VirtualMachine"),
        collected: at("2026-11-01T10:00:00Z"),
    });
    writer.problem(Problem {
        service: "ec2".to_owned(),
        message: "snapshots could not be listed".to_owned(),
        permission: Some("ec2:DescribeSnapshots".to_owned()),
        resource_types: vec!["Snapshot".to_owned()],
        properties: Vec::new(),
    });
    writer.service("ec2", ServiceState::Partial, &["Snapshot"]);
    let mut out = Vec::new();
    writer.finish(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_set_is_written_in_its_order_whatever_comes_first() {
    let machine =
        resource("vm/b", "VirtualMachine", json!({"secureBoot": {"enabled": true}, "labels": {"ü": "1"}}));
    let other = resource("vm/a", "VirtualMachine", json!({"bootLogging": null}));
    let disk = resource("disk/z", "BlockStorage", json!({"capacity": 1_073_741_824_u64}));
    let text = written(&[machine.clone(), disk.clone(), other.clone()]);
    assert_eq!(text, written(&[other, machine, disk]));
    insta::assert_snapshot!("written-set", text);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// No single character of a resource line can be changed unnoticed.
    #[test]
    fn a_changed_line_is_noticed(at in any::<prop::sample::Index>(), other in prop::char::range(' ', '~')) {
        let machine = resource("vm/b", "VirtualMachine", json!({"secureBoot": {"enabled": true}}));
        let text = written(std::slice::from_ref(&machine));
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let mut characters: Vec<char> = lines[1].chars().collect();
        let index = at.index(characters.len());
        prop_assume!(characters[index] != other);
        characters[index] = other;
        lines[1] = characters.into_iter().collect();
        let path = TreePath::parse("set.jsonl").unwrap();
        let ontology = &*ONTOLOGY;
        let (_, findings) = EvidenceReader::new(lines.join("\n").as_bytes(), &path, ontology).finish();
        prop_assert!(findings.has_errors(), "{}", lines[1]);
    }

    /// Whatever the bytes are, reading ends, and in findings.
    #[test]
    fn any_bytes_are_harmless(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let path = TreePath::parse("set.jsonl").unwrap();
        let (state, findings) = EvidenceReader::new(bytes.as_slice(), &path, &ONTOLOGY).finish();
        prop_assert!(!findings.is_empty());
        prop_assert!(!state.whole);
    }
}

#[test]
fn what_is_written_is_read_again() {
    let machine = resource("vm/b", "VirtualMachine", json!({"secureBoot": {"enabled": true}}));
    let text = written(std::slice::from_ref(&machine));
    let path = TreePath::parse("set.jsonl").unwrap();
    let mut reader = EvidenceReader::new(text.as_bytes(), &path, &ONTOLOGY);
    let read: Vec<Resource> = reader
        .by_ref()
        .filter_map(|entry| match entry.record {
            Record::Resource(observed) => Some(observed.resource),
            _ => None,
        })
        .collect();
    let (state, findings) = reader.finish();
    assert!(findings.is_empty());
    assert_eq!(read, [machine]);
    assert!(state.whole);
    assert_eq!(state.completeness(), ServiceState::Partial);
}
