//! Reading evidence sets, line by line.

mod fields;
mod findings;
mod lines;
mod parser;
mod state;
mod strict;
mod validate;

use std::io::Read;

use probity_diagnostics::{
    Diagnostic, Diagnostics, FileError, FileTree, Location, Severity, Step, TreePath, codes as general,
};

use crate::codes;
use crate::ontology::Ontology;
use crate::record::{Observed, Record};

pub use lines::{LINE_LIMIT, Lines, RawLine};
pub use parser::LineParser;
pub use state::{SetState, SetTracker};

/// How many findings of one file are shown; the rest is counted.
const SHOWN: usize = 50;

/// A record and its line.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The line, counted from 1.
    pub line: u32,
    /// The record.
    pub record: Record,
}

/// Streams the good records of a set. What is wrong with lines or with the
/// set is gathered, and handed out by [`EvidenceReader::finish`].
pub struct EvidenceReader<'o, R> {
    lines: Lines<R>,
    parser: LineParser<'o>,
    tracker: SetTracker<'o>,
    findings: FileFindings,
    done: bool,
}

impl<'o, R: Read> EvidenceReader<'o, R> {
    /// A reader of what `reader` yields, written in the words of `ontology`;
    /// `file` is named in findings.
    pub fn new(reader: R, file: &TreePath, ontology: &'o Ontology) -> Self {
        Self {
            lines: Lines::new(reader, LINE_LIMIT),
            parser: LineParser::new(ontology, file.clone()),
            tracker: SetTracker::new(ontology, file.clone()),
            findings: FileFindings::new(file.clone()),
            done: false,
        }
    }

    /// Reads what is left, and yields the state of the set and all findings:
    /// errors for broken lines, a warning for an incomplete set.
    pub fn finish(mut self) -> (SetState, Diagnostics) {
        while self.next().is_some() {}
        let (state, incomplete) = self.tracker.finish();
        self.findings.extend(incomplete);
        (state, self.findings.into_diagnostics())
    }

    fn step(&mut self) -> Taken {
        let (number, raw) = match self.lines.next_line() {
            Ok(Some(line)) => line,
            Ok(None) => return Taken::End,
            Err(error) => {
                self.findings.push(FileError::from_io(self.parser.file(), &error).into());
                return Taken::End;
            }
        };
        let text = match raw {
            RawLine::Text(text) if number == 1 => text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text),
            RawLine::Text(text) => text,
            RawLine::TooLong => {
                self.tracker.note_broken();
                self.findings.push(too_long(self.parser.file(), number));
                return Taken::Nothing;
            }
        };
        if number == 1 && (text.starts_with(b"\xff\xfe") || text.starts_with(b"\xfe\xff")) {
            self.tracker.note_broken();
            self.findings.push(utf16(self.parser.file()));
            return Taken::End;
        }
        if text.trim_ascii().is_empty() {
            return Taken::Nothing;
        }
        match self.parser.parse(number, text) {
            Ok(entry) if self.tracker.note(&entry, &mut self.findings) => Taken::Entry(Box::new(entry)),
            Ok(_) => Taken::Nothing,
            Err(findings) => {
                self.tracker.note_broken();
                self.findings.extend(findings);
                Taken::Nothing
            }
        }
    }
}

/// What a line turned out to be.
enum Taken {
    Entry(Box<Entry>),
    Nothing,
    End,
}

impl<R: Read> Iterator for EvidenceReader<'_, R> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        while !self.done {
            match self.step() {
                Taken::Entry(entry) => return Some(*entry),
                Taken::Nothing => {}
                Taken::End => self.done = true,
            }
        }
        None
    }
}

fn too_long(file: &TreePath, line: u32) -> Diagnostic {
    Diagnostic::error(&codes::LINE_TOO_LONG, format!("the line is longer than {LINE_LIMIT} bytes"))
        .at(Location::line(file, line))
}

fn utf16(file: &TreePath) -> Diagnostic {
    Diagnostic::error(&general::NOT_UTF8, "the file is UTF-16, not UTF-8")
        .at(Location::file(file))
        .help("save the file as UTF-8 text")
}

/// The first findings of a file, and the number of the others.
#[derive(Debug)]
pub struct FileFindings {
    file: TreePath,
    shown: Diagnostics,
    more: usize,
    more_errors: bool,
}

impl FileFindings {
    /// No findings on `file` yet.
    pub fn new(file: TreePath) -> Self {
        Self { file, shown: Diagnostics::new(), more: 0, more_errors: false }
    }

    /// Adds a finding.
    pub fn push(&mut self, finding: Diagnostic) {
        if self.shown.len() < SHOWN {
            self.shown.push(finding);
        } else {
            self.more += 1;
            self.more_errors |= finding.severity == Severity::Error;
        }
    }

    /// Adds findings.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Diagnostic>) {
        findings.into_iter().for_each(|finding| self.push(finding));
    }

    /// The findings that are shown, and one that counts the others.
    pub fn into_diagnostics(mut self) -> Diagnostics {
        if self.more > 0 {
            let severity = if self.more_errors { Severity::Error } else { Severity::Warning };
            let message = format!("{} further findings in this file are not shown", self.more);
            let rest = Diagnostic::new(severity, &codes::MORE_FINDINGS, message);
            self.shown.push(rest.at(Location::file(&self.file)));
        }
        self.shown
    }
}

/// A whole evidence set in memory.
#[derive(Debug, Clone, PartialEq)]
pub struct EvidenceSet {
    /// The file.
    pub file: TreePath,
    /// What it says about itself.
    pub state: SetState,
    /// Its resources with their lines, in the order of the file.
    pub resources: Vec<(u32, Observed)>,
}

impl EvidenceSet {
    /// Reads the set in file `path`.
    ///
    /// # Errors
    /// The file cannot be read, or lines of it are broken; an incomplete set
    /// is a warning.
    pub fn load(tree: &dyn FileTree, path: &TreePath, ontology: &Ontology) -> Step<Self> {
        let mut reader = EvidenceReader::new(tree.open(path).map_err(Diagnostic::from)?, path, ontology);
        let mut resources = Vec::new();
        for entry in reader.by_ref() {
            if let Record::Resource(observed) = entry.record {
                resources.push((entry.line, observed));
            }
        }
        let (state, findings) = reader.finish();
        findings.unless_errors(Self { file: path.clone(), state, resources })
    }
}
