//! Sharing between providers under the Traffic Light Protocol.

pub mod tlp;

pub use tlp::Label;
