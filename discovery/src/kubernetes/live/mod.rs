//! Clusters that run, as their interface tells them.
//!
//! What is written of a cluster stands in scope `cluster/<context>`; ids are
//! `k8s:<scope>/<namespace>/<Kind>/<name>[/container]`, as with manifests. The
//! objects are mapped by the same code: what is known of them besides comes
//! from their status, and what could not be listed is left out wherever it
//! would have had a say.
//!
//! Secrets are listed by name and type only; what they hold stays in the
//! cluster, the names of their entries too. The cluster itself is written with
//! the version of its control plane. Whether it answers requests without a
//! sign-in is found out by making one.

mod api;
mod connect;
mod list;
mod plane;
mod policy;
mod served;
mod services;
mod tidy;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use futures_util::StreamExt as _;
use probity_evidence::{Begin, Ontology};

use super::cluster::{Cluster, Key};
use super::kind::Kind;
use super::output::Output;
use crate::draft::Draft;
use crate::live::{Cause, Fault, Gathered, Limits, Service, Sink, Tape};
use api::Api;
use connect::Target;
use list::Listing;
pub use policy::policy;
use served::Served;
use services::{CLUSTER, CONNECTION, DISCOVER, KUBECONFIG, SERVICES};

/// The collector's name in evidence.
pub const COLLECTOR: &str = "kubernetes";

/// How many clusters are read at once.
const CLUSTERS: usize = 8;

/// What is looked at, and as whom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// The kubeconfig file; else the one that the environment names, else that
    /// of the home folder.
    pub kubeconfig: Option<String>,
    /// The contexts to look at; empty for the current one.
    pub contexts: Vec<String>,
    /// Whether all contexts are looked at.
    pub all_contexts: bool,
    /// Whether the cluster is looked at that the program runs in, with the
    /// service account of its pod.
    pub in_cluster: bool,
    /// What the cluster that the program runs in is called in scopes;
    /// `in-cluster` otherwise.
    pub name: Option<String>,
    /// The services to read; empty for all of them.
    pub only: Vec<String>,
}

/// The services that `--only` can name, by name.
pub fn services() -> Vec<&'static Service> {
    SERVICES.to_vec()
}

/// The first record of a set of this collector.
pub fn begin(scope: &str, ontology: &Ontology) -> Begin {
    Begin::new(COLLECTOR, env!("CARGO_PKG_VERSION"), scope, ontology.uri())
}

/// Reads what the settings name into `gathered`. What cannot be read is noted
/// there.
pub async fn collect(settings: &Settings, limits: Limits, tape: Arc<Tape>, gathered: &Gathered<'_>) {
    let targets = match connect::targets(settings, &tape).await {
        Ok(targets) => targets,
        Err(fault) => {
            settings.contexts.iter().for_each(|context| gathered.ask(&scope_of(context)));
            return gathered.begin(&CONNECTION, "kubernetes").fault(&KUBECONFIG, None, fault);
        }
    };
    let wanted = services::wanted(&settings.only);
    let tasks = targets.into_iter().map(|target| read(target, &wanted, limits, &tape, gathered));
    // in the order of their names: clusters have images in common
    let mut clusters = futures_util::stream::iter(tasks).buffered(CLUSTERS);
    while let Some(seen) = clusters.next().await {
        if let Some(Seen { scope, listings, sinks }) = seen {
            write(&scope, listings, &sinks);
        }
    }
}

/// What a cluster told.
struct Seen<'g, 'a> {
    scope: String,
    listings: Vec<Listing>,
    sinks: Vec<Sink<'g, 'a>>,
}

/// The scope of a cluster.
fn scope_of(context: &str) -> String {
    format!("cluster/{context}")
}

