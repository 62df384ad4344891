//! Markings of a whole project, and documents that are divided by colours.

use std::path::Path;
use std::process::Command;

use crate::ran::{Ran, commit, folder, git, probity, read, write};
use crate::share::project_of;

const GREEN: &str = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";

fn mark(project: &Path, args: &[&str]) -> Ran {
    probity(project, &[&["share", "mark"], args].concat())
}

#[test]
fn a_project_is_linted() {
    let place = project_of("alpha");
    let project = place.path();
    let told = mark(project, &["lint"]).exits(0).out;
    assert!(told.contains("nothing is wrong with their markings"), "{told}");
    write(project, "notes/a.yaml", "marking: TLP:AMBRE\n");
    write(project, "notes/b.md", "# Notes\n\nTLP:\u{410}MBER\n");
    write(project, "notes/c.pdf.marking.yaml", "marking: TLP:GREEN\n");
    write(project, "notes/d.yaml", "marking: TLP:AMBER\n");
    write(project, "notes/d.yaml.marking.yaml", "marking: TLP:RED\n");
    write(project, "notes/e.yaml", "marking: TLP:GREEN\ntitle: a secret\n");
    write(project, "sharing/received/beta/1/f.yaml", "marking: TLP:NONE\n");
    let told = mark(project, &["lint"]).exits(1).err;
    for says in [
        "\"TLP:AMBRE\" in `notes/a.yaml` is no label",
        "notes/b.md",
        "`notes/c.pdf.marking.yaml` lies beside no document",
        "`notes/d.yaml` says TLP:AMBER, and the sidecar beside it TLP:RED",
        "nothing shows that TLP:GREEN of `notes/e.yaml` is its originator's",
    ] {
        assert!(told.contains(says), "{told}\nnot\n{says}");
    }
    assert!(!told.contains("a secret") && !told.contains("received") && !told.contains("refused"), "{told}");
    // one file, and one folder
    mark(project, &["lint", "notes/c.pdf.marking.yaml"]).exits(1);
    assert_eq!(mark(project, &["lint", "sharing", "--format", "json"]).exits(0).json()["files"], 5);
    mark(project, &["lint", "nowhere"]).exits(2);
}

#[test]
fn a_bundle_is_divided_and_what_is_wide_is_committed_as_said() {
    let keys = folder();
    let key = keys.path().join("alpha");
    let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).output();
    if made.is_err() {
        println!("skipped: there is no ssh-keygen");
        return;
    }
    let place = project_of("alpha");
    let project = place.path();
    let object = |kind: &str, number: u8, marking: &str| {
        format!(
            "{{\"type\": \"{kind}\", \"id\": \"{kind}--0000000{number}-0000-4000-8000-000000000000\", \"name\": \"something long enough to be \
             taken for a copy\"{marking}}}"
        )
    };
    let marking = format!(", \"object_marking_refs\": [\"{GREEN}\"]");
    let objects =
        [object("indicator", 1, &marking), object("indicator", 2, &marking), object("malware", 3, "")];
    let bundle = format!(
        "{{\"type\": \"bundle\", \"id\": \"bundle--00000000-0000-4000-8000-000000000000\", \"objects\": [{}]}}\n",
        objects.join(",\n")
    );
    write(project, "feed.json", bundle);
    write(project, "allowed", format!("member:alpha {}", read(keys.path(), "alpha.pub")));
    git(project, &["init", "--quiet", "--initial-branch=main"]);
    commit(project, "all");
    mark(project, &["lint", "feed.json"]).exits(1);
    let said = mark(project, &["split", "feed.json", "-o", "sharing/feeds"]).exits(0);
    assert!(said.err.contains("wrote sharing/feeds/feed.TLP-AMBER.json"), "{}", said.err);
    let green = "sharing/feeds/feed.TLP-GREEN.json";
    let told = mark(project, &["lint", "sharing/feeds"]).exits(1).err;
    assert!(told.contains(green) && !told.contains("feed.TLP-AMBER.json"), "{told}");
    let signing = format!("user.signingKey={}", key.display());
    let script = said.out.replace(
        "git ",
        &format!("git -c user.name=T -c user.email=t@example.org -c gpg.format=ssh -c {signing} "),
    );
    let done = Command::new("sh").args(["-ec", &script]).current_dir(project).output().unwrap();
    assert!(done.status.success(), "{script}\n{}", String::from_utf8_lossy(&done.stderr));
    mark(project, &["lint", "sharing/feeds"]).exits(0);
    // not over what is there, and not what has a head
    mark(project, &["split", "feed.json", "-o", "sharing/feeds"]).exits(2);
    let refused = mark(project, &["split", "sharing/members.yaml", "-o", "out", "--format", "json"]).exits(4);
    assert_eq!(refused.json()["refused"][0]["rule"], "TLP-003");
    assert!(!project.join("out").exists());
}
