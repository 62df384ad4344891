//! Commands on a git revision give what the commit holds.

use crate::ran::{commit, folder, git, probity, read, write};

/// A repository whose folder `service` is a project in two commits, with
/// uncommitted changes; the first is tagged `first`.
fn repository() -> tempfile::TempDir {
    let place = folder();
    let project = place.path().join("service");
    git(place.path(), &["init", "--quiet", "--initial-branch=main"]);
    probity(place.path(), &["init", "service", "--name", "First"]).exits(0);
    write(&project, "profiles/own.yaml", own_profile("am-01.1"));
    commit(place.path(), "first");
    git(place.path(), &["tag", "first"]);
    write(&project, "profiles/own.yaml", own_profile("am-03.1"));
    commit(place.path(), "second");
    write(&project, "profiles/own.yaml", "profile: [");
    place
}

fn own_profile(control: &str) -> String {
    format!(
        "profile:
  uuid: 0c9a5a7e-3a0c-4a39-8f0e-6f8f2f8f1d11
  metadata:
    title: Own
    last-modified: \"2026-11-21T00:00:00Z\"
    version: 1.0.0
    oscal-version: 1.2.2
  imports:
    - href: content:catalogs/eucs.yaml
      include-controls:
        - with-ids: [{control}]
"
    )
}

#[test]
fn a_profile_is_resolved_as_the_commit_holds_it() {
    let place = repository();
    let project = place.path().join("service");
    let resolved = |rev: &[&str]| probity(&project, &[&["resolve", "own", "--format", "yaml"], rev].concat());
    let first = resolved(&["--rev", "first"]).exits(0).out;
    assert!(first.contains("id: am-01.1") && !first.contains("id: am-03.1"));
    assert!(first.contains("last-modified: \"2026-11-20T10:00:00Z\""), "{first}");
    let at = resolved(&["--rev", "first", "--as-of", "2026-01-01T00:00:00Z"]).exits(0).out;
    assert!(at.contains("last-modified: \"2026-01-01T00:00:00Z\""), "{at}");
    let second = resolved(&["--rev", "HEAD"]).exits(0).out;
    assert!(second.contains("id: am-03.1") && !second.contains("id: am-01.1"));
    let broken = resolved(&[]).exits(2);
    assert!(broken.err.contains("profiles/own.yaml"), "{}", broken.err);
}

#[test]
fn validate_and_build_read_the_commit() {
    let place = repository();
    let project = place.path().join("service");
    probity(&project, &["validate"]).exits(1);
    probity(&project, &["validate", "--rev", "first"]).exits(0);
    probity(place.path(), &["validate", "-C", "service", "--rev", "first"]).exits(0);
    write(&project, "probity.toml", "broken");
    let built = probity(&project, &["build", "--rev", "first", "--format", "json"]).exits(1).json();
    assert_eq!(built["assessments"][0]["assessment"], "eucs-basic");
    assert!(read(&project, "build/eucs-basic/report.md").contains("First"));
}

#[test]
fn a_revision_that_is_not_there_is_refused() {
    let place = repository();
    let refused = probity(&place.path().join("service"), &["validate", "--rev", "nowhere"]).exits(2);
    assert!(refused.err.contains("error[PB0709]: revision `nowhere` is unknown here"), "{}", refused.err);
    let outside = folder();
    probity(outside.path(), &["init"]).exits(0);
    let refused = probity(outside.path(), &["build", "--rev", "HEAD"]).exits(2);
    assert!(refused.err.contains("is in no git repository"), "{}", refused.err);
}

