//! `probity share report` and the commands of incidents that look at all of a project.

use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::ran::{Ran, copy_folder, folder, probity, read, repository, write};

/// A project with the incidents of a quarter.
fn project() -> TempDir {
    let place = folder();
    write(place.path(), "probity.toml", "[system]\nname = \"Alpha\"\n");
    copy_folder(&repository("sharing/tests/corpus"), &place.path().join("sharing/incidents"));
    place
}

fn share(project: &Path, args: &[&str]) -> Ran {
    probity(project, &[&["share"], args].concat())
}

fn number(report: &Value, table: &str, value: &str) -> u64 {
    let tables = report["tables"].as_array().unwrap();
    let table = tables.iter().find(|one| one["name"] == table).unwrap();
    let row = table["rows"].as_array().unwrap().iter().find(|row| row["value"] == value).unwrap();
    row["incidents"].as_u64().unwrap()
}

#[test]
fn a_quarter_is_reported_in_every_form() {
    let place = project();
    let project = place.path();
    // the clock of these tests stands in November 2026
    let report = share(project, &["report", "--format", "json"]).exits(0).json();
    assert_eq!((&report["from"], &report["until"]), (&"2026-07-01".into(), &"2026-09-30".into()));
    assert_eq!((&report["marking"], &report["incidents"]), (&"TLP:AMBER".into(), &24.into()));
    assert_eq!(number(&report, "category", "denial-of-service"), 6);
    let same =
        share(project, &["report", "--from", "2026-07-01", "--until", "2026-09-30", "--format", "json"]);
    assert_eq!(same.exits(0).json(), report);
    let text = share(project, &["report", "--quarter", "2026-Q3"]).exits(0).out;
    insta::assert_snapshot!("share_report", text);
    for (format, file) in [("markdown", "q.md"), ("html", "q.html"), ("csv", "q.csv")] {
        share(project, &["report", "--format", format, "--marking", "TLP:GREEN", "-o", file]).exits(0);
        let shown = share(project, &["mark", "show", file]).exits(0).out;
        assert!(shown.contains("TLP:GREEN"), "{shown}");
    }
    assert!(read(project, "q.csv").starts_with("table,value,month,number,marking\nall,,,24,TLP:GREEN\n"));
}

#[test]
fn a_report_that_cannot_be_right_is_not_made() {
    let place = project();
    let project = place.path();
    let small = share(project, &["report", "--marking", "TLP:CLEAR", "--fewest", "2"]).exits(2);
    assert!(small.err.contains("no number from 1 to 2") && small.out.is_empty(), "{}", small.err);
    share(project, &["report", "--from", "2026-07-02", "--until", "2026-07-01"]).exits(2);
    share(project, &["report", "--period", "2026-Q5"]).exits(2);
    share(project, &["report", "--from", "2026-07-02"]).exits(2);
    write(project, "sharing/incidents/2026/broken.yaml", "id: INC-9\n");
    let broken = share(project, &["report", "-o", "out.txt"]).exits(2);
    assert!(broken.err.contains("PB1040") && !project.join("out.txt").exists(), "{}", broken.err);
}

#[test]
fn a_document_that_was_changed_where_it_carries_something_is_not_imported() {
    let place = folder();
    let project = place.path();
    write(project, "probity.toml", "[system]\nname = \"Alpha\"\n");
    copy_folder(&repository("sharing/tests/samples/incidents"), &project.join("in"));
    share(project, &["incident", "export", "in/02-password-spraying.yaml", "--to", "iodef", "-o", "out"])
        .exits(0);
    let file = "out/INC-2026-0002.TLP-AMBER.iodef.xml";
    let text = read(project, file);
    write(
        project,
        file,
        text.replace("<IncidentCategory>unauthorized-access", "<IncidentCategory>malicious-code"),
    );
    let refused = share(project, &["incident", "import", file, "-o", "got"]).exits(2);
    assert!(refused.err.contains("PB1053") && refused.err.contains("`/assessments`"), "{}", refused.err);
    assert!(!project.join("got").exists());
}

