use probity_diagnostics::secrecy;

use super::cluster::Cluster;
use super::object::Object;
use super::output::{self, Output};

/// Writes a secret: its kind and the names of its entries, never a text.
pub(super) fn secret(cluster: &Cluster, object: &Object, output: &mut Output) {
    let mut draft = output::draft("Secret", cluster, object);
    draft.properties.put("secretKind", object.root().get("type").filled().unwrap_or("Opaque"));
    // a running cluster is not asked for what secrets hold
    if !cluster.is_running() {
        draft.properties.put("entryNames", entry_names(object, &["data", "stringData"]));
    }
    output.write(draft);
}

/// Writes a configuration: the names of its entries, and which of them look
/// like credentials; never a text.
pub(super) fn configuration(cluster: &Cluster, object: &Object, output: &mut Output) {
    let suspects: Vec<String> = object
        .root()
        .get("data")
        .members()
        .into_iter()
        .filter_map(|(name, value)| secrecy::is_suspect(name, value.text()?).then(|| name.to_owned()))
        .collect();
    let mut draft = output::draft("Configuration", cluster, object);
    draft.properties.put("entryNames", entry_names(object, &["data", "binaryData"]));
    draft.properties.put("suspectedSecrets", suspects);
    output.write(draft);
}

fn entry_names(object: &Object, keys: &[&str]) -> Vec<String> {
    let mut names: Vec<String> = keys.iter().flat_map(|key| object.root().get(key).names()).collect();
    names.sort();
    names.dedup();
    names
}
