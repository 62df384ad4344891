//! Running platforms as sources of evidence. What a repository may not say is
//! where credentials come from and where they are sent: that is left to the
//! command line and the environment of whoever runs `discover`.

use probity_diagnostics::{Diagnostic, Diagnostics};
use probity_discovery::aws;
use probity_discovery::live::Platform;
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

impl Source {
    /// The running platform that the source looks at, if it is one.
    pub fn platform(&self) -> Option<Platform> {
        self.aws.as_ref().map(|aws| Platform::Aws(aws.into()))
    }

    /// Whether the source looks at a running platform: `discover` does, and a
    /// build takes what it wrote.
    pub fn observes(&self) -> bool {
        self.aws.is_some()
    }

    /// The keys of what it reads, of which it takes one.
    fn kinds(&self) -> Vec<&'static str> {
        let kinds = [(self.kubernetes.is_some(), "kubernetes"), (self.aws.is_some(), "aws")];
        kinds.into_iter().filter_map(|(is, key)| is.then_some(key)).collect()
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
    for (index, source) in loaded.config.sources.iter().enumerate() {
        let index = index.to_string();
        let kinds = source.kinds();
        if let [first, second, ..] = kinds.as_slice() {
            let message = format!("the source `{}` reads both `{first}` and `{second}`", source.name);
            let finding = Diagnostic::error(&codes::BAD_VALUE, message);
            let place = loaded.place(&["source", &index, second]);
            findings.push(finding.at(place).help("make two sources of it"));
        }
        let (Some(platform), Some(kind)) = (source.platform(), kinds.last()) else { continue };
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
