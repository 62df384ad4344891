//! What goes wrong with platforms, through the program: the run ends, its exit code and its summary say so, and nothing
//! passes by it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use rstest::rstest;
use serde_json::{Value, json};

use crate::program::{Ran, folder, json, lines, probity, program, prop, run};

/// What a run is let in with. It is told nowhere.
const SECRET: &str = "hunter2hunter2";

/// What platforms say about their errors. It is told nowhere: it may hold what was asked for.
const TEXT: &str = "planted";

/// The subscription, and the tenant and application of whoever looks at it.
const ID: &str = "1b2c3d4e-0000-4000-8000-00000000000a";

/// A platform that is looked at, by one service of it.
#[derive(Debug, Clone, Copy)]
enum Cloud {
    Aws,
    Azure,
    Kubernetes,
}

/// What happens to all calls but the first ones.
#[derive(Debug, Clone, Copy)]
enum Fault {
    None,
    Refused,
    Throttled,
    /// The connection ends in the middle of an answer.
    Reset,
    /// A page for people, as proxies send.
    Html,
    /// The platform finds that our clock is wrong.
    Skewed,
    /// The platform does not know the key, token or place.
    Unknown,
    Silent,
}

/// A request: where it leads, the operation that a header names, the region that it is signed for, the body.
#[derive(Default)]
struct Request {
    target: String,
    operation: String,
    signed: String,
    body: String,
}

/// What a healthy platform answers to the first calls: who is signed in, and one list with one resource. A key is described, too.
fn healthy(cloud: Cloud, request: &Request) -> Option<Value> {
    let asks = |path: &str| request.target.contains(path);
    match cloud {
        Cloud::Aws if !request.signed.contains("/eu-central-1/") => None,
        Cloud::Aws if request.operation.ends_with(".ListKeys") => {
            Some(json!({"Keys": [{"KeyId": "k1", "KeyArn": KEY}], "Truncated": false}))
        }
        Cloud::Aws if request.operation.ends_with(".DescribeKey") => Some(json!({"KeyMetadata": {
            "KeyId": "k1", "Arn": KEY, "KeyManager": "CUSTOMER", "KeySpec": "SYMMETRIC_DEFAULT",
            "KeyState": "Enabled", "Enabled": true, "Origin": "AWS_KMS",
        }})),
        Cloud::Azure if asks("/resourcegroups?") => {
            let id = format!("/subscriptions/{ID}/resourceGroups/g");
            Some(json!({"value": [{"id": id, "name": "g", "location": "westeurope"}]}))
        }
        Cloud::Azure if asks(&format!("/subscriptions/{ID}?")) => {
            Some(json!({"subscriptionId": ID, "displayName": "shop", "state": "Enabled", "tenantId": ID}))
        }
        Cloud::Kubernetes if request.target == "/apis" => {
            let versions = json!([{"groupVersion": "networking.k8s.io/v1", "version": "v1"}]);
            let group = json!({"name": "networking.k8s.io", "versions": versions});
            Some(json!({"kind": "APIGroupList", "groups": [group]}))
        }
        Cloud::Kubernetes if request.target.starts_with("/api/v1/namespaces?") => {
            let item = json!({"metadata": {"name": "shop"}});
            Some(json!({"kind": "NamespaceList", "apiVersion": "v1", "metadata": {}, "items": [item]}))
        }
        _ => None,
    }
}

/// What a healthy platform answers to all other calls: the key is replaced twice a year and its own account's, and there is
/// nothing else.
fn rest(cloud: Cloud, request: &Request) -> Value {
    let own = json!({"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*", "Resource": "*"});
    match cloud {
        Cloud::Aws if request.operation.ends_with(".GetKeyPolicy") => {
            json!({"Policy": json!({"Statement": [own]}).to_string()})
        }
        Cloud::Aws => json!({"KeyRotationEnabled": true, "RotationPeriodInDays": 180}),
        Cloud::Azure => json!({"value": []}),
        Cloud::Kubernetes => {
            let asked = LISTS.iter().find(|(name, _)| request.target.contains(&format!("/{name}?")));
            json!({"kind": asked.map(|(_, kind)| kind), "metadata": {}, "items": []})
        }
    }
}

