//! `probity share scrub`: what is written, what is refused, and that nothing is written then.

use std::path::Path;

use crate::community::community;
use crate::ran::{Ran, folder, probity, read, write};

const SEED: &str = "0101010101010101010101010101010101010101010101010101010101010101";

fn scrub(place: &Path, args: &[&str]) -> Ran {
    probity(place, &[&["share", "scrub", "-o", "out"], args].concat())
}

#[test]
fn files_a_report_and_the_colour_are_written() {
    let place = folder();
    write(
        place.path(),
        "note.md",
        "Contact: Ann Weber\n\nann@post.example saw phish@evil.test on db1.own.example.\n",
    );
    write(place.path(), "note.md.marking.yaml", "marking: TLP:RED\noriginator: alpha\n");
    write(place.path(), "keep.txt", "# the sender\nphish@evil.test\n");
    let args = ["note.md", "--own-domain", "own.example", "--indicators", "keep.txt", "--seed", SEED];
    let ran = scrub(place.path(), &args).exits(0);
    let text = read(place.path(), "out/note.md");
    for gone in ["Ann", "Weber", "ann@post.example", "own.example"] {
        for shown in [&text, &ran.out, &ran.err, &read(place.path(), "out/scrub-report.json")] {
            assert!(!shown.contains(gone), "{gone}: {shown}");
        }
    }
    assert!(text.contains("phish@evil.test") && text.contains("Contact: person-"), "{text}");
    assert_eq!(read(place.path(), "out/note.md.marking.yaml"), "marking: TLP:RED\n");
    scrub(place.path(), &args).exits(2);
}

#[test]
fn pseudonyms_are_random_without_a_seed() {
    let place = folder();
    write(place.path(), "note.txt", "ann@post.example");
    let once = |out: &str| {
        probity(place.path(), &["share", "scrub", "-o", out, "note.txt"]).exits(0);
        read(place.path(), &format!("{out}/note.txt"))
    };
    assert_ne!(once("a"), once("b"));
}

#[test]
fn what_is_left_is_refused_and_nothing_is_written() {
    let place = folder();
    write(place.path(), "flags.json", r#"{"on": true}"#);
    write(place.path(), "words.txt", "true\n");
    let ran = scrub(place.path(), &["flags.json", "--words", "words.txt"]).exits(4);
    assert!(ran.err.contains("PB1071") && !ran.err.contains("true"), "{}", ran.err);
    let json =
        scrub(place.path(), &["flags.json", "--words", "words.txt", "--format", "json"]).exits(4).json();
    assert_eq!(json["report"]["residue"][0]["rule"], "word");
    assert!(!place.path().join("out").exists());
}

#[test]
fn what_cannot_be_scrubbed_is_refused() {
    let place = folder();
    write(place.path(), "scan.pdf", "%PDF-1.7");
    write(place.path(), "bomb.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>");
    write(place.path(), "name.xml", "<a><Silberfuchs/></a>");
    write(place.path(), "words.txt", "Silberfuchs\n");
    write(place.path(), "note.txt", "x");
    for args in [
        &["scan.pdf"][..],
        &["bomb.xml"],
        &["name.xml", "--words", "words.txt"],
        &["note.txt", "note.txt"],
        &["note.txt", "--seed", "12"],
        &["note.txt", "--own-network", "10.0.0"],
    ] {
        let ran = scrub(place.path(), args).exits(2);
        assert!(
            !ran.err.contains("Silberfuchs") && !place.path().join("out").exists(),
            "{args:?}: {}",
            ran.err
        );
    }
}

#[test]
fn what_members_of_the_register_call_theirs_is_replaced_and_told() {
    let place = community();
    let project = place.path();
    let text = "Alpha Cloud and Quitzow saw 203.0.113.7 talk to db.gamma.example, and 192.0.2.1 to c2.evil.test; beta is a letter.\n";
    write(project, "note.txt", text);
    let ran = scrub(project, &["note.txt"]).exits(0);
    let told = "what 5 members in the register call theirs is replaced: 6 domains, 2 networks, 5 names";
    assert!(ran.err.contains(told), "{}", ran.err);
    let new = read(project, "out/note.txt");
    for gone in ["Alpha", "Quitzow", "203.0.113.7", "gamma"] {
        assert!(!new.contains(gone) && !ran.err.contains(gone) && !ran.out.contains(gone), "{gone}: {new}");
    }
    assert!(new.contains("192.0.2.1 to c2.evil.test; beta is a letter."), "{new}");
    // of a project that the working folder does not belong to
    let elsewhere = folder();
    let file = project.join("note.txt");
    let ran = scrub(elsewhere.path(), &[file.to_str().unwrap()]).exits(0);
    assert!(
        ran.err.contains(told) && !read(elsewhere.path(), "out/note.txt").contains("Quitzow"),
        "{}",
        ran.err
    );
    // outside a project nothing is known
    write(elsewhere.path(), "note.txt", text);
    let ran = probity(elsewhere.path(), &["share", "scrub", "note.txt", "-o", "own"]).exits(0);
    assert!(!ran.err.contains("register"), "{}", ran.err);
    assert_eq!(read(elsewhere.path(), "own/note.txt"), text);
    // a register that cannot be read is not passed over
    let broken = read(project, "sharing/members.yaml").replace("class: suspended", "class: gone");
    write(project, "sharing/members.yaml", broken);
    probity(project, &["share", "scrub", "note.txt", "-o", "again"]).exits(2);
    assert!(!project.join("again").exists());
}
