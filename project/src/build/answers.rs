use std::io::Write as _;
use std::path::PathBuf;

use probity_assessment::verdict::KnownAnswers;
use probity_diagnostics::{FileTree as _, TreePath, write_atomically};

use crate::workspace::Workspace;

/// The most that is read of a file.
const LIMIT: u64 = 256 << 20;

/// What the interpreter said of the evidence of an assessment in earlier builds, in `.probity/answers/`. The folder may be deleted
/// at any time.
pub(super) struct Answers {
    pub(super) known: KnownAnswers,
    file: Option<PathBuf>,
}

impl Answers {
    /// The answers of an assessment; none where there is no such file.
    pub(super) fn read(workspace: &Workspace, assessment: &str) -> Self {
        let path = TreePath::parse(&format!(".probity/answers/{assessment}")).ok();
        let bytes = path.as_ref().and_then(|path| workspace.disk.read(path, LIMIT).ok());
        Self {
            known: KnownAnswers::read(&bytes.unwrap_or_default()),
            file: path.map(|path| workspace.root.join(path.as_str())),
        }
    }

    /// Writes those that were asked for. Where that fails, the next build asks again.
    pub(super) fn write(&self) {
        if let (Some(file), Some(bytes)) = (&self.file, self.known.to_bytes()) {
            let _ = write_atomically(file, |out| out.write_all(&bytes));
        }
    }
}
