//! Amazon S3: buckets, each by its region.

mod exposure;
mod lifecycle;
mod policy;
mod protection;
mod replication;

use aws_sdk_s3::Client;
use aws_sdk_s3::types::Bucket;
use futures_util::StreamExt as _;

use super::fault::{answer, code};
use super::session::Place;
use super::value::time;
use crate::draft::Draft;
use crate::live::{Call, Fault, Service, Sink};
use exposure::AccountBlock;

const LIST_BUCKETS: Call = Call::listing("ListBuckets", "s3:ListAllMyBuckets", &["ObjectStorage"]);
const GET_BUCKET_TAGGING: Call =
    Call::detail("GetBucketTagging", "s3:GetBucketTagging", &["ObjectStorage"], &["labels"]);

pub(super) static SERVICE: Service = Service {
    name: "s3",
    resource_types: &["ObjectStorage"],
    calls: &[
        LIST_BUCKETS,
        exposure::GET_ACCOUNT_PUBLIC_ACCESS_BLOCK,
        exposure::GET_PUBLIC_ACCESS_BLOCK,
        exposure::GET_BUCKET_OWNERSHIP_CONTROLS,
        exposure::GET_BUCKET_ACL,
        exposure::GET_BUCKET_POLICY_STATUS,
        policy::GET_BUCKET_POLICY,
        protection::GET_BUCKET_ENCRYPTION,
        protection::DESCRIBE_KEY,
        protection::GET_BUCKET_VERSIONING,
        protection::GET_OBJECT_LOCK_CONFIGURATION,
        protection::GET_BUCKET_LOGGING,
        lifecycle::GET_BUCKET_LIFECYCLE_CONFIGURATION,
        replication::GET_BUCKET_REPLICATION,
        replication::GET_BUCKET_LOCATION,
        GET_BUCKET_TAGGING,
    ],
};

/// How many buckets a page may hold.
const PAGE: i32 = 1000;

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let settings = aws_sdk_s3::config::Builder::from(&place.config)
        // names of buckets lead nowhere as hosts of another endpoint
        .force_path_style(place.config.endpoint_url().is_some());
    let client = Client::from_conf(settings.build());
    let block = exposure::account_block(place, sink).await;
    let buckets = buckets(&client, place, sink).await;
    let keys = protection::Encryptions::look_up(&client, place, sink, &buckets).await;
    let drafts = buckets.iter().filter_map(|bucket| {
        let name = bucket.name()?;
        Some(read(&client, place, sink, (bucket, name), (block, &keys)))
    });
    futures_util::stream::iter(drafts)
        .buffer_unordered(place.concurrent)
        .for_each(async |draft| sink.write(draft))
        .await;
}

/// The buckets that lie in the region.
async fn buckets(client: &Client, place: &Place, sink: &Sink<'_, '_>) -> Vec<Bucket> {
    let mut all = Vec::new();
    let mut pages =
        client.list_buckets().bucket_region(&place.region).max_buckets(PAGE).into_paginator().send();
    while let Some(page) = pages.next().await {
        let Some(page) = sink.answer(&LIST_BUCKETS, None, answer(page)) else { break };
        let here = |bucket: &Bucket| bucket.bucket_region().is_none_or(|region| region == place.region);
        all.extend(page.buckets.unwrap_or_default().into_iter().filter(here));
    }
    all
}

async fn read(
    client: &Client,
    place: &Place,
    sink: &Sink<'_, '_>,
    (bucket, name): (&Bucket, &str),
    (block, keys): (Option<AccountBlock>, &protection::Encryptions),
) -> Draft {
    let id = format!("arn:{}:s3:::{name}", place.partition);
    let mut draft = Draft::new("ObjectStorage", id, name);
    draft.put_id("parentId", Some(place.account_id()));
    draft.properties.put("geoLocation", place.location());
    let created = bucket.creation_date().and_then(time).map(|then| then.to_string());
    draft.properties.put_if_known("creationTime", created);
    keys.put(place, name, &mut draft);
    let policy = policy::read(client, sink, name).await;
    exposure::put(client, sink, name, (block, policy.as_ref()), &mut draft).await;
    policy::put(policy.as_ref(), &mut draft);
    protection::put(client, sink, name, &mut draft).await;
    lifecycle::put(client, sink, name, &mut draft).await;
    replication::put(client, place, sink, name, &mut draft).await;
    tags(client, sink, name, &mut draft).await;
    draft
}

async fn tags(client: &Client, sink: &Sink<'_, '_>, name: &str, draft: &mut Draft) {
    let result = client.get_bucket_tagging().bucket(name).send().await;
    let result = present(result, &["NoSuchTagSet"]);
    let Some(tagging) = sink.answer(&GET_BUCKET_TAGGING, Some(name), result) else { return };
    let tags = tagging.map(|tagging| tagging.tag_set).unwrap_or_default();
    draft.put_labels(tags.iter().map(|tag| (tag.key(), tag.value())));
}

/// An answer, or none where the code says that nothing is set.
fn present<T, E>(
    result: Result<
        T,
        aws_sdk_s3::error::SdkError<E, aws_smithy_runtime_api::client::orchestrator::HttpResponse>,
    >,
    absent: &[&str],
) -> Result<Option<T>, Fault>
where
    E: aws_smithy_types::error::metadata::ProvideErrorMetadata + std::error::Error + 'static,
{
    match &result {
        Err(error) if code(error).is_some_and(|code| absent.contains(&code)) => Ok(None),
        _ => answer(result).map(Some),
    }
}
