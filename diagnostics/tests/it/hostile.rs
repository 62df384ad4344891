use std::fmt::Write as _;

use probity_diagnostics::TreePath;
use probity_diagnostics::document::{self, Format, Limits};

fn codes(bytes: &[u8], format: Format) -> Vec<&'static str> {
    let path = TreePath::parse("file").unwrap();
    match document::parse(bytes, &path, format, Limits::default()) {
        Ok(_) => Vec::new(),
        Err(findings) => findings.iter().map(|d| d.code.id).collect(),
    }
}

#[test]
fn deep_json_is_refused() {
    let text = "[".repeat(10_000) + &"]".repeat(10_000);
    assert_eq!(codes(text.as_bytes(), Format::Json), ["PB0008"]);
    let text = "{\"a\":".repeat(10_000) + "1" + &"}".repeat(10_000);
    assert_eq!(codes(text.as_bytes(), Format::Json), ["PB0008"]);
}

#[test]
fn deep_yaml_is_refused() {
    let flow = "[".repeat(10_000) + &"]".repeat(10_000);
    assert_eq!(codes(flow.as_bytes(), Format::Yaml), ["PB0008"]);
    let block: String = (0..10_000).map(|i| " ".repeat(i % 500) + "a:\n").collect();
    assert!(!codes(block.as_bytes(), Format::Yaml).is_empty());
    let dashes = "- ".repeat(10_000) + "x";
    assert_eq!(codes(dashes.as_bytes(), Format::Yaml), ["PB0008"]);
}

#[test]
fn an_alias_bomb_is_refused() {
    let mut text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
    for i in 1..30 {
        let before = format!("*a{},", i - 1).repeat(10);
        writeln!(text, "a{i}: &a{i} [{}]", before.trim_end_matches(',')).unwrap();
    }
    assert_eq!(codes(text.as_bytes(), Format::Yaml), ["PB0009"]);
}

#[test]
fn a_long_text_cannot_be_repeated_without_end() {
    let text = format!("a: &a {}\nb: [{}]\n", "x".repeat(100_000), "*a,".repeat(10_000));
    assert_eq!(codes(text.as_bytes(), Format::Yaml), ["PB0009"]);
    // what anchors inside anchors keep counts too
    let mut text = String::new();
    for i in 0..100 {
        write!(text, "&a{i} [").unwrap();
    }
    text += &("x".repeat(1_000_000) + &"]".repeat(100));
    assert_eq!(codes(text.as_bytes(), Format::Yaml), ["PB0009"]);
}

#[test]
fn truncated_text_is_refused_at_its_end() {
    assert_eq!(codes(br#"{"catalog": {"uuid": "#, Format::Json), ["PB0006"]);
    assert_eq!(codes(b"a: [1, 2", Format::Yaml), ["PB0006"]);
    assert_eq!(codes(b"", Format::Json), ["PB0006"]);
    assert_eq!(codes(b"", Format::Yaml), ["PB0006"]);
}

#[test]
fn other_encodings_are_named() {
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain("{}".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(codes(&utf16, Format::Json), ["PB0005"]);
    assert_eq!(codes(b"{\"a\": \"\xe4\"}", Format::Json), ["PB0005"]);
    assert_eq!(codes(b"\xef\xbb\xbf{}", Format::Json), Vec::<&str>::new());
    assert_eq!(codes(b"{\r\n}\r\n", Format::Json), Vec::<&str>::new());
}

#[test]
fn numbers_out_of_range_are_refused() {
    assert_eq!(codes(b"1e999", Format::Json), ["PB0006"]);
}
