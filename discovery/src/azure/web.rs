//! Web applications and functions. Values of settings are looked at for
//! credentials and kept nowhere.

use std::collections::BTreeMap;

use probity_diagnostics::secrecy::is_suspect;
use serde::Deserialize;

use super::access;
use super::item::{Item, PrivateConnection, identity_ids};
use super::logging::{self, Retentions};
use super::place::Place;
use super::value::tls;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Service, Sink};

/// The version of the interface.
const VERSION: &str = "2023-12-01";

const LIST_SITES: Call = Call::listing(
    "list web applications",
    "Microsoft.Web/sites/read",
    &["Function", "FunctionService", "GenericNetworkService"],
);
const GET_CONFIGURATION: Call = Call::detail(
    "get configuration of a web application",
    "Microsoft.Web/sites/config/read",
    &["Function", "FunctionService", "GenericNetworkService"],
    &["runtimeLanguage", "runtimeVersion", "transportEncryption.protocolVersion"],
);
const LIST_SETTINGS: Call = Call::detail(
    "list settings of a function",
    "Microsoft.Web/sites/config/list/action",
    &["Function"],
    &["secretsInEnvironment"],
);
const WORKSPACES: Call = logging::workspaces(&["Function"], &["resourceLogging.retentionPeriod"]);
const DIAGNOSTICS: Call = logging::settings(&["Function"], &["resourceLogging"]);

pub(super) static SERVICE: Service = Service {
    name: "web",
    resource_types: &["Function", "FunctionService", "GenericNetworkService"],
    calls: &[LIST_SITES, GET_CONFIGURATION, LIST_SETTINGS, WORKSPACES, DIAGNOSTICS],
};

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Site {
    https_only: Option<bool>,
    client_cert_enabled: Option<bool>,
    client_cert_mode: Option<String>,
    default_host_name: Option<String>,
    public_network_access: Option<String>,
    private_endpoint_connections: Option<Vec<PrivateConnection>>,
}

#[derive(Debug, Default, Deserialize)]
struct Configuration {
    #[serde(rename = "minTlsVersion")]
    lowest_tls: Option<String>,
    #[serde(rename = "linuxFxVersion")]
    linux: Option<String>,
    #[serde(rename = "javaVersion")]
    java: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Settings {
    properties: Option<BTreeMap<String, Option<String>>>,
}

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let path = place.path("providers/Microsoft.Web/sites");
    let listed = place.list::<Item<Site>>(sink, &LIST_SITES, None, &path, VERSION).await;
    if listed.items.is_empty() {
        return;
    }
    let retentions = Retentions::read(place, sink, &WORKSPACES).await;
    place.each(&listed.items, |item| one(place, sink, item, &retentions)).await;
}

async fn one(place: &Place, sink: &Sink<'_, '_>, item: &Item<Site>, retentions: &Retentions) {
    let path = format!("{}/config/web", item.id);
    let configuration: Option<Item<Configuration>> =
        place.get(sink, &GET_CONFIGURATION, item.name(), &path, VERSION).await;
    let configuration = configuration.and_then(|item| item.properties);
    if !is_function(item) {
        sink.write(service(item, "GenericNetworkService", configuration.as_ref()));
        return;
    }
    // the code and its interface are two things in one resource: the interface
    // is known by the part that configures it
    sink.write(service(item, "FunctionService", configuration.as_ref()));
    let mut draft = function(item, configuration.as_ref(), place.tenant());
    let path = format!("{}/config/appsettings/list", item.id);
    let settings: Option<Settings> = place.post(sink, &LIST_SETTINGS, item.name(), &path, VERSION).await;
    let settings = settings.and_then(|settings| settings.properties);
    draft.properties.put_if_known("secretsInEnvironment", settings.map(|settings| holds_secrets(&settings)));
    if let Some(settings) = logging::settings_of(place, sink, &DIAGNOSTICS, &item.id).await {
        let logs = retentions.logging(&settings, &[], false);
        logging::put(&mut draft, "resourceLogging", logs);
    }
    sink.write(draft);
}

fn is_function(item: &Item<Site>) -> bool {
    item.kind.as_deref().is_some_and(|kind| kind.split(',').any(|part| part == "functionapp"))
}

/// Whether settings hold credentials.
fn holds_secrets(settings: &BTreeMap<String, Option<String>>) -> bool {
    settings.iter().any(|(name, text)| is_suspect(name, text.as_deref().unwrap_or_default()))
}

