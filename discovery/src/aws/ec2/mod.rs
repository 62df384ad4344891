//! Amazon EC2: machines, disks, snapshots, images and networks.
//!
//! A network access list is a set of rules like a security group: its rules
//! have an order and effects, and subnetworks name it.

mod groups;
mod images;
mod instances;
mod interfaces;
mod networks;
mod storage;

use aws_sdk_ec2::types::Tag;

use super::fault::answer;
use super::session::Place;
use crate::draft::Properties;
use crate::live::{Call, Service, Sink};

const GET_EBS_ENCRYPTION_BY_DEFAULT: Call = Call::detail(
    "GetEbsEncryptionByDefault",
    "ec2:GetEbsEncryptionByDefault",
    &["Account"],
    &["defaultDiskEncryption"],
);

pub(super) static SERVICE: Service = Service {
    name: "ec2",
    resource_types: &[
        "VirtualMachine",
        "BlockStorage",
        "Snapshot",
        "VMImage",
        "NetworkInterface",
        "NetworkSecurityGroup",
        "VirtualNetwork",
        "VirtualSubNetwork",
    ],
    calls: &[
        instances::DESCRIBE_INSTANCES,
        storage::DESCRIBE_VOLUMES,
        storage::DESCRIBE_SNAPSHOTS,
        storage::DESCRIBE_PUBLIC_SNAPSHOTS,
        storage::DESCRIBE_SNAPSHOT_ATTRIBUTE,
        storage::DESCRIBE_KEY,
        images::DESCRIBE_IMAGES,
        interfaces::DESCRIBE_NETWORK_INTERFACES,
        groups::DESCRIBE_SECURITY_GROUPS,
        groups::DESCRIBE_NETWORK_ACLS,
        groups::GET_MANAGED_PREFIX_LIST_ENTRIES,
        networks::DESCRIBE_VPCS,
        networks::DESCRIBE_SUBNETS,
        networks::DESCRIBE_FLOW_LOGS,
        networks::DESCRIBE_LOG_GROUPS,
        GET_EBS_ENCRYPTION_BY_DEFAULT,
    ],
};

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let client = aws_sdk_ec2::Client::new(&place.config);
    let client = &client;
    tokio::join!(
        instances::collect(client, place, sink),
        storage::volumes(client, place, sink),
        storage::snapshots(client, place, sink),
        images::collect(client, place, sink),
        interfaces::collect(client, place, sink),
        groups::security_groups(client, place, sink),
        networks::collect(client, place, sink),
        default_encryption(client, place, sink),
    );
}

/// Whether new disks are encrypted unless somebody asks for another.
async fn default_encryption(client: &aws_sdk_ec2::Client, place: &Place, sink: &Sink<'_, '_>) {
    let result = answer(client.get_ebs_encryption_by_default().send().await);
    let Some(setting) = sink.answer(&GET_EBS_ENCRYPTION_BY_DEFAULT, None, result) else { return };
    if let Some(enabled) = setting.ebs_encryption_by_default() {
        let mut encryption = Properties::default();
        encryption.put("enabled", enabled);
        place.facts.tell(place, "defaultDiskEncryption", encryption);
    }
}

fn labels(tags: &[Tag]) -> impl Iterator<Item = (&str, &str)> {
    tags.iter().filter_map(|tag| Some((tag.key()?, tag.value()?)))
}

/// The name that its owner gave a resource, else its id.
fn name<'a>(tags: &'a [Tag], id: &'a str) -> &'a str {
    labels(tags).find(|(key, value)| *key == "Name" && !value.is_empty()).map_or(id, |(_, value)| value)
}
