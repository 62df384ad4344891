//! What goes wrong, what the run says about it, and that it defaults nothing.

use std::sync::Arc;
use std::time::Duration;

use probity_discovery::kubernetes::live::{Settings, policy, services};
use probity_discovery::live::{Limits, Tape};
use rstest::rstest;
use serde_json::{Value, json};

use super::server::{Mishap, Server, TOKEN, World};
use super::{LIMITS, Run, discover, kubeconfig, look, settings, written};

/// One object of most kinds, which have a say in what is written of others.
pub(crate) fn small() -> World {
    let mut world = World::empty();
    let template = json!({"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "web", "image": "web:1"}]}});
    let meta = |name: &str| json!({"name": name, "namespace": "shop"});
    for object in [
        json!({"kind": "Namespace", "metadata": {"name": "shop"}}),
        json!({"kind": "Deployment", "metadata": meta("web"), "spec": {"replicas": 3, "template": template}}),
        json!({"kind": "Service", "metadata": meta("web"), "spec": {"selector": {"app": "web"}, "ports": [{"port": 80}]}}),
        json!({"kind": "ServiceAccount", "metadata": meta("default"), "automountServiceAccountToken": false}),
        json!({"kind": "NetworkPolicy", "metadata": meta("all"), "spec": {"podSelector": {}}}),
        json!({"kind": "PodDisruptionBudget", "metadata": meta("web"), "spec": {"selector": {"matchLabels": {"app": "web"}}}}),
        json!({"kind": "HorizontalPodAutoscaler", "metadata": meta("web"),
            "spec": {"minReplicas": 2, "scaleTargetRef": {"kind": "Deployment", "name": "web"}}}),
        json!({"kind": "ResourceQuota", "metadata": meta("all"), "spec": {"hard": {"pods": "10"}}}),
        json!({"kind": "LimitRange", "metadata": meta("all"),
            "spec": {"limits": [{"type": "Container", "default": {"cpu": "1"}}]}}),
        json!({"kind": "RoleBinding", "metadata": meta("web"), "roleRef": {"kind": "Role", "name": "web"},
            "subjects": [{"kind": "ServiceAccount", "name": "default"}]}),
        json!({"kind": "Role", "metadata": meta("web"),
            "rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}]}),
        json!({"kind": "Pod", "metadata": meta("alone"), "spec": {"containers": [{"name": "c", "image": "c:1"}]}}),
        json!({"kind": "ConfigMap", "metadata": meta("web"), "data": {"mode": "fast"}}),
    ] {
        world.apply(object);
    }
    world
}

fn property(run: &Run, object: &str, name: &str) -> Option<Value> {
    let id = format!("k8s:cluster/test/{object}");
    let resources = run.resources();
    let found = resources.get(&id).unwrap_or_else(|| panic!("no {id}: {:?}", run.messages()));
    found.properties.get(name).cloned()
}

#[tokio::test]
async fn a_small_cluster_is_read_to_the_end() {
    let server = Server::of(small()).await;
    let run = look("small", &server).await;
    assert!(run.outcome.is_complete(), "{:?}", run.messages());
    assert_eq!(property(&run, "shop/Deployment/web", "replicas"), Some(json!(2)));
    assert_eq!(property(&run, "shop/Deployment/web", "disruptionBudget"), Some(json!(true)));
    assert_eq!(property(&run, "shop/ServiceAccount/default", "privileged"), Some(json!(true)));
}

/// What groups are granted, every account of theirs has.
#[rstest]
#[case("Group", "system:serviceaccounts:shop", true)]
#[case("Group", "system:authenticated", true)]
#[case("User", "system:serviceaccount:shop:default", true)]
#[case("Group", "system:serviceaccounts:other", false)]
#[case("User", "alice", false)]
#[tokio::test]
async fn accounts_have_what_their_groups_are_granted(
    #[case] kind: &str,
    #[case] name: &str,
    #[case] privileged: bool,
) {
    let mut world = small();
    world.lists.get_mut("/apis/rbac.authorization.k8s.io/v1/rolebindings").unwrap().1.clear();
    world.apply(json!({"kind": "RoleBinding", "metadata": {"name": "group", "namespace": "shop"},
        "roleRef": {"kind": "Role", "name": "web"}, "subjects": [{"kind": kind, "name": name}]}));
    let server = Server::of(world).await;
    let run = look(&format!("group-{kind}-{}", name.replace(':', "-")), &server).await;
    assert_eq!(property(&run, "shop/ServiceAccount/default", "privileged"), Some(json!(privileged)));
    assert_eq!(property(&run, "shop/ServiceAccount/default", "roleAssignmentIds"), Some(json!([])));
}

/// Each list that is refused, and what is left out without it.
#[rstest]
#[case("networkpolicies", "networking.k8s.io", &["shop/Deployment/web networkPolicyIds", "-/Namespace/shop networkPolicyIds"])]
#[case("poddisruptionbudgets", "policy", &["shop/Deployment/web disruptionBudget"])]
#[case("horizontalpodautoscalers", "autoscaling", &["shop/Deployment/web replicas", "shop/Deployment/web redundancy"])]
#[case("resourcequotas", "", &["-/Namespace/shop resourceQuota"])]
#[case("serviceaccounts", "", &["shop/Deployment/web/web serviceAccountTokenMounted"])]
#[case("rolebindings", "rbac.authorization.k8s.io", &["shop/ServiceAccount/default roleAssignmentIds", "shop/ServiceAccount/default privileged"])]
#[case("roles", "rbac.authorization.k8s.io", &["shop/ServiceAccount/default privileged", "shop/RoleBinding/web privileged"])]
#[case("replicasets", "apps", &["shop/Service/web computeIds"])]
#[case("configmaps", "", &[])]
#[tokio::test]
async fn a_refused_kind(#[case] resource: &str, #[case] group: &str, #[case] without: &[&str]) {
    let mut world = small();
    world.rule(&format!("/{resource}?"), Mishap::Status(403, "Forbidden"), None);
    let server = Server::of(world).await;
    let run = look(&format!("refused-{resource}"), &server).await;
    assert!(!run.outcome.is_complete() && !run.outcome.is_nothing());
    let operation = format!("list {resource}{}{group}", if group.is_empty() { "" } else { "." });
    let told = format!("{operation} was refused (Forbidden) in cluster/test");
    assert!(run.messages().iter().all(|message| *message == told), "{:?}", run.messages());
    assert!(run.outcome.problems.iter().all(|problem| problem.permission.as_ref() == Some(&operation)));
    for left_out in without {
        let (object, name) = left_out.split_once(' ').unwrap();
        assert_eq!(property(&run, object, name), None, "{left_out}");
    }
    // the others were read all the same
    assert!(property(&run, "shop/Deployment/web", "workloadKind").is_some());
}

#[tokio::test]
async fn limits_that_a_refused_range_would_give_are_left_out() {
    let mut world = small();
    world.rule("/limitranges?", Mishap::Status(403, "Forbidden"), None);
    let server = Server::of(world).await;
    let run = look("refused-ranges", &server).await;
    assert_eq!(property(&run, "shop/Deployment/web/web", "resourceLimits"), Some(json!({})));
    // admission has done with a pod what ranges say
    let limits = property(&run, "shop/Pod/alone/c", "resourceLimits").unwrap();
    assert_eq!(limits["cpuLimit"], Value::Null);
    assert_eq!(limits.as_object().unwrap().len(), 5);
}

/// What happens to every list of pods, and what is said of it.
#[rstest]
#[case::throttled(Mishap::Slow(429, 60), "was throttled for too long (TooManyRequests)")]
#[case::unavailable(Mishap::Slow(503, 60), "was throttled for too long (TooManyRequests)")]
#[case::reset(Mishap::Reset, "could not reach the service")]
#[case::html(Mishap::Html, "gave an answer that cannot be read")]
#[case::stall(Mishap::Stall, "was not answered in time")]
#[case::broken(Mishap::Status(500, "InternalError"), "failed (InternalError)")]
#[case::expired_token(Mishap::Status(401, "Unauthorized"), "has no valid credentials (Unauthorized)")]
#[case::bad_request(Mishap::Status(400, "BadRequest"), "failed (BadRequest)")]
#[case::not_there(Mishap::Status(404, "NotFound"), "is not supported (v1)")]
#[case::always_expired(Mishap::Status(410, "Expired"), "failed (Expired)")]
#[tokio::test]
async fn a_list_that_fails(#[case] mishap: Mishap, #[case] said: &str) {
    let mut world = small();
    let stalls = mishap == Mishap::Stall;
    let test = format!("fails-{}", said.replace([' ', '(', ')'], "-"));
    world.rule("/pods", mishap, None);
    let server = Server::of(world).await;
    // a list that is never answered shall not be waited for
    let attempt = if stalls { Duration::from_secs(3) } else { LIMITS.attempt };
    let limits = Limits { attempt, ..LIMITS };
    let run = discover(&settings(&test, &server), limits, Arc::new(Tape::live())).await;
    assert!(!run.outcome.is_complete() && !run.outcome.is_nothing());
    let told = format!("list pods {said} in cluster/test");
    assert!(run.messages().iter().all(|message| *message == told), "{:?}", run.messages());
    assert_eq!(run.messages().len(), 2, "one for each service that asks for pods");
    assert_eq!(property(&run, "shop/Service/web", "computeIds"), None);
    assert!(run.resources().values().all(|one| !one.id.contains("/Pod/")));
}

#[tokio::test]
async fn a_server_that_slows_down_is_waited_for() {
    let mut world = small();
    world.rule("/pods", Mishap::Slow(429, 1), Some(1));
    world.rule("/services", Mishap::Reset, Some(2));
    world.rule("/secrets", Mishap::Status(500, "InternalError"), Some(1));
    let server = Server::of(world).await;
    let run = look("slow", &server).await;
    assert!(run.outcome.is_complete(), "{:?}", run.messages());
    assert_eq!(run.outcome.waited, 1);
    assert!(property(&run, "shop/Pod/alone", "workloadKind").is_some());
}

#[tokio::test]
async fn a_group_that_is_not_served_has_no_objects() {
    let mut world = small();
    world.unserved.extend(["policy".to_owned(), "autoscaling".to_owned()]);
    // nor does this group have policies
    world.lists.remove("/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies");
    let server = Server::of(world).await;
    let run = look("unserved", &server).await;
    assert!(run.outcome.is_complete(), "{:?}", run.messages());
    assert_eq!(property(&run, "shop/Deployment/web", "disruptionBudget"), Some(json!(false)));
    assert_eq!(property(&run, "shop/Deployment/web", "replicas"), Some(json!(3)));
}

#[tokio::test]
async fn without_discovery_a_missing_list_is_not_known_to_be_empty() {
    let mut world = small();
    world.unserved.insert("policy".to_owned());
    world.rule("/apis", Mishap::Status(403, "Forbidden"), Some(1));
    let server = Server::of(world).await;
    // the first question of a run is that for the groups
    let run = look("undiscovered", &server).await;
    let messages = run.messages();
    assert!(messages.contains(&"get /apis was refused (Forbidden) in cluster/test"), "{messages:?}");
    let told = "list poddisruptionbudgets.policy is not supported (v1) in cluster/test";
    assert!(messages.contains(&told), "{messages:?}");
    assert_eq!(property(&run, "shop/Deployment/web", "disruptionBudget"), None);
    assert!(property(&run, "shop/Deployment/web", "workloadKind").is_some());
}

/// Objects that the interface would never take, beside good ones.
#[tokio::test]
async fn an_undecodable_object_does_not_lose_its_page() {
    let mut world = small();
    let meta = |name: &str| json!({"name": name, "namespace": "shop"});
    let pods = &mut world.lists.get_mut("/api/v1/pods").unwrap().1;
    pods.push(json!({"metadata": meta("odd"), "spec": {"containers": 7}}));
    pods.push(json!({"metadata": {"namespace": "shop"}, "spec": {}}));
    pods.push(json!("no object"));
    world.apply(json!({"kind": "NetworkPolicy", "metadata": meta("odd"), "spec": {"podSelector": {"matchLabels": 7}}}));
    let server = Server::of(world).await;
    let run = look("undecodable", &server).await;
    assert!(!run.outcome.is_complete() && !run.outcome.is_nothing());
    let all = run.messages().join("\n");
    assert!(all.contains("list pods gave an answer that cannot be read in cluster/test"), "{all}");
    assert!(all.contains("shop/odd"), "{all}");
    let resources = run.resources();
    assert!(resources.contains_key("k8s:cluster/test/shop/Pod/alone"));
    assert!(resources.contains_key("k8s:cluster/test/shop/NetworkPolicy/all"));
    assert!(!resources.keys().any(|id| id.contains("odd")));
    // the policy that cannot be read may select the pods
    assert_eq!(property(&run, "shop/Deployment/web", "networkPolicyIds"), None);
    assert_eq!(property(&run, "shop/Service/web", "computeIds"), None);
}

fn nothing(run: &Run, said: &str) {
    assert!(run.outcome.is_nothing() && !run.outcome.is_complete());
    assert_eq!(run.messages(), [said]);
    assert!(run.resources().is_empty());
}

#[tokio::test]
async fn nobody_is_let_in_with_a_wrong_token() {
    let server = Server::of(small()).await;
    let path = kubeconfig("wrong-token", &[("test", &server.url, "other")]);
    let settings = Settings { kubeconfig: Some(path), ..Settings::default() };
    let run = discover(&settings, LIMITS, Arc::new(Tape::live())).await;
    nothing(&run, "get /apis has no valid credentials (Unauthorized) in cluster/test");
    assert_eq!(server.asked(), ["GET /apis"]);
}

#[tokio::test]
async fn nobody_is_let_in_without_credentials() {
    let server = Server::of(small()).await;
    let text = format!(
        "current-context: test\ncontexts: [{{name: test, context: {{cluster: b, user: c}}}}]\n\
         clusters: [{{name: b, cluster: {{server: \"{}\"}}}}]\nusers: [{{name: c, user: {{}}}}]\n",
        server.url
    );
    let settings = Settings { kubeconfig: Some(written("nobody", &text)), ..Settings::default() };
    let run = discover(&settings, LIMITS, Arc::new(Tape::live())).await;
    nothing(&run, "get /apis has no valid credentials (Unauthorized) in cluster/test");
    assert!(!run.outcome.problems[0].message.contains("hunter2"));
}

#[tokio::test]
async fn outside_a_cluster_there_is_none_to_look_at() {
    let settings = Settings { in_cluster: true, ..Settings::default() };
    let run = discover(&settings, LIMITS, Arc::new(Tape::live())).await;
    nothing(&run, "kubeconfig has no valid credentials (not in a cluster) in cluster/in-cluster");
}

#[rstest]
#[case::no_file(
    "/nowhere/kubeconfig",
    "",
    "kubeconfig has no valid credentials (no kubeconfig) in kubernetes"
)]
#[case::no_yaml(
    "no-yaml",
    "[",
    "kubeconfig gave an answer that cannot be read (not a kubeconfig) in kubernetes"
)]
#[case::empty(
    "empty",
    "apiVersion: v1\nkind: Config\n",
    "kubeconfig has no valid credentials (no context) in kubernetes"
)]
#[case::no_cluster(
    "no-cluster",
    "current-context: a\ncontexts: [{name: a, context: {cluster: b, user: c}}]\n",
    "kubeconfig has no valid credentials (no such cluster) in cluster/a"
)]
#[case::no_key(
    "no-key",
    "current-context: a\ncontexts: [{name: a, context: {cluster: b, user: c}}]\nclusters: [{name: b, cluster: {server: \"https://127.0.0.1:1\"}}]\nusers: [{name: c, user: {client-certificate-data: aHVudGVyMg==, client-key-data: aHVudGVyMg==}}]\n",
    "kubeconfig has no valid credentials (certificate) in cluster/a"
)]
#[case::no_program(
    "no-program",
    "current-context: a\ncontexts: [{name: a, context: {cluster: b, user: c}}]\nclusters: [{name: b, cluster: {server: \"http://127.0.0.1:1\"}}]\nusers: [{name: c, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: /nowhere/signs-in, interactiveMode: Never}}}]\n",
    "kubeconfig has no valid credentials in cluster/a"
)]
#[tokio::test]
async fn kubeconfigs_that_lead_nowhere(#[case] name: &str, #[case] text: &str, #[case] said: &str) {
    let path = if text.is_empty() { name.to_owned() } else { written(name, text) };
    let settings = Settings { kubeconfig: Some(path), ..Settings::default() };
    nothing(&discover(&settings, LIMITS, Arc::new(Tape::live())).await, said);
}

