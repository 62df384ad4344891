//! What goes wrong: the run ends, says so, and writes nothing in the place of
//! what it could not read.

use std::sync::Arc;
use std::time::Duration;

use probity_discovery::live::{Cause, Limits, Outcome, Tape};
use serde_json::json;

use super::estate::Seed;
use super::server::{Act, Estate, Server};
use super::{SUBSCRIPTION, Settings, Table, application, limits, only, run, table};

const GROUPS: &str = "/subscriptions/1b2c3d4e-0000-4000-8000-00000000000a/resourcegroups";
const LOCKS: &str =
    "/subscriptions/1b2c3d4e-0000-4000-8000-00000000000a/providers/microsoft.authorization/locks";
const MACHINES: &str =
    "/subscriptions/1b2c3d4e-0000-4000-8000-00000000000a/providers/microsoft.compute/virtualmachines";

/// Three resource groups, on pages of two.
fn groups() -> Estate {
    let mut estate = Seed::empty().estate;
    for number in 0..3 {
        let id = format!("/subscriptions/{SUBSCRIPTION}/resourceGroups/g{number}");
        estate.list(GROUPS, json!({"id": id, "name": format!("g{number}"), "location": "westeurope"}));
    }
    estate.page = 2;
    estate
}

struct Run {
    found: Table,
    outcome: Outcome,
    evidence: String,
    server: Server,
}

impl Run {
    async fn of(estate: Estate, limits: Limits) -> Self {
        let server = Server::start(estate).await;
        let settings = only(&server, "groups");
        Self::with(server, &settings, limits).await
    }

    async fn with(server: Server, settings: &Settings, limits: Limits) -> Self {
        let (evidence, outcome) = run(settings, limits, Arc::new(Tape::live())).await;
        Self { found: table(&evidence), outcome, evidence, server }
    }

    fn messages(&self) -> Vec<&str> {
        self.outcome.problems.iter().map(|problem| problem.message.as_str()).collect()
    }

    /// The run is not complete, one problem names it, and no text of the
    /// platform is told.
    fn assert_told(&self, message: &str) {
        assert!(!self.outcome.is_complete());
        assert!(self.messages().iter().any(|told| told.contains(message)), "{:?}", self.messages());
        assert!(!self.evidence.contains("planted"), "{}", self.evidence);
    }

    fn assert_no_protection(&self) {
        for (_, properties) in self.found.values() {
            assert!(!properties.contains_key("deletionProtection"), "{properties:?}");
        }
    }
}

#[tokio::test]
async fn a_refused_call_leaves_its_property_out_and_names_the_permission() {
    let mut estate = groups();
    estate.act(LOCKS, 1, &Act::Refuse(403, "AuthorizationFailed", Vec::new()));
    let run = Run::of(estate, limits()).await;
    run.assert_told("list locks was refused (AuthorizationFailed)");
    run.assert_no_protection();
    assert_eq!(run.found.len(), 3);
    let problem = &run.outcome.problems[0];
    assert_eq!(problem.permission.as_deref(), Some("Microsoft.Authorization/locks/read"));
    assert_eq!(problem.properties, ["deletionProtection"]);
    assert!(!run.outcome.is_nothing());
}

#[tokio::test]
async fn a_subscription_that_is_not_there_is_nothing() {
    let server = Server::start(Estate::default()).await;
    let settings = only(&server, "groups");
    let run = Run::with(server, &settings, limits()).await;
    run.assert_told("get subscription");
    assert!(run.outcome.is_nothing());
    assert_eq!(run.found.len(), 0);
}

#[tokio::test]
async fn what_is_throttled_for_a_while_is_waited_for() {
    let mut estate = groups();
    let after = vec![("retry-after-ms", "5".to_owned())];
    estate.act(GROUPS, 2, &Act::Refuse(429, "TooManyRequests", after));
    let run = Run::of(estate, limits()).await;
    assert!(run.outcome.is_complete(), "{:?}", run.messages());
    assert_eq!(run.outcome.waited, 2);
    assert_eq!(run.found.len(), 3);
}

