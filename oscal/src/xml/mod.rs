//! OSCAL in XML: reading, writing, and finding places, along the tables of [`crate::schema`].
//!
//! What XML leaves open is settled so that a document is the same after JSON, XML and JSON again:
//!
//! - White space that stands in the text as such is layout: a run of it is one blank in prose, and none around other
//!   values. White space written as a character reference is part of the value, and so the writer writes it.
//! - Prose has one canonical Markdown. Where a document holds another one (`- a` for `* a`, `__a__` for `**a**`), the
//!   writer puts a processing instruction beside the elements: `<?markdown "- a\n"?>`, a JSON string. The reader takes
//!   its text if it still means what the elements say, so that a stale one does no harm.
//! - Elements may stand in any order; they are written in the order of the model.
//! - Comments and other processing instructions are lost.

mod cursor;
mod element;
mod hint;
pub(crate) mod locate;
mod prose;
mod prose_writer;
pub(crate) mod read;
mod report;
mod text;
mod write;

pub use element::Element;
pub use write::write;

/// The namespace of all elements.
pub const NAMESPACE: &str = "http://csrc.nist.gov/ns/oscal/1.0";

/// Name of the processing instruction that holds Markdown which is not canonical.
const HINT: &str = "markdown";
