//! Reading of bundled files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use probity_diagnostics::document::{self, Format};
use probity_diagnostics::render::{Sources, short};
use probity_diagnostics::{BundledTree, DiskTree, Step, TreePath};
use probity_evidence::Ontology;
use serde_json::Value;

/// The bundled files.
pub(crate) fn tree() -> BundledTree {
    BundledTree::new(probity_content::FILES)
}

/// The path of a bundled file.
pub(crate) fn path(file: &str) -> TreePath {
    TreePath::parse(&format!("content:{file}")).unwrap()
}

/// What a step gives that must find nothing to object to.
pub(crate) fn clean<T>(step: Step<T>) -> T {
    let tree = tree();
    let sources = Sources::new(&tree);
    match step {
        Ok(done) if done.warnings.is_empty() => done.value,
        Ok(done) => panic!("{}", lines(&done.warnings, &sources)),
        Err(findings) => panic!("{}", lines(&findings, &sources)),
    }
}

fn lines(findings: &probity_diagnostics::Diagnostics, sources: &Sources<'_>) -> String {
    findings.iter().map(|finding| short(finding, sources)).collect::<Vec<_>>().join("\n")
}

/// The value of a bundled YAML file.
pub(crate) fn yaml(file: &str) -> Value {
    clean(document::read(&tree(), &path(file), Format::Yaml))
}

/// The value of a bundled OSCAL document, checked against the models.
pub(crate) fn oscal(file: &str) -> Value {
    clean(probity_oscal::load(&tree(), &path(file))).value
}

/// The text of a bundled file.
pub(crate) fn text(file: &str) -> &'static str {
    let (_, bytes) = probity_content::FILES.iter().find(|(path, _)| *path == file).unwrap();
    std::str::from_utf8(bytes).unwrap()
}

/// The bundled ontology.
pub(crate) fn ontology() -> Ontology {
    clean(Ontology::load(&tree(), &path("ontology/ontology.yaml")))
}

/// Metric folders by metric name, such as `metrics/endpoint-security/secure-boot-enabled`.
pub(crate) fn metric_folders() -> BTreeMap<&'static str, &'static str> {
    let files = probity_content::FILES.iter().filter(|(path, _)| path.starts_with("metrics/"));
    files
        .map(|(path, _)| {
            let (folder, _) = path.rsplit_once('/').unwrap();
            (folder.rsplit_once('/').unwrap().1, folder)
        })
        .collect()
}

/// The values of the props of that name, in any namespace.
pub(crate) fn props<'a>(holder: &'a Value, name: &str) -> Vec<&'a str> {
    let props = holder["props"].as_array().into_iter().flatten();
    props.filter(|prop| prop["name"] == name).filter_map(|prop| prop["value"].as_str()).collect()
}

/// The folder of published data; none, with a printed reason, where it is absent and not required.
pub(crate) fn reference() -> Option<DiskTree> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/reference");
    let folder = variable("PROBITY_REFERENCE").map_or_else(beside, PathBuf::from);
    if let Ok(tree) = DiskTree::new(&folder, "") {
        return Some(tree);
    }
    assert!(variable("PROBITY_REQUIRE_REFERENCE").is_none(), "{} is absent", folder.display());
    println!("skipped: {} is absent, and so are the published documents", folder.display());
    None
}

#[expect(
    clippy::disallowed_methods,
    reason = "where the data lies is a matter of the machine the tests run on"
)]
fn variable(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name)
}
