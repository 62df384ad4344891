//! A whole estate, held against the table of what is true of it.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use probity_diagnostics::{MemoryTree, TreePath};
use probity_discovery::aws::Settings;
use probity_discovery::live::{Limits, Tape};
use probity_evidence::{Record, Resource};
use serde_json::{Map, Value};

use super::calls;
use super::server::{OTHER, OWN, REGIONS, Server};
use super::{Run, look};
use crate::scan::records;

/// What the estate holds in user data, labels and settings of programs, and
/// nobody may see again.
const SECRETS: [&str; 2] = ["hunter2", "aHVudGVyMg"];

#[test]
fn evidence_equals_what_was_set() {
    let Some(server) = Server::start() else { return };
    let truth = server.seed();
    let settings = Settings {
        regions: REGIONS.map(str::to_owned).to_vec(),
        accounts: vec![OWN.to_owned(), OTHER.to_owned()],
        role: Some("reader".to_owned()),
        ..server.settings()
    };
    let at = Timestamp::now();
    // one process answers for everything, and shares its machine with other tests
    let patient =
        Limits { attempt: Duration::from_mins(2), retry: Duration::from_mins(5), ..Limits::default() };
    let run = look(&settings, patient, Tape::recording(), at);
    let problems: Vec<&str> = run.outcome.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert!(run.outcome.is_complete(), "{}", problems.join("\n"));
    let found = records(&run.evidence).0.into_iter().filter_map(|record| match record {
        Record::Resource(observed) => Some((observed.resource.id.clone(), observed.resource)),
        _ => None,
    });
    let differences = differences(truth.as_object().unwrap(), &found.collect());
    assert!(differences.is_empty(), "{}", told(&differences));
    let machines = run.outcome.types["VirtualMachine"];
    assert!(machines >= 1200, "{machines} machines");
    secrets_stay_out(&run.evidence);
    plays_back(&run, &settings, at);
}

/// No secret that was planted is written anywhere. The launcher that holds
/// them proves that they were there.
fn secrets_stay_out(text: &str) {
    for secret in SECRETS {
        assert!(!text.contains(secret), "{secret} was written down");
    }
}

/// A recording holds no secret, and gives the same evidence again, byte for
/// byte, without anybody to ask.
fn plays_back(run: &Run, settings: &Settings, at: Timestamp) {
    let files = run.tape.take_files();
    files.iter().for_each(|(_, bytes)| secrets_stay_out(&String::from_utf8_lossy(bytes)));
    calls::hold(&files);
    let tree = MemoryTree::of(files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone()))).unwrap();
    let tape = Tape::replaying(&tree, &TreePath::root()).unwrap();
    let nobody = Settings { keys: None, endpoint: Some("http://127.0.0.1:9".to_owned()), ..settings.clone() };
    let again = look(&nobody, Limits::default(), tape, at);
    let problems: Vec<&str> = again.outcome.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert!(again.outcome.is_complete(), "{}", problems.join("\n"));
    assert!(again.evidence == run.evidence, "the recording gives other evidence");
}

/// Differences, one of each kind.
fn told(differences: &[(String, String)]) -> String {
    let mut kinds = BTreeMap::<&str, Vec<&str>>::new();
    differences.iter().for_each(|(kind, text)| kinds.entry(kind).or_default().push(text));
    let line = |(kind, all): (&str, Vec<&str>)| format!("{kind}: {} times: {}\n", all.len(), all[0]);
    kinds.into_iter().map(line).collect()
}

/// Where evidence and truth part, with what is about: every resource and
/// property that only one of them has, and those that they tell differently.
fn differences(truth: &Map<String, Value>, found: &BTreeMap<String, Resource>) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (id, resource) in found.iter().filter(|(id, _)| !truth.contains_key(*id)) {
        out.push((format!("{} made up", resource.resource_type), id.clone()));
    }
    for (id, expected) in truth {
        let Some(resource) = found.get(id) else {
            out.push((format!("{} missing", expected["type"]), id.clone()));
            continue;
        };
        if expected["type"] != resource.resource_type.as_str() {
            out.push((format!("{} taken for {}", expected["type"], resource.resource_type), id.clone()));
        }
        let properties = expected["properties"].as_object().unwrap();
        let names = properties
            .keys()
            .chain(resource.properties.keys().filter(|name| !properties.contains_key(*name)));
        for name in names {
            let (expected, found) = (properties.get(name), resource.properties.get(name));
            if !matches(expected, found) {
                let show =
                    |value: Option<&Value>| value.map_or_else(|| "nothing".to_owned(), Value::to_string);
                let text = format!("{id}: {} was set, {} found", show(expected), show(found));
                out.push((format!("{} {name}", resource.resource_type), text));
            }
        }
    }
    out
}

fn matches(expected: Option<&Value>, found: Option<&Value>) -> bool {
    match (expected, found) {
        (Some(Value::String(mark)), Some(found)) if mark == "$time" => {
            found.as_str().is_some_and(|text| is_recent(text.parse().ok()))
        }
        (Some(Value::String(mark)), Some(found)) if mark == "$age" => {
            found.as_i64().is_some_and(|age| (0..3600).contains(&age))
        }
        (Some(Value::Object(expected)), Some(Value::Object(found))) => {
            expected.keys().chain(found.keys()).all(|name| matches(expected.get(name), found.get(name)))
        }
        (Some(Value::Array(expected)), Some(Value::Array(found))) => {
            expected.len() == found.len()
                && expected.iter().zip(found).all(|(expected, found)| matches(Some(expected), Some(found)))
        }
        (expected, found) => expected == found,
    }
}

/// Whether an instant is within the last hour.
fn is_recent(at: Option<Timestamp>) -> bool {
    at.is_some_and(|at| (-5..3600).contains(&(Timestamp::now().as_second() - at.as_second())))
}
