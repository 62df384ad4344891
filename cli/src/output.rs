//! Documents that are written to disk: never half, never over something newer that nobody named.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use probity_diagnostics::{Diagnostic, codes, write_atomically};
use probity_oscal::codes::OUTPUT_TAKEN;

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// It was written.
    New,
    /// It held the same bytes before.
    Same,
}

/// Writes `bytes` to `path`, unless that is what it holds.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<Written, Diagnostic> {
    if holds(path, bytes) {
        return Ok(Written::Same);
    }
    match write_atomically(path, |writer| writer.write_all(bytes)) {
        Ok(()) => Ok(Written::New),
        Err(error) => {
            let message = format!("`{}` cannot be written: {error}", path.display());
            Err(Diagnostic::error(&codes::WRITE_FAILED, message))
        }
    }
}

/// Removes a file, and the folders below `root` that are empty then.
pub(crate) fn remove(file: &Path, root: &Path) -> Result<(), Diagnostic> {
    std::fs::remove_file(file).map_err(|error| {
        let message = format!("`{}` cannot be removed: {error}", file.display());
        Diagnostic::error(&codes::WRITE_FAILED, message)
    })?;
    file.ancestors()
        .skip(1)
        .take_while(|above| *above != root)
        .find(|above| std::fs::remove_dir(above).is_err());
    Ok(())
}

/// Whether a file holds just these bytes.
#[expect(clippy::disallowed_methods, reason = "an output is compared with itself, it is no input")]
fn holds(path: &Path, mut bytes: &[u8]) -> bool {
    let len = std::fs::metadata(path).map(|meta| meta.len());
    if len.ok().and_then(|len| usize::try_from(len).ok()) != Some(bytes.len()) {
        return false;
    }
    let Ok(mut file) = std::fs::File::open(path) else { return false };
    let mut piece = vec![0; 1 << 16];
    while let Ok(count @ 1..) = file.read(&mut piece) {
        let Some(rest) = piece.get(..count).and_then(|piece| bytes.strip_prefix(piece)) else { return false };
        bytes = rest;
    }
    bytes.is_empty()
}

/// Refuses where `output` is newer than `source` and holds something else: somebody changed it since it was made.
pub(crate) fn keep_newer(output: &Path, source: &Path, text: &[u8]) -> Result<(), Diagnostic> {
    let modified = |path: &Path| std::fs::metadata(path).and_then(|meta| meta.modified()).ok();
    match (modified(output), modified(source)) {
        (Some(output_time), Some(source_time)) if output_time > source_time && !holds(output, text) => {
            let message =
                format!("`{}` is newer than `{}` and is not replaced", output.display(), source.display());
            Err(Diagnostic::error(&OUTPUT_TAKEN, message)
                .help("--force replaces it; `-o FILE` replaces the file it names"))
        }
        _ => Ok(()),
    }
}

/// The first two sources that would be written to the same file.
pub(crate) fn collision<'a>(outputs: &'a [(PathBuf, String)]) -> Option<Diagnostic> {
    let mut sorted: Vec<&'a (PathBuf, String)> = outputs.iter().collect();
    sorted.sort();
    let (one, two) = sorted.iter().zip(sorted.iter().skip(1)).find(|((one, _), (two, _))| one == two)?;
    let message = format!("`{}` and `{}` would both be written to `{}`", one.1, two.1, one.0.display());
    Some(Diagnostic::error(&OUTPUT_TAKEN, message).help("convert them into different folders"))
}
