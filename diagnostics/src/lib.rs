//! File trees, source text, findings with stable codes, and their renderers.
//!
//! A step of the pipeline never stops at its first problem: it returns its
//! value with warnings, or all the errors it found ([`Step`]). A finding names
//! a file and a place in it by JSON pointer; line and column are looked up
//! only when the finding is printed.

pub mod codes;
mod diagnostic;
pub mod document;
mod escape;
mod location;
pub mod render;
pub mod secrecy;
mod suggest;
mod tree;

pub use codes::Code;
pub use diagnostic::{Diagnostic, Diagnostics, Label, Severity, Step, Warned};
pub use escape::{percent_decoded, percent_encoded};
pub use location::{Location, Place, Pointer};
pub use suggest::nearest;
pub use tree::{
    BundledTree, DigestWriter, DiskTree, Entry, FileError, FileErrorKind, FileKind, FileTree, MemoryTree,
    OverlayTree, PathError, RemoteError, RemoteErrorKind, Sha256Digest, Stamp, Stat, TreePath, sha2,
    write_atomically,
};