#[tokio::test]
async fn a_cluster_that_cannot_be_read_does_not_stop_the_others() {
    let server = Server::of(small()).await;
    let dead = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", dead.local_addr().unwrap());
    drop(dead);
    let path = kubeconfig("several", &[("test", &server.url, TOKEN), ("dead", &url, TOKEN)]);
    let contexts = ["dead", "missing", "test"].map(str::to_owned).to_vec();
    let settings = Settings { kubeconfig: Some(path), contexts, ..Settings::default() };
    let run = discover(&settings, LIMITS, Arc::new(Tape::live())).await;
    let told = [
        "get /apis could not reach the service in cluster/dead",
        "kubeconfig has no valid credentials (no such context) in cluster/missing",
    ];
    assert_eq!(run.messages(), told);
    assert!(!run.outcome.is_nothing());
    assert!(property(&run, "shop/Deployment/web", "workloadKind").is_some());
}

/// A program that signs in, as kubeconfigs name them.
#[cfg(unix)]
#[tokio::test]
async fn programs_sign_in() {
    let server = Server::of(small()).await;
    let credential = format!(
        "{{\\\"apiVersion\\\": \\\"client.authentication.k8s.io/v1\\\", \\\"kind\\\": \\\"ExecCredential\\\", \
         \\\"status\\\": {{\\\"token\\\": \\\"{TOKEN}\\\"}}}}"
    );
    let text = format!(
        "current-context: test\ncontexts: [{{name: test, context: {{cluster: b, user: c}}}}]\n\
         clusters: [{{name: b, cluster: {{server: \"{}\"}}}}]\n\
         users: [{{name: c, user: {{exec: {{apiVersion: client.authentication.k8s.io/v1, command: echo, \
         interactiveMode: Never, args: [\"{credential}\"]}}}}}}]\n",
        server.url
    );
    let settings = Settings { kubeconfig: Some(written("exec", &text)), ..Settings::default() };
    let run = discover(&settings, LIMITS, Arc::new(Tape::live())).await;
    assert!(run.outcome.is_complete(), "{:?}", run.messages());
}

