//! Who signs in, as plain data: the command line fills it from the
//! environment, and tests point it to servers of their own.

use std::fmt;
use std::path::PathBuf;

/// Where tokens of the public cloud come from.
pub const PUBLIC_AUTHORITY: &str = "https://login.microsoftonline.com";

/// Where a machine in Azure asks for the token of its identity.
const MACHINE_IDENTITY: &str = "http://169.254.169.254/metadata/identity/oauth2/token";

/// A text that is not shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Hidden(String);

impl Hidden {
    /// The text.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for Hidden {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}

/// An application of a directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// The origin of the token endpoint.
    pub authority: String,
    /// The directory.
    pub tenant: String,
    /// The application's own id.
    pub client: String,
}

/// The ways to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credentials {
    /// An application with its secret.
    ClientSecret(Application, Hidden),
    /// An application that a workload stands in for, with a token that its
    /// platform renews in a file.
    WorkloadIdentity(Application, PathBuf),
    /// The identity that Azure gave to the machine, application or function
    /// that this runs on.
    ManagedIdentity {
        /// Where its token is asked for.
        endpoint: String,
        /// The proof that applications and functions send; none on machines.
        header: Option<Hidden>,
        /// Which of several identities.
        client: Option<String>,
    },
    /// Whoever is signed in with the command-line program of Azure.
    AzureCli {
        /// The program.
        program: PathBuf,
    },
    /// The first of these that gives a token.
    Chain(Vec<Credentials>),
}

impl Credentials {
    /// What the variables say that Azure's own programs read: an application
    /// where they name one, and nobody else then; else the identity of the
    /// function, `az`, and the identity of the machine, in this order.
    pub fn from_variables(variable: &dyn Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let client = set("AZURE_CLIENT_ID");
        if let (Some(tenant), Some(client)) = (set("AZURE_TENANT_ID"), client.clone()) {
            let authority = set("AZURE_AUTHORITY_HOST").unwrap_or_else(|| PUBLIC_AUTHORITY.to_owned());
            let application = Application { authority, tenant, client };
            if let Some(secret) = set("AZURE_CLIENT_SECRET") {
                return Self::ClientSecret(application, Hidden(secret));
            }
            if let Some(file) = set("AZURE_FEDERATED_TOKEN_FILE") {
                return Self::WorkloadIdentity(application, PathBuf::from(file));
            }
        }
        if let (Some(endpoint), Some(header)) = (set("IDENTITY_ENDPOINT"), set("IDENTITY_HEADER")) {
            return Self::ManagedIdentity { endpoint, header: Some(Hidden(header)), client };
        }
        let machine = Self::ManagedIdentity { endpoint: MACHINE_IDENTITY.to_owned(), header: None, client };
        Self::Chain(vec![Self::AzureCli { program: PathBuf::from("az") }, machine])
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Credentials, MACHINE_IDENTITY};

    fn of(variables: &[(&str, &str)]) -> Credentials {
        let map: BTreeMap<&str, &str> = variables.iter().copied().collect();
        Credentials::from_variables(&|name| map.get(name).map(|value| (*value).to_owned()))
    }

    const APPLICATION: [(&str, &str); 2] = [("AZURE_TENANT_ID", "t"), ("AZURE_CLIENT_ID", "c")];

    #[test]
    fn an_application_is_named_and_nobody_else() {
        let mut variables = APPLICATION.to_vec();
        variables.extend([("AZURE_CLIENT_SECRET", "hunter2"), ("AZURE_FEDERATED_TOKEN_FILE", "/f")]);
        let credentials = of(&variables);
        assert!(matches!(credentials, Credentials::ClientSecret(..)));
        assert!(!format!("{credentials:?}").contains("hunter2"));
        variables.remove(2);
        assert!(matches!(of(&variables), Credentials::WorkloadIdentity(..)));
    }

    #[test]
    fn a_function_has_its_own_identity() {
        let credentials = of(&[("IDENTITY_ENDPOINT", "http://127.0.0.1:1/token"), ("IDENTITY_HEADER", "h")]);
        assert!(matches!(credentials, Credentials::ManagedIdentity { header: Some(_), .. }));
    }

    #[test]
    fn without_variables_the_command_line_and_the_machine_are_asked() {
        for variables in [&[][..], &APPLICATION, &[("AZURE_CLIENT_SECRET", "")]] {
            let Credentials::Chain(chain) = of(variables) else { panic!("a chain") };
            assert!(matches!(chain.as_slice(), [
                Credentials::AzureCli { .. },
                Credentials::ManagedIdentity { endpoint, header: None, .. }
            ] if endpoint == MACHINE_IDENTITY));
        }
    }
}
