//! References in the Markdown of OSCAL: inserted parameters and links inside the document.

/// A reference in prose.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Mention<'t> {
    /// `{{ insert: param, ID }}`
    Parameter(&'t str),
    /// `[text](#ID)`, the part behind `#`.
    Fragment(&'t str),
}

/// The references in a text, in their order.
pub(super) fn mentions(text: &str) -> Vec<Mention<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, mark, behind)) = next(rest) {
        rest = behind;
        if before.ends_with('\\') {
            continue;
        }
        found.extend(if mark == "{{" { parameter(behind) } else { fragment(behind) });
    }
    found
}

/// The text before the next mark, the mark, and the text behind it.
fn next(text: &str) -> Option<(&str, &'static str, &str)> {
    let nearest = ["{{", "](#"].into_iter().filter_map(|mark| Some((text.find(mark)?, mark)));
    let (at, mark) = nearest.min()?;
    let (before, behind) = text.split_at_checked(at)?;
    Some((before, mark, behind.strip_prefix(mark)?))
}

fn parameter(behind: &str) -> Option<Mention<'_>> {
    let (inside, _) = behind.split_once("}}")?;
    let (kind, id) = inside.trim().strip_prefix("insert:")?.split_once(',')?;
    (kind.trim() == "param").then(|| Mention::Parameter(id.trim()))
}

fn fragment(behind: &str) -> Option<Mention<'_>> {
    let (inside, _) = behind.split_once(')')?;
    let id = inside.split_whitespace().next()?;
    Some(Mention::Fragment(id))
}

#[cfg(test)]
mod tests {
    use super::{Mention, mentions};

    #[test]
    fn what_prose_refers_to() {
        use Mention::{Fragment, Parameter};
        for (text, expected) in [
            ("no reference", vec![]),
            ("every {{ insert: param, ac-1_prm_1 }}.", vec![Parameter("ac-1_prm_1")]),
            ("{{insert:param,a}} and [b](#b \"the b\")", vec![Parameter("a"), Fragment("b")]),
            ("[c](#c) before {{ insert: param, d }}", vec![Fragment("c"), Parameter("d")]),
            ("{{ insert: other, a }} {{ a }} {{ insert: param", vec![]),
            ("\\{{ insert: param, a }} [x](y) [x](#", vec![]),
        ] {
            assert_eq!(mentions(text), expected, "{text}");
        }
    }
}
