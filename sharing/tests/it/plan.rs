//! Who may receive what, and the packages that are made.

use probity_diagnostics::TreePath;
use probity_sharing::audience::Role;
use probity_sharing::marking;
use probity_sharing::package::{DOCUMENTS, Files, MAIL, MANIFEST, build, unzip, verify, zip};
use probity_sharing::plan::{Candidate, Proofs, Wish, objections};
use probity_sharing::{Label, Stop};
use rstest::rstest;
use serde_json::Value;

use crate::circle::{DAY, circle};
use crate::table;

fn candidate(file: &str, label: &str, case: &Value) -> Candidate {
    let path = TreePath::parse(file).unwrap();
    let bytes = format!("marking: {label}\ntitle: somebody scans\n").into_bytes();
    let is = |name: &str| case[name].as_bool() == Some(true);
    let marking = marking::of(&bytes, &path, None).unwrap();
    let role = if is("holder") { Role::Holder } else { Role::Originator };
    let proof = |name: &str| if is(name) { Ok(()) } else { Err("nobody has".to_owned()) };
    let proofs =
        Proofs { scrubbed: proof("scrubbed"), resolved: is("resolved"), approved: proof("approved") };
    Candidate { path, bytes, marking, role, proofs }
}

#[test]
fn what_is_refused_names_its_rule() {
    let circle = circle();
    let cases = table::read(include_str!("plan.yaml"));
    for case in cases.as_array().unwrap() {
        let text = |name: &str| case[name].as_str();
        let mut documents = vec![candidate(text("file").unwrap_or("a.yaml"), text("colour").unwrap(), case)];
        documents.extend(text("with").map(|label| candidate("b.yaml", label, case)));
        let audience = text("to").unwrap().parse().unwrap();
        let wish = Wish { audience, reason: text("reason").map(str::to_owned), day: DAY };
        let refused = objections(&circle, &documents, &wish);
        let rules: Vec<&str> = refused.iter().map(|one| one.rule.id).collect();
        let found = if rules.is_empty() { "yes".to_owned() } else { rules.join(", ") };
        assert_eq!(found, text("is").unwrap(), "{case}\n{refused:#?}");
        for one in &refused {
            let data = one.json();
            for name in ["code", "rule", "document", "colour", "audience", "message", "remedy"] {
                let is_there = data[name].as_str().is_some_and(|text| !text.is_empty());
                // two colours in one package are refused whoever it is for
                assert!(is_there || (name == "audience" && one.rule.id == "TLP-003"), "{name} in {data}");
            }
        }
    }
}

/// A package of two documents for beta.
fn package() -> Files {
    let none = Value::Null;
    let sidecar = b"marking: TLP:AMBER\n";
    let path = TreePath::parse("scan/hosts.csv").unwrap();
    let bytes = b"address\n192.0.2.1\n".to_vec();
    let marking = marking::of(&bytes, &path, Some(sidecar)).unwrap();
    let hosts = Candidate { path, bytes, marking, role: Role::Originator, proofs: Proofs::default() };
    let documents = [candidate("sharing/incidents/INC-1.yaml", "TLP:AMBER", &none), hosts];
    let wish =
        Wish { audience: "member:beta".parse().unwrap(), reason: Some("same attacker".to_owned()), day: DAY };
    build(&circle(), &documents, &wish, "2026-11-22T10:00:00Z".parse().unwrap()).unwrap()
}

#[test]
fn a_package_is_labelled_everywhere() {
    let files = package();
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "documents/INC-1.TLP-AMBER.yaml",
            "documents/INC-1.TLP-AMBER.yaml.marking.yaml",
            "documents/hosts.TLP-AMBER.csv",
            "documents/hosts.TLP-AMBER.csv.marking.yaml",
            "mail.eml",
            "manifest.json",
        ]
    );
    let manifest = verify(&files).unwrap();
    assert_eq!((manifest.label(), manifest.from.as_str()), (Some(Label::Amber), "alpha"));
    assert_eq!((manifest.audience.as_str(), manifest.recipients), ("member:beta", 1));
    let mail = String::from_utf8(files[MAIL].clone()).unwrap();
    assert!(mail.contains("\r\nSubject: [TLP:AMBER] Package "), "{mail}");
    assert!(mail.contains("\r\n\r\nTLP:AMBER\r\n\r\nalpha shares this with member:beta"), "{mail}");
    assert!(mail.contains("\r\nTo: cert@beta.example\r\n"));
    assert_eq!(files, package());
}

