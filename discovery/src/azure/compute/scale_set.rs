//! Machines of scale sets. Those of sets with flexible orchestration stand in
//! the list of all machines.

use std::cell::RefCell;

use azure_mgmt_compute::package_2024_07_01::models::{
    OrchestrationMode, VirtualMachineScaleSet, VirtualMachineScaleSetVm,
};

use super::super::id;
use super::super::place::Place;
use super::power::{State, power};
use super::{Acting, MACHINES};
use crate::live::{Call, Sink};

/// The list of scale sets.
pub(super) const LIST_SCALE_SETS: Call =
    Call::listing("list scale sets", "Microsoft.Compute/virtualMachineScaleSets/read", &["VirtualMachine"]);

/// The list of machines of a scale set.
pub(super) const LIST_INSTANCES: Call = Call::listing(
    "list machines of a scale set",
    "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/read",
    &["VirtualMachine"],
);

/// The machines of all scale sets.
pub(super) async fn read(place: &Place, sink: &Sink<'_, '_>) -> Vec<Acting<VirtualMachineScaleSetVm>> {
    let path = place.path("providers/Microsoft.Compute/virtualMachineScaleSets");
    let sets = place.list::<VirtualMachineScaleSet>(sink, &LIST_SCALE_SETS, None, &path, MACHINES).await;
    let instances = RefCell::default();
    let uniform = sets.items.iter().filter(|set| !is_flexible(set)).filter_map(|set| set.resource.id.clone());
    place
        .each(uniform, |set| {
            let instances: &RefCell<Vec<Acting<VirtualMachineScaleSetVm>>> = &instances;
            async move {
                let path = format!("{set}/virtualMachines");
                let about = Some(id::name(&set));
                let asked = [("$expand", "instanceView")];
                let listed = place.list_with(sink, &LIST_INSTANCES, about, &path, MACHINES, &asked).await;
                instances.borrow_mut().extend(listed.items);
            }
        })
        .await;
    instances.into_inner()
}

fn is_flexible(set: &VirtualMachineScaleSet) -> bool {
    let mode = set.properties.as_ref().and_then(|properties| properties.orchestration_mode.as_ref());
    mode == Some(&OrchestrationMode::Flexible)
}

/// What a machine is doing.
pub(super) fn state(instance: &VirtualMachineScaleSetVm) -> Option<State> {
    let view = instance.properties.as_ref()?.instance_view.as_ref()?;
    let codes = view.statuses.iter().filter_map(|status| status.code.as_deref());
    Some(State { power: power(codes), installed: None })
}
