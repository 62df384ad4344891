//! Where published data is found.

use std::path::{Path, PathBuf};

use probity_diagnostics::{DiskTree, FileTree, TreePath};

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

/// The published JSON schema of a model.
pub(crate) fn schema(model: &str) -> Option<jsonschema::Validator> {
    let path = TreePath::parse(&format!("oscal-json-schema-1.2.1/oscal_{model}_schema.json")).unwrap();
    let schema = serde_json::from_slice(&reference()?.read(&path, 16 << 20).unwrap()).unwrap();
    Some(jsonschema::validator_for(&schema).unwrap())
}

#[expect(
    clippy::disallowed_methods,
    reason = "where the data lies is a matter of the machine the tests run on"
)]
fn variable(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name)
}
