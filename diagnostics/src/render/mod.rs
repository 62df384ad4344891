//! Findings turned into text: one file per format.

mod human;
mod json;
mod short;
mod source;

pub use human::Human;
pub use json::json;
pub use short::short;
pub use source::{Locate, Position, Sources};
