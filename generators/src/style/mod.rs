//! How reports are written: in which language, by which templates, and under which label.

mod german;
mod language;
mod marking;
mod templates;

pub use language::Language;
pub use marking::Marking;
pub(crate) use templates::Template;
pub use templates::{TEMPLATES, Templates, built_in};

/// How a report is written.
#[derive(Clone, Copy, Default)]
pub struct Style<'a> {
    /// The language of its labels.
    pub language: Language,
    /// Where its templates are.
    pub templates: Templates<'a>,
    /// The label that every page bears, where the report is made of documents that are marked.
    pub marking: Option<Marking>,
}
