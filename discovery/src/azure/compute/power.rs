//! The state that machines are in, asked for all of them at once.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Deserialize;

use super::super::item::Item;
use super::super::place::Place;
use super::super::{id, value};
use super::MACHINES;
use crate::live::{Call, Sink};

/// The list of states.
pub(super) const MACHINE_STATES: Call = Call::detail(
    "list states of virtual machines",
    "Microsoft.Compute/virtualMachines/read",
    &["VirtualMachine"],
    &["automaticUpdates.timeSinceInstallation", "powerState"],
);

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Viewed {
    instance_view: Option<View>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct View {
    statuses: Option<Vec<Status>>,
    patch_status: Option<PatchStatus>,
}

#[derive(Debug, Deserialize)]
struct Status {
    code: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PatchStatus {
    last_patch_installation_summary: Option<Installation>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Installation {
    status: Option<String>,
    last_modified_time: Option<String>,
}

/// What a machine is doing.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    pub(super) power: Option<&'static str>,
    /// When updates were last installed with success.
    pub(super) installed: Option<Timestamp>,
}

impl State {
    fn of(view: &View) -> Self {
        let codes = view.statuses.iter().flatten().filter_map(|status| status.code.as_deref());
        let last =
            view.patch_status.as_ref().and_then(|status| status.last_patch_installation_summary.as_ref());
        let done = last.filter(|last| last.status.as_deref() == Some("Succeeded"));
        let installed = done.and_then(|last| value::time(last.last_modified_time.as_deref()?));
        Self { power: power(codes), installed }
    }
}

/// The state that codes tell; none while it changes.
pub(super) fn power<'a>(mut codes: impl Iterator<Item = &'a str>) -> Option<&'static str> {
    match codes.find_map(|code| code.strip_prefix("PowerState/"))? {
        "running" => Some("running"),
        "stopped" | "deallocated" => Some("stopped"),
        _ => None,
    }
}

/// The states of all machines, by id.
pub(super) struct States(BTreeMap<String, State>);

impl States {
    pub(super) async fn read(place: &Place, sink: &Sink<'_, '_>) -> Self {
        let path = place.path("providers/Microsoft.Compute/virtualMachines");
        let asked = [("statusOnly", "true")];
        let listed =
            place.list_with::<Item<Viewed>>(sink, &MACHINE_STATES, None, &path, MACHINES, &asked).await;
        let state = |item: &Item<Viewed>| {
            Some((id::canonical(&item.id), State::of(item.properties.as_ref()?.instance_view.as_ref()?)))
        };
        Self(listed.items.iter().filter_map(state).collect())
    }

    pub(super) fn get(&self, machine: &str) -> Option<&State> {
        self.0.get(&id::canonical(machine))
    }
}
