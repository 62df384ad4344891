//! Roles and their assignments. Of the roles that the platform made, those are
//! written that somebody holds.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::id;
use super::item::Item;
use super::place::Place;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Service, Sink};

const LIST_ASSIGNMENTS: Call = Call::listing(
    "list role assignments",
    "Microsoft.Authorization/roleAssignments/read",
    &["RoleAssignment"],
);
const LIST_DEFINITIONS: Call =
    Call::listing("list role definitions", "Microsoft.Authorization/roleDefinitions/read", &["Role"]);
const LIST_INSTANCES: Call = Call::detail(
    "list instances of role schedules",
    "Microsoft.Authorization/roleAssignmentScheduleInstances/read",
    &["RoleAssignment"],
    &["temporary"],
);

pub(super) static SERVICE: Service = Service {
    name: "authorization",
    resource_types: &["Role", "RoleAssignment"],
    calls: &[LIST_ASSIGNMENTS, LIST_DEFINITIONS, LIST_INSTANCES],
};

/// The grant of a role.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Assignment {
    role_definition_id: Option<String>,
    principal_id: Option<String>,
    principal_type: Option<String>,
    scope: Option<String>,
    created_on: Option<String>,
}

/// A role.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Definition {
    role_name: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    description: Option<String>,
    permissions: Option<Vec<Rules>>,
    assignable_scopes: Option<Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rules {
    actions: Option<Vec<String>>,
    not_actions: Option<Vec<String>>,
    data_actions: Option<Vec<String>>,
    not_data_actions: Option<Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Instance {
    origin_role_assignment_id: Option<String>,
    assignment_type: Option<String>,
    end_date_time: Option<String>,
}

/// Roles by the last part of their id: the same role has an id in each scope.
type Definitions = BTreeMap<String, Item<Definition>>;

/// The roles of a subscription.
pub(super) async fn definitions(place: &Place, sink: &Sink<'_, '_>, call: &Call) -> Option<Definitions> {
    let path = place.path("providers/Microsoft.Authorization/roleDefinitions");
    let listed = place.list::<Item<Definition>>(sink, call, None, &path, "2022-04-01").await;
    let all = listed.whole()?;
    Some(all.into_iter().map(|item| (id::name(&id::canonical(&item.id)).to_owned(), item)).collect())
}

/// The grants in a subscription, and above it as far as they reach into it.
pub(super) async fn assignments(
    place: &Place,
    sink: &Sink<'_, '_>,
    call: &Call,
) -> super::place::Listed<Item<Assignment>> {
    let path = place.path("providers/Microsoft.Authorization/roleAssignments");
    place.list(sink, call, None, &path, "2022-04-01").await
}

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let granted = assignments(place, sink, &LIST_ASSIGNMENTS).await;
    let roles = definitions(place, sink, &LIST_DEFINITIONS).await;
    let temporary = if granted.items.is_empty() { None } else { temporary(place, sink).await };
    for item in &granted.items {
        sink.write(assignment(place, item, roles.as_ref(), temporary.as_ref()));
    }
    let held: BTreeSet<String> = granted.items.iter().filter_map(Item::role).collect();
    for (name, item) in roles.iter().flatten() {
        if held.contains(name) || !item.is_built_in() {
            sink.write(role(place, name, item));
        }
    }
}

/// The grants that end, or that were activated for a time.
async fn temporary(place: &Place, sink: &Sink<'_, '_>) -> Option<BTreeSet<String>> {
    let path = place.path("providers/Microsoft.Authorization/roleAssignmentScheduleInstances");
    let listed = place.list::<Item<Instance>>(sink, &LIST_INSTANCES, None, &path, "2020-10-01").await;
    let ends = |item: Item<Instance>| {
        let instance = item.properties?;
        let is_activated = instance.assignment_type.as_deref() == Some("Activated");
        let ends = is_activated || instance.end_date_time.is_some();
        instance.origin_role_assignment_id.filter(|_| ends).map(|id| id::canonical(&id))
    };
    Some(listed.whole()?.into_iter().filter_map(ends).collect())
}

impl Item<Assignment> {
    /// The last part of the role's id.
    fn role(&self) -> Option<String> {
        let role = self.properties.as_ref()?.role_definition_id.as_deref()?;
        Some(id::name(&id::canonical(role)).to_owned())
    }

    /// Whether it reaches over all of a subscription.
    pub(super) fn is_over(&self, subscription: &str) -> bool {
        let scope = self.properties.as_ref().and_then(|assignment| assignment.scope.as_deref());
        scope.is_some_and(|scope| {
            let scope = id::canonical(scope);
            scope == id::subscription(subscription)
                || scope == "/"
                || scope.starts_with("/providers/microsoft.management/managementgroups/")
        })
    }

    /// Whether it gives administrative permissions; none where its role is not
    /// known.
    pub(super) fn is_privileged(&self, roles: &Definitions) -> Option<bool> {
        roles.get(&self.role()?)?.administers()
    }

