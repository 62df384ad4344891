//! Importers: files of other tools become OSCAL documents and evidence.
//!
//! One module per tool. Each reads through the file tree, goes on after what it cannot use, and says so with file and place.

pub mod clouditor;
pub mod codes;