#[test]
fn all_incidents_of_a_project_are_looked_at() {
    let place = project();
    let project = place.path();
    for (id, more) in [("A-1", "regimes: [nis2]\n"), ("A-2", "")] {
        let text = format!(
            "id: {id}\nissuer: cert.alpha.example\nkind: attack\npurpose: watch\ntimes: {{generated: 2026-11-02T00:00:00Z, aware: \
             2026-11-01T00:00:00Z}}\ncontacts: [{{role: creator, type: organization, name: A}}]\n{more}"
        );
        write(project, &format!("sharing/incidents/2026/{id}.yaml"), text);
    }
    let linted = share(project, &["incident", "lint", "--format", "json"]).exits(1).json();
    assert_eq!(linted["incidents"].as_array().unwrap().len(), 28);
    let codes: Vec<&str> =
        linted["findings"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!(
        codes.iter().filter(|code| **code == "PB1047").count(),
        2,
        "24 and 72 hours are over: {codes:?}"
    );
    let before = ["incident", "lint", "--format", "json", "--as-of", "2026-11-01T12:00:00Z"];
    let before = share(project, &before).exits(1).json();
    assert!(!before["findings"].to_string().contains("PB1047"), "no clock has run out by then");
    let twin = read(project, "sharing/incidents/2026/A-2.yaml");
    write(project, "sharing/incidents/2026/A-3.yaml", twin);
    let told = share(project, &["incident", "lint"]).exits(1).err;
    assert!(told.contains("PB1051") && told.contains("A-2.yaml` already"), "{told}");
    let empty = folder();
    write(empty.path(), "probity.toml", "[system]\nname = \"Alpha\"\n");
    share(empty.path(), &["incident", "lint"]).exits(0);
}

#[test]
fn what_is_made_is_dated_by_as_of() {
    let place = folder();
    let project = place.path();
    write(project, "probity.toml", "[system]\nname = \"Alpha\"\n");
    let new = [
        "incident",
        "new",
        "--id",
        "A-1",
        "--issuer",
        "cert.alpha.example",
        "--kind",
        "attack",
        "--title",
        "t",
    ];
    share(project, &[&new[..], &["--as-of", "2025-03-04T05:06:07Z"]].concat()).exits(0);
    let text = read(project, "sharing/incidents/2025/A-1.yaml");
    assert!(
        text.contains("generated: 2025-03-04T05:06:07Z")
            || text.contains("generated: \"2025-03-04T05:06:07Z\""),
        "{text}"
    );
}

#[test]
fn what_is_past_its_time_is_listed_and_nothing_is_deleted() {
    let place = project();
    let project = place.path();
    share(project, &["incident", "expire"]).exits(0);
    write(project, "sharing/policy.yaml", "member: alpha\nretention: P1Y\n");
    write(project, "sharing/received/beta/p1/receipt.json", "{\"received\": \"2026-01-01T00:00:00Z\"}\n");
    share(project, &["incident", "expire", "--as-of", "2027-01-01T00:00:00Z"]).exits(0);
    let late = ["incident", "expire", "--as-of", "2027-07-02T00:00:00Z"];
    let told = share(project, &late).exits(1).err;
    assert!(
        told.contains("PB1054") && told.contains("INC-2026-0101.yaml") && told.contains("history"),
        "{told}"
    );
    let listed = share(project, &[&late[..], &["--format", "json"]].concat()).exits(1).json();
    let paths: Vec<&str> =
        listed["kept"].as_array().unwrap().iter().map(|one| one["path"].as_str().unwrap()).collect();
    assert_eq!(
        paths,
        ["sharing/incidents/2026/INC-2026-0101.yaml", "sharing/received/beta/p1"],
        "one was over on 1 July, the other was received in January; 0098 ended on 2 July"
    );
    let all = share(project, &[&late[..], &["--all"]].concat()).exits(1).out;
    assert!(all.contains("not over") && all.contains("until 2027-07-02"), "{all}");
    assert!(project.join("sharing/incidents/2026/INC-2026-0101.yaml").is_file());
    write(project, "sharing/policy.yaml", "member: alpha\nretention: 1 year\n");
    let wrong = share(project, &["incident", "expire"]).exits(2).err;
    assert!(wrong.contains("PB1020") && wrong.contains("P2Y"), "{wrong}");
}

#[test]
fn what_is_imported_stays_whose_it_was() {
    let place = project();
    let project = place.path();
    copy_folder(&repository("sharing/tests/samples/incidents"), &project.join("in"));
    share(project, &["incident", "export", "in/02-password-spraying.yaml", "--to", "misp", "-o", "out"])
        .exits(0);
    let file = "out/INC-2026-0002.TLP-AMBER.misp.json";
    write(project, &format!("{file}.marking.yaml"), "marking: TLP:AMBER\noriginator: beta\n");
    share(project, &["incident", "import", file]).exits(0);
    let shown =
        share(project, &["mark", "show", "sharing/incidents/2026/INC-2026-0002.yaml", "--format", "json"]);
    assert_eq!(shown.exits(0).json()["documents"][0]["originator"], "beta");
    let all = ["report", "--period", "2026", "--format", "json"];
    assert_eq!(share(project, &all).exits(0).json()["incidents"], 26, "it is not ours to count");
    assert_eq!(share(project, &[&all[..], &["--received"]].concat()).exits(0).json()["incidents"], 27);
}
