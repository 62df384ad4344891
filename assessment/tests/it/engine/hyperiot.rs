//! The example system: its evidence gets one outcome in three ways, and one verdict file on any number of threads.

use jiff::Timestamp;
use probity_assessment::compile::{Compiled, compile_metrics, load_metrics};
use probity_assessment::verdict::{
    AssessInput, Assessed, KnownAnswers, assess, read_verdicts, write_verdicts,
};
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
    assessed_with(compiled, sources, threads, None)
}

fn assessed_with(
    compiled: &Compiled,
    sources: &[TreePath],
    threads: usize,
    known: Option<&KnownAnswers>,
) -> Assessed {
    assess(&AssessInput {
        assessment: "hyperiot",
        compiled,
        ontology: &CONTENT.ontology,
        tree: &CONTENT.tree,
        sources,
        as_of: "2026-11-01T12:00:00Z".parse::<Timestamp>().unwrap(),
        waivers: &[],
        threads: Some(threads),
        known,
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

#[test]
fn what_the_interpreter_said_is_not_asked_again() {
    let compiled = compiled();
    let asked = KnownAnswers::default();
    let first = assessed_with(&compiled, &sources(), 2, Some(&asked));
    let stored = asked.to_bytes().expect("some checks of the example are left to the interpreter");

    let known = KnownAnswers::read(&stored);
    assert_eq!(assessed_with(&compiled, &sources(), 2, Some(&known)).verdicts, first.verdicts);
    assert_eq!(known.to_bytes(), None, "nothing new was asked");

    // Answers that are turned round show in the verdicts: they are taken, not asked for again.
    let begin = stored.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let mut turned = stored.clone();
    turned[begin..].chunks_exact_mut(17).for_each(|record| record[16] ^= 1);
    let turned = KnownAnswers::read(&turned);
    assert_ne!(assessed_with(&compiled, &sources(), 2, Some(&turned)).verdicts, first.verdicts);

    // Of another version they are none, and of other checks as well.
    let other = KnownAnswers::read(&[b"another ".as_slice(), &stored].concat());
    assert_eq!(assessed_with(&compiled, &sources(), 2, Some(&other)).verdicts, first.verdicts);
    assert_eq!(other.to_bytes().as_ref(), Some(&stored));
}
