use std::cell::RefCell;
use std::io::{self, Read, Write};
use std::path::PathBuf;

use probity_assessment::verdict::Shelf;
use probity_diagnostics::{Sha256Digest, TreePath, write_atomically};

use crate::workspace::Workspace;

/// What earlier builds found of the evidence of an assessment, in `.probity/verdicts/NAME/`: a file for each evidence file. The
/// folder may be deleted at any time.
pub(super) struct KeptVerdicts {
    folder: PathBuf,
}

impl KeptVerdicts {
    pub(super) fn new(workspace: &Workspace, assessment: &str) -> Self {
        Self { folder: workspace.root.join(".probity/verdicts").join(assessment) }
    }

    fn file(&self, source: &TreePath) -> PathBuf {
        self.folder.join(Sha256Digest::of(source.as_str().as_bytes()).to_string())
    }
}

impl Shelf for KeptVerdicts {
    #[expect(
        clippy::disallowed_methods,
        reason = "what a build keeps for the next one is no file of the project"
    )]
    fn open(&self, source: &TreePath) -> Option<Box<dyn Read + Send>> {
        Some(Box::new(std::fs::File::open(self.file(source)).ok()?))
    }

    fn keep(&self, source: &TreePath, fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) {
        let fill = RefCell::new(fill);
        // where it cannot be written, the next build judges more
        let _ = write_atomically(&self.file(source), |out| (fill.borrow_mut())(out));
    }
}