#[test]
fn a_bare_repository_is_a_project_by_its_revision() {
    let source = folder();
    git(source.path(), &["init", "--quiet", "--initial-branch=main"]);
    probity(source.path(), &["init", "--name", "Bare"]).exits(0);
    write(source.path(), "profiles/own.yaml", own_profile("am-03.1"));
    commit(source.path(), "first");
    let bare = folder();
    git(bare.path(), &["clone", "--quiet", "--bare", &source.path().display().to_string(), "."]);
    probity(bare.path(), &["validate", "--rev", "main"]).exits(0);
    let resolved = probity(bare.path(), &["resolve", "own", "--rev", "main"]).exits(0).out;
    assert!(resolved.contains("am-03.1"), "{resolved}");
    let refused = probity(bare.path(), &["validate"]).exits(2);
    assert!(refused.err.contains("no probity.toml"), "{}", refused.err);
}

#[test]
fn submodules_are_skipped_with_a_word() {
    let place = repository();
    let project = place.path().join("service");
    write(place.path(), ".gitmodules", "[submodule \"vendor\"]\n\tpath = service/vendor\n\turl = ../x\n");
    let head = "0123456789012345678901234567890123456789";
    git(place.path(), &["add", ".gitmodules"]);
    git(place.path(), &["update-index", "--add", "--cacheinfo", &format!("160000,{head},service/vendor")]);
    git(place.path(), &["commit", "--quiet", "-m", "third"]);
    let said = probity(&project, &["validate", "--rev", "HEAD"]).exits(0).err;
    assert!(said.contains("note[PB0737]: the submodule `vendor` is not read"), "{said}");
    let said = probity(&project, &["validate", "--rev", "first"]).exits(0).err;
    assert!(!said.contains("PB0737"), "{said}");
}

/// Maps and the lock are those of the revision, like all that decides what comes out.
#[test]
fn remote_locations_are_answered_as_the_commit_says() {
    let place = folder();
    git(place.path(), &["init", "--quiet", "--initial-branch=main"]);
    let catalog = |control: &str| {
        format!(
            "catalog:
  uuid: 0c9a5a7e-3a0c-4a39-8f0e-6f8f2f8f1d12
  metadata: {{title: Letters, last-modified: \"2026-11-21T00:00:00Z\", version: \"1\", oscal-version: 1.2.2}}
  controls: [{{id: {control}, title: One}}]
"
        )
    };
    let profile = own_profile("a1").replace("content:catalogs/eucs.yaml", "https://example.invalid/a/c.yaml");
    write(place.path(), "profiles/own.yaml", &profile);
    write(place.path(), "vendor/c.yaml", catalog("a1"));
    write(
        place.path(),
        "probity.toml",
        "[[map]]\nprefix = \"https://example.invalid/a\"\nfolder = \"vendor\"\n",
    );
    commit(place.path(), "mapped");
    write(place.path(), "probity.toml", "");
    write(place.path(), "vendor/c.yaml", catalog("changed"));
    let resolved = probity(place.path(), &["resolve", "own", "--rev", "HEAD"]).exits(0).out;
    assert!(resolved.contains("\"a1\""), "{resolved}");
    let unmapped = probity(place.path(), &["resolve", "own"]).exits(2).err;
    assert!(unmapped.contains("is a remote location that nothing answers"), "{unmapped}");
    // a lock that came later does not count for the commit; what it names is kept by digest for all
    let digest = probity_diagnostics::Sha256Digest::of(catalog("a1").as_bytes()).to_string();
    write(place.path(), &format!(".probity/remote/{digest}"), catalog("a1"));
    git(place.path(), &["rm", "--quiet", "--cached", "-r", "vendor"]);
    commit(place.path(), "unmapped");
    let lock = format!(
        "version = 1\n[[document]]\nurl = \"https://example.invalid/a/c.yaml\"\nsha256 = \"{digest}\"\nsize = 1\n"
    );
    write(place.path(), "probity.lock", lock);
    probity(place.path(), &["resolve", "own"]).exits(0);
    let without = probity(place.path(), &["resolve", "own", "--rev", "HEAD"]).exits(2).err;
    assert!(without.contains("is a remote location that nothing answers"), "{without}");
    let refused = probity(place.path(), &["resolve", "own", "--rev", "HEAD", "--allow-remote"]).exits(2).err;
    assert!(refused.contains("is not named in the probity.lock of the revision"), "{refused}");
}
