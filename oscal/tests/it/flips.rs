//! What becomes of controls and resources between two assessments; the cases stand in `cases/differences/results.yaml`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use probity_diagnostics::TreePath;
use probity_diagnostics::document::{self, Format};
use probity_oscal::difference::results::{
    CheckOutcomes, ControlOutcome, Flip, Outcomes, ResourceName, ResourceRef, ResultsDifference, compare,
};
use serde::Deserialize;

use crate::reference::own;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Case {
    name: String,
    /// Whether neither side tells of what passes.
    #[serde(default)]
    is_partial: bool,
    before: Side,
    after: Side,
    /// The difference, as [`told`] writes it.
    finds: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Side {
    /// The state of each control, then its checks.
    #[serde(default)]
    controls: BTreeMap<String, Vec<String>>,
    /// The verdict on each resource, by check.
    #[serde(default)]
    checks: BTreeMap<String, BTreeMap<String, String>>,
}

impl Side {
    fn outcomes(self, is_complete: bool) -> Outcomes {
        let names = |resource: &String| (resource.clone(), ResourceName::default());
        Outcomes {
            resources: self.checks.values().flat_map(BTreeMap::keys).map(names).collect(),
            controls: self.controls.into_iter().map(|(id, words)| (id, control(&words))).collect(),
            checks: self
                .checks
                .into_iter()
                .map(|(name, resources)| (name, CheckOutcomes { title: String::new(), resources }))
                .collect(),
            is_complete,
        }
    }
}

fn control(words: &[String]) -> ControlOutcome {
    let (state, checks) = words.split_first().unwrap();
    ControlOutcome { title: String::new(), state: state.clone(), checks: checks.to_vec() }
}

fn told(found: &ResultsDifference) -> String {
    let word = |flip: Flip| serde_json::to_value(flip).unwrap().as_str().unwrap().to_owned();
    let state = |state: &Option<String>| state.clone().unwrap_or_else(|| "-".to_owned());
    let mut out = String::new();
    if found.is_partial {
        out.push_str("partial\n");
    }
    for one in &found.controls {
        let _ = writeln!(
            out,
            "control {} {} {} {}",
            one.id,
            word(one.flip),
            state(&one.before),
            state(&one.after)
        );
    }
    for check in &found.checks {
        let controls = check.controls.join(", ");
        let _ = writeln!(out, "check {} for {controls}, {} still failing", check.check, check.still_failing);
        for one in &check.resources {
            let states = (state(&one.before), state(&one.after));
            let _ = writeln!(out, "  {} {} {} {}", one.resource.id, word(one.flip), states.0, states.1);
        }
    }
    let ids = |list: &[ResourceRef]| list.iter().map(|one| one.id.as_str()).collect::<Vec<_>>().join(", ");
    for (title, list) in [("appeared", &found.appeared), ("vanished", &found.vanished)] {
        if !list.is_empty() {
            let _ = writeln!(out, "{title} {}", ids(list));
        }
    }
    out
}

#[test]
fn controls_and_resources_flip_as_said() {
    let path = TreePath::parse("cases/differences/results.yaml").unwrap();
    let cases = document::read(&own(), &path, Format::Yaml).unwrap().value;
    let cases: Vec<Case> = serde_json::from_value(cases).unwrap();
    for case in cases {
        let (before, after) = (case.before.outcomes(!case.is_partial), case.after.outcomes(!case.is_partial));
        let found = compare(&before, &after);
        assert_eq!(told(&found), case.finds, "{}", case.name);
        let news = case.name != "nothing changes";
        assert_eq!(found.differs(), news, "{}", case.name);
        let none = compare(&after, &after);
        assert!(!none.differs() && none.checks.is_empty(), "{}: the same has no difference", case.name);
    }
}

#[test]
fn a_hundred_thousand_resources_are_compared() {
    let many = 100_000;
    let side = |fails: fn(usize) -> bool| {
        let verdict = |at: usize| (format!("vm-{at}"), if fails(at) { "fail" } else { "pass" }.to_owned());
        let verdicts: BTreeMap<String, String> = (0..many).map(verdict).collect();
        let checks = (0..5).map(|check| (format!("check-{check}"), verdicts.clone())).collect();
        Side { controls: BTreeMap::new(), checks }.outcomes(true)
    };
    let found = compare(&side(|at| at % 2 == 0), &side(|at| at % 2 == 0 || at == 777));
    assert_eq!(
        found.resource_totals,
        BTreeMap::from([(Flip::NewlyFailing, 5), (Flip::StillFailing, 5 * many / 2)])
    );
    assert!(
        found
            .checks
            .iter()
            .all(|check| check.resources.len() == 1 && check.resources[0].resource.id == "vm-777")
    );
}
