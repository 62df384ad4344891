//! Collectors: what is deployed becomes evidence in the words of the ontology.
//!
//! A collector writes what it saw, with the value in effect where a platform
//! has a default, `null` where it looked and found nothing, and leaves out
//! what its source cannot know.

pub mod aws;
pub mod azure;
pub mod codes;
mod detect;
mod draft;
mod input;
pub mod kubernetes;
pub mod live;

pub use detect::{SourceKind, detect, detect_bytes};
pub use input::Input;
