//! Answers that come in pages, from a recording: moto gives most lists whole.

use probity_evidence::Resource;
use serde_json::json;

use super::Run;
use super::faults::{found, told};

/// Plays the recording back, without the lines that hold a text.
fn play(without: &str) -> Run {
    super::play("pages", &["ec2"], without)
}

fn names(resources: &[Resource]) -> Vec<&str> {
    resources.iter().filter_map(|resource| resource.id.rsplit('/').next()).collect()
}

#[test]
fn all_pages_are_read() {
    let run = play("");
    assert!(run.outcome.is_complete(), "{}", told(&run));
    let disks = found(&run, "BlockStorage");
    assert_eq!(
        names(&disks),
        ["vol-0000", "vol-0001", "vol-0002", "vol-0003", "vol-0004", "vol-0005", "vol-0006"]
    );
    let snapshots = found(&run, "Snapshot");
    assert_eq!(
        names(&snapshots),
        ["snap-0000", "snap-0001", "snap-0002", "snap-0003", "snap-0004", "snap-0005"]
    );
    let public: Vec<bool> =
        snapshots.iter().map(|snapshot| snapshot.properties["publicAccess"] == true).collect();
    assert_eq!(public, [false, true, false, false, true, false], "those of both pages");
    let groups = found(&run, "NetworkSecurityGroup");
    let groups: Vec<&str> = names(&groups).into_iter().filter(|name| name.starts_with("sg-")).collect();
    assert_eq!(groups, ["sg-0000", "sg-0001", "sg-0002", "sg-0003", "sg-0004"]);
    assert_eq!(names(&found(&run, "VirtualMachine")), ["i-0000", "i-0001", "i-0002", "i-0003", "i-0004"]);
}

/// What an answer does not tell is not there.
#[test]
fn missing_fields_are_left_out() {
    let run = play("");
    let machine = &found(&run, "VirtualMachine")[0].properties;
    for name in [
        "instanceMetadata",
        "internetAccessible",
        "networkInterfaceIds",
        "blockStorageIds",
        "encryptionInUse",
    ] {
        assert!(!machine.contains_key(name), "{name}: {}", machine[name]);
    }
    let disk = &found(&run, "BlockStorage")[1].properties;
    let key = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555";
    let expected =
        json!({"enabled": true, "algorithm": "AES-256", "keyId": key, "keyManagement": "provider"});
    assert_eq!(disk["atRestEncryption"], expected);
}

/// A page that cannot be read does not take back those before it, and the
/// list does not count as whole.
#[test]
fn a_later_page_is_missing() {
    let run = play("NextToken=page-1&MaxResults=500");
    assert!(!run.outcome.is_complete());
    assert_eq!(names(&found(&run, "BlockStorage")), ["vol-0000", "vol-0001", "vol-0002"]);
    assert!(told(&run).contains("DescribeVolumes "), "{}", told(&run));
    let problem = run.outcome.problems.iter().find(|problem| problem.message.starts_with("DescribeVolumes"));
    assert_eq!(problem.unwrap().resource_types, ["BlockStorage"]);
}

/// Which snapshots are public is left open where it could not be asked.
#[test]
fn grants_of_one_snapshot_are_missing() {
    let run = play("SnapshotId=snap-0004");
    let snapshots = found(&run, "Snapshot");
    let public: Vec<Option<bool>> = snapshots
        .iter()
        .map(|snapshot| snapshot.properties.get("publicAccess").and_then(serde_json::Value::as_bool))
        .collect();
    assert_eq!(public, [Some(false), Some(true), Some(false), Some(false), None, Some(false)]);
}
