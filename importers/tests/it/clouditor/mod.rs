//! Folders in the format of Clouditor: what is read of them, and what is said of the rest.

use std::collections::BTreeMap;

use jiff::Timestamp;
use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::render::{Sources, short};
use probity_diagnostics::{BundledTree, Diagnostics, FileTree, MemoryTree, TreePath};
use probity_evidence::{EvidenceReader, Ontology, Record};
use probity_importers::clouditor::{self, Facts, Folder, Unset, kebab, snake};
use rstest::rstest;
use serde::Deserialize;
use serde_json::{Value, json};

/// A folder with what becomes of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// Texts by path.
    files: BTreeMap<String, String>,
    /// Names of properties whose unset values are kept; `*` for all.
    #[serde(default)]
    keep: Vec<String>,
    /// What is expected of the metrics, the parts that are given.
    #[serde(default)]
    metrics: Vec<Value>,
    /// The catalogs as OSCAL, the parts that are given, with their `links`.
    #[serde(default)]
    catalogs: Vec<Value>,
    /// Resources of the evidence: type, id and properties.
    #[serde(default)]
    evidence: Vec<Value>,
    /// What is said, as `--format short` prints it.
    #[serde(default)]
    findings: Vec<String>,
}

impl Case {
    fn unset(&self) -> Unset {
        match self.keep.as_slice() {
            [] => Unset::NotCollected,
            [only] if only == "*" => Unset::Kept,
            names => Unset::KeptFor(names.iter().cloned().collect()),
        }
    }

    fn fault(&self, ontology: &Ontology) -> Option<String> {
        let files = self.files.iter().map(|(path, text)| (path.clone(), text.clone()));
        let tree = MemoryTree::of(files).unwrap();
        let found = clouditor::read(&tree, &TreePath::root(), ontology, &self.unset()).unwrap();
        let mut wrong = Vec::new();
        let metrics: Vec<Value> = found.metrics.iter().map(metric).collect();
        let catalogs: Vec<Value> = found.catalogs.iter().map(catalog).collect();
        compare("metrics", &metrics, &self.metrics, &mut wrong);
        compare("catalogs", &catalogs, &self.catalogs, &mut wrong);
        compare("evidence", &evidence(&found, ontology), &self.evidence, &mut wrong);
        let told = told(&found.findings, &tree);
        if told != self.findings {
            wrong.push(format!("findings:\n  {}", told.join("\n  ")));
        }
        (!wrong.is_empty()).then(|| format!("{}\n{}", self.name, wrong.join("\n")))
    }
}

fn instant() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

/// The component of a metric, with its props by name.
fn metric(metric: &clouditor::Metric) -> Value {
    let types = ["clouditor:Resource".to_owned()];
    let facts =
        Facts { name: "cch-x", types: &types, property: None, severity: "low", last_modified: instant() };
    let document = metric.document(&facts);
    let mut component = document["component-definition"]["components"][0].clone();
    let props = component["props"].as_array().unwrap().clone();
    let text = |prop: &Value| {
        let class = prop["class"].as_str().map(|class| format!("{class} ")).unwrap_or_default();
        format!("{class}{}", prop["value"].as_str().unwrap())
    };
    let mut by_name: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for prop in &props {
        by_name.entry(prop["name"].as_str().unwrap().to_owned()).or_default().push(text(prop));
    }
    component["props"] = json!(by_name);
    component["package"] = json!(metric.package());
    component
}

fn catalog(catalog: &clouditor::Catalog) -> Value {
    let mut document = catalog.document(instant())["catalog"].clone();
    document["slug"] = json!(catalog.slug);
    document["links"] =
        catalog.links.iter().map(|link| json!(format!("{} {}", link.control, link.metric))).collect();
    document
}

/// The resources of the set that is written, read again.
fn evidence(found: &Folder, ontology: &Ontology) -> Vec<Value> {
    let bytes = found.evidence.write("0");
    let path = TreePath::parse("set.jsonl").unwrap();
    let mut reader = EvidenceReader::new(bytes.as_slice(), &path, ontology);
    let mut resources = Vec::new();
    for entry in reader.by_ref() {
        if let Record::Resource(observed) = entry.record {
            let resource = observed.resource;
            let mut value = json!({ "type": resource.resource_type.as_str(), "id": resource.id });
            value["is"] = Value::Object(resource.properties);
            if !resource.related.is_empty() {
                value["related"] = json!(resource.related);
            }
            resources.push(value);
        }
    }
    let (state, findings) = reader.finish();
    assert!(findings.is_empty() && state.whole, "{findings:#?}");
    resources
}

fn told(findings: &Diagnostics, tree: &dyn FileTree) -> Vec<String> {
    let sources = Sources::new(tree);
    sources.look_up(findings.iter());
    findings.iter().map(|finding| short(finding, &sources)).collect()
}

fn compare(what: &str, found: &[Value], expected: &[Value], wrong: &mut Vec<String>) {
    let fits = found.len() == expected.len() && found.iter().zip(expected).all(|(f, e)| holds(f, e));
    if !fits {
        let found: Vec<String> =
            found.iter().map(|value| serde_json::to_string_pretty(value).unwrap()).collect();
        wrong.push(format!("{what}:\n{}", found.join("\n")));
    }
}

