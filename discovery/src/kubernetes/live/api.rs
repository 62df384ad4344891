//! The door to a cluster: every question goes through it, to the network or to
//! a recording.

use std::cell::Cell;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use kube::client::{AuthError, Body};
use kube::config::{AuthInfo, Config};
use kube::{Client, core};
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};

use super::connect::{Target, encoded};
use super::tidy;
use crate::live::{Answered, Asked, Cause, Fault, Limits, Tape};

/// Where answers of clusters stand in a recording.
pub(super) const PLACE: &str = "kubernetes/";

/// How many times a question is asked at most that gets no answer.
const ATTEMPTS: u32 = 4;

/// The status that stands in a recording for a question that got no answer.
const NO_ANSWER: u16 = 0;

/// What answers are asked for as.
const JSON: &str = "application/json";

/// Metadata and the columns that people see, without the objects.
const TABLE: &str = "application/json;as=Table;g=meta.k8s.io;v=v1";

/// An answer.
#[derive(Debug)]
pub(super) enum Reply {
    /// The value that was asked for.
    Found(Value),
    /// There is no such thing.
    Missing,
    /// It is no longer known at the moment that was asked for.
    Expired,
}

/// A cluster that questions go to.
pub(super) struct Api {
    /// Clients with and without a sign-in; none where answers are played back.
    clients: Option<(Client, Client)>,
    server: Option<String>,
    tape: Arc<Tape>,
    place: String,
    limits: Limits,
    slowed: Cell<usize>,
}

/// A question.
struct Question<'a> {
    target: &'a str,
    accept: &'static str,
    body: Option<&'a Value>,
    anonymous: bool,
}

/// An answer as it came.
struct Answer {
    status: u16,
    value: Option<Value>,
    retry_after: Option<Duration>,
}

impl Api {
    /// The way into a cluster.
    pub(super) async fn open(target: Target, limits: Limits, tape: Arc<Tape>) -> Result<Self, Fault> {
        let place = format!("{PLACE}{}", encoded(&target.name));
        let told = Asked {
            place: place.clone(),
            method: "KUBECONFIG".to_owned(),
            target: "server".to_owned(),
            body: String::new(),
        };
        let (clients, server) = match target.config {
            None => (None, tape.replay(&told).and_then(|answered| String::from_utf8(answered.body).ok())),
            Some(config) => {
                let config = tempered(config?, &limits);
                let server = server(&config);
                let body = server.clone().into_bytes();
                tape.record(&told, &Answered { status: 200, headers: Vec::new(), body });
                let mut nobody = config.clone();
                nobody.auth_info = AuthInfo::default();
                (Some((client(config, &limits).await?, client(nobody, &limits).await?)), Some(server))
            }
        };
        Ok(Self { clients, server, tape, place, limits, slowed: Cell::new(0) })
    }

    /// The address of the interface.
    pub(super) fn server(&self) -> Option<&str> {
        self.server.as_deref()
    }

    /// How many answers asked to slow down and were waited for.
    pub(super) fn slowed(&self) -> usize {
        self.slowed.get()
    }

    /// Gets a value.
    pub(super) async fn get(&self, target: &str) -> Result<Reply, Fault> {
        self.ask(&Question { target, accept: JSON, body: None, anonymous: false }).await
    }

    /// Gets a list as a table.
    pub(super) async fn table(&self, target: &str) -> Result<Reply, Fault> {
        self.ask(&Question { target, accept: TABLE, body: None, anonymous: false }).await
    }

    /// Gets a value without a sign-in.
    pub(super) async fn get_anonymously(&self, target: &str) -> Result<Reply, Fault> {
        self.ask(&Question { target, accept: JSON, body: None, anonymous: true }).await
    }

    /// Sends a question in the form of an object, and gets its answer.
    pub(super) async fn post(&self, target: &str, body: &Value) -> Result<Reply, Fault> {
        self.ask(&Question { target, accept: JSON, body: Some(body), anonymous: false }).await
    }

