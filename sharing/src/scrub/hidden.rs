//! Texts that lie in others as Base64 (RFC 4648).

use std::ops::Range;

use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use base64::{alphabet, engine::general_purpose};

/// Characters of the shortest text that is looked into: `a@b.cd` has eight.
const SHORTEST: usize = 8;

/// A text in Base64.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Enclosed {
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// What it reads.
    pub(super) text: String,
    form: Form,
}

/// How a text was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Form {
    /// With `-` and `_`.
    url: bool,
    padded: bool,
    /// As UTF-16, low byte first: what PowerShell takes as an encoded command.
    wide: bool,
}

impl Enclosed {
    /// Another text, written in the same way, on one line.
    pub(super) fn written(&self, text: &str) -> String {
        let bytes: Vec<u8> = if self.form.wide {
            text.encode_utf16().flat_map(u16::to_le_bytes).collect()
        } else {
            text.as_bytes().to_vec()
        };
        let engine = match (self.form.url, self.form.padded) {
            (false, true) => general_purpose::STANDARD,
            (false, false) => general_purpose::STANDARD_NO_PAD,
            (true, true) => general_purpose::URL_SAFE,
            (true, false) => general_purpose::URL_SAFE_NO_PAD,
        };
        engine.encode(bytes)
    }
}

/// All texts in Base64 in a text: over several lines, where they make sense together, or each line by itself.
pub(super) fn enclosed(text: &str) -> Vec<Enclosed> {
    let mut found = Vec::new();
    for block in blocks(text) {
        match read(text, block.clone()) {
            Some(enclosed) => found.push(enclosed),
            None => found.extend(lines(text, block).filter_map(|line| read(text, line))),
        }
    }
    found
}

/// What Base64 decodes to, text or not.
pub(super) fn decoded(text: &str) -> Option<Vec<u8>> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let url = bare.contains(['-', '_']);
    let alphabet = if url { &alphabet::URL_SAFE } else { &alphabet::STANDARD };
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    GeneralPurpose::new(alphabet, config).decode(bare).ok()
}

fn in_alphabet(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_' | '=')
}

/// Rows of characters of the alphabet, with single ends of lines between them.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for word in words(text, in_alphabet) {
        let joined = blocks.last_mut().filter(|last| {
            let between = text.get(last.end..word.start);
            matches!(between, Some("\n" | "\r\n" | "\n " | "\r\n "))
                && !text.get(..last.end).is_some_and(|t| t.ends_with('='))
        });
        match joined {
            Some(last) => last.end = word.end,
            None => blocks.push(word),
        }
    }
    blocks
}

fn words(text: &str, belongs: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| belongs(*c)) {
        match words.last_mut().filter(|last| last.end == at) {
            Some(last) => last.end = at + c.len_utf8(),
            None => words.push(at..at + c.len_utf8()),
        }
    }
    words
}

fn lines(text: &str, block: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let start = block.start;
    words(text.get(block).unwrap_or_default(), in_alphabet)
        .into_iter()
        .map(move |word| word.start + start..word.end + start)
}

/// The text that a part of a text encloses; what follows a sign such as `key=` or `/` is tried, too.
fn read(text: &str, part: Range<usize>) -> Option<Enclosed> {
    let written = text.get(part.clone())?;
    let leading = written.find(|c: char| c != '=').unwrap_or_default();
    let after_name = written.trim_end_matches('=').rfind('=').map(|at| at + 1);
    [Some(leading), after_name].into_iter().flatten().find_map(|skip| {
        let range = part.start + skip..part.end;
        let written = text.get(range.clone()).filter(|written| written.len() >= SHORTEST)?;
        let bytes = decoded(written)?;
        let (text, wide) =
            narrow(&bytes).map(|text| (text, false)).or_else(|| Some((widened(&bytes)?, true)))?;
        let form = Form { url: written.contains(['-', '_']), padded: written.len() % 4 == 0, wide };
        Some(Enclosed { range, text, form })
    })
}

fn narrow(bytes: &[u8]) -> Option<String> {
    String::from_utf8(bytes.to_vec()).ok().filter(|text| is_text(text))
}

fn widened(bytes: &[u8]) -> Option<String> {
    let units = bytes
        .chunks_exact(2)
        .map(|pair| pair.iter().rev().fold(0, |unit, byte| unit << 8 | u16::from(*byte)));
    let text: Option<String> = char::decode_utf16(units).map(Result::ok).collect();
    text.filter(|text| {
        bytes.len().is_multiple_of(2)
            && is_text(text)
            && text.chars().filter(char::is_ascii).count() * 2 > text.len()
    })
}

/// Whether bytes that read as text are meant as text.
pub(super) fn is_text(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::enclosed;

    fn found(text: &str) -> Vec<String> {
        enclosed(text).into_iter().map(|one| one.text).filter(|one| one.contains('@')).collect()
    }

    #[test]
    fn text_in_base64_is_found_and_written_again() {
        for written in [
            "see YW5uQHgub3Jn here",
            "mail=YW5uQHgub3Jn",
            "data:text/plain;base64,YW5uQHgub3Jn",
            "-enc YQBuAG4AQAB4AC4AbwByAGcA",
            "YW5u\nQHgub3Jn",
            "a ZmVlZA\nYW5uQHgub3Jn\nwith",
        ] {
            assert_eq!(found(written), ["ann@x.org"], "{written}");
        }
        let one = enclosed("YQBuAG4AQAB4AC4AbwByAGcA").remove(0);
        assert_eq!(one.written("bob@x.org"), "YgBvAGIAQAB4AC4AbwByAGcA");
        let one = enclosed("YW5uQHgub3JnIQ").remove(0);
        assert_eq!(one.written("ann@x.org!"), "YW5uQHgub3JnIQ");
    }
}
