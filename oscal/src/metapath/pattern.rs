//! Regular expressions of XPath, for the `regex` crate.

use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::Chars;

use regex::{Regex, RegexBuilder};

/// Size of a compiled expression in bytes.
const SIZE: usize = 1 << 20;

const NAME_START: &str = r"_:A-Za-z\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{2FF}\x{370}-\x{37D}\x{37F}-\x{1FFF}\x{200C}-\x{200D}\x{2070}-\x{218F}\x{2C00}-\x{2FEF}\x{3001}-\x{D7FF}\x{F900}-\x{FDCF}\x{FDF0}-\x{FFFD}";
const NAME_MORE: &str = r"\-.0-9\x{B7}\x{300}-\x{36F}\x{203F}-\x{2040}";

/// Compiles a regular expression with the flags of XPath (`s`, `m`, `i`, `x`, `q`).
///
/// # Errors
/// Flags that XPath does not have, back-references, and what is no regular expression.
pub(super) fn compile(source: &str, flags: &str) -> Result<Regex, String> {
    if let Some(flag) = flags.chars().find(|flag| !"smixq".contains(*flag)) {
        return Err(format!("regular expressions have no flag `{flag}`"));
    }
    let has = |flag| flags.contains(flag);
    let translated = if has('q') { regex::escape(source) } else { translate(source, has('x'))? };
    RegexBuilder::new(&translated)
        .case_insensitive(has('i'))
        .multi_line(has('m'))
        .dot_matches_new_line(has('s'))
        .size_limit(SIZE)
        .build()
        .map_err(|error| {
            let error = error.to_string();
            let last = error.lines().last().unwrap_or_default().trim_start_matches("error: ");
            format!("`{source}` is no regular expression that can be used: {last}")
        })
}

/// Compiles a regular expression of constraints, without flags.
///
/// # Errors
/// As [`compile`].
pub(crate) fn pattern(source: &str) -> Result<Regex, String> {
    compile(source, "")
}

/// Writes the expression in the syntax of the crate; `free` drops blanks outside of classes.
fn translate(source: &str, free: bool) -> Result<String, String> {
    let mut out = String::with_capacity(source.len() + 8);
    let mut rest = source.chars().peekable();
    let mut open = 0_usize;
    while let Some(c) = rest.next() {
        match c {
            '\\' => escape(&mut out, &mut rest, open > 0, source)?,
            '[' => {
                open += 1;
                out.push('[');
                if rest.next_if_eq(&'^').is_some() {
                    out.push('^');
                }
            }
            ']' if open > 0 => {
                open -= 1;
                out.push(']');
            }
            '-' if open > 0 && rest.peek() == Some(&'[') => out.push_str("--"),
            '&' | '~' if open > 0 => {
                let _ = write!(out, "\\{c}");
            }
            '(' if open == 0 => group(&mut out, &mut rest, source)?,
            c if free && open == 0 && c.is_ascii_whitespace() => {}
            other => out.push(other),
        }
    }
    Ok(out)
}

fn group(out: &mut String, rest: &mut Peekable<Chars<'_>>, source: &str) -> Result<(), String> {
    out.push('(');
    if rest.next_if_eq(&'?').is_some() {
        if rest.next_if_eq(&':').is_none() {
            return Err(format!("`{source}`: groups begin with `(` or `(?:` in XPath"));
        }
        out.push_str("?:");
    }
    Ok(())
}

fn escape(
    out: &mut String,
    rest: &mut Peekable<Chars<'_>>,
    inside: bool,
    source: &str,
) -> Result<(), String> {
    let Some(c) = rest.next() else { return Err(format!("`{source}` ends with `\\`")) };
    let class = |negated: bool, ranges: &str| match (inside, negated) {
        (true, false) => ranges.to_owned(),
        (_, true) => format!("[^{ranges}]"),
        (false, false) => format!("[{ranges}]"),
    };
    match c {
        '1'..='9' => {
            return Err(format!(
                "`{source}`: back-references such as `\\{c}` cannot be used; say it without them"
            ));
        }
        'i' | 'I' => out.push_str(&class(c == 'I', NAME_START)),
        'c' | 'C' => out.push_str(&class(c == 'C', &format!("{NAME_START}{NAME_MORE}"))),
        'p' | 'P' => property(out, rest, c, source)?,
        'n' | 'r' | 't' | 'd' | 'D' | 's' | 'S' | 'w' | 'W' | '\\' | '|' | '.' | '?' | '*' | '+' | '('
        | ')' | '{' | '}' | '$' | '-' | '[' | ']' | '^' => {
            let _ = write!(out, "\\{c}");
        }
        '/' | '@' | '#' | ':' | ',' | '"' | '\'' | '=' | '<' | '>' | '!' | '%' | '&' | '~' | '_' | ' ' => {
            out.push_str(&regex::escape(c.encode_utf8(&mut [0; 4])));
        }
        _ => return Err(format!("`{source}`: `\\{c}` has no meaning in a regular expression of XPath")),
    }
    Ok(())
}

/// `\p{…}`; blocks (`\p{IsGreek}`) are not in the crate.
fn property(
    out: &mut String,
    rest: &mut Peekable<Chars<'_>>,
    letter: char,
    source: &str,
) -> Result<(), String> {
    let name: String = rest.by_ref().take_while(|c| *c != '}').collect();
    let name = name.strip_prefix('{').unwrap_or_default();
    let known = match name {
        "IsBasicLatin" => r"\x{0}-\x{7F}",
        "IsLatin-1Supplement" => r"\x{80}-\x{FF}",
        name if name.is_empty() || name.starts_with("Is") => {
            return Err(format!("`{source}`: the class `\\{letter}{{{name}}}` cannot be used"));
        }
        name => {
            let _ = write!(out, "\\{letter}{{{name}}}");
            return Ok(());
        }
    };
    let _ = write!(out, "[{}{known}]", if letter == 'P' { "^" } else { "" });
    Ok(())
}
