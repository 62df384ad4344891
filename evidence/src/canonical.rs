//! The canonical form of JSON (RFC 8785), which evidence digests are made of.

use std::cmp::Ordering;

use probity_diagnostics::Sha256Digest;
use serde_json::{Map, Number, Value};

/// Whole numbers up to this size are exact in every JSON reader (2^53).
const EXACT: u64 = 1 << 53;

/// The member that a digest is not made of.
pub(crate) const DIGEST: &str = "digest";

/// The RFC 8785 form of a value.
pub fn canonical(value: &Value) -> Vec<u8> {
    let mut out = Vec::with_capacity(256);
    write_value(value, &mut out);
    out
}

/// The digest of an evidence line: SHA-256 of the RFC 8785 form of its members
/// without `digest`.
pub fn line_digest(members: &Map<String, Value>) -> Sha256Digest {
    let mut out = Vec::with_capacity(1024);
    write_members(members, Some(DIGEST), &mut out);
    Sha256Digest::of(&out)
}

fn write_value(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => write_number(number, out),
        Value::String(text) => write_text(text, out),
        Value::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write_value(item, out);
            }
            out.push(b']');
        }
        Value::Object(members) => write_members(members, None, out),
    }
}

/// Section 3.2.3: members in the order of the UTF-16 code units of their names.
fn write_members(members: &Map<String, Value>, without: Option<&str>, out: &mut Vec<u8>) {
    let mut sorted: Vec<(&String, &Value)> =
        members.iter().filter(|(key, _)| Some(key.as_str()) != without).collect();
    sorted.sort_unstable_by(|(a, _), (b, _)| by_utf16(a, b));
    out.push(b'{');
    for (index, (key, value)) in sorted.into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_text(key, out);
        out.push(b':');
        write_value(value, out);
    }
    out.push(b'}');
}

fn by_utf16(a: &str, b: &str) -> Ordering {
    if a.is_ascii() || b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
}

/// Section 3.2.2.3: numbers as ECMAScript writes them.
fn write_number(number: &Number, out: &mut Vec<u8>) {
    let exact = number.as_i64().is_some_and(|n| n.unsigned_abs() <= EXACT);
    if exact {
        out.extend_from_slice(number.to_string().as_bytes());
    } else {
        let written = serde_json_canonicalizer::to_vec(number);
        out.extend(written.unwrap_or_else(|_| number.to_string().into_bytes()));
    }
}

/// Section 3.2.2.2: only what must be escaped is.
fn write_text(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    if !text.bytes().any(|byte| byte < 0x20 || byte == b'"' || byte == b'\\') {
        out.extend_from_slice(text.as_bytes());
        return out.push(b'"');
    }
    for byte in text.bytes() {
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            0x08 => out.extend_from_slice(b"\\b"),
            0x09 => out.extend_from_slice(b"\\t"),
            0x0a => out.extend_from_slice(b"\\n"),
            0x0c => out.extend_from_slice(b"\\f"),
            0x0d => out.extend_from_slice(b"\\r"),
            0x00..=0x1f => out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
            other => out.push(other),
        }
    }
    out.push(b'"');
}