/// The kinds of the lists of a cluster.
const LISTS: [(&str, &str); 6] = [
    ("ingresses", "IngressList"),
    ("networkpolicies", "NetworkPolicyList"),
    ("pods", "PodList"),
    ("replicationcontrollers", "ReplicationControllerList"),
    ("resourcequotas", "ResourceQuotaList"),
    ("services", "ServiceList"),
];

const KEY: &str = "arn:aws:kms:eu-central-1:111122223333:key/k1";

const CALLER: &str = "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>\
<Arn>arn:aws:iam::111122223333:user/audit</Arn><UserId>A</UserId><Account>111122223333</Account>\
</GetCallerIdentityResult></GetCallerIdentityResponse>";

/// A platform on this machine; with `first`, some calls are answered before things go wrong.
fn serve(cloud: Cloud, fault: Fault, first: bool) -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            thread::spawn(move || {
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                while let Some(request) = next(&mut reader) {
                    if !answer(cloud, fault, first, &request, &stream) {
                        return;
                    }
                }
            });
        }
    });
    port
}

fn next(reader: &mut BufReader<TcpStream>) -> Option<Request> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut request = Request { target: line.split(' ').nth(1)?.to_owned(), ..Request::default() };
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim().split_once(':') else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().ok()?,
            "x-amz-target" => value.trim().clone_into(&mut request.operation),
            "authorization" => value.trim().clone_into(&mut request.signed),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    request.body = String::from_utf8_lossy(&body).into_owned();
    Some(request)
}

/// Answers a request. Whether the connection can be used again.
fn answer(cloud: Cloud, fault: Fault, first: bool, request: &Request, stream: &TcpStream) -> bool {
    let json = "application/json";
    if request.target.contains("/token") {
        let token = json!({"token_type": "Bearer", "expires_in": 3600, "access_token": SECRET});
        return write(stream, 200, json, &token.to_string());
    }
    if first && request.body.contains("Action=GetCallerIdentity") {
        return write(stream, 200, "text/xml", CALLER);
    }
    match healthy(cloud, request).filter(|_| first) {
        Some(body) => write(stream, 200, json, &body.to_string()),
        None => go_wrong(cloud, fault, request, stream),
    }
}

fn write(mut stream: &TcpStream, status: u16, kind: &str, body: &str) -> bool {
    let head =
        format!("HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n", body.len());
    stream.write_all((head + body).as_bytes()).is_ok()
}

fn go_wrong(cloud: Cloud, fault: Fault, request: &Request, mut stream: &TcpStream) -> bool {
    match fault {
        Fault::None => write(stream, 200, "application/json", &rest(cloud, request).to_string()),
        Fault::Html => {
            write(stream, 200, "text/html", &format!("<!DOCTYPE html><html><body>{TEXT}</body></html>"))
        }
        Fault::Reset => {
            let part = "HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Length: 4096\r\n\r\n{\"value\": [";
            let _ = stream.write_all(part.as_bytes());
            false
        }
        Fault::Silent => {
            thread::sleep(Duration::from_secs(30));
            false
        }
        _ => {
            let (status, code, text) = error(cloud, fault, request);
            let (kind, body) = match cloud {
                Cloud::Aws if request.operation.is_empty() => {
                    let error = format!("<Error><Code>{code}</Code><Message>{text}</Message></Error>");
                    ("text/xml", format!("<ErrorResponse>{error}</ErrorResponse>"))
                }
                Cloud::Aws => {
                    ("application/x-amz-json-1.1", json!({"__type": code, "message": text}).to_string())
                }
                Cloud::Azure => {
                    ("application/json", json!({"error": {"code": code, "message": text}}).to_string())
                }
                Cloud::Kubernetes => {
                    let status = json!({"kind": "Status", "status": "Failure", "reason": code, "code": status, "message": text});
                    ("application/json", status.to_string())
                }
            };
            write(stream, status, kind, &body)
        }
    }
}

