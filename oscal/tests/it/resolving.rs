//! Profile resolution, case by case: a folder of `tests/resolve` each. `expected.snap` holds the findings, then the
//! resolved catalog.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use insta::{Settings, assert_snapshot};
use probity_diagnostics::render::{Human, Sources};
use probity_diagnostics::{
    BundledTree, Diagnostics, DiskTree, FileTree as _, MemoryTree, OverlayTree, TreePath,
};
use probity_oscal::{OscalDocument, ResolveOptions, resolve, to_yaml, validate};
use rstest::rstest;

static BUNDLED: &[(&str, &[u8])] = &[("catalogs/abc.yaml", include_bytes!("../resolve/abc.yaml"))];

/// The folder of all cases; the files in `remote/` of the case stand for the locations of `https://example.org`.
pub(crate) fn tree(case: &str) -> OverlayTree<DiskTree> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/resolve");
    let disk = DiskTree::new(folder, "").unwrap();
    let mut remote = MemoryTree::new();
    let below = TreePath::parse(&format!("{case}/remote")).unwrap();
    for file in disk.walk(&below).unwrap_or_default() {
        let location = format!("https://example.org/{}", below.relative(&file));
        remote.insert(TreePath::parse(&location).unwrap(), disk.read(&file, 1 << 20).unwrap());
    }
    OverlayTree::new(disk, BundledTree::new(BUNDLED)).with_remote(Arc::new(remote))
}

pub(crate) fn options() -> ResolveOptions {
    ResolveOptions::at("2026-11-01T00:00:00Z".parse().unwrap())
}

fn rendered(findings: &Diagnostics, tree: &OverlayTree<DiskTree>) -> String {
    let sources = Sources::new(tree);
    findings.iter().map(|finding| Human { color: false }.render(finding, &sources)).collect()
}

#[rstest]
fn cases(#[files("tests/resolve/*/profile.yaml")] file: PathBuf) {
    let folder = file.parent().unwrap();
    let name = folder.file_name().unwrap().to_str().unwrap();
    let path = TreePath::parse(&format!("{name}/profile.yaml")).unwrap();
    let tree = tree(name);
    let shown = match resolve(&tree, &path, &options()) {
        Ok(warned) => {
            let document = OscalDocument::from(warned.value);
            let form = validate(&serde_json::to_value(&document).unwrap(), &path);
            assert!(form.is_empty(), "{form:#?}");
            let mut shown = rendered(&warned.warnings, &tree);
            write!(shown, "{}", to_yaml(&document).unwrap()).unwrap();
            shown
        }
        Err(findings) => {
            assert!(findings.has_errors());
            rendered(&findings, &tree)
        }
    };
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.add_filter(r"Probity \d+\.\d+\.\d+", "Probity [version]");
    settings.bind(|| assert_snapshot!("expected", shown));
}

#[test]
fn codes_are_unique_and_in_their_range() {
    let codes: Vec<&str> = resolve::codes::CODES.iter().map(|code| code.id).collect();
    assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
    assert!(codes.iter().all(|id| id.starts_with("PB02")), "{codes:?}");
}