fn service(item: &Item<Site>, resource_type: &'static str, configuration: Option<&Configuration>) -> Draft {
    let mut draft = if resource_type == "FunctionService" {
        let name = Some(item.name().to_owned());
        let part = Item::<Site> { id: format!("{}/config/web", item.id), name, ..Item::default() };
        let mut draft = part.part(resource_type, &item.id, item.location.as_deref());
        draft.relate(super::id::canonical(&item.id));
        draft
    } else {
        item.draft(resource_type)
    };
    let Some(site) = &item.properties else { return draft };
    let properties = &mut draft.properties;
    properties.put_if_known("internetAccessible", site.is_public());
    let mut encryption = Properties::default();
    encryption.put("enabled", true);
    encryption.put_if_known("enforced", site.https_only);
    encryption.put("protocol", "TLS");
    let lowest = configuration.and_then(|configuration| configuration.lowest_tls.as_deref());
    encryption.put_if_known("protocolVersion", lowest.and_then(tls));
    if let Some(host) = &site.default_host_name {
        let mut endpoint = Properties::default();
        endpoint.put("url", format!("https://{host}"));
        // other ways to sign in are a matter of the program
        let by_certificate =
            site.client_cert_enabled == Some(true) && site.client_cert_mode.as_deref() == Some("Required");
        endpoint.put_if_known("authentication", by_certificate.then(|| vec!["certificate".to_owned()]));
        endpoint.put("transportEncryption", encryption.clone());
        properties.put("httpEndpoints", vec![serde_json::Value::from(endpoint)]);
    }
    properties.put("transportEncryption", encryption);
    draft
}

impl Site {
    /// An application has a public address where no private one was given to
    /// it, unless somebody says otherwise.
    fn is_public(&self) -> Option<bool> {
        let told = self.public_network_access.as_deref().filter(|access| !access.is_empty());
        match told {
            Some(access) => access::is_public(Some(access)),
            None if self.private_endpoint_connections.as_ref().is_some_and(|all| !all.is_empty()) => None,
            None => Some(true),
        }
    }
}

fn function(item: &Item<Site>, configuration: Option<&Configuration>, tenant: &str) -> Draft {
    let mut draft = item.draft("Function");
    if let Some(ids) = identity_ids(item.identity.as_ref(), tenant) {
        draft.put_ids("identityIds", ids);
    }
    let properties = &mut draft.properties;
    let access = item.properties.as_ref().and_then(Site::is_public);
    properties.put_if_known("internetAccessible", access);
    // code and settings are encrypted by the platform, and nobody can turn that off
    let mut encryption = Properties::default();
    encryption.put("enabled", true);
    properties.put("atRestEncryption", encryption);
    if let Some((language, version)) = configuration.and_then(runtime) {
        properties.put("runtimeLanguage", language);
        properties.put_if_known("runtimeVersion", version);
    }
    draft
}

/// The language of a function and its version.
fn runtime(configuration: &Configuration) -> Option<(&'static str, Option<String>)> {
    let set = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    if let Some(both) = set(&configuration.linux) {
        let (name, version) = both.split_once('|')?;
        let language = language(name)?;
        return Some((language, Some(version.trim_start_matches('~').to_owned())));
    }
    set(&configuration.java).map(|version| ("java", Some(version)))
}

/// A language in the words of the ontology.
fn language(name: &str) -> Option<&'static str> {
    match name.to_lowercase().as_str() {
        "java" => Some("java"),
        "python" => Some("python"),
        "node" => Some("nodejs"),
        "php" => Some("php"),
        "ruby" => Some("ruby"),
        "dotnet" | "dotnet-isolated" | "dotnetcore" => Some("dotnet"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Configuration, holds_secrets, runtime};

    #[test]
    fn settings_that_are_credentials() {
        let holds = |name: &str, text: &str| {
            holds_secrets(&[(name.to_owned(), Some(text.to_owned()))].into_iter().collect())
        };
        assert!(holds("DB_PASSWORD", "hunter2"));
        assert!(holds("STORE", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=aGk=;"));
        assert!(!holds("DB_PASSWORD", "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/s)"));
        assert!(!holds("FUNCTIONS_WORKER_RUNTIME", "python"));
    }

    #[test]
    fn runtimes() {
        let of = |text: &str| {
            let configuration = Configuration { linux: Some(text.to_owned()), ..Configuration::default() };
            runtime(&configuration)
        };
        assert_eq!(of("PYTHON|3.12"), Some(("python", Some("3.12".to_owned()))));
        assert_eq!(of("DOTNET-ISOLATED|8.0"), Some(("dotnet", Some("8.0".to_owned()))));
        assert_eq!(of("NODE|~20"), Some(("nodejs", Some("20".to_owned()))));
        assert_eq!(of("DOCKER|registry/image"), None);
        assert_eq!(of(""), None);
    }
}
