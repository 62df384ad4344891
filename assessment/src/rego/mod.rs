//! What can be said about a metric's Rego without running it.

pub(crate) mod ast;
pub(crate) mod clouditor;
pub(crate) mod edit;
pub(crate) mod faults;
pub(crate) mod hoist;
pub(crate) mod module;
mod reads;
mod recursion;
mod unused;
mod walk;

pub(crate) use hoist::parse_hoisted;
pub(crate) use module::{Library, RegoModule};
pub(crate) use reads::Found;
pub use reads::{Read, Reads, Root, Step};
pub(crate) use recursion::recursive;
pub(crate) use unused::unused;
pub(crate) use walk::reads_of;
