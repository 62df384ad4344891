//! The mail that a package is sent by (RFC 5322, RFC 2046).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use jiff::fmt::rfc2822;

use super::{Envelope, Files, MAIL, Manifest};
use crate::plan::Recipients;

/// Writes the mail: the label begins the subject, and stands before and after what is said.
pub(super) fn write(manifest: &Manifest, files: &Files, sender: &str, recipients: &Recipients) -> String {
    // who else receives it is not for everybody to know
    let is_for_one = manifest.audience.contains(':') && !manifest.audience.starts_with("group:");
    let to = match recipients.emails.first() {
        Some(one) if is_for_one => one.clone(),
        _ => "undisclosed-recipients:;".to_owned(),
    };
    let letter = Letter {
        id: &manifest.id,
        colour: &manifest.colour,
        from: &manifest.from,
        made: manifest.made,
        sender,
        to,
        body: body(manifest),
    };
    letter.text(files)
}

/// Writes the mail of an encrypted package, to all whom it names.
pub(super) fn write_sealed(envelope: &Envelope, files: &Files, sender: &str) -> String {
    let letter = Letter {
        id: &envelope.id,
        colour: &envelope.colour,
        from: &envelope.from,
        made: envelope.made,
        sender,
        to: envelope.persons().collect::<Vec<_>>().join(",\r\n "),
        body: body_sealed(envelope),
    };
    letter.text(files)
}

/// Whether a mail is the one that is made of an encrypted package, whoever sends it.
pub(super) fn is_of(envelope: &Envelope, files: &Files, mail: &str) -> bool {
    let Some(sender) = mail.lines().find_map(|line| line.strip_prefix("From:")) else { return false };
    let without = files.iter().filter(|(name, _)| *name != MAIL);
    let without: Files = without.map(|(name, bytes)| (name.clone(), bytes.clone())).collect();
    write_sealed(envelope, &without, sender.trim()) == mail
}

/// What a mail says besides the files that are attached.
struct Letter<'a> {
    id: &'a str,
    colour: &'a str,
    from: &'a str,
    made: Timestamp,
    sender: &'a str,
    to: String,
    body: Vec<String>,
}

impl Letter<'_> {
    fn text(self, files: &Files) -> String {
        let Self { id, colour, from, made, sender, to, body } = self;
        let boundary = format!("probity-{id}");
        let date = rfc2822::to_string(&made.to_zoned(jiff::tz::TimeZone::UTC)).unwrap_or_default();
        let mut lines = vec![
            format!("From: {sender}"),
            format!("To: {to}"),
            format!("Date: {date}"),
            format!("Message-ID: <{id}@{from}.invalid>"),
            format!("Subject: [{colour}] Package {id} of {from}"),
            "MIME-Version: 1.0".to_owned(),
            format!("Content-Type: multipart/mixed; boundary=\"{boundary}\""),
            String::new(),
            format!("--{boundary}"),
        ];
        lines.extend(body);
        for (name, bytes) in files {
            lines.push(format!("--{boundary}"));
            lines.extend(attached(name, bytes));
        }
        lines.push(format!("--{boundary}--"));
        lines.push(String::new());
        lines.join("\r\n")
    }
}

fn body_sealed(envelope: &Envelope) -> Vec<String> {
    let Envelope { id, colour, from, to, .. } = envelope;
    let mut lines = vec![
        "Content-Type: text/plain; charset=utf-8".to_owned(),
        "Content-Transfer-Encoding: 8bit".to_owned(),
        String::new(),
        colour.clone(),
        String::new(),
        format!("{from} shares package {id} with these persons, and with nobody else:"),
        String::new(),
    ];
    lines.extend(to.iter().map(|person| format!("- {person}")));
    lines.extend([
        String::new(),
        "It is encrypted with age to their keys. `probity share receive --identity KEY-FILE` looks inside."
            .to_owned(),
        String::new(),
        colour.clone(),
    ]);
    lines
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
