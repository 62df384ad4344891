//! Packages on disk.

use std::path::Path;

use probity_diagnostics::document::Limits;
use probity_diagnostics::{Diagnostic, FileTree, TreePath, codes as files};
use probity_sharing::Stop;
use probity_sharing::package::seal::{self, Identity};
use probity_sharing::package::{self, Envelope, Files, Manifest, unzip, zip};

use crate::commands::refuse;
use crate::output;
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// What is kept beside a package that was received.
pub(super) const RECEIPT: &str = "receipt.json";

/// A package as far as it can be seen without a key.
pub(super) enum Seen {
    /// One that is not encrypted.
    Open(Manifest),
    /// One that is.
    Sealed(Envelope),
}

impl Seen {
    /// Verifies a package.
    pub(super) fn of(files: &Files) -> Result<Self, Stop> {
        if package::is_sealed(files) {
            package::verify_sealed(files).map(Self::Sealed)
        } else {
            package::verify(files).map(Self::Open)
        }
    }

    /// Its id.
    pub(super) fn id(&self) -> &str {
        match self {
            Self::Open(manifest) => &manifest.id,
            Self::Sealed(envelope) => &envelope.id,
        }
    }

    /// The member that made it.
    pub(super) fn from(&self) -> &str {
        match self {
            Self::Open(manifest) => &manifest.from,
            Self::Sealed(envelope) => &envelope.from,
        }
    }

    /// Its colour, as it says it.
    pub(super) fn colour(&self) -> &str {
        match self {
            Self::Open(manifest) => &manifest.colour,
            Self::Sealed(envelope) => &envelope.colour,
        }
    }
}

/// What is encrypted in a package.
pub(super) fn unseal(
    files: &Files,
    envelope: &Envelope,
    identity: &Path,
    surroundings: &Surroundings,
) -> Result<(Manifest, Files), Stop> {
    package::unseal(files, envelope, &identities(identity, surroundings)?)
}

/// Whether a name is that of an archive.
fn is_archive(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

/// Writes a package to a folder or an archive that is not there yet.
pub(super) fn write(
    package: &Files,
    to: &Path,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<(), Status> {
    let target = surroundings.folder.join(to);
    if target.symlink_metadata().is_ok() {
        let message = format!("`{}` exists already: a package is made anew", to.display());
        return Err(refuse(&Diagnostic::error(&files::WRITE_FAILED, message).into(), &place::bundled(), ui));
    }
    let written = if is_archive(to) {
        zip(package).and_then(|bytes| output::write(&target, &bytes).map(|_| ()))
    } else {
        let each = |(name, bytes): (&String, &Vec<u8>)| output::write(&target.join(name), bytes).map(|_| ());
        package.iter().try_for_each(each)
    };
    written.map_err(|finding| refuse(&finding.into(), &place::bundled(), ui))
}

/// Reads the files of a package; of one that was received, without our receipt.
pub(super) fn read(from: &Path, surroundings: &Surroundings) -> Result<Files, Stop> {
    if is_archive(from) {
        return Ok(unzip(&alone(from, surroundings)?.0)?);
    }
    let full = surroundings.folder.join(from);
    let tree = place::tree(&full, &surroundings.folder)?;
    let paths = tree.walk(&TreePath::root()).map_err(Diagnostic::from)?;
    let each = |path: TreePath| Ok((path.to_string(), content(&tree, path.as_str())?));
    let paths = paths.into_iter().filter(|path| path.as_str() != RECEIPT);
    paths.map(each).collect::<Result<Files, Diagnostic>>().map_err(Stop::from)
}

/// Reads the secret keys of an identity file.
fn identities(from: &Path, surroundings: &Surroundings) -> Result<Vec<Identity>, Stop> {
    let (text, path) = alone(from, surroundings)?;
    Ok(seal::identities(&text, &path)?)
}

/// The content of a file that belongs to no tree, and its name.
fn alone(file: &Path, surroundings: &Surroundings) -> Result<(Vec<u8>, TreePath), Diagnostic> {
    let full = surroundings.folder.join(file);
    let parent = full.parent().unwrap_or(&full);
    let name = full.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let tree = place::tree(parent, &surroundings.folder)?;
    let path =
        TreePath::parse(&name).map_err(|error| Diagnostic::error(&files::PATH_OUTSIDE, error.to_string()))?;
    Ok((content(&tree, &name)?, path))
}

fn content(tree: &dyn FileTree, name: &str) -> Result<Vec<u8>, Diagnostic> {
    let path =
        TreePath::parse(name).map_err(|error| Diagnostic::error(&files::PATH_OUTSIDE, error.to_string()))?;
    tree.read(&path, Limits::default().bytes).map_err(Diagnostic::from)
}
