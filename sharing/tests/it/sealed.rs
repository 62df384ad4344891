//! Packages that are TLP:RED.

use probity_diagnostics::TreePath;
use probity_sharing::audience::Role;
use probity_sharing::marking;
use probity_sharing::package::seal::seal;
use probity_sharing::package::{
    ENVELOPE, Files, MAIL, SEALED, build, build_for_all, is_sealed, unseal, verify, verify_sealed, zip,
};
use probity_sharing::plan::{Candidate, Proofs, Wish};
use probity_sharing::{Circle, Stop};
use rstest::rstest;

use crate::circle::{DAY, circle};
use crate::seal::{ANN, BOB, EVE};

/// What must not be seen from outside.
const INSIDE: [&str; 4] = ["INC-secret", "sign-in", "documents/", "manifest.json"];

fn red(label: &str) -> Candidate {
    let path = TreePath::parse("sharing/incidents/INC-secret.yaml").unwrap();
    let bytes = format!("marking: {label}\noriginator: alpha\ntitle: the sign-in is open\n").into_bytes();
    let marking = marking::of(&bytes, &path, None).unwrap();
    Candidate { path, bytes, marking, role: Role::Originator, proofs: Proofs::default() }
}

fn to(audience: &str) -> Wish {
    Wish { audience: audience.parse().unwrap(), reason: Some("your service".to_owned()), day: DAY }
}

/// The community, in which Ann has a key, too.
fn with_keys() -> Circle {
    let mut circle = circle();
    for person in &mut circle.register.persons {
        if person.name == "Ann" {
            person.keys = vec![ANN.public.to_owned()];
        }
    }
    circle
}

fn made_for(audiences: &[&str]) -> Result<Files, Stop> {
    let wishes: Vec<Wish> = audiences.iter().map(|one| to(one)).collect();
    build_for_all(&with_keys(), &[red("TLP:RED")], &wishes, "2026-11-22T10:00:00Z".parse().unwrap())
}

fn package() -> Files {
    made_for(&["person:Bob", "person:ann@alpha.example", "person:bob@beta.example"]).unwrap()
}

#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T, Stop>, says: &str) {
    let told = match result.unwrap_err() {
        Stop::Refused(refusals) => {
            refusals.iter().map(|one| format!("{}: {}", one.rule, one.message)).collect()
        }
        Stop::Unreadable(findings) => {
            findings.iter().map(|one| format!("{}: {}", one.code.id, one.message)).collect::<Vec<_>>()
        }
    };
    assert!(told.iter().any(|one| one.contains(says)), "{told:?}\nnot\n{says}");
}

#[test]
fn it_is_opened_by_each_person_and_nothing_in_it_is_seen_from_outside() {
    let files = package();
    let envelope = verify_sealed(&files).unwrap();
    assert!(is_sealed(&files));
    assert_eq!(envelope.to, ["person:ann@alpha.example", "person:bob@beta.example"]);
    assert_eq!((envelope.colour.as_str(), envelope.from.as_str()), ("TLP:RED", "alpha"));
    for key in [ANN, BOB] {
        let (manifest, inner) = unseal(&files, &envelope, &key.read()).unwrap();
        assert_eq!(inner["documents/INC-secret.TLP-RED.yaml"], red("TLP:RED").bytes);
        assert_eq!(manifest.recipients, 2);
        assert_eq!(verify(&inner).unwrap(), manifest);
    }
    refused(unseal(&files, &envelope, &EVE.read()), "PB1027: it cannot be decrypted: no key");
    for (name, bytes) in &files {
        for inside in INSIDE {
            let is_there = bytes.windows(inside.len()).any(|window| window == inside.as_bytes());
            assert!(!is_there && !name.contains(inside), "{inside} in {name}");
        }
    }
    let digest = probity_diagnostics::Sha256Digest::of(&red("TLP:RED").bytes).to_string();
    let outside = files.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect::<String>();
    assert!(!outside.contains(&digest));
    let mail = String::from_utf8(files[MAIL].clone()).unwrap();
    assert!(mail.contains("\r\nSubject: [TLP:RED] Package "), "{mail}");
    assert!(mail.contains("\r\nTo: ann@alpha.example,\r\n bob@beta.example\r\n"), "{mail}");
    assert!(mail.contains("\r\n\r\nTLP:RED\r\n\r\nalpha shares package"), "{mail}");
}

