//! The calls that were made, against those that services say they make.

use std::collections::BTreeSet;

use probity_discovery::aws;
use serde_json::Value;

/// A service by the name that permissions begin with, and an operation.
type Operation = (String, String);

/// What is asked before any service is: who calls, where, and as whom.
const BEFORE: [(&str, &str); 4] = [
    ("ec2", "DescribeRegions"),
    ("organizations", "ListAccounts"),
    ("sts", "AssumeRole"),
    ("sts", "GetCallerIdentity"),
];

/// Listed calls that the estate gives no reason for.
const NOT_MADE: [(&str, &str); 2] = [
    // the regions are named
    ("ec2", "DescribeRegions"),
    // the accounts are named
    ("organizations", "ListAccounts"),
];

/// Calls of interfaces that name their operation by method, path and query:
/// `*` stands for one step of the path.
const PATHS: [(&str, &str, &str); 22] = [
    ("backup", "/backup-vaults", "ListBackupVaults"),
    ("backup", "/backup-vaults/*/recovery-points", "ListRecoveryPointsByBackupVault"),
    ("eks", "/clusters", "ListClusters"),
    ("eks", "/clusters/*", "DescribeCluster"),
    ("guardduty", "/detector", "ListDetectors"),
    ("guardduty", "/detector/*", "GetDetector"),
    ("lambda", "/2015-03-31/functions", "ListFunctions"),
    ("lambda", "/2021-10-31/functions/*/urls", "ListFunctionUrlConfigs"),
    ("s3", "/v20180820/configuration/publicAccessBlock", "GetPublicAccessBlock of the account"),
    ("s3", "/*?acl", "GetBucketAcl"),
    ("s3", "/*?encryption", "GetBucketEncryption"),
    ("s3", "/*?lifecycle", "GetBucketLifecycleConfiguration"),
    ("s3", "/*?location", "GetBucketLocation"),
    ("s3", "/*?logging", "GetBucketLogging"),
    ("s3", "/*?object-lock", "GetObjectLockConfiguration"),
    ("s3", "/*?ownershipControls", "GetBucketOwnershipControls"),
    ("s3", "/*?policy", "GetBucketPolicy"),
    ("s3", "/*?policyStatus", "GetBucketPolicyStatus"),
    ("s3", "/*?publicAccessBlock", "GetPublicAccessBlock"),
    ("s3", "/*?replication", "GetBucketReplication"),
    ("s3", "/*?tagging", "GetBucketTagging"),
    ("s3", "/*?versioning", "GetBucketVersioning"),
];

/// Holds a recording against what services list, which is what the policy for
/// a run is made from.
pub(crate) fn hold(recording: &[(String, Vec<u8>)]) {
    let lines = recording.iter().flat_map(|(_, bytes)| std::str::from_utf8(bytes).unwrap().lines());
    let made: BTreeSet<Operation> = lines.map(operation).collect();
    let own = |(service, operation): &(&str, &str)| ((*service).to_owned(), (*operation).to_owned());
    let calls = aws::services().into_iter().flat_map(|service| service.calls);
    let mut listed: BTreeSet<Operation> = calls
        .map(|call| (call.permission.split(':').next().unwrap().to_owned(), call.operation.to_owned()))
        .collect();
    listed.extend(BEFORE.iter().map(own));
    let unlisted: Vec<&Operation> = made.difference(&listed).collect();
    assert!(unlisted.is_empty(), "calls that no service lists: {unlisted:?}");
    let not_made: BTreeSet<Operation> = listed.difference(&made).cloned().collect();
    assert_eq!(not_made, NOT_MADE.iter().map(own).collect(), "listed calls that were not made");
}

/// The operation that a line of a recording asked for.
fn operation(line: &str) -> Operation {
    let line: Value = serde_json::from_str(line).unwrap();
    let text = |name: &str| line[name].as_str().unwrap();
    let service = text("place").rsplit('/').next().unwrap();
    let (target, request) = (text("target"), text("request"));
    let by_form = request.strip_prefix("Action=").and_then(|rest| rest.split('&').next());
    let by_header = target.split_once(' ').and_then(|(_, operation)| operation.rsplit('.').next());
    let named = by_form.or(by_header).or_else(|| by_path(service, target));
    let operation = named.unwrap_or_else(|| panic!("no operation is known for {service} {target}"));
    (service.to_owned(), operation.to_owned())
}

fn by_path(service: &str, target: &str) -> Option<&'static str> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let steps: Vec<&str> = path.trim_matches('/').split('/').collect();
    if service == "s3" && path == "/" {
        return Some("ListBuckets");
    }
    let fits = |pattern: &str| {
        let (path, key) = pattern.split_once('?').unwrap_or((pattern, ""));
        let wanted: Vec<&str> = path.trim_matches('/').split('/').collect();
        let same_query = key.is_empty() || query.split(['&', '=']).next() == Some(key);
        let same = |(wanted, step): (&&str, &&str)| *wanted == "*" || wanted == step;
        wanted.len() == steps.len() && wanted.iter().zip(&steps).all(same) && same_query
    };
    let mut known = PATHS.iter().filter(|(of, _, _)| *of == service);
    known.find(|(_, pattern, _)| fits(pattern)).map(|(_, _, operation)| *operation)
}
