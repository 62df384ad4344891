//! Lists as files: tables with headings, lines, JSON. An entry is a row, a line, an item of an array.

use std::borrow::Cow;

use probity_diagnostics::{Diagnostic, Diagnostics, Location, TreePath, document};
use serde_json::Value;

use super::codes;
use super::owners::Owners;
use super::shown::{Cell, Is};
use crate::scrub::{delimiter, names_credential};

/// Words of headings of which one says what a table is about. A first row without any is taken for an entry that nobody may see.
const HEADINGS: [&str; 34] = [
    "account", "address", "bin", "card", "cc", "ccn", "domain", "email", "fqdn", "host", "hostname", "ip",
    "ipv4", "ipv6", "konto", "link", "login", "mail", "number", "origin", "pan", "server", "service", "site",
    "src", "target", "upn", "uri", "url", "user", "userid", "username", "web", "website",
];

/// Characters of a heading; more are a sentence or a value.
const LONGEST_HEADING: usize = 40;

/// What ends a line, in any program.
const END_OF_LINE: [char; 7] = ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];

/// A list of entries.
#[derive(Debug, Clone)]
pub struct List {
    path: TreePath,
    kind: Kind,
    /// The headings of a table.
    heading: Vec<String>,
    pub(super) entries: Vec<Entry>,
    /// What lies where an entry should and is none: lines that are no JSON, rows over several lines.
    pub(super) unreadable: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Table(u8),
    Lines,
    Array,
    JsonLines,
}

/// An entry.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Entry {
    Row(Vec<String>),
    Line(String),
    Item(Value),
}

impl List {
    /// Reads a list; what its name ends in says what it is.
    ///
    /// # Errors
    /// It is none, not UTF-8, or has no headings. No finding tells what is in it.
    pub fn read(path: &TreePath, bytes: &[u8]) -> Result<Self, Diagnostics> {
        let text = document::text(bytes, path)?;
        match path.extension().unwrap_or_default().to_lowercase().as_str() {
            "csv" => table(path, text, delimiter(text)),
            "tsv" => table(path, text, b'\t'),
            "txt" | "lst" => Ok(lines(path, text)),
            "json" => array(path, text),
            "jsonl" | "ndjson" => Ok(json_lines(path, text)),
            _ => {
                Err(refused(path, "is no list: known are .csv, .tsv, .txt, .lst, .json, .jsonl and .ndjson")
                    .into())
            }
        }
    }

    /// Reads what was written of it.
    pub(super) fn read_again(&self, bytes: &[u8]) -> Result<Self, Diagnostics> {
        let text = document::text(bytes, &self.path)?;
        match self.kind {
            Kind::Table(delimiter) => table(&self.path, text, delimiter),
            Kind::Lines => Ok(lines(&self.path, text)),
            Kind::Array => array(&self.path, text),
            Kind::JsonLines => Ok(json_lines(&self.path, text)),
        }
    }

    fn empty(path: &TreePath, kind: Kind) -> Self {
        Self { path: path.clone(), kind, heading: Vec::new(), entries: Vec::new(), unreadable: 0 }
    }

    /// A finding about the list, without a word of what is in it.
    pub(super) fn refused(&self, why: &str) -> Diagnostic {
        refused(&self.path, why)
    }

    /// How names of files with such a list end.
    pub(super) fn extension(&self) -> &'static str {
        match self.kind {
            Kind::Table(b'\t') => "tsv",
            Kind::Table(_) => "csv",
            Kind::Lines => "txt",
            Kind::Array => "json",
            Kind::JsonLines => "jsonl",
        }
    }

    /// How many entries it has, those that cannot be read among them.
    pub(super) fn len(&self) -> usize {
        self.entries.len() + self.unreadable
    }

    /// The fields of an entry.
    pub(super) fn cells<'a>(&'a self, entry: &'a Entry) -> Vec<Cell<'a>> {
        let mut cells = Vec::new();
        match entry {
            Entry::Row(row) => cells.extend(row.iter().enumerate().map(|(column, text)| {
                let is_secret = self.heading.get(column).is_some_and(|heading| names_credential(heading));
                Cell::new(text, if is_secret { Is::Secret } else { Is::Value })
            })),
            Entry::Line(text) | Entry::Item(Value::String(text)) => cells.push(Cell::new(text, Is::Line)),
            Entry::Item(value) => inside(value, Is::Value, &mut cells),
        }
        cells
    }

    /// The same list with these entries only.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn with(&self, entries: &[&Entry]) -> Result<Vec<u8>, String> {
        let mut text = String::new();
        match self.kind {
            Kind::Table(delimiter) => return self.rows(delimiter, entries),
            Kind::Lines | Kind::JsonLines => {
                for entry in entries {
                    text.push_str(&entry.line());
                    text.push('\n');
                }
            }
            Kind::Array => {
                let items: Vec<String> = entries.iter().map(|entry| entry.line()).collect();
                text = format!("[\n{}\n]\n", items.join(",\n"));
            }
        }
        Ok(text.into_bytes())
    }

    fn rows(&self, delimiter: u8, entries: &[&Entry]) -> Result<Vec<u8>, String> {
        let mut writer =
            csv::WriterBuilder::new().flexible(true).delimiter(delimiter).from_writer(Vec::new());
        let rows = entries.iter().filter_map(|entry| match entry {
            Entry::Row(row) => Some(row),
            _ => None,
        });
        for row in std::iter::once(&self.heading).chain(rows) {
            writer.write_record(row).map_err(|error| error.to_string())?;
        }
        writer.into_inner().map_err(|error| error.to_string())
    }

    /// Whether headings tell of a member, who would be told to all others.
    pub(super) fn heading_tells(&self, owners: &Owners) -> bool {
        let cells: Vec<Cell<'_>> = self.heading.iter().map(|text| Cell::new(text, Is::Name)).collect();
        !owners.tells_of(&cells).is_empty()
    }
}

