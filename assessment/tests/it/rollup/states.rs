//! The table of states and their precedence.

use std::collections::BTreeMap;

use probity_assessment::compile::Severity;
use probity_assessment::rollup::{Grounds, Standing, State};
use probity_assessment::verdict::Counts;
use serde::Deserialize;

use crate::system::yaml;

#[derive(Deserialize)]
struct Table {
    grounds: BTreeMap<State, Given>,
    pairs: Vec<Pair>,
    cases: Vec<Case>,
}

#[derive(Deserialize, Default, Clone)]
#[serde(default)]
struct Given {
    checks: Vec<Check>,
    unseen: Vec<Severity>,
    procedures: Vec<Standing>,
    absence: bool,
}

#[derive(Deserialize, Clone)]
struct Check {
    severity: Severity,
    #[serde(default)]
    pass: u64,
    #[serde(default)]
    fail: u64,
    #[serde(default)]
    waived: u64,
    #[serde(default)]
    unknown: u64,
    #[serde(default)]
    error: u64,
}

#[derive(Deserialize)]
struct Pair {
    of: [State; 2],
    gives: State,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    #[serde(flatten)]
    given: Given,
    state: State,
    severity: Option<Severity>,
    exposure: Option<Severity>,
}

impl Given {
    fn grounds(&self) -> Grounds {
        let counts = |c: &Check| Counts {
            pass: c.pass,
            fail: c.fail,
            waived: c.waived,
            unknown: c.unknown,
            error: c.error,
        };
        Grounds {
            checks: self.checks.iter().map(|check| (check.severity, counts(check))).collect(),
            unseen: self.unseen.clone(),
            procedures: self.procedures.clone(),
            absence_attested: self.absence,
        }
    }
}

fn table() -> Table {
    yaml(include_str!("states.yaml"))
}

#[test]
fn each_state_alone() {
    let table = table();
    assert_eq!(table.grounds.len(), State::ALL.len(), "every state has grounds in the table");
    for (state, given) in &table.grounds {
        assert_eq!(given.grounds().judge().state, *state);
    }
}

#[test]
fn every_pair_of_states() {
    let table = table();
    let mut seen = Vec::new();
    for Pair { of: [first, second], gives } in &table.pairs {
        let (mut both, other) = (table.grounds[first].clone(), &table.grounds[second]);
        both.checks.extend(other.checks.clone());
        both.procedures.extend(other.procedures.clone());
        assert_eq!(both.grounds().judge().state, *gives, "{first} and {second}");
        both.checks.reverse();
        both.procedures.reverse();
        assert_eq!(both.grounds().judge().state, *gives, "{second} and {first}");
        seen.push([first.min(second), first.max(second)]);
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), State::ALL.len() * (State::ALL.len() - 1) / 2, "every pair stands in the table");
}

#[test]
fn cases() {
    for case in table().cases {
        let judged = case.given.grounds().judge();
        assert_eq!(judged.state, case.state, "{}", case.name);
        assert_eq!(judged.severity, case.severity, "{}: severity", case.name);
        assert_eq!(judged.exposure, case.exposure, "{}: exposure", case.name);
    }
}

#[test]
fn words() {
    for state in State::ALL {
        assert_eq!(State::parse(state.as_str()), Some(state));
        assert_eq!(state.is_satisfied(), state.target_state() == "satisfied");
        assert_eq!(state.is_satisfied(), state.reason() == "pass");
    }
    assert_eq!(State::parse("not-evaluated"), None);
}
