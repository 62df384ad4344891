use aws_sdk_iam::types::PasswordPolicy;
use serde_json::Value;

use crate::aws::session::Place;
use crate::aws::value::DAY;
use crate::draft::Draft;

/// The rules that an account sets for passwords of its users.
pub(super) fn policy(place: &Place, policy: &PasswordPolicy) -> Draft {
    let mut draft = draft(place, "password policy");
    let properties = &mut draft.properties;
    properties.put_if_known("minimumLength", policy.minimum_password_length());
    // passwords may be used again, and do not expire, where nothing is set
    properties.put("rememberedPasswords", policy.password_reuse_prevention().unwrap_or(0));
    properties.put_or_null(
        "maximumAge",
        policy.max_password_age().filter(|days| *days > 0).map(|days| i64::from(days) * DAY),
    );
    let classes = [
        policy.require_lowercase_characters(),
        policy.require_uppercase_characters(),
        policy.require_numbers(),
        policy.require_symbols(),
    ];
    properties.put("characterClasses", classes.into_iter().filter(|asked| *asked).count());
    draft
}

/// The rules that the platform documents for accounts that set none: eight
/// characters of three kinds, and nothing else.
pub(super) fn default(place: &Place) -> Draft {
    let mut draft = draft(place, "default password policy");
    draft.properties.put("minimumLength", 8);
    draft.properties.put("rememberedPasswords", 0);
    draft.properties.put("maximumAge", Value::Null);
    draft.properties.put("characterClasses", 3);
    draft
}

fn draft(place: &Place, name: &str) -> Draft {
    let mut draft = Draft::new("PasswordPolicy", place.global_arn("iam", "password-policy"), name);
    draft.put_id("parentId", Some(place.account_id()));
    // the platform has no such rule
    draft.properties.put("lockoutThreshold", Value::Null);
    draft
}
