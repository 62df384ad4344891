use probity_diagnostics::Severity;
use probity_register::{Opinion, Status, altered, overlaps};
use rstest::rstest;

use crate::{REPORT, change, read, report_with, tree};

#[test]
fn a_report_is_read_as_it_stands() {
    let read = read(REPORT).unwrap();
    assert!(read.warnings.is_empty(), "{:?}", read.warnings);
    let report = read.value;
    assert_eq!(
        (report.name.as_str(), report.scheme.as_str(), report.kind.words().as_str()),
        ("halls", "bsi-c5", "type-2 report, unqualified")
    );
    assert_eq!(report.issuer.name.as_deref(), Some("Auditors"));
    assert_eq!(report.controls().0.into_iter().collect::<Vec<_>>(), ["ps-1"]);
    assert!(altered(&tree(REPORT), &report).is_empty());
}

/// Each mistake is told with its code, at its line.
#[rstest]
#[case::no_name("certificate-name", "certificate-nam", "PB0690", "0 props `certificate-name`")]
#[case::no_scheme("name: scheme", "name: schema", "PB0690", "0 props `scheme`")]
#[case::no_term("name: valid-until", "name: valid-til", "PB0690", "0 props `valid-until`")]
#[case::ends_before("value: \"2026-09-30\"", "value: \"2025-09-30\"", "PB0690", "before it begins")]
#[case::no_day("value: \"2026-09-30\"", "value: \"30.9.2026\"", "PB0690", "`30.9.2026` is no day")]
#[case::type_3("value: type-2", "value: type-3", "PB0690", "unknown report-type `type-3`")]
#[case::opinion("value: unqualified", "value: unqualifed", "PB0690", "unknown opinion `unqualifed`")]
#[case::status("class: issued", "class: isued", "PB0690", "unknown status `isued`")]
#[case::begins("class: issued", "class: maintained", "PB0691", "it begins as `maintained`")]
#[case::no_status("name: status", "name: state", "PB0690", "no prop `status`")]
#[case::no_issuer("role-id: issuer", "role-id: holder", "PB0690", "who issued it")]
#[case::no_validation("type: validation", "type: software", "PB0690", "one component of type `validation`")]
#[case::no_digest("2c26b46b68ff", "zz26b46b68ff", "PB0690", "no digest of 64")]
fn mistakes_are_told(#[case] from: &str, #[case] to: &str, #[case] code: &str, #[case] message: &str) {
    assert!(REPORT.contains(from), "{from}");
    let errors = read(&REPORT.replace(from, to)).unwrap_err();
    let told = errors.iter().find(|error| error.code.id == code && error.message.contains(message));
    let told = told.unwrap_or_else(|| panic!("{errors:?}"));
    assert_eq!(told.severity, Severity::Error);
    assert!(told.primary.is_some());
}

#[test]
fn only_lawful_changes_are_taken() {
    use Status::{Expired, Issued, Maintained, New, Renewed, Suspended, Withdrawn};
    let lawful: [(Status, &[Status]); 7] = [
        (New, &[Issued, Withdrawn]),
        (Issued, &[Maintained, Renewed, Suspended, Withdrawn, Expired]),
        (Maintained, &[Maintained, Renewed, Suspended, Withdrawn, Expired]),
        (Renewed, &[Maintained, Renewed, Suspended, Withdrawn, Expired]),
        (Suspended, &[Maintained, Withdrawn, Expired]),
        (Withdrawn, &[]),
        (Expired, &[]),
    ];
    // how each status is come by
    let before: [(Status, &[Status]); 7] = [
        (New, &[New]),
        (Issued, &[Issued]),
        (Maintained, &[Issued, Maintained]),
        (Renewed, &[Issued, Renewed]),
        (Suspended, &[Issued, Suspended]),
        (Withdrawn, &[Issued, Withdrawn]),
        (Expired, &[Issued, Expired]),
    ];
    for ((from, next), (_, path)) in lawful.into_iter().zip(before) {
        for to in Status::ALL {
            let changes = path.iter().chain([&to]).map(|status| change(status.as_str(), "2026-10-06"));
            let text = REPORT.replace(&change("issued", "2026-10-05"), &changes.collect::<String>());
            let read = read(&text);
            assert_eq!(read.is_ok(), next.contains(&to), "{from} to {to}: {read:?}");
        }
    }
}

