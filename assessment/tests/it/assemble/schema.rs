//! Written documents against our validator and the published JSON schema.

use probity_assessment::assemble::{AssembleInput, SubjectMode, assemble};
use probity_assessment::plan::{plan, stub_ssp};
use probity_diagnostics::TreePath;
use probity_oscal::OscalDocument;
use serde_json::Value;

use super::{demo, document, files, input, plan_input, stub_input};
use crate::reference::schema;
use crate::system::{System, lines};

/// An assessment that reviews nothing: the smallest that a scan can give.
fn nothing() -> System {
    System::read("as-of: \"2026-11-21T12:00:00Z\"\nnot-evaluated: [a-1]")
}

fn results(system: &System, subjects: SubjectMode) -> Value {
    let (verdicts, files, at) = (system.verdicts(), files(), document());
    serde_json::to_value(assemble(&AssembleInput { subjects, ..input(system, &verdicts, &files, &at) }).value)
        .unwrap()
}

fn documents() -> Vec<(&'static str, Value)> {
    let mut all = Vec::new();
    for system in [demo(), nothing()] {
        let plan = OscalDocument::from(plan(&plan_input(&system)));
        all.push(("assessment-plan", serde_json::to_value(plan).unwrap()));
        let stub = OscalDocument::from(stub_ssp(&stub_input(&system)));
        all.push(("ssp", serde_json::to_value(stub).unwrap()));
        all.push(("assessment-results", results(&system, SubjectMode::NotPassing)));
        all.push(("assessment-results", results(&system, SubjectMode::All)));
    }
    all
}

#[test]
fn documents_are_valid_by_structure() {
    for (model, document) in documents() {
        let path = TreePath::parse(&format!("{model}.json")).unwrap();
        assert_eq!(lines(&probity_oscal::validate(&document, &path)), Vec::<String>::new(), "{model}");
    }
}

#[test]
fn documents_are_valid_by_the_published_schema() {
    for (model, document) in documents() {
        let Some(schema) = schema(model) else { return };
        let faults: Vec<String> = schema
            .iter_errors(&document)
            .map(|error| format!("{}: {error}", error.instance_path()).chars().take(300).collect())
            .collect();
        assert_eq!(faults, Vec::<String>::new(), "{model}");
    }
}
