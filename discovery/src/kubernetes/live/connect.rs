//! Which clusters there are, and the way into each.

use std::fmt::Write as _;
use std::sync::Arc;

use kube::config::{Config, KubeConfigOptions, Kubeconfig, KubeconfigError};
use probity_diagnostics::percent_decoded;

use super::Settings;
use super::api::PLACE;
use crate::live::{Cause, Fault, Tape};

/// What the cluster is called that the program runs in.
const IN_CLUSTER: &str = "in-cluster";

/// A cluster to look at.
pub(super) struct Target {
    /// The context, or what stands for one.
    pub(super) name: String,
    /// The way in; none where answers are played back.
    pub(super) config: Option<Result<Config, Fault>>,
}

/// The clusters that the settings name.
pub(super) async fn targets(settings: &Settings, tape: &Arc<Tape>) -> Result<Vec<Target>, Fault> {
    if tape.is_replaying() {
        return Ok(recorded(settings, tape));
    }
    if settings.in_cluster {
        let missing = |_| Fault::with_code(Cause::NoCredentials, "not in a cluster");
        let config = Config::incluster().map_err(missing);
        return Ok(vec![Target { name: own_name(settings), config: Some(config) }]);
    }
    let read = match &settings.kubeconfig {
        Some(path) => Kubeconfig::read_from(path),
        None => Kubeconfig::read(),
    };
    let kubeconfig = read.map_err(|error| fault(&error))?;
    let mut targets = Vec::new();
    for name in contexts(settings, &kubeconfig)? {
        let options = KubeConfigOptions { context: Some(name.clone()), ..KubeConfigOptions::default() };
        let config = Config::from_custom_kubeconfig(kubeconfig.clone(), &options).await;
        targets.push(Target { name, config: Some(config.map_err(|error| fault(&error))) });
    }
    Ok(targets)
}

fn own_name(settings: &Settings) -> String {
    settings.name.clone().unwrap_or_else(|| IN_CLUSTER.to_owned())
}

/// The clusters of a recording.
fn recorded(settings: &Settings, tape: &Tape) -> Vec<Target> {
    let names = if settings.in_cluster {
        vec![own_name(settings)]
    } else if settings.contexts.is_empty() {
        let places = tape.places();
        places.iter().filter_map(|place| percent_decoded(place.strip_prefix(PLACE)?)).collect()
    } else {
        distinct(settings.contexts.clone())
    };
    names.into_iter().map(|name| Target { name, config: None }).collect()
}

/// The names of the contexts to look at, each once.
fn contexts(settings: &Settings, kubeconfig: &Kubeconfig) -> Result<Vec<String>, Fault> {
    let names = if settings.all_contexts {
        kubeconfig.contexts.iter().map(|context| context.name.clone()).collect()
    } else if settings.contexts.is_empty() {
        kubeconfig.current_context.iter().filter(|name| !name.is_empty()).cloned().collect()
    } else {
        settings.contexts.clone()
    };
    if names.is_empty() {
        return Err(Fault::with_code(Cause::NoCredentials, "no context"));
    }
    Ok(distinct(names))
}

fn distinct(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names.dedup();
    names
}

/// What a kubeconfig lacks. Its texts are left out.
fn fault(error: &KubeconfigError) -> Fault {
    let code = match error {
        KubeconfigError::CurrentContextNotSet => "no context",
        KubeconfigError::LoadContext(_) => "no such context",
        KubeconfigError::LoadClusterOfContext(_) | KubeconfigError::MissingClusterUrl => "no such cluster",
        KubeconfigError::FindPath | KubeconfigError::ReadConfig(..) => "no kubeconfig",
        KubeconfigError::Parse(_) => return Fault::with_code(Cause::Undecodable, "not a kubeconfig"),
        _ => "not usable",
    };
    Fault::with_code(Cause::NoCredentials, code)
}

/// A name as the name of a file: all but letters, digits, `-`, `_` and inner
/// dots stand as bytes.
pub(super) fn encoded(name: &str) -> String {
    let mut text = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_".contains(&byte) || (byte == b'.' && !text.is_empty()) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02x}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use probity_diagnostics::percent_decoded;

    use super::encoded;

    #[test]
    fn names_of_contexts_become_names_of_files_and_back() {
        for (name, file) in [
            ("prod", "prod"),
            ("arn:aws:eks:eu-central-1:1:cluster/a.b", "arn%3aaws%3aeks%3aeu-central-1%3a1%3acluster%2fa.b"),
            ("../../etc", "%2e.%2f..%2fetc"),
            ("böse", "b%c3%b6se"),
        ] {
            assert_eq!(encoded(name), file);
            assert_eq!(percent_decoded(file).as_deref(), Some(name));
        }
    }
}
