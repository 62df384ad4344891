//! Lists of stolen data: each entry reaches the member whose it is, and nobody else.

use std::collections::{BTreeMap, BTreeSet};

use probity_diagnostics::TreePath;
use probity_sharing::circle::{Agreement, Member, Person, Signature};
use probity_sharing::split::{Held, List, Owners, Split, split};
use probity_sharing::{Circle, Label};
use proptest::prelude::*;
use serde_json::Value;

use crate::circle::{DAY, circle};
use crate::seal::ANN;
use crate::table;

/// A community of members with what is theirs, all of whom may receive something and have a key.
fn community(members: &[(&str, [Vec<String>; 3])]) -> Circle {
    let mut circle = circle();
    let model = circle.register.member("alpha").unwrap().clone();
    let signature = |name: &str| Signature {
        member: name.to_owned(),
        signer: "a".to_owned(),
        signed: DAY,
        until: DAY,
        record: None,
    };
    let person = |name: &str| Person {
        name: format!("of {name}"),
        emails: vec![format!("person@{name}.invalid")],
        members: vec![name.to_owned()],
        keys: vec![ANN.public.to_owned()],
    };
    circle.register.members = members
        .iter()
        .map(|(name, [domains, cidrs, bins])| Member {
            name: (*name).to_owned(),
            domains: domains.clone(),
            cidrs: cidrs.clone(),
            bins: bins.clone(),
            ..model.clone()
        })
        .collect();
    circle.register.persons = members.iter().map(|(name, ..)| person(name)).collect();
    let signatures = members.iter().map(|(name, ..)| signature(name)).collect();
    let (path, sha256) = (probity_diagnostics::TreePath::parse("a.yaml").unwrap(), String::new());
    circle.agreements = vec![Agreement { path, sha256, title: "A".to_owned(), signatures }];
    circle
}

/// The community of the table.
fn table_community(cases: &Value) -> Circle {
    let texts = |value: &Value| -> Vec<String> {
        value.as_array().into_iter().flatten().map(|one| one.as_str().unwrap().to_owned()).collect()
    };
    let members = cases["members"].as_object().unwrap();
    let members = members
        .iter()
        .map(|(name, own)| (name.as_str(), ["domains", "cidrs", "bins"].map(|of| texts(&own[of]))));
    community(&members.collect::<Vec<_>>())
}

fn list(name: &str, text: &str) -> List {
    List::read(&TreePath::parse(name).unwrap(), text.as_bytes()).unwrap()
}

fn done(circle: &Circle, name: &str, text: &str) -> Split {
    split(circle, &[list(name, text)], Label::Red, DAY).unwrap()
}