#[tokio::test]
async fn what_is_throttled_for_longer_than_the_patience_is_told() {
    let mut estate = groups();
    let after = vec![("retry-after", "10".to_owned())];
    estate.act(LOCKS, usize::from(u8::MAX), &Act::Refuse(429, "TooManyRequests", after));
    let run = Run::of(estate, limits()).await;
    run.assert_told("list locks was throttled for too long (TooManyRequests)");
    run.assert_no_protection();
    let asked = run.server.requests().iter().filter(|request| request.ends_with("/locks")).count();
    assert_eq!(asked, 1, "ten seconds are more than the patience");
}

#[tokio::test]
async fn a_connection_that_breaks_once_is_tried_again() {
    let mut estate = groups();
    estate.act(GROUPS, 1, &Act::Reset);
    let run = Run::of(estate, limits()).await;
    assert!(run.outcome.is_complete(), "{:?}", run.messages());
    assert_eq!(run.found.len(), 3);
}

#[tokio::test]
async fn a_connection_that_breaks_in_mid_page_every_time_is_told() {
    let mut estate = groups();
    estate.act(GROUPS, 10_000, &Act::Reset);
    let run = Run::of(estate, limits()).await;
    run.assert_told("list resource groups could not reach the service");
    assert_eq!(run.found.len(), 0);
}

#[tokio::test]
async fn a_page_for_people_is_no_answer() {
    let mut estate = groups();
    estate.act(LOCKS, 1, &Act::Html(200));
    let run = Run::of(estate, limits()).await;
    run.assert_told("list locks gave an answer that cannot be read");
    run.assert_no_protection();
}

#[tokio::test]
async fn an_answer_that_does_not_come_ends_the_run_in_time() {
    let mut estate = groups();
    estate.act(LOCKS, 1000, &Act::Stall);
    let short = Limits { attempt: Duration::from_millis(150), retry: Duration::from_millis(200), ..limits() };
    let run = Run::of(estate, short).await;
    run.assert_told("list locks was not answered in time");
    run.assert_no_protection();
}

#[tokio::test]
async fn a_link_to_another_origin_is_refused_and_never_sees_the_token() {
    let other = Server::start(groups()).await;
    let mut estate = groups();
    estate.act(GROUPS, 1, &Act::LinkTo(format!("{}{GROUPS}?api-version=2022-09-01", other.origin())));
    let run = Run::of(estate, limits()).await;
    run.assert_told("list resource groups was answered with a link to another origin");
    assert_eq!(other.tokens(), Vec::<String>::new());
    assert_eq!(other.requests(), Vec::<String>::new());
    assert_eq!(run.found.len(), 2, "what came before stays");
    let listed = &run.outcome.problems[0];
    assert_eq!(listed.resource_types, ["ResourceGroup"]);
}

#[tokio::test]
async fn a_list_that_leads_back_to_itself_ends() {
    let server = Server::start(groups()).await;
    let own = format!("{}{GROUPS}?api-version=2022-09-01", server.origin());
    let mut estate = groups();
    estate.act(GROUPS, 1000, &Act::LinkTo(own));
    let run = Run::of(estate, limits()).await;
    run.assert_told("list resource groups");
}

#[tokio::test]
async fn a_value_that_the_crate_does_not_know_loses_one_machine_and_not_its_page() {
    let mut seed = Seed::empty();
    for (name, system) in [("one", "Linux"), ("other", "FreeBSD"), ("third", "Windows")] {
        let id = seed.id("g", "Microsoft.Compute/virtualMachines", name);
        let item = json!({"id": id, "name": name, "location": "westeurope", "properties": {
            "storageProfile": {"osDisk": {"osType": system, "createOption": "FromImage"}}}});
        seed.estate.list(MACHINES, item.clone());
        seed.estate.list(&format!("{MACHINES}?statusonly"), item);
    }
    let server = Server::start(seed.estate).await;
    let settings = only(&server, "compute");
    let run = Run::with(server, &settings, limits()).await;
    run.assert_told("list virtual machines gave an answer that cannot be read");
    run.assert_told("for other");
    let names: Vec<&str> = run.found.values().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["one", "third"]);
    for (_, properties) in run.found.values() {
        // nothing of what the answers leave out is made up
        for absent in [
            "powerState",
            "automaticUpdates",
            "remoteAdministration",
            "osLogging",
            "blockStorageIds",
            "internetAccessible",
        ] {
            assert!(!properties.contains_key(absent), "{absent}: {properties:?}");
        }
    }
}

