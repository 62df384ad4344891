//! The report in print: a tagged PDF with numbered pages, an outline and table heads that repeat.
//!
//! Lines and pages are laid out here; the fonts come with the program, so that the same report is the same file on every
//! machine.

mod data;
mod file;
mod fonts;
mod parts;
mod print;
mod text;

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use pdf_writer::Date;

use crate::style::Style;
use crate::view::Report;
use file::About;

/// `report` as PDF.
pub fn pdf(report: &Report, style: &Style<'_>) -> Vec<u8> {
    let data = data::data(report, style.language);
    let print = parts::laid_out(&data, style.language, style.marking);
    let about = About {
        title: &data.title,
        language: style.language.code(),
        producer: report.tool.as_deref().unwrap_or("Probity"),
        made: made(report),
        digest: &report.digest,
        marking: style.marking.map(|marking| marking.label),
    };
    file::file(print, &about)
}

/// The document was made when its results were judged: the clock decides nothing.
fn made(report: &Report) -> Option<Date> {
    let instant: Timestamp = report.as_of.as_deref().unwrap_or(&report.start).parse().ok()?;
    let at = instant.to_zoned(TimeZone::UTC);
    let part = |value: i8| u8::try_from(value).unwrap_or_default();
    let date = Date::new(u16::try_from(at.year()).ok()?).month(part(at.month())).day(part(at.day()));
    Some(date.hour(part(at.hour())).minute(part(at.minute())).second(part(at.second())).utc_offset_hour(0))
}

/// Bytes as streams of the file hold them (RFC 1950).
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    // a vector takes what it is given
    encoder.write_all(bytes).and_then(|()| encoder.finish()).unwrap_or_default()
}
