//! The interface of a cluster, as it behaves towards those who list: elements
//! without kind and version, pages of one moment, 400 for a bad token, 410 with
//! a fresh one where the moment is over, 401, 403 and 404.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use serde_json::{Value, json};

/// The token that the server knows.
pub(crate) const TOKEN: &str = "signed-in-with-hunter2";

/// What happens to some questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mishap {
    /// A status with its reason.
    Status(u16, &'static str),
    /// Asked to slow down, for so many seconds.
    Slow(u16, u64),
    /// A page of a proxy.
    Html,
    /// The connection breaks in the middle of the answer.
    Reset,
    /// No answer.
    Stall,
}

/// A mishap, and which questions it hits.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    /// Path and query that a question contains.
    pub(crate) on: String,
    pub(crate) mishap: Mishap,
    /// How often it still happens; none for always.
    pub(crate) times: Option<usize>,
}

/// What a cluster holds and how it behaves.
#[derive(Debug, Default)]
pub(crate) struct World {
    /// Objects by the path of their list, with the kind of it.
    pub(crate) lists: BTreeMap<String, (String, Vec<Value>)>,
    pub(crate) rules: Vec<Rule>,
    /// Whether requests without a sign-in are taken.
    pub(crate) anonymous: bool,
    /// Why the caller may list pods.
    pub(crate) reason: String,
    /// Groups that are not served.
    pub(crate) unserved: BTreeSet<String>,
    /// Tokens of pages that no longer hold.
    pub(crate) expire: usize,
    /// Second pages that are of another moment than the first, without a word.
    pub(crate) drift: usize,
    moment: usize,
    /// Every question: method, path and query.
    pub(crate) asked: Vec<String>,
}

type Shared = Arc<Mutex<World>>;

/// Kinds by group, with the name of the resource.
pub(crate) const SERVED: [(&str, &str, &str); 29] = [
    ("", "Namespace", "namespaces"),
    ("", "Pod", "pods"),
    ("apps", "Deployment", "deployments"),
    ("apps", "StatefulSet", "statefulsets"),
    ("apps", "DaemonSet", "daemonsets"),
    ("apps", "ReplicaSet", "replicasets"),
    ("", "ReplicationController", "replicationcontrollers"),
    ("batch", "Job", "jobs"),
    ("batch", "CronJob", "cronjobs"),
    ("", "Service", "services"),
    ("networking.k8s.io", "Ingress", "ingresses"),
    ("networking.k8s.io", "NetworkPolicy", "networkpolicies"),
    ("", "ServiceAccount", "serviceaccounts"),
    ("rbac.authorization.k8s.io", "Role", "roles"),
    ("rbac.authorization.k8s.io", "ClusterRole", "clusterroles"),
    ("rbac.authorization.k8s.io", "RoleBinding", "rolebindings"),
    ("rbac.authorization.k8s.io", "ClusterRoleBinding", "clusterrolebindings"),
    ("", "Secret", "secrets"),
    ("", "ConfigMap", "configmaps"),
    ("", "PersistentVolumeClaim", "persistentvolumeclaims"),
    ("storage.k8s.io", "StorageClass", "storageclasses"),
    ("policy", "PodDisruptionBudget", "poddisruptionbudgets"),
    ("autoscaling", "HorizontalPodAutoscaler", "horizontalpodautoscalers"),
    ("", "ResourceQuota", "resourcequotas"),
    ("", "LimitRange", "limitranges"),
    ("", "Node", "nodes"),
    ("admissionregistration.k8s.io", "ValidatingWebhookConfiguration", "validatingwebhookconfigurations"),
    ("admissionregistration.k8s.io", "MutatingWebhookConfiguration", "mutatingwebhookconfigurations"),
    ("admissionregistration.k8s.io", "ValidatingAdmissionPolicy", "validatingadmissionpolicies"),
];

/// The path under which a group is served.
fn base(group: &str) -> String {
    if group.is_empty() { "/api/v1".to_owned() } else { format!("/apis/{group}/v1") }
}

impl World {
    /// A cluster without objects.
    pub(crate) fn empty() -> Self {
        let list = |(group, kind, resource): (&str, &str, &str)| {
            (format!("{}/{resource}", base(group)), (kind.to_owned(), Vec::new()))
        };
        Self {
            lists: SERVED.into_iter().map(list).collect(),
            reason: "RBAC: allowed by ClusterRoleBinding \"probity\" of ClusterRole \"probity\"".to_owned(),
            moment: 1000,
            ..Self::default()
        }
    }