    /// Asks, and asks again where there was no answer, or one that asks to slow
    /// down. What was waited is counted and not measured, so that a recording
    /// leads to the same end.
    async fn ask(&self, question: &Question<'_>) -> Result<Reply, Fault> {
        let mut pause = (self.limits.retry / 60).max(Duration::from_millis(1));
        let (mut spent, mut asked) = (Duration::ZERO, 0);
        loop {
            let (fault, after) = match self.attempt(question).await {
                Ok(answer) => match passing(&answer) {
                    Some(fault) => (fault, answer.retry_after),
                    None => return reply(answer),
                },
                Err(fault) if is_silence(&fault) => (fault, None),
                Err(fault) => return Err(fault),
            };
            let slows = fault.cause == Cause::Throttled;
            asked += u32::from(!slows);
            spent += if fault.cause == Cause::TimedOut { self.limits.attempt } else { Duration::ZERO };
            let wait = after.unwrap_or(pause).max(Duration::from_millis(1));
            if asked >= ATTEMPTS || spent + wait > self.limits.retry {
                return Err(fault);
            }
            spent += wait;
            pause = (pause * 2).min(self.limits.retry / 3).max(Duration::from_millis(1));
            self.slowed.set(self.slowed.get() + usize::from(slows));
            if self.clients.is_some() {
                sleep(wait).await;
            }
        }
    }

    /// Asks once.
    async fn attempt(&self, question: &Question<'_>) -> Result<Answer, Fault> {
        let body = question.body.map(Value::to_string);
        let asked = Asked {
            place: self.place.clone(),
            method: if body.is_some() { "POST" } else { "GET" }.to_owned(),
            target: question.target.to_owned(),
            body: body
                .unwrap_or_else(|| if question.anonymous { "nobody".to_owned() } else { String::new() }),
        };
        let Some((signed_in, nobody)) = &self.clients else {
            let answered = self.tape.replay(&asked);
            let missing = || Err(Fault::with_code(Cause::Failed, "not recorded"));
            return answered.as_ref().map_or_else(missing, played);
        };
        let client = if question.anonymous { nobody } else { signed_in };
        let sent = timeout(self.limits.attempt, send(client, question)).await;
        let answer = sent.unwrap_or(Err(Fault::new(Cause::TimedOut)));
        if self.tape.is_recording() {
            self.tape.record(&asked, &noted(&answer));
        }
        answer
    }
}

/// Sends a question over the network.
async fn send(client: &Client, question: &Question<'_>) -> Result<Answer, Fault> {
    let unusable = || Fault::with_code(Cause::Failed, "not a request");
    let request = core::Request::new(question.target);
    let request = match question.body {
        Some(body) => request.create(&core::params::PostParams::default(), body.to_string().into_bytes()),
        // lists are asked for by their address as it stands
        None => request.list(&core::params::ListParams::default()),
    };
    let mut request = request.map_err(|_| unusable())?;
    *request.uri_mut() = question.target.parse().map_err(|_| unusable())?;
    request.headers_mut().insert("accept", question.accept.parse().map_err(|_| unusable())?);
    let response = client.send(request.map(Body::from)).await.map_err(|error| silence(&error))?;
    let status = response.status().as_u16();
    let header = response.headers().get("retry-after").and_then(|value| value.to_str().ok());
    let retry_after = header.and_then(|seconds| seconds.parse().ok()).map(Duration::from_secs);
    let body = response.into_body().collect_bytes().await.map_err(|error| silence(&error))?;
    let value = serde_json::from_slice(&body).ok().map(tidy::tidied);
    Ok(Answer { status, value, retry_after })
}

/// Why a question got no answer. Texts of errors are left out: they may hold
/// what a program for signing in printed.
fn silence(error: &kube::Error) -> Fault {
    let mut next: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = next {
        if error.is::<AuthError>() {
            return Fault::new(Cause::NoCredentials);
        }
        next = error.source();
    }
    match error {
        kube::Error::Auth(_) => Fault::new(Cause::NoCredentials),
        kube::Error::ProxyProtocolDisabled { .. } | kube::Error::ProxyProtocolUnsupported { .. } => {
            Fault::with_code(Cause::Unsupported, "proxy")
        }
        kube::Error::RustlsTls(_) => Fault::with_code(Cause::NoCredentials, "certificate"),
        _ => Fault::new(Cause::Unreachable),
    }
}

/// Whether a question may be asked again that got no answer.
fn is_silence(fault: &Fault) -> bool {
    matches!(fault.cause, Cause::Unreachable | Cause::TimedOut)
}

