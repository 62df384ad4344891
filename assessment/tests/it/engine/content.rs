//! The bundled content, loaded once.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use probity_assessment::compile::{Compiled, LibraryModule, Metric, compile_metrics, load_metrics};
use probity_diagnostics::{DiskTree, FileTree, TreePath};
use probity_evidence::Ontology;

/// What tests look at.
pub(crate) struct Content {
    pub(crate) tree: DiskTree,
    pub(crate) ontology: Ontology,
    pub(crate) library: Vec<LibraryModule>,
    pub(crate) metrics: Vec<Metric>,
    pub(crate) compiled: Compiled,
}

pub(crate) static CONTENT: LazyLock<Content> = LazyLock::new(|| {
    let tree = DiskTree::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("../content"), "content/").unwrap();
    let ontology = Ontology::load(&tree, &path("ontology/ontology.yaml")).unwrap().value;
    let library = library(&tree);
    let metrics = load_metrics(&tree, &path("metrics")).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert!(metrics.warnings.is_empty(), "{:#?}", metrics.warnings);
    let metrics = metrics.value;
    let compiled =
        compile_metrics(&metrics, &ontology, &library).unwrap_or_else(|errors| panic!("{errors:#?}"));
    Content { tree, ontology, library, metrics, compiled: compiled.value }
});

pub(crate) fn path(text: &str) -> TreePath {
    TreePath::parse(text).unwrap()
}

fn library(tree: &dyn FileTree) -> Vec<LibraryModule> {
    let module = |name: &str| {
        let path = path(name);
        let text = String::from_utf8(tree.read(&path, 1 << 20).unwrap()).unwrap();
        LibraryModule { path, text: Arc::from(text) }
    };
    ["lib/operators.rego", "lib/clouditor.rego"].map(module).into()
}
