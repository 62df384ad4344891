//! What runs on the machine, and what it leaves to the interpreter, which takes a hundred times as long.

use std::collections::BTreeSet;

use probity_assessment::verdict::Judge;

use super::content::CONTENT;

/// Metrics of the content whose failing or passing the machine cannot settle. A metric that joins or leaves is moved by hand.
const LEFT_TO_THE_INTERPRETER: [&str; 12] = [
    "activity-logs-forwarded",
    "advisory-feeds-encrypted",
    "advisory-file-name",
    "anomaly-findings-forwarded",
    "boot-logs-forwarded",
    "container-image-digest",
    "container-image-user",
    "firewall-networks-limited",
    "malware-findings-forwarded",
    "no-open-data-ports",
    "no-rule-for-all-protocols",
    "roles-name-their-actions",
];

#[test]
fn metrics_of_the_content_run_on_the_machine() {
    let judge = Judge::new(&CONTENT.compiled, &CONTENT.ontology).unwrap();
    let session = judge.session();
    let left: BTreeSet<String> = CONTENT
        .ontology
        .resource_types()
        .flat_map(|(name, _)| session.left_to_the_interpreter(name))
        .map(|check| check.to_string())
        .collect();
    assert_eq!(left, LEFT_TO_THE_INTERPRETER.map(str::to_owned).into());
}
