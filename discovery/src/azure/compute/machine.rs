//! A virtual machine, by itself or in a scale set.

use azure_mgmt_compute::package_2024_07_01::models::{
    BootDiagnostics, DiagnosticsProfile, NetworkProfile, OsProfile, Resource, SecurityProfile,
    StorageProfile, VirtualMachine, VirtualMachineExtension, VirtualMachineScaleSetVm,
    VirtualMachineScaleSetVmNetworkProfileConfiguration, linux_patch_settings, patch_settings,
    proxy_agent_settings, security_profile::SecurityType,
};
use jiff::Timestamp;
use serde_json::Value;

use super::super::item::{Identity, identity_ids};
use super::super::network::Exposure;
use super::super::{id, logging};
use super::os_logs::OsLogs;
use super::power::State;
use super::{Acting, draft, instant, put_created};
use crate::draft::{Draft, Properties};
use crate::live::Sink;

/// What is looked up elsewhere for machines.
pub(super) struct Lookups {
    pub(super) exposure: Exposure,
    pub(super) logs: OsLogs,
    pub(super) tenant: String,
}

/// The parts of a machine that both kinds have.
pub(super) struct Machine<'a> {
    resource: &'a Resource,
    storage: Option<&'a StorageProfile>,
    os: Option<&'a OsProfile>,
    security: Option<&'a SecurityProfile>,
    diagnostics: Option<&'a DiagnosticsProfile>,
    network: Option<&'a NetworkProfile>,
    /// The interfaces as a scale set describes them.
    described: Option<&'a VirtualMachineScaleSetVmNetworkProfileConfiguration>,
    extensions: &'a [VirtualMachineExtension],
    identity: Option<&'a Identity>,
    created: Option<Timestamp>,
}

impl<'a> Machine<'a> {
    /// A machine by itself; none where the answer holds no properties.
    pub(super) fn of(acting: &'a Acting<VirtualMachine>) -> Option<Self> {
        let machine = &acting.machine;
        let properties = machine.properties.as_ref()?;
        Some(Self {
            resource: &machine.resource,
            storage: properties.storage_profile.as_ref(),
            os: properties.os_profile.as_ref(),
            security: properties.security_profile.as_ref(),
            diagnostics: properties.diagnostics_profile.as_ref(),
            network: properties.network_profile.as_ref(),
            described: None,
            extensions: &machine.resources,
            identity: acting.identity.as_ref(),
            created: instant!(properties.time_created),
        })
    }

    /// A machine of a scale set.
    pub(super) fn of_instance(acting: &'a Acting<VirtualMachineScaleSetVm>) -> Option<Self> {
        let instance = &acting.machine;
        let properties = instance.properties.as_ref()?;
        Some(Self {
            resource: &instance.resource,
            storage: properties.storage_profile.as_ref(),
            os: properties.os_profile.as_ref(),
            security: properties.security_profile.as_ref(),
            diagnostics: properties.diagnostics_profile.as_ref(),
            network: properties.network_profile.as_ref(),
            described: properties.network_profile_configuration.as_ref(),
            extensions: &instance.resources,
            identity: acting.identity.as_ref(),
            created: instant!(properties.time_created),
        })
    }

    /// The machine on its way into evidence.
    pub(super) fn draft(
        &self,
        state: Option<&State>,
        lookups: &Lookups,
        sink: &Sink<'_, '_>,
    ) -> Option<Draft> {
        let mut draft = draft(self.resource, "VirtualMachine")?;
        put_created(&mut draft, self.created);
        self.put_references(&mut draft, lookups);
        let installed = state.and_then(|state| state.installed).map(|then| sink.age(then));
        let properties = &mut draft.properties;
        properties.put_if_known("powerState", state.and_then(|state| state.power));
        properties.put_if_known("automaticUpdates", self.os.and_then(|os| updates(os, installed)));
        properties.put_if_known("remoteAdministration", self.os.and_then(administration));
        properties.put_if_known("secureBoot", secure_boot(self.security));
        properties.put("encryptionInUse", in_use(self.security));
        properties.put("instanceMetadata", metadata(self.security));
        let boot = self.diagnostics.and_then(|profile| profile.boot_diagnostics.as_ref());
        properties.put("bootLogging", boot.map_or(Value::Null, boot_logging));
        properties.put_if_known("malwareProtection", self.malware_protection());
        if let Some(logs) = lookups.logs.of(draft.id()) {
            logging::put(&mut draft, "osLogging", logs);
        }
        Some(draft)
    }

    fn put_references(&self, draft: &mut Draft, lookups: &Lookups) {
        if let Some(storage) = self.storage {
            if let Some(disks) = disks(storage) {
                draft.put_ids("blockStorageIds", disks);
            }
            // images of the market place are no resources of anybody
            let image = storage.image_reference.as_ref().and_then(|image| image.sub_resource.id.as_deref());
            draft.put_id("imageId", image.map(id::canonical));
        }
        if let Some(network) = self.network {
            let ids = network.network_interfaces.iter().map(|interface| interface.sub_resource.id.as_deref());
            let ids: Option<Vec<String>> = ids.map(|id| id.map(id::canonical)).collect();
            let reached = match (&ids, self.described) {
                (_, Some(described)) => lookups.exposure.described(described),
                (Some(ids), None) => lookups.exposure.any(ids),
                (None, None) => None,
            };
            draft.properties.put_if_known("internetAccessible", reached);
            if let Some(ids) = ids {
                draft.put_ids("networkInterfaceIds", ids);
            }
        }
        if let Some(ids) = identity_ids(self.identity, &lookups.tenant) {
            draft.put_ids("identityIds", ids);
        }
    }