/// The status, code and text with which a platform says what is wrong.
fn error(cloud: Cloud, fault: Fault, request: &Request) -> (u16, &'static str, String) {
    // AWS has one code for two faults, and another one for it in older protocols
    let signature =
        if request.operation.is_empty() { "SignatureDoesNotMatch" } else { "InvalidSignatureException" };
    let (status, code) = match (fault, cloud) {
        (Fault::Skewed, Cloud::Aws) => return (403, signature, format!("Signature expired: {TEXT}")),
        (Fault::Unknown, Cloud::Aws) => (403, signature),
        (Fault::Unknown, Cloud::Azure) if !request.target.contains(ID) => (404, "SubscriptionNotFound"),
        (Fault::Throttled, Cloud::Aws) => (400, "ThrottlingException"),
        (Fault::Throttled, _) => (429, "TooManyRequests"),
        (Fault::Skewed | Fault::Unknown, _) => (401, "Unauthorized"),
        (_, Cloud::Aws) => (400, "AccessDeniedException"),
        (_, _) => (403, "Forbidden"),
    };
    (status, code, TEXT.to_owned())
}

/// Looks at a platform, with the patience of a test: at a region, subscription or context.
fn discover(folder: &Path, cloud: Cloud, at: &str, port: u16) -> Ran {
    let origin = format!("http://127.0.0.1:{port}");
    let args: &[&str] = match cloud {
        Cloud::Aws => &["aws", "--only", "kms", "--endpoint", &origin, "--region", at],
        Cloud::Azure => &["azure", "--only", "groups", "--endpoint", &origin, "--subscription", at],
        Cloud::Kubernetes => {
            &["kubernetes", "--only", "network", "--kubeconfig", "kubeconfig", "--context", at]
        }
    };
    let cluster = json!({
        "apiVersion": "v1", "kind": "Config", "current-context": "shop",
        "clusters": [{"name": "shop", "cluster": {"server": origin}}],
        "users": [{"name": "audit", "user": {"token": SECRET}}],
        "contexts": [{"name": "shop", "context": {"cluster": "shop", "user": "audit"}}],
    });
    std::fs::write(folder.join("kubeconfig"), cluster.to_string()).unwrap();
    let mut command = program(folder, &["discover"]);
    command.args(args).args(["--timeout", "500ms", "--retry-for", "1ms", "-o", "seen.jsonl"]);
    nobody(&mut command);
    command.env("AWS_ACCESS_KEY_ID", "audit").env("AWS_SECRET_ACCESS_KEY", SECRET);
    command.env("AZURE_TENANT_ID", ID).env("AZURE_CLIENT_ID", ID).env("AZURE_CLIENT_SECRET", SECRET);
    command.env("AZURE_AUTHORITY_HOST", &origin);
    let ran = run(command);
    let set = std::fs::read_to_string(folder.join("seen.jsonl")).unwrap();
    for text in [&set, &ran.err, &ran.out] {
        assert!(!text.contains(SECRET) && !text.contains(TEXT), "{text}");
    }
    ran
}

/// Takes away whatever the machine of the test could sign in with.
fn nobody(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if ["AWS_", "AZURE_", "KUBE", "IDENTITY_", "MSI_"].iter().any(|prefix| name.starts_with(prefix)) {
            command.env_remove(name);
        }
    }
    command.env("AWS_CONFIG_FILE", "/dev/null").env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
    command.env("AWS_EC2_METADATA_DISABLED", "true").env("HOME", "/nonexistent");
}

/// The resources of the set.
fn resources(folder: &Path) -> usize {
    lines(&folder.join("seen.jsonl")).iter().filter(|line| line["kind"] == "resource").count()
}

/// What the evidence comes to: the controls that are satisfied.
fn satisfied(folder: &Path) -> Vec<String> {
    let ran = probity(folder, &["assess", "seen.jsonl", "-p", "eucs-high", "-o", "results"]);
    assert!(matches!(ran.code, 1 | 3), "{}\n{}\n{}", ran.code, ran.out, ran.err);
    let results = json(&folder.join("results/assessment-results.json"));
    let findings = results["assessment-results"]["results"][0]["findings"].as_array().unwrap();
    assert!(!findings.is_empty());
    let passing = findings.iter().filter(|finding| finding["target"]["status"]["state"] == "satisfied");
    passing.map(|finding| prop(finding, "control-id").unwrap().to_owned()).collect()
}

/// The controls that what is read in the first calls satisfies by itself: a key that cannot leave its vault.
fn read_whole(cloud: Cloud) -> &'static [&'static str] {
    match cloud {
        Cloud::Aws => &["ckm-04.4"],
        Cloud::Azure | Cloud::Kubernetes => &[],
    }
}

