//! Rare answers, written by hand: what moto never gives.

use super::play;
use crate::scan::outline;

#[test]
fn rare_answers() {
    let run = play("details", &["cloudtrail", "config", "ec2", "kms"], "");
    insta::assert_snapshot!("aws-rare-answers", outline(&run.evidence));
}
