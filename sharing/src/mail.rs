//! Pieces of mails: subjects in any letters, and texts in lines of a bearable length.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// How long a line of a text should be at most (RFC 5322, 2.1.1).
const LINE: usize = 78;
/// Bytes of text in an encoded word, which has at most 75 characters (RFC 2047, 2).
const WORD: usize = 42;

/// The header of a subject: `before` as it is, and `text` encoded where it is not plain (RFC 2047).
pub(crate) fn subject(before: &str, text: &str) -> String {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_plain = text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) && !text.contains("=?");
    if is_plain {
        return format!("Subject: {before}{text}");
    }
    let mut words: Vec<String> = Vec::new();
    for c in text.chars() {
        match words.last_mut() {
            Some(word) if word.len() + c.len_utf8() <= WORD => word.push(c),
            _ => words.push(c.to_string()),
        }
    }
    let words: Vec<String> =
        words.iter().map(|word| format!("=?utf-8?B?{}?=", STANDARD.encode(word))).collect();
    format!("Subject: {before}{}", words.join("\r\n "))
}

/// A line of text as lines of a bearable length, cut between words where that is possible.
pub(crate) fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + word.chars().count() < LINE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
