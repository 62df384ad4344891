use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{FileReport, Human, printable};
use crate::codes;
use crate::diagnostic::{Diagnostic, Severity};
use crate::location::Place;

/// Findings as a `JUnit` report: a test suite for each file, a test case for
/// each finding, named by its rule and pointer. Errors fail, files that could
/// not be read are errors, suppressed findings are skipped; warnings and
/// notes pass and are told. A file without findings is one case that passes.
///
/// # Errors
/// The writer of XML refuses; it does not, in memory.
pub fn junit(files: &[FileReport<'_>]) -> io::Result<String> {
    let suites: Vec<Suite<'_>> = files.iter().map(Suite::of).collect();
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let total = |outcome| suites.iter().map(|suite| suite.count(outcome)).sum::<usize>().to_string();
    let tests = suites.iter().map(|suite| suite.cases.len()).sum::<usize>().to_string();
    writer
        .create_element("testsuites")
        .with_attributes([
            ("name", "probity"),
            ("tests", tests.as_str()),
            ("failures", total(Outcome::Failure).as_str()),
            ("errors", total(Outcome::Error).as_str()),
        ])
        .write_inner_content(|writer| suites.iter().try_for_each(|suite| suite.write(writer)))?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// How a test case ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Pass,
    Failure,
    Error,
    Skipped,
}

/// The cases of one file.
struct Suite<'a> {
    name: String,
    cases: Vec<Case<'a>>,
    file: &'a FileReport<'a>,
}

struct Case<'a> {
    name: String,
    outcome: Outcome,
    finding: Option<&'a Diagnostic>,
    reason: Option<&'a str>,
}

impl<'a> Suite<'a> {
    fn of(file: &'a FileReport<'a>) -> Self {
        let found = file.findings.iter().map(|finding| (finding, None));
        let hidden = file.suppressed.iter().map(|hidden| (&hidden.finding, Some(hidden.reason.as_str())));
        let mut seen = BTreeMap::new();
        let mut cases: Vec<Case<'_>> =
            found.chain(hidden).map(|(finding, reason)| Case::of(finding, reason, &mut seen)).collect();
        if cases.is_empty() {
            cases.push(Case { name: "valid".into(), outcome: Outcome::Pass, finding: None, reason: None });
        }
        Self { name: printable(&file.name).into_owned(), cases, file }
    }

    fn count(&self, outcome: Outcome) -> usize {
        self.cases.iter().filter(|case| case.outcome == outcome).count()
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let count = |outcome| self.count(outcome).to_string();
        let tests = self.cases.len().to_string();
        writer
            .create_element("testsuite")
            .with_attributes([
                ("name", self.name.as_str()),
                ("tests", tests.as_str()),
                ("failures", count(Outcome::Failure).as_str()),
                ("errors", count(Outcome::Error).as_str()),
                ("skipped", count(Outcome::Skipped).as_str()),
            ])
            .write_inner_content(|writer| self.cases.iter().try_for_each(|case| case.write(self, writer)))?;
        Ok(())
    }
}

impl<'a> Case<'a> {
    fn of(finding: &'a Diagnostic, reason: Option<&'a str>, seen: &mut BTreeMap<String, usize>) -> Self {
        let pointer = finding.primary.as_ref().and_then(|label| match &label.location.place {
            Place::Value(pointer) | Place::Key(pointer) => Some(pointer.as_str()),
            Place::File | Place::Span(_) | Place::Line(_) => None,
        });
        let name = format!("{} {}", finding.rule_id(), pointer.unwrap_or_default());
        let mut name = printable(name.trim_end()).into_owned();
        let times = seen.entry(name.clone()).or_default();
        *times += 1;
        if *times > 1 {
            let _ = write!(name, " ({times})");
        }
        let outcome = match finding.severity {
            _ if reason.is_some() => Outcome::Skipped,
            Severity::Error if codes::UNREADABLE.contains(&finding.code) => Outcome::Error,
            Severity::Error => Outcome::Failure,
            Severity::Warning | Severity::Note => Outcome::Pass,
        };
        Self { name, outcome, finding: Some(finding), reason }
    }

    fn write(&self, suite: &Suite<'_>, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let start = self.finding.and_then(|finding| finding.primary.as_ref());
        let line = start.and_then(|label| suite.file.sources.position(&label.location));
        let line = line.map(|at| at.line.to_string());
        let element = writer
            .create_element("testcase")
            .with_attributes([
                ("name", self.name.as_str()),
                ("classname", &suite.name),
                ("file", &suite.name),
            ])
            .with_attributes(line.iter().map(|line| ("line", line.as_str())));
        match self.finding {
            Some(finding) => {
                element.write_inner_content(|writer| self.outcome(finding, suite, writer))?;
            }
            None => drop(element.write_empty()?),
        }
        Ok(())
    }

    fn outcome(
        &self,
        finding: &Diagnostic,
        suite: &Suite<'_>,
        writer: &mut Writer<Vec<u8>>,
    ) -> io::Result<()> {
        let (name, message) = match self.outcome {
            Outcome::Pass => ("system-out", None),
            Outcome::Failure => ("failure", Some(&*finding.message)),
            Outcome::Error => ("error", Some(&*finding.message)),
            Outcome::Skipped => ("skipped", self.reason),
        };
        let message = message.map(printable);
        let text = Human { color: false }.render(finding, suite.file.sources);
        let mut element = writer.create_element(name);
        if let Some(message) = &message {
            element = element.with_attributes([("message", &**message), ("type", finding.code.id)]);
        }
        element.write_text_content(BytesText::new(text.trim_end()))?;
        Ok(())
    }
}
