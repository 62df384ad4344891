use probity_generators::{SummaryOptions, summary};
use rstest::rstest;

use crate::fixture;

#[test]
fn fits_80_columns() {
    let text = summary(&fixture::report(), SummaryOptions::default());
    insta::assert_snapshot!("summary_80", text);
}

#[test]
fn paints_where_asked() {
    let options = SummaryOptions { color: true, width: 120, limit: 1 };
    let text = summary(&fixture::report(), options).replace('\u{1b}', "^");
    insta::assert_snapshot!("summary_color", text);
}

#[rstest]
#[case(10, 56)]
#[case(60, 60)]
#[case(300, 120)]
fn keeps_to_the_width(#[case] width: usize, #[case] limit: usize) {
    let text = summary(&fixture::report(), SummaryOptions { color: false, width, limit: 9 });
    let longest = text.lines().max_by_key(|line| line.chars().count()).unwrap();
    assert!(longest.chars().count() <= limit, "{longest}");
}
