use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::{FileReport, Sources};
use crate::codes::{self, Code};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::location::{Location, Place};
use crate::tree::Sha256Digest;

/// Rules by id and code: the code of one rule may differ where its id was given twice.
type Rules<'a> = BTreeMap<(&'a str, &'static str), (&'static Code, Severity)>;

/// Findings as a SARIF log (version 2.1.0, OASIS), with one run. Paths are
/// relative to the working folder. `complete` is false where something could
/// not be checked.
pub fn sarif(files: &[FileReport<'_>], complete: bool) -> Value {
    let rules = rules(files);
    let results = files.iter().flat_map(|file| {
        let counted = file.findings.iter().map(|finding| result(finding, None, file.sources, &rules));
        let suppressed = file
            .suppressed
            .iter()
            .map(|hidden| result(&hidden.finding, Some(&hidden.reason), file.sources, &rules));
        counted.chain(suppressed).collect::<Vec<_>>()
    });
    let results: Vec<Value> = results.collect();
    let rules: Vec<Value> = rules.iter().map(|((id, _), (code, level))| rule(id, code, *level)).collect();
    sarif_log(&rules, complete, &results)
}

/// A SARIF log with one run of this program: its rules and results as SARIF has them. `complete` is false where something
/// could not be looked at.
pub fn sarif_log(rules: &[Value], complete: bool, results: &[Value]) -> Value {
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Probity",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{ "executionSuccessful": complete }],
            "results": results,
        }],
    })
}

/// Every rule that something was found by, with the gravest of its findings.
fn rules<'a>(files: &'a [FileReport<'_>]) -> Rules<'a> {
    let mut rules = Rules::new();
    let suppressed = |file: &'a FileReport<'_>| file.suppressed.iter().map(|hidden| &hidden.finding);
    for finding in files.iter().flat_map(|file| file.findings.iter().chain(suppressed(file))) {
        let entry = rules.entry((finding.rule_id(), finding.code.id));
        let (_, level) = entry.or_insert((finding.code, finding.severity));
        *level = finding.severity.max(*level);
    }
    rules
}

fn rule(id: &str, code: &Code, level: Severity) -> Value {
    let short = if id == code.id { code.title.to_owned() } else { format!("{}: {id}", code.title) };
    let accept = format!("To accept it, name `{id}` and the reason in a [[suppress]] table of probity.toml.");
    let help = if codes::CODES.contains(&code) {
        code.explanation.to_owned()
    } else {
        format!("{}\n\n{accept}", code.explanation)
    };
    json!({
        "id": id,
        "shortDescription": { "text": short },
        "fullDescription": { "text": code.explanation },
        "help": { "text": help.replace('`', ""), "markdown": help },
        "defaultConfiguration": { "level": level.to_string() },
        "properties": { "tags": ["oscal", code.id] },
    })
}

fn result(finding: &Diagnostic, reason: Option<&str>, sources: &Sources<'_>, rules: &Rules<'_>) -> Value {
    let key = (finding.rule_id(), finding.code.id);
    let mut text = finding.message.clone();
    finding.helps.iter().for_each(|help| text.extend(["\nhelp: ", help]));
    let mut out = Map::new();
    out.insert("ruleId".into(), json!(key.0));
    out.insert("ruleIndex".into(), json!(rules.range(..key).count()));
    out.insert("level".into(), json!(finding.severity.to_string()));
    out.insert("message".into(), json!({ "text": text }));
    if let Some(primary) = &finding.primary {
        out.insert("locations".into(), json!([location(primary, sources)]));
    }
    if !finding.secondary.is_empty() {
        let related = finding.secondary.iter().enumerate().map(|(number, label)| {
            let mut place = location(label, sources);
            place.insert("id".into(), json!(number + 1));
            Value::Object(place)
        });
        out.insert("relatedLocations".into(), related.collect());
    }
    out.insert("partialFingerprints".into(), json!({ "probityFinding/v1": fingerprint(finding) }));
    let suppressions = reason.map(|reason| json!({ "kind": "external", "justification": reason }));
    out.insert("suppressions".into(), suppressions.into_iter().collect());
    Value::Object(out)
}

fn location(label: &Label, sources: &Sources<'_>) -> Map<String, Value> {
    let Location { file, place } = &label.location;
    let mut out = Map::new();
    let mut physical = Map::new();
    physical.insert("artifactLocation".into(), sarif_file(&sources.display(file)));
    if let Some(region) = sources.region(&label.location) {
        let (start, end) = (region.start, region.end);
        let region = json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        });
        physical.insert("region".into(), region);
    }
    out.insert("physicalLocation".into(), Value::Object(physical));
    if let Place::Value(pointer) | Place::Key(pointer) = place {
        out.insert("logicalLocations".into(), json!([{ "fullyQualifiedName": pointer.as_str() }]));
    }
    if !label.text.is_empty() {
        out.insert("message".into(), json!({ "text": label.text }));
    }
    out
}

/// A file by its URI; relative ones count from the root of the sources.
pub fn sarif_file(path: &str) -> Value {
    match path.strip_prefix("content:") {
        Some(bundled) => json!({ "uri": format!("content:{}", percent(bundled)) }),
        None if path.starts_with('/') => json!({ "uri": format!("file://{}", percent(path)) }),
        None => json!({ "uri": percent(path), "uriBaseId": "%SRCROOT%" }),
    }
}

/// A path as it stands in a URI (RFC 3986).
fn percent(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            other => {
                let _ = write!(out, "%{other:02X}");
            }
        }
    }
    out
}

/// What two findings share that are the same, whatever was added above them.
fn fingerprint(finding: &Diagnostic) -> String {
    let pointer = finding.primary.as_ref().and_then(|label| match &label.location.place {
        Place::Value(pointer) | Place::Key(pointer) => Some(pointer.as_str()),
        Place::File | Place::Span(_) | Place::Line(_) => None,
    });
    let parts = [finding.rule_id(), pointer.unwrap_or_default(), &finding.message];
    Sha256Digest::of(parts.join("\0").as_bytes()).to_string()
}
