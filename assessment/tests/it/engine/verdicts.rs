//! From evidence files to verdicts: the order of verdict rules, and what several files say of one resource.

use std::collections::BTreeSet;

use jiff::Timestamp;
use probity_assessment::verdict::{AssessInput, Assessed, Waiver, assess};
use probity_diagnostics::{MemoryTree, TreePath};
use serde_json::{Value, json};

use super::content::{CONTENT, path};

const RISK: &str = "7f1a2ad0-0000-4000-8000-0000000000aa";

/// An evidence file with these records between its first and its last line.
fn set(records: &[Value]) -> String {
    let begin = json!({ "kind": "begin", "collector": "test", "version": "2.1", "scope": "lab",
        "ontology": "https://w3id.org/probity/ontology/1" });
    let resources = records.iter().filter(|record| record["kind"] == "resource").count();
    let end = json!({ "kind": "end", "resources": resources, "services": [] });
    let lines: Vec<String> =
        [&begin].into_iter().chain(records).chain([&end]).map(Value::to_string).collect();
    lines.join("\n") + "\n"
}

fn resource(id: &str, kind: &str, properties: &Value, collected: &str) -> Value {
    json!({ "kind": "resource", "id": id, "type": kind, "resource": properties, "collected": collected })
}

fn machine(id: &str, properties: &Value) -> Value {
    resource(id, "VirtualMachine", properties, "2026-11-01T10:00:00Z")
}

fn assessed(files: &[String], waivers: &[Waiver]) -> Assessed {
    let named = files.iter().enumerate().map(|(index, text)| (format!("{index}.jsonl"), text.as_bytes()));
    let tree = MemoryTree::of(named).unwrap();
    let sources: Vec<TreePath> = (0..files.len()).map(|index| path(&format!("{index}.jsonl"))).collect();
    assess(&AssessInput {
        assessment: "test",
        compiled: &CONTENT.compiled,
        ontology: &CONTENT.ontology,
        tree: &tree,
        sources: &sources,
        as_of: "2026-11-01T12:00:00Z".parse::<Timestamp>().unwrap(),
        waivers,
        threads: Some(2),
        shelf: None,
        progress: &|_| {},
    })
}

/// The outcome and reason of a check on a resource.
fn verdict(assessed: &Assessed, check: &str, id: &str) -> Option<(String, Option<String>)> {
    let found = assessed
        .verdicts
        .iter()
        .find(|verdict| verdict.check.as_str() == check && verdict.subject.id() == id)?;
    Some((found.outcome.to_string(), found.detail().reason))
}

fn outcome(assessed: &Assessed, check: &str, id: &str) -> Option<String> {
    verdict(assessed, check, id).map(|(outcome, _)| outcome)
}

#[test]
fn old_evidence_settles_nothing() {
    let old = resource(
        "vm",
        "VirtualMachine",
        &json!({ "secureBoot": { "enabled": true } }),
        "2026-10-20T10:00:00Z",
    );
    let assessed = assessed(&[set(&[old])], &[]);
    let reason = "the evidence is 12 days old, 7 days is the most".to_owned();
    assert_eq!(verdict(&assessed, "secure-boot-enabled", "vm"), Some(("unknown".to_owned(), Some(reason))));
}

#[test]
fn what_was_not_collected_names_collector_and_permission() {
    let problem = json!({ "kind": "problem", "service": "ec2", "message": "denied", "permission": "ec2:DescribeBoot",
        "resource-types": ["VirtualMachine"], "properties": ["secureBoot"] });
    let assessed = assessed(&[set(&[machine("vm", &json!({})), problem])], &[]);
    let said = |check: &str| verdict(&assessed, check, "vm").unwrap().1.unwrap();
    assert_eq!(
        said("secure-boot-enabled"),
        "not collected: secureBoot.enabled by test 2.1; the permission ec2:DescribeBoot would settle it"
    );
    assert_eq!(said("boot-logging-enabled"), "not collected: bootLogging.enabled by test 2.1");
}

#[test]
fn an_absent_feature_fails() {
    let assessed = assessed(&[set(&[machine("vm", &json!({ "secureBoot": null }))])], &[]);
    assert_eq!(outcome(&assessed, "secure-boot-enabled", "vm").unwrap(), "fail");
}

