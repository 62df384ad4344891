//! Exports of stored results that the program itself does not write: with hostile names, and with controls of NIST SP 800-53.

use probity_diagnostics::{MemoryTree, TreePath};
use probity_generators::export::{Export, Source, Target, export};
use probity_generators::poam::{Input, Results, update};
use probity_oscal::OscalDocument;
use probity_oscal::model::PlanOfActionAndMilestones as Plan;
use probity_oscal::model::assessment::{OnDate, Response, Task, Timing};
use probity_oscal::model::assessment_results::{AssessmentResults, ImportAp};
use probity_oscal::model::metadata::Party;
use probity_oscal::release::Loss;
use probity_oscal::uuid5;
use serde_json::Value;

use crate::fixture::{self, codes};
use crate::poam::system::{results, yaml};

fn single(export: &Export) -> &str {
    let (_, bytes) = export.files.first_key_value().unwrap();
    assert_eq!(export.files.len(), 1);
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn hostile_names_stay_text() {
    let tree = fixture::tree();
    let results = fixture::path(fixture::RESULTS);
    let source = Source { tree: &tree, results: &results, poam: None, loss: Loss::Refused };
    for target in [Target::Sarif, Target::Ocsf, Target::DefectDojo, Target::Junit] {
        let exported = export(source, target).unwrap().value;
        let text = single(&exported);
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{target}");
        if target == Target::Junit {
            assert!(!text.contains("<script"), "{text}");
        } else {
            serde_json::from_str::<Value>(text).unwrap();
        }
    }
}

#[test]
fn archives_hold_the_files_and_are_the_same_bytes() {
    let files = [("b/two.json", "{}".repeat(1000)), ("a.json", "[]".to_owned()), ("b/empty", String::new())];
    let files = files.map(|(name, text)| (name.to_owned(), text.into_bytes()));
    let export = Export { files: files.into() };
    let bytes = probity_generators::export::zip(&export).unwrap();
    assert_eq!(bytes, probity_generators::export::zip(&export).unwrap());
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    assert_eq!(archive.file_names().collect::<Vec<_>>(), ["a.json", "b/empty", "b/two.json"]);
    for (name, expected) in &export.files {
        let mut found = Vec::new();
        std::io::Read::read_to_end(&mut archive.by_name(name).unwrap(), &mut found).unwrap();
        assert_eq!(found, *expected, "{name}");
    }
}

/// Results and the plan that they lead to.
fn stored() -> (Results, Plan) {
    let build = yaml(
        "as-of: \"2026-03-01T12:00:00Z\"\nevents: []\nchecks:\n  \
         tls: {fail: [a, b], severity: high, controls: [ac-17.2]}\n  \
         logs: {fail: [c], severity: low, controls: [au-2]}\n",
    );
    let results = results(&build, "");
    let input = Input { system: "Demo", assessment: "demo", results: &results, record: None, own: None };
    let plan = update(&input).unwrap().value.record.unwrap();
    (results, plan)
}

fn tree(results: &Results, plan: &Plan) -> MemoryTree {
    let document = AssessmentResults {
        uuid: uuid5(&["results"]),
        metadata: results.metadata.clone(),
        import_ap: ImportAp { href: "plan.json".into(), remarks: None },
        results: vec![results.result.clone()],
        ..AssessmentResults::default()
    };
    let text = |document: &OscalDocument| probity_oscal::to_json(document).unwrap();
    let documents = [
        ("results.json", text(&OscalDocument::from(document))),
        ("poam.json", text(&OscalDocument::from(plan.clone()))),
    ];
    MemoryTree::of(documents).unwrap()
}

#[test]
fn items_for_emass_have_what_it_asks_for() {
    let (results, mut plan) = stored();
    let (at, poam) = (TreePath::parse("results.json").unwrap(), TreePath::parse("poam.json").unwrap());
    let write = |plan: &Plan| {
        let tree = tree(&results, plan);
        let source = Source { tree: &tree, results: &at, poam: Some(&poam), loss: Loss::Refused };
        export(source, Target::Emass)
    };
    assert_eq!(codes(&write(&plan).unwrap_err()), ["PB0825"], "an organisation is missing");
    plan.metadata.parties.push(Party {
        uuid: uuid5(&["office"]),
        r#type: "organization".into(),
        name: Some("Harbour Office".into()),
        ..Party::default()
    });
    let exported = write(&plan).unwrap();
    assert_eq!(codes(&exported.warnings), ["PB0826"; 4], "milestones and days of both items are missing");
    for risk in &mut plan.risks {
        risk.deadline = Some("2026-06-30T12:00:00Z".into());
        let on_date = Some(OnDate { date: "2026-05-31T12:00:00Z".into(), remarks: None });
        let task = Task {
            uuid: uuid5(&["task", &risk.uuid]),
            r#type: "milestone".into(),
            title: "Turned off".into(),
            timing: Some(Timing { on_date, ..Timing::default() }),
            ..Task::default()
        };
        risk.remediations.push(Response {
            uuid: uuid5(&["response", &risk.uuid]),
            lifecycle: "planned".into(),
            title: "Turn it off".into(),
            description: "Next month.".into(),
            tasks: vec![task],
            ..Response::default()
        });
    }
    let exported = write(&plan).unwrap();
    assert!(exported.warnings.is_empty(), "{:?}", exported.warnings);
    insta::assert_snapshot!("emass", single(&exported.value));
}
