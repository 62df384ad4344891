//! Amazon ECR: private repositories of container images.

use std::collections::BTreeMap;

use aws_sdk_ecr::Client;
use aws_sdk_ecr::types::{ImageTagMutability, Repository, RepositoryScanningConfiguration, ScanFrequency};
use futures_util::StreamExt as _;
use serde_json::Value;

use super::fault::answer;
use super::keys::Keys;
use super::session::Place;
use super::value::{time, word};
use crate::draft::{Draft, Properties};
use crate::live::{Call, Service, Sink};

const TYPE: [&str; 1] = ["ContainerRegistry"];
const DESCRIBE_REPOSITORIES: Call = Call::listing("DescribeRepositories", "ecr:DescribeRepositories", &TYPE);
const READ_REPOSITORY: Call = Call::detail(
    "DescribeRepositories",
    "ecr:DescribeRepositories",
    &TYPE,
    &["atRestEncryption", "immutability"],
);
const GET_SCANNING: Call = Call::detail(
    "BatchGetRepositoryScanningConfiguration",
    "ecr:BatchGetRepositoryScanningConfiguration",
    &TYPE,
    &["vulnerabilityScanning"],
);
const DESCRIBE_KEY: Call =
    Call::detail("DescribeKey", "kms:DescribeKey", &TYPE, &["atRestEncryption.keyManagement"]);

pub(super) static SERVICE: Service = Service {
    name: "ecr",
    resource_types: &TYPE,
    calls: &[DESCRIBE_REPOSITORIES, GET_SCANNING, DESCRIBE_KEY],
};

/// Whether every tag stays with its image.
const FIXED: [(&str, bool); 4] = [
    ("IMMUTABLE", true),
    ("IMMUTABLE_WITH_EXCLUSION", false),
    ("MUTABLE", false),
    ("MUTABLE_WITH_EXCLUSION", false),
];

/// How many repositories one question about scans may name.
const BATCH: usize = 25;

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let client = &Client::new(&place.config);
    let mut all = Vec::new();
    let mut pages = client.describe_repositories().into_paginator().send();
    while let Some(page) = pages.next().await {
        let Some(page) = sink.answer(&DESCRIBE_REPOSITORIES, None, answer(page)) else { break };
        all.extend(page.repositories.unwrap_or_default());
    }
    let names: Vec<&str> = all.iter().filter_map(Repository::repository_name).collect();
    let asked = names.chunks(BATCH).map(|batch| {
        let names = batch.iter().map(|name| (*name).to_owned()).collect();
        let request = client.batch_get_repository_scanning_configuration().set_repository_names(Some(names));
        async move { sink.answer(&GET_SCANNING, None, answer(request.send().await)) }
    });
    let answers: Vec<_> = futures_util::stream::iter(asked).buffered(place.concurrent).collect().await;
    let scans: BTreeMap<String, RepositoryScanningConfiguration> = answers
        .into_iter()
        .flatten()
        .flat_map(|answer| answer.scanning_configurations.unwrap_or_default())
        .filter_map(|scan| Some((scan.repository_name()?.to_owned(), scan)))
        .collect();
    let keys = all.iter().filter_map(|repository| repository.encryption_configuration()?.kms_key());
    let keys = Keys::look_up(place, sink, &DESCRIBE_KEY, keys.map(str::to_owned).collect()).await;
    for found in &all {
        let scan = found.repository_name().and_then(|name| scans.get(name));
        if let Some(draft) = repository(place, sink, &keys, found, scan) {
            sink.write(draft);
        }
    }
}

fn repository(
    place: &Place,
    sink: &Sink<'_, '_>,
    keys: &Keys,
    repository: &Repository,
    scan: Option<&RepositoryScanningConfiguration>,
) -> Option<Draft> {
    let arn = repository.repository_arn()?;
    let mut draft =
        Draft::new("ContainerRegistry", arn.to_owned(), repository.repository_name().unwrap_or(arn));
    draft.put_id("parentId", Some(place.account_id()));
    let properties = &mut draft.properties;
    properties.put("geoLocation", place.location());
    properties.put_if_known("creationTime", repository.created_at().and_then(time).map(|at| at.to_string()));
    // a private registry answers to nobody who is not signed in
    properties.put("publicAccess", false);
    let mutability = repository.image_tag_mutability().map(ImageTagMutability::as_str);
    let name = repository.repository_name().unwrap_or_default();
    if let Some(fixed) = word(sink, &READ_REPOSITORY, name, mutability, &FIXED) {
        let mut immutability = Properties::default();
        immutability.put("enabled", fixed);
        properties.put("immutability", immutability);
    }
    properties.put_if_known("atRestEncryption", encryption(place, sink, keys, repository));
    properties.put_if_known("vulnerabilityScanning", scan.and_then(|scan| scanning(sink, scan)));
    Some(draft)
}

fn encryption(
    place: &Place,
    sink: &Sink<'_, '_>,
    keys: &Keys,
    repository: &Repository,
) -> Option<Properties> {
    let told = repository.encryption_configuration()?;
    let kind = Some(told.encryption_type().as_str());
    let about = repository.repository_name().unwrap_or_default();
    let named =
        word(sink, &READ_REPOSITORY, about, kind, &[("AES256", false), ("KMS", true), ("KMS_DSSE", true)])?;
    let mut encryption = match told.kms_key() {
        Some(key) if named => keys.encryption(place, key),
        _ => Properties::default(),
    };
    if !named {
        encryption.put("keyManagement", "provider");
        encryption.put("keyId", Value::Null);
    }
    encryption.put("enabled", true);
    encryption.put("algorithm", "AES-256");
    Some(encryption)
}

/// How often what a repository holds is scanned.
#[derive(Clone, Copy)]
enum Scans {
    OnRequest,
    OnPush,
    /// Whenever a new weakness becomes known, which is no interval.
    Always,
}

/// Scans as the rules of the registry and the repository together make them.
fn scanning(sink: &Sink<'_, '_>, scan: &RepositoryScanningConfiguration) -> Option<Properties> {
    let frequency = scan.scan_frequency().map(ScanFrequency::as_str);
    let about = scan.repository_name().unwrap_or_default();
    let known =
        [("MANUAL", Scans::OnRequest), ("SCAN_ON_PUSH", Scans::OnPush), ("CONTINUOUS_SCAN", Scans::Always)];
    let scans = word(sink, &GET_SCANNING, about, frequency, &known)?;
    let on_push = scan.scan_on_push() || !matches!(scans, Scans::OnRequest);
    let mut scanning = Properties::default();
    scanning.put("enabled", on_push);
    scanning.put("onChange", on_push);
    if !matches!(scans, Scans::Always) {
        scanning.put("interval", Value::Null);
    }
    Some(scanning)
}