impl Entry {
    /// The entry on one line.
    fn line(&self) -> String {
        match self {
            Self::Line(text) => text.clone(),
            Self::Item(value) => value.to_string(),
            Self::Row(row) => row.join("\t"),
        }
    }
}

/// All texts and numbers in a value; a name is read like what it names.
fn inside<'a>(value: &'a Value, is: Is, cells: &mut Vec<Cell<'a>>) {
    match value {
        Value::String(text) => cells.push(Cell::new(text, is)),
        Value::Number(number) => cells.push(Cell { text: Cow::Owned(number.to_string()), is }),
        Value::Array(items) => items.iter().for_each(|item| inside(item, is, cells)),
        Value::Object(members) => {
            for (name, value) in members {
                cells.push(Cell::new(name, Is::Name));
                inside(value, if names_credential(name) { Is::Secret } else { is }, cells);
            }
        }
        Value::Bool(_) | Value::Null => {}
    }
}

fn table(path: &TreePath, text: &str, delimiter: u8) -> Result<List, Diagnostics> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut rows = reader.records().map(|record| {
        let record = record.map_err(|_| refused(path, "cannot be read as a table"))?;
        Ok::<Vec<String>, Diagnostic>(record.iter().map(str::to_owned).collect())
    });
    let heading = rows.next().transpose()?.unwrap_or_default();
    if !is_heading(&heading) {
        return Err(
            refused(path, "does not begin with a row of headings that says what its columns are").into()
        );
    }
    let mut list = List { heading, ..List::empty(path, Kind::Table(delimiter)) };
    for row in rows {
        let row = row?;
        // a quotation mark that nothing closes makes one row of many
        let more: usize = row.iter().map(|cell| cell.matches(END_OF_LINE).count()).sum();
        if more == 0 {
            list.entries.push(Entry::Row(row));
        } else {
            list.unreadable += more + 1;
        }
    }
    Ok(list)
}

/// Whether a row is one of headings: one of them says what the table is about, and none is a value.
fn is_heading(row: &[String]) -> bool {
    let tells = |cell: &String| {
        let small = cell.to_lowercase().replace("e-mail", "email");
        small.split(|c: char| !c.is_alphanumeric()).any(|word| HEADINGS.contains(&word))
    };
    row.iter().all(|cell| is_word(cell)) && row.iter().any(tells)
}

/// Whether a cell can be a heading: short, no address, no link, no name of a machine, no number.
fn is_word(cell: &str) -> bool {
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    let is_name = cell.split('.').skip(1).any(|rest| rest.starts_with(char::is_alphanumeric));
    cell.chars().count() <= LONGEST_HEADING && digits < 4 && !is_name && !cell.contains(['@', '/', '\n'])
}

fn lines(path: &TreePath, text: &str) -> List {
    let entries = text.split(END_OF_LINE).filter(|line| !line.trim().is_empty());
    let entries = entries.map(|line| Entry::Line(line.to_owned())).collect();
    List { entries, ..List::empty(path, Kind::Lines) }
}

fn array(path: &TreePath, text: &str) -> Result<List, Diagnostics> {
    let items: Vec<Value> = serde_json::from_str(text)
        .map_err(|error| refused(path, &format!("is no array of JSON, as line {} shows", error.line())))?;
    let entries = items.into_iter().map(Entry::Item).collect();
    Ok(List { entries, ..List::empty(path, Kind::Array) })
}

fn json_lines(path: &TreePath, text: &str) -> List {
    let mut list = List::empty(path, Kind::JsonLines);
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match serde_json::from_str(line) {
            Ok(item) => list.entries.push(Entry::Item(item)),
            Err(_) => list.unreadable += 1,
        }
    }
    list
}

fn refused(path: &TreePath, why: &str) -> Diagnostic {
    Diagnostic::error(&codes::LIST, format!("`{path}` {why}")).at(Location::file(path))
}
