//! Packages as zip archives.

use std::io::{Cursor, Read as _, Write as _};

use probity_diagnostics::{Diagnostic, TreePath};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::Files;
use crate::codes;

/// How many files an archive may hold.
const MOST: usize = 2000;

/// How many bytes all files of an archive may have.
const LARGEST: u64 = 64 << 20;

/// The archive of a package: the same files make the same bytes.
///
/// # Errors
/// A file is too large for an archive.
pub fn zip(files: &Files) -> Result<Vec<u8>, Diagnostic> {
    let refuse = |error: zip::result::ZipError| bad(&format!("cannot be written: {error}"));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (name, bytes) in files {
        writer.start_file(name, options).map_err(refuse)?;
        writer.write_all(bytes).map_err(|error| bad(&format!("cannot be written: {error}")))?;
    }
    Ok(writer.finish().map_err(refuse)?.into_inner())
}

/// The files of an archive.
///
/// # Errors
/// It cannot be read, is too large, or has a name that leads out of the folder.
pub fn unzip(bytes: &[u8]) -> Result<Files, Diagnostic> {
    let refuse = |error: zip::result::ZipError| bad(&format!("cannot be read: {error}"));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(refuse)?;
    if archive.len() > MOST {
        return Err(bad(&format!("holds more than {MOST} files")));
    }
    let mut files = Files::new();
    let mut left = LARGEST;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(refuse)?;
        if entry.is_dir() {
            continue;
        }
        let name = entry.name().to_owned();
        let is_plain = TreePath::parse(&name).is_ok_and(|path| path.as_str() == name && !path.is_remote());
        if !is_plain || !entry.is_file() || name.contains(':') {
            return Err(bad(&format!(
                "holds `{}`, which is no path below the folder",
                name.escape_default()
            )));
        }
        let mut content = Vec::new();
        let read = entry.take(left + 1).read_to_end(&mut content);
        let length = read.map_err(|error| bad(&format!("cannot be read: {error}")))?;
        left = left
            .checked_sub(u64::try_from(length).unwrap_or(u64::MAX))
            .ok_or_else(|| bad(&format!("holds more than {LARGEST} bytes")))?;
        files.insert(name, content);
    }
    Ok(files)
}

fn bad(what: &str) -> Diagnostic {
    Diagnostic::error(&codes::ARCHIVE, format!("the archive {what}"))
}
