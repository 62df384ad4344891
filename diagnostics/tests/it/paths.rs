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

/// RFC 3986, section 5.4, over https; what leads to another scheme or to no location is refused.
#[test]
fn remote_references_are_resolved_as_the_rfc_says() {
    let base = path("https://a/b/c/d;p?q");
    let cases = [
        ("g:h", None),
        ("g", Some("https://a/b/c/g")),
        ("./g", Some("https://a/b/c/g")),
        ("g/", Some("https://a/b/c/g/")),
        ("/g", Some("https://a/g")),
        ("//g", Some("https://g/")),
        ("?y", Some("https://a/b/c/d;p?y")),
        ("g?y", Some("https://a/b/c/g?y")),
        ("#s", Some("https://a/b/c/d;p?q")),
        ("g#s", Some("https://a/b/c/g")),
        ("g?y#s", Some("https://a/b/c/g?y")),
        (";x", Some("https://a/b/c/;x")),
        ("g;x", Some("https://a/b/c/g;x")),
        ("g;x?y#s", Some("https://a/b/c/g;x?y")),
        ("", Some("https://a/b/c/d;p?q")),
        (".", Some("https://a/b/c/")),
        ("./", Some("https://a/b/c/")),
        ("..", Some("https://a/b/")),
        ("../", Some("https://a/b/")),
        ("../g", Some("https://a/b/g")),
        ("../..", Some("https://a/")),
        ("../../", Some("https://a/")),
        ("../../g", Some("https://a/g")),
        ("../../../g", Some("https://a/g")),
        ("../../../../g", Some("https://a/g")),
        ("/./g", Some("https://a/g")),
        ("/../g", Some("https://a/g")),
        ("g.", Some("https://a/b/c/g.")),
        (".g", Some("https://a/b/c/.g")),
        ("g..", Some("https://a/b/c/g..")),
        ("..g", Some("https://a/b/c/..g")),
        ("./../g", Some("https://a/b/g")),
        ("./g/.", Some("https://a/b/c/g/")),
        ("g/./h", Some("https://a/b/c/g/h")),
        ("g/../h", Some("https://a/b/c/h")),
        ("g;x=1/./y", Some("https://a/b/c/g;x=1/y")),
        ("g;x=1/../y", Some("https://a/b/c/y")),
        ("g?y/./x", Some("https://a/b/c/g?y/./x")),
        ("g?y/../x", Some("https://a/b/c/g?y/../x")),
        ("g#s/../x", Some("https://a/b/c/g")),
        ("https:g", None),
    ];
    for (reference, expected) in cases {
        let found = base.sibling(reference).ok();
        assert_eq!(found.as_ref().map(TreePath::as_str), expected, "{reference}");
    }
}

#[test]
fn remote_locations_have_one_spelling() {
    let cases = [
        ("HTTPS://Example.ORG", "https://example.org/"),
        ("https://example.org:443/a/%2e%2E/%62#c", "https://example.org/b"),
        ("https://example.org:8443/a%2fb?c=%7e", "https://example.org:8443/a%2Fb?c=~"),
        ("https://[2001:DB8::0:1]/a", "https://[2001:db8::1]/a"),
    ];
    for (text, expected) in cases {
        assert_eq!(path(text).as_str(), expected);
        assert!(path(text).is_remote());
    }
    let longest = format!("https://example.org/{}", "a".repeat(8000));
    let refused =
        ["https://", "https:///a", "https://u@example.org/", "https://a b/", "https://[::1/a", &longest];
    for text in refused {
        assert!(TreePath::parse(text).is_err(), "{text} was accepted");
    }
    assert!(!path("http://example.org/a").is_remote());
}

#[test]
fn parts_of_a_remote_location() {
    let file = path("https://example.org/a/b.tar.gz?c=d/e.f");
    assert_eq!((file.file_name(), file.extension()), ("b.tar.gz", Some("gz")));
    assert_eq!(file.parent().as_str(), "https://example.org/a/");
    assert_eq!(file.parent().parent().parent().as_str(), "https://example.org/");
    assert_eq!(file.parent().join("x.json").unwrap().as_str(), "https://example.org/a/x.json");
    assert_eq!(path("a").relative(&file), file.as_str());
    let part = file.part("uuid");
    assert_eq!(part.sibling("c.json").unwrap().as_str(), "https://example.org/a/c.json");
    assert_eq!(part.file_name(), "b.tar.gz");
}
