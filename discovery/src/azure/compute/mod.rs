//! Virtual machines, scale sets, disks, snapshots and images, in the types of
//! `azure_mgmt_compute`.

mod disk;
mod machine;
mod os_logs;
mod power;
mod scale_set;

use std::collections::BTreeMap;

use azure_mgmt_compute::package_2024_07_01::models::{Disk, Image, Resource, Snapshot, VirtualMachine};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use self::disk::{DISK_ENCRYPTION_SETS, Keys};
use self::machine::{Lookups, Machine};
use self::power::{MACHINE_STATES, States};
use super::item::Identity;
use super::logging;
use super::network::{Exposure, INTERFACES_OF_MACHINES, LOAD_BALANCERS_OF_MACHINES};
use super::place::Place;
use super::{id, region};
use crate::draft::Draft;
use crate::live::{Call, Service, Sink};

/// The version of the interface to machines and images.
const MACHINES: &str = "2024-07-01";

/// The version of the interface to disks and snapshots.
const DISKS: &str = "2024-03-02";

const LIST_MACHINES: Call =
    Call::listing("list virtual machines", "Microsoft.Compute/virtualMachines/read", &["VirtualMachine"]);
const LIST_DISKS: Call = Call::listing("list disks", "Microsoft.Compute/disks/read", &["BlockStorage"]);
const LIST_SNAPSHOTS: Call =
    Call::listing("list snapshots", "Microsoft.Compute/snapshots/read", &["Snapshot"]);
const LIST_IMAGES: Call = Call::listing("list images", "Microsoft.Compute/images/read", &["VMImage"]);
const WORKSPACES: Call = logging::workspaces(&["VirtualMachine"], &["osLogging.retentionPeriod"]);

pub(super) static SERVICE: Service = Service {
    name: "compute",
    resource_types: &["BlockStorage", "Snapshot", "VMImage", "VirtualMachine"],
    calls: &[
        LIST_MACHINES,
        MACHINE_STATES,
        scale_set::LIST_SCALE_SETS,
        scale_set::LIST_INSTANCES,
        LIST_DISKS,
        DISK_ENCRYPTION_SETS,
        LIST_SNAPSHOTS,
        LIST_IMAGES,
        INTERFACES_OF_MACHINES,
        LOAD_BALANCERS_OF_MACHINES,
        os_logs::LIST_RULES,
        os_logs::LIST_ASSOCIATIONS,
        WORKSPACES,
    ],
};

/// A machine with its identities: the type of the crate does not hold those
/// that are assigned to it.
#[derive(Debug, Deserialize)]
struct Acting<M> {
    #[serde(flatten)]
    machine: M,
    identity: Option<Identity>,
}

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let path = place.path("providers/Microsoft.Compute/virtualMachines");
    let machines = place.list::<Acting<VirtualMachine>>(sink, &LIST_MACHINES, None, &path, MACHINES).await;
    let sets = scale_set::read(place, sink).await;
    if !machines.items.is_empty() || !sets.is_empty() {
        let states = States::read(place, sink).await;
        let exposure =
            Exposure::read(place, sink, &INTERFACES_OF_MACHINES, &LOAD_BALANCERS_OF_MACHINES).await;
        let logs = os_logs::read(place, sink, &WORKSPACES).await;
        let lookups = Lookups { exposure, logs, tenant: place.tenant().to_owned() };
        for machine in &machines.items {
            let state = machine.machine.resource.id.as_deref().and_then(|id| states.get(id));
            write(sink, &LIST_MACHINES, Machine::of(machine), |machine| machine.draft(state, &lookups, sink));
        }
        for instance in &sets {
            write(sink, &scale_set::LIST_INSTANCES, Machine::of_instance(instance), |machine| {
                machine.draft(scale_set::state(&instance.machine).as_ref(), &lookups, sink)
            });
        }
    }
    disks(place, sink).await;
}

async fn disks(place: &Place, sink: &Sink<'_, '_>) {
    let keys = Keys::read(place, sink).await;
    let path = place.path("providers/Microsoft.Compute/disks");
    for disk in place.list::<Disk>(sink, &LIST_DISKS, None, &path, DISKS).await.items {
        write(sink, &LIST_DISKS, Some(disk), |disk| disk::disk(&disk, &keys));
    }
    let path = place.path("providers/Microsoft.Compute/snapshots");
    for snapshot in place.list::<Snapshot>(sink, &LIST_SNAPSHOTS, None, &path, DISKS).await.items {
        write(sink, &LIST_SNAPSHOTS, Some(snapshot), |snapshot| disk::snapshot(&snapshot, &keys, sink));
    }
    let path = place.path("providers/Microsoft.Compute/images");
    for image in place.list::<Image>(sink, &LIST_IMAGES, None, &path, MACHINES).await.items {
        write(sink, &LIST_IMAGES, Some(image), |image| disk::image(&image, &keys));
    }
}

/// Writes what an answer leads to; one that names no resource is noted.
fn write<T>(sink: &Sink<'_, '_>, call: &Call, item: Option<T>, draft: impl FnOnce(T) -> Option<Draft>) {
    match item.and_then(draft) {
        Some(draft) => sink.write(draft),
        None => sink.fault(call, None, crate::live::Fault::new(crate::live::Cause::Undecodable)),
    }
}

/// A resource on its way into evidence, with what its envelope tells.
fn draft(resource: &Resource, resource_type: &'static str) -> Option<Draft> {
    let id = resource.id.as_deref()?;
    let mut draft =
        Draft::new(resource_type, id::canonical(id), resource.name.as_deref().unwrap_or(id::name(id)));
    draft.put_id("parentId", id::holder(id));
    let tags: BTreeMap<&str, &str> = resource
        .tags
        .iter()
        .filter_map(Value::as_object)
        .flatten()
        .map(|(name, text)| (name.as_str(), text.as_str().unwrap_or_default()))
        .collect();
    draft.put_labels(tags);
    draft.properties.put("geoLocation", region::location(&resource.location));
    Some(draft)
}

/// An instant of the crate's own kind, which counts seconds alike.
macro_rules! instant {
    ($time:expr) => {
        $time.and_then(|then| jiff::Timestamp::from_second(then.unix_timestamp()).ok())
    };
}
use instant;

/// The time of creation.
fn put_created(draft: &mut Draft, created: Option<Timestamp>) {
    draft.properties.put_if_known("creationTime", created.map(|then| then.to_string()));
}
