use super::Review;
use super::rows::{Extent, page};
use crate::render::{Surface, messages, render};

/// What a terminal shows.
const EXTENT: Extent = Extent { rows: 30, resources: 5, blocks: 20, letters: 160 };

/// The review for a terminal.
pub fn text(review: &Review, color: bool) -> String {
    let surface = Surface::Terminal { color };
    render(surface, "review.txt", include_str!("../../templates/review.txt"), &page(review, EXTENT))
        .unwrap_or_else(|errors| messages(&errors))
}
