//! `probity diff`: two files, two folders, commits, and the files on disk.

use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::ran::{commit, folder, git, probity, read, write};

fn catalog(uuid: char, title: &str, statement: &str) -> String {
    format!(
        "catalog:
  uuid: {uuid}e00000c-0000-4000-8000-000000000001
  metadata:
    title: {title}
    last-modified: \"2026-11-21T00:00:00Z\"
    version: 1.0.0
    oscal-version: 1.2.2
  controls:
    - id: a-1
      title: Doors
      parts: [{{id: a-1_smt, name: statement, prose: {statement}}}]
    - id: a-2
      title: Windows
      parts: [{{id: a-2_smt, name: statement, prose: Windows are shut.}}]
"
    )
}

/// Settings of a project that judges `am-01.1` by a metric of its own.
const SETTINGS: &str = "[system]\nname = \"Shop\"\n\n[[assessment]]\nname = \"own\"\nprofile = \"eucs-basic\"\n\
                        mappings = [\"mappings/own.yaml\"]\n";

/// A repository with a project in two commits; the first is tagged `first`. The second rewords a control, moves a catalog, has a
/// metric ask for less and another control judged by it. On disk a file is new and one is ignored.
fn repository() -> TempDir {
    let place = folder();
    let shop = place.path().join("shop");
    git(place.path(), &["init", "--quiet", "--initial-branch=main"]);
    write(&shop, "probity.toml", SETTINGS);
    write(&shop, "catalogs/house.yaml", catalog('f', "House", "Doors are shut at night."));
    write(&shop, "catalogs/garden.yaml", catalog('a', "Garden", "The gate is shut."));
    write(&shop, "mappings/own.yaml", mapping("am-01.1"));
    copy_metric(&shop);
    write(&shop, "notes.txt", "first");
    write(&shop, ".gitignore", "build/\n");
    commit(place.path(), "first");
    git(place.path(), &["tag", "first"]);
    write(&shop, "catalogs/house.yaml", catalog('f', "House", "Doors are locked at night."));
    std::fs::remove_file(shop.join("catalogs/garden.yaml")).unwrap();
    write(&shop, "outside/garden.yaml", catalog('a', "Garden", "The gate is shut by day."));
    write(&shop, "mappings/own.yaml", mapping("am-03.1"));
    let metric = read(&shop, "metrics/own/metric.yaml").replace("value: P30D", "value: P7D");
    write(&shop, "metrics/own/metric.yaml", metric);
    commit(place.path(), "second");
    write(&shop, "catalogs/new.yaml", catalog('b', "New", "All is new."));
    write(&shop, "build/catalog.yaml", catalog('c', "Built", "Nobody looks here."));
    place
}

