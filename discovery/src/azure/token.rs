//! Tokens for the management interface. They are asked for when they are
//! needed, kept in memory while they hold, and written nowhere.

use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use azure_core::Url;
use futures_util::future::BoxFuture;
use serde_json::Value;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::credentials::{Application, Credentials, Hidden};
use super::transport::{Question, Transport};
use crate::live::{Cause, Fault};

/// How long before its end a token is renewed.
const MARGIN: Duration = Duration::from_mins(5);

/// How long a token is kept whose end is not known.
const KEPT: Duration = Duration::from_mins(4);

/// How often it is looked whether a program has ended.
const LOOK: Duration = Duration::from_millis(20);

/// What a signed assertion is called in a request for a token.
const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// The numbers that the directory gives where an assertion is not valid yet,
/// or not any more.
const SKEWED: [u64; 2] = [700_024, 70_043];

/// A token with the time from which it is renewed.
struct Token {
    text: Hidden,
    renewed: Instant,
}

/// Where the tokens of a run come from.
pub(super) struct Tokens {
    credentials: Credentials,
    tenant: Option<String>,
    /// What they are for: the origin of the management interface.
    resource: String,
    transport: Arc<Transport>,
    kept: Mutex<Option<Token>>,
}

impl Tokens {
    pub(super) fn new(
        credentials: Credentials,
        tenant: Option<String>,
        resource: String,
        transport: Arc<Transport>,
    ) -> Self {
        Self { credentials, tenant, resource, transport, kept: Mutex::new(None) }
    }

    /// A token that holds: the one at hand, or a new one. One that was just
    /// `refused` is not used again.
    pub(super) async fn get(&self, refused: Option<&Hidden>) -> Result<Hidden, Fault> {
        let mut kept = self.kept.lock().await;
        let holds = |token: &&Token| Instant::now() < token.renewed && refused != Some(&token.text);
        if let Some(token) = kept.as_ref().filter(holds) {
            return Ok(token.text.clone());
        }
        let token = self.from(&self.credentials).await?;
        let text = token.text.clone();
        *kept = Some(token);
        Ok(text)
    }

    fn from<'x>(&'x self, credentials: &'x Credentials) -> BoxFuture<'x, Result<Token, Fault>> {
        Box::pin(async move {
            match credentials {
                Credentials::ClientSecret(application, secret) => {
                    self.application(application, &[("client_secret", secret.reveal())]).await
                }
                Credentials::WorkloadIdentity(application, file) => {
                    let assertion = federated(file)?;
                    let proof =
                        [("client_assertion_type", ASSERTION), ("client_assertion", assertion.reveal())];
                    self.application(application, &proof).await
                }
                Credentials::ManagedIdentity { endpoint, header, client } => {
                    self.machine(endpoint, header.as_ref(), client.as_deref()).await
                }
                Credentials::AzureCli { program } => self.command_line(program).await,
                Credentials::Chain(chain) => self.first(chain).await,
            }
        })
    }

    /// The first token that any of several gives; else the last refusal.
    async fn first(&self, chain: &[Credentials]) -> Result<Token, Fault> {
        let mut last = Fault::new(Cause::NoCredentials);
        for credentials in chain {
            match self.from(credentials).await {
                Ok(token) => return Ok(token),
                // nobody answers where there is no such identity
                Err(fault) if matches!(fault.cause, Cause::Unreachable | Cause::TimedOut) => {}
                Err(fault) => last = fault,
            }
        }
        Err(last)
    }

    /// The token of an application that proves itself.
    async fn application(&self, of: &Application, proof: &[(&str, &str)]) -> Result<Token, Fault> {
        let tenant = self.tenant.as_deref().unwrap_or(&of.tenant);
        let url = trusted(&of.authority)?
            .join(&format!("/{tenant}/oauth2/v2.0/token"))
            .map_err(|_| Fault::with_code(Cause::NoCredentials, "not a tenant"))?;
        let scope = format!("{}/.default", self.resource);
        let mut form =
            vec![("grant_type", "client_credentials"), ("client_id", &*of.client), ("scope", &*scope)];
        form.extend(proof);
        let question = Question::post(url, "application/x-www-form-urlencoded", encoded(&form)?);
        self.asked(&question).await
    }

    /// The token of the identity that the platform gave.
    async fn machine(
        &self,
        endpoint: &str,
        header: Option<&Hidden>,
        client: Option<&str>,
    ) -> Result<Token, Fault> {
        let mut url =
            Url::parse(endpoint).map_err(|_| Fault::with_code(Cause::NoCredentials, "not an address"))?;
        let version = if header.is_some() { "2019-08-01" } else { "2018-02-01" };
        let resource = format!("{}/", self.resource);
        url.query_pairs_mut().append_pair("api-version", version).append_pair("resource", &resource);
        if let Some(client) = client {
            url.query_pairs_mut().append_pair("client_id", client);
        }
        let question = match header {
            Some(header) => Question::get(url).header("x-identity-header", header.reveal().to_owned()),
            None => Question::get(url).header("metadata", "true".to_owned()),
        };
        self.asked(&question).await
    }

