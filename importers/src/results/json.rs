//! Walking through JSON and YAML of other tools: values with the way to them, and what is missing with its place.

use probity_diagnostics::document::{self, Document, Format, Limits};
use probity_diagnostics::{Code, Diagnostic, Diagnostics, Location, Pointer, Step, Warned};
use probity_evidence::foreign::{Found, Run};
use serde_json::Value;

use super::{Source, texts};
use crate::codes;

/// A value and the way to it.
#[derive(Clone)]
pub(super) struct Node<'v> {
    pub(super) value: &'v Value,
    pub(super) at: Pointer,
}

impl<'v> Node<'v> {
    pub(super) fn root(value: &'v Value) -> Self {
        Self { value, at: Pointer::root() }
    }

    /// A member of an object; null counts as missing.
    pub(super) fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        Some(Self { value, at: self.at.key(key) })
    }

    /// The value that members lead to.
    pub(super) fn path(&self, keys: &[&str]) -> Option<Self> {
        keys.iter().try_fold(self.clone(), |node, key| node.get(key))
    }

    /// The items of a list that is a member; none where it is missing or no list.
    pub(super) fn items(&self, key: &str) -> impl Iterator<Item = Self> + use<'v> {
        let list = self.get(key);
        let at = list.as_ref().map_or_else(Pointer::root, |list| list.at.clone());
        let items = list.and_then(|list| list.value.as_array()).into_iter().flatten();
        items.enumerate().map(move |(index, value)| Self { value, at: at.index(index) })
    }

    /// One item of a list that is a member.
    pub(super) fn item(&self, key: &str, index: i64) -> Option<Self> {
        let index = usize::try_from(index).ok()?;
        let list = self.get(key)?;
        Some(Self { value: list.value.get(index)?, at: list.at.index(index) })
    }

    /// A member that is a text, as it stands.
    pub(super) fn text(&self, key: &str) -> Option<&'v str> {
        self.value.get(key)?.as_str().filter(|text| !text.trim().is_empty())
    }

    /// The text that members lead to, on one line.
    pub(super) fn line(&self, keys: &[&str]) -> Option<String> {
        texts::line(self.path(keys)?.value.as_str()?)
    }

    /// The text that members lead to, with its lines.
    pub(super) fn block(&self, keys: &[&str]) -> Option<String> {
        texts::block(self.path(keys)?.value.as_str()?)
    }

    /// A member that is a number.
    pub(super) fn number(&self, key: &str) -> Option<i64> {
        self.value.get(key)?.as_i64()
    }
}

/// A file that is read: what was found wrong, and where its results stand.
pub(super) struct Reading<'a> {
    source: Source<'a>,
    pub(super) findings: Diagnostics,
    /// The line of the document that is read, where the file holds several: pointers count in each of them.
    line: Option<u32>,
    /// Where the results stand; until the end, their line is an index of this list.
    places: Vec<Standing>,
}

/// Where a result stands.
enum Standing {
    At(Pointer),
    Line(u32),
}

impl<'a> Reading<'a> {
    pub(super) fn new(source: Source<'a>) -> Self {
        Self { source, findings: Diagnostics::new(), line: None, places: Vec::new() }
    }

    /// Goes on with the document that begins on a line, one of several.
    pub(super) fn document_on(&mut self, line: u32) {
        self.line = Some(line);
    }

    fn place(&self, at: &Pointer) -> Location {
        match self.line {
            Some(line) => Location::line(self.source.file, line),
            None => Location::value(self.source.file, at),
        }
    }

    /// Something that the format does not allow.
    pub(super) fn malformed(&mut self, at: &Pointer, message: impl Into<String>) {
        let finding = Diagnostic::error(&codes::MALFORMED, message).at(self.place(at));
        self.findings.push(finding);
    }

    pub(super) fn warning(&mut self, code: &'static Code, at: &Pointer, message: impl Into<String>) {
        let finding = Diagnostic::warning(code, message).at(self.place(at));
        self.findings.push(finding);
    }

    /// A member that has to be a text, on one line.
    pub(super) fn need(&mut self, node: &Node<'_>, key: &str, what: &str) -> Option<String> {
        let found = node.line(&[key]);
        if found.is_none() {
            self.malformed(&node.at, format!("{what} has no `{key}`"));
        }
        found
    }

    /// The items of a member that has to be a list where it is there.
    pub(super) fn list<'v>(&mut self, node: &Node<'v>, key: &str) -> Vec<Node<'v>> {
        if let Some(found) = node.get(key)
            && !found.value.is_array()
        {
            self.malformed(&found.at, format!("`{key}` is not a list"));
        }
        node.items(key).collect()
    }

    /// Takes a result that stands at `at`.
    pub(super) fn found(&mut self, run: &mut Run, found: Found, at: &Pointer) {
        let line = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        self.places.push(self.line.map_or_else(|| Standing::At(at.clone()), Standing::Line));
        run.results.push(Found { line, ..found });
    }

    /// The runs with the lines of their results.
    pub(super) fn finish(self, mut runs: Vec<Run>, format: Format) -> Step<Vec<Run>> {
        let pointers: Vec<&Pointer> = self.places.iter().filter_map(Standing::pointer).collect();
        let mut found = document::locate_all(self.source.text, format, &pointers).into_iter();
        let starts = Lines::of(self.source.text);
        let mut line = |place: &Standing| match place {
            Standing::Line(line) => *line,
            Standing::At(_) => found.next().flatten().map_or(1, |place| starts.at(place.value.start)),
        };
        let lines: Vec<u32> = self.places.iter().map(&mut line).collect();
        for result in runs.iter_mut().flat_map(|run| &mut run.results) {
            let at = usize::try_from(result.line).ok().and_then(|index| lines.get(index));
            result.line = at.copied().unwrap_or(1);
        }
        self.findings.unless_errors(runs)
    }
}

impl Standing {
    fn pointer(&self) -> Option<&Pointer> {
        match self {
            Self::At(pointer) => Some(pointer),
            Self::Line(_) => None,
        }
    }
}

/// Where lines of a text begin.
struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    fn of(text: &str) -> Self {
        let feeds = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self { starts: feeds.map(|(at, _)| at + 1).collect() }
    }

    fn at(&self, byte: usize) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= byte) + 1).unwrap_or(u32::MAX)
    }
}

/// The documents of a file in JSON or YAML that was read to tell its format.
pub(super) type Parsed = Warned<Vec<Document>>;

/// The one JSON value of a file.
pub(super) fn parse(source: Source<'_>, parsed: Option<Parsed>) -> Step<Value> {
    match parsed {
        Some(parsed) => {
            Ok(parsed.map(|documents| documents.into_iter().next().map_or(Value::Null, |one| one.value)))
        }
        None => document::parse(source.text.as_bytes(), source.file, Format::Json, Limits::default()),
    }
}

/// An instant; one without a time zone is taken for UTC.
pub(super) fn instant(text: &str) -> Option<jiff::Timestamp> {
    let text = text.trim();
    text.parse().ok().or_else(|| {
        let local: jiff::civil::DateTime = text.parse().ok()?;
        local.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
    })
}
