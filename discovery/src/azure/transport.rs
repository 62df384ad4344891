//! The HTTP client of all Azure calls: time limits, waiting where the platform
//! asks for it, and the tape.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use azure_core::Url;
use http_body_util::{BodyExt as _, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::patience::{Patience, asked_to_wait};
use crate::live::{Answered, Asked, Cause, Fault, Limits, Tape};

/// The largest answer that is read, in bytes.
const LARGEST: usize = 64 << 20;

/// A question.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) method: http::Method,
    pub(super) url: Url,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: String,
}

impl Question {
    /// A question without a body.
    pub(super) fn get(url: Url) -> Self {
        Self { method: http::Method::GET, url, headers: Vec::new(), body: String::new() }
    }

    /// A question with a body of a media type.
    pub(super) fn post(url: Url, media_type: &str, body: String) -> Self {
        let headers = vec![("content-type", media_type.to_owned())];
        Self { method: http::Method::POST, url, headers, body }
    }

    /// The same question with a header more.
    pub(super) fn header(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    fn to_request(&self) -> Result<http::Request<String>, Fault> {
        let mut request = http::Request::builder().method(&self.method).uri(self.url.as_str());
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        request.body(self.body.clone()).map_err(|_| Fault::new(Cause::Failed))
    }
}

/// The client of a run.
pub(super) struct Transport {
    plain: Client<HttpConnector, String>,
    /// None where this machine trusts nobody.
    secure: Option<Client<HttpsConnector<HttpConnector>, String>>,
    limits: Limits,
    tape: Arc<Tape>,
    slowed: AtomicUsize,
}

impl Transport {
    pub(super) fn new(limits: Limits, tape: Arc<Tape>) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_connect_timeout(Some(limits.connect));
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new());
        let plain = client.clone().build(connector.clone());
        connector.enforce_http(false);
        let secure = HttpsConnectorBuilder::new().with_native_roots().ok().map(|builder| {
            client.build(builder.https_only().enable_all_versions().wrap_connector(connector))
        });
        Self { plain, secure, limits, tape, slowed: AtomicUsize::new(0) }
    }

    /// How many answers asked to slow down.
    pub(super) fn slowed(&self) -> usize {
        self.slowed.load(Ordering::Relaxed)
    }

    /// How long one answer may take.
    pub(super) fn attempt_limit(&self) -> Duration {
        self.limits.attempt
    }

    /// Whether answers are played back.
    pub(super) fn is_replaying(&self) -> bool {
        self.tape.is_replaying()
    }

    /// The answer to a question that is written down as asked in `place`, or
    /// played back; `live` gets it from the network.
    pub(super) async fn taped(
        &self,
        place: &str,
        question: &Question,
        live: impl Future<Output = Result<Answered, Fault>>,
    ) -> Result<Answered, Fault> {
        let path = question.url.path();
        let asked = Asked {
            place: place.to_owned(),
            method: question.method.to_string(),
            target: question.url.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}")),
            body: question.body.clone(),
        };
        if self.tape.is_replaying() {
            let unknown = || Fault::with_code(Cause::Failed, "not in the recording");
            return self.tape.replay(&asked).ok_or_else(unknown);
        }
        let answered = live.await?;
        if self.tape.is_recording() {
            self.tape.record(&asked, &told(&answered));
        }
        Ok(answered)
    }

    /// The answer to a question, asked again where that may help.
    pub(super) async fn ask(&self, question: &Question) -> Result<Answered, Fault> {
        let mut patience = Patience::new(&self.limits, Instant::now());
        loop {
            let result = match tokio::time::timeout(self.limits.attempt, self.attempt(question)).await {
                Ok(result) => result,
                Err(_) => Err(Fault::new(Cause::TimedOut)),
            };
            let wait = match &result {
                Ok(answered) if is_passing(answered.status) => asked_to_wait(answered),
                Err(fault) if matches!(fault.cause, Cause::Unreachable | Cause::TimedOut) => None,
                _ => return result,
            };
            let Some(delay) = patience.next(Instant::now(), wait) else { return result };
            if result.as_ref().is_ok_and(|answered| matches!(answered.status, 429 | 503)) {
                self.slowed.fetch_add(1, Ordering::Relaxed);
            }
            tokio::time::sleep(delay).await;
        }
    }

    async fn attempt(&self, question: &Question) -> Result<Answered, Fault> {
        let request = question.to_request()?;
        let unreachable = || Fault::new(Cause::Unreachable);
        let response = match (question.url.scheme(), &self.secure) {
            ("http", _) => self.plain.request(request).await,
            (_, Some(secure)) => secure.request(request).await,
            (_, None) => return Err(Fault::with_code(Cause::Unreachable, "no trusted certificates")),
        };
        let (head, body) = response.map_err(|_| unreachable())?.into_parts();
        let body = Limited::new(body, LARGEST).collect().await.map_err(|error| {
            let is_too_large = error.is::<http_body_util::LengthLimitError>();
            if is_too_large { Fault::with_code(Cause::Undecodable, "too large") } else { unreachable() }
        })?;
        let text = |value: &http::HeaderValue| value.to_str().map(str::to_owned).ok();
        let headers =
            head.headers.iter().filter_map(|(name, value)| Some((name.as_str().to_owned(), text(value)?)));
        Ok(Answered {
            status: head.status.as_u16(),
            headers: headers.collect(),
            body: body.to_bytes().to_vec(),
        })
    }
}

/// An answer as it is written down: of one that is none, nothing but the code
/// stays, because its text may hold anything.
fn told(answered: &Answered) -> Answered {
    let body: Option<Value> = serde_json::from_slice(&answered.body).ok();
    let body = match body {
        Some(body) if answered.status >= 400 => {
            let code = body.pointer("/error/code").or_else(|| body.get("code")).cloned();
            json!({"error": {"code": code}}).to_string().into_bytes()
        }
        Some(_) => answered.body.clone(),
        None => Vec::new(),
    };
    Answered { body, ..answered.clone() }
}

/// Whether an answer of this status may be another one a little later.
fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502..=504)
}