/// Why an answer is not the last word: the server asks to slow down, or is not
/// well for a moment.
fn passing(answer: &Answer) -> Option<Fault> {
    let cause = match answer.status {
        429 => Cause::Throttled,
        503 if answer.retry_after.is_some() => Cause::Throttled,
        500 | 502 | 503 => Cause::Failed,
        504 => Cause::TimedOut,
        _ => return None,
    };
    Some(with_reason(cause, answer))
}

/// What an answer says.
fn reply(answer: Answer) -> Result<Reply, Fault> {
    match answer.status {
        200..=299 => match answer.value {
            Some(value @ Value::Object(_)) => Ok(Reply::Found(value)),
            _ => Err(Fault::new(Cause::Undecodable)),
        },
        404 => Ok(Reply::Missing),
        406 => Err(with_reason(Cause::Unsupported, &answer)),
        410 => Ok(Reply::Expired),
        status => Err(with_reason(Cause::of_status(status), &answer)),
    }
}

fn with_reason(cause: Cause, answer: &Answer) -> Fault {
    let reason = answer.value.as_ref().and_then(|value| value.get("reason")).and_then(Value::as_str);
    reason.map_or(Fault::new(cause), |reason| Fault::with_code(cause, reason))
}

/// An answer, or that there was none, as a recording holds it.
fn noted(answer: &Result<Answer, Fault>) -> Answered {
    match answer {
        Ok(answer) => {
            let wait = answer.retry_after.map(|wait| ("retry-after".to_owned(), wait.as_secs().to_string()));
            let body = answer.value.as_ref().map(|value| value.to_string().into_bytes());
            Answered {
                status: answer.status,
                headers: wait.into_iter().collect(),
                body: body.unwrap_or_default(),
            }
        }
        Err(fault) => {
            let body = json!({"cause": fault.cause.word()}).to_string().into_bytes();
            Answered { status: NO_ANSWER, headers: Vec::new(), body }
        }
    }
}

/// A recorded answer.
fn played(answered: &Answered) -> Result<Answer, Fault> {
    let value: Option<Value> = serde_json::from_slice(&answered.body).ok();
    if answered.status == NO_ANSWER {
        let word = value.as_ref().and_then(|value| value.get("cause")).and_then(Value::as_str);
        let causes = [Cause::NoCredentials, Cause::TimedOut, Cause::Unsupported, Cause::Failed];
        let cause = causes.into_iter().find(|cause| Some(cause.word()) == word);
        return Err(Fault::new(cause.unwrap_or(Cause::Unreachable)));
    }
    let header = answered.headers.iter().find(|(name, _)| name == "retry-after");
    let retry_after = header.and_then(|(_, wait)| wait.parse().ok()).map(Duration::from_secs);
    Ok(Answer { status: answered.status, value, retry_after })
}

/// The configuration with the limits of the run: what is asked again is
/// decided here and not by the client.
fn tempered(mut config: Config, limits: &Limits) -> Config {
    config.connect_timeout = Some(limits.connect);
    config.read_timeout = None;
    config.write_timeout = Some(limits.attempt);
    config.default_retry = false;
    if config.cluster_url.scheme_str() == Some("http") {
        // no certificates of the system are looked for
        config.root_cert.get_or_insert_default();
    }
    config
}

/// The address of the interface, without a name and password in it.
fn server(config: &Config) -> String {
    let url = &config.cluster_url;
    let (scheme, host) = (url.scheme_str().unwrap_or("https"), url.host().unwrap_or_default());
    let port = url.port_u16().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{scheme}://{host}{port}{}", url.path().trim_end_matches('/'))
}

/// A client. Programs that sign in are run in a thread of their own: they may
/// take their time, or never end.
async fn client(config: Config, limits: &Limits) -> Result<Client, Fault> {
    let runtime = tokio::runtime::Handle::current();
    let (done, built) = oneshot::channel();
    std::thread::spawn(move || {
        let _inside = runtime.enter();
        // nobody waits any more where the time is up
        drop(done.send(Client::try_from(config)));
    });
    match timeout(limits.retry.max(limits.attempt), built).await {
        Ok(Ok(Ok(client))) => Ok(client),
        Ok(Ok(Err(error))) => Err(silence(&error)),
        Ok(Err(_)) => Err(Fault::with_code(Cause::NoCredentials, "sign-in failed")),
        Err(_) => Err(Fault::with_code(Cause::NoCredentials, "sign-in timed out")),
    }
}
