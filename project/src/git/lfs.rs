//! Files that Git LFS keeps beside the objects of a repository.

use std::io::Read as _;

use probity_diagnostics::{Diagnostic, DiskTree, FileTree as _, Sha256Digest, TreePath};

use crate::codes;

/// What every pointer begins with.
const MARK: &[u8] = b"version https://git-lfs.github.com/spec/";

/// The longest pointer, in bytes, as Git LFS defines it.
const LONGEST: usize = 1024;

/// Whether the content of a file is a pointer to another.
pub(super) fn is_pointer(bytes: &[u8]) -> bool {
    bytes.len() < LONGEST && bytes.starts_with(MARK)
}

/// The content that a pointer stands for, where `git lfs fetch` brought it and it is what the pointer says.
pub(super) fn content(repository: &git2::Repository, pointer: &[u8]) -> Result<Vec<u8>, Diagnostic> {
    let refuse = |why: &str| {
        Diagnostic::error(&codes::LFS_POINTER, format!("the revision holds a Git LFS pointer, {why}"))
            .help("`git lfs fetch origin REVISION` brings the files themselves")
    };
    let digits = digest(pointer).ok_or_else(|| refuse("which is malformed"))?;
    let absent = || refuse("and the file itself was not fetched");
    let folder = repository.commondir().join("lfs/objects");
    let kept = DiskTree::new(folder, "").map_err(|_| absent())?;
    let text = digits.to_string();
    let (first, second) = (text.get(..2).unwrap_or_default(), text.get(2..4).unwrap_or_default());
    let path = TreePath::parse(&format!("{first}/{second}/{text}")).map_err(|_| absent())?;
    let mut bytes = Vec::new();
    kept.open(&path).map_err(|_| absent())?.read_to_end(&mut bytes).map_err(|_| absent())?;
    if Sha256Digest::of(&bytes) == digits {
        Ok(bytes)
    } else {
        Err(refuse("and what was fetched for it is damaged"))
    }
}

fn digest(pointer: &[u8]) -> Option<Sha256Digest> {
    let text = std::str::from_utf8(pointer).ok()?;
    text.lines().find_map(|line| line.strip_prefix("oid sha256:"))?.trim().parse().ok()
}
