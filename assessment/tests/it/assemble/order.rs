//! The same input gives the same document, in whatever order it comes.

use probity_assessment::assemble::assemble;
use proptest::prelude::*;

use super::{demo, document, files, input};
use crate::system::System;

fn written(system: &System, records: Vec<probity_assessment::verdict::VerdictRecord>) -> Vec<u8> {
    let (verdicts, files, at) = (system.gather(records), files(), document());
    let mut bytes = Vec::new();
    assemble(&input(system, &verdicts, &files, &at)).value.write(&mut bytes).unwrap();
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn verdicts_in_any_order(records in Just(demo().records).prop_shuffle()) {
        let system = demo();
        let expected = written(&system, system.records.clone());
        prop_assert_eq!(written(&system, records), expected);
    }

    #[test]
    fn files_in_any_order(shuffled in Just(files()).prop_shuffle()) {
        let (system, at) = (demo(), document());
        let verdicts = system.verdicts();
        let mut bytes = Vec::new();
        assemble(&input(&system, &verdicts, &shuffled, &at)).value.write(&mut bytes).unwrap();
        prop_assert_eq!(bytes, written(&system, system.records.clone()));
    }
}
