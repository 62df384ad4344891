//! compliance-trestle accepts what is written for it: into its workspaces, and for the releases of OSCAL that it knows.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::program::{folder, hyperiot, probity, repository};

/// Documents of all models, by the folder of a workspace that they belong to.
const DOCUMENTS: &[(&str, &str)] = &[
    ("catalogs", "catalog"),
    ("profiles", "profile"),
    ("component-definitions", "component-definition"),
    ("system-security-plans", "system-security-plan"),
    ("assessment-plans", "assessment-plan"),
    ("assessment-results", "assessment-results"),
    ("plan-of-action-and-milestones", "plan-of-action-and-milestones"),
];

/// A profile that imports by a `trestle://` reference.
const PROFILE: &str = r#"{"profile": {"uuid": "6f1d1c52-5f0a-4d0e-9a3b-0d6a4b6f1a02", "metadata": {"title": "All of it",
    "last-modified": "2026-11-21T10:00:00Z", "version": "1", "oscal-version": "1.2.1"},
    "imports": [{"href": "trestle://catalogs/ferry/catalog.json", "include-all": {}}]}}"#;

/// What Python looks for compliance-trestle in: that for OSCAL 1.2, or that for OSCAL 1.1. None, with a printed reason, where
/// it is absent and not required.
fn packages(older: bool) -> Option<String> {
    let named = std::env::var_os("PROBITY_ORACLE").map(PathBuf::from);
    let oracle = named.unwrap_or_else(|| repository("target/oracle"));
    let (python, older_one) = (oracle.join("python"), oracle.join("trestle-1.1"));
    if !python.join("trestle").is_dir() || !older_one.join("trestle").is_dir() {
        let required = std::env::var_os("PROBITY_REQUIRE_ORACLE").is_some();
        assert!(!required, "compliance-trestle is required: tests/oracle/install.sh target/oracle");
        println!("skipped what compliance-trestle says: run tests/oracle/install.sh target/oracle");
        return None;
    }
    let python = python.to_str().unwrap().to_owned();
    Some(if older { format!("{}:{python}", older_one.to_str().unwrap()) } else { python })
}

/// Runs `trestle` in a folder, and yields what it says where it fails.
fn trestle(packages: &str, folder: &Path, args: &[&str]) -> Result<String, String> {
    let output = Command::new("python3")
        .args(["-m", "trestle"])
        .args(args)
        .current_dir(folder)
        .env("PYTHONPATH", packages)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    if output.status.success() {
        return Ok(said);
    }
    Err(said.lines().filter(|line| !line.starts_with("VALID:")).collect::<Vec<_>>().join("\n"))
}

/// The models of one set of documents, which import each other, as texts of a workspace.
fn ferry() -> impl Iterator<Item = (&'static str, &'static str, String)> {
    let models = || DOCUMENTS.iter().chain(&[("mapping-collections", "mapping-collection")]);
    models().map(move |(shelf, model)| {
        let file = repository(&format!("oscal/tests/documents/ferry/{model}.yaml"));
        let text = models().fold(std::fs::read_to_string(file).unwrap(), |text, (shelf, model)| {
            text.replace(&format!(" {model}.yaml"), &format!(" trestle://{shelf}/ferry/{model}.yaml"))
        });
        (*shelf, *model, text)
    })
}

/// A new workspace, made by `trestle` itself.
fn workspace(packages: &str) -> tempfile::TempDir {
    let place = folder();
    trestle(packages, place.path(), &["init", "--local"]).unwrap();
    place
}

