//! The ways in which a value is written so that a search for it passes over it: escapes of URLs, HTML and JSON, letters that are the
//! same to a reader, characters that are not seen, and signs that are taken apart so that nobody clicks on them.

use std::char::{REPLACEMENT_CHARACTER, decode_utf16};

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Signs that are taken apart in texts about attacks, in small letters.
const DEFANGED: [(&str, &str); 13] = [
    ("[.]", "."),
    ("(.)", "."),
    ("{.}", "."),
    ("[dot]", "."),
    ("(dot)", "."),
    ("[@]", "@"),
    ("[at]", "@"),
    ("(at)", "@"),
    ("{at}", "@"),
    ("[:]", ":"),
    ("[://]", "://"),
    ("hxxps://", "https://"),
    ("hxxp://", "http://"),
];

/// What the beginning of a text reads when it is undone by one step: how many bytes, and what they stand for.
pub(super) fn undo(rest: &str) -> Option<(usize, String)> {
    match rest.as_bytes().first()? {
        b'%' => percent(rest),
        b'&' => entity(rest),
        b'\\' => backslash(rest),
        b'[' | b'(' | b'{' | b'h' | b'H' => defanged(rest),
        first if first.is_ascii() => marked(rest),
        _ => folded(rest),
    }
}

/// A text as it is compared: what is the same to a reader is the same, and capitals are small.
pub(crate) fn compared(text: &str) -> String {
    let seen: String = text.chars().filter(|c| !is_unseen(*c)).nfkc().map(dash).collect();
    let words: Vec<&str> = seen.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// Bytes of UTF-8 or Latin-1, each as `%` and two digits.
fn percent(rest: &str) -> Option<(usize, String)> {
    let bytes: Vec<u8> = rest
        .as_bytes()
        .chunks(3)
        .map_while(|chunk| match chunk {
            [b'%', high, low] => Some(digit(*high)? << 4 | digit(*low)?),
            _ => None,
        })
        .collect();
    let text = String::from_utf8(bytes.clone())
        .unwrap_or_else(|_| bytes.iter().map(|byte| char::from(*byte)).collect());
    (!bytes.is_empty()).then_some((bytes.len() * 3, text))
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// A reference of HTML: a number, or a name with its semicolon.
fn entity(rest: &str) -> Option<(usize, String)> {
    let (name, _) = rest.get(1..)?.split_once(';').filter(|(name, _)| (1..=32).contains(&name.len()))?;
    let text = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?.to_string()
        }
        None => quick_xml::escape::resolve_html5_entity(name)?.to_owned(),
    };
    Some((name.len() + 2, text))
}

/// An escape of JSON, JavaScript or a shell.
fn backslash(rest: &str) -> Option<(usize, String)> {
    let after = rest.get(1..)?;
    let plain = |text: &str| Some((2, text.to_owned()));
    match after.as_bytes().first()? {
        b'u' => unicode(rest),
        b'x' => {
            let code = u8::from_str_radix(after.get(1..3)?, 16).ok()?;
            Some((4, char::from(code).to_string()))
        }
        b'n' | b'r' => plain("\n"),
        b't' => plain("\t"),
        b'/' => plain("/"),
        b'"' => plain("\""),
        b'@' => plain("@"),
        b'.' => plain("."),
        b'-' => plain("-"),
        b'_' => plain("_"),
        _ => None,
    }
}

/// `\u0041`, as many as there are, so that halves of a character find each other, or `\u{41}`.
fn unicode(rest: &str) -> Option<(usize, String)> {
    if let Some(braced) = rest.strip_prefix("\\u{") {
        let (digits, _) = braced.split_once('}').filter(|(digits, _)| digits.len() <= 6)?;
        let c = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
        return Some((digits.len() + 4, c.to_string()));
    }
    let mut units = Vec::new();
    let mut left = rest;
    while let Some(unit) = left.strip_prefix("\\u").and_then(|after| after.get(..4)) {
        let Ok(unit) = u16::from_str_radix(unit, 16) else { break };
        units.push(unit);
        left = left.get(6..).unwrap_or_default();
    }
    let text: String =
        decode_utf16(units.iter().copied()).map(|c| c.unwrap_or(REPLACEMENT_CHARACTER)).collect();
    (!units.is_empty()).then_some((units.len() * 6, text))
}

fn defanged(rest: &str) -> Option<(usize, String)> {
    let sign = DEFANGED.iter().find(|(written, _)| {
        rest.get(..written.len()).is_some_and(|start| start.eq_ignore_ascii_case(written))
    });
    sign.map(|(written, meant)| (written.len(), (*meant).to_owned())).or_else(|| marked(rest))
}

/// A letter with marks that follow it, as the one character that it is.
fn marked(rest: &str) -> Option<(usize, String)> {
    let mut chars = rest.chars();
    let first = chars.next()?;
    let marks: usize = chars.take_while(|c| is_combining_mark(*c)).map(char::len_utf8).sum();
    let taken = first.len_utf8() + marks;
    (marks > 0).then(|| (taken, rest.get(..taken).unwrap_or_default().nfkc().collect()))
}

/// A character beyond ASCII: nothing where it is not seen, else the one that it stands for.
fn folded(rest: &str) -> Option<(usize, String)> {
    let first = rest.chars().next()?;
    if is_unseen(first) {
        return Some((first.len_utf8(), String::new()));
    }
    if let Some((taken, text)) = marked(rest).filter(|(taken, text)| rest.get(..*taken) != Some(text)) {
        return Some((taken, text));
    }
    let text: String = std::iter::once(first).nfkc().map(dash).collect();
    (!text.chars().eq([first])).then_some((first.len_utf8(), text))
}

/// Hyphens and dashes are one sign, and so are quotation marks.
fn dash(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        c => c,
    }
}

/// Whether a character takes no place on the page.
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::{compared, undo};
    use crate::scrub::view::Readings;

    fn last(text: &str) -> String {
        let readings = Readings::of(text, undo);
        readings.each().last().map(|(_, text)| text.to_owned()).unwrap()
    }

    #[test]
    fn what_is_written_in_another_way_reads_the_same() {
        for written in [
            "ann@x.org",
            "ann%40x.org",
            "ann%2540x.org",
            "%61nn@x.org",
            "ann&#64;x.org",
            "ann&#x40;x&period;org",
            "ann&amp;commat;x.org",
            "ann\\u0040x.org",
            "ann\\x40x\\.org",
            "ann[at]x[.]org",
            "ann\u{ff20}x.org",
            "\u{ff41}nn@x\u{2024}org",
            "a\u{ad}nn@x\u{200b}.org",
            "\\u{61}nn@x.org",
        ] {
            assert_eq!(last(written), "ann@x.org", "{written}");
        }
        assert_eq!(last("Mu\u{308}ller M&uuml;ller M\\u00fcller M%FCller"), "Müller Müller Müller Müller");
        assert_eq!(compared("  MU\u{308}L\u{ad}LER\u{a0}X\u{2011}1 "), "müller x-1");
    }

    #[test]
    fn what_is_no_escape_stays() {
        for written in
            ["100% sure", "C:\\users\\eve", "a & b", "&nosuch;", "\\uzzzz", "%zz", "see (1) and [2]"]
        {
            assert_eq!(last(written), written);
        }
    }
}
