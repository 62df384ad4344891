//! What can be said about a metric's Rego without running it.

pub(crate) mod ast;
mod reads;

pub use reads::{Read, Reads};
