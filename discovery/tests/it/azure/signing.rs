//! Ways to sign in, and what goes wrong there.

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::sync::Arc;

use probity_discovery::azure::{Application, Credentials, Hidden};
use probity_discovery::live::{Cause, Outcome, Tape};
use serde_json::json;

use super::estate::Seed;
use super::server::{Estate, Server, TENANT, TOKEN};
use super::{Settings, application, limits, only, run};

async fn outcome(server: &Server, settings: &Settings) -> Outcome {
    let (evidence, outcome) = run(settings, limits(), Arc::new(Tape::live())).await;
    let texts: Vec<&str> = outcome.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert!(!evidence.contains("planted") && !texts.concat().contains("planted"), "{texts:?}");
    drop(server.requests());
    outcome
}

async fn signed_in(estate: Estate, credentials: impl FnOnce(&Server) -> Credentials) -> Outcome {
    let server = Server::start(estate).await;
    let settings = Settings { credentials: credentials(&server), ..only(&server, "groups") };
    outcome(&server, &settings).await
}

fn cause(outcome: &Outcome) -> Cause {
    assert!(!outcome.is_complete());
    *outcome.reads[0].faults.keys().next().unwrap()
}

/// A file of this test alone.
fn file(name: &str, content: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("probity-azure-{}-{name}", std::process::id()));
    std::fs::File::create(&path).unwrap().write_all(content.as_bytes()).unwrap();
    path
}

fn of_machine(server: &Server, header: Option<&str>) -> Credentials {
    let endpoint = format!("{}/metadata/identity/oauth2/token", server.origin());
    let header = header.map(|header| Hidden::from(header.to_owned()));
    Credentials::ManagedIdentity { endpoint, header, client: Some("c".to_owned()) }
}

/// A program that says what `az` would say.
fn az(name: &str, script: &str) -> Credentials {
    let program = file(name, script);
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
    Credentials::AzureCli { program }
}

#[tokio::test]
async fn every_way_to_sign_in_leads_to_a_token() {
    let assertion = file("assertion", "planted-assertion\n");
    let workload = |server: &Server| {
        let application =
            Application { authority: server.origin(), tenant: TENANT.to_owned(), client: "c".to_owned() };
        Credentials::WorkloadIdentity(application, assertion.clone())
    };
    let estate = || Seed::empty().estate;
    assert!(signed_in(estate(), |server| application(&server.origin())).await.is_complete());
    assert!(signed_in(estate(), workload).await.is_complete());
    assert!(signed_in(estate(), |server| of_machine(server, None)).await.is_complete());
    assert!(signed_in(estate(), |server| of_machine(server, Some("h"))).await.is_complete());
    let script =
        format!("#!/bin/sh\necho '{{\"accessToken\": \"{TOKEN}-1\", \"expiresOn\": \"2026-11-01\"}}'\n");
    assert!(signed_in(estate(), |_| az("az", &script)).await.is_complete());
    std::fs::remove_file(assertion).unwrap();
}

#[tokio::test]
async fn the_first_of_a_chain_that_gives_a_token_counts() {
    let chain = |server: &Server| {
        Credentials::Chain(vec![
            Credentials::AzureCli { program: PathBuf::from("/nowhere/az") },
            az("az-out", "#!/bin/sh\nexit 1\n"),
            Credentials::ManagedIdentity {
                endpoint: "http://127.0.0.1:9/".to_owned(),
                header: None,
                client: None,
            },
            of_machine(server, None),
        ])
    };
    assert!(signed_in(Seed::empty().estate, chain).await.is_complete());
}

#[tokio::test]
async fn nobody_signed_in_is_nothing() {
    let nobody = |_: &Server| {
        Credentials::Chain(vec![Credentials::AzureCli { program: PathBuf::from("/nowhere/az") }])
    };
    let outcome = signed_in(Seed::empty().estate, nobody).await;
    assert_eq!(cause(&outcome), Cause::NoCredentials);
    assert!(outcome.is_nothing());
    assert_eq!(
        outcome.problems[0].message,
        "sign in has no valid credentials (az is not signed in) in azure"
    );
}

#[tokio::test]
async fn a_program_that_does_not_end_is_ended() {
    let server = Server::start(Seed::empty().estate).await;
    let credentials = az("az-slow", "#!/bin/sh\nexec sleep 60\n");
    let settings = Settings { credentials, ..only(&server, "groups") };
    let short =
        probity_discovery::live::Limits { attempt: std::time::Duration::from_millis(100), ..limits() };
    let (_, outcome) = run(&settings, short, Arc::new(Tape::live())).await;
    assert_eq!(cause(&outcome), Cause::TimedOut);
    assert!(outcome.is_nothing());
}

#[tokio::test]
async fn a_wrong_directory_or_secret_is_named_by_its_number() {
    let server = Server::start(Seed::empty().estate).await;
    let settings = Settings { tenant: Some("0".to_owned()), ..only(&server, "groups") };
    let elsewhere = outcome(&server, &settings).await;
    assert_eq!(cause(&elsewhere), Cause::NoCredentials);
    assert!(elsewhere.problems[0].message.contains("AADSTS90002"));
    let wrong = |server: &Server| match application(&server.origin()) {
        Credentials::ClientSecret(application, _) => {
            Credentials::ClientSecret(application, Hidden::from("planted-wrong".to_owned()))
        }
        other => other,
    };
    let refused = signed_in(Seed::empty().estate, wrong).await;
    assert!(refused.is_nothing());
    assert!(refused.problems[0].message.contains("AADSTS7000215"));
}

#[tokio::test]
async fn clocks_that_differ_are_told_apart() {
    let mut estate = Seed::empty().estate;
    estate.sign_in = Some((
        401,
        json!({"error": "invalid_client", "error_description": "planted", "error_codes": [700_024]}),
    ));
    let outcome = signed_in(estate, |server| application(&server.origin())).await;
    assert_eq!(cause(&outcome), Cause::ClockSkew);
    assert!(outcome.is_nothing());
}

#[tokio::test]
async fn a_token_that_ends_during_the_run_is_replaced() {
    let mut estate = Seed::empty().estate;
    estate.expired = 1;
    let outcome = signed_in(estate, |server| application(&server.origin())).await;
    assert!(outcome.is_complete(), "{:?}", outcome.problems);
}

#[tokio::test]
async fn a_new_token_that_has_ended_already_is_a_matter_of_clocks() {
    let mut estate = Seed::empty().estate;
    estate.expired = 1000;
    let outcome = signed_in(estate, |server| application(&server.origin())).await;
    assert_eq!(cause(&outcome), Cause::ClockSkew);
    assert!(outcome.is_nothing());
}
