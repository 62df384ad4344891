use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{FileReport, Human, Sources, printable};
use crate::codes;
use crate::diagnostic::{Diagnostic, Severity};
use crate::location::Place;

/// Numbers cases of one name, from the second on.
pub fn number(cases: &mut [TestCase]) {
    let mut seen = BTreeMap::new();
    for case in cases {
        let times = seen.entry(case.name.clone()).or_insert(0_usize);
        *times += 1;
        if *times > 1 {
            let _ = write!(case.name, " ({times})");
        }
    }
}

/// How a test case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TestOutcome {
    /// Nothing is wrong.
    Pass,
    /// What was looked for is wrong.
    Failure,
    /// It could not be looked for.
    Error,
    /// It does not count.
    Skipped,
}

/// Test cases that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestSuite {
    /// Its name, which is the class of its cases as well.
    pub name: String,
    /// The file that its cases are of.
    pub file: String,
    /// Facts about the suite: name and value.
    pub properties: Vec<(String, String)>,
    /// The cases.
    pub cases: Vec<TestCase>,
}

/// A test case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestCase {
    /// Its name.
    pub name: String,
    /// The file, where it is another than that of the suite.
    pub file: Option<String>,
    /// The line of the file, from 1.
    pub line: Option<usize>,
    /// How it ended.
    pub outcome: TestOutcome,
    /// What there is to say of it.
    pub said: Option<Said>,
}

/// What is said of a test case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// In one line; cases that pass have none.
    pub message: Option<String>,
    /// The id of the kind of finding.
    pub kind: String,
    /// In full.
    pub text: String,
}

/// Findings as a `JUnit` report: a test suite for each file, a test case for
/// each finding, named by its rule and pointer. Errors fail, files that could
/// not be read are errors, suppressed findings are skipped; warnings and
/// notes pass and are told. A file without findings is one case that passes.
///
/// # Errors
/// The writer of XML refuses; it does not, in memory.
pub fn junit(files: &[FileReport<'_>]) -> io::Result<String> {
    let suites: Vec<TestSuite> = files.iter().map(TestSuite::of).collect();
    junit_suites(&suites)
}

/// Test suites as a `JUnit` report.
///
/// # Errors
/// The writer of XML refuses; it does not, in memory.
pub fn junit_suites(suites: &[TestSuite]) -> io::Result<String> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let total = |outcome| suites.iter().map(|suite| suite.count(outcome)).sum::<usize>().to_string();
    let tests = suites.iter().map(|suite| suite.cases.len()).sum::<usize>().to_string();
    writer
        .create_element("testsuites")
        .with_attributes([
            ("name", "probity"),
            ("tests", tests.as_str()),
            ("failures", total(TestOutcome::Failure).as_str()),
            ("errors", total(TestOutcome::Error).as_str()),
        ])
        .write_inner_content(|writer| suites.iter().try_for_each(|suite| suite.write(writer)))?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(io::Error::other)
}

impl TestSuite {
    /// The findings of a file.
    fn of(file: &FileReport<'_>) -> Self {
        let found = file.findings.iter().map(|finding| (finding, None));
        let hidden = file.suppressed.iter().map(|hidden| (&hidden.finding, Some(hidden.reason.as_str())));
        let each = found.chain(hidden);
        let mut cases: Vec<TestCase> =
            each.map(|(finding, reason)| TestCase::of(finding, reason, file.sources)).collect();
        number(&mut cases);
        if cases.is_empty() {
            cases.push(TestCase {
                name: "valid".into(),
                file: None,
                line: None,
                outcome: TestOutcome::Pass,
                said: None,
            });
        }
        let name = printable(&file.name).into_owned();
        Self { file: name.clone(), name, properties: Vec::new(), cases }
    }

    fn count(&self, outcome: TestOutcome) -> usize {
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
                ("failures", count(TestOutcome::Failure).as_str()),
                ("errors", count(TestOutcome::Error).as_str()),
                ("skipped", count(TestOutcome::Skipped).as_str()),
            ])
            .write_inner_content(|writer| {
                if !self.properties.is_empty() {
                    let element = writer.create_element("properties");
                    element.write_inner_content(|writer| {
                        self.properties.iter().try_for_each(|(name, value)| {
                            let attributes = [("name", name.as_str()), ("value", value.as_str())];
                            let element = writer.create_element("property").with_attributes(attributes);
                            element.write_empty().map(|_| ())
                        })
                    })?;
                }
                self.cases.iter().try_for_each(|case| case.write(self, writer))
            })?;
        Ok(())
    }
}

impl TestCase {
    /// A finding as a case, named by its rule and pointer; with a reason where it does not count.
    pub fn of(finding: &Diagnostic, reason: Option<&str>, sources: &Sources<'_>) -> Self {
        let pointer = finding.primary.as_ref().and_then(|label| match &label.location.place {
            Place::Value(pointer) | Place::Key(pointer) => Some(pointer.as_str()),
            Place::File | Place::Span(_) | Place::Line(_) => None,
        });
        let name = format!("{} {}", finding.rule_id(), pointer.unwrap_or_default());
        let name = printable(name.trim_end()).into_owned();
        let outcome = match finding.severity {
            _ if reason.is_some() => TestOutcome::Skipped,
            Severity::Error if codes::UNREADABLE.contains(&finding.code) => TestOutcome::Error,
            Severity::Error => TestOutcome::Failure,
            Severity::Warning | Severity::Note => TestOutcome::Pass,
        };
        let place = finding.primary.as_ref().and_then(|label| sources.position(&label.location));
        let mut case = Self { name, file: None, line: place.map(|at| at.line), outcome, said: None };
        case.say(finding, sources);
        if let (Some(said), Some(reason)) = (&mut case.said, reason) {
            said.message = Some(printable(reason).into_owned());
        }
        case
    }

    /// Says of the case what a finding says.
    pub fn say(&mut self, finding: &Diagnostic, sources: &Sources<'_>) {
        let text = Human { color: false }.render(finding, sources).trim_end().to_owned();
        let told = self.outcome != TestOutcome::Pass;
        let message = told.then(|| printable(&finding.message).into_owned());
        self.said = Some(Said { message, kind: finding.code.id.to_owned(), text });
    }

    fn write(&self, suite: &TestSuite, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let line = self.line.map(|line| line.to_string());
        let element = writer
            .create_element("testcase")
            .with_attributes([
                ("name", self.name.as_str()),
                ("classname", &suite.name),
                ("file", self.file.as_ref().unwrap_or(&suite.file)),
            ])
            .with_attributes(line.iter().map(|line| ("line", line.as_str())));
        match &self.said {
            Some(said) => {
                element.write_inner_content(|writer| self.outcome(said, writer))?;
            }
            None => drop(element.write_empty()?),
        }
        Ok(())
    }

    fn outcome(&self, said: &Said, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let name = match self.outcome {
            TestOutcome::Pass => "system-out",
            TestOutcome::Failure => "failure",
            TestOutcome::Error => "error",
            TestOutcome::Skipped => "skipped",
        };
        let mut element = writer.create_element(name);
        if let Some(message) = &said.message {
            element = element.with_attributes([("message", message.as_str()), ("type", said.kind.as_str())]);
        }
        element.write_text_content(BytesText::new(&said.text))?;
        Ok(())
    }
}
