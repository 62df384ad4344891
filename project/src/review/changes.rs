//! What is another one about a check.

use std::collections::BTreeSet;

use probity_assessment::compile::Check;
use probity_generators::review::Change;

/// What changed of a check, in the order in which a reviewer asks.
pub(super) fn of_check(before: &Check, after: &Check) -> Vec<Change> {
    let mut changes = Changes::default();
    changes.note("target value", &written(before), &written(after));
    changes.note("operator", &operator(before), &operator(after));
    if before.metric.rego != after.metric.rego {
        changes.0.push(Change { what: "Rego".to_owned(), before: None, after: None });
    }
    changes.sets("resource types", &before.types, &after.types);
    let of = |check: &Check| check.controls.iter().cloned().collect::<BTreeSet<_>>();
    changes.sets("controls", &of(before), &of(after));
    changes.note("severity", before.metric.severity.as_str(), after.metric.severity.as_str());
    changes.note("maximum age of evidence", &age(before.metric.max_age), &age(after.metric.max_age));
    changes.0
}

#[derive(Default)]
struct Changes(Vec<Change>);

impl Changes {
    fn note(&mut self, what: &str, before: &str, after: &str) {
        if before != after {
            let told = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            self.0.push(Change { what: what.to_owned(), before: told(before), after: told(after) });
        }
    }

    /// Members of two sets that are in one of them only.
    fn sets(&mut self, what: &str, before: &BTreeSet<String>, after: &BTreeSet<String>) {
        let list = |one: &BTreeSet<String>, other: &BTreeSet<String>| {
            one.difference(other).cloned().collect::<Vec<_>>().join(", ")
        };
        self.note(what, &list(before, after), &list(after, before));
    }
}

fn written(check: &Check) -> String {
    check.target.as_ref().map(|target| target.written.join(", ")).unwrap_or_default()
}

fn operator(check: &Check) -> String {
    check.target.as_ref().map(|target| target.operator.as_str().to_owned()).unwrap_or_default()
}

fn age(seconds: Option<i64>) -> String {
    let Some(seconds) = seconds else { return String::new() };
    match (seconds % 86400, seconds % 3600) {
        (0, _) => format!("P{}D", seconds / 86400),
        (_, 0) => format!("PT{}H", seconds / 3600),
        _ => format!("PT{seconds}S"),
    }
}
