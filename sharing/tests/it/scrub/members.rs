//! What all members of a register call their own is taken out like what is ours.

use probity_sharing::circle::Register;
use probity_sharing::scrub::{Ours, Rules, Seed, left, scrub};

use super::rules::file;
use crate::circle::circle;

/// A register of two members.
fn register() -> Register {
    let mut register = circle().register;
    register.members.truncate(2);
    let own = [
        (
            "Nordlicht Telekom AG",
            &["nordlicht.example", "müller.example"][..],
            &["198.51.100.0/24", "2001:db8:9::/48"][..],
        ),
        ("Quitzow, Inc.", &["quitzow.test"], &["10.9.0.0/16"]),
    ];
    for (member, (title, domains, cidrs)) in register.members.iter_mut().zip(own) {
        title.clone_into(&mut member.title);
        member.domains = domains.iter().map(|text| (*text).to_owned()).collect();
        member.cidrs = cidrs.iter().map(|text| (*text).to_owned()).collect();
    }
    register
}

#[test]
fn domains_networks_and_names_of_all_members_are_replaced() {
    let ours = Ours::of_members(&register()).unwrap();
    let own = [
        "db1.nordlicht.example",
        "www.müller.example",
        "www.xn--mller-kva.example",
        "quitzow.test",
        "198.51.100.7",
        "2001:db8:9::1",
        "10.9.1.2",
        "Nordlicht Telekom AG",
        "nordlicht telekom",
        "Quitzow",
        "QUITZOW, Inc.",
    ];
    let stays = [
        "nordlicht",
        "the quitzow range",
        "alpha",
        "beta",
        "203.0.113.9",
        "quitzow.test.evil.test",
        "Nordlicht Reisen",
    ];
    let text = format!("{}\n{}\n", own.join("\n"), stays.join("\n"));
    let rules = Rules { ours: ours.clone(), ..Rules::default() };
    let scrubbed = scrub(&[file("a.txt", text.clone())], &rules, &Seed([3; 32])).unwrap();
    assert!(scrubbed.report.is_clean());
    let new = String::from_utf8(scrubbed.files[0].bytes.clone()).unwrap();
    for (old, line) in own.iter().zip(new.lines()) {
        let small = line.to_lowercase();
        assert!(!small.contains("quitzow") && !small.contains("nordlicht") && line != *old, "{old}: {line}");
    }
    assert_eq!(new.lines().skip(own.len()).collect::<Vec<_>>(), stays);
    // the same is found by whoever looks once more
    let places = left(&[file("a.txt", text)], &ours).unwrap();
    assert!(own.len() <= places.len() + 1, "{places:#?}");
    assert_eq!(left(&scrubbed.files, &ours).unwrap(), []);
}

#[test]
fn what_an_attacker_took_from_a_name_stays_an_indicator() {
    let ours = Ours::of_members(&register()).unwrap();
    let text = "indicators: [{observable: {type: domain, value: quitzow-login.evil.test}}]\nnote: saw quitzow-login.evil.test\n";
    let rules = Rules { ours, ..Rules::default() };
    let scrubbed = scrub(&[file("a.yaml", text)], &rules, &Seed([3; 32])).unwrap();
    let new = String::from_utf8(scrubbed.files[0].bytes.clone()).unwrap();
    assert_eq!(new.matches("quitzow-login.evil.test").count(), 2, "{new}");
}

#[test]
fn a_register_that_calls_nonsense_its_own_is_refused() {
    let mut register = register();
    register.members[0].cidrs = vec!["198.51.100".to_owned()];
    assert!(Ours::of_members(&register).is_err());
}
