//! Azure Resource Manager: one question, one answer, as JSON.

use std::sync::Arc;

use azure_core::Url;
use serde_json::Value;

use super::credentials::Hidden;
use super::token::{Tokens, trusted};
use super::transport::{Question, Transport};
use crate::live::{Answered, Cause, Fault};

/// The origin of the public cloud.
pub(super) const PUBLIC: &str = "https://management.azure.com";

/// The code of a subscription that never used a kind of service.
pub(super) const NOT_REGISTERED: &str = "MissingSubscriptionRegistration";

/// The code of a directory that cannot make grants that end.
pub(super) const NOT_LICENSED: &str = "AadPremiumLicenseRequired";

/// The management interface, as one service of one subscription sees it.
#[derive(Clone)]
pub(super) struct Arm {
    origin: Url,
    tokens: Arc<Tokens>,
    transport: Arc<Transport>,
    /// Where answers are written down.
    place: Arc<str>,
}

impl Arm {
    /// The interface behind an origin.
    pub(super) fn new(
        origin: &str,
        transport: &Arc<Transport>,
        tokens: impl FnOnce(String) -> Tokens,
    ) -> Result<Self, Fault> {
        let origin = trusted(origin)?;
        let tokens = Arc::new(tokens(origin.origin().ascii_serialization()));
        Ok(Self { origin, tokens, transport: Arc::clone(transport), place: Arc::from("azure/subscriptions") })
    }

    /// The same interface, for a service of a subscription.
    pub(super) fn within(&self, subscription: &str, service: &str) -> Self {
        Self { place: Arc::from(format!("azure/{subscription}/{service}")), ..self.clone() }
    }

    /// The address of a path, with what is asked of it.
    pub(super) fn url(&self, path: &str, version: &str, query: &[(&str, &str)]) -> Result<Url, Fault> {
        let mut url = self.origin.clone();
        url.set_path(path);
        url.query_pairs_mut().append_pair("api-version", version).extend_pairs(query);
        if url.origin() == self.origin.origin() { Ok(url) } else { Err(Fault::new(Cause::OtherOrigin)) }
    }

    /// The address of a next page. A token is meant for the management
    /// interface, so one that leads elsewhere is refused.
    pub(super) fn next(&self, link: &str) -> Result<Url, Fault> {
        let url = self.origin.join(link).map_err(|_| Fault::new(Cause::Undecodable))?;
        if url.origin() == self.origin.origin() { Ok(url) } else { Err(Fault::new(Cause::OtherOrigin)) }
    }

    /// Whether anybody is signed in.
    pub(super) async fn sign_in(&self) -> Result<(), Fault> {
        if self.transport.is_replaying() { Ok(()) } else { self.tokens.get(None).await.map(drop) }
    }

    /// What is found at an address.
    pub(super) async fn get(&self, url: Url) -> Result<Value, Fault> {
        self.json(Question::get(url)).await
    }

    /// What an operation that only reads answers.
    pub(super) async fn post(&self, url: Url) -> Result<Value, Fault> {
        self.json(Question::post(url, "application/json", String::new())).await
    }

    async fn json(&self, question: Question) -> Result<Value, Fault> {
        let live = self.signed(&question);
        let answered = self.transport.taped(&self.place, &question, live).await?;
        let body = serde_json::from_slice(&answered.body);
        match (answered.status, body) {
            (200..=299, Ok(body)) => Ok(body),
            (status, body) => Err(fault(status, &body.unwrap_or_default())),
        }
    }

    /// The answer to a signed question. A token that does not hold any more is
    /// replaced once.
    async fn signed(&self, question: &Question) -> Result<Answered, Fault> {
        let token = self.tokens.get(None).await?;
        let ask = |token: &Hidden| {
            let question = question.clone().header("authorization", format!("Bearer {}", token.reveal()));
            async move { self.transport.ask(&question).await }
        };
        let answered = ask(&token).await?;
        if answered.status != 401 {
            return Ok(answered);
        }
        let renewed = self.tokens.get(Some(&token)).await?;
        if renewed == token { Ok(answered) } else { ask(&renewed).await }
    }
}

/// Why an answer is none.
fn fault(status: u16, body: &Value) -> Fault {
    let error = body.get("error").unwrap_or(body);
    let code = error.get("code").and_then(Value::as_str).unwrap_or_default();
    let cause = match (status, code) {
        // a token is renewed before, so that the clocks do not agree on its end
        (401, "ExpiredAuthenticationToken") => Cause::ClockSkew,
        (_, "SubscriptionNotFound" | "InvalidSubscriptionId") => Cause::Refused,
        (409, NOT_REGISTERED) | (400, "NoRegisteredProviderFound" | "InvalidResourceType") => {
            Cause::Unsupported
        }
        (status, _) => Cause::of_status(status),
    };
    Fault::with_code(cause, code)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::fault;
    use crate::live::Cause;

    #[test]
    fn answers_that_are_none() {
        for (status, code, cause) in [
            (401, "InvalidAuthenticationTokenTenant", Cause::NoCredentials),
            (401, "ExpiredAuthenticationToken", Cause::ClockSkew),
            (403, "AuthorizationFailed", Cause::Refused),
            (404, "SubscriptionNotFound", Cause::Refused),
            (404, "ResourceNotFound", Cause::Unsupported),
            (409, "MissingSubscriptionRegistration", Cause::Unsupported),
            (429, "TooManyRequests", Cause::Throttled),
            (500, "InternalServerError", Cause::Failed),
        ] {
            let body = json!({"error": {"code": code, "message": "the text is not told"}});
            let fault = fault(status, &body);
            assert_eq!((fault.cause, fault.code.as_deref()), (cause, Some(code)));
        }
        assert_eq!(fault(502, &json!(null)).code, None);
    }
}
