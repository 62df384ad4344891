//! Disks, snapshots and images, and the keys that they are encrypted with.

use std::collections::BTreeMap;

use azure_mgmt_compute::package_2024_07_01::models::{
    Disk, DiskEncryptionSet, Encryption, EncryptionType, Image, Snapshot,
};

use super::super::id;
use super::super::place::Place;
use super::{DISKS, draft, instant, put_created};
use crate::draft::{Draft, Properties};
use crate::live::{Call, Sink};

/// The list of sets that tie disks to keys.
pub(super) const DISK_ENCRYPTION_SETS: Call = Call::detail(
    "list disk encryption sets",
    "Microsoft.Compute/diskEncryptionSets/read",
    &["BlockStorage", "Snapshot", "VMImage"],
    &["atRestEncryption.keyId"],
);

/// Bytes of a gibibyte.
const GIBIBYTE: i64 = 1 << 30;

/// The keys of encryption sets, by the id of the set.
pub(super) struct Keys(BTreeMap<String, String>);

impl Keys {
    pub(super) async fn read(place: &Place, sink: &Sink<'_, '_>) -> Self {
        let path = place.path("providers/Microsoft.Compute/diskEncryptionSets");
        let listed = place.list::<DiskEncryptionSet>(sink, &DISK_ENCRYPTION_SETS, None, &path, DISKS).await;
        Self(listed.items.iter().filter_map(key).collect())
    }

    /// The encryption of a disk. All managed disks are encrypted with AES-256,
    /// which nobody can turn off.
    fn at_rest(&self, encryption: Option<&Encryption>) -> Properties {
        let mut at_rest = Properties::default();
        at_rest.put("enabled", true);
        at_rest.put("algorithm", "AES-256");
        let kind = encryption.and_then(|encryption| encryption.type_.as_ref());
        match kind {
            Some(EncryptionType::EncryptionAtRestWithPlatformKey) => {
                at_rest.put("keyId", serde_json::Value::Null);
                at_rest.put("keyManagement", "provider");
            }
            Some(
                EncryptionType::EncryptionAtRestWithCustomerKey
                | EncryptionType::EncryptionAtRestWithPlatformAndCustomerKeys,
            ) => {
                let set = encryption.and_then(|encryption| encryption.disk_encryption_set_id.as_deref());
                at_rest.put_if_known("keyId", set.and_then(|set| self.get(set)));
                at_rest.put("keyManagement", "customer");
            }
            Some(EncryptionType::UnknownValue(_)) | None => {}
        }
        at_rest
    }

    fn get(&self, set: &str) -> Option<&str> {
        self.0.get(&id::canonical(set)).map(String::as_str)
    }
}

/// A set with its key: a vault by id, and a key by address.
fn key(set: &DiskEncryptionSet) -> Option<(String, String)> {
    let active = set.properties.as_ref()?.active_key.as_ref()?;
    let vault = active.source_vault.as_ref()?.id.as_deref()?;
    let (_, path) = active.key_url.split_once("/keys/")?;
    let name = path.split('/').next()?;
    Some((id::canonical(set.resource.id.as_deref()?), id::canonical(&format!("{vault}/keys/{name}"))))
}

fn put_encryption(draft: &mut Draft, at_rest: Properties) {
    let value = serde_json::Value::from(at_rest);
    if let Some(key) = value.get("keyId").and_then(serde_json::Value::as_str) {
        draft.relate(key);
    }
    draft.properties.put("atRestEncryption", value);
}

/// How much a disk holds: in bytes, or in gibibytes where bytes are not told.
fn capacity(bytes: Option<i64>, gibibytes: Option<i32>) -> Option<i64> {
    bytes.or(gibibytes.map(|size| i64::from(size) * GIBIBYTE))
}

pub(super) fn disk(disk: &Disk, keys: &Keys) -> Option<Draft> {
    let mut draft = draft(&disk.resource, "BlockStorage")?;
    let attached = disk.managed_by.iter().chain(&disk.managed_by_extended);
    let mut machines: Vec<String> = attached.map(|machine| id::canonical(machine)).collect();
    machines.sort();
    machines.dedup();
    draft.put_ids("computeIds", machines);
    let Some(properties) = &disk.properties else { return Some(draft) };
    put_created(&mut draft, instant!(properties.time_created));
    let size = capacity(properties.disk_size_bytes, properties.disk_size_gb);
    draft.properties.put_if_known("capacity", size);
    put_encryption(&mut draft, keys.at_rest(properties.encryption.as_ref()));
    Some(draft)
}

pub(super) fn snapshot(snapshot: &Snapshot, keys: &Keys, sink: &Sink<'_, '_>) -> Option<Draft> {
    let mut draft = draft(&snapshot.resource, "Snapshot")?;
    // snapshots are restored by those who have a role on them, never by anybody
    draft.properties.put("publicAccess", false);
    let Some(properties) = &snapshot.properties else { return Some(draft) };
    let created = instant!(properties.time_created);
    put_created(&mut draft, created);
    draft.properties.put_if_known("age", created.map(|then| sink.age(then)));
    let size = capacity(properties.disk_size_bytes, properties.disk_size_gb);
    draft.properties.put_if_known("capacity", size);
    put_encryption(&mut draft, keys.at_rest(properties.encryption.as_ref()));
    if let Some(source) = &properties.creation_data.source_resource_id {
        draft.put_id("sourceId", Some(id::canonical(source)));
    }
    Some(draft)
}

pub(super) fn image(image: &Image, keys: &Keys) -> Option<Draft> {
    let mut draft = draft(&image.resource, "VMImage")?;
    // images are used by those who have a role on them, never by anybody
    draft.properties.put("publicAccess", false);
    let stored = image.properties.as_ref().and_then(|properties| properties.storage_profile.as_ref());
    if let Some(disk) = stored.and_then(|stored| stored.os_disk.as_ref()) {
        let set = disk.image_disk.disk_encryption_set.as_ref();
        let set = set.and_then(|set| set.sub_resource.id.clone());
        // without a set, the keys are those of the platform
        let type_ = match &set {
            Some(_) => EncryptionType::EncryptionAtRestWithCustomerKey,
            None => EncryptionType::EncryptionAtRestWithPlatformKey,
        };
        let encryption = Encryption { disk_encryption_set_id: set, type_: Some(type_) };
        put_encryption(&mut draft, keys.at_rest(Some(&encryption)));
    }
    Some(draft)
}
