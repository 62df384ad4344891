//! Lists of values with a row of headings (RFC 4180).

use probity_diagnostics::{Diagnostics, TreePath};

use super::super::structure::{Level, Role};
use super::super::worker::{Change, Worker};
use super::malformed;

pub(super) fn scrub(text: &str, path: &TreePath, worker: &mut Worker<'_>) -> Result<Vec<u8>, Diagnostics> {
    let delimiter = delimiter(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut writer = csv::WriterBuilder::new().flexible(true).delimiter(delimiter).from_writer(Vec::new());
    let mut headings: Option<Vec<String>> = None;
    for (row, record) in (1..).zip(reader.records()) {
        let record = record.map_err(|error| malformed(path, &format!("is no list of values: {error}")))?;
        let cells = (1..).zip(&record).map(|(column, cell)| {
            let heading = headings.as_ref().and_then(|headings| headings.get(column - 1));
            cell_of(worker, heading, row, column, cell)
        });
        let cells: Vec<String> = cells.collect();
        writer
            .write_record(&cells)
            .map_err(|error| malformed(path, &format!("cannot be written: {error}")))?;
        headings.get_or_insert_with(|| record.iter().map(str::to_owned).collect());
    }
    writer.into_inner().map_err(|error| malformed(path, &format!("cannot be written: {error}")))
}

/// What becomes of a cell; one that is left out is empty.
fn cell_of(
    worker: &mut Worker<'_>,
    heading: Option<&String>,
    row: usize,
    column: usize,
    cell: &str,
) -> String {
    let levels: Vec<Level> = heading
        .map(|name| Level { name: name.trim().to_lowercase(), facts: Vec::new() })
        .into_iter()
        .collect();
    match worker.text(&format!("row {row}, column {column}"), &levels, Role::Prose, cell) {
        Change::Same => cell.to_owned(),
        Change::Text(text) => text,
        Change::Gone => String::new(),
    }
}

/// The sign that stands between values: the one that the first line has most of.
pub(crate) fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: &u8| first.bytes().filter(|byte| byte == sign).count();
    // of equals the last one counts
    [b'|', b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}