    /// Adds an object as it is applied: its kind and version are not kept.
    pub(crate) fn apply(&mut self, mut object: Value) {
        let members = object.as_object_mut().unwrap();
        let kind = members.remove("kind").unwrap();
        members.remove("apiVersion");
        let found = SERVED.iter().find(|(_, known, _)| kind == *known);
        let (group, _, resource) = found.unwrap_or_else(|| panic!("{kind} is not served"));
        self.lists.get_mut(&format!("{}/{resource}", base(group))).unwrap().1.push(object);
    }

    /// Lets something happen.
    pub(crate) fn rule(&mut self, on: &str, mishap: Mishap, times: Option<usize>) {
        self.rules.push(Rule { on: on.to_owned(), mishap, times });
    }

    fn mishap(&mut self, target: &str) -> Option<Mishap> {
        let rule = self.rules.iter_mut().find(|rule| target.contains(&rule.on) && rule.times != Some(0))?;
        rule.times = rule.times.map(|times| times - 1);
        Some(rule.mishap)
    }

    /// Groups, or the resources of a group.
    fn discovery(&self, path: &str) -> Option<Value> {
        let groups: BTreeSet<&str> = SERVED.iter().map(|(group, ..)| *group).collect();
        let served = groups.into_iter().filter(|group| !self.unserved.contains(*group));
        if path == "/apis" {
            let groups: Vec<Value> = served
                .filter(|group| !group.is_empty())
                .map(|group| json!({"name": group, "versions": [{"groupVersion": format!("{group}/v1"), "version": "v1"}]}))
                .collect();
            return Some(json!({"kind": "APIGroupList", "apiVersion": "v1", "groups": groups}));
        }
        let group = served.into_iter().find(|group| base(group) == path)?;
        let resources: Vec<Value> = SERVED
            .iter()
            .filter(|(of, _, resource)| {
                *of == group && self.lists.contains_key(&format!("{path}/{resource}"))
            })
            .map(|(_, kind, resource)| json!({"name": resource, "kind": kind, "verbs": ["list"]}))
            .collect();
        Some(json!({"kind": "APIResourceList", "groupVersion": "v1", "resources": resources}))
    }

    /// A page of a list.
    fn page(&mut self, path: &str, query: &BTreeMap<String, String>, as_table: bool) -> Option<(u16, Value)> {
        if self.unserved.iter().any(|group| path.starts_with(&base(group))) {
            return None;
        }
        let (kind, objects) = self.lists.get(path)?;
        let (mut begin, mut drifted) = (0, 0);
        if let Some(token) = query.get("continue") {
            let place = token.strip_prefix("from-").and_then(|rest| rest.split_once("-at-"));
            let place = place.and_then(|(from, at)| Some((from.parse::<usize>().ok()?, at)));
            let Some((from, moment)) = place else {
                return Some((400, status(400, "BadRequest", "continue key is not valid")));
            };
            if self.expire > 0 || moment != self.moment.to_string() {
                self.expire = self.expire.saturating_sub(1);
                self.moment += 1;
                let mut gone = status(410, "Expired", "The provided continue parameter is too old");
                gone["metadata"]["continue"] = json!(format!("from-{from}-at-{}", self.moment));
                return Some((410, gone));
            }
            begin = from;
            drifted = usize::from(self.drift > 0);
            self.drift = self.drift.saturating_sub(1);
        }
        let limit = query.get("limit").map_or(objects.len(), |limit| limit.parse().unwrap());
        let end = (begin + limit).min(objects.len());
        let mut metadata = json!({"resourceVersion": (self.moment + drifted).to_string()});
        if end < objects.len() {
            metadata["continue"] = json!(format!("from-{end}-at-{}", self.moment));
            metadata["remainingItemCount"] = json!(objects.len() - end);
        }
        let shown = &objects[begin..end];
        let body = if as_table {
            json!({"kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": metadata,
                "columnDefinitions": [{"name": "Name"}, {"name": "Type"}, {"name": "Data"}, {"name": "Age"}],
                "rows": shown.iter().map(row).collect::<Vec<_>>()})
        } else {
            json!({"kind": format!("{kind}List"), "apiVersion": "v1", "metadata": metadata, "items": shown})
        };
        Some((200, body))
    }
}