#[test]
fn it_goes_to_persons_only_and_to_those_with_a_key() {
    let at = "2026-11-22T10:00:00Z".parse().unwrap();
    // the register has no key of Ann
    refused(build(&circle(), &[red("TLP:RED")], &to("person:Ann"), at), "TLP-007");
    for audience in ["member:beta", "members", "group:open-clouds", "public"] {
        refused(made_for(&[audience]), "TLP-002");
        refused(made_for(&["person:Bob", audience]), "TLP-002");
    }
    refused(made_for(&["person:eve@example.org"]), "MEM-001");
    refused(made_for(&["person:Bob", "person:Gus"]), "MEM-001");
    // of other colours, a package is for one audience
    let wishes = [to("person:Bob"), to("person:Ann")];
    refused(
        build_for_all(&with_keys(), &[red("TLP:AMBER")], &wishes, at),
        "TLP-007: a package is for one audience",
    );
    let holder = Candidate { role: Role::Holder, ..red("TLP:RED") };
    refused(build(&with_keys(), &[holder], &to("person:Bob"), at), "TLP-002");
}

#[rstest]
#[case::colour(ENVELOPE, "TLP:RED", "TLP:GREEN", "does not say TLP:RED")]
#[case::another_person(ENVELOPE, "bob@beta", "eve@beta", "has an id that does not follow")]
#[case::a_member(ENVELOPE, "person:bob@beta.example", "member:beta", "names somebody who is no person")]
#[case::another_digest(ENVELOPE, "\"sha256\": \"", "\"sha256\": \"0", "has another digest")]
#[case::more_said(ENVELOPE, "\"from\"", "\"title\": \"t\", \"from\"", "PB1006")]
#[case::subject(MAIL, "[TLP:RED]", "[TLP:GREEN]", "is not the mail of this package")]
#[case::beside("sealed.TLP-RED.age.marking.yaml", "TLP:RED", "TLP:CLEAR", "is missing, or is another one")]
fn what_was_changed_outside_is_seen_without_a_key(
    #[case] file: &str,
    #[case] old: &str,
    #[case] new: &str,
    #[case] says: &str,
) {
    let mut files = package();
    let text = String::from_utf8(files[file].clone()).unwrap();
    assert!(text.contains(old), "{text}");
    files.insert(file.to_owned(), text.replacen(old, new, 1).into_bytes());
    refused(verify_sealed(&files), says);
}

#[test]
fn what_is_not_encrypted_is_not_taken_for_it() {
    let mut files = package();
    files.insert(SEALED.to_owned(), zip(&Files::from([("a".to_owned(), b"open".to_vec())])).unwrap());
    refused(verify_sealed(&files), "TLP-007: `sealed.TLP-RED.age` is not encrypted with age");
    let mut files = package();
    files.insert("documents/INC-1.yaml".to_owned(), b"open".to_vec());
    refused(verify_sealed(&files), "TLP-007: `documents/INC-1.yaml` lies open in an encrypted package");
    let mut files = package();
    files.remove(SEALED);
    refused(verify_sealed(&files), "`sealed.TLP-RED.age` is missing");
    refused(verify_sealed(&Files::new()), "there is no `envelope.json`");
}

/// Somebody who can encrypt to the recipient, as everybody can, puts something else in.
#[test]
fn what_was_put_in_by_somebody_else_is_seen_with_the_key() {
    let files = package();
    let envelope = verify_sealed(&files).unwrap();
    let with = |plain: &[u8]| {
        let mut files = files.clone();
        files.insert(SEALED.to_owned(), seal(plain, &[BOB.public.to_owned()]).unwrap());
        unseal(&files, &envelope, &BOB.read())
    };
    refused(with(b"no archive"), "PB1024");
    refused(with(&zip(&Files::new()).unwrap()), "there is no `manifest.json`");
    let other = made_for(&["person:Bob"]).unwrap();
    let theirs = unseal(&other, &verify_sealed(&other).unwrap(), &BOB.read()).unwrap().1;
    refused(with(&zip(&theirs).unwrap()), "another sender, audience, colour or instant");
    let mut changed = theirs;
    changed.insert("documents/INC-secret.TLP-RED.yaml".to_owned(), b"marking: TLP:RED\n".to_vec());
    refused(with(&zip(&changed).unwrap()), "has another digest than the manifest says");
}
