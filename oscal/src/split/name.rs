//! The names of files: from ids, safe in every file system.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use probity_diagnostics::Sha256Digest;
use serde_json::Value;

/// Members that name an item, as they stand.
const IDS: &[&str] = &["id", "control-id", "param-id"];
/// Members whose words name an item.
const TITLES: &[&str] = &["title", "name"];
/// Bytes that a name has at the most.
const LONGEST: usize = 80;
/// Names that Windows keeps for devices, whatever follows a dot.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "com", "lpt"];
/// Endings that would make the folder of one item the file of another.
const ENDINGS: &[&str] = &[".yaml", ".yml", ".json"];

/// A name for each item of a list; no two are the same where upper and lower case are.
pub(super) fn names(items: &[Value]) -> Vec<String> {
    let wanted: Vec<String> = items.iter().map(wanted).collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in &wanted {
        *counts.entry(folded(name)).or_default() += 1;
    }
    let single = |name: &String| counts.get(&folded(name)) == Some(&1);
    let mut taken: BTreeSet<String> =
        wanted.iter().filter(|name| single(name)).map(|name| folded(name)).collect();
    let named = items.iter().zip(wanted);
    named.map(|(item, name)| if single(&name) { name } else { other(&name, item, &mut taken) }).collect()
}

/// A name that is free, for one of several items of one name.
fn other(name: &str, item: &Value, taken: &mut BTreeSet<String>) -> String {
    let uuid =
        text(item, "uuid").and_then(|uuid| uuid.get(..8)).map(|start| format!("{name}-{}", safe(start)));
    let numbered = (2..).map(|number: usize| format!("{name}-{number}"));
    let candidates = uuid.or_else(|| Some(name.to_owned())).into_iter().chain(numbered);
    let free = candidates.into_iter().find(|name| taken.insert(folded(name)));
    free.unwrap_or_else(|| name.to_owned())
}

/// The name as a file system sees it that does not tell cases apart.
fn folded(name: &str) -> String {
    name.to_ascii_lowercase()
}

fn text<'v>(item: &'v Value, member: &str) -> Option<&'v str> {
    item.get(member).and_then(Value::as_str)
}

/// The name that an item would have if it were alone.
fn wanted(item: &Value) -> String {
    let id = IDS.iter().find_map(|member| text(item, member)).filter(|id| !id.is_empty());
    let words =
        || TITLES.iter().filter_map(|member| text(item, member)).map(slug).find(|slug| !slug.is_empty());
    match id {
        Some(id) => safe(id),
        None => words()
            .or_else(|| text(item, "uuid").map(str::to_owned))
            .map_or("item".to_owned(), |name| safe(&name)),
    }
}

/// The words of a title: letters and digits of ASCII in lower case, `-` between them.
fn slug(title: &str) -> String {
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        if slug.len() + word.len() > 48 && !slug.is_empty() {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word.to_ascii_lowercase());
    }
    slug
}

/// A text as the name of a file. What is no letter or digit of ASCII, `-`, `_` or `.` stands as `%` and its bytes, and so does what
/// some file system or shell gives a meaning to.
fn safe(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    let device = is_device(text);
    let ending = ENDINGS.iter().find(|ending| text.to_ascii_lowercase().ends_with(**ending));
    let dot = ending.map(|ending| text.len() - ending.len());
    let last = text.len().saturating_sub(1);
    for (at, byte) in text.bytes().enumerate() {
        let plain = match byte {
            b'.' => at > 0 && at < last && dot != Some(at),
            b'-' => at > 0,
            byte => byte.is_ascii_alphanumeric() || byte == b'_',
        };
        if plain && !(device && at == 0) {
            name.push(char::from(byte));
        } else {
            let _ = write!(name, "%{byte:02X}");
        }
    }
    if name.is_empty() {
        return "%".to_owned();
    }
    if name.len() > LONGEST {
        let digest = Sha256Digest::of(text.as_bytes()).to_string();
        let head = name.get(..LONGEST - 17).unwrap_or_default();
        // an escape is not cut in two
        let head =
            head.rfind('%').filter(|at| at + 3 > head.len()).and_then(|at| head.get(..at)).unwrap_or(head);
        name = format!("{head}-{}", digest.get(..16).unwrap_or_default());
    }
    name
}

/// Whether Windows takes a name for a device: `con`, `com1`, `nul.txt`.
fn is_device(text: &str) -> bool {
    let stem = text.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let (letters, number) = (stem.get(..3).unwrap_or_default(), stem.get(3..).unwrap_or_default());
    let numbered = matches!(letters, "com" | "lpt");
    DEVICES.contains(&letters)
        && (if numbered { number.len() == 1 && number != "0" } else { number.is_empty() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(ids: &[&str]) -> Vec<String> {
        names(&ids.iter().map(|id| json!({ "id": id })).collect::<Vec<_>>())
    }

    #[test]
    fn names_are_safe_everywhere() {
        let expected = [
            ("ac-2.1", "ac-2.1"),
            ("OPS_04", "OPS_04"),
            ("../../etc/passwd", "%2E.%2F..%2Fetc%2Fpasswd"),
            ("..", "%2E%2E"),
            (".git", "%2Egit"),
            ("a.", "a%2E"),
            ("-rf", "%2Drf"),
            ("CON", "%43ON"),
            ("nul.b", "%6Eul.b"),
            ("com1", "%63om1"),
            ("com10", "com10"),
            ("console", "console"),
            ("a:b*c", "a%3Ab%2Ac"),
            ("ü", "%C3%BC"),
            ("x.yaml", "x%2Eyaml"),
            ("x.JSON", "x%2EJSON"),
            ("a%2Fb", "a%252Fb"),
            ("", "item"),
        ];
        for (id, name) in expected {
            assert_eq!(of(&[id]), [name], "{id}");
        }
    }

    #[test]
    fn names_are_told_apart() {
        assert_eq!(of(&["AC-1", "ac-1", "b"]), ["AC-1", "ac-1-2", "b"]);
        assert_eq!(of(&["x", "x", "x-2"]), ["x", "x-3", "x-2"]);
        let long = "x".repeat(300);
        assert_eq!(of(&[&long]).concat().len(), 80);
        assert_ne!(of(&[&long]), of(&[&format!("{long}y")]));
        let titled = [
            json!({ "title": "Web server", "uuid": "aaaaaaaa-0000-4000-8000-000000000000" }),
            json!({ "title": "Web  Server!", "uuid": "bbbbbbbb-0000-4000-8000-000000000000" }),
            json!({ "uuid": "cccccccc-0000-4000-8000-000000000000" }),
        ];
        assert_eq!(
            names(&titled),
            ["web-server-aaaaaaaa", "web-server-bbbbbbbb", "cccccccc-0000-4000-8000-000000000000"]
        );
    }
}
