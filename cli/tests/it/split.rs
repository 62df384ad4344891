//! `probity share split-by-owner`: who receives what, what is refused, and that nothing of a list is told.

use std::path::Path;

use serde_json::json;

use crate::community::{BETA, DELTA, community};
use crate::ran::{Ran, folder, git, probity, read, write};

/// Values of the lists; no message and no file may have one.
const VALUES: [&str; 8] = [
    "Hunter2",
    "carl",
    "5555555555554444",
    "4111111111111111",
    "wolf",
    "post.example",
    "secret-of-both",
    "198.51.100.7",
];

const COMBO: &str = "ann@beta.example:Hunter2\nbob@post.example:wolf\ncarl@gamma.example:Hunter2\n\
https://delta.example/login:carl@post.example:Hunter2\neve@both.example:secret-of-both\neve@epsilon.example:wolf\n\
198.51.100.7 root Hunter2\nann@beta.example met carl@delta.example\n";

const CARDS: &str =
    "name,card,cvv\nwolf,5555 5555 5555 4444,123\ncarl,4111111111111111,456\nann,4111111111111112,789\n";

fn split(project: &Path, args: &[&str]) -> Ran {
    probity(project, &[&["share", "split-by-owner"], args].concat())
}

/// Every byte below a folder, names among them.
fn all_bytes(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        bytes.extend(entry.file_name().into_encoded_bytes());
        if entry.path().is_dir() {
            bytes.extend(all_bytes(&entry.path()));
        } else {
            bytes.extend(std::fs::read(entry.path()).unwrap());
        }
    }
    bytes
}

#[track_caller]
fn tells_nothing(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for value in VALUES {
        assert!(!text.contains(value), "{value} in {text}");
    }
}

#[test]
fn each_entry_is_encrypted_to_the_member_whose_it_is() {
    let place = community();
    let project = place.path();
    write(project, "combo.txt", COMBO);
    write(project, "cards.csv", CARDS);
    let ran = split(project, &["combo.txt", "cards.csv", "-o", "out", "--format", "json"]).exits(0);
    tells_nothing(ran.out.as_bytes());
    tells_nothing(ran.err.as_bytes());
    tells_nothing(&all_bytes(&project.join("out")));
    let manifest = ran.json()["manifest"].clone();
    assert_eq!(
        manifest,
        json!({
            "colour": "TLP:RED",
            "from": "alpha",
            "lists": [{"format": "txt", "entries": 8}, {"format": "csv", "entries": 3}],
            "entries": 11,
            "members": [
                {"member": "alpha", "entries": 1, "held-back": "no-key", "keys": 0},
                {"member": "beta", "entries": 2, "keys": 1},
                {"member": "gamma", "entries": 1, "held-back": "not-admitted", "keys": 0},
                {"member": "delta", "entries": 2, "keys": 1},
                {"member": "epsilon", "entries": 1, "held-back": "no-key", "keys": 0},
            ],
            "ambiguous": 2,
            "unmatched": 2,
            "unreadable": 0,
        })
    );
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&read(project, "out/manifest.json")).unwrap(),
        manifest
    );
    let sealed = |name: &str| std::fs::read(project.join("out").join(name)).unwrap();
    for (key, file, plain) in [
        (BETA, "beta/list-1.TLP-RED.txt.age", "ann@beta.example:Hunter2\n"),
        (BETA, "beta/list-2.TLP-RED.csv.age", "name,card,cvv\nwolf,5555 5555 5555 4444,123\n"),
        (DELTA, "delta/list-1.TLP-RED.txt.age", "https://delta.example/login:carl@post.example:Hunter2\n"),
        (DELTA, "delta/list-2.TLP-RED.csv.age", "name,card,cvv\ncarl,4111111111111111,456\n"),
    ] {
        assert_eq!(key.opens(&sealed(file)).as_deref(), Some(plain), "{file}");
        let marking = read(project, &format!("out/{file}.marking.yaml"));
        assert_eq!(marking, "marking: TLP:RED\noriginator: \"alpha\"\n");
    }
    assert_eq!(DELTA.opens(&sealed("beta/list-1.TLP-RED.txt.age")), None);
    let mut folders: Vec<String> = std::fs::read_dir(project.join("out"))
        .unwrap()
        .map(|one| one.unwrap().file_name().into_string().unwrap())
        .collect();
    folders.sort();
    assert_eq!(folders, ["beta", "delta", "manifest.json"]);
    // it is made anew, in another colour where somebody says so
    split(project, &["combo.txt", "-o", "out"]).exits(2);
    let ran = split(project, &["combo.txt", "-o", "amber", "--label", "TLP:AMBER+STRICT"]).exits(0);
    assert!(ran.out.contains("1 gamma, held back: it may not receive anything"), "{}", ran.out);
    assert!(ran.err.contains("wrote 2 of 8 entries"), "{}", ran.err);
    assert!(
        read(project, "amber/beta/list-1.TLP-AMBER-STRICT.txt.age.marking.yaml")
            .starts_with("marking: TLP:AMBER+STRICT")
    );
    // as of a day on which gamma was no member in suspense
    let ran = split(project, &["combo.txt", "-o", "before", "--as-of", "2026-10-01T00:00:00Z"]).exits(0);
    assert!(ran.err.contains("wrote 3 of 8 entries"), "{}", ran.err);
}

