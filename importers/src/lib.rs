//! Importers: files of other tools become OSCAL documents and evidence.
//!
//! One module per tool or format. Each reads through the file tree. What is taken over once ([`clouditor`]) goes on after what it
//! cannot use, and says so with file and place; what counts as results ([`results`]) is read as a whole or not at all.

pub mod clouditor;
pub mod codes;
pub mod results;
