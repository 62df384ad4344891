use probity_generators::{SummaryOptions, summary};

use crate::fixture;

#[test]
fn shows_the_demo_in_80_columns() {
    let report = fixture::load().value;
    insta::assert_snapshot!("summary_80", summary(&report, SummaryOptions::default()));
}
