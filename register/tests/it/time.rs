use probity_register::{Standing, Status, review};
use rstest::rstest;

use crate::report_with;

type Changes = &'static [(&'static str, &'static str)];

/// The spans of days in which it is in force.
#[rstest]
#[case::to_the_end_of_the_bridge(&[], &["2026-10-05T00:00:00Z/2026-12-31T23:59:59Z"])]
#[case::suspended(&[("suspended", "2026-10-20")], &["2026-10-05T00:00:00Z/2026-10-19T23:59:59Z"])]
#[case::suspended_and_back(
    &[("suspended", "2026-10-20"), ("maintained", "2026-11-02")],
    &["2026-10-05T00:00:00Z/2026-10-19T23:59:59Z", "2026-11-02T00:00:00Z/2026-12-31T23:59:59Z"]
)]
#[case::maintained_in_between(&[("maintained", "2026-11-02")], &["2026-10-05T00:00:00Z/2026-12-31T23:59:59Z"])]
#[case::withdrawn_at_once(&[("withdrawn", "2026-10-05")], &[])]
#[case::maintained_too_late(
    &[("suspended", "2026-10-20"), ("maintained", "2027-02-01")],
    &["2026-10-05T00:00:00Z/2026-10-19T23:59:59Z"]
)]
fn when_it_is_in_force(#[case] changes: Changes, #[case] expected: &[&str]) {
    let spans = report_with(changes).in_force();
    let told: Vec<String> = spans.iter().map(|span| format!("{}/{}", span.from, span.until)).collect();
    assert_eq!(told, expected);
}

/// What it is on a day, whether its surveillance is overdue, and the next day that matters.
#[rstest]
#[case::before_it_is_issued(&[], "2026-10-04", Status::New, None, Some("2026-11-15"))]
#[case::issued(&[], "2026-10-05", Status::Issued, None, Some("2026-11-15"))]
#[case::on_the_day(&[], "2026-11-15", Status::Issued, None, Some("2026-11-15"))]
#[case::the_day_after(&[], "2026-11-16", Status::Issued, Some("2026-11-15"), Some("2026-12-31"))]
#[case::confirmed(&[("maintained", "2026-11-20")], "2026-11-21", Status::Maintained, None, Some("2026-12-31"))]
#[case::last_day(&[("maintained", "2026-11-20")], "2026-12-31", Status::Maintained, None, Some("2026-12-31"))]
#[case::over(&[("maintained", "2026-11-20")], "2027-01-01", Status::Expired, None, None)]
#[case::withdrawn_stays_so(&[("withdrawn", "2026-11-01")], "2027-01-01", Status::Withdrawn, None, None)]
#[case::suspended(&[("suspended", "2026-11-01")], "2026-11-20", Status::Suspended, None, Some("2026-12-31"))]
fn how_it_stands_on_a_day(
    #[case] changes: Changes,
    #[case] on: &str,
    #[case] status: Status,
    #[case] overdue: Option<&str>,
    #[case] next: Option<&str>,
) {
    let day = |text: &str| text.parse().unwrap();
    let expected = Standing { status, overdue: overdue.map(day), next: next.map(day) };
    assert_eq!(report_with(changes).standing(day(on)), expected);
}

#[rstest]
#[case::in_order(&[], "2026-10-20", &[])]
#[case::overdue(&[], "2026-11-20", &["PB0695"])]
#[case::past_its_term(&[("maintained", "2026-11-20")], "2027-01-01", &["PB0694"])]
#[case::suspended(&[("suspended", "2026-11-01")], "2026-11-02", &["PB0694"])]
#[case::not_issued_yet(&[], "2026-10-01", &[])]
fn what_is_said_of_it(#[case] changes: Changes, #[case] on: &str, #[case] codes: &[&str]) {
    let told = review(&report_with(changes), on.parse().unwrap());
    assert_eq!(told.iter().map(|finding| finding.code.id).collect::<Vec<_>>(), codes, "{told:?}");
}
