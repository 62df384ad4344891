//! Filters of the templates.

use minijinja::value::Rest;
use minijinja::{Environment, Value};

use super::Surface;
use super::escape::{anchor, clean, escaped};
use super::prose;
use crate::style::Language;

pub(super) fn add(environment: &mut Environment<'_>, surface: Surface, language: Language) {
    environment.add_filter("instant", move |text: &str| language.instant(text));
    environment.add_filter("day", move |text: &str| language.day(text));
    environment.add_filter("grouped", move |number: u64| language.grouped(number));
    environment.add_filter("inside", move |label: &str| language.inside(label));
    let plural = move |number: u64, one: &str, many: &str| language.count(number, one, many);
    environment.add_filter("plural", plural);
    environment.add_filter("t", move |english: &str, values: Rest<Value>| {
        let values: Vec<String> = values.iter().map(ToString::to_string).collect();
        language.say_with(english, &values)
    });
    environment.add_filter("middle", middle);
    match surface {
        Surface::Terminal { color } => {
            environment.add_filter("fit", fit);
            environment.add_filter("clip", clip);
            environment.add_filter("wrap", wrap);
            environment.add_filter("paint", move |text: &str, style: &str| paint(text, style, color));
        }
        Surface::Markdown => {
            environment.add_filter("code", |text: &str| markup("<code>", text, "</code>", Surface::Markdown));
        }
        Surface::Html => environment.add_filter("anchor", |text: &str| anchor(text)),
    }
    if matches!(surface, Surface::Markdown | Surface::Html) {
        let rendered = move |text: &str| Value::from_safe_string(prose::rendered(surface, text));
        environment.add_filter("prose", rendered);
    }
}

fn markup(before: &str, text: &str, after: &str, surface: Surface) -> Value {
    Value::from_safe_string(format!("{before}{}{after}", escaped(surface, text)))
}

/// A name of at most `width` letters, shortened in its middle: both ends of long names tell them apart.
fn middle(text: &str, width: usize) -> String {
    let letters: Vec<char> = text.chars().collect();
    if letters.len() <= width {
        return text.to_owned();
    }
    let half = width.saturating_sub(1) / 2;
    let front = letters.iter().take(width.saturating_sub(1) - half);
    let back = letters.iter().skip(letters.len() - half);
    front.chain(&['…']).chain(back).collect()
}

/// Cut or filled up to exactly `width` columns.
fn fit(text: &str, width: usize) -> String {
    let text = clip(text, width);
    let filling = width.saturating_sub(columns(&text));
    format!("{text}{}", " ".repeat(filling))
}

/// Cut to at most `width` columns of a terminal, on one line; an ellipsis stands for what is cut off.
pub fn clip(text: &str, width: usize) -> String {
    let line = clean(text).replace('\n', " ").replace('\t', "    ");
    if columns(&line) <= width {
        return line;
    }
    let mut out = String::new();
    let mut used = 1;
    for c in line.chars() {
        used += width_of(c);
        if used > width {
            break;
        }
        out.push(c);
    }
    format!("{}…", out.trim_end())
}

/// Prose without its markup, broken between words into lines of at most `width` columns.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for (is_item, text) in prose::plain(text) {
        let (lead, indent) = if is_item { ("- ", "  ") } else { ("", "") };
        let broken = broken(&text, width.saturating_sub(indent.len()));
        lines.extend(broken.into_iter().enumerate().map(|(at, line)| {
            let before = if at == 0 { lead } else { indent };
            format!("{before}{line}")
        }));
    }
    lines
}

fn broken(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in clean(text).split_whitespace() {
        let Some(line) = lines.last_mut() else { break };
        if !line.is_empty() && columns(line) + 1 + columns(word) > width {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

fn columns(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

/// Terminal columns of a character: East Asian wide ones and pictures take two, combining marks none.
fn width_of(c: char) -> usize {
    match u32::from(c) {
        0x0300..=0x036f | 0x20d0..=0x20ff | 0xfe00..=0xfe0f => 0,
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1_f300..=0x1_faff
        | 0x2_0000..=0x3_fffd => 2,
        _ => 1,
    }
}

/// `text` in the style of a word (a state, verdict or severity, `strong`, `dim`), where colours are wanted.
fn paint(text: &str, style: &str, color: bool) -> Value {
    let text = clean(text);
    let code = match style {
        "strong" => "1",
        "fail" | "critical" => "1;31",
        "high" => "31",
        "error" => "35",
        "unknown" | "expired" | "unattested" | "moderate" => "33",
        "waived" => "34",
        "satisfied" | "pass" => "32",
        "no-subject" | "dim" | "low" => "2",
        _ => "",
    };
    if color && !code.is_empty() && !text.is_empty() {
        Value::from_safe_string(format!("\u{1b}[{code}m{text}\u{1b}[0m"))
    } else {
        Value::from_safe_string(text)
    }
}
