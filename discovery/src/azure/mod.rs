//! Microsoft Azure.
//!
//! One file per service: which calls it makes, and how their answers become
//! evidence. Everything is asked of the management interface; machines, disks,
//! snapshots and images are read in the types of `azure_mgmt_compute`, the rest
//! in types of our own with the members that evidence needs.
//!
//! What is written of a resource stands in `scope` `subscription/<id>`. Ids are
//! those of the platform in lower case: it compares them without regard to
//! case and writes one id in several ways. Identities of the directory are
//! `/tenants/<id>/principals/<object id>`.

mod access;
mod account;
mod aks;
mod arm;
mod authorization;
mod compute;
mod cosmosdb;
mod credentials;
mod groups;
mod id;
mod item;
mod keyvault;
mod lock;
mod logging;
mod network;
mod patience;
mod place;
mod policy;
mod postgresql;
mod region;
mod registry;
mod sql;
mod storage;
mod token;
mod transport;
mod value;
mod web;
mod workspaces;

use std::sync::Arc;

use futures_util::StreamExt as _;
use futures_util::future::LocalBoxFuture;
use probity_evidence::{Begin, Ontology};

use crate::live::{Call, Cause, Fault, Gathered, Limits, Service, Sink, Tape};
use arm::Arm;
pub use credentials::{Application, Credentials, Hidden, PUBLIC_AUTHORITY};
use place::{Place, Subscription};
pub use policy::policy;
use token::Tokens;
use transport::Transport;

/// The collector's name in evidence.
pub const COLLECTOR: &str = "azure";

/// How many services are read at once, over all subscriptions.
const AT_ONCE: usize = 16;

/// The version of the interface to subscriptions.
const SUBSCRIPTIONS: &str = "2022-12-01";

/// What is looked at, and as whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The ids of the subscriptions; empty for all enabled ones that the
    /// credentials see.
    pub subscriptions: Vec<String>,
    /// The directory to sign in to, instead of that of the credentials.
    pub tenant: Option<String>,
    /// The services to read; empty for all of them.
    pub only: Vec<String>,
    /// The origin of the management interface, instead of that of the public
    /// cloud.
    pub endpoint: Option<String>,
    /// Who signs in.
    pub credentials: Credentials,
}

/// How a service is read.
struct Collector {
    service: &'static Service,
    collect: for<'x> fn(&'x Place, &'x Sink<'x, 'x>) -> LocalBoxFuture<'x, ()>,
}

macro_rules! collectors {
    ($($service:ident),+ $(,)?) => {
        [$(Collector {
            service: &$service::SERVICE,
            collect: |place, sink| Box::pin($service::collect(place, sink)),
        }),+]
    };
}

/// All services, by name.
const COLLECTORS: [Collector; 14] = collectors![
    account,
    aks,
    authorization,
    compute,
    cosmosdb,
    groups,
    keyvault,
    workspaces,
    network,
    postgresql,
    registry,
    sql,
    storage,
    web,
];

/// The calls that find out where to look.
static SUBSCRIPTION: Service = Service {
    name: "subscriptions",
    resource_types: &[],
    calls: &[SIGN_IN, LIST_SUBSCRIPTIONS, GET_SUBSCRIPTION],
};

const SIGN_IN: Call = Call::listing("sign in", "", &[]);
const LIST_SUBSCRIPTIONS: Call =
    Call::listing("list subscriptions", "Microsoft.Resources/subscriptions/read", &[]);
const GET_SUBSCRIPTION: Call =
    Call::listing("get subscription", "Microsoft.Resources/subscriptions/read", &[]);

/// The services that `--only` can name, by name.
pub fn services() -> Vec<&'static Service> {
    COLLECTORS.iter().map(|collector| collector.service).collect()
}

/// The first record of a set of this collector.
pub fn begin(scope: &str, ontology: &Ontology) -> Begin {
    Begin::new(COLLECTOR, env!("CARGO_PKG_VERSION"), scope, ontology.uri())
}

