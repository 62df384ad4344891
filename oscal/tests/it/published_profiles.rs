//! Published profiles resolve to their published resolutions, and our own to what their catalogs promise.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use probity_diagnostics::{DiskTree, FileTree, MemoryTree, TreePath, Warned};
use probity_oscal::model::Catalog;
use probity_oscal::model::catalog::{Control, Group};
use probity_oscal::{OscalDocument, ResolveOptions, load, resolve};

use serde_json::Value;

use crate::reference::reference;

const NIST: &str = "oscal-content/nist.gov/SP800-53";

/// The structure of a catalog, one line per group and control, indented by depth.
fn outline(catalog: &Catalog) -> Vec<String> {
    fn controls(controls_: &[Control], depth: usize, lines: &mut Vec<String>) {
        for control in controls_ {
            lines.push(format!("{:depth$}{}", "", control.id));
            controls(&control.controls, depth + 1, lines);
        }
    }
    fn groups(groups_: &[Group], depth: usize, lines: &mut Vec<String>) {
        for group in groups_ {
            lines.push(format!("{:depth$}[{}]", "", group.id.as_deref().unwrap_or(&group.title)));
            controls(&group.controls, depth + 1, lines);
            groups(&group.groups, depth + 1, lines);
        }
    }
    let mut lines = Vec::new();
    controls(&catalog.controls, 0, &mut lines);
    groups(&catalog.groups, 0, &mut lines);
    lines
}

fn resolved(tree: &dyn FileTree, path: &str) -> Warned<Catalog> {
    let options = ResolveOptions::at("2026-11-01T00:00:00Z".parse().unwrap());
    resolve(tree, &TreePath::parse(path).unwrap(), &options).unwrap()
}

fn catalog(tree: &dyn FileTree, path: &str) -> Catalog {
    match load(tree, &TreePath::parse(path).unwrap()).unwrap().value.document {
        OscalDocument::Catalog(catalog) => *catalog,
        other => panic!("{path} is a {}", other.root()),
    }
}

/// Ours and the published resolution of a NIST baseline.
fn baseline(tree: &dyn FileTree, revision: &str, baseline: &str) -> (Catalog, Catalog) {
    let stem = format!("{NIST}/{revision}/json/NIST_SP-800-53_{revision}_{baseline}-baseline");
    let ours = resolved(tree, &format!("{stem}_profile.json"));
    assert!(ours.warnings.is_empty(), "{:#?}", ours.warnings);
    (ours.value, catalog(tree, &format!("{stem}-resolved-profile_catalog.json")))
}

fn count_controls(catalog: &Catalog) -> usize {
    outline(catalog).iter().filter(|line| !line.contains('[')).count()
}

#[test]
fn rev_5_baselines_have_the_published_controls_in_the_published_structure() {
    let Some(tree) = reference() else { return };
    for (name, count) in [("LOW", 149), ("MODERATE", 287), ("PRIVACY", 102)] {
        let (ours, published) = baseline(&tree, "rev5", name);
        assert_eq!(outline(&ours), outline(&published), "{name}");
        assert_eq!(count_controls(&ours), count, "{name}");
    }
}

/// Everything in a catalog that has an id, without what is below it that has one: controls, groups and resources.
fn items(catalog: &Catalog) -> BTreeMap<String, Value> {
    fn list(value: &Value, found: &mut BTreeMap<String, Value>) {
        for key in ["groups", "controls"] {
            for item in value.get(key).and_then(Value::as_array).into_iter().flatten() {
                list(item, found);
                let mut own = item.clone();
                let members = own.as_object_mut().unwrap();
                members.retain(|key, _| key != "groups" && key != "controls");
                found.insert(format!("{key} {}", own["id"].as_str().unwrap()), own);
            }
        }
    }
    let value = serde_json::to_value(catalog).unwrap();
    let mut found = BTreeMap::new();
    list(&value, &mut found);
    for resource in value.pointer("/back-matter/resources").and_then(Value::as_array).into_iter().flatten() {
        found.insert(format!("resources {}", resource["uuid"].as_str().unwrap()), resource.clone());
    }
    found
}

/// Where our resolutions of rev 5 differ from the published ones, which are of an older catalog: a line for each control,
/// group and resource, with what differs in it.
const REV_5: &str = include_str!("../cases/resolution/rev5-differences.txt");

/// The profiles of rev 5 modify nothing, so all content is the catalog's own: what differs from the published
/// resolutions differs between the editions of the catalog.
#[test]
fn rev_5_baselines_differ_from_published_ones_where_the_catalog_changed() {
    let Some(tree) = reference() else { return };
    let source = items(&catalog(&tree, &format!("{NIST}/rev5/json/NIST_SP-800-53_rev5_catalog.json")));
    let mut lines = BTreeMap::new();
    for name in ["LOW", "MODERATE", "PRIVACY"] {
        let (ours, published) = baseline(&tree, "rev5", name);
        let (ours, published) = (items(&ours), items(&published));
        for (id, item) in &ours {
            assert_eq!(Some(item), source.get(id), "{name}: {id} is not the catalog's");
        }
        let all: BTreeSet<&String> = ours.keys().chain(published.keys()).collect();
        for id in all {
            if let Some(what) = changed(ours.get(id), published.get(id)) {
                lines.entry(format!("{id}: {what}")).or_insert_with(Vec::new).push(name);
            }
        }
    }
    let lines: Vec<String> =
        lines.into_iter().map(|(line, names)| format!("{line} ({})", names.join(", "))).collect();
    let found = lines.join("\n") + "\n";
    assert!(found == REV_5, "{found}");
}

