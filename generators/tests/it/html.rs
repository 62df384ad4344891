use probity_generators::html;

use crate::fixture;

#[test]
fn is_the_same_every_time() {
    let report = fixture::load().value;
    let first = html(&report).unwrap();
    assert_eq!(first, html(&report).unwrap());
}
