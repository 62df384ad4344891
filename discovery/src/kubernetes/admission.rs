use probity_diagnostics::secrecy;

use std::collections::BTreeSet;

use super::cluster::Cluster;
use super::node::Node;
use super::object::Object;
use super::output::{self, Output};

/// Writes who is asked, by name, before objects are admitted to the cluster.
pub(super) fn webhooks(cluster: &Cluster, object: &Object, output: &mut Output) {
    entries(cluster, object, &["webhooks"], &["clientConfig", "url"], output);
}

/// Writes a policy on what is admitted: the variables that its rules work
/// with. The rules themselves have no names.
pub(super) fn policy(cluster: &Cluster, object: &Object, output: &mut Output) {
    entries(cluster, object, &["spec", "variables"], &["expression"], output);
}

/// Writes a configuration of named entries, each with a text.
fn entries(cluster: &Cluster, object: &Object, list: &[&str], text: &[&str], output: &mut Output) {
    let entries = object.root().path(list).items();
    let names = |wanted: &dyn Fn(&Node<'_>) -> bool| -> Vec<String> {
        let named = entries.iter().filter(|entry| wanted(entry));
        let names: BTreeSet<&str> = named.filter_map(|entry| entry.get("name").text()).collect();
        names.into_iter().map(str::to_owned).collect()
    };
    let suspect = |text: &str| secrecy::holds_credential(text) || text == secrecy::REDACTED_CREDENTIAL;
    let with_credential = |entry: &Node<'_>| entry.path(text).text().is_some_and(suspect);
    let mut draft = output::draft("Configuration", cluster, object);
    draft.properties.put("entryNames", names(&|_| true));
    draft.properties.put("suspectedSecrets", names(&with_credential));
    output.write(draft);
}
