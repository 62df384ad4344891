//! CSV (RFC 4180): one row per requirement.

use probity_diagnostics::{Diagnostic, Diagnostics, codes as files};

use super::requirements::requirements;
use super::{Cell, Table};
use crate::style::Style;
use crate::view::Report;

/// `report` as CSV. It begins with the mark by which spreadsheets know UTF-8; no cell is taken for a formula.
///
/// # Errors
/// There are none but those of the library that writes it.
pub fn csv(report: &Report, style: &Style<'_>) -> Result<Vec<u8>, Diagnostics> {
    let table = requirements(report, style.language);
    write(table, style).map_err(|error| Diagnostic::error(&files::WRITE_FAILED, error.to_string()).into())
}

fn write(table: Table<'_>, style: &Style<'_>) -> Result<Vec<u8>, ::csv::Error> {
    let start = "\u{feff}".as_bytes().to_vec();
    let mut out = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(start);
    out.write_record(table.columns.iter().map(|column| style.language.say(column.label)))?;
    for row in table.rows {
        out.write_record(row.into_iter().map(written))?;
    }
    out.into_inner().map_err(|error| error.into_error().into())
}

fn written(cell: Cell<'_>) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => guarded(text.into_owned()),
        Cell::State(_, text) => text.into_owned(),
        Cell::Number(number) => number.to_string(),
        Cell::Instant(instant) => guarded(instant.to_owned()),
        Cell::Day(instant) => guarded(instant.split('T').next().unwrap_or_default().to_owned()),
    }
}

/// A text that a spreadsheet would take for a formula, with the sign before it that says it is none.
pub(crate) fn guarded(text: String) -> String {
    let begins = text.trim_start_matches([' ', '\u{a0}']);
    let acts = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if begins.starts_with(acts) { format!("'{text}") } else { text }
}
