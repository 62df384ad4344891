//! How reports are written: in which language, and by which templates.

mod german;
mod language;
mod templates;

pub use language::Language;
pub(crate) use templates::Template;
pub use templates::{TEMPLATES, Templates, built_in};

/// How a report is written.
#[derive(Clone, Copy, Default)]
pub struct Style<'a> {
    /// The language of its labels.
    pub language: Language,
    /// Where its templates are.
    pub templates: Templates<'a>,
}
