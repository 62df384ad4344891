//! The HTTP client of all AWS calls: it writes answers down or plays them
//! back, and keeps time limits.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;

use crate::live::{Answered, Asked, Tape};

/// The client that all services of a run share, for one scope.
#[derive(Debug, Clone)]
pub(super) struct Transport {
    network: SharedHttpClient,
    tape: Arc<Tape>,
    /// The account, region included in what requests are signed for.
    place: Arc<str>,
    slowed: Arc<AtomicUsize>,
}

impl Transport {
    /// The client of a run, for calls before the account is known.
    pub(super) fn new(tape: Arc<Tape>) -> Self {
        let network = aws_smithy_http_client::Builder::new()
            .tls_provider(Provider::Rustls(CryptoMode::AwsLc))
            .build_https();
        Self { network, tape, place: Arc::from("aws"), slowed: Arc::default() }
    }

    /// The same client for the calls in one account.
    pub(super) fn within(&self, account: &str) -> Self {
        Self { place: Arc::from(format!("aws/{account}")), ..self.clone() }
    }

    /// How many answers asked to slow down.
    pub(super) fn slowed(&self) -> usize {
        self.slowed.load(Ordering::Relaxed)
    }
}

impl HttpClient for Transport {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let network = self.network.http_connector(settings, components);
        SharedHttpConnector::new(Connector { network, transport: self.clone() })
    }
}

#[derive(Debug)]
struct Connector {
    network: SharedHttpConnector,
    transport: Transport,
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let asked = self.transport.asked(&request);
        let transport = self.transport.clone();
        if transport.tape.is_replaying() {
            let answer = asked.as_ref().and_then(|asked| transport.tape.replay(asked));
            return HttpConnectorFuture::ready(match answer {
                Some(answer) => response(answer),
                None => Err(ConnectorError::user("the recording does not hold this call".into())),
            });
        }
        let sent = self.network.call(request);
        HttpConnectorFuture::new(async move {
            let answer = sent.await?;
            if matches!(answer.status().as_u16(), 429 | 503) {
                transport.slowed.fetch_add(1, Ordering::Relaxed);
            }
            match asked {
                Some(asked) if transport.tape.is_recording() => transport.keep(&asked, answer).await,
                _ => Ok(answer),
            }
        })
    }
}

impl Transport {
    /// What a signed request asks for, and where.
    fn asked(&self, request: &HttpRequest) -> Option<Asked> {
        let signed = request.headers().get("authorization")?;
        // Credential=<key id>/<day>/<region>/<service>/aws4_request
        let mut parts = signed.split_once("Credential=")?.1.split('/').skip(2);
        let (region, service) = (parts.next()?, parts.next()?);
        let uri = request.uri();
        let from_host = uri.split_once("://").map_or(uri, |(_, rest)| rest);
        let (host, target) = from_host.split_once('/').unwrap_or((from_host, ""));
        // a bucket may be a host of its own, or the first part of the path
        let bucket =
            host.split_once(".s3.").filter(|_| service == "s3").map(|(bucket, _)| format!("/{bucket}"));
        let target = format!("{}/{target}", bucket.unwrap_or_default());
        let operation = request.headers().get("x-amz-target");
        Some(Asked {
            place: format!("{}/{region}/{service}", self.place),
            method: request.method().to_owned(),
            target: operation.map_or_else(|| target.clone(), |operation| format!("{target} {operation}")),
            body: String::from_utf8_lossy(request.body().bytes().unwrap_or_default()).into_owned(),
        })
    }

    /// Writes an answer down and passes it on.
    async fn keep(&self, asked: &Asked, mut answer: HttpResponse) -> Result<HttpResponse, ConnectorError> {
        let bytes = ByteStream::new(answer.take_body()).collect().await;
        let body = bytes.map_err(|error| ConnectorError::io(error.into()))?.to_vec();
        let headers =
            answer.headers().iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let status = answer.status().as_u16();
        self.tape.record(asked, &Answered { status, headers, body: body.clone() });
        *answer.body_mut() = SdkBody::from(body);
        Ok(answer)
    }
}

fn response(answered: Answered) -> Result<HttpResponse, ConnectorError> {
    let wrong = |error: Box<dyn std::error::Error + Send + Sync>| ConnectorError::user(error);
    let status = StatusCode::try_from(answered.status).map_err(|error| wrong(error.into()))?;
    let mut response = HttpResponse::new(status, SdkBody::from(answered.body));
    for (name, value) in answered.headers {
        response.headers_mut().try_insert(name, value).map_err(|error| wrong(error.into()))?;
    }
    Ok(response)
}
