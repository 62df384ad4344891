use super::cluster::Cluster;
use super::object::Object;
use super::output::{self, Output};
use crate::draft::Properties;

/// How the ids begin that clouds give their virtual machines.
const CLOUDS: [&str; 9] = [
    "aws://",
    "azure://",
    "digitalocean://",
    "gce://",
    "hcloud://",
    "ibm://",
    "linode://",
    "oci://",
    "vsphere://",
];

/// Where the region of a node stands.
const REGION: &str = "topology.kubernetes.io/region";

/// Writes a node that is the virtual machine of a cloud, as its provider id
/// says. Whether another node is a machine, a virtual one or a container, its
/// object does not tell, so there is no word for it.
pub(super) fn collect(cluster: &Cluster, object: &Object, output: &mut Output) {
    let root = object.root();
    let provider = root.path(&["spec", "providerID"]);
    if !provider.text().is_some_and(|id| CLOUDS.iter().any(|cloud| id.starts_with(cloud))) {
        return;
    }
    let mut draft = output::draft("VirtualMachine", cluster, object);
    if let Some(region) = root.path(&["metadata", "labels", REGION]).filled() {
        let mut place = Properties::default();
        place.put("region", region);
        draft.properties.put("geoLocation", place);
    }
    let status = root.get("status");
    let addresses = status.get("addresses").items();
    let is_public = addresses.iter().any(|one| one.get("type").text() == Some("ExternalIP"));
    // an address that no cloud controller noted may still be public
    draft.properties.put_if_known("internetAccessible", is_public.then_some(true));
    let conditions = status.get("conditions").items();
    let ready = conditions
        .iter()
        .any(|one| one.get("type").text() == Some("Ready") && one.get("status").text() == Some("True"));
    draft.properties.put_if_known("powerState", ready.then_some("running"));
    output.write(draft);
}
