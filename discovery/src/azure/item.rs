//! What all resources have in common in answers.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{id, region};
use crate::draft::Draft;

/// A resource with its properties of one kind.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", bound = "P: Deserialize<'de> + Default")]
pub(super) struct Item<P> {
    #[serde(default)]
    pub(super) id: String,
    pub(super) name: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) location: Option<String>,
    pub(super) tags: Option<BTreeMap<String, Option<String>>>,
    pub(super) zones: Option<Vec<String>>,
    pub(super) sku: Option<Sku>,
    pub(super) identity: Option<Identity>,
    pub(super) properties: Option<P>,
}

/// The size or grade of a resource.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Sku {
    pub(super) name: Option<String>,
}

/// The identities that a resource acts as.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Identity {
    principal_id: Option<String>,
    user_assigned_identities: Option<BTreeMap<String, Option<UserAssigned>>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct UserAssigned {
    principal_id: Option<String>,
}

/// A reference to another resource.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Reference {
    pub(super) id: Option<String>,
}

impl Reference {
    /// The id of the resource, as it stands in evidence.
    pub(super) fn id(&self) -> Option<String> {
        self.id.as_deref().map(id::canonical)
    }
}

/// A connection from a private network.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PrivateConnection {
    properties: Option<PrivateConnectionProperties>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PrivateConnectionProperties {
    private_link_service_connection_state: Option<ConnectionState>,
}

#[derive(Debug, Default, Deserialize)]
struct ConnectionState {
    status: Option<String>,
}

impl<P> Item<P> {
    /// Its name, or the last part of its id.
    pub(super) fn name(&self) -> &str {
        self.name.as_deref().unwrap_or_else(|| id::name(&self.id))
    }

    /// The resource on its way into evidence, with what its envelope tells.
    pub(super) fn draft(&self, resource_type: &'static str) -> Draft {
        let mut draft = Draft::new(resource_type, id::canonical(&self.id), self.name());
        draft.put_id("parentId", id::holder(&self.id));
        // resources without tags may have no member for them
        let tags = self.tags.iter().flatten();
        draft.put_labels(tags.map(|(name, text)| (name.as_str(), text.as_deref().unwrap_or_default())));
        draft.properties.put_if_known("geoLocation", self.location.as_deref().map(region::location));
        draft
    }

    /// A resource inside of another one, which has neither tags nor a place of
    /// its own.
    pub(super) fn part(&self, resource_type: &'static str, parent: &str, location: Option<&str>) -> Draft {
        let mut draft = Draft::new(resource_type, id::canonical(&self.id), self.name());
        draft.put_id("parentId", Some(id::canonical(parent)));
        draft.properties.put_if_known("geoLocation", location.map(region::location));
        draft
    }
}

/// The ids of identities, as role assignments name them; none where the
/// object id of one is not told.
pub(super) fn identity_ids(identity: Option<&Identity>, tenant: &str) -> Option<Vec<String>> {
    let Some(identity) = identity else { return Some(Vec::new()) };
    let assigned = identity
        .user_assigned_identities
        .iter()
        .flatten()
        .map(|(_, assigned)| assigned.as_ref().and_then(|assigned| assigned.principal_id.as_deref()));
    let own = identity.principal_id.as_deref().map(Some);
    own.into_iter().chain(assigned).map(|object| Some(id::principal(tenant, object?))).collect()
}

/// Whether an accepted connection from a private network leads to a resource.
/// Lists of connections that are left out are empty.
pub(super) fn is_private(connections: Option<&Vec<PrivateConnection>>) -> bool {
    let status = |connection: &PrivateConnection| {
        connection.properties.as_ref()?.private_link_service_connection_state.as_ref()?.status.clone()
    };
    connections.into_iter().flatten().any(|connection| status(connection).as_deref() == Some("Approved"))
}
