//! Running platforms as sources of evidence. What a repository may not say is
//! where credentials come from and where they are sent: that is left to the
//! command line and the environment of whoever runs `discover`.

use probity_diagnostics::{Diagnostic, Diagnostics};
use probity_discovery::kubernetes::live as kubernetes;
use probity_discovery::live::Platform;
use probity_discovery::{aws, azure};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{LoadedConfig, Source, unknown_name};
use crate::codes;

/// Accounts of Amazon Web Services.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Aws {
    /// The profile of the shared configuration files to sign in with.
    pub profile: Option<String>,
    /// The regions; left out, all that are enabled in an account.
    #[serde(default)]
    pub regions: Vec<String>,
    /// The numbers of the accounts; left out, the one that is signed in.
    #[serde(default)]
    pub accounts: Vec<String>,
    /// Whether to look at all active accounts of the organisation.
    #[serde(default)]
    pub organization: bool,
    /// The role to assume in each account: a name, or an ARN.
    pub role: Option<String>,
    /// ARNs of roles to assume before that one, in their order.
    #[serde(default)]
    pub via: Vec<String>,
    /// The external id that the role asks for.
    pub external_id: Option<String>,
    /// The services to read, such as `ec2`; left out, all of them.
    #[serde(default)]
    pub only: Vec<String>,
}

/// Subscriptions of Microsoft Azure.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Azure {
    /// The ids of the subscriptions; left out, all enabled ones that the
    /// credentials see.
    #[serde(default)]
    pub subscriptions: Vec<String>,
    /// The directory to sign in to, instead of that of the credentials.
    pub tenant: Option<String>,
    /// The cloud that the subscriptions are in.
    #[serde(default)]
    pub cloud: Cloud,
    /// The services to read, such as `storage`; left out, all of them.
    #[serde(default)]
    pub only: Vec<String>,
}

/// The clouds of Azure that are apart from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Cloud {
    /// The public one.
    #[default]
    Public,
    /// That of China.
    China,
    /// That of the government of the United States.
    UsGovernment,
}

impl Cloud {
    /// The origin of its management interface.
    pub fn endpoint(self) -> &'static str {
        match self {
            Self::Public => "https://management.azure.com",
            Self::China => "https://management.chinacloudapi.cn",
            Self::UsGovernment => "https://management.usgovcloudapi.net",
        }
    }
}

/// Kubernetes clusters, by the contexts of the kubeconfig file of whoever runs
/// `discover`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Cluster {
    /// The contexts; left out, the current one.
    #[serde(default)]
    pub contexts: Vec<String>,
    /// Whether to look at all contexts.
    #[serde(default)]
    pub all_contexts: bool,
    /// Whether to look at the cluster that `discover` itself runs in.
    #[serde(default)]
    pub in_cluster: bool,
    /// What that cluster is called.
    pub name: Option<String>,
    /// The services to read, such as `workloads`; left out, all of them.
    #[serde(default)]
    pub only: Vec<String>,
}

impl Source {
    /// The running platform that the source looks at, if it is one. Azure is
    /// signed in to as `credentials`.
    pub fn platform(&self, credentials: &azure::Credentials) -> Option<Platform> {
        let aws = self.aws.as_ref().map(|aws| Platform::Aws(aws.into()));
        let azure = || self.azure.as_ref().map(|azure| Platform::Azure(azure.settings(credentials)));
        let cluster = || self.cluster.as_ref().map(|cluster| Platform::Kubernetes(cluster.into()));
        aws.or_else(azure).or_else(cluster)
    }

    /// Whether the source looks at a running platform: `discover` does, and a
    /// build takes what it wrote.
    pub fn observes(&self) -> bool {
        self.aws.is_some() || self.azure.is_some() || self.cluster.is_some()
    }

    /// The keys of what it reads, of which it takes one.
    fn kinds(&self) -> Vec<&'static str> {
        let kinds = [
            (self.kubernetes.is_some(), "kubernetes"),
            (self.aws.is_some(), "aws"),
            (self.azure.is_some(), "azure"),
            (self.cluster.is_some(), "cluster"),
        ];
        kinds.into_iter().filter_map(|(is, key)| is.then_some(key)).collect()
    }
}

impl Azure {
    fn settings(&self, credentials: &azure::Credentials) -> azure::Settings {
        let Self { subscriptions, tenant, cloud, only } = self.clone();
        let endpoint = Some(cloud.endpoint().to_owned());
        azure::Settings { subscriptions, tenant, only, endpoint, credentials: credentials.clone() }
    }
}

impl From<&Cluster> for kubernetes::Settings {
    fn from(written: &Cluster) -> Self {
        let Cluster { contexts, all_contexts, in_cluster, name, only } = written.clone();
        Self { kubeconfig: None, contexts, all_contexts, in_cluster, name, only }
    }
}

impl From<&Aws> for aws::Settings {
    fn from(written: &Aws) -> Self {
        let Aws { profile, regions, accounts, organization, role, via, external_id, only } = written.clone();
        Self {
            profile,
            regions,
            accounts,
            organization,
            role,
            via,
            external_id,
            only,
            endpoint: None,
            keys: None,
        }
    }
}

/// What is wrong with the sources that look at platforms.
pub(super) fn check(loaded: &LoadedConfig) -> Diagnostics {
    let mut findings = Diagnostics::new();
    let nobody = azure::Credentials::Chain(Vec::new());
    for (index, source) in loaded.config.sources.iter().enumerate() {
        let index = index.to_string();
        let kinds = source.kinds();
        if let [first, second, ..] = kinds.as_slice() {
            let message = format!("the source `{}` reads both `{first}` and `{second}`", source.name);
            let finding = Diagnostic::error(&codes::BAD_VALUE, message);
            let place = loaded.place(&["source", &index, second]);
            findings.push(finding.at(place).help("make two sources of it"));
        }
        let (Some(platform), Some(kind)) = (source.platform(&nobody), kinds.last()) else { continue };
        for (at, finding) in unknown_services(&platform) {
            findings.push(finding.at(loaded.place(&["source", &index, kind, "only", &at.to_string()])));
        }
    }
    findings
}

/// The services that a platform is asked for and does not have, by their place
/// in the list.
pub fn unknown_services(platform: &Platform) -> Vec<(usize, Diagnostic)> {
    let known: Vec<&str> = platform.services().iter().map(|service| service.name).collect();
    let asked = platform.only().iter().enumerate();
    let unknown = asked.filter(|(_, name)| !known.contains(&name.as_str()));
    unknown.map(|(at, name)| (at, unknown_name("service", name, known.iter().copied()))).collect()
}
