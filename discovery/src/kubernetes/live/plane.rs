//! The cluster itself: its control plane as it tells of itself.

use serde_json::{Value, json};

use super::api::{Api, Reply};
use super::services::{ANONYMOUS, REVIEW, VERSION};
use crate::draft::{Draft, Properties};
use crate::live::{Cause, Fault, Sink};

/// Where access reviews are asked for.
const REVIEWS: &str = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

/// Writes the cluster.
pub(super) async fn collect(api: &Api, name: &str, sink: &Sink<'_, '_>) {
    let mut draft = Draft::new("ContainerOrchestration", format!("k8s:{}", sink.scope()), name);
    draft.properties.put_if_known("managementUrl", api.server());
    let version = sink.answer(&VERSION, None, version(api).await);
    draft.properties.put_if_known("version", version);
    let model = sink.answer(&REVIEW, None, model(api).await).flatten();
    let anonymous = sink.answer(&ANONYMOUS, None, answers_anybody(api).await);
    if model.is_some() || anonymous.is_some() {
        let mut control = Properties::default();
        control.put_if_known("model", model);
        control.put_if_known("anonymousAccess", anonymous);
        draft.properties.put("accessControl", control);
    }
    sink.write(draft);
}

/// The version of the control plane, without what its distributor adds.
async fn version(api: &Api) -> Result<String, Fault> {
    let Reply::Found(answer) = api.get("/version").await? else {
        return Err(Fault::new(Cause::Unsupported));
    };
    let told = answer.get("gitVersion").and_then(Value::as_str).unwrap_or_default();
    let numbers = told.trim_start_matches('v');
    let end = numbers.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(numbers.len());
    let version = numbers.get(..end).unwrap_or_default().trim_end_matches('.');
    if version.is_empty() { Err(Fault::new(Cause::Undecodable)) } else { Ok(version.to_owned()) }
}

/// The model by which permissions are given: where roles have let this caller
/// in, the interface says so. Other ways in it does not name.
async fn model(api: &Api) -> Result<Option<&'static str>, Fault> {
    let review = json!({
        "apiVersion": "authorization.k8s.io/v1",
        "kind": "SelfSubjectAccessReview",
        "spec": {"resourceAttributes": {"verb": "list", "resource": "pods"}},
    });
    let Reply::Found(answer) = api.post(REVIEWS, &review).await? else {
        return Err(Fault::new(Cause::Unsupported));
    };
    let status = answer.get("status").ok_or(Fault::new(Cause::Undecodable))?;
    let reason = status.get("reason").and_then(Value::as_str).unwrap_or_default();
    Ok(reason.starts_with("RBAC:").then_some("RBAC"))
}

/// Whether a request without a sign-in is answered. The version is what
/// clusters tell most readily.
async fn answers_anybody(api: &Api) -> Result<bool, Fault> {
    match api.get_anonymously("/version").await {
        Ok(Reply::Found(_)) => Ok(true),
        Ok(Reply::Missing | Reply::Expired) => Err(Fault::new(Cause::Unsupported)),
        Err(fault) if matches!(fault.cause, Cause::NoCredentials | Cause::Refused) => Ok(false),
        Err(fault) => Err(fault),
    }
}