/// The scope of a subscription.
fn scope(subscription: &str) -> String {
    format!("subscription/{}", subscription.to_lowercase())
}

/// Reads what the settings name into `gathered`. What cannot be read is noted
/// there.
pub async fn collect(settings: &Settings, limits: Limits, tape: Arc<Tape>, gathered: &Gathered<'_>) {
    let transport = Arc::new(Transport::new(limits, tape));
    let Some((arm, subscriptions)) = subscriptions(settings, &transport, gathered).await else {
        settings.subscriptions.iter().for_each(|subscription| gathered.ask(&scope(subscription)));
        gathered.waited(transport.slowed());
        return;
    };
    let tasks = subscriptions.iter().flat_map(|subscription| {
        let arm = &arm;
        let named = |collector: &&Collector| collector.service.is_among(&settings.only);
        COLLECTORS.iter().filter(named).map(move |collector| async move {
            let place = Place {
                arm: arm.within(&subscription.id, collector.service.name),
                subscription: subscription.clone(),
                concurrent: limits.concurrent,
            };
            let sink = gathered.begin(collector.service, &scope(&subscription.id));
            (collector.collect)(&place, &sink).await;
        })
    });
    futures_util::stream::iter(tasks).buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
    gathered.waited(transport.slowed());
}

/// The subscriptions to look at, and the way to them; none where nobody could
/// sign in.
async fn subscriptions(
    settings: &Settings,
    transport: &Arc<Transport>,
    gathered: &Gathered<'_>,
) -> Option<(Arm, Vec<Subscription>)> {
    let sink = gathered.begin(&SUBSCRIPTION, COLLECTOR);
    let origin = settings.endpoint.as_deref().unwrap_or(arm::PUBLIC);
    let arm = Arm::new(origin, transport, |resource| {
        Tokens::new(settings.credentials.clone(), settings.tenant.clone(), resource, Arc::clone(transport))
    });
    let signed_in = match arm {
        Ok(arm) => arm.sign_in().await.map(|()| arm),
        Err(fault) => Err(fault),
    };
    let arm = match signed_in {
        Ok(arm) => arm,
        Err(fault) => {
            sink.fault(&SIGN_IN, None, fault);
            return None;
        }
    };
    let nowhere = Subscription::default();
    let place = Place { arm: arm.clone(), subscription: nowhere, concurrent: 1 };
    let mut found = if settings.subscriptions.is_empty() {
        let listed = place.list(&sink, &LIST_SUBSCRIPTIONS, None, "subscriptions", SUBSCRIPTIONS).await;
        // who sees no subscription has not seen that all is well
        if listed.is_complete && !listed.items.iter().any(Subscription::is_readable) {
            sink.fault(&LIST_SUBSCRIPTIONS, None, Fault::with_code(Cause::Refused, "none to be seen"));
        }
        listed.items
    } else {
        let mut found = Vec::new();
        for id in &settings.subscriptions {
            gathered.ask(&scope(id));
            found.extend(named(&place, &sink, id).await);
        }
        found
    };
    found.retain(|subscription: &Subscription| subscription.is_readable());
    for subscription in &mut found {
        subscription.id = subscription.id.to_lowercase();
        let scope = scope(&subscription.id);
        gathered.ask(&scope);
        gathered.offers(&scope, services());
    }
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found.dedup_by(|a, b| a.id == b.id);
    Some((arm, found))
}

/// A subscription that the settings name.
async fn named(place: &Place, sink: &Sink<'_, '_>, id: &str) -> Option<Subscription> {
    let about = scope(id);
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        sink.fault(&GET_SUBSCRIPTION, Some(&about), Fault::with_code(Cause::Failed, "not an id"));
        return None;
    }
    let path = format!("subscriptions/{id}");
    let subscription: Subscription = place.get(sink, &GET_SUBSCRIPTION, &about, &path, SUBSCRIPTIONS).await?;
    if !subscription.is_readable() {
        sink.fault(&GET_SUBSCRIPTION, Some(&about), Fault::with_code(Cause::Refused, "disabled"));
    }
    Some(subscription)
}
