//! Archives that are the same bytes for the same files.

use std::io::{Cursor, Write as _};

use probity_diagnostics::{Diagnostic, codes};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::Export;

/// A ZIP archive of the files, in the order of their paths, without times of its own.
///
/// # Errors
/// The archive cannot be written: it would be larger than the format allows.
pub fn zip(export: &Export) -> Result<Vec<u8>, Diagnostic> {
    let refuse = |error: &dyn std::fmt::Display| {
        Diagnostic::error(&codes::WRITE_FAILED, format!("the archive cannot be written: {error}"))
    };
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in &export.files {
        writer.start_file(path, options).map_err(|error| refuse(&error))?;
        writer.write_all(bytes).map_err(|error| refuse(&error))?;
    }
    writer.finish().map(Cursor::into_inner).map_err(|error| refuse(&error))
}
