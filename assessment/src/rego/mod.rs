//! What can be said about a metric's Rego without running it.

mod reads;

pub use reads::{Read, Reads};
