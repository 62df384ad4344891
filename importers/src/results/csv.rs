//! Comma-separated values (RFC 4180), by a file that says what their columns are.
//!
//! ```toml
//! tool = "Firewall review"
//! delimiter = ";"
//!
//! [columns]
//! rule = "Check"
//! subject = "Host"
//! result = "State"
//!
//! [words]
//! pass = ["ok"]
//! fail = ["not ok", "open"]
//! ```

use std::collections::BTreeMap;

use probity_diagnostics::document::{self, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, Pointer, Step, TreePath};
use probity_evidence::foreign::{Found, Outcome, Rule, Run, Subject};
use serde::Deserialize;

use super::json::instant;
use super::{Source, level, texts};
use crate::codes;

/// What the columns of a CSV file are, and which of their words mean what.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the name that the file gives them")]
pub struct Columns {
    /// The tool that wrote the file.
    tool: String,
    /// Its version.
    version: Option<String>,
    /// The character between the values; a comma if left out.
    #[serde(default = "comma")]
    delimiter: char,
    columns: Names,
    words: BTreeMap<Word, Vec<String>>,
}

const fn comma() -> char {
    ','
}

/// The headings of columns.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Names {
    /// The id of the rule.
    rule: String,
    /// The id of what was looked at.
    subject: String,
    /// The outcome.
    result: String,
    /// What the rule asks for.
    title: Option<String>,
    /// What was found.
    message: Option<String>,
    /// How bad a fail is.
    severity: Option<String>,
    /// When it was found.
    date: Option<String>,
    /// What kind of thing was looked at.
    kind: Option<String>,
}

/// What words mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Word {
    Pass,
    Fail,
    Error,
    Unknown,
    NotApplicable,
}

impl Word {
    fn outcome(self) -> Outcome {
        match self {
            Self::Pass => Outcome::Pass,
            Self::Fail => Outcome::Fail,
            Self::Error => Outcome::Error,
            Self::Unknown => Outcome::Unknown,
            Self::NotApplicable => Outcome::NotApplicable,
        }
    }
}

impl Columns {
    /// Reads a description of columns: TOML, or YAML where the name of the file says so.
    ///
    /// # Errors
    /// The file cannot be read, or is no such description.
    pub fn read(tree: &dyn FileTree, file: &TreePath) -> Step<Self> {
        let bytes = tree.read(file, 1 << 20).map_err(Diagnostic::from)?;
        let text = document::text(&bytes, file)?;
        let wrong = |message: String| Diagnostic::error(&codes::COLUMNS, message);
        let columns: Self = match document::Format::of(file) {
            Some(format) => {
                let parsed = document::parse(&bytes, file, format, Limits::default())?;
                serde_json::from_value(parsed.value)
                    .map_err(|error| wrong(error.to_string()).at(Location::file(file)))?
            }
            None => toml::from_str(text).map_err(|error| {
                let message = error.message().lines().next().unwrap_or_default().to_owned();
                wrong(message).at(match error.span() {
                    Some(span) => Location::span(file, span),
                    None => Location::file(file),
                })
            })?,
        };
        let mut findings = Diagnostics::new();
        if !columns.delimiter.is_ascii() {
            findings.push(wrong("the delimiter is one ASCII character".to_owned()).at(Location::file(file)));
        }
        let mut seen: BTreeMap<String, Word> = BTreeMap::new();
        for (word, texts) in &columns.words {
            for text in texts {
                if seen.insert(text.to_lowercase(), *word).is_some_and(|other| other != *word) {
                    let message = format!("`{text}` stands for two outcomes");
                    findings.push(wrong(message).at(Location::value(file, &Pointer::root().key("words"))));
                }
            }
        }
        findings.unless_errors(columns)
    }

    fn outcome(&self, text: &str) -> Option<Outcome> {
        let means = |texts: &Vec<String>| texts.iter().any(|word| word.to_lowercase() == text.to_lowercase());
        self.words.iter().find(|(_, texts)| means(texts)).map(|(word, _)| word.outcome())
    }
}