#[test]
fn days_of_changes_do_not_go_back() {
    let text = REPORT.replace(
        &change("issued", "2026-10-05"),
        &(change("issued", "2026-10-05") + &change("suspended", "2026-10-04")),
    );
    let errors = read(&text).unwrap_err();
    assert_eq!(errors.iter().map(|error| error.code.id).collect::<Vec<_>>(), ["PB0691"]);
}

#[rstest]
#[case::clean("unqualified", "", "", true)]
#[case::excepted("qualified", "ps-1", "", false)]
#[case::another_excepted("qualified", "ps-2", "", true)]
#[case::not_said_what("qualified", "", "", false)]
#[case::adverse("adverse", "", "", false)]
#[case::none("disclaimer", "", "", false)]
#[case::design_alone("type-1", "", "", false)]
#[case::design_is_enough("type-1", "", "accepts", true)]
fn what_a_report_covers(
    #[case] word: &str,
    #[case] exception: &str,
    #[case] accepts: &str,
    #[case] covered: bool,
) {
    let ns = "ns: \"https://w3id.org/probity/oscal/1\"";
    let mut text = match word {
        "type-1" => REPORT.replace("value: type-2", "value: type-1"),
        opinion => REPORT.replace("value: unqualified", &format!("value: {opinion}")),
    };
    if !exception.is_empty() {
        let line = format!("\n        - {{name: exception, {ns}, value: {exception}}}");
        text =
            text.replace("\n        - {name: valid-from", &format!("{line}\n        - {{name: valid-from"));
    }
    if !accepts.is_empty() {
        let props = format!(", props: [{{name: accepts, {ns}, value: type-1}}]}}");
        text = text.replace("description: Doors are shut.}", &format!("description: Doors are shut.{props}"));
    }
    let report = read(&text).unwrap().value;
    let (found, left) = report.controls();
    assert_eq!((found.contains("ps-1"), left.is_empty()), (covered, covered));
    assert!(Opinion::parse("clean").is_none());
}

#[test]
fn another_document_is_noticed() {
    let report = read(REPORT).unwrap().value;
    let gone = probity_diagnostics::MemoryTree::of([("certificates/documents/report.txt", "bar")]).unwrap();
    let told = altered(&gone, &report);
    assert_eq!(told.iter().map(|finding| finding.code.id).collect::<Vec<_>>(), ["PB0692"]);
    let nothing = altered(&probity_diagnostics::MemoryTree::new(), &report);
    assert!(nothing.iter().any(|finding| finding.message.contains("cannot be read")), "{nothing:?}");
    let start = REPORT.find("            hashes:").unwrap();
    let unrecorded = read(&REPORT[..start]).unwrap().value;
    let told = altered(&tree(REPORT), &unrecorded);
    assert!(told.iter().any(|finding| finding.message.contains("no document with a SHA-256")), "{told:?}");
}

#[test]
fn overlapping_certificates_are_told() {
    let one = {
        let mut one = report_with(&[]);
        one.assessment = Some("c5".to_owned());
        one
    };
    let mut other = one.clone();
    other.name = "halls-2".to_owned();
    other.uuid = "6f0e2d1c-1111-4111-8111-000000000009".to_owned();
    let codes = |all: &[_]| overlaps(all).iter().map(|finding| finding.message.clone()).collect::<Vec<_>>();
    assert_eq!(codes(&[one.clone(), other.clone()]), ["`halls` and `halls-2` are in force at the same time"]);
    let mut ended = report_with(&[("withdrawn", "2026-10-20")]);
    ended.assessment = one.assessment.clone();
    other.changes[0].on = "2026-10-20".parse().unwrap();
    assert!(codes(&[ended, other.clone()]).is_empty());
    other.name = "halls".to_owned();
    assert_eq!(codes(&[one, other]), ["two certificates are called `halls`"]);
}