/// Reads one cluster.
async fn read<'g, 'a>(
    target: Target,
    wanted: &[&'static Service],
    limits: Limits,
    tape: &Arc<Tape>,
    gathered: &'g Gathered<'a>,
) -> Option<Seen<'g, 'a>> {
    let (name, scope) = (target.name.clone(), scope_of(&target.name));
    gathered.ask(&scope);
    gathered.offers(&scope, SERVICES);
    let (api, served) = sign_in(target, limits, tape, &gathered.begin(&CONNECTION, &scope)).await?;
    let sinks: Vec<Sink<'g, 'a>> = wanted.iter().map(|service| gathered.begin(service, &scope)).collect();
    let lists = services::lists_of(wanted).into_iter().map(|list| list::read(&api, &served, list));
    let listings: Vec<Listing> =
        futures_util::stream::iter(lists).buffer_unordered(limits.concurrent.max(1)).collect().await;
    for sink in sinks.iter().filter(|sink| sink.service() == &CLUSTER) {
        plane::collect(&api, &name, sink).await;
    }
    gathered.waited(api.slowed());
    Some(Seen { scope, listings, sinks })
}

/// A way into the cluster, and what it serves. Where nobody is let in, nothing
/// more is asked.
async fn sign_in(
    target: Target,
    limits: Limits,
    tape: &Arc<Tape>,
    sink: &Sink<'_, '_>,
) -> Option<(Api, Served)> {
    let api = match Api::open(target, limits, Arc::clone(tape)).await {
        Ok(api) => api,
        Err(fault) => {
            sink.fault(&KUBECONFIG, None, fault);
            return None;
        }
    };
    let served = Served::ask(&api).await;
    let goes_on = match &served {
        Ok(_) => true,
        Err(fault) => matches!(fault.cause, Cause::Refused | Cause::Unsupported),
    };
    let served = sink.answer(&DISCOVER, None, served).unwrap_or_default();
    goes_on.then_some((api, served))
}

/// Writes the objects of all listings, each for the service that lists it.
fn write(scope: &str, listings: Vec<Listing>, sinks: &[Sink<'_, '_>]) {
    let mut listings = listings;
    listings.sort_by_key(|listing| listing.list.kind);
    let mut unknown = BTreeSet::new();
    let mut objects = Vec::new();
    for listing in listings {
        let kind = listing.list.kind;
        note(sinks, kind, None, &listing.end);
        for (about, fault) in &listing.unreadable {
            note(sinks, kind, about.as_deref(), &Err(fault.clone()));
        }
        if listing.end.is_err() || !listing.unreadable.is_empty() {
            unknown.insert(kind);
        }
        objects.extend(listing.objects);
    }
    // what was not asked for is not known either
    let asked: BTreeSet<Kind> = sinks.iter().flat_map(|sink| services::kinds(sink.service())).collect();
    unknown.extend(Kind::all().filter(|kind| !asked.contains(kind)));
    let mut cluster = Cluster::running(scope, objects, unknown);
    let (drafts, refused) = drafts(&mut cluster);
    for (kind, namespace, name) in refused {
        let about = if namespace.is_empty() { name } else { format!("{namespace}/{name}") };
        note(sinks, kind, Some(&about), &Err(Fault::new(Cause::Undecodable)));
    }
    let by_kind: BTreeMap<Kind, &Sink<'_, '_>> = sinks
        .iter()
        .flat_map(|sink| services::listed(sink.service()).map(move |kind| (kind, sink)))
        .collect();
    for (kind, draft) in drafts {
        if let Some(sink) = by_kind.get(&kind) {
            sink.write(draft);
        }
    }
}

/// Notes the answer to a list, or to a part of it, for each service that asks
/// for it.
fn note(sinks: &[Sink<'_, '_>], kind: Kind, about: Option<&str>, answer: &Result<(), Fault>) {
    for sink in sinks {
        for call in services::calls(sink.service(), kind) {
            sink.answer(call, about, answer.clone());
        }
    }
}

/// What the objects describe, and those that cannot be read: they have no say
/// in what is written of others.
fn drafts(cluster: &mut Cluster) -> (Vec<(Kind, Draft)>, Vec<Key>) {
    let mut refused = Vec::new();
    loop {
        let mut drafts = Vec::new();
        let mut output = Output::default();
        for object in cluster.objects() {
            super::write(cluster, object, &mut output);
            drafts.extend(output.take().into_iter().map(|draft| (object.kind, draft)));
        }
        let found = cluster.remove_refused();
        if found.is_empty() {
            return (drafts, refused);
        }
        refused.extend(found);
    }
}