/// The properties in which two items differ.
fn changed(ours: Option<&Value>, published: Option<&Value>) -> Option<String> {
    match (ours, published) {
        (Some(_), None) => Some("new".to_owned()),
        (None, Some(_)) => Some("gone".to_owned()),
        (Some(a), Some(b)) if a != b => {
            let (a, b) = (a.as_object().unwrap(), b.as_object().unwrap());
            let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            let keys = keys.into_iter().filter(|key| a.get(*key) != b.get(*key)).cloned();
            Some(keys.collect::<Vec<_>>().join(", "))
        }
        _ => None,
    }
}

/// The rev 4 profiles import the catalog under a name whose JSON edition is at hand in its minified form only.
fn with_rev_4_catalog(tree: &DiskTree) -> MemoryTree {
    let mut files = MemoryTree::new();
    let folder = TreePath::parse(&format!("{NIST}/rev4/json")).unwrap();
    for entry in tree.list(&folder).unwrap() {
        let bytes = tree.read(&entry.path, 64 << 20).unwrap();
        let name = entry.path.file_name().replace("_catalog-min.json", "_catalog.json");
        files.insert(folder.join(&name).unwrap(), bytes);
    }
    files
}

#[test]
fn rev_4_baselines_equal_their_published_resolutions() {
    let Some(tree) = reference() else { return };
    let tree = with_rev_4_catalog(&tree);
    for (name, count) in [("LOW", 124), ("MODERATE", 261)] {
        let (ours, published) = baseline(&tree, "rev4", name);
        assert_eq!(count_controls(&ours), count, "{name}");
        assert_same(&ours, &published, name);
    }
}

/// Compares two catalogs but for their metadata, group by group so that a difference is told in few lines.
fn assert_same(ours: &Catalog, published: &Catalog, name: &str) {
    assert_eq!(outline(ours), outline(published), "{name}");
    assert_eq!(ours.groups.len(), published.groups.len());
    for (ours, published) in ours.groups.iter().zip(&published.groups) {
        assert_eq!(ours, published, "{name}");
    }
    assert_eq!(ours.back_matter, published.back_matter, "{name}");
    assert_eq!(ours.params, published.params, "{name}");
}

/// The bundled content of this project.
fn content() -> DiskTree {
    DiskTree::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("../content"), "").unwrap()
}

fn with_class(catalog: &Catalog, class: &str) -> usize {
    fn count(controls: &[Control], class: &str) -> usize {
        let own = controls.iter().filter(|control| control.class.as_deref() == Some(class)).count();
        own + controls.iter().map(|control| count(&control.controls, class)).sum::<usize>()
    }
    fn in_group(group: &Group, class: &str) -> usize {
        count(&group.controls, class) + group.groups.iter().map(|group| in_group(group, class)).sum::<usize>()
    }
    count(&catalog.controls, class) + catalog.groups.iter().map(|group| in_group(group, class)).sum::<usize>()
}

#[test]
fn bundled_profiles_select_what_their_names_promise() {
    let tree = content();
    for (name, count) in [
        ("eucs-basic", 155),
        ("eucs-substantial", 297),
        ("eucs-high", 395),
        ("bsi-c5-2025-basic", 460),
        ("bsi-c5-2025-additional", 610),
    ] {
        let resolved = resolved(&tree, &format!("profiles/{name}.yaml"));
        assert!(resolved.warnings.is_empty(), "{name}: {:#?}", resolved.warnings);
        assert_eq!(with_class(&resolved.value, "requirement"), count, "{name}");
    }
}

#[test]
fn a_catalog_resolves_to_itself() {
    let tree = content();
    let path = "catalogs/eucs.yaml";
    assert_eq!(resolved(&tree, path).value, catalog(&tree, path));
}

#[test]
fn a_catalog_imported_as_it_is_changes_in_nothing_but_metadata() {
    let tree = content();
    let path = "catalogs/bsi-c5-2025.yaml";
    let mut files = MemoryTree::new();
    let bytes = tree.read(&TreePath::parse(path).unwrap(), 64 << 20).unwrap();
    files.insert(TreePath::parse(path).unwrap(), bytes);
    let profile = format!(
        "profile:
  uuid: cccccccc-0000-4000-8000-000000000001
  metadata: {{title: All, last-modified: '2026-11-01T00:00:00Z', version: '1', oscal-version: 1.2.2}}
  imports: [{{href: {path}, include-all: {{}}}}]
  merge: {{as-is: true}}
"
    );
    files.insert(TreePath::parse("profile.yaml").unwrap(), profile);
    let ours = resolved(&files, "profile.yaml");
    let theirs = catalog(&tree, path);
    assert!(ours.warnings.is_empty());
    assert_eq!(ours.value.groups, theirs.groups);
    assert_eq!(ours.value.controls, theirs.controls);
    assert_eq!(ours.value.params, theirs.params);
}

#[test]
fn rev_4_baselines_in_xml_equal_their_published_resolutions() {
    let Some(tree) = reference() else { return };
    for name in ["LOW", "MODERATE"] {
        let stem = format!("{NIST}/rev4/xml/NIST_SP-800-53_rev4_{name}-baseline");
        let ours = resolved(&tree, &format!("{stem}_profile.xml"));
        let published = catalog(&tree, &format!("{stem}-resolved-profile_catalog.xml"));
        assert_same(&ours.value, &published, name);
    }
}
