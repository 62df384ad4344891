//! What failed calls of the SDK mean.

use std::error::Error;
use std::io;

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use crate::live::{Cause, Fault};

/// Codes by what they mean, as the services write them.
const CODES: [(Cause, &[&str]); 5] = [
    (
        Cause::Refused,
        &[
            "AccessDenied",
            "AccessDeniedException",
            "UnauthorizedOperation",
            "AuthorizationError",
            "Forbidden",
            "AllAccessDisabled",
        ],
    ),
    (
        Cause::NoCredentials,
        &[
            "AuthFailure",
            "ExpiredToken",
            "ExpiredTokenException",
            "InvalidAccessKeyId",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "MissingAuthenticationToken",
            "SignatureDoesNotMatch",
            "UnrecognizedClientException",
        ],
    ),
    (
        Cause::Throttled,
        &[
            "LimitExceededException",
            "PriorRequestNotComplete",
            "ProvisionedThroughputExceededException",
            "RequestLimitExceeded",
            "RequestThrottled",
            "SlowDown",
            "ThrottledException",
            "Throttling",
            "ThrottlingException",
            "TooManyRequestsException",
        ],
    ),
    (Cause::ClockSkew, &["RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed"]),
    (
        Cause::Unsupported,
        &[
            "InvalidAction",
            "NotImplemented",
            "OptInRequired",
            "SubscriptionRequiredException",
            "UnknownOperationException",
            "UnsupportedOperation",
        ],
    ),
];

/// How the text of an error begins where a signature is not valid for the
/// platform's time. Its code does not tell.
const SKEWS: [&str; 2] = ["Signature expired", "Signature not yet current"];

/// The answer of a call, or why there is none.
pub(super) fn answer<T, E>(result: Result<T, SdkError<E, HttpResponse>>) -> Result<T, Fault>
where
    E: ProvideErrorMetadata + Error + 'static,
{
    result.map_err(|error| fault(&error))
}

/// The code that the platform gave, where it answered.
pub(super) fn code<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> Option<&str> {
    error.as_service_error().and_then(ProvideErrorMetadata::code)
}

fn fault<E>(error: &SdkError<E, HttpResponse>) -> Fault
where
    E: ProvideErrorMetadata + Error + 'static,
{
    let status = error.raw_response().map(|response| response.status().as_u16());
    match error {
        SdkError::ServiceError(_) => match code(error) {
            Some(code) if is_skew(error) => Fault::with_code(Cause::ClockSkew, code),
            Some(code) => Fault::with_code(cause(code, status), code),
            None => Fault::new(Cause::of_status(status.unwrap_or(0))),
        },
        SdkError::ResponseError(_) if stems_from::<io::Error>(error) => Fault::new(Cause::Unreachable),
        SdkError::ResponseError(_) => Fault::new(Cause::Undecodable),
        SdkError::TimeoutError(_) => Fault::new(Cause::TimedOut),
        SdkError::DispatchFailure(failure) if failure.is_timeout() => Fault::new(Cause::TimedOut),
        other if stems_from::<CredentialsError>(other) => Fault::new(Cause::NoCredentials),
        SdkError::DispatchFailure(_) => Fault::new(Cause::Unreachable),
        _ => Fault::new(Cause::Failed),
    }
}

fn is_skew<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> bool {
    let text = error.as_service_error().and_then(ProvideErrorMetadata::message).unwrap_or_default();
    SKEWS.iter().any(|beginning| text.starts_with(beginning))
}

fn cause(code: &str, status: Option<u16>) -> Cause {
    let known = CODES.iter().find(|(_, codes)| codes.contains(&code));
    match (known, status) {
        (Some((cause, _)), _) => *cause,
        (None, Some(401)) => Cause::NoCredentials,
        (None, Some(403)) => Cause::Refused,
        (None, Some(429)) => Cause::Throttled,
        (None, _) => Cause::Failed,
    }
}

/// Whether an error of a kind is at the bottom of this one.
fn stems_from<K: Error + 'static>(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.is::<K>() {
            return true;
        }
        next = error.source();
    }
    false
}
