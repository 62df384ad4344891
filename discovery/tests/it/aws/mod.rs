//! Looking at AWS, of which moto and recordings take the place.

mod calls;
mod details;
mod estate;
mod faults;
mod paging;
pub(crate) mod server;

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use probity_diagnostics::{DiskTree, FileTree as _, MemoryTree, TreePath};
use probity_discovery::aws::{self, Settings};
use probity_discovery::live::{Gathered, Limits, Outcome, Tape, Unwatched};

use crate::scan::ontology;

/// What a run leaves behind.
pub(crate) struct Run {
    pub(crate) evidence: String,
    pub(crate) outcome: Outcome,
    pub(crate) tape: Tape,
}

/// Looks at AWS, at an instant.
pub(crate) fn look(settings: &Settings, limits: Limits, tape: Tape, at: Timestamp) -> Run {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let tape = Arc::new(tape);
    let gathered = Gathered::new(aws::begin("test", ontology()), ontology(), at, &Unwatched);
    runtime.block_on(aws::collect(settings, limits, Arc::clone(&tape), &gathered));
    drop(runtime);
    let (writer, outcome) = gathered.finish(Vec::new());
    let mut evidence = Vec::new();
    writer.finish(&mut evidence).unwrap();
    let tape = Arc::into_inner(tape).unwrap();
    Run { evidence: String::from_utf8(evidence).unwrap(), outcome, tape }
}

/// Plays a recording of `tests/cases/aws` back, without the lines that hold a
/// text, for some services in the first region.
fn play(folder: &str, only: &[&str], without: &str) -> Run {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/aws").join(folder);
    let mut tree = MemoryTree::new();
    for path in DiskTree::new(&root, folder).unwrap().walk(&TreePath::root()).unwrap() {
        let text = std::fs::read_to_string(root.join(path.as_str())).unwrap();
        let kept: Vec<&str> =
            text.lines().filter(|line| without.is_empty() || !line.contains(without)).collect();
        tree.insert(path, kept.join("\n"));
    }
    let tape = Tape::replaying(&tree, &TreePath::root()).unwrap();
    let settings = Settings {
        regions: vec![server::REGIONS[0].to_owned()],
        only: only.iter().map(|name| (*name).to_owned()).collect(),
        ..Settings::default()
    };
    look(&settings, Limits::default(), tape, "2026-11-01T10:00:00Z".parse().unwrap())
}
