//! An estate of 1,200 pods, read over pages of which some come too late.

use serde_json::{Value, json};

use super::look;
use super::seed::{Truth, estate};
use super::server::{Mishap, Server, World};
use super::{CONTEXT, Run};

async fn seen(test: &str, change: impl FnOnce(&mut World)) -> (Run, Truth, Server) {
    let (mut world, truth) = estate(&format!("cluster/{CONTEXT}"));
    change(&mut world);
    let server = Server::of(world).await;
    (look(test, &server).await, truth, server)
}

/// Compares what was found with the truth, property by property.
fn compare(run: &Run, truth: &Truth, server: &Server) {
    let found = run.resources();
    let mut wrong = Vec::new();
    for (id, (resource_type, name, properties)) in truth {
        let mut expected = Value::Object(properties.clone());
        if *resource_type == "ContainerOrchestration" {
            expected["managementUrl"] = json!(server.url);
        }
        match found.get(id) {
            None => wrong.push(format!("missing: {id}")),
            Some(one) => {
                let told = Value::Object(one.properties.clone());
                if one.resource_type.as_str() != *resource_type || one.name != *name || told != expected {
                    wrong.push(format!("{id}\n  found {told}\n  truth {expected}"));
                }
            }
        }
    }
    wrong.extend(found.keys().filter(|id| !truth.contains_key(*id)).map(|id| format!("invented: {id}")));
    let few: Vec<&String> = wrong.iter().take(5).collect();
    assert!(wrong.is_empty(), "{} differences\n{few:#?}", wrong.len());
}

#[tokio::test]
async fn evidence_equals_the_truth() {
    let (run, truth, server) = seen("estate", |world| world.expire = 1).await;
    assert!(run.outcome.is_complete(), "{:?}", run.messages());
    compare(&run, &truth, &server);
    let pods = run.resources();
    let pods = pods.values().filter(|one| one.properties.get("workloadKind") == Some(&json!("Pod")));
    assert_eq!(pods.count(), 1200);
    let asked = server.asked();
    let expired = asked.iter().filter(|question| question.contains("continue=from-500")).count();
    assert!(expired >= 2, "{expired} second pages");
}

#[tokio::test]
async fn a_list_that_expires_again_and_again_is_read_in_one_answer() {
    let (run, truth, server) = seen("expiring", |world| world.expire = 6).await;
    assert!(run.outcome.is_complete(), "{:?}", run.messages());
    compare(&run, &truth, &server);
    assert!(
        server
            .asked()
            .iter()
            .any(|question| question == "GET /api/v1/pods" || question == "GET /api/v1/secrets")
    );
}

#[tokio::test]
async fn pages_of_two_moments_are_not_one_list() {
    let (run, truth, server) = seen("drift", |world| world.drift = 1).await;
    assert!(run.outcome.is_complete(), "{:?}", run.messages());
    compare(&run, &truth, &server);
    let again = |list: &str| server.asked().iter().filter(|asked| asked.ends_with(list)).count();
    assert!(again("/pods?limit=500") + again("/secrets?limit=500") >= 3);
}

/// A connection that breaks once is made again; one that breaks at the second
/// page each time leaves what was read before, and says so.
#[tokio::test]
async fn a_broken_page() {
    let (run, truth, server) =
        seen("broken-once", |world| world.rule("/pods?limit=500&continue", Mishap::Reset, Some(1))).await;
    assert!(run.outcome.is_complete(), "{:?}", run.messages());
    compare(&run, &truth, &server);
    let (run, truth, _) =
        seen("broken", |world| world.rule("/pods?limit=500&continue", Mishap::Reset, None)).await;
    assert!(!run.outcome.is_complete() && !run.outcome.is_nothing());
    let found = run.resources();
    let told = "list pods could not reach the service in cluster/test";
    assert!(run.messages().iter().all(|message| *message == told), "{:?}", run.messages());
    // what was read is true, and no property leans on what was not
    for (id, one) in &found {
        let (_, _, properties) = truth.get(id).unwrap_or_else(|| panic!("invented: {id}"));
        for (name, value) in &one.properties {
            if name != "managementUrl" {
                assert_eq!(properties.get(name), Some(value), "{id} {name}");
            }
        }
    }
    assert_eq!(found["k8s:cluster/test/shop/Service/web"].properties.get("computeIds"), None);
}
