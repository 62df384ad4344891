//! What becomes of a run when AWS, the network or the credentials fail: it
//! ends, it says what is missing, and it makes nothing up.

use std::time::Duration;

use jiff::Timestamp;
use probity_discovery::aws::Settings;
use probity_discovery::live::{Limits, Tape};
use probity_evidence::{Record, Resource};
use serde_json::{Value, json};

use super::server::Server;
use super::{Run, look};
use crate::scan::records;

/// Limits for a platform that is a hand's breadth away.
const SHORT: Limits = Limits {
    connect: Duration::from_secs(1),
    attempt: Duration::from_secs(3),
    retry: Duration::from_secs(3),
    concurrent: 4,
};

/// A machine, a disk, a bucket that a policy opens, and what comes with an
/// account.
fn furnish(server: &Server) {
    let machine = "Action=RunInstances&Version=2016-11-15&ImageId=ami-1&MinCount=1&MaxCount=1\
        &MetadataOptions.HttpTokens=optional&MetadataOptions.HttpEndpoint=enabled";
    server.call("ec2", "POST", "/", machine);
    server.call("s3", "PUT", "/open", "<CreateBucketConfiguration><LocationConstraint>eu-central-1</LocationConstraint></CreateBucketConfiguration>");
    let policy = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::open/*"},
    ]});
    server.call("s3", "PUT", "/open?policy", &policy.to_string());
}

fn run(server: &Server, only: &str) -> Run {
    let settings = Settings { only: vec![only.to_owned()], ..server.settings() };
    look(&settings, SHORT, Tape::live(), Timestamp::now())
}

/// The resources of a type.
pub(super) fn found(run: &Run, kind: &str) -> Vec<Resource> {
    let resources = records(&run.evidence).0.into_iter().filter_map(|record| match record {
        Record::Resource(observed) => Some(observed.resource),
        _ => None,
    });
    resources.filter(|resource| resource.resource_type.as_str() == kind).collect()
}

pub(super) fn told(run: &Run) -> String {
    run.outcome.problems.iter().map(|problem| problem.message.clone() + "\n").collect()
}

/// A call fails for good: the problem that is told, and what is missing, a
/// property or (with an empty pointer) every resource of a type.
struct Case {
    rule: Value,
    problem: &'static str,
    kind: &'static str,
    missing: &'static str,
}

fn cases() -> Vec<Case> {
    let case = |rule: Value, problem, kind, missing| Case { rule, problem, kind, missing };
    let refuse = |call: &str, status: u16, code: &str| json!({"match": call, "do": "refuse", "status": status, "code": code});
    vec![
        case(
            refuse("Action=DescribeFlowLogs", 403, "UnauthorizedOperation"),
            "DescribeFlowLogs was refused (UnauthorizedOperation) in account/123456789012/eu-central-1",
            "VirtualNetwork",
            "/flowLogging",
        ),
        case(
            refuse("GetEbsEncryptionByDefault", 403, "UnauthorizedOperation"),
            "GetEbsEncryptionByDefault was refused",
            "Account",
            "/defaultDiskEncryption",
        ),
        case(
            refuse("DescribeInstances", 503, "RequestLimitExceeded"),
            "DescribeInstances was throttled for too long (RequestLimitExceeded)",
            "VirtualMachine",
            "",
        ),
        case(
            json!({"match": "DescribeInstances", "do": "reset"}),
            "DescribeInstances could not reach the service",
            "VirtualMachine",
            "",
        ),
        case(
            json!({"match": "DescribeVolumes", "do": "html"}),
            "DescribeVolumes gave an answer that cannot be read",
            "BlockStorage",
            "",
        ),
        case(
            json!({"match": "DescribeInstances", "do": "replace", "from": "<httpTokens>optional<", "to": "<httpTokens>sometimes<"}),
            "DescribeInstances gave an answer that cannot be read (sometimes)",
            "VirtualMachine",
            "/instanceMetadata/tokenRequired",
        ),
        case(
            refuse("DescribeInstances", 400, "RequestExpired"),
            "DescribeInstances was refused because the clocks differ (RequestExpired)",
            "VirtualMachine",
            "",
        ),
        case(
            json!({"match": "DescribeInstances", "do": "stall", "seconds": 30}),
            "DescribeInstances was not answered in time",
            "VirtualMachine",
            "",
        ),
        case(
            json!({"match": "DescribeNetworkInterfaces", "do": "html", "status": 404}),
            "DescribeNetworkInterfaces ",
            "NetworkInterface",
            "",
        ),
    ]
}

#[test]
fn a_call_fails() {
    let Some(server) = Server::start() else { return };
    furnish(&server);
    nothing_fails(&server);
    throttled_for_a_while(&server);
    for case in cases() {
        server.fail(&json!([case.rule]));
        let run = run(&server, "ec2");
        let about = format!("{}\n{}", case.rule, told(&run));
        assert!(server.failed()[0] > 0, "the rule never held: {about}");
        assert!(!run.outcome.is_complete() && !run.outcome.is_nothing(), "{about}");
        assert!(told(&run).contains(case.problem) && run.outcome.problems.len() == 1, "{about}");
        let all = found(&run, case.kind);
        assert_eq!(all.is_empty(), case.missing.is_empty(), "{about}");
        for resource in all {
            let properties = Value::from(resource.properties.clone());
            assert_eq!(properties.pointer(case.missing), None, "{about}{properties}");
        }
        assert_eq!(found(&run, "VirtualNetwork").len(), 1, "{about}");
    }
}

/// What is there when nothing fails, so that its absence means something.
fn nothing_fails(server: &Server) {
    let run = self::run(server, "ec2");
    assert!(run.outcome.is_complete(), "{}", told(&run));
    let machine = &found(&run, "VirtualMachine")[0].properties;
    assert_eq!(machine["instanceMetadata"]["tokenRequired"], false);
    assert_eq!(found(&run, "BlockStorage").len(), 1);
    assert_eq!(found(&run, "NetworkInterface").len(), 1);
    assert_eq!(found(&run, "VirtualNetwork")[0].properties["flowLogging"]["enabled"], false);
    assert_eq!(found(&run, "Account")[0].properties["defaultDiskEncryption"]["enabled"], false);
}

/// Slowing down for a while is waited for.
fn throttled_for_a_while(server: &Server) {
    let rule = json!({"match": "DescribeInstances", "do": "refuse", "status": 503, "code": "RequestLimitExceeded", "first": 3});
    server.fail(&json!([rule]));
    let run = self::run(server, "ec2");
    assert!(run.outcome.is_complete(), "{}", told(&run));
    assert_eq!((server.failed()[0], run.outcome.waited), (3, 3));
    assert_eq!(found(&run, "VirtualMachine").len(), 1);
}

/// Ten seconds of slowing down: whoever waits for a minute reads everything,
/// and whoever waits for less is told what is missing.
#[test]
fn throttled_for_ten_seconds() {
    let Some(server) = Server::start() else { return };
    furnish(&server);
    let patient = Settings { only: vec!["ec2".to_owned()], ..server.settings() };
    let whole =
        while_throttled(&server, || look(&patient, Limits::default(), Tape::live(), Timestamp::now()));
    assert!(whole.outcome.is_complete() && whole.outcome.waited > 0, "{}", told(&whole));
    assert_eq!(found(&whole, "VirtualMachine").len(), 1);
    let part = while_throttled(&server, || run(&server, "ec2"));
    assert!(!part.outcome.is_complete() && !part.outcome.is_nothing());
    let problem = "DescribeInstances was throttled for too long (RequestLimitExceeded)";
    assert!(told(&part).contains(problem), "{}", told(&part));
    assert!(found(&part, "VirtualMachine").is_empty());
}

/// What a run comes to that begins while machines are not listed, which goes
/// on for ten seconds.
fn while_throttled(server: &Server, run: impl FnOnce() -> Run) -> Run {
    let rule =
        json!({"match": "DescribeInstances", "do": "refuse", "status": 503, "code": "RequestLimitExceeded"});
    server.fail(&json!([rule]));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_secs(10));
            server.fail(&json!([]));
        });
        run()
    })
}

#[test]
fn an_account_or_region_fails() {
    let Some(server) = Server::start() else { return };
    furnish(&server);
    settings_of_the_account_are_refused(&server);
    a_region_is_not_enabled(&server);
    keys_are_not_valid(&server);
    nobody_answers(server);
}

/// The account's own settings could overrule a public policy: without them
/// nobody knows.
fn settings_of_the_account_are_refused(server: &Server) {
    let run = self::run(server, "s3");
    assert!(run.outcome.is_complete(), "{}", told(&run));
    assert_eq!(found(&run, "ObjectStorage")[0].properties["publicAccess"], true);
    server.fail(&json!([{"match": "/v20180820/configuration", "do": "refuse", "status": 403, "code": "AccessDenied"}]));
    let run = self::run(server, "s3");
    assert!(
        told(&run).contains("GetPublicAccessBlock of the account was refused (AccessDenied)"),
        "{}",
        told(&run)
    );
    let problem = &run.outcome.problems[0];
    assert_eq!(problem.permission.as_deref(), Some("s3:GetAccountPublicAccessBlock"));
    let bucket = &found(&run, "ObjectStorage")[0].properties;
    assert!(!bucket.contains_key("publicAccess") && bucket.contains_key("publicAccessBlock"), "{bucket:?}");
    assert!(!found(&run, "Account")[0].properties.contains_key("publicAccessBlock"));
}

/// A region that is not enabled knows none of the account's keys.
fn a_region_is_not_enabled(server: &Server) {
    server.fail(
        &json!([{"match": "^[a-z0-9]+ me-south-1 ", "do": "refuse", "status": 401, "code": "AuthFailure"}]),
    );
    let regions = vec!["eu-central-1".to_owned(), "me-south-1".to_owned()];
    let settings = Settings { only: vec!["ec2".to_owned()], regions, ..server.settings() };
    let run = look(&settings, SHORT, Tape::live(), Timestamp::now());
    assert!(!run.outcome.is_complete() && !run.outcome.is_nothing());
    let expected =
        "DescribeInstances has no valid credentials (AuthFailure) in account/123456789012/me-south-1";
    assert!(told(&run).contains(expected), "{}", told(&run));
    assert_eq!(found(&run, "VirtualNetwork").len(), 1, "those of the other region only");
    // what one of two regions did not tell does not stand for the account
    assert!(!found(&run, "Account")[0].properties.contains_key("defaultDiskEncryption"));
}

fn keys_are_not_valid(server: &Server) {
    server.fail(&json!([{"match": "GetCallerIdentity", "do": "refuse", "status": 403, "code": "InvalidClientTokenId"}]));
    let run = self::run(server, "ec2");
    assert!(run.outcome.is_nothing());
    assert!(
        told(&run).contains("GetCallerIdentity has no valid credentials (InvalidClientTokenId)"),
        "{}",
        told(&run)
    );
}

/// Nothing listens: nothing could be read, and that is all that is said.
fn nobody_answers(server: Server) {
    let settings = server.settings();
    drop(server);
    let run = look(&settings, SHORT, Tape::live(), Timestamp::now());
    assert!(run.outcome.is_nothing());
    assert!(told(&run).contains("GetCallerIdentity could not reach the service"), "{}", told(&run));
    assert_eq!(run.outcome.types.len(), 0);
}

/// There are no keys: this test calls itself in an environment without any.
#[test]
fn there_are_no_keys() {
    const MARK: &str = "PROBITY_TEST_WITHOUT_KEYS";
    if std::env::var_os(MARK).is_none() {
        let mut own = std::process::Command::new(std::env::current_exe().unwrap());
        own.args(["--exact", "aws::faults::there_are_no_keys", "--nocapture"]);
        let ran = own.env_clear().envs([
            (MARK, "1"),
            ("HOME", "/nonexistent"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
        ]);
        let ran = ran.output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
        return;
    }
    // nobody is asked, because there is nothing to sign a question with
    let settings = Settings { endpoint: Some("http://127.0.0.1:9".to_owned()), ..Settings::default() };
    let run = look(&settings, SHORT, Tape::live(), Timestamp::now());
    assert!(run.outcome.is_nothing());
    assert_eq!(told(&run), "GetCallerIdentity has no valid credentials in aws\n");
}