    /// The token of whoever is signed in with `az`.
    async fn command_line(&self, program: &Path) -> Result<Token, Fault> {
        let mut command = Command::new(program);
        command.args(["account", "get-access-token", "--output", "json", "--resource"]);
        command.arg(format!("{}/", self.resource));
        if let Some(tenant) = &self.tenant {
            command.args(["--tenant", tenant]);
        }
        let absent = || Fault::with_code(Cause::NoCredentials, "az is not signed in");
        let output = output(command, self.transport.attempt_limit()).await?.ok_or_else(absent)?;
        let answer: Value = serde_json::from_str(&output).map_err(|_| absent())?;
        let text = answer.get("accessToken").and_then(Value::as_str).ok_or_else(absent)?;
        // az renews its token in time, and tells its end by the clock of the wall
        Ok(Token { text: Hidden::from(text.to_owned()), renewed: Instant::now() + KEPT })
    }

    /// The token in an answer.
    async fn asked(&self, question: &Question) -> Result<Token, Fault> {
        let answered = self.transport.ask(question).await?;
        let body: Value = serde_json::from_slice(&answered.body).unwrap_or_default();
        if answered.status != 200 {
            return Err(refusal(answered.status, &body));
        }
        let text = body.get("access_token").and_then(Value::as_str);
        let text = text.ok_or_else(|| Fault::new(Cause::Undecodable))?;
        // a number, or the text of one where a machine is asked
        let seconds = body.get("expires_in").and_then(|value| match value {
            Value::String(text) => text.parse().ok(),
            other => other.as_u64(),
        });
        let held = seconds.map_or(KEPT, Duration::from_secs);
        let renewed = Instant::now() + held.checked_sub(MARGIN).unwrap_or(held / 2);
        Ok(Token { text: Hidden::from(text.to_owned()), renewed })
    }
}

/// Why the directory gives no token.
fn refusal(status: u16, body: &Value) -> Fault {
    let number = body.pointer("/error_codes/0").and_then(Value::as_u64);
    let cause = match (status, number) {
        (_, Some(number)) if SKEWED.contains(&number) => Cause::ClockSkew,
        (429, _) => Cause::Throttled,
        (500.., _) => Cause::Failed,
        _ => Cause::NoCredentials,
    };
    match (number, body.get("error").and_then(Value::as_str)) {
        (Some(number), _) => Fault::with_code(cause, &format!("AADSTS{number}")),
        (None, Some(code)) => Fault::with_code(cause, code),
        (None, None) => Fault::new(cause),
    }
}

/// What a program says, if it ends well, and in time.
async fn output(mut command: Command, limit: Duration) -> Result<Option<String>, Fault> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return Ok(None) };
    let end = Instant::now() + limit;
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if Instant::now() < end => tokio::time::sleep(LOOK).await,
            _ => {
                // it may have ended by itself just now
                let _ = child.kill().and_then(|()| child.wait());
                return Err(Fault::new(Cause::TimedOut));
            }
        }
    };
    let mut text = String::new();
    let read = child.stdout.take().map(|mut out| out.read_to_string(&mut text));
    Ok((status.success() && matches!(read, Some(Ok(_)))).then_some(text))
}

/// The token that a platform keeps in a file.
fn federated(file: &Path) -> Result<Hidden, Fault> {
    #[expect(clippy::disallowed_methods, reason = "a credential, which lies outside of every tree")]
    let text = std::fs::read_to_string(file);
    match text {
        Ok(text) => Ok(Hidden::from(text.trim().to_owned())),
        Err(_) => Err(Fault::with_code(Cause::NoCredentials, "no federated token")),
    }
}

/// An origin that secrets may be sent to: one with TLS, or on this machine.
pub(super) fn trusted(origin: &str) -> Result<Url, Fault> {
    let url = Url::parse(origin).map_err(|_| Fault::with_code(Cause::Failed, "not an address"))?;
    let is_here = matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"));
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_here => Ok(url),
        _ => Err(Fault::with_code(Cause::OtherOrigin, "not https")),
    }
}

/// Fields of a form in their written form.
fn encoded(form: &[(&str, &str)]) -> Result<String, Fault> {
    let mut url = Url::parse("form:").map_err(|_| Fault::new(Cause::Failed))?;
    url.query_pairs_mut().extend_pairs(form);
    Ok(url.query().unwrap_or_default().to_owned())
}
