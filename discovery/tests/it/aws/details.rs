//! Rare answers, written by hand: what moto never gives.

use super::play;
use crate::scan::outline;

/// Buckets, each of which is a host of its own where AWS is asked.
#[test]
fn rare_buckets() {
    let run = play("details", &["guardduty", "s3"], "");
    insta::assert_snapshot!("aws-rare-buckets", outline(&run.evidence));
}

#[test]
fn rare_answers() {
    let run = play("details", &["cloudtrail", "config", "ec2", "kms"], "");
    insta::assert_snapshot!("aws-rare-answers", outline(&run.evidence));
}