fn mapping(control: &str) -> String {
    format!(
        "component-definition:
  uuid: fe00000d-0000-4000-8000-000000000001
  metadata: {{title: Own, last-modified: \"2026-11-21T00:00:00Z\", version: 1.0.0, oscal-version: 1.2.2}}
  components:
    - uuid: fe00000d-0000-4000-8000-000000000002
      type: validation
      title: Own
      description: Own.
      control-implementations:
        - uuid: fe00000d-0000-4000-8000-000000000003
          source: content:catalogs/eucs.yaml
          description: Own.
          implemented-requirements:
            - uuid: fe00000d-0000-4000-8000-000000000004
              control-id: {control}
              description: Because.
              props:
                - name: Rule_Id
                  ns: https://oscal-compass.github.io/compliance-trestle/schemas/oscal/cd
                  value: own-backups-kept
"
    )
}

/// A metric of the project's own: a bundled one under another name.
fn copy_metric(shop: &Path) {
    let bundled = crate::ran::repository("content/metrics/backup-resilience/backup-retention");
    for file in ["metric.yaml", "check.rego", "cases.yaml"] {
        let text = std::fs::read_to_string(bundled.join(file)).unwrap();
        let text = text
            .replace("backup-retention", "own-backups-kept")
            .replace("backup_retention", "own_backups_kept");
        write(shop, &format!("metrics/own/{file}"), text);
    }
}

fn diff(folder: &Path, args: &[&str]) -> Value {
    probity(folder, &[&["diff", "--format", "json"], args].concat()).exits(0).json()
}

fn ids(comparison: &Value, place: &str) -> Vec<String> {
    let documents = comparison[place].as_array().unwrap();
    let shown =
        |one: &Value| one.get("path-after").or(one.get("path-before")).unwrap().as_str().unwrap().to_owned();
    documents.iter().map(shown).collect()
}

#[test]
fn two_files_are_compared_as_documents() {
    let place = folder();
    write(place.path(), "old.yaml", catalog('f', "House", "Doors are shut at night."));
    write(place.path(), "new.yaml", catalog('f', "House", "Doors are locked at night."));
    let text = probity(place.path(), &["diff", "old.yaml", "new.yaml"]).exits(0).out;
    assert!(text.contains("Doors are [-shut-]{+locked+} at night."), "{text}");
    probity(place.path(), &["diff", "old.yaml", "new.yaml", "--exit-code"]).exits(1);
    let same = probity(place.path(), &["diff", "old.yaml", "old.yaml", "--exit-code"]).exits(0).out;
    assert_eq!(same, "nothing differs between old.yaml and old.yaml\n");
    for (format, begins) in [("markdown", "# old.yaml → new.yaml"), ("html", "<!DOCTYPE html>")] {
        probity(place.path(), &["diff", "old.yaml", "new.yaml", "--format", format, "-o", "out"]).exits(0);
        assert!(read(place.path(), "out").starts_with(begins));
    }
}

#[test]
fn formats_of_documents_make_no_difference() {
    let place = folder();
    write(place.path(), "one.yaml", catalog('f', "House", "Doors are shut at night."));
    probity(place.path(), &["convert", "one.yaml", "-o", "two.json"]).exits(0);
    probity(place.path(), &["convert", "one.yaml", "-o", "three.xml"]).exits(0);
    probity(place.path(), &["diff", "one.yaml", "two.json", "--exit-code"]).exits(0);
    probity(place.path(), &["diff", "two.json", "three.xml", "--exit-code"]).exits(0);
}

#[test]
fn a_mapping_collection_names_the_other_id() {
    let place = folder();
    let before = catalog('f', "House", "Doors are shut at night.");
    write(place.path(), "old.yaml", &before);
    write(
        place.path(),
        "new.yaml",
        before.replace("id: a-1\n      title: Doors", "id: d-9\n      title: All doors"),
    );
    write(
        place.path(),
        "map.yaml",
        "mapping-collection:\n  mappings:\n    - maps:\n        - relationship: equal-to\n          \
         sources: [{type: control, id-ref: a-1}]\n          targets: [{type: control, id-ref: d-9}]\n",
    );
    let moved = |args: &[&str]| {
        let comparison = diff(place.path(), &[&["old.yaml", "new.yaml"], args].concat());
        comparison["documents"][0]["difference"]["totals"]["control"]["moved"].clone()
    };
    assert_eq!(moved(&[]), Value::Null);
    assert_eq!(moved(&["--mapping", "map.yaml"]), 2);
}

#[test]
fn folders_are_compared_file_by_file() {
    let place = folder();
    for (side, prose) in [("a", "Doors are shut."), ("b", "Doors are locked.")] {
        write(place.path(), &format!("{side}/house.yaml"), catalog('f', "House", prose));
        write(place.path(), &format!("{side}/same.yaml"), catalog('a', "Same", "The same."));
    }
    write(place.path(), "b/new.yaml", catalog('b', "New", "New."));
    let comparison = diff(place.path(), &["a", "b"]);
    assert_eq!(ids(&comparison, "documents"), ["house.yaml", "new.yaml"]);
}

#[test]
fn commits_are_compared_with_what_they_judge() {
    let place = repository();
    let shop = place.path().join("shop");
    let comparison = diff(&shop, &["first..main"]);
    assert_eq!(
        ids(&comparison, "documents"),
        ["catalogs/house.yaml", "mappings/own.yaml", "outside/garden.yaml"]
    );
    assert_eq!(comparison["documents"][2]["path-before"], "catalogs/garden.yaml");
    let metric = &comparison["metrics"][0];
    assert_eq!(metric["presence"], "changed");
    assert_ne!(metric["target"][0], metric["target"][1]);
    assert!(!metric["cases"]["flips"].as_array().unwrap().is_empty(), "{metric}");
    let controls = &comparison["coverage"][0]["controls"];
    assert_eq!(controls[0]["control"], "am-01.1");
    assert_eq!(controls[0]["is-automated"], false);
    assert_eq!(controls[1]["control"], "am-03.1");
    assert_eq!(comparison["files"].as_array().unwrap().len(), 0, "{}", comparison["files"]);
    for same in [&["first", "main"][..], &["first...main"], &["first..", "."]] {
        assert_eq!(diff(&shop, same)["documents"], comparison["documents"], "{same:?}");
    }
}

#[test]
fn the_files_on_disk_are_compared_without_what_git_ignores() {
    let place = repository();
    let shop = place.path().join("shop");
    assert_eq!(ids(&diff(&shop, &[]), "documents"), ["catalogs/new.yaml"]);
    let since_first = ids(&diff(&shop, &["first", "catalogs"]), "documents");
    assert_eq!(since_first, ["catalogs/garden.yaml", "catalogs/house.yaml", "catalogs/new.yaml"]);
    assert!(ids(&diff(&shop, &["catalogs/house.yaml"]), "documents").is_empty());
    probity(&shop, &["diff", "--exit-code", "--stat"]).exits(1);
    probity(&shop, &["diff", "--exit-code", "main..main"]).exits(0);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let place = repository();
    let shop = place.path().join("shop");
    write(place.path(), "alone.yaml", catalog('f', "House", "Doors."));
    write(place.path(), "broken.yaml", "catalog: [");
    write(place.path(), "profile.yaml", "profile:\n  metadata: {title: P}\n");
    let told = |folder: &Path, args: &[&str]| probity(folder, &[&["diff"], args].concat()).exits(2).err;
    assert!(told(&shop, &["nowhere..main"]).contains("nowhere"));
    assert!(told(&shop, &["first", "../alone.yaml"]).contains("outside"));
    assert!(told(place.path(), &["alone.yaml", "broken.yaml"]).contains("broken.yaml"));
    let models = told(place.path(), &["alone.yaml", "profile.yaml"]);
    assert!(models.contains("`catalog`") && models.contains("`profile`"), "{models}");
    assert!(told(place.path(), &["alone.yaml", "shop"]).contains("a file and a folder"));
    let none = folder();
    assert!(told(none.path(), &["main"]).contains("repository"));
}

/// The revision of the catalog, and a metric that went by another name, in the repository with thirty commits.
#[test]
fn the_scripted_repository_is_told_of() {
    let repository = crate::scripted::repository();
    for (name, range) in [("diff_of_a_revision", "v1..v2"), ("diff_of_a_release", "v2..v3")] {
        let told = probity(&repository, &["diff", range]).exits(0);
        insta::assert_snapshot!(name, told.out);
    }
}
