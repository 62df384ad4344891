//! The table of colours and audiences.

use probity_sharing::audience::{Audience, Kind, Profile, Role, allowed};
use probity_sharing::{Label, rules};
use rstest::rstest;
use serde_json::Value;

use crate::table;

const ROLES: [(&str, Role); 2] = [("originator", Role::Originator), ("holder", Role::Holder)];

/// What the table says of a colour and an audience: conditions, or nothing where it is never allowed.
fn cell(table: &Value, profile: Profile, role: &str, label: Label, kind: Kind) -> Option<Vec<String>> {
    let cell = &table[profile.name()][role][label.as_str()][kind.word()];
    match cell {
        Value::Array(words) => Some(words.iter().map(|word| word.as_str().unwrap().to_owned()).collect()),
        Value::String(never) if never == "never" => None,
        other => panic!("{} {role} {label} {}: {other}", profile.name(), kind.word()),
    }
}

#[test]
fn five_colours_five_audiences_originator_and_holder_in_both_profiles() {
    let table = table::read(include_str!("audience.yaml"));
    let mut cells = 0;
    for profile in [Profile::CloudCert2012, Profile::First20] {
        for (word, role) in ROLES {
            for (label, kind) in Label::ALL.into_iter().flat_map(|l| Kind::ALL.map(|k| (l, k))) {
                let found = allowed(profile, label, kind, role)
                    .map(|all| all.iter().map(|one| one.word().to_owned()).collect::<Vec<_>>());
                let expected = cell(&table, profile, word, label, kind);
                assert_eq!(found, expected, "{} {word} {label} {}", profile.name(), kind.word());
                cells += 1;
            }
        }
    }
    assert_eq!(cells, 100);
}

#[test]
fn the_stricter_of_both_profiles_asks_for_what_either_asks_for() {
    for (_, role) in ROLES {
        for (label, kind) in Label::ALL.into_iter().flat_map(|l| Kind::ALL.map(|k| (l, k))) {
            let one = allowed(Profile::CloudCert2012, label, kind, role);
            let other = allowed(Profile::First20, label, kind, role);
            let both = allowed(Profile::Stricter, label, kind, role);
            assert_eq!(both.is_some(), one.is_some() && other.is_some(), "{label} {}", kind.word());
            let (Some(one), Some(other), Some(both)) = (one, other, both) else { continue };
            assert!(one.iter().chain(&other).all(|condition| both.contains(condition)));
            assert!(both.iter().all(|condition| one.contains(condition) || other.contains(condition)));
        }
    }
}

/// A holder is never allowed what the originator is not, and a stricter colour never what a wider one is not, in any profile.
#[test]
fn nothing_becomes_wider_on_the_way() {
    for profile in [Profile::CloudCert2012, Profile::First20, Profile::Stricter] {
        for kind in Kind::ALL {
            for label in Label::ALL {
                if allowed(profile, label, kind, Role::Holder).is_some() {
                    assert!(allowed(profile, label, kind, Role::Originator).is_some(), "{label}");
                }
            }
            for (_, role) in ROLES {
                let ways: Vec<bool> =
                    Label::ALL.iter().map(|label| allowed(profile, *label, kind, role).is_some()).collect();
                assert!(ways.is_sorted_by(|wider, stricter| wider >= stricter), "{} {ways:?}", kind.word());
            }
        }
    }
}

/// The table as docs/cloudcert.md has it.
fn page(profile: Profile) -> String {
    let heads: Vec<&str> = Kind::ALL.iter().map(|kind| kind.word()).collect();
    let mut lines =
        vec![format!("| `{}` | {} |", profile.name(), heads.join(" | ")), format!("|{}", " --- |".repeat(6))];
    for (word, role) in ROLES {
        for label in Label::ALL {
            let cells = Kind::ALL.map(|kind| match allowed(profile, label, kind, role) {
                None => "–".to_owned(),
                Some(all) if all.is_empty() => "yes".to_owned(),
                Some(all) => all.iter().map(|one| one.word()).collect::<Vec<_>>().join(", "),
            });
            lines.push(format!("| {label}, {word} | {} |", cells.join(" | ")));
        }
    }
    lines.join("\n")
}

#[test]
fn the_documentation_has_the_same_table() {
    let docs = include_str!("../../../docs/cloudcert.md");
    for profile in [Profile::CloudCert2012, Profile::First20] {
        assert!(docs.contains(&page(profile)), "docs/cloudcert.md lacks:\n{}", page(profile));
    }
}

#[rstest]
#[case("person:ann@alpha.example")]
#[case("person:ann+alerts@alpha.example")]
#[case("member:alpha")]
#[case("members")]
#[case("group:open-clouds")]
#[case("public")]
fn an_audience_is_read_and_written(#[case] text: &str) {
    assert_eq!(text.parse::<Audience>().unwrap().to_string(), text);
}

#[rstest]
#[case("")]
#[case("member")]
#[case("member:")]
#[case("member:../alpha")]
#[case("member:al pha")]
#[case("members:all")]
#[case("public:x")]
#[case("everybody")]
fn what_names_no_audience_is_refused(#[case] text: &str) {
    assert!(text.parse::<Audience>().is_err());
}

#[test]
fn the_documentation_has_the_rules() {
    let docs = include_str!("../../../docs/cloudcert.md");
    for rule in rules::ALL {
        assert!(docs.contains(&format!("| {rule} | {} |", rule.demands)), "docs/cloudcert.md lacks {rule}");
    }
}

#[test]
fn rules_are_told_apart() {
    let ids: std::collections::BTreeSet<&str> = rules::ALL.iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), rules::ALL.len());
}