    /// Protection by an extension of the platform; without one there may be
    /// another, of which the platform knows nothing.
    fn malware_protection(&self) -> Option<Properties> {
        let is_protection = |extension: &VirtualMachineExtension| {
            let properties = extension.properties.as_ref()?;
            let settings = properties.settings.as_ref();
            match properties.type_.as_deref()? {
                "MDE.Windows" | "MDE.Linux" => Some(true),
                "IaaSAntimalware" => super::super::value::truth(
                    settings.and_then(|settings| settings.get("AntimalwareEnabled")),
                ),
                _ => None,
            }
        };
        let found: Vec<bool> = self.extensions.iter().filter_map(is_protection).collect();
        let mut protection = Properties::default();
        protection.put("enabled", found.contains(&true));
        (!found.is_empty()).then_some(protection)
    }
}

/// The disks of a machine; none where one of them is a file in a storage
/// account.
fn disks(storage: &StorageProfile) -> Option<Vec<String>> {
    let system = storage.os_disk.iter().map(|disk| disk.managed_disk.as_ref());
    let data = storage.data_disks.iter().map(|disk| disk.managed_disk.as_ref());
    system.chain(data).map(|disk| disk?.sub_resource.id.as_deref().map(id::canonical)).collect()
}

/// How the system is kept up to date, as far as the platform decides it.
fn updates(os: &OsProfile, installed: Option<i64>) -> Option<Properties> {
    let windows = os.windows_configuration.as_ref();
    let linux = os.linux_configuration.as_ref();
    let mode = windows.and_then(|windows| windows.patch_settings.as_ref()?.patch_mode.as_ref());
    let linux_mode = linux.and_then(|linux| linux.patch_settings.as_ref()?.patch_mode.as_ref());
    let by_platform = mode == Some(&patch_settings::PatchMode::AutomaticByPlatform)
        || linux_mode == Some(&linux_patch_settings::PatchMode::AutomaticByPlatform);
    let enabled = match mode {
        _ if by_platform => Some(true),
        Some(patch_settings::PatchMode::Manual) => Some(false),
        // on Linux the image decides otherwise, and nobody tells how
        _ => windows.and_then(|windows| windows.enable_automatic_updates),
    };
    if enabled.is_none() && installed.is_none() {
        return None;
    }
    let mut updates = Properties::default();
    updates.put_if_known("enabled", enabled);
    updates.put_if_known("timeSinceInstallation", installed);
    Some(updates)
}

/// How administrators sign in, as far as the platform decides it.
fn administration(os: &OsProfile) -> Option<Properties> {
    let disabled = os.linux_configuration.as_ref()?.disable_password_authentication?;
    let mut administration = Properties::default();
    administration.put("passwordSignIn", !disabled);
    Some(administration)
}

/// The check of signatures at the start, which only machines with a security
/// type have.
fn secure_boot(security: Option<&SecurityProfile>) -> Option<Value> {
    let Some(uefi) = security.and_then(|security| security.uefi_settings.as_ref()) else {
        let has_type = security.is_some_and(|security| security.security_type.is_some());
        return (!has_type).then_some(Value::Null);
    };
    let mut boot = Properties::default();
    boot.put_if_known("enabled", uefi.secure_boot_enabled);
    boot.put_if_known("trustedPlatformModule", uefi.v_tpm_enabled);
    Some(boot.into())
}

/// The encryption of memory, which only confidential machines have.
fn in_use(security: Option<&SecurityProfile>) -> Value {
    let kind = security.and_then(|security| security.security_type.as_ref());
    if kind != Some(&SecurityType::ConfidentialVm) {
        return Value::Null;
    }
    let mut encryption = Properties::default();
    encryption.put("enabled", true);
    encryption.into()
}

/// The service inside that hands out credentials. It is there on every machine,
/// and asks for no more than a header unless a proxy signs each request.
fn metadata(security: Option<&SecurityProfile>) -> Properties {
    let proxy = security.and_then(|security| security.proxy_agent_settings.as_ref());
    let enforced = proxy.is_some_and(|proxy| {
        proxy.enabled == Some(true) && proxy.mode == Some(proxy_agent_settings::Mode::Enforce)
    });
    let mut metadata = Properties::default();
    metadata.put("enabled", true);
    metadata.put("tokenRequired", enforced);
    metadata
}

/// Logs of the boot, which stay in a storage account.
fn boot_logging(boot: &BootDiagnostics) -> Value {
    let mut logging = Properties::default();
    logging.put_if_known("enabled", boot.enabled);
    logging.put("loggingServiceIds", Vec::<String>::new());
    logging.into()
}