#[test]
fn a_waiver_covers_a_fail_until_its_deadline() {
    let files = [set(&[machine("vm", &json!({ "secureBoot": null, "bootLogging": null }))])];
    let waiver = |metric: &str, deadline: &str| Waiver {
        risk: RISK.parse().unwrap(),
        metric: metric.to_owned(),
        resources: Some(BTreeSet::from(["vm".to_owned()])),
        deadline: deadline.parse::<Timestamp>().unwrap(),
    };
    let waivers = [
        waiver("secure-boot-enabled", "2026-12-01T00:00:00Z"),
        waiver("boot-logging-enabled", "2026-10-01T00:00:00Z"),
    ];
    let assessed = assessed(&files, &waivers);
    assert_eq!(outcome(&assessed, "secure-boot-enabled", "vm").unwrap(), "waived");
    assert_eq!(outcome(&assessed, "boot-logging-enabled", "vm").unwrap(), "fail");
    let waived = assessed.verdicts.iter().find(|verdict| verdict.outcome.as_str() == "waived").unwrap();
    assert_eq!(waived.detail().waiver.unwrap().to_string(), RISK);
}

#[test]
fn the_newest_observation_counts() {
    let older = resource("vm", "VirtualMachine", &json!({ "secureBoot": null }), "2026-11-01T08:00:00Z");
    let newer = machine("vm", &json!({ "secureBoot": { "enabled": true } }));
    let (older, newer) = (set(&[older]), set(&[newer]));
    for files in [[older.clone(), newer.clone()], [newer, older]] {
        let assessed = assessed(&files, &[]);
        assert_eq!(assessed.verdicts.resources, 1);
        assert_eq!(outcome(&assessed, "secure-boot-enabled", "vm").unwrap(), "pass");
    }
}

#[test]
fn a_resource_that_is_gone_has_no_verdict() {
    let gone =
        json!({ "kind": "gone", "id": "vm", "type": "VirtualMachine", "collected": "2026-11-01T11:00:00Z" });
    let files =
        [set(&[machine("vm", &json!({ "secureBoot": null })), machine("other", &json!({}))]), set(&[gone])];
    let assessed = assessed(&files, &[]);
    assert_eq!(assessed.verdicts.resources, 1);
    assert_eq!(outcome(&assessed, "secure-boot-enabled", "vm"), None);
}

#[test]
fn related_resources_come_from_any_file() {
    let with_disk = |id: &str, disk: &str| machine(id, &json!({ "blockStorageIds": [disk] }));
    let machines =
        set(&[with_disk("good", "encrypted"), with_disk("bad", "plain"), with_disk("open", "nowhere")]);
    let disk = |id: &str, enabled: bool| {
        resource(
            id,
            "BlockStorage",
            &json!({ "atRestEncryption": { "enabled": enabled } }),
            "2026-11-01T10:00:00Z",
        )
    };
    let assessed = assessed(&[machines, set(&[disk("encrypted", true), disk("plain", false)])], &[]);
    let check = "virtual-machine-disks-encrypted";
    assert_eq!(outcome(&assessed, check, "good").unwrap(), "pass");
    assert_eq!(outcome(&assessed, check, "bad").unwrap(), "fail");
    let (outcome, reason) = verdict(&assessed, check, "open").unwrap();
    assert_eq!(
        (outcome.as_str(), reason.as_deref()),
        ("unknown", Some("not collected: related[nowhere] by test 2.1"))
    );
}

#[test]
fn a_broken_line_is_reported_and_the_others_are_judged() {
    let good = machine("vm", &json!({ "secureBoot": { "enabled": true } }));
    let bad = machine("bad", &json!({ "secureBoot": { "enabled": "yes" } }));
    let assessed = assessed(&[set(&[good, bad])], &[]);
    assert!(assessed.findings.has_errors());
    assert_eq!(outcome(&assessed, "secure-boot-enabled", "vm").unwrap(), "pass");
    assert_eq!(outcome(&assessed, "secure-boot-enabled", "bad"), None);
    assert!(!assessed.verdicts.sources[0].complete);
}

#[test]
fn a_verdict_says_what_was_expected_and_found() {
    let updates = json!({ "automaticUpdates": { "enabled": true, "interval": 8_640_000 } });
    let assessed = assessed(&[set(&[machine("vm", &updates)])], &[]);
    let verdict = assessed
        .verdicts
        .iter()
        .find(|verdict| verdict.check.as_str() == "automatic-updates-interval")
        .unwrap();
    let measured = &verdict.detail().results[0];
    assert_eq!(measured.property, "automaticUpdates.interval");
    assert_eq!(measured.operator.as_deref(), Some("<="));
    assert_eq!(measured.found, Some(json!(8_640_000)));
    assert!(measured.expected.as_ref().unwrap().as_u64().unwrap() < 8_640_000);
}
