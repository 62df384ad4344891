//! AWS Secrets Manager: secrets by name, never by value.

use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::types::{RotationRulesType, SecretListEntry};
use futures_util::StreamExt as _;
use jiff::Timestamp;

use super::fault::answer;
use super::session::Place;
use super::value::{DAY, time};
use crate::draft::{Draft, Properties};
use crate::live::{Call, Service, Sink};

const LIST_SECRETS: Call = Call::listing("ListSecrets", "secretsmanager:ListSecrets", &["Secret"]);
const LIST_VERSIONS: Call =
    Call::detail("ListSecretVersionIds", "secretsmanager:ListSecretVersionIds", &["Secret"], &["age"]);

pub(super) static SERVICE: Service =
    Service { name: "secretsmanager", resource_types: &["Secret"], calls: &[LIST_SECRETS, LIST_VERSIONS] };

/// The mark of the version that is in use.
const CURRENT: &str = "AWSCURRENT";

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let client = &Client::new(&place.config);
    let mut all = Vec::new();
    let mut pages = client.list_secrets().into_paginator().send();
    while let Some(page) = pages.next().await {
        let Some(page) = sink.answer(&LIST_SECRETS, None, answer(page)) else { break };
        all.extend(page.secret_list.unwrap_or_default());
    }
    let asked = all.iter().map(|entry| async move { (entry, made(client, sink, entry).await) });
    let mut read = futures_util::stream::iter(asked).buffered(place.concurrent);
    while let Some((entry, made)) = read.next().await {
        if let Some(draft) = secret(place, entry, made) {
            sink.write(draft);
        }
    }
}

/// When the version in use was made. The list tells no more than the last
/// change of anything, be it a tag.
async fn made(client: &Client, sink: &Sink<'_, '_>, entry: &SecretListEntry) -> Option<Timestamp> {
    let arn = entry.arn()?;
    let mut pages = client.list_secret_version_ids().secret_id(arn).into_paginator().send();
    while let Some(page) = pages.next().await {
        let page = sink.answer(&LIST_VERSIONS, entry.name(), answer(page))?;
        let mut versions = page.versions().iter();
        if let Some(current) =
            versions.find(|version| version.version_stages().iter().any(|stage| stage == CURRENT))
        {
            return current.created_date().and_then(time);
        }
    }
    None
}

/// A secret: one that waits for its deletion cannot be used.
fn secret(place: &Place, entry: &SecretListEntry, made: Option<Timestamp>) -> Option<Draft> {
    let arn = entry.arn()?;
    let mut draft = Draft::new("Secret", arn.to_owned(), entry.name().unwrap_or(arn));
    draft.put_id("parentId", Some(place.account_id()));
    draft.put_labels(entry.tags().iter().filter_map(|tag| Some((tag.key()?, tag.value()?))));
    let properties = &mut draft.properties;
    properties.put("geoLocation", place.location());
    properties.put_if_known("creationTime", entry.created_date().and_then(time).map(|t| t.to_string()));
    properties.put_if_known("age", made.map(|then| place.age(then)));
    properties.put("enabled", entry.deleted_date().is_none());
    properties.put("managed", entry.owning_service().is_some());
    // the platform has no such date
    properties.put("expirationDate", serde_json::Value::Null);
    properties.put("remainingValidity", serde_json::Value::Null);
    let mut rotation = Properties::default();
    // a secret that was never set up for it does not tell, by the documentation
    rotation.put("enabled", entry.rotation_enabled() == Some(true));
    rotation.put_if_known("interval", entry.rotation_rules().and_then(interval));
    properties.put("rotation", rotation);
    Some(draft)
}

/// Seconds between two rotations: a number of days, or a rate such as
/// `rate(12 hours)`. A calendar has no such number.
fn interval(rules: &RotationRulesType) -> Option<i64> {
    if let Some(days) = rules.automatically_after_days() {
        return Some(days * DAY);
    }
    let rate = rules.schedule_expression()?.strip_prefix("rate(")?.strip_suffix(')')?;
    let (number, unit) = rate.trim().split_once(' ')?;
    let unit = match unit.trim().trim_end_matches('s') {
        "hour" => 3600,
        "day" => DAY,
        _ => return None,
    };
    number.parse::<i64>().ok()?.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::{RotationRulesType, interval};

    #[test]
    fn intervals() {
        let days = RotationRulesType::builder().automatically_after_days(30).build();
        assert_eq!(interval(&days), Some(2_592_000));
        for (text, expected) in [
            ("rate(12 hours)", Some(43_200)),
            ("rate(1 day)", Some(86_400)),
            ("cron(0 8 1 * ? *)", None),
            ("rate(x days)", None),
        ] {
            let rules = RotationRulesType::builder().schedule_expression(text).build();
            assert_eq!(interval(&rules), expected, "{text}");
        }
    }
}
