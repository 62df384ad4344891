use std::io::Read as _;

use probity_diagnostics::{Diagnostic, Diagnostics, FileError, FileTree, Location, Step, TreePath, Warned};
use serde_json::Value;

use crate::codes;
use crate::input::expand;
use crate::kubernetes::is_manifest_name;

/// How much of a file is looked at.
const HEAD: u64 = 64 << 10;

/// What kind of source something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceKind {
    /// Kubernetes objects as YAML or JSON.
    KubernetesManifest,
    /// Evidence as JSON lines.
    EvidenceSet,
}

/// The kind of the source at `path`: a file, a folder or a pattern.
///
/// # Errors
/// Nothing is there, it cannot be read, or it is of no known kind.
pub fn detect(tree: &dyn FileTree, path: &TreePath) -> Step<SourceKind> {
    let mut findings = Diagnostics::new();
    let wanted = |file: &TreePath| is_manifest_name(file) || file.extension() == Some("jsonl");
    let (files, _) = expand(tree, path, &wanted, &mut findings);
    if findings.has_errors() {
        return Err(findings);
    }
    for file in files {
        let mut head = Vec::new();
        let unreadable = |e: std::io::Error| Diagnostic::from(FileError::from_io(&file, &e));
        let reader = tree.open(&file).map_err(Diagnostic::from)?;
        reader.take(HEAD).read_to_end(&mut head).map_err(unreadable)?;
        if let Some(kind) = detect_bytes(&head) {
            return Ok(Warned::clean(kind));
        }
    }
    let message = format!("`{path}` is neither a Kubernetes manifest nor an evidence set");
    let finding = Diagnostic::error(&codes::UNKNOWN_SOURCE, message).at(Location::file(path));
    Err(finding
        .help("a manifest has `apiVersion` and `kind`; an evidence set begins with a `begin` record")
        .into())
}

/// The kind of source that a text (or its beginning) belongs to.
pub fn detect_bytes(bytes: &[u8]) -> Option<SourceKind> {
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    if let Ok(Value::Object(record)) = serde_json::from_str(first)
        && record.get("kind").and_then(Value::as_str) == Some("begin")
    {
        return Some(SourceKind::EvidenceSet);
    }
    let has = |key: &str| {
        let (plain, quoted) = (format!("{key}:"), format!("\"{key}\""));
        text.lines().any(|line| line.starts_with(&plain) || line.contains(&quoted))
    };
    (has("apiVersion") && has("kind")).then_some(SourceKind::KubernetesManifest)
}
