use crate::fixture;

#[test]
fn shows_the_demo() {
    insta::assert_snapshot!("markdown", fixture::markdown(&fixture::report()));
}

#[test]
fn nothing_in_evidence_becomes_markup() {
    let mut tree = fixture::tree();
    let text = fixture::text(fixture::RESULTS)
        .replace("Automatic updates are enabled", "@all see https://evil.example | # x\\n\\n# y `z` <b>");
    tree.insert(fixture::path(fixture::RESULTS), text);
    let text = fixture::markdown(&fixture::load_from(&tree).value);
    let lines: Vec<&str> = text.lines().filter(|line| line.contains("evil")).collect();
    assert!(lines.len() >= 2);
    for line in lines {
        assert!(line.contains("@<!-- -->all see https:&#47;/evil.example \\| &#35; x"), "{line}");
        assert!(line.contains("&#35; y \\`z\\` &lt;b&gt;"), "{line}");
    }
}