#[tokio::test]
async fn a_resource_without_an_id_is_none() {
    let mut estate = groups();
    estate.list(GROUPS, json!({"name": "nameless", "location": "westeurope"}));
    let run = Run::of(estate, limits()).await;
    run.assert_told("list resource groups gave an answer that cannot be read (no id)");
    run.assert_told("for nameless");
    assert_eq!(run.found.len(), 3);
}

#[tokio::test]
async fn interfaces_that_cannot_be_read_leave_exposure_unknown() {
    let mut seed = Seed::empty();
    let id = seed.id("g", "Microsoft.Compute/virtualMachines", "one");
    let nic = seed.id("g", "Microsoft.Network/networkInterfaces", "nic");
    seed.estate.list(
        MACHINES,
        json!({"id": id, "name": "one", "location": "westeurope", "properties": {
        "networkProfile": {"networkInterfaces": [{"id": nic}]}}}),
    );
    let path = seed.path("Microsoft.Network/networkInterfaces");
    seed.estate.act(&path, 1, &Act::Refuse(403, "AuthorizationFailed", Vec::new()));
    let server = Server::start(seed.estate).await;
    let settings = only(&server, "compute");
    let run = Run::with(server, &settings, limits()).await;
    run.assert_told("list network interfaces was refused");
    let (_, properties) = run.found.values().next().unwrap();
    assert!(!properties.contains_key("internetAccessible"));
    assert_eq!(properties["networkInterfaceIds"], json!([nic.to_lowercase()]));
}

#[tokio::test]
async fn a_kind_of_service_that_was_never_used_is_empty() {
    let mut estate = Seed::empty().estate;
    let path = format!("/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Sql/servers");
    estate.act(&path, 1, &Act::Refuse(409, "MissingSubscriptionRegistration", Vec::new()));
    let server = Server::start(estate).await;
    let settings = only(&server, "sql");
    let run = Run::with(server, &settings, limits()).await;
    assert!(run.outcome.is_complete(), "{:?}", run.messages());
}

#[tokio::test]
async fn a_directory_that_cannot_make_grants_that_end_has_none() {
    let mut seed = Seed::whole();
    let path = seed.path("Microsoft.Authorization/roleAssignmentScheduleInstances");
    seed.estate.act(&path, 1, &Act::Refuse(400, "AadPremiumLicenseRequired", Vec::new()));
    let server = Server::start(seed.estate).await;
    let settings = only(&server, "authorization");
    let run = Run::with(server, &settings, limits()).await;
    assert!(run.outcome.is_complete(), "{:?}", run.messages());
    let grants = run.found.iter().filter(|((kind, _), _)| kind == "RoleAssignment");
    let temporary: Vec<_> = grants.map(|(_, (_, properties))| properties["temporary"].clone()).collect();
    assert_eq!(temporary, vec![json!(false); 4]);
}

#[tokio::test]
async fn nobody_there_is_nothing() {
    let server = Server::start(groups()).await;
    let nobody = "http://127.0.0.1:9".to_owned();
    let settings = Settings { endpoint: Some(nobody), ..only(&server, "groups") };
    let run = Run::with(server, &settings, limits()).await;
    run.assert_told("get subscription could not reach the service");
    assert!(run.outcome.is_nothing());
    assert_eq!(run.outcome.reads[0].faults.keys().collect::<Vec<_>>(), [&Cause::Unreachable]);
}

#[tokio::test]
async fn a_secret_does_not_go_over_an_open_line() {
    let server = Server::start(groups()).await;
    for (endpoint, authority) in [
        ("http://management.example".to_owned(), server.origin()),
        (server.origin(), "http://login.example".to_owned()),
    ] {
        let settings = Settings {
            endpoint: Some(endpoint),
            credentials: application(&authority),
            ..only(&server, "groups")
        };
        let run = Run::with(server.clone(), &settings, limits()).await;
        run.assert_told("sign in was answered with a link to another origin (not https)");
        assert!(run.outcome.is_nothing());
    }
    assert_eq!(server.requests(), Vec::<String>::new());
}
