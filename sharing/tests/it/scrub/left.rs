//! A look at what somebody says was scrubbed: what never stays is found without a seed, pseudonyms are not.

use std::collections::BTreeSet;

use probity_sharing::scrub::Seed;
use probity_sharing::scrub::{File, Place, Rule, left, scrub};

use super::carriers;
use super::planted::sentences;
use super::rules::{file, rules};

fn places(files: &[File]) -> Vec<Place> {
    left(files, &rules().ours).unwrap()
}

fn kinds(path: &str, text: &str) -> Vec<Rule> {
    let kinds: BTreeSet<Rule> = places(&[file(path, text)]).into_iter().map(|place| place.rule).collect();
    kinds.into_iter().collect()
}

#[test]
fn what_never_stays_is_found_wherever_it_stands() {
    for (path, text, rule) in [
        ("a.txt", "paid with 4111 1111 1111 1111", Rule::Card),
        ("a.txt", "to DE89 3704 0044 0532 0130 00", Rule::Iban),
        ("a.txt", "PESEL 44051401359", Rule::NationalId),
        ("a.txt", "SSN 123-45-6789", Rule::Ssn),
        ("a.yaml", "login: {password: Hunter2}", Rule::Credential),
        ("a.csv", "name,password\nx,hunter\n", Rule::Credential),
        ("a.json", r#"{"note": "aws AKIAIOSFODNN7EXAMPLE"}"#, Rule::Token),
        (
            "a.md",
            "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEF\n-----END PRIVATE KEY-----",
            Rule::PrivateKey,
        ),
        ("a.xml", "<a b=\"db1.own-telco.example\"/>", Rule::OwnDomain),
        ("a.xml", "<a><!-- 10.20.1.2 --></a>", Rule::OwnNetwork),
        ("a.yaml", "a: 1 # Projekt Silberfuchs\n", Rule::Word),
        ("a.json", r#"{"x": "MTAuMjAuMS4y"}"#, Rule::OwnNetwork),
        ("a.bin", "\u{1}10.20.1.2\u{2}", Rule::OwnNetwork),
        ("broken.json", "{\"password\": \"Hunter2\"", Rule::Credential),
        ("10.20.1.2.txt", "", Rule::OwnNetwork),
    ] {
        assert_eq!(kinds(path, text), [rule], "{path}: {text}");
    }
}

#[test]
fn what_may_be_an_attackers_is_not_looked_for() {
    for (path, text) in [
        ("a.txt", "Contact: Ann Weber, ann@post.example, +49 30 123456, 203.0.113.9"),
        (
            "a.yaml",
            "indicators: [{observable: {type: account, value: DE89370400440532013000}}]\nnote: to DE89370400440532013000\n",
        ),
        ("a.yaml", "credentials:\n  user: bob\n"),
        ("a.txt", "4111 1111 1111 1112 and 10.99.0.1 and own-telco.example.evil.test"),
    ] {
        assert!(kinds(path, text).is_empty(), "{text}: {:?}", kinds(path, text));
    }
}

#[test]
fn pseudonyms_of_any_seed_are_not_found() {
    let planted = sentences();
    let texts: Vec<&str> = planted.iter().map(|one| one.text.as_str()).collect();
    let files = carriers::all(&texts[..150]);
    assert!(places(&files).len() > 200);
    let scrubbed = scrub(&files, &rules(), &Seed([77; 32])).unwrap();
    assert_eq!(places(&scrubbed.files), []);
}
