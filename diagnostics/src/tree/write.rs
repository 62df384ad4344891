use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Writes a file so that it is either complete or untouched: into a temporary
/// file of the same folder, which is renamed at the end. Missing folders are
/// made.
///
/// # Errors
/// The folder or file cannot be written, or `fill` failed; an older file of
/// that name is untouched then.
pub fn write_atomically(
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<&mut std::fs::File>) -> io::Result<()>,
) -> io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut temporary = tempfile::Builder::new().prefix(".probity-").tempfile_in(folder)?;
    let mut writer = BufWriter::with_capacity(1 << 16, temporary.as_file_mut());
    fill(&mut writer)?;
    writer.flush()?;
    drop(writer);
    widen_permissions(temporary.as_file())?;
    temporary.persist(path).map_err(|e| e.error)?;
    Ok(())
}

/// Gives a temporary file, private by default, the permissions that a file
/// made by the user's shell would have.
#[cfg(unix)]
fn widen_permissions(file: &std::fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn widen_permissions(_file: &std::fs::File) -> io::Result<()> {
    Ok(())
}
