use aws_sdk_iam::types::UserDetail;
use serde_json::{Value, json};

use super::documents::{Documents, Powers, any};
use super::factor::Factors;
use super::report::{Row, Told};
use crate::aws::session::Place;
use crate::aws::value::time;
use crate::draft::{Draft, Properties};

/// What bears on all users.
pub(super) struct Holders<'a> {
    /// The policies that they may hold.
    pub(super) documents: &'a Documents,
    /// The id of the rules for their passwords, where it is known.
    pub(super) password_policy: Option<String>,
}

impl Holders<'_> {
    /// Whether a user holds administrative permissions: by itself or through
    /// its groups, and within its boundary.
    pub(super) fn is_privileged(&self, user: &UserDetail) -> Option<bool> {
        let mut all: Vec<Powers> =
            user.group_list().iter().map(|group| self.documents.group(group)).collect();
        all.push(self.documents.powers(user.user_policy_list(), user.attached_managed_policies()));
        let held = Powers::administrate(&all);
        let boundary = user.permissions_boundary().and_then(|boundary| boundary.permissions_boundary_arn());
        match (held, boundary) {
            (Some(true), Some(arn)) => self.documents.is_administrative(arn),
            _ => held,
        }
    }
}

/// A user.
pub(super) fn identity(
    place: &Place,
    user: &UserDetail,
    row: Option<&Row>,
    factors: Option<&Factors>,
    holders: &Holders<'_>,
) -> Draft {
    let name = user.user_name().unwrap_or_default();
    let arn = user.arn().map_or_else(|| place.global_arn("iam", &format!("user/{name}")), str::to_owned);
    let mut draft = draft(place, arn, name);
    draft.put_labels(user.tags().iter().map(|tag| (tag.key(), tag.value())));
    let properties = &mut draft.properties;
    properties.put_if_known("creationTime", user.create_date().and_then(time).map(|at| at.to_string()));
    properties.put("rootUser", false);
    properties.put_if_known("privileged", holders.is_privileged(user));
    let direct = user.user_policy_list().len() + user.attached_managed_policies().len();
    properties.put("directPermissions", direct);
    properties.put_if_known("multiFactorAuthentication", factors.map(Factors::properties));
    if let Some(id) = holders.password_policy.clone() {
        draft.put_id("passwordPolicyId", Some(id));
    }
    if let Some(row) = row {
        put_reported(&mut draft, place, row);
    }
    draft
}

/// What holds of every user that an account keeps itself.
pub(super) fn draft(place: &Place, id: String, name: &str) -> Draft {
    let mut draft = Draft::new("Identity", id, name);
    draft.put_id("parentId", Some(place.account_id()));
    draft.properties.put("external", false);
    // who signs in through an identity provider takes on a role
    draft.properties.put("singleSignOn", json!({"enabled": false, "enforced": false}));
    draft
}

/// What the credential report tells.
pub(super) fn put_reported(draft: &mut Draft, place: &Place, row: &Row) {
    let properties = &mut draft.properties;
    let password = row.flag("password_enabled");
    properties.put_if_known("interactive", password);
    let ways = ["access_key_1_active", "access_key_2_active", "cert_1_active", "cert_2_active"];
    properties.put_if_known("enabled", any(ways.iter().map(|column| row.flag(column)).chain([password])));
    match (password, row.time("password_last_changed")) {
        (Some(false), _) | (_, Told::Nothing) => properties.put("passwordAge", Value::Null),
        (_, Told::At(then)) => properties.put("passwordAge", place.age(then)),
        (_, Told::Never | Told::Unknown) => {}
    }
    let keys: Option<Vec<Vec<Value>>> = (1..=2).map(|number| access_key(place, row, number)).collect();
    properties.put_if_known("accessKeys", keys.map(|keys| keys.concat()));
    properties.put_if_known("inactiveDuration", unused(place, row, password));
}

/// One of the two keys that a user may have, or an empty list where there is
/// no such key; none where the report does not tell.
fn access_key(place: &Place, row: &Row, number: u8) -> Option<Vec<Value>> {
    let active = row.flag(&format!("access_key_{number}_active"))?;
    let made = match row.time(&format!("access_key_{number}_last_rotated")) {
        Told::Nothing if !active => return Some(Vec::new()),
        Told::At(then) => Some(then),
        _ => None,
    };
    let mut key = Properties::default();
    key.put("enabled", active);
    key.put_if_known("age", made.map(|then| place.age(then)));
    match row.time(&format!("access_key_{number}_last_used_date")) {
        Told::At(then) => key.put("unusedDuration", place.age(then)),
        Told::Never | Told::Nothing => key.put("unusedDuration", Value::Null),
        Told::Unknown => {}
    }
    Some(vec![key.into()])
}

/// Time since the last use of a password or key, null where there was none;
/// none where the report does not tell.
fn unused(place: &Place, row: &Row, password: Option<bool>) -> Option<Value> {
    let mut last = None;
    let columns = ["password_last_used", "access_key_1_last_used_date", "access_key_2_last_used_date"];
    for column in columns {
        match row.time(column) {
            Told::At(then) => last = last.max(Some(then)),
            Told::Never | Told::Nothing => {}
            Told::Unknown if column == "password_last_used" && password == Some(false) => {}
            Told::Unknown => return None,
        }
    }
    Some(last.map_or(Value::Null, |then| place.age(then).into()))
}

#[cfg(test)]
mod tests;
