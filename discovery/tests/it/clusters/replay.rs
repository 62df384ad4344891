//! What a recording leads to, and what stands in none of the outputs.

use std::sync::Arc;

use probity_diagnostics::MemoryTree;
use probity_discovery::kubernetes::live::Settings;
use probity_discovery::live::Tape;

use super::faults::small;
use super::seed::{SECRETS, estate};
use super::server::{Mishap, Server, TOKEN};
use super::{LIMITS, Run, discover, kubeconfig, settings};
use crate::scan::path;

/// A run that is recorded, and the files of the recording.
async fn recorded(settings: &Settings) -> (Run, Vec<(String, Vec<u8>)>) {
    let tape = Arc::new(Tape::recording());
    let run = discover(settings, LIMITS, Arc::clone(&tape)).await;
    (run, tape.take_files())
}

/// A run that plays a recording back.
async fn played(settings: &Settings, files: Vec<(String, Vec<u8>)>) -> Run {
    let files: Vec<_> = files.into_iter().map(|(name, bytes)| (format!("tape/{name}"), bytes)).collect();
    let tape = Tape::replaying(&MemoryTree::of(files).unwrap(), &path("tape")).unwrap();
    discover(settings, LIMITS, Arc::new(tape)).await
}

#[tokio::test]
async fn a_recording_leads_to_the_same_evidence() {
    let (mut world, _) = estate("cluster/test");
    world.expire = 1;
    world.rule("/services?", Mishap::Slow(429, 1), Some(1));
    world.rule("/configmaps", Mishap::Status(403, "Forbidden"), None);
    world.rule("/serviceaccounts", Mishap::Reset, None);
    world.rule("/limitranges", Mishap::Html, None);
    let server = Server::of(world).await;
    let (live, files) = recorded(&settings("recording", &server)).await;
    assert_eq!(live.outcome.waited, 1);
    assert_eq!(files.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["kubernetes/test.jsonl"]);
    for named in [vec!["test".to_owned()], Vec::new()] {
        let again = played(&Settings { contexts: named, ..Settings::default() }, files.clone()).await;
        assert!(live.evidence == again.evidence, "the evidence differs");
        assert_eq!(live.outcome, again.outcome);
    }
}

#[tokio::test]
async fn secrets_stand_in_no_output() {
    let (mut world, _) = estate("cluster/test");
    world.rule("/limitranges", Mishap::Html, None);
    world.rule("/nodes", Mishap::Status(403, "Forbidden"), None);
    let planted = format!("{:?}", world.lists);
    let server = Server::of(world).await;
    let (run, files) = recorded(&settings("planted", &server)).await;
    let told = format!("{:?}", run.outcome);
    for secret in SECRETS.iter().chain([&TOKEN, &"hunter2"]) {
        let is_planted = planted.contains(secret) || [TOKEN, "hunter2"].contains(secret);
        assert!(is_planted, "{secret} was never there");
        assert!(!run.evidence.contains(secret), "{secret} in evidence");
        assert!(!told.contains(secret), "{secret} in the outcome");
        for (name, bytes) in &files {
            let text = String::from_utf8_lossy(bytes);
            let before = text.split_once(secret).map(|(before, _)| before.chars().rev().take(200).collect());
            let before = before.map(|text: String| text.chars().rev().collect::<String>());
            assert_eq!(before, None, "{secret} in {name}");
        }
    }
}

/// Clusters have images in common, which stand in the set once; who answers
/// first leaves no trace.
#[tokio::test]
async fn slow_clusters_give_the_same_set() {
    let mut sets = Vec::new();
    for slow in 0..2 {
        let mut worlds = [small(), small()];
        worlds[slow].rule("/pods", Mishap::Slow(429, 1), Some(1));
        let [first, second] = worlds;
        let (first, second) = (Server::of(first).await, Server::of(second).await);
        let path =
            kubeconfig(&format!("slow-{slow}"), &[("a", &first.url, TOKEN), ("b", &second.url, TOKEN)]);
        let settings = Settings { kubeconfig: Some(path), all_contexts: true, ..Settings::default() };
        let run = discover(&settings, LIMITS, Arc::new(Tape::live())).await;
        assert!(run.outcome.is_complete(), "{:?}", run.messages());
        sets.push(run.evidence.replace(&first.url, "first").replace(&second.url, "second"));
    }
    // the line of a cluster has the digest of its address
    let kept = |set: &String| -> Vec<String> {
        let lines = set.lines().filter(|line| !line.contains("ContainerOrchestration"));
        lines.map(str::to_owned).collect()
    };
    assert!(kept(&sets[0]).len() > 20);
    assert!(kept(&sets[0]) == kept(&sets[1]), "the sets differ");
}

#[tokio::test]
async fn several_clusters_of_odd_names_are_recorded_apart() {
    let (first, second) = (estate("cluster/a/b").0, super::server::World::empty());
    let (first, second) = (Server::of(first).await, Server::of(second).await);
    let path = kubeconfig("odd", &[("a/b", &first.url, TOKEN), ("..", &second.url, TOKEN)]);
    let settings = Settings { kubeconfig: Some(path), all_contexts: true, ..Settings::default() };
    let (live, files) = recorded(&settings).await;
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["kubernetes/%2e..jsonl", "kubernetes/a%2fb.jsonl"]);
    let again = played(&Settings::default(), files).await;
    assert!(live.evidence == again.evidence, "the evidence differs");
}
