//! By when notifications are due, what is overdue, and what drafts say.

use probity_diagnostics::BundledTree;
use probity_sharing::clocks::{Clock, Regime, State, clocks, regimes, review};
use probity_sharing::incident::{Incident, from_value};
use probity_sharing::{Label, draft};
use serde_json::{Value, json};

use crate::foreign::cases;
use crate::incidents::{lexicon, path};

fn known() -> Vec<Regime> {
    regimes(&BundledTree::new(probity_content::FILES)).unwrap()
}

/// An incident with some fields, and the rest as little as can be.
fn incident(fields: &Value) -> Incident {
    let mut value = json!({
        "id": "1", "issuer": "cert.alpha.example", "purpose": "other",
        "contacts": [{ "role": "creator", "type": "organization", "name": "A" }],
    });
    value.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    from_value(value, &path("incident.yaml"), &lexicon()).unwrap().value
}

fn state(clock: &Clock<'_>) -> String {
    let step = &clock.step.id;
    match clock.state {
        State::Made(at) if clock.is_late() => format!("{step} made late {at}"),
        State::Made(at) => format!("{step} made {at}"),
        State::Due(at) => format!("{step} due {at}"),
        State::Overdue(at) => format!("{step} overdue since {at}"),
        State::NotYet => format!("{step} not yet"),
        State::Unknown => format!("{step} unknown"),
    }
}

#[test]
fn times_count_as_the_acts_say() {
    let all = known();
    for case in cases(include_str!("../cases/clocks.yaml")) {
        let regime = all.iter().find(|regime| regime.id == case["regime"]).unwrap();
        let as_of = case["as-of"].as_str().unwrap().parse().unwrap();
        let incident = incident(&case["incident"]);
        let states: Vec<String> = clocks(&incident, regime, as_of).iter().map(state).collect();
        assert_eq!(json!(states), case["states"], "{}", case["name"]);
    }
}

#[test]
fn what_is_overdue_or_unknown_is_found() {
    let fields = json!({
        "regimes": ["nis2", "gdpr", "dora"],
        "times": { "generated": "2026-01-01T00:00:00Z", "aware": "2026-01-01T00:00:00Z" },
    });
    let found =
        review(&incident(&fields), &known(), "2026-01-03T00:00:00Z".parse().unwrap(), &path("i.yaml"));
    let told: Vec<(&str, &str)> = found.iter().map(|one| (one.code.id, one.message.as_str())).collect();
    assert_eq!(
        told,
        [
            ("PB1047", "Early warning (nis2, Article 23(4)(a)) was due at 2026-01-02T00:00:00Z"),
            ("PB1040", "no duty is called `dora`"),
        ]
    );
    let unaware = json!({ "regimes": ["gdpr"], "times": { "generated": "2026-01-01T00:00:00Z" } });
    let found =
        review(&incident(&unaware), &known(), "2026-01-03T00:00:00Z".parse().unwrap(), &path("i.yaml"));
    assert_eq!(found.as_slice()[0].code.id, "PB1048");
}

#[test]
fn a_draft_has_its_colour_first_and_last_and_asks_what_nobody_wrote_down() {
    let fields = json!({
        "title": "Two\nlines", "times": { "generated": "2026-01-01T00:00:00Z", "aware": "2026-01-01T00:00:00Z" },
    });
    let (all, incident) = (known(), incident(&fields));
    let as_of = "2026-01-01T00:00:00Z".parse().unwrap();
    let gdpr = all.iter().find(|regime| regime.id == "gdpr").unwrap();
    let text = draft(&incident, &clocks(&incident, gdpr, as_of)[0], Label::AmberStrict);
    assert!(text.starts_with("TLP:AMBER+STRICT\n") && text.ends_with("\nTLP:AMBER+STRICT\n"), "{text}");
    assert!(text.contains("# Notification of a personal data breach: Two lines\n"), "{text}");
    assert!(text.contains("It is due at 2026-01-04T00:00:00Z."), "{text}");
    assert_eq!(text.matches("- [ ] ").count(), gdpr.steps[0].asks.len());
}

#[test]
fn every_step_counts_from_something_that_there_is() {
    for regime in known() {
        for (index, step) in regime.steps.iter().enumerate() {
            let earlier = regime.steps.iter().take(index).any(|earlier| earlier.id == step.from);
            assert!(
                earlier || ["aware", "corrected"].contains(&step.from.as_str()),
                "{} {}",
                regime.id,
                step.id
            );
            assert!(step.hours + step.days + step.months > 0, "{} {}", regime.id, step.id);
        }
    }
}
