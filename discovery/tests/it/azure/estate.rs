//! The estate: what a server holds, with the table of what evidence must say,
//! which the seeding writes from what it set.

use std::sync::Arc;

use probity_discovery::live::Tape;
use serde_json::{Map, Value, json};

use super::server::{Estate, Server, TENANT};
use super::{SUBSCRIPTION, Table, differences, limits, machines, platform, run, settings, table};

/// A server in the making, and the truth about it.
pub(crate) struct Seed {
    pub(crate) estate: Estate,
    subscription: &'static str,
    tenant: &'static str,
    pub(crate) truth: Table,
}

impl Seed {
    /// An empty subscription.
    pub(crate) fn empty() -> Self {
        let mut seed = Self {
            estate: Estate::default(),
            subscription: SUBSCRIPTION,
            tenant: TENANT,
            truth: Table::new(),
        };
        let document = json!({"id": format!("/subscriptions/{SUBSCRIPTION}"), "subscriptionId": SUBSCRIPTION,
            "displayName": "Shop", "tenantId": TENANT, "state": "Enabled", "tags": {"stage": "test"}});
        seed.estate.document(&format!("/subscriptions/{SUBSCRIPTION}"), document.clone());
        seed.estate.list("/subscriptions", document);
        seed.estate.list(
            "/subscriptions",
            json!({"subscriptionId": "0000", "tenantId": TENANT, "state": "Disabled"}),
        );
        seed
    }

    /// Everything.
    pub(crate) fn whole() -> Self {
        let mut seed = Self::empty();
        machines::seed(&mut seed);
        platform::seed(&mut seed);
        seed
    }

    /// An id as the platform writes it.
    pub(crate) fn id(&self, group: &str, kind: &str, name: &str) -> String {
        format!("/subscriptions/{}/resourceGroups/{group}/providers/{kind}/{name}", self.subscription)
    }

    /// The same id as it stands in evidence.
    pub(crate) fn low(&self, group: &str, kind: &str, name: &str) -> String {
        self.id(group, kind, name).to_lowercase()
    }

    /// The id of a resource group in evidence.
    pub(crate) fn group(&self, group: &str) -> String {
        format!("/subscriptions/{}/resourcegroups/{group}", self.subscription).to_lowercase()
    }

    /// The path of all resources of a type.
    pub(crate) fn path(&self, kind: &str) -> String {
        format!("/subscriptions/{}/providers/{kind}", self.subscription).to_lowercase()
    }

    /// The id of the workspace that logs are sent to.
    pub(crate) fn workspace(&self) -> String {
        self.id("Group-0", "Microsoft.OperationalInsights/workspaces", "Logs")
    }

    /// The id of an identity in evidence.
    pub(crate) fn principal(&self, object: &str) -> String {
        format!("/tenants/{}/principals/{object}", self.tenant).to_lowercase()
    }

    /// What evidence must say of a resource.
    pub(crate) fn expect(&mut self, kind: &str, id: &str, name: &str, properties: Value) {
        let properties: Map<String, Value> = serde_json::from_value(properties).unwrap();
        let key = (kind.to_owned(), id.to_lowercase());
        assert!(self.truth.insert(key, (name.to_owned(), properties)).is_none(), "{id} twice");
    }

    /// One thing more that evidence must say.
    pub(crate) fn amend(&mut self, kind: &str, id: &str, property: &str, value: Value) {
        let key = (kind.to_owned(), id.to_lowercase());
        self.truth.get_mut(&key).unwrap().1.insert(property.to_owned(), value);
    }
}

#[tokio::test]
async fn evidence_is_the_truth_of_the_estate_and_nothing_else() {
    let seed = Seed::whole();
    let server = Server::start(seed.estate).await;
    let (evidence, outcome) = run(&settings(&server), limits(), Arc::new(Tape::live())).await;
    let problems: Vec<&str> = outcome.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert!(outcome.is_complete(), "{problems:#?}");
    let wrong = differences(&seed.truth, &table(&evidence));
    assert!(wrong.is_empty(), "{} differences, such as {:#?}", wrong.len(), &wrong[..wrong.len().min(20)]);
    let machines_path = format!(
        "GET {}",
        format!("/subscriptions/{SUBSCRIPTION}/providers/microsoft.compute/virtualmachines").to_lowercase()
    );
    let pages = server.requests().iter().filter(|request| **request == machines_path).count();
    assert_eq!(pages, 24 + 24, "machines, and their states");
    assert_eq!(outcome.types["VirtualMachine"], machines::MACHINES + 2);
    for planted in ["planted", "hunter2"] {
        assert!(!evidence.contains(planted), "{planted}");
    }
}

#[tokio::test]
async fn without_a_name_all_enabled_subscriptions_are_read() {
    let server = Server::start(Seed::empty().estate).await;
    let settings = super::Settings { subscriptions: Vec::new(), ..super::only(&server, "groups") };
    let (_, outcome) = run(&settings, limits(), Arc::new(Tape::live())).await;
    let scopes: Vec<&str> = outcome.reads.iter().map(|read| read.scope.as_str()).collect();
    assert_eq!(scopes, ["azure", &format!("subscription/{}", SUBSCRIPTION.to_lowercase())]);
    assert!(outcome.is_complete());
}

#[tokio::test]
async fn who_sees_no_subscription_has_not_seen_that_all_is_well() {
    let mut estate = Seed::empty().estate;
    estate.lists.insert("/subscriptions".to_owned(), Vec::new());
    let server = Server::start(estate).await;
    let settings = super::Settings { subscriptions: Vec::new(), ..settings(&server) };
    let (_, outcome) = run(&settings, limits(), Arc::new(Tape::live())).await;
    assert!(!outcome.is_complete());
    assert_eq!(outcome.problems[0].message, "list subscriptions was refused (none to be seen) in azure");
}

#[test]
fn the_role_holds_the_permissions_of_the_services_that_are_read() {
    let all = probity_discovery::azure::policy(&[]);
    let of_vaults = probity_discovery::azure::policy(&["keyvault".to_owned()]);
    let actions = |role: &Value| -> Vec<String> { serde_json::from_value(role["Actions"].clone()).unwrap() };
    assert_eq!(
        actions(&of_vaults),
        [
            "Microsoft.Insights/diagnosticSettings/read",
            "Microsoft.KeyVault/vaults/keys/read",
            "Microsoft.KeyVault/vaults/read",
            "Microsoft.KeyVault/vaults/secrets/read",
            "Microsoft.OperationalInsights/workspaces/read",
            "Microsoft.Resources/subscriptions/read",
        ]
    );
    assert!(actions(&of_vaults).iter().all(|action| actions(&all).contains(action)));
    let writing: Vec<String> =
        actions(&all).into_iter().filter(|action| !action.ends_with("/read")).collect();
    assert_eq!(
        writing,
        ["Microsoft.Web/sites/config/list/action"],
        "the only call that is more than reading"
    );
}
