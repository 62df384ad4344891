//! A comparison as GitHub-flavoured Markdown.

use std::fmt::Write as _;

use probity_oscal::difference::{Line, Piece};

use super::data::Comparison;
use super::rows::{Group, Row, Section, Shown, Writer, sections};
use super::text::shortened;
use crate::render::{Surface, clean, escaped};

const WRITER: Writer = Writer { text, words: write_words, lines: write_lines };
/// Rows of a group that are written; the others are counted.
const ROWS: usize = 200;
/// Details of a row that are written; the others are counted.
const DETAILS: usize = 50;

/// `comparison` as Markdown. Nothing that documents hold becomes markup, a link or a mention.
pub fn markdown(comparison: &Comparison) -> String {
    let mut out = String::new();
    let sections = sections(comparison);
    let _ = writeln!(out, "# {} → {}", text(&comparison.before), text(&comparison.after));
    if sections.is_empty() {
        out.push_str("\nNothing differs.\n");
    }
    sections.iter().for_each(|section| write_section(section, &mut out));
    out
}

fn text(text: &str) -> String {
    escaped(Surface::Markdown, text)
}

fn write_section(section: &Section<'_>, out: &mut String) {
    let _ = writeln!(out, "\n## {}\n", text(&section.title));
    for fact in section.facts.iter().filter(|fact| !fact.is_empty()) {
        let _ = writeln!(out, "- {}", text(fact));
    }
    section.groups.iter().for_each(|group| write_group(group, out));
}

fn write_group(group: &Group<'_>, out: &mut String) {
    let _ = writeln!(out, "\n### {} ({})\n", text(&capitalised(&group.title)), group.count);
    group.rows.iter().take(ROWS).for_each(|row| write_row(row, out));
    let left = group.count.saturating_sub(group.rows.len().min(ROWS));
    if left > 0 {
        let _ = writeln!(out, "- … and {left} more");
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn write_row(row: &Row<'_>, out: &mut String) {
    let _ = write!(out, "- **{}**", text(&row.name));
    if !row.title.is_empty() {
        let _ = write!(out, " {}", text(&row.title));
    }
    if !row.notes.is_empty() {
        let _ = write!(out, " – {}", text(&row.notes.join("; ")));
    }
    out.push('\n');
    row.details.iter().take(DETAILS).for_each(|detail| write_detail(detail, out));
    if row.details.len() > DETAILS {
        let _ = writeln!(out, "  - … and {} more", row.details.len() - DETAILS);
    }
}

fn write_detail(detail: &Shown<'_>, out: &mut String) {
    out.push_str("  - ");
    if !detail.name.is_empty() {
        let _ = write!(out, "{}: ", text(&detail.name));
    }
    detail.body.marked(&WRITER, out);
    out.push('\n');
}

fn write_words(words: &[Piece], out: &mut String) {
    let last = words.len().saturating_sub(1);
    for (at, piece) in words.iter().enumerate() {
        match piece {
            Piece::Equal(equal) => out.push_str(&text(&shortened(equal, at == 0, at == last))),
            Piece::Removed(gone) => {
                let _ = write!(out, "{}<del>{}</del>", blank(gone), text(gone.trim_start()));
            }
            Piece::Added(new) => {
                let _ = write!(out, "{}<ins>{}</ins>", blank(new), text(new.trim_start()));
            }
        }
    }
}

/// The blank space that a text begins with stays outside of tags.
fn blank(text: &str) -> &'static str {
    if text.starts_with(char::is_whitespace) { " " } else { "" }
}

/// Lines as a fenced block, in a fence that they cannot close.
fn write_lines(lines: &[Line], out: &mut String) {
    let longest =
        lines.iter().flat_map(|line| line.text.split(|c| c != '`')).map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let _ = write!(out, "\n\n    {fence}diff\n");
    for line in lines {
        let sign = match (line.before, line.after) {
            (Some(_), None) => '-',
            (None, _) => '+',
            _ => ' ',
        };
        let _ = writeln!(out, "    {sign}{}", clean(&line.text));
    }
    let _ = write!(out, "    {fence}");
}
