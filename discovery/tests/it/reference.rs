//! Manifests from outside, where the reference folder is at hand.

use std::path::{Path, PathBuf};

use probity_diagnostics::DiskTree;
use probity_discovery::Input;

use crate::scan::{path, records, scan};

/// The reference folder: `PROBITY_REFERENCE`, else `../shared/reference`
/// beside the repository. Without it the test is skipped, unless
/// `PROBITY_REQUIRE_REFERENCE=1`.
pub(crate) fn reference() -> Option<PathBuf> {
    let named = std::env::var_os("PROBITY_REFERENCE").map(PathBuf::from);
    let beside = || {
        let ancestors = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
        ancestors.map(|folder| folder.join("shared/reference")).find(|folder| folder.is_dir())
    };
    let found = named.or_else(beside);
    if found.is_none() {
        assert_ne!(
            std::env::var_os("PROBITY_REQUIRE_REFERENCE").as_deref(),
            Some("1".as_ref()),
            "no reference"
        );
        eprintln!("skipped: no reference folder (PROBITY_REFERENCE)");
    }
    found
}

#[test]
fn online_boutique() {
    let Some(folder) = reference() else { return };
    let tree = DiskTree::new(folder.join("real-inputs/kubernetes"), "").unwrap();
    let (evidence, step) = scan(&tree, &[Input::Path(path("online-boutique.yaml"))]);
    let done = step.unwrap();
    assert!(done.warnings.is_empty());
    let (_, state) = records(&evidence);
    let types: Vec<String> = state.types.iter().map(|(name, count)| format!("{name} {count}")).collect();
    insta::assert_snapshot!("online-boutique", format!("{:#?}\n{}", done.value, types.join("\n")));
}
