//! Same input, same bytes; and nothing is made twice.

use std::path::Path;

use crate::program::{assert_same, hyperiot, outputs, probity, program, run};

#[test]
fn another_folder_time_zone_and_one_thread() {
    let (_one, here) = hyperiot("hyperiot");
    let (_other, there) = hyperiot("somewhere else/deeper/copy");
    probity(&here, &["build", "--quiet"]).exits(1);
    let mut elsewhere = program(Path::new("/"), &["build", "-j", "1", "--quiet", "-C"]);
    elsewhere.arg(&there).env("TZ", "Asia/Kathmandu").env("LANG", "tr_TR.UTF-8");
    run(elsewhere).exits(1);
    let (left, right) = (outputs(&here), outputs(&there));
    assert!(left.len() > 100, "{} files", left.len());
    assert_same(&left, &right);
}

/// The targets that a build made, without checks and findings.
fn made(project: &Path, args: &[&str]) -> Vec<String> {
    let report = probity(project, &[&["build", "--format", "json"], args].concat()).exits(1).json();
    let targets = report["targets"].as_array().unwrap().iter();
    let made = targets.filter(|t| t["made"] == true).map(|t| t["target"].as_str().unwrap().to_owned());
    made.filter(|name| name.matches('/').count() == 1).collect()
}

#[test]
fn only_what_changed_is_made_again() {
    let (_place, project) = hyperiot("hyperiot");
    let all = made(&project, &[]);
    for target in ["eucs/catalog", "eucs/html", "eucs/pdf", "eucs/xlsx", "c5/results", "c5/csv"] {
        assert!(all.iter().any(|name| name == target), "{target} is not among {all:?}");
    }
    let behind = |assessment: &str, before: &[&str]| -> Vec<String> {
        let is_behind = |name: &str| match name.split_once('/') {
            Some((of, part)) => of == assessment && !before.contains(&part),
            None => false,
        };
        all.iter().filter(|name| is_behind(name)).cloned().collect()
    };
    let first = outputs(&project);
    assert_eq!(made(&project, &[]), Vec::<String>::new());

    let mapping = project.join("mappings/hyperiot.yaml");
    let text = std::fs::read_to_string(&mapping).unwrap();
    // nothing of the results depends on why the metric fits, so that the report stands
    std::fs::write(&mapping, text.replace("Counts the restore points", "Counts all restore points")).unwrap();
    assert_eq!(made(&project, &[]), ["eucs/checks", "eucs/results"]);
    // what is carried to c5 comes from the results of eucs
    let (of_eucs, of_c5) = (behind("eucs", &["catalog"]), behind("c5", &["catalog", "checks"]));
    let of_both = [&of_eucs[..], &of_c5[..]].concat();
    std::fs::write(&mapping, text.replace("control-id: ops-06.2", "control-id: ops-06.1")).unwrap();
    assert_eq!(made(&project, &[]), of_both);
    std::fs::write(&mapping, &text).unwrap();
    assert_eq!(made(&project, &["eucs"]), of_eucs);
    assert_eq!(made(&project, &["c5"]), of_c5);
    assert_same(&first, &outputs(&project));

    std::fs::remove_file(project.join("build/c5/report.md")).unwrap();
    assert_eq!(made(&project, &["c5"]), ["c5/markdown"]);
    assert_same(&first, &outputs(&project));
}

#[test]
fn state_and_outputs_may_be_deleted() {
    let (_place, project) = hyperiot("hyperiot");
    let all = made(&project, &["eucs"]);
    let first = outputs(&project);
    std::fs::remove_dir_all(project.join(".probity")).unwrap();
    std::fs::remove_dir_all(project.join("build")).unwrap();
    assert_eq!(made(&project, &["eucs"]), all);
    assert_same(&first, &outputs(&project));
}
