//! What the results of the example system say, read from the files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use probity_diagnostics::{BundledTree, DiskTree, FileTree, OverlayTree, Sha256Digest, TreePath};
use serde_json::Value;

use crate::program::{hyperiot, json, lines, probity, prop};

const ASSESSMENTS: [&str; 2] = ["eucs", "c5"];

#[test]
fn every_verdict_and_every_state_occurs() {
    let (_place, project) = hyperiot("hyperiot");
    probity(&project, &["build", "eucs", "--quiet"]).exits(1);
    let folder = project.join("build/eucs");
    let verdicts = lines(&folder.join("verdicts.jsonl"));
    let judged: Vec<&Value> = verdicts.iter().filter(|line| line["kind"] == "verdict").collect();
    let kinds: BTreeSet<&str> = judged.iter().map(|line| line["verdict"].as_str().unwrap()).collect();
    assert_eq!(kinds, BTreeSet::from(["error", "fail", "pass", "unknown", "waived"]));
    let resources: BTreeSet<&str> = judged.iter().map(|line| line["resource"].as_str().unwrap()).collect();
    let checks: BTreeSet<&str> = judged.iter().map(|line| line["check"].as_str().unwrap()).collect();
    assert!(judged.len() < resources.len() * checks.len(), "no pair is without a verdict");

    let results = json(&folder.join("assessment-results.json"));
    let result = &results["assessment-results"]["results"][0];
    let findings = result["findings"].as_array().unwrap();
    let states: BTreeSet<&str> = findings.iter().map(|finding| prop(finding, "state").unwrap()).collect();
    let expected = ["error", "expired", "fail", "no-subject", "satisfied", "unattested", "unknown", "waived"];
    assert_eq!(states, BTreeSet::from(expected));
    let not_evaluated: u32 = prop(result, "not-evaluated-count").unwrap().parse().unwrap();
    assert!(not_evaluated > 0);
    for finding in findings {
        let satisfied = prop(finding, "state") == Some("satisfied");
        let state = &finding["target"]["status"]["state"];
        assert_eq!(state == "satisfied", satisfied, "{finding}");
    }
    counts_agree(&verdicts, &judged, result);
}

/// The counts at the end of the verdicts and in the observations are those of
/// the verdicts.
fn counts_agree(verdicts: &[Value], judged: &[&Value], result: &Value) {
    let mut counts: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for line in judged {
        let key = (line["check"].as_str().unwrap(), line["verdict"].as_str().unwrap());
        *counts.entry(key).or_default() += 1;
    }
    let end = verdicts.last().unwrap();
    for kind in ["pass", "fail", "waived", "unknown", "error"] {
        let found: u64 = counts.iter().filter(|((_, k), _)| *k == kind).map(|(_, n)| n).sum();
        assert_eq!(end[kind], found, "{kind}");
    }
    let observations = result["observations"].as_array().unwrap().iter();
    let told: BTreeMap<(&str, &str), u64> = observations
        .filter(|observation| observation["methods"][0] == "TEST")
        .filter_map(|o| Some(((prop(o, "check")?, prop(o, "verdict")?), prop(o, "count")?.parse().ok()?)))
        .collect();
    assert_eq!(told, counts);
}

