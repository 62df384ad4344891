//! Why a case got its verdict, in words.

use super::read::{CaseVerdict, MetricCase};
use crate::compile::Check;
use crate::verdict::{Detail, Measurement};

/// One sentence without a full stop; none where there is nothing to say.
pub(super) fn reason(
    check: &Check,
    case: &MetricCase,
    found: CaseVerdict,
    detail: &Detail,
) -> Option<String> {
    if found == CaseVerdict::NotApplicable {
        let kind = case.resource.resource_type.as_str();
        let is_for = check.types.contains(kind);
        return Some(if is_for {
            "`applicable` does not hold".to_owned()
        } else {
            format!("the metric is not for {kind}")
        });
    }
    if detail.reason.is_some() {
        return detail.reason.clone();
    }
    let holds = found == CaseVerdict::Pass;
    let said: Vec<String> =
        detail.results.iter().filter(|result| result.success == holds).map(measured).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

fn measured(result: &Measurement) -> String {
    if let Some(message) = &result.message {
        return message.clone();
    }
    let found = match &result.found {
        None => "was not collected".to_owned(),
        Some(serde_json::Value::Null) => "is null".to_owned(),
        Some(value) => format!("is {value}"),
    };
    let asked = match (&result.operator, &result.expected) {
        (Some(operator), Some(expected)) => format!(" (asked for: {operator} {expected})"),
        _ => String::new(),
    };
    format!("`{}` {found}{asked}", result.property)
}