#[tokio::test]
async fn the_cluster_tells_of_itself() {
    let mut world = small();
    world.anonymous = true;
    let server = Server::of(world).await;
    let only = Settings { only: vec!["cluster".to_owned()], ..settings("plane", &server) };
    let run = discover(&only, LIMITS, Arc::new(Tape::live())).await;
    let resources = run.resources();
    let plane = &resources["k8s:cluster/test"];
    assert_eq!((plane.name.as_str(), resources.len()), ("test", 1));
    let told = json!({"managementUrl": server.url, "version": "1.31.4",
        "accessControl": {"model": "RBAC", "anonymousAccess": true}});
    assert_eq!(Value::Object(plane.properties.clone()), told);
}

/// Nothing is concluded from an interface that does not say who let it in, or
/// from one that fails.
#[tokio::test]
async fn what_the_cluster_does_not_tell_is_left_out() {
    let mut world = small();
    world.reason = String::new();
    world.rule("/version", Mishap::Html, None);
    let server = Server::of(world).await;
    let run = look("silent", &server).await;
    let resources = run.resources();
    let plane = &resources["k8s:cluster/test"];
    let told = json!({"managementUrl": server.url, "accessControl": {"anonymousAccess": false}});
    assert_eq!(Value::Object(plane.properties.clone()), told);
    assert_eq!(run.messages(), ["get /version gave an answer that cannot be read in cluster/test"]);
}

