use probity_generators::{Explanation, SummaryOptions, explain};
use rstest::rstest;

use crate::fixture;

#[rstest]
#[case::control("control", "ops-05.1")]
#[case::control_by_label("control_waived", "IAM-04.1")]
#[case::attested("control_attested", "iam-06.3")]
#[case::not_evaluated("not_evaluated", "pss-02.1")]
#[case::check("check", "backup_retention")]
#[case::resource("resource", "telemetry")]
#[case::like("like", "upd")]
#[case::misspelt("misspelt", "bakup-retention")]
#[case::nothing("nothing", "zzz")]
fn tells_the_story(#[case] name: &str, #[case] subject: &str) {
    let report = fixture::report();
    let text = explain(&report, subject).text(SummaryOptions { color: false, width: 100, limit: 5 });
    insta::assert_snapshot!(format!("explain_{name}"), text);
}

#[test]
fn a_finding_leads_to_its_control() {
    let report = fixture::report();
    let uuid = report.control("ops-05.1").unwrap().findings[0].uuid.clone();
    assert!(matches!(explain(&report, &uuid), Explanation::Control(story) if story.control.id == "ops-05.1"));
}

#[test]
fn lists_candidates_where_a_name_is_ambiguous() {
    let mut report = fixture::report();
    for resource in report.checks.iter_mut().flat_map(|check| &mut check.resources) {
        if resource.id == "aws:rds/orders" {
            resource.name = "telemetry".to_owned();
        }
    }
    let Explanation::Ambiguous { candidates, .. } = explain(&report, "Telemetry") else { panic!() };
    let ids: Vec<&str> = candidates.iter().map(|candidate| candidate.id.as_str()).collect();
    assert_eq!(ids, ["aws:rds/orders", "aws:s3/telemetry"]);
}
