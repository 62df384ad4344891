//! What can be said about a metric's Rego without running it.

pub(crate) mod ast;
pub(crate) mod faults;
pub(crate) mod module;
mod reads;
mod walk;

pub(crate) use module::RegoModule;
pub(crate) use reads::Found;
pub use reads::{Read, Reads, Root, Step};
pub(crate) use walk::reads_of;
