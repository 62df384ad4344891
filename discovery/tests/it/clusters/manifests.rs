//! The same objects give the same evidence, whether they stand in files or in
//! a cluster, but for what only one of the two can tell.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use probity_diagnostics::{DiskTree, FileTree};
use probity_discovery::Input;
use probity_discovery::kubernetes::{begin, collect};
use probity_evidence::{EvidenceWriter, Record, Resource};
use rstest::rstest;
use serde_json::{Value, json};

use super::server::{SERVED, Server, World};
use super::{CONTEXT, look};
use crate::reference::reference;
use crate::scan::{ONTOLOGY, own_file, path, records, tree};

/// What the manifest collector makes of a file in the scope of the cluster.
fn of_manifest(tree: &dyn FileTree, name: &str) -> BTreeMap<String, Resource> {
    let scope = format!("cluster/{CONTEXT}");
    let mut writer = EvidenceWriter::new(begin(&scope, &ONTOLOGY));
    let at = "2026-11-01T10:00:00Z".parse().unwrap();
    collect(tree, &[Input::Path(path(name))], &scope, at, &ONTOLOGY, &mut writer).unwrap();
    let mut bytes = Vec::new();
    writer.finish(&mut bytes).unwrap();
    let resources = records(std::str::from_utf8(&bytes).unwrap()).0.into_iter();
    resources
        .filter_map(|record| match record {
            Record::Resource(observed) => Some((observed.resource.id.clone(), observed.resource)),
            _ => None,
        })
        .collect()
}

/// The objects of a manifest, as a cluster holds them that makes no pods: kinds
/// that it does not serve left out, and the later of two alike. It gives every
/// namespace an account, and every secret a type.
fn applied(bytes: &[u8], name: &str) -> World {
    use probity_diagnostics::document::{Format, Limits, parse_all};
    let format = if name.ends_with("json") { Format::Json } else { Format::Yaml };
    let documents = parse_all(bytes, &path(name), format, Limits::default()).unwrap().value;
    let mut objects: BTreeMap<(String, String, String), Value> = BTreeMap::new();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut queue: Vec<Value> = documents.into_iter().map(|document| document.value).collect();
    queue.reverse();
    while let Some(mut object) = queue.pop() {
        if let Some(items) = object.get_mut("items").map(Value::take) {
            let kind = object["kind"].as_str().unwrap().trim_end_matches("List").to_owned();
            for mut item in items.as_array().unwrap().iter().rev().cloned() {
                if !kind.is_empty() {
                    item["kind"] = kind.clone().into();
                    item["apiVersion"] = object["apiVersion"].clone();
                }
                queue.push(item);
            }
            continue;
        }
        let kind = object["kind"].as_str().unwrap_or_default().to_owned();
        let version = object["apiVersion"].as_str().unwrap_or_default();
        let group = match version.split_once('/').map_or("", |(group, _)| group) {
            // where these kinds stood once
            "extensions" if ["Ingress", "NetworkPolicy"].contains(&kind.as_str()) => "networking.k8s.io",
            "extensions" => "apps",
            group => group,
        };
        if !SERVED.iter().any(|(of, known, _)| of == &group && *known == kind) {
            continue;
        }
        let metadata = &mut object["metadata"];
        if metadata.get("name").is_none() {
            metadata["name"] = metadata["generateName"].clone();
        }
        if metadata.get("namespace").is_none() {
            metadata["namespace"] = "default".into();
        }
        if kind == "Secret" && object.get("type").is_none() {
            object["type"] = "Opaque".into();
        }
        let metadata = &object["metadata"];
        let key = (kind, text(&metadata["namespace"]), text(&metadata["name"]));
        objects.insert(key, object);
    }
    let namespaces: BTreeSet<String> = objects.keys().map(|(_, namespace, _)| namespace.clone()).collect();
    for namespace in namespaces {
        let metadata = json!({"name": "default", "namespace": namespace});
        let account = json!({"kind": "ServiceAccount", "metadata": metadata});
        objects.entry(("ServiceAccount".to_owned(), namespace, "default".to_owned())).or_insert(account);
    }
    let mut world = World::empty();
    objects.into_values().for_each(|object| world.apply(object));
    world
}

/// Takes out what one side alone can tell: the names of what secrets hold, and
/// whether a pod that runs gets a token, limits or an account by default, which
/// the objects of a cluster have from admission.
fn alike(all: BTreeMap<String, Resource>) -> BTreeMap<String, Value> {
    let is_pod = |id: &str| id.contains("/Pod/");
    all.into_values()
        .filter(|one| {
            let name = one.resource_type.as_str();
            name != "ContainerOrchestration" && !(name == "PersistentVolumeClaim" && one.id.contains("-db"))
        })
        .map(|mut one| {
            match one.resource_type.as_str() {
                "Secret" => one.properties.retain(|name, _| name != "entryNames"),
                "Container" if is_pod(&one.id) => one
                    .properties
                    .retain(|name, _| name != "serviceAccountTokenMounted" && name != "resourceLimits"),
                "ServiceAccount" | "RoleAssignment" => one.properties.retain(|name, _| name != "privileged"),
                _ => {}
            }
            let told = (one.resource_type.as_str(), one.name, one.properties, one.related);
            (one.id, json!([told.0, told.1, told.2, told.3]))
        })
        .collect()
}

async fn same(test: &str, tree: &dyn FileTree, name: &str, bytes: &[u8]) -> usize {
    let server = Server::of(applied(bytes, name)).await;
    let run = look(test, &server).await;
    assert_eq!(run.messages(), [""; 0]);
    let (cluster, manifest) = (alike(run.resources()), alike(of_manifest(tree, name)));
    for (id, told) in &manifest {
        assert_eq!(cluster.get(id), Some(told), "{id}");
    }
    let own = |id: &String| id.ends_with("/ServiceAccount/default");
    let invented: Vec<&String> =
        cluster.keys().filter(|id| !manifest.contains_key(*id) && !own(id)).collect();
    assert!(invented.is_empty(), "{invented:?}");
    manifest.len()
}

#[rstest]
#[tokio::test]
async fn own_cases(
    #[files("tests/cases/*.yaml")]
    #[files("tests/cases/*.json")]
    file: PathBuf,
) {
    let name = file.file_name().and_then(|s| s.to_str()).unwrap();
    let bytes = own_file(&format!("tests/cases/{name}"));
    assert!(same(&format!("case-{name}"), &tree(name, bytes.clone()), name, &bytes).await > 0);
}

#[tokio::test]
async fn the_demo_shop() {
    let bytes = own_file("../content/examples/kubernetes/shop.yaml");
    assert!(same("shop", &tree("shop.yaml", bytes.clone()), "shop.yaml", &bytes).await > 20);
}

#[tokio::test]
async fn real_manifests() {
    let Some(folder) = reference() else { return };
    let folder = folder.join("real-inputs/kubernetes");
    let tree = DiskTree::new(&folder, "").unwrap();
    let bytes = std::fs::read(folder.join("online-boutique.yaml")).unwrap();
    assert_eq!(same("boutique", &tree, "online-boutique.yaml", &bytes).await, 61);
}
