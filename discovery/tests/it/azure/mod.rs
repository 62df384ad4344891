//! The collector of Azure against a server in this process.

mod data;
mod estate;
mod faults;
mod machines;
mod platform;
mod server;
mod signing;
mod tape;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use probity_discovery::azure::{Application, Credentials, Hidden, Settings, begin, collect};
use probity_discovery::live::{Gathered, Limits, Outcome, Tape, Unwatched};
use probity_evidence::Record;
use serde_json::{Map, Value};

use crate::scan::{ontology, records};
use server::{CLIENT_SECRET, Server, TENANT};

/// The subscription, as the server writes it: ids are compared without regard
/// to case.
pub(crate) const SUBSCRIPTION: &str = "1B2C3D4E-0000-4000-8000-00000000000A";

/// Limits for tests.
pub(crate) fn limits() -> Limits {
    Limits {
        connect: Duration::from_secs(5),
        attempt: Duration::from_secs(20),
        retry: Duration::from_millis(600),
        concurrent: 8,
    }
}

/// An application with its secret.
pub(crate) fn application(authority: &str) -> Credentials {
    let application = Application {
        authority: authority.to_owned(),
        tenant: TENANT.to_owned(),
        client: "00000000-0000-4000-8000-0000000000aa".to_owned(),
    };
    Credentials::ClientSecret(application, Hidden::from(CLIENT_SECRET.to_owned()))
}

/// All services of the subscription behind a server.
pub(crate) fn settings(server: &Server) -> Settings {
    Settings {
        subscriptions: vec![SUBSCRIPTION.to_owned()],
        tenant: None,
        only: Vec::new(),
        endpoint: Some(server.origin()),
        credentials: application(&server.origin()),
    }
}

/// The same for one service.
pub(crate) fn only(server: &Server, service: &str) -> Settings {
    Settings { only: vec![service.to_owned()], ..settings(server) }
}

/// What a run wrote, and came to.
pub(crate) async fn run(settings: &Settings, limits: Limits, tape: Arc<Tape>) -> (String, Outcome) {
    let at = "2026-11-01T10:00:00Z".parse().unwrap();
    let gathered = Gathered::new(begin("test", ontology()), ontology(), at, &Unwatched);
    collect(settings, limits, tape, &gathered).await;
    let (writer, outcome) = gathered.finish([]);
    let mut out = Vec::new();
    writer.finish(&mut out).unwrap();
    (String::from_utf8(out).unwrap(), outcome)
}

/// Resources by type and id, with their names and properties. Every line must
/// be in the words of the ontology.
pub(crate) type Table = BTreeMap<(String, String), (String, Map<String, Value>)>;

pub(crate) fn table(evidence: &str) -> Table {
    let resources = records(evidence).0.into_iter().filter_map(|record| match record {
        Record::Resource(observed) => Some(observed.resource),
        _ => None,
    });
    resources
        .map(|resource| {
            let properties = resource.properties.into_iter().collect();
            ((resource.resource_type.to_string(), resource.id), (resource.name, properties))
        })
        .collect()
}

/// What differs between two tables, property by property.
pub(crate) fn differences(expected: &Table, found: &Table) -> Vec<String> {
    let mut all = Vec::new();
    for (key, (name, properties)) in expected {
        let Some((found_name, found)) = found.get(key) else {
            all.push(format!("missing: {} {}", key.0, key.1));
            continue;
        };
        if name != found_name {
            all.push(format!("{}: name {found_name}, not {name}", key.1));
        }
        let names: std::collections::BTreeSet<&String> = properties.keys().chain(found.keys()).collect();
        for property in names {
            let (want, have) = (properties.get(property), found.get(property));
            if want != have {
                let text = |value: Option<&Value>| value.map_or("nothing".to_owned(), Value::to_string);
                all.push(format!("{} {}: {property} is {}, not {}", key.0, key.1, text(have), text(want)));
            }
        }
    }
    let invented = found.keys().filter(|key| !expected.contains_key(*key));
    all.extend(invented.map(|key| format!("invented: {} {}", key.0, key.1)));
    all
}
