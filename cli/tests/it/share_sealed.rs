//! TLP:RED: what is encrypted to whom, what is kept of it, and what is never written.

use std::path::Path;

use tempfile::TempDir;

use crate::ran::{Ran, folder, probity, read, write};
use crate::share::project_of;

const INCIDENT: &str = "sharing/incidents/2026/INC-secret.yaml";

/// Secret and public keys that `age-keygen` made for these tests; the secret ones without what they begin with.
const BOB: [&str; 2] = [
    "1LXFFRYHFWNZNWGFMNA6PHAVYS3F3FSKJUA2PNFJK6L5UGHU6SNYSXCUJ6R",
    "age15yvt69w2hzjljjdm3fwa6gn2jzl9anptnc6u3n9v5vqgvjx8830sxslqlc",
];
const EVE: [&str; 2] = [
    "1HTKC874P9LHJVD28LZ5SQQHFMP4G33AQD787EA9YH4HZRAZ2TASQZGHCXM",
    "age1gjawjcyk30h7tvxeuds7l36nr5jh72mqszckrpq482le7lfz5ccs2up9p9",
];

fn person(number: u8, name: &str, of: u8, key: Option<&str>) -> String {
    let ns = "https://w3id.org/probity/oscal/1";
    let key = key.map(|key| {
        format!("        props:\n          - {{name: age-recipient, ns: \"{ns}\", value: {key}}}\n")
    });
    format!(
        "      - uuid: 9b0f0c1e-1d53-4bd5-8f4b-3e5f5bb4a0{number}\n        type: person\n        name: {name}\n        \
         email-addresses: [{name}@example.org]\n        member-of-organizations: [9b0f0c1e-1d53-4bd5-8f4b-3e5f5bb4a0{of}]\n{}",
        key.unwrap_or_default()
    )
}

/// The project of a member, with an incident of alpha's that is TLP:RED, and two persons of beta, of whom one has a key.
fn red_project_of(us: &str) -> TempDir {
    let place = project_of(us);
    let project = place.path();
    let persons = [person(31, "bob", 12, Some(BOB[1])), person(32, "bea", 12, None)];
    let members = read(project, "sharing/members.yaml");
    write(project, "sharing/members.yaml", format!("{members}{}", persons.concat()));
    write(project, INCIDENT, "marking: TLP:RED\noriginator: alpha\ntitle: the sign-in is open\n");
    place
}

fn share(project: &Path, args: &[&str]) -> Ran {
    probity(project, &[&["share"], args].concat())
}

