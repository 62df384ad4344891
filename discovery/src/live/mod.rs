//! What collectors of running platforms share.
//!
//! A collector asks calls and maps their typed answers to evidence; the two
//! are apart, so that each mapping can be tested on answers that were written
//! down. Every call says which permission it needs and what is missing without
//! it. What gives no answer becomes a problem of the set and leaves properties
//! out; it never becomes a value.

mod call;
mod fault;
mod gathered;
mod options;
mod platform;
pub(crate) mod redact;
mod tape;

pub use call::{Call, Service, permissions};
pub use fault::{Cause, Fault};
pub(crate) use gathered::Sink;
pub use gathered::{Gathered, Outcome, Read};
pub use options::{Limits, Unwatched, Watch};
pub use platform::{Platform, Run};
pub use tape::Tape;
pub(crate) use tape::{Answered, Asked};
