//! The attributes of git that name the drivers for files.

use std::collections::BTreeSet;

use probity_oscal::schema::Root;
use probity_oscal::trestle;

/// What stands around the lines of Probity in a file of attributes.
const BEGIN: &str = "# >>> probity: written by `probity git install`, removed by `probity git uninstall` >>>";
const END: &str = "# <<< probity <<<";
/// The beginning of [`BEGIN`], by which it is known whatever it went on to say.
const BEGINS: &str = "# >>> probity";

/// The endings of documents.
const ENDINGS: &[&str] = &["json", "yaml", "yml", "xml"];
/// The names of the drivers.
const DRIVERS: &str = "merge=oscal diff=oscal";

/// The patterns of documents: files of the folders that projects and compliance-trestle workspaces keep them in, and what else was
/// found to be one: paths from the root of the repository.
pub(super) fn patterns(found: &[String]) -> Vec<String> {
    let mut shelves: BTreeSet<&str> = trestle::SHELVES.iter().map(|(shelf, _)| *shelf).collect();
    shelves.insert("mappings");
    let mut patterns: Vec<String> = shelves
        .iter()
        .flat_map(|shelf| ENDINGS.iter().map(move |ending| format!("**/{shelf}/**/*.{ending}")))
        .collect();
    let mut others = BTreeSet::new();
    for path in found.iter().filter(|path| is_plain(path)) {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        if folder.split('/').any(|part| shelves.contains(part)) {
            continue;
        }
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        others.insert(match (folder, name) {
            ("", name) => format!("/{name}"),
            (folder, probity_oscal::split::INDEX) => format!("/{folder}/**/*.yaml"),
            (folder, _) => format!("/{folder}/*.{ending}"),
        });
    }
    patterns.extend(others);
    patterns
}

/// Whether a path means itself in a file of attributes.
fn is_plain(path: &str) -> bool {
    path.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/'))
}

/// Whether a file is likely to hold a document: it names the release of OSCAL and a model, or is the index of a split folder.
pub(super) fn is_document(name: &str, text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    if name.rsplit('/').next() == Some(probity_oscal::split::INDEX) {
        return text.contains(probity_oscal::split::MARK);
    }
    let has_root = |key: &str| Root::of(key).is_some();
    let mut words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    text.contains("oscal-version") && words.any(has_root)
}

/// A file of attributes with the lines of Probity, in place of older ones.
pub(super) fn with(text: &str, patterns: &[String]) -> String {
    let (before, after) = around(text);
    let mut lines = vec![BEGIN.to_owned()];
    lines.extend(patterns.iter().map(|pattern| format!("{pattern} {DRIVERS}")));
    lines.push(END.to_owned());
    format!("{before}{}\n{after}", lines.join("\n"))
}

/// A file of attributes without the lines of Probity.
pub(super) fn without(text: &str) -> String {
    let (before, after) = around(text);
    format!("{before}{after}")
}

/// What stands before and after the lines of Probity: everything before, where there are none.
fn around(text: &str) -> (String, String) {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let begin = lines.iter().position(|line| line.starts_with(BEGINS));
    let end = begin
        .and_then(|begin| Some(begin + lines.get(begin..)?.iter().position(|line| line.trim_end() == END)?));
    let joined = |lines: Option<&[&str]>| lines.unwrap_or_default().concat();
    let (mut before, after) = match (begin, end) {
        (Some(begin), Some(end)) => (joined(lines.get(..begin)), joined(lines.get(end + 1..))),
        _ => (text.to_owned(), String::new()),
    };
    if !before.is_empty() && !before.ends_with('\n') {
        before.push('\n');
    }
    (before, after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_block_is_put_in_once_and_taken_out_whole() {
        let patterns = [String::from("/a.yaml")];
        for text in ["", "*.png binary\n", "*.png binary"] {
            let once = with(text, &patterns);
            assert_eq!(with(&once, &patterns), once);
            assert_eq!(without(&once).trim_end(), text.trim_end());
        }
        let between = format!("a\n{}b\n", with("", &patterns));
        assert_eq!(without(&with(&between, &[])), "a\nb\n");
    }

    #[test]
    fn patterns_are_those_of_shelves_and_of_what_is_found() {
        let found = [
            "ssp.yaml",
            "service/catalogs/x.yaml",
            "att/a.yaml",
            "att/b.yaml",
            "old/c/split.yaml",
            "a b/c.json",
        ];
        let patterns = patterns(&found.map(String::from));
        assert!(patterns.contains(&"**/catalogs/**/*.yaml".to_owned()));
        assert_eq!(
            patterns.iter().filter(|pattern| pattern.starts_with('/')).collect::<Vec<_>>(),
            ["/att/*.yaml", "/old/c/**/*.yaml", "/ssp.yaml"]
        );
    }
}