/// What became of the only entry of a list.
fn whose(split: &Split) -> String {
    let manifest = &split.manifest;
    assert_eq!(manifest.entries, 1);
    match (manifest.members.as_slice(), manifest.ambiguous, manifest.unmatched) {
        ([one], 0, 0) => one.member.clone(),
        ([], 1, 0) => "several".to_owned(),
        ([], 0, 1) => "nobody".to_owned(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_entry_belongs_to_whom_its_fields_say() {
    let cases = table::read(include_str!("split.yaml"));
    let circle = table_community(&cases);
    let mut wrong = Vec::new();
    let mut hold = |what: &str, found: String, is: &Value| {
        if found != is.as_str().unwrap() {
            wrong.push(format!("{what}: {found}"));
        }
    };
    for case in cases["lines"].as_array().unwrap() {
        let line = case[0].as_str().unwrap();
        hold(line, whose(&done(&circle, "a.txt", line)), &case[1]);
    }
    for case in cases["rows"].as_array().unwrap() {
        let rows = case.as_array().unwrap();
        for row in &rows[1..] {
            let text = format!("{}\n{}\n", rows[0].as_str().unwrap(), row[0].as_str().unwrap());
            hold(&text, whose(&done(&circle, "a.csv", &text)), &row[1]);
        }
    }
    for case in cases["items"].as_array().unwrap() {
        let item = case[0].as_str().unwrap();
        hold(item, whose(&done(&circle, "a.json", &format!("[{item}]"))), &case[1]);
        hold(item, whose(&done(&circle, "a.jsonl", item)), &case[1]);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_no_list_is_refused_and_not_quoted() {
    let cases = table::read(include_str!("split.yaml"));
    let circle = table_community(&cases);
    for case in cases["refused"].as_array().unwrap() {
        let [name, text, says] = [0, 1, 2].map(|at| case[at].as_str().unwrap());
        let read = List::read(&TreePath::parse(name).unwrap(), text.as_bytes());
        let found = read.and_then(|list| split(&circle, &[list], Label::Red, DAY).map(|_| ())).unwrap_err();
        let told = format!("{found:?}");
        assert!(told.contains(says) && told.contains("PB1073"), "{text}: {told}");
        assert!(!told.contains("alpha") && !told.contains("beta") && !told.contains("4111"), "{told}");
    }
    let latin = List::read(&TreePath::parse("a.txt").unwrap(), b"ann@m\xfcller.example");
    assert!(latin.is_err());
}

#[test]
fn what_the_register_calls_a_members_own_is_looked_at() {
    for (domains, cidrs, bins) in [
        ("com", "", ""),
        ("a..b", "", ""),
        ("10.0.0.1", "", ""),
        ("", "10.0.0", ""),
        ("", "0.0.0.0/0", ""),
        ("", "", "41111"),
        ("", "", "4111111111"),
        ("", "", "4111x1"),
    ] {
        let own = |text: &str| if text.is_empty() { Vec::new() } else { vec![text.to_owned()] };
        let circle = community(&[("alpha", [own(domains), own(cidrs), own(bins)])]);
        let found = Owners::new(&circle.register).unwrap_err();
        assert!(format!("{found:?}").contains("PB1075"), "{domains}{cidrs}{bins}");
    }
}

#[test]
fn lists_of_each_kind_keep_their_form() {
    let cases = table::read(include_str!("split.yaml"));
    let circle = table_community(&cases);
    for (name, text, alpha) in [
        (
            "a.csv",
            "email;password\nann@alpha.example;\"a;\"\"b\"\nbob@beta.example;x\ncarl@alpha.example;y\n",
            "email;password\nann@alpha.example;\"a;\"\"b\"\ncarl@alpha.example;y\n",
        ),
        (
            "a.tsv",
            "mail\tpw\r\nann@alpha.example\ta,b\r\nbob@beta.example\tx\r\n",
            "mail\tpw\nann@alpha.example\ta,b\n",
        ),
        ("a.txt", "bob@beta.example:x\r\n\r\nann@alpha.example: a b \r\n", "ann@alpha.example: a b \n"),
        (
            "a.json",
            "[{\"mail\":\"ann@alpha.example\",\"n\":1.5},{\"mail\":\"bob@beta.example\"}]",
            "[\n{\"mail\":\"ann@alpha.example\",\"n\":1.5}\n]\n",
        ),
        ("a.ndjson", "{\"mail\": \"ann@alpha.example\"}\nno json\n", "{\"mail\":\"ann@alpha.example\"}\n"),
    ] {
        let split = done(&circle, name, text);
        let parcel = split.parcels.iter().find(|one| one.member == "alpha").unwrap();
        let (file, bytes) = &parcel.files[0];
        assert_eq!(String::from_utf8_lossy(bytes), alpha, "{name}");
        assert!(file.starts_with("list-1.TLP-RED."), "{file}");
        assert_eq!(split.manifest.unreadable, usize::from(name == "a.ndjson"), "{name}");
    }
}

#[test]
fn a_row_over_several_lines_reaches_nobody() {
    let cases = table::read(include_str!("split.yaml"));
    let circle = table_community(&cases);
    let text = "email,password\nann@alpha.example,x\ncarl@post.example,\"open\neve@post.example,y\nbob@alpha.example,\"z\n";
    let split = done(&circle, "a.csv", text);
    assert_eq!((split.manifest.unreadable, split.manifest.entries), (3, 4));
    assert_eq!(split.parcels.len(), 1);
    assert_eq!(split.parcels[0].files[0].1, b"email,password\nann@alpha.example,x\n");
}

#[test]
fn who_may_receive_nothing_receives_nothing() {
    let cases = table::read(include_str!("split.yaml"));
    let mut circle = table_community(&cases);
    circle.agreements[0].signatures.retain(|one| one.member != "alpha");
    circle.register.persons.retain(|one| one.members != ["beta"]);
    let text = "ann@alpha.example:x\nbob@beta.example:x\neve@gamma.example:x\n";
    let split = done(&circle, "a.txt", text);
    let held: Vec<_> =
        split.manifest.members.iter().map(|one| (one.member.as_str(), one.held_back)).collect();
    assert_eq!(held, [("alpha", Some(Held::NotAdmitted)), ("beta", Some(Held::NoKey)), ("gamma", None)]);
    assert_eq!((split.manifest.given(), split.manifest.held_back()), (1, 2));
    let parcels: Vec<&str> = split.parcels.iter().map(|one| one.member.as_str()).collect();
    assert_eq!(parcels, ["gamma"]);
}

const NAMES: [&str; 4] = ["alpha", "beta", "gamma", "delta"];

/// Something that may be a member's own.
#[derive(Debug, Clone, PartialEq)]
enum Own {
    Domain(String),
    Network(u8, u8),
    Bin(String),
}

/// A part of an entry, and how it is written.
#[derive(Debug, Clone)]
enum Part {
    Mail(String, bool),
    Link(String),
    Address([u8; 2]),
    Card(String),
    Word(String),
}

fn labels() -> impl Strategy<Value = String> {
    prop::collection::vec("[ab]", 1..4).prop_map(|labels| format!("{}.test", labels.join(".")))
}

fn own() -> impl Strategy<Value = Own> {
    prop_oneof![
        3 => labels().prop_map(Own::Domain),
        1 => (0_u8..3, 25_u8..32).prop_map(|(third, length)| Own::Network(third, length)),
        1 => "4[01]{5,7}".prop_map(Own::Bin),
    ]
}

fn part() -> impl Strategy<Value = Part> {
    prop_oneof![
        (labels(), any::<bool>()).prop_map(|(host, loud)| Part::Mail(host, loud)),
        labels().prop_map(Part::Link),
        (0_u8..3, any::<u8>()).prop_map(|(third, fourth)| Part::Address([third, fourth])),
        "4[01]{14}".prop_map(|digits| Part::Card(with_check(&digits))),
        "[c-z]{3,8}".prop_map(Part::Word),
    ]
}

/// Fifteen digits with the one that Luhn's formula asks for.
fn with_check(digits: &str) -> String {
    let sum: u32 = digits
        .chars()
        .rev()
        .enumerate()
        .map(|(at, c)| {
            let digit = c.to_digit(10).unwrap();
            if at % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit }
        })
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

impl Part {
    fn text(&self) -> String {
        match self {
            Self::Mail(host, true) => format!("Ann.X@{}.", host.to_uppercase()),
            Self::Mail(host, false) => format!("ann@{host}"),
            Self::Link(host) => format!("https://{host}/login"),
            Self::Address([third, fourth]) => format!("203.0.{third}.{fourth}"),
            Self::Card(digits) => digits.clone(),
            Self::Word(word) => word.clone(),
        }
    }

    /// How well something says whose this part is; the best says it.
    fn fits(&self, own: &Own) -> Option<usize> {
        match (self, own) {
            (Self::Mail(host, _) | Self::Link(host), Own::Domain(domain)) => {
                (host == domain || host.ends_with(&format!(".{domain}"))).then_some(domain.len())
            }
            (Self::Address([third, fourth]), Own::Network(own, length)) => {
                let kept = u32::from(*length) - 24;
                (third == own && u32::from(*fourth) >> (8 - kept) == 0).then_some(usize::from(*length))
            }
            (Self::Card(digits), Own::Bin(bin)) => digits.starts_with(bin).then_some(bin.len()),
            _ => None,
        }
    }
}

/// Whose an entry is, by looking at all that anybody owns.
fn holders(parts: &[Part], owned: &[(usize, Own)]) -> BTreeSet<usize> {
    let mut holders = BTreeSet::new();
    for part in parts {
        let fits: Vec<(usize, usize)> =
            owned.iter().filter_map(|(member, own)| Some((part.fits(own)?, *member))).collect();
        let best = fits.iter().map(|(fit, _)| *fit).max();
        holders.extend(fits.iter().filter(|(fit, _)| Some(*fit) == best).map(|(_, member)| *member));
    }
    holders
}

/// A file with these entries, each with its number.
fn written(kind: usize, entries: &[Vec<Part>]) -> (&'static str, String) {
    let cells = |at: usize| -> Vec<String> {
        let parts = entries[at].iter().map(Part::text);
        std::iter::once(format!("n{at}"))
            .chain(parts)
            .chain(std::iter::repeat_n(String::new(), 3))
            .take(4)
            .collect()
    };
    let rows = (0..entries.len()).map(cells);
    match kind {
        0 => (
            "a.csv",
            format!("id,user,host,note\n{}", rows.map(|row| row.join(",") + "\n").collect::<String>()),
        ),
        1 => ("a.txt", rows.map(|row| row.join(" ") + "\n").collect()),
        2 => ("a.json", Value::from(rows.map(Value::from).collect::<Vec<_>>()).to_string()),
        _ => (
            "a.jsonl",
            rows.map(|row| serde_json::json!({ "id": row[0], "rest": row[1..] }).to_string() + "\n")
                .collect(),
        ),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_entry_reaches_anybody_else_and_all_are_accounted_for(
        owned in prop::collection::vec((0_usize..4, own()), 0..12),
        entries in prop::collection::vec(prop::collection::vec(part(), 1..4), 0..12),
        kind in 0_usize..4,
        without_key in 0_usize..8,
        not_admitted in 0_usize..8,
    ) {
        let of = |member: usize, pick: fn(&Own) -> Option<String>| {
            owned.iter().filter(|(owner, _)| *owner == member).filter_map(|(_, own)| pick(own)).collect::<Vec<_>>()
        };
        let members: Vec<_> = NAMES.iter().enumerate().map(|(at, name)| (
            *name,
            [of(at, |own| match own { Own::Domain(name) => Some(name.clone()), _ => None }),
            of(at, |own| match own { Own::Network(third, length) => Some(format!("203.0.{third}.0/{length}")), _ => None }),
            of(at, |own| match own { Own::Bin(digits) => Some(digits.clone()), _ => None })],
        )).collect();
        let mut circle = community(&members);
        circle.register.persons.retain(|person| Some(person.members[0].as_str()) != NAMES.get(without_key).copied());
        circle.agreements[0].signatures.retain(|one| Some(one.member.as_str()) != NAMES.get(not_admitted).copied());

        let (name, text) = written(kind, &entries);
        let split = done(&circle, name, &text);

        let mut expected: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        let (mut held, mut several, mut nobody) = (0, 0, 0);
        for (at, parts) in entries.iter().enumerate() {
            let holders: Vec<usize> = holders(parts, &owned).into_iter().collect();
            match holders.as_slice() {
                [] => nobody += 1,
                [one] if *one == without_key || *one == not_admitted => held += 1,
                [one] => drop(expected.entry(NAMES[*one]).or_default().insert(at)),
                _ => several += 1,
            }
        }
        let mut given: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for parcel in &split.parcels {
            let [(_, bytes)] = parcel.files.as_slice() else { panic!("one list makes one file") };
            let text = String::from_utf8(bytes.clone()).unwrap();
            let ids = text.split(|c: char| !c.is_ascii_alphanumeric()).filter_map(|word| word.strip_prefix('n')?.parse().ok());
            prop_assert!(given.insert(&parcel.member, ids.collect()).is_none());
        }
        prop_assert_eq!(given, expected);
        let manifest = &split.manifest;
        prop_assert_eq!((manifest.held_back(), manifest.ambiguous, manifest.unmatched), (held, several, nobody));
        prop_assert_eq!(manifest.entries, entries.len());
        prop_assert_eq!(manifest.given() + held + several + nobody + manifest.unreadable, entries.len());
    }
}
