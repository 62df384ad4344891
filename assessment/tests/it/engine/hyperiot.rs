//! The example system: its evidence gets one outcome in three ways, and one verdict file on any number of threads.

use jiff::Timestamp;
use probity_assessment::compile::{Compiled, compile_metrics, load_metrics};
use probity_assessment::verdict::{AssessInput, Assessed, assess, read_verdicts, write_verdicts};
use probity_diagnostics::TreePath;
use probity_evidence::{EvidenceSet, Resource};

use super::content::{CONTENT, path};
use super::oracle::{Case, hold_equal};

fn sources() -> Vec<TreePath> {
    ["aws", "azure", "kubernetes"]
        .map(|name| path(&format!("examples/hyperiot/evidence/{name}.jsonl")))
        .to_vec()
}

/// All bundled metrics and those of the project.
fn compiled() -> Compiled {
    let own = load_metrics(&CONTENT.tree, &path("examples/hyperiot/metrics")).unwrap().value;
    let metrics = [CONTENT.metrics.clone(), own].concat();
    compile_metrics(&metrics, &CONTENT.ontology, &CONTENT.library).unwrap().value
}

fn assessed(compiled: &Compiled, sources: &[TreePath], threads: usize) -> Assessed {
    assess(&AssessInput {
        assessment: "hyperiot",
        compiled,
        ontology: &CONTENT.ontology,
        tree: &CONTENT.tree,
        sources,
        as_of: "2026-11-01T12:00:00Z".parse::<Timestamp>().unwrap(),
        waivers: &[],
        threads: Some(threads),
        shelf: None,
        progress: &|_| {},
    })
}

#[test]
fn evidence_has_one_outcome() {
    let resources: Vec<Resource> = sources()
        .iter()
        .flat_map(|file| EvidenceSet::load(&CONTENT.tree, file, &CONTENT.ontology).unwrap().value.resources)
        .map(|(_, observed)| observed.resource)
        .collect();
    let case = |resource: &Resource| Case { resource: resource.clone(), related: resources.clone() };
    let cases: Vec<Case> = resources.iter().map(case).collect();
    assert!(cases.len() >= 60, "only {} resources", cases.len());
    hold_equal(&compiled(), &CONTENT.ontology, &cases);
}

#[test]
fn threads_do_not_show_in_the_verdict_file() {
    let compiled = compiled();
    let mut files = Vec::new();
    for threads in [1, 2, 5] {
        let assessed = assessed(&compiled, &sources(), threads);
        assert!(!assessed.findings.has_errors(), "{:#?}", assessed.findings);
        let mut file = Vec::new();
        write_verdicts(&assessed.verdicts, &mut file).unwrap();
        files.push(file);
    }
    assert!(files.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn verdict_files_are_read_back() {
    let verdicts = assessed(&compiled(), &sources(), 2).verdicts;
    let mut file = Vec::new();
    write_verdicts(&verdicts, &mut file).unwrap();
    let read = read_verdicts(file.as_slice(), &path("verdicts.jsonl")).unwrap().value;
    assert_eq!(read.total(), verdicts.total());
    let records = |verdicts: &probity_assessment::verdict::Verdicts| {
        verdicts.iter().map(|verdict| verdict.record()).collect::<Vec<_>>()
    };
    assert_eq!(records(&read), records(&verdicts));
    let mut again = Vec::new();
    write_verdicts(&read, &mut again).unwrap();
    assert_eq!(again, file);
    let cut = &file[..file.len() / 2];
    assert!(read_verdicts(cut, &path("verdicts.jsonl")).is_err());
}
