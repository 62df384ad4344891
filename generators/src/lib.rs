//! Reports from stored OSCAL documents, verdicts and evidence.
//!
//! A report is made in two steps: [`view::Report::load`] reads assessment results and everything that they link to into
//! plain data, and a function per format turns that into text. The engine is not needed for it: stored files are
//! enough, years later, and results of other tools can be shown too.

pub mod codes;
pub mod coverage;
pub mod difference;
mod explain;
pub mod export;
mod format;
mod html;
mod markdown;
mod pdf;
pub mod poam;
pub mod publication;
mod render;
pub mod review;
pub mod series;
pub mod style;
mod summary;
mod tables;
pub mod view;

pub use explain::{
    Candidate, CheckStory, ControlStory, Explanation, ResourceStory, ResourceVerdict, explain,
};
pub use format::Format;
pub use html::html;
pub use markdown::markdown;
pub use pdf::pdf;
pub use render::clip;
pub use style::{Language, Marking, Style};
pub use summary::{SummaryOptions, summary};
pub use tables::{csv, xlsx};