/// Whether a value has everything that is expected of it; of objects the members that are given, but all properties.
fn holds(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => expected.iter().all(|(key, expected)| {
            let found = found.get(key);
            if key == "is" {
                found == Some(expected)
            } else {
                found.is_some_and(|found| holds(found, expected))
            }
        }),
        (Value::Array(found), Value::Array(expected)) => {
            found.len() == expected.len() && found.iter().zip(expected).all(|(f, e)| holds(f, e))
        }
        _ => found == expected,
    }
}

#[rstest]
fn folders_are_read(#[files("tests/it/clouditor/*.yaml")] file: std::path::PathBuf) {
    let text = std::fs::read(&file).unwrap();
    let path = TreePath::parse("cases.yaml").unwrap();
    let value = document::parse(&text, &path, Format::Yaml, Limits::default()).unwrap().value;
    let cases: Vec<Case> = serde_json::from_value(value).unwrap();
    let bundled = BundledTree::new(probity_content::FILES);
    let ontology = |name: &str| Ontology::load(&bundled, &TreePath::parse(name).unwrap()).unwrap().value;
    let ontology =
        ontology("content:ontology/ontology.yaml").beside(ontology("content:ontology/clouditor.yaml"));
    let wrong: Vec<String> = cases.iter().filter_map(|case| case.fault(&ontology)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn names_are_written_as_their_packages_are() {
    for (name, expected) in [
        ("BootLoggingRetention", "boot_logging_retention"),
        ("L3FirewallEnabled", "l_3_firewall_enabled"),
        ("T1CoherenceTime", "t_1_coherence_time"),
        ("AdminMFAEnabled", "admin_mfa_enabled"),
        ("TlsDHGroup", "tls_dh_group"),
        ("OSLoggingOutput", "os_logging_output"),
        ("PHPRuntime", "php_runtime"),
        ("already_snake", "already_snake"),
    ] {
        assert_eq!(snake(name), expected);
    }
    assert_eq!(kebab("LoggingMonitoring"), "logging-monitoring");
    assert_eq!(kebab("CSAF"), "csaf");
    assert_eq!(kebab("3D / Ünusual"), "x-3-d-nusual");
}

const MESSAGES: &str = r#"
syntax = "proto3";
package harbour; // no class
/* message Hidden { string a = 1; } */
message Resource { oneof type { LightHouse light_house = 1; Quay quay = 2; } }
message LightHouse {
  option (resource_type_names) = "LightHouse";
  option (resource_type_names) = "Building";
  option (resource_type_names) = "Resource";
  string id = 1 [(buf.validate.field).required = true];
  string name = 2;
  // how bright it is
  float candela = 3;
  bool lit = 4;
  int32 steps = 5;
  google.protobuf.Duration period = 6;
  google.protobuf.Timestamp painted = 7;
  map<string, string> labels = 8;
  optional string quay_id = 9;
  repeated string keeper_ids = 10;
  Lamp spare_lamp = 11;
  repeated Power powers = 12;
  harbour.Elsewhere elsewhere = 13;
}
message Quay { option (resource_type_names) = "Quay"; option (resource_type_names) = "Resource"; }
message A { option (resource_type_names) = "A"; option (resource_type_names) = "Resource"; }
message B { option (resource_type_names) = "B"; option (resource_type_names) = "Resource"; }
message C { option (resource_type_names) = "C"; option (resource_type_names) = "Resource"; }
message Lamp { bool enabled = 1; }
message Power { oneof type { Lamp lamp = 1; } }
"#;

#[test]
fn the_vocabulary_is_read_off_messages() {
    let files =
        [("api/harbour.proto", MESSAGES), ("api/service.proto", "message Request { string id = 1; }")];
    let tree = MemoryTree::of(files.map(|(path, text)| (path.to_owned(), text.to_owned()))).unwrap();
    let (file, document) = clouditor::vocabulary(&tree, &TreePath::root()).unwrap();
    assert_eq!(file.as_str(), "api/harbour.proto");
    let mut written = MemoryTree::new();
    let path = TreePath::parse("ontology.json").unwrap();
    written.insert(path.clone(), serde_json::to_vec(&document).unwrap());
    let ontology = Ontology::load(&written, &path).unwrap_or_else(|errors| panic!("{errors:#?}")).value;
    let house = ontology.resource_type("clouditor:LightHouse").unwrap();
    let lineage: Vec<&str> = house.lineage().iter().map(probity_evidence::TypeName::as_str).collect();
    assert_eq!(lineage, ["clouditor:LightHouse", "clouditor:Building", "clouditor:Resource"]);
    let properties: Vec<String> =
        house.properties().map(|property| format!("{} {}", property.name, property.value_type)).collect();
    assert_eq!(
        properties,
        [
            "candela number",
            "keeperIds reference(clouditor:Resource)[]",
            "labels labels",
            "lit boolean",
            "painted date-time",
            "period string",
            "powers clouditor:Power[]",
            "quayId reference(clouditor:Quay)",
            "spareLamp clouditor:Lamp",
            "steps integer",
        ]
    );
    assert!(ontology.property("clouditor:LightHouse", "powers.lamp.enabled").is_some());
    assert!(ontology.feature("clouditor:Hidden").is_none());
    assert!(clouditor::vocabulary(&MemoryTree::new(), &TreePath::root()).is_none());
    let hostile = "message {}}}} message A { message B { oneof { string = ; map< = 1; \"// */ /* } option (resource_type_names) =";
    let tree = MemoryTree::of([("a.proto".to_owned(), hostile.repeat(50))]).unwrap();
    assert!(clouditor::vocabulary(&tree, &TreePath::root()).is_none());
}
