//! How a community is run.

use jiff::civil::{Date, date};
use probity_diagnostics::{MemoryTree, TreePath};
use probity_sharing::circle::Governance;
use rstest::rstest;

const GOOD: &str = "documents:
  - {kind: memorandum, title: With the alliance, signed: 2026-01-01}
  - {kind: memorandum, title: Among members, signed: 2026-01-01}
  - {kind: bye-laws, title: Bye-laws, signed: 2026-01-01}
  - {kind: charter, title: Charter, signed: 2026-01-01, mission: Warn each other, principles: [nobody pays]}
board:
  - {appointed-by: alliance, person: a, from: 2026-01-01, until: 2027-12-31}
  - {appointed-by: alliance, person: b, from: 2026-01-01, until: 2027-12-31}
  - {appointed-by: alliance, person: c, from: 2026-01-01, until: 2027-12-31}
  - {appointed-by: alliance, person: d, from: 2026-01-01, until: 2027-12-31}
  - {appointed-by: members, person: e, from: 2026-01-01, until: 2027-12-31}
  - {appointed-by: members, person: f, from: 2026-01-01, until: 2027-12-31}
  - {appointed-by: members, person: g, from: 2026-01-01, until: 2027-12-31}
managing-director: {person: h, from: 2026-01-01, until: 2026-12-31}
committees:
  - {name: membership, chair: i}
  - {name: operations, chair: j}
  - {name: policy, chair: k}
";

fn lint(text: &str, day: Date) -> Vec<String> {
    let path = TreePath::parse("sharing/governance.yaml").unwrap();
    let mut tree = MemoryTree::new();
    tree.insert(path.clone(), text);
    let governance = Governance::load(&tree, &path).unwrap().value;
    governance.lint(day).iter().map(|finding| finding.message.clone()).collect()
}

#[test]
fn a_community_that_is_run_as_it_said() {
    assert_eq!(lint(GOOD, date(2026, 11, 22)), [""; 0]);
}

#[rstest]
#[case::five_seats(
    "appointed-by: members, person: e",
    "appointed-by: alliance, person: e",
    "5 seats of the board are appointed by `alliance`, and 4"
)]
#[case::nobodys_seat(
    "appointed-by: members, person: e",
    "appointed-by: vendors, person: e",
    "`vendors` appoints nobody"
)]
#[case::one_memorandum(
    "kind: memorandum",
    "kind: letter",
    "1 documents of kind `memorandum` are signed, and 2"
)]
#[case::not_signed(
    "title: Charter, signed: 2026-01-01",
    "title: Charter, signed: 2027-01-01",
    "0 documents of kind `charter`"
)]
#[case::no_mission("mission: Warn each other, ", "", "the charter `Charter` lacks a mission")]
#[case::no_principles("principles: [nobody pays]", "principles: ['']", "or principles")]
#[case::a_long_term("until: 2026-12-31", "until: 2027-01-01", "is longer than a year")]
#[case::two_committees("  - {name: policy, chair: k}\n", "", "there are 2 committees, and 3")]
#[case::the_same_committee(
    "name: policy",
    "name: operations",
    "there are 3 committees, and 3 with names of their own"
)]
#[case::no_chair("chair: k", "chair: \"\"", "the committee `policy` has no chair")]
fn a_community_that_is_not(#[case] old: &str, #[case] new: &str, #[case] says: &str) {
    assert!(GOOD.contains(old));
    let found = lint(&GOOD.replacen(old, new, 1), date(2026, 11, 22));
    assert!(found.len() == 1 && found[0].contains(says), "{found:#?}");
}

#[test]
fn a_term_that_is_over() {
    let found = lint(GOOD, date(2027, 1, 1));
    assert_eq!(found, ["the managing director `h` is in office from 2026-01-01 to 2026-12-31 only"]);
    assert_eq!(lint(GOOD, date(2028, 1, 1)).len(), 8);
}
