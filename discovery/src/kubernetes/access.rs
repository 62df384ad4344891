use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::cluster::{Cluster, Key};
use super::kind::Kind;
use super::node::Node;
use super::object::Object;
use super::output::{self, Output};

const BINDINGS: [Kind; 2] = [Kind::RoleBinding, Kind::ClusterRoleBinding];

/// Built-in roles for users, and whether they are administrators.
const BUILT_IN: [(&str, bool); 4] =
    [("admin", true), ("cluster-admin", true), ("edit", false), ("view", false)];

/// Where the cluster marks what it made itself.
const BOOTSTRAPPING: &str = "kubernetes.io/bootstrapping";

/// Verbs that let their holder raise their own rights.
const RAISING: [&str; 3] = ["escalate", "bind", "impersonate"];

/// The bindings that name accounts, and groups or users that accounts belong
/// to.
#[derive(Default)]
pub(super) struct Grants {
    /// By namespace and name of the account.
    accounts: BTreeMap<(String, String), Vec<Key>>,
    /// By the name of the group or user.
    others: BTreeMap<String, Vec<Key>>,
}

impl Grants {
    /// The bindings of a cluster.
    pub(super) fn of(cluster: &Cluster) -> Self {
        let mut grants = Self::default();
        for binding in BINDINGS.into_iter().flat_map(|kind| cluster.of_kind(kind)) {
            let key = || (binding.kind, binding.namespace.clone(), binding.name.clone());
            for account in BTreeSet::from_iter(accounts(binding)) {
                grants.accounts.entry(account).or_default().push(key());
            }
            for subject in binding.root().get("subjects").items() {
                let kind = subject.get("kind").text();
                if let (Some("Group" | "User"), Some(name)) = (kind, subject.get("name").filled()) {
                    grants.others.entry(name.to_owned()).or_default().push(key());
                }
            }
        }
        grants
    }

    /// Those that name an account.
    fn naming(&self, account: &Object) -> &[Key] {
        let key = (account.namespace.clone(), account.name.clone());
        self.accounts.get(&key).map(Vec::as_slice).unwrap_or_default()
    }

    /// Those that an account comes under by a group or as a user.
    fn covering(&self, account: &Object) -> impl Iterator<Item = &Key> {
        let Object { namespace, name, .. } = account;
        let names = [
            "system:authenticated".to_owned(),
            "system:serviceaccounts".to_owned(),
            format!("system:serviceaccounts:{namespace}"),
            format!("system:serviceaccount:{namespace}:{name}"),
        ];
        names.into_iter().filter_map(|name| self.others.get(&name)).flatten()
    }
}

/// Writes a service account.
pub(super) fn account(cluster: &Cluster, object: &Object, output: &mut Output) {
    let grants = cluster.grants();
    let granting = grants.naming(object).iter().chain(grants.covering(object));
    let granting = granting.filter_map(|(kind, namespace, name)| cluster.find(*kind, namespace, name));
    let administrative: Vec<Option<bool>> = granting.map(|binding| is_privileged(cluster, binding)).collect();
    let known = BINDINGS.into_iter().all(|kind| cluster.knows_all(kind));
    let mut draft = output::draft("ServiceAccount", cluster, object);
    draft.properties.put("enabled", true);
    draft.properties.put("interactive", false);
    draft.properties.put("rootUser", false);
    draft.properties.put("external", false);
    draft.properties.put("passwordAge", Value::Null);
    let privileged = any(&administrative).filter(|privileged| *privileged || known);
    draft.properties.put_if_known("privileged", privileged);
    if known {
        let naming = grants.naming(object).iter();
        let ids = naming.map(|(kind, namespace, name)| cluster.id(*kind, namespace, name));
        draft.put_ids("roleAssignmentIds", ids.collect());
    }
    let automount = object.root().get("automountServiceAccountToken").flag();
    draft.properties.put("tokenAutomount", automount.unwrap_or(true));
    output.write(draft);
}

/// True where one is, false where all are known not to be.
fn any(flags: &[Option<bool>]) -> Option<bool> {
    if flags.contains(&Some(true)) {
        return Some(true);
    }
    flags.iter().all(Option::is_some).then_some(false)
}

/// Writes a role or cluster role.
pub(super) fn role(cluster: &Cluster, object: &Object, output: &mut Output) {
    let mut draft = output::draft("Role", cluster, object);
    draft.properties.put("scope", if object.kind == Kind::ClusterRole { "cluster" } else { "namespace" });
    if !is_aggregated(object) {
        let permissions: Vec<Value> = rules(object).iter().map(permission).collect();
        draft.properties.put("permissions", permissions);
    }
    let bootstrapped = object.root().path(&["metadata", "labels", BOOTSTRAPPING]).exists();
    draft.properties.put("builtIn", bootstrapped);
    output.write(draft);
}

