//! What evidence sets say about themselves, and what would settle an open verdict.

use probity_diagnostics::TreePath;
use probity_evidence::{Problem, ServiceState as State, SetState};

use super::record::Detail;
use super::store::{ServiceState, SourceState, Subject};

/// The states of all sources, for the verdict file.
pub(super) fn states(paths: &[TreePath], sets: &[Option<SetState>]) -> Vec<SourceState> {
    paths.iter().zip(sets).map(|(path, set)| state(path, set.as_ref())).collect()
}

fn state(path: &TreePath, set: Option<&SetState>) -> SourceState {
    let Some(set) = set else {
        return SourceState { path: path.to_string(), ..SourceState::default() };
    };
    let begin = set.begin.clone();
    let services = set.services.iter().map(|service| ServiceState {
        service: service.service.clone(),
        state: service.state.as_str().to_owned(),
        resource_types: service.resource_types.clone(),
    });
    SourceState {
        path: path.to_string(),
        collector: begin.as_ref().map(|begin| begin.collector.clone()).unwrap_or_default(),
        version: begin.as_ref().map(|begin| begin.version.clone()).unwrap_or_default(),
        scope: begin.map(|begin| begin.scope).unwrap_or_default(),
        complete: set.completeness() == State::Complete && set.problems.is_empty(),
        services: services.collect(),
        missing_types: set.missing_types().into_iter().map(str::to_owned).collect(),
        unlisted_types: set.unlisted_types().into_iter().map(str::to_owned).collect(),
    }
}

/// The detail of an open verdict with the collector, and the permission that would settle it where a problem names one.
pub(super) fn with_remedy(set: &SetState, subject: &Subject, detail: &str) -> Option<String> {
    let mut detail: Detail = serde_json::from_str(detail).ok()?;
    if detail.missing.is_empty() {
        return None;
    }
    let begin = set.begin.as_ref()?;
    let mut permissions: Vec<&str> = Vec::new();
    for (_, problem) in set.problems.iter().filter(|(_, problem)| concerns(problem, subject, &detail.missing))
    {
        let named = problem.permission.as_deref().filter(|permission| !permissions.contains(permission));
        permissions.extend(named);
    }
    let reason = detail.reason.unwrap_or_default();
    let remedy = match permissions.as_slice() {
        [] => String::new(),
        names => format!("; the permission {} would settle it", names.join(", ")),
    };
    detail.reason = Some(format!("{reason} by {} {}{remedy}", begin.collector, begin.version));
    serde_json::to_string(&detail).ok()
}

/// Whether a problem may be why properties of a resource were not collected.
fn concerns(problem: &Problem, subject: &Subject, missing: &[String]) -> bool {
    let of_type = problem.resource_types.is_empty()
        || problem.resource_types.iter().any(|kind| **kind == *subject.kind());
    let begins = |path: &String, named: &String| {
        path == named || path.strip_prefix(named.as_str()).is_some_and(|rest| rest.starts_with(['.', '[']))
    };
    let of_property = problem.properties.is_empty()
        || missing
            .iter()
            .any(|path| problem.properties.iter().any(|named| begins(path, named) || begins(named, path)));
    of_type && of_property
}
