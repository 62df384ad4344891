//! Where the objects of a bucket are copied to.

use std::collections::BTreeSet;

use aws_sdk_s3::Client;

use super::present;
use crate::aws::fault::answer;
use crate::aws::session::Place;
use crate::aws::value::word;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Sink};

pub(super) const GET_BUCKET_REPLICATION: Call = Call::detail(
    "GetBucketReplication",
    "s3:GetReplicationConfiguration",
    &["ObjectStorage"],
    &["redundancy", "replicaIds"],
);
pub(super) const GET_BUCKET_LOCATION: Call =
    Call::detail("GetBucketLocation", "s3:GetBucketLocation", &["ObjectStorage"], &["redundancy"]);

/// Whether a rule is at work.
const STATES: [(&str, bool); 2] = [("Enabled", true), ("Disabled", false)];

/// Puts down the buckets that objects are copied to, and whether one of them
/// lies in another region.
pub(super) async fn put(client: &Client, place: &Place, sink: &Sink<'_, '_>, name: &str, draft: &mut Draft) {
    let Some(targets) = targets(client, sink, name).await else { return };
    draft.properties.put_if_known("redundancy", redundancy(client, place, sink, &targets).await);
    draft.put_ids("replicaIds", targets.into_iter().collect());
}

/// The ARNs of the buckets that enabled rules copy to.
async fn targets(client: &Client, sink: &Sink<'_, '_>, name: &str) -> Option<BTreeSet<String>> {
    let result = client.get_bucket_replication().bucket(name).send().await;
    let result = present(result, &["ReplicationConfigurationNotFoundError"]);
    let Some(found) = sink.answer(&GET_BUCKET_REPLICATION, Some(name), result)? else {
        return Some(BTreeSet::new());
    };
    let mut targets = BTreeSet::new();
    for rule in found.replication_configuration?.rules {
        if word(sink, &GET_BUCKET_REPLICATION, name, Some(rule.status().as_str()), &STATES)? {
            targets.insert(rule.destination?.bucket);
        }
    }
    Some(targets)
}

/// Whether objects are copied to a bucket of another region.
async fn redundancy(
    client: &Client,
    place: &Place,
    sink: &Sink<'_, '_>,
    targets: &BTreeSet<String>,
) -> Option<Properties> {
    for target in targets.iter().filter_map(|arn| arn.rsplit(':').next()) {
        let result = answer(client.get_bucket_location().bucket(target).send().await);
        let Some(found) = sink.answer(&GET_BUCKET_LOCATION, Some(target), result) else { continue };
        // the oldest region is answered as none
        let region = found.location_constraint().map_or("", |region| region.as_str());
        let region = if region.is_empty() { "us-east-1" } else { region };
        if region != place.region {
            let mut redundancy = Properties::default();
            redundancy.put("scope", "region");
            return Some(redundancy);
        }
    }
    None
}