#[test]
fn red_goes_encrypted_to_a_person_who_reads_it_and_sends_it_nowhere() {
    let above = folder();
    let (alpha, beta) = (red_project_of("alpha"), red_project_of("beta"));
    let (keys, beta) = (above.path(), beta.path());
    write(keys, "bob.key", format!("# bob\nAGE-SECRET-KEY-{}\n", BOB[0]));
    write(keys, "eve.key", format!("AGE-SECRET-KEY-{}\n", EVE[0]));
    let key = |name: &str| keys.join(name).to_str().unwrap().to_owned();
    let (bob, eve, archive) = (key("bob.key"), key("eve.key"), key("red.zip"));
    let made = share(alpha.path(), &["build", INCIDENT, "--to", "person:bob", "-o", &archive]).exits(0);
    assert!(made.out.contains("TLP:RED, 1 document encrypted for person:bob@example.org"), "{}", made.out);
    let outside = share(beta, &["verify", &archive, "--format", "json"]).exits(0).json();
    assert_eq!(outside["envelope"]["to"], serde_json::json!(["person:bob@example.org"]));
    assert!(outside["manifest"].is_null());
    let inside = share(beta, &["verify", &archive, "--identity", &bob, "--format", "json"]).exits(0).json();
    assert_eq!(inside["manifest"]["documents"][0]["file"], "documents/INC-secret.TLP-RED.yaml");
    share(beta, &["verify", &archive, "--identity", &eve]).exits(2);
    // nothing is kept where the key does not fit
    share(beta, &["receive", &archive, "--identity", &eve]).exits(2);
    assert!(!beta.join("sharing/received").exists());
    let got = share(beta, &["receive", &archive, "--identity", &bob, "--format", "json"]).exits(0).json();
    let kept = got["folder"].as_str().unwrap();
    assert_eq!(got["receipt"]["sealed"]["opened"], true);
    let listed = std::fs::read_dir(beta.join(kept)).unwrap();
    let mut names: Vec<String> =
        listed.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(
        names,
        [
            "envelope.json",
            "mail.eml",
            "receipt.json",
            "sealed.TLP-RED.age",
            "sealed.TLP-RED.age.marking.yaml"
        ]
    );
    for name in &names {
        let bytes = std::fs::read(beta.join(kept).join(name)).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("sign-in is open") && !text.contains("INC-secret"), "{name}");
    }
    let shown = share(beta, &["open", kept, "--identity", &bob]).exits(0).out;
    assert!(shown.starts_with("TLP:RED documents/INC-secret.TLP-RED.yaml\n"), "{shown}");
    assert!(shown.contains("title: the sign-in is open\nTLP:RED\n"), "{shown}");
    // not into a project
    let refused = share(beta, &["open", kept, "--identity", &bob, "-o", "plain"]).exits(4);
    assert!(refused.err.contains("lies in a project or a git work tree"), "{}", refused.err);
    assert!(!beta.join("plain").exists());
    let plain = key("plain");
    share(beta, &["open", kept, "--identity", &bob, "-o", &plain]).exits(0);
    // nor onward, by whatever way it came into the project
    for file in ["INC-secret.TLP-RED.yaml", "INC-secret.TLP-RED.yaml.marking.yaml"] {
        write(beta, &format!("sharing/{file}"), read(&keys.join("plain/documents"), file));
    }
    for file in ["sharing/INC-secret.TLP-RED.yaml".to_owned(), format!("{kept}/sealed.TLP-RED.age")] {
        let onward = share(beta, &["build", &file, "--to", "person:bob", "-o", "onward"]).exits(4);
        assert!(!beta.join("onward").exists(), "{}", onward.err);
    }
    let held = share(beta, &["plan", "sharing/INC-secret.TLP-RED.yaml"]).exits(4).out;
    assert!(held.contains("which only its originator can say: ask them"), "{held}");
}

#[test]
fn red_goes_to_nobody_else() {
    let place = red_project_of("alpha");
    let project = place.path();
    for (to, rule) in
        [("person:bea", "TLP-007"), ("member:beta", "TLP-002"), ("members", "TLP-002"), ("public", "TLP-002")]
    {
        let refused = share(project, &["build", INCIDENT, "--to", to, "-o", "out", "--format", "json"]);
        let data = refused.exits(4).json();
        assert_eq!(data["refused"][0]["rule"], rule, "{data}");
        assert!(!project.join("out").exists());
    }
    let told = share(project, &["build", INCIDENT, "--to", "person:bea", "-o", "out"]).exits(4).err;
    assert!(told.contains("`age-recipient`") && told.contains("age-keygen"), "{told}");
    // one of two persons is not enough
    share(project, &["build", INCIDENT, "--to", "person:bob", "--to", "person:bea", "-o", "out"]).exits(4);
    // of another colour, a package is for one audience
    write(project, INCIDENT, "marking: TLP:AMBER\noriginator: alpha\n");
    let two = ["build", INCIDENT, "--to", "person:bob", "--to", "person:bea", "--reason", "r", "-o", "out"];
    let refused = share(project, &two).exits(4);
    assert!(refused.err.contains("a package is for one audience"), "{}", refused.err);
    assert!(!project.join("out").exists());
}

#[test]
fn a_key_of_the_register_that_is_none_is_told() {
    let place = red_project_of("alpha");
    let members = read(place.path(), "sharing/members.yaml").replace("slqlc}", "slqlq}");
    write(place.path(), "sharing/members.yaml", members);
    let refused = share(place.path(), &["build", INCIDENT, "--to", "person:bob", "-o", "out"]).exits(2);
    assert!(refused.err.contains("PB1021") && refused.err.contains("age-recipient"), "{}", refused.err);
}