/// Whether a controller fills in the rules, so that the object does not tell
/// them.
fn is_aggregated(object: &Object) -> bool {
    object.root().get("aggregationRule").exists() && rules(object).is_empty()
}

fn rules(object: &Object) -> Vec<Node<'_>> {
    object.root().get("rules").items()
}

fn permission(rule: &Node<'_>) -> Value {
    let mut resources = rule.get("resources").texts();
    resources.extend(rule.get("nonResourceURLs").texts());
    json!({
        "effect": "allow",
        "actions": rule.get("verbs").texts(),
        "resources": resources,
        "apiGroups": rule.get("apiGroups").texts(),
    })
}

/// Writes a role binding or cluster role binding.
pub(super) fn binding(cluster: &Cluster, object: &Object, output: &mut Output) {
    let role = object.root().get("roleRef");
    let mut draft = output::draft("RoleAssignment", cluster, object);
    draft.put_id("roleId", role_id(cluster, object));
    draft.properties.put_or_null("roleName", role.get("name").filled());
    draft
        .properties
        .put("scope", if object.kind == Kind::ClusterRoleBinding { "cluster" } else { "namespace" });
    let identities = accounts(object);
    let ids = identities.iter().map(|(namespace, name)| cluster.id(Kind::ServiceAccount, namespace, name));
    draft.put_ids("identityIds", ids.collect());
    draft.properties.put("subjects", subjects(object));
    draft.properties.put_if_known("privileged", is_privileged(cluster, object));
    draft.properties.put("enabled", true);
    output.write(draft);
}

/// Kind, namespace and name of the role that a binding grants.
fn granted(binding: &Object) -> Option<(Kind, String, &str)> {
    let role = binding.root().get("roleRef");
    let name = role.get("name").filled()?;
    match role.get("kind").text()? {
        "ClusterRole" => Some((Kind::ClusterRole, String::new(), name)),
        "Role" => Some((Kind::Role, binding.namespace.clone(), name)),
        _ => {
            role.get("kind").refuse("Role or ClusterRole");
            None
        }
    }
}

fn role_id(cluster: &Cluster, binding: &Object) -> Option<String> {
    granted(binding).map(|(kind, namespace, name)| cluster.id(kind, &namespace, name))
}

/// Whether a binding gives administrative permissions: those of the built-in
/// administrator roles, every action on every resource, or the right to raise
/// one's own. Not known for a role outside the input.
fn is_privileged(cluster: &Cluster, binding: &Object) -> Option<bool> {
    let (kind, namespace, name) = granted(binding)?;
    let built_in = BUILT_IN.iter().find(|(known, _)| kind == Kind::ClusterRole && *known == name);
    let built_in = built_in.map(|(_, administrative)| *administrative);
    match cluster.find(kind, &namespace, name) {
        Some(role)
            if built_in.is_some() && role.root().path(&["metadata", "labels", BOOTSTRAPPING]).exists() =>
        {
            built_in
        }
        Some(role) if is_aggregated(role) => None,
        Some(role) => Some(rules(role).iter().any(is_administrative)),
        None if cluster.is_running() => None,
        None => built_in,
    }
}

fn is_administrative(rule: &Node<'_>) -> bool {
    let verbs = rule.get("verbs").texts();
    let everything = |list: Vec<String>| list.iter().any(|name| name == "*");
    let raising = verbs.iter().any(|verb| RAISING.contains(&verb.as_str()));
    raising || (everything(verbs) && everything(rule.get("resources").texts()))
}

/// Namespace and name of the service accounts that a binding names.
fn accounts(binding: &Object) -> Vec<(String, String)> {
    let subjects = binding.root().get("subjects").items();
    let accounts = subjects.iter().filter(|subject| subject.get("kind").text() == Some("ServiceAccount"));
    accounts
        .filter_map(|subject| {
            let namespace = subject.get("namespace").filled().unwrap_or(&binding.namespace);
            Some((namespace.to_owned(), subject.get("name").filled()?.to_owned()))
        })
        .collect()
}

/// The names of all subjects; a service account has its name as a user.
fn subjects(binding: &Object) -> Vec<String> {
    let subjects = binding.root().get("subjects").items();
    subjects
        .iter()
        .filter_map(|subject| {
            let name = subject.get("name").filled()?;
            let namespace = subject.get("namespace").filled().unwrap_or(&binding.namespace);
            Some(match subject.get("kind").text() {
                Some("ServiceAccount") => format!("system:serviceaccount:{namespace}:{name}"),
                _ => name.to_owned(),
            })
        })
        .collect()
}