#[test]
fn the_policy_names_every_call() {
    let all = policy(&[]);
    let rules = all["rules"].as_array().unwrap();
    let rule = |group: &str| rules.iter().find(|rule| rule["apiGroups"] == json!([group])).cloned();
    assert_eq!(
        rule("apps").unwrap()["resources"],
        json!(["daemonsets", "deployments", "replicasets", "statefulsets"])
    );
    assert_eq!(rule("authorization.k8s.io").unwrap()["verbs"], json!(["create"]));
    assert_eq!(rules.last().unwrap()["nonResourceURLs"], json!(["/api/*", "/apis", "/apis/*", "/version"]));
    let listed: usize = rules
        .iter()
        .filter(|rule| rule["verbs"] == json!(["list"]))
        .map(|rule| rule["resources"].as_array().unwrap().len())
        .sum();
    assert_eq!(listed, 29);
    let storage = policy(&["storage".to_owned()]);
    let groups: Vec<&Value> =
        storage["rules"].as_array().unwrap().iter().map(|rule| &rule["apiGroups"]).collect();
    assert_eq!(groups, [&json!([""]), &json!(["storage.k8s.io"]), &Value::Null]);
    let names: Vec<&str> = services().iter().map(|service| service.name).collect();
    assert_eq!(names, ["access", "cluster", "configuration", "network", "storage", "workloads"]);
}
