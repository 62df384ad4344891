use std::collections::BTreeMap;

use aws_sdk_iam::types::{ManagedPolicyDetail, RoleDetail};
use serde_json::Value;

use super::documents::Documents;
use crate::aws::policy::Policy;
use crate::aws::session::Place;
use crate::aws::value::time;
use crate::draft::Draft;

/// The folder of the roles that services make for themselves.
const LINKED: &str = "/aws-service-role/";

/// A role, and whether all that it says about permissions was understood.
/// `sessions` tells for how long roles may be held, by ARN.
pub(super) fn role(
    place: &Place,
    role: &RoleDetail,
    sessions: &BTreeMap<String, i32>,
    documents: &Documents,
) -> Option<(Draft, bool)> {
    let arn = role.arn()?;
    let mut draft = draft(place, arn, role.role_name().unwrap_or(arn));
    draft.put_labels(role.tags().iter().map(|tag| (tag.key(), tag.value())));
    let properties = &mut draft.properties;
    properties.put_if_known("creationTime", role.create_date().and_then(time).map(|at| at.to_string()));
    properties.put("builtIn", role.path().is_some_and(|path| path.starts_with(LINKED)));
    properties.put_if_known("maximumSession", sessions.get(arn).copied());
    let trust = role.assume_role_policy_document().and_then(Policy::parse);
    let trusted = trust.map(|trust| trust.trusted());
    let permissions = documents.permissions(role.role_policy_list(), role.attached_managed_policies());
    let is_whole = trusted.is_some() && permissions.is_some();
    properties.put_if_known("trustedPrincipals", trusted);
    properties.put_if_known("permissions", permissions);
    for policy in role.attached_managed_policies() {
        policy
            .policy_arn()
            .filter(|arn| !super::documents::is_platforms(arn))
            .into_iter()
            .for_each(|arn| draft.relate(arn));
    }
    Some((draft, is_whole))
}

/// A policy that the account keeps: nobody takes it on.
pub(super) fn policy(
    place: &Place,
    policy: &ManagedPolicyDetail,
    documents: &Documents,
) -> Option<(Draft, bool)> {
    let arn = policy.arn()?;
    let mut draft = draft(place, arn, policy.policy_name().unwrap_or(arn));
    let properties = &mut draft.properties;
    properties.put_if_known("description", policy.description());
    properties.put_if_known("creationTime", policy.create_date().and_then(time).map(|at| at.to_string()));
    properties.put("builtIn", false);
    properties.put("maximumSession", Value::Null);
    properties.put("trustedPrincipals", Vec::<String>::new());
    let permissions = documents.managed(arn).map(|policy| policy.permissions().collect::<Vec<Value>>());
    let is_whole = permissions.is_some();
    properties.put_if_known("permissions", permissions);
    Some((draft, is_whole))
}

fn draft(place: &Place, arn: &str, name: &str) -> Draft {
    let mut draft = Draft::new("Role", arn.to_owned(), name);
    draft.put_id("parentId", Some(place.account_id()));
    draft.properties.put("scope", "account");
    draft
}