#[test]
fn members_are_not_told_who_the_others_are() {
    let wish = Wish { audience: "members".parse().unwrap(), reason: None, day: DAY };
    let documents = [candidate("a.yaml", "TLP:GREEN", &Value::Null)];
    let files = build(&circle(), &documents, &wish, "2026-11-22T10:00:00Z".parse().unwrap()).unwrap();
    assert_eq!(verify(&files).unwrap().recipients, 1);
    let all: String = files.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
    assert!(!all.contains("beta") && all.contains("undisclosed-recipients:;"), "{all}");
}

#[rstest]
#[case::another_byte("documents/hosts.TLP-AMBER.csv", "192.0.2.1", "192.0.2.2", "has another digest")]
#[case::another_label(
    "manifest.json",
    "\"TLP:AMBER\"",
    "\"TLP:GREEN\"",
    "does not bear the label in its name"
)]
#[case::no_label("manifest.json", "\"TLP:AMBER\"", "\"AMBER\"", "says no label")]
#[case::another_audience("manifest.json", "member:beta", "public", "has an id that does not follow")]
#[case::another_sender(
    "manifest.json",
    "\"from\": \"alpha\"",
    "\"from\": \"beta\"",
    "has an id that does not follow"
)]
#[case::another_originator(
    "documents/hosts.TLP-AMBER.csv.marking.yaml",
    "alpha",
    "beta",
    "names another originator than the manifest"
)]
#[case::another_colour_beside(
    "documents/hosts.TLP-AMBER.csv.marking.yaml",
    "TLP:AMBER",
    "TLP:GREEN",
    "has another colour than the package"
)]
#[case::contradiction(
    "documents/INC-1.TLP-AMBER.yaml.marking.yaml",
    "TLP:AMBER",
    "TLP:GREEN",
    "and the sidecar beside it TLP:GREEN"
)]
#[case::subject(
    "mail.eml",
    "Subject: [TLP:AMBER]",
    "Subject: [TLP:GREEN]",
    "is not the mail of this package"
)]
#[case::body("mail.eml", "\r\n\r\nTLP:AMBER\r\n\r\n", "\r\n\r\n", "is not the mail of this package")]
fn a_package_that_was_changed_is_refused(
    #[case] file: &str,
    #[case] old: &str,
    #[case] new: &str,
    #[case] says: &str,
) {
    let mut files = package();
    let text = String::from_utf8(files[file].clone()).unwrap();
    assert!(text.contains(old), "{text}");
    files.insert(file.to_owned(), text.replacen(old, new, 1).into_bytes());
    refused(&files, says);
}

#[track_caller]
fn refused(files: &Files, says: &str) {
    match verify(files) {
        Err(Stop::Refused(all)) => assert!(all.iter().any(|one| one.message.contains(says)), "{all:#?}"),
        other => panic!("{says}: {other:?}"),
    }
}

#[test]
fn a_package_has_the_files_of_its_manifest() {
    let hosts = format!("{DOCUMENTS}/hosts.TLP-AMBER.csv");
    for (gone, says) in [
        (hosts.as_str(), "is missing"),
        ("documents/hosts.TLP-AMBER.csv.marking.yaml", "has no sidecar"),
        (MANIFEST, "there is no `manifest.json`"),
    ] {
        let mut files = package();
        files.remove(gone).unwrap();
        refused(&files, says);
    }
    let mut files = package();
    files.insert("documents/more.yaml".to_owned(), b"marking: TLP:AMBER\n".to_vec());
    refused(&files, "is not in the manifest");
}

#[test]
fn an_archive_has_the_same_files() {
    let files = package();
    let bytes = zip(&files).unwrap();
    assert_eq!(unzip(&bytes).unwrap(), files);
    assert_eq!(zip(&files).unwrap(), bytes);
}

#[rstest]
#[case("../outside")]
#[case("documents/../../outside")]
#[case("/etc/passwd")]
#[case("documents\\..\\outside")]
#[case("https://example.org/a")]
#[case("content:a")]
#[case("C:/a")]
#[case("./a")]
fn an_archive_that_climbs_is_refused(#[case] name: &str) {
    let files = Files::from([(name.to_owned(), b"x".to_vec())]);
    let why = unzip(&zip(&files).unwrap()).unwrap_err();
    assert!(why.message.contains("no path below the folder"), "{}", why.message);
}

#[test]
fn what_is_no_archive_is_refused() {
    assert!(unzip(b"PK").is_err());
}
