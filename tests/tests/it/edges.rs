//! The table of ARCHITECTURE.md: which crate may use which.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand};

/// Crates, and the crates of the workspace that each may use.
const ALLOWED: &[(&str, &[&str])] = &[
    ("probity-diagnostics", &[]),
    ("probity-content", &[]),
    ("probity-oscal", &["diagnostics"]),
    ("probity-evidence", &["diagnostics"]),
    ("probity-discovery", &["evidence", "diagnostics"]),
    ("probity-importers", &["oscal", "evidence", "diagnostics"]),
    ("probity-assessment", &["oscal", "evidence", "register", "diagnostics"]),
    ("probity-generators", &["oscal", "evidence", "diagnostics"]),
    ("probity-register", &["oscal", "diagnostics"]),
    ("probity-sharing", &["oscal", "diagnostics"]),
    ("probity-remote", &["diagnostics"]),
    (
        "probity-project",
        &[
            "assessment",
            "content",
            "diagnostics",
            "discovery",
            "evidence",
            "generators",
            "importers",
            "oscal",
            "register",
            "remote",
            "sharing",
        ],
    ),
    (
        "probity",
        &[
            "assessment",
            "content",
            "diagnostics",
            "discovery",
            "evidence",
            "generators",
            "importers",
            "oscal",
            "project",
            "register",
            "sharing",
        ],
    ),
];

/// Crates of others that only some rooms may use, and those rooms.
const RESERVED: &[(&str, &[&str])] = &[
    ("clap", &["probity", "xtask"]),
    ("indicatif", &["probity"]),
    ("anstream", &["probity"]),
    ("regorus", &["probity-assessment"]),
    ("git2", &["probity-project"]),
    ("ssh-key", &["probity-project"]),
    ("aws-lc-rs", &["probity-project"]),
    ("age", &["probity-sharing"]),
    ("lopdf", &["probity-assessment"]),
    ("ureq", &["probity-remote"]),
    ("minijinja", &["probity-generators"]),
    ("kube", &["probity-discovery"]),
    ("k8s-openapi", &["probity-discovery"]),
    ("tokio", &["probity-discovery"]),
];

/// Beginnings of the names of crates that only the collectors may use.
const SDKS: [&str; 2] = ["aws-", "azure_"];

/// Crates that the program must not hold: it has one implementation of TLS,
/// rustls, with one provider of its ciphers, aws-lc-rs.
const REFUSED: [&str; 4] = ["ring", "openssl", "openssl-sys", "native-tls"];

#[test]
fn crates_use_only_what_the_table_allows() {
    let metadata = MetadataCommand::new()
        .manifest_path("../Cargo.toml")
        .no_deps()
        .other_options(vec!["--offline".into()])
        .exec()
        .unwrap();
    let allowed: BTreeMap<&str, BTreeSet<String>> = ALLOWED
        .iter()
        .map(|(name, list)| (*name, list.iter().map(|n| format!("probity-{n}")).collect()))
        .collect();
    let mut wrong = Vec::new();
    for package in &metadata.packages {
        let name = package.name.as_str();
        let used = package.dependencies.iter().filter(|d| d.kind == DependencyKind::Normal);
        for dependency in used.map(|d| d.name.as_str()) {
            let of_ours = dependency.starts_with("probity");
            if of_ours && allowed.get(name).is_some_and(|list| !list.contains(dependency)) {
                wrong.push(format!("{name} uses {dependency}"));
            }
            let reserved = RESERVED.iter().find(|(crate_name, _)| *crate_name == dependency);
            let of_sdk = reserved.is_none() && SDKS.iter().any(|start| dependency.starts_with(start));
            if reserved.is_some_and(|(_, rooms)| !rooms.contains(&name))
                || (of_sdk && name != "probity-discovery")
            {
                wrong.push(format!("{name} uses {dependency}"));
            }
        }
    }
    assert!(wrong.is_empty(), "edges that are not allowed: {wrong:#?}");
    for name in allowed.keys() {
        assert!(
            metadata.packages.iter().any(|p| p.name.as_str() == *name),
            "{name} is no crate of the workspace"
        );
    }
}

#[test]
fn one_implementation_of_tls() {
    let tree = std::process::Command::new("cargo")
        .args(["tree", "--offline", "--locked", "--edges", "normal", "--prefix", "none", "--format", "{p}"])
        .current_dir("..")
        .output()
        .unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let listed = String::from_utf8(tree.stdout).unwrap();
    let names: BTreeSet<&str> = listed.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(names.contains("aws-lc-rs") && names.contains("kube"), "{listed}");
    let found: Vec<_> = REFUSED.iter().filter(|name| names.contains(**name)).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn one_file_names_regorus() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut naming = Vec::new();
    let mut open = vec![folder.clone()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap().map(Result::unwrap) {
            let (path, name) = (entry.path(), entry.file_name());
            let skipped = ["target", "tests", "build"].iter().any(|n| *n == name)
                || name.to_string_lossy().starts_with('.');
            if path.is_dir() && !skipped {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "rs")
                && uses_regorus(&std::fs::read_to_string(&path).unwrap())
            {
                naming.push(path.strip_prefix(&folder).unwrap().to_path_buf());
            }
        }
    }
    assert_eq!(naming, [std::path::Path::new("assessment/src/engine.rs")]);
}

fn uses_regorus(text: &str) -> bool {
    text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains("regorus::"))
}
