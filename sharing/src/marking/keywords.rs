//! Markings in documents that are made for people: the keywords of a PDF and of a workbook, where our reports have their label, too.
//!
//! Their pages cannot be changed by a new sidecar. So a document that was labelled when it was made keeps that label, and a sidecar
//! that says another one contradicts it.

use std::io::{Cursor, Read as _};

use probity_diagnostics::{Location, TreePath};
use zip::ZipArchive;

use super::text::looks_like_label;
use super::{Said, Spot};

/// The most that is read of what an office document says about itself.
const LARGEST: u64 = 1 << 20;

/// Reads the keywords of a PDF or of an office document. What says no label there may still have a sidecar.
pub(super) fn read(bytes: &[u8], path: &TreePath, said: &mut Said) {
    let keywords = if bytes.starts_with(b"%PDF-") {
        of_pdf(bytes)
    } else if bytes.starts_with(b"PK\x03\x04") {
        of_office(bytes).into_iter().collect()
    } else {
        return;
    };
    let words = keywords.iter().flat_map(|text| text.split([',', ';']).map(str::trim));
    let labels = words.filter(|word| looks_like_label(word));
    said.whole.extend(labels.map(|label| Spot::read(label, Location::file(path))));
}

/// The literal strings behind `/Keywords` (ISO 32000-1, 14.3.3), where they are not in a compressed object.
fn of_pdf(bytes: &[u8]) -> Vec<String> {
    let name = b"/Keywords";
    let starts = bytes.windows(name.len()).enumerate().filter(|(_, window)| window == name);
    let value = |(at, _): (usize, &[u8])| {
        let rest = bytes.get(at + name.len()..)?.trim_ascii_start().strip_prefix(b"(")?;
        let end = rest.iter().take(1000).position(|byte| *byte == b')')?;
        Some(String::from_utf8_lossy(rest.get(..end)?).into_owned())
    };
    starts.filter_map(value).collect()
}

/// The keywords of an office document (ISO/IEC 29500-2, core properties).
fn of_office(bytes: &[u8]) -> Option<String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let entry = archive.by_name("docProps/core.xml").ok()?;
    let mut text = String::new();
    entry.take(LARGEST).read_to_string(&mut text).ok()?;
    let (_, rest) = text.split_once("<cp:keywords>")?;
    Some(rest.split_once("</cp:keywords>")?.0.to_owned())
}
