//! Answers of a platform as files: written down by one run, played back by
//! another, without a network.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Mutex;

use probity_diagnostics::document::Limits;
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, TreePath};
use serde_json::{Value, json};

use super::redact;
use crate::codes;

/// What was asked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Asked {
    /// Where it was asked, as the name of a file: `account/1/eu-central-1/ec2`.
    pub(crate) place: String,
    /// The method.
    pub(crate) method: String,
    /// Path and query.
    pub(crate) target: String,
    /// The body, where it says what is asked for.
    pub(crate) body: String,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answered {
    /// The status.
    pub(crate) status: u16,
    /// Headers, in lower case, that bear on how the body is read.
    pub(crate) headers: Vec<(String, String)>,
    /// The body.
    pub(crate) body: Vec<u8>,
}

/// Headers that are written down.
const HEADERS: [&str; 7] = [
    "content-type",
    "retry-after",
    "x-amzn-errortype",
    "x-amzn-query-error",
    "x-amz-bucket-region",
    "x-amzn-requestid",
    "x-ms-error-code",
];

/// Whether answers come from the network, are written down as they come, or
/// are played back.
#[derive(Debug, Default)]
pub struct Tape {
    recorded: Option<Mutex<BTreeMap<String, Vec<String>>>>,
    replayed: Option<Mutex<Replayed>>,
}

type Replayed = BTreeMap<Asked, VecDeque<Answered>>;

impl Tape {
    /// Answers come from the network.
    pub fn live() -> Self {
        Self::default()
    }

    /// Answers come from the network and are written down, without secrets.
    pub fn recording() -> Self {
        Self { recorded: Some(Mutex::default()), replayed: None }
    }

    /// Answers come from the files of a folder.
    ///
    /// # Errors
    /// The folder cannot be read, holds no recording, or a line is not one.
    pub fn replaying(tree: &dyn FileTree, folder: &TreePath) -> Result<Self, Diagnostics> {
        let mut findings = Diagnostics::new();
        let mut replayed = Replayed::new();
        let files = tree.walk(folder).map_err(Diagnostic::from)?;
        for file in files.iter().filter(|file| file.extension() == Some("jsonl")) {
            let bytes = match tree.read(file, Limits::default().bytes) {
                Ok(bytes) => bytes,
                Err(error) => {
                    findings.push(error.into());
                    continue;
                }
            };
            for (index, line) in String::from_utf8_lossy(&bytes).lines().enumerate() {
                if let Some((asked, answered)) = exchange(line) {
                    replayed.entry(asked).or_default().push_back(answered);
                } else {
                    let at = Location::line(file, u32::try_from(index + 1).unwrap_or(u32::MAX));
                    findings.push(Diagnostic::error(&codes::RECORDING, "not a recorded answer").at(at));
                }
            }
        }
        if replayed.is_empty() && findings.is_empty() {
            let message = format!("the folder `{folder}` holds no recorded answers");
            findings.push(Diagnostic::error(&codes::RECORDING, message).at(Location::file(folder)));
        }
        if findings.is_empty() {
            Ok(Self { recorded: None, replayed: Some(Mutex::new(replayed)) })
        } else {
            Err(findings)
        }
    }

    /// Whether answers are written down.
    pub fn is_recording(&self) -> bool {
        self.recorded.is_some()
    }

    /// Whether answers are played back.
    pub fn is_replaying(&self) -> bool {
        self.replayed.is_some()
    }

    /// The places that the answers which are played back come from.
    pub(crate) fn places(&self) -> BTreeSet<String> {
        let replayed = self.replayed.as_ref().and_then(|replayed| replayed.lock().ok());
        replayed.iter().flat_map(|answers| answers.keys()).map(|asked| asked.place.clone()).collect()
    }

    /// The answer that is played back: of several to the same question one
    /// after the other, the last one again and again. None stands for a
    /// question that was not asked when the recording was made.
    pub(crate) fn replay(&self, asked: &Asked) -> Option<Answered> {
        let mut replayed = self.replayed.as_ref()?.lock().ok()?;
        let answers = replayed.get_mut(asked)?;
        if answers.len() > 1 { answers.pop_front() } else { answers.front().cloned() }
    }

    /// Writes an answer down, if answers are.
    pub(crate) fn record(&self, asked: &Asked, answered: &Answered) {
        let Some(Ok(mut recorded)) = self.recorded.as_ref().map(Mutex::lock) else { return };
        let headers: serde_json::Map<String, Value> = answered
            .headers
            .iter()
            .filter(|(name, _)| HEADERS.contains(&name.as_str()))
            .map(|(name, value)| (name.clone(), value.as_str().into()))
            .collect();
        let line = json!({
            "place": asked.place,
            "method": asked.method,
            "target": asked.target,
            "request": asked.body,
            "status": answered.status,
            "headers": headers,
            "body": redact::body(&answered.body),
        });
        recorded.entry(asked.place.clone()).or_default().push(line.to_string());
    }

    /// The files of what was recorded since the last call, by path. Lines of a file are sorted by
    /// what was asked, so that the order of arrival leaves no trace.
    pub fn take_files(&self) -> Vec<(String, Vec<u8>)> {
        let recorded = self.recorded.as_ref().and_then(|lines| lines.lock().ok());
        let recorded = recorded.map(|mut lines| std::mem::take(&mut *lines)).unwrap_or_default();
        let file = |(place, mut lines): (String, Vec<String>)| {
            lines.sort_by_cached_key(|line| exchange(line).map(|(asked, _)| asked));
            (format!("{place}.jsonl"), (lines.join("\n") + "\n").into_bytes())
        };
        recorded.into_iter().map(file).collect()
    }
}

/// The exchange that a line of a recording holds.
fn exchange(line: &str) -> Option<(Asked, Answered)> {
    let value: Value = serde_json::from_str(line).ok()?;
    let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
    let headers = value.get("headers")?.as_object()?.iter();
    let asked = Asked {
        place: text("place")?,
        method: text("method")?,
        target: text("target")?,
        body: text("request")?,
    };
    let answered = Answered {
        status: u16::try_from(value.get("status")?.as_u64()?).ok()?,
        headers: headers
            .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
            .collect(),
        body: text("body")?.into_bytes(),
    };
    Some((asked, answered))
}
