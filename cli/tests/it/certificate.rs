//! `probity certificate`: what is written, what is refused, and what is said of the register.

use std::path::Path;

use crate::ran::{Ran, folder, probity, read, write};

fn project() -> tempfile::TempDir {
    let place = folder();
    probity(place.path(), &["init", ".", "--name", "Shop", "--profile", "eucs-basic"]).exits(0);
    write(place.path(), "certificates/shop.txt", "Certificate 1");
    place
}

fn certificate(project: &Path, args: &[&str]) -> Ran {
    probity(project, &[&["certificate"], args].concat())
}

/// Puts a certificate into the register, with more arguments.
fn add(project: &Path, name: &str, more: &[&str]) -> Ran {
    let given = [
        &["add", name, "--scheme", "eucs", "--level", "high", "--issuer", "CertWerk GmbH"],
        &["--from", "2026-03-01", "--until", "2029-02-28", "--document", "certificates/shop.txt"][..],
        more,
    ];
    certificate(project, &given.concat())
}

#[test]
fn a_certificate_is_a_valid_document() {
    let place = project();
    let project = place.path();
    let more = [
        "--assessment",
        "eucs-basic",
        "--scope",
        "am-01.1",
        "--surveillance",
        "2027-03-01",
        "--reference",
        "7",
    ];
    add(project, "shop-2026", &more).exits(0);
    probity(project, &["validate", "certificates/shop-2026.yaml"]).exits(0);
    probity(project, &["fmt", "--check", "certificates"]).exits(0);
    let shown = certificate(project, &["show", "shop-2026"]).exits(0).out;
    insta::assert_snapshot!("certificate_show", shown);
    let listed = certificate(project, &["list", "--format", "json"]).exits(0).json();
    assert_eq!(listed[0]["status"], "issued");
    assert_eq!(listed[0]["next"], "2027-03-01");
    assert_eq!(listed[0]["scope"], serde_json::json!(["am-01.1"]));
}

#[test]
fn what_becomes_of_it_is_written_beside_what_people_wrote() {
    let place = project();
    let project = place.path();
    add(project, "shop-2026", &[]).exits(0);
    let file = "certificates/shop-2026.yaml";
    let text = read(project, file).replace("  components:", "  # checked by Ada\n  components:");
    write(project, file, &text);
    let args = ["record", "shop-2026", "suspended", "--on", "2026-10-20", "--reason", "a finding is open"];
    certificate(project, &args).exits(0);
    let after = read(project, file);
    assert!(after.contains("  # checked by Ada\n  components:"), "{after}");
    let status = |as_of: &str| {
        let listed = certificate(project, &["list", "--format", "json", "--as-of", as_of]).exits(0).json();
        listed[0]["status"].as_str().unwrap().to_owned()
    };
    assert_eq!(status("2026-10-19T23:59:59Z"), "issued");
    assert_eq!(status("2026-10-20T00:00:00Z"), "suspended");
    assert_eq!(status("2029-03-01T00:00:00Z"), "expired");
}

/// Nothing is written, and the message says why.
#[test]
fn what_cannot_be_is_refused() {
    let place = project();
    let project = place.path();
    add(project, "shop-2026", &["--assessment", "eucs-basic"]).exits(0);
    let before = files(project);
    let refused: [(&[&str], &str); 9] = [
        (&["record", "shop-2026", "issued", "--on", "2026-04-01"], "cannot become `issued`"),
        (&["record", "shop-2026", "maintained", "--on", "2026-02-01"], "which is after 2026-02-01"),
        (&["record", "shop-2027", "maintained", "--on", "2026-04-01"], "did you mean `shop-2026`?"),
        (&["show", "shop"], "known: shop-2026"),
        (&["add", "shop-2026"], "exists already"),
        (&["add", "Shop"], "cannot name a certificate"),
        (&["add", "other", "--assessment", "eucs-basic"], "are in force at the same time"),
        (&["add", "other", "--assessment", "eucs-basik"], "did you mean `eucs-basic`?"),
        (&["add", "other", "--assessment", "eucs-basic", "--scope", "am-01.99"], "no control `am-01.99`"),
    ];
    for (args, why) in refused {
        let ran = match args {
            ["add", name, more @ ..] => add(project, name, more),
            _ => certificate(project, args),
        };
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.err);
        assert!(ran.err.contains(why), "{args:?}: {}", ran.err);
    }
    let outside = add(project, "other", &["--document", "../elsewhere.pdf"]).exits(2);
    assert!(outside.err.contains("kept in the project"), "{}", outside.err);
    let backwards = add(project, "other", &["--document", "certificates/none.pdf"]).exits(2);
    assert!(backwards.err.contains("none.pdf"), "{}", backwards.err);
    assert_eq!(files(project), before);
}

#[test]
fn the_register_is_checked() {
    let place = project();
    let project = place.path();
    certificate(project, &["check"]).exits(0);
    add(project, "shop-2026", &["--surveillance", "2026-10-01"]).exits(0);
    let overdue = certificate(project, &["check"]).exits(1);
    assert!(overdue.err.contains("due by 2026-10-01"), "{}", overdue.err);
    assert!(overdue.out.contains("overdue since 2026-10-01"), "{}", overdue.out);
    certificate(project, &["record", "shop-2026", "maintained", "--on", "2026-10-02"]).exits(0);
    certificate(project, &["check"]).exits(0);
    write(project, "certificates/shop.txt", "Certificate 2");
    let altered = certificate(project, &["check", "--format", "json"]).exits(1).json();
    assert_eq!(altered["findings"][0]["code"], "PB0692", "{altered:#}");
    write(project, "certificates/broken.yaml", "component-definition: 3\n");
    certificate(project, &["check"]).exits(2);
}

/// Whether it is at risk is not known before the assessment was built.
#[test]
fn what_was_not_built_is_not_taken_for_good() {
    let place = project();
    let project = place.path();
    add(project, "shop-2026", &["--assessment", "eucs-basic"]).exits(0);
    let ran = certificate(project, &["check"]).exits(3);
    assert!(ran.err.contains("run `probity build eucs-basic`"), "{}", ran.err);
}

/// The files of the register, with their texts.
fn files(project: &Path) -> Vec<(String, String)> {
    let entries = std::fs::read_dir(project.join("certificates")).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names.into_iter().map(|name| (name.clone(), read(project, &format!("certificates/{name}")))).collect()
}
