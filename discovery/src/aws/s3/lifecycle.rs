//! When the objects of a bucket are deleted without anybody's doing.

use aws_sdk_s3::Client;
use aws_sdk_s3::types::LifecycleExpiration;
use serde_json::Value;

use super::present;
use crate::aws::value::{DAY, word};
use crate::draft::Draft;
use crate::live::{Call, Sink};

pub(super) const GET_BUCKET_LIFECYCLE_CONFIGURATION: Call = Call::detail(
    "GetBucketLifecycleConfiguration",
    "s3:GetLifecycleConfiguration",
    &["ObjectStorage"],
    &["timeToLive"],
);

/// Whether a rule is at work.
const STATES: [(&str, bool); 2] = [("Enabled", true), ("Disabled", false)];

/// Puts down how long objects are kept.
pub(super) async fn put(client: &Client, sink: &Sink<'_, '_>, name: &str, draft: &mut Draft) {
    let Some(expirations) = expirations(client, sink, name).await else { return };
    draft.properties.put_if_known("timeToLive", shortest(&expirations));
}

/// What enabled rules say about the deletion of objects.
async fn expirations(client: &Client, sink: &Sink<'_, '_>, name: &str) -> Option<Vec<LifecycleExpiration>> {
    let result = client.get_bucket_lifecycle_configuration().bucket(name).send().await;
    let result = present(result, &["NoSuchLifecycleConfiguration"]);
    let found = sink.answer(&GET_BUCKET_LIFECYCLE_CONFIGURATION, Some(name), result)?;
    let mut expirations = Vec::new();
    for rule in found.and_then(|found| found.rules).unwrap_or_default() {
        let state = Some(rule.status().as_str());
        if word(sink, &GET_BUCKET_LIFECYCLE_CONFIGURATION, name, state, &STATES)? {
            expirations.extend(rule.expiration);
        }
    }
    Some(expirations)
}

/// The shortest time in seconds; null where objects stay. A day on which all
/// of them are deleted is not a time that each of them has.
fn shortest(expirations: &[LifecycleExpiration]) -> Option<Value> {
    if expirations.iter().any(|expiration| expiration.date().is_some()) {
        return None;
    }
    // a rule may delete no more than the marks of deleted objects
    let days = expirations.iter().filter_map(LifecycleExpiration::days).min();
    Some(days.map_or(Value::Null, |days| (i64::from(days) * DAY).into()))
}

#[cfg(test)]
mod tests {
    use aws_sdk_s3::primitives::DateTime;
    use aws_sdk_s3::types::LifecycleExpiration;
    use serde_json::json;

    use super::shortest;

    #[test]
    fn the_shortest_time_counts() {
        let days = |days: i32| LifecycleExpiration::builder().days(days).build();
        let marks = LifecycleExpiration::builder().expired_object_delete_marker(true).build();
        let date = LifecycleExpiration::builder().date(DateTime::from_secs(1_893_456_000)).build();
        for (expirations, expected) in [
            (vec![], Some(json!(null))),
            (vec![marks.clone()], Some(json!(null))),
            (vec![days(365), marks, days(30)], Some(json!(2_592_000))),
            (vec![days(30), date], None),
        ] {
            assert_eq!(shortest(&expirations), expected, "{expirations:?}");
        }
    }
}