fn place(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Aws => "eu-central-1",
        Cloud::Azure => ID,
        Cloud::Kubernetes => "shop",
    }
}

#[rstest]
#[case::refused(Fault::Refused, "was refused")]
#[case::throttled(Fault::Throttled, "was throttled for too long")]
#[case::reset(Fault::Reset, "could not reach the service")]
#[case::html(Fault::Html, "gave an answer that cannot be read")]
#[case::skewed(Fault::Skewed, "was refused because the clocks differ")]
#[case::unknown(Fault::Unknown, "has no valid credentials")]
#[case::silent(Fault::Silent, "was not answered in time")]
fn every_fault_of_every_platform_is_told(
    #[case] fault: Fault,
    #[case] words: &str,
    #[values(Cloud::Aws, Cloud::Azure, Cloud::Kubernetes)] cloud: Cloud,
) {
    let words = match (fault, cloud) {
        // tokens that are not valid yet or any more look like any that are not
        (Fault::Skewed, Cloud::Azure | Cloud::Kubernetes) => "has no valid credentials",
        _ => words,
    };
    let folder = folder();
    let folder = folder.path();
    for (first, code) in [(true, 3), (false, 2)] {
        let _ = std::fs::remove_file(folder.join("seen.jsonl"));
        let ran = discover(folder, cloud, place(cloud), serve(cloud, fault, first)).exits(code);
        assert!(ran.err.contains(words), "{cloud:?} {fault:?}: {}", ran.err);
        assert_eq!(resources(folder) > 0, first, "{cloud:?} {fault:?}");
        if first {
            assert_eq!(satisfied(folder), read_whole(cloud), "{cloud:?} {fault:?}");
        }
    }
}

/// What is satisfied where nothing goes wrong, so that its absence means something.
#[rstest]
#[case(Cloud::Aws, &["ckm-04.1", "ckm-04.4"])]
#[case(Cloud::Azure, &[])]
#[case(Cloud::Kubernetes, &[])]
fn where_nothing_goes_wrong_everything_is_read(#[case] cloud: Cloud, #[case] expected: &[&str]) {
    let folder = folder();
    discover(folder.path(), cloud, place(cloud), serve(cloud, Fault::None, true)).exits(0);
    assert_eq!(satisfied(folder.path()), expected);
}

#[rstest]
#[case(
    Cloud::Aws,
    "me-south-1",
    "ListKeys has no valid credentials (InvalidSignatureException) in account/111122223333/me-south-1"
)]
#[case(Cloud::Azure, "1b2c3d4e-0000-4000-8000-00000000000b", "was refused (SubscriptionNotFound)")]
#[case(
    Cloud::Kubernetes,
    "nowhere",
    "kubeconfig has no valid credentials (no such context) in cluster/nowhere"
)]
fn a_place_that_is_not_there_is_told(#[case] cloud: Cloud, #[case] place: &str, #[case] words: &str) {
    let folder = folder();
    let ran = discover(folder.path(), cloud, place, serve(cloud, Fault::Unknown, true)).exits(2);
    assert!(ran.err.contains(words), "{}", ran.err);
    assert!(satisfied(folder.path()).is_empty());
}

#[rstest]
#[case::aws(&["aws", "--region", "eu-central-1", "--only", "kms"], "GetCallerIdentity", "sign in with `aws sso login`")]
#[case::azure(&["azure", "--only", "groups"], "sign in", "sign in with `az login`")]
#[case::kubernetes(&["kubernetes"], "kubeconfig", "name a file (--kubeconfig, or KUBECONFIG)")]
fn without_credentials_nothing_is_read(#[case] args: &[&str], #[case] call: &str, #[case] help: &str) {
    let folder = folder();
    let mut command = program(folder.path(), &["discover"]);
    command.args(args).args(["--timeout", "500ms", "--retry-for", "1ms", "-o", "seen.jsonl"]);
    nobody(&mut command);
    command.env("PATH", "");
    let ran = run(command).exits(2);
    for words in [&format!("{call} has no valid credentials"), help] {
        assert!(ran.err.contains(words), "{words}\n{}", ran.err);
    }
    assert_eq!(resources(folder.path()), 0);
}
