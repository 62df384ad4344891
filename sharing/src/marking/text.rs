//! Markings in text: the front matter of Markdown, the subject of mail, and lines that hold a label and nothing else.

use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{Diagnostics, Location, TreePath};

use super::{Said, Spot, json};

/// The names behind `TLP` that somebody may have meant, in letters only.
const NAMES: [&str; 8] = ["CLEAR", "GREEN", "AMBER", "AMBERSTRICT", "RED", "WHITE", "YELLOW", "NONE"];

/// Reads what a text says.
pub(super) fn read(text: &str, path: &TreePath, said: &mut Said) -> Result<(), Diagnostics> {
    if let Some(matter) = front_matter(text, path) {
        json::read_all(matter.as_bytes(), path, Format::Yaml, 0, said)?;
    }
    if path.extension() == Some("eml") {
        subject(text, path, said);
    }
    for (number, line) in (1_u32..).zip(text.lines()) {
        if let Some(bare) = label_in(line) {
            said.whole.push(Spot::read(&bare, Location::line(path, number)));
        }
    }
    Ok(())
}

/// The block between `---` at the beginning of a Markdown file, where it is YAML.
fn front_matter<'t>(text: &'t str, path: &TreePath) -> Option<&'t str> {
    let rest = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n"))?;
    let end = rest.lines().position(|line| line.trim_end() == "---")?;
    let length: usize = rest.split_inclusive('\n').take(end).map(str::len).sum();
    let matter = rest.get(..length)?;
    let is_yaml = document::parse(matter.as_bytes(), path, Format::Yaml, Limits::default());
    is_yaml.is_ok().then_some(matter)
}

/// The label at the beginning of a mail's subject, in brackets.
fn subject(text: &str, path: &TreePath, said: &mut Said) {
    let head = (1_u32..).zip(text.lines()).take_while(|(_, line)| !line.is_empty());
    for (number, line) in head {
        let Some((name, value)) = line.split_once(':') else { continue };
        let Some((label, _)) = value.trim_start().strip_prefix('[').and_then(|rest| rest.split_once(']'))
        else {
            continue;
        };
        if name.eq_ignore_ascii_case("subject") && looks_like_label(label) {
            said.whole.push(Spot::read(label, Location::line(path, number)));
        }
    }
}

/// The label that a line holds and nothing else, or what was meant for one.
pub(super) fn label_in(line: &str) -> Option<String> {
    Some(bare(line)).filter(|bare| looks_like_label(bare))
}

/// A line without markup and what people put around labels.
fn bare(line: &str) -> String {
    let mut inside = false;
    let mut text = String::new();
    for c in line.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    text.trim_matches(|c: char| c.is_whitespace() || "#*_[](){}>/!|;,\"'-=".contains(c)).to_owned()
}

/// Whether a text is a label or was meant for one: its letters are those of one, whatever stands between them, where letters of
/// other scripts may be anything.
pub(super) fn looks_like_label(text: &str) -> bool {
    if text.len() > 100 {
        return false;
    }
    let letters: Vec<char> = text.chars().map(narrow).filter(|c| c.is_alphanumeric()).collect();
    let is_meant = |name: &str| {
        let meant = "TLP".chars().chain(name.chars());
        let same = letters.iter().zip(meant.clone()).filter(|(c, m)| c.eq_ignore_ascii_case(m)).count();
        let fits =
            letters.iter().zip(meant.clone()).all(|(c, m)| !c.is_ascii() || c.eq_ignore_ascii_case(&m));
        letters.len() == meant.count() && fits && same >= 2
    };
    NAMES.into_iter().any(is_meant)
}

/// Letters that are as wide as ideographs, in their plain form.
fn narrow(c: char) -> char {
    let code = u32::from(c);
    if (0xff01..=0xff5e).contains(&code) { char::from_u32(code - 0xfee0).unwrap_or(c) } else { c }
}
