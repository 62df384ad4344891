//! An explanation for a terminal.

use serde::Serialize;

use super::Explanation;
use crate::render::{Surface, messages, render};
use crate::summary::SummaryOptions;
use crate::view::{ControlState, Verdict};

const TEMPLATE: &str = include_str!("../../templates/explain.txt");

#[derive(Serialize)]
struct Page<'a> {
    story: &'a Explanation<'a>,
    width: usize,
    limit: usize,
    states: Vec<Word>,
    verdicts: Vec<Word>,
}

#[derive(Serialize)]
struct Word {
    id: &'static str,
    name: &'static str,
    meaning: &'static str,
}

/// Never fails: a mistake in the template becomes the text.
pub(super) fn text(story: &Explanation<'_>, options: SummaryOptions) -> String {
    let state = |s: ControlState| Word { id: s.word(), name: s.name(), meaning: s.meaning() };
    let verdict = |v: Verdict| Word { id: v.word(), name: v.name(), meaning: "" };
    let page = Page {
        story,
        width: options.width.clamp(56, 120),
        limit: options.limit.max(1),
        states: ControlState::ALL.into_iter().map(state).collect(),
        verdicts: Verdict::ALL.into_iter().map(verdict).collect(),
    };
    render(Surface::Terminal { color: options.color }, "explain.txt", TEMPLATE, &page)
        .unwrap_or_else(|errors| messages(&errors))
}
