//! A comparison as one HTML file that needs nothing else.

use std::fmt::Write as _;

use probity_diagnostics::Diagnostics;
use probity_oscal::difference::{Line, Piece};
use serde::Serialize;

use super::data::Comparison;
use super::rows::{Group, Row, Section, Shown, Sign, Writer, sections};
use crate::render::{Asset, Surface, escaped, render_with};

/// The style sheet of reports, and what comparisons add to it.
const STYLE: &str =
    concat!(include_str!("../../templates/report.css"), include_str!("../../templates/difference.css"));
const TEMPLATE: &str = include_str!("../../templates/difference.html");
const WRITER: Writer = Writer { text, words: write_words, lines: write_lines };
/// A group with more rows is closed at first.
const OPEN: usize = 40;

#[derive(Serialize)]
struct Page<'a> {
    before: &'a str,
    after: &'a str,
}

/// `comparison` as HTML.
///
/// # Errors
/// The template is wrong: a mistake in Probity, reported as PB0806.
pub fn html(comparison: &Comparison) -> Result<String, Diagnostics> {
    let sections = sections(comparison);
    let mut body = String::new();
    contents(&sections, &mut body);
    for (at, section) in sections.iter().enumerate() {
        write_section(at, section, &mut body);
    }
    if sections.is_empty() {
        body.push_str("<p>Nothing differs.</p>\n");
    }
    let assets = [
        Asset { name: "style", text: STYLE.to_owned() },
        Asset { name: "style_digest", text: crate::html::digest(STYLE) },
        Asset { name: "body", text: body },
    ];
    let page = Page { before: &comparison.before, after: &comparison.after };
    render_with(Surface::Html, "difference.html", TEMPLATE, &page, assets)
}

fn text(text: &str) -> String {
    escaped(Surface::Html, text)
}

fn contents(sections: &[Section<'_>], out: &mut String) {
    if sections.len() < 2 {
        return;
    }
    out.push_str("<nav aria-label=\"Contents\">\n");
    for (at, section) in sections.iter().enumerate() {
        let _ = writeln!(out, "<a href=\"#s{at}\">{}</a>", text(&section.title));
    }
    out.push_str("</nav>\n");
}

fn write_section(at: usize, section: &Section<'_>, out: &mut String) {
    let _ = writeln!(out, "<section id=\"s{at}\">\n<h2>{}</h2>", text(&section.title));
    for fact in section.facts.iter().filter(|fact| !fact.is_empty()) {
        let _ = writeln!(out, "<p class=\"fact\">{}</p>", text(fact));
    }
    section.groups.iter().for_each(|group| write_group(group, out));
    out.push_str("</section>\n");
}

fn write_group(group: &Group<'_>, out: &mut String) {
    let open = if group.rows.len() <= OPEN { " open" } else { "" };
    let _ = writeln!(
        out,
        "<details class=\"changes\"{open}>\n<summary><h3>{}</h3> <span class=\"n\">{}</span></summary>",
        text(&group.title),
        group.count
    );
    group.rows.iter().for_each(|row| write_row(row, out));
    let left = group.count.saturating_sub(group.rows.len());
    if left > 0 {
        let _ = writeln!(out, "<p class=\"faint\">… and {left} more</p>");
    }
    out.push_str("</details>\n");
}

fn write_row(row: &Row<'_>, out: &mut String) {
    let _ = write!(
        out,
        "<article class=\"{}\">\n<p class=\"head\"><span class=\"sign\" aria-hidden=\"true\">{}</span> <b class=\"label\">{}</b>",
        row.sign.class(),
        if row.sign == Sign::Gone { '−' } else { row.sign.letter() },
        text(&row.name)
    );
    if !row.title.is_empty() {
        let _ = write!(out, " {}", text(&row.title));
    }
    for note in &row.notes {
        let _ = write!(out, " <span class=\"note\">{}</span>", text(note));
    }
    out.push_str("</p>\n");
    if !row.details.is_empty() {
        out.push_str("<dl>\n");
        row.details.iter().for_each(|detail| write_detail(detail, out));
        out.push_str("</dl>\n");
    }
    out.push_str("</article>\n");
}

fn write_detail(detail: &Shown<'_>, out: &mut String) {
    let _ = write!(out, "<div><dt>{}</dt><dd>", text(&detail.name));
    detail.body.marked(&WRITER, out);
    out.push_str("</dd></div>\n");
}

fn write_words(words: &[Piece], out: &mut String) {
    for piece in words {
        let text = text(piece.text());
        let _ = match piece {
            Piece::Equal(_) => write!(out, "{text}"),
            Piece::Removed(_) => write!(out, "<del>{text}</del>"),
            Piece::Added(_) => write!(out, "<ins>{text}</ins>"),
        };
    }
}

fn write_lines(lines: &[Line], out: &mut String) {
    out.push_str("<pre tabindex=\"0\">");
    for line in lines {
        let number = line.after.or(line.before).unwrap_or_default();
        let line_text = text(&line.text);
        let _ = match (line.before, line.after) {
            (Some(_), None) => writeln!(out, "<span class=\"n\">{number}</span><del>- {line_text}</del>"),
            (None, _) => writeln!(out, "<span class=\"n\">{number}</span><ins>+ {line_text}</ins>"),
            _ => writeln!(out, "<span class=\"n\">{number}</span>  {line_text}"),
        };
    }
    out.push_str("</pre>");
}
