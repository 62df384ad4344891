//! Verdict files: JSON lines, sorted by check, then by resource id.

use std::collections::HashMap;
use std::io::{self, BufRead, Write};
use std::sync::Arc;

use jiff::Timestamp;
use probity_diagnostics::{Diagnostic, Diagnostics, Location, Step, TreePath};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::from_records::subject;
use super::loose::Details;
use super::record::VerdictRecord;
use super::store::{Counts, Found, Row, SourceState, VerdictView, Verdicts};
use crate::codes;
use crate::compile::CheckName;

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Begin {
    kind: String,
    assessment: String,
    as_of: Timestamp,
    /// All checks that were run, those without any verdict included.
    checks: Vec<CheckName>,
    sources: Vec<SourceState>,
    tool: Value,
}

/// The last line.
#[derive(Debug, Serialize, Deserialize)]
struct End {
    kind: String,
    resources: u64,
    #[serde(flatten)]
    counts: Counts,
}

/// Writes a verdict file. The same verdicts give the same bytes.
///
/// # Errors
/// What the writer returned.
pub fn write_verdicts(verdicts: &Verdicts, out: &mut dyn Write) -> io::Result<()> {
    let mut out = io::BufWriter::with_capacity(1 << 16, out);
    let begin = Begin {
        kind: "begin".to_owned(),
        assessment: verdicts.assessment.clone(),
        as_of: verdicts.as_of,
        checks: verdicts.checks().cloned().collect(),
        sources: verdicts.sources.clone(),
        tool: json!({ "name": "probity", "version": env!("CARGO_PKG_VERSION") }),
    };
    line(&mut out, &begin)?;
    for verdict in verdicts.iter() {
        write_verdict(&mut out, &verdict)?;
    }
    let resources = verdicts.resources;
    line(&mut out, &End { kind: "end".to_owned(), resources, counts: verdicts.total() })?;
    out.flush()
}

fn line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

/// Writes one verdict; its detail is JSON already.
fn write_verdict(out: &mut impl Write, verdict: &VerdictView<'_>) -> io::Result<()> {
    let subject = verdict.subject;
    out.write_all(b"{\"kind\":\"verdict\",\"check\":\"")?;
    out.write_all(verdict.check.as_str().as_bytes())?;
    out.write_all(b"\",\"resource\":")?;
    serde_json::to_writer(&mut *out, subject.id())?;
    out.write_all(b",\"name\":")?;
    serde_json::to_writer(&mut *out, subject.name())?;
    out.write_all(b",\"type\":\"")?;
    out.write_all(subject.kind().as_bytes())?;
    out.write_all(b"\",\"verdict\":\"")?;
    out.write_all(verdict.outcome.as_str().as_bytes())?;
    let members =
        verdict.detail.strip_prefix('{').and_then(|detail| detail.strip_suffix('}')).unwrap_or_default();
    out.write_all(if members.is_empty() { b"\"" } else { b"\"," })?;
    out.write_all(members.as_bytes())?;
    out.write_all(b",\"evidence\":{\"source\":")?;
    serde_json::to_writer(&mut *out, subject.source())?;
    out.write_all(b",\"line\":")?;
    serde_json::to_writer(&mut *out, &subject.line)?;
    out.write_all(b",\"digest\":\"")?;
    out.write_all(&subject.digest.digits())?;
    writeln!(out, "\"}},\"collected\":\"{}\"}}", subject.collected)
}

/// Reads a verdict file that [`write_verdicts`] wrote; `file` is named in findings.
///
/// # Errors
/// The reader fails, a line is no record, or the file is cut off.
pub fn read_verdicts(reader: impl BufRead, file: &TreePath) -> Step<Verdicts> {
    let mut reading = Reading::default();
    for (index, text) in reader.lines().enumerate() {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let result = match text {
            Ok(text) => reading.line(&text),
            Err(error) => Err(error.to_string()),
        };
        if let Err(why) = result {
            return Err(broken(&why).at(Location::line(file, number)).into());
        }
    }
    match (reading.verdicts, reading.ended) {
        (Some(mut verdicts), true) => {
            verdicts.details = reading.details.into_list();
            verdicts.sort_subjects();
            Diagnostics::new().unless_errors(verdicts)
        }
        (Some(_), false) => {
            Err(broken("the file is cut off: it has no `end` record").at(Location::file(file)).into())
        }
        (None, _) => Err(broken("the file holds no verdicts").at(Location::file(file)).into()),
    }
}

fn broken(why: &str) -> Diagnostic {
    Diagnostic::error(&codes::VERDICT_FILE, why.to_owned()).help("run `probity assess` again")
}

#[derive(Default)]
struct Reading {
    details: Details,
    verdicts: Option<Verdicts>,
    /// Indices of subjects by id.
    known: HashMap<String, u32>,
    ended: bool,
}

impl Reading {
    fn line(&mut self, text: &str) -> Result<(), String> {
        let wrong = |error: serde_json::Error| error.to_string();
        if self.ended {
            return Err("a record follows the `end` record".to_owned());
        }
        let Some(verdicts) = &mut self.verdicts else {
            let begin: Begin = serde_json::from_str(text).map_err(wrong)?;
            let mut verdicts = Verdicts::new(begin.assessment, begin.as_of);
            verdicts.sources = begin.sources;
            verdicts.rows = begin.checks.into_iter().map(|check| (check, Vec::new())).collect();
            self.verdicts = Some(verdicts);
            return Ok(());
        };
        if text.starts_with("{\"kind\":\"end\"") {
            let end: End = serde_json::from_str(text).map_err(wrong)?;
            if end.counts != verdicts.total() {
                return Err("the counts of the `end` record are not those of the file".to_owned());
            }
            verdicts.resources = end.resources;
            self.ended = true;
            return Ok(());
        }
        let record: VerdictRecord = serde_json::from_str(text).map_err(wrong)?;
        let detail = serde_json::to_string(&record.detail).map_err(wrong)?;
        let rows = verdicts.rows.get_mut(&record.check);
        let rows = rows.ok_or_else(|| format!("check `{}` is not in the `begin` record", record.check))?;
        let subjects = &mut verdicts.subjects;
        let subject = *self.known.entry(record.resource.clone()).or_insert_with(|| {
            subjects.push(subject(&record));
            u32::try_from(subjects.len() - 1).unwrap_or(u32::MAX)
        });
        let found = Found::new(record.verdict, self.details.index(Arc::from(detail)));
        rows.push(Row { subject, found });
        Ok(())
    }
}
