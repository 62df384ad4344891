use probity_diagnostics::Diagnostics;

use super::Review;
use super::rows::{Extent, page};
use crate::html::{STYLE, digest};
use crate::render::{Asset, Surface, render_with};

/// What a page of a review adds to the style of reports.
const OWN: &str = include_str!("../../templates/review.css");

/// The review as one HTML file that needs nothing else.
///
/// # Errors
/// The template is wrong: a mistake in Probity, reported as PB0806.
pub fn html(review: &Review) -> Result<String, Diagnostics> {
    let style = [STYLE, OWN].concat();
    let assets = [Asset { name: "style_digest", text: digest(&style) }, Asset { name: "style", text: style }];
    let template = include_str!("../../templates/review.html");
    render_with(Surface::Html, "review.html", template, &page(review, Extent::WHOLE), assets)
}
