//! Mails (RFC 5322, RFC 2045). A mail is written anew: headers in their order, texts as UTF-8, attached files scrubbed by their own
//! format where they have one, and left out where not. Signatures over it hold no more and are left out.

use std::fmt::Write as _;

use mail_parser::{Address, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders as _, PartType};
use probity_diagnostics::{Diagnostics, Sha256Digest, TreePath};

use super::super::rule::Rule;
use super::super::structure::Role;
use super::super::worker::{Change, Worker};
use super::{Format, malformed};

/// How deep mails may lie in mails.
const DEEPEST: usize = 8;

/// Headers that name who a mail went to: they are ours.
const RECIPIENTS: [&str; 9] = [
    "to",
    "cc",
    "bcc",
    "resent-to",
    "resent-cc",
    "resent-bcc",
    "delivered-to",
    "x-original-to",
    "envelope-to",
];

/// Headers that name who it came from: an attacker, where an indicator says so.
const SENDERS: [&str; 5] = ["from", "sender", "reply-to", "return-path", "resent-from"];

/// Headers that are written anew, and those whose signature would not hold any more.
const LEFT_OUT: [&str; 8] = [
    "content-type",
    "content-transfer-encoding",
    "content-disposition",
    "content-id",
    "mime-version",
    "dkim-signature",
    "arc-seal",
    "arc-message-signature",
];

pub(super) fn scrub(bytes: &[u8], path: &TreePath, worker: &mut Worker<'_>) -> Result<Vec<u8>, Diagnostics> {
    let parser = MessageParser::new().with_mime_headers().with_address_headers().default_header_text();
    let message = parser.parse(bytes).ok_or_else(|| malformed(path, "is no mail"))?;
    let mut writing = Writing { worker, path, parts: Vec::new() };
    let head = writing.head(&message, "");
    writing.parts(&message, "", 0)?;
    Ok(written(&head, &writing.parts).into_bytes())
}

/// A part of the new mail.
struct Part {
    /// `text/plain`, and the name of the file.
    kind: String,
    name: Option<String>,
    text: String,
}

struct Writing<'w, 'a, 'p> {
    worker: &'w mut Worker<'a>,
    path: &'p TreePath,
    parts: Vec<Part>,
}

