use std::collections::HashMap;

use aws_sdk_iam::types::{SummaryKeyType, VirtualMfaDevice};

use super::factor::Factors;
use super::report::Row;
use super::user;
use crate::aws::session::Place;
use crate::draft::Draft;

/// What is known of the root user.
pub(super) struct Seen<'a> {
    /// The figures of the account.
    pub(super) summary: HashMap<SummaryKeyType, i32>,
    /// The programs that stand for a second factor of somebody.
    pub(super) virtual_devices: Option<Vec<VirtualMfaDevice>>,
    /// Its row of the credential report.
    pub(super) row: Option<&'a Row>,
}

/// The root user of an account.
pub(super) fn identity(place: &Place, seen: &Seen<'_>, password_policy: Option<String>) -> Draft {
    let mut draft = user::draft(place, place.global_arn("iam", "user/<root_account>"), "<root_account>");
    draft.properties.put("rootUser", true);
    draft.properties.put("privileged", true);
    // no policy can be attached to it
    draft.properties.put("directPermissions", 0);
    if let Some(id) = password_policy {
        draft.put_id("passwordPolicyId", Some(id));
    }
    let figure = |key: SummaryKeyType| seen.summary.get(&key).map(|figure| *figure > 0);
    let factor =
        figure(SummaryKeyType::AccountMfaEnabled).or(seen.row.and_then(|row| row.flag("mfa_active")));
    let programs = seen.virtual_devices.as_ref().map(|devices| of_root(devices, place));
    let factors = factor.map(|any| Factors::of_root(any, programs).properties());
    draft.properties.put_if_known("multiFactorAuthentication", factors);
    if let Some(row) = seen.row {
        user::put_reported(&mut draft, place, row);
    }
    // an account begins with the password of its root user
    let password = figure(SummaryKeyType::AccountPasswordPresent)
        .or(seen.row.and_then(|row| row.flag("password_enabled")))
        .unwrap_or(true);
    let keys = figure(SummaryKeyType::AccountAccessKeysPresent);
    draft.properties.put("interactive", password);
    draft.properties.put_if_known("enabled", if password { Some(true) } else { keys });
    if keys == Some(false) {
        draft.properties.put("accessKeys", Vec::<String>::new());
    }
    draft
}

fn of_root(devices: &[VirtualMfaDevice], place: &Place) -> usize {
    let root = place.account_id();
    devices
        .iter()
        .filter(|device| {
            let holder = device.user().is_some_and(|user| user.arn() == root);
            holder || device.serial_number().ends_with(":mfa/root-account-mfa-device")
        })
        .count()
}

#[cfg(test)]
mod tests;