    /// Who gets the role, unless that is a group of several.
    pub(super) fn single(&self) -> Option<&str> {
        let assignment = self.properties.as_ref()?;
        let kind = assignment.principal_type.as_deref()?;
        assignment.principal_id.as_deref().filter(|_| matches!(kind, "User" | "ServicePrincipal"))
    }
}

impl Item<Definition> {
    fn is_built_in(&self) -> bool {
        let kind = self.properties.as_ref().and_then(|role| role.kind.as_deref());
        kind == Some("BuiltInRole")
    }

    /// Whether it allows everything, or to grant roles to others.
    fn administers(&self) -> Option<bool> {
        let rules = self.properties.as_ref()?.permissions.as_ref()?;
        let grants = |action: &String| {
            let action = action.to_lowercase();
            action == "*"
                || action == "*/write"
                || action.starts_with("microsoft.authorization/*")
                || action.starts_with("microsoft.authorization/roleassignments/*")
                || action == "microsoft.authorization/roleassignments/write"
        };
        Some(rules.iter().flat_map(|rules| rules.actions.iter().flatten()).any(grants))
    }
}

/// How far a scope reaches, in the words of the ontology. What stands above
/// subscriptions reaches over all of each.
fn reach(scope: &str) -> &'static str {
    let scope = id::canonical(scope);
    let parts: Vec<&str> = scope.split('/').filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        ["subscriptions", _, "resourcegroups", _] => "resource-group",
        ["subscriptions", _, _, ..] => "resource",
        _ => "account",
    }
}

/// The id of a role in a subscription.
fn role_id(place: &Place, name: &str) -> String {
    id::canonical(&place.path(&format!("providers/Microsoft.Authorization/roleDefinitions/{name}")))
}

fn assignment(
    place: &Place,
    item: &Item<Assignment>,
    roles: Option<&Definitions>,
    temporary: Option<&BTreeSet<String>>,
) -> Draft {
    let mut draft = item.draft("RoleAssignment");
    let own = draft.id().to_owned();
    draft.properties.put_if_known("temporary", temporary.map(|temporary| temporary.contains(&own)));
    // there are no grants that are turned off
    draft.properties.put("enabled", true);
    let Some(assignment) = &item.properties else { return draft };
    draft.properties.put_if_known("creationTime", assignment.created_on.clone());
    if let Some(role) = item.role() {
        draft.put_id("roleId", Some(role_id(place, &role)));
        let definition = roles.and_then(|roles| roles.get(&role));
        let name = definition.and_then(|item| item.properties.as_ref()?.role_name.clone());
        draft.properties.put_if_known("roleName", name);
        draft.properties.put_if_known("privileged", definition.and_then(Item::administers));
    }
    draft.properties.put_if_known("scope", assignment.scope.as_deref().map(reach));
    if let Some(principal) = &assignment.principal_id {
        draft.properties.put("subjects", vec![principal.clone()]);
        // the members of a group are not told
        if let Some(single) = item.single() {
            draft.put_ids("identityIds", vec![id::principal(place.tenant(), single)]);
        }
    }
    draft
}

fn role(place: &Place, name: &str, item: &Item<Definition>) -> Draft {
    let definition = item.properties.as_ref();
    let title = definition.and_then(|role| role.role_name.as_deref()).unwrap_or(name);
    let mut draft = Draft::new("Role", role_id(place, name), title);
    let properties = &mut draft.properties;
    properties.put("builtIn", item.is_built_in());
    let Some(role) = definition else { return draft };
    properties.put_if_known("description", role.description.clone());
    if let Some(rules) = &role.permissions {
        let permissions = rules.iter().flat_map(Rules::permissions).map(serde_json::Value::from);
        properties.put("permissions", permissions.collect::<Vec<_>>());
    }
    // the widest of the scopes that it may be granted in
    let reaches: Vec<&str> = role.assignable_scopes.iter().flatten().map(|scope| reach(scope)).collect();
    let widest = ["account", "resource-group", "resource"].into_iter().find(|scope| reaches.contains(scope));
    properties.put_if_known("scope", widest);
    draft
}

impl Rules {
    /// What is allowed, and what is taken from that again.
    fn permissions(&self) -> Vec<Properties> {
        let lists = [
            ("allow", &self.actions),
            ("deny", &self.not_actions),
            ("allow", &self.data_actions),
            ("deny", &self.not_data_actions),
        ];
        let filled = lists.into_iter().filter_map(|(effect, actions)| {
            let actions = actions.as_ref().filter(|actions| !actions.is_empty())?;
            let mut permission = Properties::default();
            permission.put("effect", effect);
            permission.put("actions", actions.clone());
            // a role reaches over whatever it is granted on
            permission.put("resources", vec!["*".to_owned()]);
            Some(permission)
        });
        filled.collect()
    }
}
