//! What holds for every story.

use std::collections::BTreeSet;

use jiff::Timestamp;
use probity_generators::series::{Depth, Files, Period, SampleOptions, Series, Span, sample, trend};
use proptest::prelude::*;

use super::judge;
use super::story::{self, Story};

const DAYS: &str = "2026-03-03..2026-03-24";

/// Stories of a month: some days, two checks, four resources that come and go.
fn stories() -> impl Strategy<Value = Story> {
    let verdict =
        prop_oneof![4 => Just("pass"), 2 => Just("fail"), 1 => Just("unknown"), 1 => Just("waived")];
    let resources = prop::collection::btree_map("[a-d]", verdict.prop_map(str::to_owned), 0..4);
    let checks = prop::collection::btree_map("m|t", resources, 0..3);
    let days = (1_u8..31).prop_map(|day| format!("2026-03-{day:02}T06:00:00Z"));
    prop::collection::btree_map(days, checks, 1..7)
}

/// Every instant of the period at which a check found something wrong with a resource, as far as deviations tell of it.
fn wrong(series: &Series, period: &Period) -> BTreeSet<(String, String, Timestamp)> {
    let mut wrong = BTreeSet::new();
    for check in &period.checks {
        for deviation in &check.deviations {
            for point in series.within(Span::parse(DAYS).unwrap()) {
                let looked =
                    point.checks.get(&check.name).and_then(|c| c.resources.get(&*deviation.resource));
                let bad = looked.is_some_and(|looked| looked.verdict.word() != "pass");
                if bad && deviation.first_seen <= point.as_of && point.as_of <= deviation.last_seen {
                    wrong.insert((check.name.clone(), deviation.resource.clone(), point.as_of));
                }
            }
        }
    }
    wrong
}

fn has_points(story: &Story) -> bool {
    story.keys().any(|at| ("2026-03-03".."2026-03-25").contains(&&at[..10]))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_files_does_not_matter(story in stories(), seed in any::<u64>()) {
        let (tree, mut files) = story::tree(&story);
        let read = |files: &[_]| Series::read(&tree, Files { stored: files, current: None }, Depth::Resources).unwrap().value;
        let before = read(&files);
        files.sort_by_key(|file| probity_diagnostics::Sha256Digest::of(format!("{seed}{file}").as_bytes()).to_string());
        let after = read(&files);
        prop_assert_eq!(&before, &after);
        prop_assert_eq!(trend(&before).svg().unwrap(), trend(&after).svg().unwrap());
        if has_points(&story) {
            let text = |series| serde_json::to_string(&judge(series, DAYS, None)).unwrap();
            prop_assert_eq!(text(&before), text(&after));
        }
    }

    #[test]
    fn a_point_that_is_added_removes_no_deviation(story in stories(), more in stories()) {
        prop_assume!(has_points(&story));
        let (at, verdicts) = more.into_iter().next().unwrap();
        prop_assume!(!story.contains_key(&at));
        let mut longer = story.clone();
        longer.insert(at, verdicts);
        let (before, after) = (story::series(&story), story::series(&longer));
        let seen = |series: &Series| wrong(series, &judge(series, DAYS, None));
        prop_assert!(seen(&before).is_subset(&seen(&after)));
    }

    #[test]
    fn every_fail_in_the_period_is_a_deviation_and_no_such_control_is_effective(story in stories()) {
        prop_assume!(has_points(&story));
        let series = story::series(&story);
        let period = judge(&series, DAYS, None);
        let told = wrong(&series, &period);
        for (at, checks) in story.iter().filter(|(at, _)| ("2026-03-03".."2026-03-25").contains(&&at[..10])) {
            for (check, resources) in checks {
                for (resource, said) in resources.iter().filter(|(_, said)| *said != "pass") {
                    let key = (check.clone(), resource.clone(), at.parse().unwrap());
                    prop_assert!(told.contains(&key), "{said} {key:?}");
                    let opinion = super::opinion(&period, &format!("c-{check}"));
                    prop_assert_ne!(opinion, Some(super::Opinion::Effective));
                }
            }
        }
    }

    #[test]
    fn a_sample_is_the_beginning_of_a_larger_one(story in stories(), size in 0_usize..4, seed in "[a-z0-9]{1,6}") {
        prop_assume!(has_points(&story));
        let series = story::series(&story);
        let draw = |size| {
            let options = SampleOptions { span: Span::parse(DAYS).unwrap(), size, seed: seed.clone() };
            sample(&series, options).unwrap()
        };
        let (small, large) = (draw(size), draw(size + 1));
        prop_assert_eq!(small.controls.len(), large.controls.len());
        for (small, large) in small.controls.iter().zip(&large.controls) {
            prop_assert!(large.resources.starts_with(&small.resources));
            let drawn = u64::try_from(large.resources.len()).unwrap();
            prop_assert_eq!(drawn, large.population.min(u64::try_from(size + 1).unwrap()));
        }
    }
}
