//! The report as one HTML file that needs nothing else: no network, no other file, no script to be readable.

mod chart;
mod packed;
mod page;

use probity_diagnostics::{Diagnostics, Sha256Digest};

use crate::render::{Asset, Surface, render_in};
use crate::style::Style;
use crate::view::Report;

/// The style sheet, in the file as it is here: its digest stands in the content security policy.
pub(crate) const STYLE: &str =
    concat!(include_str!("../../templates/tones.css"), include_str!("../../templates/report.css"));
/// Its beginning: the colours, light and dark, of states and pictures.
pub(crate) const TONES: &str = include_str!("../../templates/tones.css");
/// What the pictures of a trend add.
pub(crate) const TREND: &str = include_str!("../../templates/trend.css");

/// `report` as HTML.
///
/// # Errors
/// A template is wrong: PB0809 where it is a project's, else PB0806; or it has no place for the label (PB0835).
pub fn html(report: &Report, style: &Style<'_>) -> Result<String, Diagnostics> {
    let mut sheet = style.templates.get("report.css")?.text.into_owned();
    if report.trend.is_some() {
        sheet.push_str(TREND);
    }
    let script = style.templates.get("report.js")?.text.into_owned();
    let data = packed::packed(report);
    let assets = [
        Asset { name: "style_digest", text: digest(&sheet) },
        Asset { name: "script_digest", text: digest(&script) },
        Asset { name: "style", text: sheet },
        Asset { name: "script", text: script },
        Asset { name: "data", text: data.unwrap_or_default() },
    ];
    let page = render_in(style, Surface::Html, "report.html", &page::page(report), assets)?;
    match style.marking {
        Some(marking) => marking.on_html(&page),
        None => Ok(page),
    }
}

/// The digest of a text as a content security policy names it.
pub(crate) fn digest(text: &str) -> String {
    format!("sha256-{}", base64(Sha256Digest::of(text.as_bytes()).as_bytes()))
}

/// RFC 4648 section 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| chunk.get(at).copied().map_or(0, u32::from);
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4_u32 {
            let index = usize::try_from(group >> (18 - 6 * at) & 63).unwrap_or_default();
            let filled = usize::try_from(at).is_ok_and(|at| at <= chunk.len());
            let letter = LETTERS.get(index).filter(|_| filled).map_or('=', |letter| char::from(*letter));
            out.push(letter);
        }
    }
    out
}