impl Writing<'_, '_, '_> {
    /// The headers, but for those that say how the body is written.
    fn head(&mut self, message: &Message<'_>, place: &str) -> String {
        let mut head = String::new();
        for header in message.headers() {
            let name = header.name.as_str();
            let small = name.to_lowercase();
            if LEFT_OUT.contains(&small.as_str()) {
                continue;
            }
            let at = format!("{place}{small}");
            let value = self.header(&small, &header.value, &at);
            let name = self.worker.prose(&at, Role::Prose, name).unwrap_or_else(|| name.to_owned());
            let _ = write!(head, "{name}: {}\r\n", value.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        head
    }

    fn header(&mut self, name: &str, value: &HeaderValue<'_>, at: &str) -> String {
        let role: fn(Rule) -> Role = if RECIPIENTS.contains(&name) {
            Role::Named
        } else if SENDERS.contains(&name) {
            Role::Unless
        } else {
            |_| Role::Prose
        };
        match value {
            HeaderValue::Address(addresses) => self.addresses(addresses, role, at),
            HeaderValue::Text(text) => self.text(at, role(Rule::Mail), text),
            HeaderValue::TextList(texts) => {
                let texts: Vec<String> =
                    texts.iter().map(|text| self.text(at, role(Rule::Mail), text)).collect();
                texts.join(", ")
            }
            HeaderValue::DateTime(date) => date.to_rfc822(),
            HeaderValue::ContentType(_) | HeaderValue::Received(_) | HeaderValue::Empty => String::new(),
        }
    }

    /// Names and addresses, each for itself.
    fn addresses(&mut self, addresses: &Address<'_>, role: fn(Rule) -> Role, at: &str) -> String {
        let one = |one: &mail_parser::Addr<'_>| {
            let name = one.name.as_deref().map(|name| self.text(at, role(Rule::Person), name));
            let address = one
                .address
                .as_deref()
                .map(|address| self.text(at, role(Rule::Mail), address))
                .unwrap_or_default();
            match name {
                Some(name) => format!("\"{}\" <{address}>", name.replace(['"', '\\'], "")),
                None => address,
            }
        };
        addresses.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    /// What becomes of a text that has a role of its own.
    fn text(&mut self, at: &str, role: Role, text: &str) -> String {
        match self.worker.text(at, &[], role, text) {
            Change::Same => text.to_owned(),
            Change::Text(text) => text,
            Change::Gone => String::new(),
        }
    }

    /// The parts of the body, one after the other.
    fn parts(&mut self, message: &Message<'_>, place: &str, depth: usize) -> Result<(), Diagnostics> {
        for (number, part) in (1..).zip(&message.parts) {
            let at = format!("{place}part {number}");
            match &part.body {
                PartType::Multipart(_) => {}
                PartType::Html(text) => self.body("text/html", text, &at),
                PartType::Text(text) if part.attachment_name().is_none() => {
                    self.body("text/plain", text, &at);
                }
                PartType::Message(inner) if depth < DEEPEST => {
                    let place = format!("{at}, ");
                    let head = self.head(inner, &place);
                    self.parts.push(Part { kind: "text/plain".to_owned(), name: None, text: head });
                    self.parts(inner, &place, depth + 1)?;
                }
                _ => self.attached(part, &at)?,
            }
        }
        Ok(())
    }

    fn body(&mut self, kind: &str, text: &str, at: &str) {
        let text = self.worker.prose(at, Role::Prose, text).unwrap_or_else(|| text.to_owned());
        self.parts.push(Part { kind: kind.to_owned(), name: None, text });
    }

    /// An attached file: scrubbed by its own format, if it is one.
    fn attached(&mut self, part: &MessagePart<'_>, at: &str) -> Result<(), Diagnostics> {
        let file = part.attachment_name().and_then(|name| TreePath::parse(name).ok());
        let format = file.as_ref().and_then(|file| Format::of(file).ok());
        let (Some(file), Some(format), Ok(_)) = (file, format, std::str::from_utf8(part.contents())) else {
            self.worker.gone(at, Rule::Attachment);
            return Ok(());
        };
        let bytes = format.scrub(part.contents(), self.path, self.worker)?;
        let name = self
            .worker
            .prose(at, Role::Prose, file.file_name())
            .unwrap_or_else(|| file.file_name().to_owned());
        let text =
            String::from_utf8(bytes).map_err(|_| malformed(self.path, "holds a file that is no text"))?;
        self.parts.push(Part { kind: "text/plain".to_owned(), name: Some(name), text });
        Ok(())
    }
}

/// The text of a mail: one part as it is, several between boundaries.
fn written(head: &str, parts: &[Part]) -> String {
    let mut text = format!("{head}MIME-Version: 1.0\r\n");
    if let [only] = parts {
        only.write(&mut text);
        return text;
    }
    let all: String = parts.iter().map(|part| part.text.as_str()).collect();
    let digest = Sha256Digest::of(all.as_bytes()).digits();
    let boundary: String = digest.iter().take(24).map(|digit| char::from(b'a' + digit % 16)).collect();
    let _ = write!(text, "Content-Type: multipart/mixed; boundary=\"{boundary}\"\r\n\r\n");
    for part in parts {
        let _ = write!(text, "--{boundary}\r\n");
        part.write(&mut text);
        text.push_str("\r\n");
    }
    let _ = write!(text, "--{boundary}--\r\n");
    text
}

impl Part {
    fn write(&self, text: &mut String) {
        let _ =
            write!(text, "Content-Type: {}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n", self.kind);
        if let Some(name) = &self.name {
            let name: String =
                name.chars().map(|c| if c.is_ascii_graphic() && c != '"' { c } else { '_' }).collect();
            let _ = write!(text, "Content-Disposition: attachment; filename=\"{name}\"\r\n");
        }
        text.push_str("\r\n");
        text.push_str(&self.text);
    }
}
