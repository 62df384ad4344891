//! The mail that a package is sent by (RFC 5322, RFC 2046).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::fmt::rfc2822;

use super::{Files, Manifest};
use crate::plan::Recipients;

/// Writes the mail: the label begins the subject, and stands before and after what is said.
pub(super) fn write(manifest: &Manifest, files: &Files, sender: &str, recipients: &Recipients) -> String {
    let Manifest { id, colour, from, .. } = manifest;
    let boundary = format!("probity-{id}");
    // who else receives it is not for everybody to know
    let is_for_one = manifest.audience.contains(':') && !manifest.audience.starts_with("group:");
    let to = match recipients.emails.first() {
        Some(one) if is_for_one => one.clone(),
        _ => "undisclosed-recipients:;".to_owned(),
    };
    let date = rfc2822::to_string(&manifest.made.to_zoned(jiff::tz::TimeZone::UTC)).unwrap_or_default();
    let head = [
        format!("From: {sender}"),
        format!("To: {to}"),
        format!("Date: {date}"),
        format!("Message-ID: <{id}@{from}.invalid>"),
        format!("Subject: [{colour}] Package {id} of {from}"),
        "MIME-Version: 1.0".to_owned(),
        format!("Content-Type: multipart/mixed; boundary=\"{boundary}\""),
        String::new(),
    ];
    let mut lines: Vec<String> = head.to_vec();
    lines.push(format!("--{boundary}"));
    lines.extend(body(manifest));
    for (name, bytes) in files {
        lines.push(format!("--{boundary}"));
        lines.extend(attached(name, bytes));
    }
    lines.push(format!("--{boundary}--"));
    lines.push(String::new());
    lines.join("\r\n")
}

fn body(manifest: &Manifest) -> Vec<String> {
    let Manifest { id, colour, from, audience, .. } = manifest;
    let mut lines = vec![
        "Content-Type: text/plain; charset=utf-8".to_owned(),
        "Content-Transfer-Encoding: 8bit".to_owned(),
        String::new(),
        colour.clone(),
        String::new(),
        format!("{from} shares this with {audience}, in package {id}:"),
        String::new(),
    ];
    lines.extend(manifest.documents.iter().map(|one| format!("- {} (SHA-256 {})", one.file, one.sha256)));
    lines.extend([
        String::new(),
        "Only the originator of a document may change its colour.".to_owned(),
        String::new(),
        colour.clone(),
    ]);
    lines
}

fn attached(name: &str, bytes: &[u8]) -> Vec<String> {
    let name = name.rsplit('/').next().unwrap_or(name);
    let mut lines = vec![
        "Content-Type: application/octet-stream".to_owned(),
        "Content-Transfer-Encoding: base64".to_owned(),
        format!("Content-Disposition: attachment; filename=\"{name}\""),
        String::new(),
    ];
    let text: Vec<char> = STANDARD.encode(bytes).chars().collect();
    lines.extend(text.chunks(76).map(|chunk| chunk.iter().collect::<String>()));
    lines
}