pub(super) fn read(source: Source<'_>, columns: Option<&Columns>) -> Step<Vec<Run>> {
    let Some(columns) = columns else {
        let finding = Diagnostic::error(&codes::COLUMNS, "nobody has said what the columns of the file are");
        return Err(finding
            .at(Location::file(source.file))
            .help("name a file that says so: --columns FILE")
            .into());
    };
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(u8::try_from(columns.delimiter).unwrap_or(b','))
        .trim(::csv::Trim::All)
        .from_reader(source.text.as_bytes());
    let headings = reader.headers().map_err(|error| broken(source, &error))?.clone();
    let places = Places::find(source, &columns.columns, &headings)?;
    let mut run = Run { tool: columns.tool.clone(), version: columns.version.clone(), ..Run::default() };
    let mut findings = Diagnostics::new();
    for record in reader.records() {
        match record {
            Ok(record) => places.take(&record, columns, &mut run, &mut findings, source),
            Err(error) => findings.push(broken(source, &error)),
        }
    }
    findings.unless_errors(vec![run])
}

fn broken(source: Source<'_>, error: &::csv::Error) -> Diagnostic {
    let line = error.position().map_or(1, |position| u32::try_from(position.line()).unwrap_or(u32::MAX));
    let message = match error.kind() {
        ::csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("the line has {len} values, and there are {expected_len} headings")
        }
        _ => error.to_string(),
    };
    Diagnostic::error(&codes::MALFORMED, message).at(Location::line(source.file, line))
}

/// Where the columns stand.
struct Places {
    rule: usize,
    subject: usize,
    result: usize,
    title: Option<usize>,
    message: Option<usize>,
    severity: Option<usize>,
    date: Option<usize>,
    kind: Option<usize>,
}

impl Places {
    fn find(source: Source<'_>, names: &Names, headings: &::csv::StringRecord) -> Result<Self, Diagnostics> {
        let mut findings = Diagnostics::new();
        let mut place = |name: &str| {
            let found = headings.iter().position(|heading| heading == name);
            if found.is_none() {
                let known: Vec<&str> = headings.iter().collect();
                let finding = Diagnostic::error(&codes::COLUMNS, format!("the file has no column `{name}`"));
                let finding = finding.at(Location::line(source.file, 1));
                findings.push(finding.help(format!("its columns are {}", known.join(", "))));
            }
            found
        };
        let needed = (place(&names.rule), place(&names.subject), place(&names.result));
        let mut optional = |name: &Option<String>| name.as_deref().and_then(&mut place);
        let (title, message) = (optional(&names.title), optional(&names.message));
        let (severity, date) = (optional(&names.severity), optional(&names.date));
        let kind = optional(&names.kind);
        match needed {
            (Some(rule), Some(subject), Some(result)) if findings.is_empty() => {
                Ok(Self { rule, subject, result, title, message, severity, date, kind })
            }
            _ => Err(findings),
        }
    }

    fn take(
        &self,
        record: &::csv::StringRecord,
        columns: &Columns,
        run: &mut Run,
        findings: &mut Diagnostics,
        source: Source<'_>,
    ) {
        let line = record.position().map_or(1, |position| u32::try_from(position.line()).unwrap_or(u32::MAX));
        let value = |place: Option<usize>| texts::line(record.get(place?)?);
        let mut wrong = |message: String| {
            findings
                .push(Diagnostic::error(&codes::MALFORMED, message).at(Location::line(source.file, line)));
        };
        let (Some(rule), Some(subject)) = (value(Some(self.rule)), value(Some(self.subject))) else {
            return wrong("the line names no rule or no subject".to_owned());
        };
        let word = value(Some(self.result)).unwrap_or_default();
        let Some(outcome) = columns.outcome(&word) else {
            return wrong(format!("`{word}` is none of the words for an outcome"));
        };
        if let Some(text) = value(self.date) {
            match instant(&text).or_else(|| instant(&format!("{text}T00:00:00"))) {
                Some(at) => run.ended = run.ended.max(Some(at)),
                None => wrong(format!("`{text}` is no date such as 2026-11-01")),
            }
        }
        let severity = value(self.severity).and_then(|word| level::of_word(&word));
        let known = run
            .rules
            .entry(rule.clone())
            .or_insert_with(|| Rule { title: value(self.title), ..Rule::default() });
        known.severity = level::worse(known.severity, severity);
        let kind = value(self.kind).unwrap_or_else(|| "subject".to_owned());
        let message = value(self.message);
        run.results.push(Found { rule, subject: Subject::of(&subject, &kind), outcome, message, line });
    }
}
