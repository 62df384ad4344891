//! Recordings: they lead to the same evidence, and hold no secrets.

use std::sync::Arc;

use probity_diagnostics::{MemoryTree, TreePath};
use probity_discovery::live::Tape;

use super::estate::Seed;
use super::server::{Act, Server};
use super::{SUBSCRIPTION, limits, run, settings};

#[tokio::test]
async fn a_recording_leads_to_the_same_bytes_and_holds_no_secret() {
    let mut seed = Seed::whole();
    let alerts = seed.path("Microsoft.Insights/activityLogAlerts");
    seed.estate.act(&alerts, 1, &Act::Refuse(403, "AuthorizationFailed", Vec::new()));
    let plans = seed.path("Microsoft.Security/pricings");
    seed.estate.act(&plans, 1, &Act::Html(200));
    seed.estate.expired = 1;
    let server = Server::start(seed.estate).await;
    let settings = settings(&server);
    let tape = Arc::new(Tape::recording());
    let (live, outcome) = run(&settings, limits(), Arc::clone(&tape)).await;
    assert_eq!(outcome.problems.len(), 2, "{:?}", outcome.problems);

    let files = tape.take_files();
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert!(names.contains(&"azure/subscriptions.jsonl"), "{names:?}");
    let compute = format!("azure/{}/compute.jsonl", SUBSCRIPTION.to_lowercase());
    assert!(names.contains(&compute.as_str()), "{names:?}");
    for (name, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        for secret in ["planted", "hunter2", "Bearer", "client_secret"] {
            assert!(!text.contains(secret), "{secret} in {name}");
        }
    }
    for secret in ["planted", "hunter2", "Bearer"] {
        assert!(!live.contains(secret), "{secret}");
    }

    let asked = server.requests().len();
    let tree =
        MemoryTree::of(files.into_iter().map(|(name, bytes)| (format!("tape/{name}"), bytes))).unwrap();
    let replaying = Tape::replaying(&tree, &TreePath::parse("tape").unwrap()).unwrap();
    let (replayed, again) = run(&settings, limits(), Arc::new(replaying)).await;
    assert_eq!(server.requests().len(), asked, "nothing is asked of anybody");
    assert!(replayed == live, "the replay differs");
    assert_eq!(again.problems, outcome.problems);
}
