//! What is known of the keys that stored data is encrypted with.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_kms::types::{KeyManagerType, KeyMetadata, OriginType};
use futures_util::StreamExt as _;

use super::fault::answer;
use super::session::Place;
use crate::draft::Properties;
use crate::live::{Call, Sink};

/// Keys by the names that resources give for them.
#[derive(Debug, Default)]
pub(super) struct Keys(BTreeMap<String, Known>);

#[derive(Debug)]
struct Known {
    arn: Option<String>,
    management: Option<&'static str>,
}

impl Keys {
    /// Asks for keys: ids, ARNs and aliases do.
    pub(super) async fn look_up(
        place: &Place,
        sink: &Sink<'_, '_>,
        call: &Call,
        names: BTreeSet<String>,
    ) -> Self {
        let client = aws_sdk_kms::Client::new(&place.config);
        let asked = names.into_iter().map(|name| {
            let request = client.describe_key().key_id(&name);
            async move { (name, answer(request.send().await)) }
        });
        let answers: Vec<_> = futures_util::stream::iter(asked).buffered(place.concurrent).collect().await;
        let known = answers.into_iter().filter_map(|(name, result)| {
            let described = sink.answer(call, Some(&name), result)?;
            let metadata = described.key_metadata()?;
            let arn = metadata.arn().map(str::to_owned);
            Some((name, Known { arn, management: management(metadata) }))
        });
        Self(known.collect())
    }

    /// Encryption with a key: what is not known of it is left out.
    pub(super) fn encryption(&self, place: &Place, key: &str) -> Properties {
        let known = self.0.get(key);
        let arn = known.and_then(|known| known.arn.clone()).or_else(|| full_name(place, key));
        let mut encryption = Properties::default();
        encryption.put("enabled", true);
        encryption.put_if_known("keyId", arn);
        encryption.put_if_known("keyManagement", known.and_then(|known| known.management));
        encryption
    }
}

/// Who rules over a key.
pub(super) fn management(key: &KeyMetadata) -> Option<&'static str> {
    match (key.key_manager()?, key.origin()) {
        (KeyManagerType::Aws, _) => Some("provider"),
        (KeyManagerType::Customer, Some(OriginType::External | OriginType::ExternalKeyStore)) => {
            Some("customer-supplied")
        }
        (KeyManagerType::Customer, Some(_)) => Some("customer"),
        _ => None,
    }
}

/// The ARN of a key that is named by ARN or id. An alias does not tell it.
fn full_name(place: &Place, key: &str) -> Option<String> {
    match key {
        arn if arn.contains(":key/") => Some(arn.to_owned()),
        id if !id.contains([':', '/']) => Some(place.arn("kms", &format!("key/{id}"))),
        _ => None,
    }
}
