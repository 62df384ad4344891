//! Images that the account owns.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::Image;
use jiff::Timestamp;

use super::labels;
use crate::aws::fault::answer;
use crate::aws::session::Place;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Sink};

pub(super) const DESCRIBE_IMAGES: Call = Call::listing("DescribeImages", "ec2:DescribeImages", &["VMImage"]);

/// The ARN of an image: no account stands in it.
pub(super) fn arn(place: &Place, id: &str) -> String {
    format!("arn:{}:ec2:{}::image/{id}", place.partition, place.region)
}

pub(super) async fn collect(client: &Client, place: &Place, sink: &Sink<'_, '_>) {
    let mut pages = client.describe_images().owners("self").into_paginator().page_size(1000).send();
    while let Some(page) = pages.next().await {
        let Some(page) = sink.answer(&DESCRIBE_IMAGES, None, answer(page)) else { break };
        for image in page.images() {
            if let Some(draft) = machine_image(place, image) {
                sink.write(draft);
            }
        }
    }
}

fn machine_image(place: &Place, image: &Image) -> Option<Draft> {
    let id = image.image_id()?;
    let mut draft = Draft::new("VMImage", arn(place, id), image.name().unwrap_or(id));
    draft.put_labels(labels(image.tags()));
    draft.put_id("parentId", Some(place.account_id()));
    let properties = &mut draft.properties;
    properties.put("geoLocation", place.location());
    properties.put_if_known("description", image.description());
    properties.put_if_known("publicAccess", image.public());
    let built = image.creation_date().and_then(|date| date.parse::<Timestamp>().ok());
    properties.put_if_known("creationTime", built.map(|then| then.to_string()));
    properties.put_if_known("age", built.map(|then| place.age(then)));
    if let Some(encrypted) = encrypted(image) {
        let mut encryption = Properties::default();
        encryption.put("enabled", encrypted);
        properties.put("atRestEncryption", encryption);
    }
    let protection = match image.deregistration_protection() {
        Some("disabled") => Some(false),
        Some(word) if word.starts_with("enabled") => Some(true),
        _ => None,
    };
    if let Some(enabled) = protection {
        let mut protection = Properties::default();
        protection.put("enabled", enabled);
        properties.put("deletionProtection", protection);
    }
    Some(draft)
}

/// Whether all disks of the image are encrypted, where it has some and the
/// answer tells it of each.
fn encrypted(image: &Image) -> Option<bool> {
    let disks: Option<Vec<bool>> = image
        .block_device_mappings()
        .iter()
        .filter_map(|mapping| mapping.ebs())
        .map(aws_sdk_ec2::types::EbsBlockDevice::encrypted)
        .collect();
    disks.filter(|disks| !disks.is_empty()).map(|disks| disks.into_iter().all(|encrypted| encrypted))
}
