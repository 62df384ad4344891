use probity_diagnostics::TreePath;

fn path(text: &str) -> TreePath {
    TreePath::parse(text).unwrap()
}

#[test]
fn dots_are_resolved() {
    assert_eq!(path("a/./b//c/../d").as_str(), "a/b/d");
    assert_eq!(path("").to_string(), ".");
}

#[test]
fn nothing_leaves_the_root() {
    for text in ["..", "a/../../b", "/etc/passwd", "a\\b", "content:../x", "content:/x", "a\0b"] {
        assert!(TreePath::parse(text).is_err(), "{text} was accepted");
    }
}

#[test]
fn hrefs_count_from_the_folder_of_the_document() {
    let file = path("profiles/high.yaml");
    assert_eq!(file.sibling("../catalogs/c.yaml").unwrap().as_str(), "catalogs/c.yaml");
    assert_eq!(file.sibling("content:catalogs/c.yaml").unwrap().as_str(), "content:catalogs/c.yaml");
    let bundled = path("content:profiles/high.yaml");
    assert_eq!(bundled.sibling("../catalogs/c.yaml").unwrap().as_str(), "content:catalogs/c.yaml");
}

#[test]
fn relative_references_lead_back() {
    let folder = path("build/eucs");
    for target in ["evidence/aws.jsonl", "build/eucs/catalog.json", "build/other.json", "ssp.yaml"] {
        let target = path(target);
        let href = folder.relative(&target);
        assert_eq!(folder.join(&href).unwrap(), target, "{href}");
    }
    assert_eq!(folder.relative(&path("content:catalogs/c.yaml")), "content:catalogs/c.yaml");
}

#[test]
fn parts_of_a_path() {
    let file = path("content:a/b.tar.gz");
    assert_eq!((file.file_name(), file.extension()), ("b.tar.gz", Some("gz")));
    assert_eq!(file.parent().as_str(), "content:a");
    assert_eq!(path("top").parent(), TreePath::root());
}