/// An object as the row of a table: its metadata, and what people are shown.
fn row(object: &Value) -> Value {
    let entries = object["data"].as_object().map_or(0, serde_json::Map::len);
    json!({
        "cells": [object["metadata"]["name"], object["type"], entries, "5d"],
        "object": {"kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": object["metadata"]},
    })
}

fn status(code: u16, reason: &str, message: &str) -> Value {
    json!({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
        "message": message, "reason": reason, "code": code})
}

/// A server with its address.
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) world: Shared,
}

impl Server {
    /// Serves a cluster until the runtime of the test ends.
    pub(crate) async fn of(world: World) -> Self {
        let world = Arc::new(Mutex::new(world));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(Arc::clone(&world));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, world }
    }

    /// What was asked.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.world.lock().unwrap().asked.clone()
    }
}

async fn answer(State(world): State<Shared>, request: Request) -> Response {
    let (asked, _) = request.into_parts();
    let target = asked.uri.path_and_query().map_or("/", |target| target.as_str()).to_owned();
    let header = |name: &str| asked.headers.get(name).and_then(|value| value.to_str().ok());
    let signed_in = header("authorization").map(|value| value == format!("Bearer {TOKEN}"));
    let as_table = header("accept").is_some_and(|accept| accept.contains("as=Table"));
    let mishap = {
        let mut world = world.lock().unwrap();
        world.asked.push(format!("{} {target}", asked.method));
        if signed_in.is_some() { world.mishap(&target) } else { None }
    };
    if mishap == Some(Mishap::Stall) {
        tokio::time::sleep(Duration::from_hours(1)).await;
    }
    if let Some(mishap) = mishap {
        return befallen(mishap, &target);
    }
    let (code, body) = world.lock().unwrap().answer(&target, signed_in, as_table);
    sent(code, &body)
}

/// What is answered instead.
fn befallen(mishap: Mishap, target: &str) -> Response {
    match mishap {
        Mishap::Status(code, reason) => sent(code, &status(code, reason, &forbidden(target))),
        Mishap::Slow(code, seconds) => {
            let mut response = sent(code, &status(code, "TooManyRequests", "slow down"));
            response.headers_mut().insert("retry-after", seconds.to_string().parse().unwrap());
            response
        }
        Mishap::Html => {
            let mut response = Response::new(Body::from("<html>Sign in at the proxy, hunter2</html>"));
            response.headers_mut().insert("content-type", "text/html".parse().unwrap());
            response
        }
        Mishap::Reset | Mishap::Stall => Response::new(Body::from_stream(broken())),
    }
}

/// The beginning of an answer whose end never comes.
fn broken() -> impl futures_util::Stream<Item = Result<Bytes, std::io::Error>> {
    let reset = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
    futures_util::stream::iter([Ok(Bytes::from_static(b"{\"kind\": \"PodList\", \"items\": [")), Err(reset)])
}

fn forbidden(target: &str) -> String {
    format!("User \"hunter2\" cannot ask for {target}")
}

fn sent(code: u16, body: &Value) -> Response {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = axum::http::StatusCode::from_u16(code).unwrap();
    response.headers_mut().insert("content-type", "application/json".parse().unwrap());
    response
}

impl World {
    fn answer(&mut self, target: &str, signed_in: Option<bool>, as_table: bool) -> (u16, Value) {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        match signed_in {
            Some(false) => return (401, status(401, "Unauthorized", "Unauthorized")),
            None if !self.anonymous => return (401, status(401, "Unauthorized", "Unauthorized")),
            None if path != "/version" => return (403, status(403, "Forbidden", &forbidden(path))),
            _ => {}
        }
        let query: BTreeMap<String, String> = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect();
        if path == "/version" {
            return (200, json!({"major": "1", "minor": "31+", "gitVersion": "v1.31.4-eks-a737599"}));
        }
        if path.ends_with("/selfsubjectaccessreviews") {
            return (
                201,
                json!({"kind": "SelfSubjectAccessReview", "status": {"allowed": true, "reason": self.reason}}),
            );
        }
        let found = self.discovery(path).map(|value| (200, value));
        let found = found.or_else(|| self.page(path, &query, as_table));
        found.unwrap_or_else(|| (404, json!("404 page not found")))
    }
}
