//! The report as one HTML file that needs nothing else: no network, no other file, no script to be readable.

mod chart;
mod page;

use probity_diagnostics::{Diagnostics, Sha256Digest};

use crate::render::{Asset, Surface, render_with};
use crate::view::Report;

/// The style sheet, in the file as it is here: its digest stands in the content security policy.
pub(crate) const STYLE: &str = include_str!("../../templates/report.css");
/// The script: filters, and evidence shown where it is asked for.
const SCRIPT: &str = include_str!("../../templates/report.js");
const TEMPLATE: &str = include_str!("../../templates/report.html");

/// `report` as HTML.
///
/// # Errors
/// The template is wrong: a mistake in Probity, reported as PB0806.
pub fn html(report: &Report) -> Result<String, Diagnostics> {
    let assets = [
        Asset { name: "style", text: STYLE.to_owned() },
        Asset { name: "script", text: SCRIPT.to_owned() },
        Asset { name: "style_digest", text: digest(STYLE) },
        Asset { name: "script_digest", text: digest(SCRIPT) },
    ];
    render_with(Surface::Html, "report.html", TEMPLATE, &page::page(report), assets)
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
