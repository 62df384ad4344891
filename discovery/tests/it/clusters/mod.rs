//! Clusters that run, behind a server in the test's own process.

mod estate;
mod faults;
mod manifests;
mod replay;
mod seed;
mod server;
mod tls;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use probity_discovery::kubernetes::live::{Settings, begin, collect};
use probity_discovery::live::{Gathered, Limits, Outcome, Tape, Unwatched};
use probity_evidence::{Record, Resource};

use crate::scan::{ONTOLOGY, records};
use server::{Server, TOKEN};

/// The context that most tests look at.
const CONTEXT: &str = "test";

/// The limits of the tests: patience in tenths of seconds.
const LIMITS: Limits = Limits {
    connect: Duration::from_secs(5),
    attempt: Duration::from_secs(20),
    retry: Duration::from_millis(1500),
    concurrent: 10,
};

/// What a run came to.
pub(crate) struct Run {
    pub(crate) evidence: String,
    pub(crate) outcome: Outcome,
}

impl Run {
    /// The resources by id. Every line is in the ontology's words.
    pub(crate) fn resources(&self) -> BTreeMap<String, Resource> {
        let resources = records(&self.evidence).0.into_iter().filter_map(|record| match record {
            Record::Resource(observed) => Some((observed.resource.id.clone(), observed.resource)),
            _ => None,
        });
        resources.collect()
    }

    /// The messages of all problems.
    pub(crate) fn messages(&self) -> Vec<&str> {
        self.outcome.problems.iter().map(|problem| problem.message.as_str()).collect()
    }
}

/// A kubeconfig with these contexts: name, address, token. The first is the
/// current one.
pub(crate) fn kubeconfig(test: &str, contexts: &[(&str, &str, &str)]) -> String {
    use std::fmt::Write as _;
    let mut text = format!("apiVersion: v1\nkind: Config\ncurrent-context: {}\n", contexts[0].0);
    let (mut clusters, mut users) = (String::from("clusters:\n"), String::from("users:\n"));
    text.push_str("contexts:\n");
    for (name, url, token) in contexts {
        let _ = writeln!(text, "- {{name: \"{name}\", context: {{cluster: \"{name}\", user: \"{name}\"}}}}");
        let _ = writeln!(clusters, "- {{name: \"{name}\", cluster: {{server: \"{url}\"}}}}");
        let _ = writeln!(users, "- {{name: \"{name}\", user: {{token: \"{token}\"}}}}");
    }
    written(test, &format!("{text}{clusters}{users}"))
}

/// A file of a test.
pub(crate) fn written(test: &str, text: &str) -> String {
    let path = format!("{}/kubeconfig-{test}.yaml", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(&path, text).unwrap();
    path
}

/// Settings for the one context of a server.
pub(crate) fn settings(test: &str, server: &Server) -> Settings {
    Settings { kubeconfig: Some(kubeconfig(test, &[(CONTEXT, &server.url, TOKEN)])), ..Settings::default() }
}

/// Looks at clusters.
pub(crate) async fn discover(settings: &Settings, limits: Limits, tape: Arc<Tape>) -> Run {
    let collected = "2026-11-01T10:00:00Z".parse().unwrap();
    let gathered = Gathered::new(begin("clusters", &ONTOLOGY), &ONTOLOGY, collected, &Unwatched);
    collect(settings, limits, tape, &gathered).await;
    let (writer, outcome) = gathered.finish([]);
    let mut bytes = Vec::new();
    writer.finish(&mut bytes).unwrap();
    Run { evidence: String::from_utf8(bytes).unwrap(), outcome }
}

/// Looks at the cluster of a server, with the limits of the tests.
pub(crate) async fn look(test: &str, server: &Server) -> Run {
    discover(&settings(test, server), LIMITS, Arc::new(Tape::live())).await
}
