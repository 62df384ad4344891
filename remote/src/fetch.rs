use std::io::Read as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use probity_diagnostics::document::Limits;
use probity_diagnostics::{RemoteError, RemoteErrorKind, TreePath};
use ureq::http::{Response, header};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Body};

/// Redirects that are followed at the most.
const REDIRECTS: usize = 5;

/// The name that servers see.
const USER_AGENT: &str = concat!("probity/", env!("CARGO_PKG_VERSION"));

/// How long is waited for servers.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For a connection, the secure channel included.
    pub connect: Duration,
    /// For the head of an answer.
    pub answer: Duration,
    /// For a whole answer; every redirect is answered for itself.
    pub whole: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(20),
            answer: Duration::from_mins(1),
            whole: Duration::from_mins(5),
        }
    }
}

/// Fetches documents over https: without credentials, cookies or compression, following a few redirects that stay on https,
/// and no more bytes than a document may have. Servers must prove who they are by the system's certificates, or by those
/// that `SSL_CERT_FILE` and `SSL_CERT_DIR` name; the proxies of `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` are used.
pub struct Fetcher {
    patience: Patience,
    limit: u64,
    trusted: Option<Vec<Vec<u8>>>,
    count: Arc<AtomicUsize>,
    agent: OnceLock<Result<Agent, String>>,
}

/// A document that was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The media type that the server gives, with parameters.
    pub media_type: Option<String>,
}

impl Default for Fetcher {
    fn default() -> Self {
        Self::new(Patience::default(), Limits::default().bytes)
    }
}

impl Fetcher {
    /// A fetcher that waits as `patience` says, for documents of at most `limit` bytes.
    pub fn new(patience: Patience, limit: u64) -> Self {
        Self { patience, limit, trusted: None, count: Arc::default(), agent: OnceLock::new() }
    }

    /// The same fetcher, which trusts the servers that `certificates` (DER) vouch for, and no others.
    #[must_use]
    pub fn trusting(self, certificates: Vec<Vec<u8>>) -> Self {
        Self { trusted: Some(certificates), ..self }
    }

    /// The same fetcher, which counts the documents that it fetched.
    #[must_use]
    pub fn counting(self, count: Arc<AtomicUsize>) -> Self {
        Self { count, ..self }
    }

    /// Fetches the document at a location.
    ///
    /// # Errors
    /// It cannot be had; the message says why.
    pub fn fetch(&self, location: &TreePath) -> Result<Fetched, RemoteError> {
        match self.follow(location) {
            Ok(fetched) => {
                self.count.fetch_add(1, Ordering::Relaxed);
                Ok(fetched)
            }
            Err(why) => Err(RemoteError {
                kind: RemoteErrorKind::Failed,
                message: format!("`{location}` cannot be fetched: {why}"),
                helps: Vec::new(),
            }),
        }
    }

    fn follow(&self, location: &TreePath) -> Result<Fetched, String> {
        let agent = self.agent.get_or_init(|| self.agent()).as_ref().map_err(Clone::clone)?;
        let mut here = location.clone();
        for _ in 0..=REDIRECTS {
            let answer = agent.get(here.as_str()).call().map_err(|error| self.words(&error))?;
            let status = answer.status();
            if status.is_redirection() {
                here = redirected(&here, &answer)?;
            } else if status.is_success() {
                return self.document(answer);
            } else {
                return Err(format!("the server answers {status}"));
            }
        }
        Err(format!("it is redirected more than {REDIRECTS} times"))
    }

    fn agent(&self) -> Result<Agent, String> {
        let trusted = self.trusted.clone().map_or_else(of_system, Ok)?;
        let roots = trusted.iter().map(|der| Certificate::from_der(der).to_owned());
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::from(roots))
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
            .build();
        let config = Agent::config_builder()
            .https_only(true)
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent(USER_AGENT)
            .timeout_connect(Some(self.patience.connect))
            .timeout_recv_response(Some(self.patience.answer))
            .timeout_global(Some(self.patience.whole))
            .tls_config(tls)
            .build();
        Ok(config.new_agent())
    }

    fn document(&self, answer: Response<Body>) -> Result<Fetched, String> {
        let media_type = answer.headers().get(header::CONTENT_TYPE);
        let media_type = media_type.and_then(|value| value.to_str().ok()).map(str::to_owned);
        let mut body = answer.into_body();
        if body.content_length().is_some_and(|length| length > self.limit) {
            return Err(self.too_large());
        }
        let mut bytes = Vec::new();
        let reader = body.with_config().limit(self.limit.saturating_add(1)).reader();
        let mut reader = reader.take(self.limit.saturating_add(1));
        reader.read_to_end(&mut bytes).map_err(|error| match error.downcast::<ureq::Error>() {
            Ok(error) => self.words(&error),
            Err(error) => error.to_string(),
        })?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > self.limit {
            return Err(self.too_large());
        }
        Ok(Fetched { bytes, media_type })
    }

    fn too_large(&self) -> String {
        format!("it is larger than {} bytes", self.limit)
    }

    fn words(&self, error: &ureq::Error) -> String {
        match error {
            ureq::Error::Timeout(_) => "the server takes too long".to_owned(),
            ureq::Error::HostNotFound => "there is no such host".to_owned(),
            ureq::Error::BodyExceedsLimit(_) => self.too_large(),
            ureq::Error::Io(error) => error.to_string(),
            other => other.to_string(),
        }
    }
}

/// Where a server redirects to.
fn redirected(here: &TreePath, answer: &Response<Body>) -> Result<TreePath, String> {
    let status = answer.status();
    let target = answer.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
    let target = target.ok_or_else(|| format!("the server answers {status} without a location"))?;
    let next = here.sibling(target).ok().filter(TreePath::is_remote);
    next.ok_or_else(|| format!("it is redirected to `{target}`, which is no https location to read from"))
}

/// The certificates that the system trusts servers by, or those that the environment names.
fn of_system() -> Result<Vec<Vec<u8>>, String> {
    let found = rustls_native_certs::load_native_certs();
    if found.certs.is_empty() {
        let why = found.errors.first().map(|error| format!(": {error}")).unwrap_or_default();
        return Err(format!("the system has no certificates to trust servers by{why}"));
    }
    Ok(found.certs.iter().map(|der| der.as_ref().to_vec()).collect())
}