#[test]
fn every_reference_leads_somewhere() {
    let (_place, project) = hyperiot("hyperiot");
    probity(&project, &["build", "--quiet"]).exits(1);
    let disk = DiskTree::new(&project, "").unwrap();
    let tree = OverlayTree::new(disk, BundledTree::new(probity_content::FILES));
    let mut wrong = Vec::new();
    let mut seen = 0;
    for assessment in ASSESSMENTS {
        for name in ["catalog.json", "assessment-plan.json", "assessment-results.json"] {
            let file = TreePath::parse(&format!("build/{assessment}/{name}")).unwrap();
            let document = json(&project.join(file.as_str()));
            seen += check_references(&document, &file, &tree, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(seen > 400, "only {seen} references and uuids");
}

/// Checks every uuid, every reference to a uuid, every href and every digest
/// of a document, and says how many there were.
fn check_references(
    document: &Value,
    file: &TreePath,
    tree: &dyn FileTree,
    wrong: &mut Vec<String>,
) -> usize {
    let mut defined = BTreeSet::new();
    each(document, &mut |key, value| {
        if key == "uuid" && !defined.insert(value.as_str().unwrap_or_default().to_owned()) {
            wrong.push(format!("{file}: {value} is the uuid of two things"));
        }
    });
    let mut seen = 0;
    each(document, &mut |key, value| {
        if let (true, Some(uuid)) = (key == "uuid" || key.ends_with("-uuid"), value.as_str()) {
            seen += 1;
            let version = uuid.as_bytes().get(14);
            if uuid.len() != 36 || !matches!(version, Some(b'4' | b'5')) {
                wrong.push(format!("{file}: {key} {uuid} is of version {version:?}"));
            }
        }
        if let (true, Some(href)) = (key == "href", value.as_str()) {
            seen += 1;
            match href.strip_prefix('#') {
                Some(uuid) if defined.contains(uuid) => {}
                Some(_) => wrong.push(format!("{file}: {href} names nothing")),
                None if href.starts_with("https://") => {} // what was examined for an attestation lies elsewhere
                None => match file.parent().join(href) {
                    Ok(path) if tree.stat(&path).is_ok() => {}
                    _ => wrong.push(format!("{file}: {href} leads nowhere")),
                },
            }
        }
    });
    each(document, &mut |key, value| {
        for rlink in value.as_array().into_iter().flatten().filter(|_| key == "rlinks") {
            for hash in rlink["hashes"].as_array().into_iter().flatten() {
                seen += 1;
                let path = file.parent().join(rlink["href"].as_str().unwrap());
                let digest = path.ok().and_then(|path| tree.digest(&path).ok()).map(|d| d.to_string());
                if digest.as_deref() != hash["value"].as_str() {
                    wrong.push(format!("{file}: {} has digest {digest:?}", rlink["href"]));
                }
            }
        }
    });
    seen
}

/// Visits every member of every object.
fn each(value: &Value, visit: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(members) => {
            for (key, inner) in members {
                visit(key, inner);
                each(inner, visit);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| each(item, visit)),
        _ => {}
    }
}

#[test]
fn evidence_lines_that_verdicts_name_are_those_lines() {
    let (_place, project) = hyperiot("hyperiot");
    probity(&project, &["build", "eucs", "--quiet"]).exits(1);
    let mut sets: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let mut imported = Vec::new();
    for verdict in lines(&project.join("build/eucs/verdicts.jsonl")) {
        if verdict["kind"] != "verdict" {
            continue;
        }
        let source = verdict["evidence"]["source"].as_str().unwrap().to_owned();
        if source == IMPORTED {
            imported.push(verdict);
            continue;
        }
        let set = sets.entry(source.clone()).or_insert_with(|| lines(&project.join(Path::new(&source))));
        let line = usize::try_from(verdict["evidence"]["line"].as_u64().unwrap()).unwrap();
        assert_eq!(set[line - 1]["id"], verdict["resource"]);
        assert_eq!(set[line - 1]["digest"], verdict["evidence"]["digest"]);
    }
    assert_eq!(sets.len(), 3);
    results_that_verdicts_name_are_those_results(&project, &imported);
}

/// What another tool wrote.
const IMPORTED: &str = "scans/checkov.xml";

/// Of results of another tool the digest is that of the file, and the line that of the result.
fn results_that_verdicts_name_are_those_results(project: &Path, verdicts: &[Value]) {
    let text = std::fs::read_to_string(project.join(IMPORTED)).unwrap();
    let digest = Sha256Digest::of(text.as_bytes()).to_string();
    assert!(!verdicts.is_empty());
    for verdict in verdicts {
        assert_eq!(verdict["evidence"]["digest"], digest.as_str());
        let line = usize::try_from(verdict["evidence"]["line"].as_u64().unwrap()).unwrap();
        let result = text.lines().nth(line - 1).unwrap();
        let about = format!("classname=\"{}\"", verdict["resource"].as_str().unwrap());
        assert!(result.contains(&about), "{verdict}\n{result}");
    }
}

#[test]
fn coverage_tells_rules_of_other_tools_from_checks_of_metrics() {
    let (_place, project) = hyperiot("hyperiot");
    let ran = probity(&project, &["coverage", "eucs", "--format", "json"]).exits(0);
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    let requirements = told["assessments"][0]["requirements"].as_array().unwrap();
    let parts: Vec<&Value> = requirements.iter().flat_map(|one| one["parts"].as_array().unwrap()).collect();
    let by = |way: &str| -> BTreeSet<&str> {
        let parts = parts.iter().filter(|part| part["way"] == way);
        parts.flat_map(|part| part["by"].as_array().unwrap()).map(|name| name.as_str().unwrap()).collect()
    };
    let imported = by("imported");
    assert!(!imported.is_empty());
    assert!(imported.iter().all(|name| name.starts_with("checkov-")), "{imported:?}");
    assert!(by("automated").is_disjoint(&imported));
}
