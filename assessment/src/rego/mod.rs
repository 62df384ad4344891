//! What can be said about a metric's Rego without running it.

pub(crate) mod ast;
pub(crate) mod faults;
pub(crate) mod module;
mod reads;
pub(crate) mod walk;

pub(crate) use module::RegoModule;
pub use reads::{Read, Reads, Root, Step};
