//! Reading what is planted: values between `«` and `»`, what stays between `‹` and `›`.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use unicode_normalization::UnicodeNormalization as _;

/// A text with what was planted in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Planted {
    /// The text without marks.
    pub(super) text: String,
    /// The values as somebody reads them.
    pub(super) values: Vec<String>,
    /// The same as they are written.
    pub(super) written: Vec<String>,
    /// What has to stay.
    pub(super) stays: Vec<String>,
}

/// The sentences of the corpus.
pub(super) fn sentences() -> Vec<Planted> {
    let text = include_str!("../../scrub/planted.txt");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| read(&line.replace("\\n", "\n"))).collect()
}

/// Reads a marked text.
pub(super) fn read(marked: &str) -> Planted {
    let mut planted = Planted::default();
    let mut rest = marked;
    while let Some((at, mark)) = rest.char_indices().find(|(_, c)| matches!(c, '«' | '‹')) {
        planted.text.push_str(&rest[..at]);
        let end = if mark == '«' { '»' } else { '›' };
        let (inner, after) = rest[at + mark.len_utf8()..].split_once(end).unwrap();
        if mark == '«' {
            let (way, value) =
                inner.split_once('|').filter(|(way, _)| WAYS.contains(way)).unwrap_or(("", inner));
            let value = value.replace('·', "");
            let written = written(way, &value);
            planted.text.push_str(&written);
            planted.written.push(written);
            planted.values.push(value);
        } else {
            planted.text.push_str(inner);
            planted.stays.push(inner.to_owned());
        }
        rest = after;
    }
    planted.text.push_str(rest);
    planted
}

/// Ways to write a value so that a plain search passes over it.
const WAYS: [&str; 19] = [
    "percent",
    "percent2",
    "entity",
    "json",
    "hex",
    "base64",
    "base64url",
    "base64twice",
    "utf16",
    "nested",
    "fullwidth",
    "bold",
    "soft",
    "zero",
    "defanged",
    "decomposed",
    "nbsp",
    "dash",
    "upper",
];

fn written(way: &str, value: &str) -> String {
    let each = |form: fn(char) -> String| value.chars().map(form).collect::<String>();
    let signs = |form: fn(u32) -> String| {
        value
            .chars()
            .map(|c| if c.is_ascii_alphabetic() { c.to_string() } else { form(u32::from(c)) })
            .collect::<String>()
    };
    match way {
        "" => value.to_owned(),
        "percent" => signs(|code| format!("%{code:02x}")),
        "percent2" => signs(|code| format!("%25{code:02x}")),
        "entity" => signs(|code| format!("&#{code};")),
        "json" => signs(|code| format!("\\u{code:04x}")),
        "hex" => signs(|code| format!("\\x{code:02x}")),
        "base64" => STANDARD.encode(value),
        "base64url" => URL_SAFE_NO_PAD.encode(value),
        "base64twice" => STANDARD.encode(STANDARD.encode(value)),
        "nested" => STANDARD.encode(written("percent", value)),
        "utf16" => STANDARD.encode(value.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()),
        "fullwidth" => each(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap().to_string()),
        "bold" => each(|c| match c {
            'a'..='z' => char::from_u32(u32::from(c) - u32::from('a') + 0x1d41a).unwrap().to_string(),
            c => c.to_string(),
        }),
        "soft" => each(|c| format!("{c}\u{ad}")),
        "zero" => each(|c| format!("{c}\u{200b}")),
        "defanged" => value.replace('@', "[at]").replace('.', "[.]"),
        "decomposed" => value.nfd().collect(),
        "nbsp" => value.replace(' ', "\u{a0}"),
        "dash" => value.replace('-', "\u{2011}"),
        "upper" => value.to_uppercase(),
        other => panic!("no way {other}"),
    }
}