#[test]
fn lists_never_enter_git() {
    let place = community();
    let project = place.path();
    git(project, &["init", "--quiet", "--initial-branch=main"]);
    write(project, "combo.txt", COMBO);
    write(project, ".gitignore", "/private/\n");
    let out = folder();
    let out = out.path().join("out");
    let out = out.to_str().unwrap();
    // what git would take is told, where it goes outside it is not refused
    let ran = split(project, &["combo.txt", "-o", out]).exits(0);
    assert!(ran.err.contains("git does not ignore `combo.txt`"), "{}", ran.err);
    std::fs::remove_dir_all(out).unwrap();
    let refused = split(project, &["combo.txt", "-o", "out", "--format", "json"]).exits(4).json();
    assert_eq!(
        (&refused["refused"][0]["rule"], &refused["refused"][0]["code"]),
        (&"LST-001".into(), &"PB1074".into())
    );
    assert!(refused["refused"][0]["message"].as_str().unwrap().contains("git would take"), "{refused}");
    split(project, &["combo.txt", "-o", "private/out"]).exits(0);
    // staged, committed, and taken out of the index only
    for step in [
        &["add", "combo.txt"][..],
        &["commit", "--quiet", "-m", "list"],
        &["rm", "--quiet", "--cached", "combo.txt"],
    ] {
        git(project, step);
        let ran = split(project, &["combo.txt", "-o", out]).exits(4);
        assert!(ran.err.contains("git tracks the list `combo.txt`"), "{step:?}: {}", ran.err);
        assert!(!Path::new(out).exists());
        tells_nothing(ran.err.as_bytes());
    }
    // by another name
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("combo.txt", project.join("link.txt")).unwrap();
        assert!(split(project, &["link.txt", "-o", out]).exits(4).err.contains("git tracks the list"));
        std::fs::remove_file(project.join("link.txt")).unwrap();
    }
    git(project, &["commit", "--quiet", "-m", "gone"]);
    split(project, &["combo.txt", "-o", out]).exits(0);
    assert!(!project.join("out").exists());
}

#[test]
fn what_cannot_be_split_is_refused_without_a_word_of_it() {
    let place = community();
    let project = place.path();
    write(project, "nohead.csv", "carl,Hunter2\nann@beta.example,wolf\n");
    write(project, "broken.json", "[\"carl@beta.example:Hunter2\",");
    write(project, "latin.txt", b"ann@beta.example:Hunter2\ncarl\xfc@beta.example:wolf\n");
    write(project, "list.pdf", "Hunter2");
    write(project, "list.txt", COMBO);
    for args in [
        &["nohead.csv"][..],
        &["broken.json"],
        &["latin.txt"],
        &["list.pdf"],
        &["none.txt"],
        &["list.txt", "nohead.csv"],
    ] {
        for format in [&[][..], &["--format", "json"]] {
            let ran = split(project, &[args, &["-o", "out"], format].concat()).exits(2);
            tells_nothing(ran.out.as_bytes());
            tells_nothing(ran.err.as_bytes());
            assert!(!project.join("out").exists(), "{args:?}");
        }
    }
    let members = read(project, "sharing/members.yaml").replace("\"203.0.113.0/24\"", "\"203.0.113\"");
    write(project, "sharing/members.yaml", members);
    let ran = split(project, &["list.txt", "-o", "out"]).exits(2);
    assert!(ran.err.contains("PB1075") && ran.err.contains("`beta`"), "{}", ran.err);
    // outside a project nobody knows whose anything is
    split(folder().path(), &["list.txt", "-o", "out"]).exits(2);
}
