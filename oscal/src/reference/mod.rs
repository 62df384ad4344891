//! References: what documents say of each other, and of themselves, by identifier.
//!
//! The constraints of the standard check some references inside one document; what they check is left to them. Here it is
//! the rest:
//!
//! - in one document, fragments (`#…`) of hrefs and of links in prose name something, inserted parameters exist, and no
//!   identifier stands twice;
//! - across documents, controls, statements, objectives and parameters are those of the imported catalog or resolved
//!   profile; components, users, parties, tasks, observations and the like stand in the document or in those it imports
//!   (results, their plan, its system security plan, its profile).
//!
//! Imports are read through the file tree as profile resolution reads them. What cannot be read gives a note that says what
//! was not checked.

mod check;
pub mod codes;
mod index;
mod kind;
mod library;
mod prose;
mod report;
mod rules;
mod surroundings;
mod survey;
mod walk;

pub use check::check;
pub use library::Library;
