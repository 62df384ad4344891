//! The comments of YAML, by what they stand beside.

use probity_diagnostics::document::Comments;

/// The comments as lines of `pointer: kind: text`.
fn shown(text: &str) -> Vec<String> {
    let comments = Comments::of(text);
    let mut lines: Vec<String> = comments.head.iter().map(|line| format!("head: {line}")).collect();
    for (pointer, before) in &comments.before {
        lines.extend(before.iter().map(|line| format!("{pointer} before: {line}")));
    }
    lines.extend(comments.beside.iter().map(|(pointer, line)| format!("{pointer} beside: {line}")));
    lines.extend(comments.foot.iter().map(|line| format!("foot: {line}")));
    lines
}

#[test]
fn comments_belong_to_the_entry_that_follows_or_that_they_stand_beside() {
    let text = "# head\n\na: 1 # of a\n# before b\nb: # of b\n  # first\n  - x # of x\n\n  # second\n  - y: 1\n    # before z\n    z: 2\n# foot\n";
    assert_eq!(
        shown(text),
        [
            "head: # head",
            "head: ",
            "/b before: # before b",
            "/b/0 before: # first",
            "/b/1 before: ",
            "/b/1 before: # second",
            "/b/1/z before: # before z",
            "/a beside: # of a",
            "/b beside: # of b",
            "/b/0 beside: # of x",
            "foot: # foot",
        ]
    );
}

#[test]
fn what_looks_like_a_comment_inside_a_value_is_none() {
    let text = "a: \"x # y\"\nb: 'x # y'\nc: x#y\nd: |\n  # line\n  text # text\ne: >-\n  # folded\n\n  more\nf: {g: h#i}\n";
    assert_eq!(shown(text), Vec::<String>::new());
}

#[test]
fn comments_stand_beside_blocks_and_in_flow_collections() {
    let text = "a: | # of a\n  text\n\n# before b\nb: [x, # of x\n  y]\n";
    assert_eq!(
        shown(text),
        ["/b before: ", "/b before: # before b", "/a beside: # of a", "/b/0 beside: # of x"]
    );
}

#[test]
fn comments_survive_wide_characters_and_windows_line_ends() {
    let text = "ä: \"日本\" # eins\r\n# zwei\r\nö: x\r\n";
    assert_eq!(shown(text), ["/ö before: # zwei", "/ä beside: # eins"]);
}

#[test]
fn aliases_are_seen() {
    assert!(Comments::of("a: &x 1\nb: *x\n").has_aliases);
    assert!(!Comments::of("a: '&x'\nb: '*x'\n").has_aliases);
}
