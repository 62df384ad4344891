use serde_json::{Value, json};

use super::cluster::Cluster;
use super::kind::Kind;
use super::node::Node;
use super::object::Object;
use super::output::{self, Output};
use super::quantity;
use crate::draft::Draft;

/// Marks the storage class for claims that name none.
const DEFAULT_CLASS: &str = "storageclass.kubernetes.io/is-default-class";

/// Writes a claim.
pub(super) fn claim(cluster: &Cluster, object: &Object, output: &mut Output) {
    let draft = output::draft("PersistentVolumeClaim", cluster, object);
    write_claim(cluster, draft, &object.root().get("spec"), output);
}

/// Writes the claims that a stateful set makes for each of its pods, one per
/// template.
pub(super) fn claim_templates(cluster: &Cluster, object: &Object, output: &mut Output) {
    for template in object.root().path(&["spec", "volumeClaimTemplates"]).items() {
        let Some(name) = template.path(&["metadata", "name"]).filled() else {
            template.refuse("a claim with a name");
            continue;
        };
        let name = format!("{name}-{}", object.name);
        let id = cluster.id(Kind::PersistentVolumeClaim, &object.namespace, &name);
        let mut draft = Draft::new("PersistentVolumeClaim", id, &name);
        draft.put_id("parentId", Some(cluster.id_of(object)));
        write_claim(cluster, draft, &template.get("spec"), output);
    }
}

fn write_claim(cluster: &Cluster, mut draft: Draft, spec: &Node<'_>, output: &mut Output) {
    let class = spec.get("storageClassName").filled().map(|name| cluster.id(Kind::StorageClass, "", name));
    draft.put_id("storageClassId", class);
    let asked = quantity::bytes(&spec.path(&["resources", "requests", "storage"]));
    draft.properties.put_or_null("capacity", asked);
    draft.properties.put("accessModes", spec.get("accessModes").texts());
    output.write(draft);
}

/// Writes a storage class.
pub(super) fn class(cluster: &Cluster, object: &Object, output: &mut Output) {
    let root = object.root();
    let provisioner = root.get("provisioner").filled();
    let parameters = root.get("parameters");
    let mut draft = output::draft("StorageClass", cluster, object);
    draft.properties.put_or_null("provisioner", provisioner);
    draft.properties.put("isDefault", object.annotation(DEFAULT_CLASS) == Some("true"));
    draft.properties.put("reclaimPolicy", root.get("reclaimPolicy").filled().unwrap_or("Delete"));
    let encryption = provisioner.and_then(|driver| encryption(driver, &parameters));
    draft.properties.put_if_known("atRestEncryption", encryption);
    output.write(draft);
}

/// Encryption of the volumes of a class, where driver and parameters tell it.
/// Disks of Azure and Google Cloud are always encrypted; those of AWS are as
/// the class says, else as the account says, which is not known here.
fn encryption(driver: &str, parameters: &Node<'_>) -> Option<Value> {
    let parameter = |name: &str| {
        let mut all = parameters.members().into_iter();
        all.find(|(key, _)| key.eq_ignore_ascii_case(name)).and_then(|(_, value)| value.filled())
    };
    let (enabled, key) = match driver {
        "ebs.csi.aws.com" | "kubernetes.io/aws-ebs" | "efs.csi.aws.com" => {
            (parameter("encrypted")?.eq_ignore_ascii_case("true"), parameter("kmsKeyId"))
        }
        "disk.csi.azure.com" | "kubernetes.io/azure-disk" => (true, parameter("diskEncryptionSetID")),
        "pd.csi.storage.gke.io" | "kubernetes.io/gce-pd" => (true, parameter("disk-encryption-kms-key")),
        _ => return None,
    };
    let management = if key.is_some() { "customer" } else { "provider" };
    Some(if enabled {
        json!({"enabled": true, "keyManagement": management, "keyId": key})
    } else {
        json!({"enabled": false})
    })
}
