use probity_diagnostics::Diagnostics;
use serde::Serialize;

use super::Review;
use super::rows::{Extent, Page, page};
use crate::render::{Surface, render};

/// The first line of every comment, by which it is found again to be replaced.
pub const MARKER: &str = "<!-- probity-review -->";

/// What a comment shows at the most, then what it shows where that is too long for the forge.
const EXTENTS: [Extent; 4] = [
    Extent { rows: 30, resources: 10, blocks: 20, letters: 400 },
    Extent { rows: 30, resources: 3, blocks: 10, letters: 120 },
    Extent { rows: 15, resources: 0, blocks: 5, letters: 60 },
    Extent { rows: 5, resources: 0, blocks: 0, letters: 60 },
];

/// How a comment is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkdownOptions {
    /// Where the full report is found.
    pub report: Option<String>,
    /// The most bytes that the forge takes.
    pub limit: usize,
}

impl Default for MarkdownOptions {
    /// GitHub takes 65,536 characters.
    fn default() -> Self {
        Self { report: None, limit: 60_000 }
    }
}

#[derive(Serialize)]
struct Comment<'a> {
    #[serde(flatten)]
    page: Page<'a>,
    report: Option<&'a str>,
}

/// The review as a comment in GitHub-flavoured Markdown. Nothing that evidence or documents hold becomes markup, a link or a
/// mention.
///
/// # Errors
/// The template is wrong: a mistake in Probity, reported as PB0806.
pub fn markdown(review: &Review, options: &MarkdownOptions) -> Result<String, Diagnostics> {
    let report =
        options.report.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    let mut text = String::new();
    for extent in EXTENTS {
        let comment = Comment { page: page(review, extent), report };
        let template = include_str!("../../templates/review.md");
        text = format!("{MARKER}\n{}", render(Surface::Markdown, "review.md", template, &comment)?);
        if text.len() <= options.limit {
            break;
        }
    }
    Ok(text)
}
