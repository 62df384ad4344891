//! The processing instruction that holds Markdown which is not canonical: a JSON string, so that no character of it
//! can end the instruction or is changed by a reader.

use super::HINT;

/// The instruction for a text.
pub(super) fn instruction(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string().replace("?>", "?\\u003e");
    let quoted: String = quoted.chars().map(escaped).collect();
    format!("<?{HINT} {quoted}?>")
}

/// What JSON leaves as it is and XML does not have.
fn escaped(c: char) -> String {
    match c {
        '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{fffe}' | '\u{ffff}' => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    }
}

/// The text of an instruction, given what follows its name.
pub(super) fn text(content: &str) -> Option<String> {
    serde_json::from_str(content.trim()).ok()
}
