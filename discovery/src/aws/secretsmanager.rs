//! AWS Secrets Manager: secrets by name, never by value.

use aws_sdk_secretsmanager::types::{RotationRulesType, SecretListEntry};

use super::fault::answer;
use super::session::Place;
use super::value::time;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Service, Sink};

const LIST_SECRETS: Call = Call::listing("ListSecrets", "secretsmanager:ListSecrets", &["Secret"]);

pub(super) static SERVICE: Service =
    Service { name: "secretsmanager", resource_types: &["Secret"], calls: &[LIST_SECRETS] };

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let client = aws_sdk_secretsmanager::Client::new(&place.config);
    let mut pages = client.list_secrets().into_paginator().send();
    while let Some(page) = pages.next().await {
        let Some(page) = sink.answer(&LIST_SECRETS, None, answer(page)) else { break };
        for entry in page.secret_list() {
            if let Some(draft) = secret(place, entry) {
                sink.write(draft);
            }
        }
    }
}

/// A secret: one that waits for its deletion cannot be used.
fn secret(place: &Place, entry: &SecretListEntry) -> Option<Draft> {
    let arn = entry.arn()?;
    let mut draft = Draft::new("Secret", arn.to_owned(), entry.name().unwrap_or(arn));
    draft.put_id("parentId", Some(place.account_id()));
    draft.put_labels(entry.tags().iter().filter_map(|tag| Some((tag.key()?, tag.value()?))));
    let properties = &mut draft.properties;
    properties.put("geoLocation", place.location());
    properties.put_if_known("creationTime", entry.created_date().and_then(time).map(|t| t.to_string()));
    let changed = entry.last_changed_date().or(entry.created_date()).and_then(time);
    properties.put_if_known("age", changed.map(|then| place.age(then)));
    properties.put("enabled", entry.deleted_date().is_none());
    properties.put("managed", entry.owning_service().is_some());
    properties.put("expirationDate", serde_json::Value::Null);
    properties.put("remainingValidity", serde_json::Value::Null);
    let mut rotation = Properties::default();
    rotation.put("enabled", entry.rotation_enabled() == Some(true));
    let days = entry.rotation_rules().and_then(RotationRulesType::automatically_after_days);
    rotation.put_if_known("interval", days.map(|days| days * super::value::DAY));
    properties.put("rotation", rotation);
    Some(draft)
}