#[test]
fn what_is_written_into_a_workspace_passes_trestle() {
    let Some(packages) = packages(false) else { return };
    let place = workspace(&packages);
    std::fs::create_dir_all(place.path().join("profiles/ferry")).unwrap();
    std::fs::write(place.path().join("profiles/ferry/profile.json"), PROFILE).unwrap();
    // compliance-trestle has no profiles with `matching`, as that of the ferry
    for (shelf, model, text) in ferry().filter(|(shelf, ..)| *shelf != "profiles") {
        let source = format!("{model}.yaml");
        std::fs::write(
            place.path().join(&source),
            text.replace(".yaml", ".json").replace("urn:example:", "https://example.org/"),
        )
        .unwrap();
        let output = format!("{shelf}/ferry/{model}.json");
        probity(place.path(), &["convert", &source, "-o", &output, "--oscal-version", "1.2.1"]).exits(0);
    }
    probity(place.path(), &["fmt"]).exits(0);
    probity(place.path(), &["resolve", "ferry", "-o", "catalogs/resolved/catalog.json"]).exits(0);
    probity(place.path(), &["fmt", "--check"]).exits(0);
    probity(place.path(), &["validate"]).exits(0);
    let said = trestle(&packages, place.path(), &["validate", "-a"]).unwrap_or_else(|said| panic!("{said}"));
    assert_eq!(said.matches("VALID:").count(), 9, "{said}");
}

#[test]
fn an_export_for_trestle_passes_it() {
    let Some(packages) = packages(false) else { return };
    let (_place, project) = hyperiot("hyperiot");
    probity(&project, &["build", "eucs", "--quiet"]).exits(1);
    probity(&project, &["export", "eucs", "--for", "trestle", "-o", "workspace"]).exits(0);
    let said = trestle(&packages, &project.join("workspace"), &["validate", "-a"])
        .unwrap_or_else(|said| panic!("{said}"));
    assert!(said.matches("VALID:").count() >= 7, "{said}");
}

#[test]
fn documents_for_older_releases_pass_trestle_of_that_release() {
    let Some(packages) = packages(true) else { return };
    let place = workspace(&packages);
    std::fs::create_dir_all(place.path().join("profiles/all")).unwrap();
    let profile = PROFILE.replace("1.2.1", "1.1.2").replace("catalogs/ferry", "catalogs/d0");
    std::fs::write(place.path().join("profiles/all/profile.json"), profile).unwrap();
    let mut count = 0;
    for release in ["1.1.2", "1.1.3"] {
        for set in ["oscal/tests/documents", "oscal/tests/documents/ferry"] {
            for (shelf, model) in DOCUMENTS {
                let candidates = ["json", "yaml"].map(|e| repository(&format!("{set}/{model}.{e}")));
                let source = candidates.iter().find(|file| file.is_file()).unwrap();
                let output = format!("{shelf}/d{count}/{model}.json");
                // a URN is no URI to compliance-trestle
                let text = std::fs::read_to_string(source).unwrap();
                let text = text.replace("urn:example:", "https://example.org/");
                let text = text.replace(" profile.yaml", " trestle://profiles/all/profile.json");
                let source = format!("source.{}", source.extension().unwrap().to_str().unwrap());
                std::fs::write(place.path().join(&source), text).unwrap();
                let args = ["convert", &source, "-o", &output, "--oscal-version", release, "--lossy"];
                let ran = probity(place.path(), &args);
                if ran.code == 1 {
                    // what a release cannot express and nobody may leave out: the namespace of what is removed
                    assert!(model == &"profile" && ran.err.contains("`by-ns` is a token"), "{}", ran.err);
                    continue;
                }
                ran.exits(0);
                count += 1;
            }
        }
    }
    let said = trestle(&packages, place.path(), &["validate", "-a"]).unwrap_or_else(|said| panic!("{said}"));
    assert_eq!(said.matches("VALID:").count(), count + 1, "{said}");
    assert!(count >= 26, "only {count} documents");
}

#[test]
fn documents_of_a_workspace_are_read_in_place() {
    let place = folder();
    std::fs::create_dir_all(place.path().join(".trestle")).unwrap();
    for (shelf, model, text) in ferry() {
        let target = place.path().join(shelf).join("ferry");
        std::fs::create_dir_all(&target).unwrap();
        std::fs::write(target.join(format!("{model}.yaml")), text).unwrap();
    }
    let below = place.path().join("profiles");
    let listed = probity(&below, &["catalog", "list", "--format", "json"]).exits(0).json();
    let own = listed.as_array().unwrap().iter().filter(|row| row["name"] == "ferry").count();
    assert_eq!(own, 2, "{listed}");
    probity(&below, &["validate"]).exits(0);
}
